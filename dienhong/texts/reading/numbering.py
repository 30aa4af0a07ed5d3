"""Numbering of Word (đánh số tự động): what number an automatic list prints before each of its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from dienhong.texts.reading.marks import roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_PLACEHOLDER = re.compile(r"%(\d)")


@dataclass(slots=True)
class Level:
    """One level of a list: how its number is written."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    letters: tuple[str, ...] = ()
    restart: int = -1


@dataclass(slots=True)
class Numbering:
    """The lists of a document: levels by list, list and level of each style, and the counters as reading goes on."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    latin: bool = False

    def label(self, list_id: str, depth: int) -> str:
        """The number that Word prints for the next paragraph of this list at this depth."""
        levels = self.lists.get(list_id)
        if levels is None or depth not in levels:
            return ""
        level = levels[depth]
        counter = self.counters.setdefault(self.abstract.get(list_id, list_id), {})
        counter[depth] = counter[depth] + 1 if depth in counter else level.start
        for deeper in [at for at in counter if at > depth and levels.get(at, level).restart != 0]:
            del counter[deeper]
        if level.format == "none":
            return ""
        if level.format == "bullet":
            return "-" if level.text else ""
        if level.format == "lowerLetter" and counter[depth] >= 5 and not level.letters:
            self.latin = True

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, level)
            return spell(counter.get(at, other.start), other)

        return _PLACEHOLDER.sub(number, level.text)


def spell(value: int, level: Level) -> str:
    """The number as the level writes it."""
    if level.letters:
        return level.letters[(value - 1) % len(level.letters)]
    name = level.format
    if name in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if name == "lowerLetter" else letter.upper()
    if name in ("upperRoman", "lowerRoman"):
        return roman(value) if name == "upperRoman" else roman(value).lower()
    if name == "decimalZero":
        return f"{value:02d}"
    if name in ("vietnameseCounting", "cardinalText", "ordinalText") and 0 <= value < len(_WORDS):
        return _WORDS[value] if name != "ordinalText" or value != 1 else "nhất"
    return str(value)


def read_numbering(root: Any) -> Numbering:
    """The lists of a numbering.xml; none where there is no such part."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract: dict[str, dict[int, Level]] = {}
    for element in root.iter(W + "abstractNum"):
        levels = {to_int(lvl.get(W + "ilvl")): level_of(lvl) for lvl in element.findall(W + "lvl")}
        abstract[element.get(W + "abstractNumId") or ""] = levels
        for lvl in element.findall(W + "lvl"):
            style = lvl.find(W + "pStyle")
            if style is not None:
                numbering.styles[style.get(W + "val") or ""] = ("", to_int(lvl.get(W + "ilvl")))
    for element in root.iter(W + "num"):
        ident = element.get(W + "numId") or ""
        link = element.find(W + "abstractNumId")
        of = (link.get(W + "val") or "") if link is not None else ""
        levels = dict(abstract.get(of, {}))
        numbering.abstract[ident] = of
        for change in element.findall(W + "lvlOverride"):
            depth = to_int(change.get(W + "ilvl"))
            own = change.find(W + "lvl")
            if own is not None:
                levels[depth] = level_of(own)
                numbering.abstract[ident] = f"{of}/{ident}"
            start = change.find(W + "startOverride")
            if start is not None and depth in levels:
                old = levels[depth]
                levels[depth] = Level(old.format, old.text, to_int(start.get(W + "val"), 1), old.letters, old.restart)
                numbering.abstract[ident] = f"{of}/{ident}"
        numbering.lists[ident] = levels
    return numbering


def level_of(lvl: Any) -> Level:
    """One w:lvl element."""
    level = Level()
    for name in ("numFmt", "lvlText", "start", "lvlRestart"):
        element = lvl.find(W + name)
        if element is None:
            element = next(iter(lvl.iter(W + name)), None)
        if element is None:
            continue
        value = element.get(W + "val") or ""
        if name == "numFmt":
            level.format = value
            letters = element.get(W + "format") or ""
            if value == "custom" and "," in letters:
                level.letters = tuple(part.strip() for part in letters.replace("...", "").split(",") if part.strip())
        elif name == "lvlText":
            level.text = value
        elif name == "start":
            level.start = to_int(value, 1)
        else:
            level.restart = to_int(value, -1)
    return level


def to_int(value: str | None, default: int = 0) -> int:
    """The number of an attribute, or the default."""
    return int(value) if value is not None and value.lstrip("-").isdigit() else default
