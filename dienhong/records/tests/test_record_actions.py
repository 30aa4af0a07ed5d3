"""Published figures and coverage enter through actions, and refuse what contradicts itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dienhong.foundation.access.actor import NOBODY, Refused, keeper
from dienhong.foundation.journal.queries import entries, told
from dienhong.records import actions
from dienhong.records.actions import NotAFigure
from tests.cast import at_eight

pytestmark = pytest.mark.django_db
BY = keeper("test")


def enter(**changes):
    parts = {"year": 2023, "key": "ordinances", "name": "Pháp lệnh", "value": Decimal(1), "at": at_eight(), "actor": BY}
    return actions.enter_reported_figure(**{**parts, **changes})


def test_a_published_figure_is_entered_and_told() -> None:
    enter(stated_by="Tổng Thư ký Quốc hội")
    assert "“Pháp lệnh” of 2023: 1" in told(entries()[:1])[0].sentence


def test_the_same_statement_is_not_entered_twice_but_another_source_may_contradict() -> None:
    enter()
    with pytest.raises(NotAFigure):
        enter(value=Decimal(2))
    assert enter(value=Decimal(2), stated_by="Chủ tịch Quốc hội").value == 2


@pytest.mark.parametrize("bad", [{"value": Decimal(-1)}, {"name": "x"}, {"qualifier": "perhaps"}])
def test_what_is_no_figure_is_refused(bad) -> None:
    with pytest.raises(NotAFigure):
        enter(**bad)


def test_who_has_no_post_enters_nothing() -> None:
    with pytest.raises(Refused):
        enter(actor=NOBODY)


def test_coverage_ends_after_it_begins() -> None:
    with pytest.raises(NotAFigure):
        actions.state_coverage(
            actor=BY, key="laws", name="Luật", since=dt.date(2023, 1, 1), until=dt.date(2022, 1, 1), at=at_eight()
        )
