"""The door: the clock is read and the actor known once for each request; refusals become answers with their reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from dienhong.foundation import clock
from dienhong.foundation.access.actor import NOBODY, Actor, Refused
from dienhong.foundation.access.models import Account
from dienhong.foundation.refusal import Refusal
from dienhong.people.queries import actor_of


class Visit(HttpRequest):
    """A request as views see it: `at` is the office's time, `day` its day, `actor` who acts."""

    at: dt.datetime
    day: dt.date
    actor: Actor


Answer = Callable[[HttpRequest], HttpResponse]


class DoorMiddleware:
    """Puts `at`, `day` and `actor` on the request, and turns refusals into pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Visit) -> HttpResponse:
        request.at = clock.now()
        request.day = clock.day_of(request.at)
        timezone.activate(clock.zone())
        user = request.user
        request.actor = actor_of(user) if isinstance(user, Account) else NOBODY
        return self.get_response(request)

    def process_exception(self, request: Visit, error: Exception) -> HttpResponse | None:
        """The page that tells the reason of a refusal no view has answered."""
        if not isinstance(error, Refusal):
            return None
        if isinstance(error, Refused) and not request.actor.signed_in and request.method == "GET":
            return redirect(f"{settings.LOGIN_URL}?next={request.get_full_path()}")
        if request.accepts("text/html"):
            return render(request, "refused.html", {"refusal": error}, status=error.status)
        return JsonResponse({"refused": str(error)}, status=error.status)


def office(request: HttpRequest) -> dict[str, Any]:
    """What every page may show: the clock, the actor, whether this is a demonstration."""
    return {
        "at": getattr(request, "at", None),
        "today": getattr(request, "day", None),
        "actor": getattr(request, "actor", NOBODY),
        "demo": settings.DEMO,
        "other_day": settings.DEMO and clock.day_of(clock.machine_now()) != getattr(request, "day", None),
    }
