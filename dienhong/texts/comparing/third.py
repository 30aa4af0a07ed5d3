"""The third column of a comparison table (cột thứ ba): notes by provision, or a third text matched to the new one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from dienhong.texts.comparing.comparing import compare
from dienhong.texts.comparing.comparison import Comparison, Place
from dienhong.texts.tree import Node, Text

Lines = tuple[str, ...]


class UnknownProvisions(ValueError):
    """Notes for provisions that stand in neither text; carries the names that were not found."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__(", ".join(self.names))


class UnreadableNotes(ValueError):
    """A file of notes in another form than the two that are known."""


def notes_of(source: str, suffix: str) -> dict[str, str]:
    """The notes of a JSON object or of CSV rows: a provision (its id, or "khoản 2 Điều 5") and the note.

    Raises `UnreadableNotes` with a plain message.
    """
    if suffix == ".json":
        try:
            found = json.loads(source)
        except (json.JSONDecodeError, RecursionError) as error:
            raise UnreadableNotes(f"not JSON: {error}") from error
        if not isinstance(found, dict) or not all(isinstance(note, str) for note in found.values()):
            raise UnreadableNotes("expected one object of provision: note")
        return {str(name): note for name, note in found.items()}
    try:
        rows = [row for row in csv.reader(io.StringIO(source)) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UnreadableNotes(f"not CSV: {error}") from error
    for line, row in enumerate(rows, 1):
        if len(row) != 2:
            raise UnreadableNotes(f"line {line}: expected two columns, provision and note")
    return {row[0].strip(): row[1] for row in rows}


def notes_by_id(comparison: Comparison, notes: Mapping[str, str]) -> dict[str, Lines]:
    """The notes as lines by id of the row's unit. Raises `UnknownProvisions`."""
    names: dict[str, str] = {}
    for match in comparison.matches:
        for place in (match.old, match.new):  # the new text has the last word on what a citation means
            if place is not None:
                names.update((name.casefold(), match.place.id) for name in _names(place))
    for match in comparison.matches:
        if match.new is not None:
            names.update((name.casefold(), match.new.id) for name in _names(match.new))
    unknown = [name for name in notes if name.casefold() not in names]
    if unknown:
        raise UnknownProvisions(unknown)
    found: dict[str, list[str]] = {}
    for name, note in notes.items():
        found.setdefault(names[name.casefold()], []).extend(note.splitlines() or [""])
    return {ident: tuple(lines) for ident, lines in found.items()}


def _names(place: Place) -> tuple[str, ...]:
    return place.id, place.cite, place.cite_en


def text_by_id(new: Text, third: Text) -> dict[str, Lines]:
    """The provisions of a third text by the id of the new text's unit that they match, as lines."""
    nodes = {node.id: node for node in third.walk()}
    found: dict[str, Lines] = {}
    beside = compare(new, third)
    for match in beside.matches:
        if match.old is not None and match.new is not None:
            found[match.old.id] = _lines(nodes[match.new.id])
    return found


def _lines(node: Node) -> Lines:
    lines: list[str] = []
    for below in node.walk():
        parts = [below.label, below.heading, below.text, *(" | ".join(row) for row in below.rows)]
        line = " ".join(part for part in parts if part)
        if line:
            lines.append(line)
    return tuple(lines)
