"""The database is full or read-only, the clock goes back, two clerks act at once: a clear error, nothing half done."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from dienhong.foundation import clock
from dienhong.foundation.journal import queries as journal
from dienhong.foundation.journal.actions import ClockBehind
from dienhong.meetings import actions as meetings
from dienhong.polls import actions as polls
from dienhong.polls.models import Ballot, Poll, Result
from tests.cast import DAY, Cast, at_eight
from tests.halls import another_room, hall
from tests.loops import run
from tests.room import RoomFault


def open_a_vote(cast: Cast) -> Poll:
    clerk, at = cast.actor(cast.clerk), at_eight()
    meeting = meetings.enter_meeting(
        actor=clerk, body=cast.assembly, kind="plenary", title="Phiên toàn thể", year=2023, since=DAY, at=at
    )
    item = meetings.add_item(actor=clerk, meeting_id=meeting.pk, title="Luật Viễn thông (sửa đổi)", at=at)
    poll = meetings.put_to_vote(actor=clerk, item_id=item.pk, kind="law", question="Thông qua luật", at=at)
    return polls.open_poll(actor=clerk, poll_id=poll.pk, at=at)


@pytest.mark.django_db
def test_a_clock_set_back_stops_the_writing_with_its_reason(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = open_a_vote(cast)
    before = journal.last_number()
    past = clock.machine_now() - dt.timedelta(minutes=10)
    monkeypatch.setattr(clock, "machine_now", lambda: past)
    with pytest.raises(ClockBehind, match="Nothing was saved"):
        polls.close_poll(actor=cast.actor(cast.clerk), poll_id=poll.pk, at=at_eight())
    monkeypatch.undo()
    assert Poll.objects.get(pk=poll.pk).state == "open"
    assert not Result.objects.filter(poll=poll).exists()
    assert journal.last_number() == before
    polls.close_poll(actor=cast.actor(cast.clerk), poll_id=poll.pk, at=at_eight())
    assert journal.breaks() == []


@pytest.mark.django_db(transaction=True)
def test_a_full_database_refuses_the_ballots_whole_and_takes_them_when_there_is_room(cast: Cast) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("max_page_count is SQLite's")
    poll = open_a_vote(cast)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA max_page_count")
        most = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 1}")
    presses = [
        polls.Press(poll.pk, deputy.pk, "for", f"press-{n:04}-{deputy.pk:020}")
        for n in range(200)
        for deputy in cast.deputies
    ]
    with pytest.raises(OperationalError, match="full"):
        polls.cast_ballots(presses=presses, at=at_eight())
    assert not Ballot.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {most}")
    assert all(receipt.ballot_id for receipt in polls.cast_ballots(presses=presses, at=at_eight()))
    result = polls.close_poll(actor=cast.actor(cast.clerk), poll_id=poll.pk, at=at_eight())
    assert result.for_count == 12
    assert journal.breaks() == []


@pytest.mark.django_db
def test_a_page_says_that_the_office_cannot_save_and_nothing_is_half_done(cast: Cast) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("query_only is SQLite's")
    poll = open_a_vote(cast)
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.clerk)
    before = journal.last_number()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        answer = client.post(f"/chamber/votes/{poll.pk}/close/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
    assert answer.status_code == 503
    assert "cannot save" in answer.content.decode()
    assert Poll.objects.get(pk=poll.pk).state == "open"
    assert journal.last_number() == before


@pytest.mark.slow
def test_while_another_process_holds_the_database_a_press_waits_or_is_told_to_come_again(tmp_path: Path) -> None:
    with hall(tmp_path, seats=12) as at_work:
        held = sqlite3.connect(tmp_path / "office.sqlite3", isolation_level=None, check_same_thread=False)

        async def press() -> None:
            _person, tablet = at_work.tablets(1)[0]
            await tablet.enter()
            held.execute("BEGIN IMMEDIATE")
            pressing = asyncio.create_task(tablet.press(at_work.vote, "for", "press-held-1", patience=40))
            await asyncio.sleep(1.0)
            assert not pressing.done()
            held.execute("ROLLBACK")
            assert (await pressing).status == 200

        run(press())
        held.close()
        assert at_work.room.do("result", poll_id=at_work.vote)["ballots"] == 1


@pytest.mark.slow
def test_on_a_read_only_database_a_press_is_told_that_it_was_not_saved_and_may_come_again(tmp_path: Path) -> None:
    with hall(tmp_path, seats=12) as at_work:
        at_work.server.env["DIENHONG_DATABASE_URL"] = f"sqlite://{tmp_path / 'office.sqlite3'}?mode=ro"
        tablets = [tablet for _person, tablet in at_work.tablets(2)]

        async def press(status: int) -> None:
            for n, tablet in enumerate(tablets):
                await tablet.enter()
                answer = await tablet.press(at_work.vote, "for", f"press-ro-{n:03}", patience=40)
                assert answer.status == status
                if status == 503:
                    assert answer.json() == {"refused": "not_saved"}
                    assert answer.header("retry-after") == "1"
                tablet.close()

        at_work.server.stop()
        at_work.server.start()
        run(press(503))
        assert at_work.room.do("result", poll_id=at_work.vote)["ballots"] == 0
        at_work.server.stop()
        del at_work.server.env["DIENHONG_DATABASE_URL"]
        at_work.server.start()
        run(press(200))
        assert at_work.room.do("result", poll_id=at_work.vote)["ballots"] == 2


@pytest.mark.slow
def test_two_clerks_close_the_same_vote_at_the_same_moment_and_one_is_told(tmp_path: Path, database_url: str) -> None:
    with hall(tmp_path, database_url, seats=30) as at_work:
        with another_room(at_work) as other:
            at_work.room.do("play", poll_id=at_work.vote, port=at_work.server.port, seats=30, seconds=0.2)
            before = at_work.room.do("journal")["last"]
            at_work.room.begin("close", poll_id=at_work.vote)
            other.begin("close", poll_id=at_work.vote)
            answers = []
            for room in (at_work.room, other):
                try:
                    answers.append(room.answer())
                except RoomFault as fault:
                    answers.append(fault.kind)
        assert sorted(map(str, answers)) == ["NotOpen", "closed"]
        assert at_work.room.do("journal") == {"last": before + 1, "breaks": []}
        said = at_work.room.do("result", poll_id=at_work.vote)
        assert said["state"] == "closed"
        assert said["tally"] == said["result"]
