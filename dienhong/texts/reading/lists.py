"""Clauses, points and items (khoản, điểm, gạch đầu dòng): whether a mark is believed where it stands.

What decides is the style of the mark, the number that is due, and what stands open. A number in another style than its
neighbours' opens a list below them; a number far off is text that begins with a figure.
"""

from __future__ import annotations

import re

from dienhong.texts.reading.frames import RANK, Frame
from dienhong.texts.reading.lines import Line
from dienhong.texts.reading.marks import Mark, follows, point_rank
from dienhong.texts.tree import Doubt, Kind, Node

#: A longer line is no title.
MAX_TITLE = 260


class Lists:
    """This part of reading a body: everything below the article."""

    def __init__(self, doubts: list[Doubt]) -> None:
        self.doubts = doubts
        self.appendices: list[Node] = []

    def _doubt(self, line: Line, code: str, reason: str) -> None:
        self.doubts.append(Doubt(line.number, code, reason, line.text[:200]))

    def _clause(self, frame: Frame, found: Mark, line: Line) -> bool:
        number, style = found.number, found.style
        clause, point = frame.at(Kind.CLAUSE), frame.at(Kind.POINT)
        if style == "digit?":
            if (
                self.appendices
                or frame.at(Kind.ARTICLE) is None
                or not follows(number, clause.number if clause else "")
            ):
                return False
            style = frame.clause_style if clause else "digit."
            self._doubt(line, "clause-stop", f"no full stop after the number of clause {number}")
        if clause is None and not self._may_start(frame, found):
            return False
        if self.appendices and not found.rest:
            return False
        if clause is not None:
            if style != frame.clause_style or (number == "1" and point is not None and clause.number != "0"):
                if style == frame.clause_style or self._is_item(frame, found, clause, point):
                    return self._sub_item(frame, found, line)
                if not follows(number, clause.number):
                    return False
                self._doubt(line, "clause-style", f"the number is written unlike that of clause {clause.number}")
            elif not follows(number, clause.number) and not self._plausible(found, clause.number, line):
                return False
        elif point is not None and frame.at(Kind.ARTICLE) is not None:
            return self._sub_item(frame, found, line)
        if clause is None:
            frame.clause_style = style
            if number != "1" and frame.quote is None and not self.appendices:
                self._doubt(line, "clause-gap", f"the first clause has number {number}")
        node = Node(Kind.CLAUSE, number, text=found.rest, label=found.label, line=line.number)
        frame.place(node, RANK[Kind.CLAUSE])
        frame.point_style = ""
        return True

    def _may_start(self, frame: Frame, found: Mark) -> bool:
        """Whether a number can open the clauses of what stands open: any number inside a quotation or appendix can."""
        if found.style in ("digit/", "digit-") and found.number != "1":
            return False
        if frame.quote is not None or self.appendices:
            return True
        return len(found.number) <= 2 or found.number[-1].isalpha()

    def _is_item(self, frame: Frame, found: Mark, clause: Node, point: Node | None) -> bool:
        """Whether a number in another style than the clauses' is a list below a clause or point."""
        if found.number == "1":
            return True
        current = frame.current()
        return current is not None and current.kind is Kind.ITEM and follows(found.number, current.number)

    def _plausible(self, found: Mark, last: str, line: Line) -> bool:
        """Whether a clause out of sequence is kept as a clause. A number far off is text that begins with a figure."""
        stem, old = int(re.match(r"\d+", found.number)[0]), int(re.match(r"\d+", last)[0])  # type: ignore[index]
        if found.style != "digit." and abs(stem - old) > 3:
            return False
        if self.appendices:
            return True
        code, reason = "clause-gap", f"clause {found.number} comes after clause {last}"
        if stem <= old:
            code, reason = "clause-restart", f"clause {found.number} comes again after clause {last}"
        self._doubt(line, code, reason)
        return True

    def _sub_item(self, frame: Frame, found: Mark, line: Line) -> bool:
        """A numbered list below a clause or a point."""
        node = Node(Kind.ITEM, found.number, text=found.rest, label=found.label, line=line.number)
        current = frame.current()
        continues = current is not None and current.kind is Kind.ITEM and follows(found.number, current.number)
        frame.place(node, RANK[Kind.ITEM], keep_trail=continues)
        return True

    def _point(self, frame: Frame, found: Mark, line: Line) -> bool:
        number, style = found.number, found.style
        point = frame.at(Kind.POINT)
        last = point.number if point else ""
        due = follows(number, last)
        if style != "letter)" and not due and not (number == "a" and not point):
            return False
        if style in ("letter-", "letter/") and frame.point_style not in ("", style):
            return False
        if point is not None and not due:
            if number in "ivx" and len(number) == 1:
                return self._sub_item(frame, found, line)
            current = frame.current()
            if (
                current is not None
                and current.kind is Kind.ITEM
                and follows(number, current.number)
                and current.number[0].isalpha()
            ):
                return self._sub_item(frame, found, line)
            self._doubt(
                line, "point-restart" if number == "a" else "point-order", f"point {number} comes after point {last}"
            )
        elif point is None and number != "a" and frame.quote is None and not self.appendices:
            self._doubt(line, "point-order", f"the first point is {number}")
        if point_rank(number[0]) < 0:
            self._doubt(line, "point-letter", f"{number} is no letter of points")
        node = Node(Kind.POINT, number, text=found.rest, label=found.label, line=line.number)
        frame.place(node, RANK[Kind.POINT], keep_trail=due and point is not None)
        frame.point_style = style
        return True

    def _item(self, frame: Frame, found: Mark, line: Line) -> bool:
        """A bullet or a mark below the points. A plus below a dash stands inside it."""
        if (
            found.style == "deep"
            and frame.at(Kind.CLAUSE) is None
            and frame.at(Kind.ARTICLE) is not None
            and frame.quote is None
        ):
            return False
        node = Node(Kind.ITEM, found.number, text=found.rest, label=found.label, line=line.number)
        current = frame.current()
        if current is not None and current.kind is Kind.ITEM:
            if found.style == "plus" and current.number in "-–—−•":
                self._nest(frame, current, node)
                return True
            if (
                current.number == "+"
                and found.style == "plus"
                and len(frame.open) > 1
                and frame.open[-2].kind is Kind.ITEM
            ):
                frame.open.pop()
                self._nest(frame, frame.open[-1], node)
                return True
        same = (
            current is not None
            and current.kind is Kind.ITEM
            and (current.number == found.number or follows(found.number, current.number))
        )
        frame.place(node, RANK[Kind.ITEM], keep_trail=same)
        return True

    def _nest(self, frame: Frame, outer: Node, node: Node) -> None:
        outer.children.append(node)
        frame.open.append(node)
        frame.titling = None

    def _upper(self, frame: Frame, found: Mark, line: Line) -> bool:
        """A. or I. : a heading outside articles, a clause inside one (old texts)."""
        number, rest = found.number, found.rest
        article = frame.at(Kind.ARTICLE)
        if article is None:
            section = frame.at(Kind.SECTION)
            last = section.number if section else ""
            if not (follows(number, last) or number in ("I", "A")) or (not self.appendices and frame.quote is not None):
                return False
            node = Node(Kind.SECTION, number, heading=rest, label=found.label, line=line.number)
            if len(rest) > MAX_TITLE or rest[-1:] in {".", ";", ":"}:
                node.heading, node.text = "", rest
            frame.place(node, RANK[Kind.SECTION])
            frame.titling = None if rest else node
            frame.clause_style = frame.point_style = ""
            return True
        clause = frame.at(Kind.CLAUSE)
        if not rest:
            return False
        if clause is None:
            if number not in ("I", "A"):
                return False
        elif frame.clause_style != found.style or not follows(number, clause.number):
            return False
        frame.clause_style = found.style
        frame.place(Node(Kind.CLAUSE, number, text=rest, label=found.label, line=line.number), RANK[Kind.CLAUSE])
        frame.point_style = ""
        return True
