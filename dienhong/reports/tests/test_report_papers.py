"""What a report looks like when it leaves: the ends of its text, to whom it goes, its heading, in every way out."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import docx
import pytest
from django.utils import translation
from pptx import Presentation

from dienhong.reports import actions, wording
from dienhong.reports.composing import drafted_paper, paper_of
from dienhong.reports.document import Paper, Piece, Span
from dienhong.reports.models import Report
from dienhong.reports.tests.conftest import AT, DAY, House
from dienhong.reports.tests.test_report_writing import approved, block_of, sign
from dienhong.reports.writing import page, slides
from dienhong.reports.writing.paper import closing, to_docx
from dienhong.texts.writing import Block, Style
from dienhong.texts.writing.layout import bold_width, layout

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
    assert paper.issuer == ["NATIONAL ASSEMBLY", "OFFICE OF THE NATIONAL ASSEMBLY"]
    assert paper.number.startswith("No. ")
    assert "SOCIALIST REPUBLIC OF VIET NAM\nIndependence - Freedom - Happiness" in words
    assert "tháng" not in paper.place_day


@pytest.mark.parametrize("reader", ["vi", "en"])
def test_a_vietnamese_paper_leaves_in_vietnamese_whoever_takes_it(signed: Paper, reader: str) -> None:
    with translation.override(reader):
        words = of_docx(signed)
        html = page.to_html(signed)
        show = Presentation(io.BytesIO(slides.to_pptx(signed)))
        said = "\n".join(one.shapes.title.text_frame.text for one in show.slides)
    for one in ("Phần I", "Phụ lục I", "Nơi nhận:", "Hình 1. ", "Bảng 1. "):
        assert one in words
    assert "Phần I<br>" in html
    assert "Nơi nhận:" in html
    assert "Số liệu nổi bật trong kỳ" in said
    assert not {"Part", "Annex", "Table", "Figure", "Recipients"} & set(words.split())


def test_each_annex_says_to_which_paper_it_belongs_and_counts_its_pages_from_one(signed: Paper) -> None:
    words = of_docx(signed)
    to = "(Kèm theo Báo cáo số 07/BC-VPQH ngày 11 tháng 12 năm 2023 của Văn phòng Quốc hội)"
    assert words.count(to) == len(signed.annexes) == page.to_html(signed).count(to)
    with zipfile.ZipFile(io.BytesIO(to_docx(signed))) as archive:
        body = archive.read("word/document.xml").decode()
    # the first section is the text; each that follows is an annex
    assert ['w:start="1"' in one for one in re.findall("<w:sectPr>.*?</w:sectPr>", body)] == [False, True, True, True]


def test_a_paper_without_figures_has_no_empty_annexes(house: House) -> None:
    with translation.override("vi"):
        assert drafted_paper(2023, DAY, "party").annexes == []
        paper = drafted_paper(2023, DAY)
    assert [annex.number for annex in paper.annexes] == ["I", "II", "III"]
    paper.annexes = paper.annexes[:1]
    assert "Phụ lục\nSỐ LIỆU VÀ NGUỒN SỐ LIỆU" in of_docx(paper)


def said_of(section: str, **period: str) -> str:
    """What the record drafts for a section of this period."""
    with translation.override("vi"):
        paper = drafted_paper(2023, DAY, **period)
    chapter = next(one for one in paper.chapters if one.key == section)
    return "\n".join(piece.text for piece in chapter.pieces)


def test_what_there_was_none_of_is_not_counted_as_nought(house: House) -> None:
    assert "đã phục vụ 02 kỳ họp thường lệ của Quốc hội, năm 2022 không có: Kỳ họp thứ 5" in said_of("assembly")
    quiet = said_of("assembly", kind="quarter", part="2")
    assert "Số luật được Quốc hội thông qua trong kỳ: 0." in quiet
    assert "bất thường" not in quiet


def test_a_mere_number_is_no_strength(house: House) -> None:
    said = said_of("strengths", kind="quarter", part="2")
    assert "14 ngày từ khai mạc đến bế mạc" not in said
    assert "nhất" in said_of("strengths") or "lần đầu tiên" in said_of("strengths")


def test_the_report_of_a_session_is_one_of_serving_it(house: House) -> None:
    with translation.override("vi"):
        paper = drafted_paper(2023, DAY, kind="session", part="XV-5")
    assert paper.title.startswith("Kết quả công tác phục vụ Kỳ họp thứ 5, Quốc hội khóa XV và phương hướng")
    assert paper.chapters[0].heading == "KẾT QUẢ CÔNG TÁC PHỤC VỤ KỲ HỌP THỨ 5, QUỐC HỘI KHÓA XV"
    assert paper.period == "Kỳ họp thứ 5, Quốc hội khóa XV"


def test_a_column_holds_the_words_of_its_head_in_one_piece() -> None:
    """A word of the head that does not fit is broken within by a word processor: Nguồ-n."""
    rows = (("STT", "Tên", "Ngày", "Nguồn"), ("1", "Luật Quản lý, bảo vệ công trình quốc phòng", "28/11/2023", "[4] ?"))
    block = Block(Style.PARAGRAPH, rows=rows, head=True)
    of = layout("nd30")
    cell_sides, spare = 3.9, 1.0  # millimetres
    for word, share in zip(rows[0], block.shares(), strict=True):
        assert share * of.text_width > bold_width(word, of.table) + cell_sides + spare, word
