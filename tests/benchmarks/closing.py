"""Closing and declaring a vote of many seats, in which each deputy has pressed several times.

`python -m tests.benchmarks.closing [--backend sqlite|postgres|both] [--seats 2000] [--presses 2]` prints JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from typing import Any

from tests import acts, office


def measure(url: str, seats: int, presses: int, rounds: int) -> list[dict[str, Any]]:
    """Fill the box, close it, declare; so many times."""
    with office.home() as folder:
        office.ready_django(office.environment(folder, url))
        from dienhong.foundation import clock
        from dienhong.polls.casting import Press, cast_ballots
        from dienhong.polls.models import Elector

        assembly = acts.seat_deputies(seats)
        found = []
        for number in range(rounds):
            poll = acts.open_vote(assembly)
            persons = list(Elector.objects.filter(poll_id=poll).values_list("person_id", flat=True))
            for again in range(presses):
                choice = ("for", "against", "not_voting")[again % 3]
                batch = [Press(poll, person, choice, f"close-{number}-{again}-{person}") for person in persons]
                cast_ballots(presses=batch, at=clock.now())
            found.append(acts.close_and_declare(poll))
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--backend", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--seats", type=int, default=2000)
    parser.add_argument("--presses", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--postgres", default="postgresql://postgres@127.0.0.1:5432/postgres")
    given = parser.parse_args()
    if given.backend == "both":
        office.print_each("tests.benchmarks.closing", sys.argv[1:])
        return
    context: Any = contextlib.nullcontext("")
    if given.backend == "postgres":
        context = office.postgres_database(given.postgres)
    before = office.machine()
    with context as url:
        found = measure(url, given.seats, given.presses, given.rounds)
        office.let_go()
    slowest = max(row["close_ms"] + row["declare_ms"] for row in found)
    met = {"close and declare below 200 ms": slowest < 200}
    print(
        json.dumps(
            {
                "backend": given.backend,
                "machine": before,
                "seats": given.seats,
                "ballots": given.seats * given.presses,
                "rounds": found,
                "slowest_ms": round(slowest, 1),
                "met": met,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
