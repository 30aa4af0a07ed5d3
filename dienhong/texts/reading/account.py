"""The account (đối chiếu): every character of a source against the tree that was read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dienhong.texts.reading.normal import characters
from dienhong.texts.tree import Node, Text


@dataclass(slots=True, frozen=True)
class Account:
    """`missing` characters of the source that are nowhere, `added` ones that are not in it, whether all are in order."""

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
    notes = {note.mark: note.text for node in text.walk() for note in node.footnotes}
    notes |= {note.mark: note.text for note in text.footnotes}
    for mark, said in notes.items():
        yield mark
        yield said
    for node in text.walk():
        for note in node.footnotes:
            yield note.mark


def account(source: str, text: Text) -> Account:
    """Compare the characters of a source that are not white space with those of the tree and its doubts."""
    want = characters(source)
    have = characters("".join(pieces(text)))
    if want == have:
        return Account("", "", True)
    missing = Counter(want) - Counter(have)
    added = Counter(have) - Counter(want)
    if missing:
        missing -= Counter(characters("".join(_note_pieces(text))))
        missing -= (
            Counter("[]" * len([c for c in want if c == "["])) if any(n.footnotes for n in text.walk()) else Counter()
        )
    if missing:
        missing -= Counter(characters("".join(doubt.text for doubt in text.doubts if doubt.code.startswith("dropped"))))
    return Account("".join(sorted(missing.elements())), "".join(sorted(added.elements())), False)
