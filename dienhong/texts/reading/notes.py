"""Footnotes (chú thích): taken out of the running text and tied to the place they were called from."""

from __future__ import annotations

import re

from dienhong.texts.reading.lines import NOTE_CLOSE, NOTE_OPEN, Line
from dienhong.texts.tree import Doubt, Footnote, Node, Text

_NOTE = re.compile(r"\[(\d{1,3})\]\s*(.+)", re.S)
_CALL = re.compile(r"\[(\d{1,3})\]")
_PRIVATE = re.compile(f"{NOTE_OPEN}([^{NOTE_CLOSE}]*){NOTE_CLOSE}")


def take_notes(lines: list[Line]) -> tuple[list[Line], dict[str, str]]:
    """The lines without the notes "[1] ..." at their end, and those notes by mark. Only a full run from [1] counts."""
    starts = [i for i, line in enumerate(lines) if line.text[:1] == "[" and _NOTE.match(line.text)]
    first = next((i for i in reversed(starts) if _NOTE.match(lines[i].text)[1] == "1"), -1)  # type: ignore[index]
    if first <= 0 or not any(f"[{1}]" in line.text for line in lines[:first]):
        return lines, {}
    notes: dict[str, str] = {}
    last = ""
    for index in range(first, len(lines)):
        line = lines[index]
        match = _NOTE.match(line.text)
        if match and match[1] not in notes and (not last or int(match[1]) == int(last) + 1):
            last = match[1]
            notes[last] = match[2]
        elif line.rows:
            return lines, {}
        else:
            notes[last] += "\n" + line.text
    return lines[:first], notes


def settle(text: Text, notes: dict[str, str]) -> None:
    """Move every call of a note out of the texts to the footnotes of its node; uncalled notes stay with the text."""
    if not notes:
        return
    called: set[str] = set()
    for node in text.walk():
        _settle_node(node, notes, called)
    for name in ("heading", "grounds", "lead", "closing", "signature"):
        said: list[str] = getattr(text, name)
        for index, line in enumerate(said):
            plain, found = _take(line, notes)
            if found:
                said[index] = plain
                called.update(note.mark for note in found)
                text.footnotes.extend(found)
    for key, said_note in notes.items():
        if key not in called:
            text.footnotes.append(Footnote(key, said_note))
            text.doubts.append(Doubt(0, "note-uncalled", f"nothing in the text calls note {key}", said_note[:120]))
    plain_title, _ = _take(text.title, notes)
    text.title = plain_title


def _settle_node(node: Node, notes: dict[str, str], called: set[str]) -> None:
    for name in ("heading", "text", "label", "tail"):
        said = getattr(node, name)
        if said and ("[" in said or NOTE_OPEN in said):
            plain, found = _take(said, notes)
            if found:
                setattr(node, name, plain)
                if name != "text":
                    for note in found:
                        note.offset = -1
                node.footnotes.extend(found)
                called.update(note.mark for note in found)
    if node.rows and any(NOTE_OPEN in cell or "[" in cell for row in node.rows for cell in row):
        rows = []
        for row in node.rows:
            cells = []
            for cell in row:
                plain, found = _take(cell, notes)
                for note in found:
                    note.offset = -1
                node.footnotes.extend(found)
                called.update(note.mark for note in found)
                cells.append(plain)
            rows.append(tuple(cells))
        node.rows = tuple(rows)


def _take(said: str, notes: dict[str, str]) -> tuple[str, list[Footnote]]:
    """The text without the calls of known notes, and the notes with their places in that text."""
    pattern = _PRIVATE if NOTE_OPEN in said else _CALL
    found: list[Footnote] = []
    parts: list[str] = []
    length = at = 0
    for match in pattern.finditer(said):
        if match[1] not in notes:
            continue
        parts.append(said[at : match.start()])
        length += match.start() - at
        at = match.end()
        found.append(Footnote(match[1], notes[match[1]], length))
    if not found:
        return said, []
    parts.append(said[at:])
    plain = "".join(parts)
    before = len(plain) - len(plain.lstrip())
    for note in found:
        note.offset = max(0, min(note.offset - before, len(plain.strip())))
    return plain.strip(), found
