"""The whole demonstration: as many deputies as the record says, synthetic and saying so, and a day to live in."""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata

import pytest
from django.test import override_settings

from dienhong.demo import names
from dienhong.demo.loading import NotAnEmptyOffice, load_demonstration
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.models import Shift
from dienhong.foundation.journal.queries import breaks, last_number
from dienhong.meetings.models import Meeting
from dienhong.people import actions as people
from dienhong.people.models import Body, Mandate, Person, Seat, on
from dienhong.people.queries import actor_of, deputies_total, members_on
from dienhong.polls import actions as polls
from dienhong.polls.models import Poll
from dienhong.polls.rules import percent
from dienhong.records.figures import figures
from dienhong.records.rules import year_scope
from dienhong.work.models import Task
from dienhong.work.queries import escalated, of_person, to_confirm, to_decide
from dienhong.work.waiting import clashes
from tests.cast import at_eight
from tests.data import needs_data

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DAY = dt.date(2023, 11, 24)
PERSONAS = ("chuyên viên", "lãnh đạo Văn phòng")


@pytest.fixture(scope="module")
def _office(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for this file and taken away again after it."""
    from django.db import transaction

    with django_db_blocker.unblock(), override_settings(DEMO=True):
        outer = transaction.atomic()
        outer.__enter__()
        load_demonstration(actor=keeper("demo"))
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
        Shift.forget()


@pytest.fixture(autouse=True)
def _each(_office, db):
    """Every test works in a transaction of its own inside the loaded office."""


def test_a_second_run_does_nothing() -> None:
    before = last_number()
    assert load_demonstration(actor=keeper("demo")) == 0
    assert last_number() == before
    assert breaks() == []


def test_there_are_as_many_deputies_as_every_published_total_says() -> None:
    based = Poll.objects.filter(held_here=False, base__isnull=False, day__gte=dt.date(2021, 7, 20))
    assert based.count() > 40
    assert {poll.day: deputies_total(poll.day) for poll in based if poll.day} == {poll.day: poll.base for poll in based}


@pytest.mark.parametrize(
    ("day", "deputies", "delegations"),
    [((2021, 7, 20), 499, 63), ((2025, 6, 30), 478, 63), ((2025, 7, 1), 478, 34), ((2026, 4, 6), 500, 34)],
)
def test_every_deputy_has_one_seat_in_a_delegation_of_the_day(day, deputies: int, delegations: int) -> None:
    day = dt.date(*day)
    seats = Seat.objects.filter(on(day), on(day, "mandate__"), on(day, "delegation__"))
    assert seats.count() == seats.values("mandate").distinct().count() == deputies
    assert seats.values("delegation").distinct().count() == delegations


def test_no_constituency_has_more_deputies_than_seats() -> None:
    held: dict[int, int] = {}
    for mandate in Mandate.objects.filter(term__label="XV").select_related("constituency"):
        place = mandate.constituency
        assert place is not None
        assert place.seats is not None
        held[place.pk] = held.get(place.pk, 0) + 1
        assert held[place.pk] <= place.seats
    assert len(held) == 184


def test_every_person_is_synthetic_and_says_so() -> None:
    assert not Person.objects.exclude(mark="S").exists()
    assert not Person.objects.filter(source="").exists()
    assert not Account.objects.filter(is_keeper=True).exists()
    assert all(not account.has_usable_password() for account in Account.objects.all()[:20])


def test_the_names_hold_every_letter_of_the_alphabet_with_every_tone() -> None:
    letters = set("".join(Person.objects.values_list("full_name", flat=True)).lower())
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    want = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} | {"đ"}
    assert want <= letters


@pytest.mark.data
def test_nobody_bears_the_name_of_a_real_deputy() -> None:
    with needs_data("deputies", "xv_elected_2021.csv").open(encoding="utf-8") as file:
        real = {unicodedata.normalize("NFC", row["name"].split(" (")[0]) for row in csv.DictReader(file)}
    assert real & set(Person.objects.values_list("full_name", flat=True)) == set()


def test_the_standing_committee_has_eighteen_members() -> None:
    body = Body.objects.get(code="ubtvqh")
    assert len(members_on(body.pk, DAY)) == 18
    assert len(members_on(body.pk, dt.date(2026, 5, 1))) == 18


def test_personas_are_shown_and_may_act_through_their_posts() -> None:
    personas = Account.objects.exclude(persona="")
    assert {"khanh.van", "minh.thai", "cong.an", "thi.anh", "my.ung", "dai.bieu.1"} <= {a.username for a in personas}
    assert all(actor_of(account).grants for account in personas)


def test_somebody_can_enter_who_has_tasks_and_somebody_who_leads_them() -> None:
    personas = {account.persona: actor_of(account) for account in Account.objects.exclude(persona="")}
    doer, leader = personas["chuyên viên"].person_id, personas["lãnh đạo Văn phòng"].person_id
    assert doer
    assert of_person(doer, DAY).count() > 1
    assert leader
    assert to_confirm(leader).exists()


def test_the_desks_of_the_day_have_something_to_do_and_to_decide() -> None:
    """Who enters as expert owes something today; the leader has results to confirm, requests, clashes, late tasks."""
    names = {persona: Account.objects.filter(persona=persona).order_by("pk").first() for persona in PERSONAS}
    doer, leader = (actor_of(account).person_id for account in names.values() if account)
    assert doer
    assert leader
    assert [task.turn for task in of_person(doer, DAY).filter(due=DAY)] == [3]  # of work that comes again every week
    assert to_confirm(leader).count() >= 2
    assert to_decide(leader).count() >= 2
    assert [(one.task.number, one.needed.number) for one in clashes(leader, DAY)] == [("1.9", "1.8"), ("3.5", "7.3")]
    assert escalated(leader, DAY).exists()
    assert Task.objects.exclude(recurs="").values("series").distinct().count() >= 3


def test_the_clerk_opens_the_prepared_vote_with_494_deputies() -> None:
    poll = Poll.objects.get(question="Thông qua Luật Viễn thông (sửa đổi)", held_here=True)
    assert poll.dossier is not None
    assert poll.dossier.code == "24/2023/QH15"
    clerk = actor_of(Account.objects.get(username="khanh.van"))
    opened = polls.open_poll(actor=clerk, poll_id=poll.pk, at=at_eight(DAY))
    assert opened.base == 494
    assert opened.electors.count() == 494


def test_a_vote_held_in_the_demonstration_is_found_in_the_year_and_not_added_to_the_record() -> None:
    before = {f.key: f for f in figures(year_scope(2023), DAY)}
    poll = Poll.objects.get(question="Thông qua Luật Viễn thông (sửa đổi)", held_here=True)
    clerk = actor_of(Account.objects.get(username="khanh.van"))
    chair = actor_of(Account.objects.get(username="minh.thai"))
    at = at_eight(DAY)
    polls.open_poll(actor=clerk, poll_id=poll.pk, at=at)
    presses = [polls.Press(poll.pk, e.person_id, "for", f"key-{e.pk:08}") for e in poll.electors.all()[:400]]
    polls.cast_ballots(presses=presses, at=at)
    polls.close_poll(actor=clerk, poll_id=poll.pk, at=at)
    polls.declare_result(actor=chair, poll_id=poll.pk, at=at)
    after = {f.key: f for f in figures(year_scope(2023), DAY)}
    assert after["votes.held_here"].value == 1
    assert after["votes.held_here"].rows[0].mark == "S"
    assert after["votes.held_here"].rows[0].value == percent(400, 494)
    for key in ("votes.published", "votes.laws.median", "laws"):
        assert after[key].value == before[key].value
        assert after[key].rows == before[key].rows


def test_the_week_has_sittings_before_and_after_the_day() -> None:
    of_week = Meeting.objects.filter(mark="S")
    assert of_week.filter(since__lt=DAY, state="closed").count() == 7
    assert of_week.filter(since=DAY, state="planned").count() == 2


def test_the_demonstration_is_not_mixed_with_real_people() -> None:
    people.enter_person(actor=keeper("test"), full_name="Người Thật", code="THAT-1", at=at_eight(DAY))
    with pytest.raises(NotAnEmptyOffice):
        load_demonstration(actor=keeper("demo"))


def test_names_are_the_same_at_every_run() -> None:
    import random

    first = [names.made(random.Random(7), "ha-giang", set()).full_name for _n in range(3)]
    assert first == [names.made(random.Random(7), "ha-giang", set()).full_name for _n in range(3)]
