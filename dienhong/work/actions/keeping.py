"""What people keep around tasks: filters, the week, calendar addresses, deadlines of sessions, reminders."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Person
from dienhong.work import events, rights, working
from dienhong.work.actions.common import NotNow, _in_hand, _locked, _write
from dienhong.work.models import CalendarFeed, Reminder, SavedFilter, Snooze, Task, WeekSchedule

MOST_SNOOZE = rulebook.use("work.most_snooze_days", int, by="work.snooze_task")


class NoPerson(Refusal):
    """The account belongs to no person of the register."""


class NameTaken(Refusal):
    """This person already has a filter of this name."""


class NotThatDay(Refusal):
    """Reminders cannot be put off to this day."""


class NoSuchFilter(Refusal):
    """There is no such filter of this person."""

    status = 404


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise NoPerson(_("Your account belongs to no person of the register."))
    return actor.person_id


@transaction.atomic
def save_filter(*, actor: Actor, name: str, address: str, at: dt.datetime, shared: bool = False) -> SavedFilter:
    """Keep a filter under a name (lưu bộ lọc); a shared one is shown to all who may see tasks. Raises NameTaken."""
    require(actor, rights.SEE, at=at)
    owner = _person(actor)
    if SavedFilter.objects.filter(owner_id=owner, name=nfc(name)).exists():
        raise NameTaken(_("You already have a filter of this name."), field="name")
    row = SavedFilter.objects.create(owner_id=owner, name=nfc(name), address=address[:1000], shared=shared)
    record(events.FilterSaved(row.name), actor=actor, at=at)
    return row


@transaction.atomic
def remove_filter(*, actor: Actor, filter_id: int, at: dt.datetime) -> None:
    """Remove one's own filter (xóa bộ lọc). Raises NoSuchFilter."""
    require(actor, rights.SEE, at=at)
    row = SavedFilter.objects.filter(pk=filter_id, owner_id=_person(actor)).first()
    if row is None:
        raise NoSuchFilter(_("You have no such filter."))
    row.delete()
    record(events.FilterRemoved(row.name), actor=actor, at=at)


@transaction.atomic
def publish_week(*, actor: Actor, monday: dt.date, rows: Sequence[dict[str, Any]], at: dt.datetime) -> WeekSchedule:
    """Publish the schedule of a week (phát hành lịch công tác tuần): the rows are frozen, a change is a new edition.

    Raises NotNow when the day is no Monday or nothing changed since the last edition.
    """
    require(actor, rights.PUBLISH_WEEK, at=at)
    if monday.weekday() != 0:
        raise NotNow(_("A week begins on a Monday."))
    last = WeekSchedule.objects.select_for_update(of=("self",)).filter(monday=monday).order_by("-edition").first()
    if last is not None and last.rows == list(rows):
        raise NotNow(_("Nothing changed since the edition that is published."))
    edition = last.edition + 1 if last else 1
    week = WeekSchedule.objects.create(
        monday=monday, edition=edition, published_at=at, published_by_id=actor.person_id, rows=list(rows)
    )
    record(events.WeekPublished(monday.isoformat(), edition, len(rows)), actor=actor, at=at)
    return week


@transaction.atomic
def make_feed(*, actor: Actor, at: dt.datetime) -> str:
    """Make an address at which one's own tasks stand as a calendar (tạo địa chỉ lịch); an older address dies.

    Gives back the secret, which is shown once: only its digest is kept.
    """
    require(actor, rights.SEE, at=at)
    person = _person(actor)
    secret = secrets.token_urlsafe(32)
    digest = hashlib.sha256(secret.encode()).hexdigest()
    CalendarFeed.objects.update_or_create(person_id=person, defaults={"digest": digest, "made_at": at})
    record(events.FeedMade(person), actor=actor, at=at)
    return secret


@transaction.atomic
def settle_session_deadlines(*, actor: Actor, session: str, opens: dt.date, at: dt.datetime) -> int:
    """Give the tasks that hang on a session their day, now that its opening is known (chốt thời hạn theo kỳ họp).

    Gives back how many changed; deadlines of tasks already reported stay.
    """
    require(actor, rights.ADOPT, at=at)
    changed = 0
    rows = Task.objects.select_for_update(of=("self",)).filter(
        due_rule__startswith=f"session:{session}:", reported_on__isnull=True, cancelled_on__isnull=True
    )
    for task in rows:
        due = working.last_day(task.due_rule, {session: opens})
        if task.due == due:
            continue
        first = {"first_due": due} if task.first_due_rule == task.due_rule else {}
        _write(task, actor, at, f"{session}: {opens:%d/%m/%Y}", due=due, **first)
        changed += 1
    if changed:
        record(events.DeadlinesSettled(session, opens.isoformat(), changed), actor=actor, at=at)
    return changed


@transaction.atomic
def snooze_task(*, actor: Actor, task_id: int, until: dt.date, at: dt.datetime) -> Snooze:
    """Be reminded of a task on that day and not before (tạm hoãn nhắc việc); its leader still hears when it is late.

    Raises NotNow, NotThatDay.
    """
    task = _locked(actor, task_id, at)
    if not rights.does(actor, task):
        require(actor, rights.RUN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _in_hand(task)
    if task.lead_person_id is None or task.reported_on is not None:
        raise NotNow(_("Nobody is reminded of this task now."))
    day = day_of(at)
    most = MOST_SNOOZE.on(day)
    if not day < until <= day + dt.timedelta(days=most):
        raise NotThatDay(_("Choose a day after today, %(most)s days ahead at most.") % {"most": most}, field="until")
    row, _made = Snooze.objects.update_or_create(
        task=task, person_id=task.lead_person_id, defaults={"until": until, "made_at": at}
    )
    record(events.ReminderSnoozed(task.pk, until.isoformat()), actor=actor, at=at)
    return row


@transaction.atomic
def note_reminder(
    *, actor: Actor, person: Person, task_ids: Sequence[int], by_mail: bool, at: dt.datetime, others: int = 0
) -> bool:
    """Note that a person is reminded today of these tasks and `others` matters (ghi việc nhắc); False when that was
    done today already."""
    require(actor, rights.REMIND, at=at)
    row, made = Reminder.objects.get_or_create(person=person, day=day_of(at), defaults={"tasks": list(task_ids)})
    if made:
        record(events.PersonReminded(person.pk, len(row.tasks) + others, by_mail), actor=actor, at=at)
    return made
