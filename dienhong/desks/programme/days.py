"""Tasks by their days: the calendar of a month, the schedule of a week, the timeline."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_POST

from dienhong.desks import formats
from dienhong.desks.door import Visit, as_of, attempt
from dienhong.desks.programme import asked as asking
from dienhong.desks.programme import drawing, shown
from dienhong.desks.programme.views import _narrowing, require_sight
from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import may
from dienhong.meetings.models import Meeting
from dienhong.people.queries import names_of_bodies
from dienhong.work import actions, queries, rights, rules, working
from dienhong.work.models import Line, Task, WeekSchedule

PUBLISHED_ON = rulebook.use("work.week_published_on", int, by="programme.week")
IN_A_DAY = 5
ON_A_TIMELINE = 40


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar with the first tasks due on it and how many there are in all."""

    day: dt.date
    outside: bool
    off: str  # what a day off is called, "" for a working day
    tasks: list[shown.Shown]
    more: int


def calendar(request: Visit) -> HttpResponse:
    """A month with the tasks due on each day."""
    day = as_of(request)
    require_sight(request)
    asked = asking.read(request)
    first = _month(request.GET.get("month", ""), day)
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    due = Q(due__gte=weeks[0][0], due__lte=weeks[-1][-1])
    found = queries.tasks(request.actor, day, asked.filter).filter(due, assigned_on__isnull=False)
    by_day: dict[dt.date, list[shown.Shown]] = {}
    counts: dict[dt.date, int] = dict(found.order_by().values_list("due").annotate(n=Count("pk")))
    place = Window(RowNumber(), partition_by="due", order_by=("place", "pk"))
    # the window sorts all tasks of the month: it carries their keys only
    first_ones = (
        found.annotate(place_in_day=place).filter(place_in_day__lte=IN_A_DAY).order_by().values_list("pk", flat=True)
    )
    chosen = Task.objects.filter(pk__in=list(first_ones)).order_by("due", "place", "pk")
    for row in shown.rows(chosen, day, coordinating=False):
        assert row.task.due is not None
        by_day.setdefault(row.task.due, []).append(row)
    context = {
        **_narrowing(request, asked, day),
        "asked": asked,
        "first": first,
        "weeks": _weeks(weeks, first.month, by_day, counts),
        "before": asked.address(month=f"{first - dt.timedelta(days=1):%Y-%m}"),
        "after": asked.address(month=f"{first + dt.timedelta(days=32):%Y-%m}"),
        "total": sum(n for d, n in counts.items() if d.month == first.month),
        "list": reverse("programme:tasks"),
        "tab": "calendar",
    }
    return render(request, "programme/calendar.html", context)


def _weeks(
    weeks: list[list[dt.date]], month: int, by_day: dict[dt.date, list[shown.Shown]], counts: dict[dt.date, int]
) -> list[list[Day]]:
    """The days of the calendar, each with its tasks and whether the office is at work."""
    known = working.days()

    def one(day: dt.date) -> Day:
        tasks = by_day.get(day, [])
        off = (known.off.get(day) or working.weekday_or_holiday(day)) if known.is_off(day) else ""
        return Day(day, day.month != month, off if day.weekday() < 5 else "", tasks, counts.get(day, 0) - len(tasks))

    return [[one(day) for day in week] for week in weeks]


def _month(words: str, day: dt.date) -> dt.date:
    try:
        year, _dash, month = words.partition("-")
        return dt.date(int(year), int(month), 1)
    except ValueError:
        return day.replace(day=1)


def timeline(request: Visit) -> HttpResponse:
    """Tasks from assignment to deadline on the days of a year, drawn; the same rows stand below as a table."""
    day = as_of(request)
    require_sight(request)
    asked = asking.read(request)
    found = queries.tasks(request.actor, day, asked.filter).filter(due__isnull=False, cancelled_on__isnull=True)
    keys = found.order_by("due", "place", "pk").values_list("pk", flat=True)
    page = Paginator(keys, ON_A_TIMELINE).get_page(request.GET.get("page"))
    rows = shown.rows(shown.whole(page.object_list, "lead_person"), day, coordinating=False)
    context = {
        **_narrowing(request, asked, day),
        "asked": asked,
        "page": page,
        "rows": rows,
        "drawing": drawing.timeline(rows, day) if rows else "",
        "tab": "timeline",
    }
    return render(request, "programme/timeline.html", context)


# -- the week ---------------------------------------------------------------------------------------------------------
def week(request: Visit) -> HttpResponse:
    """The schedule of a week: as published, or what it would be; meetings and deadlines by half of the day."""
    day = as_of(request)
    require_sight(request)
    monday = _monday(request, day)
    editions = list(WeekSchedule.objects.filter(monday=monday).select_related("published_by"))
    draft = schedule(monday)
    published = editions[0] if editions else None
    shows_draft = published is None or request.GET.get("show") == "draft"
    rows = draft if shows_draft or published is None else published.rows
    days = [monday + dt.timedelta(days=n) for n in range(7)]
    context = {
        "monday": monday,
        "sunday": days[-1],
        "before": f"{monday - dt.timedelta(days=7):%d/%m/%Y}",
        "after": f"{monday + dt.timedelta(days=7):%d/%m/%Y}",
        "halves": [(half, [[r for r in rows if r["day"] == d.isoformat() and r["half"] == half] for d in days])
                   for half in ("morning", "afternoon", "due")],
        "days": days,
        "published": published,
        "editions": editions,
        "shows_draft": shows_draft,
        "changed": published is not None and published.rows != draft,
        "publish": may(request.actor, rights.PUBLISH_WEEK, on=request.day),
        "publish_on": working.days().on_or_before(monday - dt.timedelta(days=8 - PUBLISHED_ON.on(day))),
        "count": len(rows),
        "tab": "week",
    }  # fmt: skip
    return render(request, "programme/week.html", context)


def _monday(request: Visit, day: dt.date) -> dt.date:
    try:
        return rules.monday_of(formats.parse_day(request.GET.get("monday", "") or request.POST.get("monday", "")))
    except formats.NotADay:
        return rules.monday_of(day)


def schedule(monday: dt.date) -> list[dict[str, Any]]:
    """What a week holds: the meetings of the house and the deadlines of the administration's line, as plain rows."""
    sunday = monday + dt.timedelta(days=6)
    out: list[dict[str, Any]] = []
    held = Meeting.objects.filter(since__lte=sunday).filter(Q(until__gte=monday) | Q(until=None, since__gte=monday))
    for meeting in held.order_by("since", "starts_at", "pk"):
        begins = formats.local(meeting.starts_at) if meeting.starts_at else None
        first = max(meeting.since or monday, monday)
        out += [
            {
                "day": (first + dt.timedelta(days=n)).isoformat(),
                "half": "afternoon" if begins and begins.hour >= 12 else "morning",
                "time": f"{begins:%H:%M}" if begins and n == 0 else "",
                "what": meeting.title,
                "who": meeting.place,
                "url": f"/chamber/meetings/{meeting.pk}/",
            }
            for n in range((min(meeting.until or first, sunday) - first).days + 1)
        ]
    standing = Q(assigned_on__isnull=False, cancelled_on__isnull=True, paused_on__isnull=True)
    tasks = Task.objects.filter(standing, line=Line.ADMINISTRATION, due__gte=monday, due__lte=sunday)
    found = list(tasks.order_by("due", "place")[:500])
    names = names_of_bodies({task.lead_body_id for task in found if task.lead_body_id}, monday)
    out += [
        {"day": task.due.isoformat(), "half": "due", "time": "", "what": f"{task.number}. {task.title}",
         "who": names.get(task.lead_body_id or 0, ""), "url": f"/programme/tasks/{task.pk}/"}
        for task in found if task.due
    ]  # fmt: skip
    return out


@require_POST
def publish(request: Visit) -> HttpResponse:
    """Publish the schedule of the week: what it holds now is frozen."""
    monday = _monday(request, request.day)
    attempt(
        request,
        lambda: actions.publish_week(actor=request.actor, monday=monday, rows=schedule(monday), at=request.at),
        _t("The schedule of the week is published."),
    )
    return redirect(reverse("programme:week") + f"?monday={monday:%d/%m/%Y}")


def owners(request: Visit) -> HttpResponse:
    """Open tasks whose responsible person has left the unit: proposed for hand-over."""
    require_sight(request)
    pages = Paginator(queries.without_owner(request.actor, request.day).values_list("pk", flat=True), 50)
    pages.count = queries.count_without_owner(request.actor, request.day)  # as it counted who is gone
    page = pages.get_page(request.GET.get("page"))
    rows = shown.rows(shown.whole(page.object_list, *shown.WITH), request.day)
    return render(request, "programme/owners.html", {"page": page, "rows": rows, "tab": "tasks"})
