"""Putting right what was entered of a meeting, and reading what stood there before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from dienhong.desks import formats
from dienhong.desks.chamber.forms import CorrectionForm
from dienhong.desks.door import Visit
from dienhong.desks.forms import page, tried
from dienhong.foundation.access.actor import require
from dienhong.meetings import actions
from dienhong.meetings.actions.correcting import CORRECTED, Corrected
from dienhong.meetings.events import MEETING
from dienhong.meetings.models import Meeting, MeetingChange, MeetingKind
from dienhong.people.queries import above


@dataclass(frozen=True, slots=True)
class Shown:
    """A correction as the page of the meeting shows it."""

    change: MeetingChange
    what: str
    before: str
    after: str


def corrections(meeting: Meeting) -> list[Shown]:
    """What was corrected of a meeting, the newest first."""
    return [
        Shown(one, str(MEETING[one.what]), _in_words(one.what, one.before), _in_words(one.what, one.after))
        for one in meeting.changes.all()
    ]


def _in_words(what: str, value: str) -> str:
    """A value of the history as it is read."""
    if what in {"counts", "closed_doors"}:
        return pgettext("fact", "yes") if value else pgettext("fact", "no")
    if what == "kind":
        return str(dict(MeetingKind.choices).get(value, value))
    if what == "working_days" and value:
        return formats.number(Decimal(value), 1)
    if what in {"since", "until"} and value:
        return formats.date(dt.date.fromisoformat(value))
    return value


@require_http_methods(["GET", "POST"])
def correct(request: Visit, meeting_id: int) -> HttpResponse:
    """Correct what was entered of a meeting."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    require(request.actor, actions.KEEP_MEETINGS, at=request.at, within=above(meeting.body_id, request.day))
    now: dict[str, Any] = {name: getattr(meeting, name) for name in CORRECTED}
    for name in ("since", "until"):
        now[name] = formats.date(now[name]) if now[name] else ""
    last = meeting.changes.order_by("-pk").values_list("pk", flat=True).first() or 0
    form = CorrectionForm(request.POST or None, initial={**now, "seen": last}, kind=meeting.kind)

    def act(data: dict[str, Any]) -> None:
        right = Corrected(**{name: data[name] for name in CORRECTED})
        actions.correct_meeting(
            actor=request.actor, meeting_id=meeting.pk, right=right, reason=data["reason"], seen=data["seen"] or 0,
            at=request.at,
        )  # fmt: skip

    back = reverse("chamber:meeting", args=[meeting.pk])
    if request.method == "POST" and tried(form, act):
        return redirect(back)
    return page(request, form, _t("Correct what was entered"), _t("Save the correction"), back)
