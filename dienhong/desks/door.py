"""The door: the clock is read and the actor known once for each request; refusals become answers with their reason."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db.utils import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from dienhong.desks import formats
from dienhong.foundation import clock
from dienhong.foundation.access.actor import NOBODY, Actor, Refused
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.models import Shift
from dienhong.foundation.journal.queries import last_number
from dienhong.foundation.refusal import Refusal
from dienhong.people.queries import actor_of


class Visit(HttpRequest):
    """A request as views see it: `at` is the office's time, `day` its day, `actor` who acts."""

    at: dt.datetime
    day: dt.date
    actor: Actor
    as_of: dt.date
    journal_number: int | None


Answer = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("dienhong.desks")


class CannotSave(Refusal):
    """The database does not take what was done; its transaction is undone as a whole."""

    status = 503


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
        # read before the view reads anything: what changes after this number reaches the page through the stream
        request.journal_number = last_number() if request.method == "GET" and request.actor.signed_in else None
        return self.get_response(request)

    def process_exception(self, request: Visit, error: Exception) -> HttpResponse | None:
        """The page that tells the reason of a refusal no view has answered."""
        if isinstance(error, OperationalError | InternalError):
            logger.exception("the database cannot be used")
            error = CannotSave(
                _("The office cannot save or read now: its disk is full or read-only, or its database is away.")
            )
        if not isinstance(error, Refusal):
            return None
        if isinstance(error, Refused) and not request.actor.signed_in and request.method == "GET":
            return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
        if request.accepts("text/html"):
            context = {"refusal": error, "reason": str(error), "back": _back(request)}
            return render(request, "404.html" if error.status == 404 else "refused.html", context, status=error.status)
        return JsonResponse({"refused": str(error)}, status=error.status)


def _back(request: HttpRequest) -> str:
    """The page that the request came from, when it is one of this office."""
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if safe else "/"


def office(request: HttpRequest) -> dict[str, Any]:
    """What every page may show: the clock, who acts and through which post, whether this is a demonstration."""
    at, day = getattr(request, "at", None), getattr(request, "day", None)
    actor: Actor = getattr(request, "actor", NOBODY)
    return {
        "now": at,
        "today": day,
        "as_of": getattr(request, "as_of", None),
        "actor": actor,
        "who": {"name": actor.name, "unit": _post_of(actor, day), "url": "/me/"} if actor.signed_in else None,
        "demo": settings.DEMO,
        "clock_set": settings.DEMO and Shift.current() != dt.timedelta(),
        "live_after": getattr(request, "journal_number", None),
    }


def _post_of(actor: Actor, day: dt.date | None) -> str:
    """The post through which the actor is here today."""
    return next((g.via for g in actor.grants if day and g.holds_on(day)), "")


def as_of(request: Visit) -> dt.date:
    """The day the reader wants to see: `?as_of=24/11/2023`, else today; words that name no day are told."""
    request.as_of = request.day
    words = request.GET.get("as_of", "").strip()
    if words:
        try:
            request.as_of = formats.parse_day(words)
        except formats.NotADay as error:
            messages.error(request, str(error))
    return request.as_of


def attempt(request: Visit, act: Callable[[], object], done: str = "") -> bool:
    """Do one act and tell how it went; what the office refuses is told, and the page comes back as it is now."""
    try:
        act()
    except Refused:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    if done:
        messages.success(request, done)
    return True
