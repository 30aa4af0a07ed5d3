"""The server is killed while somebody types in a browser: the words stay, and are saved when the office is back."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest

from tests.browser import ROOT, Faults, Office, check_accessibility

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PREPARE = """
from dienhong.commands import open_office; open_office()
from dienhong.demo.cast import at_eight
from dienhong.foundation.access.actor import keeper
from dienhong.people.queries import body
from dienhong.reports import actions
by, at = keeper("test"), at_eight()
report = actions.start_report(actor=by, kind="year", year=2023, body=body("vpqh"), at=at)
section = report.sections.get(key="information")
actions.give_section(actor=by, section_id=section.pk, body=body("vu-thu-ky"), at=at)
block = actions.add_block(actor=by, section_id=section.pk, kind="paragraph", text="Câu đầu.", at=at)
print(block.pk)
"""

ASK = (
    PREPARE.rpartition("block = ")[0]
    + """
import datetime as dt
asked = actions.ask_contribution(
    actor=by, section_id=section.pk, unit=body("vu-thu-ky"), due=at.date() + dt.timedelta(days=9), at=at
)
print(asked.pk)
"""
)


def sign_in(page: Any, office: Office) -> None:
    page.goto(f"{office.url}/sign-in/")
    page.get_by_role("button", name=re.compile("Trần Thị Khánh Vân")).click()
    page.wait_for_url(f"{office.url}/")


@pytest.fixture
def block(live_office: Office) -> str:
    """The number of a block that the clerk may write in."""
    words = [sys.executable, "-c", PREPARE]
    done = subprocess.run(words, cwd=ROOT, env=live_office.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.split()[-1]


def test_killed_while_somebody_types_the_page_keeps_the_words_and_saves_them_when_the_office_is_back(
    page: Any, live_office: Office, faults: Faults, block: str
) -> None:
    faults.allow("live")
    sign_in(page, live_office)
    page.goto(f"{live_office.url}/report/blocks/{block}/")
    page.locator("#id_text").fill("Câu viết khi máy chủ còn chạy.")
    live_office.kill()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Chưa lưu: hệ thống không phản hồi").wait_for()
    assert page.locator("#id_text").input_value() == "Câu viết khi máy chủ còn chạy."
    check_accessibility(page)
    live_office.start()
    page.get_by_text("Hệ thống đã hoạt động trở lại").wait_for(timeout=20_000)
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url(re.compile("/report/sections/"))
    assert page.get_by_text("Câu viết khi máy chủ còn chạy.").is_visible()
    page.goto(f"{live_office.url}/report/blocks/{block}/")
    assert not page.locator(".draft").is_visible(), "what is saved is no draft any more"


def test_a_window_closed_before_saving_finds_its_words_again(
    page: Any, live_office: Office, faults: Faults, block: str
) -> None:
    faults.allow("live")
    sign_in(page, live_office)
    page.goto(f"{live_office.url}/report/blocks/{block}/")
    page.locator("#id_text").fill("Câu chưa kịp lưu.")
    live_office.kill()
    live_office.start()
    page.goto(f"{live_office.url}/")
    page.goto(f"{live_office.url}/report/blocks/{block}/")
    assert page.locator("#id_text").input_value() == "Câu đầu."
    check_accessibility(page)
    page.get_by_role("button", name="Khôi phục nội dung chưa lưu").click()
    assert page.locator("#id_text").input_value() == "Câu chưa kịp lưu."
    page.context.clear_cookies()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.locator("main").get_by_text("đăng nhập", exact=False).first.wait_for()
    sign_in(page, live_office)
    page.goto(f"{live_office.url}/report/blocks/{block}/")
    page.get_by_role("button", name="Khôi phục nội dung chưa lưu").click()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url(re.compile("/report/sections/"))
    assert page.get_by_text("Câu chưa kịp lưu.").is_visible()


def test_a_conflict_shows_both_texts_in_place_and_leaves_no_draft(page: Any, live_office: Office, block: str) -> None:
    sign_in(page, live_office)
    page.goto(f"{live_office.url}/report/blocks/{block}/")
    other = page.context.new_page()
    other.goto(f"{live_office.url}/report/blocks/{block}/")
    other.locator("#id_text").fill("Người nhanh hơn.")
    other.get_by_role("button", name="Lưu", exact=True).click()
    other.wait_for_url(re.compile("/report/sections/"))
    page.locator("#id_text").fill("Người chậm hơn.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("heading", level=1, name="Người khác đã lưu trước").wait_for()
    check_accessibility(page)
    page.locator("#id_text").fill("Cả hai cùng viết.")
    page.get_by_role("button", name="Lưu nội dung này").click()
    page.wait_for_url(re.compile("/report/sections/"))
    assert page.get_by_text("Cả hai cùng viết.").is_visible()


@pytest.fixture
def asked(live_office: Office) -> str:
    """The number of a contribution that the clerk's unit is asked for."""
    words = [sys.executable, "-c", ASK]
    done = subprocess.run(words, cwd=ROOT, env=live_office.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.split()[-1]


def test_the_page_of_a_contribution_keeps_its_words_too_and_signing_in_does_not_drop_them(
    page: Any, live_office: Office, asked: str
) -> None:
    sign_in(page, live_office)
    address = f"{live_office.url}/report/contributions/{asked}/"
    page.goto(address)
    page.locator("#id_text").fill("Nội dung của Vụ.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Lưu khối này").click()
    page.locator("main").get_by_text("đăng nhập", exact=False).first.wait_for()
    sign_in(page, live_office)
    page.goto(address)
    page.get_by_role("button", name="Khôi phục nội dung chưa lưu").click()
    check_accessibility(page)
    page.get_by_role("button", name="Lưu khối này").click()
    page.locator("#mine").get_by_text("Nội dung của Vụ.").wait_for()
    assert page.locator("#id_text").input_value() == ""
    assert not page.locator(".draft").is_visible(), "what is saved is no draft any more"
