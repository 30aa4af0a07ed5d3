"""What the actions on tasks share: fetching under a lock, writing a change beside its history."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, Refused
from dienhong.foundation.access.actor import Answer as _Answer
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Body
from dienhong.people.queries import names_of_bodies
from dienhong.work import rights
from dienhong.work.content import words
from dienhong.work.models import Programme, ProgrammeState, Task, TaskChange


class NoSuchTask(Refusal):
    """There is no such task, or it is of a line that this person does not see."""

    status = 404


class NoSuchProgramme(Refusal):
    """There is no such programme, or it is of a line that this person does not see."""

    status = 404


class ChangedMeanwhile(Refusal):
    """Somebody changed the task after this person had opened it."""


class NotClear(Refusal):
    """The task lacks one of the five "rõ"."""


class NotNow(Refusal):
    """The task is not in a state in which this can be done."""


class NoReason(Refusal):
    """What was adopted is changed with a reason only."""


FIVE_WORDS = {
    "job": _("clear job"),
    "person": _("clear person (unit and person)"),
    "schedule": _("clear schedule (deadline)"),
    "responsibility": _("clear responsibility (leader in charge)"),
    "result": _("clear result (product)"),
}


def _locked(actor: Actor, task_id: int, at: dt.datetime) -> Task:
    task = Task.objects.select_for_update(of=("self",)).filter(rights.seen_by(actor, day_of(at)), pk=task_id).first()
    if task is None:
        raise NoSuchTask(_("There is no such task, or it is not yours to see."))
    return task


def _programme(actor: Actor, programme_id: int, at: dt.datetime) -> Programme:
    programme = Programme.objects.select_for_update(of=("self",)).filter(pk=programme_id).first()
    if programme is None or programme.line not in rights.lines_seen(actor, day_of(at)):
        raise NoSuchProgramme(_("There is no such programme, or it is not yours to see."))
    return programme


def _not_merged(programme: Programme) -> None:
    if programme.state == ProgrammeState.MERGED:
        raise NotNow(_("This draft was merged into another programme."))


def _clear(task: Task) -> None:
    if task.missing:
        lacks = ", ".join(str(FIVE_WORDS[name]) for name in task.missing)
        raise NotClear(
            _("%(number)s “%(title)s” is not clear yet; it lacks: %(lacks)s.")
            % {"number": task.number, "title": task.title, "lacks": lacks}
        )


def _in_hand(task: Task) -> None:
    """Refuse unless the task was assigned and is neither done nor cancelled."""
    if task.cancelled_on is not None:
        raise NotNow(_("This task was cancelled."))
    if task.confirmed_on is not None:
        raise NotNow(_("This task is done."))
    if task.assigned_on is None:
        raise NotNow(_("This task is still a draft."))


def _reason(reason: str) -> str:
    if not nfc(reason):
        raise NoReason(_("Say why."), field="reason")
    return nfc(reason)


def _told(task: Task, reason: str) -> str:
    """The reason as the journal says it: nothing of what the other lines do."""
    return reason if task.line == "administration" else "…"


def _not_seen(actor: Actor) -> Refused:
    return Refused(_Answer(False, rights.SEE, (), gettext("This line's tasks are not yours to see.")))


def _shown(value: object) -> str:
    if isinstance(value, Body):
        return names_of_bodies([value.pk]).get(value.pk, value.code)
    if isinstance(value, tuple):
        return "; ".join(_shown(one) for one in value)
    return words(value)


def _key(value: object) -> int | None:
    """The key of a unit or person, None for any other value: names change, keys do not."""
    return value.pk if isinstance(value, Model) else None


def _write(task: Task, actor: Actor, at: dt.datetime, reason: str = "", **values: Any) -> list[str]:
    """Set these fields, count the version on, and keep what they were; give back the names of those that changed."""
    changed = []
    for name, value in values.items():
        before = getattr(task, name)
        if before == value:
            continue
        changed.append(name)
        TaskChange.objects.create(
            task=task, at=at, who=actor.name, what=name, before=_shown(before), after=_shown(value), reason=reason,
            key_before=_key(before), adjusts=task.adopted,
        )  # fmt: skip
        setattr(task, name, value)
    if changed:
        task.version += 1
        task.save(update_fields=[*changed, "version"])
    return changed
