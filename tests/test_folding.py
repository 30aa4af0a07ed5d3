"""Searching folds tone marks and đ; names are sorted by given name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dienhong.foundation.folding import fold, nfc, person_sort_key, sort_key

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
words = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " ", max_size=20)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đỗ Quốc Khuyến", "do quoc khuyen"),
        ("Nguyễn Thị Phượng Liên", "nguyen thi phuong lien"),
        ("ĐẶNG", "dang"),
        ("Ksor Y Nghiêm", "ksor y nghiem"),
    ],
)
def test_marks_and_case_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(words)
def test_both_unicode_forms_and_either_case_fold_to_one(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text.upper())
    assert fold(fold(text)) == fold(text)


@given(words)
def test_nothing_but_plain_letters_is_left(text: str) -> None:
    assert fold(text).isascii()


@given(words)
def test_nfc_changes_the_form_and_not_the_word(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)).split() == unicodedata.normalize("NFC", text).split()


def test_old_and_new_places_of_tone_marks_are_found_alike() -> None:
    assert fold("hòa") == fold("hoà")
    assert fold("thủy") == fold("thuỷ")


def test_persons_stand_by_given_name_then_family_then_middle() -> None:
    names = ["Trần Thị Ánh", "Nguyễn Văn Bình", "Lê An", "Bùi Thị Ân", "Đỗ Văn An", "Đinh Công Ẩn"]
    assert sorted(names, key=person_sort_key) == [
        "Đỗ Văn An",
        "Lê An",
        "Trần Thị Ánh",
        "Bùi Thị Ân",
        "Đinh Công Ẩn",
        "Nguyễn Văn Bình",
    ]


def test_letters_stand_in_the_order_of_the_alphabet() -> None:
    letters = ["a", "ă", "â", "b", "d", "đ", "e", "ê", "o", "ô", "ơ", "u", "ư"]
    shuffled = [*letters[7:], *letters[:7]]
    assert sorted(shuffled, key=sort_key) == letters
