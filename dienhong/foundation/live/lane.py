"""The live lane: what the whole hall does at once, in front of the pages. It holds no rule of its own.

The protocol, for whoever writes a page or a tablet:

`POST /live/token` (an ordinary page, CSRF token required) lets a signed-in browser into the lane for fifteen minutes:
it sets the cookie `dienhong_live`, which no script can read and which only /live/ addresses get. Answer:
`{"person": 12, "scopes": ["ballots"], "expires_in": 900, "renew_in": 600, "journal": 345}`. Ask again after `renew_in`
seconds, when a page becomes visible again, and after a 401 from the lane.

`GET /live/events?topics=poll:12,meeting:5&after=345` is the event stream (`stream.py`).

`POST /live/ballots` takes `{"poll": 12, "choice": "for", "key": "<8 to 36 letters, digits, - and _>"}` as JSON, with
`"person": 12` where the tablet knows who pressed: on a tablet that changed hands the press of somebody else is refused
(`not_yours`). A key is one press of a button: it is made when the button is pressed, kept until the press is answered,
and sent again unchanged for as long as it takes. Final answers: 200 `{"ballot": 991, "choice": "for"}` (durable; the
same key always gets the same answer, also after the close), and 400, 403, 409, 413, 415 `{"refused": word}`. Not final,
send again: no answer within five seconds, 401 `sign_in` (after a new token), 503 (after `Retry-After` seconds). One
press at a time for each person: the last ballot that came in is the one that counts.

`GET /health/live` and `GET /health/ready` answer without sign-in (`health.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qs

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from dienhong.foundation.memory import keep_loaded

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

logger = logging.getLogger("dienhong.live")
PLAIN_HEADERS = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]


class TooLarge(Exception):
    """The body is larger than this address takes."""


class Gone(Exception):
    """The client closed the connection."""


@dataclass(slots=True)
class Ask:
    """This request, as a route of the lane sees it."""

    scope: Scope
    receive: Receive
    send: Send
    headers: dict[bytes, bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = dict(self.scope["headers"])

    @property
    def method(self) -> str:
        return str(self.scope["method"])

    def query(self) -> dict[str, str]:
        """The parameters of the address; the last one of each name. Raises ValueError when there are too many."""
        found = parse_qs(self.scope["query_string"].decode("ascii", "replace"), max_num_fields=20)
        return {name: values[-1] for name, values in found.items()}

    async def body(self, limit: int) -> bytes:
        """The whole body. Raises TooLarge beyond `limit` bytes, Gone when the client leaves before its end."""
        parts, size = [], 0
        while True:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise Gone
            part = message.get("body", b"")
            size += len(part)
            if size > limit:
                raise TooLarge
            parts.append(part)
            if not message.get("more_body", False):
                return b"".join(parts)

    async def answer(self, status: int, value: Any, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        """Answer with this value as JSON."""
        body = json.dumps(value, separators=(",", ":")).encode()
        all_headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            *PLAIN_HEADERS,
            *headers,
        ]
        await self.send({"type": "http.response.start", "status": status, "headers": all_headers})
        await self.send({"type": "http.response.body", "body": b"" if self.method == "HEAD" else body})

    async def refuse(self, status: int, word: str, *, retry_after: int | None = None) -> None:
        """Answer no, with a stable word for programs."""
        extra = [(b"retry-after", str(retry_after).encode())] if retry_after is not None else []
        await self.answer(status, {"refused": word}, extra)

    def same_origin(self) -> bool:
        """Whether this request comes from a page of this office, as far as the browser says where it comes from."""
        site = self.headers.get(b"sec-fetch-site")
        if site is not None:
            return site in {b"same-origin", b"none"}
        origin = self.headers.get(b"origin")
        return origin is None or origin.partition(b"://")[2] == self.headers.get(b"host", b"")


class Route(Protocol):
    """What answers one address of the lane. `start` and `stop` frame the life of the server process."""

    @property
    def path(self) -> str: ...

    @property
    def methods(self) -> tuple[str, ...]: ...

    async def __call__(self, ask: Ask) -> None: ...

    async def start(self) -> None: ...

    def close(self) -> None:
        """The server was told to end: finish what is under way, take nothing new."""

    async def stop(self) -> None: ...


class Companion(Protocol):
    """What lives as long as the server process and answers no address; the methods are those of a route."""

    async def start(self) -> None: ...

    def close(self) -> None: ...

    async def stop(self) -> None: ...


class Lane:
    """This ASGI application answers the live addresses itself and passes everything else to the pages."""

    def __init__(self, *, pages: App, routes: Sequence[Route] = (), beside: Sequence[Companion] = ()) -> None:
        self.pages = pages
        self.routes = tuple(routes)
        self.living: tuple[Companion, ...] = (*self.routes, *beside)
        self.by_path = {route.path: route for route in self.routes}
        self._hosts: dict[bytes, bool] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        route = self.by_path.get(scope["path"]) if scope["type"] == "http" else None
        if route is None:
            await self.pages(scope, receive, send)
            return
        ask = Ask(scope, receive, send)
        if not self._known_host(ask.headers.get(b"host", b"")):
            await ask.refuse(400, "unknown_host")
        elif ask.method not in route.methods:
            await ask.answer(405, {"refused": "method"}, [(b"allow", ", ".join(route.methods).encode())])
        else:
            try:
                await route(ask)
            except Gone:
                return
            except TooLarge:
                await ask.refuse(413, "too_large")

    def _known_host(self, host: bytes) -> bool:
        known = self._hosts.get(host)
        if known is None:
            domain, _port = split_domain_port(host.decode("latin-1"))
            known = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
            if len(self._hosts) < 100:
                self._hosts[host] = known
        return known

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self._start()
                except Exception as error:
                    logger.exception("the live lane cannot start")
                    await send({"type": "lifespan.startup.failed", "message": str(error)})
                    return
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _start(self) -> None:
        for one in self.living:
            await one.start()
        self._hear_the_end()
        keep_loaded()  # later collections, in the middle of a vote, need not walk through it

    async def _stop(self) -> None:
        self._close()
        for one in reversed(self.living):
            with contextlib.suppress(asyncio.CancelledError):
                await one.stop()

    def _close(self) -> None:
        for one in self.living:
            one.close()

    def _hear_the_end(self) -> None:
        """Tell the routes of SIGTERM and SIGINT before the server waits for answers: a stream never ends by itself."""
        if threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)
            if not callable(before):
                continue

            def heard(received: int, frame: Any, before: Callable[[int, Any], Any] = before) -> None:
                loop.call_soon_threadsafe(self._close)
                before(received, frame)

            signal.signal(number, heard)
