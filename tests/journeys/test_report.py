"""A year report in real browsers: laid out, asked for, written by two at once, accepted, approved, signed, taken away.

Nothing is prepared in the database but the people, their passwords, the day and two sessions of the record.
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

from tests.browser import ROOT, Office, check_accessibility, environment_of, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "một báo cáo tổng kết năm"
PREPARE = f"""
from dienhong.commands import open_office; open_office()
import datetime as dt
from types import SimpleNamespace
from dienhong.foundation.access.actions import give_password
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
from dienhong.people.models import Body, Term
from dienhong.records.actions import state_coverage
from dienhong.reports.tests.conftest import AT, BY, enter_sessions
from tests.workers import hire
bodies = {{body.code: body for body in Body.objects.all()}}
hire(SimpleNamespace(office=bodies["vpqh"], secretariat=bodies["vu-thu-ky"]))
for name in ("duc.khoat", "anh.tuyet", "my.ung"):
    give_password(actor=BY, account_id=Account.objects.get(username=name).pk, password="{PASSWORD}", at=AT)
days = {{"since": dt.date(2021, 7, 20), "until": dt.date(2023, 12, 31)}}
state_coverage(actor=BY, key="sessions", name="Kỳ họp từ khóa XV", at=AT, **days)
enter_sessions(SimpleNamespace(term=Term.objects.get(label="XV")), 5, 6)
set_clock(actor=BY, to=AT, at=AT)
"""
SECTION = "Công tác thông tin, xuất bản, báo chí, thư viện"
WIDE, TABLET = {"width": 1280, "height": 800}, {"width": 820, "height": 1180}


@pytest.fixture(scope="module")
def in_december(office_at_rest: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the cast on a morning of December; those who compile and approve have a password."""
    home = tmp_path_factory.mktemp("report") / "office"
    shutil.copytree(office_at_rest, home)
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=ROOT, env=environment_of(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return home


@pytest.fixture
def office(in_december: Path, tmp_path: Path) -> Iterator[Office]:
    """That office, served."""
    home = tmp_path / "office"
    shutil.copytree(in_december, home)
    served = serve(home)
    yield served
    served.stop()


class House:
    """The people of a report, each at a window of their own, and more windows of each to look at its pages."""

    def __init__(self, browse: Callable[..., Any], office: Office) -> None:
        self.browse, self.office = functools.partial(browse, reduced_motion="reduce"), office
        self.others: dict[Any, list[Any]] = {}

    def persona(self, name: str) -> Any:
        page = self.browse(**WIDE)
        page.goto(self.office.url)
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_url(f"{self.office.url}/")
        return page

    def person(self, username: str) -> Any:
        page = self.browse(**WIDE)
        page.goto(f"{self.office.url}/report/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url(f"{self.office.url}/report/")
        return page

    def check(self, page: Any) -> None:
        """What this person sees is accessible in both languages and as wide as the window, on a tablet too."""
        check_accessibility(page)
        if page not in self.others:
            state = page.context.storage_state()
            self.others[page] = [
                self.browse(language=language, storage_state=state, **size)
                for language, size in (("en", WIDE), ("vi", TABLET))
            ]
        for other in self.others[page]:
            other.goto(page.url)
            check_accessibility(other)
            wide = other.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{page.url} is {wide} pixels wider than its window"
            other.goto("about:blank")


@pytest.fixture
def house(browse: Callable[..., Any], office: Office) -> House:
    return House(browse, office)


def lay_out_and_ask(house: House, compiler: Any) -> str:
    """The compiler lays the report out and asks two units; gives back the address of the report."""
    house.check(compiler)
    compiler.get_by_role("link", name="Lập báo cáo").click()
    house.check(compiler)
    compiler.get_by_label("Cơ quan báo cáo").select_option(label="\u2003Văn phòng Quốc hội")
    compiler.get_by_role("button", name="Lập bố cục Phần I–IV").click()
    compiler.wait_for_url(re.compile(r"/report/\d+/$"))
    address = str(compiler.url)
    house.check(compiler)
    for section, unit in ((SECTION, "Vụ Thư ký"), ("Công tác đối ngoại", "Trung tâm Tin học")):
        compiler.goto(f"{address}contributions/ask")
        option = compiler.locator("#id_section option", has_text=section)
        compiler.get_by_label("Mục").select_option(option.get_attribute("value"))
        unit_option = compiler.locator("#id_unit option", has_text=unit)
        compiler.get_by_label("Đơn vị").select_option(unit_option.get_attribute("value"))
        compiler.get_by_label("Hạn nộp").fill("15/12/2023")
        compiler.get_by_role("button", name="Đề nghị", exact=True).click()
        compiler.wait_for_url(f"{address}contributions")
    house.check(compiler)
    return address


def write_two_at_once(house: House, head: Any, expert: Any) -> None:
    """Two of a unit write in one block: the second sees both texts and puts them together; then it is handed in."""
    head.get_by_role("link", name=SECTION).first.click()
    house.check(head)
    head.locator("#id_text").fill("Bản đầu của Vụ.")
    head.get_by_role("button", name="Lưu khối này").click()
    head.get_by_text("Bản đầu của Vụ.").wait_for()
    expert.goto(head.url.partition("#")[0])
    for page in (head, expert):
        page.get_by_role("link", name="Sửa", exact=True).click()
        page.locator("#id_text").wait_for()
    house.check(expert)
    head.locator("#id_text").fill("Vụ trưởng viết câu này.")
    head.get_by_role("button", name="Lưu", exact=True).click()
    head.wait_for_url(re.compile(r"/contributions/\d+/"))
    expert.locator("#id_text").fill("Chuyên viên viết câu khác.")
    expert.get_by_role("button", name="Lưu", exact=True).click()
    expert.get_by_role("heading", name="Người khác đã lưu trước").wait_for()
    check_accessibility(expert)
    assert expert.get_by_text("Vụ trưởng viết câu này.").first.is_visible()
    assert expert.locator("#id_text").input_value() == "Chuyên viên viết câu khác."
    expert.locator("#id_text").fill("Vụ trưởng viết câu này. Chuyên viên viết câu khác.")
    expert.get_by_role("button", name="Lưu nội dung này").click()
    expert.get_by_role("link", name="Các bản").click()
    house.check(expert)
    assert expert.get_by_role("link", name="Bản 3").first.is_visible(), "what was kept aside is still there"
    head.reload()
    head.get_by_role("button", name="Nộp", exact=True).click()
    head.get_by_text("đã nộp").first.wait_for()


def write_with_a_number(house: House, centre: Any) -> None:
    """The other unit finds a number of the record by its name, with the keyboard alone, and hands in."""
    centre.get_by_role("link", name="Công tác đối ngoại").first.click()
    centre.get_by_role("link", name="Viết với số liệu của hồ sơ").click()
    house.check(centre)
    text = centre.locator("#id_text")
    text.fill("Phục vụ khách quốc tế tại ")
    text.press("End")
    text.press("Control+.")
    centre.keyboard.type("kỳ họp thường lệ")
    centre.keyboard.press("Enter")
    assert text.input_value() == "Phục vụ khách quốc tế tại {{figure:sessions.regular}}"
    centre.keyboard.type(" kỳ họp.")
    centre.locator("[data-preview]").get_by_text("02").wait_for()
    check_accessibility(centre)
    centre.keyboard.press("Control+Enter")
    centre.get_by_text("Phục vụ khách quốc tế tại").wait_for()
    centre.get_by_role("button", name="Nộp", exact=True).click()
    centre.get_by_text("đã nộp").first.wait_for()


def collect(house: House, compiler: Any, address: str, centre: Any) -> None:
    """The compiler accepts one, returns the other; that unit hands in again; what nobody wrote is left out."""
    compiler.goto(f"{address}contributions")
    secretariat = compiler.get_by_role("row").filter(has_text="Vụ Thư ký")
    secretariat.get_by_role("button", name="Tiếp nhận").click()
    compiler.get_by_role("row").filter(has_text="Trung tâm Tin học").get_by_role("link", name="Trả lại").click()
    house.check(compiler)
    compiler.locator("#id_text").fill("Nêu rõ số đoàn.")
    compiler.get_by_role("button", name="Trả lại").click()
    compiler.wait_for_url(f"{address}contributions")
    compiler.get_by_text("trả lại, có góp ý").wait_for()
    centre.goto(house.office.url)
    house.check(centre)
    assert centre.get_by_text("Trả lại: Nêu rõ số đoàn.").is_visible()
    centre.get_by_role("link", name="Công tác đối ngoại").first.click()
    centre.get_by_role("button", name="Nộp", exact=True).click()
    centre.get_by_text("đã nộp").first.wait_for()
    compiler.reload()
    compiler.get_by_role("button", name="Tiếp nhận").click()
    compiler.goto(f"{address}leave-out")
    house.check(compiler)
    for box in compiler.get_by_role("checkbox", name="chưa có nội dung").all():
        box.check()
    compiler.locator("#id_reason").fill("Không phát sinh trong kỳ")
    compiler.get_by_role("button", name="Lược các mục đã chọn").click()
    compiler.wait_for_url(address)
    assert compiler.get_by_text("Vụ trưởng viết câu này. Chuyên viên viết câu khác.").is_visible()
    house.check(compiler)


def approve_and_sign(house: House, compiler: Any, chief: Any, address: str) -> None:
    compiler.get_by_role("button", name="Tổng hợp").click()
    compiler.get_by_role("link", name="Trình duyệt").click()
    house.check(compiler)
    post = compiler.locator("#id_post1 option", has_text="Phó Chủ nhiệm").first
    compiler.get_by_label("Người duyệt thứ nhất").select_option(post.get_attribute("value"))
    compiler.get_by_role("button", name="Trình", exact=True).click()
    compiler.wait_for_url(address)
    chief.goto(house.office.url)
    chief.get_by_text("Báo cáo đang chờ ý kiến của đồng chí.").wait_for()
    chief.goto(address)
    house.check(chief)
    chief.get_by_role("link", name="Cho ý kiến").click()
    house.check(chief)
    chief.get_by_label("duyệt", exact=True).check()
    chief.get_by_role("button", name="Cho ý kiến").click()
    compiler.goto(address)
    compiler.get_by_role("link", name="Ghi chữ ký").click()
    house.check(compiler)
    compiler.locator("#id_number").fill("12")
    compiler.get_by_label("Các dòng trên họ tên").fill("KT. CHỦ NHIỆM\nPHÓ CHỦ NHIỆM")
    compiler.locator("#id_signer_name").fill("Lê Thị Ánh Tuyết")
    compiler.get_by_role("button", name="Ký và chốt").click()
    compiler.get_by_text("SHA-256").wait_for()
    assert compiler.get_by_text("Số: 12/BC-VPQH").is_visible()
    house.check(compiler)


def test_a_year_report_from_its_layout_to_its_files(house: House, faults: Any) -> None:
    compiler = house.person("my.ung")
    address = lay_out_and_ask(house, compiler)
    head, expert = house.persona("Trần Thị Khánh Vân"), house.person("duc.khoat")
    house.check(head)
    write_two_at_once(house, head, expert)
    centre = house.persona("Hồ Thị Ánh")
    write_with_a_number(house, centre)
    collect(house, compiler, address, centre)
    approve_and_sign(house, compiler, house.person("anh.tuyet"), address)
    for way in ("docx", "pdf", "pptx", "json", "csv", "html"):
        answer = compiler.request.get(f"{address}out.{way}", timeout=60_000)  # drawing the slides takes a while
        assert answer.ok
        assert len(answer.body()) > 2000
    compiler.goto(f"{address}pictures")
    house.check(compiler)
    compiler.keyboard.press("ArrowRight")
    compiler.wait_for_url(re.compile(r"at=2$"))
    house.check(compiler)
