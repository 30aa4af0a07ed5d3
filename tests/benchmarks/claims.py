"""How fast the figures and claims of a year come. Prints JSON; run as `python -m tests.benchmarks.claims`.

In the office of a whole term (`term_office`), for somebody who sees all lines. Cold: a process that has read nothing
yet. Warm: the same asked again. `equal` holds SQLite and PostgreSQL against each other, value by value and claim by
claim; null when only one was asked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
import time
from typing import Any

from tests.benchmarks.term_office import child, on_each, options
from tests.office import ready_django

TARGETS = {"cold_ms": 2000, "warm_ms": 200}
CODES = ("2023", "2025", "XV", "XIV", "XV-10", "2023-Q4", "2023-11", "2021/XV")
TODAY = dt.date(2023, 11, 24)
SIGHT = frozenset({"administration", "party", "union", "texts"})


def answers(codes: tuple[str, ...] = CODES) -> dict[str, Any]:
    """All figures and claims of these scopes as plain values: what two databases must agree on."""
    from dienhong.records.claims.checking import Desk
    from dienhong.records.claims.giving import as_json
    from dienhong.records.claims.proposing import propose
    from dienhong.records.figures import figures

    desk = Desk(TODAY, sight=SIGHT)
    found: dict[str, Any] = {}
    for code in codes:
        scope = desk.scope(code)
        found[code] = {
            "figures": [figure.as_json() for figure in figures(scope, TODAY, SIGHT)],
            "claims": [as_json(p.claim, desk, weight=p.weight, rows=False) for p in propose(scope, TODAY, sight=SIGHT)],
        }
    return found


def measure() -> dict[str, Any]:
    """Cold and warm milliseconds of the figures and claims of 2023, and a digest of all answers."""
    from django.db import connection
    from django.utils import translation

    from dienhong.records.claims.proposing import propose
    from dienhong.records.claims.telling import proof, sentence
    from dienhong.records.figures import figures
    from dienhong.records.rules import year_scope
    from dienhong.records.shelf import shelf

    connection.ensure_connection()
    times = []
    with translation.override("vi"):
        for _ in range(6):
            began = time.perf_counter()
            count = len(figures(year_scope(2023), TODAY, SIGHT))
            claims = propose(year_scope(2023), TODAY, sight=SIGHT)
            for one in claims:
                sentence(one.claim, shelf())
                proof(one.claim, shelf())
            times.append(round(1000 * (time.perf_counter() - began), 1))
    found = json.dumps(answers(), ensure_ascii=False, sort_keys=True)
    return {
        "backend": connection.vendor,
        "figures": count,
        "claims": len(claims),
        "cold_ms": times[0],
        "warm_ms": max(times[1:]),
        "digest": hashlib.sha256(found.encode()).hexdigest(),
        "met": {"cold_ms": times[0] < TARGETS["cold_ms"], "warm_ms": max(times[1:]) < TARGETS["warm_ms"]},
    }


def main() -> None:
    """Measure in the office of a term, and hold the databases against each other."""
    if sys.argv[1:] == ["--measure"]:
        ready_django(os.environ)
        print(json.dumps(measure()))
        return
    asked = options(__doc__).parse_args()
    rows = on_each(asked, lambda env: child("tests.benchmarks.claims", env, "--measure"))
    equal = len({row["digest"] for row in rows}) == 1 if len(rows) > 1 else None
    print(json.dumps({"rows": rows, "equal": equal, "targets": TARGETS}, indent=2))


if __name__ == "__main__":
    main()
