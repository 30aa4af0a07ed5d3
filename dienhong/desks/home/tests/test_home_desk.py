"""The first page and the search, as people of the office see them."""

from __future__ import annotations

import pytest
from django.test import Client

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
from dienhong.meetings import actions as meetings
from dienhong.reports.actions import start_report
from dienhong.work import actions as work
from dienhong.work.content import Content
from tests.cast import DAY, Cast, at_eight

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(cast: Cast) -> Cast:
    """The cast on the day of the demonstration."""
    set_clock(actor=keeper("test"), to=at_eight(), at=at_eight())
    return cast


def page(account: Account, address: str, language: str = "en") -> str:
    """What this person sees there."""
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return " ".join(answer.content.decode().split())


def prepare_a_vote(day: Cast):
    """One sitting with one law, its vote prepared."""
    clerk, at = day.actor(day.clerk), at_eight()
    meeting = meetings.enter_meeting(
        actor=clerk, body=day.assembly, kind="plenary", title="Phiên toàn thể", year=2023, since=DAY, at=at
    )
    item = meetings.add_item(actor=clerk, meeting_id=meeting.pk, title="Luật Căn cước", at=at)
    return meetings.put_to_vote(actor=clerk, item_id=item.pk, kind="law", question="Thông qua Luật Căn cước", at=at)


def test_nothing_is_said_to_await_whom_nothing_awaits(day: Cast) -> None:
    assert "Nothing awaits you today." in page(day.registrar, "/")
    assert "Hôm nay không có việc nào đang chờ" in page(day.registrar, "/", "vi")
    assert "0 things" not in page(day.registrar, "/")


def test_what_awaits_is_counted(day: Cast) -> None:
    prepare_a_vote(day)
    assert "2 things await you." in page(day.clerk, "/"), "a meeting to open and a vote prepared"


def test_the_newest_on_the_first_page_are_the_acts_of_the_house_not_who_signed_in(day: Cast) -> None:
    prepare_a_vote(day)
    assert "signed in" not in page(day.clerk, "/")
    assert "scheduled the vote" in page(day.clerk, "/")


def test_votes_and_laws_are_found_without_marks_and_lead_to_the_vote(day: Cast) -> None:
    poll = prepare_a_vote(day)
    found = page(day.clerk, "/search/?q=can+cuoc")
    assert f'href="/chamber/votes/{poll.pk}/"' in found
    assert "prepared" in found, "a vote without a day says where it stands"
    work.open_dossier(
        actor=day.actor(day.clerk), code="luat-nha-o", kind="law", title="Luật Nhà ở", opened=DAY, at=at_eight()
    )
    assert "Luật Nhà ở" in page(day.clerk, "/search/?q=nha+o")
    assert "Nothing was found." in page(day.clerk, "/search/?q=zzzz")


def test_another_day_is_said_even_while_the_clock_is_set(day: Cast) -> None:
    words = page(day.registrar, "/register/?as_of=02/07/2025")
    assert "You see the office as it was on" in words
    assert "The clock of the demonstration stands at" in words
    assert "as_of=2" in words.split('class="tabs"')[1].split("</nav>")[0], "the tabs keep the day"


def test_a_run_of_the_same_act_is_told_once(day: Cast) -> None:
    actor = keeper("test")
    programme = work.draft_programme(actor=actor, year=2023, line="administration", title="Chương trình", at=at_eight())
    for n in range(1, 9):
        work.add_group(actor=actor, programme_id=programme.pk, title=f"Nhóm số {n}", order=n, at=at_eight())
    seen = page(day.clerk, "/")
    assert "Nhóm số 8" in seen
    assert "Nhóm số 7" not in seen, "eight groups are one line"
    assert "and 7 more like it" in seen
    assert "drafted the programme" in seen


def test_tasks_and_reports_are_found_by_those_who_may_see_them(day: Cast) -> None:
    actor = keeper("test")
    for line, title in (("administration", "Rà soát kho lưu trữ"), ("party", "Rà soát đảng số")):
        programme = work.draft_programme(actor=actor, year=2023, line=line, title=title, at=at_eight())
        work.add_task(actor=actor, content=Content(title=title), programme=programme, line=line, at=at_eight())
    start_report(
        actor=actor, kind="month", year=2023, part="11", body=day.office, title="Báo cáo rà soát", at=at_eight()
    )
    seen = page(day.clerk, "/search/?q=ra+soat")
    assert "Rà soát kho lưu trữ" in seen
    assert "Báo cáo rà soát" in seen
    assert "Rà soát đảng số" not in seen, "the Party's line is not the clerk's"
