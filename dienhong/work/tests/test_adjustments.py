"""What is adjusted after adoption stands in one list; what runs as it was adopted does not."""

from __future__ import annotations

import pytest

from dienhong.work import actions
from dienhong.work.adjustments import adjustments
from dienhong.work.tests.conftest import Year
from tests.cast import at_eight

pytestmark = pytest.mark.django_db


def test_tasks_added_dropped_changed_and_put_off_after_adoption_are_listed_with_their_reason(year: Year) -> None:
    kept, dropped = year.add("Việc giữ"), year.add("Việc bỏ")
    actions.change_task(
        actor=year.keeper, task_id=kept.pk, version=kept.version, content=year.content("Việc sửa khi dự thảo"),
        at=at_eight(),
    )  # fmt: skip
    assert adjustments(year.programme) == []
    year.adopt()
    year.programme.refresh_from_db()
    assert adjustments(year.programme) == []
    expert, leader = year.workers.actor(year.workers.expert), year.workers.actor(year.workers.leader)
    actions.start_task(actor=expert, task_id=kept.pk, at=at_eight())  # how it runs is no adjustment
    year.add("Việc thêm", basis="Thông báo 5/TB")
    actions.cancel_task(actor=year.keeper, task_id=dropped.pk, reason="Không còn cần", at=at_eight())
    kept.refresh_from_db()
    actions.change_task(
        actor=year.keeper, task_id=kept.pk, version=kept.version, content=year.content("Việc đổi tên"),
        reason="Theo kết luận 5", at=at_eight(),
    )  # fmt: skip
    actions.extend_deadline(
        actor=leader, task_id=kept.pk, due_rule="day:2023-12-15", reason="Kỳ họp kéo dài", at=at_eight()
    )
    found = {(one.kind, one.task.number, one.before, one.after, one.reason) for one in adjustments(year.programme)}
    assert found == {
        ("added", "1.3", "", "", "Thông báo 5/TB"),
        ("dropped", "1.2", "", "", "Không còn cần"),
        ("changed", "1.1", "Việc sửa khi dự thảo", "Việc đổi tên", "Theo kết luận 5"),
        ("put_off", "1.1", "30/11/2023", "15/12/2023", "Kỳ họp kéo dài"),
    }


def test_the_next_turn_of_a_recurring_task_is_no_adjustment(year: Year) -> None:
    task = year.running(recurs="month", due_rule="day:2023-10-31")
    year.programme.refresh_from_db()
    assert actions.renew_task(actor=year.keeper, task_id=task.pk, at=at_eight())
    assert adjustments(year.programme) == []
