"""Health (tình trạng): `/health/live` says that the process answers, `/health/ready` that it can do its work.

Ready means: the database answers, all migrations are applied, the journal has its head and is being followed, the files
are within reach. 200 or 503, with one word for each check; details go to the log. Asked at most once a second.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dienhong.foundation.files.store import store
from dienhong.foundation.journal.models import Head
from dienhong.foundation.live.lane import Ask
from dienhong.foundation.live.stream import Events

KEPT = 1.0  # seconds that an answer is given again
PATIENCE = 5.0  # seconds that the checks may take
LAG = 10.0  # seconds without a look at the journal
logger = logging.getLogger("dienhong.live")


class Live:
    """This route says that the process answers."""

    path = "/health/live"
    methods = ("GET", "HEAD")

    async def __call__(self, ask: Ask) -> None:
        await ask.answer(200, {"live": True})

    async def start(self) -> None:
        return

    def close(self) -> None:
        return

    async def stop(self) -> None:
        return


class Ready:
    """This route says whether the office can do its work."""

    path = "/health/ready"
    methods = ("GET", "HEAD")

    def __init__(self, events: Events) -> None:
        self.events = events
        self._closing = False
        self._known: tuple[float, dict[str, str]] | None = None
        self._asking = asyncio.Lock()
        self._thread: ThreadPoolExecutor | None = None

    async def start(self) -> None:
        self._closing, self._known = False, None
        self._thread = ThreadPoolExecutor(1, "health")

    def close(self) -> None:
        self._closing = True

    async def stop(self) -> None:
        if self._thread is not None:
            self._thread.submit(connection.close)
            self._thread.shutdown(wait=False)

    async def __call__(self, ask: Ask) -> None:
        checks = await self._checked()
        if self._closing:
            checks = {**checks, "server": "closing"}
        ready = all(word == "ok" for word in checks.values())
        await ask.answer(200 if ready else 503, {"ready": ready, "checks": checks})

    async def _checked(self) -> dict[str, str]:
        async with self._asking:
            if self._known is None or time.monotonic() - self._known[0] > KEPT:
                loop = asyncio.get_running_loop()
                try:
                    found = await asyncio.wait_for(loop.run_in_executor(self._thread, check), PATIENCE)
                except TimeoutError:
                    found = {"database": "slow"}
                found["reader"] = self._reader()
                self._known = (time.monotonic(), found)
            return self._known[1]

    def _reader(self) -> str:
        reader = self.events.reader
        return "ok" if reader and time.monotonic() - reader.last_read < LAG else "behind"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    return "missing" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"


def _journal() -> str:
    return "ok" if Head.objects.filter(pk=1).exists() else "no head"


def _files() -> str:
    store().has("0" * 64)
    return "ok"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "journal": _journal,
    "files": _files,
}


def check() -> dict[str, str]:
    """Every check and its word: "ok", or what is wrong. Asks the database and the store: not for the event loop."""
    found = {}
    for name, look in CHECKS.items():
        try:
            found[name] = look()
        except Exception as error:
            connection.close()
            logger.warning("not ready: %s: %s", name, error)
            found[name] = "failed"
    return found
