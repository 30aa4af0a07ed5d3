"""`dienhong check`: is this office fit for work? Settings, parts within reach, permissions of files."""

from __future__ import annotations

import shutil
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal
from urllib.parse import urlsplit

import click

from dienhong.commands import open_office, print_json

State = Literal["ok", "note", "bad"]
GIGABYTE = 1024**3


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found: `bad` must be mended, `note` should be known."""

    part: str
    state: State
    words: str


@click.command()
@click.option("--production", is_flag=True, help="Be strict: what is a note for a trial is bad for a real office.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(production: bool, as_json: bool) -> None:
    """Check that this office is fit for work; exit status 1 when something must be mended."""
    open_office()
    found = [_strict(one) if production else one for one in run()]
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        for one in found:
            click.echo(f"{one.state:<5} {one.part:<11} {one.words}", err=one.state == "bad")
    sys.exit(1 if any(one.state == "bad" for one in found) else 0)


def _strict(one: Found) -> Found:
    return Found(one.part, "bad", one.words) if one.state == "note" and one.part in STRICT else one


#: Parts whose notes are faults in production.
STRICT = {"demo", "debug", "address", "hosts", "key", "home", "letters"}


def run() -> Iterator[Found]:
    """Every check, one after another; one that breaks is itself a finding."""
    for part, one in CHECKS:
        try:
            yield from one()
        except Exception as error:
            yield Found(part, "bad", f"{type(error).__name__}: {error}")


def _settings() -> Iterator[Found]:
    from django.conf import settings

    from dienhong.settings import env

    yield Found("demo", "note", "personas and the time machine are on") if settings.DEMO else Found("demo", "ok", "off")
    yield Found("debug", "note", "on: faults show their insides") if settings.DEBUG else Found("debug", "ok", "off")
    secure = settings.BASE_URL.startswith("https://")
    yield Found("address", "ok" if secure else "note", settings.BASE_URL + ("" if secure else " is not https"))
    host = urlsplit(settings.BASE_URL).hostname
    if "*" in settings.ALLOWED_HOSTS:
        yield Found("hosts", "note", "DIENHONG_HOSTS allows every name")
    elif host not in {name.strip("[]") for name in settings.ALLOWED_HOSTS}:
        yield Found("hosts", "bad", f"{host} of DIENHONG_BASE_URL is not in DIENHONG_HOSTS")
    else:
        yield Found("hosts", "ok", ", ".join(settings.ALLOWED_HOSTS))
    if len(settings.SECRET_KEY) < 32:
        yield Found("key", "bad", "DIENHONG_SECRET_KEY is shorter than 32 characters")
    else:
        kept = "from the environment" if env("SECRET_KEY") else f"kept in {settings.HOME / 'secret'}"
        yield Found("key", "ok", kept)


def _home() -> Iterator[Found]:
    from django.conf import settings

    for path in (settings.HOME, settings.HOME / "secret"):
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Found("home", "note", f"{path} can be read by others: chmod go= {path}")
    free = shutil.disk_usage(settings.HOME if settings.HOME.exists() else "/").free
    yield Found("disk", "ok" if free > GIGABYTE else "bad", f"{free / GIGABYTE:.1f} GB free")


def _database() -> Iterator[Found]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    version = ".".join(str(part) for part in connection.get_database_version())
    yield Found("database", "ok", f"{connection.vendor} {version}")
    if connection.vendor == "postgresql" and connection.get_database_version() < (15,):
        yield Found("database", "bad", "PostgreSQL 15 or later is needed")
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield Found("tables", "bad", f"{len(waiting)} migrations wait: dienhong migrate")
        return
    yield Found("tables", "ok", "as the program wants them")
    from dienhong.foundation.journal.models import Head

    head = Head.objects.filter(pk=1).first()
    yield Found("journal", "ok" if head else "bad", f"{head.number} entries" if head else "has no head")


def _cache() -> Iterator[Found]:
    from django.conf import settings
    from django.core.cache import cache

    cache.set("dienhong.check", "1", 10)
    good = cache.get("dienhong.check") == "1"
    yield Found("cache", "ok" if good else "bad", "Redis" if settings.REDIS_URL else "in the database")


def _files() -> Iterator[Found]:
    import io

    from dienhong.foundation import files
    from dienhong.foundation.files.store import check as check_file

    name = files.store().put(io.BytesIO(b"dienhong check\n"))
    check_file(files.store(), name)
    yield Found("files", "ok", "written and read back")


def _rulebook() -> Iterator[Found]:
    from dienhong.foundation import rulebook

    lines = rulebook.book().lines
    unsure = sum(line.mark in {"M", "?"} for line in lines)
    yield Found("rulebook", "ok", f"{len(lines)} lines, {unsure} of them not read in a source")


def _mail() -> Iterator[Found]:
    from django.conf import settings

    if not settings.EMAIL_URL:
        yield Found("mail", "note", "none: forgotten passwords need an invitation by the keeper")
        return
    from django.core.mail import get_connection

    connection = get_connection()
    connection.open()
    connection.close()
    yield Found("mail", "ok", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} answers")


def _letters() -> Iterator[Found]:
    from django.conf import settings

    from dienhong.foundation import clock
    from dienhong.foundation.letters import queries

    standing = queries.standing()
    words = f"{standing.waiting} wait"
    if standing.oldest is not None:
        words += f", the oldest since {standing.oldest.astimezone(clock.zone()):%H:%M %d/%m/%Y}"
    words += f": {standing.fault}" if standing.fault else ""
    late = standing.late(clock.now(), settings.MAIL_LATE)
    stuck = standing.waiting and not settings.EMAIL_URL
    yield Found("letters", "note" if late or stuck else "ok", words)
    if standing.failed:
        yield Found("undelivered", "note", f"{standing.failed} letters failed for good: see the page of the outbox")


def _provider() -> Iterator[Found]:
    from django.conf import settings

    if not settings.OIDC_ISSUER:
        yield Found("sign-on", "ok", "none: accounts sign in here")
        return
    parts = urlsplit(settings.OIDC_ISSUER)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    with socket.create_connection((parts.hostname or "", port), timeout=5):
        yield Found("sign-on", "ok", f"{settings.OIDC_ISSUER} answers")


CHECKS: tuple[tuple[str, Callable[[], Iterator[Found]]], ...] = (
    ("settings", _settings),
    ("home", _home),
    ("database", _database),
    ("cache", _cache),
    ("files", _files),
    ("rulebook", _rulebook),
    ("mail", _mail),
    ("letters", _letters),
    ("sign-on", _provider),
)
