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
from dienhong.foundation.journal.queries import last_number
from dienhong.work import workload
from dienhong.work.rights import lines_seen

SHOWN = 40
KEPT = 64
Key = tuple[int, tuple[str, ...], int | None, int, dt.date, str | None]


def page(request: Visit) -> HttpResponse:
    """Who carries how much in a year, who will be overloaded next month, how long a task takes."""
    day = as_of(request)
    require_sight(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and 1900 < int(asked) < 2300 else day.year
    key = (last_number(), lines_seen(request.actor, request.day), request.actor.person_id, year, day, get_language())
    context = _counted(key, request.actor)
    return render(request, "programme/load.html", context)


_kept: dict[Key, dict[str, Any]] = {}


def _counted(key: Key, actor: Actor) -> dict[str, Any]:
    """What the page shows, counted once for each state of the journal, person, year and language."""
    if key not in _kept:
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = _count(actor, year=key[3], day=key[4])
    return _kept[key]


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
