"""Marks (ký hiệu đầu dòng): what the beginning of a line says about its place in the law.

Every function looks at one line alone. Whether a mark is to be believed where it stands is decided in `body`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from dienhong.texts.tree import POINT_LETTERS, Kind


class Mark(NamedTuple):
    """What a line begins with: its style, the normalised number, the mark as printed, and the text after it."""

    style: str
    number: str
    label: str
    rest: str


UNIT_STYLES: dict[str, Kind] = {
    "part": Kind.PART,
    "chapter": Kind.CHAPTER,
    "section": Kind.SECTION,
    "subsection": Kind.SUBSECTION,
    "article": Kind.ARTICLE,
    "appendix": Kind.APPENDIX,
    "form": Kind.FORM,
}

_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ORDINALS = {word: index for index, word in enumerate(_WORDS, 1)}
_ORDINALS |= {
    "một": 1,
    "bốn": 4,
    "bẩy": 7,
    "mười một": 11,
    "mười hai": 12,
    "mười ba": 13,
    "mười bốn": 14,
    "mười lăm": 15,
}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_SEP = r"\s*((?:[.:\-–—/]\s*){0,2})"
_ARTICLE = re.compile(
    rf"(Điều|ĐIỀU|Đi[eêềếểễệ][unm]|Diều)\s*(?:(?:thứ|THỨ)\s*)?(?:(\d{{1,4}})([a-zđ]\d?"
    rf"|[A-ZĐ])?(?!\w)|({_ORDINAL})(?!\w)){_SEP}(.*)",
    re.S,
)
_PART = re.compile(
    rf"(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+({_ORDINAL})|([IVXLC]+|\d{{1,2}}))(?!\w){_SEP}(.*)", re.IGNORECASE | re.S
)
_CHAPTER = re.compile(
    rf"(?:Chương|CHƯƠNG)\s*(?:(?:thứ|THỨ)\s+({_ORDINAL})|(?:(?:thứ|THỨ)\s+)?([IVXLCl]+|[l1I]{{2,3}}"
    rf"|\d{{1,3}})([a-zđ]\d?|[A-D])?)(?!\w){_SEP}(.*)",
    re.S,
)
_CHAPTER_ORDINAL = re.compile(rf"CHƯƠNG\s+(?:THỨ\s+)?({_ORDINAL})(?!\w){_SEP}(.*)", re.IGNORECASE | re.S)
_GLUED = re.compile(r"(?:Chương|CHƯƠNG)\s*([IVXLC]+)(?=[A-ZĐÀ-Ỹ]*[^\W\d_IVXLC])(.+)", re.S)
_SECTION = re.compile(
    rf"(?:Mục|MỤC)\s*(?:(\d{{1,3}}|[IVXLC]+)([a-zđ]\d?)?|([A-HĐ]))(?:(?!\w)|(?<=\d)(?=[A-ZĐÀ-Ỹ]{{2}})){_SEP}(.*)", re.S
)
_SUBSECTION = re.compile(rf"(?:Tiểu mục|TIỂU MỤC|Tiểu Mục)\s*(\d{{1,3}}|[IVXLC]+)([a-zđ]\d?)?(?!\w){_SEP}(.*)", re.S)
_OLD_SECTION = re.compile(
    rf"(?:Tiết|TIẾT)\s+(?:thứ\s+)?(?:(\d{{1,3}}|[IVXLC]+)|({_ORDINAL}))(?!\w){_SEP}(.*)", re.IGNORECASE | re.S
)
_APPENDIX = re.compile(
    rf"(?:PHỤ LỤC|Phụ lục|Phụ Lục)\b\s*(?:(?:SỐ|Số|số)\s*)?([IVXLC]+[A-Za-z]?"
    rf"|\d{{1,3}}[A-Za-z]?|[A-HĐ])?(?!\w){_SEP}(.*)",
    re.S,
)
_FORM = re.compile(rf"(?:MẪU|Mẫu|BIỂU MẪU|Biểu mẫu)\s+(?:(?:SỐ|Số|số)\s*:?\s*)?([\dIVX]+[\w./\-]*)?{_SEP}(.*)", re.S)
_BARE = re.compile(r"(\d{1,3}),?\s+(?=[^\W\d_a-zà-ỹđ])(.{20,})|(\d)\s(\d)\.\s+(.+)", re.S)
_DEEP = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,5})([a-zđ])?(?:\.(?!\d)|\)|(?=\s))\s*(.*)", re.S)
_DIGIT = re.compile(
    r"(\d{1,3})([a-zđ]\d{0,2})?\s?(?:(\.)(?!\d)\s*[-–]?|(\))|(/)(?=\s|[^\W\d_])|([-–])(?=\s"
    r"|[^\W\d_]|[“\"]))[.]?\s*(.*)",
    re.S,
)
_LETTER = re.compile(r"([a-zđ])(\d{0,2})\s?(?:(\))|(\.)(?=\s|[A-ZĐÀ-Ỹ])|(/)(?=\s?[^\W\d_])|([-–])(?=\s))\s*(.*)", re.S)
_SMALL_ROMAN = re.compile(r"\(?((?:x{0,2}(?:ix|iv|v?i{0,3})))\)\s*(.+)", re.S)
_BRACKETED = re.compile(r"\(([a-zđ]|\d{1,2})\)\s+(.+)", re.S)
_UPPER = re.compile(r"([IVXLC]{1,6}|[A-ZĐ])(?:([.)])(?:\s+(.+)|$)|\s?([-–])\s+(.+))", re.S)
_LEADERS = re.compile(r"(?:\.{5,}|…{2,}|_{5,})\s*\d{1,4}$")


def roman(value: int) -> str:
    """The number in Roman capitals (1 to 399)."""
    out = "C" * (value // 100) + ""
    value %= 100
    if value >= 90:
        out, value = out + "XC", value - 90
    if value >= 50:
        out, value = out + "L", value - 50
    if value >= 40:
        out, value = out + "XL", value - 40
    for size, sign in _ROMAN:
        while value >= size:
            out, value = out + sign, value - size
    return out


def roman_value(text: str) -> int:
    """The value of Roman capitals; 0 where they are none."""
    total = last = 0
    for sign in reversed(text.upper()):
        value = _ROMAN_VALUE.get(sign, 0)
        if not value:
            return 0
        total += value if value >= last else -value
        last = max(last, value)
    return total


def is_capitals(text: str) -> bool:
    """Whether the text has letters, and all of them are capitals (a suffix such as IIa or a unit may be small)."""
    return text.isupper()


def _label(text: str, rest: str) -> str:
    return text[: len(text) - len(rest)].rstrip() if rest else text.rstrip()


def _heading_rest(sep: str, rest: str) -> bool:
    """Whether what follows a number can be a title: nothing, capitals, or something after a stop."""
    return not rest or bool(sep) or is_capitals(rest)


def _capital_mark(style: str, number: str, text: str, sep: str, rest: str) -> Mark | None:
    if not _heading_rest(sep, rest) or rest[:1] in ",;)" or _LEADERS.search(rest):
        return None if rest else Mark(style, number, text, rest)
    if rest and rest[0].islower() and not sep.strip():
        return None
    return Mark(style, number, _label(text, rest), rest)


def article_mark(text: str) -> Mark | None:
    """Điều 5. / Điều 5: / Điều 5 / Điều thứ 5 / Điều 12a.

    The style is "article?" where no stop follows the number, "article~" where the word is misspelt (Điền 23).
    """
    match = _ARTICLE.match(text)
    if not match:
        return None
    said, digits, suffix, word, sep, rest = match.groups()
    number = (str(int(digits)) if digits else str(_ORDINALS[word])) + (suffix or "").lower()
    if _LEADERS.search(rest):
        return None
    sure = not rest or bool(sep.strip())
    if said not in ("Điều", "ĐIỀU"):
        return Mark("article~", number, _label(text, rest), rest) if sure else None
    return Mark("article" if sure else "article?", number, _label(text, rest), rest)


def _part_mark(text: str) -> Mark | None:
    if match := _PART.match(text):
        word, number, sep, rest = match.groups()
        value = _ORDINALS[word.lower()] if word else (int(number) if number.isdigit() else roman_value(number))
        return _capital_mark("part", roman(value), text, sep, rest) if value else None
    return None


def _chapter_mark(text: str) -> Mark | None:
    if match := _CHAPTER.match(text):
        word, number, suffix, sep, rest = match.groups()
        if word:
            value = _ORDINALS[word.lower()]
        elif number.isdigit() and not (set(number) == {"1"} and len(number) > 2):
            value = int(number)
        else:
            value = roman_value(number.replace("l", "I").replace("1", "I"))
        return _capital_mark("chapter", roman(value) + (suffix or "").lower(), text, sep, rest) if value else None
    if match := _CHAPTER_ORDINAL.match(text):
        word, sep, rest = match.groups()
        return _capital_mark("chapter", roman(_ORDINALS[word.lower()]), text, sep, rest)
    if (match := _GLUED.match(text)) and match[2].isupper():
        return Mark("chapter~", match[1], text, match[2])
    return None


def unglue(found: Mark, last: str) -> Mark | None:
    """A chapter whose number and title were run together (Chương IIVIỆC LÀM), cut where the number due ends."""
    for end in range(len(found.number), 0, -1):
        number = found.number[:end]
        if roman(roman_value(number)) == number and follows(number, last):
            rest = found.number[end:] + found.rest
            return Mark("chapter", number, _label(found.label, rest), rest)
    return None


def _section_mark(text: str) -> Mark | None:
    if match := _SECTION.match(text):
        number, suffix, letter, sep, rest = match.groups()
        if letter:
            return _capital_mark("section", letter, text, sep, rest)
        value = int(number) if number.isdigit() else roman_value(number)
        return _capital_mark("section", f"{value}{suffix or ''}", text, sep, rest)
    return None


def _old_section_mark(text: str) -> Mark | None:
    """Tiết thứ I: what texts before 1960 call a section."""
    if match := _OLD_SECTION.match(text):
        number, word, sep, rest = match.groups()
        value = _ORDINALS[word.lower()] if word else int(number) if number.isdigit() else roman_value(number)
        return _capital_mark("section", str(value), text, sep, rest) if value else None
    return None


def _subsection_mark(text: str) -> Mark | None:
    if match := _SUBSECTION.match(text):
        number, suffix, sep, rest = match.groups()
        value = int(number) if number.isdigit() else roman_value(number)
        return _capital_mark("subsection", f"{value}{suffix or ''}", text, sep, rest)
    return None


def _appendix_mark(text: str) -> Mark | None:
    if match := _APPENDIX.match(text):
        number, sep, rest = match.groups()
        if rest and not is_capitals(rest) and rest[0] != "(" and not (sep.strip() and rest[0].isupper()):
            return None
        return Mark("appendix", number or "", _label(text, rest), rest)
    return None


def _form_mark(text: str) -> Mark | None:
    if len(text) < 160 and (match := _FORM.match(text)) and (match[1] or is_capitals(text)):
        number, sep, rest = match.groups()
        if rest and not is_capitals(rest) and rest[0] != "(" and not (sep.strip() and rest[0].isupper()):
            return None
        return Mark("form", number or "", _label(text, rest), rest)
    return None


def _digit_mark(text: str) -> Mark | None:
    match = _DIGIT.match(text)
    if match:
        number, suffix, dot, paren, slash, _dash, rest = match.groups()
        style = "digit." if dot else "digit)" if paren else "digit/" if slash else "digit-"
        return Mark(style, str(int(number)) + (suffix or ""), _label(text, rest), rest)
    if deep := _DEEP.match(text):
        number, suffix, rest = deep.groups()
        if rest and (rest[0].isupper() or rest[0] in '“"('):
            return Mark("deep", number + (suffix or ""), _label(text, rest), rest)
    if bare := _BARE.match(text):
        number, rest, tens, ones, other = bare.groups()
        if number:
            return Mark("digit?", str(int(number)), _label(text, rest), rest)
        return Mark("digit?", tens + ones, _label(text, other), other)
    return None


def _letter_mark(text: str) -> Mark | None:
    if match := _LETTER.match(text):
        letter, index, paren, dot, slash, _dash, rest = match.groups()
        style = "letter)" if paren else "letter." if dot else "letter/" if slash else "letter-"
        return Mark(style, letter + index, _label(text, rest), rest)
    if text[0] in "ivx" and (match := _SMALL_ROMAN.match(text)) and match[1]:
        return Mark("roman)", match[1], _label(text, match[2]), match[2])
    return None


def _upper_mark(text: str) -> Mark | None:
    if match := _UPPER.match(text):
        number, stop, after_stop, _dash, after_dash = match.groups()
        rest = after_stop or after_dash or ""
        return Mark("upper" + (stop or "-"), number, _label(text, rest), rest)
    return None


def _bracket_mark(text: str) -> Mark | None:
    if match := _BRACKETED.match(text):
        number, rest = match.groups()
        return Mark("(digit)" if number.isdigit() else "(letter)", number, _label(text, rest), rest)
    if (match := _SMALL_ROMAN.match(text)) and match[1]:
        return Mark("roman)", match[1], _label(text, match[2]), match[2])
    return None


def _bullet_mark(text: str) -> Mark | None:
    sign, after = text[0], text[1:2]
    if len(text) < 2 or after == sign or (after.isdigit() and sign != "+"):
        return None
    if after != " " and not after.isalpha():
        return None
    rest = text[1:].lstrip()
    style = "plus" if sign == "+" else "bullet" if sign in "•▪●◦·*" else "dash"
    return Mark(style, sign, sign, rest) if rest else None


def _by_word(*choices: tuple[tuple[str, ...], Callable[[str], Mark | None]]) -> Callable[[str], Mark | None]:
    def look(text: str) -> Mark | None:
        for beginnings, read in choices:
            if text.startswith(beginnings):
                return read(text)
        return _upper_mark(text) if len(text) > 1 and not text[1].islower() else None

    return look


_FIRST: dict[str, Callable[[str], Mark | None]] = {
    "Đ": _by_word((("Đi", "ĐIỀ"), article_mark)),
    "D": _by_word((("Diều",), article_mark)),
    "C": _by_word((("Chươ", "CHƯƠ"), _chapter_mark)),
    "M": _by_word((("Mục", "MỤC"), _section_mark), (("Mẫu", "MẪU"), _form_mark)),
    "B": _by_word((("BIỂU MẪU", "Biểu mẫu"), _form_mark)),
    "T": _by_word((("Tiểu mục", "TIỂU MỤC", "Tiểu Mục"), _subsection_mark), (("Tiết", "TIẾT"), _old_section_mark)),
    "P": _by_word((("Phần", "PHẦN"), _part_mark), (("Phụ", "PHỤ"), _appendix_mark)),
    "(": _bracket_mark,
    **dict.fromkeys("0123456789", _digit_mark),
    **dict.fromkeys("-–—−+•▪●◦·*", _bullet_mark),
    **dict.fromkeys("AEFGHIKLNOQRSUVXY", _by_word()),
}
_SECOND = frozenset(").-–/ 0123456789ivx")


def mark(text: str) -> Mark | None:
    """What the line begins with, or None."""
    first = text[0]
    look = _FIRST.get(first)
    if look is not None:
        return look(text)
    if len(text) > 2 and text[1] in _SECOND and ("a" <= first <= "z" or first == "đ"):
        return _letter_mark(text)
    return None


def point_rank(letter: str) -> int:
    """The place of a letter among the letters of points; -1 where it is none of them."""
    return POINT_LETTERS.index(letter) if letter in POINT_LETTERS else -1


_SUFFIX = re.compile(r"(\d+|[IVXLC]+|[a-zđ])(.*)", re.S)


def follows(number: str, last: str) -> bool:
    """Whether `number` is the next after `last`: 6 or 5a after 5, 6 or 5b after 5a, đ or d1 after d, e after đ1."""
    if not last:
        return number in {"1", "a", "I", "A", "i"}
    stem, suffix = _split(number)
    old_stem, old_suffix = _split(last)
    if stem == old_stem:
        return _suffix_rank(suffix) == _suffix_rank(old_suffix) + 1
    if suffix:
        return False
    if stem.isdigit() and old_stem.isdigit():
        return int(stem) == int(old_stem) + 1
    if len(stem) == 1 and point_rank(stem) >= 0:
        return point_rank(stem) == point_rank(old_stem) + 1
    return roman_value(stem) == roman_value(old_stem) + 1


def _split(number: str) -> tuple[str, str]:
    match = _SUFFIX.match(number)
    return (match[1], match[2]) if match else (number, "")


def _suffix_rank(suffix: str) -> int:
    if not suffix:
        return 0
    if suffix.isdigit():
        return int(suffix)
    rank = point_rank(suffix[0]) + 1
    return rank if len(suffix) == 1 else rank * 100
