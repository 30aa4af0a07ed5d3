"""A vote from preparation to declaration."""

from __future__ import annotations

import pytest

from dienhong.foundation.access.actor import NOBODY, Refused
from dienhong.foundation.journal import queries as journal
from dienhong.meetings import actions as meetings
from dienhong.polls import actions as polls
from tests.cast import DAY, Cast, at_eight


def open_a_vote(cast: Cast, kind: str = "law"):
    clerk, at = cast.actor(cast.clerk), at_eight()
    meeting = meetings.enter_meeting(
        actor=clerk, body=cast.assembly, kind="plenary", title="Phiên toàn thể", year=2023, since=DAY, at=at
    )
    item = meetings.add_item(actor=clerk, meeting_id=meeting.pk, title="Luật Viễn thông (sửa đổi)", at=at)
    poll = meetings.put_to_vote(actor=clerk, item_id=item.pk, kind=kind, question="Thông qua luật", at=at)
    return polls.open_poll(actor=clerk, poll_id=poll.pk, at=at)


def press(poll, cast: Cast, n: int, choice: str, key: str = ""):
    return polls.Press(poll.pk, cast.deputies[n].pk, choice, key or f"press-{n:04}")


@pytest.mark.django_db
def test_a_vote_is_held_from_agenda_to_declaration(cast: Cast) -> None:
    poll = open_a_vote(cast)
    assert poll.base == 12
    receipts = polls.cast_ballots(
        presses=[press(poll, cast, n, "for" if n < 7 else "against") for n in range(10)], at=at_eight()
    )
    assert all(receipt.ballot_id for receipt in receipts)
    result = polls.close_poll(actor=cast.actor(cast.clerk), poll_id=poll.pk, at=at_eight())
    assert (result.for_count, result.against_count, result.needed, result.carried) == (7, 3, 7, True)
    assert str(result.for_percent) == "58.33"
    polls.declare_result(actor=cast.actor(cast.chair), poll_id=poll.pk, at=at_eight())
    assert journal.breaks() == []


@pytest.mark.django_db
def test_a_press_sent_twice_counts_once_and_the_last_press_counts(cast: Cast) -> None:
    poll = open_a_vote(cast)
    first = polls.cast_ballots(presses=[press(poll, cast, 0, "for")], at=at_eight())
    again = polls.cast_ballots(presses=[press(poll, cast, 0, "for")], at=at_eight())
    assert first == again
    polls.cast_ballots(presses=[press(poll, cast, 0, "against", "another-press")], at=at_eight())
    result = polls.close_poll(actor=cast.actor(cast.clerk), poll_id=poll.pk, at=at_eight())
    assert (result.for_count, result.against_count) == (0, 1)


@pytest.mark.django_db
def test_two_clerks_close_the_same_vote_and_one_is_told(cast: Cast) -> None:
    poll = open_a_vote(cast)
    polls.close_poll(actor=cast.actor(cast.clerk), poll_id=poll.pk, at=at_eight())
    with pytest.raises(polls.NotOpen):
        polls.close_poll(actor=cast.actor(cast.clerk), poll_id=poll.pk, at=at_eight())


@pytest.mark.django_db
def test_who_may_not_open_a_vote_is_told_why(cast: Cast) -> None:
    with pytest.raises(Refused, match="not given by any post"):
        meetings.enter_meeting(
            actor=cast.actor(cast.registrar),
            body=cast.assembly,
            kind="plenary",
            title="Phiên",
            year=2023,
            at=at_eight(),
        )
    with pytest.raises(Refused, match="Sign in"):
        meetings.enter_meeting(
            actor=NOBODY, body=cast.assembly, kind="plenary", title="Phiên", year=2023, at=at_eight()
        )


@pytest.mark.django_db
def test_the_journal_tells_the_vote_in_sentences(cast: Cast) -> None:
    poll = open_a_vote(cast)
    newest = journal.told(journal.entries(kind="polls.PollOpened")[:1])[0]
    assert newest.sentence == "Trần Thị Khánh Vân opened the vote “Thông qua luật”; 12 members, 7 votes needed"
    assert f"poll:{poll.pk}" in newest.topics
