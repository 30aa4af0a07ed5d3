"""What waits for what (phụ thuộc): the open tasks a task needs, and deadlines that cannot both hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from dienhong.work import rules
from dienhong.work.models import Task, TaskDependency

_OPEN = Q(needed__confirmed_on__isnull=True, needed__cancelled_on__isnull=True)


@dataclass(frozen=True, slots=True)
class Wait:
    """A task that waits for another one, which is still open, on a day."""

    task: Task
    needed: Task
    clash: bool  # the two deadlines cannot both hold


def waits(ids: Iterable[int], day: dt.date) -> Mapping[int, list[Wait]]:
    """For each of these tasks the open ones it waits for."""
    found: dict[int, list[Wait]] = {}
    tied = set(TaskDependency.objects.filter(task_id__in=list(ids)).values_list("task_id", flat=True))
    if not tied:  # as on most pages: then the wide question below is not asked
        return found
    rows = TaskDependency.objects.filter(_OPEN, task_id__in=tied).select_related("task", "needed")
    for row in rows.order_by("needed__place", "pk"):
        clash = rules.clash(row.task.facts, row.needed.facts, day)
        found.setdefault(row.task_id, []).append(Wait(row.task, row.needed, clash))
    return found


def waited_for(task: Task, day: dt.date) -> list[Wait]:
    """Who waits for this task while it is open."""
    rows = TaskDependency.objects.filter(_OPEN, needed=task).select_related("task", "needed")
    return [Wait(row.task, row.needed, rules.clash(row.task.facts, row.needed.facts, day)) for row in rows]


def clashes(person_id: int, day: dt.date) -> list[Wait]:
    """The deadlines that cannot both hold, where this person is in charge of one of the two, soonest first."""
    late = Q(needed__due__lt=day, needed__reported_on__isnull=True, needed__paused_on__isnull=True)
    led = Q(task__leader_id=person_id) | Q(needed__leader_id=person_id)
    rows = TaskDependency.objects.filter(
        _OPEN, led, late | Q(needed__due__gt=F("task__due")), needed__assigned_on__isnull=False,
        task__due__isnull=False, task__assigned_on__isnull=False, task__reported_on__isnull=True,
        task__cancelled_on__isnull=True,
    )  # fmt: skip
    found = [
        Wait(row.task, row.needed, True)
        for row in rows.select_related("task", "needed").order_by("task__due", "task__place")[:100]
    ]
    return [one for one in found if rules.clash(one.task.facts, one.needed.facts, day)]
