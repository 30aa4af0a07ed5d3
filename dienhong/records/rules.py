"""Rules of counting for the record: pure functions over plain values. What is not known is said, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar, overload


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure is about: the days from `since` to `until`: a year, a term, a session or a stretch of days.

    `year` and `term` together are the part of that year which belongs to that term. `session` and `body` are keys.
    `label` is the code that a command takes: 2023, 2023-Q3, XV, XV-6, 2021/XV.
    """

    since: dt.date
    until: dt.date
    year: int | None = None
    term: int | None = None
    label: str = ""
    session: int | None = None
    body: int | None = None

    @property
    def kind(self) -> str:
        """What sort of scope it is: body, session, year, term or days."""
        if self.body is not None:
            return "body"
        if self.session is not None:
            return "session"
        if self.year is not None:
            return "year"
        return "term" if self.term is not None else "days"

    @property
    def whole_year(self) -> bool:
        """Whether it is a calendar year that no term cuts, so that what was published of the year speaks of it."""
        return self.kind == "year" and self.term is None


def year_scope(year: int) -> Scope:
    """That calendar year."""
    return Scope(dt.date(year, 1, 1), dt.date(year, 12, 31), year=year, label=str(year))


def months_scope(year: int, first: int, last: int, label: str) -> Scope:
    """The months from the first to the last of a year, both whole: a half, a quarter, a month."""
    end = dt.date(year + last // 12, last % 12 + 1, 1) - dt.timedelta(days=1)
    return Scope(dt.date(year, first, 1), end, label=label)


_PART = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{2})))?")


def calendar_scope(code: str) -> Scope | None:
    """The scope of 2023, 2023-H1, 2023-Q3 or 2023-11; None when the code is none of these."""
    found = _PART.fullmatch(code)
    if found is None or not 1946 <= (year := int(found[1])) <= 2200:
        return None
    if found[2]:
        return months_scope(year, int(found[2]) * 6 - 5, int(found[2]) * 6, code)
    if found[3]:
        return months_scope(year, int(found[3]) * 3 - 2, int(found[3]) * 3, code)
    if found[4]:
        month = int(found[4])
        return months_scope(year, month, month, code) if 1 <= month <= 12 else None
    return year_scope(year)


def belongs(scope: Scope, *, day: dt.date | None, year: int | None, term: int | None) -> bool | None:
    """Whether a row of this day, year of count and term belongs to the scope; None when the record cannot tell."""
    if scope.term is not None and term is not None and term != scope.term:
        return False
    inside = None if day is None else scope.since <= day <= scope.until
    if scope.year is not None:
        if year != scope.year:
            return False
        return True if scope.term is None or term is not None else inside
    if scope.term is not None:
        return True if term is not None else inside
    if inside is None and year is not None and not scope.since.year <= year <= scope.until.year:
        return False
    return inside


Span = tuple[dt.date | None, dt.date | None]


def days_sat(scope: Scope, today: dt.date, spans: Iterable[Span]) -> int | None:
    """On how many days of the scope, up to today, something lasted that went on over these spans.

    None where a span without a last day may or may not reach into the scope; one that begins in it sat there at least
    one day, but how many is not known either.
    """
    days = 0
    for since, until in spans:
        if since is None or since > min(scope.until, today):
            continue
        if until is None:
            return None
        days += max(0, (min(until, scope.until, today) - max(since, scope.since)).days + 1)
    return days


def neat(value: Decimal) -> Decimal:
    """The number without needless zeros: 16 for 16.00, 22.5 for 22.50."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def plain_number(value: Decimal | None) -> int | float | None:
    """A number as JSON has it: a whole one without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that was counted: its day (None: not known), name, own number where it has one, source and mark.

    `about` names the thing it stands for ("session:12", "vote:7"), so that a page can link to it; "" for none.
    """

    date: dt.date | None
    name: str
    source: str
    mark: str
    until: dt.date | None = None
    value: Decimal | None = None
    note: str = ""
    about: str = ""

    def valued(self, value: Decimal) -> Row:
        """The row with this number of its own; many thousands are made at once, so without `replace`."""
        return Row(self.date, self.name, self.source, self.mark, self.until, value, self.note, self.about)

    def as_json(self) -> dict[str, Any]:
        """The row as a command prints it and a page gives it away."""
        return {
            "date": self.date.isoformat() if self.date else None,
            "until": self.until.isoformat() if self.until else None,
            "name": self.name,
            "value": plain_number(self.value),
            "mark": self.mark,
            "source": self.source,
            "note": self.note,
        }


class ValuedRows(Sequence[Row]):
    """Rows each with a number of its own, written onto them when somebody opens them: most figures are only counted."""

    __slots__ = ("_made", "_rows", "_values")

    def __init__(self, rows: Sequence[Row], values: Sequence[Decimal]) -> None:
        self._rows, self._values = rows, values
        self._made: tuple[Row, ...] | None = None

    def opened(self) -> tuple[Row, ...]:
        """The rows with their numbers."""
        if self._made is None:
            self._made = tuple(row.valued(value) for row, value in zip(self._rows, self._values, strict=True))
        return self._made

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.opened())

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        return self.opened()[at]


@dataclass(frozen=True, slots=True)
class Statement:
    """A published number for the same matter, with who stated it."""

    value: Decimal | None
    stated_by: str
    source: str
    mark: str
    note: str = ""
    qualifier: str = ""

    def as_json(self) -> dict[str, Any]:
        """The statement as a command prints it and a page gives it away."""
        return {
            "value": plain_number(self.value),
            "stated_by": self.stated_by,
            "note": self.note,
            "mark": self.mark,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the rows behind it. `value` is None when it is not known; `at_least` is the floor that rows prove.

    `missing` says in the reader's language what the record lacks, `counts` what is counted, `basis` whether the value
    comes from the rows or from a published count.
    """

    key: str
    label: str
    unit: str
    counts: str
    group: str
    value: Decimal | None
    at_least: Decimal | None
    rows: Sequence[Row] = ()
    missing: tuple[str, ...] = ()
    reported: tuple[Statement, ...] = ()
    basis: str = "rows"
    share: bool = False
    out_of: Decimal | None = None  # the whole that the value is a part of: 37 of 102 tasks
    partial: bool = False  # the value speaks of the rows there are, and others are known or feared to be lacking

    @property
    def known(self) -> bool:
        """Whether the value holds for the whole of what is counted, so that something can be proved with it."""
        return self.value is not None and not self.partial

    @property
    def percent_of_whole(self) -> Decimal | None:
        """The value in a hundred of what it is a part of, two places; None where it is no part of anything."""
        if self.value is None or not self.out_of:
            return None
        return (self.value * 100 / self.out_of).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

    @property
    def mark(self) -> str:
        """The weakest mark among what the value rests on, "" when nothing carries one."""
        return weakest({s.mark for s in self.reported} if self.basis == "published" else {r.mark for r in self.rows})

    def as_json(self, *, rows: bool = True) -> dict[str, Any]:
        """The figure with its rows as a command prints it and a page gives it away; without them its list is empty."""
        return {
            "key": self.key,
            "label": self.label,
            "value": plain_number(self.value),
            "unit": self.unit,
            "at_least": plain_number(self.at_least),
            "out_of": plain_number(self.out_of),
            "percent": plain_number(self.percent_of_whole),
            "counts": self.counts,
            "basis": self.basis,
            "whole": self.known,
            "mark": self.mark,
            "rows": [row.as_json() for row in self.rows] if rows else [],
            "missing": list(self.missing),
            "reported": [said.as_json() for said in self.reported],
        }


ORDER = ("S", "?", "M", "V", "O", "L")  # weakest first


def weakest(marks: Iterable[str]) -> str:
    """The weakest of these verification marks: synthetic, uncertain, memory, published, the office's own, full text."""
    found = frozenset(marks)  # a page asks it of thousands of rows, which carry one mark or two
    return next((mark for mark in ORDER if mark in found), "")


@dataclass(frozen=True, slots=True)
class Settled:
    """What can be said of a count: a value or none, the floor, where it comes from, and whether sources clash."""

    value: Decimal | None
    at_least: Decimal | None
    basis: str
    clash: bool = False


def settle(found: Decimal, *, whole: bool, stated: Collection[Decimal]) -> Settled:
    """Hold a count of rows against the published counts.

    The rows give the value when they are whole. Otherwise one published count gives it, unless it lies below what the
    rows already prove. Published counts that differ, or that differ from whole rows, clash.
    """
    if whole:
        return Settled(found, found, "rows", clash=any(value != found for value in stated))
    if len(set(stated)) == 1:
        value = next(iter(stated))
        if value >= found:
            return Settled(value, found, "published")
        return Settled(None, found, "rows", clash=True)
    return Settled(None, found, "rows", clash=bool(stated))


def covered(scope: Scope, spans: Iterable[tuple[dt.date, dt.date]]) -> bool:
    """Whether one span holds the whole scope, both ends included."""
    return any(since <= scope.since and scope.until <= until for since, until in spans)


def series_is_whole(numbers: Sequence[int], before: Collection[int], after: Collection[int]) -> bool:
    """Whether numbered things of one year are proven to be all of it.

    Their numbers follow each other, the first is 1 or follows one of an earlier year, and the last is followed by one
    of a later year. Without a follower nothing proves that the last known is the last.
    """
    if not numbers:
        return False
    ordered = sorted(numbers)
    if ordered != list(range(ordered[0], ordered[0] + len(ordered))):
        return False
    return (ordered[0] == 1 or ordered[0] - 1 in before) and ordered[-1] + 1 in after


def holes(numbers: Iterable[int]) -> list[int]:
    """The numbers lacking between the least and the greatest."""
    there = set(numbers)
    return [n for n in range(min(there), max(there)) if n not in there] if there else []


_ACT = re.compile(r"(\d+)/(\d{4})/QH(\d+)")


@dataclass(frozen=True, slots=True)
class ActNumber:
    """A law's number taken apart: 24/2023/QH15 is the 24th of its term, signed in 2023, of term 15."""

    order: int
    year: int
    term: int


def act_number(number: str) -> ActNumber | None:
    """The parts of a law's number, None when it is written otherwise."""
    found = _ACT.fullmatch(number.strip())
    return ActNumber(int(found[1]), int(found[2]), int(found[3])) if found else None


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The middle value, the mean of the two middle ones for an even number, None of nothing. Not rounded."""
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def percent(part: int, whole: int) -> Decimal | None:
    """The part in a hundred of the whole, two places, rounded half up; None of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class CountedVote:
    """A vote as counting needs it: what it decided, whether it was held with this office's software, and its mark."""

    key: int
    dossier: int | None
    kind: str
    day: dt.date | None
    held_here: bool
    synthetic: bool


def votes_of_record(votes: Iterable[CountedVote]) -> list[int]:
    """The keys of the votes that stand in the record, each decision once.

    A synthetic vote never counts. Where a vote held here and a published one decided the same dossier in the same way
    on the same day, the published one stands, because it is what the public can check.
    """
    rows = [vote for vote in votes if not vote.synthetic]
    published = {(v.dossier, v.kind, v.day) for v in rows if not v.held_here and v.dossier is not None}
    return [v.key for v in rows if not v.held_here or (v.dossier, v.kind, v.day) not in published]


V = TypeVar("V")


def changes(points: Sequence[tuple[dt.date, V]]) -> list[tuple[dt.date, V]]:
    """The points at which a value over time first appears or changes, by day."""
    out: list[tuple[dt.date, V]] = []
    for day, value in sorted(points, key=lambda point: point[0]):
        if not out or out[-1][1] != value:
            out.append((day, value))
    return out
