"""Comparing two texts (so sánh văn bản): from trees to a `Comparison`."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from dienhong.texts.comparing.comparison import CONTENT, Comparison, FrameMark, Match, Place, Side, Status
from dienhong.texts.comparing.joining import joined_marks, kept_length, trailing_paragraphs
from dienhong.texts.comparing.matching import Matching, match, repeal_marker
from dienhong.texts.comparing.relations import Marks, Relations, flow_of, kept_words, mark_moved_sentences, relate
from dienhong.texts.comparing.segments import Marked, Op, Segment, whole
from dienhong.texts.comparing.spelling import composed
from dienhong.texts.comparing.units import Unit, units_of
from dienhong.texts.comparing.words import Lexicon, Marker
from dienhong.texts.tree import Kind, Text, assign_ids

#: The parts of a text outside its units, in order of reading.
FRAME = ("title", "number", "heading", "grounds", "lead", "closing", "signature")

#: Below this share of kept words a pair counts as rewritten.
REWRITTEN_BELOW = 0.3

_WORST: dict[Op, Status] = {
    Op.EQUAL: Status.SAME,
    Op.FORM: Status.FORMATTING,
    Op.CASE: Status.FORMATTING,
    Op.TONE: Status.TONE,
    Op.SPELLING: Status.SPELLING,
    Op.BREAK: Status.FORMATTING,
}


def compare(old: Text, new: Text) -> Comparison:
    """Compare two texts, provision by provision and word by word.

    Units without ids are given theirs (`assign_ids`). Nothing is raised whatever the texts hold; where a text is too
    long to be aligned word by word, that part is shown as replaced and named in `notes`.
    """
    for text in (old, new):
        if any(not node.id for node in text.walk()):
            assign_ids(text)
    with _collector_paused():
        return _Comparing(old, new).result()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Let no cyclic collection run meanwhile: it finds nothing, and takes a quarter of the time (measured)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def frame_text(text: Text, name: str) -> str:
    """A part of the frame as one text, its lines joined."""
    value: str | list[str] = getattr(text, name)
    return composed(value if isinstance(value, str) else "\n".join(value))


class _Comparing:
    """One comparison under way."""

    def __init__(self, old: Text, new: Text) -> None:
        self.old, self.new = old, new
        self.lexicon = Lexicon()
        self.marker = Marker(self.lexicon)
        self.old_root, self.old_units = units_of(old)
        self.new_root, self.new_units = units_of(new)
        self.old_places, self.new_places = _places(self.old_units), _places(self.new_units)
        self.notes: list[str] = []

    def result(self) -> Comparison:
        found = match(self.old_root, self.old_units, self.new_root, self.new_units, self.lexicon)
        marks = self._pair_marks(found)
        gone = {unit.order: _one_sided(Op.DELETED, unit) for unit in found.free_old(found.old)}
        came = {unit.order: _one_sided(Op.INSERTED, unit) for unit in found.free_new(found.new)}
        self._join_paragraphs(found, marks, gone, came)
        olds = [(unit, gone[unit.order]) for unit in found.old if unit.order in gone]
        news = [(unit, came[unit.order]) for unit in found.new if unit.order in came]
        for unit in found.new:
            partner = found.old_of[unit.order]
            if partner is not None and unit.order in marks:
                olds.append((partner, marks[unit.order]))
                news.append((unit, marks[unit.order]))
        mark_moved_sentences(olds, news, self.lexicon)
        flow = flow_of(found, marks, news)
        relations = relate(found, flow)
        statuses = _Contents(found, relations, marks, gone, came, self.lexicon)
        rows = [*self._pairs(found, relations, marks, statuses, came), *self._gone(found, relations, gone)]
        rows.sort(key=lambda row: row[0])
        return Comparison(
            old=_side(self.old),
            new=_side(self.new),
            frame=tuple(self._frame()),
            matches=tuple(row[1] for row in rows),
            notes=tuple(self.notes),
        )

    def _pair_marks(self, found: Matching) -> dict[int, Marks]:
        """The marks of every pair that is not equal to the letter, by order of the new unit."""
        marks: dict[int, Marks] = {}
        mark = self.marker.mark
        for new in found.new:
            old = found.old_of[new.order]
            if old is None or (old.heading == new.heading and old.text == new.text and old.rows == new.rows):
                continue
            self.marker.coarse = False
            marks[new.order] = Marks(mark(old.heading, new.heading), mark(old.text, new.text), mark(old.rows, new.rows))
            if self.marker.coarse:
                self.notes.append(f"coarse: {self.new_places[new.order].cite}")
        return marks

    def _join_paragraphs(
        self, found: Matching, marks: dict[int, Marks], gone: dict[int, Marks], came: dict[int, Marks]
    ) -> None:
        """Mark anew the pairs that took in, or let go, the paragraphs beside them by no more than a line break."""
        joined: set[tuple[bool, int]] = set()
        for backwards in (False, True):
            step = -1 if backwards else 1
            old_near = trailing_paragraphs(found.old[::step], found.new_of)
            new_near = trailing_paragraphs(found.new[::step], found.old_of)
            for order, mark in marks.items():
                new, old = found.new[order], found.old_of[order]
                if old is None or old.text == new.text or (True, order) in joined:
                    continue
                olds = [old, *(unit for unit in old_near.get(old.order, ()) if (False, unit.order) not in joined)]
                news = [new, *(unit for unit in new_near.get(order, ()) if (True, unit.order) not in joined)]
                if len(olds) + len(news) == 2:
                    continue
                done = joined_marks(self.marker, olds[::step], news[::step], (old, new)) or {}
                if kept_length(done.get((True, order), ())) < kept_length(mark.text):
                    continue  # the paragraph would take words from the pair itself
                joined.update(done)
                for (is_new, place), marked in done.items():
                    own = place == (order if is_new else old.order)
                    (mark if own else (came if is_new else gone)[place]).text = marked

    def _pairs(
        self,
        found: Matching,
        relations: Relations,
        marks: dict[int, Marks],
        contents: _Contents,
        came: dict[int, Marks],
    ) -> Iterable[tuple[tuple[int, int, int], Match]]:
        for new in found.new:
            old = found.old_of[new.order]
            here = (new.order, 0, 0)
            if old is None:
                source = relations.split_from.get(new.order)
                split = (Status.SPLIT,) if source else ()
                out_of = [source] if source else relations.merged_from.get(new.order, [])
                merged = (Status.MERGED,) if new.order in relations.merged_from else ()
                one = came[new.order]
                content = Status.FORMATTING if only_broken(one) else Status.NEW
                statuses = (*split, *merged) or (content,)
                yield here, self._match(None, new, content, statuses, one, (), out_of, 0.0)
                continue
            content = contents.of(new)
            statuses = _statuses(old, new, relations, content)
            mark = marks.get(new.order) or _equal_marks(new)
            into, out_of = relations.split_to.get(old.order, []), relations.merged_from.get(new.order, [])
            likeness = 1.0 if content is Status.SAME else contents.kept_share(new)
            yield here, self._match(old, new, content, statuses, mark, into, out_of, likeness)

    def _gone(
        self, found: Matching, relations: Relations, gone: dict[int, Marks]
    ) -> Iterable[tuple[tuple[int, int, int], Match]]:
        anchor = -1
        for old in found.old:
            new = found.new_of[old.order]
            if new is not None:
                if new.order not in relations.moved:
                    anchor = new.order
                continue
            target = relations.merged_into.get(old.order)
            parts = relations.split_to.get(old.order, [])
            into = [target] if target else parts
            one = gone[old.order]
            content = Status.FORMATTING if only_broken(one) else Status.REPEALED
            status = Status.MERGED if target else Status.SPLIT if parts else content
            yield (anchor, 1, old.order), self._match(old, None, content, (status,), one, into, (), 0.0)

    def _match(
        self,
        old: Unit | None,
        new: Unit | None,
        content: Status,
        statuses: tuple[Status, ...],
        marks: Marks,
        into: Iterable[Unit],
        out_of: Iterable[Unit],
        similarity: float,
    ) -> Match:
        return Match(
            old=self.old_places[old.order] if old else None,
            new=self.new_places[new.order] if new else None,
            content=content,
            statuses=statuses,
            heading=marks.heading,
            text=marks.text,
            cells=marks.cells,
            into=tuple(unit.id for unit in into),
            out_of=tuple(unit.id for unit in out_of),
            similarity=round(similarity, 3),
        )

    def _frame(self) -> Iterable[FrameMark]:
        for name in FRAME:
            before, after = frame_text(self.old, name), frame_text(self.new, name)
            marked = self.marker.mark(before, after)
            yield FrameMark(name, content_of((marked,)), marked)


class _Contents:
    """What became of the words of each pair and of all below it, computed once from the leaves up."""

    def __init__(
        self,
        found: Matching,
        relations: Relations,
        marks: dict[int, Marks],
        gone: dict[int, Marks],
        came: dict[int, Marks],
        lexicon: Lexicon,
    ) -> None:
        self.broken = {order for order, mark in came.items() if only_broken(mark)}
        self.found, self.relations, self.marks, self.lexicon = found, relations, marks, lexicon
        self.ranks: dict[int, int] = {}
        self.kept: dict[int, int] = {}
        lost = {found.old[order].parent for order, mark in gone.items() if not only_broken(mark)}
        left = {
            old.parent
            for old in found.old
            if (new := found.new_of[old.order]) is not None and new.order in relations.moved
        }
        for new in reversed(found.new):
            old = found.old_of[new.order]
            own = 0
            if old is not None:
                mark = marks.get(new.order)
                own = kept_words(mark) if mark else new.own_words
            self.kept[new.order] = own + sum(self.kept[child.order] for child in new.children)
            if old is not None:
                self._weigh(old, new, marks.get(new.order), old in lost or old in left)

    def _weigh(self, old: Unit, new: Unit, mark: Marks | None, lost: bool) -> None:
        rank = CONTENT.index(content_of((mark.heading, mark.text, mark.cells))) if mark else 0
        assert old.node is not None
        assert new.node is not None
        if old.number == new.number and (old.node.label, old.node.tail) != (new.node.label, new.node.tail):
            rank = max(rank, CONTENT.index(Status.FORMATTING))
        changed = CONTENT.index(Status.CHANGED)
        counted = [c for c in new.children if not new.is_container or not (c.is_article or c.is_container)]
        for child in counted:
            partner = self.found.old_of[child.order]
            if child.order in self.broken:
                rank = max(rank, CONTENT.index(Status.FORMATTING))
            elif partner is None or child.order in self.relations.moved or partner.number != child.number:
                rank = max(rank, changed)
            if child.order in self.ranks:
                rank = max(rank, min(self.ranks[child.order], changed))
        if lost and not new.is_container:
            rank = max(rank, changed)
        self.ranks[new.order] = rank
        if rank >= changed and not new.is_container:
            if repeal_marker(new, self.lexicon) and not repeal_marker(old, self.lexicon):
                self.ranks[new.order] = len(CONTENT)
            elif self.kept_share(new) < REWRITTEN_BELOW:
                self.ranks[new.order] = CONTENT.index(Status.REWRITTEN)

    def of(self, new: Unit) -> Status:
        """The content of a pair."""
        rank = self.ranks[new.order]
        return CONTENT[rank] if rank < len(CONTENT) else Status.REPEALED

    def kept_share(self, new: Unit) -> float:
        """Twice the kept words by the words of both, 1 where both have none."""
        old = self.found.old_of[new.order]
        assert old is not None
        total = old.words + new.words
        return min(1.0, 2 * self.kept[new.order] / total) if total else 1.0


def content_of(parts: Iterable[Marked]) -> Status:
    """The most that became of any of these marked texts."""
    rank = 0
    for part in parts:
        for segment in part:
            rank = max(rank, CONTENT.index(_WORST.get(segment.op) or _of_change(segment)))
    return CONTENT[rank]


def _of_change(segment: Segment) -> Status:
    said = segment.old + segment.new
    return Status.CHANGED if any(c.isalnum() for c in said) else Status.PUNCTUATION


def only_broken(marks: Marks) -> bool:
    """Whether a unit on one side only stands on the other side too, beyond a line break."""
    segments = [s for part in (marks.heading, marks.text, marks.cells) for s in part]
    return any(s.op is Op.BREAK for s in segments) and content_of((tuple(segments),)) in {
        Status.FORMATTING,
        Status.PUNCTUATION,
    }


def _statuses(old: Unit, new: Unit, relations: Relations, content: Status) -> tuple[Status, ...]:
    found: list[Status] = []
    if content is Status.REPEALED:
        return (Status.REPEALED,)
    if old.order in relations.split_to:
        found.append(Status.SPLIT)
    if new.order in relations.merged_from:
        found.append(Status.MERGED)
    if new.order in relations.moved:
        found.append(Status.MOVED)
    elif old.number != new.number or old.kind is not new.kind:
        found.append(Status.RENUMBERED)
    if content is not Status.SAME or not found:
        found.append(content)
    return tuple(found)


def _one_sided(op: Op, unit: Unit) -> Marks:
    return Marks(whole(op, unit.heading), whole(op, unit.text), whole(op, unit.rows))


def _equal_marks(unit: Unit) -> Marks:
    parts = [(Segment(Op.EQUAL, part, part),) if part else () for part in (unit.heading, unit.text, unit.rows)]
    return Marks(*parts)


def _places(units: list[Unit]) -> list[Place]:
    places: list[Place] = []
    counted: dict[tuple[int, Kind], int] = defaultdict(int)
    for unit in units:
        node = unit.node
        assert node is not None
        above = places[unit.parent.order] if unit.parent is not None and unit.parent.node is not None else None
        nth = 0
        if not node.number.isalnum():
            key = (above.order if above else -1, node.kind)
            nth = counted[key] = counted[key] + 1
        label, tail = composed(node.label), composed(node.tail)
        places.append(Place(node.id, node.kind, node.number, label, tail, unit.order, nth, above))
    return places


def _side(text: Text) -> Side:
    return Side(title=composed(text.title), number=text.number, date=text.date.isoformat() if text.date else "")
