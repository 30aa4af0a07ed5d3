"""The page of the office's days off: what the law and the announcements give, and what the office entered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dienhong.desks import formats
from dienhong.desks.door import Visit, attempt
from dienhong.desks.forms import tried
from dienhong.desks.programme.forms import OfficeDaysForm
from dienhong.desks.programme.views import require_sight
from dienhong.foundation.access.actor import may
from dienhong.work import actions, rights, working
from dienhong.work.models import OfficeDay


@dataclass(frozen=True, slots=True)
class Row:
    """A day that is not as the week would have it."""

    day: dt.date
    off: bool
    name: str
    source: str
    mark: str
    entered: bool
    place: int = 0  # its source among the sources of the page, from 1


def rows(year: int) -> list[Row]:
    """The days of a year that are off though in the week, or worked though on a weekend, with who says so."""
    known = working.days()
    entered = {row.day: row for row in OfficeDay.objects.filter(day__year=year)}
    found = []
    for n in range((dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days):
        day = dt.date(year, 1, 1) + dt.timedelta(days=n)
        own = entered.get(day)
        off = known.is_off(day)
        holiday = (day.month, day.day) in known.holidays
        if own is None and not holiday and off == (day.weekday() >= 5):
            continue
        if own is not None:
            found.append(Row(day, off, own.name, own.source, own.mark, True))
            continue
        use = working.HOLIDAYS if holiday else working.OFF if off else working.WORKED
        line = use.line(day)
        found.append(Row(day, off, "" if not holiday else _t("public holiday"), line.source, line.mark, False))
    return found


def with_sources(found: list[Row]) -> tuple[list[Row], list[str]]:
    """The days, each with the place of its source, and the sources, each once."""
    sources = list(dict.fromkeys(row.source for row in found))
    return [replace(row, place=sources.index(row.source) + 1) for row in found], sources


@require_http_methods(["GET", "POST"])
def page(request: Visit) -> HttpResponse:
    """The days off of a year; who keeps them enters what is announced."""
    require_sight(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and 1946 <= int(asked) <= 2200 else request.day.year
    keep = may(request.actor, rights.KEEP_DAYS, on=request.day)
    form = OfficeDaysForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        moved = actions.enter_office_days(
            actor=request.actor, since=data["since"], until=data["until"] or data["since"], kind=data["kind"],
            name=data["name"], source=data["source"], at=request.at,
        )  # fmt: skip
        said = ngettext("Entered; %(n)s deadline moved.", "Entered; %(n)s deadlines moved.", moved) % {"n": moved}
        messages.success(request, said)

    if request.method == "POST" and tried(form, act):
        return redirect(f"{reverse('programme:office_days')}?year={form.cleaned_data['since'].year}")
    found, sources = with_sources(rows(year))
    context = {
        "year": year, "rows": found, "sources": sources, "announced": working.announced(year),
        "keep": keep, "form": form, "tab": "calendar",
    }  # fmt: skip
    return render(request, "programme/office_days.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: Visit) -> HttpResponse:
    """Take away what the office entered for a day."""
    require_sight(request)
    try:
        day = formats.parse_day(request.POST.get("day", ""))
    except formats.NotADay:
        return redirect("programme:office_days")
    attempt(request, lambda: actions.remove_office_day(actor=request.actor, day=day, at=request.at))
    return redirect(f"{reverse('programme:office_days')}?year={day.year}")
