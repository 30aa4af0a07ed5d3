"""What people do to steer a task that runs: put off, pause, take up, cancel, hand over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Body, Person
from dienhong.work import events, rights, rules
from dienhong.work.actions.common import NoReason, NotNow, _in_hand, _locked, _write
from dienhong.work.actions.tasks import Openings
from dienhong.work.models import Extension, Handover, Task


class NotLater(Refusal):
    """The new deadline is not after the old one."""


def _reason(reason: str) -> str:
    if not nfc(reason):
        raise NoReason(_("Say why."), field="reason")
    return nfc(reason)


def _told(task: Task, reason: str) -> str:
    """The reason as the journal says it: nothing of what the other lines do."""
    return reason if task.line == "administration" else "…"


@transaction.atomic
def extend_deadline(
    *, actor: Actor, task_id: int, due_rule: str, reason: str, at: dt.datetime, approver: Person | None = None,
    openings: Openings = None,
) -> Extension:  # fmt: skip
    """Put a deadline off (gia hạn): the first one stays, with the reason and who approved; the doer cannot alone.

    Raises NotLater, NoReason, NotNow.
    """
    task = _locked(actor, task_id, at)
    if not rights.answers_for(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _in_hand(task)
    due = rules.last_day(due_rule, openings)
    if not due_rule or (due is not None and task.due is not None and due <= task.due):
        raise NotLater(_("The new deadline must be after the one that stands."), field="due")
    approver_id = approver.pk if approver else actor.person_id
    row = Extension.objects.create(
        task=task, day=day_of(at), due_before=task.due, rule_before=task.due_rule, due_after=due, rule_after=due_rule,
        reason=_reason(reason), approver_id=approver_id,
    )  # fmt: skip
    before = task.due.isoformat() if task.due else task.due_rule
    _write(task, actor, at, reason, due=due, due_rule=due_rule)
    after = due.isoformat() if due else due_rule
    record(events.DeadlineExtended(task.pk, before, after, _told(task, row.reason), approver_id), actor=actor, at=at)
    return row


@transaction.atomic
def pause_task(*, actor: Actor, task_id: int, reason: str, at: dt.datetime) -> Task:
    """Pause a task (tạm dừng). Raises NoReason, NotNow."""
    task = _locked(actor, task_id, at)
    if not rights.answers_for(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _in_hand(task)
    if task.paused_on is not None:
        raise NotNow(_("This task is paused already."))
    _write(task, actor, at, _reason(reason), paused_on=day_of(at))
    record(events.TaskPaused(task.pk, _told(task, nfc(reason))), actor=actor, at=at)
    return task


@transaction.atomic
def resume_task(*, actor: Actor, task_id: int, at: dt.datetime) -> Task:
    """Take a paused task up again (tiếp tục thực hiện). Raises NotNow."""
    task = _locked(actor, task_id, at)
    if not rights.answers_for(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _in_hand(task)
    if task.paused_on is None:
        raise NotNow(_("This task is not paused."))
    _write(task, actor, at, paused_on=None)
    record(events.TaskResumed(task.pk), actor=actor, at=at)
    return task


@transaction.atomic
def cancel_task(*, actor: Actor, task_id: int, reason: str, at: dt.datetime) -> Task:
    """Cancel a task (hủy nhiệm vụ): it stays on record with the reason. Raises NoReason, NotNow."""
    task = _locked(actor, task_id, at)
    require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    if task.cancelled_on is not None or task.confirmed_on is not None:
        raise NotNow(_("What is done or cancelled already is not cancelled."))
    _write(task, actor, at, _reason(reason), cancelled_on=day_of(at))
    record(events.TaskCancelled(task.pk, _told(task, nfc(reason))), actor=actor, at=at)
    return task


@transaction.atomic
def hand_over(
    *, actor: Actor, task_id: int, person: Person, reason: str, at: dt.datetime, body: Body | None = None
) -> Task:
    """Hand a task over to another person, and unit where it moves (bàn giao). Raises NoReason, NotNow."""
    task = _locked(actor, task_id, at)
    require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    if task.cancelled_on is not None or task.confirmed_on is not None:
        raise NotNow(_("What is done or cancelled is not handed over."))
    to_body = body.pk if body else task.lead_body_id
    if person.pk == task.lead_person_id and to_body == task.lead_body_id:
        raise NotNow(_("The task is with this person already."), field="person")
    Handover.objects.create(
        task=task, day=day_of(at), person_before_id=task.lead_person_id, person_after=person,
        body_before_id=task.lead_body_id, body_after_id=to_body, reason=_reason(reason),
    )  # fmt: skip
    values = {"lead_person": person, **({"lead_body": body} if body else {})}
    _write(task, actor, at, nfc(reason), **values)
    record(events.TaskHandedOver(task.pk, person.pk, _told(task, nfc(reason))), actor=actor, at=at)
    return task
