"""Claims, decisions, comparisons and stamps through the pages, by the forms a person fills in."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
from dienhong.foundation.journal.queries import entries, told
from dienhong.meetings import actions as meetings
from dienhong.records import actions as records
from dienhong.records.models import ClaimText, Settlement, Stamp
from tests.cast import Cast, at_eight

pytestmark = pytest.mark.django_db
BY = keeper("test")


def sign_in(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def text_of(answer) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


@pytest.fixture
def house(cast: Cast) -> Cast:
    """An office whose record holds 1, 2 and 3 sessions of 2021 to 2023, and a count that leaves a part out."""
    at = at_eight()
    set_clock(actor=BY, to=at_eight(dt.date(2024, 2, 1)), at=at)
    number = 0
    for year, count in ((2021, 1), (2022, 2), (2023, 3)):
        for month in range(9, 9 + count):
            number += 1
            meetings.enter_session(
                actor=BY, term=cast.term, kind="regular", number=number, label=f"Kỳ họp thứ {number}", year=year,
                since=dt.date(year, month, 2), until=dt.date(year, month, 20), mark="V", source="báo", at=at,
            )  # fmt: skip
    for key, value, leaves_out in (
        ("standing_committee.meetings", 16, ""),
        ("standing_committee.meetings.between", 2, ""),
        ("standing_committee.meetings", 16, "standing_committee.meetings.between"),
    ):
        records.enter_reported_figure(
            actor=BY, year=2023, key=key, name="Phiên họp UBTVQH", value=Decimal(value), leaves_out=leaves_out,
            stated_by="Chủ tịch" if leaves_out else "Tổng Thư ký", mark="V", source="báo", at=at,
        )  # fmt: skip
    return cast


@pytest.fixture
def clerk(house: Cast) -> Client:
    return sign_in(house.clerk)


def contradicted(client: Client) -> str:
    """The address of the contradicted claim, found where a person finds it: on the page of the claims."""
    page = text_of(client.get("/year/at/2023/claims/?verdict=contradicted"))
    return str(re.findall(r'href="(/year/at/2023/claims/[0-9a-f]{16}/)"', page)[0])


def test_the_page_of_the_year_says_what_can_be_said_with_its_sum(clerk: Client) -> None:
    page = text_of(clerk.get("/year/2023/"))
    assert "What can be said" in page
    assert 'data-v="yes"' in page
    assert "2023 had 3 sessions" in page
    assert "the most in a year of term XV so far" in page
    assert "style=" not in page


def test_the_proof_of_a_claim_opens_the_rows_of_every_number(clerk: Client) -> None:
    page = text_of(clerk.get(contradicted(clerk)))
    assert ">16</a> − 2 = 14 ≠ 16" in page
    assert "the difference is 2" in page
    for address in set(re.findall(r'href="(/year/2023/[a-z_.]+/)"', page)):
        assert "The rows" in text_of(clerk.get(address)), address


def test_the_clerk_decides_what_is_written_of_a_contradicted_claim(clerk: Client) -> None:
    address = contradicted(clerk)
    form = text_of(clerk.get(f"{address}settle/"))
    assert 'class="says"' in form, "who decides sees what is claimed, and the sum"
    assert "What goes into the report" in form
    answer = clerk.post(f"{address}settle/", {"choice": "record", "wording": "16 phiên, gồm 2 phiên giữa hai đợt"})
    assert answer.status_code == 422
    assert "16 phiên, gồm 2 phiên giữa hai đợt" in answer.content.decode()
    answer = clerk.post(
        f"{address}settle/",
        {"choice": "record", "wording": "16 phiên, gồm 2 phiên giữa hai đợt", "reason": "Theo báo cáo năm"},
    )
    assert answer.headers["Location"] == address
    page = text_of(clerk.get(address))
    assert "16 phiên, gồm 2 phiên giữa hai đợt" in page
    assert "Theo báo cáo năm" in page
    row = Settlement.objects.get()
    assert row.verdict == "contradicted"
    assert "16 phiên, gồm 2 phiên giữa hai đợt" in told(entries(kind="records.ClaimSettled"))[0].sentence
    assert "Decided" in text_of(clerk.get("/year/2023/"))


def test_a_deputy_reads_claims_and_decides_nothing(house: Cast, clerk: Client) -> None:
    deputy = sign_in(Account.objects.get(person=house.deputies[0]))
    address = contradicted(clerk)
    assert "Decide what is written" not in text_of(deputy.get(address))
    assert deputy.post(f"{address}settle/", {"choice": "drop", "reason": "không cần"}).status_code == 403
    assert deputy.post("/year/at/2023/figures/sessions/stamp/").status_code == 403
    assert deputy.get("/year/at/2023/claims/write/").status_code == 403
    assert not Settlement.objects.exists()


def test_a_claim_is_written_with_its_parameters_and_checked(clerk: Client) -> None:
    form = {"text": "Nhiều kỳ họp nhất", "kind": "most", "figure": "sessions", "against": "term_years"}
    assert clerk.post("/year/at/2023/claims/write/", form).headers["Location"] == "/year/at/2023/claims/"
    page = text_of(clerk.get("/year/at/2023/claims/"))
    assert "Nhiều kỳ họp nhất" in page
    assert ClaimText.objects.get().spec["kind"] == "most"


def test_a_claim_is_built_by_choosing_and_seen_before_it_is_written(clerk: Client) -> None:
    blank = text_of(clerk.get("/year/at/2023/claims/write/"))
    assert "Nothing is chosen yet" in blank
    assert "<optgroup" in blank
    address = "/year/at/2023/claims/write/?figure=sessions&kind=most&against=term_years"
    page = text_of(clerk.get(address))
    assert "2023 had 3 sessions, the most in a year of term XV so far." in page
    assert 'data-v="yes"' in page
    assert not ClaimText.objects.exists()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', page))
    hidden.pop("csrfmiddlewaretoken", None)
    sentence = re.search(r'<textarea name="text"[^>]*>\s*([^<]+)</textarea>', page)
    assert sentence
    assert clerk.post("/year/at/2023/claims/write/", {**hidden, "text": sentence[1]}).status_code == 302
    row = ClaimText.objects.get()
    assert row.spec == {"kind": "most", "figure": "sessions", "scope": "2023", "against": "term_years"}
    assert row.text.startswith("Năm 2023 có 3 kỳ họp")
    assert row.text_english == "2023 had 3 sessions, the most in a year of term XV so far."


def test_the_same_choice_about_another_time_leads_there(clerk: Client) -> None:
    answer = clerk.get("/year/at/2023/claims/write/?time=2022&figure=sessions&kind=count&number=3")
    assert answer.headers["Location"] == "/year/at/2022/claims/write/?figure=sessions&kind=count&number=3"
    assert 'data-v="no"' in text_of(clerk.get(answer.headers["Location"]))


def test_what_is_lacking_is_said_at_its_field_and_what_was_chosen_stays(clerk: Client) -> None:
    page = text_of(clerk.get("/year/at/2023/claims/write/?figure=sessions&kind=times&against=2022"))
    assert "This kind of claim needs a number." in page
    assert 'id="id_number-error"' in page
    assert '<option value="2022" selected>' in page


def test_only_what_the_kind_compares_is_offered(clerk: Client) -> None:
    page = text_of(clerk.get("/year/at/2023/claims/write/?figure=sessions&kind=as_many_as"))
    offered = re.search(r'<select name="against".*?</select>', page, re.DOTALL)
    assert offered
    assert re.findall(r'value="(\w+)"', offered[0]) == ["half_term", "whole_term"]


def test_a_proposal_is_put_on_the_list_by_one_press_and_only_once(clerk: Client) -> None:
    page = text_of(clerk.get("/year/at/2023/claims/?topic=sessions"))
    assert "Standing Committee between" not in page
    assert "The sentence that a report may begin with" in page
    address = re.findall(r'action="(/year/at/2023/claims/[0-9a-f]{16}/keep/)"', page)[0]
    for _twice in range(2):
        assert clerk.post(address).status_code == 302
    row = ClaimText.objects.get()
    assert row.spec["kind"] == "together"
    assert address not in text_of(clerk.get("/year/at/2023/claims/"))


def test_a_free_text_stays_not_checked_and_can_be_withdrawn(clerk: Client) -> None:
    clerk.post("/year/at/2023/claims/write/", {"text": "Một năm rất thành công"})
    page = text_of(clerk.get("/year/at/2023/claims/"))
    assert "Not checked" in page
    clerk.post(f"/year/at/2023/claims/written/{ClaimText.objects.get().pk}/withdraw/")
    assert "Một năm rất thành công" not in text_of(clerk.get("/year/at/2023/claims/"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"figure": ""}, "Choose the figure"),
        ({"against": ""}, "Say with what it is compared"),
        ({"kind": "target", "number": "nhiều"}, "Write a number"),
        ({"kind": "up", "against": "MMXX", "number": "20"}, "Choose from the list with what"),
        ({"text": "Ít"}, "at least 5"),
    ],
)
def test_a_claim_that_cannot_be_checked_comes_back_with_the_reason(clerk: Client, changes, says) -> None:
    form = {"text": "Nhiều kỳ họp nhất", "kind": "most", "figure": "sessions", "against": "term_years", **changes}
    answer = clerk.post("/year/at/2023/claims/write/", form)
    assert answer.status_code in {404, 422}
    assert says in answer.content.decode()
    assert not ClaimText.objects.exists()


@pytest.mark.parametrize("by", ["year", "quarter", "month", "session", "term"])
def test_a_figure_is_compared_over_times_as_a_table_and_a_chart(clerk: Client, by: str) -> None:
    page = text_of(clerk.get(f"/year/at/2023/compare/?figure=sessions.calendar_days&by={by}"))
    assert "Calendar days of the sessions" in page
    assert "<svg" in page
    assert "aria-label=" in page
    assert "style=" not in page


def test_a_chart_says_every_number_once_and_nothing_of_what_is_not_known(clerk: Client) -> None:
    chart = clerk.get("/year/at/2023/compare/?figure=laws&by=year").content.decode().split('<figure class="chart">')[1]
    drawn = chart.split("</figure>")[0]
    assert "<text" in drawn
    assert "<text aria-label" not in drawn
    assert "></text>" not in drawn


def test_the_chart_of_a_comparison_is_taken_away_as_a_file_that_stands_alone(clerk: Client) -> None:
    answer = clerk.get("/year/at/2023/compare/chart.svg?figure=sessions&by=year")
    drawing = answer.content.decode()
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="')
    assert "<title>Sessions (Year 2023)</title>" in drawing
    assert "<desc>" in drawing
    assert "href" not in drawing


@pytest.mark.parametrize("code", ["2023-Q4", "2023-H2", "2023-10", "XV-3", "XV", "2021~XV"])
def test_every_kind_of_time_has_its_page(clerk: Client, code: str) -> None:
    page = text_of(clerk.get(f"/year/at/{code}/"))
    for address in set(re.findall(r'href="(/year/at/[^"?]+/figures/[a-z_.]+/)"', page)):
        assert clerk.get(address).status_code == 200, address
    assert clerk.get(f"/year/at/{code}/claims/").status_code == 200


@pytest.mark.parametrize("address", ["2023-13/", "XX-4/", "2023/claims/0123456789abcdef/", "2023/figures/no.such/"])
def test_what_is_not_there_is_not_found(clerk: Client, address: str) -> None:
    assert clerk.get(f"/year/at/{address}").status_code == 404


def test_a_figure_is_stamped_and_says_later_what_changed(house: Cast, clerk: Client) -> None:
    answer = clerk.post("/year/at/2023/figures/sessions/stamp/")
    address = answer.headers["Location"]
    assert "the same value from the same rows" in text_of(clerk.get(address))
    meetings.enter_session(
        actor=BY, term=house.term, kind="regular", number=9, label="Kỳ họp thứ 9", year=2023,
        since=dt.date(2023, 12, 2), until=dt.date(2023, 12, 3), at=at_eight(),
    )  # fmt: skip
    page = text_of(clerk.get(address))
    assert "Otherwise now" in page
    assert "Kỳ họp thứ 9, khóa XV" in page
    assert Stamp.objects.get().value == 3
    assert "Stamped at journal entry" in text_of(clerk.get("/year/2023/sessions/"))


def test_the_pages_speak_vietnamese(house: Cast) -> None:
    page = text_of(sign_in(house.clerk, "vi").get("/year/2023/"))
    assert "Năm 2023 có 3 kỳ họp" in page
    assert "nhiều nhất trong một năm của nhiệm kỳ khóa XV tính đến lúc đó" in page
    assert "Mâu thuẫn" in page
