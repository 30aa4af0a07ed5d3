"""What became other than it was adopted (điều chỉnh sau ban hành): tasks added, dropped, changed, put off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dienhong.foundation.clock import day_of
from dienhong.work.content import LABELS
from dienhong.work.models import Extension, Programme, ProgrammeState, Task, TaskChange
from dienhong.work.queries import deadline_words

KINDS = ("added", "dropped", "changed", "put_off")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One thing that is not as it was adopted: which task, since when, what it was and is, by whom and why."""

    kind: str  # one of KINDS
    task: Task
    day: dt.date
    what: str  # the name of the field, "" for the task as a whole
    before: str
    after: str
    who: str
    reason: str


def adjustments(programme: Programme) -> list[Adjustment]:
    """All adjustments of an adopted programme, the oldest first; none for a draft.

    The next turn of a recurring task is none, nor are the steps by which a task runs.
    """
    if programme.state != ProgrammeState.ADOPTED or programme.adopted_on is None:
        return []
    fields = (set(LABELS) - {"due", "due_rule"}) | {"cancelled_on"}
    changes = TaskChange.objects.filter(task__programme=programme, adjusts=True, what__in=fields)
    found = [_changed(row) for row in changes.select_related("task")]
    added = programme.tasks.filter(adopted=False, assigned_on__isnull=False, turn=1).select_related("assigned_by")
    for task in added:
        who = task.assigned_by.full_name if task.assigned_by else ""
        found.append(Adjustment("added", task, task.assigned_on or programme.adopted_on, "", "", "", who, task.basis))
    put_off = Extension.objects.filter(
        task__programme=programme, task__adopted=True, day__gte=programme.adopted_on
    ).select_related("task", "approver")
    for row in put_off:
        before = deadline_words(row.rule_before, row.due_before)
        after = deadline_words(row.rule_after, row.due_after)
        who = row.approver.full_name if row.approver else ""
        found.append(Adjustment("put_off", row.task, row.day, "due_rule", before, after, who, row.reason))
    return sorted(found, key=lambda one: (one.day, one.task.place))


def _changed(row: TaskChange) -> Adjustment:
    kind = "dropped" if row.what == "cancelled_on" else "changed"
    what, before, after = ("", "", "") if kind == "dropped" else (row.what, row.before, row.after)
    return Adjustment(kind, row.task, day_of(row.at), what, before, after, row.who, row.reason)
