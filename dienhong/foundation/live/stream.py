"""`GET /live/events?topics=poll:12,turnout:12&after=345`: the event stream (SSE) of a page.

A message says only that something changed: `id: <number of the journal's entry>`, `data: {"topics": ["poll:12"]}`. The
page asks again through ordinary permission and language. Topics are those of the events; a topic without its number
("poll") hears all of its kind, "journal" hears every entry. Without `topics` the stream hears every entry.

`after` is the number of the newest entry when the page was made, so that nothing between page and stream is missed;
when the browser reconnects, its `Last-Event-ID` takes precedence. All entries after that number are replayed from the
journal. If that number lies ahead of the journal (it was restored from a backup), the stream says `{"topics": ["*"]}`:
ask for all again. A pulse (`"pulse": true`, no id) says that something moves which is not in the journal: "turnout:12"
while ballots come in, at most four a second; it is never repeated. Every fifteen seconds a comment keeps the connection
alive and tells the newest number.

Who is signed in may listen to any topic: the stream tells that, never what. 401 `sign_in` without a token; 503
`closing` and `full` with `Retry-After`. A client that does not read for twenty seconds is dropped; it may come back
and read on.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time

from dienhong.foundation.live.admission import Admission
from dienhong.foundation.live.hub import EVERYTHING, Hub, Listener, message
from dienhong.foundation.live.lane import PLAIN_HEADERS, Ask
from dienhong.foundation.live.reader import Reader, entries_after

HEARTBEAT = 15.0  # seconds
STALLED = 20.0  # seconds that one write may take
RETRY = 1000  # milliseconds that a browser waits before it reconnects
MOST_TOPICS = 50
MOST_STREAMS = 20_000  # of one process
MOST_OF_GUEST = 30  # of one session: pages and tabs
_TOPIC = re.compile(r"[a-z_]{1,40}(:[A-Za-z0-9_.-]{1,40})?")
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
    *PLAIN_HEADERS,
]


def topics_of(text: str) -> frozenset[str]:
    """The topics asked for, separated by commas or spaces. Raises ValueError for what is no topic."""
    found = frozenset(text.replace(",", " ").split()) or frozenset({EVERYTHING})
    if len(found) > MOST_TOPICS or not all(_TOPIC.fullmatch(topic) for topic in found):
        raise ValueError("topics")
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class Events:
    """This route keeps the event streams of the process, their hub and its reader."""

    path = "/live/events"
    methods = ("GET",)

    def __init__(self, hub: Hub, admission: Admission) -> None:
        self.hub, self.admission = hub, admission
        self.reader: Reader | None = None
        self._closing = False
        self._tending: asyncio.Task[None] | None = None
        self._writing: dict[Listener, asyncio.Task[None]] = {}

    async def start(self) -> None:
        self._closing = False
        self.reader = Reader(self.hub, self.admission)
        await self.reader.start()
        self._tending = asyncio.get_running_loop().create_task(self._tend(), name="heartbeats")

    def close(self) -> None:
        self._closing = True
        self.hub.close()

    async def stop(self) -> None:
        if self._tending is not None:
            self._tending.cancel()
        if self.reader is not None:
            await self.reader.stop()

    async def __call__(self, ask: Ask) -> None:
        known = self.admission.admit(ask.headers.get(b"cookie", b""))
        if known is None or not ask.same_origin():
            await ask.refuse(401, "sign_in")
            return
        _pass, guest = known
        if self._closing:
            await ask.refuse(503, "closing", retry_after=1)
            return
        if len(self.hub.listeners) >= MOST_STREAMS or len(guest.open) >= MOST_OF_GUEST:
            await ask.refuse(503, "full", retry_after=5)
            return
        try:
            query = ask.query()
            topics = topics_of(query.get("topics", ""))
        except ValueError:
            await ask.refuse(400, "malformed")
            return
        last = _number(ask.headers.get(b"last-event-id", b"").decode("ascii", "replace"))
        since = last if last is not None else _number(query.get("after", query.get("since", "")))
        listener = Listener(topics, self.hub.head if since is None else since)
        self.hub.join(listener)
        guest.open.add(listener)
        leaving = asyncio.ensure_future(self._left(ask, listener))
        task = asyncio.current_task()
        assert task is not None
        self._writing[listener] = task
        try:
            await self._serve(ask, listener)
        except asyncio.CancelledError:
            if not listener.stalled:
                raise
        finally:
            leaving.cancel()
            guest.open.discard(listener)
            self.hub.leave(listener)
            self._writing.pop(listener, None)

    @staticmethod
    async def _left(ask: Ask, listener: Listener) -> None:
        while (await ask.receive())["type"] != "http.disconnect":
            continue
        listener.close()

    async def _serve(self, ask: Ask, listener: Listener) -> None:
        await ask.send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await self._greet(ask, listener)
        while not listener.closed:
            body = await self._news(listener)
            if body:
                await self._write(ask, listener, body)
            elif not listener.closed:
                await listener.wait()
        with contextlib.suppress(OSError):
            await ask.send({"type": "http.response.body", "body": b""})

    async def _greet(self, ask: Ask, listener: Listener) -> None:
        assert self.reader is not None
        words = f"retry: {RETRY}\n".encode()
        if listener.seen > self.hub.head:  # another process may know more than this one, for a moment
            await self.reader.catch_up()
        if listener.seen > self.hub.head:
            listener.seen = self.hub.head
            words += message(("*",), self.hub.head)
        else:
            words += f"id: {listener.seen}\n\n".encode()
        await self._write(ask, listener, words)

    async def _news(self, listener: Listener) -> bytes:
        """What this stream is to be told now; nothing when it knows all."""
        assert self.reader is not None
        body = b""
        while not body and listener.seen < self.hub.head:
            found = self.hub.after(listener.seen, listener.topics)
            if found is None:
                found = await self._from_journal(listener)
            body, listener.seen = found
            if not body:
                await asyncio.sleep(0)  # a stream that has far to go lets others pass
        if listener.pulses:
            body += b"".join(message((topic,), pulse=True) for topic in sorted(listener.pulses))
            listener.pulses.clear()
        if not body and time.monotonic() - listener.told_at >= HEARTBEAT:
            return f": \nid: {listener.seen}\n\n".encode()
        return body

    async def _from_journal(self, listener: Listener) -> tuple[bytes, int]:
        assert self.reader is not None
        changes, _accounts = await self.reader.ask(entries_after, listener.seen)
        heard = b"".join(change.wire for change in changes if change.heard_by(listener.topics))
        return heard, changes[-1].number if changes else self.hub.head

    async def _write(self, ask: Ask, listener: Listener, body: bytes) -> None:
        listener.busy_since = listener.told_at = time.monotonic()
        await ask.send({"type": "http.response.body", "body": body, "more_body": True})
        listener.busy_since = None

    async def _tend(self) -> None:
        """Once a second: wake who has heard nothing for a while, drop who does not read."""
        while True:
            await asyncio.sleep(1)
            now = time.monotonic()
            for listener in tuple(self.hub.listeners):
                if listener.busy_since is not None and now - listener.busy_since > STALLED:
                    listener.stalled = True
                    self._writing[listener].cancel()
                elif now - listener.told_at >= HEARTBEAT:
                    listener.wake()
