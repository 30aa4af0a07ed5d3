"""The page of the workload: by unit, person and month, beside the year before."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t

from dienhong.desks.door import Visit, as_of
from dienhong.desks.programme import drawing_months
from dienhong.desks.programme.views import require_sight
from dienhong.work import workload

SHOWN = 40


def page(request: Visit) -> HttpResponse:
    """Who carries how much in a year, who will be overloaded next month, how long a task takes."""
    day = as_of(request)
    require_sight(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and 1900 < int(asked) < 2300 else day.year
    months = workload.by_month(request.actor, year, day)
    persons = workload.by(request.actor, "lead_person", year, day)
    context = {
        "year": year,
        "tables": [
            (_t("By unit"), workload.by(request.actor, "lead_body", year, day), "body"),
            (_t("By person"), persons[:SHOWN], "person"),
        ],
        "more": max(0, len(persons) - SHOWN),
        "months": months,
        "chart": drawing_months.bars(months, year),
        "total": sum(now for _month, now, _before in months),
        "total_before": sum(before for _month, _now, before in months),
        "overloaded": workload.overloaded(request.actor, day),
        "most": workload.MOST.line(day),
        "median": workload.median_all(request.actor, year, day),
        "median_before": workload.median_all(request.actor, year - 1, day),
        "tab": "load",
    }
    return render(request, "programme/load.html", context)
