"""From the conference into the next year: conclusions become tasks, what is unfinished moves, waits or is dropped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t

from dienhong.desks.door import Visit
from dienhong.desks.forms import tried
from dienhong.desks.report import confer_forms as f
from dienhong.desks.report.acts import READ_AND_WRITE
from dienhong.desks.report.confer_views import confer
from dienhong.foundation.access.actor import require
from dienhong.people.queries import names_of_bodies
from dienhong.reports import actions, rights
from dienhong.reports.models import Conclusion, Conference
from dienhong.reports.queries import unfinished
from dienhong.work.models import Task, TaskGroup


def _groups(conference: Conference) -> list[str]:
    """The groups of next year's programmes of this line, to choose from."""
    report = conference.report
    found = TaskGroup.objects.filter(programme__year=report.year + 1, programme__line=report.line)
    return list(dict.fromkeys(found.order_by("programme_id", "order").values_list("title", flat=True)))


def _right(head: forms.Form, rows: list[Any]) -> bool:
    """Whether the form at the top and those of all rows are right; every one is asked, so that all faults are told."""
    return all([head.is_valid(), *(form.is_valid() for _row, form in rows)])


def _faults(head: forms.Form, rows: Iterable[tuple[str, forms.Form]]) -> list[tuple[str, str, str]]:
    """What is wrong anywhere on the page, to be told above it: (place, what it is about, what is wrong with it)."""
    if not head.is_bound:
        return []
    every = [("", head), *rows]
    return [
        (f"#{bound.auto_id}", f"{name}: {bound.label}" if name else str(bound.label), str(error))
        for name, form in every
        for bound in form
        for error in bound.errors
    ]


@READ_AND_WRITE
def tasks(request: Visit, conference_id: int) -> HttpResponse:
    """Make tasks of next year's programme: for each conclusion its group, lead, person and deadline."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)
    data = request.POST or None
    head = f.NextProgramme(data, conference=conference)
    waiting = conference.conclusions.filter(task__isnull=True).select_related("person")
    rows = [(row, _task_form(request, row)) for row in waiting]
    back = reverse("report:conference", args=[conference.pk])

    def act(values: dict[str, Any]) -> None:
        shares = {
            row.pk: actions.Share(**{name: value for name, value in form.cleaned_data.items() if name != "take"})
            for row, form in rows
            if form.cleaned_data["take"]
        }
        made = actions.make_tasks(
            actor=request.actor, conference_id=conference.pk, shares=shares, url=back, at=request.at, **values
        )
        messages.success(request, _t("%(count)s tasks were made.") % {"count": len(made)})

    if request.method == "POST" and _right(head, rows) and tried(head, act):
        return redirect(f"{back}#conclusions")
    context = {"head": head, "rows": rows, "conference": conference, "groups": _groups(conference), "back": back}
    context["faults"] = _faults(head, [(str(row.order), form) for row, form in rows])
    return render(request, "report/into_programme.html", context, status=422 if head.is_bound else 200)


def _task_form(request: Visit, row: Conclusion) -> f.TaskOf:
    begin = {
        "group": row.group,
        "key": row.key,
        "lead": row.lead_id,
        "person": row.person.code or row.person.full_name if row.person else "",
        "due": f"{row.due:%d/%m/%Y}" if row.due else "",
        "take": True,
    }
    return f.TaskOf(request.POST or None, day=request.day, initial=begin, prefix=f"c{row.pk}")


@READ_AND_WRITE
def turn(request: Visit, conference_id: int) -> HttpResponse:
    """What this year leaves unfinished: what moves on, what waits, what is dropped with a reason."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)
    head = f.NextProgramme(request.POST or None, conference=conference, drafts=True)
    left = list(unfinished(conference.report))
    rows = [(task, _fate_form(request, task)) for task in left]
    back = reverse("report:conference", args=[conference.pk])

    def act(values: dict[str, Any]) -> None:
        fates = {task.pk: form.cleaned_data for task, form in rows}
        moved, dropped = actions.turn_year(
            actor=request.actor,
            conference_id=conference.pk,
            move=[key for key, one in fates.items() if one["fate"] == "move"],
            drop={key: one["reason"] for key, one in fates.items() if one["fate"] == "drop"},
            at=request.at,
            **values,
        )
        words = {"moved": moved, "waiting": len(rows) - moved - dropped, "dropped": dropped}
        messages.success(request, _t("%(moved)s moved on, %(waiting)s wait, %(dropped)s were dropped.") % words)

    if request.method == "POST" and _right(head, rows) and tried(head, act):
        return redirect(f"{back}#next-year")
    names = names_of_bodies([task.lead_body_id for task in left if task.lead_body_id], request.day)
    shown = [(task, form, names.get(task.lead_body_id or 0, "")) for task, form in rows]
    faults = _faults(head, [(task.number, form) for task, form in rows])
    context = {"head": head, "rows": shown, "conference": conference, "back": back, "faults": faults}
    return render(request, "report/turn_year.html", context, status=422 if head.is_bound else 200)


def _fate_form(request: Visit, task: Task) -> f.Fate:
    """What is reported and only waits for its confirmation waits, unless somebody says otherwise; the rest moves on."""
    begin = {"fate": "wait" if task.reported_on else "move"}
    return f.Fate(request.POST or None, initial=begin, prefix=f"t{task.pk}")
