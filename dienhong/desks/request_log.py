"""One line in the log for each page: what was asked, by which account, how it was answered, how long it took."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("dienhong.request")
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_id(request: HttpRequest) -> str:
    """The request's id: the proxy's, where there is a proxy that is trusted, else a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if settings.BEHIND_PROXY and _ID.fullmatch(given) else uuid.uuid4().hex


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, without what stands in it: links to choose a password are secrets."""
    match = request.resolver_match
    return f"/{match.route}" if match else "(no such address)"


class RequestLogMiddleware:
    """Writes the line and gives the id back as X-Request-ID, so that a person can name a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request_id(request)
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(request=name):
            response = self.get_response(request)
            user = getattr(request, "user", None)
            write = log.error if response.status_code >= 500 else log.info
            write(
                "request",
                method=request.method,
                route=route_of(request),
                status=response.status_code,
                milliseconds=round((time.monotonic() - began) * 1000, 1),
                account=user.pk if user is not None and user.is_authenticated else None,
            )
        response["X-Request-ID"] = name
        return response
