"""A comparison (bảng so sánh, as values): for every unit of two texts what became of it, with word-level marks.

Every unit of the old text and every unit of the new text stands in exactly one `Match`. The old sides of the segments
are the old text and the new sides the new one, so `apply` can make the new text out of the old one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dienhong.texts.comparing.citing import cite
from dienhong.texts.comparing.segments import Marked
from dienhong.texts.tree import Kind


class Status(StrEnum):
    """What became of a unit. Values are stable: they are printed as JSON and stored."""

    SAME = "same"
    FORMATTING = "formatting-only"  # white space, line breaks, look-alike signs, letter case
    TONE = "tone-placement-only"  # hoà, hòa (and perhaps formatting)
    SPELLING = "spelling-only"  # kĩ thuật, kỹ thuật (and perhaps the two above)
    PUNCTUATION = "punctuation-only"  # signs added, dropped or replaced, and perhaps any of the above
    CHANGED = "changed"
    REWRITTEN = "rewritten"  # the same provision by place or heading, few words kept
    NEW = "new"
    REPEALED = "repealed"
    RENUMBERED = "renumbered"  # another number in the same order
    MOVED = "moved"  # out of order among its neighbours, or to another parent
    SPLIT = "split"  # part of it, or it itself as a part, became a unit of its own
    MERGED = "merged"  # taken into another unit, or holding another one


#: What a pair's content may be, from least to most.
CONTENT = (
    Status.SAME,
    Status.FORMATTING,
    Status.TONE,
    Status.SPELLING,
    Status.PUNCTUATION,
    Status.CHANGED,
    Status.REWRITTEN,
)

#: Differences of writing that leave the words alone.
NOISE = frozenset({Status.FORMATTING, Status.TONE, Status.SPELLING})


@dataclass(slots=True, frozen=True)
class Place:
    """Where a unit stands in its text (vị trí): `order` in reading order, `nth` among its siblings without a number.

    `above` is the place of the parent, None at the top.
    """

    id: str
    kind: Kind
    number: str
    label: str
    tail: str
    order: int
    nth: int
    above: Place | None

    @property
    def parent(self) -> str:
        """The id of the unit that holds this one, empty at the top."""
        return self.above.id if self.above else ""

    @property
    def cite(self) -> str:
        """The citation: "điểm a khoản 2 Điều 5"."""
        return cite(self)

    @property
    def cite_en(self) -> str:
        """The citation in English: "point a, clause 2, Article 5"."""
        return cite(self, english=True)


@dataclass(slots=True, frozen=True)
class Match:
    """One provision in both texts, or in one of them.

    `content` is what became of its words and those below it; NEW or REPEALED where one side is missing. `statuses`
    says all: split or merged, moved or renumbered, then the content where it is not the same; never empty. A paragraph
    on one side only whose words stand unchanged in the unit before it is FORMATTING: a line break.

    `into` are the ids of units of the new text: the further parts of a unit that was split, or what a unit was merged
    into. `out_of` are ids of the old text: what a part was split off from, or the units that were merged into this one.
    `similarity` is from 0 to 1.
    """

    old: Place | None
    new: Place | None
    content: Status
    statuses: tuple[Status, ...]
    heading: Marked
    text: Marked
    cells: Marked
    into: tuple[str, ...] = ()
    out_of: tuple[str, ...] = ()
    similarity: float = 1.0

    @property
    def status(self) -> Status:
        """The one word for this unit: the first of `statuses`."""
        return self.statuses[0]

    @property
    def place(self) -> Place:
        """Where it stands now, or where it stood."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def differs(self) -> bool:
        """Whether anything about this unit differs, be it only its writing or its number."""
        return self.statuses != (Status.SAME,)


@dataclass(slots=True, frozen=True)
class FrameMark:
    """A part of the text outside its units (title, grounds, lead, closing, signature): lines joined by newlines."""

    name: str
    content: Status
    marked: Marked


@dataclass(slots=True, frozen=True)
class Side:
    """The heading of a column: which text it is."""

    title: str
    number: str
    date: str  # ISO 8601, "" if unknown


@dataclass(slots=True, frozen=True)
class Comparison:
    """Two texts compared. `matches` are in reading order of the new text, what is gone where it used to stand.

    `notes` tells, in English slugs with a citation, where a bound was met ("coarse: khoản 1 Điều 5").
    """

    old: Side
    new: Side
    frame: tuple[FrameMark, ...]
    matches: tuple[Match, ...]
    notes: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the two texts are the same to the letter (in Unicode form C)."""
        return all(match.statuses == (Status.SAME,) for match in self.matches) and all(
            mark.content is Status.SAME for mark in self.frame
        )

    def of_kind(self, kind: Kind) -> Iterator[Match]:
        """The matches of one kind, in order; articles quoted in amending instructions are not of kind ARTICLE here."""
        return (match for match in self.matches if match.place.kind is kind and "quote_" not in match.place.id)
