"""What a task was on an earlier day: handed over, paused, sent back, put off since; stamps come out the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from dienhong.foundation.access.actor import Actor, keeper
from dienhong.foundation.journal.models import Entry
from dienhong.foundation.journal.queries import last_number
from dienhong.records import actions as records
from dienhong.records.claims.checking import Desk
from dienhong.records.rules import Figure
from dienhong.records.stamps import TOLD, Recomputed, recompute
from dienhong.work import actions as work
from dienhong.work.content import of_task
from dienhong.work.models import Line, Task
from dienhong.work.tests.conftest import Year, year  # noqa: F401
from tests.cast import DAY, at_eight

pytestmark = pytest.mark.django_db
BY = keeper("test")
ALL = frozenset(Line.values)
OCTOBER, SOON, LATER = dt.date(2023, 10, 2), dt.date(2023, 12, 1), dt.date(2023, 12, 20)


def of(code: str, key: str, today: dt.date) -> Figure:
    desk = Desk(today, sight=ALL)
    return desk.figure(key, desk.scope(code))


@pytest.fixture
def task(year: Year) -> Task:  # noqa: F811
    """A task of the secretariat, assigned on 2 October and due on 30 November."""
    row = year.add()
    work.adopt_programme(actor=BY, programme_id=year.programme.pk, basis="QĐ 15", at=at_eight(OCTOBER))
    row.refresh_from_db()
    return row


def stamped(key: str, scope: str = "2023", on: dt.date = SOON) -> Callable[[], Recomputed]:
    """Stamp a figure on that day; what comes back recomputes it at the end of the year."""
    row = records.stamp_figure(actor=BY, key=key, scope=scope, at=at_eight(on))
    return lambda: recompute(row, LATER, ALL)


def expert(of_year: Year) -> Actor:
    return of_year.workers.actor(of_year.workers.expert)


def test_a_unit_keeps_in_its_figures_of_a_day_what_it_handed_over_afterwards(year: Year, task: Task) -> None:  # noqa: F811
    giver, taker = year.cast.secretariat, year.cast.office
    again = stamped("tasks", f"2023@{giver.code}")
    before = stamped("tasks", f"2023@{taker.code}")
    work.hand_over(
        actor=BY, task_id=task.pk, person=year.workers.leader, body=taker, reason="Điều động", at=at_eight(LATER)
    )
    found, other = again(), before()
    assert [found.same, found.value, found.today] == [True, 1, 0]
    assert [other.same, other.value, other.today] == [True, 0, 1]


def test_a_lead_unit_that_an_adjustment_changed_is_the_old_one_before(year: Year, task: Task) -> None:  # noqa: F811
    again = stamped("tasks", f"2023@{year.cast.secretariat.code}")
    content = of_task(task)
    values: dict[str, Any] = {name: getattr(content, name) for name in content.__slots__}
    moved = type(content)(**{**values, "lead_body": year.cast.office, "key": True})
    keys = stamped("tasks.key")
    work.change_task(
        actor=BY, task_id=task.pk, version=task.version, content=moved, reason="Đổi đơn vị", at=at_eight(LATER)
    )
    found, key = again(), keys()
    assert [found.same, found.value, found.today] == [True, 1, 0]
    assert [key.same, key.value, key.today] == [True, 0, 1]


def test_a_task_that_came_back_was_with_the_other_unit_in_between(year: Year, task: Task) -> None:  # noqa: F811
    again = stamped("tasks", f"2023@{year.cast.secretariat.code}")
    work.hand_over(actor=BY, task_id=task.pk, person=year.workers.leader, body=year.cast.office, reason="Điều động",
                   at=at_eight(SOON + dt.timedelta(days=1)))  # fmt: skip
    work.hand_over(actor=BY, task_id=task.pk, person=year.workers.expert, body=year.cast.secretariat, reason="Trả lại",
                   at=at_eight(LATER))  # fmt: skip
    assert again().same
    between = SOON + dt.timedelta(days=2)
    assert of(f"2023@{year.cast.secretariat.code}", "tasks", between).value == 0
    assert of(f"2023@{year.cast.office.code}", "tasks", between).value == 1


def test_a_task_that_was_paused_on_a_day_was_not_overdue_then(year: Year, task: Task) -> None:  # noqa: F811
    work.pause_task(actor=BY, task_id=task.pk, reason="Chờ kết luận", at=at_eight(DAY))
    again = stamped("tasks.overdue", on=SOON)
    assert of("2023", "tasks.overdue", SOON).value == 0
    work.resume_task(actor=BY, task_id=task.pk, at=at_eight(LATER))
    found = again()
    assert [found.same, found.value, found.today] == [True, 0, 1]


def test_a_result_that_was_sent_back_had_been_reported_until_then(year: Year, task: Task) -> None:  # noqa: F811
    work.report_done(actor=expert(year), task_id=task.pk, result="Báo cáo 12/BC", at=at_eight(DAY))
    again = stamped("tasks.reported", on=DAY)
    work.return_task(actor=BY, task_id=task.pk, comment="Thiếu phụ lục", at=at_eight(DAY + dt.timedelta(days=2)))
    third = DAY + dt.timedelta(days=4)
    work.report_done(actor=expert(year), task_id=task.pk, result="Báo cáo 12/BC, có phụ lục", at=at_eight(third))
    work.confirm_done(actor=BY, task_id=task.pk, at=at_eight(third))
    assert [of("2023", "tasks.reported", DAY + dt.timedelta(days=n)).value for n in (0, 1, 2, 3, 4)] == [1, 1, 0, 0, 0]
    assert [of("2023", "tasks.done", DAY + dt.timedelta(days=n)).value for n in (3, 4)] == [0, 1]
    found = again()
    assert [found.same, found.value, found.today] == [True, 1, 0]


def test_a_deadline_put_off_changes_no_row_of_an_earlier_day(year: Year, task: Task) -> None:  # noqa: F811
    overdue, all_ = stamped("tasks.overdue", on=SOON), stamped("tasks", on=SOON)
    work.extend_deadline(actor=BY, task_id=task.pk, due_rule="day:2023-12-28", reason="Chờ ý kiến", at=at_eight(LATER))
    found = overdue()
    assert [found.same, found.value, found.today] == [True, 1, 0]
    assert all_().same


def test_a_deadline_that_hung_on_a_session_was_not_known_before_it_was_settled(year: Year) -> None:  # noqa: F811
    year.add("Tài liệu trình kỳ họp", due_rule="session:XV-7:20")
    work.adopt_programme(actor=BY, programme_id=year.programme.pk, basis="QĐ 15", at=at_eight(OCTOBER))
    quarter, whole = stamped("tasks", "2023-Q4", DAY), stamped("tasks", "2023", DAY)
    of_next = stamped("tasks", "2024", DAY)
    opens = dt.date(2024, 5, 20)
    assert work.settle_session_deadlines(actor=BY, session="XV-7", opens=opens, at=at_eight(SOON)) == 1
    assert of("2024", "tasks", LATER).rows[0].date == dt.date(2024, 4, 30)
    for again in (quarter, whole, of_next):
        assert again().same
    assert of("2023", "tasks", DAY).value == 1  # in the year of its programme, as long as nobody knew its day
    assert of("2023", "tasks", LATER).value == 0


def test_a_stretch_over_both_years_counts_such_a_task_once(year: Year) -> None:  # noqa: F811
    year.add("Tài liệu trình kỳ họp", due_rule="session:XV-7:20")
    work.adopt_programme(actor=BY, programme_id=year.programme.pk, basis="QĐ 15", at=at_eight(OCTOBER))
    work.settle_session_deadlines(actor=BY, session="XV-7", opens=dt.date(2024, 5, 20), at=at_eight(SOON))
    late = dt.date(2024, 6, 30)
    assert len(of("XV", "tasks", late).rows) == 1


def test_what_the_journal_tells_of_a_stamp_is_found_by_topic_and_not_by_reading_it_through(
    year: Year,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    task, other = year.add(), year.add("Việc khác")
    work.adopt_programme(actor=BY, programme_id=year.programme.pk, basis="QĐ 15", at=at_eight(OCTOBER))
    again, quiet = stamped("tasks.under_way", on=DAY), stamped("tasks", "2022", DAY)
    work.cancel_task(actor=BY, task_id=task.pk, reason="Không còn cần", at=at_eight(DAY))
    for n in range(40):
        work.note_progress(actor=expert(year), task_id=other.pk, text=f"Ghi {n}", at=at_eight(SOON))
    read: list[int] = []
    plain = Entry.from_db.__func__  # type: ignore[attr-defined]

    def counted(cls: type[Entry], *of: Any) -> Entry:
        read.append(1)
        entry: Entry = plain(cls, *of)
        return entry

    monkeypatch.setattr(Entry, "from_db", classmethod(counted))
    found = again()
    assert not found.same
    assert found.removed == ("Tổng hợp ý kiến thảo luận",)
    assert [one.kind for one in found.since] == ["work.TaskCancelled"]
    assert len(read) == 1
    read.clear()
    assert [one.number for one in quiet().since] == list(range(last_number(), last_number() - TOLD, -1))
    assert len(read) == TOLD
