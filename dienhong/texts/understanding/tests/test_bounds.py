"""Paragraphs that no person writes are read to their end all the same: the work grows with the words, not faster."""

from __future__ import annotations

import pytest

from dienhong.texts.reading import read_text
from dienhong.texts.understanding.references import references

HEAD = "QUỐC HỘI\nLuật số: 1/2024/QH15\nLUẬT\nVỀ MỘT VIỆC\nĐiều 1. Phạm vi\n"


@pytest.mark.parametrize(
    ("words", "times", "found"),
    [("x Điều 5, ", 10_000, 10_000), ("Điều 5, ", 10_000, 10_000), ("khoản này ", 5_000, 1), ("(", 20_000, 0)],
)
def test_a_paragraph_of_thousands_of_citations_is_read_to_its_end(words: str, times: int, found: int) -> None:
    assert len(references(read_text(HEAD + words * times))) >= found
