"""Plain text (văn bản thuần): bytes to numbered lines; hard-wrapped lines are joined into paragraphs."""

from __future__ import annotations

from dienhong.texts.reading.encodings import decode
from dienhong.texts.reading.guard import Unreadable
from dienhong.texts.reading.lines import Line, Source, from_text
from dienhong.texts.reading.marks import mark


def read_plain(data: bytes) -> Source:
    """The lines of a text file in any known encoding."""
    said, doubts = decode(data)
    lines = from_text(said)
    if not lines:
        raise Unreadable("the file is empty")
    return Source(unwrap(lines), doubts=doubts)


def unwrap(lines: list[Line]) -> list[Line]:
    """The lines, joined into paragraphs if the text was broken at a fixed width, else unchanged.

    A text was wrapped when many lines stop without punctuation and the line directly under them begins small.
    """
    broken = sum(1 for at in range(1, len(lines)) if _breaks(lines[at - 1], lines[at]))
    if broken < 8 or broken * 5 < len(lines):
        return lines
    width = sorted(len(line.text) for line in lines)[int(len(lines) * 0.9)]
    found: list[Line] = []
    for line in lines:
        if found and not line.rows and not found[-1].rows and _joins(found[-1], line, width):
            found[-1].text += " " + line.text
            found[-1].last = line.number
        else:
            found.append(Line(line.number, line.text, rows=line.rows, bold=line.bold, centred=line.centred))
    return found


def _breaks(before: Line, line: Line) -> bool:
    return (
        bool(before.text)
        and bool(line.text)
        and line.number == before.number + 1
        and line.text[0].islower()
        and before.text[-1] not in '.;:!?”"'
        and mark(line.text) is None
    )


def _joins(before: Line, line: Line, width: int) -> bool:
    """Whether the line goes on with the paragraph before it."""
    if line.number != (before.last or before.number) + 1 or mark(line.text) is not None:
        return False
    if before.text.isupper() != line.text.isupper() and not line.text[0].islower():
        return False
    if line.text[0].islower() and before.text[-1] not in ".;:":
        return True
    tail = len(before.text) % (width + 1) if before.last else len(before.text)
    return before.text[-1] not in ".;:!?" and tail > 0.6 * width and not before.text.isupper()
