"""The clerk and the chair hold a sitting through real pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
from dienhong.meetings import actions as meetings
from dienhong.meetings.models import AgendaItem, Meeting
from dienhong.people.models import Body
from dienhong.polls import actions as polls
from dienhong.polls.models import Poll
from tests.cast import DAY, Cast, at_eight

pytestmark = pytest.mark.django_db


def sign_in(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


@pytest.fixture
def day(cast: Cast) -> Cast:
    """The cast on the day of the demonstration."""
    set_clock(actor=keeper("test"), to=at_eight(), at=at_eight())
    return cast


def hold_up_to(client: Client, verb: str = "") -> Poll:
    """Enter a meeting, an item and a vote by real forms."""
    answer = client.post(
        "/chamber/meetings/new/",
        {
            "body": Body.objects.get(code="quoc-hoi").pk,
            "kind": "plenary",
            "title": "Phiên toàn thể sáng 24/11/2023",
            "since": "24/11/2023",
            "starts": "08:00",
        },
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    meeting = Meeting.objects.get()
    client.post(f"/chamber/meetings/{meeting.pk}/open/")
    client.post(
        f"/chamber/meetings/{meeting.pk}/items/new",
        {"title": "Luật Viễn thông (sửa đổi)", "starts": "09:40", "minutes": 5},
    )
    item = AgendaItem.objects.get()
    client.post(f"/chamber/items/{item.pk}/take-up/")
    client.post(f"/chamber/items/{item.pk}/vote", {"kind": "law", "question": "Thông qua Luật Viễn thông (sửa đổi)"})
    poll = Poll.objects.get()
    if verb:
        client.post(f"/chamber/votes/{poll.pk}/{verb}/")
    poll.refresh_from_db()
    return poll


def test_a_sitting_is_held_from_agenda_to_declared_result_through_pages(day: Cast) -> None:
    clerk, chair = sign_in(day.clerk), sign_in(day.chair)
    poll = hold_up_to(clerk, "open")
    assert poll.state == "open"
    page = clerk.get(f"/chamber/meetings/{Meeting.objects.get().pk}/").content.decode()
    assert "7" in page
    assert "have not voted yet" in page
    presses = [polls.Press(poll.pk, p.pk, "for", f"press-{n:04}") for n, p in enumerate(day.deputies[:9])]
    polls.cast_ballots(presses=presses, at=at_eight())
    clerk.post(f"/chamber/votes/{poll.pk}/close/")
    refused = clerk.post(f"/chamber/votes/{poll.pk}/declare/")
    assert refused.status_code == 403
    assert "Declare the result of a vote" in refused.content.decode()
    chair.post(f"/chamber/votes/{poll.pk}/declare/")
    page = chair.get(f"/chamber/votes/{poll.pk}/").content.decode()
    assert "9 of 12 (75.00%), more than half needed: 7. Carried under" in page
    assert page.count("Took no part") >= 3


def test_what_is_wrong_in_a_form_is_said_at_its_field_and_nothing_is_lost(day: Cast) -> None:
    clerk = sign_in(day.clerk)
    answer = clerk.post("/chamber/meetings/new/", {"title": "Phiên toàn thể", "since": "31/02/2023", "kind": "plenary"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Phiên toàn thể" in page
    assert "31/02/2023" in page
    assert not Meeting.objects.exists()


def test_a_vote_is_cancelled_only_with_a_reason(day: Cast) -> None:
    clerk = sign_in(day.clerk)
    poll = hold_up_to(clerk, "open")
    assert clerk.post(f"/chamber/votes/{poll.pk}/cancel", {"reason": ""}).status_code == 422
    assert clerk.post(f"/chamber/votes/{poll.pk}/cancel", {"reason": "Hệ thống mất điện"}).status_code == 302
    poll.refresh_from_db()
    assert poll.state == "cancelled"


def test_two_clerks_close_the_same_vote_and_the_second_is_told(day: Cast) -> None:
    first, second = sign_in(day.clerk), sign_in(day.chair)
    poll = hold_up_to(first, "open")
    first.post(f"/chamber/votes/{poll.pk}/close/")
    page = second.post(f"/chamber/votes/{poll.pk}/close/", follow=True).content.decode()
    assert "This vote is not open; somebody may have closed it just now." in page


def test_the_seat_shows_three_keys_while_a_vote_is_open_and_what_was_pressed(day: Cast) -> None:
    poll = hold_up_to(sign_in(day.clerk), "open")
    account = day.deputies[0].account
    assert account is not None
    seat = sign_in(account)
    page = seat.get("/seat/").content.decode()
    assert page.count('class="vote ') == 3
    seat.post("/seat/press/", {"poll": poll.pk, "choice": "against", "key": "a-press-by-hand"})
    assert "Recorded: <b>Against</b>" in seat.get("/seat/").content.decode()


def test_the_hall_shows_no_count_before_the_close_and_the_result_after_the_declaration(day: Cast) -> None:
    clerk, chair = sign_in(day.clerk), sign_in(day.chair)
    poll = hold_up_to(clerk, "open")
    polls.cast_ballots(presses=[polls.Press(poll.pk, day.deputies[0].pk, "for", "press-0001")], at=at_eight())
    screen = f"/screen/meetings/{Meeting.objects.get().pk}/"
    page = chair.get(screen).content.decode()
    assert "The result shows after the close" in page
    assert "In favour" not in page
    clerk.post(f"/chamber/votes/{poll.pk}/close/")
    assert "In favour" not in chair.get(screen).content.decode()
    chair.post(f"/chamber/votes/{poll.pk}/declare/")
    assert "Not carried" in chair.get(screen).content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_home_tells_everyone_what_awaits_them(day: Cast, language: str) -> None:
    poll = hold_up_to(sign_in(day.clerk), "open")
    account = day.deputies[0].account
    assert account is not None
    for who in (day.clerk, day.chair, account):
        page = sign_in(who, language).get("/").content.decode()
        assert poll.question in page


def test_a_prepared_vote_says_how_many_votes_it_will_need(day: Cast) -> None:
    client = sign_in(day.clerk)
    hold_up_to(client)
    meeting = Meeting.objects.get()
    words = " ".join(client.get(f"/chamber/meetings/{meeting.pk}/").content.decode().split())
    assert '<b class="giant">12</b><span>members have a vote today</span>' in words
    assert '<b class="giant">7</b><span>votes in favour needed</span>' in words


def test_all_votes_of_a_meeting_stand_in_one_table(day: Cast) -> None:
    client = sign_in(day.clerk)
    poll = hold_up_to(client, "open")
    client.post(f"/chamber/votes/{poll.pk}/close/")
    item = AgendaItem.objects.get()
    client.post(f"/chamber/items/{item.pk}/vote", {"kind": "law", "question": "Thông qua lần hai"})
    words = client.get(f"/chamber/meetings/{item.meeting_id}/").content.decode()
    table = words.split('id="votes"')[1].split("</section>")[0]
    assert table.count('<th scope="row">') == 2
    assert f'href="/chamber/votes/{poll.pk}/"' in table, "a counted vote leads to its page"
    assert "Thông qua lần hai" in table
    assert "not carried" in table
    assert "prepared" in table


def test_a_session_lists_votes_that_are_only_prepared(day: Cast) -> None:
    session = meetings.enter_session(
        actor=day.actor(day.clerk),
        term=day.term,
        kind="regular",
        number=6,
        year=2023,
        label="Kỳ họp thứ 6",
        since=DAY,
        until=DAY,
        convened_on=dt.date(2023, 10, 1),
        at=at_eight(),
    )
    client = sign_in(day.clerk)
    poll = hold_up_to(client)
    assert poll.vote.session_id == session.pk
    answer = client.get(f"/chamber/sessions/{session.pk}/")
    assert answer.status_code == 200
    words = answer.content.decode()
    assert "prepared" in words
    assert "cannot be computed" not in words
