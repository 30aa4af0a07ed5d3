"""The pages of a conference through real forms: letters, papers, order, and what each person sees of the next year."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dienhong.desks.report.tests.test_report_desk import client_of, done
from dienhong.foundation.clock.actions import set_clock
from dienhong.foundation.letters.models import Letter
from dienhong.reports.models import Conference, Invitation, ProgrammeItem, Speech
from dienhong.reports.tests.conftest import AT, BY, House
from dienhong.reports.tests.test_conference import year_before
from dienhong.work.actions import draft_programme
from tests.components import Letters, smtp  # noqa: F401
from tests.post import let_leave, use_server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def merger(house: House) -> Client:
    set_clock(actor=BY, to=AT, at=AT)
    return client_of(house.workers.keeper)


@pytest.fixture
def conference(merger: Client, house: House) -> Conference:
    values = {"title": "Hội nghị tổng kết", "day": "28/12/2023", "begins": "8:00", "place": "Nhà Quốc hội"}
    done(merger.post(f"/report/{house.report.pk}/conference", {**values, "hosts": [house.workers.party.pk]}))
    return Conference.objects.get()


def test_every_page_of_the_conference_opens_and_an_expert_only_reads(
    merger: Client, house: House, conference: Conference
) -> None:
    url = f"/report/conferences/{conference.pk}/"
    acts = ("change", "item", "invite", "letter", "speech", "opinion", "conclusion", "conclude", "tasks", "turn")
    expert = client_of(house.workers.expert)
    for page in ("", "invitations"):
        assert merger.get(url + page).status_code == expert.get(url + page).status_code == 200
    for page in acts:
        assert merger.get(url + page).status_code == 200, page
        assert expert.get(url + page).status_code == 403, page


def test_letters_come_as_one_with_a_list_one_each_and_all_in_an_archive(
    merger: Client, house: House, conference: Conference
) -> None:
    url = f"/report/conferences/{conference.pk}/"
    assert merger.get(f"{url}letter.pdf").status_code == 404, "nobody is invited yet"
    wrong = merger.post(f"{url}invite", {"guests": "Ông A; Khách; không phải địa chỉ"})
    assert wrong.status_code == 422
    assert "không phải địa chỉ</textarea>" in wrong.content.decode()
    assert "Choose or write whom to invite." in merger.post(f"{url}invite", {"guests": ""}).content.decode()
    done(merger.post(f"{url}invite", {"bodies": [house.cast.digital.pk], "guests": "Ông A/B; Khách; a@example.vn"}))
    guest = Invitation.objects.get(guest="Ông A/B")
    assert merger.get(f"{url}letter.pdf").content.startswith(b"%PDF")
    one = docx.Document(io.BytesIO(merger.get(f"{url}letter.docx?to={guest.pk}").content))
    assert any("trân trọng kính mời: Ông A/B, Khách" in paragraph.text for paragraph in one.paragraphs)
    with zipfile.ZipFile(io.BytesIO(merger.get(f"{url}letters.zip").content)) as archive:
        assert archive.namelist() == ["001 Trung tâm Tin học.docx", "002 Ông AB Khách.docx"]
    done(merger.post(f"/report/invitations/{guest.pk}/came", {"state": "came"}))
    page = merger.get(f"{url}invitations").content.decode()
    assert "Present: 1 of those invited, 1 people." in page
    done(merger.post(f"/report/invitations/{guest.pk}/came", {"state": "withdraw"}))
    assert not Invitation.objects.filter(pk=guest.pk).exists()


def test_mail_that_cannot_leave_is_said_beside_the_one_invited(
    merger: Client,
    house: House,
    conference: Conference,
    settings,
    smtp: Letters,  # noqa: F811
) -> None:
    url = f"/report/conferences/{conference.pk}/"
    done(merger.post(f"{url}invite", {"guests": "Ông A; Khách; a@example.vn"}))
    done(merger.post(f"{url}letter", {"number": "45", "signer_post": "TL. Chủ nhiệm", "signer_name": "Người Ký"}))
    use_server(settings, "smtp://127.0.0.1:9")  # nobody listens there
    done(merger.post(f"{url}mail"))
    page = merger.get(f"{url}invitations").content.decode()
    assert "1 letter is in the outbox." in page
    assert "1 letter waits in the outbox and leaves by itself." in page
    let_leave()
    page = merger.get(f"{url}invitations").content.decode()
    assert "the mail server takes no letters now" in page
    done(merger.post(f"{url}mail"))
    assert "No letter is to be sent" in merger.get(f"{url}invitations").content.decode()
    assert Letter.objects.count() == 1
    smtp.refuse = {"a@example.vn": "550 unknown"}
    use_server(settings, smtp.url)
    Letter.objects.update(next_try=None)
    let_leave()
    page = merger.get(f"{url}invitations").content.decode()
    assert "the mail server refused it for good (550 unknown)" in page
    smtp.refuse = {}
    again = re.search(r'<button[^>]* form="mail" name="invitation" value="(\d+)"', page)
    assert again
    done(merger.post(f"{url}mail", {"invitation": again[1]}))
    let_leave()
    assert smtp.to == ["a@example.vn"]
    assert Invitation.objects.get().mailed_at is not None
    page = merger.get(f"{url}invitations").content.decode()
    assert "not sent" not in page
    assert "Try again" not in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"MZ", "Bring a file of one of these kinds"),
        ("a.docx", b"PK no archive", "not what its name says"),
        ("a.pdf", b"<html>", "not what its name says"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_goes_back(
    merger: Client, conference: Conference, name: str, content: bytes, words: str
) -> None:
    values = {"title": "Tham luận", "text": "Toàn văn đã gõ.", "file": SimpleUploadedFile(name, content)}
    answer = merger.post(f"/report/conferences/{conference.pk}/speech", values)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Toàn văn đã gõ.</textarea>" in answer.content.decode()
    assert not Speech.objects.exists()


def test_a_paper_leaves_under_its_own_name(merger: Client, conference: Conference) -> None:
    file = SimpleUploadedFile("Tham luận số hóa.pdf", b"%PDF-1.4\n%%EOF")
    done(merger.post(f"/report/conferences/{conference.pk}/speech", {"title": "Số hóa", "file": file}))
    answer = merger.get(f"/report/speeches/{Speech.objects.get().pk}")
    assert answer["Content-Type"] == "application/pdf"
    assert "filename*=UTF-8''Tham%20lu%E1%BA%ADn%20s%E1%BB%91%20h%C3%B3a.pdf" in answer["Content-Disposition"]


def test_the_programme_is_ordered_changed_and_shortened(merger: Client, conference: Conference) -> None:
    url = f"/report/conferences/{conference.pk}/item"
    for title in ("Khai mạc", "Báo cáo", "Bế mạc"):
        done(merger.post(url, {"title": title, "begins": "8h30"}))
    last = ProgrammeItem.objects.get(title="Bế mạc")
    done(merger.post(f"/report/conference-items/{last.pk}/move", {"to": "up"}))
    done(merger.post(f"/report/conference-items/{last.pk}/", {"title": "Phát biểu chỉ đạo", "begins": "9:15"}))
    first = ProgrammeItem.objects.get(title="Khai mạc")
    done(merger.post(f"/report/conference-items/{first.pk}/move", {"to": "off"}))
    assert list(ProgrammeItem.objects.values_list("title", flat=True)) == ["Phát biểu chỉ đạo", "Báo cáo"]


def test_the_programmes_of_next_year_are_shown_by_line_to_those_who_see_the_line(
    merger: Client, house: House, conference: Conference
) -> None:
    for line, title in (("administration", "Của Văn phòng"), ("party", "Của Đảng bộ"), ("union", "Của Công đoàn")):
        draft_programme(actor=house.merger, year=2024, line=line, title=title, at=AT)
    url = f"/report/conferences/{conference.pk}/"
    seen = merger.get(url).content.decode()
    assert all(title in seen for title in ("Của Văn phòng", "Của Đảng bộ", "Của Công đoàn"))
    seen = client_of(house.workers.expert).get(url).content.decode()
    assert "Của Văn phòng" in seen
    assert "Của Đảng bộ" not in seen


def test_speeches_opinions_and_conclusions_are_corrected_through_their_pages(
    merger: Client, house: House, conference: Conference
) -> None:
    url = f"/report/conferences/{conference.pk}/"
    done(merger.post(f"{url}speech", {"title": "Tham luận", "text": "Nội dung"}))
    done(merger.post(f"{url}opinion", {"leader": "Chủ tịch Quốc hội", "said": "Quy chuẩn hoá"}))
    done(merger.post(f"{url}conclusion", {"text": "Một việc", "due": "30/06/2024"}))
    rows = (conference.speeches.get(), conference.opinions.get(), conference.conclusions.get())
    pages = [
        f"/report/{name}/{row.pk}/" for name, row in zip(("speeches", "opinions", "conclusions"), rows, strict=True)
    ]
    shown = merger.get(url).content.decode()
    expert = client_of(house.workers.expert)
    for page in pages:
        assert f'href="{page}change"' in shown
        assert f'href="{page}remove" data-confirm' in shown
        assert expert.get(f"{page}change").status_code == expert.get(f"{page}remove").status_code == 403
    assert "30/06/2024" in merger.get(f"{pages[2]}change").content.decode(), "what stands is in the form"
    done(merger.post(f"{pages[0]}change", {"title": "Tham luận số 1", "text": "Nội dung"}))
    done(merger.post(f"{pages[1]}change", {"leader": "Chủ tịch Quốc hội", "said": "Quy chuẩn hóa"}))
    wrong = merger.post(f"{pages[2]}change", {"text": "Một việc lớn", "due": "31/02/2024"})
    assert wrong.status_code == 422
    assert "Một việc lớn" in wrong.content.decode(), "nothing typed is lost"
    done(merger.post(f"{pages[2]}change", {"text": "Một việc lớn", "due": "31/07/2024"}))
    shown = merger.get(url).content.decode()
    for words in ("Tham luận số 1", "Quy chuẩn hóa", "Một việc lớn"):
        assert words in shown
    for page in pages:
        assert merger.post(f"{page}remove", {"reason": ""}).status_code == 422
        done(merger.post(f"{page}remove", {"reason": "Ghi nhầm lần này"}))
    assert not any(found.exists() for found in (conference.speeches, conference.opinions, conference.conclusions))


def test_what_is_wrong_in_a_row_is_told_above_the_table_too(
    merger: Client, house: House, conference: Conference
) -> None:
    moves, drops = year_before(house, "Kỷ yếu", "Trang thử")
    fates = {f"t{moves.pk}-fate": "move", f"t{drops.pk}-fate": "drop", f"t{drops.pk}-reason": ""}
    answer = merger.post(f"/report/conferences/{conference.pk}/turn", fates)
    page = answer.content.decode()
    assert answer.status_code == 422
    summary = page.partition("data-errors>")[2].partition("</div>")[0]
    assert f'href="#id_t{drops.pk}-reason"' in summary
    assert f"{drops.number}: " in summary
    assert f"id_t{moves.pk}" not in summary


def test_a_guest_with_a_wrong_address_is_told_by_it(merger: Client, conference: Conference) -> None:
    guests = "Nguyễn Văn Khách; Nguyên Phó Chủ nhiệm; khach-vidu"
    answer = merger.post(f"/report/conferences/{conference.pk}/invite", {"guests": guests})
    assert "This is no e-mail address: khach-vidu." in answer.content.decode()
