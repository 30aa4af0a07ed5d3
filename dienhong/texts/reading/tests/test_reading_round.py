"""Generated laws, written plainly and read back: the same tree, no doubt, every character."""

# ruff: noqa: E501  the long lines are sample texts
from __future__ import annotations

import contextlib
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dienhong.texts.reading import read, read_text
from dienhong.texts.reading.account import account, pieces
from dienhong.texts.reading.guard import Unreadable
from dienhong.texts.reading.marks import follows, mark, roman, roman_value
from dienhong.texts.reading.normal import modern_tones, unify
from dienhong.texts.reading.tests.made import source
from dienhong.texts.tests.strategies import laws, skeleton
from dienhong.texts.tree import POINT_LETTERS, Kind, Node, Text

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def plainly(text: Text) -> str:
    """The text as a person would type it, one paragraph a line."""
    said = [*text.heading, *text.grounds, *text.lead]
    opening = ""

    def units(nodes: list[Node]) -> None:
        nonlocal opening
        for node in nodes:
            before = len(said)
            if node.kind is Kind.QUOTE:
                opening = node.label
            elif node.rows:
                said.extend("\t".join(row) for row in node.rows)
            elif node.kind in (Kind.CLAUSE, Kind.POINT, Kind.ITEM, Kind.PARAGRAPH):
                said.append(f"{node.label} {node.text}".strip())
            elif node.kind is Kind.ARTICLE:
                said.append(f"{node.label} {node.heading or node.text}")
                said.extend([node.text] if node.heading and node.text else [])
            else:
                said.extend(filter(None, (node.label, node.heading, node.text)))
            if opening and len(said) > before:
                said[before] = opening + said[before]
                opening = ""
            units(node.children)
            if node.kind is Kind.QUOTE:
                said[-1] += node.tail

    units(text.body)
    said += [*text.closing, *text.signature]
    units(text.appendices)
    return "\n".join(said)


@FEW
@given(laws())
def test_a_law_comes_back_as_it_was_written(text: Text):
    said = plainly(text)
    again = read_text(said)
    assert skeleton(again) == skeleton(text)
    assert again.doubts == []
    for name in (
        "title",
        "kind",
        "number",
        "date",
        "place",
        "issuer",
        "heading",
        "grounds",
        "lead",
        "closing",
        "signature",
    ):
        assert getattr(again, name) == getattr(text, name), name
    assert account(said, again).ordered


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["Điều 1. Một", "Điều 2", "Chương I", "CHƯƠNG II: HAI", "Mục 1", "1. Khoản", "2) Khoản", "a) Điểm", "đ) Điểm", "- Gạch", "+ Cộng",
             "“Điều 5. Trích", "“1. Trích”;", "hết.”", "”", "“", "như sau:", "PHỤ LỤC I", "CHỦ TỊCH QUỐC HỘI", "(Đã ký)", "a\tb", "I. La mã",
             "Luật này được Quốc hội thông qua ngày 01 tháng 01 năm 2020.", "Phần thứ nhất", "Căn cứ Hiến pháp;", "LUẬT", "[1] Chú thích[1]"]
        ),
        st.text(max_size=30),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(LINES)
def test_whatever_the_lines_no_character_is_lost(lines: list[str]):
    said = "\n".join(lines)
    result = account(said, read_text(said))
    assert not result.missing


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_plainly(data: bytes):
    with contextlib.suppress(Unreadable):
        assert account("", read(data)).whole


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_law_loses_nothing(data: st.DataObject):
    said = source("Chương I\nMỘT\nĐiều 1. A\n1. B:\na) C;\nb) D.\nĐiều 2. Sửa đổi Điều 3 như sau:\n“Điều 3. E\n1. F.”.")
    at = data.draw(st.integers(0, len(said)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(st.text(alphabet="\n “”\"'.:;)1aĐiều-\t", max_size=10))
    damaged = said[:at] + put + said[at + cut :]
    assert not account(damaged, read_text(damaged)).missing


def test_the_account_sees_what_is_lost_and_what_is_moved():
    said = source("Điều 1. Một\nHai ba.\nBốn năm.")
    text = read_text(said)
    assert account(said, text).ordered
    text.body[0].text = "Hai."
    assert sorted(account(said, text).missing) == ["a", "b"]
    text = read_text(said)
    text.body.reverse()
    text.lead, text.grounds = text.grounds, text.lead
    result = account(said, text)
    assert result.whole
    assert not result.ordered
    assert "".join(pieces(text))


@given(st.integers(1, 399))
def test_roman_numbers_come_back(value: int):
    assert roman_value(roman(value)) == value


def test_the_next_number_is_known():
    pairs = [
        ("1", ""),
        ("a", ""),
        ("2", "1"),
        ("2a", "2"),
        ("2b", "2a"),
        ("3", "2b"),
        ("đ", "d"),
        ("e", "đ"),
        ("đ1", "đ"),
        ("e", "đ1"),
        ("II", "I"),
    ]
    assert all(follows(number, last) for number, last in pairs)
    assert not any(
        follows(number, last) for number, last in [("3", "1"), ("e", "d"), ("2", "2"), ("2c", "2a"), ("1", "2")]
    )
    assert all(follows(b, a) for a, b in itertools.pairwise(POINT_LETTERS))


@given(st.text(min_size=1, max_size=40).map(str.strip).filter(bool))
def test_a_mark_and_its_rest_are_the_line(line: str):
    line = " ".join(unify(line).split())
    found = mark(line) if line else None
    if found is not None and found.style != "chapter~":
        assert "".join((found.label + found.rest).split()) == "".join(line.split())


def test_tone_placement_is_made_modern_and_nothing_else():
    assert (
        modern_tones("hoà giải, thuỷ lợi, HOÀ, Hoạ, quý, quyền, khoá, khỏe")
        == "hòa giải, thủy lợi, HÒA, Họa, quý, quyền, khóa, khỏe"
    )


@pytest.mark.parametrize("count", [10_000])
def test_ten_thousand_points_are_read_in_bounded_time(count: int):
    import time

    said = source("Điều 1. Một\n1. Gồm:\n" + "\n".join(f"{POINT_LETTERS[i % 23]}) Điểm {i};" for i in range(count)))
    started = time.perf_counter()
    text = read_text(said)
    assert time.perf_counter() - started < 5
    assert sum(1 for node in text.walk() if node.kind is Kind.POINT) == count
