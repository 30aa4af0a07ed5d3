"""The provisions of a text (các đơn vị của văn bản), ready to be stored, and which of them live on from another text.

Pure values, no Django. Identity follows the matching of the comparison, never the number alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from dienhong.foundation.folding import fold, nfc
from dienhong.texts.comparing import Comparison, compare
from dienhong.texts.tree import Kind, Node, Text

#: Units that have an identity of their own; quoted ones belong to the law they amend.
KEPT = frozenset(
    {
        Kind.PART,
        Kind.CHAPTER,
        Kind.SECTION,
        Kind.SUBSECTION,
        Kind.ARTICLE,
        Kind.CLAUSE,
        Kind.POINT,
        Kind.APPENDIX,
    }
)
MOST_ID, MOST_NUMBER = 400, 100  # what the columns hold; real ids have up to 100 signs
#: Units that hold articles: their words are those of their heading.
LARGE = frozenset({Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION})


@dataclass(frozen=True, slots=True)
class Unit:
    """One provision of a text. `text` holds the words of an article with all below it, of smaller units their own."""

    eid: str
    kind: str
    number: str
    label: str
    heading: str
    text: str
    folded: str
    digest: str
    order: int
    searched: bool


def words(node: Node, *, below: bool = True) -> str:
    """The words of a unit in reading order, one unit a line, without its own number and heading."""
    parts: list[str] = []
    stack: list[Node | str] = [node]
    opening = ""
    while stack:
        inner = stack.pop()
        if isinstance(inner, str):  # the end of a quotation stands behind its last word
            parts[-1:] = [parts[-1] + inner] if parts else [inner]
            continue
        opening += inner.label if inner.kind is Kind.QUOTE else ""
        own = [] if inner is node or inner.kind is Kind.QUOTE else [inner.label, inner.heading]
        cells = [" | ".join(row) for row in inner.rows]
        line = nfc(" ".join(part for part in (*own, inner.text, *cells) if part))
        if line:
            parts.append(opening + line)
            opening = ""
        stack += [inner.tail] if inner.tail else []
        stack.extend(reversed(inner.children) if below else [])
    return "\n".join(parts)


def units(text: Text) -> list[Unit]:
    """Every provision of a text in reading order, with ids as assigned."""
    return list(_units(text))


def _units(text: Text) -> Iterator[Unit]:
    order = 0
    stack: list[tuple[Node, bool]] = [(n, False) for n in reversed([*text.body, *text.appendices])]
    while stack:
        node, inside = stack.pop()  # inside: the words are already searched with the unit above
        searched = not inside and node.kind not in LARGE
        if node.kind is not Kind.QUOTE:
            held = inside or searched
            stack.extend((child, held) for child in reversed(node.children))
        if node.kind in KEPT or searched:
            yield _unit(node, order, searched)
            order += 1


def _unit(node: Node, order: int, searched: bool) -> Unit:
    said = words(node, below=searched)
    whole = said if searched else "" if node.kind in LARGE else words(node)
    digest = hashlib.sha256("\n".join([node.number, node.heading, whole]).encode()).hexdigest()
    heading = nfc(node.heading)
    folded = fold(f"{heading} {said}") if searched else ""
    number, label = plain(node.number)[:MOST_NUMBER], plain(nfc(node.label))
    eid = node.id[:MOST_ID]
    return Unit(
        eid, node.kind.value, number, label, plain(heading), plain(said), plain(folded), digest, order, searched
    )


def plain(text: str) -> str:
    """The text without the one sign that no database column holds."""
    return text.replace("\x00", "")


def lineage(old: Text, new: Text) -> dict[str, str]:
    """For each unit of the new text that lives on from the old one: its id and the id it had there."""
    return lineage_of(compare(old, new))


def lineage_of(comparison: Comparison) -> dict[str, str]:
    """The same, of a comparison already made."""
    return {match.new.id: match.old.id for match in comparison.matches if match.old and match.new}


def unit_at_line(text: Text, line: int) -> str:
    """The id of the unit in which a line of the source stands, "" before the first."""
    found = ""
    for node in text.walk():
        if node.line and node.line <= line and node.id:
            found = node.id
    return found
