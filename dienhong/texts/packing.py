"""Packing of a text (đóng gói văn bản): the one canonical form in which a version is stored, and its digest.

A flat list of units in reading order with their depths, so depth is bounded by memory only; keys sorted.
The digest is over this form before compression: two texts with the same digest are the same to the letter.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from typing import Any

from dienhong.texts.tree import Footnote, Kind, Node, Text

FORM = 1


class NotAText(ValueError):
    """These bytes are not a packed text."""


def canonical(text: Text) -> bytes:
    """The text as canonical JSON. Its doubts are left out: they are about the reading, not of the text."""
    said = {
        "form": FORM,
        "title": text.title,
        "kind": text.kind,
        "number": text.number,
        "date": text.date.isoformat() if text.date else "",
        "place": text.place,
        "issuer": text.issuer,
        "heading": text.heading,
        "grounds": text.grounds,
        "lead": text.lead,
        "closing": text.closing,
        "signature": text.signature,
        "footnotes": [_note(note) for note in text.footnotes],
        "body": _flat(text.body),
        "appendices": _flat(text.appendices),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def pack(text: Text) -> tuple[bytes, str]:
    """The compressed canonical form and the SHA-256 of the form itself, in hexadecimal."""
    plain = canonical(text)
    return zlib.compress(plain, 6), hashlib.sha256(plain).hexdigest()


def unpack(packed: bytes | memoryview) -> Text:
    """The text of a packed form. Raises `NotAText`."""
    try:
        said = json.loads(zlib.decompress(bytes(packed)))
        if said["form"] != FORM:
            raise NotAText(f"packed in form {said['form']}, this program reads form {FORM}")
        return Text(
            title=said["title"],
            kind=said["kind"],
            number=said["number"],
            date=dt.date.fromisoformat(said["date"]) if said["date"] else None,
            place=said["place"],
            issuer=said["issuer"],
            heading=said["heading"],
            grounds=said["grounds"],
            lead=said["lead"],
            closing=said["closing"],
            signature=said["signature"],
            footnotes=[Footnote(*note) for note in said["footnotes"]],
            body=_deep(said["body"]),
            appendices=_deep(said["appendices"]),
        )
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise NotAText(str(error)) from error


def _note(note: Footnote) -> list[Any]:
    return [note.mark, note.text, note.offset]


def _flat(roots: list[Node]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    stack = [(node, 0) for node in reversed(roots)]
    while stack:
        node, depth = stack.pop()
        notes = [_note(note) for note in node.footnotes]
        row = [depth, node.kind.value, node.number, node.heading, node.text, node.label, node.id, node.line]
        more = [[list(cells) for cells in node.rows], notes, node.tail]
        rows.append(row + more if any(more) else row)
        stack.extend((child, depth + 1) for child in reversed(node.children))
    return rows


def _deep(rows: list[list[Any]]) -> list[Node]:
    roots: list[Node] = []
    line: list[Node] = []
    for depth, kind, number, heading, text, label, ident, at, *more in rows:
        node = Node(Kind(kind), number, heading, text, label, [], ident, at)
        if more:
            node.rows = tuple(tuple(cells) for cells in more[0])
            node.footnotes = [Footnote(*note) for note in more[1]]
            node.tail = more[2]
        (line[depth - 1].children if depth else roots).append(node)
        del line[depth:]
        line.append(node)
    return roots
