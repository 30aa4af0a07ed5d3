"""The empty tables of an office, made once and copied wherever a test needs an office of its own.

Making them takes seven seconds of a processor, and a hundred tests need them. On SQLite they are kept in `.cache` from
one run to the next, named by what decides them; on PostgreSQL they are a database that lasts for one run.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "office.sqlite3"  # of an office in a folder, without another address
MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # where Django puts the database of tests on SQLite
RUN = "OFFICE_TABLES"  # names the tables of this run on PostgreSQL, to every process of it


# -- SQLite -----------------------------------------------------------------------------------------------------------


@cache
def kept() -> Path:
    """Where the empty tables of SQLite are kept; the name changes with migrations, their guards and the packages."""
    made_from = hashlib.sha256()
    written = [ROOT / "requirements-dev.lock", ROOT / "dienhong" / "foundation" / "guards.py"]
    for path in [*written, *sorted((ROOT / "dienhong").rglob("migrations/*.py"))]:
        made_from.update(path.read_bytes())
    return ROOT / ".cache" / f"tables-{made_from.hexdigest()[:16]}.sqlite3"


def made() -> Path:
    """The empty tables of SQLite; the first who asks makes them, and the others wait."""
    kept().parent.mkdir(exist_ok=True)
    with kept().parent.joinpath("tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept().exists():
            with tempfile.TemporaryDirectory(prefix="dienhong-tables-") as home:
                migrate(Path(home))
                whole = kept().with_suffix(".making")
                whole.unlink(missing_ok=True)
                with contextlib.closing(sqlite3.connect(Path(home) / DATABASE)) as connection:
                    connection.execute("VACUUM INTO ?", [str(whole)])
            for old in kept().parent.glob("tables-*.sqlite3"):
                old.unlink(missing_ok=True)
            whole.rename(kept())
    return kept()


def lay_out(env: Mapping[str, str]) -> None:
    """Put the empty tables into this office, where it is a new one on SQLite."""
    there = Path(env["DIENHONG_HOME"]) / DATABASE
    if not env.get("DIENHONG_DATABASE_URL") and not there.exists():
        there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(made(), there)


@contextlib.contextmanager
def held_in_memory() -> Iterator[None]:
    """The empty tables in the memory of this process, where Django finds them and nothing to migrate."""
    with contextlib.closing(sqlite3.connect(MEMORY, uri=True)) as memory:
        with contextlib.closing(sqlite3.connect(made())) as file:
            file.backup(memory)
        yield


# -- PostgreSQL -------------------------------------------------------------------------------------------------------


def begin_run() -> None:
    """Name the tables of this run, before its workers start."""
    os.environ[RUN] = f"dienhong_tables_{secrets.token_hex(6)}"


def end_run(server: str) -> None:
    """Take the tables of this run from the server."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{os.environ[RUN]}" WITH (FORCE)')


def template(connection: psycopg.Connection[Any], url_of: str) -> str:
    """The database that holds the empty tables of this run, made by the first who asks. `url_of`: an address with {}.

    Without a run (a benchmark): one that holds nothing.
    """
    name = os.environ.get(RUN, "")
    if not name:
        return "template0"
    connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
    try:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not there:
            making = f"{name}_making"
            connection.execute(f'CREATE DATABASE "{making}" TEMPLATE template0 ENCODING UTF8')
            with tempfile.TemporaryDirectory(prefix="dienhong-tables-") as home:
                migrate(Path(home), url_of.format(making))
            connection.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    finally:
        connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])
    return name


def migrate(home: Path, url: str = "") -> None:
    """Make the tables of the office in this folder, in a process of its own."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("DIENHONG_", "DJANGO_"))}
    env |= {"DIENHONG_HOME": str(home), "DIENHONG_DATABASE_URL": url}
    command = [sys.executable, "-m", "dienhong", "migrate"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the tables could not be made: {done.stderr[-2000:]}")
