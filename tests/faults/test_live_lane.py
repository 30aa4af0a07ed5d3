"""The live lane over real HTTP: who is let in, what is answered to a press, what a stream tells."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest

from dienhong.demo.hall import Stream, Tablet
from tests.halls import Hall, hall
from tests.loops import run as on_a_loop


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(tmp_path_factory.mktemp("office")) as at_work:
        yield at_work


@pytest.fixture(autouse=True)
def _no_database() -> None:
    """The office of these tests lives in other processes."""


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    return on_a_loop(asyncio.wait_for(coroutine, 30))


async def answered(tablet: Tablet, vote: int, choice: str, key: str) -> tuple[int, dict[str, Any]]:
    answer = await tablet.press(vote, choice, key)
    return answer.status, answer.json()


class Heard:
    """What a stream told: the numbers, and the topics of pulses."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.topics: list[list[str]] = []
        self.pulses: list[str] = []

    def __call__(self, number: int | None, topics: list[str], _at: float) -> None:
        if number is None:
            self.pulses += topics
        else:
            self.numbers.append(number)
            self.topics.append(topics)


async def until(true: Any, seconds: float = 5.0) -> None:
    for _ in range(int(seconds / 0.01)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen in time")


def test_a_signed_in_deputy_gets_a_token_that_no_script_can_read(at_work: Hall) -> None:
    person, tablet = at_work.tablets(1)[0]
    answer = run(tablet.enter())
    assert answer.status == 200
    assert answer.json()["person"] == person
    assert answer.json()["scopes"] == ["ballots"]
    cookie = next(v for k, v in answer.headers if k == "set-cookie" and v.startswith("dienhong_live="))
    assert all(part in cookie for part in ("HttpOnly", "Path=/live/", "SameSite=Strict"))
    assert answer.json()["renew_in"] < answer.json()["expires_in"] == 900


def test_who_is_not_signed_in_gets_no_token(at_work: Hall) -> None:
    answer = run(at_work.tablet("nobody").enter())
    assert (answer.status, answer.json()) == (403, {"refused": "sign_in"})


def test_a_press_is_answered_when_it_is_in_the_box_and_again_the_same(at_work: Hall) -> None:
    async def press() -> None:
        _person, tablet = at_work.tablets(1)[0]
        await tablet.enter()
        first = await answered(tablet, at_work.vote, "for", "press-one-1")
        assert first[0] == 200
        assert first[1]["choice"] == "for"
        assert await answered(tablet, at_work.vote, "for", "press-one-1") == first
        assert await answered(tablet, at_work.vote, "against", "press-one-1") == first
        changed = await answered(tablet, at_work.vote, "against", "press-one-2")
        assert changed[1]["ballot"] > first[1]["ballot"]

    run(press())
    assert at_work.room.do("result", poll_id=at_work.vote)["tally"][1] == 1


def test_what_is_no_press_is_refused_with_a_word(at_work: Hall) -> None:
    async def press() -> None:
        _person, tablet = at_work.tablets(2)[1]
        assert await answered(tablet, at_work.vote, "for", "press-two-1") == (401, {"refused": "sign_in"})
        await tablet.enter()
        for choice, key in (("maybe", "press-two-1"), ("for", "short"), ("for", "k" * 37), ("for", "bad\x00key-1")):
            assert await answered(tablet, at_work.vote, choice, key) == (400, {"refused": "malformed"})
        assert await answered(tablet, 2**70, "for", "press-two-1") == (400, {"refused": "malformed"})
        assert await answered(tablet, 999_999, "for", "press-two-1") == (403, {"refused": "not_an_elector"})
        json = {"Content-Type": "application/json"}
        assert (await tablet.ask("POST", "/live/ballots", json, b"[" * 900)).status == 400
        assert (await tablet.ask("POST", "/live/ballots", json, b'{"key":"' + b"x" * 2000 + b'"}')).status == 413
        assert (await tablet.ask("POST", "/live/ballots", {"Content-Type": "text/plain"}, b"{}")).status == 415
        assert (await tablet.ask("GET", "/live/ballots")).status == 405

    run(press())


def test_a_page_of_another_site_cannot_press(at_work: Hall) -> None:
    async def press() -> None:
        _person, tablet = at_work.tablets(1)[0]
        await tablet.enter()
        for foreign in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
            headers = {"Content-Type": "application/json", **foreign}
            answer = await tablet.ask("POST", "/live/ballots", headers, b"{}")
            assert (answer.status, answer.json()) == (403, {"refused": "not_yours"})
        assert (await tablet.ask("GET", "/live/events", {"Sec-Fetch-Site": "cross-site"})).status == 401
        assert (await tablet.ask("GET", "/health/live", {"Host": "elsewhere.example"})).status == 400

    run(press())


def test_who_has_no_seat_may_listen_but_not_press(at_work: Hall) -> None:
    async def press() -> None:
        tablet = at_work.tablet(at_work.room.do("clerk_session"))
        assert (await tablet.enter()).json()["scopes"] == []
        assert await answered(tablet, at_work.vote, "for", "press-three") == (403, {"refused": "not_yours"})

    run(press())


def test_a_token_is_useless_in_another_session_and_when_it_is_altered(at_work: Hall) -> None:
    async def press() -> None:
        (_p, mine), (_q, other) = at_work.tablets(2)
        await mine.enter()
        other.token = mine.token
        assert (await answered(other, at_work.vote, "for", "press-four-1"))[0] == 401
        parts = mine.token.split(".")
        parts[2] = str(int(parts[2]) + 1)
        mine.token = ".".join(parts)
        assert (await answered(mine, at_work.vote, "for", "press-four-1"))[0] == 401

    run(press())


def test_a_stream_tells_what_its_topics_touch_and_goes_on_where_it_was(at_work: Hall) -> None:
    async def listen() -> None:
        _person, tablet = at_work.tablets(1)[0]
        await tablet.enter()
        last = at_work.room.do("journal")["last"]
        heard = Heard()
        stream = Stream(tablet, "journal", heard)
        task = asyncio.create_task(stream.run())
        await stream.connected.wait()
        assert stream.last == str(last)
        at_work.room.do("write_entries", number=2)
        await until(lambda: heard.numbers == [last + 1, last + 2])
        task.cancel()
        at_work.room.do("write_entries", number=3)
        again, nothing = Heard(), Heard()
        back = Stream(tablet, "journal", again, last=str(last + 1))
        quiet = Stream(tablet, "poll:999", nothing, last=str(last))
        tasks = [asyncio.create_task(back.run()), asyncio.create_task(quiet.run())]
        await until(lambda: again.numbers == [last + n for n in (2, 3, 4, 5)])
        assert nothing.numbers == []
        for task in tasks:
            task.cancel()

    run(listen())


def test_a_stream_from_a_number_the_journal_does_not_have_is_told_to_ask_for_all(at_work: Hall) -> None:
    async def listen() -> None:
        _person, tablet = at_work.tablets(1)[0]
        await tablet.enter()
        heard = Heard()
        task = asyncio.create_task(Stream(tablet, "poll", heard, last="99999999").run())
        await until(lambda: heard.topics)
        task.cancel()
        assert heard.topics == [["*"]]
        assert heard.numbers == [at_work.room.do("journal")["last"]]

    run(listen())


def test_the_turnout_pulses_while_ballots_come_in_and_not_more_than_four_times_a_second(at_work: Hall) -> None:
    async def listen() -> None:
        tablets = [tablet for _person, tablet in at_work.tablets(10)]
        for tablet in tablets:
            await tablet.enter()
        screen, seat = Heard(), Heard()
        streams = [
            Stream(tablets[0], f"turnout:{at_work.vote}", screen),
            Stream(tablets[1], f"poll:{at_work.vote}", seat),
        ]
        tasks = [asyncio.create_task(stream.run()) for stream in streams]
        for stream in streams:
            await stream.connected.wait()
        began = time.monotonic()
        for n in range(100):
            await tablets[n % 10].press(at_work.vote, "for", f"pulse-{n:05}")
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.4)
        assert 3 <= len(screen.pulses) <= 4 * (time.monotonic() - began) + 2
        assert set(screen.pulses) == {f"turnout:{at_work.vote}"}
        assert seat.pulses == []
        for task in tasks:
            task.cancel()

    run(listen())


def test_a_suspended_account_leaves_the_lane_at_once(at_work: Hall) -> None:
    async def leave() -> None:
        person, tablet = at_work.tablets(15)[14]
        await tablet.enter()
        stream = Stream(tablet, "journal", Heard())
        task = asyncio.create_task(stream.run())
        await stream.connected.wait()
        assert (await answered(tablet, at_work.vote, "for", "press-five-1"))[0] == 200
        at_work.room.do("suspend", person=person)
        await until(lambda: not stream.connected.is_set(), 2.0)
        assert (await answered(tablet, at_work.vote, "for", "press-five-2"))[0] == 401
        task.cancel()

    run(leave())


@pytest.mark.slow
def test_who_signs_out_leaves_the_lane_within_six_seconds(at_work: Hall) -> None:
    async def leave() -> None:
        _person, tablet = at_work.tablets(16)[15]
        await tablet.enter()
        stream = Stream(tablet, "journal", Heard())
        task = asyncio.create_task(stream.run())
        await stream.connected.wait()
        at_work.room.do("sign_out", session=tablet.session.partition("=")[2])
        await until(lambda: not stream.connected.is_set(), 6.0)
        assert (await answered(tablet, at_work.vote, "for", "press-six-1"))[0] == 401
        task.cancel()

    run(leave())


def test_the_office_says_that_it_is_ready(at_work: Hall) -> None:
    health = at_work.server.health()
    assert health["ready"] is True
    assert set(health["checks"]) == {"database", "migrations", "journal", "files", "reader"}


def test_after_the_close_a_press_is_refused_but_an_earlier_one_keeps_its_answer(at_work: Hall) -> None:
    async def press() -> None:
        tablets = [tablet for _person, tablet in at_work.tablets(3)]
        for tablet in tablets:
            await tablet.enter()
        before = await answered(tablets[2], at_work.vote, "not_voting", "press-last-1")
        at_work.room.do("close_and_declare", poll_id=at_work.vote)
        assert await answered(tablets[2], at_work.vote, "not_voting", "press-last-1") == before
        assert await answered(tablets[2], at_work.vote, "for", "press-last-2") == (409, {"refused": "not_open"})
        said = at_work.room.do("result", poll_id=at_work.vote)
        assert said["tally"] == said["result"]
        assert at_work.room.do("journal")["breaks"] == []

    run(press())
