"""Mending a report on its desk: numbers that changed, sections without a word, blocks that were taken out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_POST

from dienhong.desks.door import Visit, attempt
from dienhong.desks.forms import page, tried, walk
from dienhong.desks.report import forms as f
from dienhong.desks.report.acts import READ_AND_WRITE
from dienhong.desks.report.links import led
from dienhong.desks.report.views import read
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.journal.queries import READ, told
from dienhong.reports import actions, rights
from dienhong.reports.composing import current_versions, lacking, paper_of
from dienhong.reports.models import Block, Section
from dienhong.reports.tracing import changed_since_signing, entries_since


@require_GET
def changes(request: Visit, report_id: int) -> HttpResponse:
    """What changed since: each stale number with its old and new value, and what was entered meanwhile."""
    report = read(request, report_id)
    paper = led(report, request.day)
    versions = {block.pk: version for rows in current_versions(report.pk).values() for block, version in rows}
    sections = {row.pk: row for row in report.sections.all()}
    reads = may(request.actor, READ, on=request.day).allowed
    found: list[dict[str, Any]] = []
    for chapter in paper.chapters if report.open else []:
        for piece in chapter.pieces:
            for state in ("stale", "kept"):
                spans = [span for span in piece.spans if span.state == state]
                if spans:
                    version = versions[piece.block]
                    since = entries_since(version, spans[0].token) if reads else []
                    writes = rights.may_write(request.actor, sections[chapter.section], request.day).allowed
                    of_piece = {"state": state, "spans": spans, "piece": piece, "chapter": chapter}
                    found.append({**of_piece, "version": version, "writes": writes, "entries": told(since)})
    context = {
        "report": report,
        "stale": [one for one in found if one["state"] == "stale"],
        "kept": [one for one in found if one["state"] == "kept"],
        "drift": changed_since_signing(report, paper, request.day) if paper.sealed else [],
        "sealed": bool(paper.sealed),
        "reads": reads,
        "merge": may(request.actor, rights.MERGE, on=request.day),
    }
    return render(request, "report/changes.html", context)


@READ_AND_WRITE
def keep(request: Visit, block_id: int) -> HttpResponse:
    """Keep a number against the record, with a reason."""
    block = get_object_or_404(Block.objects.select_related("section__report"), pk=block_id)
    report = read(request, block.section.report_id)
    rights.require_own(request.actor, block.section, request.at)
    token = request.POST.get("token") or request.GET.get("token") or ""
    form = f.KeepValue(request.POST or None, initial={"token": token})

    def act(values: dict[str, Any]) -> None:
        actions.keep_value(actor=request.actor, block_id=block.pk, at=request.at, **values)

    back = reverse("report:changes", args=[report.pk])
    if request.method == "POST" and tried(form, act):
        return redirect(back)
    spans = [
        span for piece in paper_of(report, request.day).pieces() if piece.block == block.pk for span in piece.spans
    ]
    span = next((one for one in spans if one.token == token), None)
    words = {"text": span.text, "now": span.before or span.text} if span else {"text": "…", "now": "…"}
    return page(request, form, _t("Keep “%(text)s”; the record says “%(now)s”") % words, _t("Keep it"), back)


@READ_AND_WRITE
def leave_out(request: Visit, report_id: int) -> HttpResponse:
    """Leave sections out that have nothing to say."""
    report = read(request, report_id)
    require(request.actor, rights.MERGE, at=request.at)
    empty = {chapter.section for chapter in lacking(paper_of(report, request.day))}
    form = f.LeaveOut(
        request.POST or None,
        sections=report.sections.exclude(key="").filter(left_out="").select_related("parent"),
        empty=empty,
    )

    def act(values: dict[str, Any]) -> None:
        keys = [int(key) for key in values.pop("sections")]
        actions.leave_out(actor=request.actor, report_id=report.pk, section_ids=keys, at=request.at, **values)

    back = reverse("report:sheet", args=[report.pk])
    return walk(request, form, act, _t("Leave sections out of the report"), _t("Leave them out"), back)


@require_POST
def take_in(request: Visit, section_id: int) -> HttpResponse:
    """Take a section in again."""
    section = get_object_or_404(Section, pk=section_id)
    words = _t("The section stands in the report again.")
    attempt(request, lambda: actions.take_in(actor=request.actor, section_id=section.pk, at=request.at), words)
    return redirect(reverse("report:section", args=[section.pk]))


@require_POST
def restore(request: Visit, block_id: int) -> HttpResponse:
    """Put a block back."""
    block = get_object_or_404(Block, pk=block_id)
    words = _t("The block stands at the end of its section.")
    attempt(request, lambda: actions.restore_block(actor=request.actor, block_id=block.pk, at=request.at), words)
    return redirect(f"{reverse('report:section', args=[block.section_id])}#b{block.pk}")
