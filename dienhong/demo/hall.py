"""The hall over HTTP: a small client for many seats at once, and for many event streams. Only asyncio, nothing else.

A general HTTP library spends more on a request than the server does; a load test would then measure its own client.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers (names in lower case), the body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body) if self.body else {}

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def cookies(self) -> dict[str, str]:
        found = {}
        for key, value in self.headers:
            if key == "set-cookie":
                name, _equals, rest = value.partition("=")
                found[name] = rest.partition(";")[0]
        return found


class Line(asyncio.Protocol):
    """One connection that sends a request and waits for its answer, again and again. Raises OSError when it breaks."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.waiter: asyncio.Future[Answer] | None = None
        self.transport: asyncio.Transport | None = None
        self.lost = False
        self._missing = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_exception(ConnectionResetError("the connection was lost"))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if len(self.buffer) < self._missing:
            return
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        status, headers = _head(bytes(self.buffer[:end]))
        length = int(next((value for key, value in headers if key == "content-length"), "0"))
        if len(self.buffer) < end + 4 + length:
            self._missing = end + 4 + length
            return
        body = bytes(self.buffer[end + 4 : end + 4 + length])
        del self.buffer[: end + 4 + length]
        self._missing = 0
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(Answer(status, headers, body))

    async def ask(self, request: bytes, patience: float) -> Answer:
        """Send this request and wait for its answer. Raises OSError, TimeoutError."""
        if self.lost or self.transport is None:
            raise ConnectionResetError("the connection was lost")
        loop = asyncio.get_running_loop()
        self.waiter = loop.create_future()
        self.transport.write(request)
        late = loop.call_later(patience, self._late)
        try:
            return await self.waiter
        finally:
            late.cancel()
            self.waiter = None

    def _late(self) -> None:
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_exception(TimeoutError("no answer"))
        self.close()

    def close(self) -> None:
        self.lost = True
        if self.transport is not None:
            self.transport.close()


def _head(head: bytes) -> tuple[int, list[tuple[str, str]]]:
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = []
    for row in rest:
        name, _colon, value = row.partition(":")
        headers.append((name.lower(), value.strip()))
    return int(first.split(" ", 2)[1]), headers


def request(method: str, path: str, host: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the line."""
    rows = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    if body or method == "POST":
        rows.append(f"Content-Length: {len(body)}")
    return "\r\n".join(rows).encode() + b"\r\n\r\n" + body


@dataclass(slots=True, eq=False)
class Tablet:
    """The tablet of one seat: its session, its connection, its token."""

    host: str
    port: int
    session: str  # "name=value" of the session cookie
    token: str = ""
    line: Line | None = None
    opened: int = 0  # connections made

    @property
    def cookie(self) -> str:
        return f"{self.session}; dienhong_live={self.token}" if self.token else self.session

    async def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"", patience: float = 5.0
    ) -> Answer:
        """Ask over the kept connection, made anew where it was lost. Raises OSError, TimeoutError."""
        line: Line | None = self.line
        if line is None or line.lost:
            loop = asyncio.get_running_loop()
            making = loop.create_connection(Line, self.host, self.port)
            _transport, made = await asyncio.wait_for(making, patience)
            self.line = line = made
            self.opened += 1
        sent = request(method, path, f"{self.host}:{self.port}", {"Cookie": self.cookie, **(headers or {})}, body)
        return await line.ask(sent, patience)

    async def enter(self, patience: float = 30.0) -> Answer:
        """Get a token for the live lane, as a page does."""
        csrf = "replay" + "x" * 26  # a page reads it from its cookie; it only has to be the same in both places
        answer = await self.ask(
            "POST",
            "/live/token",
            {"X-CSRFToken": csrf, "Cookie": f"{self.session}; csrftoken={csrf}"},
            patience=patience,
        )
        self.token = answer.cookies().get("dienhong_live", self.token)
        return answer

    async def press(self, poll_id: int, choice: str, key: str, patience: float = 5.0) -> Answer:
        """Press once. Raises OSError, TimeoutError: then nobody knows, and the same key is sent again."""
        body = json.dumps({"poll": poll_id, "choice": choice, "key": key}).encode()
        return await self.ask("POST", "/live/ballots", {"Content-Type": "application/json"}, body, patience)

    def close(self) -> None:
        if self.line is not None:
            self.line.close()


class Tap(asyncio.Protocol):
    """One connection that reads an event stream; `take` gets each message as it comes, `ended` is set at its end."""

    def __init__(self, take: Callable[[str], None]) -> None:
        self.take = take
        self.status: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.ended = asyncio.Event()
        self.transport: asyncio.Transport | None = None
        self._raw = b""
        self._text = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.status.done():
            self.status.set_exception(ConnectionResetError("the connection was lost"))
        self.ended.set()

    def data_received(self, data: bytes) -> None:
        raw = self._raw + data
        if not self.status.done():
            head, found, rest = raw.partition(b"\r\n\r\n")
            if not found:
                self._raw = raw
                return
            self.status.set_result(_head(head)[0])
            raw = rest
        while True:  # chunked: a length, the chunk, and so on
            line, found, rest = raw.partition(b"\r\n")
            if not found:
                break
            size = int(line, 16)
            if len(rest) < size + 2:
                break
            raw = rest[size + 2 :]
            if size == 0:
                self.ended.set()
                break
            self._text += rest[:size]
        self._raw = raw
        *messages, self._text = self._text.split(b"\n\n")
        for message in messages:
            self.take(message.decode())


@dataclass(slots=True, eq=False)
class Stream:
    """One open event stream that reconnects like a browser; it notes when it heard which number."""

    tablet: Tablet
    topics: str
    heard: Callable[[int | None, list[str], float], None]
    last: str = ""
    connects: int = 0
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _pause: float = 1.0

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            with contextlib.suppress(OSError):
                await self._once()
            self.connected.clear()
            await asyncio.sleep(self._pause)

    async def _once(self) -> None:
        tablet = self.tablet
        loop = asyncio.get_running_loop()
        _transport, tap = await loop.create_connection(lambda: Tap(self._take), tablet.host, tablet.port)
        assert tap.transport is not None
        try:
            headers = {"Cookie": tablet.cookie, "Accept": "text/event-stream"}
            if self.last:
                headers["Last-Event-ID"] = self.last
            path = f"/live/events?topics={self.topics}"
            tap.transport.write(request("GET", path, f"{tablet.host}:{tablet.port}", headers))
            status = await tap.status
            if status == 401:
                await tablet.enter()
            if status != 200:
                raise ConnectionResetError(f"the stream answered {status}")
            self.connects += 1
            await tap.ended.wait()
        finally:
            tap.transport.close()

    def _take(self, message: str) -> None:
        number: int | None = None
        topics: list[str] | None = None
        for row in message.split("\n"):
            name, _colon, value = row.partition(":")
            value = value.removeprefix(" ")
            if name == "id":
                self.last, number = value, int(value)
            elif name == "retry":
                self._pause = int(value) / 1000
            elif name == "data":
                topics = json.loads(value)["topics"]
        if topics is not None:
            self.heard(number, topics, time.perf_counter())
        self.connected.set()
