"""The clerk follows a number to its source, builds two claims, decides what is written of one, and compares terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import Office, check_accessibility

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORDING = "Năm 2023 có 16 phiên họp, gồm cả 2 phiên giữa hai đợt của kỳ họp."


def sign_in(page: Page, office: Office) -> None:
    page.goto(f"{office.url}/sign-in/")
    page.get_by_role("button", name=re.compile("Trần Thị Khánh Vân")).click()
    page.wait_for_url(f"{office.url}/")


def whole(page: Page) -> None:
    """The page is accessible and does not scroll sideways."""
    check_accessibility(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.fixture
def recorded(live_office: Office) -> Office:
    """An office that holds the public record."""
    live_office.command("record", "load")
    return live_office


def test_a_number_leads_to_its_rows_and_two_claims_are_built_seen_and_settled(page: Page, recorded: Office) -> None:
    sign_in(page, recorded)
    page.goto(f"{recorded.url}/year/2023/")
    whole(page)
    page.locator(".figures .figure").filter(has_text="Kỳ họp").first.get_by_role("link").click()
    page.wait_for_url("**/year/2023/sessions/")
    row = page.get_by_role("row").filter(has_text="Kỳ họp bất thường lần thứ 2")
    assert row.locator("td.meta").inner_text().strip()  # where it was read
    whole(page)
    row.get_by_role("link").first.click()
    page.get_by_role("heading", level=1).filter(has_text="Kỳ họp bất thường lần thứ 2").wait_for()

    # the sentence that is proved: seen before it is written
    page.goto(f"{recorded.url}/year/at/2023/claims/")
    whole(page)
    page.get_by_role("link", name="Lập nhận định").click()
    whole(page)
    page.get_by_label("Tìm số liệu theo tên").fill("ky hop bat thuong")
    hidden = "(option) => option.hidden"
    assert page.locator('#id_figure option[value="laws"]').evaluate(hidden)
    assert not page.locator('#id_figure option[value="sessions.extraordinary"]').evaluate(hidden)
    page.get_by_label("Tìm số liệu theo tên").fill("")
    page.get_by_label("Số liệu", exact=True).select_option("sessions")
    page.get_by_label("Loại nhận định").select_option("most")
    page.get_by_label("So sánh với").select_option("term_years")
    checked = page.locator("#checked")
    checked.get_by_text("Có căn cứ").wait_for()
    assert "Năm 2023 có 5 kỳ họp, nhiều nhất trong một năm của nhiệm kỳ khóa XV" in checked.inner_text()
    assert "figure=sessions" in page.url
    assert "against=term_years" in page.url
    whole(page)
    page.get_by_role("button", name="Đưa vào danh sách").click()
    page.wait_for_url("**/year/at/2023/claims/")
    assert page.get_by_text("Năm 2023 có 5 kỳ họp, nhiều nhất trong một năm").first.is_visible()

    # the sentence that is contradicted: the difference is named, and a person decides in words
    page.get_by_role("link", name="Lập nhận định").click()
    page.get_by_label("Số liệu", exact=True).select_option("standing_committee.meetings")
    page.get_by_label("Loại nhận định").select_option("count")
    page.locator("#id_without").select_option("standing_committee.meetings.between")
    page.get_by_label(re.compile("^Số$|^Con số|^Số ")).last.fill("16")
    checked.get_by_text("Mâu thuẫn").wait_for()
    assert "16 − 2 = 14 ≠ 16" in checked.inner_text()
    assert "chênh lệch là 2" in checked.inner_text()
    page.get_by_role("button", name="Đưa vào danh sách").click()
    page.wait_for_url("**/year/at/2023/claims/")
    page.locator("#claims .block").first.get_by_role("link", name="Cần kết luận").click()
    whole(page)
    settle(page)
    assert page.get_by_text(WORDING).first.is_visible()
    whole(page)


def settle(page: Page) -> None:
    page.locator(".head .actions a.btn.main").click()
    whole(page)
    page.locator('input[name="choice"][value="record"]').check()
    page.locator('textarea[name="wording"]').fill(WORDING)
    page.locator('textarea[name="reason"]').fill("Theo số đếm của Tổng Thư ký ngày 14/12/2023")
    page.locator("form.form button.main").click()
    page.locator("#claim").wait_for()


PAGES = (
    "/year/2023/",
    "/year/XV/",
    "/year/2023/sessions/",
    "/year/at/2023/claims/?topic=laws",
    "/year/at/2023-Q4/",
    "/year/at/2023/claims/write/?figure=laws&kind=up&against=2022&number=33",
    "/year/at/2023/claims/write/?figure=laws&kind=up",
    "/year/at/XV/compare/?figure=sessions&by=term",
    "/year/at/2023/compare/?figure=laws&by=year",
    "/year/at/2023/compare/?figure=sessions.calendar_days&by=session",
)


@pytest.mark.parametrize(("language", "width"), [("vi", 1280), ("en", 1280), ("vi", 820), ("en", 820)])
def test_every_page_of_the_year_is_accessible_in_both_languages(
    browse: Any, recorded: Office, language: str, width: int
) -> None:
    page = browse(language=language, width=width)
    sign_in(page, recorded)
    for address in PAGES:
        answer = page.goto(f"{recorded.url}{address.replace('/year/XV/', '/year/term/XV/')}")
        assert answer.status == 200, address
        whole(page)
        if "/compare/" in address:
            assert page.locator(".chart svg desc").count() == 1
            assert page.locator("table.data tbody tr").count() > 1


def test_two_terms_are_compared_by_choosing(page: Page, recorded: Office) -> None:
    sign_in(page, recorded)
    page.goto(f"{recorded.url}/year/at/2023/compare/")
    page.locator("select[name=figure]").select_option("sessions")
    page.locator("select[name=by]").select_option("term")
    page.locator("main form.actions button").click()
    page.wait_for_url("**by=term*")
    rows = page.locator("table.data tbody tr").all_inner_texts()
    assert [text.split("\t")[0] for text in rows][:2] == ["XIV", "XV"]
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải biểu đồ SVG").click()
    assert taken.value.suggested_filename == "2023-sessions-term.svg"


def test_without_scripts_the_button_checks_the_claim(browse: Any, recorded: Office) -> None:
    page = browse(scripts=False)
    sign_in(page, recorded)
    page.goto(f"{recorded.url}/year/at/2023/claims/write/")
    page.get_by_label("Số liệu", exact=True).select_option("sessions")
    page.get_by_label("Loại nhận định").select_option("count")
    page.locator("#id_number").fill("5")
    page.get_by_role("button", name="Kiểm tra").click()
    assert "Có căn cứ" in page.locator("#checked").inner_text()
    page.get_by_role("button", name="Đưa vào danh sách").click()
    assert page.get_by_text("Năm 2023 có 5 kỳ họp.").first.is_visible()
