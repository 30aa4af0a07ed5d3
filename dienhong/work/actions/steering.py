"""What people do to steer a task that runs: pause, take up, cancel, hand over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.people.models import Body, Person
from dienhong.work import events, rights
from dienhong.work.actions.common import NotNow, _in_hand, _locked, _reason, _told, _write
from dienhong.work.models import Handover, Task


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
