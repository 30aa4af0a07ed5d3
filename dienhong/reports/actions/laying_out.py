"""Laying out a report (lập đề cương): Parts I-IV and their sections, with what the record drafts for each."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Body
from dienhong.reports import drafting, events, rights, rules, wording
from dienhong.reports.actions.writing import _written_block
from dienhong.reports.composing import SYMBOLS, facts_of, title_of
from dienhong.reports.live import scope_of_period
from dienhong.reports.models import YEAR_FROM, YEAR_UNTIL, Report, ReportKind, Section
from dienhong.work.models import Line


class NoSuchReport(Refusal):
    """A report of this kind, line or period cannot be."""


class ReportThere(Refusal):
    """The office already has a report of this period."""


@transaction.atomic
def start_report(
    *,
    actor: Actor,
    kind: str,
    year: int,
    body: Body,
    at: dt.datetime,
    part: str = "",
    line: str = Line.ADMINISTRATION,
    due: dt.date | None = None,
    title: str = "",
) -> Report:
    """Lay out a report (lập báo cáo) in its real layout; what the record can say stands in it from the beginning.

    `part` is the half, quarter or month by its number, the session or the term by its code. Raises NoSuchReport,
    ReportThere, Refused.
    """
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, line, at)
    if kind not in ReportKind.values or line not in Line.values:
        raise NoSuchReport(_("Choose the kind and the line of the report."), field="kind")
    if not YEAR_FROM <= year <= YEAR_UNTIL:
        raise NoSuchReport(_("Choose a year from 1946 on."), field="year")
    part = part.strip().upper() if kind != ReportKind.YEAR else ""
    since, until = _days(kind, year, part, day_of(at))
    if Report.objects.filter(kind=kind, line=line, year=year, part=part, body=body).exists():
        raise ReportThere(_("The report of this period is already there."), field="year")
    report = Report(kind=kind, line=line, year=year, part=part, since=since, until=until, body=body, due=due)
    said, then = wording.work_of_period(report.kind, report.year, report.part), wording.names_of(report)[1]
    with translation.override("vi"):  # the paper of the office is Vietnamese, whoever lays it out
        report.title = nfc(title).strip() or title_of(said, then)
        report.symbol = SYMBOLS[Line(line)]
        report.save()
        count = _sections(report, said, then, actor, at)
    record(events.ReportStarted(report.pk, count), actor=actor, at=at)
    return report


def _days(kind: str, year: int, part: str, today: dt.date) -> tuple[dt.date, dt.date]:
    if kind in rules.PARTS_OF_YEAR:
        try:
            return rules.period(kind, year, part)
        except rules.NoSuchPeriod as error:
            raise NoSuchReport(_("A year has no such part."), field="part") from error
    try:
        scope = scope_of_period(kind, year, part, today)
    except Refusal as refusal:
        raise NoSuchReport(str(refusal), field="part") from refusal
    if scope.kind != kind:
        raise NoSuchReport(_("Name a session as XV-6 or a term as XV."), field="part")
    return scope.since, scope.until


def _sections(report: Report, said: tuple[str, str], then: tuple[str, str], actor: Actor, at: dt.datetime) -> int:
    """The Parts and sections, each with the blocks that the record drafts. How many sections there are."""
    facts = facts_of(report, day_of(at))
    count, parent = 0, None
    for order, place in enumerate(rules.layout(report.line, said, then), start=1):
        section = Section.objects.create(
            report=report,
            parent=None if place.is_part else parent,
            order=order,
            key=place.key,
            number=place.number,
            heading=place.vietnamese,
            heading_english=place.english,
        )
        if place.is_part:
            parent = section
            continue
        count += 1
        for at_place, one in enumerate(drafting.draft(place.key, facts), start=1):
            _written_block(section, at_place * 10, one.kind, one.text, one.caption, facts, actor, at)
    return count
