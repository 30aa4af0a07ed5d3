"""Citations are read as a lawyer reads them."""

# mypy: disable-error-code="union-attr"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dienhong.texts.tree import POINT_LETTERS, Kind
from dienhong.texts.understanding.citing import chains
from dienhong.texts.understanding.numbers import between, order_key, plain
from dienhong.texts.understanding.spelling import fold_tones, syllable_pattern

_SHORT = {"p": Kind.POINT, "k": Kind.CLAUSE, "d": Kind.ARTICLE, "m": Kind.SECTION, "c": Kind.CHAPTER, "P": Kind.PART}


def said(words: str) -> list[str]:
    """The provisions of the words as "d5 k2 pa", one string a provision."""
    short = {kind: letter for letter, kind in _SHORT.items()}
    return [
        " ".join(f"{short[kind]}{number}" for kind, number in p.path) + (f" /{p.part}" if p.part else "")
        for chain in chains(words)
        for p in chain.provisions
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("điểm a khoản 2 Điều 5", ["d5 k2 pa"]),
        ("các điều 12, 13 và 14", ["d12", "d13", "d14"]),
        ("từ Điều 3 đến Điều 5", ["d3", "d4", "d5"]),
        ("các điều từ 12 đến 14", ["d12", "d13", "d14"]),
        ("các điểm a, b và c khoản 1", ["k1 pa", "k1 pb", "k1 pc"]),
        ("từ điểm c đến điểm e khoản 1 Điều 2", ["d2 k1 pc", "d2 k1 pd", "d2 k1 pđ", "d2 k1 pe"]),
        ("khoản này và Điều này", ["knày", "dnày"]),
        ("Mục 1 Chương III, Chương II", ["c3 m1", "c2"]),
        ("Phần thứ hai", ["P2"]),
        ("khoản 1 và khoản 2 Điều 23", ["d23 k1", "d23 k2"]),
        ("điểm a khoản 2, khoản 3 Điều 5, Điều 7 và khoản 1 Điều 9", ["d5 k2 pa", "d5 k3", "d7", "d9 k1"]),
        ("khoản 2, điểm b và điểm c khoản 16 Điều 1 của Luật này", ["d1 k2", "d1 k16 pb", "d1 k16 pc"]),
        ("khoản 1; các điểm a và b khoản 2 Điều 41 của Luật này", ["d41 k1", "d41 k2 pa", "d41 k2 pb"]),
        ("tên Điều 75", ["d75 /heading"]),
        ("đoạn mở đầu khoản 2 Điều 4", ["d4 k2 /intro"]),
        ("đoạn thứ hai khoản 2 Điều 4", ["d4 k2 /paragraph 2"]),
        ("khoản 1a Điều 12a", ["d12a k1a"]),
        ("điểm đ1 khoản 3", ["k3 pđ1"]),
        ("Điều 45của Luật này", ["d45"]),
        ("khoản 1 Điều 5, 30 ngày", ["d5 k1"]),
        ("các điều khoản này", []),
        ("tại thời điểm a", []),
        ("một khoản tiền và điều kiện", []),
        ("bằng 1.500 đồng tại Điều 5.000", []),
    ],
)
def test_a_citation_names_these_provisions(words, expected):
    assert said(words) == expected


@pytest.mark.parametrize(
    ("words", "kind", "name", "number"),
    [
        ("Luật số 57/2014/QH13", "Luật", "", "57/2014/QH13"),
        ("Luật Đấu thầu số 22/2023/QH15", "Luật", "Đấu thầu", "22/2023/QH15"),
        ("theo Luật Quản lý, sử dụng tài sản công và", "Luật", "Quản lý, sử dụng tài sản công", ""),
        ("Luật thi đua, khen thưởng thì", "Luật", "thi đua, khen thưởng", ""),
        ("Luật Xyz Chưa hề theo quy định", "Luật", "Xyz Chưa hề", ""),
        ("Nghị định số 30/2020/NĐ-CP", "Nghị định", "", "30/2020/NĐ-CP"),
        ("Hiến pháp năm 2013", "Hiến pháp", "", ""),
        ("Luật Tổ chức Quốc hội số 57/2014/QH 13 đã", "Luật", "Tổ chức Quốc hội", "57/2014/QH13"),
    ],
)
def test_a_document_is_named(words, kind, name, number):
    (chain,) = chains(words)
    assert (chain.document.kind, chain.document.name, chain.document.number) == (kind, name, number)


def test_a_list_belongs_to_the_law_that_ends_it():
    first, second = chains("quy định tại Điều 5 và Điều 6 của Luật Đấu thầu")
    assert first.document == second.document
    assert second.document.name == "Đấu thầu"


def test_a_provision_of_this_article_is_not_of_the_law_named_after_it():
    first, second = chains("khoản 2 Điều này và Điều 6 của Luật Đấu thầu")
    assert first.document is None
    assert second.document.name == "Đấu thầu"


def test_a_comma_between_units_is_remembered_as_loose():
    (chain,) = chains("điểm a, khoản 2, Điều 5")
    assert chain.loose
    assert said("điểm a, khoản 2, Điều 5") == ["d5 k2 pa"]


numbers = st.integers(1, 400).map(str)
letters = st.sampled_from(POINT_LETTERS)


@given(letters, numbers, numbers)
def test_what_is_cited_is_what_is_read(letter, clause, article):
    words = f"theo quy định tại điểm {letter} khoản {clause} Điều {article} của Luật này thì"
    (chain,) = chains(words)
    path = ((Kind.ARTICLE, article), (Kind.CLAUSE, clause), (Kind.POINT, letter))
    assert [p.path for p in chain.provisions] == [path]
    assert words[chain.start : chain.end] == f"điểm {letter} khoản {clause} Điều {article} của Luật này"


@given(st.text(max_size=200))
def test_any_words_are_read_without_error_and_in_order(words):
    position = 0
    for chain in chains(words):
        assert position <= chain.start < chain.end <= len(words)
        position = chain.end


@given(st.text(alphabet="điểmkhoảnĐiều 123abđvàcác,;.từnLậtCương", max_size=120))
def test_scraps_of_citations_are_read_without_error(words):
    position = 0
    for chain in chains(words):
        assert position <= chain.start < chain.end <= len(words)
        position = chain.end


def test_numbers_stand_in_their_vietnamese_order():
    letters_in_order = sorted(["e", "đ", "d", "a", "đ1", "g"], key=lambda n: order_key(Kind.POINT, n))
    assert letters_in_order == ["a", "d", "đ", "đ1", "e", "g"]
    assert sorted(["10", "2a", "2", "3"], key=lambda n: order_key(Kind.CLAUSE, n)) == ["2", "2a", "3", "10"]
    assert sorted(["X", "IX", "IIa", "II"], key=lambda n: order_key(Kind.CHAPTER, n)) == ["II", "IIa", "IX", "X"]


def test_chapters_meet_whatever_figures_they_use():
    assert plain(Kind.CHAPTER, "II") == plain(Kind.CHAPTER, "2") == plain(Kind.PART, "hai") == "2"
    assert plain(Kind.CHAPTER, "IIa") == "2a"


@given(st.integers(1, 300), st.integers(0, 50))
def test_a_range_holds_both_its_ends(first, more):
    found = between(Kind.ARTICLE, str(first), str(first + more))
    assert (found[0], found[-1], len(found)) == (str(first), str(first + more), more + 1)


@given(st.text(alphabet="hoàáòauỷyủqúý xl", max_size=30))
def test_folding_keeps_the_length_and_is_done_once(words):
    assert len(fold_tones(words)) == len(words)
    assert fold_tones(fold_tones(words)) == fold_tones(words)


def test_tone_marks_are_folded_only_where_the_spelling_varies():
    assert fold_tones("hoá") == fold_tones("hóa")
    assert fold_tones("thuỷ") == fold_tones("thủy")
    assert fold_tones("quý") == "quý"
    assert fold_tones("hoàn") == "hoàn"
    assert syllable_pattern("an") == r"(?<!\w)an(?!\w)"
