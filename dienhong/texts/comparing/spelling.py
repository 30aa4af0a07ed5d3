"""Spelling of Vietnamese syllables (chính tả): which differences of writing are no difference of words.

Two writings of one word fold to one key: letter case, look-alike signs (dashes, quotation marks), zero before a digit,
place of the tone mark (hoà, hòa) and i or y as the only vowel (kĩ thuật, kỹ thuật). `difference` then names what
differs. The tone mark belongs to the syllable, so its place never tells two words apart; i and y after another vowel
do (tai, tay) and are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dienhong.texts.comparing.segments import Op

#: Signs that typists use for one another.
LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        "…": "...",
        "ð": "đ",  # eth and D with stroke, from texts converted out of old encodings
        "Ð": "Đ",
        "\u00ad": "",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\ufeff": "",
    }
)

#: How rules across the page and dotted lines begin; their length says nothing.
RULES = frozenset({"--", "__", "==", "**", ".."})

#: grave, acute, tilde, hook above, dot below: the five tone marks after decomposition
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

_LONE_Y = re.compile(r"^([bcdđghklmnpqrstvx]{0,3}|qu)y$")
_PADDED = re.compile(r"^0(\d)$")


def composed(text: str) -> str:
    """The text in Unicode form C, itself where it is so already."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _plain(token: str) -> str:
    folded = token.translate(LOOKALIKES).casefold()
    if folded[:2] in RULES:
        return folded[:2]
    return _PADDED.sub(r"\1", folded)


@lru_cache(maxsize=65536)
def toneless(token: str) -> str:
    """The token with its tone mark taken out and set behind it: "hòa" and "hoà" both give "hoa" and a grave."""
    plain = _plain(token)
    if plain.isascii():
        return plain
    letters = unicodedata.normalize("NFD", plain)
    tones = "".join(sorted(c for c in letters if c in TONES))
    if not tones:
        return plain
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES)) + tones


def fold(token: str) -> str:
    """The key under which all writings of one word meet."""
    key = toneless(token)
    bare = key.rstrip("\u0300\u0301\u0303\u0309\u0323")
    if bare.endswith("y"):
        return _LONE_Y.sub(r"\1i", bare) + key[len(bare) :]
    return key


def difference(old: str, new: str) -> Op:
    """What differs between two tokens that fold to one key."""
    if old == new:
        return Op.EQUAL
    if old.casefold() == new.casefold():
        return Op.CASE
    if _plain(old) == _plain(new):
        return Op.FORM
    if toneless(old) == toneless(new):
        return Op.TONE
    return Op.SPELLING
