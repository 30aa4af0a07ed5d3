"""The clock of the demonstration (du hành thời gian): set it to a day and a time, or give it back the machine's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dienhong.desks import formats
from dienhong.desks.door import Visit, attempt
from dienhong.desks.system.seen import DayField, require_signed_in
from dienhong.foundation import clock
from dienhong.foundation.access.actor import may
from dienhong.foundation.clock.actions import SET_CLOCK, set_clock
from dienhong.foundation.clock.models import Shift

#: Days worth living on, and why: what the public record holds of them.
PRESETS = (
    (dt.date(2023, 11, 24), _("a sitting of the sixth session: the Law on Telecommunications is put to the vote")),
    (dt.date(2024, 1, 18), _("the fifth extraordinary session: the Land Law is put to the vote")),
    (dt.date(2025, 3, 1), _("the committees of the National Assembly as they were rearranged that day")),
    (dt.date(2025, 7, 1), _("34 provinces and cities, and as many delegations")),
)
FIRST, LAST = dt.date(1946, 1, 6), dt.date(2100, 12, 31)


class Moment(forms.Form):
    """A day and a time of the office."""

    day = DayField(label=_("Day"), help_text=_("Day, month, year: 24/11/2023"))
    time = forms.TimeField(
        label=_("Time"),
        help_text=_("Hours and minutes: 08:00"),
        initial="08:00",
        error_messages={"invalid": _("Write a time as hours and minutes: 08:00.")},
    )

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if not FIRST <= day <= LAST:
            words = {"first": formats.date(FIRST), "last": formats.date(LAST)}
            raise forms.ValidationError(gettext("Choose a day from %(first)s to %(last)s.") % words)
        return day


def machine(request: Visit) -> HttpResponse:
    """Show the clock and, for who may, set it. A real office has no such page."""
    if not settings.DEMO:
        raise Http404
    require_signed_in(request)
    back_to_now = request.method == "POST" and "now" in request.POST
    form = Moment(request.POST if request.method == "POST" and not back_to_now else None, initial=_shown(request))
    if back_to_now or (form.is_bound and form.is_valid()):
        to = None if back_to_now else clock.moment(form.cleaned_data["day"], form.cleaned_data["time"])
        attempt(request, lambda: _set(request, to))
        return redirect("clock")
    context = {
        "form": form,
        "presets": PRESETS,
        "may": may(request.actor, SET_CLOCK, on=request.day),
        "machine_now": request.at - Shift.current(),
    }
    return render(request, "system/clock.html", context, status=422 if form.errors else 200)


def _set(request: Visit, to: dt.datetime | None) -> None:
    stands = set_clock(actor=request.actor, to=to, at=request.at)
    words = {"time": formats.clock(stands), "day": formats.date(stands.date())}
    messages.success(request, gettext("The clock stands at %(time)s on %(day)s.") % words)


def _shown(request: Visit) -> dict[str, Any]:
    return {"day": request.day, "time": "08:00"}
