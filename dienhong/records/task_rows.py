"""Tasks as figures count them: the days they keep, and what these were on an earlier day (nhiệm vụ được đếm)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace

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
        line, task = _read(dict(zip(FIELDS, values, strict=True)))
        task = replace(task, put_off=tuple(put_off[task.pk])) if task.pk in put_off else task
        found[line][task.year].append(task)
    for years in found.values():
        for rows in years.values():
            rows.sort(key=lambda task: (task.day or dt.date.max, task.pk))
    return {line: dict(years) for line, years in found.items()}


def _read(task: dict[str, object]) -> tuple[str, CountedTask]:
    get = task.__getitem__
    facts = Facts(*(get(name) for name in FIELDS_OF_FACTS))  # type: ignore[arg-type]
    day = get("first_due") or get("due")
    assert day is None or isinstance(day, dt.date)
    assert facts.assigned is not None
    year = day.year if day else get("programme__year") or facts.assigned.year
    source = get("programme__title") or get("origin_label") or ""
    mark = get("programme__mark") or Mark.OFFICE
    row = Row(facts.due, str(get("title")), str(source), str(mark), None, None, str(get("result")), f"task:{get('pk')}")
    body, pk = get("lead_body_id"), get("pk")
    assert isinstance(year, int)
    assert isinstance(pk, int)
    assert body is None or isinstance(body, int)
    concluded = get("origin_kind") == "conclusion"
    return str(get("line")), CountedTask(pk, day, year, bool(get("key")), body, concluded, facts, row)


FIELDS_OF_FACTS = ("assigned_on", "started_on", "reported_on", "confirmed_on", "paused_on", "cancelled_on", "due")
