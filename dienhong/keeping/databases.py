"""How each kind of database is copied while the office works, and put back while it stands still."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, transaction


class CannotKeep(Exception):
    """This database cannot be copied or put back here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds at one moment."""

    entries: int
    head: str
    tables: dict[str, int]
    migrations: list[str]


def contents() -> Contents:
    """What the office's own database holds now; inside a transaction that sees one moment."""
    with connection.cursor() as cursor:
        return _contents(cursor, sorted(connection.introspection.table_names(cursor)))


#: Tables that come and go by themselves: they say nothing of whether an office is whole.
PASSING = {"office_cache", "django_session"}


def _contents(cursor: Any, tables: list[str]) -> Contents:
    def all_of(sql: str) -> list[Any]:
        cursor.execute(sql)
        return list(cursor.fetchall())

    counts = {name: int(all_of(f'SELECT count(*) FROM "{name}"')[0][0]) for name in tables if name not in PASSING}
    entries, head = (all_of("SELECT number, hash FROM journal_head") or [(0, "")])[0]
    done = [f"{app}.{name}" for app, name in all_of("SELECT app, name FROM django_migrations ORDER BY app, name")]
    return Contents(int(entries), str(head), counts, done)


class Keeper(Protocol):
    """One kind of database."""

    engine: str

    def copy(self, out: Path) -> Contents:
        """Write a copy of one moment to `out` while the office goes on; say what it holds."""
        ...

    def empty(self) -> bool:
        """Whether there is nothing here that putting back could destroy."""
        ...

    def put_back(self, copy: Path) -> str:
        """Replace the database by this copy, whole or not at all. Gives back a note for the person, or ""."""
        ...


def keeper() -> Keeper:
    """The keeper of the office's own kind of database."""
    return Sqlite() if connection.vendor == "sqlite" else Postgres()


def has_entries() -> bool:
    """Whether this office has a journal with something in it."""
    with connection.cursor() as cursor:
        if "journal_head" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT coalesce(max(number), 0) FROM journal_head")
        return bool(cursor.fetchone()[0])


class Sqlite:
    """SQLite: copied by its online backup, put back by replacing the file."""

    engine = "sqlite"

    def path(self) -> Path:
        return Path(str(connection.settings_dict["NAME"]))

    def copy(self, out: Path) -> Contents:
        source = sqlite3.connect(f"file:{self.path()}?mode=ro", uri=True, timeout=60)
        copy = sqlite3.connect(out)
        with contextlib.closing(source), contextlib.closing(copy):
            source.backup(copy, pages=4096, sleep=0.01)
            copy.execute("PRAGMA journal_mode=DELETE")
            rows = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            return _contents(copy.cursor(), sorted(name for (name,) in rows))

    def empty(self) -> bool:
        path = self.path()
        return not path.exists() or not path.stat().st_size or not has_entries()

    def put_back(self, copy: Path) -> str:
        with contextlib.closing(sqlite3.connect(copy)) as database:
            found = [row[0] for row in database.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise CannotKeep(f"the database in the backup is damaged: {found[0]}")
        path = self.path()
        connection.close()
        path.parent.mkdir(parents=True, exist_ok=True)
        note = ""
        if path.exists() and path.stat().st_size:
            _stands_still(path)
            aside = path.with_name(f"{path.name}.before-{time.strftime('%Y%m%d-%H%M%S')}")
            path.replace(aside)
            note = f"the database that was here is kept as {aside}"
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        place = path.with_name(f".{path.name}.part")
        shutil.copyfile(copy, place)
        place.chmod(0o600)
        with place.open("rb") as written:
            os.fsync(written.fileno())
        place.replace(path)
        return note


def _stands_still(path: Path) -> None:
    """Bring the write-ahead log into the file. Raises CannotKeep while another process has the database open."""
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as database:
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("COMMIT")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        raise CannotKeep(f"{path} is in use: stop the office first ({error})") from error


class Postgres:
    """PostgreSQL: copied by pg_dump on an exported snapshot, put back by pg_restore in one transaction."""

    engine = "postgresql"

    def copy(self, out: Path) -> Contents:
        command = self._tool("pg_dump")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={out}"]
            self._run([command, *words, "--dbname", self._name()])
            return contents()

    def empty(self) -> bool:
        return not has_entries()

    def put_back(self, copy: Path) -> str:
        command = self._tool("pg_restore")
        connection.close()
        with self._alone():
            words = [
                "--clean",
                "--if-exists",
                "--no-owner",
                "--no-privileges",
                "--single-transaction",
                "--exit-on-error",
            ]
            self._run([command, *words, "--dbname", self._name(), str(copy)])
        return ""

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Raises CannotKeep while others are connected to the database: the office must stand still."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            others = cursor.fetchone()[0]
        connection.close()
        if others:
            raise CannotKeep(f"{others} others are connected to the database: stop the office first")
        yield

    def _name(self) -> str:
        return str(connection.settings_dict["NAME"])

    def _tool(self, name: str) -> str:
        found = shutil.which(name)
        if found is None:
            raise CannotKeep(f"{name} is not here. It comes with PostgreSQL's client package (postgresql-client)")
        return found

    def _run(self, command: list[str]) -> None:
        settings = connection.settings_dict
        environment = dict(os.environ)
        for variable, key in (("PGHOST", "HOST"), ("PGPORT", "PORT"), ("PGUSER", "USER"), ("PGPASSWORD", "PASSWORD")):
            if settings.get(key):
                environment[variable] = str(settings[key])
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["no reason given"]
            raise CannotKeep(f"{Path(command[0]).name}: {said[0]}")
