"""The account (đối chiếu): every character of a source against the tree that was read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dienhong.texts.reading.lines import NOTE_CLOSE, NOTE_OPEN
from dienhong.texts.reading.normal import characters
from dienhong.texts.tree import Node, Text


@dataclass(slots=True, frozen=True)
class Account:
    """Characters of the source that are `missing` in the tree, those `added` to it, and whether all are in order."""

    missing: str
    added: str
    ordered: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def pieces(text: Text) -> Iterator[str]:
    """Every printed piece of a text in reading order: label, heading and text of each unit, cells, tails."""
    yield from text.heading
    yield from text.grounds
    yield from text.lead
    yield from _unit_pieces(text.body)
    yield from text.closing
    yield from text.signature
    yield from _unit_pieces(text.appendices)


def _unit_pieces(nodes: list[Node]) -> Iterator[str]:
    stack: list[Node | str] = list(reversed(nodes))
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        yield item.label
        yield item.heading
        yield item.text
        for row in item.rows:
            yield from row
        if item.tail:
            stack.append(item.tail)
        stack.extend(reversed(item.children))


def _note_pieces(text: Text) -> Iterator[str]:
    """What was taken out of the running text: every call of a note as [1], every note once with its mark."""
    every = [note for node in text.walk() for note in node.footnotes] + text.footnotes
    for note in every:
        yield f"[{note.mark}]"
    for mark, said in {note.mark: note.text for note in every}.items():
        yield f"[{mark}]{said}"


def account(source: str, text: Text) -> Account:
    """Compare the characters of a source that are not white space with those of the tree and its doubts.

    Footnotes stand at their units, so a text with notes is counted and not held in order. A call of a note in a line
    (`lines.NOTE_OPEN`) counts as [1].
    """
    want = characters(source).replace(NOTE_OPEN, "[").replace(NOTE_CLOSE, "]")
    have = characters("\n".join(pieces(text)))
    if want == have:
        return Account("", "", True)
    missing = Counter(want) - Counter(have)
    added = Counter(have) - Counter(want)
    missing -= Counter(characters("".join(_note_pieces(text))))
    missing -= Counter(characters("".join(doubt.text for doubt in text.doubts if doubt.code.startswith("dropped"))))
    return Account("".join(sorted(missing.elements())), "".join(sorted(added.elements())), False)
