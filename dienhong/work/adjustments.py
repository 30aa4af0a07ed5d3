"""What became other than it was adopted (điều chỉnh sau ban hành): tasks added, dropped, changed, put off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import pgettext

from dienhong.foundation.clock import day_of
from dienhong.work.content import LABELS, words
from dienhong.work.models import Extension, Programme, ProgrammeState, Recurrence, Task, TaskChange
from dienhong.work.queries import deadline_words
from dienhong.work.rules import last_day

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


def in_words(what: str, value: str) -> str:
    """A value of the history as it is read: a deadline as it was said, a day, how often, yes or no."""
    if what == "key":
        return pgettext("fact", "yes") if value else pgettext("fact", "no")
    if not value:
        return ""
    if what == "due_rule":
        return deadline_words(value, last_day(value))
    if what == "due":
        return f"{dt.date.fromisoformat(value):%d/%m/%Y}"
    return str(Recurrence(value).label) if what == "recurs" else value


def changes(task: Task) -> list[tuple[TaskChange, str, str]]:
    """What people changed of a task, the newest first, each with the words for before and after.

    A deadline put off is told with its extension, and the day that its words come to says nothing beside them.
    """
    put_off = list(task.extensions.all())
    told = {
        "due_rule": {(one.rule_before, one.rule_after) for one in put_off},
        "due": {(words(one.due_before), words(one.due_after)) for one in put_off},
    }
    return [
        (row, in_words(row.what, row.before), in_words(row.what, row.after))
        for row in task.changes.filter(what__in=LABELS)
        if (row.before, row.after) not in told.get(row.what, set())
    ]


def _changed(row: TaskChange) -> Adjustment:
    kind = "dropped" if row.what == "cancelled_on" else "changed"
    what, before, after = (
        ("", "", "") if kind == "dropped" else (row.what, in_words(row.what, row.before), in_words(row.what, row.after))
    )
    return Adjustment(kind, row.task, day_of(row.at), what, before, after, row.who, row.reason)
