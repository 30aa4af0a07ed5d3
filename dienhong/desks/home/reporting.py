"""What awaits a person of reports: what their unit is asked to write, what to accept, to decide, to sign."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from dienhong.desks import formats
from dienhong.desks.home.waiting import Awaiting, end_of_day
from dienhong.foundation.access.actor import Actor, may
from dienhong.reports import rights
from dienhong.reports.models import OPEN_STATES, OWED, Contribution, ContributionState, Report, ReportState
from dienhong.reports.queries import holds, owed_by, waiting_step


def of_reports(actor: Actor, day: dt.date) -> list[Awaiting]:
    """Everything of reports that waits for this person."""
    found = _to_write(actor, day)
    if may(actor, rights.MERGE, on=day).allowed:
        found += _to_compile(day)
    if may(actor, rights.APPROVE, on=day).allowed:
        found += _to_decide(actor, day)
    if may(actor, rights.SIGN, on=day).allowed:
        found += _to_sign()
    return found


def _to_write(actor: Actor, day: dt.date) -> list[Awaiting]:
    """What the units of this person are asked to write; one that was returned says why."""
    found = []
    for row in owed_by(actor.person_id, day)[:20]:
        if not may(actor, rights.SEE, on=day).allowed:
            break
        late = row.due < day
        detail = _t("To be written for the report by %(day)s") % {"day": formats.date(row.due)}
        if row.state == ContributionState.RETURNED:
            detail = _t("Returned: %(note)s") % {"note": row.note}
        url = reverse("report:contribution", args=[row.pk])
        state = "late" if late else "due"
        found.append(Awaiting(str(row.section), detail, url, _t("Write"), end_of_day(row.due), state))
    return found


def _to_compile(day: dt.date) -> list[Awaiting]:
    """For who compiles: contributions handed in, and units that are late, by report."""
    found = []
    for report in Report.objects.filter(state__in=OPEN_STATES):
        rows = Contribution.objects.filter(section__report=report)
        handed = rows.filter(state=ContributionState.HANDED_IN).count()
        late = rows.filter(state__in=OWED, due__lt=day).count()
        words = [
            ngettext("%(n)s contribution to be read", "%(n)s contributions to be read", handed) % {"n": handed},
            ngettext("%(n)s unit is late", "%(n)s units are late", late) % {"n": late},
        ]
        said = "; ".join(one for one, count in zip(words, (handed, late), strict=True) if count)
        if said:
            url = reverse("report:collecting", args=[report.pk])
            found.append(Awaiting(report.title, said, url, _t("To the table"), None, "due"))
    return found


def _to_decide(actor: Actor, day: dt.date) -> list[Awaiting]:
    found = []
    for report in Report.objects.filter(state=ReportState.SUBMITTED):
        step = waiting_step(report)
        if step is not None and holds(actor, step.post_id, day):
            url = reverse("report:sheet", args=[report.pk])
            found.append(
                Awaiting(report.title, _t("The report waits for your decision."), url, _t("Read"), None, "due")
            )
    return found


def _to_sign() -> list[Awaiting]:
    detail = _t("The report is approved and waits for its signature.")
    return [
        Awaiting(report.title, detail, reverse("report:sheet", args=[report.pk]), _t("To the report"), None, "due")
        for report in Report.objects.filter(state=ReportState.APPROVED)
    ]
