"""A throw-away office for a benchmark or a fault test: its own home, database, server processes and deputies.

What is done in that office beside its server is in `tests.acts`, and in `tests.room` where it needs its own process.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from tests import tables

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A `dienhong serve` in its own processes."""

    started: ClassVar[list[Server]] = []

    def __init__(self, env: Mapping[str, str], *, port: int | None = None, options: tuple[str, ...] = ()) -> None:
        self.env = dict(env)
        self.port = port or free_port()
        self.options = options
        self.process: subprocess.Popen[bytes] | None = None
        self.log = Path(env["DIENHONG_HOME"]) / f"server-{self.port}.log"

    def command(self) -> list[str]:
        return [sys.executable, "-m", "dienhong", "serve", "--port", str(self.port), *self.options]

    def start(self, wait: float = 240.0) -> Server:
        with self.log.open("ab") as log:
            Server.started.append(self)
            self.process = subprocess.Popen(self.command(), cwd=ROOT, env=self.env, stdout=log, stderr=log)
        until = time.monotonic() + wait
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log.read_text()[-2000:]}")
            if self.health().get("ready"):
                return self
            time.sleep(0.05)
        raise RuntimeError(f"the server is not ready: {self.health()} {self.log.read_text()[-2000:]}")

    def health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            return dict(json.load(error))
        except OSError:
            return {}

    def memory(self) -> float:
        """What the server holds of the memory now, in MB."""
        assert self.process is not None
        rows = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return round(next(int(row.split()[1]) for row in rows if row.startswith("VmRSS")) / 1024, 1)

    def cpu(self) -> float:
        """How many seconds of a processor the server has used so far."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, wait: float = 15.0) -> int:
        """SIGTERM; gives back the exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(wait)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def environment(home: Path, database_url: str = "") -> dict[str, str]:
    """The environment of an office that lives in this folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DIENHONG_")}
    own = {"DIENHONG_HOME": str(home), "DIENHONG_DEMO": "1", "DJANGO_SETTINGS_MODULE": "dienhong.settings"}
    if database_url:
        own["DIENHONG_DATABASE_URL"] = database_url
    return {**kept, **own}


@contextlib.contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """A new database on this server, dropped afterwards; gives its URL. Raises psycopg.OperationalError.

    In a run of tests it holds the empty tables of an office.
    """
    import secrets

    import psycopg

    name = f"dienhong_test_{secrets.token_hex(6)}"
    head, _slash, tail = server.rpartition("/")
    query = "?" + tail.partition("?")[2] if "?" in tail else ""
    with psycopg.connect(server, autocommit=True, connect_timeout=3) as connection:
        template = tables.template(connection, f"{head}/{{}}{query}")
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING UTF8')
    try:
        yield f"{head}/{name}{query}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def machine() -> dict[str, Any]:
    """What this machine is, as far as figures depend on it."""
    model = "unknown"
    with contextlib.suppress(OSError):
        rows = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((row.partition(":")[2].strip() for row in rows if row.startswith("model name")), model)
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": [round(value, 2) for value in os.getloadavg()],
    }


@contextlib.contextmanager
def home() -> Iterator[Path]:
    """A folder for an office, removed afterwards; its servers end with it, also when the benchmark is told to end."""
    folder = Path(tempfile.mkdtemp(prefix="dienhong-bench-"))

    def clear_away() -> None:
        for server in Server.started:
            if server.process is not None and server.process.poll() is None:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)

    def told_to_end(_number: int, _frame: object) -> None:
        clear_away()
        os._exit(1)  # an event loop or a thread may be in the middle of something

    before = signal.signal(signal.SIGTERM, told_to_end)
    try:
        yield folder
    finally:
        signal.signal(signal.SIGTERM, before)
        clear_away()


def ready_django(env: Mapping[str, str]) -> None:
    """Make Django of this process work in that office, with its tables made. Once for a process."""
    os.environ.update({key: value for key, value in env.items() if key.startswith(("DIENHONG_", "DJANGO"))})
    import django

    django.setup()
    from django.core.management import call_command

    tables.lay_out(os.environ)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def let_go() -> None:
    """Close the connection to the database, so that it can be dropped."""
    from django.db import connection

    connection.close()


def print_each(module: str, words: list[str]) -> None:
    """Run this benchmark on one database after the other, each in a process of its own; print both as JSON."""
    rest = [word for n, word in enumerate(words) if word != "--backend" and (n == 0 or words[n - 1] != "--backend")]
    found = []
    for backend in ("sqlite", "postgres"):
        command = [sys.executable, "-m", module, "--backend", backend, *rest]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        found.append(json.loads(done.stdout))
    print(json.dumps(found, indent=2))
