"""Working days: counted by the rulebook and by what the office entered; deadlines and reminders follow them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dienhong.foundation.access.actor import Refused
from dienhong.foundation.folding import fold
from dienhong.work import actions, queries, rules, working
from dienhong.work.actions import office_days
from dienhong.work.days import Days, spread
from dienhong.work.models import OfficeDay
from dienhong.work.rules import Facts
from dienhong.work.tests.conftest import Year
from tests.cast import DAY, at_eight

SOME = st.dates(dt.date(2022, 1, 1), dt.date(2027, 12, 31))
OFFICES = st.builds(
    Days,
    off=st.dictionaries(SOME, st.just("x"), max_size=12),
    worked=st.dictionaries(SOME, st.just("y"), max_size=6),
    holidays=st.just(frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})),
)
ONE = dt.timedelta(days=1)


@given(OFFICES, SOME, st.integers(1, 40))
def test_so_many_working_days_after_a_day_are_so_many_working_days(office: Days, day: dt.date, count: int) -> None:
    last = office.after(day, count)
    assert not office.is_off(last)
    assert office.between(day, last) == count
    assert office.between(last, day) == -count


@given(OFFICES, SOME)
def test_the_working_days_around_a_day_have_none_between(office: Days, day: dt.date) -> None:
    before, after = office.on_or_before(day), office.on_or_after(day)
    assert before <= day <= after
    assert (before == day) is (after == day) is not office.is_off(day)
    assert all(office.is_off(before + n * ONE) for n in range(1, (after - before).days))


@given(OFFICES, SOME)
def test_everyone_is_reminded_on_working_days_only_and_of_each_mark_once(office: Days, due: dt.date) -> None:
    facts = Facts(assigned=due - dt.timedelta(days=100), due=due)
    span = [due + dt.timedelta(days=n) for n in range(-40, 1)]
    told = [day for day in span if rules.to_be_reminded(facts, day, 5, 1, 5, office)]
    assert not any(office.is_off(day) for day in told)
    assert sorted(office.between(day, due) for day in told) == [0, 1, 5]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("3 ngày làm việc", "workdays:3:"),
        ("trong 5 ngày làm việc", "workdays:5:"),
        ("5 ngày làm việc kể từ ngày 01/03/2024", "workdays:5:2024-03-01"),
        ("5 ngày làm việc kể từ ngày 1/3", "workdays:5:2024-03-01"),
        ("3 ngày làm việc kể từ ngày giao", "workdays:3:"),
        ("within 5 working days", "workdays:5:"),
        ("5 working days from 01/03/2024", "workdays:5:2024-03-01"),
        ("1 working day from assignment", "workdays:1:"),
    ],
)
def test_working_days_are_read_as_people_say_them(said: str, rule: str) -> None:
    assert rules.read_deadline(fold(said), 2024) == rule


@pytest.mark.parametrize(
    "said", ["ngày làm việc", "5 ngày làm việc kể từ ngày 31/02/2024", "5 ngày làm", "x working days"]
)
def test_words_that_count_nothing_are_refused(said: str) -> None:
    with pytest.raises(rules.NotADeadline):
        rules.read_deadline(fold(said), 2024)


def test_what_an_announcement_says_is_spread_over_its_days() -> None:
    assert spread(["2024-04-18", "2024-04-29..2024-05-01"]) == [
        dt.date(2024, 4, 18), dt.date(2024, 4, 29), dt.date(2024, 4, 30), dt.date(2024, 5, 1),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="2024"):
        spread(["2024-05-01..2024-04-29"])


@pytest.mark.django_db
def test_the_days_off_of_2023_and_2024_are_known() -> None:
    known = working.days()
    assert known.after(dt.date(2023, 1, 19), 1) == dt.date(2023, 1, 27)  # Tết Quý Mão
    assert known.after(dt.date(2024, 4, 26), 1) == dt.date(2024, 5, 2)
    assert not known.is_off(dt.date(2024, 5, 4))  # a Saturday that was worked
    assert working.announced(2024)
    assert not working.announced(2031)
    assert known.is_off(dt.date(2031, 9, 2))  # the law's own days hold in every year


@pytest.mark.django_db
def test_a_deadline_counts_from_assignment_and_moves_when_a_day_off_is_announced(year: Year) -> None:
    task = year.add(due_rule="workdays:3:")
    assert (task.due, task.missing) == (None, ())
    year.adopt()
    task.refresh_from_db()
    assert (task.due_rule, task.due) == ("workdays:3:2023-11-24", dt.date(2023, 11, 29))
    assert (task.first_due_rule, task.first_due) == (task.due_rule, task.due)
    monday = dt.date(2023, 11, 27)
    entered = {"kind": "off", "name": "Nghỉ đột xuất", "source": "Thông báo 7/TB", "at": at_eight()}
    moved = actions.enter_office_days(actor=year.keeper, since=monday, until=monday, **entered)  # type: ignore[arg-type]
    task.refresh_from_db()
    assert (moved, task.due) == (1, dt.date(2023, 11, 30))
    assert actions.remove_office_day(actor=year.keeper, day=monday, at=at_eight()) == 1
    task.refresh_from_db()
    assert task.due == dt.date(2023, 11, 29)
    with pytest.raises(office_days.NoSuchDay):
        actions.remove_office_day(actor=year.keeper, day=monday, at=at_eight())


@pytest.mark.django_db
def test_days_off_are_entered_by_who_keeps_them_with_the_announcement(year: Year) -> None:
    good = {"since": DAY, "until": DAY, "kind": "off", "name": "Nghỉ", "source": "TB 1", "at": at_eight()}
    with pytest.raises(Refused):
        actions.enter_office_days(actor=year.workers.actor(year.workers.expert), **good)  # type: ignore[arg-type]
    for wrong, refusal in (
        ({"source": " "}, office_days.NoSource),
        ({"until": DAY - ONE}, office_days.NoSpan),
        ({"until": DAY + dt.timedelta(days=60)}, office_days.NoSpan),
    ):
        with pytest.raises(refusal):
            actions.enter_office_days(actor=year.keeper, **{**good, **wrong})  # type: ignore[arg-type]
    assert not OfficeDay.objects.exists()


@pytest.mark.django_db
def test_a_deadline_on_a_day_off_stands_and_names_the_days_around_it() -> None:
    words = working.off_words(dt.date(2023, 4, 30), working.days())
    assert words == "a day off (Sunday); working day before: 28/04/2023, after: 04/05/2023"
    assert working.off_words(dt.date(2023, 4, 28), working.days()) == ""


@pytest.mark.django_db
def test_what_is_due_on_a_sunday_is_reminded_of_on_friday_and_nobody_on_saturday(year: Year) -> None:
    task = year.running(due_rule="day:2023-11-26")
    friday, saturday = dt.date(2023, 11, 24), dt.date(2023, 11, 25)
    assert [one.own for one in queries.to_remind(friday)] == [(task,)]
    assert queries.to_remind(saturday) == []
