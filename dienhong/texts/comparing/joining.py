"""Joined paragraphs (nối đoạn): the same words in the same place, with a line break more or less.

A transcription that loses a line break lets a paragraph run on in the unit before it. Such a paragraph has no pair,
yet nothing was repealed: the unit and the paragraphs that follow it are marked as one text, and the marks are then cut
where the units end. Kept words that stand in another unit than before get the mark BREAK on both sides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from dienhong.texts.comparing.segments import KEPT, Marked, Op, Segment, new_side, old_side
from dienhong.texts.comparing.units import Unit
from dienhong.texts.comparing.words import Marker, tokens_of
from dienhong.texts.tree import Kind

#: The share of a paragraph that must be found again for it to count as joined.
LEAST_KEPT = 0.8


def trailing_paragraphs(units: Sequence[Unit], partner: Sequence[Unit | None]) -> dict[int, list[Unit]]:
    """The paragraphs without a pair that directly follow a unit with one, by the order of that unit.

    Given the units backwards, the paragraphs that directly precede it, the nearest first.
    """
    found: dict[int, list[Unit]] = defaultdict(list)
    last = -1
    for unit in units:
        if partner[unit.order] is not None:
            last = unit.order
        elif unit.kind is not Kind.PARAGRAPH or unit.children or unit.heading or unit.rows or not unit.text:
            last = -1
        elif last >= 0:
            found[last].append(unit)
    return found


@dataclass(slots=True)
class _Side:
    """The texts of a unit and the paragraphs after it, joined by newlines, and where each lies."""

    units: list[Unit]
    joined: str
    starts: list[int]
    ends: list[int]

    def at(self, offset: int) -> int:
        """Which of the units holds the character at this offset."""
        return bisect_right(self.starts, offset) - 1

    def clip(self, place: int, start: int, stop: int) -> str:
        """What of these characters lies in that unit; the newline between two units lies in none."""
        return self.joined[max(start, self.starts[place]) : min(stop, self.ends[place])]


def _side(units: list[Unit]) -> _Side:
    lengths = [len(unit.text) + 1 for unit in units]
    starts = [0, *accumulate(lengths)][:-1]
    ends = [start + length - 1 for start, length in zip(starts, lengths, strict=True)]
    return _Side(units, "\n".join(unit.text for unit in units), starts, ends)


def kept_length(marked: Marked) -> int:
    """How many characters of the new text were kept in their unit."""
    return sum(len(segment.new) for segment in marked if segment.op in KEPT)


def joined_marks(
    marker: Marker, olds: list[Unit], news: list[Unit], pair: tuple[Unit, Unit]
) -> dict[tuple[bool, int], Marked] | None:
    """The marked text of each unit by (whether new, order); the pair's own under both. None if they are not joined.

    `olds` and `news` hold the pair, each with its neighbouring paragraphs that have no pair, in reading order.
    """
    left, right = _side(olds), _side(news)
    x, y = olds.index(pair[0]), news.index(pair[1])
    parts: dict[tuple[bool, int], list[Segment]] = {(False, k): [] for k in range(len(olds)) if k != x}
    parts.update({(True, k): [] for k in range(len(news)) if k != y})
    own: list[Segment] = []
    for op, (i, old), (j, new) in _pieces(marker.mark(left.joined, right.joined), left, right):
        if (i == x and j == y) or (op is Op.DELETED and i == x) or (op is Op.INSERTED and j == y):
            own.append(Segment(op, old, new))
        elif op is Op.DELETED:
            parts[False, i].append(Segment(op, old, ""))
        elif op is Op.INSERTED:
            parts[True, j].append(Segment(op, "", new))
        else:
            (own if i == x else parts[False, i]).append(Segment(Op.BREAK, old, "", news[j].id))
            (own if j == y else parts[True, j]).append(Segment(Op.BREAK, "", new, olds[i].id))
    found = {(is_new, (news if is_new else olds)[k].order): _merged(rows) for (is_new, k), rows in parts.items()}
    found[False, pair[0].order] = found[True, pair[1].order] = _merged(own)
    return found if _holds(found, olds, news, pair) else None


def _pieces(marked: Marked, left: _Side, right: _Side) -> Iterator[tuple[Op, tuple[int, str], tuple[int, str]]]:
    """The segments cut where the units end: (op, (old unit, its words), (new unit, its words))."""
    a = b = 0
    for segment in marked:
        if segment.op in KEPT:
            pairs = zip(tokens_of(segment.old), tokens_of(segment.new), strict=False)
            rows = [(len(old[0] + old[1]), len(new[0] + new[1])) for old, new in pairs]
        else:
            text = segment.old or segment.new
            rows = [(n, 0) if segment.old else (0, n) for n in (len(core + space) for core, space in tokens_of(text))]
        for n, m in rows:
            i, j = left.at(a) if n else 0, right.at(b) if m else 0
            yield segment.op, (i, left.clip(i, a, a + n)), (j, right.clip(j, b, b + m))
            a, b = a + n, b + m


def _merged(rows: list[Segment]) -> Marked:
    out: list[Segment] = []
    for row in rows:
        if not row.old and not row.new:
            continue
        last = out[-1] if out else None
        sides = (bool(row.old), bool(row.new))
        if last and last.op is row.op and last.other == row.other and (bool(last.old), bool(last.new)) == sides:
            out[-1] = Segment(row.op, last.old + row.old, last.new + row.new, row.other)
        else:
            out.append(row)
    return tuple(out)


def _holds(found: dict[tuple[bool, int], Marked], olds: list[Unit], news: list[Unit], pair: tuple[Unit, Unit]) -> bool:
    """Whether nothing was lost in cutting, and each paragraph was mostly found again."""
    for units, is_new, side in ((olds, False, old_side), (news, True, new_side)):
        for unit in units:
            marked = found[is_new, unit.order]
            if side(marked) != unit.text:
                return False
            kept = sum(len(side((s,))) for s in marked if s.op is Op.BREAK)
            if unit not in pair and kept < LEAST_KEPT * len(unit.text):
                return False
    return True
