"""Numbers of units (số thứ tự của đơn vị văn bản): their order, and how they are compared.

Inserted units take a letter ("7a", "12a", Chương "IIa") or, for points, a digit ("đ1"); the letters stand in the
Vietnamese order, đ after d (rules.md 3.6).
"""

from __future__ import annotations

import re
from functools import lru_cache

from dienhong.texts.tree import POINT_LETTERS, Kind

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LETTER_ORDER = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}
_ORDINALS = {
    word: place
    for place, word in enumerate(
        ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"],
        start=1,
    )
} | {"nhì": 2, "bốn": 4, "đầu": 1, "mười một": 11, "mười hai": 12}
_ARABIC = re.compile(r"(\d+)(.*)", re.S)
_ROMAN_FORM = re.compile(r"([IVXLCDM]+)([a-zđ]?\d*)")
_POINT = re.compile(r"([a-zđăâêôơư])(.*)", re.S)

Key = tuple[int, tuple[int, ...]]


def roman_value(number: str) -> int:
    """The value of a Roman number, 0 if it is none."""
    total = previous = 0
    for char in reversed(number):
        value = _ROMAN.get(char, 0)
        if not value:
            return 0
        total += value if value >= previous else -value
        previous = max(previous, value)
    return total


def ordinal_value(word: str) -> int:
    """The value of an ordinal word ("nhất" gives 1, "hai" 2), 0 if it is none."""
    return _ORDINALS.get(word.lower(), 0)


def _suffix(text: str) -> tuple[int, ...]:
    return tuple(
        int(part) if part.isdigit() else _LETTER_ORDER.get(part, 0) for part in re.findall(r"\d+|[^\W\d]", text.lower())
    )


@lru_cache(maxsize=8192)
def order_key(kind: Kind, number: str) -> Key:
    """This number's place among its siblings: (main value, suffix). An unreadable number sorts first, as (0, ...)."""
    if kind in (Kind.POINT, Kind.ITEM):
        point = _POINT.fullmatch(number.lower())
        if point:
            return _LETTER_ORDER.get(point[1], 0), _suffix(point[2])
    arabic = _ARABIC.fullmatch(number)
    if arabic:
        return int(arabic[1]), _suffix(arabic[2])
    roman = _ROMAN_FORM.fullmatch(number)
    if roman and roman_value(roman[1]):
        return roman_value(roman[1]), _suffix(roman[2])
    return ordinal_value(number), _suffix(number)


@lru_cache(maxsize=8192)
def plain(kind: Kind, number: str) -> str:
    """The number in one form for look-ups, so that Chương "2", "II" and "thứ hai" meet: "2"; "IIa" gives "2a"."""
    if kind in (Kind.POINT, Kind.ITEM, Kind.CLAUSE, Kind.ARTICLE):
        return number.strip().lower()
    main, suffix = order_key(kind, number.strip())
    if not main:
        return number.strip().lower()
    tail = re.sub(r"^(\d+|[IVXLCDM]+)", "", number.strip()) if suffix else ""
    return f"{main}{tail.lower()}" if ordinal_value(number.strip()) == 0 else str(main)


def between(kind: Kind, first: str, last: str) -> list[str]:
    """The numbers from `first` to `last`, both included, as they run without inserted units; [] if that cannot be."""
    if kind in (Kind.POINT, Kind.ITEM) and first in POINT_LETTERS and last in POINT_LETTERS:
        start, stop = POINT_LETTERS.index(first), POINT_LETTERS.index(last)
        return list(POINT_LETTERS[start : stop + 1]) if start <= stop else []
    (start, _), (stop, _) = order_key(kind, first), order_key(kind, last)
    if not start or not stop or stop < start or stop - start > 800:
        return []
    numbers = [str(value) for value in range(start, stop + 1)]
    numbers[0], numbers[-1] = first, last
    return numbers
