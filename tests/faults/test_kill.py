"""The server is killed, or told to end, in the middle of a vote; seats and pages go on when it is back."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

import pytest

from dienhong.demo.hall import Stream
from tests.halls import another_room, hall
from tests.loops import run
from tests.room import Room


def wait_for_ballots(room: Room, vote: int, number: int, seconds: float = 60.0) -> None:
    """Until so many ballots are in the box."""
    until = time.monotonic() + seconds
    while room.do("result", poll_id=vote)["ballots"] < number:
        assert time.monotonic() < until, "the ballots did not come"
        time.sleep(0.02)


@pytest.mark.slow
def test_killed_three_times_in_the_middle_of_a_vote_no_ballot_is_lost_or_counted_twice(
    tmp_path: Path, database_url: str
) -> None:
    chance = random.Random(20260521)
    with hall(tmp_path, database_url, seats=120) as at_work, another_room(at_work) as watch:
        at_work.room.begin(
            "play",
            poll_id=at_work.vote,
            port=at_work.server.port,
            seats=120,
            seconds=8.0,
            retry_rate=0.3,
            open_streams=20,
            seed=chance.randrange(1000),
        )
        for some in (5, 40, 80):
            wait_for_ballots(watch, at_work.vote, some + chance.randrange(15))
            at_work.server.kill()
            at_work.server.start()
        figures = at_work.room.answer()
        assert figures["sent_again"] > 3, "the server was never away while somebody pressed"
        assert figures["unanswered"] == 0
        assert figures["accepted"] == figures["counted"] == 120
        assert figures["books"]["balance"] is True
        assert (figures["books"]["lost"], figures["books"]["twice"], figures["contradicted"]) == (0, 0, 0)
        at_work.room.do("close_and_declare", poll_id=at_work.vote)
        said = at_work.room.do("result", poll_id=at_work.vote)
        assert said["tally"] == said["result"]
        assert sum(said["result"]) == 120
        assert at_work.room.do("journal")["breaks"] == []


@pytest.mark.slow
def test_told_to_end_the_server_answers_what_was_pressed_and_streams_go_on_without_a_gap(tmp_path: Path) -> None:
    with hall(tmp_path, seats=60) as at_work, another_room(at_work) as watch:
        first = at_work.room.do("journal")["last"]

        async def listen() -> list[int]:
            numbers: list[int] = []
            tablet = at_work.tablets(1)[0][1]
            await tablet.enter()
            stream = Stream(tablet, "journal", lambda number, _topics, _at: numbers.append(number or 0))
            task = asyncio.create_task(stream.run())
            await stream.connected.wait()
            at_work.room.do("write_entries", number=2)
            at_work.room.begin("play", poll_id=at_work.vote, port=at_work.server.port, seats=60, seconds=1.5)
            await asyncio.to_thread(wait_for_ballots, watch, at_work.vote, 10)
            began = time.monotonic()
            await asyncio.to_thread(at_work.server.stop)
            assert time.monotonic() - began < 5, "an open stream must not hold up the end"
            await asyncio.to_thread(at_work.server.start)
            figures = await asyncio.to_thread(at_work.room.answer)
            assert figures["books"]["balance"] is True
            assert figures["accepted"] == 60
            at_work.room.do("write_entries", number=2)
            for _ in range(500):
                if len(numbers) == 4:
                    break
                await asyncio.sleep(0.01)
            task.cancel()
            return numbers

        assert run(asyncio.wait_for(listen(), 60)) == [first + n for n in (1, 2, 3, 4)]


@pytest.mark.slow
@pytest.mark.postgres
def test_several_processes_take_ballots_for_one_vote_and_the_close_waits_for_none_of_them(
    tmp_path: Path, postgres_url: str
) -> None:
    with hall(tmp_path, postgres_url, seats=150, options=("--workers", "2")) as at_work:
        at_work.room.begin(
            "play",
            poll_id=at_work.vote,
            port=at_work.server.port,
            seats=150,
            seconds=1.5,
            retry_rate=0.5,
            open_streams=40,
        )
        figures = at_work.room.answer()
        assert figures["books"]["balance"] is True
        assert figures["accepted"] == figures["counted"] == 150
        assert figures["streams"]["pulses"] >= 40 * 3, "a pulse of one process must reach the streams of the other"
        timed = at_work.room.do("close_and_declare", poll_id=at_work.vote)
        assert timed["close_ms"] < 1000
        said = at_work.room.do("result", poll_id=at_work.vote)
        assert said["tally"] == said["result"]


@pytest.mark.slow
@pytest.mark.postgres
def test_a_vote_closed_while_several_processes_take_ballots_counts_exactly_those_acknowledged(
    tmp_path: Path, postgres_url: str
) -> None:
    with hall(tmp_path, postgres_url, seats=200, options=("--workers", "2")) as at_work:
        with another_room(at_work) as clerk:
            at_work.room.begin("play", poll_id=at_work.vote, port=at_work.server.port, seats=200, seconds=2.0)
            wait_for_ballots(clerk, at_work.vote, 60)
            timed = clerk.do("close_and_declare", poll_id=at_work.vote)
            figures = at_work.room.answer()
        assert timed["close_ms"] < 1000
        assert figures["refused"]["not_open"] + figures["accepted"] == 200
        assert figures["books"]["balance"] is True
        said = at_work.room.do("result", poll_id=at_work.vote)
        assert sum(said["result"]) == figures["accepted"]
        assert said["tally"] == said["result"]
