"""How many acts a second the journal takes, and what the rows of topics cost of it, in the office of a whole term.

    python -m tests.benchmarks.journal [--backend sqlite|postgres|both] [--entries 1000] [--rounds 5] [--part 1]

`record()` of one kind of entry with three topics: each in a transaction of its own, durable before the next one, and
all in one transaction. Rounds with and without the rows of topics take turns in the same office, so that both meet the
same journal and the same load; without them `record` is what it was before there were such rows. Prints JSON: entries
a second by the wall, and microseconds of the processor of this process for each; the median of the rounds.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Any
from unittest.mock import patch

from tests.benchmarks.term_office import child, on_each, options
from tests.office import ready_django

WAYS = ("each in a transaction", "all in one transaction")


@contextlib.contextmanager
def topics(listed: bool) -> Iterator[None]:
    """With the rows of topics, or as if there were none."""
    if listed:
        yield
        return
    with patch("dienhong.foundation.journal.actions._list_under", lambda _topics, _number: None):
        yield


def write(way: str, entries: int) -> tuple[float, float]:
    """So many entries: how many a second, and microseconds of the processor for each."""
    from django.db import transaction

    from dienhong.demo.cast import at_eight
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.journal.actions import record
    from dienhong.work.events import TaskStarted

    by, at = keeper("bench"), at_eight()
    wall, cpu = time.perf_counter(), time.process_time()
    with transaction.atomic() if way == WAYS[1] else contextlib.nullcontext():
        for n in range(entries):
            with transaction.atomic():
                record(TaskStarted(n + 1), actor=by, at=at)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return entries / wall, cpu / entries * 1e6


def measure(entries: int, rounds: int) -> dict[str, Any]:
    """Rounds with and without rows of topics, in turns."""
    ready_django(os.environ)
    from dienhong.foundation.journal.models import Head

    found: dict[str, dict[str, Any]] = {}
    for way in WAYS:
        taken: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
        for n in range(2 * rounds):
            with topics(listed=n % 2 == 0):
                taken[n % 2 == 0].append(write(way, entries))
        for listed, rows in taken.items():
            found[f"{way}, {'with' if listed else 'without'} topics"] = {
                "a_second": round(median(row[0] for row in rows)),
                "cpu_us": round(median(row[1] for row in rows)),
            }
    return {"load": os.getloadavg()[0], "entries": Head.objects.get(pk=1).number, **found}


def main() -> None:
    """Measure on each database and print."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(int(sys.argv[2]), int(sys.argv[3]))))
        return
    parser = options(__doc__)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    words = ("--measure", str(asked.entries), str(asked.rounds))
    rows = on_each(asked, lambda env: child("tests.benchmarks.journal", env, *words))
    print(json.dumps(rows, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
