"""Invitations to a conference: their letter, how it leaves and is taken back, who came."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dienhong.foundation.access.actor import Refused
from dienhong.foundation.journal.models import Entry
from dienhong.foundation.letters.actions import UnderWay, lease_next, settle_sent
from dienhong.foundation.letters.models import Letter
from dienhong.foundation.letters.sending import Round
from dienhong.reports import actions, mailing
from dienhong.reports.actions import Guest
from dienhong.reports.actions.common import NotNow
from dienhong.reports.mailing import NoMail
from dienhong.reports.models import Conference, Invitation
from dienhong.reports.tests.conftest import AT, DAY, HELD, House, words_of
from dienhong.reports.writing.invitation import letter_docx, letter_pdf
from tests.components import Letters, smtp  # noqa: F401
from tests.post import let_leave, use_server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


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
