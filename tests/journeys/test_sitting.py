"""One sitting in real browsers: the clerk prepares and opens, deputies press, the chair declares, the hall sees it.

Nothing is prepared in the database but passwords and the day; all the rest is done on pages, as people do it.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import ROOT, Office, check_accessibility, close_windows, environment_of, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "một phiên họp sáng 24/11"
PREPARE = f"""
from dienhong.commands import open_office; open_office()
from dienhong.demo.cast import at_eight
from dienhong.foundation.access.actions import give_password
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
for name in ("dai.bieu.1", "dai.bieu.2", "dai.bieu.4"):
    account = Account.objects.get(username=name)
    give_password(actor=keeper("demo"), account_id=account.pk, password="{PASSWORD}", at=at_eight())
set_clock(actor=keeper("demo"), to=at_eight(), at=at_eight())
"""
LAW = "Thông qua Luật Viễn thông (sửa đổi)"
TABLET = {"width": 1024, "height": 768}


@pytest.fixture(scope="module")
def at_eight_in_the_morning(office_at_rest: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the cast on the day of the demonstration; three deputies have a password."""
    home = tmp_path_factory.mktemp("sitting") / "office"
    shutil.copytree(office_at_rest, home)
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=ROOT, env=environment_of(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return home


@pytest.fixture
def office(at_eight_in_the_morning: Path, tmp_path: Path) -> Iterator[Office]:
    """That office, served."""
    home = tmp_path / "office"
    shutil.copytree(at_eight_in_the_morning, home)
    served = serve(home)
    yield served
    close_windows()
    served.stop()


class Hall:
    """The people of a sitting, each at a window of their own, and a second window of each in English to look at."""

    def __init__(self, browse: Callable[..., Any], office: Office) -> None:
        # without motion: what is looked at stands still
        self.browse, self.office = functools.partial(browse, reduced_motion="reduce"), office
        self.english: dict[Any, Any] = {}

    def persona(self, name: str, **window: Any) -> Any:
        """Somebody of the office, who enters by the list of the demonstration."""
        page = self.browse(**window)
        page.goto(self.office.url)
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_url(f"{self.office.url}/")
        return page

    def deputy(self, username: str, **window: Any) -> Any:
        """A deputy, who signs in with a name and a password and sits down."""
        page = self.browse(**(TABLET | window))
        page.goto(f"{self.office.url}/seat/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url(f"{self.office.url}/seat/")
        return page

    def check(self, page: Any) -> None:
        """What this person sees is accessible, in Vietnamese and in English."""
        check_accessibility(page)
        other = self.english.get(page)
        if other is None:
            size = page.viewport_size
            other = self.browse(language="en", storage_state=page.context.storage_state(), **size)
            self.english[page] = other
        other.goto(page.url)
        assert other.locator("html").get_attribute("lang") == "en"
        check_accessibility(other)
        other.goto("about:blank")


@pytest.fixture
def hall(browse: Callable[..., Any], office: Office) -> Hall:
    return Hall(browse, office)


def prepare_by_forms(hall: Hall, clerk: Any) -> str:
    """The clerk enters the meeting, its item and its vote; gives back the address of the meeting."""
    hall.check(clerk)
    clerk.get_by_role("link", name="Hội trường").first.click()
    hall.check(clerk)
    clerk.get_by_role("link", name="Phiên họp mới").click()
    clerk.get_by_label("Tên gọi").fill("Phiên toàn thể sáng 24/11/2023")
    clerk.get_by_label("Ngày", exact=True).fill("24/13/2023")
    clerk.get_by_role("button", name="Ghi phiên họp").click()
    assert clerk.locator(".errors").is_visible(), "a day that does not exist is told, and nothing typed is lost"
    assert clerk.get_by_label("Tên gọi").input_value() == "Phiên toàn thể sáng 24/11/2023"
    check_accessibility(clerk)
    clerk.get_by_label("Ngày", exact=True).fill("24/11/2023")
    clerk.get_by_label("Bắt đầu lúc").fill("08:00")
    clerk.get_by_role("button", name="Ghi phiên họp").click()
    clerk.wait_for_url(re.compile(r"/chamber/meetings/\d+/"))
    hall.check(clerk)
    clerk.get_by_role("link", name="Thêm mục").click()
    hall.check(clerk)
    clerk.get_by_label("Nội dung").fill("Biểu quyết thông qua Luật Viễn thông (sửa đổi)")
    clerk.get_by_role("button", name="Đưa vào chương trình").click()
    clerk.get_by_role("button", name="Khai mạc phiên họp").click()
    clerk.get_by_role("button", name="Đưa ra xem xét").click()
    clerk.get_by_role("link", name="Chuẩn bị biểu quyết").click()
    hall.check(clerk)
    clerk.get_by_label("Câu hỏi biểu quyết").fill(LAW)
    clerk.get_by_role("button", name="Chuẩn bị biểu quyết").click()
    clerk.get_by_role("button", name="Mở biểu quyết").wait_for()
    hall.check(clerk)
    return str(clerk.url)


def check_long_question(seat: Any) -> None:
    """A question of 240 letters and its three keys stand on a tablet as a whole, whichever way it is held."""
    words = "Biểu quyết thông qua điểm b khoản 2 Điều 17 dự thảo Luật về trách nhiệm của các cấp. " * 3
    seat.evaluate(
        "(words) => { const h = document.querySelector('.ask h1'); h.className = 'long'; h.textContent = words; }",
        words[:240],
    )
    for width, height in ((768, 1024), (1024, 768), (820, 1180)):
        seat.set_viewport_size({"width": width, "height": height})
        seat.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")
        assert seat.locator(".vote").count() == 3
        assert all(key.bounding_box()["height"] >= 120 for key in seat.locator(".vote").all()), "as large as a hand"
    seat.set_viewport_size(TABLET)
    seat.reload()


def test_a_sitting_from_agenda_to_every_name(hall: Hall, faults: Any) -> None:
    from playwright.sync_api import expect

    faults.allow("ERR_INTERNET_DISCONNECTED")
    expect.set_options(timeout=15_000)
    clerk = hall.persona("Trần Thị Khánh Vân")
    meeting = prepare_by_forms(hall, clerk)

    screen = hall.persona("Lương Minh Thái", width=1920, height=1080)
    screen.goto(f"{hall.office.url}/screen/")
    hall.check(screen)
    uoc, khuyen, nghiem = (hall.deputy(f"dai.bieu.{n}") for n in (1, 2, 4))
    hall.check(uoc)
    expect(uoc.get_by_role("button", name="Tán thành", exact=True)).to_have_count(0)

    clerk.get_by_role("button", name="Mở biểu quyết").click()
    expect(clerk.get_by_role("button", name="Kết thúc biểu quyết")).to_be_visible()
    expect(screen.get_by_role("heading", name=LAW)).to_be_visible()
    hall.check(screen)
    expect(uoc.get_by_role("button", name="Tán thành", exact=True)).to_be_visible()
    check_long_question(uoc)

    # two press at once; the keys came to their tablets by themselves
    uoc.get_by_role("button", name="Tán thành", exact=True).click()
    expect(uoc.locator("[data-ack]")).to_contain_text("Đã ghi lựa chọn “Tán thành”")
    hall.check(uoc)
    khuyen.get_by_role("button", name="Tán thành", exact=True).focus()
    khuyen.keyboard.press("Enter")
    expect(khuyen.locator("[data-ack]")).to_contain_text("Đã ghi lựa chọn “Tán thành”")

    # the third loses the network: the choice is held, said so, and sent once when the network is back
    expect(nghiem.get_by_role("button", name="Không tán thành")).to_be_visible()
    nghiem.context.set_offline(True)
    nghiem.get_by_role("button", name="Không tán thành").click()
    expect(nghiem.locator("[data-ack]")).to_have_attribute("data-k", "held")
    expect(nghiem.locator("[data-ack]")).to_contain_text("được giữ trên máy này")
    expect(nghiem.locator("header .stream")).to_contain_text("Mất kết nối")
    check_accessibility(nghiem)
    expect(screen.locator(".hall")).to_contain_text("2đã biểu quyết")
    nghiem.context.set_offline(False)
    expect(nghiem.locator("[data-ack]")).to_contain_text("Đã ghi lựa chọn “Không tán thành”")
    expect(nghiem.locator("header .stream")).to_contain_text("Đã kết nối")

    # nobody sees what was chosen before the close, only how many pressed
    expect(screen.locator(".hall")).to_contain_text("3đã biểu quyết")
    expect(screen.locator(".hall dl")).to_have_count(0)
    expect(clerk.locator("#panel")).to_contain_text("3đã biểu quyết, trên 12")
    hall.check(clerk)

    clerk.get_by_role("button", name="Kết thúc biểu quyết").click()
    expect(clerk.locator("#panel")).to_contain_text("2tán thành, trên 12")
    hall.check(clerk)
    expect(screen.locator(".hall")).to_contain_text("Chủ tọa sắp công bố kết quả")
    expect(uoc.locator("main")).to_contain_text("Đã kết thúc biểu quyết")

    chair = hall.browse(storage_state=screen.context.storage_state())
    chair.goto(meeting)
    chair.get_by_role("button", name="Tuyên bố kết quả").click()
    chair.wait_for_load_state()
    hall.check(chair)

    # the hall was never loaded again: it learned of everything by the stream
    expect(screen.locator(".verdict")).to_have_text("Không được thông qua")
    expect(screen.locator(".hall .giant")).to_have_text("16,67%")
    assert [screen.locator(".hall dl .n").nth(n).inner_text() for n in range(3)] == ["2", "1", "0"]
    assert screen.evaluate("() => performance.getEntriesByType('navigation')[0].type") == "navigate"
    assert screen.evaluate("() => document.documentElement.scrollHeight <= window.innerHeight"), "it all fits the hall"
    hall.check(screen)
    expect(uoc.locator("main")).to_contain_text("2 trên 12 tán thành, cần 7")

    chair.get_by_role("link", name="Từng đại biểu đã biểu quyết thế nào").click()
    every_name(chair)
    hall.check(chair)
    uoc.get_by_role("link", name="Các lần biểu quyết của tôi").click()
    expect(uoc.get_by_role("row", name=LAW)).to_contain_text("Tán thành")
    hall.check(uoc)


def every_name(page: Any) -> None:
    """The page of the vote shows all twelve, each with the choice that counts: one ballot each, however often sent."""
    rows = page.locator("#names tbody tr")
    assert rows.count() == 12
    chosen = {}
    for row in rows.all():
        cells = row.locator("th, td").all_inner_texts()
        chosen[cells[0].strip()] = cells[2].strip()
    assert {name: choice for name, choice in chosen.items() if choice != "Không tham gia"} == {
        "Hoàng Thị Ngọc Ước": "Tán thành",
        "Đỗ Quốc Khuyến": "Tán thành",
        "Ksor Y Nghiêm": "Không tán thành",
    }
    assert page.locator("#names h2").inner_text().endswith("12")


def test_a_sitting_is_run_by_keyboard_alone(hall: Hall) -> None:
    from playwright.sync_api import expect

    clerk = hall.persona("Trần Thị Khánh Vân")
    clerk.keyboard.press("g")
    clerk.keyboard.press("c")
    clerk.wait_for_url(re.compile(r"/chamber/$"))
    clerk.keyboard.press("n")
    clerk.wait_for_url(re.compile(r"/chamber/meetings/new/"))
    clerk.get_by_label("Tên gọi").focus()
    clerk.keyboard.type("Phiên toàn thể chiều 24/11/2023")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(re.compile(r"/chamber/meetings/\d+/"))
    clerk.keyboard.press("s")
    expect(clerk.get_by_role("button", name="Bế mạc phiên họp")).to_be_visible()
    clerk.keyboard.press("n")
    clerk.get_by_label("Nội dung").focus()
    clerk.keyboard.type("Luật Căn cước")
    clerk.keyboard.press("Tab")
    clerk.keyboard.press("Enter")
    take_up = clerk.get_by_role("button", name="Đưa ra xem xét")
    take_up.focus()
    clerk.keyboard.press("Space")
    prepare = clerk.get_by_role("link", name="Chuẩn bị biểu quyết")
    prepare.focus()
    clerk.keyboard.press("Enter")
    clerk.get_by_role("button", name="Chuẩn bị biểu quyết").focus()
    clerk.keyboard.press("Enter")
    clerk.get_by_role("button", name="Mở biểu quyết").wait_for()
    clerk.keyboard.press("o")
    expect(clerk.get_by_role("button", name="Kết thúc biểu quyết")).to_be_visible()
    clerk.keyboard.press("e")
    expect(clerk.locator("#panel")).to_contain_text("0tán thành, trên 12")
