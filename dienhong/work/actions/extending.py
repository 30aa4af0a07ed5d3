"""What people do about a deadline that will not hold: ask for a later one, approve, refuse, put it off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Person
from dienhong.work import events, rights, rules, working
from dienhong.work.actions.common import NotNow, _in_hand, _locked, _reason, _told, _write
from dienhong.work.actions.tasks import Openings
from dienhong.work.models import Extension, ExtensionRequest, Task


class NotLater(Refusal):
    """The new deadline is not after the old one."""


class AskedAlready(Refusal):
    """A request for this task is open."""


class DecidedAlready(Refusal):
    """Somebody decided the request, or it was taken back, before this person did."""


class OwnRequest(Refusal):
    """Nobody decides a request of their own."""


class NoSuchRequest(Refusal):
    """There is no such request, or its task is not this person's to see."""

    status = 404


def _later(task: Task, due_rule: str, openings: Openings, day: dt.date) -> tuple[str, dt.date | None]:
    """The new rule and its last day; working days count from today. Raises NotLater unless it is after what stands."""
    due_rule = rules.begun(due_rule, day)
    due = working.last_day(due_rule, openings)
    if not due_rule or due_rule == task.due_rule or (due is not None and task.due is not None and due <= task.due):
        raise NotLater(_("The new deadline must be after the one that stands."), field="due")
    return due_rule, due


def _put_off(
    task: Task, actor: Actor, at: dt.datetime, due_rule: str, due: dt.date | None, reason: str, approver_id: int | None
) -> Extension:
    """Write the extension and the new deadline."""
    row = Extension.objects.create(
        task=task, day=day_of(at), due_before=task.due, rule_before=task.due_rule, due_after=due, rule_after=due_rule,
        reason=reason, approver_id=approver_id,
    )  # fmt: skip
    _write(task, actor, at, reason, due=due, due_rule=due_rule)
    return row


def _day_or_rule(due: dt.date | None, rule: str) -> str:
    return due.isoformat() if due else rule


def _close(
    request: ExtensionRequest, actor: Actor, at: dt.datetime, answer: str, extension: Extension | None = None
) -> None:
    request.decided_at, request.decided_by_id, request.answer = at, actor.person_id, nfc(answer)
    request.extension = extension
    request.save(update_fields=["decided_at", "decided_by", "answer", "extension"])


@transaction.atomic
def extend_deadline(
    *, actor: Actor, task_id: int, due_rule: str, reason: str, at: dt.datetime, approver: Person | None = None,
    openings: Openings = None,
) -> Extension:  # fmt: skip
    """Put a deadline off (gia hạn): the first one stays, with the reason and who approved; the doer cannot alone.

    A request that is open is thereby decided. Raises NotLater, NoReason, NotNow.
    """
    task = _locked(actor, task_id, at)
    if not rights.answers_for(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _in_hand(task)
    due_rule, due = _later(task, due_rule, openings, day_of(at))
    before = _day_or_rule(task.due, task.due_rule)
    approver_id = approver.pk if approver else actor.person_id
    row = _put_off(task, actor, at, due_rule, due, _reason(reason), approver_id)
    asked = task.extension_requests.filter(decided_at__isnull=True).first()
    if asked is not None:
        _close(asked, actor, at, row.reason, row)
    after = _day_or_rule(due, due_rule)
    record(events.DeadlineExtended(task.pk, before, after, _told(task, row.reason), approver_id), actor=actor, at=at)
    return row


@transaction.atomic
def request_extension(
    *, actor: Actor, task_id: int, due_rule: str, reason: str, at: dt.datetime, openings: Openings = None
) -> ExtensionRequest:
    """Ask for a later deadline (đề nghị gia hạn): who does the task, of who is in charge of it.

    Raises AskedAlready, NotLater, NoReason, NotNow.
    """
    task = _locked(actor, task_id, at)
    if not rights.does(actor, task):
        require(actor, rights.RUN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _in_hand(task)
    if task.reported_on is not None:
        raise NotNow(_("This task is reported already and waits to be confirmed."))
    if actor.person_id is None:
        raise NotNow(_("Your account belongs to no person of the register."))
    asked = task.extension_requests.filter(decided_at__isnull=True).select_related("asked_by").first()
    if asked is not None:
        said = {"who": asked.asked_by.full_name, "day": f"{day_of(asked.asked_at):%d/%m/%Y}"}
        raise AskedAlready(_("%(who)s asked on %(day)s already; that request waits to be decided.") % said)
    due_rule, due = _later(task, due_rule, openings, day_of(at))
    row = ExtensionRequest.objects.create(
        task=task, asked_at=at, asked_by_id=actor.person_id, due_before=task.due, rule_before=task.due_rule, due=due,
        due_rule=due_rule, reason=_reason(reason),
    )  # fmt: skip
    until = _day_or_rule(due, due_rule)
    record(events.ExtensionRequested(task.pk, until, _told(task, row.reason)), actor=actor, at=at)
    return row


def _open_request(actor: Actor, request_id: int, at: dt.datetime) -> tuple[ExtensionRequest, Task]:
    """The request and its task, both locked. Raises NoSuchRequest, DecidedAlready with who was first."""
    found = ExtensionRequest.objects.filter(pk=request_id).values_list("task_id", flat=True).first()
    if found is None:
        raise NoSuchRequest(_("There is no such request."))
    task = _locked(actor, found, at)
    request = ExtensionRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.decided_at is not None:
        who = request.decided_by.full_name if request.decided_by else ""
        said = {"who": who, "day": f"{day_of(request.decided_at):%d/%m/%Y}"}
        raise DecidedAlready(_("%(who)s decided this request on %(day)s already.") % said)
    return request, task


def _not_ones_own(actor: Actor, request: ExtensionRequest, task: Task) -> None:
    if rights.does(actor, task) or (actor.person_id is not None and actor.person_id == request.asked_by_id):
        raise OwnRequest(_("Your own request is decided by who is in charge of the task."))


@transaction.atomic
def approve_extension(*, actor: Actor, request_id: int, at: dt.datetime, answer: str = "") -> Extension:
    """Approve a request (đồng ý gia hạn): it becomes an extension, with the first deadline, the reason, the approver.

    Raises DecidedAlready, OwnRequest, NotLater, NotNow.
    """
    request, task = _open_request(actor, request_id, at)
    _not_ones_own(actor, request, task)
    if not rights.answers_for(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _in_hand(task)
    if request.due is not None and task.due is not None and request.due <= task.due:
        raise NotLater(_("The new deadline must be after the one that stands."))
    before = _day_or_rule(task.due, task.due_rule)
    row = _put_off(task, actor, at, request.due_rule, request.due, request.reason, actor.person_id)
    _close(request, actor, at, answer, row)
    after = _day_or_rule(request.due, request.due_rule)
    record(events.ExtensionApproved(task.pk, before, after, _told(task, request.reason)), actor=actor, at=at)
    return row


@transaction.atomic
def refuse_extension(*, actor: Actor, request_id: int, reason: str, at: dt.datetime) -> ExtensionRequest:
    """Refuse a request (không đồng ý gia hạn), with the reason: the deadline stands.

    Raises DecidedAlready, OwnRequest, NoReason.
    """
    request, task = _open_request(actor, request_id, at)
    _not_ones_own(actor, request, task)
    if not rights.answers_for(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _close(request, actor, at, _reason(reason))
    record(events.ExtensionRefused(task.pk, _told(task, request.answer)), actor=actor, at=at)
    return request


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: int, at: dt.datetime) -> ExtensionRequest:
    """Take one's own request back (rút đề nghị gia hạn). Raises DecidedAlready."""
    request, task = _open_request(actor, request_id, at)
    if actor.person_id is None or actor.person_id != request.asked_by_id:
        require(actor, rights.RUN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _close(request, actor, at, "")
    record(events.RequestWithdrawn(task.pk), actor=actor, at=at)
    return request
