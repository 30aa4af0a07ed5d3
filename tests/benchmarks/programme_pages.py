"""The pages of the programme desk with a term's 20,000 tasks in the office.

`python -m tests.benchmarks.programme_pages [--tasks 20000] [--times 20] [--postgres URL]` prints JSON: milliseconds a
page, p50 and p95, measured at Django's door in one process, on SQLite or in an empty database made on that server (what
the web server adds is in `tests.benchmarks.pages`). Target: p95 < 150 ms.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import time
from statistics import median, quantiles

from tests.benchmarks import programme_office
from tests.office import postgres_database

TARGET = 150


def main() -> None:
    """Open an empty office and measure."""
    options = argparse.ArgumentParser()
    options.add_argument("--tasks", type=int, default=20_000)
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--postgres", default="", help="a server on which an empty database is made and dropped")
    asked = options.parse_args()
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(postgres_database(asked.postgres)) if asked.postgres else ""
        programme_office.open_empty(url)
        measure(asked.tasks, asked.times)
        from django.db import connections

        connections.close_all()


def measure(tasks: int, times: int) -> None:
    """Fill the office, ask for each page so many times, print."""
    from django.db import connection
    from django.test import Client

    from dienhong.work.models import Task

    _cast, workers, programme = programme_office.fill(tasks)
    workers.keeper.refresh_from_db()
    client = Client(headers={"accept-language": "vi", "host": "localhost"})
    client.force_login(workers.keeper.account)
    body, task = Task.objects.values_list("lead_body_id", "pk").latest("pk")
    pages = (
        "", "tasks/", f"tasks/?programme={programme.pk}", "tasks/?state=overdue", "tasks/?q=quy+trinh+chat+van",
        f"tasks/?body={body}&sort=due", f"tasks/?programme={programme.pk}&page=100", f"board/?body={body}", "board/",
        "timeline/?state=overdue", "calendar/", "week/", "load/", "all/", f"all/{programme.pk}/", f"tasks/{task}/",
        "hand-over/", "../",
    )  # fmt: skip
    found = {}
    for page in pages:
        path = "/" if page == "../" else f"/programme/{page}"
        client.get(path)
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            answer = client.get(path)
            taken.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, path
        found[path] = {"p50": round(median(taken), 1), "p95": round(quantiles(taken, n=20)[-1], 1)}
    from dienhong.desks.programme import load

    cold = []
    for _ in range(max(3, times // 4)):
        load._kept.clear()
        began = time.perf_counter()
        client.get("/programme/load/")
        cold.append((time.perf_counter() - began) * 1000)
    found["/programme/load/ counted anew"] = {"p50": round(median(cold), 1), "p95": round(max(cold), 1)}
    slow = [path for path, row in found.items() if row["p95"] >= TARGET]
    print(json.dumps({
        "tasks": Task.objects.count(), "database": connection.vendor, "load": os.getloadavg()[0], "pages": found,
        "met": {f"p95 < {TARGET} ms": not slow}, "slow": slow,
    }, indent=2, ensure_ascii=False))  # fmt: skip


if __name__ == "__main__":
    main()
