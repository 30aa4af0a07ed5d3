"""The tree of a legal text (cây văn bản): what reading yields, what writing, comparing and consolidating take.

Pure values, no Django. A `Text` is one expression of a work: heading block, grounds, a body of nested `Node`s, closing
and signature, appendices, and the doubts a person must settle. Nothing of the source is lost: what has no place in the
tree stands verbatim in a `Doubt`.

Structure and order of units: NQ 351/2017/UBTVQH14 art. 10; letters of points: rules.md 3.6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """This kind of unit. Values are stable: they are printed by `text parse --json` and stored."""

    PART = "part"  # Phần
    CHAPTER = "chapter"  # Chương
    SECTION = "section"  # Mục
    SUBSECTION = "subsection"  # Tiểu mục
    ARTICLE = "article"  # Điều
    CLAUSE = "clause"  # khoản
    POINT = "point"  # điểm
    ITEM = "item"  # a unit below a point, or any other list item ("-", "+", "i)"); number is its mark
    PARAGRAPH = "paragraph"  # đoạn: text without a number, before, between or after numbered units
    TABLE = "table"  # bảng; `rows` holds the cells
    FORMULA = "formula"  # công thức, kept as text
    APPENDIX = "appendix"  # phụ lục; body like any other
    FORM = "form"  # biểu mẫu
    QUOTE = "quote"  # text between quotation marks in an amending law: holds the units it would insert


#: From outermost to innermost; a unit may only hold units further to the right (QUOTE may hold any).
ORDER: tuple[Kind, ...] = (
    Kind.PART,
    Kind.CHAPTER,
    Kind.SECTION,
    Kind.SUBSECTION,
    Kind.ARTICLE,
    Kind.CLAUSE,
    Kind.POINT,
    Kind.ITEM,
)

#: The letters that number points, in their order (NQ 351/2017; rules.md 3.6).
POINT_LETTERS: tuple[str, ...] = tuple("abcdđeghiklmnopqrstuvxy")


@dataclass(slots=True)
class Footnote:
    """A footnote (chú thích cuối trang) of a consolidated text. `offset` counts characters into the node's text."""

    mark: str
    text: str
    offset: int = -1


@dataclass(slots=True)
class Node:
    """One unit of the text.

    `number` is normalised: "12a" for Điều 12a, "II" for Chương II (Phần thứ hai gives "II" too), "đ1" for điểm đ1,
    "" where the unit has none. `label` is the number as printed ("Điều 12a.", "1.", "đ)", "Phần thứ hai"). `heading`
    is the title of a part, chapter, section or article. `text` is the unit's own text before any child; text that
    comes after a child is a PARAGRAPH child in its place. `line` is the 1-based line of the source, 0 if made by hand.
    `id` is filled by `assign_ids`. `rows` is for tables only: rows of cells, each cell a text that may hold newlines.
    A QUOTE has its opening mark in `label` (“) and its closing mark with what follows it in `tail` (”; or ”.): the
    units inside are free of both, ready to stand in the law they amend. `tail` is empty for every other kind.
    """

    kind: Kind
    number: str = ""
    heading: str = ""
    text: str = ""
    label: str = ""
    children: list[Node] = field(default_factory=list)
    id: str = ""
    line: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    footnotes: list[Footnote] = field(default_factory=list)
    tail: str = ""

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order. No recursion: depth is bounded by memory only."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@dataclass(slots=True, frozen=True)
class Doubt:
    """Something a person should settle (chỗ ngờ). `code` is a stable slug, `text` verbatim, `line` 1-based."""

    line: int
    code: str
    reason: str
    text: str = ""


@dataclass(slots=True)
class Text:
    """A legal text as read: heading block, body, ending, and the doubts.

    `number` is normalised ("24/2023/QH15"); `kind` is one of "law", "code", "constitution", "ordinance", "resolution",
    "decree", "decision", "circular", "bill", "order", "other"; `lead` is text between the grounds and the first unit.
    """

    title: str = ""
    kind: str = "other"
    number: str = ""
    date: dt.date | None = None
    place: str = ""
    issuer: str = ""  # QUỐC HỘI, ỦY BAN THƯỜNG VỤ QUỐC HỘI, CHÍNH PHỦ
    heading: list[str] = field(default_factory=list)  # lines of the heading block, as printed, in order
    grounds: list[str] = field(default_factory=list)  # căn cứ, one each
    lead: list[str] = field(default_factory=list)  # "Quốc hội ban hành Luật ...", notes before the body
    body: list[Node] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)  # "Luật này đã được Quốc hội ... thông qua ngày ..."
    signature: list[str] = field(default_factory=list)  # post, name, one line each
    appendices: list[Node] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Every node of the body, then of the appendices, in reading order."""
        for node in self.body:
            yield from node.walk()
        for node in self.appendices:
            yield from node.walk()

    def find(self, node_id: str) -> Node | None:
        """The node of this id, or None."""
        return next((node for node in self.walk() if node.id == node_id), None)


#: Prefix of ids by kind (OASIS AKN 3.0 Naming Convention, 5.4; docs/decisions/0004).
ID_PREFIX: dict[Kind, str] = {
    Kind.PART: "part",
    Kind.CHAPTER: "chp",
    Kind.SECTION: "sec",
    Kind.SUBSECTION: "subsec",
    Kind.ARTICLE: "art",
    Kind.CLAUSE: "para",
    Kind.POINT: "point",
    Kind.ITEM: "item",
    Kind.PARAGRAPH: "p",
    Kind.TABLE: "table",
    Kind.FORMULA: "formula",
    Kind.APPENDIX: "att",
    Kind.FORM: "form",
    Kind.QUOTE: "quote",
}


def ascii_number(number: str) -> str:
    """The number as it stands in an id: "đ1" gives "dd1", "12a" stays, anything else not ASCII becomes "-"."""
    if number.isascii() and number.isalnum():
        return number
    folded = number.replace("đ", "dd").replace("Đ", "DD")
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in folded).strip("-")


def assign_ids(text: Text) -> None:
    """Give every node its id: `art_12__para_3__point_a`.

    Articles are numbered through the whole text, so an article's id does not name its chapter and survives a move
    between chapters; every other unit is named below its parent. A unit without a number, or with a mere mark such as
    a dash, takes its place among the unnumbered units of its kind and parent (`p_2`); a second unit with the same id
    gets `_2`, `_3` ... in order.
    """
    taken: dict[str, int] = {}
    stack: list[tuple[Node, str, bool]] = []
    for group in (text.appendices, text.body):
        stack.extend((node, "", False) for node in reversed(group))
    counters: dict[tuple[str, Kind], int] = {}
    while stack:
        node, parent, quoted = stack.pop()
        number = ascii_number(node.number)
        if number:
            own = f"{ID_PREFIX[node.kind]}_{number}"
        else:
            counters[parent, node.kind] = counters.get((parent, node.kind), 0) + 1
            own = f"{ID_PREFIX[node.kind]}_{counters[parent, node.kind]}"
        top = node.kind is Kind.ARTICLE and not quoted and not parent.startswith("att_")
        ident = own if top or not parent else f"{parent}__{own}"
        taken[ident] = taken.get(ident, 0) + 1
        if taken[ident] > 1:
            ident = f"{ident}_{taken[ident]}"
        node.id = ident
        inside = quoted or node.kind is Kind.QUOTE
        stack.extend((child, ident, inside) for child in reversed(node.children))
