"""Collecting contributions (thu thập nội dung đóng góp): ask, remind, hand in, return, accept, merge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc_lines
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Body, Person
from dienhong.reports import events, rights
from dienhong.reports.actions.common import NotNow, _locked, _still_open, _written
from dienhong.reports.models import OWED, Block, Contribution, ContributionState, Report, ReportState, Section
from dienhong.reports.queries import standing_blocks
from dienhong.work.rights import REMIND as TELL


class AlreadyAsked(Refusal):
    """The unit is already asked to write for this section."""


class StillMissing(Refusal):
    """Contributions are still out."""


@transaction.atomic
def give_section(
    *, actor: Actor, section_id: int, body: Body, at: dt.datetime, person: Person | None = None
) -> Section:
    """Give a section to a unit (giao đơn vị chủ trì mục), and to a person of it where one is named."""
    section = Section.objects.select_related("report").get(pk=section_id)
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, section.report.line, at)
    _still_open(_locked(section.report_id))
    section.body, section.person = body, person
    section.save(update_fields=["body", "person"])
    record(events.SectionGiven(section.report_id, section.pk, body.pk), actor=actor, at=at)
    return section


@transaction.atomic
def ask_contribution(
    *, actor: Actor, section_id: int, unit: Body, due: dt.date, at: dt.datetime, person: Person | None = None
) -> Contribution:
    """Ask a unit to write for a section (đề nghị đơn vị đóng góp nội dung) by a day. Raises AlreadyAsked."""
    section = Section.objects.select_related("report").get(pk=section_id)
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, section.report.line, at)
    report = _locked(section.report_id)
    _still_open(report)
    if not section.key:
        raise NotNow(_("A Part has no text of its own: ask for one of its sections."), field="section")
    if Contribution.objects.filter(section=section, unit=unit).exists():
        raise AlreadyAsked(_("This unit is already asked to write for this section."), field="unit")
    if due < day_of(at):
        raise NotNow(_("The day lies in the past."), field="due")
    row = Contribution.objects.create(section=section, unit=unit, person=person, due=due)
    if section.left_out:  # who asks for it wants it printed
        section.left_out = ""
        section.save(update_fields=["left_out"])
    if report.state == ReportState.DRAFT:
        report.state = ReportState.COLLECTING
        report.save(update_fields=["state"])
    record(events.ContributionAsked(report.pk, section.pk, unit.pk, due.isoformat()), actor=actor, at=at)
    return row


def _held(contribution_id: int) -> tuple[Contribution, Report]:
    row = Contribution.objects.select_related("section__report").get(pk=contribution_id)
    report = _locked(row.section.report_id)
    _still_open(report)
    return Contribution.objects.select_related("section").select_for_update(of=("self",)).get(pk=row.pk), report


@transaction.atomic
def remind_contribution(*, actor: Actor, contribution_id: int, at: dt.datetime) -> Contribution:
    """Remind a unit of what it is asked to write (đôn đốc). What is handed in or accepted is not reminded of."""
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, Report.objects.get(sections__contributions=contribution_id).line, at)
    row, report = _held(contribution_id)
    if row.state in (ContributionState.HANDED_IN, ContributionState.ACCEPTED):
        raise NotNow(_("It is handed in already."))
    row.state = ContributionState.REMINDED if row.state == ContributionState.ASKED else row.state
    row.reminded += 1
    row.told_on = None
    row.save(update_fields=["state", "reminded", "told_on"])
    record(events.ContributionReminded(report.pk, row.section_id, row.unit_id), actor=actor, at=at)
    return row


@transaction.atomic
def remind_late(*, actor: Actor, report_id: int, at: dt.datetime) -> int:
    """Remind every unit whose contribution is late (đôn đốc các đơn vị chậm); gives back how many. Raises NotNow."""
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, Report.objects.get(pk=report_id).line, at)
    report = _locked(report_id)
    _still_open(report)
    late = Contribution.objects.filter(section__report=report, state__in=OWED, due__lt=day_of(at))
    rows = list(late.select_for_update(of=("self",)))
    if not rows:
        raise NotNow(_("No contribution is late."))
    for row in rows:
        row.state = ContributionState.REMINDED if row.state == ContributionState.ASKED else row.state
        row.reminded += 1
        row.told_on = None
        row.save(update_fields=["state", "reminded", "told_on"])
        record(events.ContributionReminded(report.pk, row.section_id, row.unit_id), actor=actor, at=at)
    return len(rows)


@transaction.atomic
def note_told(*, actor: Actor, contribution_ids: Sequence[int], at: dt.datetime) -> int:
    """Note that the writers of these contributions had a letter about them today (ghi việc báo đơn vị)."""
    require(actor, TELL, at=at)
    rows = list(Contribution.objects.filter(pk__in=contribution_ids).select_related("section"))
    Contribution.objects.filter(pk__in=[row.pk for row in rows]).update(told_on=day_of(at))
    for report_id in sorted({row.section.report_id for row in rows}):
        count = sum(row.section.report_id == report_id for row in rows)
        record(events.WritersTold(report_id, count), actor=actor, at=at)
    return len(rows)


@transaction.atomic
def hand_in(*, actor: Actor, contribution_id: int, at: dt.datetime) -> Contribution:
    """Hand in what the unit wrote (nộp nội dung). The section must hold something. Raises StillMissing."""
    asked = Contribution.objects.select_related("section__report").get(pk=contribution_id)
    require(actor, rights.WRITE, at=at, within=rights.reach(asked.unit_id, day_of(at)))
    rights.require_line(actor, asked.section.report.line, at)
    row, report = _held(contribution_id)
    if row.state == ContributionState.ACCEPTED:
        raise NotNow(_("It is accepted already."))
    if not row.blocks.filter(removed=False).exists():
        raise StillMissing(_("Nothing is written yet."))
    row.state = ContributionState.HANDED_IN
    row.save(update_fields=["state"])
    record(events.ContributionHandedIn(report.pk, row.section_id, row.unit_id), actor=actor, at=at)
    return row


@transaction.atomic
def return_contribution(*, actor: Actor, contribution_id: int, note: str, at: dt.datetime) -> Contribution:
    """Return what a unit wrote with a comment (trả lại để hoàn thiện)."""
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, Report.objects.get(sections__contributions=contribution_id).line, at)
    row, report = _held(contribution_id)
    row.note = nfc_lines(_written(note, "note"))
    row.state = ContributionState.RETURNED
    row.told_on = None
    row.save(update_fields=["state", "note", "told_on"])
    record(events.ContributionReturned(report.pk, row.section_id, row.unit_id, row.note), actor=actor, at=at)
    return row


@transaction.atomic
def accept_contribution(*, actor: Actor, contribution_id: int, at: dt.datetime) -> Contribution:
    """Accept what a unit handed in (tiếp nhận): its blocks go to the end of the section, in their order."""
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, Report.objects.get(sections__contributions=contribution_id).line, at)
    row, report = _held(contribution_id)
    if row.state != ContributionState.HANDED_IN:
        raise NotNow(_("Only what is handed in can be accepted."))
    row.state = ContributionState.ACCEPTED
    row.save(update_fields=["state"])
    last = standing_blocks(report.pk).filter(section_id=row.section_id).exclude(contribution=row)
    end = int(last.aggregate(end=Max("order"))["end"] or 0)
    for place, block in enumerate(row.blocks.filter(removed=False).order_by("order", "id"), start=1):
        Block.objects.filter(pk=block.pk).update(order=end + place * 10)
    record(events.ContributionAccepted(report.pk, row.section_id, row.unit_id), actor=actor, at=at)
    return row


@transaction.atomic
def reassign_contribution(*, actor: Actor, contribution_id: int, unit: Body, at: dt.datetime) -> Contribution:
    """Give a unit's work for a section to another one (giao lại), with all it wrote. Raises AlreadyAsked."""
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, Report.objects.get(sections__contributions=contribution_id).line, at)
    row, report = _held(contribution_id)
    if Contribution.objects.filter(section_id=row.section_id, unit=unit).exists():
        raise AlreadyAsked(_("This unit is already asked to write for this section."), field="unit")
    before, row.unit, row.person, row.told_on = row.unit_id, unit, None, None
    row.save(update_fields=["unit", "person", "told_on"])
    record(events.ContributionReassigned(report.pk, row.section_id, before, unit.pk), actor=actor, at=at)
    return row


@transaction.atomic
def merge_report(*, actor: Actor, report_id: int, at: dt.datetime) -> Report:
    """Close the collecting (tổng hợp): all contributions are accepted. Raises StillMissing with who is missing."""
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, Report.objects.get(pk=report_id).line, at)
    report = _locked(report_id)
    if report.state not in (ReportState.DRAFT, ReportState.COLLECTING):
        raise NotNow(_("The report is merged already."))
    out = Contribution.objects.filter(section__report=report).exclude(state=ContributionState.ACCEPTED).count()
    if out:
        raise StillMissing(_("%(count)s contributions are not accepted yet.") % {"count": out})
    report.state = ReportState.MERGED
    report.save(update_fields=["state"])
    record(events.ReportMerged(report.pk), actor=actor, at=at)
    return report
