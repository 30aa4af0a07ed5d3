"""Spelling the same text the same way (chuẩn hóa): Unicode form, white space, look-alike letters, tone placement."""

from __future__ import annotations

import re
import unicodedata

#: Spaces of every kind become one; marks without width say nothing and go; look-alikes of Đ come from old fonts.
_SPACES = {
    ord(c): " " for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
}
_NOTHING: dict[int, str | None] = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_BREAKS = {ord(c): "\n" for c in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}
_LOOKALIKES = {ord("Ð"): "Đ", ord("Ɖ"): "Đ", ord("ɖ"): "đ", ord("ð"): "đ"}
_TABLE: dict[int, str | None] = {**_SPACES, **_NOTHING, **_BREAKS, **_LOOKALIKES}
_ODD = re.compile("[" + "".join(map(chr, _TABLE)) + "]")
LOOKALIKE = re.compile("[ÐƉɖð]")

_MARKED = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
           "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip
_OLD_TONE = re.compile(r"(?<![qQ])(" + "|".join(_MARKED) + r")(?!\w)", re.IGNORECASE)
_UPPER = {key.upper(): value.upper() for key, value in _MARKED.items()}


def unify(text: str) -> str:
    """The text in NFC, line ends as \\n, odd spaces as spaces, marks without width gone, look-alikes of Đ as Đ."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() and _ODD.search(text):
        for odd in set(_ODD.findall(text)):
            text = text.replace(odd, _TABLE[ord(odd)] or "")
    return text


def squeeze(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def characters(text: str) -> str:
    """Every character of the text that is not white space, in order, after `unify`."""
    return "".join(unify(text).split())


def modern_tones(text: str) -> str:
    """The text with tone marks where the modern spelling puts them: hoà becomes hòa, thuỷ becomes thủy."""

    def moved(match: re.Match[str]) -> str:
        found = match[1]
        if found in _MARKED:
            return _MARKED[found]
        if found in _UPPER:
            return _UPPER[found]
        return _MARKED[found.lower()].capitalize()

    return _OLD_TONE.sub(moved, text)
