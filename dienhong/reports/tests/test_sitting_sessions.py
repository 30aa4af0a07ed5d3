"""A report of a month in which no session opened names the one that sat."""

from __future__ import annotations

import datetime as dt

import pytest

from dienhong.foundation.access.actor import keeper
from dienhong.meetings.actions import enter_session
from dienhong.records.actions import state_coverage
from dienhong.records.rules import calendar_scope
from dienhong.reports.drafting import assembly
from dienhong.reports.live import Facts
from tests.cast import Cast, at_eight

BY = keeper("test")


@pytest.mark.django_db
def test_a_month_without_an_opening_names_the_session_that_sat(cast: Cast) -> None:
    since, until = dt.date(2023, 10, 23), dt.date(2023, 11, 29)
    enter_session(
        actor=BY, term=cast.term, kind="regular", number=6, label="Kỳ họp thứ 6", year=2023, since=since, until=until,
        at=at_eight(),
    )  # fmt: skip
    state_coverage(actor=BY, key="sessions", name="Kỳ họp", since=dt.date(2022, 1, 1), at=at_eight())
    said = {}
    for code in ("2023-09", "2023-11"):
        scope = calendar_scope(code)
        assert scope is not None
        facts = Facts(scope=scope, year=2023, today=dt.date(2024, 1, 5))
        said[code] = " ".join(str(one.text) for one in assembly(facts))
    assert "No session of the National Assembly opened in the period." in said["2023-09"]
    assert "there sat {{list:sessions.sitting}}" in said["2023-11"]
