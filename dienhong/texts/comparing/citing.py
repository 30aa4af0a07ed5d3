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

#: Units above this many are left out of a citation, so that a hostile nesting has no endless one.
LONGEST = 8


class Citations:
    """Cites the units of one text; counts those without a number among their siblings."""

    def __init__(self) -> None:
        self._places: dict[int, int] = {}

    def cite(self, unit: Unit, *, english: bool = False) -> str:
        """The citation of a unit, down from its article or chapter."""
        names = ENGLISH if english else VIETNAMESE
        parts: list[str] = []
        here: Unit | None = unit
        while here is not None and here.node is not None and len(parts) < LONGEST:
            assert here.kind is not None
            number = here.number if here.number.isalnum() else ""
            name = f"{names[here.kind]} {number or self._place(here)}"
            parts.append(name)
            if here.is_article and not here.in_appendix:
                break
            if here.kind in {Kind.CHAPTER, Kind.PART, Kind.APPENDIX}:
                break
            here = here.parent
        return (", " if english else " ").join(parts)

    def _place(self, unit: Unit) -> int:
        """Which of the siblings of its kind without a usable number this is, from 1."""
        if unit.order not in self._places:
            seen: dict[object, int] = {}
            for sibling in unit.parent.children if unit.parent else ():
                if not sibling.number.isalnum():
                    seen[sibling.kind] = seen.get(sibling.kind, 0) + 1
                    self._places[sibling.order] = seen[sibling.kind]
        return self._places.get(unit.order, 1)
