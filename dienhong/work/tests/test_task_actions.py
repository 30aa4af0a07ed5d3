"""A year of work is drafted, adopted, run and closed through actions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dienhong.foundation.access.actor import Refused, keeper
from dienhong.foundation.journal import queries as journal
from dienhong.work import actions, queries, rules
from dienhong.work.actions import Content, Origin
from dienhong.work.models import Line, Task
from dienhong.work.rules import State
from dienhong.work.tests.conftest import Year
from tests.cast import DAY, at_eight

pytestmark = pytest.mark.django_db
LATER = at_eight(dt.date(2023, 12, 5))


def state(task: Task, day: dt.date = DAY) -> State:
    task.refresh_from_db()
    return rules.state(task.facts, day)


def test_a_draft_may_lack_something_and_an_adopted_programme_may_not(year: Year) -> None:
    task = year.add(lead_person=None, product="")
    assert task.missing == ("person", "result")
    with pytest.raises(actions.NotClear, match=r"1 tasks are not clear yet: 1\.1"):
        year.adopt()
    content = year.content()
    actions.change_task(actor=year.keeper, task_id=task.pk, version=task.version, content=content, at=at_eight())
    year.adopt()
    assert state(task) is State.NOT_BEGUN
    with pytest.raises(actions.NotClear, match="clear result"):
        year.add("Việc phát sinh", product="")


def test_a_task_runs_from_beginning_to_confirmed_result(year: Year) -> None:
    task = year.running()
    expert, leader = year.workers.actor(year.workers.expert), year.workers.actor(year.workers.leader)
    actions.note_progress(actor=expert, task_id=task.pk, text="Đã có dự thảo 1", at=at_eight())
    assert state(task) is State.RUNNING
    assert state(task, LATER.date()) is State.OVERDUE
    with pytest.raises(actions.running.NothingShown, match="why it is late"):
        actions.report_done(actor=expert, task_id=task.pk, result="Báo cáo 12/BC", at=LATER)
    actions.report_done(actor=expert, task_id=task.pk, result="Báo cáo 12/BC", late_reason="Chờ ý kiến", at=LATER)
    assert state(task, LATER.date()) is State.REPORTED
    with pytest.raises(actions.running.OwnResult):
        actions.confirm_done(actor=expert, task_id=task.pk, at=LATER)
    actions.return_task(actor=leader, task_id=task.pk, comment="Thiếu phụ lục", at=LATER)
    assert state(task, LATER.date()) is State.OVERDUE
    actions.report_done(actor=expert, task_id=task.pk, result="Báo cáo 12/BC", late_reason="Chờ ý kiến", at=LATER)
    actions.confirm_done(actor=leader, task_id=task.pk, at=LATER)
    assert state(task) is State.DONE_LATE
    sentences = [one.sentence for one in journal.told(journal.entries(topic=f"task:{task.pk}"))]
    assert any("confirmed the result of the task “1.1. Tổng hợp ý kiến thảo luận”" in s for s in sentences)


def test_an_extension_keeps_the_first_deadline_the_reason_and_who_approved(year: Year) -> None:
    task = year.running()
    expert, leader = year.workers.actor(year.workers.expert), year.workers.actor(year.workers.leader)
    more: dict[str, Any] = {
        "task_id": task.pk,
        "due_rule": "month:2023-12",
        "reason": "Kỳ họp kéo dài",
        "at": at_eight(),
    }
    with pytest.raises(Refused):
        actions.extend_deadline(actor=expert, **more)
    actions.extend_deadline(actor=leader, **more)
    task.refresh_from_db()
    assert (task.due, task.first_due) == (dt.date(2023, 12, 31), dt.date(2023, 11, 30))
    row = task.extensions.get()
    assert (row.approver, row.reason) == (year.workers.leader, "Kỳ họp kéo dài")
    with pytest.raises(actions.extending.NotLater):
        actions.extend_deadline(actor=leader, **{**more, "due_rule": "month:2023-11"})
    with pytest.raises(actions.NotNow, match="put off by an extension"):
        actions.change_task(
            actor=leader, task_id=task.pk, version=task.version, content=year.content(due_rule="month:2024-01"),
            reason="x", at=at_eight(),
        )  # fmt: skip


def test_an_adopted_task_is_adjusted_with_a_reason_and_its_history_stays(year: Year) -> None:
    task = year.running()
    content = year.content("Tổng hợp ý kiến thảo luận tổ")
    change: dict[str, Any] = {
        "actor": year.keeper,
        "task_id": task.pk,
        "version": task.version,
        "content": content,
        "at": at_eight(),
    }
    with pytest.raises(actions.NoReason):
        actions.change_task(**change)
    actions.change_task(**change, reason="Điều chỉnh theo Kết luận 5")
    row = task.changes.get(what="title")
    assert (row.before, row.after) == ("Tổng hợp ý kiến thảo luận", "Tổng hợp ý kiến thảo luận tổ")
    assert row.reason == "Điều chỉnh theo Kết luận 5"


def test_of_two_people_who_change_a_task_at_once_the_second_is_told(year: Year) -> None:
    task = year.add()
    seen = task.version
    actions.change_task(actor=year.keeper, task_id=task.pk, version=seen, content=year.content("Một"), at=at_eight())
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_task(
            actor=year.keeper, task_id=task.pk, version=seen, content=year.content("Hai"), at=at_eight()
        )
    task.refresh_from_db()
    assert task.title == "Một"


def test_the_party_line_is_seen_by_its_members_only_and_the_journal_gives_no_title(year: Year) -> None:
    by = keeper("test")
    programme = actions.draft_programme(actor=by, year=2023, line=Line.PARTY, title="Chương trình Đảng", at=at_eight())
    content = Content(title="Chuẩn bị đại hội chi bộ", lead_body=year.workers.party)
    task = actions.add_task(actor=by, content=content, programme=programme, at=at_eight())
    member, clerk = year.workers.actor(year.workers.party_member), year.cast.actor(year.cast.clerk)
    assert task in queries.tasks(member, DAY)
    assert task in queries.tasks(year.keeper, DAY)
    assert task not in queries.tasks(clerk, DAY)
    with pytest.raises(actions.NoSuchTask):
        actions.cancel_task(actor=clerk, task_id=task.pk, reason="Thử", at=at_eight())
    with pytest.raises(Refused):
        actions.add_task(actor=clerk, content=content, line=Line.PARTY, at=at_eight())
    said = " ".join(one.sentence for one in journal.told(journal.entries(topic=f"task:{task.pk}")))
    assert "đại hội" not in said
    assert task.code in said


def test_drafts_of_units_are_merged_and_renumbered(year: Year) -> None:
    year.add()
    by = keeper("test")
    drafts = []
    for body, other in ((year.cast.secretariat, "Phục vụ các kỳ họp"), (year.cast.digital, "Chuyển đổi số")):
        draft = actions.draft_programme(
            actor=by, year=2023, line="administration", title=body.code, body=body, at=at_eight()
        )
        group = actions.add_group(actor=by, programme_id=draft.pk, title=other, at=at_eight())
        for title in ("Việc một", "Việc hai"):
            content = year.content(title, group=group)
            actions.add_task(actor=by, content=content, programme=draft, at=at_eight())
        drafts.append(draft.pk)
    assert actions.merge_drafts(actor=year.keeper, programme_id=year.programme.pk, draft_ids=drafts, at=at_eight()) == 4
    numbers = list(year.programme.tasks.order_by("place").values_list("number", flat=True))
    assert numbers == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    with pytest.raises(actions.programmes.NothingToMerge):
        actions.merge_drafts(actor=year.keeper, programme_id=year.programme.pk, draft_ids=drafts, at=at_eight())


def test_a_task_with_open_parts_is_not_reported_and_parts_take_after_the_whole(year: Year) -> None:
    task = year.running()
    expert = year.workers.actor(year.workers.expert)
    parts = actions.split_task(
        actor=expert, task_id=task.pk, parts=[Content("Phần một"), Content("Phần hai")], at=LATER
    )
    assert [(p.number, p.lead_person, p.due) for p in parts] == [
        ("1.1.1", year.workers.expert, task.due),
        ("1.1.2", year.workers.expert, task.due),
    ]
    with pytest.raises(actions.running.PartsOpen):
        actions.report_done(actor=expert, task_id=task.pk, result="xong", late_reason="muộn", at=LATER)


def test_tasks_do_not_wait_for_each_other_in_a_circle(year: Year) -> None:
    first, second, third = (year.add(title) for title in ("Một", "Hai", "Ba"))
    for one, other in ((first, second), (second, third)):
        actions.add_dependency(actor=year.keeper, task_id=one.pk, needed_id=other.pk, at=at_eight())
    with pytest.raises(actions.tasks.GoesInACircle):
        actions.add_dependency(actor=year.keeper, task_id=third.pk, needed_id=first.pk, at=at_eight())


def test_a_task_whose_doer_left_the_unit_is_proposed_for_hand_over(year: Year) -> None:
    from dienhong.people import actions as people
    from dienhong.people.models import Holding

    task = year.running()
    assert not queries.without_owner(year.keeper, DAY).exists()
    holding = Holding.objects.get(person=year.workers.expert)
    people.leave_post(actor=keeper("test"), holding=holding, until=DAY - dt.timedelta(days=1), at=at_eight())
    assert list(queries.without_owner(year.keeper, DAY)) == [task]
    assert queries.count_without_owner(year.keeper, DAY) == 1
    clerk = year.cast.clerk.person
    actions.hand_over(actor=year.keeper, task_id=task.pk, person=clerk, reason="Chuyển công tác", at=at_eight())
    assert not queries.without_owner(year.keeper, DAY).exists()
    assert task.handovers.get().person_before == year.workers.expert


def test_a_deadline_that_hangs_on_a_session_gets_its_day_when_the_day_is_known(year: Year) -> None:
    task = year.add(due_rule="session:XV-7:20")
    assert (task.due, task.missing) == (None, ())
    year.adopt()
    opens = dt.date(2024, 5, 20)
    settle: dict[str, Any] = {"actor": year.keeper, "session": "XV-7", "opens": opens, "at": at_eight()}
    assert actions.settle_session_deadlines(**settle) == 1
    assert actions.settle_session_deadlines(**settle) == 0
    task.refresh_from_db()
    assert (task.due, task.first_due) == (dt.date(2024, 4, 30), dt.date(2024, 4, 30))


def test_the_clerk_adds_a_task_with_the_link_to_where_it_came_from(year: Year) -> None:
    clerk = year.cast.actor(year.cast.clerk)
    origin = Origin("conclusion", "Kết luận phiên họp thứ 28", "/chamber/meetings/5/")
    task = actions.add_task(actor=clerk, content=year.content(group=None), origin=origin, assign=True, at=at_eight())
    assert state(task) is State.NOT_BEGUN
    assert (task.origin_url, task.assigned_by) == ("/chamber/meetings/5/", year.cast.clerk.person)
    assert task.number == f"PS-{task.pk}"


def test_what_is_unfinished_moves_on_to_the_next_year_with_its_history(year: Year) -> None:
    task = year.running()
    after = actions.draft_programme(
        actor=year.keeper, year=2024, line="administration", title="Năm 2024", at=at_eight()
    )
    carry: dict[str, Any] = {"actor": year.keeper, "from_id": year.programme.pk, "to_id": after.pk, "at": at_eight()}
    assert actions.carry_over(**carry) == 1
    assert actions.carry_over(**carry) == 0
    again = after.tasks.get()
    assert (again.comes_after, again.due_rule, state(again)) == (task, "", State.DRAFT)


def test_an_expert_of_another_unit_may_not_touch_the_task(year: Year) -> None:
    task = year.running(lead_body=year.cast.digital, lead_person=year.cast.keeper.person)
    expert = year.workers.actor(year.workers.expert)
    for act in (actions.start_task, actions.confirm_done):
        with pytest.raises((Refused, actions.NotNow)):
            act(actor=expert, task_id=task.pk, at=at_eight())
    with pytest.raises(Refused):
        actions.pause_task(actor=expert, task_id=task.pk, reason="Thử", at=at_eight())


def test_a_reminder_goes_out_once_a_day(year: Year) -> None:
    task = year.running(due_rule=f"day:{DAY + dt.timedelta(days=1)}")
    digest = queries.to_remind(DAY)
    assert [(d.person_id, d.own) for d in digest] == [(year.workers.expert.pk, (task,))]
    note: dict[str, Any] = {
        "actor": keeper("test"),
        "person": year.workers.expert,
        "task_ids": [task.pk],
        "by_mail": False,
    }
    assert actions.note_reminder(**note, at=at_eight())
    assert not actions.note_reminder(**note, at=at_eight())


def test_a_task_long_overdue_comes_up_to_its_leader(year: Year) -> None:
    task = year.running()
    late = dt.date(2023, 12, 7)
    assert list(queries.escalated(year.workers.leader.pk, late)) == [task]
    assert not queries.escalated(year.workers.leader.pk, dt.date(2023, 12, 3))
    assert year.workers.leader.pk in {d.person_id for d in queries.to_remind(late)}
