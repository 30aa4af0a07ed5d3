"""Titles (tên điều, tên chương): what is a unit's title and what its text, on the line of its number and below it."""

from __future__ import annotations

from collections.abc import Sequence

from dienhong.texts.reading import ending
from dienhong.texts.reading.frames import Frame
from dienhong.texts.reading.lines import Line
from dienhong.texts.reading.lists import MAX_TITLE
from dienhong.texts.reading.marks import UNIT_STYLES, mark
from dienhong.texts.tree import Doubt, Kind, Node


class Titles:
    """The articles of a text that have words on the line of their number, settled when all of them are known.

    `second_line` is the line of a unit's first paragraph by the unit, `quoted` the articles inside quotations.
    """

    def __init__(self, doubts: list[Doubt]) -> None:
        self.doubts = doubts
        self.nodes: list[Node] = []
        self.quoted: set[int] = set()
        self.second_line: dict[int, int] = {}

    def settle(self) -> None:
        """Decide for each article whether what stands on the line of its number is its title or its text."""
        bare = sum(1 for node in self.nodes if not node.text and not node.children)
        text_style = len(self.nodes) >= 3 and bare > 0.3 * len(self.nodes)
        dotted = self._end_with_stops()
        for node in self.nodes:
            if self._is_text(node, text_style, dotted):
                self._to_text(node)
            elif not node.text and not node.children and id(node) not in self.quoted:
                reason = f"Điều {node.number} has a title and no text"
                self.doubts.append(Doubt(node.line, "article-empty", reason, node.heading))

    def _end_with_stops(self) -> bool:
        """Whether this text sets a full stop after the titles of its articles (some of the years around 1990 do)."""
        ended = [node for node in self.nodes if node.heading.endswith(".")]
        lists = sum(1 for node in self.nodes if node.heading[-1] in ":;")
        whole = sum(1 for node in ended if node.text or node.children)
        short = sum(1 for node in ended if len(node.heading) <= 120)
        return (
            len(ended) >= 5 and whole > 0.85 * len(ended) and short > 0.7 * len(ended) and lists * 5 < len(self.nodes)
        )

    @staticmethod
    def _is_text(node: Node, text_style: bool, dotted: bool) -> bool:
        said = node.heading
        has_body = bool(node.text or node.children)
        end = said[-1]
        if end in ":;," or len(said) > 400:
            return True
        if end == ".":
            return not (dotted and has_body and len(said) <= 200 and ". " not in said)
        return not has_body and text_style

    def _to_text(self, node: Node) -> None:
        if node.text:
            line = self.second_line.get(id(node), node.line)
            node.children.insert(0, Node(Kind.PARAGRAPH, text=node.text, line=line))
        node.text, node.heading = node.heading, ""


def goes_on(frame: Frame, text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether this line is the title, or goes on with the title, of the unit opened last; then it is taken."""
    node = frame.titling
    assert node is not None
    if node.kind is Kind.ARTICLE:
        return _of_article(frame, node, text, lines, index)
    if not node.heading:
        if node.kind in (Kind.APPENDIX, Kind.FORM) and not text.isupper():
            frame.titling = None
            return False
        if len(text) > 400 or (text[-1] in ";:" and not text.isupper()):
            frame.titling = None
            return False
        node.heading = text
        return True
    as_before = (text.isupper() and node.heading.isupper()) or text[0].islower()
    if as_before and not node.heading.endswith((".", ";")):
        node.heading += " " + text
        return True
    frame.titling = None
    return False


def _of_article(frame: Frame, node: Node, text: str, lines: Sequence[Line], index: int) -> bool:
    frame.titling = None
    if node.heading:
        if text[0].islower() and node.heading[-1] not in ".;:" and not node.text:
            node.heading += " " + text
            frame.titling = node
            return True
        return False
    if len(text) > MAX_TITLE or text[-1] in '.;:,”"' or text[0] in '“"-–(' or text[0].islower():
        return False
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is None or not after.text or index + 1 >= frame.stop:
        return after is not None and bool(after.rows) and _take(frame, node, text)
    found = mark(after.text)
    if (found is not None and found.style in UNIT_STYLES) or ending.is_closing(after.text):
        return False
    return _take(frame, node, text)


def _take(frame: Frame, node: Node, text: str) -> bool:
    node.heading = text
    frame.titling = node
    return True
