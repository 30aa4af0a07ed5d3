"""Amending instructions are tied exactly, or kept for a person with a reason."""

# mypy: disable-error-code="union-attr"

import datetime as dt

import pytest

from dienhong.texts.reading import read_text
from dienhong.texts.understanding.commencement import commencement
from dienhong.texts.understanding.instructions import Action, instructions
from dienhong.texts.understanding.links import modifications
from dienhong.texts.understanding.references import words_of
from dienhong.texts.understanding.sentences import orders_of

HEAD = """QUỐC HỘI
Luật số: 09/2024/QH15
Hà Nội, ngày 20 tháng 6 năm 2024
LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT LƯU TRỮ
Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Lưu trữ số 01/2011/QH13.
Điều 1. Sửa đổi, bổ sung một số điều của Luật Lưu trữ
"""
TAIL = """
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.
"""


def read(body, tail=TAIL, head=HEAD):
    return instructions(read_text(head + body + tail))


def brief(found):
    return [(i.action.value, words_of(i.path), i.part) for i in found]


def test_a_clause_is_replaced_by_what_is_quoted():
    (order,) = read("1. Sửa đổi, bổ sung khoản 2 Điều 23 như sau:\n“2. Số lượng mới.”.")
    assert (order.action, words_of(order.path), order.doubtful) == (Action.REPLACE, "khoản 2 Điều 23", False)
    assert order.law.number == "01/2011/QH13"
    assert order.payload[0].text == "Số lượng mới."
    assert words_of(order.place_path) == "khoản 1 Điều 1"
    assert order.effective == dt.date(2024, 7, 1)


def test_one_sentence_may_replace_and_insert():
    found = read(
        "1. Sửa đổi, bổ sung khoản 1 và bổ sung khoản 1a vào sau khoản 1 Điều 5 như sau:\n“1. Một.\n1a. Một a.”."
    )
    assert brief(found) == [("replace", "khoản 1 Điều 5", ""), ("insert", "khoản 1a Điều 5", "")]
    assert (words_of(found[1].anchor), found[1].side) == ("khoản 1 Điều 5", "after")
    assert [i.payload[0].number for i in found] == ["1", "1a"]


def test_a_place_may_be_named_from_both_sides():
    (order,) = read("1. Bổ sung khoản 8a vào sau khoản 8 và trước khoản 9 Điều 54 như sau:\n“8a. Tám a.”.")
    assert (words_of(order.path), words_of(order.anchor), order.doubtful) == (
        "khoản 8a Điều 54",
        "khoản 8 Điều 54",
        False,
    )


def test_points_take_their_article_from_the_heading_above():
    found = read(
        "1. Sửa đổi, bổ sung một số điểm, khoản của Điều 43 như sau:\n"
        "a) Sửa đổi, bổ sung điểm đ khoản 2 như sau:\n“đ) Nội dung;”;\n"
        "b) Bãi bỏ khoản 4;\n"
        "c) Sửa đổi, bổ sung tên điều như sau:\n“Điều 43. Tên mới”.\n"
    )
    assert brief(found) == [
        ("replace", "điểm đ khoản 2 Điều 43", ""),
        ("repeal", "khoản 4 Điều 43", ""),
        ("retitle", "Điều 43", "heading"),
    ]
    assert found[2].new_text == "Tên mới"
    assert not any(i.doubtful for i in found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Thay thế cụm từ “X” bằng cụm từ “Y” tại các điều 3, 5 và khoản 2 Điều 7",
            [("Điều 3", "X", "Y"), ("Điều 5", "X", "Y"), ("khoản 2 Điều 7", "X", "Y")],
        ),
        ("Thay cụm từ “X” tại khoản 1 Điều 36 bằng cụm từ “Y”", [("khoản 1 Điều 36", "X", "Y")]),
        (
            'Thay thế từ "A" bằng từ "B" tại Điều 1; cụm từ "C" bằng cụm từ "D" tại Điều 2',
            [("Điều 1", "A", "B"), ("Điều 2", "C", "D")],
        ),
        (
            "Bỏ cụm từ “X” và cụm từ “Y” tại khoản 2 Điều 27; cụm từ “Z” tại tên Điều 3",
            [("khoản 2 Điều 27", "X", ""), ("khoản 2 Điều 27", "Y", ""), ("Điều 3", "Z", "")],
        ),
        ("Bổ sung cụm từ “X” vào sau cụm từ “Y” tại Điều 4", [("Điều 4", "Y", "X")]),
        ("Bãi bỏ cụm từ “X” tại Điều 4; khoản 1 Điều 5", [("Điều 4", "X", ""), ("khoản 1 Điều 5", "X", "")]),
    ],
)
def test_phrases_are_changed_where_the_sentence_says(sentence, expected):
    found = orders_of(sentence)
    assert [(words_of(o.provision.path), o.old, o.new) for o in found] == expected
    assert not any(o.reason for o in found)


def test_a_list_of_repeals_is_read_whole():
    found = read("1. Bãi bỏ điểm a khoản 3 Điều 9, khoản 2 Điều 12 và Chương IV.")
    assert [words_of(i.path) for i in found] == ["điểm a khoản 3 Điều 9", "khoản 2 Điều 12", "Chương 4"]


def test_a_phrase_may_be_replaced_in_the_whole_law():
    (order,) = read("1. Trong Luật Lưu trữ số 01/2011/QH13, cụm từ “A” được thay bằng cụm từ “B”.")
    assert (order.action, order.path, order.old, order.new) == (Action.REPLACE_PHRASE, (), "A", "B")
    assert not order.doubtful


def test_provisions_listed_under_a_phrase_take_it():
    found = read("1. Thay thế cụm từ “A” bằng cụm từ “B” tại các điều, khoản sau đây:\na) Khoản 1 Điều 5;\nb) Điều 6.")
    assert [(i.action, words_of(i.path), i.old, i.new) for i in found] == [
        (Action.REPLACE_PHRASE, "khoản 1 Điều 5", "A", "B"),
        (Action.REPLACE_PHRASE, "Điều 6", "A", "B"),
    ]


def test_one_law_may_amend_several():
    found = read(
        "1. Bãi bỏ Điều 9.",
        tail="\nĐiều 2. Sửa đổi, bổ sung một số điều của Luật Thư viện số 46/2019/QH14\nBãi bỏ Điều 3.\n" + "",
    )
    assert [(i.law.number, words_of(i.path)) for i in found] == [
        ("01/2011/QH13", "Điều 9"),
        ("46/2019/QH14", "Điều 3"),
    ]


def test_an_ordinary_law_may_amend_in_its_last_articles():
    head = "QUỐC HỘI\nLuật số: 09/2024/QH15\nLUẬT\nĐIỆN LỰC\nĐiều 1. Phạm vi\nLuật này quy định về điện lực.\n"
    body = (
        "Điều 2. Sửa đổi, bổ sung Luật có liên quan\n"
        "1. Sửa đổi, bổ sung khoản 3 Điều 7 của Luật Giá số 16/2023/QH15 như sau:\n“3. Giá điện.”.\n"
    )
    (order,) = read(
        body, head=head, tail="Điều 3. Hiệu lực thi hành\nLuật này có hiệu lực từ ngày 01 tháng 02 năm 2025."
    )
    assert (order.law.number, words_of(order.path), order.effective) == (
        "16/2023/QH15",
        "khoản 3 Điều 7",
        dt.date(2025, 2, 1),
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:\n“3. Khác.”.", "no clause 2 stands between the quotation marks"),
        ("1. Sửa đổi, bổ sung khoản 2 Điều 5.", "nothing is quoted"),
        ("1. Bãi bỏ các quy định về phí thẩm định tại khoản 1 Điều 19.", "the words say more than the provision"),
        ("1. Bãi bỏ khoản 2.", "the article is not named"),
        ("1. Chuyển nội dung khoản 3 về Chính phủ quy định.", "the words could not be read"),
        (
            "1. Bãi bỏ khoản 2 Điều 21; cụm từ “2, 3,” tại khoản 8 Điều 77; Điều 90.",
            "it is not plain whether the provision is repealed or only loses the phrase",
        ),
    ],
)
def test_what_cannot_be_tied_is_kept_for_a_person(body, reason):
    doubtful = [i for i in read(body) if i.doubtful]
    assert doubtful
    assert any(i.reason.startswith(reason) for i in doubtful)


def test_what_is_quoted_beside_the_order_is_not_lost():
    found = read("1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:\n“2. Hai.\n3. Ba.”.")
    assert [i.doubtful for i in found] == [False, True]
    assert found[1].payload[0].number == "3"


def test_special_commencement_is_kept_per_provision():
    body = "1. Bãi bỏ Điều 3.\n2. Bãi bỏ Điều 4.\n3. Bãi bỏ Điều 5."
    tail = (
        "\nĐiều 2. Hiệu lực thi hành\n"
        "1. Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024, trừ trường hợp quy định tại khoản 2 và khoản 3 "
        "Điều này.\n"
        "2. Quy định tại khoản 2 Điều 1 của Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025.\n"
        "3. Quy định tại khoản 3 Điều 1 của Luật này được thực hiện từ nhiệm kỳ Quốc hội khóa XVI.\n"
    )
    found = read(body, tail)
    assert [i.effective for i in found] == [dt.date(2024, 7, 1), dt.date(2025, 1, 1), None]
    assert "nhiệm kỳ" in found[2].effective_words


def test_a_law_in_force_on_the_day_it_was_passed():
    text = read_text(
        HEAD
        + "1. Bãi bỏ Điều 3.\nĐiều 2. Hiệu lực thi hành\nLuật này có hiệu lực từ ngày được Quốc hội thông qua.\n"
        + "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV thông qua ngày 20 tháng 6 "
        + "năm 2024.\n"
    )
    assert commencement(text).whole.date == dt.date(2024, 6, 20)


def test_transitional_clauses_are_found():
    text = read_text(HEAD + "1. Bãi bỏ Điều 3." + TAIL + "Điều 3. Quy định chuyển tiếp\nHồ sơ cũ giữ nguyên.\n")
    assert commencement(text).transitional == ("art_3",)


def test_modifications_name_source_and_destination():
    text = read_text(HEAD + "1. Bổ sung khoản 1a vào sau khoản 1 Điều 22 như sau:\n“1a. Mới.”." + TAIL)
    pytest.importorskip("dienhong.texts.akn.uris")
    (change,) = modifications(text, instructions(text))
    assert (change.type, change.target_id, change.position) == ("insertion", "art_22__para_1a", "after")
    assert change.target_uri.endswith("/2011/01-2011-QH13")
    assert text.find(change.quote_id) is not None
