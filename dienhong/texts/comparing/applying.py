"""Applying a comparison (áp dụng kết quả so sánh): the old text and the comparison give the new text.

It is how a comparison is held to be whole: nothing of either text may be missing from it.
"""

from __future__ import annotations

from dienhong.texts.comparing.comparing import FRAME, frame_text
from dienhong.texts.comparing.comparison import Comparison, Match
from dienhong.texts.comparing.segments import new_side, old_side
from dienhong.texts.comparing.spelling import composed
from dienhong.texts.comparing.units import cells_text, rows_of
from dienhong.texts.tree import Node, Text


class NotThisText(ValueError):
    """The comparison was made of another text; says where they part."""


def apply(comparison: Comparison, old: Text) -> Text:
    """The new text, made of the old one: title, grounds, units with their words, closing and signature.

    Lines of the source, footnotes and doubts belong to a reading and are not part of a comparison. Raises
    `NotThisText` if `old` is not the text that was compared.
    """
    _check(comparison, old)
    made = Text()
    for mark in comparison.frame:
        value = new_side(mark.marked)
        if isinstance(getattr(made, mark.name), str):
            setattr(made, mark.name, value)
        else:
            setattr(made, mark.name, value.split("\n") if value else [])
    nodes: dict[str, Node] = {}
    for match in comparison.matches:
        if match.new is None:
            continue
        node = _node(match)
        nodes[node.id] = node
        if match.new.parent:
            nodes[match.new.parent].children.append(node)
        elif match.new.kind.value == "appendix":
            made.appendices.append(node)
        else:
            made.body.append(node)
    return made


def _node(match: Match) -> Node:
    place = match.new
    assert place is not None
    return Node(
        place.kind,
        place.number,
        heading=new_side(match.heading),
        text=new_side(match.text),
        label=place.label,
        id=place.id,
        rows=rows_of(new_side(match.cells)),
        tail=place.tail,
    )


def _check(comparison: Comparison, old: Text) -> None:
    for mark in comparison.frame:
        if old_side(mark.marked) != frame_text(old, mark.name):
            raise NotThisText(mark.name)
    assert len(comparison.frame) == len(FRAME)
    marks = {match.old.id: match for match in comparison.matches if match.old is not None}
    seen = 0
    for node in old.walk():
        match = marks.get(node.id)
        if match is None:
            raise NotThisText(node.id)
        seen += 1
        mine = (composed(node.heading), composed(node.text), composed(cells_text(node.rows)))
        if mine != (old_side(match.heading), old_side(match.text), old_side(match.cells)):
            raise NotThisText(node.id)
    if seen != len(marks):
        raise NotThisText("units that this text does not hold")
