"""The clerk brings a draft in, settles its doubts, seals and compares it, in a real browser, accessibly."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tests.browser import Office, check_accessibility

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LAWS = files("dienhong.demo").joinpath("laws")


def sign_in(page: Page, office: Office) -> None:
    page.goto(f"{office.url}/sign-in/")
    page.get_by_role("button", name=re.compile("Trần Thị Khánh Vân")).click()
    page.wait_for_url(f"{office.url}/")


def test_a_draft_comes_in_is_settled_sealed_and_compared(page: Page, live_office: Office) -> None:
    names = ("luat-minh-hoa.txt", "luat-sua-doi-minh-hoa.txt", "du-thao-2.txt")
    live_office.command("library", "add", "--seal", *(str(LAWS.joinpath(name)) for name in names))
    sign_in(page, live_office)
    page.goto(f"{live_office.url}/texts/")
    check_accessibility(page)
    page.get_by_role("link", name="Nhập văn bản").click()
    check_accessibility(page)
    page.get_by_label("Tệp", exact=True).set_input_files(str(LAWS.joinpath("du-thao-1.txt")))
    page.get_by_role("button", name="Đọc và hiển thị các chỗ cần rà soát").click()
    check_accessibility(page)
    page.get_by_role("button", name="Giữ nguyên như bản in").first.click()
    page.get_by_role("link", name="Sửa văn bản").click()
    check_accessibility(page)
    page.get_by_label("Số thứ tự như bản in").fill("b)")
    page.get_by_role("button", name="Sửa", exact=True).click()
    page.get_by_role("link", name="Chốt bản này").click()
    check_accessibility(page)
    page.get_by_role("button", name="Chốt bản này").click()
    check_accessibility(page)
    page.get_by_role("link", name="So sánh", exact=True).click()
    check_accessibility(page)
    assert page.locator("table.compare ins").count()


def test_a_law_is_found_read_and_consolidated(page: Page, live_office: Office) -> None:
    names = ("luat-minh-hoa.txt", "luat-sua-doi-minh-hoa.txt")
    live_office.command("library", "add", "--seal", *(str(LAWS.joinpath(name)) for name in names))
    sign_in(page, live_office)
    page.goto(f"{live_office.url}/texts/?q=điều 17 luật minh họa về thư viện làng")
    check_accessibility(page)
    page.get_by_role("link", name="Điều 17. Thời hạn mượn").first.click()
    page.wait_for_url(re.compile(r"#art_17$"))
    page.get_by_role("link", name="Hợp nhất", exact=True).click()
    check_accessibility(page)
    page.get_by_role("button", name="Xem trước kết quả hợp nhất").click()
    check_accessibility(page)
    page.get_by_role("button", name="Lập bản hợp nhất").click()
    check_accessibility(page)
    page.get_by_role("link", name="Các bản và thay đổi").click()
    check_accessibility(page)
    page.get_by_role("link", name="Điều 17", exact=True).click()
    check_accessibility(page)
    assert page.locator("del", has_text="14").count() == 1
