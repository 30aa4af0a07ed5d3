"""The letter of the day with what units are asked to write (thư nhắc): one letter with the tasks, never two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from dienhong.foundation.access.actor import Actor
from dienhong.foundation.clock import day_of
from dienhong.people.models import Person
from dienhong.reports import actions, wording
from dienhong.reports.models import Contribution, ContributionState
from dienhong.work import reminding
from dienhong.work.models import Line
from dienhong.work.queries import ToRemind


@transaction.atomic
def remind(
    *, actor: Actor, person: Person, digest: ToRemind, contributions: Sequence[Contribution], at: dt.datetime
) -> bool:
    """Remind a person of their tasks and of what their unit is to write, once a day; False when that was done today.

    The letter is posted in the same transaction and leaves by itself afterwards.
    """
    day = day_of(at)
    beside = reminding.Beside(len(contributions), lambda: told(contributions, day)) if contributions else None
    if not reminding.remind(actor=actor, person=person, digest=digest, beside=beside, at=at):
        return False
    if contributions:
        actions.note_told(actor=actor, contribution_ids=[row.pk for row in contributions], at=at)
    return True


def told(contributions: Sequence[Contribution], day: dt.date) -> str:
    """What the letter says of these contributions, in the language that is active."""
    return _t("To be written for a report:") + "\n" + "\n".join(_line(row, day) for row in contributions)


def _line(row: Contribution, day: dt.date) -> str:
    """One contribution; of the Party's and the union's reports the period only, since letters leave the office."""
    report = row.section.report
    name = f"{report.title}, {row.section}" if report.line == Line.ADMINISTRATION else f"{report.year}, {row.section}"
    words = _t("due by %(day)s") % {"day": wording.day(row.due)}
    late = (day - row.due).days
    if late > 0:
        words += ", " + ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    if row.state == ContributionState.RETURNED:
        words += "; " + _t("returned with a comment")
        words += f": {row.note}" if report.line == Line.ADMINISTRATION else ""
    return f"- {name} ({words})"
