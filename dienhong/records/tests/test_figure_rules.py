"""The rules of counting: what is not known is said, never guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dienhong.records import rules
from dienhong.records.rules import CountedVote

counts = st.integers(0, 500).map(Decimal)


@given(counts, st.lists(counts, max_size=3))
def test_whole_rows_always_give_the_value(found: Decimal, stated: list[Decimal]) -> None:
    settled = rules.settle(found, whole=True, stated=stated)
    assert settled.value == found
    assert settled.clash == any(value != found for value in stated)


@given(counts, st.lists(counts, max_size=3))
def test_rows_that_are_not_whole_never_give_a_value_of_their_own(found: Decimal, stated: list[Decimal]) -> None:
    settled = rules.settle(found, whole=False, stated=stated)
    assert settled.at_least == found
    if settled.value is not None:
        assert set(stated) == {settled.value}
        assert settled.value >= found
        assert settled.basis == "published"


def test_a_published_count_below_what_the_rows_prove_is_no_value() -> None:
    settled = rules.settle(Decimal(58), whole=False, stated=[Decimal(42)])
    assert settled.value is None
    assert settled.clash


@given(st.integers(1, 90), st.integers(1, 20))
def test_a_series_is_whole_only_with_its_neighbours(first: int, length: int) -> None:
    numbers = list(range(first, first + length))
    before, after = {first - 1}, {first + length}
    assert rules.series_is_whole(numbers, before, after)
    assert not rules.series_is_whole(numbers, before, set())
    assert rules.series_is_whole(numbers, set(), after) == (first == 1)
    if length > 2:
        assert not rules.series_is_whole([numbers[0], *numbers[2:]], before, after)


@given(st.sets(st.integers(1, 60), min_size=1))
def test_holes_and_numbers_together_are_the_whole_stretch(numbers: set[int]) -> None:
    found = rules.holes(numbers)
    assert sorted([*numbers, *found]) == list(range(min(numbers), max(numbers) + 1))


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=30))
def test_half_of_the_values_lie_on_each_side_of_the_median(values: list[Decimal]) -> None:
    middle = rules.median(values)
    assert middle is not None
    assert sum(v <= middle for v in values) * 2 >= len(values)
    assert sum(v >= middle for v in values) * 2 >= len(values)


def test_the_median_of_nothing_is_not_known() -> None:
    assert rules.median([]) is None


def test_a_number_of_a_law_is_taken_apart() -> None:
    assert rules.act_number("24/2023/QH15") == rules.ActNumber(24, 2023, 15)
    assert rules.act_number("24/2023/ND-CP") is None


def vote(key: int, *, here: bool, synthetic: bool = False, dossier: int | None = 1) -> CountedVote:
    return CountedVote(key, dossier, "law", dt.date(2023, 11, 24), here, synthetic)


def test_a_decision_published_and_held_here_is_counted_once_as_published() -> None:
    assert rules.votes_of_record([vote(1, here=False), vote(2, here=True)]) == [1]


def test_a_vote_of_the_demonstration_never_counts() -> None:
    assert rules.votes_of_record([vote(1, here=True, synthetic=True)]) == []


def test_a_vote_of_this_office_alone_counts() -> None:
    assert rules.votes_of_record([vote(1, here=True), vote(2, here=False, dossier=2)]) == [1, 2]


def test_a_scope_is_covered_only_by_one_span_that_holds_it_all() -> None:
    year = rules.year_scope(2023)
    assert rules.covered(year, [(dt.date(2016, 7, 20), dt.date(2026, 8, 24))])
    assert not rules.covered(year, [(dt.date(2023, 1, 2), dt.date(2026, 8, 24))])
    assert not rules.covered(
        year, [(dt.date(2020, 1, 1), dt.date(2023, 6, 30)), (dt.date(2023, 7, 1), dt.date(2024, 1, 1))]
    )


def test_only_days_on_which_a_value_changes_are_kept() -> None:
    day = dt.date
    points = [(day(2023, 6, 20), 494), (day(2023, 1, 5), 496), (day(2023, 3, 2), 495), (day(2023, 11, 24), 494)]
    assert rules.changes(points) == [(day(2023, 1, 5), 496), (day(2023, 3, 2), 495), (day(2023, 6, 20), 494)]


def test_the_weakest_mark_stands_for_all() -> None:
    assert rules.weakest(["L", "V", "?"]) == "?"
    assert rules.weakest(["L", "S"]) == "S"
    assert rules.weakest([]) == ""
