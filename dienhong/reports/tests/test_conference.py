"""A conference of three bodies: invited, heard, its opinions settled, its year turned over."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import docx
import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dienhong.foundation.access.actor import Refused
from dienhong.foundation.files import store
from dienhong.foundation.journal.models import Entry
from dienhong.foundation.letters.actions import UnderWay, lease_next, settle_sent
from dienhong.foundation.letters.models import Letter
from dienhong.foundation.letters.sending import Round
from dienhong.people import actions as people
from dienhong.people.models import BodyKind
from dienhong.reports import actions, mailing
from dienhong.reports.actions import Guest, Share
from dienhong.reports.actions.common import NotNow, NotSettled
from dienhong.reports.composing import paper_of
from dienhong.reports.mailing import NoMail
from dienhong.reports.models import Conference, Invitation, Opinion, ReportState
from dienhong.reports.queries import unfinished
from dienhong.reports.tests.conftest import AT, BY, DAY, House
from dienhong.reports.writing.invitation import letter_docx, letter_pdf
from dienhong.reports.writing.notice import notice_docx
from dienhong.work import actions as work
from dienhong.work.actions import NoReason
from dienhong.work.content import Content
from dienhong.work.models import Programme, Task
from tests.cast import at_eight
from tests.components import Letters, smtp  # noqa: F401
from tests.post import let_leave, use_server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HELD = dt.date(2023, 12, 28)


@pytest.fixture
def conference(house: House) -> Conference:
    """The conference of the year report, held by the Office, the Party committee and the trade union."""
    office = house.cast.office
    parts: dict[str, Any] = {"actor": BY, "at": AT}
    union = people.found_body(
        code="cong-doan", kind=BodyKind.UNION, name="Công đoàn Văn phòng", parent=office, order=60, **parts
    )
    return actions.call_conference(
        actor=house.merger, report_id=house.report.pk, title="Hội nghị tổng kết công tác năm 2023", day=HELD,
        begins=dt.time(8), place="Nhà Quốc hội", hosts=[house.workers.party, union, office], at=AT,
    )  # fmt: skip


def year_before(house: House, *titles: str) -> list[Task]:
    """An adopted programme of 2023 with these tasks in one group."""
    at = AT - dt.timedelta(days=300)
    programme = work.draft_programme(actor=BY, year=2023, line="administration", title="Năm 2023", at=at)
    group = work.add_group(actor=BY, programme_id=programme.pk, title="Phục vụ các kỳ họp", at=at)
    tasks = [
        work.add_task(
            actor=BY,
            content=Content(
                title=title, lead_body=house.cast.secretariat, lead_person=house.workers.expert,
                leader=house.workers.leader, product="Báo cáo", due_rule="day:2023-11-30", group=group,
            ),
            programme=programme, at=at,
        )
        for title in titles
    ]  # fmt: skip
    work.adopt_programme(actor=BY, programme_id=programme.pk, basis="Quyết định 15", at=at)
    return tasks


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


# -- invitations ------------------------------------------------------------------------------------------------------
def test_the_letter_names_the_three_hosts_the_hour_the_place_and_the_one_invited(
    house: House, conference: Conference
) -> None:
    actions.add_programme_item(
        actor=house.merger, conference_id=conference.pk, title="Khai mạc", begins=dt.time(8), at=AT
    )
    actions.invite(
        actor=house.merger, conference_id=conference.pk, bodies=[house.cast.digital], persons=[house.workers.expert],
        guests=[Guest("Nguyễn Văn Khách", "Nguyên Phó Chủ nhiệm")], at=AT,
    )  # fmt: skip
    actions.issue_letter(
        actor=house.merger, conference_id=conference.pk, number="45", signer_post="TL. Chủ nhiệm\r\nVụ trưởng Vụ A",
        signer_name="Người Ký", note="Đề nghị xác nhận trước ngày 26/12/2023.", at=AT,
    )  # fmt: skip
    conference.refresh_from_db()
    rows = list(conference.invitations.all())
    lone = words_of(letter_docx(conference, [rows[2]], DAY))
    hosts = "Văn phòng Quốc hội, Đảng bộ cơ quan và Công đoàn Văn phòng"
    assert f"{hosts} trân trọng kính mời: Nguyễn Văn Khách, Nguyên Phó Chủ nhiệm" in lone
    assert "Thời gian: 08 giờ 00, thứ Năm, ngày 28 tháng 12 năm 2023." in lone
    assert "Đề nghị xác nhận trước ngày 26/12/2023./." in lone
    assert "Số: 45/GM-VPQH" in lone
    assert "TL. CHỦ NHIỆM\nVỤ TRƯỞNG VỤ A" in lone
    assert "DANH SÁCH" not in lone
    listed = words_of(letter_docx(conference, rows, DAY))
    assert "theo danh sách kèm theo" in listed
    assert {"Trung tâm Tin học", "Vương Đức Khoát, Chuyên viên, Vụ Thư ký"} <= set(listed.split("\n"))
    assert len(pypdfium2.PdfDocument(letter_pdf(conference, rows, DAY))) == 3  # letter, programme, list


def test_nobody_is_invited_twice_and_who_came_is_counted(house: House, conference: Conference) -> None:
    whom: dict[str, Any] = {
        "bodies": [house.cast.digital],
        "persons": [house.workers.expert],
        "guests": [Guest("Ông A", "Khách")],
    }
    assert actions.invite(actor=house.merger, conference_id=conference.pk, at=AT, **whom) == 3
    assert actions.invite(actor=house.merger, conference_id=conference.pk, at=AT, **whom) == 0
    row = conference.invitations.get(body=house.cast.digital)
    actions.answer_invitation(actor=house.merger, invitation_id=row.pk, state="came", people=4, at=AT)
    row.refresh_from_db()
    assert (row.state, row.people) == (Invitation.State.CAME, 4)
    with pytest.raises(NotNow):
        actions.answer_invitation(actor=house.merger, invitation_id=row.pk, state="came", people=0, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=row.pk).update(guest="Cả hai")


@pytest.fixture
def mailed(house: House, conference: Conference, settings, smtp: Letters) -> Letters:  # noqa: F811
    """A mail server, and two guests with an address; the letter is issued."""
    use_server(settings, smtp.url)
    guests = [Guest("Ông A", "", "a@example.vn"), Guest("Bà B", "", "b@example.vn"), Guest("Ông C")]
    actions.invite(actor=house.merger, conference_id=conference.pk, guests=guests, at=AT)
    issue(house, conference, number="45")
    return smtp


def issue(house: House, conference: Conference, number: str) -> None:
    words = {"signer_post": "TL. Chủ nhiệm", "signer_name": "Người Ký"}
    actions.issue_letter(actor=house.merger, conference_id=conference.pk, number=number, at=AT, **words)


def post(house: House, conference: Conference, *rows: Invitation) -> int:
    return actions.mail_invitations(
        actor=house.merger, conference_id=conference.pk, invitation_ids=[row.pk for row in rows] or None, at=AT
    )


def test_no_letter_is_posted_without_a_mail_server_or_a_number(house: House, conference: Conference, settings) -> None:
    actions.invite(actor=house.merger, conference_id=conference.pk, guests=[Guest("Ông A", "", "a@x.vn")], at=AT)
    settings.EMAIL_URL = ""
    with pytest.raises(NoMail, match="no outgoing mail"):
        post(house, conference)
    settings.EMAIL_URL = "smtp://mail"
    with pytest.raises(NotNow, match="no number"):
        post(house, conference)
    assert not Letter.objects.exists()


def test_letters_leave_by_the_mail_of_the_office_and_what_fails_is_said(
    house: House, conference: Conference, mailed: Letters
) -> None:
    mailed.refuse = {"b@example.vn": "550 mailbox unknown"}
    assert post(house, conference) == 2
    assert post(house, conference) == 0, "a second click posts nothing"
    assert mailed.messages == []
    assert let_leave(AT) == Round(sent=1, failed=1)
    assert mailed.to == ["a@example.vn"]
    enclosed: Any = list(mailed.messages[0].walk())[-1]
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(enclosed.get_content()))
    assert "Ông A" in words
    assert "Số: 45/GM-VPQH" in words
    rows = list(conference.invitations.all())
    assert [bool(one.mailed_at) for one in rows] == [True, False, False]
    assert rows[1].mail_fault == "Chưa gửi được: máy chủ thư từ chối hẳn: 550 mailbox unknown"
    told = list(
        Entry.objects.filter(kind__startswith="reports.Letters").order_by("number").values_list("kind", "facts")
    )
    assert [(kind, json.loads(facts)) for kind, facts in told] == [
        ("reports.LettersPosted", {"conference_id": conference.pk, "posted": 2}),
        ("reports.LettersMailed", {"conference_id": conference.pk, "sent": 1, "failed": 1}),
    ]
    with pytest.raises(NotNow, match="has left"):
        actions.withdraw_invitation(actor=house.merger, invitation_id=rows[0].pk, at=AT)
    mailed.refuse = {}
    assert post(house, conference, rows[0]) == 0, "the letter has left"
    assert post(house, conference, rows[1]) == 1
    assert let_leave(AT) == Round(sent=1)
    assert mailed.to == ["a@example.vn", "b@example.vn"]
    rows[1].refresh_from_db()
    assert (rows[1].mailed_at, rows[1].mail_fault) == (AT, "")
    assert sorted(Letter.objects.values_list("to", "state")) == [
        ("a@example.vn", "sent"), ("b@example.vn", "dropped"), ("b@example.vn", "sent"),
    ]  # fmt: skip


def test_a_letter_leaves_as_it_was_posted_and_not_when_what_it_says_has_changed(
    house: House, conference: Conference, mailed: Letters
) -> None:
    post(house, conference)
    item = actions.add_programme_item(actor=house.merger, conference_id=conference.pk, title="Khai mạc", at=AT)
    assert let_leave(AT) == Round()
    assert post(house, conference) == 2
    actions.change_programme_item(actor=house.merger, item_id=item.pk, title="Chào cờ", at=AT)
    assert let_leave(AT) == Round()
    assert post(house, conference) == 2
    issue(house, conference, number="46")
    assert let_leave(AT) == Round()
    assert set(Letter.objects.values_list("state", "fault")) == {("dropped", "corrected")}
    assert post(house, conference) == 2
    place: dict[str, Any] = {"title": conference.title, "day": HELD, "place": "Hội trường Diên Hồng"}
    actions.change_conference(actor=house.merger, conference_id=conference.pk, at=AT, **place)
    assert let_leave(AT) == Round()
    assert post(house, conference) == 2
    assert let_leave(AT) == Round(sent=2)
    assert mailed.to == ["a@example.vn", "b@example.vn"]


def test_who_is_withdrawn_or_moves_gets_no_letter_that_waited(
    house: House, conference: Conference, mailed: Letters
) -> None:
    first, second, _third = conference.invitations.all()
    post(house, conference)
    actions.withdraw_invitation(actor=house.merger, invitation_id=first.pk, at=AT)
    answer: dict[str, Any] = {"state": "invited", "email": "b.moi@example.vn"}
    actions.answer_invitation(actor=house.merger, invitation_id=second.pk, at=AT, **answer)
    assert let_leave(AT) == Round()
    assert [row.pk for row in mailing.to_mail(conference)] == [second.pk]
    assert post(house, conference) == 1
    let_leave(AT)
    assert mailed.to == ["b.moi@example.vn"]


def test_a_letter_that_has_left_is_not_taken_back_before_the_journal_has_heard_of_it(
    house: House, conference: Conference, mailed: Letters
) -> None:
    first = conference.invitations.all()[0]
    post(house, conference, first)
    letter = lease_next(now=AT, lasting=dt.timedelta(minutes=5))
    assert letter is not None
    with pytest.raises(UnderWay):
        actions.withdraw_invitation(actor=house.merger, invitation_id=first.pk, at=AT)
    assert settle_sent(letter=letter, at=AT)
    with pytest.raises(NotNow, match="has left"):
        actions.withdraw_invitation(actor=house.merger, invitation_id=first.pk, at=AT)
    assert post(house, conference, first) == 0


def test_no_invitation_leaves_after_the_day_of_the_conference_and_late_ends_are_still_told(
    house: House, conference: Conference, mailed: Letters
) -> None:
    post(house, conference)
    Conference.objects.filter(pk=conference.pk).update(state="concluded")
    assert let_leave(AT + dt.timedelta(days=60)) == Round(failed=2)
    assert mailed.messages == []
    assert {bool(row.mail_fault) for row in conference.invitations.exclude(email="")} == {True}


def test_four_hundred_invitations_are_posted_at_once(house: House, conference: Conference, mailed: Letters) -> None:
    guests = [Guest(f"Khách {n}", "", f"khach.{n}@example.vn") for n in range(400)]
    actions.invite(actor=house.merger, conference_id=conference.pk, guests=guests, at=AT)
    with CaptureQueriesContext(connection) as asked:
        assert post(house, conference) == 402
    assert len(asked) < 60, "not some questions for each letter"
    assert Letter.objects.filter(state="waiting").count() == 402


def test_an_expert_prepares_no_conference(house: House, conference: Conference) -> None:
    with pytest.raises(Refused):
        actions.invite(actor=house.expert, conference_id=conference.pk, bodies=[house.cast.digital], at=AT)


# -- opinions ---------------------------------------------------------------------------------------------------------
def test_the_report_is_not_signed_while_an_opinion_is_open_and_its_annex_tells_each(
    house: House, conference: Conference
) -> None:
    said = [
        actions.capture_opinion(actor=house.merger, conference_id=conference.pk, leader="Chủ tịch", said=words, at=AT)
        for words in ("Chuẩn hóa quy trình.", "Thêm biên chế.", "Xây trụ sở mới.")
    ]
    section = house.section("information")
    block = actions.add_block(actor=house.merger, section_id=section.pk, kind="paragraph", text="Trước.", at=AT)
    saved = actions.save_block(actor=house.merger, block_id=block.pk, base=1, text="Sau khi tiếp thu.", at=AT)
    settle = actions.settle_opinion
    settle(actor=house.merger, opinion_id=said[0].pk, change=saved.version, answer="Đã bổ sung.", at=AT)
    settle(actor=house.merger, opinion_id=said[1].pk, answer="Do cấp có thẩm quyền.", at=AT)
    house.leave_empty_out()
    actions.merge_report(actor=house.merger, report_id=house.report.pk, at=AT)
    actions.submit_report(actor=house.merger, report_id=house.report.pk, posts=[house.leader_post], at=AT)
    actions.decide(actor=house.leader, report_id=house.report.pk, approve=True, at=AT)
    sign: dict[str, Any] = {
        "actor": house.merger, "report_id": house.report.pk, "number": "7", "signer_post": "Chủ nhiệm",
        "signer_name": "Người Ký", "at": AT,
    }  # fmt: skip
    with pytest.raises(NotSettled, match="1 opinions"):
        actions.sign_report(**sign)
    settle(actor=house.merger, opinion_id=said[2].pk, answer="Chờ quy hoạch.", later=True, at=AT)
    assert actions.sign_report(**sign).state == ReportState.SIGNED
    annex = next(one for one in paper_of(house.report, DAY).annexes if one.key == "opinions")
    assert annex.label == "IV. TIẾP THU, GIẢI TRÌNH Ý KIẾN TẠI HỘI NGHỊ"
    assert [row[3] for row in annex.pieces[1].rows[1:]] == [
        f"Tiếp thu tại mục “{section}”. Đã bổ sung.",
        "Giải trình: Do cấp có thẩm quyền.",
        "Để lại xem xét sau: Chờ quy hoạch.",
    ]


def test_an_opinion_is_absorbed_only_in_its_own_report(house: House, conference: Conference) -> None:
    said = actions.capture_opinion(
        actor=house.merger, conference_id=conference.pk, leader="Chủ tịch", said="Nhanh hơn.", at=AT
    )
    other = actions.start_report(actor=house.merger, kind="quarter", year=2023, part="1", body=house.cast.office, at=AT)
    with pytest.raises(NotNow, match="another report"):
        actions.settle_opinion(
            actor=house.merger, opinion_id=said.pk, section=other.sections.get(key="foreign"), answer="Có.", at=AT
        )
    assert Opinion.objects.get().state == Opinion.State.OPEN


# -- into the next year -----------------------------------------------------------------------------------------------
def concluded(house: House, conference: Conference) -> None:
    for text in ("Chuẩn hóa quy trình.", "Số hóa hồ sơ."):
        actions.add_conclusion(
            actor=house.merger, conference_id=conference.pk, text=text, lead=house.cast.secretariat, at=AT
        )
    actions.conclude(
        actor=house.merger,
        conference_id=conference.pk,
        number="12",
        signer_post="Chủ nhiệm",
        signer_name="A",
        at=at_eight(HELD),
    )


def test_conclusions_become_tasks_once_in_their_groups_of_a_programme_that_is_drafted(
    house: House, conference: Conference
) -> None:
    concluded(house, conference)
    rows = list(conference.conclusions.all())
    shares = {
        rows[0].pk: Share("Phục vụ kỳ họp", True, house.cast.secretariat, house.workers.expert, dt.date(2024, 6, 30))
    }
    again: dict[str, Any] = {"actor": house.merger, "conference_id": conference.pk, "url": "/c/", "at": AT}
    (task,) = actions.make_tasks(shares=shares, **again)
    assert (task.key, str(task.group), task.lead_person) == (True, "1. Phục vụ kỳ họp", house.workers.expert)
    assert task.programme is not None
    assert task.programme.title == "Chương trình công tác năm 2024 của Văn phòng Quốc hội"
    assert task.origin_label == "Kết luận 1, Hội nghị tổng kết công tác năm 2023"
    assert len(actions.make_tasks(programme=task.programme, **again)) == 1
    assert actions.make_tasks(programme=task.programme, **again) == []
    assert task.programme.groups.count() == 1


def test_the_year_turns_some_move_some_wait_some_are_dropped_with_a_reason(
    house: House, conference: Conference
) -> None:
    moves, waits, drops = year_before(house, "Kỷ yếu", "Rà soát", "Trang thử")
    turn: dict[str, Any] = {"actor": house.merger, "conference_id": conference.pk, "at": AT}
    with pytest.raises(NoReason):
        actions.turn_year(move=[moves.pk], drop={drops.pk: ""}, **turn)
    assert Task.objects.filter(programme__year=2024).count() == 0, "nothing is half done"
    assert actions.turn_year(move=[moves.pk], drop={drops.pk: "Đã có trang chung."}, **turn) == (1, 1)
    after = Programme.objects.get(year=2024)
    assert after.tasks.get().comes_after == moves
    assert list(unfinished(house.report)) == [waits]
    drops.refresh_from_db()
    assert drops.cancelled_on == DAY
    assert actions.turn_year(move=[moves.pk], drop={}, programme=after, **turn) == (0, 0)
    assert after.tasks.count() == 1


def test_the_notice_says_who_held_it_and_how_many_came(house: House, conference: Conference) -> None:
    actions.invite(actor=house.merger, conference_id=conference.pk, bodies=[house.cast.digital], at=AT)
    row = conference.invitations.get()
    actions.answer_invitation(actor=house.merger, invitation_id=row.pk, state="came", people=120, at=AT)
    concluded(house, conference)
    conference.refresh_from_db()
    words = words_of(notice_docx(conference, DAY))
    assert "Đảng bộ cơ quan và Công đoàn Văn phòng tổ chức Hội nghị tổng kết công tác năm 2023." in words
    assert "Dự Hội nghị có 120 đại biểu." in words
    assert "Số: 12/TB-VPQH" in words
    assert "Ngày 28 tháng 12 năm 2023, tại Nhà Quốc hội, " in words
    assert words.count("./.") == 1
    assert "2. Số hóa hồ sơ. Đơn vị chủ trì: Vụ Thư ký./." in words


# -- corrections ------------------------------------------------------------------------------------------------------
def told(kind: str) -> str:
    """What the journal keeps of the newest event of this kind."""
    return str(Entry.objects.filter(kind=f"reports.{kind}").latest("number").facts)


def test_a_speech_is_changed_keeps_its_file_and_is_taken_out_with_a_reason(
    house: House, conference: Conference
) -> None:
    parts: dict[str, Any] = {"actor": house.merger, "at": AT}
    digest = store().put(io.BytesIO(b"%PDF-1.4\n%%EOF\n"))
    row = actions.add_speech(
        conference_id=conference.pk, title="Chuyển đổi số", file=digest, file_name="a.pdf", **parts
    )
    changed = actions.change_speech(speech_id=row.pk, title="Chuyển đổi số tại kỳ họp", speaker="Ông A", **parts)
    assert (changed.file, changed.file_name) == (digest, "a.pdf")
    assert "Chuyển đổi số" in told("SpeechChanged")
    with pytest.raises(Refused):
        actions.remove_speech(speech_id=row.pk, reason="Đơn vị rút", actor=house.expert, at=AT)
    actions.remove_speech(speech_id=row.pk, reason="Đơn vị rút", **parts)
    assert not conference.speeches.exists()
    assert "Đơn vị rút" in told("SpeechRemoved")


def test_the_words_of_an_opinion_are_corrected_until_it_is_settled(house: House, conference: Conference) -> None:
    parts: dict[str, Any] = {"actor": house.merger, "at": AT}
    row = actions.capture_opinion(conference_id=conference.pk, leader="Chủ tịch", said="Quy chuẩn hoá", **parts)
    slip = actions.capture_opinion(conference_id=conference.pk, leader="Chủ tịch", said="Ghi nhầm", **parts)
    actions.change_opinion(opinion_id=row.pk, leader="Chủ tịch Quốc hội", said="Quy chuẩn hóa mọi quy trình", **parts)
    assert "Quy chuẩn hoá" in told("OpinionChanged"), "the words before stay in the journal"
    actions.remove_opinion(opinion_id=slip.pk, reason="Ghi hai lần", **parts)
    assert "Ghi nhầm" in told("OpinionRemoved")
    actions.settle_opinion(opinion_id=row.pk, answer="Đã có trong phương hướng.", **parts)
    with pytest.raises(NotNow):
        actions.change_opinion(opinion_id=row.pk, leader="Chủ tịch Quốc hội", said="Khác", **parts)
    with pytest.raises(NotNow):
        actions.remove_opinion(opinion_id=row.pk, reason="Không cần nữa", **parts)
    assert [one.said for one in conference.opinions.all()] == ["Quy chuẩn hóa mọi quy trình"]


def test_conclusions_are_changed_and_numbered_anew_until_the_notice_is_issued(
    house: House, conference: Conference
) -> None:
    parts: dict[str, Any] = {"actor": house.merger, "at": AT}
    first, second = (
        actions.add_conclusion(conference_id=conference.pk, text=text, **parts) for text in ("Một việc", "Hai việc")
    )
    actions.change_conclusion(
        conclusion_id=second.pk, text="Hai việc lớn", lead=house.cast.secretariat, due=HELD, key=True, **parts
    )
    assert "Hai việc" in told("ConclusionChanged")
    actions.remove_conclusion(conclusion_id=first.pk, reason="Trùng với nghị quyết", **parts)
    assert [(one.order, one.text, one.key) for one in conference.conclusions.all()] == [(1, "Hai việc lớn", True)]
    actions.conclude(
        actor=house.merger,
        conference_id=conference.pk,
        number="3",
        signer_post="TL. CHỦ NHIỆM",
        signer_name="A",
        at=at_eight(HELD),
    )
    with pytest.raises(NotNow):
        actions.change_conclusion(conclusion_id=second.pk, text="Muộn", **parts)
