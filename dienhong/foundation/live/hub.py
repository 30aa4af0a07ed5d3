"""The hub: the newest changes of the journal in memory, and every event stream of this process as a cursor over them.

No stream has a queue. A stream remembers the number up to which it was told and reads on from there whenever it can
write; so a slow tablet costs no memory, and one that falls behind what is kept reads the journal itself.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

KEEP = 20_000  # changes in memory
PULSE_EVERY = 0.25  # seconds between two pulses of one topic
EVERYTHING = "journal"  # the topic that hears every entry


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the journal as the streams see it: its number, and what a page must be watching to be told."""

    number: int
    topics: tuple[str, ...]

    def heard_by(self, topics: frozenset[str]) -> bool:
        """Whether a stream with these topics is told: "poll:12" hears poll 12, "poll" hears every poll."""
        return EVERYTHING in topics or any(t in topics or t.partition(":")[0] in topics for t in self.topics)

    @property
    def wire(self) -> bytes:
        """The change as a message of an event stream."""
        return message(self.topics, self.number)


def message(topics: Iterable[str], number: int | None = None, *, pulse: bool = False) -> bytes:
    """A message of an event stream that says what changed; a pulse has no number and is not repeated."""
    data: dict[str, object] = {"topics": list(topics)}
    if pulse:
        data["pulse"] = True
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}data: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


@dataclass(slots=True, eq=False)
class Listener:
    """One open stream: the topics it wants, the number it was told up to, and what wakes it."""

    topics: frozenset[str]
    seen: int
    pulses: set[str] = field(default_factory=set)
    closed: bool = False
    stalled: bool = False  # its client does not read
    busy_since: float | None = None  # writing, since when (monotonic)
    told_at: float = 0.0  # when something was written last (monotonic)
    _waiter: asyncio.Future[None] | None = None

    def wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def close(self) -> None:
        self.closed = True
        self.wake()

    async def wait(self) -> None:
        """Until somebody wakes this stream."""
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None


class Hub:
    """All streams of this process and the changes they read."""

    def __init__(self, keep: int = KEEP) -> None:
        self.head = 0
        self.listeners: set[Listener] = set()
        self._keep = keep
        self._changes: list[Change] = []
        self._wire: dict[int, bytes] = {}
        self._listening: dict[str, set[Listener]] = {}
        self._pulsed: dict[str, float] = {}
        self._due: dict[str, asyncio.TimerHandle] = {}

    # -- changes ------------------------------------------------------------------------------------------------------
    def start_from(self, head: int, changes: Sequence[Change] = ()) -> None:
        """Begin with the journal ending at `head`; `changes` are its newest entries, in order."""
        self.head = head
        self._changes = list(changes)

    def tell(self, changes: Sequence[Change]) -> None:
        """Take these new entries, in order, and wake whoever listens to one of their topics."""
        fresh = [change for change in changes if change.number > self.head]
        if not fresh:
            return
        self._changes += fresh
        self.head = fresh[-1].number
        self._wire = {change.number: change.wire for change in fresh}
        if len(self._changes) > 2 * self._keep:
            del self._changes[: -self._keep]
        for listener in self._heard(topic for change in fresh for topic in change.topics):
            listener.wake()
        for listener in tuple(self._listening.get(EVERYTHING, ())):
            listener.wake()

    def after(self, number: int, topics: frozenset[str], most: int = 500) -> tuple[bytes, int] | None:
        """What a stream that was told up to `number` is to be told now, and the number it then knows up to.

        None: it is so far behind that only the journal itself remembers.
        """
        if number >= self.head:
            return b"", number
        kept = self._changes
        if not kept or number < kept[0].number - 1:
            return None
        first = number + 1 - kept[0].number  # the journal has no gaps
        part = kept[first : first + most]
        body = b"".join(self._wire.get(c.number) or c.wire for c in part if c.heard_by(topics))
        return body, part[-1].number

    def _heard(self, topics: Iterable[str]) -> set[Listener]:
        found: set[Listener] = set()
        for topic in set(topics):
            found |= self._listening.get(topic, set())
            found |= self._listening.get(topic.partition(":")[0], set())
        return found

    # -- pulses -------------------------------------------------------------------------------------------------------
    def pulse(self, topic: str) -> None:
        """Say that something under this topic moves, without a number: once in PULSE_EVERY, the last one late."""
        if topic in self._due:
            return
        since = time.monotonic() - self._pulsed.get(topic, 0.0)
        if since >= PULSE_EVERY:
            self._send_pulse(topic)
        else:
            loop = asyncio.get_running_loop()
            self._due[topic] = loop.call_later(PULSE_EVERY - since, self._send_pulse, topic)

    def _send_pulse(self, topic: str) -> None:
        self._due.pop(topic, None)
        if len(self._pulsed) > 1000:
            self._pulsed.clear()
        self._pulsed[topic] = time.monotonic()
        for listener in self._heard((topic,)):
            listener.pulses.add(topic)
            listener.wake()

    # -- streams ------------------------------------------------------------------------------------------------------
    def join(self, listener: Listener) -> None:
        self.listeners.add(listener)
        for topic in listener.topics:
            self._listening.setdefault(topic, set()).add(listener)

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        for topic in listener.topics:
            among = self._listening.get(topic)
            if among is not None:
                among.discard(listener)
                if not among:
                    del self._listening[topic]

    def close(self) -> None:
        """End all streams; their pages come back by themselves and say where they stood."""
        for due in self._due.values():
            due.cancel()
        self._due.clear()
        for listener in tuple(self.listeners):
            listener.close()
