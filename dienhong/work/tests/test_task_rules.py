"""What is decided about tasks holds for any days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dienhong.foundation.folding import fold
from dienhong.work import rules
from dienhong.work.rules import Facts, State

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
MAYBE = st.none() | DAYS


settings.register_profile("work", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("work")


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Facts as the constraints of the table allow them: what is confirmed was reported."""
    reported = draw(MAYBE)
    confirmed = draw(MAYBE) if reported else None
    return Facts(draw(MAYBE), draw(MAYBE), reported, confirmed, draw(MAYBE), draw(MAYBE), draw(MAYBE))


@given(facts(), DAYS)
def test_every_task_has_one_state_and_late_only_with_a_deadline(one: Facts, day: dt.date) -> None:
    state = rules.state(one, day)
    if state in {State.OVERDUE, State.DONE_LATE}:
        assert one.due is not None
        assert rules.days_late(one, day) > 0
    if one.due is None or one.cancelled is not None:
        assert rules.days_late(one, day) == 0


@given(facts(), DAYS, st.integers(1, 400))
def test_an_open_task_never_becomes_less_late_by_waiting(one: Facts, day: dt.date, more: int) -> None:
    assert rules.days_late(one, day + dt.timedelta(days=more)) >= rules.days_late(one, day)


@given(DAYS, DAYS, DAYS)
def test_who_confirms_late_makes_nobody_late(due: dt.date, reported: dt.date, confirmed: dt.date) -> None:
    one = Facts(due, due, reported, confirmed, due=due)
    expected = State.DONE_LATE if reported > due else State.DONE
    assert rules.state(one, confirmed) is expected


@pytest.mark.parametrize(
    ("said", "rule", "last"),
    [
        ("15/03/2024", "day:2024-03-15", dt.date(2024, 3, 15)),
        ("15/3", "day:2024-03-15", dt.date(2024, 3, 15)),
        ("trước ngày 05.02.2024", "day:2024-02-05", dt.date(2024, 2, 5)),
        ("2024-03-15", "day:2024-03-15", dt.date(2024, 3, 15)),
        ("Tháng 2/2024", "month:2024-02", dt.date(2024, 2, 29)),
        ("tháng 11", "month:2024-11", dt.date(2024, 11, 30)),
        ("02/2023", "month:2023-02", dt.date(2023, 2, 28)),
        ("Quý II/2024", "quarter:2024-2", dt.date(2024, 6, 30)),
        ("quý 4", "quarter:2024-4", dt.date(2024, 12, 31)),
        ("6 tháng đầu năm", "month:2024-06", dt.date(2024, 6, 30)),
        ("Cả năm", "month:2024-12", dt.date(2024, 12, 31)),
        ("Trước kỳ họp thứ 7", "session:XV-7:1", dt.date(2024, 5, 19)),
        ("20 ngày trước kỳ họp thứ 7", "session:XV-7:20", dt.date(2024, 4, 30)),
        ("trước kỳ họp thứ 1 khóa XVI", "session:XVI-1:1", None),
        ("quarter:2024-2", "quarter:2024-2", dt.date(2024, 6, 30)),
    ],
)
def test_a_deadline_is_read_as_offices_write_it(said: str, rule: str, last: dt.date | None) -> None:
    words = said if ":" in said else fold(said)
    assert rules.read_deadline(words, 2024) == rule
    assert rules.last_day(rule, {"XV-7": dt.date(2024, 5, 20)}) == last


@pytest.mark.parametrize(
    "said", ["", "sớm", "31/02/2024", "tháng 13", "quý V", "ngày mai", "12", "session:x", "15/03/24"]
)
def test_words_that_name_no_deadline_are_refused(said: str) -> None:
    with pytest.raises(rules.NotADeadline):
        rules.read_deadline(fold(said), 2024)


RHYTHMS = ["week", "month", "quarter", "half", "year"]


@given(DAYS, st.sampled_from(RHYTHMS), st.integers(1, 60))
def test_what_comes_again_comes_later_and_never_skips_a_period(day: dt.date, recurs: str, turn: int) -> None:
    for rule in (f"day:{day.isoformat()}", f"month:{day:%Y-%m}", f"quarter:{day.year}-{(day.month + 2) // 3}"):
        if not rules.has_rhythm(rule, recurs):
            assert recurs == "week"
            continue
        before, after = (rules.last_day(rules.turn_rule(rule, recurs, n)) for n in (turn, turn + 1))
        assert before is not None
        assert after is not None
        if recurs == "week":
            assert (after - before).days == 7
            continue
        months = (after.year - before.year) * 12 + after.month - before.month
        assert months == {"month": 1, "quarter": 3, "half": 6, "year": 12}[recurs]


@given(DAYS, st.sampled_from(["month", "quarter", "half", "year"]), st.integers(1, 60))
def test_a_day_of_a_series_is_the_same_day_again_or_the_last_of_a_shorter_month(
    day: dt.date, recurs: str, turn: int
) -> None:
    found = rules.last_day(rules.turn_rule(f"day:{day}", recurs, turn))
    assert found is not None
    following = found + dt.timedelta(days=1)
    assert found.day == day.day or (found.day < day.day and following.day == 1)


@pytest.mark.parametrize(
    ("first", "recurs", "turn", "rule"),
    [
        ("day:2024-01-31", "month", 2, "day:2024-02-29"),
        ("day:2024-01-31", "month", 3, "day:2024-03-31"),
        ("day:2024-02-29", "year", 2, "day:2025-02-28"),
        ("day:2024-02-29", "year", 5, "day:2028-02-29"),
        ("day:2023-12-29", "week", 2, "day:2024-01-05"),
        ("day:2024-08-31", "half", 2, "day:2025-02-28"),
        ("quarter:2024-3", "half", 2, "quarter:2025-1"),
        ("quarter:2024-4", "quarter", 2, "quarter:2025-1"),
        ("month:2024-12", "month", 2, "month:2025-01"),
        ("quarter:2024-1", "month", 2, "month:2024-04"),
    ],
)
def test_turns_of_a_series(first: str, recurs: str, turn: int, rule: str) -> None:
    assert rules.turn_rule(first, recurs, turn) == rule


@pytest.mark.parametrize("rule", ["session:XV-7:20", "month:2024-03", "quarter:2024-1"])
def test_what_has_no_day_does_not_come_every_week(rule: str) -> None:
    assert not rules.has_rhythm(rule, "week")
    with pytest.raises(rules.NotADeadline):
        rules.turn_rule(rule, "week", 2)


@given(st.lists(st.integers(1, 300), min_size=2, max_size=30))
def test_numbers_sort_as_numbers(parts: list[int]) -> None:
    numbers = [f"{a}.{b}" for a in parts for b in parts]
    assert sorted(numbers, key=rules.place) == sorted(numbers, key=lambda n: [int(p) for p in n.split(".")])


@given(st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda e: e[0] != e[1])))
def test_tasks_never_wait_for_each_other_in_a_circle(edges: set[tuple[int, int]]) -> None:
    needs: dict[int, list[int]] = {}
    for one, other in sorted(edges):
        if not rules.circle(needs, one, other):
            needs.setdefault(one, []).append(other)
    order: list[int] = []
    left = {n for edge in edges for n in edge}
    while left:
        free = {n for n in left if not set(needs.get(n, [])) & left}
        assert free, needs
        order += sorted(free)
        left -= free


@given(DAYS, st.integers(-60, 60))
def test_nobody_is_reminded_every_day_nor_of_what_is_done(due: dt.date, off: int) -> None:
    day = due + dt.timedelta(days=off)
    one = Facts(assigned=due - dt.timedelta(days=100), due=due)
    week = [day + dt.timedelta(days=n) for n in range(7)]
    assert sum(rules.to_be_reminded(one, d, 7, 1, 7) for d in week) <= 3
    done = Facts(one.assigned, day, day, None, due=due)
    assert not rules.to_be_reminded(done, day, 7, 1, 7)


def test_a_task_is_clear_only_with_all_five() -> None:
    whole = rules.Five("Việc", 1, 2, "month:2024-03", 3, "", "Báo cáo")
    assert rules.missing(whole) == ()
    assert rules.missing(rules.Five("", None, 2, "", None, " ", "")) == rules.FIVE
    assert rules.missing(rules.Five("Việc", 1, None, "month:2024-03", None, "trình Chủ nhiệm", "x")) == ("person",)
