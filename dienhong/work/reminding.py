"""The letter that reminds a person (thư nhắc việc): one a day, with all that is due and the way to it.

It is written into the outbox in the transaction that notes the reminder, so neither is there without the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from dienhong.foundation.access.actor import Actor
from dienhong.foundation.clock import day_of, moment
from dienhong.foundation.letters import purposes
from dienhong.foundation.letters.actions import Draft, File, may_post, post_letters
from dienhong.people.models import Person
from dienhong.work import actions, rules
from dienhong.work.calendars import written
from dienhong.work.models import Line, Task
from dienhong.work.queries import ToRemind, came_up, deadline_words

REMINDER = "work.reminder"
#: A reminder that could not leave for so long says what is no longer so; the next one has come meanwhile.
GOOD_FOR = dt.timedelta(days=3)
#: So that no absent person's mailbox answers a machine (RFC 3834).
BY_MACHINE = {"Auto-Submitted": "auto-generated"}


def declare() -> None:
    """Tell the outbox of reminders."""
    purposes.declare(REMINDER, _("Reminder of tasks"))


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in the letter beside tasks: how many things, and the words, asked for in the person's language."""

    count: int
    words: Callable[[], str]


@transaction.atomic
def remind(*, actor: Actor, person: Person, digest: ToRemind, at: dt.datetime, beside: Beside | None = None) -> bool:
    """Remind a person of these tasks and of what stands beside them, once a day; False when that was done today.

    The letter is posted in the same transaction and leaves by itself afterwards; after three days it does not leave
    any more: by then the next one says what is due.
    """
    account = person.account
    address = account.email if account is not None and account.is_active and may_post() else ""
    ids = [task.pk for task in (*digest.own, *digest.led)]
    noted = actions.note_reminder(
        actor=actor, person=person, task_ids=ids, others=beside.count if beside else 0, by_mail=bool(address), at=at
    )
    if noted and address:
        with override((account.language if account else "") or settings.LANGUAGE_CODE):
            draft = letter(address, digest, at, beside)
        post_letters(drafts=[replace(draft, about=f"reminder:{person.pk}")], at=at)
    return noted


def letter(address: str, digest: ToRemind, at: dt.datetime, beside: Beside | None = None) -> Draft:
    """The letter, in the language that is active, with the tasks as a calendar."""
    day = day_of(at)
    count = len(digest.own) + len(digest.led)
    subject = ngettext("%(n)s task needs you", "%(n)s tasks need you", count) % {"n": count}
    if beside:
        count += beside.count
        subject = ngettext("%(n)s matter needs you", "%(n)s matters need you", count) % {"n": count}
    parts = []
    if digest.own:
        parts.append(_t("Yours to do:") + "\n" + "\n".join(_line(task, day, up=True) for task in digest.own))
    if digest.led:
        parts.append(
            _t("Long overdue, in your charge:") + "\n" + "\n".join(_line(task, day, doer=True) for task in digest.led)
        )
    if beside:
        parts.append(beside.words())
    parts.append(_t("This letter comes only on the days that the rulebook names, at most once a day."))
    files = []
    if digest.own:
        content = written(digest.own, at, _t("My tasks"), outside=True)
        files.append(File("nhac-viec.ics", "text/calendar", content))
    return Draft(
        purpose=REMINDER,
        to=address,
        subject=f"[Diên Hồng] {subject}",
        body="\n\n".join(parts),
        headers=BY_MACHINE,
        files=files,
        until=moment(day + GOOD_FOR, dt.time()),
    )


def _line(task: Task, day: dt.date, *, up: bool = False, doer: bool = False) -> str:
    """A task in the letter; one of the Party's or the union's line by its code only, since letters leave the office."""
    name = f"{task.number}. {task.title}" if task.line == Line.ADMINISTRATION else task.code
    late = rules.days_late(task.facts, day)
    words = deadline_words(task.due_rule, task.due)
    if late:
        words += ", " + ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    if up and task.leader is not None and came_up(task, day):
        words += "; " + _t("reported to %(leader)s") % {"leader": task.leader.full_name}
    if doer and task.lead_person is not None:
        words += f"; {task.lead_person.full_name}"
    return f"- {name} ({words})\n  {settings.BASE_URL}/programme/tasks/{task.pk}/"
