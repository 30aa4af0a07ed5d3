"""Two write at once and lose nothing; figures go stale, are taken over, and are frozen at signing."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import docx
import pypdfium2
import pytest
from django.db.utils import IntegrityError, OperationalError
from django.utils import translation
from pptx import Presentation

from dienhong.foundation.access.actor import Refused
from dienhong.foundation.journal.queries import entries, told
from dienhong.people import actions as people
from dienhong.people.models import Holding
from dienhong.reports import actions
from dienhong.reports.actions.approving import StillStale
from dienhong.reports.actions.collecting import StillMissing
from dienhong.reports.actions.common import NotNow
from dienhong.reports.actions.laying_out import NoSuchReport, ReportThere
from dienhong.reports.actions.writing import NotText
from dienhong.reports.annexing import DATA
from dienhong.reports.composing import drafted_paper, facts_of, paper_of, pieces_offered, stale
from dienhong.reports.models import BlockVersion, Seal
from dienhong.reports.tests.conftest import AT, BY, DAY, House, enter_sessions
from dienhong.reports.writing import data, page, slides
from dienhong.reports.writing.paper import to_docx, to_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SENTENCE = "Văn phòng phục vụ {{figure:sessions}} kỳ họp."


def block_of(house: House, text: str = SENTENCE, key: str = "information"):
    return actions.add_block(actor=house.merger, section_id=house.section(key).pk, kind="paragraph", text=text, at=AT)


def text_of(house: House, key: str = "information") -> str:
    chapter = next(one for one in paper_of(house.report, DAY).chapters if one.key == key)
    return "\n".join(piece.text for piece in chapter.pieces)


def approved(house: House) -> None:
    house.leave_empty_out()
    actions.merge_report(actor=house.merger, report_id=house.report.pk, at=AT)
    actions.submit_report(actor=house.merger, report_id=house.report.pk, posts=[house.leader_post], at=AT)
    actions.decide(actor=house.leader, report_id=house.report.pk, approve=True, at=AT)


def sign(house: House, at: dt.datetime = AT):
    return actions.sign_report(
        actor=house.merger, report_id=house.report.pk, number="7", signer_post="Phó Chủ nhiệm",
        signer_name="Lê Thị Ánh Tuyết", recipients=["Chủ tịch Quốc hội;", "- Lưu: HC, TH."], at=at,
    )  # fmt: skip


# -- laying out -------------------------------------------------------------------------------------------------------
def test_what_the_record_knows_stands_in_the_report_from_the_beginning(house: House) -> None:
    assert house.report.sections.filter(parent__isnull=True).count() == 4
    assert "02" in text_of(house, "assembly")
    assert "Kỳ họp thứ 5" in text_of(house, "assembly")
    assert house.report.title == "Kết quả công tác năm 2023 và phương hướng, nhiệm vụ năm 2024"


def test_a_report_is_laid_out_once(house: House) -> None:
    with pytest.raises(ReportThere):
        actions.start_report(actor=house.merger, kind="year", year=2023, body=house.cast.office, at=AT)


@pytest.mark.parametrize(("kind", "part"), [("quarter", "5"), ("session", "XV-99"), ("term", "2023"), ("year ", "")])
def test_a_period_that_is_none_is_refused(house: House, kind: str, part: str) -> None:
    with pytest.raises(NoSuchReport):
        actions.start_report(actor=house.merger, kind=kind, year=2023, part=part, body=house.cast.office, at=AT)


@pytest.mark.parametrize(
    ("kind", "part", "count"), [("quarter", "2", "01"), ("session", "XV-5", "01"), ("term", "XV", "02")]
)
def test_a_shorter_or_longer_report_counts_its_own_days(house: House, kind: str, part: str, count: str) -> None:
    report = actions.start_report(actor=house.merger, kind=kind, year=2023, part=part, body=house.cast.office, at=AT)
    section = report.sections.get(key="foreign")
    actions.add_block(actor=house.merger, section_id=section.pk, kind="paragraph", text=SENTENCE, at=AT)
    chapter = next(one for one in paper_of(report, DAY).chapters if one.key == "foreign")
    assert chapter.pieces[0].text == f"Văn phòng phục vụ {count} kỳ họp."


def test_the_partys_report_is_not_for_everybody(house: House) -> None:
    member = house.workers.actor(house.workers.expert)
    with pytest.raises(Refused):
        actions.start_report(actor=member, kind="year", year=2023, line="party", body=house.workers.party, at=AT)
    report = actions.start_report(
        actor=house.merger, kind="year", year=2023, line="party", body=house.workers.party, at=AT
    )
    section = report.sections.get(key="party.politics")
    with pytest.raises(Refused, match="line that you do not see"):
        actions.comment(actor=member, section_id=section.pk, text="Xin xem", at=AT)


# -- two at once ------------------------------------------------------------------------------------------------------
def test_who_saves_second_loses_nothing_and_changes_nothing(house: House) -> None:
    block = block_of(house)
    first = actions.save_block(actor=house.merger, block_id=block.pk, base=1, text="Bản của người thứ nhất.", at=AT)
    second = actions.save_block(actor=house.merger, block_id=block.pk, base=1, text="Bản của người thứ hai.", at=AT)
    assert not first.aside
    assert second.aside
    assert second.standing == first.version
    assert text_of(house) == "Bản của người thứ nhất."
    texts = list(BlockVersion.objects.filter(block=block).values_list("text", flat=True))
    assert texts == [SENTENCE, "Bản của người thứ nhất.", "Bản của người thứ hai."]
    joined = "Bản của người thứ nhất và thứ hai."
    assert not actions.save_block(actor=house.merger, block_id=block.pk, base=2, text=joined, at=AT).aside
    assert text_of(house) == joined


def test_the_lines_of_a_list_and_of_a_table_stay_lines(house: House) -> None:
    rows = "Đơn vị | Số\r\nVụ Thư ký |  12\r\nVụ Tổng hợp | 3"
    block = actions.add_block(
        actor=house.merger, section_id=house.section("information").pk, kind="table", text=rows, at=AT
    )
    assert block.versions.get().text == "Đơn vị | Số\nVụ Thư ký | 12\nVụ Tổng hợp | 3"
    assert not actions.save_block(actor=house.merger, block_id=block.pk, base=1, text=rows, at=AT).aside
    assert block.versions.count() == 1, "the same table is no new version"


def test_two_who_write_the_same_do_not_quarrel(house: House) -> None:
    block = block_of(house)
    actions.save_block(actor=house.merger, block_id=block.pk, base=1, text="Như nhau.", at=AT)
    assert not actions.save_block(actor=house.merger, block_id=block.pk, base=1, text="Như nhau.", at=AT).aside


def test_forty_contributors_saving_from_the_same_page_keep_forty_texts(house: House) -> None:
    block = block_of(house)
    for at in range(40):
        actions.save_block(actor=house.merger, block_id=block.pk, base=1, text=f"Bản {at}", at=AT)
    assert BlockVersion.objects.filter(block=block).count() == 41
    assert text_of(house) == "Bản 0"


def test_a_saved_text_is_there_after_the_server_starts_anew(house: House) -> None:
    block = block_of(house)
    saved = actions.save_block(actor=house.merger, block_id=block.pk, base=1, text="Đã lưu.", at=AT)
    # nothing of a report lives in the process: what a fresh reading gives is all there is
    again = BlockVersion.objects.get(pk=saved.version.pk)
    assert (again.text, again.author) == ("Đã lưu.", house.merger.name)


def test_a_version_is_never_changed(house: House) -> None:
    block = block_of(house)
    with pytest.raises((IntegrityError, OperationalError, Exception), match="never changed"):
        BlockVersion.objects.filter(block=block).update(text="khác")


def test_a_broken_live_place_goes_back_to_its_field(house: House) -> None:
    with pytest.raises(NotText) as refused:
        block_of(house, "Có {{figure:sessions kỳ họp")
    assert refused.value.field == "text"


# -- contributions ----------------------------------------------------------------------------------------------------
def test_a_unit_is_asked_writes_is_returned_and_accepted(house: House) -> None:
    section = house.section("assembly")
    unit, due = house.cast.secretariat, DAY + dt.timedelta(days=4)
    asked = actions.ask_contribution(actor=house.merger, section_id=section.pk, unit=unit, due=due, at=AT)
    actions.remind_contribution(actor=house.merger, contribution_id=asked.pk, at=AT)
    actions.add_block(
        actor=house.expert, section_id=section.pk, kind="paragraph", text="Vụ viết.", contribution_id=asked.pk, at=AT
    )
    actions.hand_in(actor=house.expert, contribution_id=asked.pk, at=AT)
    with pytest.raises(StillMissing):
        actions.merge_report(actor=house.merger, report_id=house.report.pk, at=AT)
    actions.return_contribution(actor=house.merger, contribution_id=asked.pk, note="Thêm số lượt phát biểu.", at=AT)
    actions.hand_in(actor=house.expert, contribution_id=asked.pk, at=AT)
    actions.accept_contribution(actor=house.merger, contribution_id=asked.pk, at=AT)
    assert actions.merge_report(actor=house.merger, report_id=house.report.pk, at=AT).state == "merged"
    said = [row.sentence for row in told(entries(kind="reports"))]
    assert any("Thêm số lượt phát biểu." in sentence for sentence in said)


def test_a_unit_does_not_write_where_it_was_not_asked(house: House) -> None:
    with pytest.raises(Refused):
        actions.add_block(
            actor=house.expert, section_id=house.section("foreign").pk, kind="paragraph", text="Không.", at=AT
        )


def test_what_was_written_stays_when_its_writer_leaves_and_another_unit_takes_over(house: House) -> None:
    section = house.section("assembly")
    asked = actions.ask_contribution(
        actor=house.merger, section_id=section.pk, unit=house.cast.secretariat, due=DAY, at=AT,
        person=house.workers.expert,
    )  # fmt: skip
    actions.add_block(
        actor=house.expert,
        section_id=section.pk,
        kind="paragraph",
        text="Phần đã viết.",
        contribution_id=asked.pk,
        at=AT,
    )
    holding = Holding.objects.get(person=house.workers.expert)
    people.leave_post(actor=BY, holding=holding, until=DAY - dt.timedelta(days=1), basis="QĐ thử", at=AT)
    with pytest.raises(Refused):
        actions.hand_in(actor=house.expert, contribution_id=asked.pk, at=AT)
    moved = actions.reassign_contribution(
        actor=house.merger, contribution_id=asked.pk, unit=house.cast.personnel, at=AT
    )
    offered = pieces_offered(moved.pk, facts_of(house.report, DAY))
    assert [piece.text for piece in offered] == ["Phần đã viết."]
    registrar = house.cast.actor(house.cast.registrar)
    assert actions.hand_in(actor=registrar, contribution_id=moved.pk, at=AT).state == "handed_in"


# -- figures in the text ----------------------------------------------------------------------------------------------
def test_a_changed_figure_is_marked_stays_as_accepted_and_is_taken_over_on_request(house: House) -> None:
    block_of(house)
    enter_sessions(house.cast, 2, kind="extraordinary", month=1)
    paper = paper_of(house.report, DAY)
    changed = [span for span in stale(paper) if span.token == "{{figure:sessions}}"]
    assert changed
    assert {(span.text, span.before) for span in changed} == {("02", "03")}
    assert text_of(house) == "Văn phòng phục vụ 02 kỳ họp."
    assert actions.accept_values(actor=house.merger, report_id=house.report.pk, at=AT) > 0
    assert not stale(paper_of(house.report, DAY))


def test_a_figure_that_the_record_does_not_know_is_open_and_never_true_by_silence(house: House) -> None:
    wanted = {"{{figure:standing_committee.meetings}}", "{{figure:nonsense}}"}
    block_of(house, f"{'; '.join(sorted(wanted))}.")
    spans = [span for span in paper_of(house.report, DAY).live() if span.token in wanted]
    assert {span.state for span in spans} == {"open"}


def test_signing_freezes_every_value_with_its_journal_entry(house: House) -> None:
    block_of(house)
    approved(house)
    sign(house)
    seal = Seal.objects.get(report=house.report)
    house.report.refresh_from_db()
    enter_sessions(house.cast, 2, kind="extraordinary", month=1)
    paper = paper_of(house.report, DAY)
    assert paper.number == "Số: 07/BC-VPQH"
    assert paper.sealed == seal.digest
    assert paper.journal == seal.journal
    assert "phục vụ 02 kỳ họp" in text_of(house)
    with pytest.raises(NotNow):
        block_of(house)
    with pytest.raises(Exception, match="never changed"):
        Seal.objects.filter(pk=seal.pk).update(digest="")


def test_a_report_with_changed_figures_is_not_signed_until_they_are_taken_over(house: House) -> None:
    block_of(house)
    approved(house)
    enter_sessions(house.cast, 2, kind="extraordinary", month=1)
    with pytest.raises(StillStale):
        sign(house)
    actions.reopen_report(actor=house.merger, report_id=house.report.pk, reason="Lấy số mới.", at=AT)
    actions.accept_values(actor=house.merger, report_id=house.report.pk, at=AT)
    actions.submit_report(actor=house.merger, report_id=house.report.pk, posts=[house.leader_post], at=AT)
    actions.decide(actor=house.leader, report_id=house.report.pk, approve=True, at=AT)
    assert sign(house).state == "signed"


def test_only_the_holder_of_the_post_whose_turn_it_is_decides(house: House) -> None:
    house.leave_empty_out()
    actions.merge_report(actor=house.merger, report_id=house.report.pk, at=AT)
    actions.submit_report(actor=house.merger, report_id=house.report.pk, posts=[house.leader_post], at=AT)
    with pytest.raises(Refused):
        actions.decide(actor=house.expert, report_id=house.report.pk, approve=True, at=AT)
    returned = actions.decide(actor=house.leader, report_id=house.report.pk, approve=False, comment="Rút gọn.", at=AT)
    assert returned.state == "merged"
    assert house.report.approvals.get().comment == "Rút gọn."


# -- ways out ---------------------------------------------------------------------------------------------------------
def test_the_word_file_holds_the_letterhead_headings_real_tables_a_chart_and_the_sources(house: House) -> None:
    block_of(house)
    content = to_docx(paper_of(house.report, DAY))
    document = docx.Document(io.BytesIO(content))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Phần", "Đề mục", "Phụ lục", "Trích yếu"} <= styles
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Văn phòng phục vụ 02 kỳ họp." in words
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in cell for cell in cells)
    assert "Kỳ họp thứ 5, khóa XV" in cells
    assert "Văn bản thử của kỳ họp" in words
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert any(name.startswith("word/media/") for name in archive.namelist())
        section = archive.read("word/document.xml").decode()
    assert 'w:left="1701"' in section  # 30 mm, NĐ 30/2020 Phụ lục I


def test_the_pdf_says_what_the_word_file_says(house: House) -> None:
    block_of(house)
    paper = paper_of(house.report, DAY)
    pages = pypdfium2.PdfDocument(to_pdf(paper))
    words = re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))
    assert "Văn phòng phục vụ 02 kỳ họp." in words
    assert "Văn bản thử của kỳ họp" in words


def test_open_data_holds_every_figure_with_its_rows(house: House) -> None:
    block_of(house)
    paper = paper_of(house.report, DAY, DATA)
    found = data.to_data(paper)
    sessions = next(figure for figure in found["figures"] if figure["key"] == "sessions")
    assert sessions["value"] == 2
    assert len(sessions["rows"]) == 2
    assert "{{figure:sessions}}" in found["cited"]
    lines = data.to_csv(paper).splitlines()
    assert sum(line.startswith("sessions,") for line in lines) == 3
    assert found["claims"]


def test_what_is_only_printed_carries_no_rows_and_prints_the_same(house: House) -> None:
    block_of(house)
    whole, printed = paper_of(house.report, DAY, DATA), paper_of(house.report, DAY)
    assert (printed.chapters, printed.annexes) == (whole.chapters, whole.annexes)
    assert not any(figure["rows"] for figure in printed.figures)
    values = [[(figure["key"], figure["value"]) for figure in paper.figures] for paper in (whole, printed)]
    assert values[0] == values[1]


def test_a_cell_of_the_open_data_is_never_a_formula() -> None:
    assert data._plain("=1+1") == "'=1+1"
    assert data._plain(Decimal(3)) == Decimal(3)


def test_the_page_escapes_what_people_write(house: House) -> None:
    block_of(house, "<script>alert(1)</script> {{figure:sessions}}")
    html = page.to_html(paper_of(house.report, DAY))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_slides_show_only_what_the_record_proves(house: House) -> None:
    block_of(house)
    block_of(house, "{{figure:laws}} luật.", "foreign")
    paper = paper_of(house.report, DAY)
    show = Presentation(io.BytesIO(slides.to_pptx(paper)))
    words = "\n".join(shape.text_frame.text for one in show.slides for shape in one.shapes if shape.has_text_frame)
    assert "Văn phòng phục vụ 02 kỳ họp." in words
    assert "chưa biết luật" not in words
    assert all(one.shapes.title is not None and one.shapes.title.text_frame.text for one in show.slides)


def test_without_a_draft_the_record_writes_what_it_can_and_says_what_it_cannot(house: House) -> None:
    with translation.override("vi"):
        paper = drafted_paper(2023, DAY)
    words = {chapter.key: "\n".join(piece.text for piece in chapter.pieces) for chapter in paper.chapters}
    assert "Kỳ họp thứ 5" in words["assembly"]
    assert "Hồ sơ chưa có chương trình công tác năm 2024." in words["key_tasks"]
    empty = drafted_paper(1999, DAY)
    assert all(span.state != "holds" for span in empty.live() if span.token.startswith("{{figure:laws"))
