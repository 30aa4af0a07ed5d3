"""Folding of Vietnamese (bỏ dấu): one function for what is indexed and for what is asked."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")


def nfc(text: str) -> str:
    """The text in Unicode form NFC with single spaces and no space at its ends."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def nfc_lines(text: str) -> str:
    """The text line by line in form NFC, its line ends kept: for what people write in several lines."""
    return "\n".join(nfc(line) for line in text.replace("\r\n", "\n").split("\n")).strip()


def fold(text: str) -> str:
    """The text without case, tone marks, hats and hooks, and with đ as d: "Đỗ Quốc Khuyến" gives "do quoc khuyen"."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return _SPACE.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


#: Order of the Vietnamese alphabet; a letter with a tone sorts after the same letter without.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: place for place, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng


def sort_key(text: str) -> str:
    """A key that puts words in the order of the Vietnamese alphabet when compared as plain text.

    Letters first (a ă â ... y), tones second, as dictionaries do, syllable by syllable.
    """
    out: list[str] = []
    for word in nfc(text).casefold().split(" "):
        letters, tones = [], []
        for char in word:
            parts = unicodedata.normalize("NFD", char)
            tone = next((_TONES[c] for c in parts if c in _TONES), 0)
            base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
            letters.append(chr(0x40 + _RANK[base]) if base in _RANK else f"~{base}" if base.isalpha() else f"!{base}")
            tones.append(str(tone))
        out.append("".join(letters) + "\x1f" + "".join(tones))
    return "\x1e".join(out)


def person_sort_key(full_name: str) -> str:
    """The key by which persons are listed: given name first, then family and middle names ("Anh, Nguyễn Tuấn")."""
    words = nfc(full_name).split(" ")
    return sort_key(" ".join([words[-1], *words[:-1]])) if words else ""
