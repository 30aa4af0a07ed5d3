"""The reader: one for each process. It follows the journal and tells the hub; it also asks who must leave the lane.

It is woken by the bell of its own process, by the wire from other processes, and in any case every second.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection
from django.db.utils import DatabaseError, InterfaceError

from dienhong.foundation.journal.models import Entry, Head
from dienhong.foundation.live import bell, wires
from dienhong.foundation.live.admission import RECHECK, Admission
from dienhong.foundation.live.hub import Change, Hub

LOOK_EVERY = 1.0  # seconds, when nothing wakes the reader
AT_ONCE = 1000  # entries in one query
T = TypeVar("T")
logger = logging.getLogger("dienhong.live")


def entries_after(number: int) -> tuple[list[Change], bool]:
    """The next entries after this number, in order, and whether one of them tells of an account."""
    found = Entry.objects.filter(number__gt=number).order_by("number")
    rows = list(found.values_list("number", "topics", "kind")[:AT_ONCE])
    accounts = any(kind.startswith("access.") for _number, _topics, kind in rows)
    return [Change(number, tuple(topics.split())) for number, topics, _kind in rows], accounts


def newest(keep: int) -> tuple[int, list[Change]]:
    """Where the journal ends, and its last entries in order."""
    head = Head.objects.values_list("number", flat=True).filter(pk=1).first() or 0
    rows = Entry.objects.filter(number__gt=head - keep, number__lte=head).order_by("number")
    return head, [Change(number, tuple(topics.split())) for number, topics in rows.values_list("number", "topics")]


class Reader:
    """This follows the journal for one hub, on a thread and a database connection of its own."""

    def __init__(self, hub: Hub, admission: Admission) -> None:
        self.hub = hub
        self.admission = admission
        self.last_read = 0.0  # monotonic
        self._wake = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, "journal-reader")
        self._tasks: list[asyncio.Task[None]] = []
        self._unlisten: Callable[[], None] = lambda: None
        self._look_at_guests = False
        self._reading = asyncio.Lock()

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            self.hub.start_from(*await self.ask(newest, 2000))
        except DatabaseError as error:  # not migrated yet, or not there yet: pages say so, the stream waits
            logger.warning("the journal cannot be read yet: %s", error)

        def rung() -> None:
            loop.call_soon_threadsafe(self._wake.set)

        self._unlisten = bell.listen(rung)
        wire = wires.chosen()
        self._tasks = [loop.create_task(self._follow(), name="journal-reader")]
        self._tasks.append(loop.create_task(self._look(), name="guests"))
        if wire is not None:
            self._tasks.append(loop.create_task(wire.listen(self._wake.set, self.hub.pulse), name="wire"))

    async def stop(self) -> None:
        self._unlisten()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(RuntimeError):
            self._thread.submit(connection.close)
        self._thread.shutdown(wait=True)

    async def ask(self, question: Callable[..., T], *facts: object) -> T:
        """Ask the database on the reader's own thread; a lost connection is made anew the next time."""

        def asked() -> T:
            try:
                return question(*facts)
            except (DatabaseError, InterfaceError):
                connection.close()
                raise

        return await asyncio.get_running_loop().run_in_executor(self._thread, asked)

    async def catch_up(self) -> None:
        """Read all that is new and tell the hub."""
        async with self._reading:
            while True:
                changes, accounts = await self.ask(entries_after, self.hub.head)
                self.last_read = time.monotonic()
                self._look_at_guests |= accounts
                self.hub.tell(changes)
                if len(changes) < AT_ONCE:
                    return

    async def _follow(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.catch_up()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("the journal cannot be read: %s", error)
                await asyncio.sleep(LOOK_EVERY)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_EVERY)

    async def _look(self) -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.2)
            if not self._look_at_guests and time.monotonic() - last < RECHECK:
                continue
            self._look_at_guests = False
            last = time.monotonic()
            try:
                if self.admission.guests:
                    self.admission.show_out(await self.ask(self.admission.look))
            except (DatabaseError, InterfaceError) as error:
                logger.warning("sessions cannot be checked: %s", error)
