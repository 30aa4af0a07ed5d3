"""A report goes from its start to its seal, and a conference to next year's tasks, through real forms."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dienhong.desks.report.links import led
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.actions import set_clock
from dienhong.people.models import Person
from dienhong.reports.composing import lacking, paper_of
from dienhong.reports.models import Block, BlockVersion, Conclusion, Conference, Contribution, Opinion, Report, Seal
from dienhong.reports.tests.conftest import AT, BY, DAY, House, enter_sessions
from dienhong.work.actions import draft_programme
from dienhong.work.models import Task

LIVE = "{{figure:tasks}} {{figure:sessions}} {{figure:tasks.next}} {{figure:tasks.done}}"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def sign_in(account: Account | None) -> Client:
    assert account is not None
    account = Account.objects.get(pk=account.pk)  # the one in hand may be older than its password
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def client_of(person: Person) -> Client:
    return sign_in(person.account)


@pytest.fixture
def merger(house: House) -> Client:
    set_clock(actor=BY, to=AT, at=AT)
    return client_of(house.workers.keeper)


def done(answer) -> None:
    assert answer.status_code == 302, answer.content.decode()[:4000]


def test_every_page_of_the_desk_opens(merger: Client, house: House) -> None:
    report, section = house.report, house.section("assembly")
    block = section.blocks.get(kind="chart")
    pages = ["", "new", f"{report.pk}/", f"{report.pk}/submit", f"{report.pk}/sign", f"{report.pk}/reopen"]
    pages += [f"{report.pk}/pictures?at={at}" for at in (1, 2, 3, 4)] + [f"{report.pk}/conference"]
    pages += [f"sections/{section.pk}/{act}" for act in ("", "blocks/new", "give", "ask")]
    pages += [f"blocks/{block.pk}/", f"blocks/{block.pk}/versions", f"{report.pk}/charts/{block.pk}.png"]
    for page in pages:
        answer = merger.get(f"/report/{page}")
        assert answer.status_code == 200, (page, answer.content.decode()[:800])


def test_every_live_place_leads_to_the_rows_it_was_counted_from(merger: Client, house: House) -> None:
    report = house.report
    merger.post(f"/report/sections/{house.section('assembly').pk}/blocks/new", {"kind": "paragraph", "text": LIVE})
    urls = {span.url for span in led(report, DAY).live()}
    assert {f"/year/at/{report.year}/figures/{key}/" for key in ("tasks", "sessions")} <= urls
    assert any(url.startswith("/programme/tasks/") for url in urls)  # those of next year, which no year counts yet
    for url in sorted(urls - {""}):
        assert merger.get(url).status_code == 200, url
    assert not any(span.url for span in paper_of(report, DAY).live())  # what all readers share stays as it was made


@pytest.mark.parametrize("way", ["docx", "pdf", "pptx", "json", "csv", "html"])
def test_the_report_is_taken_away(merger: Client, house: House, way: str) -> None:
    answer = merger.get(f"/report/{house.report.pk}/out.{way}")
    assert answer.status_code == 200
    assert len(answer.content) > 2000
    assert merger.get(f"/report/{house.report.pk}/out.exe").status_code == 404


def test_a_report_is_started_and_a_wrong_period_goes_back_to_its_field(merger: Client, house: House) -> None:
    values = {"kind": "quarter", "year": 2023, "part": "9", "line": "administration", "body": house.cast.office.pk}
    answer = merger.post("/report/new", values)
    assert answer.status_code == 422
    assert "A year has no such part." in answer.content.decode()
    done(merger.post("/report/new", {**values, "part": "3", "due": "20/12/2023"}))
    assert Report.objects.get(kind="quarter").part == "3"


def test_two_save_the_same_block_and_the_second_sees_both_texts(merger: Client, house: House) -> None:
    section = house.section("information")
    done(merger.post(f"/report/sections/{section.pk}/blocks/new", {"kind": "paragraph", "text": "Câu đầu."}))
    block = Block.objects.get(section=section)
    url = f"/report/blocks/{block.pk}/"
    done(merger.post(url, {"text": "Người thứ nhất viết.", "base": 1}))
    answer = merger.post(url, {"text": "Người thứ hai viết khác.", "base": 1})
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Người thứ nhất viết." in words
    assert "hai viết khác" in words
    assert "Kept aside" in merger.get(f"/report/{house.report.pk}/").content.decode()
    done(merger.post(url, {"text": "Cả hai cùng viết.", "base": 2}))
    assert BlockVersion.objects.get(block=block, number=4).text == "Cả hai cùng viết."
    assert "<del" in merger.get(f"{url}versions?old=2&new=4").content.decode()


def test_a_live_figure_is_put_in_without_scripts_and_nothing_is_saved_by_it(merger: Client, house: House) -> None:
    url = f"/report/sections/{house.section('foreign').pk}/blocks/new"
    values = {"kind": "paragraph", "text": "Có ", "insert": "{{figure:sessions}}"}
    answer = merger.post(url, values)
    assert answer.status_code == 200
    assert "Có {{figure:sessions}}</textarea>" in answer.content.decode()
    assert not Block.objects.filter(section=house.section("foreign")).exists()
    done(merger.post(url, {"kind": "paragraph", "text": "Có {{figure:sessions}} kỳ họp."}))
    assert "02" in merger.get(f"/report/sections/{house.section('foreign').pk}/").content.decode()


def test_a_wrong_text_comes_back_with_its_words(merger: Client, house: House) -> None:
    url = f"/report/sections/{house.section('foreign').pk}/blocks/new"
    answer = merger.post(url, {"kind": "paragraph", "text": "Có {{figure:sessions kỳ họp."})
    assert answer.status_code == 422
    assert "This is no live place" in answer.content.decode()
    assert "kỳ họp.</textarea>" in answer.content.decode()
    answer = merger.post(url, {"kind": "picture", "text": "", "file": SimpleUploadedFile("a.png", b"no picture")})
    assert "Bring a PNG or JPEG picture" in answer.content.decode()


def test_a_photograph_stands_in_the_paper_and_on_the_slides(merger: Client, house: House) -> None:
    out = io.BytesIO()
    Image.new("RGB", (320, 200), "#7c1f14").save(out, "PNG")
    section = house.section("foreign")
    values = {
        "kind": "picture",
        "text": "",
        "caption": "Lễ khai mạc",
        "file": SimpleUploadedFile("a.png", out.getvalue()),
    }
    done(merger.post(f"/report/sections/{section.pk}/blocks/new", values))
    digest = BlockVersion.objects.get(block__section=section).file
    assert merger.get(f"/report/{house.report.pk}/photographs/{digest}")["Content-Type"] == "image/png"
    document = docx.Document(io.BytesIO(merger.get(f"/report/{house.report.pk}/out.docx").content))
    assert any("Lễ khai mạc" in paragraph.text for paragraph in document.paragraphs)
    assert merger.get(f"/report/{house.report.pk}/out.pdf").status_code == 200
    assert merger.get(f"/report/{house.report.pk}/out.pptx").status_code == 200


def test_a_unit_is_asked_hands_in_and_is_accepted(merger: Client, house: House) -> None:
    section = house.section("assembly")
    done(merger.post(f"/report/sections/{section.pk}/ask", {"unit": house.cast.secretariat.pk, "due": "15/12/2023"}))
    row = Contribution.objects.get(section=section)
    expert = client_of(house.workers.expert)
    assert "Asked of your units" in expert.get("/report/").content.decode()
    assert expert.get(f"/report/sections/{section.pk}/ask").status_code == 403
    done(merger.post(f"/report/contributions/{row.pk}/remind"))
    done(expert.post(f"/report/sections/{section.pk}/blocks/new", {"kind": "paragraph", "text": "Vụ Thư ký viết."}))
    done(expert.post(f"/report/contributions/{row.pk}/hand-in"))
    done(merger.post(f"/report/contributions/{row.pk}/return", {"text": "Thêm số lượt phát biểu."}))
    assert "Thêm số lượt phát biểu." in expert.get("/report/").content.decode()
    done(expert.post(f"/report/contributions/{row.pk}/hand-in"))
    done(merger.post(f"/report/contributions/{row.pk}/accept"))
    row.refresh_from_db()
    assert (row.state, row.reminded) == ("accepted", 1)
    done(expert.post(f"/report/sections/{section.pk}/comment", {"text": "Đã xem."}))
    assert "Đã xem." in merger.get(f"/report/{house.report.pk}/").content.decode()


def test_the_report_is_merged_submitted_approved_and_sealed(merger: Client, house: House) -> None:
    report = house.report
    done(merger.post(f"/report/{report.pk}/merge"))
    answer = merger.post(f"/report/{report.pk}/submit", {"post1": house.leader_post.pk})
    assert answer.status_code == 422
    assert "These sections have an empty place" in answer.content.decode()
    empty = [chapter.section for chapter in lacking(paper_of(report, DAY))]
    out = {"sections": [*empty], "reason": "Không phát sinh trong kỳ"}
    done(merger.post(f"/report/{report.pk}/leave-out", out))
    done(merger.post(f"/report/{report.pk}/submit", {"post1": house.leader_post.pk}))
    assert "Waits for" in merger.get(f"/report/{report.pk}/").content.decode()
    leader = client_of(house.workers.leader)
    done(leader.post(f"/report/{report.pk}/decide", {"decision": "approved"}))
    enter_sessions(house.cast, 2, kind="extraordinary", month=1)
    values = {"number": "3", "signer_post": "Chủ nhiệm", "signer_name": "Người Ký", "signed_on": "11/12/2023"}
    values |= {"place": "Hà Nội", "recipients": "Chủ tịch Quốc hội"}
    answer = merger.post(f"/report/{report.pk}/sign", values)
    assert answer.status_code == 422
    assert "changed since they were accepted" in answer.content.decode()
    done(merger.post(f"/report/{report.pk}/reopen", {"text": "Lấy số mới"}))
    assert "Number changed" in merger.get(f"/report/{report.pk}/").content.decode()
    done(merger.post(f"/report/{report.pk}/take-values"))
    done(merger.post(f"/report/{report.pk}/submit", {"post1": house.leader_post.pk}))
    done(leader.post(f"/report/{report.pk}/decide", {"decision": "approved"}))
    done(merger.post(f"/report/{report.pk}/sign", values))
    assert Seal.objects.get(report=report).digest[:16] in merger.get(f"/report/{report.pk}/").content.decode()


def test_a_conference_ends_in_a_notice_and_in_tasks_of_next_year(merger: Client, house: House) -> None:
    report = house.report
    values = {"title": "Hội nghị tổng kết công tác năm 2023", "day": "28/12/2023", "place": "Nhà Quốc hội"}
    done(merger.post(f"/report/{report.pk}/conference", values))
    conference = Conference.objects.get(report=report)
    url = f"/report/conferences/{conference.pk}"
    done(merger.post(f"{url}/item", {"begins": "8:30", "title": "Trình bày báo cáo", "who": "Phó Chủ nhiệm"}))
    done(merger.post(f"{url}/invite", {"bodies": [house.cast.secretariat.pk]}))
    speech = {"title": "Tham luận về số hóa", "unit": house.cast.digital.pk, "text": "Toàn văn."}
    done(merger.post(f"{url}/speech", speech))
    assert merger.post(f"{url}/speech", {"title": "Trống"}).status_code == 422
    done(merger.post(f"{url}/opinion", {"leader": "Chủ tịch Quốc hội", "said": "Năm sau phải tốt hơn năm trước."}))
    done(
        merger.post(
            f"{url}/conclusion",
            {"text": "Chuẩn hóa quy trình.", "lead": house.cast.secretariat.pk, "due": "30/06/2024"},
        )
    )
    notice = {"number": "12", "signer_post": "TL. CHỦ NHIỆM", "signer_name": "Người Ký"}
    assert "neither absorbed nor explained" in merger.post(f"{url}/conclude", notice).content.decode()
    opinion = Opinion.objects.get()
    settled = {"section": house.section("directions").pk, "answer": "Đã đưa vào phương hướng chung."}
    done(merger.post(f"/report/opinions/{opinion.pk}/settle", settled))
    assert "held on 28/12/2023" in merger.post(f"{url}/conclude", notice).content.decode(), "no notice comes before it"
    done(merger.post(f"{url}/change", {**values, "day": "11/12/2023"}))
    done(merger.post(f"{url}/conclude", notice))
    document = docx.Document(io.BytesIO(merger.get(f"{url}/notice.docx").content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "1. Chuẩn hóa quy trình. Đơn vị chủ trì: Vụ Thư ký; thời hạn: 30/06/2024." in words
    row = Conclusion.objects.get()
    chosen = {
        f"c{row.pk}-{name}": value
        for name, value in {
            "take": "on",
            "group": "Phục vụ kỳ họp",
            "key": "on",
            "lead": house.cast.secretariat.pk,
            "due": "30/06/2024",
        }.items()
    }
    programme = draft_programme(actor=BY, year=2024, line="administration", title="Chương trình 2024", at=AT)
    done(merger.post(f"{url}/tasks", {"programme": programme.pk, **chosen}))
    task = Task.objects.get(programme=programme)
    assert task.title == "Chuẩn hóa quy trình."
    assert task.origin_url.startswith(f"{url}/#conclusion-")
    assert (task.key, str(task.group)) == (True, "1. Phục vụ kỳ họp")
    done(merger.post(f"{url}/tasks", {"programme": programme.pk, **chosen}))
    assert Task.objects.filter(programme=programme).count() == 1
    page = merger.get(f"{url}/").content.decode()
    assert task.code in page
    assert "Năm sau phải tốt hơn năm trước." in page


def test_nobody_reads_without_signing_in_and_the_partys_report_stays_with_its_line(
    merger: Client, house: House
) -> None:
    assert Client().get(f"/report/{house.report.pk}/").status_code == 302
    values = {"kind": "year", "year": 2023, "line": "party", "body": house.workers.party.pk}
    done(merger.post("/report/new", values))
    party = Report.objects.get(line="party")
    expert = client_of(house.workers.expert)
    assert expert.get(f"/report/{party.pk}/").status_code == 403
    assert client_of(house.workers.party_member).get(f"/report/{party.pk}/").status_code == 200
