"""What a person asks of the library (câu hỏi tra cứu): a number, a provision, phrases between quotation marks, words.

Pure values, no Django. One `fold` for what is asked and what is indexed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dienhong.foundation.folding import fold, nfc

_NUMBER = re.compile(r"\b\d{1,5}\s?(?:/\s?\d{4}\s?)?[/-]\s?[A-Za-zĐđ][\w/-]*|\b\d{1,5}/\d{4}\b")
_PLACE = re.compile(
    r"(?:(?:điểm|diem|point)\s+(?P<point>[a-zđ]\d?)[\s,]+)?"
    r"(?:(?:khoản|khoan|clause)\s+(?P<clause>\d+[a-zđ]?)[\s,]+)?"
    r"(?:điều|dieu|article|đ\.)\s*(?P<article>\d+[a-zđ]?)\b[\s,]*(?:của|cua|of)?\s*",
    re.IGNORECASE,
)
_PHRASE = re.compile(r'[“"]([^“”"]+)[”"]')
_WORD = re.compile(r"\w+")
MOST_WORDS = 60
#: Up to so many words all of them are wanted; a longer question is about something.
SHORT = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the library. `words` are as written, in lower case; `number` and `place` only where they stand."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    number: str = ""
    article: str = ""
    clause: str = ""
    point: str = ""
    title: str = ""  # what stands beside the provision asked for: "luật viễn thông"

    @property
    def folded(self) -> tuple[str, ...]:
        """The words without marks."""
        return tuple(fold(word) for word in self.words)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Neighbouring words, without marks: most Vietnamese words are two syllables."""
        folded = self.folded
        return tuple(dict.fromkeys(pairwise(folded)))

    @property
    def marked(self) -> bool:
        """Whether the question was written with Vietnamese marks."""
        return any(fold(word) != word for word in self.words)

    @property
    def short(self) -> bool:
        return len(self.words) <= SHORT

    @property
    def eid(self) -> str:
        """The id of the provision asked for, "" without one."""
        if not self.article:
            return ""
        parts = [f"art_{_ascii(self.article)}"]
        parts += [f"para_{_ascii(self.clause)}"] if self.clause else []
        parts += [f"point_{_ascii(self.point)}"] if self.point else []
        return "__".join(parts)


def _ascii(number: str) -> str:
    return number.lower().replace("đ", "dd")


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def asked(question: str) -> Asked:
    """Read a question as a person typed it."""
    question = nfc(question)[:2000]
    phrases = tuple(words for found in _PHRASE.findall(question) if (words := _words(found)))
    number = found[0] if (found := _NUMBER.search(question)) and any(c.isdigit() for c in found[0]) else ""
    place = _PLACE.search(question)
    title = ""
    if place:
        rest = question[: place.start()] + " " + question[place.end() :]
        title = nfc(rest.replace(number, " ")).strip(" ,.;")
    return Asked(
        _words(question)[:MOST_WORDS],
        phrases,
        re.sub(r"\s", "", number),
        place["article"].lower() if place else "",
        (place["clause"] or "").lower() if place else "",
        (place["point"] or "").lower() if place else "",
        title,
    )


def excerpt(text: str, question: Asked, width: int = 46) -> list[tuple[str, bool]]:
    """The stretch of a text that answers best, cut into pieces; True marks words that were asked for."""
    tokens = list(_WORD.finditer(text))
    wanted, exact = set(question.folded), set(question.words)
    hits = [_weight(token[0], wanted, exact) for token in tokens]
    start = _best(hits, width)
    shown = tokens[start : start + width]
    if not shown:
        return []
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = shown[0].start()
    for token, hit in zip(shown, hits[start : start + width], strict=True):
        if hit:
            _join(pieces, text[at : token.start()], False)
            _join(pieces, token[0], True)
            at = token.end()
    end = shown[-1].end() if start + width < len(tokens) else len(text)
    _join(pieces, text[at:end] + (" …" if start + width < len(tokens) else ""), False)
    return pieces


def _weight(token: str, wanted: set[str], exact: set[str]) -> int:
    low = token.lower()
    return 3 if low in exact and len(low) > 1 else 1 if fold(low) in wanted else 0


def _best(hits: list[int], width: int) -> int:
    total = best = sum(hits[:width])
    start = 0
    for place in range(1, max(1, len(hits) - width + 1)):
        total += hits[place + width - 1] - hits[place - 1]
        if total > best:
            best, start = total, place
    lead = next((n for n in range(start, len(hits)) if hits[n]), start)
    return max(0, min(lead - 6, len(hits) - width)) if best else 0


def _join(pieces: list[tuple[str, bool]], text: str, marked: bool) -> None:
    """Add a piece; words asked for that stand side by side are marked as one."""
    if not text:
        return
    if marked and len(pieces) > 1 and pieces[-2][1] and pieces[-1][0].isspace():
        space = pieces.pop()[0]
        pieces[-1] = (pieces[-1][0] + space + text, True)
    else:
        pieces.append((text, marked))


def distinct(words: Iterable[str]) -> list[str]:
    """The words, each once, in their order."""
    return list(dict.fromkeys(words))
