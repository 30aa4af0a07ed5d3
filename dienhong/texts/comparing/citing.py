"""Citations of units (viện dẫn): "điểm a khoản 2 Điều 5", smallest to largest as drafters write them."""

from __future__ import annotations

from typing import Protocol

from dienhong.texts.tree import Kind

VIETNAMESE: dict[Kind, str] = {
    Kind.PART: "Phần",
    Kind.CHAPTER: "Chương",
    Kind.SECTION: "Mục",
    Kind.SUBSECTION: "Tiểu mục",
    Kind.ARTICLE: "Điều",
    Kind.CLAUSE: "khoản",
    Kind.POINT: "điểm",
    Kind.ITEM: "gạch đầu dòng",
    Kind.PARAGRAPH: "đoạn",
    Kind.TABLE: "bảng",
    Kind.FORMULA: "công thức",
    Kind.APPENDIX: "Phụ lục",
    Kind.FORM: "Mẫu",
    Kind.QUOTE: "phần trích",
}
ENGLISH: dict[Kind, str] = {
    Kind.PART: "Part",
    Kind.CHAPTER: "Chapter",
    Kind.SECTION: "Section",
    Kind.SUBSECTION: "Subsection",
    Kind.ARTICLE: "Article",
    Kind.CLAUSE: "clause",
    Kind.POINT: "point",
    Kind.ITEM: "item",
    Kind.PARAGRAPH: "paragraph",
    Kind.TABLE: "table",
    Kind.FORMULA: "formula",
    Kind.APPENDIX: "Appendix",
    Kind.FORM: "Form",
    Kind.QUOTE: "quotation",
}

#: No citation names more units than this, so that a hostile nesting has no endless one.
LONGEST = 8

#: Kinds that are cited by themselves.
TOPS = frozenset({Kind.PART, Kind.CHAPTER, Kind.APPENDIX})
#: Kinds inside which an article is cited together with what holds it.
HOLDING = frozenset({Kind.APPENDIX, Kind.QUOTE})


class Cited(Protocol):
    """What a citation needs of a unit: `nth` counts it among its siblings of one kind without a usable number."""

    @property
    def kind(self) -> Kind: ...
    @property
    def number(self) -> str: ...
    @property
    def nth(self) -> int: ...
    @property
    def above(self) -> Cited | None: ...


def cite(unit: Cited, *, english: bool = False) -> str:
    """The citation of a unit, up to its article or chapter."""
    names = ENGLISH if english else VIETNAMESE
    parts: list[str] = []
    here: Cited | None = unit
    while here is not None and len(parts) < LONGEST:
        number = here.number if here.number.isalnum() else str(here.nth)
        parts.append(f"{names[here.kind]} {number}")
        if here.kind in TOPS or (here.kind is Kind.ARTICLE and not _held(here)):
            break
        here = here.above
    return (", " if english else " ").join(parts)


def _held(unit: Cited) -> bool:
    """Whether an article stands in an appendix or in a quotation."""
    above = unit.above
    for _ in range(LONGEST):
        if above is None:
            return False
        if above.kind in HOLDING:
            return True
        above = above.above
    return False
