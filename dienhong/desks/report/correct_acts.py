"""Correcting what a conference holds: a speech, an opinion, a conclusion is changed, or taken out with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _t

from dienhong.desks.door import Visit
from dienhong.desks.forms import ReasonForm, walk
from dienhong.desks.report import confer_forms as f
from dienhong.desks.report.acts import READ_AND_WRITE
from dienhong.desks.report.confer_views import confer
from dienhong.foundation.access.actor import require
from dienhong.foundation.files import store
from dienhong.reports import actions, rights
from dienhong.reports.models import Conclusion, Opinion, Speech


def _begin(request: Visit, conference_id: int) -> None:
    """Let in whoever prepares this conference, and nobody else."""
    confer(request, conference_id)
    require(request.actor, rights.CONFER, at=request.at)


def _do(
    request: Visit, form: forms.Form, act: Callable[[dict[str, Any]], object], title: str, conference_id: int, spot: str
) -> HttpResponse:
    """The walk of every correction: back to the place it was begun at."""
    back = f"{reverse('report:conference', args=[conference_id])}#{spot}"
    words = _t("Take it out") if isinstance(form, ReasonForm) else _t("Save")
    return walk(request, form, act, title, words, back)


@READ_AND_WRITE
def change_speech(request: Visit, speech_id: int) -> HttpResponse:
    """Change a speech or a paper; its file stays unless another is brought."""
    row = get_object_or_404(Speech, pk=speech_id)
    _begin(request, row.conference_id)

    def act(values: dict[str, Any]) -> None:
        file = values.pop("file")
        values |= {"file": store().put(file), "file_name": file.name} if file else {}
        actions.change_speech(actor=request.actor, speech_id=row.pk, at=request.at, **values)

    begin = {name: getattr(row, name) for name in ("title", "speaker", "text", "paper")} | {"unit": row.unit_id}
    form = f.NewSpeech(request.POST or None, request.FILES or None, day=request.day, initial=begin)
    return _do(request, form, act, _t("Change the speech or paper"), row.conference_id, f"speech-{row.pk}")


@READ_AND_WRITE
def remove_speech(request: Visit, speech_id: int) -> HttpResponse:
    """Take a speech out."""
    row = get_object_or_404(Speech, pk=speech_id)
    _begin(request, row.conference_id)

    def act(values: dict[str, Any]) -> None:
        actions.remove_speech(actor=request.actor, speech_id=row.pk, reason=values["reason"], at=request.at)

    title = _t("Take out “%(name)s”") % {"name": row.title}
    return _do(request, ReasonForm(request.POST or None), act, title, row.conference_id, "speeches")


@READ_AND_WRITE
def change_opinion(request: Visit, opinion_id: int) -> HttpResponse:
    """Correct the words of an opinion."""
    row = get_object_or_404(Opinion, pk=opinion_id)
    _begin(request, row.conference_id)

    def act(values: dict[str, Any]) -> None:
        actions.change_opinion(actor=request.actor, opinion_id=row.pk, at=request.at, **values)

    form = f.NewOpinion(request.POST or None, initial={"leader": row.leader, "said": row.said})
    return _do(request, form, act, _t("Correct the opinion"), row.conference_id, f"opinion-{row.pk}")


@READ_AND_WRITE
def remove_opinion(request: Visit, opinion_id: int) -> HttpResponse:
    """Take back an opinion that was written down by mistake."""
    row = get_object_or_404(Opinion, pk=opinion_id)
    _begin(request, row.conference_id)

    def act(values: dict[str, Any]) -> None:
        actions.remove_opinion(actor=request.actor, opinion_id=row.pk, reason=values["reason"], at=request.at)

    title = _t("Take out the opinion of %(name)s") % {"name": row.leader}
    return _do(request, ReasonForm(request.POST or None), act, title, row.conference_id, "opinions")


@READ_AND_WRITE
def change_conclusion(request: Visit, conclusion_id: int) -> HttpResponse:
    """Change a conclusion."""
    row = get_object_or_404(Conclusion.objects.select_related("person"), pk=conclusion_id)
    _begin(request, row.conference_id)

    def act(values: dict[str, Any]) -> None:
        actions.change_conclusion(actor=request.actor, conclusion_id=row.pk, at=request.at, **values)

    begin = {name: getattr(row, name) for name in ("text", "product", "group", "key")} | {
        "lead": row.lead_id,
        "person": row.person.code if row.person else "",
        "due": f"{row.due:%d/%m/%Y}" if row.due else "",
    }
    form = f.NewConclusion(request.POST or None, day=request.day, initial=begin)
    return _do(request, form, act, _t("Change the conclusion"), row.conference_id, f"conclusion-{row.pk}")


@READ_AND_WRITE
def remove_conclusion(request: Visit, conclusion_id: int) -> HttpResponse:
    """Take a conclusion out."""
    row = get_object_or_404(Conclusion, pk=conclusion_id)
    _begin(request, row.conference_id)

    def act(values: dict[str, Any]) -> None:
        actions.remove_conclusion(actor=request.actor, conclusion_id=row.pk, reason=values["reason"], at=request.at)

    title = _t("Take out conclusion %(order)s") % {"order": row.order}
    return _do(request, ReasonForm(request.POST or None), act, title, row.conference_id, "conclusions")
