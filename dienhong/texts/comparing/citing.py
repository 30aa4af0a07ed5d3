"""Citations of units (viện dẫn): "điểm a khoản 2 Điều 5", smallest to largest as drafters write them."""

from __future__ import annotations

from dienhong.texts.comparing.units import Unit
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

#: A unit nested deeper than this is cited by itself, so that a hostile nesting has no endless citation.
LONGEST = 12

#: Kinds that are cited by themselves.
TOPS = frozenset({Kind.PART, Kind.CHAPTER, Kind.APPENDIX})


class Citations:
    """Cites the units of one text; counts those without a number among their siblings."""

    def __init__(self) -> None:
        self._places: dict[int, int] = {}
        self._vietnamese: dict[int, str] = {}
        self._english: dict[int, str] = {}

    def cite(self, unit: Unit, *, english: bool = False) -> str:
        """The citation of a unit, down from its article or chapter."""
        known = self._english if english else self._vietnamese
        chain: list[Unit] = []
        here: Unit | None = unit
        while here is not None and here.node is not None and here.order not in known:
            chain.append(here)
            here = here.parent
        for below in reversed(chain):
            assert below.kind is not None
            name = (ENGLISH if english else VIETNAMESE)[below.kind]
            number = below.number if below.number.isalnum() else str(self._place(below))
            above = below.parent.order if below.parent and below.parent.node else -1
            tops = below.kind in TOPS or (below.is_article and not below.in_appendix)
            if tops or above < 0 or below.depth > LONGEST:
                known[below.order] = f"{name} {number}"
            else:
                known[below.order] = f"{name} {number}{', ' if english else ' '}{known[above]}"
        return known[unit.order]

    def _place(self, unit: Unit) -> int:
        """Which of the siblings of its kind without a usable number this is, from 1."""
        if unit.order not in self._places:
            seen: dict[object, int] = {}
            for sibling in unit.parent.children if unit.parent else ():
                if not sibling.number.isalnum():
                    seen[sibling.kind] = seen.get(sibling.kind, 0) + 1
                    self._places[sibling.order] = seen[sibling.kind]
        return self._places.get(unit.order, 1)
