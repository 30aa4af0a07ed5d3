"""Numbered lines (dòng nguồn): what every source format is turned into before the structure is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dienhong.texts.reading.normal import squeeze, unify
from dienhong.texts.tree import Doubt

#: A call of a footnote inside the text of a line: NOTE_OPEN mark NOTE_CLOSE. Private characters, never in a source.
NOTE_OPEN, NOTE_CLOSE = "\ue000", "\ue001"


@dataclass(slots=True)
class Line:
    """One paragraph of the source. `number` counts from 1; `rows` is set for a table, and then `text` is empty.

    `last` is the number of the last line joined into this one, 0 if none was.
    """

    number: int
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    bold: bool = False
    centred: bool = False
    last: int = 0


@dataclass(slots=True)
class Source:
    """A source as lines, with its footnotes by mark and the doubts met on the way."""

    lines: list[Line]
    notes: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    format: str = "text"


def from_text(text: str) -> list[Line]:
    """The lines of a plain text that are not empty. Neighbouring lines with tabs inside become one table."""
    found: list[Line] = []
    table: list[tuple[str, ...]] = []
    start = 0
    for number, raw in enumerate(unify(text).split("\n"), 1):
        if "\t" in raw:
            cells = tuple(squeeze(cell) for cell in raw.strip("\n ").split("\t"))
            if len(cells) > 1 and sum(map(bool, cells)) > 0 and (table or sum(map(bool, cells)) > 1):
                start = start if table else number
                table.append(cells)
                continue
        if table:
            found.append(table_or_lines(start, table))
            table = []
        kept = " ".join(raw.split())
        if kept:
            found.append(Line(number, kept))
    if table:
        found.append(table_or_lines(start, table))
    return found


def table_or_lines(number: int, rows: list[tuple[str, ...]]) -> Line:
    """A table of these rows; a single row with an indented mark in front is a line that was set with a tab."""
    if len(rows) == 1:
        cells = [cell for cell in rows[0] if cell]
        if len(cells) == 1 or (len(cells) == 2 and len(cells[0]) <= 12 and len(cells[1]) > len(cells[0])):
            return Line(number, " ".join(cells))
    return Line(number, "", rows=tuple(rows))


#: Where a unit begins in the middle of a line without a space before it. Each pattern starts on a rare character.
_GLUED: tuple[re.Pattern[str], ...] = (
    re.compile(r"[.;:,](?<=[^\d\s].)(?=(?:\d{1,2}[a-zđ]?\.|[a-zđ]\))\s[A-ZĐÀ-Ỹ])"),
    re.compile(r"(?=1\.\s[A-ZĐÀ-Ỹ][a-zà-ỹ])(?<=[a-zà-ỹ)])"),
    re.compile(r"(?=Điều \d+[a-zđ]?\. [A-ZĐÀ-Ỹ])(?<=[.;:”\"])"),
)
_UNITS = re.compile(r"(?:[cmk]?m|h|dm)$")


def unglue(lines: list[Line], doubts: list[Doubt]) -> list[Line]:
    """The lines, cut where units were run together without a space (đô thị.3. Chính phủ ...:a) Lập ...)."""
    whole = "\n".join(line.text for line in lines)
    if not any(pattern.search(whole) for pattern in _GLUED):
        return lines
    found: list[Line] = []
    for line in lines:
        text = line.text
        cuts = sorted(
            {m.end() for pattern in _GLUED for m in pattern.finditer(text) if not _UNITS.search(text[: m.end()])}
        )
        if not cuts or cuts == [0]:
            found.append(line)
            continue
        doubts.append(Doubt(line.number, "lines-glued", "units run together on one line were cut apart", text[:120]))
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            if text[start:end].strip():
                found.append(Line(line.number, text[start:end].strip(), bold=line.bold, centred=line.centred))
    return found


def texts(lines: Iterable[Line]) -> Iterator[str]:
    """The text of every line, a table's cells in reading order."""
    for line in lines:
        if line.rows:
            for row in line.rows:
                yield from row
        else:
            yield line.text
