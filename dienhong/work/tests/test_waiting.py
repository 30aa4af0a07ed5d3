"""One task waits for another: what follows when the other is late, moves, or is not there yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dienhong.work import actions, rules, waiting
from dienhong.work.models import Task
from dienhong.work.rules import Facts, State
from dienhong.work.tests.conftest import Year
from tests.cast import DAY, at_eight

DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2024, 12, 31))


@pytest.fixture
def pair(year: Year) -> tuple[Task, Task]:
    """A task due on 30/11, and the one due on 25/11 that it waits for."""
    first, needed = year.add("Trình dự thảo"), year.add("Lấy ý kiến", due_rule="day:2023-11-25")
    actions.add_dependency(actor=year.keeper, task_id=first.pk, needed_id=needed.pk, at=at_eight())
    year.adopt()
    for task in (first, needed):
        task.refresh_from_db()
    return first, needed


@given(DAYS, DAYS, DAYS)
def test_deadlines_clash_when_the_needed_one_is_late_or_due_later(due: dt.date, other: dt.date, day: dt.date) -> None:
    begin = dt.date(2022, 12, 1)
    facts, needed = Facts(assigned=begin, due=due), Facts(assigned=begin, due=other)
    assert rules.clash(facts, needed, day) is (other > due or rules.state(needed, day) is State.OVERDUE)
    assert not rules.clash(facts, Facts(begin, begin, day, None, due=other), day)
    assert not rules.clash(Facts(begin, begin, day, None, due=due), needed, day)
    assert not rules.clash(facts, Facts(assigned=begin, cancelled=day, due=other), day)
    assert not rules.clash(facts, Facts(assigned=begin), day)


@pytest.mark.django_db
def test_a_task_says_what_it_waits_for_until_that_is_done(year: Year, pair: tuple[Task, Task]) -> None:
    first, needed = pair
    assert [(w.needed, w.clash) for w in waiting.waits([first.pk], DAY)[first.pk]] == [(needed, False)]
    expert, leader = year.workers.actor(year.workers.expert), year.workers.actor(year.workers.leader)
    actions.report_done(actor=expert, task_id=needed.pk, result="Xong", at=at_eight())
    actions.confirm_done(actor=leader, task_id=needed.pk, at=at_eight())
    assert waiting.waits([first.pk], DAY) == {}


@pytest.mark.django_db
def test_an_extension_past_the_deadline_of_who_waits_comes_to_the_leader(year: Year, pair: tuple[Task, Task]) -> None:
    first, needed = pair
    leader = year.workers.leader
    assert waiting.clashes(leader.pk, DAY) == []
    actions.extend_deadline(
        actor=year.workers.actor(leader),
        task_id=needed.pk,
        due_rule="day:2023-12-05",
        reason="Chờ ý kiến",
        at=at_eight(),
    )
    assert [(w.task, w.needed) for w in waiting.clashes(leader.pk, DAY)] == [(first, needed)]
    assert waiting.clashes(year.workers.expert.pk, DAY) == []


@pytest.mark.django_db
def test_a_needed_task_that_is_late_clashes_from_the_day_after(year: Year, pair: tuple[Task, Task]) -> None:
    leader = year.workers.leader.pk
    assert waiting.clashes(leader, dt.date(2023, 11, 25)) == []
    assert len(waiting.clashes(leader, dt.date(2023, 11, 26))) == 1


@pytest.mark.django_db
def test_a_result_may_come_before_what_it_waits_for_with_a_reason(year: Year, pair: tuple[Task, Task]) -> None:
    first, needed = pair
    report: dict[str, Any] = {
        "actor": year.workers.actor(year.workers.expert), "task_id": first.pk, "result": "Xong", "at": at_eight(),
    }  # fmt: skip
    with pytest.raises(actions.running.NothingShown, match=r"1\.2 is not done yet") as refused:
        actions.report_done(**report)
    assert refused.value.field == "waiting_reason"
    actions.report_done(**report, waiting_reason="Ý kiến đã có qua điện thoại")
    assert first.notes.get().text == f"{needed.number}: Ý kiến đã có qua điện thoại"
