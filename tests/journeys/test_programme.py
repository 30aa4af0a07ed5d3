"""A year of work in real browsers: drafted by two units, merged, adopted, run by keyboard, the week published.

Who works there is entered beforehand; all the rest is done on pages, as people do it. Every page is looked at in both
languages, on a desk and on a tablet.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import ROOT, Office, check_accessibility, environment_of, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "chương trình công tác 2023"
PREPARE = f"""
from dienhong.commands import open_office; open_office()
from dienhong.demo.cast import at_eight
from dienhong.foundation.access.actions import give_password
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.clock.actions import set_clock
from dienhong.people.models import Body, Person
from tests.workers import hire
from types import SimpleNamespace
workers = hire(SimpleNamespace(office=Body.objects.get(code="vpqh"), secretariat=Body.objects.get(code="vu-thu-ky")))
for person in (workers.expert, workers.leader, workers.keeper):
    person.refresh_from_db()
    give_password(actor=keeper("test"), account_id=person.account.pk, password="{PASSWORD}", at=at_eight())
set_clock(actor=keeper("test"), to=at_eight(), at=at_eight())
"""
TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def office(office_at_rest: Path, tmp_path: Path) -> Iterator[Office]:
    """The office of the cast with its workers, served."""
    home = tmp_path / "office"
    shutil.copytree(office_at_rest, home)
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=ROOT, env=environment_of(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    served = serve(home)
    yield served
    served.stop()


class Desk:
    """The people of the programme, each at a window of their own."""

    def __init__(self, browse: Callable[..., Any], office: Office) -> None:
        self.browse, self.office = browse, office

    def sit(self, username: str, **window: Any) -> Any:
        page = self.browse(reduced_motion="reduce", **window)
        page.goto(f"{self.office.url}/programme/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url(f"{self.office.url}/programme/")
        return page

    def look(self, page: Any, *paths: str) -> None:
        """These pages are accessible and nothing sticks out, in both languages, on a desk and on a tablet."""
        state = page.context.storage_state()
        for language in ("vi", "en"):
            other = self.browse(language=language, storage_state=state, reduced_motion="reduce")
            for path in paths:
                other.set_viewport_size({"width": 1280, "height": 800})
                other.goto(f"{self.office.url}{path}")
                check_accessibility(other)
                other.set_viewport_size(TABLET)
                check_accessibility(other)
                wide = other.evaluate("() => document.documentElement.scrollWidth")
                assert wide <= TABLET["width"], (path, language, wide)
            other.goto("about:blank")


@pytest.fixture
def desk(browse: Callable[..., Any], office: Office) -> Desk:
    return Desk(browse, office)


def draft(page: Any, url: str, title: str, unit: str, task: str) -> str:
    """Draft a programme with a group and a task; gives back its address."""
    page.goto(f"{url}/programme/all/new")
    page.locator("input[name=title]").fill(title)
    if unit:
        page.locator("select[name=body]").select_option(label=unit)
    page.locator("main form button.main, main form button.btn").first.click()
    page.wait_for_url(re.compile(r"/programme/all/\d+/$"))
    address = str(page.url)
    if task:
        page.goto(f"{address}group")
        page.locator("input[name=title]").fill("Phục vụ các kỳ họp")
        page.locator("main form button.btn").first.click()
        page.wait_for_url(address)
        page.keyboard.press("n")
        page.wait_for_url(re.compile(r"/programme/tasks/new"))
        page.locator("[name=title]").fill(task)
        page.locator("[name=lead_body]").select_option(index=3)
        page.locator("[name=lead_person]").fill("VP-101")
        page.locator("[name=leader]").fill("VP-102")
        page.locator("[name=due]").fill("5 ngày làm việc kể từ ngày 24/11")
        page.locator("[name=product]").fill("Báo cáo")
        page.locator("[name=group]").select_option(index=1)
        page.locator("main form button.main").click()
        page.wait_for_url(re.compile(r"/programme/tasks/\d+/$"))
    return address


def test_a_year_of_work_from_two_drafts_to_a_confirmed_result(desk: Desk, office: Office) -> None:
    keeper = desk.sit("my.ung")
    whole = draft(keeper, office.url, "Chương trình công tác năm 2023", "", "")
    for n, task in enumerate(("Tổng hợp ý kiến thảo luận tổ", "Chuẩn bị tài liệu kỳ họp"), 2):
        keeper.goto(f"{office.url}/programme/all/new")
        unit = keeper.locator("select[name=body] option").nth(n).inner_text()
        draft(keeper, office.url, f"Dự thảo của {unit.strip()}", unit, task)
    keeper.goto(f"{whole}merge")
    for box in keeper.locator("main input[type=checkbox]").all():
        box.check()
    keeper.locator("main form button.btn").first.click()
    keeper.wait_for_url(whole)
    keeper.goto(f"{whole}adopt")
    keeper.locator("input[name=basis]").fill("Quyết định 15/QĐ-VPQH")
    keeper.locator("main form button.btn").first.click()
    keeper.wait_for_url(whole)
    assert "Quyết định 15/QĐ-VPQH" in keeper.locator("main, .head").first.inner_text()
    run_by_keyboard(desk, office)
    keeper.goto(f"{office.url}/programme/week/")
    keeper.get_by_role("button", name="Phát hành").click()
    keeper.wait_for_load_state()
    assert keeper.get_by_text(re.compile("Bản 1|lần 1|phát hành ngày")).first.is_visible()
    keeper.goto(f"{office.url}/programme/tasks/?state=reported")
    keeper.get_by_role("link", name="Lưu bộ lọc").click()
    keeper.locator("input[name=name]").fill("Chờ xác nhận")
    keeper.locator("main form button.btn").first.click()
    keeper.wait_for_url(re.compile("state=reported"))
    assert keeper.get_by_role("link", name="Chờ xác nhận").first.is_visible()
    path = whole.removeprefix(office.url)
    task = "/programme/tasks/1/"
    desk.look(
        keeper, "/programme/", "/programme/tasks/", "/programme/board/", "/programme/timeline/", "/programme/calendar/",
        "/programme/week/", "/programme/load/", "/programme/days-off/", "/programme/all/", path, f"{path}adjustments/",
        task, f"{task}edit", "/programme/hand-over/", "/programme/tasks/new", f"{task}ask/extend",
    )  # fmt: skip


def run_by_keyboard(desk: Desk, office: Office) -> None:
    """The expert opens the first task and reports it without a mouse; the leader confirms it with one key."""
    expert, leader = desk.sit("duc.khoat", **TABLET), desk.sit("anh.tuyet")
    expert.keyboard.press("j")
    expert.keyboard.press("Enter")
    expert.wait_for_url(re.compile(r"/programme/tasks/\d+/$"))
    address = str(expert.url)
    expert.keyboard.press("r")
    expert.wait_for_url(re.compile("/ask/report$"))
    expert.locator("[name=result]").focus()
    expert.keyboard.type("Báo cáo 12/BC-VPQH")
    expert.keyboard.press("Tab")
    expert.keyboard.press("Enter")
    expert.wait_for_url(address)
    leader.goto(address)
    leader.keyboard.press("c")
    leader.get_by_text("hoàn thành đúng hạn").first.wait_for()
