"""Tasks as figures count them: the days they keep, and what these were on an earlier day (nhiệm vụ được đếm)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from dienhong.foundation.facts import Mark
from dienhong.records.rules import Row
from dienhong.work.models import Extension, Task
from dienhong.work.rules import Facts, State, state

FIELDS = (
    "pk", "line", "title", "key", "lead_body_id", "due", "first_due", "assigned_on", "started_on", "reported_on",
    "confirmed_on", "paused_on", "cancelled_on", "result", "origin_kind", "origin_label", "programme__year",
    "programme__title", "programme__mark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PutOff:
    """A deadline put off: on which day, from which one, and its key."""

    key: int
    day: dt.date
    due_before: dt.date | None


@dataclass(frozen=True, slots=True)
class CountedTask:
    """A task that was assigned, with its row. `day` is its first deadline, `year` the one it is counted in."""

    pk: int
    day: dt.date | None
    year: int
    key: bool
    body: int | None
    concluded: bool  # it came from the conclusion of a meeting
    facts: Facts
    row: Row
    put_off: tuple[PutOff, ...] = ()

    def on(self, day: dt.date) -> Facts:
        """The days it kept, as they were known on that day: what happened later had not happened."""
        facts = self.facts
        due = next((one.due_before for one in self.put_off if one.day > day), facts.due)
        latest = max(
            (d for d in (facts.assigned, facts.started, facts.reported, facts.confirmed, facts.paused, facts.cancelled)
             if d is not None),
            default=day,
        )  # fmt: skip
        if latest <= day and due == facts.due:
            return facts

        def so_far(one: dt.date | None) -> dt.date | None:
            return one if one is not None and one <= day else None

        return Facts(
            so_far(facts.assigned),
            so_far(facts.started),
            so_far(facts.reported),
            so_far(facts.confirmed),
            so_far(facts.paused),
            so_far(facts.cancelled),
            due,
        )

    def state(self, day: dt.date) -> State:
        """What it was on that day."""
        return state(self.on(day), day)

    def days_to_result(self) -> int | None:
        """The days from assignment to the result that was reported; None without one."""
        if self.facts.assigned is None or self.facts.reported is None:
            return None
        return (self.facts.reported - self.facts.assigned).days


def assigned_tasks() -> dict[str, dict[int, list[CountedTask]]]:
    """The tasks that were assigned, by line and year of count; by the day they are counted under, without one last."""
    put_off: dict[int, list[PutOff]] = defaultdict(list)
    for of_task, key, day, before in Extension.objects.order_by("day", "pk").values_list(
        "task_id", "pk", "day", "due_before"
    ):
        put_off[of_task].append(PutOff(key, day, before))
    found: dict[str, dict[int, list[CountedTask]]] = defaultdict(lambda: defaultdict(list))
    for values in Task.objects.filter(assigned_on__isnull=False).values_list(*FIELDS):
        line, task = _read(values, tuple(put_off.get(values[0], ())))
        found[line][task.year].append(task)
    for years in found.values():
        for rows in years.values():
            rows.sort(key=lambda task: (task.day or dt.date.max, task.pk))
    return {line: dict(years) for line, years in found.items()}


def _read(values: tuple[Any, ...], put_off: tuple[PutOff, ...]) -> tuple[str, CountedTask]:
    """The line of a task and the task, from its columns in the order of FIELDS."""
    (pk, line, title, key, body, due, first_due, assigned, started, reported, confirmed, paused, cancelled, result,
     origin, origin_label, year, programme, mark) = values  # fmt: skip
    day = first_due or due
    facts = Facts(assigned, started, reported, confirmed, paused, cancelled, due)
    row = Row(due, title, programme or origin_label, mark or Mark.OFFICE, None, None, result, f"task:{pk}")
    counted_in = day.year if day else year or assigned.year
    return line, CountedTask(pk, day, counted_in, key, body, origin == "conclusion", facts, row, put_off)
