"""The comparison table (bảng so sánh): rows of two or three columns, ready for any of the writers.

A row shows the whole of one article or one clause, old on the left and new on the right, as lines of runs. What moved
away is marked in its old place and names the new one, and the other way round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dienhong.texts.comparing.comparing import content_of
from dienhong.texts.comparing.comparison import CONTENT, NOISE, Comparison, Match, Place, Side, Status
from dienhong.texts.comparing.segments import Marked, Op
from dienhong.texts.comparing.summary import Summary
from dienhong.texts.comparing.units import CELL, CONTAINERS, ROW
from dienhong.texts.comparing.wording import COUNTED, FRAME, PHRASES, STATUS, Language
from dienhong.texts.tree import Kind

_NUMBERED = re.compile(r"(\w) ((?:\d+\w*|[IVXLC]+|[a-zđ]\d?)\b)")

#: Marks whose hint is the other side's writing.
NOTED = frozenset({Op.FORM, Op.CASE, Op.TONE, Op.SPELLING})

#: Lines are indented by so many steps at most.
DEEPEST_INDENT = 4


@dataclass(slots=True, frozen=True)
class Run:
    """Words under one mark. `other` is where moved words went or came from; `hint` the other side's writing."""

    op: Op
    text: str
    other: str = ""
    hint: str = ""


@dataclass(slots=True, frozen=True)
class Line:
    """One unit's own words in a cell, indented by its depth below the row's unit."""

    depth: int
    runs: tuple[Run, ...]
    strong: bool = False


@dataclass(slots=True, frozen=True)
class Row:
    """One row. A cell without lines is empty: `void` says why, "not_yet" or "no_more"."""

    id: str
    cite: str
    note: str
    statuses: tuple[Status, ...]
    old: tuple[Line, ...]
    new: tuple[Line, ...]
    void: str = ""
    third: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()  # the ids of the units shown, each by its new id if it has one

    @property
    def head(self) -> str:
        """The citation as the head of a row: a capital first, no number parted from its name."""
        return _NUMBERED.sub("\\1\u00a0\\2", self.cite[:1].upper() + self.cite[1:])


@dataclass(slots=True, frozen=True)
class Table:
    """A comparison table with its headings, in one language."""

    language: Language
    title: str
    old: Side
    new: Side
    rows: tuple[Row, ...]
    summary: str
    notes: tuple[str, ...] = ()
    third: Side | None = None

    def phrase(self, name: str) -> str:
        """One of the fixed words of the table."""
        return PHRASES[self.language][name]

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The heads of the columns: a name and a line under it."""
        heads = [(self.phrase("unit"), "")]
        for side, name in ((self.old, "old"), (self.new, "new")):
            head = side.number or side.title or self.phrase(name)
            under = [side.title] if side.number and side.title else []
            if side.date:
                under.append(self.phrase("passed").format(date=day(side.date, self.language)))
            heads.append((head, ", ".join(under)))
        if self.third:
            heads.append((self.third.title or self.phrase("third"), self.third.number))
        return heads


def day(iso: str, language: Language) -> str:
    """A date as read in that language: 18/01/2024, 18 Jan 2024."""
    year, month, number = iso.split("-")
    if language == "vi":
        return f"{number}/{month}/{year}"
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{int(number)} {names[int(month) - 1]} {year}"


@dataclass(slots=True)
class _Tree:
    """The matches of one text by parent, in reading order."""

    below: dict[str, list[Match]] = field(default_factory=lambda: defaultdict(list))

    def subtree(self, match: Match, *, old: bool) -> Iterable[tuple[int, Match]]:
        stack = [(0, match)]
        while stack:
            depth, here = stack.pop()
            yield depth, here
            place = here.old if old else here.new
            assert place is not None
            stack.extend((depth + 1, child) for child in reversed(self.below.get(place.id, ())))


class _Rows:
    """The rows of one comparison, being made."""

    def __init__(self, comparison: Comparison, language: Language) -> None:
        self.comparison, self.language = comparison, language
        self.words, self.names = PHRASES[language], STATUS[language]
        self.old, self.new = _Tree(), _Tree()
        for tree, old in ((self.old, True), (self.new, False)):
            placed = [(m.old if old else m.new, m) for m in comparison.matches]
            for place, match in sorted(((p, m) for p, m in placed if p), key=lambda row: row[0].order):
                tree.below[place.parent].append(match)
        self.cites = {m.old.id: self._cite(m.old) for m in comparison.matches if m.old}
        self.new_cites = {m.new.id: self._cite(m.new) for m in comparison.matches if m.new}

    def _cite(self, place: Place) -> str:
        return place.cite if self.language == "vi" else place.cite_en

    def _name(self, match: Match) -> str:
        """What stands at the head of a row: where the unit stands now, or where it stood."""
        cite = self._cite(match.place)
        return cite if match.new else self.words["was"].format(place=cite)

    def notes(self, row: Row, notes: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
        """The notes on the units of a row, those on a smaller unit under its citation."""
        found: list[str] = []
        for ident in row.holds:
            cite = "" if ident == row.id else f"{self.new_cites.get(ident) or self.cites.get(ident, ident)}: "
            found.extend(cite + note for note in notes.get(ident, ()))
        return tuple(found)

    def rows(self, level: Kind) -> Iterable[Row]:
        """All rows in order, the unchanged ones too."""
        for mark in self.comparison.frame:
            lines = [_plain_lines(mark.marked, old=old) for old in (True, False)]
            if any(lines):
                void = "" if all(lines) else "no_more" if lines[0] else "not_yet"
                name = FRAME[self.language][mark.name]
                note = self.names[mark.content]
                yield Row(f"frame-{mark.name}", name, note, (mark.content,), lines[0], lines[1], void)
        covered: set[int] = set()
        for match in self.comparison.matches:
            if id(match) in covered:
                continue
            alone = match.place.kind in CONTAINERS and "quote_" not in match.place.id
            alone = alone or (level is Kind.CLAUSE and match.place.kind is Kind.ARTICLE and not _quoted(match.place))
            if alone:
                if match.heading or match.text or match.differs:
                    yield from self._own_rows(match)
                continue
            sides = [list(tree.subtree(match, old=old)) if place else [] for tree, old, place in self._sides(match)]
            covered.update(id(below) for side in sides for _, below in side if self._within(below, match))
            yield self._row(match, *sides)

    def _sides(self, match: Match) -> tuple[tuple[_Tree, bool, Place | None], ...]:
        return (self.old, True, match.old), (self.new, False, match.new)

    def _within(self, below: Match, match: Match) -> bool:
        """Whether this unit is shown whole in the row of `match`: on neither side has it gone to another row."""
        if below is match or below.old is None or below.new is None:
            return True
        return Status.MOVED not in below.statuses or self._same_row(below, match)

    def _same_row(self, below: Match, match: Match) -> bool:
        inside_old = match.old is not None and below.old is not None and below.old.id.startswith(match.old.id + "__")
        inside_new = match.new is not None and below.new is not None and below.new.id.startswith(match.new.id + "__")
        return inside_new or (inside_old and match.new is None)

    def _row(self, match: Match, old: list[tuple[int, Match]], new: list[tuple[int, Match]]) -> Row:
        statuses = match.statuses
        if statuses == (Status.SAME,) and any(below.differs for _, below in (*old, *new)):
            statuses = (Status.CHANGED,)
        left = tuple(self._line(depth, below, old=True) for depth, below in old)
        right = tuple(self._line(depth, below, old=False) for depth, below in new)
        void = "" if match.old and match.new else "no_more" if match.old else "not_yet"
        place = match.place
        holds = tuple(dict.fromkeys(below.place.id for _, below in (*new, *old)))
        note = self._note(match, statuses)
        return Row(place.id, self._name(match), note, statuses, left, right, void, holds=holds)

    def _own_rows(self, match: Match) -> Iterable[Row]:
        """The row of an article's or chapter's own heading and opening words, its units having rows of their own."""
        left = (self._line(0, match, old=True),) if match.old else ()
        right = (self._line(0, match, old=False),) if match.new else ()
        own = _content(match)
        statuses = tuple(s for s in match.statuses if s not in _CONTENT) or ((own,) if match.old and match.new else ())
        if own is not Status.SAME and own not in statuses and match.old and match.new:
            statuses = (*statuses, own)
        statuses = statuses or match.statuses
        void = "" if match.old and match.new else "no_more" if match.old else "not_yet"
        place = match.place
        note = self._note(match, statuses)
        if match.old and match.new and own is not Status.SAME:
            name = COUNTED.get(place.kind, ("", "", ""))[0 if self.language == "vi" else 1]
            heading = any(s.op is not Op.EQUAL for s in match.heading)
            part = self.words["heading"].format(unit=name).strip() if heading else self.words["lead"]
            note = f"{part}: {note}"
        yield Row(place.id, self._name(match), note, statuses, left, right, void, holds=(place.id,))

    def _line(self, depth: int, match: Match, *, old: bool) -> Line:
        here, there = (match.old, match.new) if old else (match.new, match.old)
        assert here is not None
        gone = Op.DELETED if old else Op.INSERTED
        moved = Status.MOVED in match.statuses and there is not None and match.place.kind not in CONTAINERS
        runs: list[Run] = []
        if here.label:
            op = gone if there is None else Op.EQUAL
            hint = ""
            if there is not None and there.number != here.number:
                op = gone
            elif there is not None and there.label != here.label:
                op, hint = Op.FORM, there.label
            if moved:
                assert there is not None
                runs.append(Run(Op.MOVED, f"{here.label} ", self._cite(there), there.id))
            else:
                runs.append(Run(op, f"{here.label} ", hint=hint))
        parts = [part for part in (match.heading, match.text, match.cells) if part]
        for place, part in enumerate(parts):
            side = self._runs(part, old=old)
            if place and side:
                runs.append(Run(Op.EQUAL, "\n"))
            runs.extend(side)
        if here.tail:
            runs.append(Run(Op.EQUAL if there and there.tail == here.tail else gone, here.tail))
        strong = here.kind in CONTAINERS or here.kind is Kind.ARTICLE
        return Line(min(depth, DEEPEST_INDENT), tuple(runs), strong)

    def _runs(self, marked: Marked, *, old: bool) -> list[Run]:
        runs: list[Run] = []
        cites = self.new_cites if old else self.cites
        for segment in marked:
            text = segment.old if old else segment.new
            if not text:
                continue
            hint = (segment.new if old else segment.old) if segment.op in NOTED else segment.other
            shown = text.replace(CELL, " | ").replace(ROW, "\n")
            runs.append(Run(segment.op, shown, cites.get(segment.other, ""), hint.strip()))
        return runs

    def _note(self, match: Match, statuses: tuple[Status, ...]) -> str:
        """What became of the unit, in words: "đổi số từ Điều 15, sửa đổi"."""
        parts: list[str] = []
        into = [self.new_cites[ident] for ident in match.into]
        out_of = [self.cites[ident] for ident in match.out_of]
        came_from = self.words["from"].format(place=self._cite(match.old)) if match.old else ""
        for status in statuses:
            name = self.names[status]
            if status is Status.SPLIT and match.old:
                stayed = [self._cite(match.new)] if match.new else []
                name = self._tie("split_to", [*stayed, *into])
            elif status is Status.SPLIT and out_of:
                name = self._tie("split_from", out_of)
            elif status is Status.MERGED and (out_of if match.new else into):
                name = self._tie("merged_from", out_of) if match.new else self._tie("merged_into", into)
            elif status in {Status.MOVED, Status.RENUMBERED} and came_from:
                name = f"{name} {came_from}"
            parts.append(name)
        return ", ".join(parts)

    def _tie(self, phrase: str, cites: list[str]) -> str:
        joined = cites[0] if len(cites) == 1 else f"{', '.join(cites[:-1])} {self.words['and']} {cites[-1]}"
        return self.words[phrase].format(place=joined)


_CONTENT = frozenset(CONTENT)


def _content(match: Match) -> Status:
    """What became of the unit's own words, those below it aside."""
    return content_of((match.heading, match.text, match.cells))


def _quoted(place: Place) -> bool:
    return "quote_" in place.id


def _plain_lines(marked: Marked, *, old: bool) -> tuple[Line, ...]:
    runs = [
        Run(s.op, text, hint=(s.new if old else s.old).strip()) for s in marked if (text := s.old if old else s.new)
    ]
    return (Line(0, tuple(runs)),) if runs else ()


def table_of(
    comparison: Comparison,
    *,
    level: Kind = Kind.CLAUSE,
    language: Language = "vi",
    only_changes: bool = True,
    writing: bool = True,
    third: Side | None = None,
    third_texts: Mapping[str, tuple[str, ...]] | None = None,
    third_notes: Mapping[str, tuple[str, ...]] | None = None,
) -> Table:
    """The table of a comparison, a row per article or per clause (`level`).

    `only_changes` leaves out rows that are the same; without `writing` also those that differ in writing only.
    The third column holds `third_texts`, the lines of a row's own unit, or `third_notes`, those of every unit that the
    row shows; both by id of the unit (new or, where it is gone, old). A row with a note is never left out.
    """
    making = _Rows(comparison, language)
    rows: list[Row] = []
    for row in making.rows(level):
        extra = (third_texts or {}).get(row.id, ()) if third_texts else making.notes(row, third_notes or {})
        same = row.statuses == (Status.SAME,)
        hidden = (only_changes and same) or (not writing and set(row.statuses) <= NOISE | {Status.SAME})
        if (third_notes and extra) or not hidden:
            rows.append(replace(row, third=extra))
    words = PHRASES[language]
    title = comparison.new.title or comparison.old.title
    cites = [words["coarse"].format(place=note.removeprefix("coarse: ")) for note in comparison.notes]
    return Table(
        language=language,
        title=f"{words['table']}: {title}" if title else words["table"],
        old=comparison.old,
        new=comparison.new,
        rows=tuple(rows),
        summary=Summary(comparison).sentence(language),
        notes=tuple(cites),
        third=third,
    )
