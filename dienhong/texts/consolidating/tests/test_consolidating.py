"""A consolidated law is what its amending laws make of it, on any day; what is not exact is left to a person."""

# mypy: disable-error-code="union-attr"

import copy
import datetime as dt

import pytest

from dienhong.texts.consolidating.phrases import spots
from dienhong.texts.consolidating.timeline import Timeline, consolidate
from dienhong.texts.reading import read_text
from dienhong.texts.understanding.references import words_of

BASE = """QUỐC HỘI
Luật số: 01/2011/QH13
Hà Nội, ngày 11 tháng 11 năm 2011
LUẬT
LƯU TRỮ
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Lưu trữ.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Luật này quy định về hoạt động lưu trữ.
Điều 2. Nguyên tắc
1. Nhà nước thống nhất quản lý.
2. Hoạt động lưu trữ thực hiện như sau:
a) Đúng luật;
b) Uỷ ban nhân dân cấp huyện kiểm tra;
c) Công khai.
3. Cấm bán tài liệu.
Chương II
THU THẬP TÀI LIỆU LƯU TRỮ
Điều 3. Trách nhiệm
Cơ quan nộp tài liệu.
Điều 4. Hồ sơ
1. Hồ sơ được lập trong năm. Cơ quan kiểm tra hồ sơ.
2. Hồ sơ được giữ.
Điều 5. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2012.
Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XIII thông qua ngày 11 tháng 11 năm 2011.
"""


def amending(orders, number="09/2024/QH15", passed="20 tháng 6 năm 2024", force="01 tháng 7 năm 2024", last=""):
    lines = "\n".join(f"{n}. {order}" for n, order in enumerate(orders, start=1))
    return read_text(
        f"QUỐC HỘI\nLuật số: {number}\nHà Nội, ngày {passed}\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT LƯU TRỮ\n"
        "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n"
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Lưu trữ số 01/2011/QH13.\n"
        f"Điều 1. Sửa đổi, bổ sung một số điều của Luật Lưu trữ\n{lines}\nĐiều 2. Hiệu lực thi hành\n"
        + (last or f"Luật này có hiệu lực thi hành từ ngày {force}.")
        + "\nLuật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, kỳ họp thứ 7 thông qua ngày "
        + passed
        + ".\n"
    )


def base():
    return read_text(BASE)


def words(text, node_id):
    node = text.find(node_id)
    return None if node is None else (node.heading, node.text)


def test_a_clause_is_replaced_in_its_place_with_a_footnote():
    done = consolidate(base(), [amending(["Sửa đổi, bổ sung khoản 1 Điều 4 như sau:\n“1. Hồ sơ lập ngay.”."])])
    node = done.text.find("art_4__para_1")
    assert node.text == "Hồ sơ lập ngay."
    assert [n.number for n in done.text.find("art_4").children] == ["1", "2"]
    assert node.footnotes[0].text == (
        "Khoản này được sửa đổi, bổ sung theo quy định tại khoản 1 Điều 1 của Luật số 09/2024/QH15 sửa đổi, bổ sung "
        "một số điều của Luật Lưu trữ, có hiệu lực kể từ ngày 01 tháng 7 năm 2024."
    )


def test_units_are_inserted_where_the_law_says():
    orders = [
        "Bổ sung khoản 1a vào sau khoản 1 Điều 4 như sau:\n“1a. Một a.”.",
        "Bổ sung điểm b1 và điểm b2 vào sau điểm b khoản 2 Điều 2 như sau:\n“b1) Bê một;\nb2) Bê hai;”.",
        "Bổ sung Điều 3a vào sau Điều 3 như sau:\n“Điều 3a. Nộp tài liệu số\nNộp qua mạng.”.",
        "Bổ sung khoản 0 vào trước khoản 1 Điều 2 như sau:\n“0. Không.”.",
        "Bổ sung khoản 3 vào Điều 4 như sau:\n“3. Ba.”.",
    ]
    text = consolidate(base(), [amending(orders)]).text
    assert [n.number for n in text.find("art_4").children] == ["1", "1a", "2", "3"]
    assert [n.number for n in text.find("art_2__para_2").children] == ["a", "b", "b1", "b2", "c"]
    assert [n.number for n in text.find("chp_II").children] == ["3", "3a", "4", "5"]
    assert [n.number for n in text.find("art_2").children] == ["0", "1", "2", "3"]
    assert text.find("art_3a").footnotes[0].text.startswith("Điều này được bổ sung theo quy định tại khoản 3 Điều 1")


def test_a_repealed_unit_keeps_its_number():
    text = consolidate(base(), [amending(["Bãi bỏ điểm b khoản 2 Điều 2 và Điều 3."])]).text
    assert words(text, "art_2__para_2__point_b") == ("", "(được bãi bỏ)")
    assert words(text, "art_3") == ("", "(được bãi bỏ)")
    assert text.find("art_3").label == "Điều 3."
    assert text.find("art_2__para_2__point_b").footnotes[0].text.startswith("Điểm này được bãi bỏ")


def test_titles_and_phrases_are_changed():
    orders = [
        "Sửa đổi, bổ sung tên Điều 4 như sau:\n“Điều 4. Hồ sơ và tài liệu”.",
        "Thay thế cụm từ “Ủy ban nhân dân cấp huyện” bằng cụm từ “Ủy ban nhân dân cấp xã” tại điểm b khoản 2 Điều 2.",
        "Bỏ cụm từ “thống nhất” tại khoản 1 Điều 2.",
        "Bổ sung cụm từ “, mua” vào sau cụm từ “bán” tại khoản 3 Điều 2.",
        "Thay thế cụm từ “tài liệu lưu trữ” bằng cụm từ “tài liệu” tại tên Chương II.",
        "Thay thế cụm từ “cơ quan” bằng cụm từ “tổ chức” tại khoản 1 Điều 4.",
    ]
    done = consolidate(base(), [amending(orders)])
    text = done.text
    assert not done.unsettled
    assert words(text, "art_4")[0] == "Hồ sơ và tài liệu"
    assert words(text, "art_2__para_2__point_b")[1] == "Ủy ban nhân dân cấp xã kiểm tra;"
    assert words(text, "art_2__para_1")[1] == "Nhà nước quản lý."
    assert words(text, "art_2__para_3")[1] == "Cấm bán, mua tài liệu."
    assert words(text, "chp_II")[0] == "THU THẬP TÀI LIỆU"
    assert words(text, "art_4__para_1")[1] == "Hồ sơ được lập trong năm. Tổ chức kiểm tra hồ sơ."
    note = text.find("art_2__para_3").footnotes[0]
    assert text.find("art_2__para_3").text[: note.offset] == "Cấm bán, mua"
    assert "được bổ sung theo quy định tại khoản 4 Điều 1" in note.text


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("Sửa đổi, bổ sung khoản 9 Điều 4 như sau:\n“9. Chín.”.", "khoản 9 Điều 4 is not in the text"),
        ("Bổ sung khoản 1 vào sau khoản 2 Điều 4 như sau:\n“1. Một.”.", "khoản 1 Điều 4 is already in the text"),
        (
            "Bổ sung khoản 8a vào sau khoản 8 Điều 4 như sau:\n“8a. T.”.",
            "the neighbour khoản 8 Điều 4 is not in the text",
        ),
        ("Bỏ cụm từ “không có” tại Điều 3.", "the phrase does not stand in this provision"),
        ("Bỏ cụm từ “nộp tài” tại Điều 1.", "the phrase does not stand in this provision"),
        ("Bỏ cụm từ “CƠ QUAN” tại Điều 3.", "the phrase stands there only with other capitals or inside longer words"),
        ("Bổ sung khoản 2 vào Điều 3 như sau:\n“2. Hai.”.", "Điều 3 has no numbered clause beside which to stand"),
        ("Bãi bỏ Điều 40.", "Điều 40 is not in the text"),
    ],
)
def test_what_is_not_exact_is_left_to_a_person_and_changes_nothing(order, reason):
    done = consolidate(base(), [amending([order])])
    assert [o.reason for o in done.unsettled] == [reason]
    assert not done.applied
    assert [(n.id, n.heading, n.text) for n in done.text.walk()] == [(n.id, n.heading, n.text) for n in base().walk()]


def test_units_are_renumbered():
    done = consolidate(base(), [amending(["Chuyển khoản 3 Điều 2 thành khoản 4 Điều 2."])])
    assert [n.number for n in done.text.find("art_2").children] == ["1", "2", "4"]
    assert done.text.find("art_2__para_4").label == "4."


def test_the_law_stands_on_any_day_as_it_stood_then():
    first = amending(["Sửa đổi, bổ sung khoản 1 Điều 4 như sau:\n“1. Lần một.”."])
    second = amending(
        ["Sửa đổi, bổ sung khoản 1 Điều 4 như sau:\n“1. Lần hai.”."],
        number="10/2025/QH15",
        passed="20 tháng 6 năm 2025",
        force="01 tháng 7 năm 2025",
    )
    line = Timeline.of(base(), [second, first])
    assert line.dates == [dt.date(2024, 7, 1), dt.date(2025, 7, 1)]
    assert "the amending laws were put in the order in which they were passed" in line.remarks
    spoken = [line.as_of(day).text.find("art_4__para_1").text for day in (dt.date(2024, 6, 30), *line.dates)]
    assert spoken == ["Hồ sơ được lập trong năm. Cơ quan kiểm tra hồ sơ.", "Lần một.", "Lần hai."]
    assert len(line.as_of(dt.date(2024, 12, 1)).later) == 1
    changes = line.history("art_4__para_1")
    assert [(c.date, c.applied.after.text) for c in changes] == [
        (dt.date(2024, 7, 1), "Lần một."),
        (dt.date(2025, 7, 1), "Lần hai."),
    ]
    assert changes[1].applied.before.text == "Lần một."
    assert line.history("art_1") == []


def test_a_day_before_the_law_itself_is_remarked():
    line = Timeline.of(base(), [amending(["Bãi bỏ Điều 3."])])
    assert "not yet in force" in line.as_of(dt.date(2012, 1, 1)).remarks[0]


def test_an_order_without_a_date_is_not_guessed_into_a_day():
    law = amending(["Bãi bỏ Điều 3."], last="Luật này có hiệu lực thi hành từ ngày công bố.")
    assert len(consolidate(base(), [law]).applied) == 1
    done = consolidate(base(), [law], as_of=dt.date(2025, 1, 1))
    assert done.unsettled[0].reason.startswith("when it takes effect is not known")
    said = consolidate(base(), [law], dt.date(2025, 1, 1), {"09/2024/QH15": dt.date(2024, 8, 1)})
    assert len(said.applied) == 1


def test_an_earlier_law_does_not_undo_a_later_one():
    early = amending(
        ["Sửa đổi, bổ sung khoản 1 Điều 4 như sau:\n“1. Sớm.”."],
        passed="20 tháng 6 năm 2024",
        force="01 tháng 01 năm 2027",
    )
    late = amending(
        ["Sửa đổi, bổ sung khoản 1 Điều 4 như sau:\n“1. Muộn.”."],
        number="10/2025/QH15",
        passed="20 tháng 6 năm 2025",
        force="01 tháng 7 năm 2025",
    )
    done = consolidate(base(), [early, late])
    assert done.text.find("art_4__para_1").text == "Muộn."
    assert done.unsettled[0].reason.startswith("a law passed later already changed this unit")


def test_a_law_given_twice_is_applied_once():
    law = amending(["Bổ sung khoản 3 vào sau khoản 2 Điều 4 như sau:\n“3. Ba.”."])
    done = consolidate(base(), [law, law])
    assert done.remarks == ["09/2024/QH15 was given twice and is applied once"]
    assert len(done.applied) == 1


def test_a_law_that_amends_another_is_said_so():
    law = read_text(
        "QUỐC HỘI\nLuật số: 12/2024/QH15\nLUẬT\nSỬA ĐỔI LUẬT GIÁ\n"
        "Quốc hội ban hành Luật sửa đổi Luật Giá số 16/2023/QH15.\n"
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Giá\n1. Bãi bỏ Điều 3.\n"
    )
    done = consolidate(base(), [law])
    assert done.remarks == ["12/2024/QH15 holds no instruction for this law"]
    assert not done.applied
    assert not done.unsettled


def test_the_texts_given_are_not_changed():
    law, amend = base(), amending(["Bãi bỏ Điều 3.", "Sửa đổi, bổ sung khoản 1 Điều 4 như sau:\n“1. Mới.”."])
    before = copy.deepcopy((law, amend))
    Timeline.of(law, [amend]).as_of()
    assert (law, amend) == before


def test_grounds_and_effect_clauses_of_the_amending_law_are_kept_as_footnotes():
    done = consolidate(base(), [amending(["Bãi bỏ Điều 3."])])
    assert done.introduction == [
        "Luật Lưu trữ số 01/2011/QH13 ngày 11 tháng 11 năm 2011 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 7 năm "
        "2012, được sửa đổi, bổ sung bởi:",
        "Luật số 09/2024/QH15 ngày 20 tháng 6 năm 2024 của Quốc hội sửa đổi, bổ sung một số điều của Luật Lưu trữ, có "
        "hiệu lực kể từ ngày 01 tháng 7 năm 2024.",
    ]
    assert "có căn cứ ban hành như sau" in done.text.footnotes[0].text
    clause = done.text.find("art_5").footnotes[0].text
    assert clause.startswith("Điều 2 của Luật số 09/2024/QH15 sửa đổi, bổ sung một số điều của Luật Lưu trữ, có hiệu")
    assert "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024." in clause
    marks = [n.mark for n in done.text.footnotes] + [n.mark for node in done.text.walk() for n in node.footnotes]
    assert marks == [str(n) for n in range(1, len(marks) + 1)]


def test_a_title_quoted_otherwise_than_it_is_keeps_the_order_for_a_person():
    order = "Sửa đổi, bổ sung khoản 1 Điều 4 như sau:\n“Điều 4. Hồ sơ khác\n1. Mới.”."
    done = consolidate(base(), [amending([order])])
    assert not done.applied
    assert "differs" in done.unsettled[0].reason
    same = order.replace("Hồ sơ khác", "Hồ sơ")
    assert consolidate(base(), [amending([same])]).text.find("art_4__para_1").text == "Mới."


def test_an_article_after_the_last_of_a_chapter_stands_in_that_chapter():
    text = consolidate(base(), [amending(["Bổ sung Điều 2a vào sau Điều 2 như sau:\n“Điều 2a. Mới\nNội dung.”."])]).text
    assert [n.number for n in text.find("chp_I").children] == ["1", "2", "2a"]


def test_a_chapter_is_inserted_after_a_chapter_or_its_last_article():
    orders = ["Bổ sung Chương IIa vào sau Chương II như sau:\n“Chương IIa\nMỚI\nĐiều 5a. Một\nNội dung.”."]
    text = consolidate(base(), [amending(orders)]).text
    assert [n.number for n in text.body] == ["I", "II", "IIa"]
    assert words(text, "art_5a") == ("Một", "Nội dung.")


def test_phrases_are_whole_syllables():
    assert spots("hoạt động và hoạt độngx", "hoạt động") == [(0, 9)]
    assert spots("Hoá chất, hóa chất", "hóa chất") == [(0, 8), (10, 18)]
    assert spots("các Cơ quan", "cơ quan") == []
    assert spots("huyện, cấp xã", "huyện,") == [(0, 6)]


def test_the_instructions_tell_where_they_stand():
    done = consolidate(base(), [amending(["Bãi bỏ Điều 3."])])
    assert words_of(done.applied[0].instruction.place_path) == "khoản 1 Điều 1"
    assert done.applied[0].node_id == "art_3"
    assert done.applied[0].before.heading == "Trách nhiệm"
