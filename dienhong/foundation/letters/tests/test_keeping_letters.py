"""Letters are tried again and given up by people, forgotten after some days, and told to the journal."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from dienhong.foundation import clock
from dienhong.foundation.access.actor import NOBODY, Refused
from dienhong.foundation.journal.actions import ClockBehind
from dienhong.foundation.letters import actions, purposes, queries, sending
from dienhong.foundation.letters.actions import File
from dienhong.foundation.letters.models import Enclosure, Fault, Letter
from dienhong.foundation.letters.sending import Round
from dienhong.foundation.letters.tests.conftest import AT, BY, FOR, post, states, told
from tests.components import Letters, smtp  # noqa: F401
from tests.post import let_leave, use_server

pytestmark = pytest.mark.django_db


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
