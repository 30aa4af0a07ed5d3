"""Segments of a marked text (đoạn đánh dấu): what stayed, came, went and moved.

The old sides of the segments of a unit, put together, are the old text; the new sides are the new text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """What happened to this run of words. Values are stable: they are printed as JSON and stored."""

    EQUAL = "equal"
    FORM = "form"  # white space, dashes, quotation marks, 01 for 1
    CASE = "case"  # capital or small letters
    TONE = "tone"  # place of the tone mark: hoà, hòa
    SPELLING = "spelling"  # i or y: kĩ, kỹ
    BREAK = "break"  # kept, but beyond a line break in the other text: in the unit `other`; one side is empty
    DELETED = "del"
    INSERTED = "ins"
    MOVED = "moved"  # the same words stand in another unit (`other`): one side is empty


#: Ops whose both sides are the same words.
KEPT = frozenset({Op.EQUAL, Op.FORM, Op.CASE, Op.TONE, Op.SPELLING})


@dataclass(slots=True, frozen=True)
class Segment:
    """One run of a marked text. `other` is the id of the unit where moved words stand in the other text.

    The sides of an EQUAL segment may differ in the white space next to an insertion or deletion.
    """

    op: Op
    old: str
    new: str
    other: str = ""


Marked = tuple[Segment, ...]


def old_side(marked: Iterable[Segment]) -> str:
    """The old text of a marked text."""
    return "".join(segment.old for segment in marked)


def new_side(marked: Iterable[Segment]) -> str:
    """The new text of a marked text."""
    return "".join(segment.new for segment in marked)


def whole(op: Op, text: str) -> Marked:
    """A text that came or went as a whole."""
    if not text:
        return ()
    return (Segment(op, "", text),) if op is Op.INSERTED else (Segment(op, text, ""),)
