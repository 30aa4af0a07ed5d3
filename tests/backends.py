"""Real servers for tests: where they run, a throw-away database on them, and a clear line where they do not run.

DIENHONG_TEST_POSTGRES and DIENHONG_TEST_REDIS name other servers than those on the standard ports of loopback.
DIENHONG_TEST_REQUIRE=postgres,redis turns "skipped, because it is not there" into a failure.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from functools import cache

import pytest

from tests import tables
from tests.office import postgres_database


def pytest_configure(config: pytest.Config) -> None:
    """Begin a run: its workers share what is made once on the servers."""
    if not hasattr(config, "workerinput"):
        tables.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the servers as they were."""
    server = "" if hasattr(config, "workerinput") else postgres_server()[0]
    if server:
        tables.end_run(server)


def _absent(name: str, why: str) -> None:
    if name in os.environ.get("DIENHONG_TEST_REQUIRE", "").replace(" ", "").split(","):
        pytest.fail(f"DIENHONG_TEST_REQUIRE wants {name}, but {why}", pytrace=False)
    pytest.skip(why)


@cache
def postgres_server() -> tuple[str, str]:
    """The URL of a PostgreSQL server where databases can be made, or "" and why there is none."""
    import psycopg

    named = os.environ.get("DIENHONG_TEST_POSTGRES", "")
    at = "127.0.0.1:5432/postgres"
    tried = (
        [named]
        if named
        else [f"postgresql://{who}@{at}" for who in ("postgres", "postgres:postgres", getpass.getuser())]
    )
    why = ""
    for url in tried:
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                may = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
                if (may.fetchone() or (False,))[0]:
                    return url, ""
                why = f"{url} may not create databases"
        except psycopg.Error as error:
            why = why or f"PostgreSQL does not answer at {url.rpartition('@')[2]}: {str(error).splitlines()[0]}"
    return "", why


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The URL of a database with empty tables on a real PostgreSQL server, dropped afterwards."""
    server, why = postgres_server()
    if not server:
        _absent("postgres", why)
    with postgres_database(server) as url:
        yield url


@pytest.fixture
def redis_url() -> str:
    """The URL of a real Redis server; its database 15 is for tests."""
    import redis

    url = os.environ.get("DIENHONG_TEST_REDIS", "redis://127.0.0.1:6379/15")
    try:
        redis.Redis.from_url(url, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        _absent("redis", f"Redis does not answer at {url}: {error}")
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """First SQLite ("": the office's own file), then a PostgreSQL database."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
