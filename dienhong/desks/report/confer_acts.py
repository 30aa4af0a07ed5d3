"""What people do for a conference: each view reads a form, calls one action and goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _t

from dienhong.desks.door import Visit
from dienhong.desks.forms import page, tried
from dienhong.desks.report import forms as f
from dienhong.desks.report.acts import READ_AND_WRITE
from dienhong.desks.report.views import confer, read
from dienhong.foundation.access.actor import require
from dienhong.foundation.files import store
from dienhong.reports import actions, rights
from dienhong.reports.models import Conference, Invitation, Opinion


def _page_of(conference: Conference) -> str:
    return reverse("report:conference", args=[conference.pk])


def _do(
    request: Visit, conference: Conference, form: forms.Form, act: Callable[[dict[str, Any]], object], title: str
) -> HttpResponse:
    """The walk of every act for a conference."""
    if request.method == "POST" and tried(form, act):
        return redirect(_page_of(conference))
    return page(request, form, title, _t("Save"), _page_of(conference))


@READ_AND_WRITE
def new(request: Visit, report_id: int) -> HttpResponse:
    """Call the conference of a report."""
    report = read(request, report_id)
    require(request.actor, rights.CONFER, at=request.at)
    made: list[Conference] = []

    def act(values: dict[str, Any]) -> None:
        made.append(actions.call_conference(actor=request.actor, report_id=report.pk, at=request.at, **values))

    form = f.NewConference(request.POST or None)
    if request.method == "POST" and tried(form, act):
        return redirect(_page_of(made[0]))
    return page(request, form, _t("Call a conference"), _t("Call it"), reverse("report:sheet", args=[report.pk]))


@READ_AND_WRITE
def item(request: Visit, conference_id: int) -> HttpResponse:
    """Put an item on the programme."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.add_programme_item(actor=request.actor, conference_id=conference.pk, at=request.at, **values)

    return _do(request, conference, f.NewItem(request.POST or None), act, _t("New item of the programme"))


@READ_AND_WRITE
def invite(request: Visit, conference_id: int) -> HttpResponse:
    """Invite a body."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.invite(actor=request.actor, conference_id=conference.pk, bodies=[values["body"]], at=request.at)

    return _do(request, conference, f.Invite(request.POST or None, day=request.day), act, _t("Invite"))


@READ_AND_WRITE
def answer(request: Visit, invitation_id: int) -> HttpResponse:
    """Note an answer."""
    row = get_object_or_404(Invitation, pk=invitation_id)
    conference = confer(request, row.conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.answer_invitation(actor=request.actor, invitation_id=row.pk, at=request.at, **values)

    form = f.AnswerInvitation(request.POST or None, initial={"state": row.state, "note": row.note})
    return _do(request, conference, form, act, _t("Answer to the invitation"))


@READ_AND_WRITE
def speech(request: Visit, conference_id: int) -> HttpResponse:
    """Enter a speech or a paper."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        file = values.pop("file")
        digest = store().put(file) if file else ""
        actions.add_speech(
            actor=request.actor,
            conference_id=conference.pk,
            file=digest,
            file_name=file.name if file else "",
            at=request.at,
            **values,
        )

    form = f.NewSpeech(request.POST or None, request.FILES or None, day=request.day)
    return _do(request, conference, form, act, _t("New speech or paper"))


@READ_AND_WRITE
def opinion(request: Visit, conference_id: int) -> HttpResponse:
    """Write an opinion down."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.capture_opinion(actor=request.actor, conference_id=conference.pk, at=request.at, **values)

    return _do(request, conference, f.NewOpinion(request.POST or None), act, _t("Opinion of a leader"))


@READ_AND_WRITE
def settle(request: Visit, opinion_id: int) -> HttpResponse:
    """Absorb or explain an opinion."""
    row = get_object_or_404(Opinion, pk=opinion_id)
    conference = confer(request, row.conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.settle_opinion(actor=request.actor, opinion_id=row.pk, at=request.at, **values)

    begin = {"section": row.section_id, "answer": row.answer}
    form = f.SettleOpinion(request.POST or None, report=conference.report, initial=begin)
    return _do(request, conference, form, act, _t("Absorb or explain"))


@READ_AND_WRITE
def conclusion(request: Visit, conference_id: int) -> HttpResponse:
    """Write a conclusion."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.add_conclusion(actor=request.actor, conference_id=conference.pk, at=request.at, **values)

    return _do(request, conference, f.NewConclusion(request.POST or None, day=request.day), act, _t("New conclusion"))


@READ_AND_WRITE
def conclude(request: Visit, conference_id: int) -> HttpResponse:
    """Issue the notice."""
    conference = confer(request, conference_id)
    require(request.actor, rights.SIGN, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.conclude(actor=request.actor, conference_id=conference.pk, at=request.at, **values)

    return _do(request, conference, f.Conclude(request.POST or None), act, _t("Issue the notice of conclusions"))


@READ_AND_WRITE
def tasks(request: Visit, conference_id: int) -> HttpResponse:
    """Make tasks of next year's programme."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.make_tasks(
            actor=request.actor, conference_id=conference.pk, url=_page_of(conference), at=request.at, **values
        )

    form = f.MakeTasks(request.POST or None, report=conference.report)
    return _do(
        request, conference, form, act, _t("Into the programme of %(year)s") % {"year": conference.report.year + 1}
    )
