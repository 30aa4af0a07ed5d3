"""What is changed after adoption says why, and is read as people say it; a programme may be that of a term."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dienhong.desks.programme.tests.test_programme_desk import (
    Office,
    added,
    bring,
    drafted,
    office,  # noqa: F401
    running,
    sheet,
)
from dienhong.foundation.access.actor import keeper
from dienhong.records.shelf import Shelf
from dienhong.work import actions
from dienhong.work.models import Programme, TaskChange, WeekSchedule
from tests.cast import DAY, at_eight

pytestmark = pytest.mark.django_db
BY = keeper("test")


def test_a_table_changes_what_was_adopted_with_a_reason_only_and_says_what_it_changes(office: Office) -> None:  # noqa: F811
    task = running(office)
    programme = task.programme
    assert programme is not None
    rows = sheet(office.keeper.get(f"/programme/tasks/export?programme={programme.pk}").content)
    answer = bring(office, programme, [[c.replace(task.product, "Báo cáo và phụ lục") for c in row] for row in rows])
    page = answer.content.decode()
    assert "<small>Product</small>" in page
    assert 'name="reason"' in page
    address = answer.redirect_chain[-1][0]
    refused = office.keeper.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "The table changes tasks that were adopted: say why." in refused.content.decode()
    assert not TaskChange.objects.filter(what="product").exists()
    assert office.keeper.post(address, {"reason": "Theo QĐ 22/QĐ-VPQH"}).status_code == 302
    assert TaskChange.objects.get(what="product").reason == "Theo QĐ 22/QĐ-VPQH"


def test_a_table_that_moves_a_task_to_another_unit_remembers_the_one_before(office: Office) -> None:  # noqa: F811
    task = running(office)
    table = f"STT,Nhiệm vụ,Đơn vị chủ trì\n{task.number},{task.title},vpqh\n"
    actions.import_tasks(
        actor=BY, programme_id=task.programme_id or 0, content=table.encode(), name="bang.csv", reason="Đổi đơn vị",
        at=at_eight(),
    )  # fmt: skip
    change = TaskChange.objects.get(what="lead_body")
    assert change.key_before == office.cast.secretariat.pk
    before, product = task.due, task.product
    task.refresh_from_db()
    assert (task.due, task.product, task.lead_body) == (
        before,
        product,
        office.cast.office,
    )  # what it does not speak of
    assert set(TaskChange.objects.filter(reason="Đổi đơn vị").values_list("what", flat=True)) == {"lead_body"}


def test_the_history_says_a_deadline_as_people_do(office: Office) -> None:  # noqa: F811
    programme = drafted(office)
    task = added(office, programme, due="quý IV/2023")
    content = actions.Content(
        title=task.title, lead_body=task.lead_body, lead_person=task.lead_person, leader=task.leader,
        product=task.product, due_rule="day:2023-12-15", recurs="month", key=True, group=task.group,
    )  # fmt: skip
    actions.change_task(actor=BY, task_id=task.pk, version=task.version, content=content, at=at_eight())
    page = office.keeper.get(f"/programme/tasks/{task.pk}/").content.decode()
    assert "<del>quarter IV/2023</del> <ins>15/12/2023</ins>" in page
    assert "<ins>every month</ins>" in page
    assert "<del>no</del> <ins>yes</ins>" in page
    for code in ("quarter:2023-4", "day:2023-12-15", "2023-12-15</ins>"):
        assert code not in page
    assert "Notes begin when the task is assigned." in page


def test_a_deadline_put_off_stands_once_with_its_extension(office: Office) -> None:  # noqa: F811
    task = running(office, due="30/11/2023")
    actions.extend_deadline(
        actor=BY, task_id=task.pk, due_rule="month:2023-12", reason="Chờ ý kiến Chính phủ", at=at_eight()
    )
    page = office.keeper.get(f"/programme/tasks/{task.pk}/").content.decode()
    assert "30/11/2023 → month 12/2023" in page
    assert "<del>" not in page


def test_a_finished_task_without_notes_says_so(office: Office) -> None:  # noqa: F811
    task = running(office)
    actions.report_done(actor=BY, task_id=task.pk, result="Báo cáo 1/BC", at=at_eight())
    actions.confirm_done(actor=BY, task_id=task.pk, at=at_eight())
    page = office.keeper.get(f"/programme/tasks/{task.pk}/").content.decode()
    assert "Nothing was noted on the way; the result stands above." in page


def test_a_programme_of_a_term_stands_beside_that_of_the_year(office: Office) -> None:  # noqa: F811
    drafted(office)
    data = {"year": 2023, "line": "administration", "title": "Chương trình công tác nhiệm kỳ"}
    assert office.keeper.post("/programme/all/new", data).status_code == 422  # the year has one
    answer = office.keeper.post("/programme/all/new", {**data, "term": office.cast.term.pk})
    assert answer.status_code == 302
    programme = Programme.objects.get(term=office.cast.term)
    assert programme.code == "2023-cq-khoa-xv"
    assert "term XV" in office.keeper.get("/programme/all/").content.decode()
    added(office, programme)
    actions.adopt_programme(actor=BY, programme_id=programme.pk, basis="NQ 1", at=at_eight())
    assert Shelf().programme_years == {}  # it is no programme of the year


def test_a_file_that_only_calls_itself_a_workbook_is_refused_as_such(office: Office) -> None:  # noqa: F811
    programme = drafted(office)
    file = SimpleUploadedFile("bang.xlsx", b"not a workbook\nat all")
    answer = office.keeper.post(f"/programme/all/{programme.pk}/import", {"file": file})
    assert "This is not a spreadsheet that can be read." in answer.content.decode()


def test_a_week_that_no_person_published_names_none(office: Office) -> None:  # noqa: F811
    monday = DAY - dt.timedelta(days=DAY.weekday())
    WeekSchedule.objects.create(monday=monday, published_at=at_eight(), rows=[])
    page = office.keeper.get(f"/programme/week/?monday={monday:%d/%m/%Y}").content.decode()
    assert "the office's own programme" in page.replace("&#x27;", "'")
