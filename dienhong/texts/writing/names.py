"""The names of units as Vietnamese law says them (cách gọi đơn vị văn bản): "điểm a khoản 2 Điều 5"."""

from __future__ import annotations

from dienhong.texts.tree import Kind, Node

WORDS: dict[Kind, str] = {
    Kind.PART: "Phần",
    Kind.CHAPTER: "Chương",
    Kind.SECTION: "Mục",
    Kind.SUBSECTION: "Tiểu mục",
    Kind.ARTICLE: "Điều",
    Kind.CLAUSE: "khoản",
    Kind.POINT: "điểm",
    Kind.ITEM: "tiết",
    Kind.PARAGRAPH: "đoạn",
    Kind.TABLE: "bảng",
    Kind.FORMULA: "công thức",
    Kind.APPENDIX: "Phụ lục",
    Kind.FORM: "biểu mẫu",
    Kind.QUOTE: "phần trích",
}
_BY_PREFIX = {
    "part": "Phần",
    "chp": "Chương",
    "sec": "Mục",
    "subsec": "Tiểu mục",
    "art": "Điều",
    "para": "khoản",
    "point": "điểm",
    "item": "tiết",
    "p": "đoạn",
    "table": "bảng",
    "formula": "công thức",
    "att": "Phụ lục",
    "form": "biểu mẫu",
    "quote": "phần trích",
}


def unit_name(node: Node) -> str:
    """The unit named from the smallest to the largest, as a reference would cite it: "điểm đ khoản 2 Điều 29"."""
    own = f"{WORDS[node.kind]} {node.number}".strip()
    return " ".join([own, *_cited(node.id.split("__")[:-1])])


def id_name(ident: str) -> str:
    """The same of a unit of which only the id is known; begins with a capital."""
    said = " ".join(_cited(ident.split("__")))
    return said[:1].upper() + said[1:]


def _cited(steps: list[str]) -> list[str]:
    found = []
    for step in reversed(steps):
        prefix, _, number = step.partition("_")
        word = _BY_PREFIX.get(prefix)
        if word:
            found.append(f"{word} {number.replace('dd', 'đ')}".strip())
    return found
