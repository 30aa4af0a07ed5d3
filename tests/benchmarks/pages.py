"""Every page of the demonstration, with the whole public record loaded, as several people see it.

`python -m tests.benchmarks.pages [--backend sqlite|postgres|both] [--times 5] [--most 150]` prints JSON.

Each person starts on the first page and follows every link; of pages that differ in their number only ("/people/17/") a
few are taken. Each page is asked for several times over a kept connection; the time is what the browser waits.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from typing import Any
from urllib.parse import urljoin, urlsplit

from dienhong.demo.hall import Tablet
from tests import office
from tests.benchmarks.ballots import run

TARGET = 150  # milliseconds, p95
ALIKE = 4  # pages of one address pattern for each person
_LINK = re.compile(rb'<a\b[^>]*\bhref="([^"]+)"')


def pattern(path: str) -> str:
    """The address with its numbers and names left out: pages of one pattern are made by one view."""
    return re.sub(r"\d+", "#", urlsplit(path).path)


async def walk(tablet: Tablet, times: int, most: int) -> dict[str, list[float]]:
    """Follow links from the first page on; the seconds each page took, each time."""
    seconds: dict[str, list[float]] = {}
    waiting, known = ["/"], {"/"}
    alike: dict[str, int] = defaultdict(int)
    while waiting and len(seconds) < most:
        path = waiting.pop(0)
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            answer = await tablet.ask("GET", path, {"Accept": "text/html", "Accept-Language": "vi"}, patience=60)
            taken.append(time.perf_counter() - began)
        if answer.status == 200 and answer.header("content-type").startswith("text/html"):
            seconds[path] = taken
            for link in _LINK.findall(answer.body):
                target = urlsplit(urljoin(path, html.unescape(link.decode("utf-8", "replace"))))
                address = target.path + (f"?{target.query}" if target.query else "")
                if target.netloc or target.scheme or address in known or alike[pattern(address)] >= ALIKE:
                    continue
                known.add(address)
                alike[pattern(address)] += 1
                waiting.append(address)
        elif answer.status >= 500:
            raise RuntimeError(f"{path} answered {answer.status}")
    return seconds


def measure(url: str, times: int, most: int) -> dict[str, Any]:
    """Load the demonstration, then walk through it as the keeper and as its personas."""
    with office.home() as folder:
        env = office.environment(folder, url)
        office.ready_django(env)
        subprocess.run(
            [sys.executable, "-m", "dienhong", "demo", "load"], cwd=office.ROOT, env=env, check=True, stdout=2
        )
        from dienhong.demo.replay import make_sessions
        from dienhong.foundation.access.models import Account

        personas = list(Account.objects.exclude(persona="").order_by("pk")[:8])
        deputy = Account.objects.filter(person__mandates__isnull=False, persona="").order_by("pk").first()
        people = [*personas, *([deputy] if deputy else [])]
        server = office.Server(env).start()
        found: dict[str, list[float]] = defaultdict(list)
        for session in make_sessions(people):
            tablet = Tablet("127.0.0.1", server.port, f"sessionid={session}")
            for path, taken in run(walk(tablet, times, most)).items():
                found[path] += taken
            tablet.close()
        server.stop()
    return figures(found, len(people))


def figures(found: dict[str, list[float]], people: int) -> dict[str, Any]:
    from dienhong.demo.replay import percentiles

    by_pattern: dict[str, list[float]] = defaultdict(list)
    for path, taken in found.items():
        by_pattern[pattern(path)] += taken
    rows = sorted(((percentiles(taken), name) for name, taken in by_pattern.items()), key=lambda row: -row[0]["p95"])
    return {
        "people": people,
        "pages": len(found),
        "kinds_of_page": len(rows),
        "all_ms": percentiles([second for taken in found.values() for second in taken]),
        "slowest": [{"page": name, **ms} for ms, name in rows[:12]],
        "met": {"any page: p95 below 150 ms": all(ms["p95"] < TARGET for ms, _name in rows)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--backend", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--most", type=int, default=150)
    parser.add_argument("--postgres", default="postgresql://postgres@127.0.0.1:5432/postgres")
    given = parser.parse_args()
    if given.backend == "both":
        office.print_each("tests.benchmarks.pages", sys.argv[1:])
        return
    context: Any = contextlib.nullcontext("")
    if given.backend == "postgres":
        context = office.postgres_database(given.postgres)
    before = office.machine()
    with context as url:
        found = measure(url, given.times, given.most)
        office.let_go()
    print(json.dumps({"backend": given.backend, "machine": before, **found}, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
