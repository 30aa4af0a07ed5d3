"""The one page of the lane: how a signed-in browser gets its token."""

from __future__ import annotations

import datetime as dt
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from dienhong.foundation.access.actor import Actor, may
from dienhong.foundation.access.models import Account
from dienhong.foundation.journal.queries import last_number
from dienhong.foundation.live import tokens


class Entering(Protocol):
    """What the door puts on a request."""

    day: dt.date
    actor: Actor


@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Let this browser into the lane for fifteen minutes; 403 for who is not signed in."""
    visit = cast("Entering", request)
    account, key = request.user, request.session.session_key
    if not isinstance(account, Account) or not visit.actor.signed_in or not key:
        return JsonResponse({"refused": "sign_in"}, status=403)
    scopes = [scope for scope, code in tokens.scopes().items() if may(visit.actor, code, on=visit.day).allowed]
    person = visit.actor.person_id
    answer = JsonResponse(
        {
            "person": person,
            "scopes": scopes,
            "expires_in": tokens.LIFETIME,
            "renew_in": tokens.LIFETIME * 2 // 3,
            "journal": last_number(),
        }
    )
    answer["Cache-Control"] = "no-store"
    answer.set_cookie(
        tokens.COOKIE,
        tokens.issue(account, person_id=person, scopes=scopes, session_key=key),
        max_age=tokens.LIFETIME,
        path="/live/",
        secure=settings.SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer
