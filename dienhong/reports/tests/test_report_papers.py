"""What a report looks like when it leaves: the ends of its text, to whom it goes, its heading, in every way out."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.utils import translation

from dienhong.reports import actions, wording
from dienhong.reports.composing import drafted_paper, paper_of
from dienhong.reports.document import Paper, Piece, Span
from dienhong.reports.models import Report
from dienhong.reports.tests.conftest import AT, DAY, House
from dienhong.reports.tests.test_report_writing import approved, block_of, sign
from dienhong.reports.writing import page
from dienhong.reports.writing.paper import closing, to_docx

pytestmark = pytest.mark.django_db
LAST = "Đề nghị cấp đủ kinh phí năm 2024."


@pytest.fixture
def signed(house: House) -> Paper:
    """The report of the year, signed; its last section ends with a sentence."""
    block_of(house, LAST, "proposals")
    approved(house)
    sign(house)
    return paper_of(Report.objects.get(pk=house.report.pk), DAY)


def of_docx(paper: Paper) -> str:
    document = docx.Document(io.BytesIO(to_docx(paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_text_ends_once_with_the_mark_that_closes_it(signed: Paper) -> None:
    for words in (of_docx(signed), page.to_html(signed)):
        assert words.count("./.") == 1
        assert "kinh phí năm 2024./." in words


def test_a_paper_of_the_party_or_one_that_ends_with_a_table_closes_without_it(signed: Paper) -> None:
    assert closing(signed) is not None
    signed.chapters[-1].pieces.append(Piece("table", rows=[["STT", "Việc"], ["1", "Một"]]))
    assert closing(signed) is None
    signed.chapters[-1].pieces[-1] = Piece("list", [Span("Một;\nHai;")])
    assert page.to_html(signed).count("<li>Hai./.</li>") == 1
    signed.line = "party"
    assert "./." not in page.to_html(signed) + of_docx(signed)


def test_the_page_says_to_whom_the_paper_goes_and_whose_it_is(signed: Paper) -> None:
    html = page.to_html(signed)
    assert "<p>- Chủ tịch Quốc hội;</p><p>- Lưu: HC, TH.</p>" in html
    assert '<p class="ruled"><b>VĂN PHÒNG QUỐC HỘI</b></p>' in html
    assert '<b class="motto">Độc lập - Tự do - Hạnh phúc</b>' in html
    assert '<p class="name">Lê Thị Ánh Tuyết</p>' in html


def test_a_number_in_a_list_of_the_page_still_says_where_it_comes_from(house: House) -> None:
    section = house.section("foreign")
    text = "{{figure:sessions}} kỳ họp;\nmột hội nghị."
    actions.add_block(actor=house.merger, section_id=section.pk, kind="list", text=text, at=AT)
    html = page.to_html(paper_of(house.report, DAY))
    assert '<li><span class="live" title="' in html
    assert ">02</span> kỳ họp;</li><li>một hội nghị.</li>" in html


@pytest.mark.parametrize(
    ("kind", "part", "name"),
    [
        ("half", "2", "the second half of 2023"),
        ("quarter", "3", "the third quarter of 2023"),
        ("month", "5", "May 2023"),
        ("term", "XV", "term XV"),
    ],
)
def test_a_period_has_its_usual_name_in_english(kind: str, part: str, name: str) -> None:
    assert wording.period_names(kind, 2023, part)[1] == name


def test_a_paper_in_english_has_no_vietnamese_heading(house: House) -> None:
    with translation.override("en"):
        paper = drafted_paper(2023, DAY)
        words = of_docx(paper)
        assert wording.place_and_day("Hà Nội", dt.date(2023, 12, 8), 2023) == "Hà Nội, 8 December 2023"
    assert paper.issuer == ["NATIONAL ASSEMBLY OF VIET NAM", "OFFICE OF THE NATIONAL ASSEMBLY"]
    assert "SOCIALIST REPUBLIC OF VIET NAM\nIndependence - Freedom - Happiness" in words
    assert "tháng" not in paper.place_day
