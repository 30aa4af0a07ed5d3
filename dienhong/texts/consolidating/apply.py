"""Applying instructions to a law (áp dụng quy định sửa đổi): each exactly, or not at all.

Numbers of units are kept; a repealed unit stays in its place with "(được bãi bỏ)"; an inserted unit stands where the
instruction says. An instruction is carried out only when its provision is found once and what it orders is possible;
otherwise it is left for a person with the reason (PL 01/2012/UBTVQH13: no new content, numbering kept).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dienhong.texts.consolidating.model import Applied, Unsettled, identity
from dienhong.texts.consolidating.phrases import change_phrase
from dienhong.texts.tree import Footnote, Kind, Node, Text
from dienhong.texts.understanding.index import Provisions
from dienhong.texts.understanding.instructions import Action, Instruction
from dienhong.texts.understanding.numbers import order_key, plain
from dienhong.texts.understanding.orders import PHRASE_ACTIONS
from dienhong.texts.understanding.payload import copied
from dienhong.texts.understanding.references import words_of
from dienhong.texts.understanding.spelling import fold_tones

REPEALED = "(được bãi bỏ)"
_LARGE = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE, Kind.APPENDIX)

Line = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Touch:
    """A place that an instruction changed, with the footnote set there; its words are written at the end, its offset
    moves with the text."""

    node: Node
    instruction: Instruction
    note: Footnote


@dataclass(slots=True)
class Workbench:
    """A law being consolidated: its units, and every place touched so far. Works on its own copy of the law."""

    text: Text
    units: Provisions = field(init=False)
    touches: list[Touch] = field(default_factory=list)
    fresh: dict[int, tuple[str, str]] = field(default_factory=dict)  # id(node) -> the order that inserted it

    def __post_init__(self) -> None:
        self.units = Provisions([*self.text.body, *self.text.appendices])

    def one(self, path: Sequence[tuple[Kind, str]], what: str = "") -> Line:
        """The one unit at this path. Raises `Unsettled` if there is none, or more than one."""
        lines = self.units.find(tuple(path))
        if not lines:
            raise Unsettled(f"{what}{words_of(tuple(path))} is not in the text")
        if len(lines) > 1:
            raise Unsettled(f"{what}{words_of(tuple(path))} stands in the text {len(lines)} times")
        return lines[0]

    def siblings(self, line: Line) -> list[Node]:
        """The list in which the last unit of the line stands."""
        if len(line) > 1:
            return line[-2].children
        return self.text.appendices if any(node is line[0] for node in self.text.appendices) else self.text.body

    def changed(self, node: Node) -> None:
        """Read the larger units anew, if the change was one of them."""
        if node.kind in _LARGE:
            self.units.roots = [*self.text.body, *self.text.appendices]
            self.units.refresh()

    def apply(self, instruction: Instruction) -> Applied:
        """Carry out one instruction. Raises `Unsettled`, and then has changed nothing."""
        if instruction.doubtful:
            raise Unsettled(instruction.reason)
        if instruction.action in PHRASE_ACTIONS:
            return self._phrase(instruction)
        return _HANDLERS[instruction.action](self, instruction)

    def _touch(self, node: Node, instruction: Instruction, offset: int = -1) -> None:
        if offset < 0 and node.kind in (Kind.CLAUSE, Kind.POINT, Kind.ITEM) and node.text:
            offset = 0  # the mark of a whole clause or point stands by its number
        note = Footnote("", "", offset)
        node.footnotes.append(note)
        self.touches.append(Touch(node, instruction, note))

    def _phrase(self, instruction: Instruction) -> Applied:
        if instruction.path:
            line = self.one(instruction.path)
            roots, name = [line[-1]], identity(line)
            before: Node | None = copied(line[-1])
        else:
            roots, name, before = [*self.text.body], "", None
        if instruction.part.startswith("paragraph"):
            roots = [self._paragraph(roots[0], instruction.part)]
        hits = change_phrase(roots, instruction)
        for hit in hits:
            self._touch(hit.node, instruction, hit.end)
        remark = "a comma may be left over" if any(hit.left_over for hit in hits) else ""
        return Applied(instruction, name, before, copied(roots[0]) if instruction.path else None, remark)

    def _paragraph(self, node: Node, part: str) -> Node:
        which = part.removeprefix("paragraph ")
        own: list[Node] = [node] if node.text else []
        own.extend(child for child in node.children if child.kind is Kind.PARAGRAPH)
        place = len(own) - 1 if which == "last" else int(which) - 1
        if not 0 <= place < len(own):
            raise Unsettled(f"the unit has no {part}")
        return own[place]

    def replace(self, instruction: Instruction) -> Applied:
        """Sửa đổi, bổ sung: the unit gives way to the quoted one."""
        line = self.one(instruction.path)
        node, name = line[-1], identity(line)
        before = copied(node)
        if instruction.part:
            spot = node if instruction.part == "intro" else self._paragraph(node, instruction.part)
            spot.text = instruction.new_text
            self._touch(spot, instruction, -1 if spot is not node else len(spot.text))
            return Applied(instruction, name, before, copied(node))
        _check_context(line, instruction)
        new = copied(instruction.payload[0])
        _settle_heading(node, new)
        siblings = self.siblings(line)
        siblings[_place(siblings, node)] = new
        self.changed(new)
        self._touch(new, instruction)
        remark = "the text already stood so" if _same(before, new) else ""
        return Applied(instruction, name, before, copied(new), remark)

    def insert(self, instruction: Instruction) -> Applied:
        """Bổ sung: the quoted unit takes its place beside its neighbour, or by its number."""
        if instruction.part:
            return self._insert_opening(instruction)
        if self.units.find(instruction.path):
            raise Unsettled(f"{words_of(instruction.path)} is already in the text")
        new = copied(instruction.payload[0])
        order = (instruction.amending, instruction.place)
        siblings, place, above = (
            self._beside(instruction, new) if instruction.anchor else self._by_number(instruction, new)
        )
        while instruction.side != "before" and place < len(siblings) and self._goes_after(siblings[place], new, order):
            place += 1
        siblings.insert(place, new)
        self.fresh[id(new)] = order
        self.changed(new)
        self._touch(new, instruction)
        return Applied(instruction, identity((*above, new)), None, copied(new))

    def _goes_after(self, sibling: Node, new: Node, order: tuple[str, str]) -> bool:
        """The sibling was inserted by the same order and has the smaller number: "bổ sung khoản 4 và khoản 5"."""
        own = self.fresh.get(id(sibling)) == order and sibling.kind is new.kind
        return own and order_key(sibling.kind, sibling.number) < order_key(new.kind, new.number)

    def _beside(self, instruction: Instruction, new: Node) -> tuple[list[Node], int, Line]:
        line = self.one(instruction.anchor, "the neighbour ")
        anchor = line[-1]
        if anchor.kind is not new.kind:
            line = _raised(line, new.kind, instruction.side)
            anchor = line[-1]
        elif line[:-1] and instruction.path[:-1]:
            above = words_of(instruction.path[:-1])
            kinds = {node.kind for node in line[:-1]}
            wrong = [k for k, n in instruction.path[:-1] if k in kinds and not _holds(line[:-1], k, n)]
            if wrong:
                raise Unsettled(f"the neighbour does not stand in {above}")
        siblings = self.siblings(line)
        return siblings, _place(siblings, anchor) + (instruction.side == "after"), line[:-1]

    def _by_number(self, instruction: Instruction, new: Node) -> tuple[list[Node], int, Line]:
        if new.kind is Kind.ARTICLE:
            return self._article_by_number(new)
        if new.kind in _LARGE:
            raise Unsettled("the text does not say where the new unit stands")
        line = self.one(instruction.path[:-1])
        children = line[-1].children
        same = [n for n, child in enumerate(children) if child.kind is new.kind and child.number]
        if not same:
            if children or line[-1].text:
                raise Unsettled(
                    f"{words_of(instruction.path[:-1])} has no numbered {new.kind.value} beside which to stand"
                )
            return children, len(children), line
        key = order_key(new.kind, new.number)
        before = [n for n in same if order_key(new.kind, children[n].number) < key]
        return children, (before[-1] + 1 if before else same[0]), line

    def _article_by_number(self, new: Node) -> tuple[list[Node], int, Line]:
        key = order_key(new.kind, new.number)
        lines = [lines[0] for lines in self.units.articles.values() if len(lines) == 1]
        before = [line for line in lines if order_key(Kind.ARTICLE, line[-1].number) < key]
        if not before:
            raise Unsettled("no article stands before the new one")
        line = max(before, key=lambda found: order_key(Kind.ARTICLE, found[-1].number))
        follows = [found for found in lines if order_key(Kind.ARTICLE, found[-1].number) > key]
        if follows and min(follows, key=lambda f: order_key(Kind.ARTICLE, f[-1].number))[:-1] != line[:-1]:
            raise Unsettled("the new article may end one chapter or begin the next")
        siblings = self.siblings(line)
        return siblings, _place(siblings, line[-1]) + 1, line[:-1]

    def _insert_opening(self, instruction: Instruction) -> Applied:
        line = self.one(instruction.path)
        node = line[-1]
        if instruction.part != "intro" or node.text or (not instruction.payload and not instruction.new_text):
            raise Unsettled("the unit already has opening words")
        before = copied(node)
        node.text = instruction.new_text
        self._touch(node, instruction, len(node.text))
        return Applied(instruction, identity(line), before, copied(node))

    def repeal(self, instruction: Instruction) -> Applied:
        """Bãi bỏ: the unit keeps its number and says that it is repealed."""
        line = self.one(instruction.path)
        node = line[-1]
        before = copied(node)
        if instruction.part == "heading":
            raise Unsettled("a title alone is repealed")
        if instruction.part:
            spot = node if instruction.part == "intro" else self._paragraph(node, instruction.part)
            if spot is node:
                node.text = ""
            else:
                node.children.remove(spot)
            self._touch(node, instruction)
            return Applied(instruction, identity(line), before, copied(node))
        if REPEALED in (node.text, node.heading):
            raise Unsettled(f"{words_of(instruction.path)} is already repealed")
        node.children, node.rows, node.footnotes = [], (), []
        structural = node.kind in _LARGE and node.kind is not Kind.ARTICLE
        node.heading, node.text = (REPEALED, "") if structural else ("", REPEALED)
        self.changed(node)
        self._touch(node, instruction)
        return Applied(instruction, identity(line), before, copied(node))

    def retitle(self, instruction: Instruction) -> Applied:
        """Sửa tên: the unit takes the new title."""
        line = self.one(instruction.path)
        node = line[-1]
        before = copied(node)
        node.heading = instruction.new_text
        self._touch(node, instruction)
        return Applied(instruction, identity(line), before, copied(node))

    def renumber(self, instruction: Instruction) -> Applied:
        """Chuyển, đổi số: the unit takes a new number in its own list, or moves to where the number belongs."""
        line = self.one(instruction.path)
        node, goal = line[-1], instruction.anchor
        if not goal or goal[-1][0] is not node.kind:
            raise Unsettled("a unit cannot become a unit of another kind")
        if self.units.find(goal):
            raise Unsettled(f"{words_of(goal)} is already in the text")
        before = copied(node)
        target = self.one(goal[:-1]) if goal[:-1] != instruction.path[:-1] else line[:-1]
        old = node.number
        if target[-1:] != line[-2:-1]:
            self.siblings(line).remove(node)
            key = order_key(node.kind, goal[-1][1])
            children = target[-1].children
            same = [n for n, c in enumerate(children) if c.kind is node.kind and order_key(c.kind, c.number) < key]
            children.insert(same[-1] + 1 if same else 0, node)
        node.number = goal[-1][1]
        node.label = node.label.replace(old, node.number, 1)
        self.changed(node)
        self._touch(node, instruction)
        return Applied(instruction, identity(line), before, copied(node))

    def other(self, instruction: Instruction) -> Applied:
        """An order that could not be read."""
        raise Unsettled(instruction.reason or "the words could not be read")


_HANDLERS: dict[Action, Callable[[Workbench, Instruction], Applied]] = {
    Action.REPLACE: Workbench.replace,
    Action.INSERT: Workbench.insert,
    Action.REPEAL: Workbench.repeal,
    Action.RETITLE: Workbench.retitle,
    Action.RENUMBER: Workbench.renumber,
    Action.OTHER: Workbench.other,
}


def _place(siblings: list[Node], node: Node) -> int:
    return next(place for place, sibling in enumerate(siblings) if sibling is node)


def _holds(line: Line, kind: Kind, number: str) -> bool:
    return any(node.kind is kind and plain(kind, node.number) == number for node in line)


def _raised(line: Line, kind: Kind, side: str) -> Line:
    """The line cut at its unit of this kind, if the neighbour stands at that unit's very edge: "bổ sung Chương IIa vào
    sau Điều 20", where Điều 20 ends Chương II."""
    place = next((n for n, node in enumerate(line) if node.kind is kind), None)
    if place is None:
        raise Unsettled("the neighbour is a unit of another kind")
    for above, below in zip(line[place:], line[place + 1 :], strict=False):
        numbered = [child for child in above.children if child.number]
        if not numbered or numbered[-1 if side == "after" else 0] is not below:
            raise Unsettled("the neighbour stands inside a unit of the new unit's kind")
    return line[: place + 1]


def _check_context(line: Line, instruction: Instruction) -> None:
    """What is quoted around the unit must be as the law has it: only the unit itself is ordered to change."""
    for quoted in instruction.context:
        own = next((node for node in line if node.kind is quoted.kind), None)
        if own is not None and quoted.heading and fold_tones(quoted.heading) != fold_tones(own.heading):
            raise Unsettled(
                f"the title quoted for {quoted.kind.value} {quoted.number} differs, but only a part is named"
            )


def _settle_heading(old: Node, new: Node) -> None:
    """A one-line article whose title was read as its text: the old title tells."""
    if new.kind is Kind.ARTICLE and not new.heading and old.heading and fold_tones(old.heading) == fold_tones(new.text):
        new.heading, new.text = new.text, ""


def _same(first: Node, second: Node) -> bool:
    def words(node: Node) -> list[tuple[str, str, str]]:
        return [(n.number, n.heading, n.text) for n in node.walk()]

    return words(first) == words(second)
