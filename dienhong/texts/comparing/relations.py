"""Relations between matched units (quan hệ): moved sentences, split and merged units, moved and renumbered ones.

A split or merger is read off the flow of words: a unit that is new, but half of whose words come out of one old unit,
is a part split off from it; a unit that is gone, but half of whose words went into one new unit, was merged into it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dienhong.texts.comparing.matching import Matching
from dienhong.texts.comparing.segments import KEPT, Marked, Op, Segment
from dienhong.texts.comparing.units import Unit
from dienhong.texts.comparing.words import Lexicon, count_words

#: A sentence, or a part of one that ends with a semicolon, must have so many words to be known again elsewhere.
LEAST_SENTENCE = 6
#: The share of a unit's words that must come out of, or go into, one other unit to make it a part of that one.
MAIN_SHARE = 0.5
#: Words that this unit did not lose, be they beyond a line break.
KEPT_ANYWHERE = KEPT | {Op.BREAK}

_SENTENCE = re.compile(r"[^.;:\n]*(?:[.;:\n]+(?!\s)[^.;:\n]+)*[.;:\n]*\s*")


@dataclass(slots=True)
class Marks:
    """The marked heading, text and cells of a unit."""

    heading: Marked
    text: Marked
    cells: Marked


@dataclass(slots=True)
class Piece:
    """A sentence within a deleted or inserted segment of a unit's text."""

    unit: Unit
    segment: int
    start: int
    stop: int


@dataclass(slots=True)
class Relations:
    """What ties units beyond their pairs: by order of the unit, the units of the other text."""

    split_to: dict[int, list[Unit]] = field(default_factory=lambda: defaultdict(list))  # old order -> new parts
    split_from: dict[int, Unit] = field(default_factory=dict)  # new order -> old unit
    merged_into: dict[int, Unit] = field(default_factory=dict)  # old order -> new unit
    merged_from: dict[int, list[Unit]] = field(default_factory=lambda: defaultdict(list))  # new order -> old units
    moved: set[int] = field(default_factory=set)  # orders of new units


def word_ids(text: str, lexicon: Lexicon) -> tuple[int, ...]:
    """The folded words of a text, signs left out."""
    signs = lexicon.signs
    return tuple([token for token in lexicon.read(text)[1] if token not in signs])


def _pieces(units: Iterable[tuple[Unit, Marks]], op: Op) -> Iterable[tuple[Piece, str]]:
    for unit, marks in units:
        for place, segment in enumerate(marks.text):
            if segment.op is not op:
                continue
            text = segment.old or segment.new
            if len(text) < 20:
                continue
            for found in _SENTENCE.finditer(text):
                if found.end() > found.start():
                    yield Piece(unit, place, found.start(), found.end()), found.group()


def mark_moved_sentences(
    olds: Sequence[tuple[Unit, Marks]], news: Sequence[tuple[Unit, Marks]], lexicon: Lexicon
) -> None:
    """Turn deleted sentences that stand inserted elsewhere into moved ones, on both sides."""
    gone: dict[tuple[int, ...], list[Piece]] = defaultdict(list)
    for piece, text in _pieces(olds, Op.DELETED):
        words = word_ids(text, lexicon)
        if len(words) >= LEAST_SENTENCE:
            gone[words].append(piece)
    if not gone:
        return
    cuts: dict[tuple[bool, int], list[tuple[Piece, str]]] = defaultdict(list)
    marks_of: dict[tuple[bool, int], Marks] = {(False, u.order): m for u, m in olds}
    marks_of.update({(True, u.order): m for u, m in news})
    for piece, text in _pieces(news, Op.INSERTED):
        waiting = gone.get(word_ids(text, lexicon))
        if waiting:
            source = waiting.pop(0)
            cuts[True, piece.unit.order].append((piece, source.unit.id))
            cuts[False, source.unit.order].append((source, piece.unit.id))
    # a pair shares one Marks object between its two units: cut each object once, all its pieces together
    by_marks: dict[int, tuple[Marks, list[tuple[Piece, str]]]] = {}
    for key, pieces in cuts.items():
        by_marks.setdefault(id(marks_of[key]), (marks_of[key], []))[1].extend(pieces)
    for marks, pieces in by_marks.values():
        marks.text = _cut(marks.text, pieces)


def _cut(marked: Marked, pieces: list[tuple[Piece, str]]) -> Marked:
    wanted: dict[int, list[tuple[Piece, str]]] = defaultdict(list)
    for piece, other in pieces:
        wanted[piece.segment].append((piece, other))
    out: list[Segment] = []
    for place, segment in enumerate(marked):
        at = 0
        text = segment.old or segment.new
        deleted = bool(segment.old)
        for piece, other in sorted(wanted.get(place, []), key=lambda row: row[0].start):
            _append(out, segment.op, text[at : piece.start], "", deleted)
            _append(out, Op.MOVED, text[piece.start : piece.stop], other, deleted)
            at = piece.stop
        if place not in wanted:
            out.append(segment)
        else:
            _append(out, segment.op, text[at:], "", deleted)
    return tuple(out)


def _append(out: list[Segment], op: Op, text: str, other: str, deleted: bool) -> None:
    if text:
        out.append(Segment(op, text if deleted else "", "" if deleted else text, other))


class Flow:
    """How many words went from which old unit into which new one, at every level (dòng chữ)."""

    def __init__(self, found: Matching) -> None:
        self.found = found
        self.words: dict[tuple[int, int], int] = defaultdict(int)

    def add(self, old: Unit, new: Unit, words: int) -> None:
        """Count words for the two units and for all units of one kind above them."""
        above: dict[object, list[Unit]] = defaultdict(list)
        unit: Unit | None = old
        while unit is not None and unit.node is not None and unit.depth > old.depth - 8:
            above[unit.kind].append(unit)
            unit = unit.parent
        unit = new
        while unit is not None and unit.node is not None and unit.depth > new.depth - 8:
            for other in above.get(unit.kind, ()):
                if self._open(other, unit):
                    self.words[other.order, unit.order] += words
            unit = unit.parent

    def _open(self, old: Unit, new: Unit) -> bool:
        """Whether one of the two has no pair, so that the flow may make it a part of the other."""
        return self.found.new_of[old.order] is None or self.found.old_of[new.order] is None


def flow_of(found: Matching, marks: dict[int, Marks], moved_into: Sequence[tuple[Unit, Marks]]) -> Flow:
    """The flow of words of all pairs and moved sentences. `marks` are by order of the new unit."""
    flow = Flow(found)
    by_id = {unit.id: unit for unit in found.old}
    old_open, new_open = _open_chains(found.old, found.new_of), _open_chains(found.new, found.old_of)
    for new in found.new:
        old = found.old_of[new.order]
        if old is not None and (old_open[old.order] or new_open[new.order]):
            mark = marks.get(new.order)
            flow.add(old, new, kept_words(mark) if mark else new.own_words)
    for new, mark in moved_into:
        for segment in mark.text:
            if segment.op is Op.MOVED and segment.new and segment.other in by_id:
                flow.add(by_id[segment.other], new, count_words(segment.new))
    return flow


def kept_words(mark: Marks) -> int:
    """How many words of a unit itself were kept."""
    segments = (s for part in (mark.heading, mark.text, mark.cells) for s in part)
    return sum(count_words(s.new) for s in segments if s.op in KEPT_ANYWHERE)


def _open_chains(units: list[Unit], partner: list[Unit | None]) -> list[bool]:
    """For each unit whether it or a unit above it has no pair, so that words may have flowed there."""
    found = [False] * len(units)
    for unit in units:
        above = unit.parent.order if unit.parent and unit.parent.node else -1
        found[unit.order] = partner[unit.order] is None or (above >= 0 and found[above])
    return found


def relate(found: Matching, flow: Flow) -> Relations:
    """Which units were split and merged, after the flow of words, and which moved."""
    relations = Relations()
    into: dict[int, list[tuple[int, int]]] = defaultdict(list)
    out: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (source, target), words in flow.words.items():
        out[source].append((words, target))
        into[target].append((words, source))
    for new_order, rows in into.items():
        new = found.new[new_order]
        words, best = max(rows, key=lambda row: (row[0], -row[1]))
        old = found.old[best]
        if found.old_of[new_order] is None and _is_part(words, new):
            relations.split_from[new_order] = old
            relations.split_to[best].append(new)
    for old_order, rows in out.items():
        old = found.old[old_order]
        words, best = max(rows, key=lambda row: (row[0], -row[1]))
        new = found.new[best]
        if found.new_of[old_order] is None and _is_part(words, old):
            if old_order in relations.split_to and best in relations.split_from:
                continue
            relations.merged_into[old_order] = new
            relations.merged_from[best].append(old)
    relations.moved = _moved(found, relations)
    return relations


def _is_part(words: int, part: Unit) -> bool:
    least = 1 if part.is_container else LEAST_SENTENCE
    return words >= least and words >= MAIN_SHARE * part.words


def longest_rising(values: Sequence[int]) -> set[int]:
    """The places of a longest strictly rising subsequence."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        spot = bisect_left(tails, value)
        if spot == len(tails):
            tails.append(value)
            at.append(place)
        else:
            tails[spot] = value
            at[spot] = place
        before.append(at[spot - 1] if spot else -1)
    chosen: set[int] = set()
    place = at[-1] if at else -1
    while place >= 0:
        chosen.add(place)
        place = before[place]
    return chosen


def _moved(found: Matching, relations: Relations) -> set[int]:
    """The orders of new units that stand out of order among their siblings, or under another parent."""
    rows: dict[object, list[tuple[int, int]]] = defaultdict(list)
    moved: set[int] = set()
    for new in found.new:
        old = found.old_of[new.order]
        if old is None:
            continue
        if new.is_article:
            rows["articles", new.in_appendix].append((old.order, new.order))
            if _changed_container(found, relations, old, new):
                moved.add(new.order)
        elif _same_parent(found, old, new):
            rows[new.parent.order if new.parent else -1, new.is_container].append((old.order, new.order))
        else:
            moved.add(new.order)
    for pairs in rows.values():
        stayed = longest_rising([old for old, _ in pairs])
        moved.update(new for place, (_, new) in enumerate(pairs) if place not in stayed)
    return moved


def _same_parent(found: Matching, old: Unit, new: Unit) -> bool:
    assert old.parent is not None
    assert new.parent is not None
    if old.parent.node is None or new.parent.node is None:
        return old.parent.node is new.parent.node
    return found.new_of[old.parent.order] is new.parent


def _changed_container(found: Matching, relations: Relations, old: Unit, new: Unit) -> bool:
    """Whether an article stands in another chapter or section, both chapters having a pair of their own."""
    if _same_parent(found, old, new):
        return False
    assert old.parent is not None
    assert new.parent is not None
    if old.parent.node is None or new.parent.node is None or old.parent.kind is not new.parent.kind:
        return False
    if found.new_of[old.parent.order] is None or found.old_of[new.parent.order] is None:
        return False
    tied = relations.split_from.get(new.parent.order) is old.parent
    return not tied and relations.merged_into.get(old.parent.order) is not new.parent
