"""Who does a task asks for a later deadline; who is in charge of it decides, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dienhong.foundation.access.actor import Refused
from dienhong.work import actions, queries
from dienhong.work.actions import extending
from dienhong.work.models import ExtensionRequest, Task
from dienhong.work.tests.conftest import Year
from tests.cast import DAY, at_eight

pytestmark = pytest.mark.django_db
WHY = "Chờ ý kiến của Bộ"


@pytest.fixture
def task(year: Year) -> Task:
    return year.running()


def ask(year: Year, task: Task, **more: Any) -> ExtensionRequest:
    expert = year.workers.actor(year.workers.expert)
    said: dict[str, Any] = {"due_rule": "day:2023-12-15", "reason": WHY, "at": at_eight(), **more}
    return actions.request_extension(actor=expert, task_id=task.pk, **said)


def test_an_approved_request_writes_the_extension_and_keeps_the_first_deadline(year: Year, task: Task) -> None:
    request = ask(year, task)
    task.refresh_from_db()
    assert task.due == dt.date(2023, 11, 30)  # nothing moves before somebody decides
    assert list(queries.to_decide(year.workers.leader.pk)) == [request]
    assert not queries.to_decide(year.workers.expert.pk)
    leader = year.workers.actor(year.workers.leader)
    row = actions.approve_extension(actor=leader, request_id=request.pk, at=at_eight())
    task.refresh_from_db()
    request.refresh_from_db()
    assert (task.due, task.first_due) == (dt.date(2023, 12, 15), dt.date(2023, 11, 30))
    assert (row.reason, row.approver, request.extension) == (WHY, year.workers.leader, row)
    assert not queries.to_decide(year.workers.leader.pk)


def test_a_refused_request_leaves_the_deadline_and_says_why(year: Year, task: Task) -> None:
    request = ask(year, task)
    leader = year.workers.actor(year.workers.leader)
    with pytest.raises(actions.NoReason):
        actions.refuse_extension(actor=leader, request_id=request.pk, reason=" ", at=at_eight())
    actions.refuse_extension(actor=leader, request_id=request.pk, reason="Kỳ họp không lùi", at=at_eight())
    task.refresh_from_db()
    request.refresh_from_db()
    assert task.due == dt.date(2023, 11, 30)
    assert (request.answer, request.extension) == ("Kỳ họp không lùi", None)
    assert ask(year, task, reason="Lý do mới").pk != request.pk


def test_a_second_request_is_refused_while_one_is_open(year: Year, task: Task) -> None:
    first = ask(year, task)
    with pytest.raises(extending.AskedAlready, match=r"Vương Đức Khoát asked on 24/11/2023 already"):
        ask(year, task)
    expert = year.workers.actor(year.workers.expert)
    actions.withdraw_request(actor=expert, request_id=first.pk, at=at_eight())
    assert ask(year, task).decided_at is None


def test_of_two_who_decide_the_second_is_told_who_was_first(year: Year, task: Task) -> None:
    request = ask(year, task)
    actions.refuse_extension(
        actor=year.workers.actor(year.workers.leader), request_id=request.pk, reason="Không lùi", at=at_eight()
    )
    with pytest.raises(extending.DecidedAlready, match="Lê Thị Ánh Tuyết decided this request on 24/11/2023"):
        actions.approve_extension(actor=year.keeper, request_id=request.pk, at=at_eight())
    assert not task.extensions.exists()


def test_nobody_decides_a_request_of_their_own_and_a_stranger_none(year: Year, task: Task) -> None:
    request = ask(year, task)
    expert, stranger = (year.workers.actor(one) for one in (year.workers.expert, year.workers.party_member))
    with pytest.raises(extending.OwnRequest):
        actions.approve_extension(actor=expert, request_id=request.pk, at=at_eight())
    with pytest.raises(Refused):
        actions.approve_extension(actor=stranger, request_id=request.pk, at=at_eight())
    with pytest.raises(extending.NoSuchRequest):
        actions.approve_extension(actor=year.keeper, request_id=request.pk + 1, at=at_eight())


def test_a_leader_who_does_the_task_does_not_approve_for_themselves(year: Year) -> None:
    leader = year.workers.actor(year.workers.leader)
    task = year.running(lead_person=year.workers.leader)
    request = actions.request_extension(
        actor=leader, task_id=task.pk, due_rule="day:2023-12-15", reason=WHY, at=at_eight()
    )
    with pytest.raises(extending.OwnRequest):
        actions.approve_extension(actor=leader, request_id=request.pk, at=at_eight())


def test_a_request_must_name_a_later_day_and_a_reason(year: Year, task: Task) -> None:
    for rule in ("day:2023-11-30", "day:2023-11-01", ""):
        with pytest.raises(extending.NotLater):
            ask(year, task, due_rule=rule)
    with pytest.raises(actions.NoReason):
        ask(year, task, reason="")
    assert not ExtensionRequest.objects.exists()


def test_who_is_in_charge_puts_the_deadline_off_directly_and_the_open_request_is_thereby_decided(
    year: Year, task: Task
) -> None:
    request = ask(year, task)
    leader = year.workers.actor(year.workers.leader)
    row = actions.extend_deadline(
        actor=leader, task_id=task.pk, due_rule="day:2023-12-08", reason="Chỉ đến 8/12", at=at_eight()
    )
    request.refresh_from_db()
    assert (request.extension, request.decided_by) == (row, year.workers.leader)


def test_the_list_finds_what_waits_to_be_put_off_and_forgets_what_is_done(year: Year, task: Task) -> None:
    ask(year, task)
    found = queries.tasks(year.keeper, DAY, queries.Filter(state="asked"))
    assert list(found) == [task]
    assert queries.counts(queries.tasks(year.keeper, DAY), DAY)["asked"] == 1
    actions.cancel_task(actor=year.keeper, task_id=task.pk, reason="Không còn cần", at=at_eight())
    assert not queries.tasks(year.keeper, DAY, queries.Filter(state="asked"))
    assert not queries.to_decide(year.workers.leader.pk)
