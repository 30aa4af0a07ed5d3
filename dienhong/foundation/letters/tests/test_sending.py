"""A letter waits, is sent once, is tried again, is given up, is forgotten: before a real server that misbehaves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dienhong.foundation import clock
from dienhong.foundation.access.actor import NOBODY, Refused, keeper
from dienhong.foundation.journal import queries as journal
from dienhong.foundation.journal.actions import ClockBehind
from dienhong.foundation.letters import actions, purposes, queries, sending
from dienhong.foundation.letters.actions import Draft, File
from dienhong.foundation.letters.models import Enclosure, Fault, Letter, LetterState
from dienhong.foundation.letters.sending import Round
from tests.components import Letters, smtp  # noqa: F401
from tests.post import let_leave, use_server

pytestmark = pytest.mark.django_db
BY = keeper("test")
AT = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
FOR = "test.letter"


@pytest.fixture(autouse=True)
def _purpose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(purposes._known, FOR, purposes.Purpose(FOR, "Test letter"))
    monkeypatch.setitem(purposes.WORDS, FOR, "Test letter")


@pytest.fixture
def server(settings, smtp: Letters) -> Letters:  # noqa: F811
    use_server(settings, smtp.url)
    return smtp


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[dt.timedelta]:
    """How far the machine's clock is put ahead: change its only element."""
    ahead, plain = [dt.timedelta()], clock.machine_now
    monkeypatch.setattr(clock, "machine_now", lambda: plain() + ahead[0])
    return ahead


def post(*to: str, **more: Any) -> list[Letter]:
    drafts = [Draft(FOR, one, "Giấy mời: Hội nghị", "Kính gửi: quý cơ quan.", **more) for one in to]
    with transaction.atomic():
        return actions.post_letters(drafts=drafts, at=AT)


def states() -> dict[str, str]:
    return dict(Letter.objects.values_list("to", "state"))


def told(kind: str) -> list[str]:
    return [row.sentence for row in journal.told(journal.entries(kind=kind))]


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


# -- what people do ---------------------------------------------------------------------------------------------------
def test_what_failed_is_tried_again_or_given_up_by_who_may(server: Letters) -> None:
    server.refuse = {"a@vidu.vn": "550 no", "b@vidu.vn": "550 no"}
    post("a@vidu.vn", "b@vidu.vn")
    let_leave()
    keys = list(Letter.objects.values_list("pk", flat=True))
    for act in (actions.try_again, actions.give_up_letters):
        with pytest.raises(Refused):
            act(actor=NOBODY, letter_ids=keys, at=AT)
    assert actions.give_up_letters(actor=BY, letter_ids=keys[:1], at=AT) == 1
    assert actions.try_again(actor=BY, letter_ids=keys[1:], at=AT) == 1
    server.refuse = {}
    assert let_leave() == Round(sent=1)
    assert states() == {"a@vidu.vn": "dropped", "b@vidu.vn": "sent"}
    assert told("letters.LettersGivenUp") == ["test gave up letters (Test letter): 1"]
    assert told("letters.LettersTriedAgain") == ["test let letters be tried again (Test letter): 1"]
    with pytest.raises(actions.NothingToDo):
        actions.give_up_letters(actor=BY, letter_ids=keys, at=AT)
    with pytest.raises(actions.NothingToDo):
        actions.try_again(actor=BY, letter_ids=keys[1:], at=AT)
    assert actions.try_again(actor=BY, letter_ids=keys[:1], at=AT) == 1, "what was given up may be taken up again"


def test_what_is_being_sent_is_not_given_up(server: Letters) -> None:
    (row,) = post("a@vidu.vn", key="invitation:1")
    actions.lease_next(now=clock.machine_now(), lasting=dt.timedelta(minutes=5))
    with pytest.raises(actions.UnderWay):
        actions.give_up_letters(actor=BY, letter_ids=[row.pk], at=AT)
    with pytest.raises(actions.UnderWay), transaction.atomic():
        actions.drop_with(purpose=FOR, keys=["invitation:1"], fault=Fault.WITHDRAWN, at=AT)
    with pytest.raises(actions.NothingToDo):
        actions.try_again(actor=BY, letter_ids=[row.pk], at=AT)


def test_a_letter_taken_back_by_another_act_is_not_tried_again(server: Letters) -> None:
    (row,) = post("a@vidu.vn", key="invitation:1")
    with transaction.atomic():
        assert actions.drop_with(purpose=FOR, keys=["invitation:1"], fault=Fault.CORRECTED, at=AT) == 1
    assert let_leave() == Round()
    with pytest.raises(actions.NothingToDo):
        actions.try_again(actor=BY, letter_ids=[row.pk], at=AT)


def test_after_a_restore_nothing_leaves_until_a_person_has_looked(server: Letters) -> None:
    post("a@vidu.vn", "b@vidu.vn")
    assert actions.hold_letters(actor=BY, at=AT) == 2
    assert let_leave() == Round()
    rows = Letter.objects.all()
    assert {(row.state, row.fault, row.perhaps_twice) for row in rows} == {("failed", "restored", True)}
    assert actions.try_again(actor=BY, letter_ids=[row.pk for row in rows], at=AT) == 2
    assert let_leave() == Round(sent=2)


# -- what is kept -----------------------------------------------------------------------------------------------------
def test_words_are_forgotten_some_days_after_the_letter_left(server: Letters, settings) -> None:
    settings.MAIL_KEEP = dt.timedelta(days=7)
    post("a@vidu.vn", files=[File("a.pdf", "application/pdf", b"%PDF")], about="conference:3", key="invitation:1")
    waiting = post("b@vidu.vn")[0]
    server.refuse = {"b@vidu.vn": "450 later"}
    let_leave(AT)
    assert actions.empty_old(before=AT) == 0
    assert actions.empty_old(before=AT + dt.timedelta(seconds=1)) == 1
    row = Letter.objects.get(to="a@vidu.vn")
    assert (row.subject, row.body, row.kept) == ("", "", False)
    assert (row.to, row.state, row.about, row.settled_at) == ("a@vidu.vn", "sent", "conference:3", AT)
    assert not Enclosure.objects.exists()
    waiting.refresh_from_db()
    assert waiting.body


def test_a_secret_is_sealed_while_it_waits_and_gone_when_it_has_left(server: Letters, settings) -> None:
    row = post("a@vidu.vn", secret=True)[0]
    assert "Kính gửi" not in Letter.objects.get().body
    plain = settings.SECRET_KEY
    settings.SECRET_KEY = "another key of at least thirty-two characters"
    assert let_leave() == Round(failed=1), "under another key it cannot be read"
    settings.SECRET_KEY = plain
    actions.try_again(actor=BY, letter_ids=[row.pk], at=AT)
    assert let_leave() == Round(sent=1)
    content: Any = server.messages[0]
    assert "Kính gửi" in content.get_content()
    assert (Letter.objects.get().body, Letter.objects.get().kept) == ("", False)


# -- how it stands ----------------------------------------------------------------------------------------------------
def test_the_standing_tells_how_many_wait_since_when_and_why(settings) -> None:
    use_server(settings, "smtp://127.0.0.1:9")
    assert queries.standing() == queries.Standing(0, 0, None, "")
    post("a@vidu.vn")
    let_leave()
    standing = queries.standing()
    assert (standing.waiting, standing.failed, standing.oldest) == (1, 0, AT)
    assert standing.fault.startswith("the mail server takes no letters now 127.0.0.1:9")
    hour = dt.timedelta(hours=1)
    assert standing.late(AT + 2 * hour, hour)
    assert not standing.late(AT + hour, hour)


def test_the_journal_is_told_of_letters_by_who_knows_what_they_were(
    server: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []

    def note(about: str, letters: Any, at: dt.datetime) -> None:
        heard.append((about, [(row.key, row.state) for row in letters], at))

    monkeypatch.setitem(purposes._known, FOR, purposes.Purpose(FOR, "Test letter", note))
    server.refuse = {"b@vidu.vn": "550 no"}
    post("a@vidu.vn", about="conference:1", key="invitation:1")
    post("b@vidu.vn", about="conference:1", key="invitation:2")
    post("c@vidu.vn", about="conference:2", key="invitation:3")
    let_leave(AT)
    assert heard == [
        ("conference:1", [("invitation:1", "sent"), ("invitation:2", "failed")], AT),
        ("conference:2", [("invitation:3", "sent")], AT),
    ]
    assert sending.send_waiting() == Round()
    assert len(heard) == 2


def test_a_note_that_fails_stops_neither_the_sending_nor_what_is_told_of_others(
    server: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(_about: str, _letters: Any, _at: dt.datetime) -> None:
        raise ValueError("what it was about is gone")

    monkeypatch.setitem(purposes._known, FOR, purposes.Purpose(FOR, "Test letter", note))
    server.refuse = {"b@vidu.vn": "550 no"}
    post("a@vidu.vn", "b@vidu.vn")
    assert let_leave() == Round(sent=1, failed=1)
    assert told("letters.LettersFailed") == ["The outbox could not deliver letters (Test letter): 1"]
    assert not Letter.objects.filter(noted=False).exists()


def test_while_the_journal_cannot_be_written_letters_leave_and_are_told_of_later(
    server: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def note(_about: str, letters: Any, _at: dt.datetime) -> None:
        if len(heard) < 1:
            heard.append("refused")
            raise ClockBehind("the clock was set back")
        heard.extend(row.to for row in letters)

    monkeypatch.setitem(purposes._known, FOR, purposes.Purpose(FOR, "Test letter", note))
    post("a@vidu.vn")
    with pytest.raises(ClockBehind):
        let_leave()
    assert server.to == ["a@vidu.vn"]
    assert let_leave() == Round()
    assert heard == ["refused", "a@vidu.vn"]
