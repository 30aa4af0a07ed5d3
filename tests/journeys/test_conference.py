"""From a merged report to next year's programme: the conference is called, held, concluded, and the year turns over."""

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

PASSWORD = "tổng kết cuối năm 2023"
PREPARE = f"""
import datetime as dt
from dienhong.commands import open_office; open_office()
from dienhong.demo.cast import TERM_BEGINS, at_eight, give_duty
from dienhong.foundation.access.actions import give_password
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.clock.actions import set_clock
from dienhong.people import actions as people
from dienhong.people.models import Body, BodyKind, Person
from dienhong.people.queries import body
from dienhong.reports import actions as reports
from dienhong.work import actions as work
from tests.workers import hire
from types import SimpleNamespace

by, then, at = keeper("test"), at_eight(TERM_BEGINS), at_eight(dt.date(2023, 12, 27))
office, unit = body("vpqh"), body("vu-thu-ky")
workers = hire(SimpleNamespace(office=office, secretariat=unit))
union = "Công đoàn Văn phòng Quốc hội"
people.found_body(actor=by, code="cong-doan", kind=BodyKind.UNION, name=union, parent=office, order=60, at=then)
give_password(actor=by, account_id=workers.keeper.account_id, password="{PASSWORD}", at=at)
early = at_eight(dt.date(2023, 1, 5))
programme = work.draft_programme(
    actor=by, year=2023, line="administration", title="Chương trình công tác năm 2023", at=early
)
group = work.add_group(actor=by, programme_id=programme.pk, title="Phục vụ các kỳ họp", at=early)
for title in ("Kỷ yếu kỳ họp thứ 6", "Rà soát quy trình chất vấn", "Trang thông tin thử nghiệm"):
    content = work.Content(
        title=title, lead_body=unit, lead_person=workers.expert, leader=workers.leader, product="Báo cáo",
        responsibility="Vụ trưởng trình Phó Chủ nhiệm", due_rule="day:2023-12-20", basis="Quy chế", group=group,
    )
    last = work.add_task(actor=by, content=content, programme=programme, at=early)
work.adopt_programme(actor=by, programme_id=programme.pk, basis="Quyết định 15/QĐ-VPQH", at=early)
report = reports.start_report(actor=by, kind="year", year=2023, body=office, at=at)
section = report.sections.get(key="directions")
reports.add_block(actor=by, section_id=section.pk, kind="paragraph", text="Nâng cao chất lượng tham mưu.", at=at)
reports.merge_report(actor=by, report_id=report.pk, at=at)
set_clock(actor=by, to=at, at=at)
"""


@pytest.fixture(scope="module")
def end_of_year(office_at_rest: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office whose year report of 2023 is merged and whose programme has unfinished tasks."""
    home = tmp_path_factory.mktemp("conference") / "office"
    shutil.copytree(office_at_rest, home)
    words = [sys.executable, "-c", PREPARE]
    done = subprocess.run(words, cwd=ROOT, env=environment_of(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return home


@pytest.fixture
def office(end_of_year: Path, tmp_path: Path) -> Iterator[Office]:
    """That office, served."""
    home = tmp_path / "office"
    shutil.copytree(end_of_year, home)
    served = serve(home)
    yield served
    served.stop()


class Desk:
    """Somebody who prepares the conference, with a second window in English and a narrow third to look at."""

    def __init__(self, browse: Callable[..., Any], office: Office) -> None:
        self.browse, self.office = browse, office
        self.page = browse(reduced_motion="reduce")
        self.others: list[Any] = []
        self.looked = 0

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.office.url}/report/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        self.page.wait_for_url(f"{self.office.url}/report/")
        state = self.page.context.storage_state()
        for language, width, height in (("en", 1280, 800), ("vi", 820, 1180), ("en", 820, 1180)):
            other = self.browse(language=language, width=width, height=height, storage_state=state)
            self.others.append(other)

    def check(self) -> None:
        """What stands here is accessible and not wider than the window, in both languages and both sizes."""
        self.looked += 1
        self.page.evaluate("() => scrollTo(0, 0)")  # what the bar at the top half covers would seem too small to press
        check_accessibility(self.page)
        self.fits(self.page)
        for other in self.others:
            other.goto(self.page.url.partition("#")[0])
            check_accessibility(other)
            self.fits(other)

    def fits(self, page: Any) -> None:
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"

    def link(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=name, exact=exact).first.click()

    def fill(self, **values: str) -> None:
        """Fill fields by their ids and send the form."""
        for name, words in values.items():
            self.page.locator(f"#id_{name}").fill(words)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def desk(browse: Callable[..., Any], office: Office) -> Desk:
    desk = Desk(browse, office)
    desk.sign_in("my.ung")
    return desk


def call(desk: Desk) -> str:
    """Call the conference, held by three bodies; gives back its address."""
    desk.link("Kết quả công tác năm 2023")
    desk.link("Triệu tập hội nghị")
    desk.check()
    desk.fill(day="27/12/2023", begins="8:00", place="Phòng Diên Hồng, Nhà Quốc hội")
    desk.page.get_by_label("Công đoàn Văn phòng Quốc hội").check()
    desk.page.get_by_label("Đảng bộ cơ quan", exact=True).check()
    desk.press("Triệu tập")
    desk.page.get_by_text("Văn phòng Quốc hội; Đảng bộ cơ quan; Công đoàn Văn phòng Quốc hội").wait_for()
    return str(desk.page.url)


def set_programme(desk: Desk) -> None:
    for hour, title in (("8:30", "Trình bày báo cáo tổng kết"), ("8:00", "Khai mạc"), ("9:00", "Tham luận")):
        desk.page.locator("#programme").get_by_role("link", name="Thêm").click()
        desk.fill(begins=hour, title=title, who="Văn phòng Quốc hội")
        desk.press("Lưu")
    # by keyboard alone: the button is reached and pressed, and the place is kept
    desk.page.get_by_role("button", name="Lên : Khai mạc").focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile("#item-"))
    titles = desk.page.locator("#programme li").all_inner_texts()
    assert [re.sub(r"\s+", " ", one)[:5] for one in titles] == ["08:00", "08:30", "09:00"]


def invite(desk: Desk, url: str) -> None:
    desk.page.goto(f"{url}invitations")
    desk.check()
    desk.link("Mời", exact=True)
    desk.check()
    desk.page.get_by_label("Vụ Thư ký").check()
    desk.fill(persons="VP-102\nNgười Không Có", guests="Nguyễn Văn Khách; Nguyên Phó Chủ nhiệm; khach@example.vn")
    desk.press("Mời")
    assert desk.page.get_by_text("Không có ai trong danh bạ").count()
    assert desk.page.locator("#id_guests").input_value().startswith("Nguyễn Văn Khách"), "nothing typed is lost"
    desk.fill(persons="VP-102")
    desk.press("Mời")
    desk.page.get_by_text("Đã mời thêm 3.").wait_for()
    desk.link("Phát hành giấy mời")
    desk.fill(number="45", signer_post="TL. CHỦ NHIỆM", signer_name="Phan Thị Mỹ Ưng")
    desk.fill(note="Đề nghị xác nhận tham dự trước ngày 26/12/2023.")
    desk.press("Phát hành")
    desk.page.get_by_role("button", name="Gửi thư điện tử").click()
    desk.page.get_by_text("chưa cấu hình gửi thư điện tử").wait_for()
    for name in ("Vụ Thư ký", "Nguyễn Văn Khách"):
        desk.page.get_by_role("button", name=f"Có mặt : {name}").first.click()
        desk.page.wait_for_url(re.compile("#invitation-"))
    desk.page.get_by_text("Có mặt: 2 khách mời, 2 người.").wait_for()
    desk.check()
    desk.page.goto(url)


def bring_papers(desk: Desk, folder: Path) -> None:
    add = desk.page.get_by_role("link", name="Thêm : Tham luận và tài liệu")
    add.click()
    desk.check()
    wrong = folder / "tham-luan.pdf"
    wrong.write_bytes(b"no paper at all")
    desk.fill(title="Chuyển đổi số trong phục vụ kỳ họp", speaker="Vương Đức Khoát")
    desk.page.locator("#id_file").set_input_files(str(wrong))
    desk.press("Lưu")
    assert desk.page.get_by_text("không đúng loại theo tên tệp").count()
    wrong.write_bytes(b"%PDF-1.4\n%%EOF\n")
    desk.page.locator("#id_file").set_input_files(str(wrong))
    desk.press("Lưu")
    with desk.page.expect_download() as begun:
        desk.link("Chuyển đổi số trong phục vụ kỳ họp")
    assert begun.value.suggested_filename == "tham-luan.pdf"


def hear(desk: Desk, url: str) -> None:
    """Two opinions by keyboard: the second keeps the leader; one is absorbed in the report, one explained."""
    desk.page.keyboard.press("o")
    desk.fill(leader="Chủ tịch Quốc hội", said="Quy chuẩn hóa, tiêu chuẩn hóa mọi quy trình.")
    desk.page.locator("#id_said").press("Control+Enter")
    desk.page.wait_for_url(re.compile("leader="))
    assert desk.page.locator("#id_leader").input_value() == "Chủ tịch Quốc hội"
    assert desk.page.evaluate("() => document.activeElement.id") == "id_said"
    desk.page.keyboard.type("Bổ sung biên chế cho các đơn vị.")
    desk.page.locator("#id_said").press("Control+Enter")
    desk.page.get_by_text("Bổ sung biên chế cho các đơn vị.").wait_for()
    assert desk.page.get_by_text("Còn 2 ý kiến chưa xử lý").count()
    desk.check()
    desk.link("Kết quả công tác năm 2023")
    desk.page.get_by_role("link", name=re.compile("^Viết ?: Phương hướng chung")).first.click()
    desk.page.get_by_role("link", name="Sửa", exact=True).first.click()
    desk.fill(text="Nâng cao chất lượng tham mưu; quy chuẩn hóa, tiêu chuẩn hóa mọi quy trình.")
    desk.press("Lưu")
    desk.page.wait_for_url(re.compile("/sections/"))
    desk.page.goto(url)
    desk.page.get_by_role("link", name="Tiếp thu hoặc giải trình").first.click()
    desk.check()
    desk.page.locator("#id_change").select_option(index=1)
    desk.fill(answer="Đã bổ sung vào phương hướng chung.")
    desk.press("Lưu")
    desk.link("Xem trước và sau khi tiếp thu")
    assert desk.page.locator("ins").count()
    desk.check()
    desk.page.goto(url)
    desk.page.get_by_role("link", name="Tiếp thu hoặc giải trình").nth(1).click()
    desk.fill(answer="Biên chế do cấp có thẩm quyền quyết định; Văn phòng sẽ báo cáo.")
    desk.press("Lưu")
    assert not desk.page.get_by_text("ý kiến chưa xử lý").count()


def conclude(desk: Desk) -> None:
    desk.page.locator("#conclusions").get_by_role("link", name="Thêm").click()
    desk.check()
    desk.fill(
        text="Ban hành bộ quy trình chuẩn phục vụ kỳ họp", person="VP-101", due="30/06/2024", product="Quyết định"
    )
    desk.page.locator("#id_lead").select_option(label="\u2003\u2003Vụ Thư ký")
    desk.press("Lưu")
    desk.link("Ban hành thông báo kết luận")
    desk.check()
    desk.fill(number="12", signer_post="TL. CHỦ NHIỆM", signer_name="Phan Thị Mỹ Ưng")
    desk.press("Lưu")
    desk.page.get_by_text("12/TB-VPQH").wait_for()


def turn_the_year(desk: Desk) -> None:
    desk.link("Đưa vào chương trình năm sau")
    desk.check()
    desk.page.locator("[id$=-group]").first.fill("Phục vụ các kỳ họp")
    desk.page.locator("[id$=-key]").first.check()
    desk.press("Lập nhiệm vụ")
    desk.page.get_by_text("Đã lập 1 nhiệm vụ.").wait_for()
    desk.link("Chuyển tiếp việc chưa xong")
    desk.check()
    fates = desk.page.locator("[id$=-fate]")
    assert fates.count() == 3
    fates.nth(1).select_option("wait")
    fates.nth(2).select_option("drop")
    desk.press("Chuyển sang năm sau")
    assert desk.page.get_by_text("Đề nghị nêu lý do không thực hiện tiếp.").count()
    desk.page.locator("[id$=-reason]").nth(2).fill("Đã có trang thông tin chung.")
    desk.press("Chuyển sang năm sau")
    desk.page.get_by_text("Chuyển tiếp 1, để lại theo dõi 1, không thực hiện tiếp 1 nhiệm vụ.").wait_for()
    row = desk.page.locator("#next-year tbody tr").first.inner_text()
    assert re.sub(r"\s+", " ", row).endswith("1 1 2"), "one key task, one group, two tasks"
    desk.check()
    desk.link("Chương trình công tác năm 2024 của Văn phòng Quốc hội")
    assert desk.page.get_by_text("Kỷ yếu kỳ họp thứ 6").count()
    assert desk.page.get_by_text("Ban hành bộ quy trình chuẩn phục vụ kỳ họp").count()


def test_from_a_merged_report_to_next_years_programme(desk: Desk, tmp_path: Path) -> None:
    url = call(desk)
    desk.check()
    set_programme(desk)
    invite(desk, url)
    bring_papers(desk, tmp_path)
    hear(desk, url)
    conclude(desk)
    turn_the_year(desk)
    assert desk.looked >= 12
