"""Words and spelling: marks never fall inside a syllable, nothing is lost, differences of writing are told apart."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dienhong.texts.comparing.segments import Op, new_side, old_side
from dienhong.texts.comparing.spelling import difference, fold
from dienhong.texts.comparing.words import Lexicon, Marker, tokens_of

VIETNAMESE = st.lists(
    st.sampled_from(
        (
            "Ủy",
            "ban",
            "thường",
            "vụ",
            "hội,",
            "01/7/2020",
            "năm",
            "hai mươi",
            "lăm;",
            "kỹ",
            "kĩ",
            "hòa",
            "hoà",
            ".",
            "-",
        )
    )
    | st.sampled_from(("–", "57/2014/QH13", "15%", "\n", " ", "đ1")),
    max_size=30,
).map(" ".join)


def marked(old: str, new: str) -> list[tuple[str, str, str]]:
    segments = Marker(Lexicon()).mark(old, new)
    return [(str(s.op), s.old.strip(), s.new.strip()) for s in segments]


def changes(old: str, new: str) -> list[tuple[str, str, str]]:
    return [row for row in marked(old, new) if row[0] != "equal"]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), VIETNAMESE))
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(core + space for core, space in tokens_of(text)) == text


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), VIETNAMESE), st.one_of(st.text(max_size=40), VIETNAMESE))
def test_the_sides_of_a_marked_text_are_the_two_texts(old: str, new: str) -> None:
    segments = Marker(Lexicon()).mark(old, new)
    assert old_side(segments) == old
    assert new_side(segments) == new
    assert all(s.old == s.new for s in segments if s.op is Op.EQUAL and old == new)


@settings(max_examples=300, deadline=None)
@given(VIETNAMESE, VIETNAMESE)
def test_a_mark_never_falls_inside_a_token(old: str, new: str) -> None:
    segments = Marker(Lexicon()).mark(old, new)
    for text, side in ((old, [s.old for s in segments]), (new, [s.new for s in segments])):
        edges, at = set(), 0
        for core, space in tokens_of(text):
            edges.add(at)
            at += len(core + space)
        place = 0
        for part in side:
            assert place in edges or place == at
            place += len(part)


def test_a_date_a_law_number_and_a_number_in_words_are_marked_whole() -> None:
    assert changes("từ ngày 01/7/2020 đến", "từ ngày 01/8/2020 đến") == [
        ("del", "01/7/2020", ""),
        ("ins", "", "01/8/2020"),
    ]
    assert changes("Luật số 57/2014/QH13", "Luật số 65/2020/QH14") == [
        ("del", "57/2014/QH13", ""),
        ("ins", "", "65/2020/QH14"),
    ]
    assert changes("ít nhất ba mươi lăm phần trăm", "ít nhất bốn mươi phần trăm") == [
        ("del", "ba mươi lăm", ""),
        ("ins", "", "bốn mươi"),
    ]
    assert changes("hai mươi ngày", "hai mươi lăm ngày") == [("del", "hai mươi", ""), ("ins", "", "hai mươi lăm")]
    assert changes("phạt 1.500.000 đồng", "phạt 2.500.000 đồng")[0] == ("del", "1.500.000", "")


def test_a_rewritten_phrase_is_one_run_not_confetti() -> None:
    old = "Bộ trưởng Bộ Tài chính quy định chi tiết việc quản lý và sử dụng quỹ"
    new = "Bộ trưởng Bộ Tài chính hướng dẫn thi hành và kiểm tra sử dụng quỹ"
    assert len(changes(old, new)) == 2


def test_an_insertion_starts_its_phrase() -> None:
    old = "cơ quan, tổ chức có trách nhiệm"
    new = "cơ quan, đơn vị, tổ chức có trách nhiệm"
    assert changes(old, new) == [("ins", "", "đơn vị,")]


@pytest.mark.parametrize(
    ("old", "new", "op"),
    [
        ("hoà", "hòa", Op.TONE),
        ("thuý", "thúy", Op.TONE),
        ("Uỷ", "Ủy", Op.TONE),
        ("khoẻ", "khỏe", Op.TONE),
        ("kĩ", "kỹ", Op.SPELLING),
        ("quí", "quý", Op.SPELLING),
        ("lí", "lý", Op.SPELLING),
        ("Nhà", "nhà", Op.CASE),
        ("–", "-", Op.FORM),
        ("“", '"', Op.FORM),
        ("01", "1", Op.FORM),
        ("-----", "--------", Op.FORM),
    ],
)
def test_two_writings_of_one_word_are_named(old: str, new: str, op: Op) -> None:
    assert fold(old) == fold(new)
    assert difference(old, new) is op


@pytest.mark.parametrize(
    ("old", "new"), [("tai", "tay"), ("hai", "hay"), ("thủi", "thủy"), ("má", "mà"), ("đa", "da"), ("10", "1")]
)
def test_two_words_stay_two_words(old: str, new: str) -> None:
    assert fold(old) != fold(new)


def test_decomposed_letters_are_the_composed_ones_in_a_comparison() -> None:
    from dienhong.texts.comparing import compare
    from dienhong.texts.tree import Kind, Node, Text

    text = "Uỷ ban nhân dân cấp tỉnh"
    old = Text(body=[Node(Kind.ARTICLE, "1", text=unicodedata.normalize("NFD", text), label="Điều 1.")])
    new = Text(body=[Node(Kind.ARTICLE, "1", text=text, label="Điều 1.")])
    assert compare(old, new).same


@pytest.mark.parametrize("words", [220_000, 60_000])
def test_a_paragraph_of_a_megabyte_is_compared_in_bounded_time(words: int) -> None:
    old = " ".join(f"từ{(k * k) % 9973}" for k in range(words))
    new = old.replace("từ17 ", "từ17 thêm ", 30)
    marker = Marker(Lexicon())
    start = time.process_time()
    segments = marker.mark(old, new)
    assert time.process_time() - start < 6
    assert old_side(segments) == old
    assert new_side(segments) == new
    assert [s.new for s in segments if s.op is Op.INSERTED] == ["thêm "] * min(30, old.count("từ17 "))
    assert not marker.coarse


def test_a_hostile_megabyte_is_shown_as_replaced_and_said_so() -> None:
    marker = Marker(Lexicon())
    rng = random.Random(4)
    old, new = (" ".join(f"từ{rng.randrange(10**5)}" for _ in range(100_000)) for _ in range(2))
    start = time.process_time()
    segments = marker.mark(old, new)
    assert time.process_time() - start < 6
    assert marker.coarse
    assert old_side(segments) == old
    assert new_side(segments) == new


def test_a_megabyte_of_few_different_words_is_still_marked_word_by_word() -> None:
    rng = random.Random(5)
    words = rng.choices(("cơ", "quan", "nhà", "nước", "thẩm", "quyền"), k=190_000)
    changed = [*words[:1000], "khác", *words[1001:100_000], "hẳn", *words[100_000:]]
    marker = Marker(Lexicon())
    segments = marker.mark(" ".join(words), " ".join(changed))
    assert not marker.coarse
    assert [(str(s.op), s.new or s.old) for s in segments if s.op is not Op.EQUAL] == [
        ("del", words[1000] + " "),
        ("ins", "khác "),
        ("ins", "hẳn "),
    ]
