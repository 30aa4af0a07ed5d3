"""Word files: the layout that the rules ask for, real notes and tables, and nothing lost."""

import io
import zipfile

import docx
import pytest
from docx.shared import Mm, Pt
from hypothesis import HealthCheck, given, settings
from lxml import etree

from dienhong.texts.akn.tests.wild import texts
from dienhong.texts.tests.strategies import laws
from dienhong.texts.tree import Kind, Node, Text
from dienhong.texts.writing import Link, to_docx
from dienhong.texts.writing.layout import bold_width, layout
from dienhong.texts.writing.tests.papers import CERTIFICATION, decision, law, letter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SLOW = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def words(data: bytes, part: str = "word/document.xml") -> str:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(part))
    return "".join("".join(t.text or "" for t in root.iter(W + "t")).split())


@pytest.mark.parametrize("name", ["law", "nd30", "consolidated"])
def test_paper_margins_and_font_are_within_the_rules(name):
    document = opened(to_docx(law(), name))
    for section in document.sections:
        assert (section.page_width, section.page_height) == (
            pytest.approx(Mm(210), abs=900),
            pytest.approx(Mm(297), abs=900),
        )
        assert Mm(20) - 900 <= section.top_margin <= Mm(25) + 900
        assert Mm(20) - 900 <= section.bottom_margin <= Mm(25) + 900
        assert Mm(30) - 900 <= section.left_margin <= Mm(35) + 900
        assert Mm(15) - 900 <= section.right_margin <= Mm(20) + 900
        assert section.different_first_page_header_footer
    fonts = document.styles.element.find(f".//{W}rPrDefault//{W}rFonts")
    assert fonts.get(W + "ascii") == "Times New Roman"
    body = document.styles["Khoản"]
    assert 13 <= body.font.size.pt <= 14
    assert Mm(10) <= body.paragraph_format.first_line_indent <= Mm(12.8)
    assert body.paragraph_format.space_after >= Pt(6)
    assert 1 <= body.paragraph_format.line_spacing <= 1.5


@pytest.mark.parametrize("name", ["law", "nd30", "consolidated"])
def test_the_national_title_fits_its_column_on_one_line(name):
    chosen = layout(name)
    right = chosen.text_width - chosen.left_column
    assert bold_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", chosen.nation) < right - 2


def test_issuer_and_nation_stand_side_by_side_and_number_beside_the_date():
    table = opened(to_docx(law())).tables[0]
    cells = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    assert cells == [
        ["QUỐC HỘI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
        ["Luật số: 1/2023/QH15", "Hà Nội, ngày 24 tháng 11 năm 2023"],
    ]
    date = table.rows[1].cells[1].paragraphs[0].runs[0]
    assert date.italic
    assert not date.bold


def test_a_letter_has_its_subject_under_the_number_and_its_recipients_beside_the_signature():
    document = opened(to_docx(letter(), "nd30"))
    head, end = document.tables
    issuing = [p for p in head.rows[0].cells[0].paragraphs if p.text]
    assert [(p.text, p.runs[0].bold) for p in issuing] == [
        ("ỦY BAN THƯỜNG VỤ QUỐC HỘI", None),
        ("VĂN PHÒNG QUỐC HỘI", True),
    ]
    number, subject = head.rows[1].cells[0].paragraphs
    assert (number.text, number.runs[0].font.size.pt) == ("Số: 123/VPQH-TH", 13)
    assert (subject.text, subject.paragraph_format.space_before) == ("V/v chuẩn bị Kỳ họp thứ 7", Pt(6))
    left, right = end.rows[0].cells
    assert [(p.text, p.runs[0].font.size.pt) for p in left.paragraphs] == [
        ("Nơi nhận:", 12),
        ("- Như trên;", 11),
        ("- Lưu: VT.", 11),
    ]
    assert left.paragraphs[0].runs[0].bold
    assert left.paragraphs[0].runs[0].italic
    assert [p.text for p in right.paragraphs if p.text] == ["KT. CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Trần Văn Mẫu"]


def test_a_decision_runs_its_articles_in_and_sets_its_grounds_in_italics():
    document = opened(to_docx(decision(), "nd30"))
    styles = {p.text: p.style.name for p in document.paragraphs if p.text}
    assert styles["Căn cứ Nghị quyết số 618/2013/UBTVQH13;"] == "Căn cứ"
    assert document.styles["Căn cứ"].font.italic
    assert styles["QUYẾT ĐỊNH:"] == "Lời ban hành"
    (article,) = [p for p in document.paragraphs if p.text.startswith("Điều 1.")]
    assert article.text == "Điều 1. Thành lập Tổ giúp việc./."
    assert [run.bold for run in article.runs] == [True, None, None]


def test_headings_stand_in_the_outline_under_the_names_of_their_units():
    document = opened(to_docx(law()))
    levels = {}
    for style in document.styles.element.findall(W + "style"):
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None:
            levels[style.find(W + "name").get(W + "val")] = int(outline.get(W + "val"))
    assert levels["Phần"] < levels["Chương"] < levels["Mục"] < levels["Tiểu mục"] < levels["Điều"]
    assert ("Chương I\nNHỮNG QUY ĐỊNH CHUNG", "Chương") in [(p.text, p.style.name) for p in document.paragraphs]


def test_a_note_is_a_real_footnote_and_a_table_a_real_table():
    data = to_docx(law())
    document = opened(data)
    table = document.tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["1", "Thửa đất ở\nphường Ngọc Hà"]
    assert words(data, "word/footnotes.xml") == "ĐượcsửađổitheoLuậtsố2/2024/QH15."
    (paragraph,) = [p for p in document.paragraphs if p.text.startswith("Luật này quy định")]
    kinds = [child.tag.removeprefix(W) for run in paragraph._p.iter(W + "r") for child in run if child.tag != W + "rPr"]
    assert kinds == ["t", "footnoteReference", "t"]


def test_each_appendix_counts_its_own_pages():
    root = opened(to_docx(law())).element
    sections = root.findall(f".//{W}sectPr")
    assert [s.find(W + "pgNumType") is not None for s in sections] == [False, True]


def test_a_consolidated_text_is_headed_and_certified_by_the_office():
    document = opened(to_docx(law(), "consolidated", certification=CERTIFICATION))
    head = document.tables[0]
    assert head.rows[0].cells[0].text.strip() == "VĂN PHÒNG QUỐC HỘI"
    assert head.rows[1].cells[0].text == "Số: 03/VBHN-VPQH"
    lines = [p.text for p in document.paragraphs if p.text]
    assert lines.index(CERTIFICATION.introduction[0]) < lines.index(law().grounds[0])
    for line in ("XÁC THỰC VĂN BẢN HỢP NHẤT", "CHỦ NHIỆM", "Lê Thị Ví Dụ"):
        assert line in lines


def test_references_lead_to_their_unit():
    text = law()
    data = to_docx(text, references=[Link("art_2__para_1", 0, 7, target_id="art_1")])
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    (link,) = root.iter(W + "hyperlink")
    assert link.get(W + "anchor") in [mark.get(W + "name") for mark in root.iter(W + "bookmarkStart")]


def test_the_same_text_gives_the_same_bytes():
    assert to_docx(law()) == to_docx(law())


def test_an_unknown_layout_is_refused():
    with pytest.raises(ValueError, match="no layout 'a5': known are"):
        to_docx(law(), "a5")  # type: ignore[arg-type]


@given(laws())
@SLOW
def test_all_words_of_a_law_are_there_in_their_order(text):
    shown = words(to_docx(text))
    at = 0
    for node in (node for top in text.body for node in top.walk()):
        for part in (node.label, node.heading, node.text, *(cell for row in node.rows for cell in row), node.tail):
            if node.kind is not Kind.QUOTE:
                expected = "".join(part.split())
                found = shown.find(expected, at)
                assert found >= at, f"not there, or not after what stands before it: {part!r}"
                at = found + len(expected)


@given(texts())
@SLOW
def test_any_tree_gives_a_file_that_opens(text):
    assert opened(to_docx(text)).element is not None


def test_marks_that_are_not_counted_on_are_kept():
    text = Text(body=[Node(Kind.PARAGRAPH, text="Có dấu sao")])
    text.body[0].footnotes = [law().body[0].children[0].footnotes[0]]
    text.body[0].footnotes[0].mark = "*"
    data = to_docx(text)
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    (call,) = root.iter(W + "footnoteReference")
    assert call.get(W + "customMarkFollows") == "1"
