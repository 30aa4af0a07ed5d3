"""Spelling that differs without meaning (khác kiểu bỏ dấu): "hoá" and "hóa", "uỷ" and "ủy" are one word.

Every function keeps the length of its NFC input, so offsets into the folded text are offsets into the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = ("", "́", "̀", "̉", "̃", "̣")


def _pairs() -> dict[str, str]:
    """New-style endings to old-style ones: "oá" -> "óa", "uý" -> "úy"."""
    found = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in _TONES[1:]:
            new = first + unicodedata.normalize("NFC", second + tone)
            old = unicodedata.normalize("NFC", first + tone) + second
            found[new] = old
    return found


_NEW_TO_OLD = _pairs()
_ENDING = re.compile(r"(?<!q)(?:" + "|".join(_NEW_TO_OLD) + r")(?!\w)")


@lru_cache(maxsize=16384)
def fold_tones(text: str) -> str:
    """The text lower-cased with its tone marks in the old place; as long as the text (NFC) itself."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters outside Vietnamese grow when lowered
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return _ENDING.sub(lambda match: _NEW_TO_OLD[match[0]], lowered)


def syllable_pattern(phrase: str) -> str:
    """A regular expression for the phrase as whole syllables: never inside a word, any white space between words."""
    core = r"\s+".join(re.escape(word) for word in phrase.split())
    stripped = phrase.strip()
    before = r"(?<!\w)" if stripped[:1].isalnum() else ""
    after = r"(?!\w)" if stripped[-1:].isalnum() else ""
    return before + core + after
