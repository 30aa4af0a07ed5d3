"""The office of a whole term for the benchmarks, made once and copied for each run.

    python -m tests.benchmarks.term_office [--backend sqlite|postgres|both] [--forget]

The demonstration with 20,000 tasks, 5,000 meetings, 50,000 documents and their entries in the journal (`term_rows`).
It is kept as a template under `.cache/term-office` and as a database `dienhong_term_…`, named by what it is made from:
the tables, the demonstration, the rows. Any of these changed, it is made anew. `--forget` removes what is kept.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.office import ROOT, environment, home, machine, ready_django

KEPT = ROOT / ".cache" / "term-office"
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


@dataclass(frozen=True, slots=True)
class Size:
    """How much a term holds."""

    tasks: int = 20_000
    meetings: int = 5_000
    documents: int = 50_000  # half of them dossiers, half texts of the library


FULL = Size()


def name_of(size: Size) -> str:
    """The name of the template: it changes with the tables, the demonstration and the rows."""
    found = hashlib.sha256(json.dumps([str(ROOT), asdict(size)]).encode())
    package = ROOT / "dienhong"
    files = [*package.glob("**/migrations/*.py"), *package.glob("**/models.py"), *(package / "demo").rglob("*.*")]
    for path in sorted({*files, Path(__file__), Path(__file__).with_name("term_rows.py")}):
        if path.suffix in {".py", ".csv", ".toml", ".txt"} and "tests" not in path.relative_to(ROOT).parts[1:-1]:
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def at_server(server: str, *statements: str) -> list[Any]:
    """Say this to a PostgreSQL server, outside transactions; the rows of the last statement."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        for words in statements:
            cursor = connection.execute(words)
        return cursor.fetchall() if cursor.description else []


def url_of(server: str, database: str) -> str:
    """The address of a database of this server."""
    head, _slash, tail = server.rpartition("/")
    return f"{head}/{database}" + ("?" + tail.partition("?")[2] if "?" in tail else "")


def child(module: str, env: dict[str, str], *words: str) -> dict[str, Any]:
    """Run a module in a process of its own in that office; the JSON of its last line."""
    quiet = {**env, "DIENHONG_LOG_LEVEL": "WARNING"}
    done = subprocess.run(
        [sys.executable, "-m", module, *words], cwd=ROOT, env=quiet, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(words)} ended with {done.returncode}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def template_on_sqlite(size: Size) -> Path:
    """The folder of the template on SQLite; made when it is not there."""
    folder = KEPT / f"sqlite-{name_of(size)}"
    if not folder.is_dir():
        making = folder.with_suffix(f".{os.getpid()}")
        child("tests.benchmarks.term_office", environment(making), "--fill", json.dumps(asdict(size)))
        making.rename(folder)
    return folder


def template_on_postgres(size: Size, server: str) -> tuple[Path, str]:
    """The folder and the database of the template on PostgreSQL; made when they are not there."""
    folder, name = KEPT / f"postgres-{name_of(size)}", f"dienhong_term_{name_of(size)}"
    there = at_server(server, f"SELECT 1 FROM pg_database WHERE datname = '{name}'")
    if not there or not folder.is_dir():
        making, begun = folder.with_suffix(f".{os.getpid()}"), f"{name}_{os.getpid()}"
        at_server(
            server,
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{begun}" TEMPLATE template0 ENCODING UTF8',
        )
        env = environment(making, url_of(server, begun))
        child("tests.benchmarks.term_office", env, "--fill", json.dumps(asdict(size)))
        shutil.rmtree(folder, ignore_errors=True)
        making.rename(folder)
        at_server(server, f'ALTER DATABASE "{begun}" RENAME TO "{name}"')
    return folder, name


@contextlib.contextmanager
def term_office(backend: str, server: str = SERVER, size: Size = FULL) -> Iterator[dict[str, str]]:
    """A copy of the office of a term, gone afterwards; gives the environment in which it is open."""
    with home() as folder:
        inside = folder / "office"
        if backend == "sqlite":
            shutil.copytree(template_on_sqlite(size), inside)
            yield environment(inside)
            return
        template, name = template_on_postgres(size, server)
        shutil.copytree(template, inside)
        copy = f"{name}_copy_{os.getpid()}"
        at_server(server, f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        try:
            yield environment(inside, url_of(server, copy))
        finally:
            at_server(server, f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def make() -> dict[str, Any]:
    """Fill the office of this process; how long it took."""
    size = Size(**json.loads(sys.argv[2]))
    began = time.perf_counter()
    ready_django(os.environ)
    from django.db import connection

    from dienhong.demo.loading import load_demonstration
    from dienhong.foundation.access.actor import keeper
    from tests.benchmarks import term_rows

    load_demonstration(actor=keeper("bench"))
    loaded = time.perf_counter()
    found = term_rows.fill(size)
    with connection.cursor() as cursor:  # what the server's own housekeeping would have done in a term
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    ended = time.perf_counter()
    return {**found, "demonstration_s": round(loaded - began, 1), "rows_s": round(ended - loaded, 1)}


def forget(server: str) -> None:
    """Remove the templates that this checkout has kept."""
    if KEPT.is_dir():
        names = [folder.name.removeprefix("postgres-") for folder in KEPT.glob("postgres-*")]
        for name in names:
            at_server(server, f'DROP DATABASE IF EXISTS "dienhong_term_{name.partition(".")[0]}" WITH (FORCE)')
        shutil.rmtree(KEPT)


def options(words: str | None) -> argparse.ArgumentParser:
    """What every benchmark of the term's office may be asked: the database, its server, how much of a term."""
    parser = argparse.ArgumentParser(description=(words or "").splitlines()[0])
    parser.add_argument("--backend", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--postgres", default=SERVER)
    parser.add_argument("--part", type=float, default=1.0, help="what part of a term's rows; 1 is the whole")
    return parser


def size_of(part: float) -> Size:
    """So much of a whole term."""
    return Size(*(max(10, round(part * number)) for number in asdict(FULL).values()))


def on_each(asked: argparse.Namespace, measure: Callable[[dict[str, str]], dict[str, Any]]) -> list[dict[str, Any]]:
    """Measure in a copy of the office on each database asked for, one after the other."""
    found = []
    for backend in ("sqlite", "postgres") if asked.backend == "both" else (asked.backend,):
        with term_office(backend, asked.postgres, size_of(asked.part)) as env:
            found.append({"backend": backend, "machine": machine(), **measure(env)})
    return found


def main() -> None:
    """Make the templates, or forget them."""
    if sys.argv[1:2] == ["--fill"]:
        print(json.dumps(make()))
        return
    parser = options(__doc__)
    parser.add_argument("--forget", action="store_true", help="remove the templates kept")
    asked = parser.parse_args()
    if asked.forget:
        forget(asked.postgres)
        return
    began = time.perf_counter()
    on_each(asked, lambda env: {})
    print(json.dumps({"machine": machine(), "seconds": round(time.perf_counter() - began, 1)}))


if __name__ == "__main__":
    main()
