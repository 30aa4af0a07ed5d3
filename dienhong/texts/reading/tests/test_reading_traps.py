"""The traps of real laws, each in a small law made for it."""

# ruff: noqa: E501  the long lines are sample texts
from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from dienhong.texts.reading import read_text
from dienhong.texts.reading.account import account
from dienhong.texts.reading.tests.made import codes, law, one, shape, source
from dienhong.texts.tree import Kind


def test_the_heading_block_gives_number_date_place_name_grounds_and_signature():
    text = law("Điều 1. Phạm vi điều chỉnh\nLuật này quy định về lưu trữ.")
    assert (text.number, text.kind, text.date) == ("24/2023/QH15", "law", dt.date(2023, 11, 24))
    assert (text.title, text.place, text.issuer) == ("LUẬT LƯU TRỮ MẪU", "Hà Nội", "QUỐC HỘI")
    assert text.grounds == ["Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;"]
    assert text.lead == ["Quốc hội ban hành Luật Lưu trữ mẫu."]
    assert text.closing[0].startswith("Luật này được Quốc hội")
    assert text.signature == ["CHỦ TỊCH QUỐC HỘI", "Trần Văn Mẫu"]
    assert text.doubts == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 21-LCT/HĐNN8", "21-LCT/HĐNN8"),
        ("Luật số: 28/2004/QH 11", "28/2004/QH11"),
        ("Số: 101-SL/L.003", "101-SL/L.003"),
        ("Số: 23-L/CTN", "23-L/CTN"),
        ("Luật số: 03/VBHN-VPQH", "03/VBHN-VPQH"),
        ("Số: 05/2025/NQ-HĐND", "05/2025/NQ-HĐND"),
        ("Số : 30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("Pháp lệnh số: 04/2023/UBTVQH15", "04/2023/UBTVQH15"),
    ],
)
def test_numbers_of_every_age_are_read(line: str, number: str):
    text = read_text(source("Điều 1. Một\nHai.").replace("Luật số: 24/2023/QH15", line))
    assert text.number == number
    assert ("number-slip" in codes(text)) == (" 11" in line)


def test_a_misspelt_year_is_read_and_marked():
    text = read_text(source("Điều 1. Một\nHai.").replace("tháng 11 năm 2023\n\nLUẬT", "tháng 6 hăm 2018\n\nLUẬT"))
    assert text.date == dt.date(2018, 6, 24)
    assert "date-slip" in codes(text)


@pytest.mark.parametrize(
    "head",
    [
        "Điều 1. Phạm vi",
        "Điều 1: Phạm vi",
        "Điều 1\nPhạm vi",
        "Điều 1.\nPhạm vi",
        "Điều 1.- Phạm vi",
        "ĐIỀU 1. Phạm vi",
    ],
)
def test_an_article_is_known_however_its_number_is_written(head: str):
    text = law(f"{head}\nLuật này quy định về lưu trữ.\n\n{head.replace('1', '2')}\nĐoạn hai.")
    assert [(n.number, n.heading) for n in text.body] == [("1", "Phạm vi"), ("2", "Phạm vi")]
    assert text.body[0].text == "Luật này quy định về lưu trữ."


def test_an_article_without_a_title_keeps_its_text():
    text = law("Điều 1\n\nCông dân có quyền lập công ty.\n\nĐiều 2\n\nCông ty có tên riêng.")
    assert [(n.heading, n.text) for n in text.body] == [
        ("", "Công dân có quyền lập công ty."),
        ("", "Công ty có tên riêng."),
    ]


def test_text_on_the_line_of_the_number_is_not_a_title():
    text = law("\n\n".join(f"Điều {n}. Không ai được xâm phạm quyền thứ {n}." for n in range(1, 6)))
    assert {n.heading for n in text.body} == {""}
    assert text.body[4].text == "Không ai được xâm phạm quyền thứ 5."


def test_a_citation_at_the_beginning_of_a_line_is_not_an_article():
    text = law(
        "Điều 1. Một\nTheo quy định.\nĐiều 5 của Luật này áp dụng.\nĐiều 2 Luật khác cũng vậy.\n\nĐiều 2. Hai\nHết."
    )
    assert [n.number for n in text.body] == ["1", "2"]


def test_titles_broken_over_lines_are_joined():
    text = law("Chương I\nNHỮNG QUY ĐỊNH\nCHUNG\n\nĐiều 1. Quyền và nghĩa vụ của\ncông dân\n1. Một.\n2. Hai.")
    assert text.body[0].heading == "NHỮNG QUY ĐỊNH CHUNG"
    assert text.body[0].children[0].heading == "Quyền và nghĩa vụ của công dân"


def test_parts_chapters_sections_and_subsections_nest():
    body = (
        "Phần thứ nhất\nQUY ĐỊNH CHUNG\nChương I\nMỞ ĐẦU\nMục 1. MỤC MỘT\nTiểu mục 1. NHỎ\nĐiều 1. Một\nA.\n"
        "Mục 2\nMỤC HAI\nĐiều 2. Hai\nB.\nPHẦN II\nPHẦN SAU\nChương II\nTIẾP\nĐiều 3. Ba\nC."
    )
    assert shape(law(body).body) == [
        "part I", "  chapter I", "    section 1", "      subsection 1", "        article 1", "    section 2", "      article 2",
        "part II", "  chapter II", "    article 3",
    ]  # fmt: skip


def test_inserted_units_keep_their_letters():
    body = "Chương II\nHAI\nĐiều 12. Một\n1. A.\n1a. B.\n2. C:\na) D;\nđ1) E;\n\nĐiều 12a. Hai\nF.\n\nChương IIa\nHAI A\nĐiều 13. Ba\nG."
    text = law(body)
    numbers = [n.number for n in text.walk()]
    assert numbers == ["II", "12", "1", "1a", "2", "a", "đ1", "12a", "IIa", "13"]
    assert text.find("art_12__para_2__point_dd1") is not None


def test_points_follow_the_letters_of_the_law():
    letters = "abcdđeghiklmnopqrstuvxy"
    text = law("Điều 1. Một\n1. Gồm:\n" + "\n".join(f"{c}) Điểm {c};" for c in letters))
    assert "".join(n.number for n in text.body[0].children[0].children) == letters
    assert text.doubts == []
    assert "point-order" in codes(law("Điều 1. Một\n1. Gồm:\na) A;\nb) B;\ne) C."))


def test_paragraphs_stand_where_they_belong():
    body = "Điều 1. Một\nMở đầu điều.\nĐoạn hai.\n1. Khoản một:\na) Điểm a;\nTiếp điểm a.\nb) Điểm b;\nTiếp khoản một.\n2. Khoản hai.\nTiếp khoản hai."
    article = law(body).body[0]
    assert article.text == "Mở đầu điều."
    assert shape([article]) == [
        "article 1", "  paragraph", "  clause 1", "    point a", "      paragraph", "    point b", "    paragraph", "  clause 2",
        "    paragraph",
    ]  # fmt: skip


def test_articles_quoted_in_an_amending_law_are_not_its_articles():
    body = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Lưu trữ\n1. Sửa đổi, bổ sung Điều 5 như sau:\n“Điều 5. Mới\n1. Một.\n2. Hai.”;\n"
        "2. Bổ sung Điều 6a và Điều 6b vào sau Điều 6 như sau:\n“Điều 6a. A\nBa.\nĐiều 6b. B\nBốn.”.\n\nĐiều 2. Hiệu lực\nNgay."
    )
    text = law(body)
    assert [n.number for n in text.body] == ["1", "2"]
    assert shape(text.body[0].children) == [
        "clause 1", "  quote", "    article 5", "      clause 1", "      clause 2",
        "clause 2", "  quote", "    article 6a", "    article 6b",
    ]  # fmt: skip
    quote = text.body[0].children[0].children[0]
    assert (quote.label, quote.tail) == ("“", "”;")
    assert one(text, Kind.CLAUSE, "2").children == []
    assert text.doubts == []


def test_an_unclosed_quotation_ends_with_the_next_instruction():
    body = (
        "Điều 1. Sửa đổi một số điều\n1. Sửa đổi, bổ sung Điều 5 như sau:\n“Điều 5. Mới\n1. Một.\n2. Hai.\n2. Bãi bỏ Điều 6.\n"
        "3. Điều 9 được sửa đổi, bổ sung như sau:\n“Điều 9. Chín\nMười.\n\nĐiều 2. Hiệu lực thi hành\nNgay."
    )
    text = law(body)
    assert [n.number for n in text.body] == ["1", "2"]
    assert [n.number for n in text.body[0].children] == ["1", "2", "3"]
    assert [d.code for d in text.doubts] == ["quote-unclosed", "quote-unclosed"]


def test_an_article_to_be_inserted_without_quotation_marks_is_kept_apart_and_marked():
    body = "Điều 1. Sửa đổi\n1. Bổ sung Điều 8a vào sau Điều 8 như sau:\nĐiều 8a. Mới\nMột.\n2. Bãi bỏ Điều 9.\n\nĐiều 2. Hiệu lực\nNgay."
    text = law(body)
    assert [n.number for n in text.body] == ["1", "2"]
    assert [n.number for n in text.body[0].children] == ["1", "2"]
    assert "quote-unmarked" in codes(text)


def test_a_term_in_quotation_marks_opens_nothing():
    text = law('Điều 1. Từ ngữ\n1. "Công ty" là doanh nghiệp.\n“Vốn” là tiền:\n“Lãi” là phần dư.\n\nĐiều 2. Hai\nHết.')
    assert not [n for n in text.walk() if n.kind is Kind.QUOTE]


def test_a_quotation_in_the_middle_of_a_line_is_found():
    text = law("Điều 1. Sửa đổi\n1. Khoản 2 Điều 5 được sửa đổi như sau: “2. Nội dung mới.”;\n2. Bãi bỏ Điều 6.")
    quote = one(text, Kind.CLAUSE, "1").children[0]
    assert (quote.kind, quote.children[0].kind, quote.children[0].number, quote.tail) == (
        Kind.QUOTE,
        Kind.CLAUSE,
        "2",
        "”;",
    )


def test_tab_separated_lines_are_a_table():
    text = law("Điều 1. Biểu\nNhư sau:\nSố\tTên\tMức\n1\tRượu\t65\n2\tBia\t60\n\nĐiều 2. Hai\nHết.")
    table = next(n for n in text.walk() if n.kind is Kind.TABLE)
    assert table.rows == (("Số", "Tên", "Mức"), ("1", "Rượu", "65"), ("2", "Bia", "60"))


def test_a_formula_is_kept_as_text():
    text = law("Điều 1. Tính\n1. Thuế phải nộp:\nSố thuế = Giá tính thuế x Thuế suất\n2. Hết.")
    assert [n.text for n in text.walk() if n.kind is Kind.FORMULA] == ["Số thuế = Giá tính thuế x Thuế suất"]


def test_appendices_and_forms_come_after_the_signature():
    said = (
        source("Điều 1. Một\nHai.")
        + "\nPHỤ LỤC I\nDANH MỤC\n(Ban hành kèm theo Luật số 24/2023/QH15)\n1. Một.\n2. Hai.\nMẪU SỐ 01\nĐƠN\nKính gửi:\n\nPHỤ LỤC II\nBIỂU\nBa."
    )
    text = read_text(said)
    assert [(a.kind, a.number, a.heading) for a in text.appendices] == [
        (Kind.APPENDIX, "I", "DANH MỤC"),
        (Kind.APPENDIX, "II", "BIỂU"),
    ]
    assert [n.kind for n in text.appendices[0].children] == [Kind.CLAUSE, Kind.CLAUSE, Kind.FORM]
    assert text.signature == ["CHỦ TỊCH QUỐC HỘI", "Trần Văn Mẫu"]


def test_footnotes_of_a_consolidated_text_are_tied_to_their_places():
    said = source("Điều 1. Phạm vi[1]\n1. Khoản một[2] được giữ.\n2. Khoản hai.") + (
        "\n[1] Tên điều này được sửa theo Luật số 1.\n[2] Cụm từ được thay\ntheo Luật số 2.\n"
    )
    text = read_text(said)
    assert text.body[0].heading == "Phạm vi"
    note = one(text, Kind.CLAUSE, "1").footnotes[0]
    assert (note.mark, note.text, note.offset) == ("2", "Cụm từ được thay\ntheo Luật số 2.", len("Khoản một"))
    assert one(text, Kind.CLAUSE, "1").text == "Khoản một được giữ."
    assert account(said, text).whole


def test_decomposed_unicode_reads_the_same():
    said = source("Điều 1. Hoà giải\n1. Thuỷ lợi.\n2. Hết.")
    text = read_text(unicodedata.normalize("NFD", said))
    assert text.body == read_text(said).body
    assert text.title == "LUẬT LƯU TRỮ MẪU"


def test_tone_placement_of_the_source_is_kept():
    text = law("Điều 1. Hoà giải\nThuỷ lợi và hòa bình.")
    assert (text.body[0].heading, text.body[0].text) == ("Hoà giải", "Thuỷ lợi và hòa bình.")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Điều 1. Một\nA.\n\nĐiền 2. Hai\nB.", "article-slip"),
        ("Điều 1. Một\nA.\n\nĐiều 2 Hai và ba\n1. B.\n2. C.", "article-stop"),
        ("Điều 1. Một\nA.\n\nĐiều 4. Hai\nB.", "article-gap"),
        ("Điều 1. Một\nA.\n\nĐiều 2. Hai\nB.\n\nĐiều 2. Ba\nC.", "article-repeated"),
        ("Điều 1. Một\n1. A.\n3. B.", "clause-gap"),
        ("Điều 1. Một\n1 Tổ chức, cá nhân có quyền lưu trữ tài liệu.\n2. B.", "clause-stop"),
        ("Chương I\nMỘT\nĐiều 1. Một\nA.\nChương IIHAI VÀ BA\nĐiều 2. Hai\nB.", "chapter-glued"),
        ("Điều 1. Một\n1. Trong đô thị.2. Chính phủ quy định chi tiết.\n3. Hết.", "lines-glued"),
    ],
)
def test_slips_are_read_as_meant_and_marked(body: str, code: str):
    said = source(body)
    text = read_text(said)
    assert code in codes(text)
    assert account(said, text).ordered
    doubt = next(d for d in text.doubts if d.code == code)
    assert said.splitlines()[doubt.line - 1].strip().startswith(doubt.text[:20])


def test_old_ordinances_with_dashes_and_brackets_are_read():
    body = "Chương 1:\nNGUYÊN TẮC\nĐiều 1\n1- Một là;\n2- Hai là:\na- Thứ nhất;\nb- Thứ hai.\n\nĐiều 2\n1) Ba;\n2) Bốn."
    assert shape(law(body).body) == [
        "chapter I", "  article 1", "    clause 1", "    clause 2", "      point a", "      point b",
        "  article 2", "    clause 1", "    clause 2",
    ]  # fmt: skip


def test_a_resolution_without_articles_is_read():
    said = (
        "QUỐC HỘI\nNghị quyết số: 1/2024/QH15\nNGHỊ QUYẾT\nVỀ MỘT VIỆC\nCăn cứ Hiến pháp;\nQUYẾT NGHỊ:\n"
        "I. Đánh giá\n1. Một.\n2. Hai:\na) Ba;\nb) Bốn.\nII. Nhiệm vụ\n1. Năm."
    )
    text = read_text(said)
    assert text.kind == "resolution"
    assert shape(text.body) == [
        "section I",
        "  clause 1",
        "  clause 2",
        "    point a",
        "    point b",
        "section II",
        "  clause 1",
    ]
    assert account(said, text).ordered


def test_a_bill_says_that_it_is_one():
    said = source("Điều 1. Một\nHai.").replace("Luật số: 24/2023/QH15", "Luật số:      /2025/QH15\n\nDỰ THẢO 2")
    text = read_text(said)
    assert (text.kind, text.number) == ("bill", "")


def test_a_table_of_contents_holds_no_articles():
    toc = "MỤC LỤC\nChương I NHỮNG QUY ĐỊNH CHUNG ........ 2\nĐiều 1. Một ........ 2\nĐiều 2. Hai ........ 3\n"
    text = read_text(toc + source("Chương I\nCHUNG\nĐiều 1. Một\nA.\n\nĐiều 2. Hai\nB."))
    assert [n.number for n in text.walk()] == ["I", "1", "2"]


def test_hard_wrapped_text_is_joined_again():
    words = "Cơ quan, tổ chức có trách nhiệm phối hợp thực hiện nhiệm vụ quản lý tài liệu lưu trữ theo quy định của pháp luật"
    lines = []
    for n in range(1, 8):
        said = f"{n}. " + " ".join([words] * 3) + "."
        while len(said) > 70:
            cut = said.rindex(" ", 0, 70)
            lines.append(said[:cut])
            said = said[cut + 1 :]
        lines.append(said)
    body = "Điều 1. Trách nhiệm\n" + "\n".join(lines)
    from dienhong.texts.reading import read

    text = read(source(body).encode())
    assert [n.number for n in text.body[0].children] == list("1234567")
    assert all(n.text == " ".join([words] * 3) + "." and not n.children for n in text.body[0].children)


def test_a_constitution_of_1946_is_read():
    said = (
        "HIẾN PHÁP\nNƯỚC VIỆT NAM DÂN CHỦ CỘNG HOÀ\nLỜI NÓI ĐẦU\nCuộc cách mạng đã giành lại chủ quyền.\n"
        "CHƯƠNG THỨ NHẤT: CHÍNH THỂ\nĐiều thứ 1\nNước Việt Nam là một nước dân chủ.\n"
        "CHƯƠNG THỨ II\nNGHĨA VỤ\nMục A\nNghĩa vụ\nĐiều thứ 2\nMỗi công dân phải:\n- Bảo vệ Tổ quốc.\n- Tôn trọng Hiến pháp."
    )
    text = read_text(said)
    assert (text.kind, text.title) == ("constitution", "HIẾN PHÁP NƯỚC VIỆT NAM DÂN CHỦ CỘNG HOÀ")
    assert text.lead == ["LỜI NÓI ĐẦU", "Cuộc cách mạng đã giành lại chủ quyền."]
    assert shape(text.body) == [
        "chapter I", "  article 1", "chapter II", "  section A", "    article 2", "      item -", "      item -",
    ]  # fmt: skip


def test_a_decree_law_of_1946_is_read():
    said = (
        "CHỦ TỊCH CHÍNH PHỦ VIỆT NAM DÂN CHỦ CỘNG HOÀ\nSẮC LỆNH SỐ 13 NGÀY 24 THÁNG 1 NĂM 1946 VỀ TỔ CHỨC TOÀ ÁN\n"
        "Chiểu theo đề nghị của Bộ trưởng Bộ Tư pháp;\nRA SẮC LỆNH:\nCHƯƠNG THỨ I\nTOÀ ÁN\nTiết thứ I\nSƠ CẤP\n"
        "Điều thứ 1. - Mỗi quận có một toà án.\nĐiều thứ hai. Bộ trưởng thi hành.\n"
        "Hà Nội, ngày 24 tháng 1 năm 1946\nCHỦ TỊCH CHÍNH PHỦ\nHồ Chí Minh"
    )
    text = read_text(said)
    assert (text.kind, text.number, text.date) == ("order", "13", dt.date(1946, 1, 24))
    assert shape(text.body) == ["chapter I", "  section 1", "    article 1", "    article 2"]
    assert text.signature == ["Hà Nội, ngày 24 tháng 1 năm 1946", "CHỦ TỊCH CHÍNH PHỦ", "Hồ Chí Minh"]
    assert account(said, text).ordered


def test_a_resolution_of_a_province_with_its_annexed_rules_is_read():
    said = (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH MẪU\nSố: 05/2025/NQ-HĐND\nMẫu, ngày 07 tháng 7 năm 2025\nNGHỊ QUYẾT\nQuy định mức thu phí\n"
        "trên địa bàn tỉnh Mẫu\nHỘI ĐỒNG NHÂN DÂN TỈNH MẪU\nKHÓA X, KỲ HỌP THỨ 25\nCăn cứ Luật Phí và lệ phí số 97/2015/QH13;\n"
        "Điều 1. Phạm vi\nNghị quyết này quy định mức thu.\nĐiều 2. Tổ chức thực hiện\nGiao Ủy ban nhân dân tỉnh.\n"
        "Nghị quyết này đã được Hội đồng nhân dân tỉnh Mẫu khóa X thông qua ngày 05 tháng 7 năm 2025./.\n"
        "Nơi nhận:\n- Chính phủ;\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn Mẫu\n"
        "QUY ĐỊNH\nVỀ TRÌNH TỰ\n(Ban hành kèm theo Nghị quyết số 05/2025/NQ-HĐND)\nĐiều 1. Phạm vi\nMột.\nĐiều 2. Đối tượng\nHai."
    )
    text = read_text(said)
    assert (text.number, text.issuer, text.place) == ("05/2025/NQ-HĐND", "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU", "Mẫu")
    assert text.title == "NGHỊ QUYẾT Quy định mức thu phí trên địa bàn tỉnh Mẫu"
    assert [n.number for n in text.body] == ["1", "2"]
    assert [n.number for n in text.appendices[0].children] == ["1", "2"]
    assert text.signature[0] == "Nơi nhận:"
    assert account(said, text).ordered


def test_a_consolidated_text_keeps_its_notes_to_many_lines():
    said = (
        "VĂN PHÒNG QUỐC HỘI\nSố: 03/VBHN-VPQH\nHà Nội, ngày 29 tháng 01 năm 2021\nLUẬT\nKHIẾU NẠI\n"
        "Căn cứ Hiến pháp;\nQuốc hội ban hành Luật khiếu nại[1].\nĐiều 1.[2] Từ ngữ\n1.[3] Khiếu nại là đề nghị.\n2. (được bãi bỏ)[4]\n"
        "Điều 2. Hiệu lực\nLuật này có hiệu lực từ ngày 01 tháng 7 năm 2012.\nXÁC THỰC VĂN BẢN HỢP NHẤT\nCHỦ NHIỆM\nBùi Văn Mẫu\n"
        "[1] Luật số 42 có căn cứ như sau:\n“Căn cứ Hiến pháp;\nĐiều 36. Hiệu lực”\n[2] Sửa.\n[3] Thêm.\n[4] Bỏ."
    )
    text = read_text(said)
    assert [n.number for n in text.walk()] == ["1", "1", "2", "2"]
    assert (text.body[0].heading, text.body[0].children[0].text) == ("Từ ngữ", "Khiếu nại là đề nghị.")
    assert text.footnotes[0].text == "Luật số 42 có căn cứ như sau:\n“Căn cứ Hiến pháp;\nĐiều 36. Hiệu lực”"
    assert [note.mark for node in text.walk() for note in node.footnotes] == ["2", "3", "4"]
    assert text.lead == ["Quốc hội ban hành Luật khiếu nại."]
    assert account(said, text).whole
