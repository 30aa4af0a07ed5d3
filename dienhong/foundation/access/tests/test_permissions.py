"""What an actor may do: by the grants of the day, within bodies, and with the reason when not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dienhong.foundation.access import permissions
from dienhong.foundation.access.actor import NOBODY, Actor, Grant, Refused, keeper, may, require
from dienhong.foundation.access.permissions import declare, label, matches

DAY = dt.date(2023, 11, 24)
OPEN = "test.open"
AT_EIGHT = dt.datetime(2023, 11, 24, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _a_permission_of_this_test_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(permissions._known, OPEN, permissions.Permission(OPEN, "Open the door"))


def actor(*grants: Grant) -> Actor:
    return Actor(1, 1, "Trần Thị Khánh Vân", grants)


days = st.dates(dt.date(2020, 1, 1), dt.date(2026, 1, 1))


@given(days, days, days)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_grant_holds_on_its_days_both_included(since: dt.date, until: dt.date, day: dt.date) -> None:
    answer = may(actor(Grant(OPEN, "Vụ trưởng", None, since, until)), OPEN, on=day)
    assert answer.allowed == (since <= day <= until)


def test_an_open_side_of_a_grant_has_no_end() -> None:
    assert may(actor(Grant(OPEN, "Vụ trưởng")), OPEN, on=dt.date(1946, 1, 6)).allowed
    assert may(actor(Grant(OPEN, "Vụ trưởng", since=DAY)), OPEN, on=dt.date(2100, 1, 1)).allowed


@pytest.mark.parametrize(
    ("granted", "asked", "covers"),
    [
        ("polls.open", "polls.open", True),
        ("polls.*", "polls.open", True),
        ("*", "polls.open", True),
        ("polls.*", "pollsters.open", False),
        ("polls.open", "polls.open_all", False),
        ("polls", "polls.open", False),
    ],
)
def test_a_star_covers_its_concept_and_no_other(granted: str, asked: str, covers: bool) -> None:
    assert matches(granted, asked) is covers


def test_a_grant_within_a_body_holds_there_and_below_and_nowhere_else() -> None:
    one = actor(Grant(OPEN, "Chủ nhiệm", scope=7))
    assert may(one, OPEN, on=DAY, within=(7, 1)).allowed
    assert may(one, OPEN, on=DAY, within=(9, 7, 1)).allowed  # a body under body 7
    refused = may(one, OPEN, on=DAY, within=(8, 1))
    assert not refused.allowed
    assert "in another body" in refused.reason
    assert may(one, OPEN, on=DAY).allowed  # asked of no body: somewhere is enough


def test_the_answer_names_every_post_that_allows_it_once() -> None:
    one = actor(Grant(OPEN, "A"), Grant("test.*", "B"), Grant(OPEN, "A"), Grant("other.see", "C"))
    assert may(one, OPEN, on=DAY).via == ("A", "B")


def test_the_reason_names_the_post_that_was_lost_and_its_last_day() -> None:
    one = actor(
        Grant(OPEN, "Phó Vụ trưởng", until=dt.date(2021, 5, 1)), Grant(OPEN, "Vụ trưởng", until=dt.date(2023, 2, 28))
    )
    assert (
        may(one, OPEN, on=DAY).reason
        == "“Open the door” came with the post Vụ trưởng, which you held until 28/02/2023."
    )
    assert "not given by any post you hold on 24/11/2023" in may(actor(), OPEN, on=DAY).reason


def test_nobody_is_asked_to_sign_in_and_the_keeper_may_all() -> None:
    assert may(NOBODY, OPEN, on=DAY).reason == "Sign in first."
    assert may(keeper("import"), OPEN, on=DAY, within=(99,)).allowed


def test_require_judges_by_the_day_of_the_office_not_of_utc() -> None:
    late = dt.datetime(2023, 11, 23, 18, tzinfo=dt.UTC)  # 01:00 on the 24th in Hanoi
    require(actor(Grant(OPEN, "Vụ trưởng", since=DAY)), OPEN, at=late)
    with pytest.raises(Refused) as refused:
        require(actor(Grant(OPEN, "Vụ trưởng", until=dt.date(2023, 11, 23))), OPEN, at=late)
    assert refused.value.answer.permission == OPEN
    assert refused.value.status == 403


def test_ones_own_account_needs_no_permission_and_anothers_does() -> None:
    require(actor(), OPEN, at=AT_EIGHT, holder=1)
    with pytest.raises(Refused):
        require(actor(), OPEN, at=AT_EIGHT, holder=2)
    with pytest.raises(Refused):
        require(NOBODY, OPEN, at=AT_EIGHT, holder=1)


def test_a_permission_is_declared_once_in_one_wording() -> None:
    assert declare("test.open", "Open the door") == "test.open"
    with pytest.raises(ValueError, match="declared twice"):
        declare("test.open", "Open the window")
    assert label("no.such") == "no.such"
