"""PDF files: right Vietnamese when copied out, the layout of the rules, tagged and titled."""

import io
import os
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings

from dienhong.texts.akn.tests.wild import texts
from dienhong.texts.tree import Kind, Node, Text
from dienhong.texts.writing import to_pdf
from dienhong.texts.writing.pdf import NoFont, _families, fonts_folder
from dienhong.texts.writing.tests.papers import CERTIFICATION, decision, law, letter

NAMED = os.environ.get("DIENHONG_FONTS")
FONTS = Path(NAMED) if NAMED else fonts_folder()
pytestmark = pytest.mark.skipif(
    not _families(str(FONTS) if FONTS else ""), reason="no font with Vietnamese letters: run the set-up"
)


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def made(text: Text, layout="law", **options) -> bytes:
    return to_pdf(text, layout, fonts=FONTS, **options)


def test_what_is_copied_out_is_composed_vietnamese():
    text = law()
    text.body[0].children[0].footnotes = []
    text.body[0].children[0].text = unicodedata.normalize("NFD", "Thửa đất ở phường Ngọc Hà, quyền sử dụng, ưỡn ẹo.")
    shown = " ".join(" ".join(pages(made(text))).split())
    assert "Thửa đất ở phường Ngọc Hà, quyền sử dụng, ưỡn ẹo." in shown
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in shown
    assert "Điều 1. Phạm vi điều chỉnh" in shown
    assert shown == unicodedata.normalize("NFC", shown)


@pytest.mark.parametrize(("paper", "layout"), [(law, "law"), (letter, "nd30"), (decision, "nd30")])
def test_the_national_title_stands_on_one_line(paper, layout):
    lines = pages(made(paper(), layout))[0].split("\n")
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in lines)


def test_pages_are_numbered_from_the_second_and_anew_in_an_appendix():
    shown = pages(made(law()))
    assert len(shown) >= 3
    assert "Phụ lục I" in shown[1]
    assert not shown[0].startswith("1")
    assert not shown[1].startswith(("1", "2"))
    assert shown[2].startswith("2")


def test_the_file_has_a_title_a_language_and_tags():
    data = made(law())
    assert pypdfium2.PdfDocument(io.BytesIO(data)).get_metadata_dict()["Title"] == "LUẬT MẪU"
    assert b"/Lang" in data
    assert b"/MarkInfo" in data
    assert b"pdfuaid:part" in data
    assert b"pdfaid:part" in data


def test_headings_are_the_bookmarks():
    document = pypdfium2.PdfDocument(io.BytesIO(made(law())))
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert (1, "Điều 1. Phạm vi điều chỉnh") in marks
    assert marks[0][0] == 0


def test_notes_stand_on_the_page_and_a_consolidated_text_is_certified():
    shown = " ".join(" ".join(pages(made(law(), "consolidated", certification=CERTIFICATION))).split())
    assert "Được sửa đổi theo Luật số 2/2024/QH15." in shown
    for part in ("Số: 03/VBHN-VPQH", "XÁC THỰC VĂN BẢN HỢP NHẤT", "Lê Thị Ví Dụ", "được sửa đổi, bổ sung bởi:"):
        assert part in shown


def test_a_sign_that_no_font_holds_does_not_stop_the_paper():
    text = Text(title="Mẫu", body=[Node(Kind.PARAGRAPH, text="Ký hiệu \U0001f9ff\ue123 lạ")])
    assert "lạ" in "".join(pages(made(text)))


def test_the_same_text_gives_the_same_bytes():
    assert made(law()) == made(law())


def test_without_a_font_the_reason_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("dienhong.texts.writing.pdf._families", lambda _: [])
    with pytest.raises(NoFont, match="run the set-up"):
        made(law())


@given(texts())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_tree_gives_a_file(text):
    assert made(text).startswith(b"%PDF-")
