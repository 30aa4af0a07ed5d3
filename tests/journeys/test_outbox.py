"""Invitations leave while their list is looked at; the keeper of the outbox sees what did not, and tries again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import ROOT, Office, environment_of
from tests.components import Letters, smtp  # noqa: F401
from tests.journeys.test_conference import PASSWORD, Desk, call, end_of_year  # noqa: F401
from tests.office import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEEPER = f"""
from dienhong.commands import open_office; open_office()
from dienhong.foundation import clock
from dienhong.foundation.access.actions import give_password
from dienhong.foundation.access.actor import keeper
from dienhong.people.models import Holding
held = Holding.objects.get(post__code="giam-doc-tin-hoc")
account = held.person.account
give_password(actor=keeper("test"), account_id=account.pk, password="{PASSWORD}", at=clock.now())
print(account.username)
"""
WRONG = "khach.sai@example.vn"


@pytest.fixture
def office(end_of_year: Path, tmp_path: Path, smtp: Letters) -> Iterator[Office]:  # noqa: F811
    """The office before its conference, with a mail server that does not know one address."""
    smtp.refuse = {WRONG: f"550 5.1.1 <{WRONG}>: Recipient address rejected: User unknown"}
    home, port = tmp_path / "office", free_port()
    shutil.copytree(end_of_year, home)
    served = Office(home, port, environment_of(home, port) | {"DIENHONG_EMAIL_URL": smtp.url})
    served.start()
    yield served
    served.stop()


@pytest.fixture
def desk(browse: Callable[..., Any], office: Office) -> Desk:
    desk = Desk(browse, office)
    desk.sign_in("my.ung")
    return desk


def keeper_of(office: Office) -> str:
    words = [sys.executable, "-c", KEEPER]
    done = subprocess.run(words, cwd=ROOT, env=office.environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def invite_and_issue(desk: Desk, url: str) -> None:
    desk.page.goto(f"{url}invite")
    guests = [f"Nguyễn Văn Khách {n}; Nguyên Phó Chủ nhiệm; khach.{n}@example.vn" for n in (1, 2)]
    desk.fill(guests="\n".join([*guests, f"Trần Thị Sai; Nguyên Vụ trưởng; {WRONG}", "Lê Văn Không Thư; Khách"]))
    desk.press("Mời")
    desk.link("Phát hành giấy mời")
    desk.fill(number="45", signer_post="TL. CHỦ NHIỆM", signer_name="Phan Thị Mỹ Ưng")
    desk.press("Phát hành")


def test_a_click_posts_and_the_list_follows_what_leaves(
    browse: Callable[..., Any],
    desk: Desk,
    office: Office,
    smtp: Letters,  # noqa: F811
) -> None:
    url = call(desk)
    smtp.sender = "421 4.3.2 closed for maintenance"
    invite_and_issue(desk, url)
    desk.page.get_by_role("button", name="Gửi thư điện tử").press("Enter")
    desk.page.get_by_text("Đã đưa 3 thư vào hộp thư đi.").wait_for()
    first = desk.page.locator("#invitations tbody tr").first
    first.get_by_text("máy chủ thư hiện không nhận thư").wait_for()  # by itself: nobody loads the page again
    assert desk.page.get_by_role("button", name="Gửi thư điện tử").count() == 0, "nothing more is to be posted"
    desk.check()

    machine = Desk(browse, office)
    machine.sign_in(keeper_of(office))
    machine.page.goto(f"{office.url}/outbox/")
    machine.check()
    smtp.sender = ""
    machine.page.get_by_role("button", name="Gửi ngay thư đang chờ").press("Enter")
    machine.page.locator("#letters tbody").get_by_text("User unknown").wait_for()
    assert smtp.to == ["khach.1@example.vn", "khach.2@example.vn"]
    machine.check()
    first.get_by_text("đã gửi").wait_for()
    wrong = desk.page.get_by_role("row", name="Trần Thị Sai")
    wrong.get_by_text("User unknown").wait_for()
    desk.check()

    wrong.get_by_role("link", name="Trả lời").click()
    desk.fill(email="tran.thi.dung@example.vn")
    desk.press("Lưu")
    wrong.get_by_role("button", name="Gửi lại").press("Enter")
    wrong.get_by_text("đã gửi").wait_for()
    assert smtp.to[-1] == "tran.thi.dung@example.vn"
    desk.check()
    machine.page.goto(f"{office.url}/outbox/")
    machine.page.get_by_text("Mọi thư đều đã gửi.").wait_for()
    machine.page.get_by_role("link", name="Đã gửi", exact=True).click()
    assert machine.page.locator("#letters tbody tr").count() == 3
    machine.check()
