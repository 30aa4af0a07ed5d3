"""`dienhong migrate` and `dienhong serve`."""

from __future__ import annotations

import contextlib
import os
import resource
import socket

import click

from dienhong.cli import Fault
from dienhong.commands import open_office


@click.command()
def migrate() -> None:
    """Make or upgrade the tables of the office."""
    open_office()
    from django.conf import settings
    from django.core.management import call_command
    from django.db.utils import DatabaseError

    settings.HOME.mkdir(parents=True, exist_ok=True)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        raise Fault(f"the database cannot be made ready: {error}") from error


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fd", type=int, help="Serve on this inherited socket instead (systemd).")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes (PostgreSQL only)."
)
def serve(host: str, port: int, fd: int | None, workers: int) -> None:
    """Serve the office: pages, event stream and ballots, in one process, or in several on PostgreSQL.

    SIGTERM ends it in order: what was pressed is written and answered, event streams end and their pages come back.
    """
    open_office()
    import uvicorn
    from django.db import connection

    if workers > 1 and connection.vendor != "postgresql":
        raise Fault(
            "several processes need PostgreSQL: SQLite lets one process write at a time, and a ballot would wait for "
            "another process's commit. Set DIENHONG_DATABASE_URL, or leave --workers out."
        )

    raise_open_files()
    if fd is None:
        _check_free(host, port)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dienhong.settings"
    uvicorn.run(
        "dienhong.asgi:application",
        host=host,
        port=port,
        fd=fd,
        log_level="warning",
        access_log=False,
        log_config=None,  # one format for all lines: settings.LOGGING
        server_header=False,
        proxy_headers=False,
        workers=workers,
        timeout_keep_alive=75,  # longer than a proxy keeps its own, so that it never sends into a closing connection
        timeout_graceful_shutdown=10,
        backlog=4096,
    )


def raise_open_files() -> None:
    """Allow as many open streams as the machine permits: each page of the hall keeps one."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536) if hard > 0 else 65536, hard))


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Fault(f"cannot serve on {host}:{port}: {error.strerror}. Choose another with --port.") from error
