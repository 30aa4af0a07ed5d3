"""Figures over tasks: counted under the first deadline, as of a day, by unit, and only for who sees the line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.journal.queries import entries, told
from dienhong.people import actions as people
from dienhong.people.queries import actor_of
from dienhong.records import actions as records
from dienhong.records.claims.checking import Desk, check
from dienhong.records.claims.proposing import propose
from dienhong.records.claims.rules import Verdict
from dienhong.records.claims.spec import Spec
from dienhong.records.claims.texts import written
from dienhong.records.figures import NoSuchFigure, figure, figures, sight_of
from dienhong.records.models import Stamp
from dienhong.records.rules import Figure
from dienhong.records.stamps import recompute
from dienhong.work import actions as work
from dienhong.work.content import Content, Past
from dienhong.work.models import Line, Task
from dienhong.work.rules import Facts
from dienhong.work.tests.conftest import Year, year  # noqa: F401
from tests.cast import DAY, at_eight

pytestmark = pytest.mark.django_db
BY = keeper("test")
ALL = frozenset(Line.values)
JANUARY = dt.date(2023, 1, 10)


def day(month: int, number: int) -> dt.date:
    return dt.date(2023, month, number)


def past(number: int, due: dt.date, done: dt.date | None = None, **more: Any) -> Past:
    """A task of the books: assigned in January, due and perhaps done on these days."""
    facts = Facts(JANUARY, JANUARY, done, done, None, None, due)
    content = Content(f"Nhiệm vụ số {number}", product="Báo cáo", due_rule=f"day:{due}", **more)
    return Past(f"1.{number}", content, facts)


@pytest.fixture
def books(year: Year) -> Year:  # noqa: F811
    """A year with four tasks of its first half, two done in time, one late, one overdue; and one still to come."""
    who: Any = {"lead_person": year.workers.expert, "leader": year.workers.leader, "group": year.group}
    unit, office = {"lead_body": year.cast.secretariat, **who}, {"lead_body": year.cast.office, **who}
    rows = [
        past(1, day(2, 1), day(1, 20), **unit, key=True),
        past(2, day(3, 1), day(3, 1), **unit),
        past(3, day(5, 1), day(5, 21), **unit),
        past(4, day(6, 1), None, **office, key=True),
        past(5, day(12, 20), None, **office),
    ]
    at = at_eight(JANUARY)
    work.load_tasks(actor=BY, programme_id=year.programme.pk, rows=rows, at=at)
    work.adopt_programme(actor=BY, programme_id=year.programme.pk, basis="QĐ 15", at=at)
    return year


def of(code: str, key: str, today: dt.date = DAY, sight: frozenset[str] = ALL) -> Figure:
    desk = Desk(today, sight=sight)
    return desk.figure(key, desk.scope(code))


def test_tasks_are_counted_with_their_share_and_their_rows_open_the_tasks(books: Year) -> None:
    expected = {
        "tasks": 5, "tasks.done": 3, "tasks.reported": 0, "tasks.under_way": 2, "tasks.overdue": 1,
        "tasks.done.share": 60, "tasks.done.in_time": 2, "tasks.done.late": 1, "tasks.median_days": 50,
        "tasks.extensions": 0, "tasks.key": 2, "tasks.key.done": 1,
    }  # fmt: skip
    found = {key: of("2023", key) for key in expected}
    assert {key: one.value for key, one in found.items()} == expected
    assert found["tasks.done"].percent_of_whole == Decimal("60.00")
    assert of("2023", "tasks.in_time.share").value == Decimal("66.67")
    assert all(one.known for one in found.values())
    keys = {f"task:{pk}" for pk in Task.objects.filter(confirmed_on__isnull=False).values_list("pk", flat=True)}
    assert {row.about for row in found["tasks.done"].rows} == keys


def test_the_parts_of_a_year_add_up_to_the_year(books: Year) -> None:
    for parts in (["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"], [f"2023-{month:02}" for month in range(1, 13)]):
        for key in ("tasks", "tasks.done", "tasks.overdue", "tasks.key"):
            assert sum(of(part, key).value or 0 for part in parts) == of("2023", key).value


def test_putting_a_deadline_off_takes_a_task_out_of_no_period_and_counts_as_late_no_more(books: Year) -> None:
    task = Task.objects.get(number="1.4")
    work.extend_deadline(
        actor=BY, task_id=task.pk, due_rule="day:2024-01-31", reason="Chờ ý kiến Chính phủ", at=at_eight()
    )
    assert of("2023-Q2", "tasks").value == 2
    assert of("2023-Q2", "tasks.overdue").value == 0
    put_off = of("2023-Q2", "tasks.extensions")
    assert put_off.value == 1
    assert put_off.rows[0].about.startswith(f"task:{task.pk}:extension:")


def test_an_earlier_day_sees_what_was_known_then(books: Year) -> None:
    assert of("2023", "tasks.done", day(3, 15)).value == 2
    assert of("2023", "tasks.overdue", day(5, 10)).value == 1  # the third, done late eleven days after
    assert of("2023", "tasks.overdue", day(5, 30)).value == 0


def test_a_unit_has_its_own_figures(books: Year) -> None:
    code = books.cast.secretariat.code
    assert of(f"2023@{code}", "tasks").value == 3
    assert of(f"2023@{code}", "tasks.done.share").value == 100
    assert of(f"2023-Q2@{books.cast.office.code}", "tasks.overdue").value == 1
    with translation.override("vi"):
        assert (
            check(Spec("count", "tasks", f"2023@{code}", number=Decimal(3)), DAY, sight=ALL).verdict == Verdict.PROVED
        )


def test_a_year_without_an_adopted_programme_proves_nothing(books: Year) -> None:
    before = of("2022", "tasks")
    assert before.value is None
    assert any("2022" in line for line in before.missing)
    claim = check(Spec("up", "tasks", "2023", "2022", Decimal(10)), DAY, sight=ALL)
    assert claim.verdict == Verdict.OPEN
    assert of("XV", "tasks").partial  # the term began in a year whose programme is not here


# -- lines ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def party(books: Year) -> Year:
    """The Party's programme of the year, with one task."""
    at = at_eight(JANUARY)
    programme = work.draft_programme(actor=BY, year=2023, line=Line.PARTY, title="Chương trình Đảng bộ", at=at)
    group = work.add_group(actor=BY, programme_id=programme.pk, title="Xây dựng Đảng", at=at)
    member = books.workers.party_member
    who: Any = {"lead_person": member, "leader": books.workers.leader, "group": group}
    rows = [past(1, day(2, 1), None, lead_body=books.workers.party, **who)]
    work.load_tasks(actor=BY, programme_id=programme.pk, rows=rows, at=at)
    work.adopt_programme(actor=BY, programme_id=programme.pk, basis="NQ 1", at=at)
    return books


def test_who_does_not_see_a_line_gets_no_figure_over_it_not_even_a_count(party: Year) -> None:
    assert of("2023", "party_tasks").value == 1
    expert, member = party.workers.actor(party.workers.expert), party.workers.actor(party.workers.party_member)
    assert Line.PARTY in sight_of(member, DAY)
    account = party.cast.deputies[0].account
    assert account is not None
    for actor in (expert, actor_of(account)):
        sight = sight_of(actor, DAY)
        desk = Desk(DAY, sight=sight)
        scope = desk.scope("2023")
        assert not [one.key for one in figures(scope, DAY, sight) if one.key.startswith("party_tasks")]
        with pytest.raises(NoSuchFigure):
            figure("party_tasks", scope, DAY, sight=sight)
        with pytest.raises(NoSuchFigure):
            desk.check(Spec("count", "party_tasks", "2023", number=Decimal(1)))
        assert not [p for p in propose(scope, DAY, sight=sight) if "party" in p.claim.spec.code]
    assert "tasks" not in {one.key for one in figures(Desk(DAY).scope("2023"), DAY)}  # nobody in particular sees none


def test_what_is_written_stamped_or_decided_of_a_line_stays_in_it_and_the_journal_does_not_tell(party: Year) -> None:
    spec = {"kind": "count", "figure": "party_tasks", "scope": "2023", "number": "7"}
    records.write_claim(actor=BY, scope="2023", text="Đảng bộ có 7 nhiệm vụ", spec=spec, at=at_eight())
    records.stamp_figure(actor=BY, key="party_tasks", scope="2023", at=at_eight())
    records.settle_claim(
        actor=BY, spec=spec, choice="record", wording="Đảng bộ có 1 nhiệm vụ", reason="Theo sổ", at=at_eight()
    )
    scope = Desk(DAY).scope("2023")
    assert not written(scope, DAY)
    assert len(written(scope, DAY, sight=ALL)) == 1
    said = " ".join(one.sentence + str(one.facts) for one in told(entries(kind="records")))
    for secret in ("Đảng bộ có", "Theo sổ", "1 rows", "|7"):
        assert secret not in said


# -- stamps -----------------------------------------------------------------------------------------------------------
def test_a_stamp_of_tasks_comes_out_the_same_on_a_later_day_and_names_what_was_entered_late(books: Year) -> None:
    stamp = records.stamp_figure(actor=BY, key="tasks.done", scope="2023", at=at_eight())
    task, leader = Task.objects.get(number="1.5"), books.workers.actor(books.workers.leader)
    later = at_eight(dt.date(2023, 12, 12))
    work.report_done(actor=BY, task_id=task.pk, result="Báo cáo 77/BC", at=later)
    work.confirm_done(actor=leader if task.leader_id else BY, task_id=task.pk, at=later)
    found = recompute(stamp, later.date(), ALL)
    assert found.same
    assert found.value == 3
    assert found.today == 4
    rows = [past(9, day(4, 1), day(4, 1), lead_body=books.cast.office, group=books.group)]
    work.load_tasks(actor=BY, programme_id=books.programme.pk, rows=rows, at=later)
    found = recompute(Stamp.objects.get(pk=stamp.pk), later.date(), ALL)
    assert not found.same
    assert found.added == ("Nhiệm vụ số 9",)
    assert any("loaded 1 tasks" in one.sentence for one in found.since)


def test_only_an_entry_about_work_has_the_tasks_counted_anew(books: Year) -> None:
    before = of("2023", "tasks")
    people.rename_body(
        actor=BY, body=books.cast.secretariat, name="Vụ Thư ký và Tổng hợp", since=DAY, at=at_eight(),
    )  # fmt: skip
    assert of("2023", "tasks") is before  # the journal has grown, but not by work
    other = work.draft_programme(actor=BY, year=2023, line=Line.ADMINISTRATION, title="Bổ sung",
                                  body=books.cast.office, at=at_eight())  # fmt: skip
    work.load_tasks(actor=BY, programme_id=other.pk, rows=[past(9, day(4, 1), day(3, 1))], at=at_eight())
    after = of("2023", "tasks")
    assert [one.value for one in (before, after)] == [5, 6]
    assert after.rows[-1].name == "Nhiệm vụ số 5"
