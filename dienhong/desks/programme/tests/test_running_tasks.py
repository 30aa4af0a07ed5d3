"""Tasks while they run: they come from a conclusion, deadlines move, they wait, remind and are adjusted."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from dienhong.desks.programme.tests.test_programme_desk import (
    Office,
    added,
    drafted,
    running,
    sheet,
    sign_in,
)
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.letters.models import Letter
from dienhong.meetings.models import Meeting
from dienhong.people.models import Person
from dienhong.work import queries, reminding
from dienhong.work.models import Task
from tests.cast import DAY, at_eight
from tests.post import let_leave, use_server

pytestmark = pytest.mark.django_db


def test_a_conclusion_of_a_meeting_becomes_a_task_with_the_link_back(office: Office) -> None:
    clerk = sign_in(office.cast.clerk)
    data = {"body": office.cast.standing_committee.pk, "kind": "plenary", "title": "Phiên họp", "since": "24/11/2023"}
    clerk.post("/chamber/meetings/new/", data)
    meeting = Meeting.objects.get()
    url = f"/chamber/meetings/{meeting.pk}/"
    answer = clerk.post(
        f"{url}conclude",
        {"title": "Hoàn thiện báo cáo tiếp thu", "place": "Mục 2", "body": office.cast.secretariat.pk,
         "person": "VP-101", "leader": "VP-102", "due": "05/12/2023", "product": "Báo cáo"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[:2000]
    task = Task.objects.get()
    assert (task.origin_url, task.assigned_by) == (url, office.cast.clerk.person)
    assert "Hoàn thiện báo cáo tiếp thu" in clerk.get(url).content.decode()
    assert url in office.expert.get(f"/programme/tasks/{task.pk}/").content.decode()
    clerk.post(f"{url}conclude", {"title": "Việc chưa rõ", "body": office.cast.secretariat.pk})
    assert Task.objects.get(title="Việc chưa rõ").assigned_on is None


def test_who_sees_no_line_is_told_and_the_desk_is_not_in_the_rail(office: Office) -> None:
    deputy = sign_in(office.cast.deputies[0].account)
    assert deputy.get("/programme/tasks/").status_code == 403
    assert 'href="/programme/"' not in deputy.get("/").content.decode()


def test_the_doer_asks_for_a_later_deadline_and_the_leader_decides_from_their_desk(office: Office) -> None:
    task = running(office, due="30/11/2023")
    url = f"/programme/tasks/{task.pk}/"
    expert, leader = office.expert, office.leader
    early = expert.post(f"{url}ask/put-off", {"due": "25/11/2023", "reason": "Chờ ý kiến của Bộ"})
    assert "The new deadline must be after the one that stands." in early.content.decode()
    assert "Chờ ý kiến của Bộ" in early.content.decode()
    expert.post(f"{url}ask/put-off", {"due": "15/12/2023", "reason": "Chờ ý kiến của Bộ"})
    again = expert.post(f"{url}ask/put-off", {"due": "20/12/2023", "reason": "Chờ ý kiến của Bộ"}).content.decode()
    assert "that request waits to be decided" in again
    assert "Take the request back" in expert.get(url).content.decode()
    assert task.title in leader.get("/").content.decode()
    assert "15/12/2023 instead of 30/11/2023" in leader.get("/programme/").content.decode()
    assert task.title in leader.get("/programme/tasks/?state=asked").content.decode()
    request = task.extension_requests.get()
    answer = leader.post(f"/programme/requests/{request.pk}/approve", {"back": "mine"})
    assert answer["location"] == "/programme/"
    late = office.keeper.post(f"/programme/requests/{request.pk}/approve", follow=True).content.decode()
    assert "Lê Thị Ánh Tuyết decided this request" in late
    page = expert.get(url).content.decode()
    assert "Asked for by" in page
    expert.post(f"{url}ask/put-off", {"due": "31/12/2023", "reason": "Vẫn chờ ý kiến"})
    second = task.extension_requests.latest("pk")
    assert leader.post(f"/programme/requests/{second.pk}/refuse", {"reason": ""}).status_code == 422
    leader.post(f"/programme/requests/{second.pk}/refuse", {"reason": "Không lùi thêm"})
    assert "Không lùi thêm" in expert.get(url).content.decode()
    assert leader.get(f"/programme/requests/{second.pk}/approve").status_code == 404


def test_days_off_are_seen_and_entered_and_a_deadline_on_one_says_so(office: Office) -> None:
    task = running(office, due="24/11/2023")
    page = office.expert.get("/programme/days-off/?year=2024").content.decode()
    assert "29/4/2024 sang 04/5/2024" in page  # who says that a Saturday was worked
    assert "day worked instead" in page
    assert "not entered yet" in office.expert.get("/programme/days-off/?year=2031").content.decode()
    day = {"since": "24/11/2023", "until": "", "kind": "off", "name": "Nghỉ kỷ niệm", "source": "Thông báo 7/TB"}
    assert office.expert.post("/programme/days-off/", day).status_code == 403
    wrong = office.keeper.post("/programme/days-off/", {**day, "since": "31/02/2023"})
    assert wrong.status_code == 422
    assert "Thông báo 7/TB" in wrong.content.decode()
    assert office.keeper.post("/programme/days-off/", day).status_code == 302
    said = "a day off (Nghỉ kỷ niệm); working day before: 23/11/2023, after: 27/11/2023"
    assert said in office.expert.get(f"/programme/tasks/{task.pk}/").content.decode()
    assert "Nghỉ kỷ niệm" in office.expert.get("/programme/calendar/").content.decode()
    # the schedule of the week after goes out on Friday, and this Friday is off
    vi = office.client(office.workers.keeper, "vi")
    assert "23/11/2023" in vi.get("/programme/week/?monday=27/11/2023").content.decode()
    office.keeper.post("/programme/days-off/remove", {"day": "24/11/2023"})
    assert said not in office.expert.get(f"/programme/tasks/{task.pk}/").content.decode()


def test_a_task_that_waits_shows_it_everywhere_and_asks_why_it_did_not(office: Office) -> None:
    programme = drafted(office)
    first, needed = added(office, programme, due="30/11/2023"), added(office, programme, due="23/11/2023")
    keeper_, expert = office.keeper, office.expert
    keeper_.post(f"/programme/tasks/{first.pk}/ask/wait", {"needed": needed.number})
    keeper_.post(f"/programme/all/{programme.pk}/adopt", {"basis": "Quyết định 15/QĐ-VPQH"})
    for page in ("tasks/", "board/", "", f"tasks/{first.pk}/"):
        text = expert.get(f"/programme/{page}").content.decode()
        assert "waits for 1.2" in text, page
        assert "deadlines clash" in text, page
    for task in (first, needed):
        assert "Deadlines that clash" in expert.get(f"/programme/tasks/{task.pk}/").content.decode()
    assert "Deadlines that clash" in office.leader.get("/programme/").content.decode()
    url = f"/programme/tasks/{first.pk}/ask/report"
    assert "Why it did not wait" in expert.get(url).content.decode()
    answer = expert.post(url, {"result": "Báo cáo", "waiting_reason": ""})
    assert "1.2 is not done yet" in answer.content.decode()
    expert.post(url, {"result": "Báo cáo", "waiting_reason": "Đã có bản nháp"})
    assert "1.2: Đã có bản nháp" in expert.get(f"/programme/tasks/{first.pk}/").content.decode()


def test_reminders_are_put_off_and_what_came_up_to_the_leader_is_said(office: Office) -> None:
    task = running(office, due="10/11/2023")
    url = f"/programme/tasks/{task.pk}/"
    assert "Reported to Lê Thị Ánh Tuyết on" in office.expert.get(url).content.decode()
    assert office.expert.post(f"{url}ask/snooze", {"until": "24/11/2023"}).status_code == 422
    office.expert.post(f"{url}ask/snooze", {"until": "30/11/2023"})
    assert "No reminders before" in office.expert.get(url).content.decode()


def test_what_was_adjusted_after_adoption_is_a_page_and_a_table_and_a_task_tells_its_adoption(office: Office) -> None:
    task = running(office, due="30/11/2023")
    text = office.expert.get(f"/programme/tasks/{task.pk}/").content.decode()
    assert "adopted the programme “Chương trình công tác năm 2023” with 1 tasks" in text
    page = f"/programme/all/{task.programme_id}/adjustments/"
    assert "Nothing was adjusted." in office.expert.get(page).content.decode()
    office.keeper.post(f"/programme/tasks/{task.pk}/ask/extend", {"due": "15/12/2023", "reason": "Kỳ họp kéo dài"})
    assert "Kỳ họp kéo dài" in office.expert.get(page).content.decode()
    rows = sheet(office.expert.get(f"{page}?as=xlsx").content)
    assert rows[-1][:2] == ["1.1", task.title]
    assert rows[-1][4:6] == ["30/11/2023", "15/12/2023"]
    stranger = sign_in(office.cast.deputies[0].account)
    assert stranger.get(page).status_code == 404


def test_a_letter_reminds_once_a_day_and_waits_while_the_server_is_away(office: Office, settings) -> None:
    use_server(settings, "smtp://127.0.0.1:9")  # nobody listens there
    task = running(office, due="25/11/2023")
    account = Account.objects.get(username="duc.khoat")
    account.email = "khoat@example.org"
    account.save()
    digest = queries.to_remind(DAY)[0]
    person = Person.objects.get(code="VP-101")
    args: dict[str, Any] = {"actor": keeper("test"), "person": person, "digest": digest, "at": at_eight()}

    assert reminding.remind(**args)
    assert not reminding.remind(**args)
    assert let_leave(at_eight()).away
    assert [row.state for row in Letter.objects.all()] == ["waiting"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Letter.objects.update(next_try=None)
    let_leave(at_eight())
    assert len(mail.outbox) == 1
    assert task.title in mail.outbox[0].body
    assert mail.outbox[0].subject == "[Diên Hồng] 1 nhiệm vụ cần đồng chí xử lý"
