"""Tasks as figures count them: the days they keep, and what these were on an earlier day (nhiệm vụ được đếm)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from dienhong.foundation.clock import day_of
from dienhong.foundation.facts import Mark
from dienhong.records.rules import Row
from dienhong.work.models import Extension, Task, TaskChange
from dienhong.work.rules import Facts, session_of

FIELDS = (
    "pk", "line", "title", "key", "lead_body_id", "due", "first_due", "first_due_rule", "assigned_on", "started_on",
    "reported_on", "confirmed_on", "paused_on", "cancelled_on", "result", "origin_kind", "origin_label",
    "programme__year", "programme__title", "programme__mark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PutOff:
    """A deadline put off: on which day, from which one, and its key."""

    key: int
    day: dt.date
    due_before: dt.date | None


@dataclass(frozen=True, slots=True)
class Before:
    """What a task was until it was changed: the day of the change, what of the task, and what that was.

    `what` is a field of Facts, or "day", "year", "body", "key" as CountedTask has them.
    """

    day: dt.date
    what: str
    was: Any


@dataclass(frozen=True, slots=True)
class CountedTask:
    """A task that was assigned, with its row. `day` is its first deadline, `year` the one it is counted in.

    `session` is the code of the session before which it is due, "" where its deadline hangs on none. `history` says
    what it was before it was changed, the oldest change first; after `settled` nothing happened to it.
    """

    pk: int
    day: dt.date | None
    year: int
    key: bool
    body: int | None
    concluded: bool  # it came from the conclusion of a meeting
    facts: Facts
    row: Row
    put_off: tuple[PutOff, ...] = ()
    history: tuple[Before, ...] = ()
    settled: dt.date = dt.date.max
    session: str = ""

    @property
    def years(self) -> set[int]:
        """The years it is or was counted in."""
        return {self.year, *(one.was for one in self.history if one.what == "year")}

    def on(self, day: dt.date) -> CountedTask:
        """The task as it was known on that day: what was changed later had not been, what came later had not come."""
        if self.settled <= day:
            return self
        was: dict[str, Any] = {}
        for one in self.history:
            if one.day > day:
                was.setdefault(one.what, one.was)
        happened = {name: _by(day, was.get(name, getattr(self.facts, name))) for name in HAPPENED}
        facts = Facts(**happened, due=was.get("due", self.facts.due))
        row = self.row if facts.due == self.facts.due else replace(self.row, date=facts.due)
        others = {name: was[name] for name in ("day", "year", "body", "key") if name in was}
        return replace(self, facts=facts, row=row, **others)

    def days_to_result(self) -> int | None:
        """The days from assignment to the result that was reported; None without one."""
        if self.facts.assigned is None or self.facts.reported is None:
            return None
        return (self.facts.reported - self.facts.assigned).days


#: The days of Facts on which something happened, in their order.
HAPPENED = ("assigned", "started", "reported", "confirmed", "paused", "cancelled")
#: What the history of a task calls them: it keeps what was taken back or written anew.
UNDONE = {f"{name}_on": name for name in HAPPENED}
DEADLINES = {"due", "first_due"}


def _by(day: dt.date, one: dt.date | None) -> dt.date | None:
    return one if one is not None and one <= day else None


def assigned_tasks() -> dict[str, dict[int, list[CountedTask]]]:
    """The tasks that were assigned, by line and year of count; by the day they are counted under, without one last.

    One whose first deadline was not known before stands under each year it was ever counted in.
    """
    put_off: dict[int, list[PutOff]] = defaultdict(list)
    for of_task, key, day, before in Extension.objects.order_by("day", "pk").values_list(
        "task_id", "pk", "day", "due_before"
    ):
        put_off[of_task].append(PutOff(key, day, before))
    changes = _changes(put_off)
    found: dict[str, dict[int, list[CountedTask]]] = defaultdict(lambda: defaultdict(list))
    for values in Task.objects.filter(assigned_on__isnull=False).values_list(*FIELDS):
        line, task = _read(values, tuple(put_off.get(values[0], ())), changes.get(values[0], []))
        for year in task.years:
            found[line][year].append(task)
    for years in found.values():
        for rows in years.values():
            rows.sort(key=lambda task: (task.day or dt.date.max, task.pk))
    return {line: dict(years) for line, years in found.items()}


def _changes(put_off: Mapping[int, Sequence[PutOff]]) -> dict[int, list[Before]]:
    """What of each task was undone or written anew, the oldest first: of what a table of changes keeps, what counts."""
    undone = Q(what__in=UNDONE) & ~Q(before="")
    moved = Q(what__in=[*DEADLINES, "key"]) | Q(what="lead_body", key_before__isnull=False)
    found: dict[int, list[Before]] = defaultdict(list)
    rows = TaskChange.objects.filter(undone | moved).order_by("at", "pk")
    for of_task, at, what, before, key in rows.values_list("task_id", "at", "what", "before", "key_before"):
        if what == "lead_body":
            one = Before(day_of(at), "body", key)
        elif what == "key":
            one = Before(day_of(at), "key", bool(before))
        else:
            one = Before(day_of(at), UNDONE.get(what, what), dt.date.fromisoformat(before) if before else None)
        found[of_task].append(one)
    for of_task, rows_of_task in put_off.items():  # those of loaded books stand in no table of changes
        found[of_task] += [Before(one.day, "due", one.due_before) for one in rows_of_task]
        found[of_task].sort(key=lambda one: one.day)
    return found


def _read(values: tuple[Any, ...], put_off: tuple[PutOff, ...], changes: Sequence[Before]) -> tuple[str, CountedTask]:
    """The line of a task and the task, from its columns in the order of FIELDS."""
    (pk, line, title, key, body, due, first_due, rule, assigned, started, reported, confirmed, paused, cancelled,
     result, origin, origin_label, year, programme, mark) = values  # fmt: skip
    day = first_due or due
    facts = Facts(assigned, started, reported, confirmed, paused, cancelled, due)
    row = Row(due, title, programme or origin_label, mark or Mark.OFFICE, None, None, result, f"task:{pk}")
    without = year or assigned.year
    history = _history(changes, first_due, due, without)
    happened = [one for one in (assigned, started, reported, confirmed, paused, cancelled) if one is not None]
    settled = max([*happened, *(one.day for one in history)])
    counted_in = day.year if day else without
    return line, CountedTask(
        pk,
        day,
        counted_in,
        key,
        body,
        origin == "conclusion",
        facts,
        row,
        put_off,
        history,
        settled,
        session_of(rule),
    )


def _history(
    changes: Sequence[Before], first_due: dt.date | None, due: dt.date | None, without: int
) -> tuple[Before, ...]:
    """The changes as they are counted: a first deadline that was another day moves the task to another time."""
    found: list[Before] = []
    for one in reversed(changes):
        if one.what not in DEADLINES:
            found.append(one)
            continue
        after = first_due or due
        first_due, due = (one.was, due) if one.what == "first_due" else (first_due, one.was)
        if one.what == "due":
            found.append(one)
        if (day := first_due or due) != after:
            found += [Before(one.day, "year", day.year if day else without), Before(one.day, "day", day)]
    return tuple(reversed(found))
