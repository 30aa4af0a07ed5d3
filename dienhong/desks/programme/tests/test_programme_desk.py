"""The year of work through real pages: drafted, adopted, run, shown, taken out and brought in."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
from dienhong.people.models import Person
from dienhong.work import actions
from dienhong.work.models import Programme, SavedFilter, Task, WeekSchedule
from tests.cast import DAY, Cast, at_eight
from tests.workers import Workers, hire

pytestmark = pytest.mark.django_db
EXAMPLE = {
    "title": "Tổng hợp ý kiến thảo luận ở tổ", "product": "Báo cáo tổng hợp", "due": "Quý IV/2023",
    "lead_person": "VP-101", "leader": "Lê Thị Ánh Tuyết", "basis": "Nội quy kỳ họp",
}  # fmt: skip


def sign_in(account: Account | None, language: str = "en") -> Client:
    assert account is not None
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


@dataclass
class Office:
    """The cast with workers, and each of them signed in."""

    cast: Cast
    workers: Workers

    def client(self, person: Person, language: str = "en") -> Client:
        person.refresh_from_db()
        return sign_in(person.account, language)

    @property
    def keeper(self) -> Client:
        return self.client(self.workers.keeper)

    @property
    def expert(self) -> Client:
        return self.client(self.workers.expert)

    @property
    def leader(self) -> Client:
        return self.client(self.workers.leader)


@pytest.fixture
def office(cast: Cast) -> Office:
    set_clock(actor=keeper("test"), to=at_eight(), at=at_eight())
    return Office(cast, hire(cast))


def drafted(office: Office, line: str = "administration") -> Programme:
    client = office.keeper
    client.post("/programme/all/new", {"year": 2023, "line": line, "title": "Chương trình công tác năm 2023"})
    programme = Programme.objects.get(line=line)
    client.post(f"/programme/all/{programme.pk}/group", {"title": "Phục vụ các kỳ họp"})
    return programme


def added(office: Office, programme: Programme, **more: object) -> Task:
    group = programme.groups.first()
    data = {**EXAMPLE, "lead_body": office.cast.secretariat.pk, "group": group.pk if group else "", **more}
    answer = office.keeper.post(f"/programme/tasks/new?programme={programme.pk}", data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Task.objects.latest("pk")


def running(office: Office, **more: object) -> Task:
    programme = drafted(office)
    task = added(office, programme, **more)
    answer = office.keeper.post(f"/programme/all/{programme.pk}/adopt", {"basis": "Quyết định 15/QĐ-VPQH"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return task


def asked_for(client: Client, page: str) -> int:
    """How many questions this page asks of the database, once what it keeps is there."""
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200, page
    return len(asked)


def test_pages_ask_as_often_for_many_tasks_as_for_two(office: Office) -> None:
    programme = drafted(office)
    for number in range(2):
        added(office, programme, title=f"Nhiệm vụ số {number}", coordinating=[office.cast.office.pk])
    office.keeper.post(f"/programme/all/{programme.pk}/adopt", {"basis": "Quyết định 15/QĐ-VPQH"})
    pages = ["/programme/", *(f"/programme/{name}/" for name in ("tasks", "board", "timeline", "calendar", "week")),
             "/programme/hand-over/", f"/programme/all/{programme.pk}/", "/", "/search/?q=nhiem+vu+so"]  # fmt: skip
    client = office.expert
    few = {page: asked_for(client, page) for page in pages}
    for number in range(2, 9):
        added(office, programme, title=f"Nhiệm vụ số {number}", coordinating=[office.cast.office.pk])
    more = {page: asked_for(client, page) - few[page] for page in pages}
    assert max(more.values()) < 3, (
        more
    )  # what is kept, or not any more, is a question or two; seven tasks would be seven


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_the_desk_opens_with_and_without_tasks(office: Office, language: str) -> None:
    pages = ["", "tasks/", "board/", "timeline/", "calendar/", "week/", "load/", "days-off/", "all/", "hand-over/",
             "my-calendar/", "tasks/new", "all/new", "filters/save?address=%3Fstate%3Doverdue"]  # fmt: skip
    for full in (False, True):
        if full:
            task = running(office)
            pages += [f"tasks/{task.pk}/", f"tasks/{task.pk}/edit", f"all/{task.programme_id}/"]
            pages += [
                f"tasks/{task.pk}/ask/{verb}"
                for verb in ("report", "extend", "put-off", "hand-over", "pause", "split", "wait")
            ]
        client = office.client(office.workers.keeper, language)
        for page in pages:
            answer = client.get(f"/programme/{page}")
            assert answer.status_code == 200, (page, answer.content.decode()[:600])


def test_a_task_runs_through_pages_from_draft_to_confirmed_result(office: Office) -> None:
    task = running(office, due="30/11/2023")
    url = f"/programme/tasks/{task.pk}/"
    expert, leader = office.expert, office.leader
    assert "1 task is yours to do" in expert.get("/programme/").content.decode()
    assert task.title in expert.get("/").content.decode()
    expert.post(f"{url}note", {"text": "Đã có dự thảo 1"})
    file = SimpleUploadedFile("bao-cao.txt", "Báo cáo".encode())
    expert.post(f"{url}evidence", {"kind": "file", "label": "Báo cáo tổng hợp.txt", "file": file})
    row = task.evidence.get()
    assert expert.get(f"/programme/evidence/{row.pk}/file").getvalue() == "Báo cáo".encode()
    empty = expert.post(f"{url}ask/report", {"result": ""})
    assert empty.status_code == 422
    expert.post(f"{url}ask/report", {"result": "Báo cáo 12/BC-VPQH"})
    refused = expert.post(f"{url}do/confirm", follow=True).content.decode()
    assert "Your own result is confirmed by who assigned the task." in refused
    assert task.title in leader.get("/").content.decode()
    leader.post(f"{url}ask/return", {"comment": "Thiếu phụ lục"})
    assert "Thiếu phụ lục" in expert.get(url).content.decode()
    expert.post(f"{url}ask/report", {"result": "Báo cáo 12/BC-VPQH, có phụ lục"})
    leader.post(f"{url}do/confirm")
    page = leader.get(url).content.decode()
    assert "done in time" in page
    assert "confirmed the result of the task" in page


def test_two_people_have_the_same_form_open_and_the_second_loses_nothing(office: Office) -> None:
    programme = drafted(office)
    task = added(office, programme)
    data = {**EXAMPLE, "lead_body": office.cast.secretariat.pk, "version": task.version, "group": task.group_id}
    assert office.keeper.post(f"/programme/tasks/{task.pk}/edit", {**data, "title": "Một việc"}).status_code == 302
    answer = office.leader.post(f"/programme/tasks/{task.pk}/edit", {**data, "title": "Việc khác hẳn"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody changed this task" in page
    assert "Việc khác hẳn" in page
    task.refresh_from_db()
    assert task.title == "Một việc"


def test_what_is_wrong_in_the_form_is_said_at_its_field(office: Office) -> None:
    programme = drafted(office)
    data = {**EXAMPLE, "due": "sớm nhất có thể", "lead_person": "Không Ai Cả"}
    answer = office.keeper.post(f"/programme/tasks/new?programme={programme.pk}", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These words name no deadline: sớm nhất có thể" in page
    assert "Nobody in the register has this code or name." in page
    assert not Task.objects.exists()


def test_an_incomplete_programme_is_not_adopted_and_what_is_missing_is_named(office: Office) -> None:
    programme = drafted(office)
    added(office, programme, product="", leader="")
    page = office.keeper.get(f"/programme/all/{programme.pk}/").content.decode()
    assert "clear responsibility (leader in charge); clear result (product)" in page
    answer = office.keeper.post(f"/programme/all/{programme.pk}/adopt", {"basis": "Quyết định 15/QĐ-VPQH"})
    assert answer.status_code == 422
    assert "1 tasks are not clear yet: 1.1." in answer.content.decode()


def test_a_filter_is_an_address_that_can_be_kept_and_shared(office: Office) -> None:
    running(office)
    keeper_, expert = office.keeper, office.expert
    address = f"?state=not_begun&body={office.cast.secretariat.pk}&q=thao+luan"
    assert "Tổng hợp ý kiến" in keeper_.get(f"/programme/tasks/{address}").content.decode()
    assert "No task fits." in keeper_.get("/programme/tasks/?q=khong+co").content.decode()
    from urllib.parse import quote

    keeper_.post(f"/programme/filters/save?address={quote(address)}", {"name": "Vụ Thư ký, chưa làm", "shared": "on"})
    assert SavedFilter.objects.get().address == address
    assert "Vụ Thư ký, chưa làm" in expert.get("/programme/").content.decode()
    assert expert.post(f"/programme/filters/{SavedFilter.objects.get().pk}/remove").status_code == 404
    wrong = keeper_.get("/programme/tasks/?person=abc&since=99/99/2023&line=zzz").content.decode()
    assert wrong.count("means nothing here") == 3


def test_the_partys_tasks_are_not_to_be_found_by_others(office: Office) -> None:
    programme = drafted(office, "party")
    party = {"lead_body": office.workers.party.pk, "lead_person": "VP-104"}
    task = added(office, programme, title="Chuẩn bị đại hội chi bộ", **party)
    for page in ("tasks/", "board/", "calendar/", "timeline/", "all/", "load/", "tasks/export"):
        answer = office.expert.get(f"/programme/{page}")
        assert "đại hội" not in answer.content.decode(errors="ignore"), page
    stranger = sign_in(office.cast.clerk)
    for page in (f"tasks/{task.pk}/", f"all/{programme.pk}/", f"tasks/{task.pk}/edit"):
        assert stranger.get(f"/programme/{page}").status_code == 404
    assert "đại hội" in office.client(office.workers.party_member).get("/programme/tasks/").content.decode()


def test_chosen_tasks_are_handed_over_together_or_not_at_all(office: Office) -> None:
    programme = drafted(office)
    tasks = [added(office, programme, title=f"Việc số {n}") for n in range(3)]
    office.keeper.post(f"/programme/all/{programme.pk}/adopt", {"basis": "Quyết định 15/QĐ-VPQH"})
    data = {"task": [t.pk for t in tasks], "sure": "1", "person": "VP-001", "reason": "Chuyển công tác"}
    first = office.keeper.post("/programme/tasks/chosen/hand-over", {"task": [t.pk for t in tasks]})
    assert "3 tasks are chosen" in first.content.decode()
    actions.hand_over(
        actor=office.workers.actor(office.workers.keeper), task_id=tasks[2].pk, reason="Trước đó", at=at_eight(),
        person=Person.objects.get(code="VP-001"),
    )  # fmt: skip
    refused = office.keeper.post("/programme/tasks/chosen/hand-over", data)
    assert "1.3: The task is with this person already. Nothing was changed." in refused.content.decode()
    assert Task.objects.filter(lead_person__code="VP-001").count() == 1
    assert office.keeper.post("/programme/tasks/chosen/hand-over", {**data, "task": [t.pk for t in tasks[:2]]})
    assert Task.objects.filter(lead_person__code="VP-001").count() == 3


def sheet(content: bytes) -> list[list[str]]:
    return [
        [str(c) for c in row]
        for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    ]


def bring(office: Office, programme: Programme, rows: list[list[str]], name: str = "bang.xlsx"):
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    file = SimpleUploadedFile(name, packed.getvalue())
    return office.keeper.post(f"/programme/all/{programme.pk}/import", {"file": file}, follow=True)


HEAD = ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Người chủ trì", "Phối hợp", "Lãnh đạo phụ trách", "Sản phẩm", "Nơi nhận",
        "Thời hạn", "Căn cứ", "Tình trạng", "Ghi chú"]  # fmt: skip
ROWS = [
    ["CHƯƠNG TRÌNH CÔNG TÁC NĂM 2023"],
    HEAD,
    ["I", "Phục vụ các kỳ họp"],
    ["1.1", "Dự kiến chương trình kỳ họp", "Vụ Thư ký", "Vương Đức Khoát", "Vụ Tổ chức - Cán bộ", "Lê Thị Ánh Tuyết",
     "Dự kiến chương trình", "Tổng Thư ký", "20/04/2023", "LTCQH Điều 91", "Hoàn thành", ""],
    ["1.1.1", "Lấy ý kiến các Đoàn", "Vụ Thư ký", "VP-101", "", "", "Công văn", "", "tháng 3/2023", "", "", ""],
    ["II", "Chuyển đổi số"],
    ["2.1", "Kho dữ liệu", "Trung tâm Tin học", "", "", "", "", "", "Quý IV", "", "", "chờ"],
]  # fmt: skip


def test_a_table_is_previewed_brought_in_and_brought_again_without_change(office: Office) -> None:
    programme = drafted(office)
    answer = bring(office, programme, ROWS)
    page = answer.content.decode()
    assert "3 new, 0 changed, 0 already there." in page
    assert "Tình trạng" in page  # computed, not read
    assert not Task.objects.exists()
    assert office.keeper.post(answer.redirect_chain[-1][0]).status_code == 302
    part = Task.objects.get(number="1.1.1")
    assert part.parent == Task.objects.get(number="1.1")
    assert Task.objects.get(number="2.1").due == dt.date(2023, 12, 31)
    assert [g.title for g in programme.groups.all()] == ["Phục vụ các kỳ họp", "Chuyển đổi số"]
    assert "The programme already holds every row of this table." in bring(office, programme, ROWS).content.decode()


def test_what_is_taken_out_comes_back_as_the_same(office: Office) -> None:
    programme = drafted(office)
    office.keeper.post(bring(office, programme, ROWS).redirect_chain[-1][0])
    rows = sheet(office.keeper.get(f"/programme/tasks/export?programme={programme.pk}").content)
    assert any("Nhiệm vụ" in row for row in rows)
    page = bring(office, programme, rows).content.decode()
    assert "The programme already holds every row of this table." in page
    changed = [[c.replace("Kho dữ liệu", "Kho dữ liệu dùng chung") for c in row] for row in rows]
    answer = bring(office, programme, changed)
    assert "0 new, 1 changed, 2 already there." in answer.content.decode()
    office.keeper.post(answer.redirect_chain[-1][0])
    assert Task.objects.get(number="2.1").changes.get(what="title").before == "Kho dữ liệu"


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        (0, "", "The number (STT) is missing."),
        (0, "1.1", "The number 1.1 stands already in row 4."),
        (1, "", "The task is missing."),
        (2, "Vụ Không Có", "No unit of 2023 is called “Vụ Không Có”."),
        (3, "Người Lạ", "Nobody in the register is called “Người Lạ”."),
        (8, "sớm", "“sớm” is no deadline."),
        (8, "31/02/2023", "“31/02/2023” is no deadline."),
    ],
)
def test_every_bad_row_is_named_and_stops_the_whole_table(office: Office, column: int, value: str, why: str) -> None:
    programme = drafted(office)
    bad = ["3.1", "Việc", "Vụ Thư ký", "VP-101", "", "", "Báo cáo", "", "20/04/2023", "", "", ""]
    bad[column] = value
    answer = bring(office, programme, [*ROWS, bad])
    assert why in answer.content.decode()
    assert office.keeper.post(answer.redirect_chain[-1][0]).status_code == 422
    assert not Task.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01binary", b"PK\x03\x04nothing", b"a;b\n1;2\n"])
def test_a_file_that_is_no_table_of_tasks_is_refused(office: Office, content: bytes) -> None:
    programme = drafted(office)
    file = SimpleUploadedFile("bang.xlsx", content)
    answer = office.keeper.post(f"/programme/all/{programme.pk}/import", {"file": file})
    assert answer.status_code in {200, 422}
    assert 'class="err"' in answer.content.decode()


def test_a_cell_that_looks_like_a_formula_stays_text(office: Office) -> None:
    programme = drafted(office)
    added(office, programme, title="=1+1 việc lạ")
    rows = sheet(office.keeper.get("/programme/tasks/export").content)
    assert any("=1+1 việc lạ" in row for row in rows)


def test_the_week_is_published_and_stays_as_it_was(office: Office) -> None:
    running(office, due="24/11/2023")
    monday = DAY - dt.timedelta(days=DAY.weekday())
    clerk = office.keeper
    assert "to be published on" in clerk.get("/programme/week/").content.decode()
    clerk.post("/programme/week/publish", {"monday": f"{monday:%d/%m/%Y}"})
    week = WeekSchedule.objects.get()
    assert [row["day"] for row in week.rows] == ["2023-11-24"]
    added(office, drafted_again(office), title="Việc đột xuất", due="23/11/2023")
    programme = Programme.objects.get(year=2022)
    clerk.post(f"/programme/all/{programme.pk}/adopt", {"basis": "Quyết định 16/QĐ-VPQH"})
    page = clerk.get("/programme/week/").content.decode()
    assert "Việc đột xuất" not in page
    assert "Changed since it was published" in page
    assert office.expert.post("/programme/week/publish", {"monday": f"{monday:%d/%m/%Y}"}).status_code == 403
    clerk.post("/programme/week/publish", {"monday": f"{monday:%d/%m/%Y}"})
    assert WeekSchedule.objects.count() == 2


def drafted_again(office: Office) -> Programme:
    office.keeper.post("/programme/all/new", {"year": 2022, "line": "administration", "title": "Chương trình khác"})
    return Programme.objects.get(year=2022)


def test_a_calendar_program_reads_ones_own_deadlines_by_a_secret_address(office: Office) -> None:
    task = running(office)
    page = office.expert.post("/programme/my-calendar/").content.decode()
    address = page.split("<code>")[1].split("</code>")[0]
    answer = Client().get(address)
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(e["summary"]) for e in events] == [f"1.1. {task.title}"]
    assert events[0].decoded("dtstart") == dt.date(2023, 12, 31)
    assert Client().get("/programme/my-calendar/wrong.ics").status_code == 404
    office.expert.post("/programme/my-calendar/")
    assert Client().get(address).status_code == 404
