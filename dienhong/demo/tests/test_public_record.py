"""The public record: what it holds, that its votes hold, and what a year of it says."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from decimal import Decimal

import pytest

from dienhong.demo import reading
from dienhong.demo.public_record import load_record
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.journal.queries import breaks, last_number
from dienhong.meetings.models import Meeting, Session
from dienhong.people.models import Body, Term
from dienhong.people.queries import bodies_on
from dienhong.polls.models import Poll
from dienhong.records.figures import figures
from dienhong.records.queries import published_votes, term_scope
from dienhong.records.rules import Figure, year_scope
from dienhong.work.models import Enactment
from tests.cast import at_eight
from tests.data import needs_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
TODAY = dt.date(2023, 11, 24)


def of_year(year: int) -> dict[str, Figure]:
    return {figure.key: figure for figure in figures(year_scope(year), TODAY)}


def test_loading_again_adds_nothing() -> None:
    before = last_number()
    assert load_record(actor=keeper("test"), at=at_eight()) == 0
    assert last_number() == before
    assert breaks() == []


def test_every_published_share_that_can_be_recomputed_is_equal() -> None:
    votes = published_votes()
    assert len(votes) == 64
    with_share = [vote for vote in votes if vote.published is not None]
    assert len(with_share) == 49
    assert [v.question for v in votes if v.outcome == "differs"] == []
    assert sum(v.outcome == "equal" for v in with_share) == 45
    assert all(v.outcome == "equal" or v.why for v in with_share)


def test_a_share_that_was_altered_is_found() -> None:
    poll = Poll.objects.get(question="Thông qua Luật Viễn thông (sửa đổi)", held_here=False)
    Poll.objects.filter(pk=poll.pk).update(published_percent=Decimal("94.75"))
    try:
        assert [v.question for v in published_votes() if v.outcome == "differs"] == [poll.question]
    finally:
        Poll.objects.filter(pk=poll.pk).update(published_percent=poll.published_percent)


def test_a_total_read_from_a_share_says_so() -> None:
    assert all(vote.base_from_share for vote in published_votes() if vote.base is not None)


def test_2023_had_five_sessions_two_regular_and_three_extraordinary() -> None:
    year = of_year(2023)
    assert [year[key].value for key in ("sessions", "sessions.regular", "sessions.extraordinary")] == [5, 2, 3]
    assert [row.date for row in year["sessions"].rows] == [
        dt.date(2023, 1, 5),
        dt.date(2023, 1, 18),
        dt.date(2023, 3, 2),
        dt.date(2023, 5, 22),
        dt.date(2023, 10, 23),
    ]
    assert all(row.source and row.name for row in year["sessions"].rows)


def test_standing_committee_2023_is_sixteen_by_the_year_count_and_thirteen_in_the_record() -> None:
    year = of_year(2023)
    total = year["standing_committee.meetings"]
    kinds = [year[f"standing_committee.meetings.{kind}"] for kind in ("regular", "thematic", "between", "other")]
    assert total.value == 16
    assert [kind.value for kind in kinds] == [10, 1, 2, 3]
    assert [len(kind.rows) for kind in kinds] == [10, 1, 2, 0]
    assert year["standing_committee.recorded"].value == len(total.rows) == 13
    assert any("3 by the year count, 0 in the record" in line for line in total.missing)
    assert any("Chủ tịch Quốc hội" in line for line in total.missing)
    assert {said.value for said in total.reported} == {16}
    assert len(total.reported) == 2


def test_laws_resolutions_and_votes_of_2023() -> None:
    year = of_year(2023)
    assert year["laws"].value == year["laws.by_session"].value == 16
    assert year["resolutions"].value is None
    assert year["resolutions"].at_least == 13
    assert any("Session 5" in line for line in year["resolutions"].missing)
    assert year["ordinances"].value == 1
    assert year["votes.laws.median"].value == Decimal("94.23")
    assert len(year["votes.laws.median"].rows) == 8
    assert any(line.startswith("No vote is known for 8 of 16 laws") for line in year["votes.published"].missing)
    assert year["deputies.published"].value == 494
    assert [row.value for row in year["deputies.published"].rows] == [496, 495, 494]
    assert year["deputies.register"].value is None
    assert year["sessions.working_days"].value == Decimal("50.5")


@pytest.mark.parametrize(
    ("year", "regular", "known"),
    [(2020, 11, True), (2021, 11, False), (2022, 12, True), (2024, 12, True), (2025, 12, True), (2026, 3, False)],
)
def test_numbered_meetings_are_a_count_only_where_their_numbers_prove_it(year: int, regular: int, known: bool) -> None:
    figure = of_year(year)["standing_committee.meetings.regular"]
    assert figure.at_least == regular
    assert figure.value == (regular if known else None)
    assert known or figure.missing


def test_contradicting_counts_give_no_value() -> None:
    figure = of_year(2024)["resolutions"]
    assert figure.value is None
    assert figure.at_least == 58
    assert any("42" in line and "58" in line for line in figure.missing)


@pytest.mark.parametrize("year", range(2016, 2027))
def test_every_year_says_why_a_value_is_not_known(year: int) -> None:
    for figure in figures(year_scope(year), TODAY):
        assert figure.value is not None or figure.missing, figure.key
        assert all(row.name and row.mark for row in figure.rows), figure.key


def test_a_year_outside_the_record_is_not_known_and_never_nought() -> None:
    for year in (1999, 2016, 2030):
        assert of_year(year)["sessions"].value is None


def test_a_term_adds_its_years() -> None:
    term = {figure.key: figure for figure in figures(term_scope("XV", TODAY), TODAY)}
    assert term["sessions"].value == 19
    assert term["sessions.regular"].value == 10
    assert term["laws"].value == 150


def test_delegations_are_63_and_then_34() -> None:
    for day, count in ((dt.date(2025, 6, 30), 63), (dt.date(2025, 7, 1), 34)):
        assert len(bodies_on(day, kinds=["delegation"])) == count


def test_what_has_no_known_day_keeps_none() -> None:
    assert Session.objects.get(term__label="XVI", kind="extraordinary").since is None
    assert Meeting.objects.get(number="19", term__label="XV").since is None


def test_a_wrong_cell_is_named_with_file_and_line() -> None:
    with pytest.raises(reading.DataFault, match=r"sessions.csv:4: '2023-13-01' in opens is not a day"):
        reading.Line({"opens": "2023-13-01"}, "sessions.csv:4").day("opens")


# -- held against the source ------------------------------------------------------------------------------------------
def source(name: str) -> list[dict[str, str]]:
    with needs_data("record", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.data
def test_sessions_equal_their_source() -> None:
    rows = source("sessions.csv")
    held = Session.objects.exclude(term__label="XIII")
    assert held.count() == len(rows) == 32
    want = {(r["term"], r["opening_date"], r["closing_date"], r["laws_passed"], r["resolutions_passed"]) for r in rows}
    text = lambda value: "" if value is None else str(value)  # noqa: E731
    assert want == {
        (s.term.label, text(s.since), text(s.until), text(s.laws_reported), text(s.resolutions_reported))
        for s in held.select_related("term")
    }


@pytest.mark.data
def test_votes_equal_their_source() -> None:
    keys = ("for_", "against", "not_voting", "participating", "total_deputies_derived", "for_pct_of_all_published")
    want = sorted((r["date"], *(Decimal(r[key]) if r[key] else -1 for key in keys)) for r in source("votes.csv"))
    held = sorted(
        (
            poll.day.isoformat() if poll.day else "",
            *(
                -1 if value is None else Decimal(value)
                for value in (
                    poll.result.for_count,
                    poll.result.against_count,
                    poll.result.not_voting_count,
                    poll.result.participating,
                    poll.base,
                    poll.published_percent,
                )
            ),
        )
        for poll in Poll.objects.filter(held_here=False).select_related("result")
    )
    assert held == want


@pytest.mark.data
def test_laws_equal_their_source() -> None:
    want = {(r["number"], r["date_passed"], r["effective_date"]) for r in source("laws_passed.csv")}
    text = lambda value: "" if value is None else str(value)  # noqa: E731
    assert want == {(e.number, text(e.passed_on), text(e.effective_on)) for e in Enactment.objects.all()}


@pytest.mark.data
def test_meetings_bodies_and_delegations_equal_their_source() -> None:
    rows = [r for r in source("ubtvqh_meetings.csv") if r["kind"] != "year_total" and "after" not in r["meeting_no"]]
    text = lambda value: "" if value is None else str(value)  # noqa: E731
    assert sorted((r["year"], r["opening_date"], r["closing_date"]) for r in rows) == sorted(
        (str(m.year), text(m.since), text(m.until)) for m in Meeting.objects.filter(body__code="ubtvqh")
    )
    seats: dict[str, list[int]] = {"XV": [], "XVI": []}
    for line in reading.table("delegations.csv"):
        for term, held in seats.items():
            held += [count] if (count := line.whole(f"seats_{term.lower()}")) else []
    for term in ("XV", "XVI"):
        want = [int(r["deputies_elected"]) for r in source("delegations.csv") if r["term_of_count"] == term]
        assert sorted(seats[term]) == sorted(want)
    assert Body.objects.filter(kind__in=["department", "public_unit"]).count() == len(source("office_units.csv"))


def test_terms_follow_each_other() -> None:
    terms = list(Term.objects.order_by("number"))
    assert [t.label for t in terms] == ["XIII", "XIV", "XV", "XVI"]
    assert all(a.until == b.since - dt.timedelta(days=1) for a, b in itertools.pairwise(terms) if b.since)
