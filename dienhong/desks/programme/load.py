"""The page of the workload: by unit, person and month, beside the year before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from dienhong.desks.door import Visit, as_of
from dienhong.desks.programme import drawing_months
from dienhong.desks.programme.views import require_sight
from dienhong.foundation.access.actor import Actor
from dienhong.foundation.journal.kept import Kept
from dienhong.work import workload
from dienhong.work.rights import lines_seen

SHOWN = 40


def page(request: Visit) -> HttpResponse:
    """Who carries how much in a year, who will be overloaded next month, how long a task takes."""
    day = as_of(request)
    require_sight(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and 1900 < int(asked) < 2300 else day.year
    wanted = (lines_seen(request.actor, request.day), request.actor.person_id, year, day, get_language())
    context = _kept.get(wanted, lambda: _count(request.actor, year=year, day=day))
    return render(request, "programme/load.html", context)


_kept: Kept[dict[str, Any]] = Kept(64)  # by person, year and language


def _count(actor: Actor, *, year: int, day: dt.date) -> dict[str, Any]:
    months = workload.by_month(actor, year, day)
    done = workload.spans(actor, year, day)
    persons = workload.by(actor, "lead_person", year, day, done)
    return {
        "year": year,
        "tables": [
            (_t("By unit"), workload.by(actor, "lead_body", year, day, done), "body"),
            (_t("By person"), persons[:SHOWN], "person"),
        ],
        "more": max(0, len(persons) - SHOWN),
        "months": months,
        "chart": drawing_months.bars(months, year),
        "total": sum(now for _month, now, _before in months),
        "total_before": sum(before for _month, _now, before in months),
        "overloaded": workload.overloaded(actor, day),
        "most": workload.MOST.line(day),
        "median": workload.median_all(actor, year, day, done),
        "median_before": workload.median_all(actor, year - 1, day),
        "tab": "load",
    }
