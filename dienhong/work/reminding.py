"""The letter that reminds a person (thư nhắc việc): one a day, with all that is due and the way to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext, override

from dienhong.foundation.access.actor import Actor
from dienhong.foundation.clock import day_of
from dienhong.people.models import Person
from dienhong.work import actions, rules
from dienhong.work.models import Line, Task
from dienhong.work.queries import ToRemind, deadline_words


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in the letter beside tasks: how many things, and the words, asked for in the person's language."""

    count: int
    words: Callable[[], str]


@transaction.atomic
def remind(*, actor: Actor, person: Person, digest: ToRemind, at: dt.datetime, beside: Beside | None = None) -> bool:
    """Remind a person of these tasks and of what stands beside them, once a day; False when that was done today.

    The letter goes out inside the transaction: when the server refuses it (OSError), nothing is noted, and the
    next call tries again.
    """
    account = person.account
    address = account.email if account is not None and account.is_active and settings.EMAIL_URL else ""
    ids = [task.pk for task in (*digest.own, *digest.led)]
    noted = actions.note_reminder(
        actor=actor, person=person, task_ids=ids, others=beside.count if beside else 0, by_mail=bool(address), at=at
    )
    if noted and address:
        with override((account.language if account else "") or settings.LANGUAGE_CODE):
            letter(address, digest, day_of(at), beside).send()
    return noted


def letter(address: str, digest: ToRemind, day: dt.date, beside: Beside | None = None) -> EmailMessage:
    """The letter, in the language that is active."""
    count = len(digest.own) + len(digest.led)
    subject = ngettext("%(n)s task needs you", "%(n)s tasks need you", count) % {"n": count}
    if beside:
        count += beside.count
        subject = ngettext("%(n)s matter needs you", "%(n)s matters need you", count) % {"n": count}
    parts = []
    if digest.own:
        parts.append(_t("Yours to do:") + "\n" + "\n".join(_line(task, day) for task in digest.own))
    if digest.led:
        parts.append(_t("Long overdue, in your charge:") + "\n" + "\n".join(_line(task, day) for task in digest.led))
    if beside:
        parts.append(beside.words())
    parts.append(_t("This letter comes only on the days that the rulebook names, at most once a day."))
    return EmailMessage(f"[Diên Hồng] {subject}", "\n\n".join(parts), to=[address])


def _line(task: Task, day: dt.date) -> str:
    """A task in the letter; one of the Party's or the union's line by its code only, since letters leave the office."""
    name = f"{task.number}. {task.title}" if task.line == Line.ADMINISTRATION else task.code
    late = rules.days_late(task.facts, day)
    words = deadline_words(task.due_rule, task.due)
    if late:
        words += ", " + ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    return f"- {name} ({words})"
