"""What can be said of the public record: the two sentences of the Office's own year, and two terms of others."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from dienhong.cli import office
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.journal.queries import last_number
from dienhong.meetings import actions as meetings
from dienhong.people.models import Term
from dienhong.records import actions
from dienhong.records.claims.checking import Claim, Desk, check
from dienhong.records.claims.giving import as_json
from dienhong.records.claims.proposing import propose
from dienhong.records.claims.rules import Verdict
from dienhong.records.claims.spec import NotAClaim, Spec, spec_of
from dienhong.records.claims.telling import proof, sentence
from dienhong.records.claims.texts import written
from dienhong.records.models import ReportedFigure, Stamp
from dienhong.records.scopes import NoSuchScope
from dienhong.records.stamps import recompute
from tests.cast import at_eight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
TODAY = dt.date(2023, 11, 24)
BY = keeper("test")


def said_of(code: str) -> dict[str, Claim]:
    desk = Desk(TODAY)
    return {p.claim.spec.code: p.claim for p in propose(desk.scope(code), TODAY)}


def told(claim: Claim, language: str = "en") -> str:
    with translation.override(language):
        desk = Desk(TODAY)
        return sentence(check(claim.spec, TODAY), desk.rows)


def summed(claim: Claim) -> str:
    return proof(claim, Desk(TODAY).rows)


def one(kind: str, figure: str, scope: str, against: str = "", number: object = None) -> Claim:
    return check(Spec(kind, figure, scope, against, None if number is None else Decimal(str(number))), TODAY)


def test_the_sentence_about_the_sessions_of_2023_is_derived_and_proved() -> None:
    claim = next(c for c in said_of("2023").values() if c.spec.kind == "together")
    assert claim.verdict == Verdict.PROVED
    assert told(claim) == (
        "2023 had 5 sessions, 2 regular and 3 extraordinary – the most in a year of term XV so far, "
        "as many as the regular sessions of half a term."
    )
    assert told(claim, "vi") == (
        "Năm 2023 có 5 kỳ họp, 2 thường lệ và 3 bất thường – nhiều nhất trong một năm của nhiệm kỳ khóa XV "
        "tính đến lúc đó, bằng số kỳ họp thường lệ của nửa nhiệm kỳ."
    )
    assert "5 > 3 (2022) > 2 (the part of 2021 in term XV)" in summed(claim)
    assert "5 = 2 × 5 ÷ 2" in summed(claim)


def test_so_far_means_up_to_the_end_of_that_year_and_within_the_term() -> None:
    claim = one("most", "sessions", "2023", "term_years")
    assert [r.scope.label for r in claim.compared] == ["2021/XV", "2022"]
    assert [r.figure.value for r in claim.compared] == [2, 3]
    assert one("most", "sessions", "2024", "term_years").verdict == Verdict.PROVED
    assert one("most", "sessions", "2025", "term_years").verdict == Verdict.CONTRADICTED


def test_sixteen_meetings_without_those_between_the_phases_is_contradicted_and_the_difference_named() -> None:
    found = [c for c in said_of("2023").values() if c.verdict == Verdict.CONTRADICTED]
    assert len(found) == 1
    claim = found[0]
    assert told(claim).startswith("2023 had 16 meetings of the Standing Committee, not counting the 2 meetings")
    assert told(claim).endswith("as stated by Chủ tịch Quốc hội.")
    assert summed(claim).startswith("16 − 2 = 14 ≠ 16. The year count of 16 includes the 2 meetings")
    assert "the difference is 2" in summed(claim)
    assert "16 = 10 regular + 1 on law-making + 2 between phases + 3 other" in summed(claim)


def test_a_person_decides_what_to_write_and_the_decision_stays_with_the_claim() -> None:
    claim = next(c for c in said_of("2023").values() if c.verdict == Verdict.CONTRADICTED)
    spec = claim.spec.as_json()
    wording = "Năm 2023 có 16 phiên họp, gồm cả 2 phiên giữa hai đợt kỳ họp."
    with pytest.raises(NotAClaim):
        actions.settle_claim(actor=BY, spec=spec, choice="record", wording="", reason="theo báo cáo", at=at_eight())
    with pytest.raises(NotAClaim):
        actions.settle_claim(actor=BY, spec=spec, choice="record", wording=wording, reason="", at=at_eight())
    before = last_number()
    row = actions.settle_claim(
        actor=BY, spec=spec, choice="record", wording=wording, reason="Theo báo cáo ngày 14/12/2023", at=at_eight()
    )
    assert (row.verdict, row.entry) == ("contradicted", before)
    given = as_json(check(spec_of(spec), TODAY), Desk(TODAY))
    assert given["settled"]["wording"] == wording
    assert last_number() == before + 1


def test_a_proved_claim_leaves_nothing_to_decide() -> None:
    spec = Spec("count", "sessions", "2023", number=Decimal(5)).as_json()
    with pytest.raises(NotAClaim):
        actions.settle_claim(actor=BY, spec=spec, choice="drop", wording="", reason="không cần", at=at_eight())


def test_the_year_whose_record_begins_late_proves_no_superlative() -> None:
    assert one("most", "sessions", "2023", "since:2016").verdict == Verdict.OPEN
    assert one("most", "sessions", "2023", "since:2017").verdict == Verdict.PROVED
    assert one("least", "sessions", "2017", "since:2016").verdict == Verdict.OPEN
    assert any("2016" in line for line in one("most", "sessions", "2023", "since:2016").missing)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (("most", "laws", "XV-10", "term_sessions"), Verdict.PROVED),
        (("most", "laws", "XV-9", "term_sessions"), Verdict.PROVED),
        (("most", "laws", "XV-6", "term_sessions"), Verdict.CONTRADICTED),
        (("most", "laws", "XV-10", "since:XIV-1"), Verdict.OPEN),
        (("most", "resolutions", "XV-10", "term_sessions"), Verdict.OPEN),
        (("more_than_all", "laws", "2025", "term_years"), Verdict.PROVED),
        (("first", "sessions.extraordinary", "2022", "since:2017"), Verdict.PROVED),
        (("first", "sessions.extraordinary", "2023", "since:2017"), Verdict.CONTRADICTED),
        (("most", "sessions", "XV", "since:XIV"), Verdict.PROVED),
        (("up", "laws", "2023", "2022", "33.3"), Verdict.PROVED),
        (("up", "laws", "2023", "2022", "35"), Verdict.CONTRADICTED),
        (("times", "sessions", "2024", "2022", "2"), Verdict.PROVED),
        (("down", "sessions", "2025", "2024", "50"), Verdict.PROVED),
        (("equal", "sessions", "2022", "2021"), Verdict.PROVED),
        (("equal", "standing_committee.meetings", "2023", "2022"), Verdict.OPEN),
        (("every", "sessions.regular", "2025", "since:2017", "2"), Verdict.PROVED),
        (("every", "sessions.regular", "2025", "since:2016", "2"), Verdict.OPEN),
        (("every", "sessions", "2025", "since:2017", "3"), Verdict.CONTRADICTED),
        (("target", "laws", "2025", "", "89"), Verdict.PROVED),
        (("target", "laws", "2025", "", "90"), Verdict.CONTRADICTED),
        (("as_many_as", "sessions", "2023", "half_term"), Verdict.PROVED),
        (("as_many_as", "sessions", "2024", "half_term"), Verdict.CONTRADICTED),
        (("each_row", "votes.laws.median", "2023", "", "90"), Verdict.CONTRADICTED),
        (("each_row", "votes.laws.median", "2023", "", "85"), Verdict.OPEN),
        (("count", "standing_committee.meetings", "2023", "", "16"), Verdict.PROVED),
        (("stated", "standing_committee.meetings", "2023", "", "16"), Verdict.OPEN),
        (("stated", "resolutions", "2024", "", "42"), Verdict.CONTRADICTED),
        (("most", "votes.laws.median", "2023", "term_years"), Verdict.OPEN),
        (("most", "sessions.working_days", "XV-10", "term_regular"), Verdict.OPEN),
        (("most", "sessions.calendar_days", "XV-9", "since:XIV-1"), Verdict.PROVED),
    ],
)
def test_a_claim_of_two_terms(claim: tuple[str, ...], verdict: Verdict) -> None:
    assert one(*claim).verdict == verdict


def test_every_law_over_ninety_percent_is_contradicted_by_two_laws_by_name() -> None:
    claim = one("each_row", "votes.laws.median", "2023", number=90)
    assert len(claim.fails) == 2
    assert "Căn cước: 87.25%" in summed(claim)
    assert "85.63%" in summed(claim)


def test_every_proposed_claim_of_two_terms_is_whole_and_said_in_both_languages() -> None:
    count = 0
    for year in range(2016, 2027):
        for code, claim in said_of(str(year)).items():
            count += 1
            assert spec_of(claim.spec.as_json()).code == code
            compared = [*claim.compared, *(r for part in claim.joined for r in part.compared)]
            if claim.verdict == Verdict.PROVED:
                assert all(r.known.value is not None for r in compared), code
            elif claim.verdict == Verdict.OPEN:
                assert claim.missing, code
            vietnamese, english = told(claim, "vi"), told(claim, "en")
            assert vietnamese != english
            assert vietnamese.endswith(".")
            assert "%(" not in vietnamese + english + summed(claim)
    assert count > 100


def test_a_new_session_in_the_compared_year_turns_a_proved_claim() -> None:
    assert one("most", "sessions", "2023", "term_years").verdict == Verdict.PROVED
    for number in (11, 12):
        meetings.enter_session(
            actor=BY, term=Term.objects.get(label="XV"), kind="extraordinary", number=number, year=2022,
            label=f"Kỳ họp bất thường lần thứ {number}", since=dt.date(2022, 8, number), until=dt.date(2022, 8, number),
            at=at_eight(),
        )  # fmt: skip
    assert one("most", "sessions", "2023", "term_years").verdict == Verdict.CONTRADICTED


# -- what people write ------------------------------------------------------------------------------------------------
def test_a_written_claim_is_checked_on_every_reading_and_a_free_text_never() -> None:
    spec = {"kind": "most", "figure": "sessions", "scope": "2023", "against": "term_years"}
    actions.write_claim(actor=BY, scope="2023", text="Năm nhiều kỳ họp nhất", spec=spec, at=at_eight())
    actions.write_claim(actor=BY, scope="2023", text="Một năm rất thành công", at=at_eight())
    checked, free = written(Desk(TODAY).scope("2023"), TODAY)
    assert checked.verdict == Verdict.PROVED
    assert free.verdict == Verdict.UNCHECKED
    actions.withdraw_claim(actor=BY, text_id=free.text.pk, at=at_eight())
    assert len(written(Desk(TODAY).scope("2023"), TODAY)) == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "best", "figure": "sessions", "scope": "2023"},
        {"kind": "most", "figure": "sessions", "scope": "2023"},
        {"kind": "most", "figure": "sessions", "scope": "2023", "against": "everything"},
        {"kind": "up", "figure": "sessions", "scope": "2023", "against": "2022"},
        {"kind": "up", "figure": "sessions", "scope": "2023", "against": "2022", "number": "many"},
        {"kind": "count", "figure": "sessions", "scope": "2023", "number": "NaN"},
        {"kind": "as_many_as", "figure": "sessions", "scope": "2023", "against": "my_yard"},
        {"kind": "made_of", "figure": "laws", "scope": "2023", "number": "16"},
    ],
)
def test_what_says_nothing_to_check_is_refused(bad: dict[str, str]) -> None:
    with pytest.raises(NotAClaim):
        actions.write_claim(actor=BY, scope="2023", text="Một câu nào đó", spec=bad, at=at_eight())


def test_a_scope_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchScope):
        actions.write_claim(actor=BY, scope="XX-3", text="Một câu nào đó", at=at_eight())


# -- stamps -----------------------------------------------------------------------------------------------------------
def test_a_stamp_comes_out_the_same_until_the_record_changes_and_then_says_what_changed() -> None:
    before = last_number()
    stamp = actions.stamp_figure(actor=BY, key="sessions", scope="2023", at=at_eight())
    assert stamp.value == 5
    assert (stamp.entry, len(stamp.rows)) == (before, 6)  # five sessions, one published count
    found = recompute(Stamp.objects.get(pk=stamp.pk), TODAY)
    assert found.same
    with translation.override("vi"):
        assert recompute(stamp, TODAY).same
    meetings.enter_session(
        actor=BY, term=Term.objects.get(label="XV"), kind="extraordinary", number=40, year=2023,
        label="Kỳ họp bất thường lần thứ 40", since=dt.date(2023, 12, 20), until=dt.date(2023, 12, 20), at=at_eight(),
    )  # fmt: skip
    found = recompute(stamp, TODAY)
    assert not found.same
    assert found.value == 6
    assert found.added == ("Kỳ họp bất thường lần thứ 40, khóa XV",)
    assert found.removed == ()
    assert any("40" in entry.sentence for entry in found.since)


def test_a_stamp_names_a_row_that_was_altered_and_one_taken_away() -> None:
    stamp = actions.stamp_figure(actor=BY, key="sessions.working_days", scope="2023", at=at_eight())
    of_six = {"session__term__label": "XV", "session__number": 6, "session__kind": "regular"}
    row = ReportedFigure.objects.get(key="session.working_days", **of_six)
    ReportedFigure.objects.filter(pk=row.pk).update(value=Decimal(30))
    actions.stamp_figure(
        actor=BY, key="laws", scope="2023", at=at_eight()
    )  # the journal goes on, so rows are read anew
    found = recompute(stamp, TODAY)
    assert found.value == Decimal(58)
    assert [(one.before, one.now) for one in found.changed] == [({"value": "22.5"}, {"value": "30"})]


def test_a_stamp_cannot_be_altered() -> None:
    from django.db import DatabaseError, transaction

    stamp = actions.stamp_figure(actor=BY, key="laws", scope="XV-10", at=at_eight())
    with pytest.raises(DatabaseError, match="a stamp is never changed"), transaction.atomic():
        Stamp.objects.filter(pk=stamp.pk).update(value=52)


# -- the commands -----------------------------------------------------------------------------------------------------
def called(*words: str) -> Result:
    return CliRunner().invoke(office, [*words])


def test_the_command_prints_value_rows_and_proof_of_every_claim() -> None:
    answer = called("claims", "--year", "2023", "--json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert found["entry"] == last_number()
    verdicts = [claim["verdict"] for claim in found["claims"]]
    assert {"proved", "contradicted", "not_proven"} == set(verdicts)
    joined = next(claim for claim in found["claims"] if claim["kind"] == "together")
    assert joined["value"] == 5
    assert len(joined["rows"]) == 5
    assert joined["sentence"]["vi"].startswith("Năm 2023 có 5 kỳ họp")
    assert "5 = 2 × 5 ÷ 2" in joined["proof"]["vi"]


def test_the_command_prints_sentences_with_their_sums() -> None:
    answer = called("claims", "--session", "XV-10", "--language", "en", "--top", "1")
    assert answer.exit_code == 0, answer.output
    assert "[Proved] Session 10, term XV had 51 laws passed, the most in a session of term XV so far." in answer.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--year", "2023", "--quarter", "4"), "2023-Q4"),
        (("--year", "2023", "--month", "11"), "2023-11"),
        (("--year", "2021", "--half", "2"), "2021-H2"),
        (("--session", "XV-BT2"), "XV-BT2"),
        (("--term", "XIV"), "XIV"),
        (("--year", "2023", "--body", "Standing Committee"), "Meetings of the body: 13"),
    ],
)
def test_figures_of_any_time_are_printed(words: tuple[str, ...], says: str) -> None:
    answer = called("figures", *words, "--language", "en")
    assert answer.exit_code == 0, answer.output
    assert says in answer.output


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("claims",), 2),
        (("claims", "--year", "2023", "--term", "XV"), 2),
        (("claims", "--quarter", "4"), 2),
        (("claims", "--term", "XX"), 1),
        (("claims", "--session", "XV"), 1),
        (("figures", "--year", "2023", "--month", "3", "--quarter", "1"), 2),
        (("figures", "--year", "2023", "--body", "Không có cơ quan này"), 1),
    ],
)
def test_a_wrong_call_is_told_in_a_line(words: tuple[str, ...], status: int) -> None:
    answer = called(*words)
    assert answer.exit_code == status
    assert "Traceback" not in answer.output
