"""Frames (khung): a place where units grow, with what is open in it. No decision about marks is taken here."""

from __future__ import annotations

from dienhong.texts.tree import Kind, Node

RANK: dict[Kind, int] = {
    Kind.APPENDIX: 0,
    Kind.FORM: 0,
    Kind.PART: 1,
    Kind.CHAPTER: 2,
    Kind.SECTION: 3,
    Kind.SUBSECTION: 4,
    Kind.ARTICLE: 5,
    Kind.CLAUSE: 6,
    Kind.POINT: 7,
    Kind.ITEM: 8,
}


class Frame:
    """This place where units grow, with what is open in it. `stop` is the index of the line where it ends."""

    __slots__ = (
        "clause_style", "home", "last_article", "last_chapter", "open", "point_style", "quote", "seen",
        "stop", "titling", "trail",
    )  # fmt: skip

    def __init__(self, home: list[Node], stop: int, quote: Node | None = None) -> None:
        self.home = home
        self.stop = stop
        self.quote = quote
        self.open: list[Node] = []
        self.last_article = self.last_chapter = ""
        self.clause_style = ""
        self.point_style = ""
        self.titling: Node | None = None
        self.trail: dict[int, int] = {}
        self.seen: set[str] = set()

    def current(self) -> Node | None:
        """The innermost open unit."""
        return self.open[-1] if self.open else None

    def at(self, kind: Kind) -> Node | None:
        """The open unit of this kind."""
        for node in reversed(self.open):
            if node.kind is kind:
                return node
        return None

    def last_number(self, kind: Kind) -> str:
        """The number of the open unit of this kind, "" if none is open."""
        node = self.at(kind)
        return node.number if node else ""

    def place(self, node: Node, rank: int, keep_trail: bool = False) -> None:
        """Put a unit below the innermost open unit of a lower rank; close what stands between."""
        stack = self.open
        while stack and RANK[stack[-1].kind] >= rank:
            closed = stack.pop()
            if self.trail and RANK[closed.kind] >= RANK[Kind.POINT]:
                continues = keep_trail and RANK[closed.kind] == rank
                self.move_trail(closed, continues)
        (stack[-1].children if stack else self.home).append(node)
        stack.append(node)
        self.titling = None

    def move_trail(self, closed: Node, continues: bool) -> None:
        """Give paragraphs after the last point (or item) of a list to the unit that holds the list."""
        start = self.trail.pop(id(closed), -1)
        if start < 0 or continues:
            return
        if start == 0 and closed.text.endswith(":") and closed.children[0].kind is not Kind.QUOTE:
            return
        moved = closed.children[start:]
        if not moved:
            return
        del closed.children[start:]
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.home.extend(moved)
            return
        if parent.kind in (Kind.POINT, Kind.ITEM):
            self.trail.setdefault(id(parent), len(parent.children))
        parent.children.extend(moved)

    def attach(self, node: Node) -> None:
        """Put a paragraph, table, formula or quotation where the text stands."""
        current = self.open[-1] if self.open else None
        if current is None:
            self.home.append(node)
            return
        if current.kind in (Kind.POINT, Kind.ITEM):
            self.trail.setdefault(id(current), len(current.children))
        current.children.append(node)

    def finish(self) -> None:
        """Close everything."""
        while self.open:
            closed = self.open.pop()
            if RANK[closed.kind] >= RANK[Kind.POINT]:
                self.move_trail(closed, False)
