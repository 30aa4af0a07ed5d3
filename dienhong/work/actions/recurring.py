"""What people and the daily run do with tasks that come again: add the next occurrence, end the series."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.journal.actions import record
from dienhong.work import events, rights, rules, working
from dienhong.work.actions.common import NotNow, _locked, _reason, _told, _write
from dienhong.work.actions.tasks import _made
from dienhong.work.content import Origin, of_task
from dienhong.work.models import Task

MOST_AT_ONCE = 60  # a daily run that was down for a year makes up for it


@transaction.atomic
def renew_task(*, actor: Actor, task_id: int, at: dt.datetime) -> list[Task]:
    """Add the occurrences whose time has come (tạo kỳ tiếp theo): each once, whoever calls and however often.

    The time of an occurrence comes on the day after the first deadline of the one before, done or not: who is late
    with one week's report still owes the next one's.
    """
    task = _locked(actor, task_id, at)
    require(actor, rights.REMIND, at=at)
    made: list[Task] = []
    day = day_of(at)
    while len(made) < MOST_AT_ONCE and task.first_due is not None and task.first_due < day:
        again = _next_turn(task, actor, at, on=task.first_due + dt.timedelta(days=1))
        if again is None:
            break
        record(events.TaskRecurred(again.pk, task.code), actor=actor, at=at)
        made.append(again)
        task = again
    return made


def _next_turn(task: Task, actor: Actor, at: dt.datetime, on: dt.date | None = None) -> Task | None:
    """Add the next occurrence; None when it is there, when the series has ended, is paused, or its year is over.

    `on` is the day on which it counts as assigned."""
    first = task.series or task
    if not task.recurs or task.cancelled_on is not None or task.paused_on is not None or task.assigned_on is None:
        return None
    anchor, since = _rhythm_since(task, first)
    if not anchor or not rules.has_rhythm(anchor, task.recurs):
        return None
    if Task.objects.filter(series=first, turn__gt=task.turn).exists():
        return None
    rule = rules.turn_rule(anchor, task.recurs, task.turn - since + 2)
    due = working.last_day(rule)
    if task.programme is not None and due is not None and due.year > task.programme.year:
        return None
    origin = Origin(task.origin_kind, task.origin_label, task.origin_url)
    again = _made(of_task(task), at, task.programme, task.parent, origin, task.line, _number(task), None)
    again.series, again.turn = first, task.turn + 1
    again.due = again.first_due = due
    again.due_rule = again.first_due_rule = rule
    again.assigned_on, again.assigned_by_id = on or day_of(at), task.assigned_by_id
    again.save(update_fields=["series", "turn", "due", "first_due", "due_rule", "first_due_rule", "assigned_on",
                              "assigned_by"])  # fmt: skip
    return again


def _rhythm_since(task: Task, first: Task) -> tuple[str, int]:
    """The deadline from which the rhythm of a task counts, and at which turn that was: where it was last changed."""
    rule, turn = task.first_due_rule, task.turn
    before = Task.objects.filter(Q(pk=first.pk) | Q(series=first), turn__lt=task.turn).order_by("-turn")
    for recurs, first_rule, one in before.values_list("recurs", "first_due_rule", "turn"):
        if recurs != task.recurs:
            break
        rule, turn = first_rule, one
    return rule, turn


def _number(task: Task) -> str:
    """1.3, then 1.3-02, 1.3-03: the next that is free in the programme."""
    if task.programme is None:
        return ""
    stem = task.number.partition("-")[0]
    taken = set(task.programme.tasks.filter(number__startswith=f"{stem}-").values_list("number", flat=True))
    return next(number for n in range(task.turn + 1, 10_000) if (number := f"{stem}-{n:02}") not in taken)


@transaction.atomic
def end_series(*, actor: Actor, task_id: int, reason: str, at: dt.datetime) -> Task:
    """End a series (kết thúc định kỳ): the occurrences that are there stay, none comes after them.

    Raises NoReason, NotNow.
    """
    task = _locked(actor, task_id, at)
    if not rights.answers_for(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    latest = Task.objects.filter(series_id=task.series_id or task.pk).order_by("-turn").first()
    last = _locked(actor, latest.pk, at) if latest is not None else task
    if not last.recurs:
        raise NotNow(_("No occurrence comes after the last one already."))
    _write(last, actor, at, _reason(reason), recurs="")
    record(events.SeriesEnded(last.pk, _told(last, _reason(reason))), actor=actor, at=at)
    return last
