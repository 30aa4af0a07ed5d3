"""A letter waits, is sent once, is tried again: before a real server that misbehaves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dienhong.foundation import clock
from dienhong.foundation.letters import actions, purposes
from dienhong.foundation.letters.actions import File
from dienhong.foundation.letters.models import Fault, Letter, LetterState
from dienhong.foundation.letters.sending import Round
from dienhong.foundation.letters.tests.conftest import AT, post, states, told
from tests.components import Letters, smtp  # noqa: F401
from tests.post import let_leave, use_server

pytestmark = pytest.mark.django_db


# -- posting ----------------------------------------------------------------------------------------------------------
def test_a_letter_is_written_only_with_the_act_that_causes_it(server: Letters) -> None:
    def act_that_fails() -> None:
        post("a@vidu.vn")
        raise IntegrityError("the act fails")

    with pytest.raises(IntegrityError), transaction.atomic():
        act_that_fails()
    assert not Letter.objects.exists()
    assert let_leave() == Round()
    assert server.messages == []


def test_without_a_mail_server_no_letter_is_written_and_none_that_waits_is_touched(server: Letters, settings) -> None:
    post("a@vidu.vn")
    settings.EMAIL_URL = ""
    with pytest.raises(actions.NoMail):
        post("b@vidu.vn")
    assert let_leave() == Round()
    assert states() == {"a@vidu.vn": "waiting"}


def test_of_one_key_at_most_one_letter_waits(server: Letters) -> None:
    post("a@vidu.vn", key="invitation:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        post("b@vidu.vn", key="invitation:1")
    let_leave()
    post("c@vidu.vn", key="invitation:1")
    assert states() == {"a@vidu.vn": "sent", "c@vidu.vn": "waiting"}


# -- leaving ----------------------------------------------------------------------------------------------------------
def test_a_letter_leaves_once_as_it_was_written(server: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(purposes._drawings, "test.upper", bytes.upper)
    files = [File("lịch họp.ics", "text/calendar", b"BEGIN:VCALENDAR\n"),
             File("giấy mời.pdf", "application/pdf", b"%pdf", drawn="test.upper")]  # fmt: skip
    row = post("a@vidu.vn", files=files, headers={"Auto-Submitted": "auto-generated"})[0]
    assert let_leave(AT) == Round(sent=1)
    assert let_leave(AT) == Round()
    (message,) = server.messages
    assert (message["Message-ID"], message["Subject"]) == (row.message_id, "Giấy mời: Hội nghị")
    assert message["Auto-Submitted"] == "auto-generated"
    assert row.written_at.strftime("%d %b %Y %H:%M:%S") in message["Date"]
    parts: Any = list(message.walk())[1:]
    assert "Kính gửi: quý cơ quan." in parts[0].get_content()
    assert [(part.get_filename(), part.get_content_type()) for part in parts[1:]] == [
        ("lịch họp.ics", "text/calendar"), ("giấy mời.pdf", "application/pdf"),
    ]  # fmt: skip
    assert parts[2].get_content() == b"%PDF"
    row.refresh_from_db()
    assert (row.state, row.settled_at, row.tries, row.lease) == (LetterState.SENT, AT, 1, "")


def test_four_hundred_letters_leave_over_one_connection_each_once(server: Letters) -> None:
    post(*(f"khach.{n}@vidu.vn" for n in range(400)))
    assert let_leave() == Round(sent=400)
    assert len(server.messages) == len(set(server.ids)) == 400
    assert server.to == [f"khach.{n}@vidu.vn" for n in range(400)]
    assert server.connections == 1


def test_an_urgent_letter_goes_first(server: Letters) -> None:
    post("a@vidu.vn", "b@vidu.vn")
    post("gap@vidu.vn", urgent=True)
    let_leave()
    assert server.to == ["gap@vidu.vn", "a@vidu.vn", "b@vidu.vn"]


def test_a_letter_whose_time_is_over_does_not_leave(server: Letters) -> None:
    post("a@vidu.vn", until=AT + dt.timedelta(hours=1))
    assert let_leave(AT + dt.timedelta(hours=2)) == Round(failed=1)
    assert server.messages == []
    assert Letter.objects.get().fault == Fault.TOO_LATE


# -- a server that misbehaves -----------------------------------------------------------------------------------------
def test_while_the_server_is_away_all_wait_and_no_try_is_counted(
    settings,
    smtp: Letters,  # noqa: F811
    machine: list[dt.timedelta],
) -> None:
    use_server(settings, "smtp://127.0.0.1:9")
    settings.MAIL_TRIES = 2
    post("a@vidu.vn", "b@vidu.vn")
    for waits in (1, 5, 15, 15):
        done = let_leave()
        assert done.away
        assert (done.sent, done.failed, done.later) == (0, 0, 0)
        assert let_leave() == Round(), "nobody asks the server again at once"
        rows = list(Letter.objects.all())
        assert {(row.state, row.fault, row.tries) for row in rows} == {("waiting", "away", 0)}
        assert "127.0.0.1:9" in rows[0].fault_words
        machine[0] += dt.timedelta(minutes=waits, seconds=1)
    use_server(settings, smtp.url)
    assert let_leave() == Round(sent=2)
    assert set(Letter.objects.values_list("fault", "held")) == {("", 0)}


def test_when_the_server_is_there_again_what_waited_for_it_goes_at_once(settings, smtp: Letters) -> None:  # noqa: F811
    use_server(settings, "smtp://127.0.0.1:9")
    post("a@vidu.vn", "b@vidu.vn")
    let_leave()
    use_server(settings, smtp.url)
    assert let_leave() == Round()
    post("c@vidu.vn")
    assert let_leave() == Round(sent=3)


def test_an_address_that_the_server_refuses_fails_alone_and_for_good(server: Letters, caplog) -> None:
    server.refuse = {"sai@vidu.vn": "550 5.1.1 no such mailbox sai@vidu.vn"}
    post("a@vidu.vn", "sai@vidu.vn", "b@vidu.vn")
    assert let_leave() == Round(sent=2, failed=1)
    row = Letter.objects.get(to="sai@vidu.vn")
    assert (row.state, row.fault, row.tries) == (LetterState.FAILED, Fault.REFUSED, 1)
    assert row.fault_words == "550 5.1.1 no such mailbox sai@vidu.vn"
    assert let_leave() == Round()
    assert told("letters.LettersFailed") == ["The outbox could not deliver letters (Test letter): 1"]
    lines = [record.msg for record in caplog.records if record.name == "dienhong.letters"]
    assert [(line["event"], line["letter"], line["fault"], line["again"]) for line in lines] == [
        ("mail_not_sent", row.pk, "refused", False)
    ]
    assert "sai@" not in str(lines), "a log names no address"


def test_a_letter_put_off_is_tried_after_growing_pauses_and_fails_in_the_end(
    server: Letters, settings, machine: list[dt.timedelta]
) -> None:
    server.refuse = {"day@vidu.vn": "452 4.2.2 mailbox full"}
    settings.MAIL_TRIES = 3
    post("day@vidu.vn", "a@vidu.vn")
    assert let_leave() == Round(sent=1, later=1)
    row = Letter.objects.get(to="day@vidu.vn")
    assert (row.state, row.fault, row.tries) == ("waiting", "later", 1)
    machine[0] += dt.timedelta(seconds=59)
    assert let_leave() == Round()
    machine[0] += dt.timedelta(seconds=2)
    assert let_leave() == Round(later=1)
    machine[0] += dt.timedelta(minutes=5, seconds=1)
    assert let_leave() == Round(failed=1)
    row.refresh_from_db()
    assert (row.state, row.fault, row.tries, row.fault_words) == ("failed", "tried", 3, "452 4.2.2 mailbox full")


def test_a_connection_that_breaks_in_a_letter_stops_no_other(server: Letters) -> None:
    server.cut = {"dut@vidu.vn"}
    post("a@vidu.vn", "dut@vidu.vn", "b@vidu.vn")
    assert let_leave() == Round(sent=2, later=1)
    row = Letter.objects.get(to="dut@vidu.vn")
    assert (row.fault, row.perhaps_twice) == (Fault.CUT, True)
    assert server.connections == 2


def test_a_server_that_breaks_every_connection_is_away(server: Letters) -> None:
    server.cut = {f"{n}@vidu.vn" for n in range(20)}
    post(*sorted(server.cut))
    done = let_leave()
    assert done.away
    assert done.later == 2
    assert server.connections == 3
    assert set(Letter.objects.values_list("state", flat=True)) == {"waiting"}


@pytest.mark.parametrize("said", ["550 sender not allowed", "530 sign in first", "421 too many letters"])
def test_a_refused_sender_fails_no_letter(server: Letters, said: str) -> None:
    server.sender = said
    post("a@vidu.vn", "b@vidu.vn")
    done = let_leave()
    assert said.split()[0] in done.away
    assert set(Letter.objects.values_list("state", "fault", "tries")) == {("waiting", "away", 0)}


@pytest.mark.parametrize("to", ["không phải địa chỉ", "a b@vidu.vn\nBcc: x@vidu.vn", "@"])
def test_an_address_that_is_none_fails_alone(server: Letters, to: str) -> None:
    post(to, "a@vidu.vn")
    assert let_leave() == Round(sent=1, failed=1)
    assert server.to == ["a@vidu.vn"]
    assert Letter.objects.exclude(to="a@vidu.vn").get().state == LetterState.FAILED


def test_an_enclosure_that_cannot_be_drawn_fails_its_letter_alone(server: Letters) -> None:
    post("a@vidu.vn", files=[File("a.pdf", "application/pdf", b"x", drawn="no such drawing")])
    post("b@vidu.vn")
    assert let_leave() == Round(sent=1, failed=1)
    assert Letter.objects.get(to="a@vidu.vn").fault == Fault.UNWRITABLE


# -- leases -----------------------------------------------------------------------------------------------------------
def test_a_leased_letter_is_nobody_elses_until_the_lease_ends(server: Letters, machine: list[dt.timedelta]) -> None:
    post("a@vidu.vn")
    now = clock.machine_now()
    first = actions.lease_next(now=now, lasting=dt.timedelta(minutes=5))
    assert first is not None
    assert actions.lease_next(now=now, lasting=dt.timedelta(minutes=5)) is None
    assert let_leave() == Round()
    machine[0] += dt.timedelta(minutes=5, seconds=1)
    second = actions.lease_next(now=clock.machine_now(), lasting=dt.timedelta(minutes=5))
    assert second is not None
    assert (second.pk, second.perhaps_twice) == (first.pk, True)
    assert not actions.settle_sent(letter=first, at=AT), "whose lease has ended writes nothing any more"
    assert not actions.settle_failed(letter=first, fault=Fault.REFUSED, words="", at=AT)
    actions.put_off(letter=first, fault=Fault.LATER, words="late", now=now, at=AT)
    row = Letter.objects.get()
    assert (row.state, row.lease, row.fault) == ("waiting", second.lease, "")
    assert actions.settle_sent(letter=second, at=AT)
