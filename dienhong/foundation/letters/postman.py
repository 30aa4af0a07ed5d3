"""The postman (người đưa thư): a thread of each server process that sends what waits, so that nobody has to.

It is woken when a letter is posted in its own process and looks every few seconds for those of others. Several of them
share the outbox by leases. It gives way to people: on Linux its thread runs at a lower priority than the pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from dienhong.foundation.letters import actions, sending, waking
from dienhong.foundation.letters.events import TOPIC
from dienhong.foundation.letters.models import Letter

LOOK_EVERY = 5.0  # seconds, when nobody rings
LOOK_AFTER_FAULT = 30.0  # seconds, when the database could not be used
FORGET_EVERY = 3600.0  # seconds
STOP_WITHIN = 8.0  # seconds that the end of the server waits for the letter under way
log = structlog.get_logger("dienhong.letters")


class Postman:
    """This sends from the start of the process to its end. `pulse` is told the topics whose letters moved."""

    def __init__(self, pulse: Callable[[str], None] = lambda _topic: None) -> None:
        self._pulse = pulse
        self._tell: Callable[[str], None] = pulse
        self._wake, self._ending = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._unlisten: Callable[[], None] = lambda: None
        self._forgot = 0.0

    # -- a companion of the live lane ---------------------------------------------------------------------------------
    async def start(self) -> None:
        """Begin to send, if this office has a mail server and leaves sending to its server processes."""
        if not actions.may_post() or settings.MAIL_SENDER != "serve":
            return
        loop = asyncio.get_running_loop()

        def tell(topic: str) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._pulse, topic)

        self._tell = tell
        self._thread = threading.Thread(target=self.run, name="postman", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no further letter."""
        self._ending.set()
        self._wake.set()

    async def stop(self) -> None:
        """Wait for the letter that is under way; one that takes too long is left, and its lease ends by itself."""
        self.close()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, STOP_WITHIN)

    # -- the thread ---------------------------------------------------------------------------------------------------
    def run(self) -> None:
        """Send until told to end. What goes wrong is logged, and the next look tries again."""
        _give_way()
        self._unlisten = waking.listen(self._wake.set)
        pause = 0.0
        try:
            while not self._ending.is_set():
                self._wake.wait(pause)
                self._wake.clear()
                if not self._ending.is_set():
                    pause = self._look()
        finally:
            self._unlisten()
            connection.close()

    def _look(self) -> float:
        """One round; gives back after how many seconds to look again."""
        try:
            close_old_connections()
            sending.send_waiting(stop=self._ending.is_set, moved=self._moved)
            if time.monotonic() - self._forgot > FORGET_EVERY or not self._forgot:
                self._forgot = time.monotonic()
                sending.forget_old()
        except Exception:  # a thread that dies would end all mail without a word
            log.exception("letters_cannot_be_sent")
            connection.close()
            return LOOK_AFTER_FAULT
        return LOOK_EVERY

    def _moved(self, letter: Letter) -> None:
        from dienhong.foundation.live import wires

        wire = wires.chosen()
        for topic in (TOPIC, letter.about):
            if topic:
                self._tell(topic)
                if wire is not None:
                    wire.moved(topic)


def _give_way() -> None:
    with contextlib.suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
