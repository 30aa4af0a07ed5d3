"""Where ballots could lie: the table of the office's database, a SQLite file of their own, or a bare append-only file.

`python -m tests.benchmarks.boxes [--backend sqlite|postgres|both]` prints JSON: for groups of one size, what a durable
group costs in the process (CPU) and in all (wall), in milliseconds. The decision that rests on it is
docs/decisions/0003-ballot-box.md.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests import acts, office

GROUPS = (1, 25, 100, 500)
Row = tuple[int, int, str, str]


def cost(
    write: Callable[[Sequence[Row]], object], poll: int, persons: Sequence[int], seconds: float
) -> list[dict[str, Any]]:
    """What one group of each size costs."""
    found = []
    for size in GROUPS:
        groups = 0
        began, cpu = time.perf_counter(), time.process_time()
        while time.perf_counter() - began < seconds:
            write([(poll, persons[n % len(persons)], "for", f"g{size:04}-{groups:07}-{n:04}") for n in range(size)])
            groups += 1
        found.append(
            {
                "ballots_in_group": size,
                "wall_ms": round(1000 * (time.perf_counter() - began) / groups, 2),
                "cpu_ms": round(1000 * (time.process_time() - cpu) / groups, 2),
            }
        )
    return found


def measure(url: str, seconds: float) -> dict[str, Any]:
    with office.home() as folder:
        office.ready_django(office.environment(folder, url))
        from dienhong.foundation import clock
        from dienhong.polls.casting import Electors, Press, cast_ballots
        from dienhong.polls.models import Elector

        poll = acts.open_vote(acts.seat_deputies(500))
        persons = list(Elector.objects.filter(poll_id=poll).values_list("person_id", flat=True))
        electors = Electors()
        found = {
            "table of the office (permit, lock, decide, write)": cost(
                lambda rows: cast_ballots(presses=[Press(*row) for row in rows], at=clock.now(), electors=electors),
                poll,
                persons,
                seconds,
            )
        }
        if not url:
            found["SQLite file of its own (write only)"] = cost(own_file(folder), poll, persons, seconds)
            found["bare append-only file (write only)"] = cost(bare_file(folder), poll, persons, seconds)
        return found


def own_file(folder: Path) -> Callable[[Sequence[Row]], object]:
    database = sqlite3.connect(folder / "box.sqlite3", isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE ballot (id INTEGER PRIMARY KEY, poll INT, person INT, choice TEXT, key TEXT);"
        "CREATE UNIQUE INDEX one_ballot_a_press ON ballot (poll, person, key)"
    )

    def write(rows: Sequence[Row]) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT OR IGNORE INTO ballot (poll, person, choice, key) VALUES (?, ?, ?, ?)", rows)
        database.execute("COMMIT")

    return write


def bare_file(folder: Path) -> Callable[[Sequence[Row]], object]:
    handle = os.open(folder / "box.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(rows: Sequence[Row]) -> None:
        os.write(
            handle, b"".join(f"{poll}\t{person}\t{choice}\t{key}\n".encode() for poll, person, choice, key in rows)
        )
        os.fdatasync(handle)

    return write


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--backend", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--postgres", default="postgresql://postgres@127.0.0.1:5432/postgres")
    given = parser.parse_args()
    if given.backend == "both":
        office.print_each("tests.benchmarks.boxes", sys.argv[1:])
        return
    context: Any = contextlib.nullcontext("")
    if given.backend == "postgres":
        context = office.postgres_database(given.postgres)
    before = office.machine()
    with context as url:
        found = measure(url, given.seconds)
        office.let_go()
    print(json.dumps({"backend": given.backend, "machine": before, "found": found}, indent=2))


if __name__ == "__main__":
    main()
