"""Which rows belong to which stretch of time."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from dienhong.records import rules

days = st.dates(dt.date(2016, 1, 1), dt.date(2027, 12, 31))


@given(days)
def test_a_day_lies_in_one_month_one_quarter_and_one_half_of_its_year(day: dt.date) -> None:
    for parts in (
        [f"{day.year}-{month:02}" for month in range(1, 13)],
        [f"{day.year}-Q{n}" for n in range(1, 5)],
        [f"{day.year}-H{n}" for n in (1, 2)],
    ):
        scopes = [rules.calendar_scope(code) for code in parts]
        held = [s for s in scopes if s and rules.belongs(s, day=day, year=day.year, term=None)]
        assert len(held) == 1
        assert scopes[0] is not None
        assert scopes[-1] is not None
        assert scopes[0].since == dt.date(day.year, 1, 1)
        assert scopes[-1].until == dt.date(day.year, 12, 31)


@given(st.integers(2016, 2027), st.integers(2016, 2027))
def test_a_row_without_a_day_may_belong_to_a_month_of_its_year_and_to_no_other(year: int, other: int) -> None:
    month = rules.calendar_scope(f"{year}-05")
    assert month is not None
    found = rules.belongs(month, day=None, year=other, term=None)
    assert found is (None if year == other else False)


def test_a_part_of_a_year_that_belongs_to_a_term_takes_only_the_rows_of_that_term() -> None:
    cut = rules.Scope(dt.date(2021, 7, 20), dt.date(2021, 12, 31), year=2021, term=15, label="2021/XV")
    assert rules.belongs(cut, day=dt.date(2021, 3, 24), year=2021, term=14) is False
    assert rules.belongs(cut, day=None, year=2021, term=15) is True
    assert rules.belongs(cut, day=None, year=2021, term=None) is None
    assert not cut.whole_year


def test_what_is_no_time_has_no_scope() -> None:
    for code in ("2023-13", "2023-Q5", "2023-H3", "23", "1900", "2023-1", "", "XV"):
        assert rules.calendar_scope(code) is None
