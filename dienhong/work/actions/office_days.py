"""What people do with the office's days off: enter them as they are announced, take one away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.work import events, rights, working
from dienhong.work.models import OfficeDay, OfficeDayKind, Task

MOST_DAYS = 31


class NoSuchDay(Refusal):
    """The office entered nothing for this day."""

    status = 404


class NoSpan(Refusal):
    """These days do not follow each other, or are too many."""


class NoSource(Refusal):
    """Nobody says who announced these days."""


@transaction.atomic
def enter_office_days(
    *, actor: Actor, since: dt.date, until: dt.date, kind: str, name: str, source: str, at: dt.datetime,
    mark: str = Mark.OFFICE,
) -> int:  # fmt: skip
    """Enter days off or days worked instead (ghi ngày nghỉ, ngày làm bù) as they are announced.

    What was entered for one of the days before is replaced; deadlines that count working days are settled anew. Gives
    back how many of them moved. Raises NoSpan, NoSource.
    """
    require(actor, rights.KEEP_DAYS, at=at)
    count = (until - since).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise NoSpan(_("Enter from one to %(most)s days that follow each other.") % {"most": MOST_DAYS}, field="until")
    if not nfc(source):
        raise NoSource(_("Name the announcement."), field="source")
    for n in range(count):
        OfficeDay.objects.update_or_create(
            day=since + dt.timedelta(days=n),
            defaults={"kind": OfficeDayKind(kind), "name": nfc(name), "source": nfc(source), "mark": mark},
        )
    moved = _settle_working_days()
    record(events.OfficeDaysEntered(since.isoformat(), until.isoformat(), kind, nfc(name), moved), actor=actor, at=at)
    return moved


@transaction.atomic
def remove_office_day(*, actor: Actor, day: dt.date, at: dt.datetime) -> int:
    """Take away what was entered for a day (bỏ ngày đã ghi): the rulebook's holds again. Raises NoSuchDay."""
    require(actor, rights.KEEP_DAYS, at=at)
    deleted, _rows = OfficeDay.objects.filter(day=day).delete()
    if not deleted:
        raise NoSuchDay(_("The office entered nothing for this day."))
    moved = _settle_working_days()
    record(events.OfficeDayRemoved(day.isoformat(), moved), actor=actor, at=at)
    return moved


def _settle_working_days() -> int:
    """Count the deadlines in working days anew, for what is still to be done; how many moved."""
    known = working.days()
    moved = 0
    counted = Task.objects.select_for_update(of=("self",)).filter(
        due_rule__startswith="workdays:", reported_on__isnull=True, cancelled_on__isnull=True
    )
    for task in counted:
        due = working.last_day(task.due_rule, known=known)
        if due == task.due:
            continue
        if task.first_due_rule == task.due_rule:
            task.first_due = due
        task.due = due
        task.version += 1
        task.save(update_fields=["due", "first_due", "version"])
        moved += 1
    return moved
