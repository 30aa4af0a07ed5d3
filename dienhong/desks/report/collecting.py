"""Contributions on the report desk: what a unit is asked to write, and the table of who has written and who is late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dienhong.desks.door import Visit, attempt
from dienhong.desks.forms import tried, walk
from dienhong.desks.report import forms as f
from dienhong.desks.report.acts import READ_AND_WRITE, section_url
from dienhong.desks.report.links import lead_pieces, led
from dienhong.desks.report.views import days_late, read
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.files import store
from dienhong.people.queries import names_of_bodies
from dienhong.reports import actions, rights
from dienhong.reports.composing import facts_of, pieces_offered
from dienhong.reports.models import OWED, BlockVersion, Contribution, ContributionState, Section


@require_GET
def table(request: Visit, report_id: int) -> HttpResponse:
    """Who is asked for what and how far it has come, those who are late first; what may be done with each."""
    report = read(request, report_id)
    rows = list(Contribution.objects.filter(section__report=report).select_related("section").order_by("due", "pk"))
    names = names_of_bodies([row.unit_id for row in rows], request.day)
    found = BlockVersion.objects.filter(block__contribution__section__report=report, block__removed=False)
    saved = dict(found.order_by("at").values_list("block__contribution_id", "at"))  # the newest is the last
    shown: list[dict[str, Any]] = [
        {
            "row": row,
            "unit": names.get(row.unit_id, ""),
            "late": days_late(row, request.day),
            "saved": saved.get(row.pk),
        }
        for row in rows
    ]
    context = {
        "report": report,
        "rows": sorted(shown, key=lambda one: (-one["late"], one["row"].state in ("accepted", "handed_in"))),
        "late": sum(bool(one["late"]) for one in shown),
        "done": sum(one["row"].state == ContributionState.ACCEPTED for one in shown),
        "merge": may(request.actor, rights.MERGE, on=request.day),
        "sections": report.sections.exclude(key=""),
    }
    return render(request, "report/collecting.html", context)


@READ_AND_WRITE
def contribution(request: Visit, contribution_id: int) -> HttpResponse:
    """The page of a unit: what is asked of it, what it has written so far, the place to write more."""
    row = get_object_or_404(Contribution.objects.select_related("section__report"), pk=contribution_id)
    section = row.section
    report = read(request, section.report_id)
    write = may(request.actor, rights.WRITE, on=request.day, within=rights.reach(row.unit_id, request.day))
    form = f.NewBlock(request.POST or None, request.FILES or None)

    def act(values: dict[str, Any]) -> None:
        file = values.pop("file")
        digest = store().put(file) if file else ""
        of = row.pk
        actions.add_block(
            actor=request.actor, section_id=section.pk, at=request.at, file=digest, contribution_id=of, **values
        )

    if request.method == "POST" and tried(form, act):
        return redirect(f"{request.path}#write")
    pieces = pieces_offered(row.pk, facts_of(report, request.day))
    lead_pieces(pieces, report, request.day)
    standing = next((c.pieces for c in led(report, request.day).chapters if c.section == section.pk), [])
    open_still = report.open and row.state != ContributionState.ACCEPTED
    context = {
        "row": row,
        "section": section,
        "report": report,
        "unit": names_of_bodies([row.unit_id], request.day).get(row.unit_id, ""),
        "late": days_late(row, request.day),
        "pieces": pieces,
        "standing": [] if row.state == ContributionState.ACCEPTED else standing,
        "form": form,
        "write": write,
        "writes": write.allowed and open_still,
        "owed": row.state in OWED,
        "merge": may(request.actor, rights.MERGE, on=request.day),
        "comments": section.comments.all(),
    }
    return render(request, "report/contribution.html", context, status=422 if form.is_bound and form.errors else 200)


# -- what the compiler does -------------------------------------------------------------------------------------------
def _table(row: Contribution) -> str:
    return reverse("report:collecting", args=[row.section.report_id])


def _back(request: Visit, row: Contribution) -> str:
    """The page from which the act was begun: the table, the contribution, or its section."""
    came = request.POST.get("to", "")
    if came == "table":
        return _table(row)
    return reverse("report:contribution", args=[row.pk]) if came == "contribution" else section_url(row.section_id)


@READ_AND_WRITE
def give(request: Visit, section_id: int) -> HttpResponse:
    """Give a section to a unit."""
    section = get_object_or_404(Section, pk=section_id)
    require(request.actor, rights.MERGE, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.give_section(actor=request.actor, section_id=section.pk, at=request.at, **values)

    form = f.GiveSection(request.POST or None, day=request.day)
    title = _t("Give the section “%(name)s”") % {"name": section}
    return walk(request, form, act, title, _t("Give it"), section_url(section.pk))


@READ_AND_WRITE
def ask(request: Visit, section_id: int) -> HttpResponse:
    """Ask a unit for a contribution."""
    section = get_object_or_404(Section.objects.select_related("report"), pk=section_id)
    require(request.actor, rights.MERGE, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.ask_contribution(actor=request.actor, section_id=section.pk, at=request.at, **values)

    form = f.Ask(request.POST or None, day=request.day)
    title = _t("Ask a unit to write for “%(name)s”") % {"name": section}
    return walk(request, form, act, title, _t("Ask"), section_url(section.pk))


@READ_AND_WRITE
def ask_many(request: Visit, report_id: int) -> HttpResponse:
    """Ask units section by section, from the table: the section is chosen in the form."""
    report = read(request, report_id)
    require(request.actor, rights.MERGE, at=request.at)

    def act(values: dict[str, Any]) -> None:
        section = values.pop("section")
        actions.ask_contribution(actor=request.actor, section_id=int(section), at=request.at, **values)

    form = f.AskFor(request.POST or None, day=request.day, report=report)
    back = reverse("report:collecting", args=[report.pk])
    return walk(request, form, act, _t("Ask a unit"), _t("Ask"), back)


@READ_AND_WRITE
def reassign(request: Visit, contribution_id: int) -> HttpResponse:
    """Give a contribution to another unit."""
    row = get_object_or_404(Contribution.objects.select_related("section"), pk=contribution_id)
    require(request.actor, rights.MERGE, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.reassign_contribution(actor=request.actor, contribution_id=row.pk, at=request.at, **values)

    form = f.Reassign(request.POST or None, day=request.day)
    return walk(request, form, act, _t("Another unit takes over"), _t("Hand over"), _table(row))


@READ_AND_WRITE
def send_back(request: Visit, contribution_id: int) -> HttpResponse:
    """Return a contribution with a comment."""
    row = get_object_or_404(Contribution.objects.select_related("section"), pk=contribution_id)
    require(request.actor, rights.MERGE, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.return_contribution(actor=request.actor, contribution_id=row.pk, note=values["text"], at=request.at)

    form = f.Words(request.POST or None)
    return walk(request, form, act, _t("Return the contribution"), _t("Return it"), _table(row))


STEPS: dict[str, Callable[..., object]] = {
    "remind": actions.remind_contribution,
    "hand-in": actions.hand_in,
    "accept": actions.accept_contribution,
}


@require_POST
def step(request: Visit, contribution_id: int, act: str) -> HttpResponse:
    """Remind, hand in or accept a contribution."""
    row = get_object_or_404(Contribution.objects.select_related("section"), pk=contribution_id)
    words = {
        "remind": _t("Reminded: the unit sees it at once and in the next letter of the day."),
        "hand-in": _t("Handed in."),
        "accept": _t("Accepted: it stands at the end of the section now."),
    }
    attempt(request, lambda: STEPS[act](actor=request.actor, contribution_id=row.pk, at=request.at), words[act])
    return redirect(_back(request, row))


@require_POST
def remind_late(request: Visit, report_id: int) -> HttpResponse:
    """Remind all units that are late."""
    report = read(request, report_id)

    def act() -> None:
        count = actions.remind_late(actor=request.actor, report_id=report.pk, at=request.at)
        messages.success(request, ngettext("%(n)s unit reminded.", "%(n)s units reminded.", count) % {"n": count})

    attempt(request, act)
    return redirect(reverse("report:collecting", args=[report.pk]))
