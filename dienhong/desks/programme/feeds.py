"""A person's own tasks as a calendar (iCalendar, RFC 5545): read by its secret address, without signing in."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods
from icalendar import Alarm, Calendar, Event

from dienhong.desks.door import Visit
from dienhong.desks.programme import shown
from dienhong.desks.programme.views import require_sight
from dienhong.foundation.clock import day_of
from dienhong.reports.models import Contribution
from dienhong.reports.queries import owed_by
from dienhong.work import actions, queries
from dienhong.work.models import CalendarFeed, Task


@require_http_methods(["GET", "POST"])
def feed_page(request: Visit) -> HttpResponse:
    """Make the address, and show it this once."""
    require_sight(request)
    secret = ""
    if request.method == "POST":
        secret = actions.make_feed(actor=request.actor, at=request.at)
    person = request.actor.person_id
    context = {
        "address": request.build_absolute_uri(reverse("programme:feed", args=[secret])) if secret else "",
        "made": CalendarFeed.objects.filter(person_id=person).first() if person else None,
        "tab": "mine",
    }
    answer = render(request, "programme/feed.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret; a wrong one is not found."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    row = CalendarFeed.objects.filter(digest=digest, person__account__is_active=True).select_related("person").first()
    if row is None:
        raise Http404
    at: dt.datetime = request.at  # type: ignore[attr-defined]
    with override("vi"):
        found = queries.of_person(row.person_id, day_of(at)).filter(due__isnull=False)[:1000]
        owed = list(owed_by(row.person_id, day_of(at))[:1000])
        content = written(list(found), at, request.build_absolute_uri("/").rstrip("/"), owed)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


def written(tasks: list[Task], at: dt.datetime, office: str, owed: Sequence[Contribution] = ()) -> bytes:
    """These tasks, and what is owed for reports, as a calendar: a whole-day event on each deadline with an alarm the
    day before."""
    out = Calendar()
    out.add("prodid", "-//Dien Hong//Programme//VI")
    out.add("version", "2.0")
    out.add("x-wr-calname", _t("My tasks"))
    for task in tasks:
        assert task.due is not None
        event = _deadline(f"task-{task.pk}", task.due, f"{task.number}. {task.title}", at)
        event.add("sequence", task.version)
        event.add("description", f"{task.product}\n{shown.chip(task, day_of(at))[1]}".strip())
        event.add("url", f"{office}{reverse('programme:task', args=[task.pk])}")
        out.add_component(event)
    for row in owed:
        event = _deadline(f"contribution-{row.pk}", row.due, _t("For the report: %(what)s") % {"what": row.section}, at)
        event.add("sequence", row.reminded)
        event.add("description", f"{row.section.report.title}\n{row.get_state_display()}\n{row.note}".strip())
        event.add("url", f"{office}{reverse('report:contribution', args=[row.pk])}")
        out.add_component(event)
    content: bytes = out.to_ical()
    return content


def _deadline(key: str, due: dt.date, words: str, at: dt.datetime) -> Event:
    """A whole-day event with an alarm the day before."""
    event = Event()
    event.add("uid", f"{key}@dienhong")
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("summary", words)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", dt.timedelta(days=-1))
    event.add_component(alarm)
    return event
