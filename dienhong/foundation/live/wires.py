"""Wires between processes: a word that the journal has grown, and pulses. PostgreSQL, else Redis, else none.

Without a wire everything still works: each reader looks at the journal every second.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

JOURNAL = "dienhong_journal"
PULSE = "dienhong_pulse"
logger = logging.getLogger("dienhong.live")
_me = secrets.token_hex(8)


def me() -> str:
    """The mark of this process, so that it does not hear its own pulses twice. A forked child is somebody else."""
    return f"{_me}{os.getpid()}"


class Wire(Protocol):
    """What carries a word from process to process."""

    async def listen(self, wake: Callable[[], None], pulse: Callable[[str], None]) -> None:
        """Call `wake` when another process wrote into the journal, `pulse` with a topic that moves; until cancelled."""

    def grown(self) -> None:
        """Tell the others that the journal has grown. Called after commit, from any thread."""

    def moved(self, topic: str) -> None:
        """Tell the others that this topic moves. Called from any thread that has a database connection."""


def _heard_pulse(payload: str, pulse: Callable[[str], None]) -> None:
    sender, _bar, topic = payload.partition("|")
    if sender != me() and topic:
        pulse(topic)


class PostgresWire:
    """This wire is LISTEN and NOTIFY. The journal's own transaction notifies, so `grown` has nothing to add."""

    async def listen(self, wake: Callable[[], None], pulse: Callable[[str], None]) -> None:
        import psycopg

        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as listening:
                    await listening.execute(f"LISTEN {JOURNAL}")
                    await listening.execute(f"LISTEN {PULSE}")
                    wake()
                    async for notice in listening.notifies():
                        if notice.channel == JOURNAL:
                            wake()
                        else:
                            _heard_pulse(notice.payload, pulse)
            except (psycopg.Error, OSError) as error:
                logger.warning("the wire to PostgreSQL is down: %s", error)
            await asyncio.sleep(1)

    def grown(self) -> None:
        return

    def moved(self, topic: str) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [PULSE, f"{me()}|{topic}"])
        except DatabaseError as error:
            logger.warning("a pulse was lost: %s", error)


def _parameters() -> dict[str, Any]:
    """How to reach the database; only what libpq understands, for Django adds its own."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    given = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    found: dict[str, Any] = {key: given[name] for key, name in named.items() if given.get(name)}
    found |= {k: v for k, v in given.get("OPTIONS", {}).items() if isinstance(v, str | int) and k != "pool"}
    return dict(conninfo_to_dict(make_conninfo(**found)))


class RedisWire:
    """This wire is publish and subscribe of Redis."""

    def __init__(self, url: str) -> None:
        import redis

        self.url = url
        self.sender = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)

    async def listen(self, wake: Callable[[], None], pulse: Callable[[str], None]) -> None:
        import redis.asyncio
        from redis.exceptions import RedisError

        while True:
            client = redis.asyncio.Redis.from_url(self.url)
            try:
                async with client.pubsub() as listening:
                    await listening.subscribe(JOURNAL, PULSE)
                    wake()
                    async for notice in listening.listen():
                        if notice["type"] != "message":
                            continue
                        if notice["channel"] == JOURNAL.encode():
                            wake()
                        else:
                            _heard_pulse(notice["data"].decode(), pulse)
            except (RedisError, OSError) as error:
                logger.warning("the wire to Redis is down: %s", error)
            finally:
                await client.aclose()
            await asyncio.sleep(1)

    def grown(self) -> None:
        self._publish(JOURNAL, me())

    def moved(self, topic: str) -> None:
        self._publish(PULSE, f"{me()}|{topic}")

    def _publish(self, channel: str, text: str) -> None:
        from redis.exceptions import RedisError

        try:
            self.sender.publish(channel, text)
        except (RedisError, OSError) as error:
            logger.warning("the wire to Redis is down: %s", error)


@cache
def chosen() -> Wire | None:
    """The wire of this office."""
    if connection.vendor == "postgresql":
        return PostgresWire()
    return RedisWire(settings.REDIS_URL) if settings.REDIS_URL else None
