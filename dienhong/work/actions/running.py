"""What people do with a task that runs: begin, note, show, report, confirm or send back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.work import events, rights, rules
from dienhong.work.actions.common import NotNow, _in_hand, _locked, _write
from dienhong.work.actions.recurring import _next_turn
from dienhong.work.models import Evidence, EvidenceKind, ProgressNote, Task
from dienhong.work.waiting import waits


class NothingShown(Refusal):
    """Words or evidence are missing."""


class OwnResult(Refusal):
    """Nobody confirms a result that is their own."""


class PartsOpen(Refusal):
    """Parts of the task are still open."""


@transaction.atomic
def start_task(*, actor: Actor, task_id: int, at: dt.datetime) -> Task:
    """Begin a task (bắt đầu thực hiện). Raises NotNow."""
    task = _locked(actor, task_id, at)
    if not rights.does(actor, task):
        require(actor, rights.RUN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _in_hand(task)
    if task.started_on is not None:
        raise NotNow(_("This task has begun already."))
    _write(task, actor, at, started_on=day_of(at))
    record(events.TaskStarted(task.pk), actor=actor, at=at)
    return task


@transaction.atomic
def note_progress(*, actor: Actor, task_id: int, text: str, at: dt.datetime) -> ProgressNote:
    """Note how a task goes (ghi tiến độ); the first note begins it. Raises NothingShown."""
    task = _locked(actor, task_id, at)
    if not rights.does(actor, task):
        require(actor, rights.RUN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _in_hand(task)
    if not text.strip():
        raise NothingShown(_("Write what was done or what holds it up."), field="text")
    if task.started_on is None:
        _write(task, actor, at, started_on=day_of(at))
    note = ProgressNote.objects.create(task=task, at=at, author_id=actor.person_id, text=text.strip())
    record(events.ProgressNoted(task.pk), actor=actor, at=at)
    return note


@transaction.atomic
def add_evidence(
    *, actor: Actor, task_id: int, kind: str, label: str, at: dt.datetime, number: str = "", url: str = "",
    digest: str = "",
) -> Evidence:  # fmt: skip
    """Add what shows the result (thêm minh chứng): a document, a decision, a meeting or a file of the store.

    Raises NothingShown when a file is promised and none is there, or when nothing names it.
    """
    task = _locked(actor, task_id, at)
    if not rights.does(actor, task):
        require(actor, rights.RUN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    if task.cancelled_on is not None or task.assigned_on is None:
        _in_hand(task)
    if not nfc(label):
        raise NothingShown(_("Say what the evidence is."), field="label")
    if kind == EvidenceKind.FILE and not digest:
        raise NothingShown(_("Choose the file."), field="file")
    row = Evidence.objects.create(
        task=task, at=at, author_id=actor.person_id, kind=kind, label=nfc(label), number=nfc(number), url=url,
        digest=digest,
    )  # fmt: skip
    record(
        events.EvidenceAdded(task.pk, row.label if task.line == "administration" else "…", digest), actor=actor, at=at
    )
    return row


@transaction.atomic
def report_done(
    *, actor: Actor, task_id: int, result: str, at: dt.datetime, late_reason: str = "", waiting_reason: str = ""
) -> Task:
    """Report a task done (báo cáo hoàn thành); a late one says why, and so does one that waits for another.

    It counts as done once confirmed. The reason why it did not wait stands among the notes on its progress.

    Raises NothingShown, PartsOpen, NotNow.
    """
    task = _locked(actor, task_id, at)
    if not rights.does(actor, task):
        require(actor, rights.RUN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    day = day_of(at)
    _in_hand(task)
    if task.reported_on is not None:
        raise NotNow(_("This task is reported already and waits to be confirmed."))
    if task.paused_on is not None:
        raise NotNow(_("This task is paused: take it up again first."))
    if not result.strip():
        raise NothingShown(_("Say what the result is."), field="result")
    if rules.days_late(task.facts, day) and not late_reason.strip():
        raise NothingShown(_("The deadline is over: say why it is late."), field="late_reason")
    needed = ", ".join(one.needed.number for one in waits([task.pk], day).get(task.pk, ()))
    if needed and not waiting_reason.strip():
        words = _("%(needed)s is not done yet: say why the result is reported all the same.") % {"needed": needed}
        raise NothingShown(words, field="waiting_reason")
    open_parts = task.parts.filter(confirmed_on__isnull=True, cancelled_on__isnull=True).count()
    if open_parts:
        raise PartsOpen(_("%(n)s parts of this task are still open.") % {"n": open_parts})
    _write(
        task, actor, at, reported_on=day, started_on=task.started_on or day, result=result.strip(),
        late_reason=nfc(late_reason),
    )  # fmt: skip
    if needed:
        ProgressNote.objects.create(
            task=task, at=at, author_id=actor.person_id, text=f"{needed}: {waiting_reason.strip()}"
        )
    record(events.TaskReported(task.pk), actor=actor, at=at)
    return task


def _may_confirm(actor: Actor, task: Task) -> None:
    if rights.does(actor, task):
        raise OwnResult(_("Your own result is confirmed by who assigned the task."))


@transaction.atomic
def confirm_done(*, actor: Actor, task_id: int, at: dt.datetime) -> Task:
    """Confirm a result (xác nhận hoàn thành): who assigned the task, its leader in charge, or who assigns in the unit.

    The next occurrence of a recurring task is added unless its day brought it already. Raises OwnResult, NotNow.
    """
    task = _locked(actor, task_id, at)
    _may_confirm(actor, task)
    if not rights.answers_for(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    if task.reported_on is None or task.confirmed_on is not None:
        raise NotNow(_("No result waits to be confirmed here."))
    _write(task, actor, at, confirmed_on=day_of(at))
    again = _next_turn(task, actor, at)
    if again is not None:
        record(events.TaskRecurred(again.pk, task.code), actor=actor, at=at)
    record(events.TaskConfirmed(task.pk), actor=actor, at=at)
    return task


@transaction.atomic
def return_task(*, actor: Actor, task_id: int, comment: str, at: dt.datetime) -> Task:
    """Send a result back with what is wanting (trả lại, yêu cầu bổ sung). Raises NothingShown, NotNow."""
    task = _locked(actor, task_id, at)
    _may_confirm(actor, task)
    if not rights.answers_for(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    if task.reported_on is None or task.confirmed_on is not None:
        raise NotNow(_("No result waits to be confirmed here."))
    if not comment.strip():
        raise NothingShown(_("Say what is wanting."), field="comment")
    _write(task, actor, at, comment, reported_on=None)
    ProgressNote.objects.create(task=task, at=at, author_id=actor.person_id, text=comment.strip(), returned=True)
    said = nfc(comment) if task.line == "administration" else "…"
    record(events.TaskReturned(task.pk, said), actor=actor, at=at)
    return task
