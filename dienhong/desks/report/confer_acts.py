"""What people do for a conference: each view reads a form, calls one action and goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dienhong.desks.door import Visit, attempt
from dienhong.desks.forms import page, tried, walk
from dienhong.desks.report import confer_forms as f
from dienhong.desks.report.acts import READ_AND_WRITE
from dienhong.desks.report.confer_views import confer
from dienhong.desks.report.views import read
from dienhong.foundation.access.actor import require
from dienhong.foundation.files import store
from dienhong.reports import actions, rights
from dienhong.reports.models import Conference, Invitation, Opinion, ProgrammeItem, Speech


def _page_of(conference: Conference) -> str:
    return reverse("report:conference", args=[conference.pk])


def _do(
    request: Visit, conference: Conference, form: forms.Form, act: Callable[[dict[str, Any]], object], title: str
) -> HttpResponse:
    """The walk of every act for a conference."""
    return walk(request, form, act, title, _t("Save"), _page_of(conference))


@READ_AND_WRITE
def new(request: Visit, report_id: int) -> HttpResponse:
    """Call the conference of a report."""
    report = read(request, report_id)
    require(request.actor, rights.CONFER, at=request.at)
    made: list[Conference] = []

    def act(values: dict[str, Any]) -> None:
        made.append(actions.call_conference(actor=request.actor, report_id=report.pk, at=request.at, **values))

    begin = {"title": _t("Conference on the work of %(year)s") % {"year": report.year}}
    form = f.NewConference(request.POST or None, day=request.day, initial=begin)
    return walk(
        request,
        form,
        act,
        _t("Call a conference"),
        _t("Call it"),
        reverse("report:sheet", args=[report.pk]),
        then=lambda: redirect(_page_of(made[0])),
    )


@READ_AND_WRITE
def change(request: Visit, conference_id: int) -> HttpResponse:
    """Change day, hour, place or hosts."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.change_conference(actor=request.actor, conference_id=conference.pk, at=request.at, **values)

    begin = {
        "title": conference.title,
        "day": f"{conference.day:%d/%m/%Y}",
        "begins": f"{conference.begins:%H:%M}" if conference.begins else "",
        "place": conference.place,
        "hosts": [host.body_id for host in conference.hosts.all()],
    }
    form = f.NewConference(request.POST or None, day=request.day, initial=begin)
    return _do(request, conference, form, act, _t("Change the conference"))


@READ_AND_WRITE
def item(request: Visit, conference_id: int) -> HttpResponse:
    """Put an item on the programme."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.add_programme_item(actor=request.actor, conference_id=conference.pk, at=request.at, **values)

    return _do(request, conference, f.NewItem(request.POST or None), act, _t("New item of the programme"))


@READ_AND_WRITE
def change_item(request: Visit, item_id: int) -> HttpResponse:
    """Change an item of the programme."""
    row = get_object_or_404(ProgrammeItem, pk=item_id)
    conference = confer(request, row.conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.change_programme_item(actor=request.actor, item_id=row.pk, at=request.at, **values)

    begin = {"begins": f"{row.begins:%H:%M}" if row.begins else "", "title": row.title, "who": row.who}
    form = f.NewItem(request.POST or None, initial=begin)
    return _do(request, conference, form, act, _t("Change the item of the programme"))


@require_POST
def move_item(request: Visit, item_id: int) -> HttpResponse:
    """Move an item of the programme up or down, or take it off."""
    row = get_object_or_404(ProgrammeItem, pk=item_id)
    conference = confer(request, row.conference_id)
    where = request.POST.get("to", "")

    def act() -> None:
        if where == "off":
            actions.remove_programme_item(actor=request.actor, item_id=row.pk, at=request.at)
        else:
            actions.move_programme_item(actor=request.actor, item_id=row.pk, up=where == "up", at=request.at)

    attempt(request, act)
    return redirect(f"{_page_of(conference)}#{'programme' if where == 'off' else f'item-{row.pk}'}")


@require_POST
def move_speech(request: Visit, speech_id: int) -> HttpResponse:
    """Let a speech be heard earlier or later."""
    row = get_object_or_404(Speech, pk=speech_id)
    conference = confer(request, row.conference_id)
    up = request.POST.get("to") == "up"
    attempt(request, lambda: actions.move_speech(actor=request.actor, speech_id=row.pk, up=up, at=request.at))
    return redirect(f"{_page_of(conference)}#speech-{row.pk}")


# -- invitations ------------------------------------------------------------------------------------------------------
def _list_of(conference: Conference) -> str:
    return reverse("report:invitations", args=[conference.pk])


@READ_AND_WRITE
def invite(request: Visit, conference_id: int) -> HttpResponse:
    """Invite bodies, persons and guests."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        count = actions.invite(actor=request.actor, conference_id=conference.pk, at=request.at, **values)
        messages.success(request, ngettext("%(n)s invited.", "%(n)s invited.", count) % {"n": count})

    form = f.Invite(request.POST or None, day=request.day)
    return walk(request, form, act, _t("Invite"), _t("Invite"), _list_of(conference))


@READ_AND_WRITE
def answer(request: Visit, invitation_id: int) -> HttpResponse:
    """Note an answer, or who came."""
    row = get_object_or_404(Invitation, pk=invitation_id)
    conference = confer(request, row.conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.answer_invitation(actor=request.actor, invitation_id=row.pk, at=request.at, **values)

    begin = {"state": row.state, "note": row.note, "people": row.people, "email": row.email}
    form = f.AnswerInvitation(request.POST or None, initial=begin)
    return walk(
        request,
        form,
        act,
        _t("Answer to the invitation"),
        _t("Save"),
        _list_of(conference),
        then=f"{_list_of(conference)}#invitation-{row.pk}",
    )


@require_POST
def came(request: Visit, invitation_id: int) -> HttpResponse:
    """Tick somebody off at the door, or undo it; or withdraw the invitation."""
    row = get_object_or_404(Invitation, pk=invitation_id)
    conference = confer(request, row.conference_id)
    state = request.POST.get("state", "")

    def act() -> None:
        if state == "withdraw":
            actions.withdraw_invitation(actor=request.actor, invitation_id=row.pk, at=request.at)
            return
        kept: dict[str, Any] = {"note": row.note, "people": row.people, "email": row.email}
        actions.answer_invitation(actor=request.actor, invitation_id=row.pk, state=state, at=request.at, **kept)

    attempt(request, act)
    return redirect(f"{_list_of(conference)}#invitation-{row.pk}")


@READ_AND_WRITE
def issue(request: Visit, conference_id: int) -> HttpResponse:
    """Enter number and signature of the invitation letter."""
    conference = confer(request, conference_id)
    require(request.actor, rights.SIGN, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.issue_letter(actor=request.actor, conference_id=conference.pk, at=request.at, **values)

    begin = {
        "number": conference.letter_number,
        "signer_post": conference.letter_post,
        "signer_name": conference.letter_name,
        "note": conference.letter_note,
    }
    form = f.IssueLetter(request.POST or None, initial=begin)
    return walk(request, form, act, _t("Issue the invitation letter"), _t("Issue it"), _list_of(conference))


@require_POST
def mail(request: Visit, conference_id: int) -> HttpResponse:
    """Put the letter into the outbox for those with an address who have not had it, or for these of them."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    asked = [int(one) for one in request.POST.getlist("invitation") if one.isascii() and one.isdigit()]

    def act() -> None:
        count = actions.mail_invitations(
            actor=request.actor, conference_id=conference.pk, invitation_ids=asked or None, at=request.at
        )
        words = ngettext("%(n)s letter is in the outbox.", "%(n)s letters are in the outbox.", count) % {"n": count}
        if count:
            words += " " + _t("They leave by themselves; this list shows which have left.")
            messages.success(request, words)
        else:
            messages.info(request, _t("No letter is to be sent: each has left or waits already."))

    attempt(request, act)
    return redirect(f"{_list_of(conference)}{f'#invitation-{asked[0]}' if asked else ''}")


# -- speeches, opinions, conclusions ----------------------------------------------------------------------------------
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
    """Write an opinion down; the leader stays named for the next one."""
    conference = confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.capture_opinion(actor=request.actor, conference_id=conference.pk, at=request.at, **values)

    form = f.NewOpinion(request.POST or None)
    if request.method == "POST" and tried(form, act):
        query = urlencode({"leader": form.cleaned_data["leader"]})
        return redirect(f"{_page_of(conference)}?{query}#id_said")
    return page(request, form, _t("Opinion of a leader"), _t("Save"), _page_of(conference))


@READ_AND_WRITE
def settle(request: Visit, opinion_id: int) -> HttpResponse:
    """Absorb, explain or leave an opinion for later."""
    row = get_object_or_404(Opinion.objects.select_related("conference__report"), pk=opinion_id)
    conference = confer(request, row.conference_id)
    require(request.actor, rights.CONFER, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.settle_opinion(actor=request.actor, opinion_id=row.pk, at=request.at, **values)

    begin = {"section": row.section_id, "change": row.change_id, "answer": row.answer, "later": row.state == "left"}
    form = f.SettleOpinion(request.POST or None, opinion=row, initial=begin)
    if request.method == "POST" and tried(form, act):
        return redirect(f"{_page_of(conference)}#opinion-{row.pk}")
    context = {"form": form, "opinion": row, "conference": conference, "report": conference.report}
    return render(request, "report/settle.html", context, status=422 if form.is_bound else 200)


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
