"""Event streams: how soon a declared result reaches every open page, and whether a restart loses anything.

`python -m tests.benchmarks.streams [--backend sqlite|postgres|both] [--streams 500 2000] [--rounds 10]` prints JSON.

A round opens a vote, closes it and declares its result through the pages of the office, as chair and clerk do; the time
runs from before the request that declares until each stream has read the message. Streams and server share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import time
from collections.abc import Awaitable
from typing import Any

from dienhong.demo.hall import Answer, Stream, Tablet
from tests import acts, office

TARGETS = {500: 100, 2000: 400}  # open streams -> p95 in milliseconds


class Listening:
    """So many open streams, and when each of them heard which number."""

    def __init__(self, server: office.Server, sessions: list[str], number: int) -> None:
        self.server = server
        self.tablets = [Tablet("127.0.0.1", server.port, f"sessionid={key}") for key in sessions]
        self.heard: list[list[tuple[int, float]]] = [[] for _ in range(number)]
        self.streams = [Stream(self.tablets[n % len(self.tablets)], "polls", self._note(n)) for n in range(number)]
        self.tasks: list[asyncio.Task[None]] = []

    def _note(self, n: int) -> Any:
        def note(number: int | None, _topics: list[str], at: float) -> None:
            if number is not None:
                self.heard[n].append((number, at))

        return note

    async def open(self) -> float:
        """Open all; how many seconds it took."""
        for tablet in self.tablets:
            await tablet.enter()
        began = time.perf_counter()
        self.tasks = [asyncio.create_task(stream.run()) for stream in self.streams]
        for stream in self.streams:
            await stream.connected.wait()
        return time.perf_counter() - began

    async def all_heard(self, number: int, seconds: float = 30.0) -> int:
        """Wait until every stream has heard this number; how many have not."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            missing = sum(not rows or rows[-1][0] < number for rows in self.heard)
            if not missing:
                return 0
            await asyncio.sleep(0.02)
        return missing

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for tablet in self.tablets:
            tablet.close()


async def act(tablet: Tablet, path: str) -> Answer:
    """Press a button of a page."""
    csrf = "replay" + "x" * 26
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{tablet.session}; csrftoken={csrf}",
        "X-CSRFToken": csrf,
    }
    answer = await tablet.ask("POST", path, headers, patience=60)
    if answer.status >= 400:
        raise RuntimeError(f"{path} answered {answer.status}: {answer.body[:300]!r}")
    return answer


async def rounds(listening: Listening, chair: Tablet, polls: list[int], last: Any) -> dict[str, Any]:
    """Close and declare these votes one after another; how soon each stream heard of each declaration."""
    from dienhong.demo.replay import percentiles

    delays: list[float] = []
    answered: list[float] = []
    for poll in polls:
        await act(chair, f"/chamber/votes/{poll}/open/")
        await act(chair, f"/chamber/votes/{poll}/close/")
        await listening.all_heard(await asyncio.to_thread(last))
        began = time.perf_counter()
        await act(chair, f"/chamber/votes/{poll}/declare/")
        answered.append(time.perf_counter() - began)
        number = await asyncio.to_thread(last)
        await listening.all_heard(number)
        delays += [at - began for rows in listening.heard for heard, at in rows if heard == number]
    return {
        "declared_reaches_ms": percentiles(delays),
        "page_answered_ms": percentiles(answered),
        "messages": len(delays),
        "expected": len(polls) * len(listening.streams),
    }


async def restart(listening: Listening, write: Any, last: Any, *, hard: bool) -> dict[str, Any]:
    """Write before, during and after a restart; count what each stream missed or heard twice."""
    first = await asyncio.to_thread(last)
    await asyncio.to_thread(write, 3)
    await asyncio.to_thread(listening.server.kill if hard else listening.server.stop)
    await asyncio.to_thread(write, 3)
    began = time.perf_counter()
    await asyncio.to_thread(listening.server.start)
    up = time.perf_counter() - began
    await asyncio.to_thread(write, 3)
    number = await asyncio.to_thread(last)
    missing = await listening.all_heard(number, 60)
    back = time.perf_counter() - began
    wanted = list(range(first + 1, number + 1))
    wrong = sum([n for n, _at in rows if n > first] != wanted for rows in listening.heard)
    return {
        "how": "kill -9" if hard else "SIGTERM",
        "entries": len(wanted),
        "streams_that_missed_or_repeated": wrong,
        "streams_behind_after_60_s": missing,
        "server_up_after_s": round(up, 2),
        "all_streams_told_after_s": round(back, 2),
    }


def measure(url: str, numbers: list[int], count: int) -> list[dict[str, Any]]:
    """Everything on one database."""
    from dienhong.commands.running import raise_open_files

    raise_open_files()
    with office.home() as folder:
        env = office.environment(folder, url)
        office.ready_django(env)
        from dienhong.foundation.journal.queries import last_number

        assembly = acts.seat_deputies(200)
        keeper = acts.keeper_session()
        sessions = acts.listener_sessions(200)
        found = []
        for number in numbers:
            server = office.Server(env).start()
            polls = [acts.prepare_vote(assembly) for _ in range(count)]

            async def go(
                number: int = number, server: office.Server = server, polls: list[int] = polls
            ) -> dict[str, Any]:
                listening = Listening(server, sessions, number)
                chair = Tablet("127.0.0.1", server.port, f"sessionid={keeper}")
                opened = await listening.open()
                said: dict[str, Any] = {"streams": number, "opened_in_s": round(opened, 2)}
                said |= await rounds(listening, chair, polls, last_number)
                said["restarts"] = [
                    await restart(listening, acts.poll_entries(assembly), last_number, hard=hard)
                    for hard in (False, True)
                ]
                said["server_memory_mb"] = server.memory()
                await listening.close()
                return said

            found.append(run(go()))
            server.stop()
        return found


def run(coroutine: Awaitable[Any]) -> Any:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(coroutine)  # type: ignore[arg-type]


def judged(found: list[dict[str, Any]]) -> dict[str, bool]:
    """Each target of the issue, and whether it was met here."""
    met = {}
    for row in found:
        if row["streams"] in TARGETS:
            name = f"{row['streams']} streams: p95 below {TARGETS[row['streams']]} ms"
            met[name] = (
                row["declared_reaches_ms"]["p95"] < TARGETS[row["streams"]] and row["messages"] == row["expected"]
            )
        met[f"{row['streams']} streams: none lost over a restart"] = not any(
            restart["streams_that_missed_or_repeated"] for restart in row["restarts"]
        )
    return met


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--backend", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--streams", type=int, nargs="+", default=[500, 2000])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--postgres", default="postgresql://postgres@127.0.0.1:5432/postgres")
    given = parser.parse_args()
    if given.backend == "both":
        office.print_each("tests.benchmarks.streams", sys.argv[1:])
        return
    context: Any = contextlib.nullcontext("")
    if given.backend == "postgres":
        context = office.postgres_database(given.postgres)
    before = office.machine()
    with context as url:
        found = measure(url, given.streams, given.rounds)
        office.let_go()
    print(json.dumps({"backend": given.backend, "machine": before, "found": found, "met": judged(found)}, indent=2))


if __name__ == "__main__":
    main()
