"""Titles (tên điều): whether what stands on the line of an article's number is its title or its text."""

from __future__ import annotations

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
