"""A task that comes again: by its day or by confirmation, each occurrence once, until somebody ends it."""

from __future__ import annotations

import datetime as dt

import pytest

from dienhong.foundation.access.actor import keeper
from dienhong.work import actions, queries
from dienhong.work.models import Task
from dienhong.work.tests.conftest import Year
from tests.cast import DAY, at_eight

pytestmark = pytest.mark.django_db
MORNING = keeper("remind")


def run_daily(day: dt.date) -> int:
    """What the daily run does on that day; how many it made."""
    return sum(len(actions.renew_task(actor=MORNING, task_id=t.pk, at=at_eight(day))) for t in queries.to_renew(day))


def confirm(year: Year, task: Task, day: dt.date = DAY) -> None:
    expert, leader = year.workers.actor(year.workers.expert), year.workers.actor(year.workers.leader)
    actions.report_done(actor=expert, task_id=task.pk, result="Xong", late_reason="Muộn", at=at_eight(day))
    actions.confirm_done(actor=leader, task_id=task.pk, at=at_eight(day))


def turns(task: Task) -> list[tuple[str, str]]:
    return list(queries.series(task).values_list("number", "due_rule"))


def test_the_next_one_is_added_when_the_one_before_is_confirmed_until_the_year_ends(year: Year) -> None:
    task = year.running(recurs="month", due_rule="month:2023-11")
    confirm(year, task)
    again = queries.series(task).last()
    assert again is not None
    assert (again.number, again.due_rule, again.recurs, again.series) == ("1.1-02", "month:2023-12", "month", task)
    confirm(year, again)
    assert queries.series(task).count() == 2  # the next one would lie in another year


def test_a_late_one_does_not_stop_the_series_and_each_comes_exactly_once(year: Year) -> None:
    task = year.running(recurs="week", due_rule="day:2023-11-24")
    assert run_daily(dt.date(2023, 11, 24)) == 0  # its own day is still its own
    assert run_daily(dt.date(2023, 11, 25)) == 1
    assert run_daily(dt.date(2023, 11, 25)) == 0
    confirm(year, task, dt.date(2023, 11, 27))  # late: the next one is there already
    assert turns(task) == [("1.1", "day:2023-11-24"), ("1.1-02", "day:2023-12-01")]
    assert queries.series(task)[1].assigned_on == dt.date(2023, 11, 25)


def test_a_run_that_was_down_makes_up_for_all_weeks_of_the_year(year: Year) -> None:
    task = year.running(recurs="week", due_rule="day:2023-11-24")
    assert run_daily(dt.date(2023, 12, 17)) == 4
    assert turns(task)[-1] == ("1.1-05", "day:2023-12-22")
    assert run_daily(dt.date(2024, 1, 20)) == 0  # the programme of 2023 is over


def test_an_extension_does_not_move_the_series(year: Year) -> None:
    task = year.running(recurs="month", due_rule="day:2023-10-31")
    leader = year.workers.actor(year.workers.leader)
    actions.extend_deadline(
        actor=leader, task_id=task.pk, due_rule="day:2023-12-20", reason="Chờ số liệu", at=at_eight()
    )
    assert run_daily(dt.date(2023, 11, 1)) == 1
    assert turns(task)[1] == ("1.1-02", "day:2023-11-30")


def test_a_series_is_ended_with_a_reason_and_what_is_there_stays(year: Year) -> None:
    task = year.running(recurs="week", due_rule="day:2023-11-24")
    run_daily(dt.date(2023, 11, 25))
    leader = year.workers.actor(year.workers.leader)
    with pytest.raises(actions.NoReason):
        actions.end_series(actor=leader, task_id=task.pk, reason="", at=at_eight())
    last = actions.end_series(actor=leader, task_id=task.pk, reason="Không còn cần", at=at_eight())
    assert last.number == "1.1-02"
    assert run_daily(dt.date(2023, 12, 20)) == 0
    assert len(turns(task)) == 2
    with pytest.raises(actions.NotNow):
        actions.end_series(actor=leader, task_id=task.pk, reason="Nữa", at=at_eight())


def test_a_cancelled_or_paused_one_brings_no_other(year: Year) -> None:
    task = year.running(recurs="week", due_rule="day:2023-11-24")
    actions.pause_task(actor=year.keeper, task_id=task.pk, reason="Chờ", at=at_eight())
    assert run_daily(dt.date(2023, 11, 30)) == 0
    actions.resume_task(actor=year.keeper, task_id=task.pk, at=at_eight())
    assert run_daily(dt.date(2023, 11, 30)) == 1
    last = queries.series(task).last()
    assert last is not None
    actions.cancel_task(actor=year.keeper, task_id=last.pk, reason="Bỏ", at=at_eight())
    assert run_daily(dt.date(2023, 12, 20)) == 0


def test_another_rhythm_counts_from_where_it_was_changed(year: Year) -> None:
    task = year.running(recurs="week", due_rule="day:2023-10-31")
    run_daily(dt.date(2023, 11, 1))
    last = queries.series(task).last()
    assert last is not None
    content = year.content(recurs="month", due_rule=last.due_rule)
    actions.change_task(
        actor=year.keeper, task_id=last.pk, version=last.version, content=content, reason="Đổi kỳ", at=at_eight()
    )
    assert run_daily(dt.date(2023, 11, 8)) == 1
    last.refresh_from_db()
    assert turns(last)[1:] == [("1.1-02", "day:2023-11-07"), ("1.1-03", "day:2023-12-07")]


def test_what_has_no_day_cannot_come_every_week(year: Year) -> None:
    with pytest.raises(actions.tasks.NoRhythm):
        year.add(recurs="week", due_rule="month:2023-11")
    with pytest.raises(actions.tasks.NoRhythm):
        year.add(recurs="year", due_rule="session:XV-7:20")


def test_only_the_last_of_a_series_comes_again_in_the_next_year(year: Year) -> None:
    task = year.running(recurs="week", due_rule="day:2023-12-20")
    run_daily(dt.date(2023, 12, 21))
    after = actions.draft_programme(
        actor=year.keeper, year=2024, line="administration", title="Năm 2024", at=at_eight()
    )
    assert actions.carry_over(actor=year.keeper, from_id=year.programme.pk, to_id=after.pk, at=at_eight()) == 2
    assert list(after.tasks.order_by("place").values_list("comes_after_id", "recurs")) == [
        (task.pk, ""), (queries.series(task)[1].pk, "week"),
    ]  # fmt: skip
