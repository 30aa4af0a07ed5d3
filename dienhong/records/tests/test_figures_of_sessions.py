"""What a session's tasks are, and which sessions sat in a time whenever they opened."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dienhong.foundation.access.actor import keeper
from dienhong.meetings import actions as meetings
from dienhong.meetings.models import Session
from dienhong.people.models import Term
from dienhong.records import actions as records
from dienhong.records.claims.checking import Desk
from dienhong.records.claims.proposing import propose
from dienhong.records.claims.rules import Verdict
from dienhong.records.claims.spec import Spec
from dienhong.records.rules import Figure, calendar_scope, days_sat
from dienhong.work import actions as work
from dienhong.work.models import Line
from dienhong.work.tests.conftest import Year, year  # noqa: F401
from tests.cast import at_eight

BY = keeper("test")
ALL = frozenset(Line.values)
TODAY = dt.date(2023, 12, 20)
START = dt.date(2023, 1, 9)


def day(month: int, number: int) -> dt.date:
    return dt.date(2023, month, number)


def of(code: str, key: str, today: dt.date = TODAY) -> Figure:
    desk = Desk(today, sight=ALL)
    return desk.figure(key, desk.scope(code))


def held(number: int, since: dt.date | None, until: dt.date | None, *phases: tuple[dt.date, dt.date]) -> Session:
    """A regular session of the term as the record has it."""
    return meetings.enter_session(
        actor=BY, term=Term.objects.get(label="XV"), kind="regular", number=number, label=f"Kỳ họp thứ {number}",
        year=since.year if since else 2023, since=since, until=until, phases=phases, at=at_eight(TODAY),
    )  # fmt: skip


# -- sitting ----------------------------------------------------------------------------------------------------------
NOVEMBER = calendar_scope("2023-11")


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([(day(10, 23), day(11, 29))], 29),
        ([(day(10, 23), day(11, 10)), (day(11, 20), day(11, 29))], 20),
        ([(day(10, 1), day(10, 31))], 0),
        ([(day(12, 1), day(12, 5))], 0),
        ([(day(10, 23), None)], None),
        ([(day(12, 1), None)], 0),
        ([(None, None)], 0),
    ],
)
def test_days_of_a_time_are_counted_from_the_first_to_the_last_day_of_each_phase(
    spans: list[tuple[dt.date | None, dt.date | None]], days: int | None
) -> None:
    assert NOVEMBER is not None
    assert days_sat(NOVEMBER, TODAY, spans) == days
    assert days_sat(NOVEMBER, day(11, 24), [(day(11, 20), day(11, 29))]) == 5  # what lies ahead has not been


@pytest.fixture
def sessions(cast: object) -> None:
    """Two sessions of a year with two phases each; the office states that its record of sessions is whole."""
    Session.objects.all().delete()
    held(5, day(5, 22), day(6, 24), (day(5, 22), day(6, 10)), (day(6, 19), day(6, 24)))
    held(6, day(10, 23), day(11, 29), (day(10, 23), day(11, 10)), (day(11, 20), day(11, 29)))
    records.state_coverage(actor=BY, key="sessions", name="Kỳ họp", since=dt.date(2022, 1, 1), at=at_eight(TODAY))


@pytest.mark.django_db
@pytest.mark.usefixtures("sessions")
def test_a_month_in_which_no_session_opened_says_which_one_sat() -> None:
    assert of("2023-11", "sessions").value == 0
    found = of("2023-11", "sessions.sitting")
    assert found.value == 1
    assert found.known
    assert [(row.name, row.value) for row in found.rows] == [("Session 6, term XV", Decimal(20))]
    late = dt.date(2024, 1, 5)
    assert [of(f"2023-{month:02}", "sessions.sitting", late).value for month in range(1, 13)] == [
        0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0,
    ]  # fmt: skip
    assert of("2023", "sessions.sitting", late).value == 2
    claim = Desk(TODAY).check(Spec("count", "sessions.sitting", "2023-11", number=Decimal(1)))
    assert claim.verdict == Verdict.PROVED
    said = {p.claim.spec.figure for p in propose(Desk(TODAY).scope("2023-11"), TODAY)}
    assert "sessions.sitting" in said
    assert "sessions.sitting" not in {p.claim.spec.figure for p in propose(Desk(TODAY).scope("2023"), TODAY)}


@pytest.mark.django_db
@pytest.mark.usefixtures("sessions")
def test_a_session_whose_closing_is_not_known_leaves_the_months_after_it_not_proven() -> None:
    Session.objects.filter(number=6).update(until=None)
    meetings.enter_session(
        actor=BY, term=Term.objects.get(label="XV"), kind="extraordinary", number=5, label="Bất thường 5", year=2024,
        since=dt.date(2024, 1, 15), until=dt.date(2024, 1, 18), at=at_eight(TODAY),
    )  # fmt: skip
    late = dt.date(2024, 6, 1)
    for phase in Session.objects.get(number=6, kind="regular").phases.all():
        phase.delete()
    found = of("2023-12", "sessions.sitting", late)
    assert found.value is None
    assert found.at_least == 0
    assert any("Session 6" in line for line in found.missing)
    assert of("2024-02", "sessions.sitting", late).value == 0  # the next one had opened: this one was over


# -- tasks of a session -----------------------------------------------------------------------------------------------
@pytest.fixture
def served(year: Year, sessions: None) -> Year:  # noqa: F811
    """A year of work: one task due before session 6, two while it sits, one after it, one of the summer."""
    year.add("Tài liệu trình kỳ họp", due_rule="session:XV-6:20", lead_body=year.cast.office)
    for title, due in (("Tổng hợp thảo luận", "2023-10-30"), ("Kỷ yếu", "2023-11-29"), ("Quyết toán", "2023-12-15"),
                       ("Sơ kết", "2023-06-30")):  # fmt: skip
        year.add(title, due_rule=f"day:{due}")
    work.settle_session_deadlines(actor=BY, session="XV-6", opens=day(10, 23), at=at_eight(START))
    work.adopt_programme(actor=BY, programme_id=year.programme.pk, basis="QĐ 15", at=at_eight(START))
    return year


@pytest.mark.django_db
def test_a_session_has_the_tasks_due_before_it_and_those_due_while_it_sits(served: Year) -> None:
    found = of("XV-6", "tasks")
    assert found.known
    assert sorted(row.name for row in found.rows) == ["Kỷ yếu", "Tài liệu trình kỳ họp", "Tổng hợp thảo luận"]
    assert of("XV-6", "tasks.overdue").value == 3
    assert of("XV-5", "tasks").value == 0
    assert of(f"XV-6@{served.cast.office.code}", "tasks").value == 1
    claim = Desk(TODAY, sight=ALL).check(Spec("count", "tasks", "XV-6", number=Decimal(3)))
    assert claim.verdict == Verdict.PROVED
    claim = Desk(TODAY, sight=ALL).check(Spec("count", "tasks", "XV-6", number=Decimal(2)))
    assert claim.verdict == Verdict.CONTRADICTED


@pytest.mark.django_db
def test_a_session_whose_days_or_whose_programme_are_not_here_proves_nothing_of_tasks(served: Year) -> None:
    Session.objects.filter(number=6).update(until=None)
    meetings.enter_session(
        actor=BY, term=Term.objects.get(label="XV"), kind="regular", number=4, label="Kỳ họp thứ 4", year=2022,
        since=dt.date(2022, 10, 20), until=dt.date(2022, 11, 15), at=at_eight(TODAY),
    )  # fmt: skip
    found = of("XV-6", "tasks")
    assert not found.known
    assert any("from when to when" in line for line in found.missing)
    assert of("XV-4", "tasks").value is None
    claim = Desk(TODAY, sight=ALL).check(Spec("most", "tasks", "XV-6", "term_sessions"))
    assert claim.verdict == Verdict.OPEN
