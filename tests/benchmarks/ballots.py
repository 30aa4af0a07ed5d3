"""Ballots over HTTP: all seats at once, over one second, as fast as they go; beside a plain view and the bare disk.

`python -m tests.benchmarks.ballots [--backend sqlite|postgres|both] [--seats 500] [--seconds 5]` prints JSON.

Client and server share the machine. Every press is authenticated (session cookie and token), and acknowledged only when
its commit is durable (SQLite: WAL, synchronous=FULL; PostgreSQL: synchronous_commit=on).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from dienhong.demo.hall import Answer, Tablet
from tests import acts, office

Press = Callable[[Tablet, int, str], Awaitable[Answer]]


async def hammer(tablets: Sequence[Tablet], press: Press, seconds: float) -> dict[str, Any]:
    """Each seat presses again as soon as it is answered, with a new key every time."""
    from dienhong.demo.replay import percentiles

    taken: list[float] = []
    refused = 0
    until = time.perf_counter() + seconds

    async def seat(n: int, tablet: Tablet) -> None:
        nonlocal refused
        count = 0
        while (began := time.perf_counter()) < until:
            try:
                answer = await press(tablet, n, f"h{n:05}-{count:08}")
            except OSError:  # a connection that had been idle for long; the same key is sent again
                continue
            count += 1
            if answer.status == 200:
                taken.append(time.perf_counter() - began)
            else:
                refused += 1

    began = time.perf_counter()
    await asyncio.gather(*(seat(n, tablet) for n, tablet in enumerate(tablets)))
    took = time.perf_counter() - began
    return {
        "accepted": len(taken),
        "refused": refused,
        "seconds": round(took, 2),
        "per_second": round(len(taken) / took),
        "latency_ms": percentiles(taken),
    }


async def entered(port: int, keys: Sequence[str], *, token: bool = True) -> list[Tablet]:
    tablets = [Tablet("127.0.0.1", port, f"sessionid={key}") for key in keys]
    turn = asyncio.Semaphore(8)

    async def enter(tablet: Tablet) -> None:
        async with turn:
            await tablet.enter()

    if token:
        await asyncio.gather(*(enter(tablet) for tablet in tablets))
    return tablets


def run(coroutine: Awaitable[Any]) -> Any:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(coroutine)  # type: ignore[arg-type]


def rushes(port: int, assembly: int, seats: int, seconds: float, rounds: int) -> list[dict[str, Any]]:
    """All seats press once within these seconds, as many streams open; a new vote for each round."""
    from dienhong.demo import replay

    found = []
    for number in range(rounds):
        poll = acts.open_vote(assembly)
        deputies = replay.call_deputies(poll, seats)
        plan = replay.Plan("127.0.0.1", port, poll, deputies, seconds, seats, seed=number)
        log = run(replay.play(plan))
        replay.end_sessions([deputy.session_key for deputy in deputies])
        ends = acts.close_and_declare(poll)
        said = replay.figures(plan, log, replay.check_books(poll, log))
        found.append(
            {
                "all_acknowledged_ms": said["latency_ms"]["max"],
                "latency_ms": said["latency_ms"],
                "accepted": said["accepted"],
                "balance": said["books"]["balance"],
                **ends,
            }
        )
    return found


def sustained(server: office.Server, assembly: int, seats: int, seconds: float) -> dict[str, Any]:
    """As many ballots as the lane takes, and what one costs: a figure that other work on the machine hardly changes."""
    from dienhong.demo import replay

    poll = acts.open_vote(assembly)
    keys = [deputy.session_key for deputy in replay.call_deputies(poll, seats)]

    async def go() -> dict[str, Any]:
        tablets = await entered(server.port, keys)
        spent, own = server.cpu(), time.process_time()
        found = await hammer(tablets, lambda tablet, _n, key: tablet.press(poll, "for", key, 30), seconds)
        found["server_cpu_us_a_ballot"] = round(1e6 * (server.cpu() - spent) / max(1, found["accepted"]))
        found["client_cpu_us_a_ballot"] = round(1e6 * (time.process_time() - own) / max(1, found["accepted"]))
        return found

    found = run(go())
    acts.close_and_declare(poll)
    replay.end_sessions(keys)
    return dict(found)


def plain(port: int, assembly: int, seats: int, seconds: float) -> dict[str, Any]:
    """As many ballots as the plain view takes."""
    from dienhong.demo import replay

    poll = acts.open_vote(assembly)
    keys = [deputy.session_key for deputy in replay.call_deputies(poll, seats)]
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    async def press(tablet: Tablet, _n: int, key: str) -> Answer:
        body = f"poll={poll}&choice=for&key={key}".encode()
        return await tablet.ask("POST", "/plain/ballot", form, body, 120)

    async def go() -> dict[str, Any]:
        return await hammer(await entered(port, keys, token=False), press, seconds)

    found = run(go())
    acts.close_and_declare(poll)
    replay.end_sessions(keys)
    return dict(found)


class PlainServer(office.Server):
    """The same server with the plain view beside the pages."""

    def command(self) -> list[str]:
        own = [
            "--port",
            str(self.port),
            "--log-level",
            "warning",
            "--no-access-log",
            "--backlog",
            "4096",
            "--timeout-keep-alive",
            "75",
        ]
        return [sys.executable, "-m", "uvicorn", "dienhong.asgi:application", *own]


def disk(folder: Path, seconds: float = 1.5) -> dict[str, Any]:
    """How many durable commits a second this machine makes, one after another: bare, and through SQLite."""
    with tempfile.TemporaryDirectory(dir=folder) as where:
        handle = os.open(Path(where) / "page", os.O_RDWR | os.O_CREAT)
        os.pwrite(handle, bytes(4096 * 1000), 0)
        os.fsync(handle)
        began, writes = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            os.pwrite(handle, b"x" * 4096, 4096 * (writes % 1000))
            os.fdatasync(handle)
            writes += 1
        bare = writes / (time.perf_counter() - began)
        os.close(handle)
        database = sqlite3.connect(Path(where) / "db.sqlite3", isolation_level=None)
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a INTEGER, b TEXT)")
        began, commits = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            database.execute("INSERT INTO t VALUES (?, ?)", (commits, "x" * 36))
            commits += 1
        through = commits / (time.perf_counter() - began)
        database.close()
    return {"fdatasync_per_second": round(bare), "sqlite_commits_per_second": round(through)}


def postgres_commits(url: str, seconds: float = 1.5) -> dict[str, Any]:
    """How many durable commits a second this PostgreSQL makes, one after another."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE x (a int)")
        connection.execute("CREATE TABLE bench_commits (a int, b text)")
        began, commits = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            connection.execute("INSERT INTO bench_commits VALUES (%s, %s)", (commits, "x" * 36))
            commits += 1
        each = commits / (time.perf_counter() - began)
        connection.execute("DROP TABLE bench_commits")
    return {"postgres_commits_per_second": round(each)}


def measure(url: str, seats: int, seconds: float, rounds: int) -> dict[str, Any]:
    """Everything on one database. In a process of its own, for Django knows one database in a process."""
    with office.home() as folder:
        env = office.environment(folder, url)
        office.ready_django(env)
        assembly = acts.seat_deputies(seats)
        found: dict[str, Any] = {"durable_commits": {**disk(folder), **(postgres_commits(url) if url else {})}}
        server = office.Server(env).start()
        rushes(server.port, assembly, min(seats, 50), 0.2, 1)  # warm
        found["at_the_same_moment"] = rushes(server.port, assembly, seats, 0.0, rounds)
        found["over_one_second"] = rushes(server.port, assembly, seats, 1.0, rounds)
        found["sustained"] = sustained(server, assembly, seats, seconds)
        server.stop()
        env["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.plain_settings"
        server = PlainServer(env).start()
        plain(server.port, assembly, 20, 0.5)  # warm
        found["plain_view"] = plain(server.port, assembly, min(seats, 100), seconds)
        server.stop()
        found["ratio_to_plain_view"] = round(
            found["sustained"]["per_second"] / max(1, found["plain_view"]["per_second"]), 1
        )
        return found


def judged(found: dict[str, Any]) -> dict[str, bool]:
    """Each target of the issue, and whether it was met here."""
    return {
        "at the same moment: all within 300 ms": all(
            row["all_acknowledged_ms"] < 300 and row["balance"] for row in found["at_the_same_moment"]
        ),
        "over one second: p99 below 100 ms": all(
            row["latency_ms"]["p99"] < 100 and row["balance"] for row in found["over_one_second"]
        ),
        "sustained: 3,000 a second": found["sustained"]["per_second"] >= 3000,
        "ten times the plain view": found["ratio_to_plain_view"] >= 10,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--backend", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--seats", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postgres", default="postgresql://postgres@127.0.0.1:5432/postgres")
    given = parser.parse_args()
    if given.backend == "both":
        office.print_each("tests.benchmarks.ballots", sys.argv[1:])
        return
    context: Any = contextlib.nullcontext("")
    if given.backend == "postgres":
        context = office.postgres_database(given.postgres)
    before = office.machine()
    with context as url:
        found = measure(url, given.seats, given.seconds, given.rounds)
        office.let_go()
    print(json.dumps({"backend": given.backend, "machine": before, **found, "met": judged(found)}, indent=2))


if __name__ == "__main__":
    main()
