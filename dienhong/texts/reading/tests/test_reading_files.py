"""Files of every format, whole and broken: read with their numbers and notes, or refused in one plain sentence."""

# ruff: noqa: E501  the long lines are sample texts
from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest

from dienhong.texts.reading import Limits, Unreadable, read, source_of
from dienhong.texts.reading.encodings import decode, likeness, tcvn3, vni
from dienhong.texts.reading.tests.made import W, codes, one, package, paragraph, shape, source
from dienhong.texts.tree import Kind

BODY = "Chương I\nNHỮNG QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n1. Luật này quy định về lưu trữ, thủy lợi và hòa giải.\n2. Người dân được:\na) Học;\nb) Hỏi."


def numbering(*levels: tuple[str, str]) -> str:
    """A numbering.xml with one list of these levels (format, text)."""
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )


def test_automatic_numbers_of_word_become_text():
    list_xml = numbering(("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
    body = "".join(
        [
            paragraph("Phạm vi", 1, 0), paragraph("Khoản một:", 1, 1), paragraph("Điểm a;", 1, 2), paragraph("Điểm b.", 1, 2),
            paragraph("Khoản hai.", 1, 1), paragraph("Áp dụng", 1, 0), paragraph("Lại từ một.", 1, 1), paragraph("Hai.", 1, 1),
        ]
    )  # fmt: skip
    text = read(package(body, word__numbering_xml=list_xml))
    assert shape(text.body) == [
        "article 1", "  clause 1", "    point a", "    point b", "  clause 2", "article 2", "  clause 1", "  clause 2",
    ]  # fmt: skip
    assert text.body[0].heading == "Phạm vi"


def test_a_list_may_come_from_the_style_and_have_letters_of_its_own():
    letters = '<w:numFmt w:val="custom" w:format="a, b, c, d, đ, e"/>'
    list_xml = numbering(("decimal", "%1."), ("lowerLetter", "%2)")).replace('<w:numFmt w:val="lowerLetter"/>', letters)
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="Khoan"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Diem"><w:basedOn w:val="Khoan"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    body = (
        paragraph("Điều 1. Một")
        + paragraph("Gồm:", style="Khoan")
        + "".join(paragraph(f"ý {i};", style="Diem") for i in range(6))
    )
    text = read(package(body, word__numbering_xml=list_xml, word__styles_xml=styles))
    assert [n.number for n in text.body[0].children[0].children] == ["a", "b", "c", "d", "đ", "e"]


def test_latin_letters_of_an_automatic_list_are_kept_and_marked():
    body = paragraph("Điều 1. Một") + paragraph("1. Gồm:") + "".join(paragraph(f"Ý {i};", 1, 1) for i in range(6))
    text = read(package(body, word__numbering_xml=numbering(("decimal", "%1."), ("lowerLetter", "%2)"))))
    assert [n.number for n in text.body[0].children[0].children] == ["a", "b", "c", "d", "e", "f"]
    assert {"auto-letters", "point-order", "point-letter"} <= codes(text)


def test_tables_notes_breaks_and_struck_text_of_word():
    table = (
        "<w:tbl>"
        + "".join(
            "<w:tr>" + "".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) + "</w:tr>"
            for row in (("Số", "Tên"), ("1", "Rượu"))
        )
        + "</w:tbl>"
    )
    note = '<w:p><w:r><w:t>1. Được sửa</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:t xml:space="preserve"> theo luật.</w:t></w:r><w:del><w:r><w:delText>Bỏ đi</w:delText></w:r></w:del></w:p>'
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="3">{paragraph("Theo Luật số 5.")}</w:footnote></w:footnotes>'
    broken = "<w:p><w:r><w:t>Chương I</w:t><w:br/><w:t>CHUNG</w:t></w:r></w:p>"
    text = read(
        package(
            broken + paragraph("Điều 1. Một") + note + paragraph("2. Biểu:") + table,
            word__footnotes_xml=notes,
            word__vbaProject_bin=b"x",
        )
    )
    assert text.body[0].heading == "CHUNG"
    clause = one(text, Kind.CLAUSE, "1")
    assert clause.text == "Được sửa theo luật."
    assert [(n.text, n.offset) for n in clause.footnotes] == [("Theo Luật số 5.", len("Được sửa"))]
    assert next(n for n in text.walk() if n.kind is Kind.TABLE).rows == (("Số", "Tên"), ("1", "Rượu"))
    assert {"macros", "dropped-struck"} <= codes(text)
    assert next(d.text for d in text.doubts if d.code == "dropped-struck") == "Bỏ đi"


def test_the_heading_block_in_two_columns_is_flattened():
    cells = "".join(
        f"<w:tc>{paragraph(a)}{paragraph(b)}</w:tc>"
        for a, b in (
            ("QUỐC HỘI", "Luật số: 5/2024/QH15"),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 1 tháng 2 năm 2024"),
        )
    )
    text = read(
        package(
            f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
            + paragraph("LUẬT")
            + paragraph("MẪU")
            + paragraph("Điều 1. Một")
            + paragraph("Hai.")
        )
    )
    assert (text.number, text.title, str(text.date)) == ("5/2024/QH15", "LUẬT MẪU", "2024-02-01")
    assert not [n for n in text.walk() if n.kind is Kind.TABLE]


def test_html_of_word_is_read_with_tables_and_lists():
    page = """<html><head><title>Không đọc</title><style>p{}</style></head><body><table><tr><td><p>QUỐC HỘI<br>---</p></td><td><p>CỘNG HÒA XÃ
    HỘI CHỦ NGHĨA VIỆT NAM</p></td></tr></table><p>LUẬT</p><p>MẪU</p><p><a name="dieu_1"><b>Điều 1.
    Phạm vi</b></a></p><p>1. Một m<sup>2</sup>.</p><table border=1><tr><th>Số</th><th>Tên</th></tr><tr><td>1</td><td>Bia</td></tr></table>
    <p>2. Hai:</p><ol type="a"><li>Ba;</li><li>Bốn.</li></ol><script>alert(1)</script></body></html>"""
    text = read(page.encode())
    assert text.title == "LUẬT MẪU"
    assert text.body[0].heading == "Phạm vi"
    assert one(text, Kind.CLAUSE, "1").text == "Một m2."
    assert shape(text.body) == ["article 1", "  clause 1", "    table", "  clause 2", "    point a", "    point b"]
    assert "alert" not in str(text)


def test_a_pdf_with_text_is_joined_into_paragraphs():
    typst = pytest.importorskip("typst")
    clause = "Cơ quan, tổ chức có trách nhiệm phối hợp thực hiện nhiệm vụ quản lý tài liệu lưu trữ theo quy định. " * 4
    articles = "\n\n".join(f"Điều {n}. Nội dung thứ {n}\n\n1. {clause}\n\n2. Hết khoản." for n in range(1, 25))
    made = (
        '#set page(height: 400pt, numbering: "1", header: [Công báo số 12])\n#set par(first-line-indent: 1cm)\nLUẬT\n\nLƯU TRỮ MẪU\n\n'
        + articles
    )
    text = read(typst.compile(made.encode()))
    assert [n.number for n in text.body] == [str(n) for n in range(1, 25)]
    assert all([c.number for c in n.children] == ["1", "2"] for n in text.body)
    assert all(n.children[0].text == clause.strip() for n in text.body)
    assert {"dropped-page-number", "dropped-running-head"} <= codes(text)


def test_numbers_of_articles_at_the_top_of_pages_are_no_running_heads():
    typst = pytest.importorskip("typst")
    articles = "#pagebreak()".join(f"Điều {n}\n\nNội dung của điều thứ {n}.\n\n" for n in range(1, 7))
    text = read(typst.compile(f"#set page(height: 300pt)\n{articles}".encode()))
    assert [n.number for n in text.body] == list("123456")
    assert not codes(text) & {"dropped-running-head"}


def test_a_pdf_of_pictures_says_that_it_is_scanned():
    typst = pytest.importorskip("typst")
    with pytest.raises(Unreadable, match="scanned"):
        read(typst.compile(b"#rect(width: 5cm, height: 5cm)"))


# --- encodings -------------------------------------------------------------------------------------------------------

SAID = unicodedata.normalize("NFC", source(BODY))


def backwards(forwards, text: str) -> str:
    """The text in an old font's letters, by trying every letter of the font forwards."""
    table: dict[str, str] = {}
    letters = [chr(c) for c in range(0x21, 0x100)]
    for first in letters:
        table.setdefault(forwards(first), first)
    for first in "aeouyôöAEOUYÔÖ":
        for second in letters[64:]:
            said = forwards(first + second)
            if len(said) == 1:
                table.setdefault(said, first + second)
    return "".join(table.get(char, char) for char in text)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SAID.encode("utf-8-sig"), ""),
        (SAID.encode("utf-16"), ""),
        (SAID.encode("utf-16-le"), ""),
        (unicodedata.normalize("NFD", SAID).encode(), ""),
        (SAID.encode("utf-8"), ""),
        (backwards(vni, SAID).encode("latin-1"), "VNI"),
        (backwards(vni, SAID).encode("utf-8"), "VNI"),
    ],
)
def test_encodings_are_found_by_what_they_say(data: bytes, name: str):
    said, doubts = decode(data)
    assert unicodedata.normalize("NFC", said) == SAID
    assert [d.reason for d in doubts] == ([f"converted from {name}"] if name else [])


def test_tcvn3_is_converted_where_its_font_has_letters():
    small = "điều 1. phạm vi điều chỉnh của luật này về thủy lợi và hòa giải; người dân được hưởng quyền theo quy định của pháp luật"
    old = backwards(tcvn3, small)
    assert tcvn3(old) == small
    for data in (old.encode("latin-1"), old.encode("utf-8")):
        said, doubts = decode(data)
        assert said == small
        assert doubts[0].reason == "converted from TCVN3"


def test_cp1258_is_converted():
    parts = []
    for char in SAID:
        try:
            parts.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            base, marks = unicodedata.normalize("NFD", char)[0], unicodedata.normalize("NFD", char)[1:]
            tone = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
            rest = unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in tone))
            parts.append((rest + "".join(tone)).encode("cp1258"))
    said, doubts = decode(b"".join(parts))
    assert said == SAID
    assert doubts[0].reason == "converted from CP1258"


def test_old_fonts_of_word_are_converted_run_by_run():
    old = backwards(tcvn3, "phạm vi điều chỉnh")
    run = f'<w:p><w:r><w:t xml:space="preserve">Điều 1. </w:t></w:r><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>{old}</w:t></w:r></w:p>'
    text = read(package(run + paragraph("Hết.")))
    assert text.body[0].heading == "phạm vi điều chỉnh"
    assert "encoding" in codes(text)


def test_vietnamese_is_told_from_other_words():
    assert likeness(SAID) > 0.3
    assert likeness("The quick brown fox jumps over the lazy dog") < 0.1


# --- bad input -------------------------------------------------------------------------------------------------------


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
ENTITY = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n \r\n", "empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), r"\.doc.*save it as DOCX"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "picture"),
        (b"PK\x03\x04" + b"\x00" * 50, "damaged"),
        (zipped(a=b"x"), "without a text document"),
        (zipped(xl__workbook=b"x", **{"xl/workbook.xml": b"x"}), "workbook"),
        (zipped(**{"word/document.xml": b"0" * 60_000_000}), "unpack"),
        (zipped(**{f"word/{i}.xml": b"" for i in range(4500)}), "4500 files"),
        (zipped(**{"word/document.xml": ENTITY.encode()}), "document type or entities"),
        (zipped(**{"word/document.xml": b"<broken"}), "not well-formed"),
        (zipped(**{"word/document.xml": b"<a>" * 3000 + b"</a>" * 3000}), "not well-formed"),
        (b"%PDF-1.7 rubbish", "PDF is damaged"),
        (bytes(range(256)) * 40, "control characters"),
        (b"<?xml version='1.0'?><data/>", "only Akoma Ntoso"),
        (b"<html><body></body></html>", "no text"),
        (b"<akomaNtoso><act>", "not well-formed"),
        (b'<!DOCTYPE akomaNtoso [<!ENTITY x "y">]><akomaNtoso><act>&x;</act></akomaNtoso>', "entities"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, says: str):
    with pytest.raises(Unreadable, match=says) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_a_file_over_the_limit_is_not_loaded(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(Unreadable, match="200 MB; the limit is 64 MB"):
        read(path)
    with pytest.raises(Unreadable, match="limit is 0 kB"):
        read(SAID.encode(), limits=Limits(file_bytes=500))


def test_a_file_that_lies_about_its_type_is_read_and_marked():
    text = read(SAID.encode(), name="luat.docx")
    assert text.number == "24/2023/QH15"
    assert "file-type" in codes(text)
    assert source_of(package(paragraph("Điều 1. Một")), "luat.pdf").doubts[0].code == "file-type"


def test_a_missing_file_is_told_plainly(tmp_path):
    with pytest.raises(Unreadable, match="cannot be opened"):
        read(tmp_path / "none.txt")


def test_utf8_that_was_encoded_twice_is_mended():
    wrong = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in SAID.encode())
    said, doubts = decode(wrong.encode())
    assert said == SAID
    assert doubts[0].reason == "converted from UTF-8 twice"
