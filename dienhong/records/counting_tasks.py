"""Counting tasks (số liệu nhiệm vụ): assigned, done, in time, late, overdue, how long they took, by line and unit.

A task is counted under its first deadline, so that putting it off takes it out of no period. A line is its own source:
who does not see the line gets none of its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from django.utils.translation import gettext as _t

from dienhong.foundation.facts import Mark
from dienhong.records import rules
from dienhong.records.books import Books, plain
from dienhong.records.rules import Figure, Row, Scope, ValuedRows
from dienhong.records.task_definitions import PREFIXES
from dienhong.records.task_rows import CountedTask
from dienhong.work.rules import State, state

DONE = {State.DONE, State.DONE_LATE}
UNDER_WAY = {State.NOT_BEGUN, State.RUNNING, State.OVERDUE, State.PAUSED}
ONE, NONE = Decimal(1), Decimal(0)
Held = Sequence[tuple[CountedTask, State]]

__all__ = ["PREFIXES", "count"]


def count(books: Books, *, line: str) -> list[Figure]:
    """The figures of the tasks of a line; with a body, of those that it leads."""
    held, unclear = _held(books, line)
    missing, whole = _missing(books, line, unclear)
    known = whole or bool(held)
    made = _Maker(PREFIXES[line], missing, partial=not whole, known=known)
    done = _in(held, DONE)
    in_time, late = _in(held, {State.DONE}), _in(held, {State.DONE_LATE})
    key = [one for one in held if one[0].key]
    all_, finished = Decimal(len(held)), Decimal(len(done))
    return [
        replace(made.counted("", held), missing=(*missing, *_synthetic(held))),
        made.counted(".done", done, all_),
        made.counted(".reported", _in(held, {State.REPORTED}), all_),
        made.counted(".under_way", _in(held, UNDER_WAY), all_),
        made.counted(".overdue", _in(held, {State.OVERDUE}), all_),
        made.share(".done.share", held, DONE),
        made.counted(".done.in_time", in_time, finished),
        made.counted(".done.late", late, finished),
        made.share(".in_time.share", done, {State.DONE}),
        made.median(".median_days", done),
        made.extensions(".extensions", held, books),
        made.counted(".key", key, all_),
        made.counted(".key.done", _in(key, DONE), Decimal(len(key))),
        made.counted(".concluded", [one for one in held if one[0].concluded], all_),
    ]


def _held(books: Books, line: str) -> tuple[list[tuple[CountedTask, State]], int]:
    """The tasks that belong to the scope with their state on the day, and how many may belong and have no deadline."""
    scope, today = books.scope, books.today
    held: list[tuple[CountedTask, State]] = []
    unclear = 0
    for now in _of_years(books, line):
        task = now.on(today)
        if scope.body is not None and task.body != scope.body:
            continue
        place = _place(scope, task)
        if place is False:
            continue
        then = state(task.facts, today)
        if then in {State.DRAFT, State.CANCELLED}:
            continue
        if place:
            held.append((task, then))
        else:
            unclear += 1
    return held, unclear


def _of_years(books: Books, line: str) -> Iterator[CountedTask]:
    """The tasks of the years of the scope, each once; of a session also of the year before: they may prepare it."""
    scope, years = books.scope, books.shelf.tasks.get(line, {})
    first = scope.since.year - (1 if scope.session is not None else 0)
    twice: set[int] = set()
    for task in chain.from_iterable(years[year] for year in sorted(years) if first <= year <= scope.until.year):
        if task.history:  # it may stand under another year as well
            if task.pk in twice:
                continue
            twice.add(task.pk)
        yield task


def _place(scope: Scope, task: CountedTask) -> bool | None:
    """Whether a task belongs to the scope; to a session belong those due before it and those due while it sits."""
    if scope.session is None:
        return rules.belongs(scope, day=task.day, year=task.year, term=None)
    if task.session:
        return task.session == scope.label.partition("@")[0]
    if task.day is None:
        return None if task.year == scope.since.year else False
    return scope.since <= task.day <= scope.until


def _session_days(books: Books) -> list[str]:
    """What the record lacks of the days of the session that is asked for, so that not all its tasks can be known."""
    lacking = [one for one in books.sessions if one.since is None or one.until is None]
    if books.scope.session is None or not lacking:
        return []
    return [_t("The record does not say from when to when this session sat")]


def _missing(books: Books, line: str, unclear: int) -> tuple[list[str], bool]:
    """What the record lacks of these tasks, and whether it holds them all: no year without an adopted programme."""
    scope, today = books.scope, books.today
    adopted = books.shelf.programme_years.get(line, {})
    last = max(scope.since, min(scope.until, today)).year
    years = [year for year in range(scope.since.year, last + 1) if year not in adopted or adopted[year] > today]
    lacks = _session_days(books)
    if years:
        some = ", ".join(map(str, years[:6])) + (", …" if len(years) > 6 else "")
        lacks.append(_t("No adopted programme of work is in this office for: %(years)s") % {"years": some})
    if unclear:
        lacks.append(_t("Tasks without a known deadline that may belong here: %(count)s") % {"count": unclear})
    return lacks, not lacks


def _synthetic(held: Held) -> list[str]:
    """The sentence that some of these tasks were made up for the demonstration, or nothing."""
    count = sum(1 for task, _state in held if task.row.mark == Mark.SYNTHETIC)
    return [_t("%(count)s of these rows belong to the demonstration") % {"count": count}] if count else []


def _in(held: Held, states: Iterable[State]) -> list[tuple[CountedTask, State]]:
    wanted = set(states)
    return [one for one in held if one[1] in wanted]


class _Maker:
    """Makes the figures of one line: their keys begin with its prefix, and all lack what the record lacks of it."""

    def __init__(self, prefix: str, missing: Sequence[str], *, partial: bool, known: bool) -> None:
        self.prefix, self.missing, self.partial, self.known = prefix, missing, partial, known

    def counted(self, suffix: str, held: Held, out_of: Decimal | None = None) -> Figure:
        """How many tasks these are, out of how many."""
        return self._count(suffix, [task.row for task, _state in held], out_of)

    def _count(self, suffix: str, rows: Sequence[Row], out_of: Decimal | None = None) -> Figure:
        number = Decimal(len(rows))
        return self._plain(suffix, number if self.known else None, rows, at_least=number, out_of=out_of)

    def share(self, suffix: str, held: Held, wanted: set[State]) -> Figure:
        """In a hundred of these tasks those in one of the wanted states; each row says 1 or 0."""
        values = [ONE if state in wanted else NONE for _task, state in held]
        rows = ValuedRows([task.row for task, _state in held], values)
        value = rules.percent(values.count(ONE), len(held))
        return self._plain(suffix, value, rows, share=True)

    def median(self, suffix: str, done: Held) -> Figure:
        """The middle of the days from assignment to result; each row says its own."""
        days = [(task.row, task.days_to_result()) for task, _state in done]
        known = [(row, Decimal(one)) for row, one in days if one is not None]
        values = [one for _row, one in known]
        return self._plain(suffix, rules.median(values), ValuedRows([row for row, _one in known], values))

    def extensions(self, suffix: str, held: Held, books: Books) -> Figure:
        """How often the deadline of these tasks was put off by the day; one row each time."""
        rows = [
            replace(task.row, date=one.day, about=f"{task.row.about}:extension:{one.key}")
            for task, _state in held
            for one in task.put_off
            if one.day <= books.today
        ]
        return self._count(suffix, rows)

    def _plain(
        self,
        suffix: str,
        value: Decimal | None,
        rows: Sequence[Row],
        *,
        at_least: Decimal | None = None,
        out_of: Decimal | None = None,
        share: bool = False,
    ) -> Figure:
        return plain(
            self.prefix + suffix, value=value, at_least=at_least, rows=rows, missing=self.missing, share=share,
            out_of=out_of, partial=self.partial,
        )  # fmt: skip
