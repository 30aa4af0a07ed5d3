"""How fast the figures and claims of a year come. Prints JSON; run as `python -m tests.benchmarks.claims`.

The public record is loaded, and beside it bulk rows: dossiers, Standing Committee meetings of years long past, and the
tasks of the five years of a term, so that the shelf holds as much as a term of work does. Whoever asks sees all lines.
Cold: a process that has read nothing yet.
Warm: the same asked again. `equal` holds SQLite and PostgreSQL against each other, value by value and claim by claim.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.office import environment, home, machine, postgres_database, ready_django

ROOT = Path(__file__).resolve().parents[2]
TARGETS = {"cold_ms": 2000, "warm_ms": 200}
CODES = ("2023", "2025", "XV", "XIV", "XV-10", "2023-Q4", "2023-11", "2021/XV")
TODAY = dt.date(2023, 11, 24)
SIGHT = frozenset({"administration", "party", "union", "texts"})
YEARS = range(2021, 2026)  # of the tasks


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


def fill(meetings: int, dossiers: int) -> None:
    """Bulk rows beside the record: they are in the tables that figures read, and in none of the scopes asked for."""
    from dienhong.meetings.models import Meeting
    from dienhong.people.models import Body
    from dienhong.work.models import Dossier

    body = Body.objects.order_by("pk").first()
    assert body is not None
    day = dt.date(1990, 1, 1)
    Meeting.objects.bulk_create(
        [
            Meeting(body=body, kind="sc_regular", title=f"Phiên họp {n}", number=str(n), year=1990 + n % 20, since=day,
                    state="closed", mark="S")
            for n in range(meetings)
        ],
        batch_size=1000,
    )  # fmt: skip
    Dossier.objects.bulk_create(
        [
            Dossier(code=f"B{n}", kind="other", title=f"Hồ sơ {n}", folded=f"ho so {n}", mark="S")
            for n in range(dossiers)
        ],
        batch_size=1000,
    )


def fill_tasks(count: int) -> None:
    """So many tasks over the years of a term, due on every day of them, most done, one in twenty put off once."""
    from dienhong.work.models import Extension, Programme, Task

    chance = random.Random(11)
    tasks = []
    for year in YEARS:
        programme = Programme.objects.create(
            code=f"bench-{year}", year=year, line="administration", title=f"Chương trình công tác năm {year}",
            state="adopted", adopted_on=dt.date(year, 1, 3), basis="QĐ", mark="S",
        )  # fmt: skip
        for n in range(count // len(YEARS)):
            due = dt.date(year, 1, 15) + dt.timedelta(days=chance.randrange(350))
            done = due + dt.timedelta(days=chance.randint(-20, 15)) if chance.random() < 0.9 else None
            done = done if done and done <= TODAY else None
            tasks.append(
                Task(programme=programme, line="administration", number=f"{n}", code=f"bench-{year}/{n}",
                     place=f"{n:05}", title=f"Nhiệm vụ số {n} năm {year}", folded=f"nhiem vu so {n}", due=due,
                     first_due=due, key=n % 40 == 0, assigned_on=dt.date(year, 1, 5), started_on=done,
                     reported_on=done, confirmed_on=done)
            )  # fmt: skip
    Task.objects.bulk_create(tasks, batch_size=1000)
    Extension.objects.bulk_create(
        [
            Extension(task=task, day=task.first_due, due_before=task.first_due, rule_before="", due_after=task.due,
                      rule_after="", reason="Chờ ý kiến")
            for task in tasks[::20]
        ],
        batch_size=1000,
    )  # fmt: skip


def load(meetings: int, dossiers: int, tasks: int = 0) -> None:
    """The public record and the bulk rows."""
    from dienhong.demo.public_record import load_record
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper

    load_record(actor=keeper("bench"), at=clock.now())
    fill(meetings, dossiers)
    if tasks:
        fill_tasks(tasks)


def measure() -> dict[str, Any]:
    """Cold and warm milliseconds of the figures and claims of 2023, and a digest of all answers."""
    from django.db import connection
    from django.utils import translation

    from dienhong.records.claims.proposing import propose
    from dienhong.records.claims.telling import proof, sentence
    from dienhong.records.figures import figures
    from dienhong.records.rules import year_scope
    from dienhong.records.shelf import head, shelf

    connection.ensure_connection()
    times = []
    with translation.override("vi"):
        for _ in range(6):
            began = time.perf_counter()
            count = len(figures(year_scope(2023), TODAY, SIGHT))
            claims = propose(year_scope(2023), TODAY, sight=SIGHT)
            for one in claims:
                sentence(one.claim, shelf(head()))
                proof(one.claim, shelf(head()))
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


def child(act: str, env: dict[str, str], *arguments: str) -> dict[str, Any]:
    """Do this in a process of its own, in that office; its answer."""
    command = [sys.executable, "-m", "tests.benchmarks.claims", "--child", act, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def of_backend(url: str, folder: Path, meetings: int, dossiers: int, tasks: int) -> dict[str, Any]:
    """One office on one database: filled, then measured by a process that has read nothing."""
    env = environment(folder, url)
    child("load", env, "--meetings", str(meetings), "--dossiers", str(dossiers), "--tasks", str(tasks))
    return child("measure", env)


def main() -> None:
    """Measure, and hold the databases against each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backend", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--postgres", default="postgresql://postgres@127.0.0.1:5432/postgres")
    parser.add_argument("--meetings", type=int, default=5000)
    parser.add_argument("--dossiers", type=int, default=50000)
    parser.add_argument("--tasks", type=int, default=20000)
    parser.add_argument("--child", choices=["load", "measure"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        ready_django(os.environ)
        if asked.child == "load":
            load(asked.meetings, asked.dossiers, asked.tasks)
        print(json.dumps(measure() if asked.child == "measure" else {"loaded": True}))
        return
    rows = []
    with home() as folder:
        if asked.backend in {"sqlite", "both"}:
            rows.append(of_backend("", folder, asked.meetings, asked.dossiers, asked.tasks))
        if asked.backend in {"postgres", "both"}:
            with postgres_database(asked.postgres) as url:
                rows.append(of_backend(url, folder, asked.meetings, asked.dossiers, asked.tasks))
    equal = len({row["digest"] for row in rows}) == 1
    print(json.dumps({"machine": machine(), "rows": rows, "equal": equal, "targets": TARGETS}, indent=2))


if __name__ == "__main__":
    main()
