"""The desk of the year through its pages: numbers open their rows, and rows can be taken away."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from decimal import Decimal

import pytest
from django.test import Client

from dienhong.desks.year import charts
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
from dienhong.meetings import actions as meetings
from dienhong.polls.actions import Published
from dienhong.records import actions as records
from dienhong.records.queries import YearOfSessions
from dienhong.records.rules import Row
from tests.cast import Cast, at_eight

pytestmark = pytest.mark.django_db
BY = keeper("test")


def sign_in(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


@pytest.fixture
def clerk(cast: Cast) -> Client:
    """The clerk in an office that holds two sessions of 2023, one law voted on and two counts that contradict."""
    at = at_eight()
    set_clock(actor=BY, to=at_eight(dt.date(2024, 2, 1)), at=at)
    for kind, number, label, since, until in (
        ("extraordinary", 2, "Kỳ họp bất thường lần thứ 2", dt.date(2023, 1, 5), dt.date(2023, 1, 9)),
        ("regular", 6, "Kỳ họp thứ 6", dt.date(2023, 10, 23), dt.date(2023, 11, 29)),
    ):
        session = meetings.enter_session(
            actor=BY, term=cast.term, kind=kind, number=number, label=label, year=2023, since=since, until=until,
            mark="V", source="https://example.vn/thong-cao", at=at,
        )  # fmt: skip
    meetings.file_published_vote(
        actor=BY, session=session, body=cast.assembly, kind="law", question="Thông qua Luật Viễn thông (sửa đổi)",
        published=Published(dt.date(2023, 11, 24), 468, 2, 3, 473, 494, Decimal("94.74")), source="thông cáo", at=at,
    )  # fmt: skip
    for who in ("Tổng Thư ký", "Chủ tịch"):
        records.enter_reported_figure(
            actor=BY, year=2023, key="standing_committee.meetings", name="Phiên họp UBTVQH", value=Decimal(16),
            stated_by=who, note=f"{who} đếm khác", mark="V", source="báo", at=at,
        )  # fmt: skip
    return sign_in(cast.clerk)


def text_of(answer) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def test_the_desk_opens_on_the_year_nearest_to_the_day(clerk: Client) -> None:
    assert clerk.get("/year/").headers["Location"] == "/year/2023/"
    assert clerk.get("/year/?year=2022").headers["Location"] == "/year/2022/"
    assert clerk.get("/year/?year=XV").headers["Location"] == "/year/term/XV/"


def test_every_number_of_a_year_opens_its_rows(clerk: Client) -> None:
    page = text_of(clerk.get("/year/2023/"))
    assert "Year 2023" in page
    addresses = sorted(set(re.findall(r'href="(/year/2023/[^/"]+/)"', page)))
    assert "/year/2023/sessions/" in addresses
    assert len(addresses) > 15
    for address in addresses:
        assert "The rows" in text_of(clerk.get(address)), address


def test_the_rows_say_day_name_source_and_mark(clerk: Client) -> None:
    page = text_of(clerk.get("/year/2023/sessions/"))
    assert "Sessions: 2" in page
    assert "23 Oct 2023" in page
    assert "https://example.vn/thong-cao" in page
    assert 'data-m="V"' in page


def test_what_is_not_known_is_said(clerk: Client) -> None:
    page = text_of(clerk.get("/year/2023/resolutions/"))
    assert "not known" in page
    assert "No published number of resolutions" in page


def test_two_statements_stand_side_by_side(clerk: Client) -> None:
    page = text_of(clerk.get("/year/2023/standing_committee.meetings/"))
    assert "Standing Committee meetings: 16" in page
    assert "Tổng Thư ký" in page
    assert "Chủ tịch đếm khác" in page


def test_rows_are_taken_away_as_csv_and_json(clerk: Client) -> None:
    answer = clerk.get("/year/2023/votes.published/rows.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2023-votes.published.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["date"], row["value"], row["source"]) for row in rows] == [("2023-11-24", "94.74", "thông cáo")]
    figure = json.loads(clerk.get("/year/2023/votes.published/rows.json").content)
    assert figure["value"] == 1
    assert figure["rows"][0]["name"] == "Thông qua Luật Viễn thông (sửa đổi)"


def test_a_cell_is_never_a_formula() -> None:
    from dienhong.desks.year.views import _safe

    assert _safe("=1+1") == "'=1+1"
    assert _safe("2023") == "2023"


@pytest.mark.parametrize(
    "address", ["/year/2023/no.such/", "/year/2023/laws/rows.xml", "/year/term/XX/", "/year/9999/", "/year/1/"]
)
def test_what_is_not_there_is_not_found(clerk: Client, address: str) -> None:
    assert clerk.get(address).status_code == 404


def test_a_term_is_shown_like_a_year(clerk: Client) -> None:
    page = text_of(clerk.get("/year/term/XV/"))
    assert "Term XV" in page
    assert "The rows" in text_of(clerk.get("/year/term/XV/sessions/"))
    assert clerk.get("/year/term/XV/sessions/rows.csv").status_code == 200


def test_who_has_not_signed_in_is_led_to_the_door(cast: Cast) -> None:
    assert Client().get("/year/2023/").headers["Location"].startswith("/sign-in/")


def test_the_charts_carry_names_links_and_no_style(clerk: Client) -> None:
    page = text_of(clerk.get("/year/2023/"))
    assert 'aria-label="2023: 2 sessions, 1 regular and 1 extraordinary"' in page
    assert 'aria-label="Thông qua Luật Viễn thông (sửa đổi): 94.74%"' in page
    assert "style=" not in page
    assert "vega.github.io" not in page


def test_a_name_in_a_chart_cannot_break_out_of_it() -> None:
    row = Row(None, '<script>"x"</script> & Luật', "", "V", None, Decimal("91.5"), "", "vote:3")
    drawn = charts.shares_chart([row])
    assert "<script>" not in drawn
    assert 'href="/chamber/votes/3/"' in drawn


def test_the_year_of_the_page_is_highlighted() -> None:
    drawn = charts.sessions_chart([YearOfSessions(2022, 2, 1), YearOfSessions(2023, 2, 3)], 2023)
    assert drawn.count('class="a now"') == 1
    assert drawn.count('class="b now"') == 1
    assert drawn.count('href="/year/2022/"') == 2
