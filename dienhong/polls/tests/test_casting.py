"""The box: exactly once, whatever is sent again, in whatever order, in whatever groups."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dienhong.foundation.access.actor import Refused
from dienhong.meetings import actions as meetings
from dienhong.polls import actions as polls
from dienhong.polls import casting, rules
from dienhong.polls.models import Ballot, Poll
from dienhong.polls.queries import counting
from tests.cast import DAY, Cast, at_eight

pytestmark = pytest.mark.django_db
TAGS = itertools.count()  # every example has keys of its own


def open_a_vote(cast: Cast) -> Poll:
    clerk, at = cast.actor(cast.clerk), at_eight()
    meeting = meetings.enter_meeting(
        actor=clerk, body=cast.assembly, kind="plenary", title="Phiên toàn thể", year=2023, since=DAY, at=at
    )
    item = meetings.add_item(actor=clerk, meeting_id=meeting.pk, title="Luật Viễn thông (sửa đổi)", at=at)
    poll = meetings.put_to_vote(actor=clerk, item_id=item.pk, kind="law", question="Thông qua luật", at=at)
    return polls.open_poll(actor=clerk, poll_id=poll.pk, at=at)


def words(receipts: list[casting.Receipt]) -> list[str]:
    return [receipt.refused or "taken" for receipt in receipts]


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_again_in_whatever_groups_each_press_lies_in_the_box_once(cast: Cast, data) -> None:
    poll = open_a_vote(cast) if not Poll.objects.filter(state="open").exists() else Poll.objects.get(state="open")
    tag = next(TAGS)
    people = [deputy.pk for deputy in cast.deputies[:4]]
    one = st.tuples(st.sampled_from(people), st.sampled_from(sorted(casting.CHOICES)), st.integers(0, 3))
    groups = data.draw(st.lists(st.lists(one, max_size=8), max_size=5))
    electors = casting.Electors()
    told: dict[tuple[int, str], tuple[int | None, str]] = {}
    for group in groups:
        presses = [polls.Press(poll.pk, person, choice, f"{tag:010}-{n}") for person, choice, n in group]
        for press, receipt in zip(
            presses, polls.cast_ballots(presses=presses, at=at_eight(), electors=electors), strict=True
        ):
            answer = (receipt.ballot_id, receipt.choice)
            assert told.setdefault((press.person_id, press.key), answer) == answer
            assert receipt.refused == ""
    rows = Ballot.objects.filter(poll=poll, key__startswith=f"{tag:010}-")
    assert {(b.person_id, b.key): (b.pk, b.choice) for b in rows} == told
    assert rows.count() == len(told)
    last = {b.person_id: b.choice for b in rows.order_by("id")}
    counts = counting(poll.pk)
    assert all(counts[person] == choice for person, choice in last.items())


def test_each_reason_for_a_refusal_has_its_word(cast: Cast) -> None:
    poll = open_a_vote(cast)
    deputy, clerk = cast.deputies[0].pk, cast.clerk.person.pk
    presses = [
        polls.Press(poll.pk, deputy, "for", "right-key-1"),
        polls.Press(poll.pk, deputy, "perhaps", "right-key-2"),
        polls.Press(poll.pk, deputy, "for", "short"),
        polls.Press(poll.pk, deputy, "for", "with blank key"),
        polls.Press(poll.pk, clerk, "for", "right-key-3"),
        polls.Press(poll.pk + 99, deputy, "for", "right-key-4"),
        polls.Press(poll.pk, deputy, "against", "right-key-1"),
    ]
    receipts = polls.cast_ballots(presses=presses, at=at_eight())
    assert words(receipts) == [
        "taken",
        "malformed",
        "malformed",
        "malformed",
        "not_an_elector",
        "not_an_elector",
        "taken",
    ]
    assert receipts[0] == receipts[6]


def test_after_the_close_nothing_is_taken_but_an_earlier_press_keeps_its_receipt(cast: Cast) -> None:
    poll = open_a_vote(cast)
    early = polls.Press(poll.pk, cast.deputies[0].pk, "for", "early-press")
    [receipt] = polls.cast_ballots(presses=[early], at=at_eight())
    polls.close_poll(actor=cast.actor(cast.clerk), poll_id=poll.pk, at=at_eight())
    late = polls.Press(poll.pk, cast.deputies[1].pk, "for", "late-press")
    assert words(polls.cast_ballots(presses=[late, early], at=at_eight())) == ["not_open", "taken"]
    assert polls.cast_ballots(presses=[early], at=at_eight()) == [receipt]


class NotChangeable:
    """The line of a rulebook that does not let a ballot be changed."""

    def on(self, _day: dt.date) -> bool:
        return False


def test_where_a_ballot_may_not_be_changed_the_second_press_is_refused_also_in_the_same_group(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(casting, "CHANGEABLE", NotChangeable())
    poll = open_a_vote(cast)
    first, second, other = (
        polls.Press(poll.pk, cast.deputies[0].pk, "for", "first-press"),
        polls.Press(poll.pk, cast.deputies[0].pk, "against", "second-press"),
        polls.Press(poll.pk, cast.deputies[1].pk, "for", "other-press"),
    )
    group = [first, second, other]
    assert words(polls.cast_ballots(presses=group, at=at_eight())) == ["taken", "already_cast", "taken"]
    assert words(polls.cast_ballots(presses=[second, first], at=at_eight())) == ["already_cast", "taken"]


def test_a_page_casts_one_ballot_and_says_in_words_why_it_cannot(cast: Cast) -> None:
    poll = open_a_vote(cast)
    deputy = cast.deputy_actor(3)
    receipt = polls.cast_ballot(actor=deputy, poll_id=poll.pk, choice="for", key="page-press-1", at=at_eight())
    assert receipt.ballot_id
    with pytest.raises(Refused):
        polls.cast_ballot(
            actor=cast.actor(cast.registrar), poll_id=poll.pk, choice="for", key="page-press-2", at=at_eight()
        )
    with pytest.raises(polls.Malformed):
        polls.cast_ballot(actor=deputy, poll_id=poll.pk, choice="", key="page-press-3", at=at_eight())
    polls.close_poll(actor=cast.actor(cast.clerk), poll_id=poll.pk, at=at_eight())
    with pytest.raises(polls.NotOpen, match="not open"):
        polls.cast_ballot(actor=deputy, poll_id=poll.pk, choice="for", key="page-press-4", at=at_eight())


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from(sorted(casting.CHOICES)), st.text("ab", min_size=1, max_size=4)),
        max_size=30,
    )
)
def test_opening_a_box_counts_the_last_ballot_of_each_and_seals_all(rows) -> None:
    ballots = [(n, person, choice, key) for n, (person, choice, key) in enumerate(rows, 1)]
    opened = rules.open_box(iter(ballots))
    last = {person: choice for _n, person, choice, _key in ballots}
    assert opened.tally.participating == len(last)
    assert opened.ballots == len(ballots)
    if ballots:
        altered = [(*ballots[0][:2], "for" if ballots[0][2] != "for" else "against", ballots[0][3]), *ballots[1:]]
        assert rules.open_box(altered).digest != opened.digest
        assert rules.open_box(ballots[1:]).digest != opened.digest


def test_ballots_carry_the_moment_the_box_took_them(cast: Cast) -> None:
    poll = open_a_vote(cast)
    at = at_eight() + dt.timedelta(seconds=17)
    polls.cast_ballots(presses=[polls.Press(poll.pk, cast.deputies[0].pk, "for", "timed-press")], at=at)
    assert Ballot.objects.get(poll=poll).at == at
