"""Mending a report (hoàn thiện báo cáo): put a block back, keep a number with a reason, leave a section out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.reports import composing, events, rights
from dienhong.reports.actions.common import NotNow, _locked, _still_open, _written
from dienhong.reports.document import STALE
from dienhong.reports.models import Block, KeptValue, Report, Section


@transaction.atomic
def restore_block(*, actor: Actor, block_id: int, at: dt.datetime) -> Block:
    """Put a block back that was taken out (đưa khối trở lại), at the end of its section. Raises NotNow."""
    block = Block.objects.select_related("section__report").get(pk=block_id)
    rights.require_own(actor, block.section, at)
    report = _locked(block.section.report_id)
    _still_open(report)
    block = Block.objects.select_for_update(of=("self",)).get(pk=block_id)
    if not block.removed:
        raise NotNow(_("The block stands in the text."))
    block.removed = False
    block.order = int(Block.objects.filter(section_id=block.section_id).aggregate(last=Max("order"))["last"] or 0) + 10
    block.save(update_fields=["removed", "order"])
    record(events.BlockRestored(report.pk, block.section_id, block.pk), actor=actor, at=at)
    return block


@transaction.atomic
def keep_value(*, actor: Actor, block_id: int, token: str, reason: str, at: dt.datetime) -> KeptValue:
    """Keep a number although the record says another now (giữ nguyên số liệu), with a reason that the annex prints.

    When the record changes once more, the place is stale again. Raises NotNow.
    """
    block = Block.objects.select_related("section__report").get(pk=block_id)
    rights.require_own(actor, block.section, at)
    report = _locked(block.section.report_id)
    _still_open(report)
    reason = nfc(_written(reason, "reason"))
    paper = composing.composed(report, composing.facts_of(report, day_of(at)), day_of(at), ())
    spans = [span for piece in paper.pieces() if piece.block == block.pk for span in piece.spans]
    span = next((span for span in spans if span.token == token and span.state == STALE), None)
    if span is None:
        raise NotNow(_("The record says what the text says: there is nothing to keep."))
    row = KeptValue.objects.create(
        block=block,
        token=token,
        text=span.text,
        now=span.before,
        reason=reason,
        account_id=actor.account_id,
        author=actor.name,
        at=at,
    )
    happened = events.ValueKept(report.pk, block.section_id, block.pk, span.text, span.before, reason)
    record(happened, actor=actor, at=at)
    return row


@transaction.atomic
def leave_out(*, actor: Actor, report_id: int, section_ids: Sequence[int], reason: str, at: dt.datetime) -> int:
    """Leave sections out of the paper (lược mục), with a reason that its open data keeps; how many. Raises NotNow.

    Their text stays; the sections behind them move up in the numbering.
    """
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, Report.objects.get(pk=report_id).line, at)
    report = _locked(report_id)
    _still_open(report)
    reason = nfc(_written(reason, "reason"))
    rows = list(report.sections.select_for_update().filter(pk__in=section_ids).exclude(key=""))
    if not rows:
        raise NotNow(_("Choose at least one section."), field="sections")
    for row in rows:
        row.left_out = reason[:500]
        row.save(update_fields=["left_out"])
        record(events.SectionLeftOut(report.pk, row.pk, row.left_out), actor=actor, at=at)
    return len(rows)


@transaction.atomic
def take_in(*, actor: Actor, section_id: int, at: dt.datetime) -> Section:
    """Take a section that was left out into the paper again (đưa mục trở lại). Raises NotNow."""
    section = Section.objects.select_related("report").get(pk=section_id)
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, section.report.line, at)
    report = _locked(section.report_id)
    _still_open(report)
    if not section.left_out:
        raise NotNow(_("The section is not left out."))
    section.left_out = ""
    section.save(update_fields=["left_out"])
    record(events.SectionTakenIn(report.pk, section.pk), actor=actor, at=at)
    return section
