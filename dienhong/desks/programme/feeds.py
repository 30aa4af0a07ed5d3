"""A person's own tasks as a calendar (iCalendar, RFC 5545): read by its secret address, without signing in."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods
from icalendar import Event

from dienhong.desks.door import Visit
from dienhong.desks.programme.views import require_sight
from dienhong.foundation.clock import day_of
from dienhong.reports.models import Contribution
from dienhong.reports.queries import owed_by
from dienhong.work import actions, queries
from dienhong.work.calendars import deadline, written
from dienhong.work.models import CalendarFeed


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
        owed = owed_by(row.person_id, day_of(at))[:1000]
        content = written(found, at, _t("My tasks"), more=[_owed(one, at) for one in owed])
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _owed(row: Contribution, at: dt.datetime) -> Event:
    """What is owed for a report, as an event of the calendar."""
    event = deadline(f"contribution-{row.pk}", row.due, _t("For the report: %(what)s") % {"what": row.section}, at)
    event.add("sequence", row.reminded)
    event.add("description", f"{row.section.report.title}\n{row.get_state_display()}\n{row.note}".strip())
    event.add("url", f"{settings.BASE_URL}{reverse('report:contribution', args=[row.pk])}")
    return event
