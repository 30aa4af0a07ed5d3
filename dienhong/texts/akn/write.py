"""Writing a text as Akoma Ntoso 3.0 (ghi văn bản ra AKN), valid against the strict OASIS schema.

The document is put together as one string in one pass, a line for each paragraph: several times as fast as building
elements, and a person can read the file. Everything of the tree is in it: what the standard has no attribute for (the
number as normalised where the label does not show it, the line of the source, doubts) stands in a namespace of our own,
which the schema allows, so reading the file gives the same tree.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from dienhong.texts.akn.meta import meta_of, part_meta
from dienhong.texts.akn.names import AKN, ELEMENT, OWN, escape, number_in, quoted, storable
from dienhong.texts.akn.preface import conclusions_of, preamble_of, preface_of
from dienhong.texts.akn.uris import TYPES
from dienhong.texts.pieces import Piece, Reference, by_node, lines_of, note_home
from dienhong.texts.tree import Footnote, Kind, Node, Text, assign_ids

#: XML parsers refuse what is nested deeper than 256.
DEEPEST: Final = 240


class TooDeep(ValueError):
    """Refusal: the units are nested deeper than any XML parser reads."""


class Change(Protocol):
    """This change (nội dung sửa đổi) that a unit of an amending text makes to another text.

    `type` is one of the schema's: substitution, insertion, repeal, renumbering, replacement, split, join. `position` is
    "", before, after, start, end or inside. `old` and `new` are words replaced and put in their place; `quote_id` is
    the QUOTE that holds the new units. Without `target_uri` the change is left out of the metadata: a unit without its
    work would be one of this very text.
    """

    @property
    def node_id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def target_uri(self) -> str: ...
    @property
    def target_id(self) -> str: ...
    @property
    def position(self) -> str: ...
    @property
    def old(self) -> str: ...
    @property
    def new(self) -> str: ...
    @property
    def quote_id(self) -> str: ...


@dataclass(slots=True, frozen=True)
class TextualChange:
    """A change ready to be written; the plainest thing that satisfies `Change`."""

    node_id: str
    type: str
    target_uri: str = ""
    target_id: str = ""
    position: str = ""
    old: str = ""
    new: str = ""
    quote_id: str = ""


def to_akn(
    text: Text,
    *,
    references: Iterable[Reference] = (),
    changes: Sequence[Change] = (),
    on: dt.date | None = None,
    made: dt.date | None = None,
    lines: bool = True,
) -> bytes:
    """The text as an Akoma Ntoso 3.0 document in UTF-8.

    `references` become `ref` elements, `changes` the `activeModifications` of the analysis. `on` is the day for which
    a consolidated text is valid, `made` the day of this file (that of the text if not given); the clock is not read.
    With `lines` the line of the source is kept with each unit. Ids are taken from the tree, and made where one is
    missing. Raises TooDeep, and ValueError when two units share an id.
    """
    text = _with_ids(text)
    doctype, _ = TYPES.get(text.kind, ("doc", "document"))
    body = "mainBody" if doctype == "doc" else "body"
    writer = _Writer(by_node(references), lines)
    out = writer.out
    out.append(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="{AKN}" xmlns:dh="{OWN}">\n'
        f'<{doctype} name="{quoted(text.kind)}" contains="{"singleVersion" if on else "originalVersion"}">\n'
    )
    out += [meta_of(text, changes=changes, on=on, made=made), preface_of(text), preamble_of(text), f"<{body}>\n"]
    for node in text.body:
        writer.unit(node, 4)
    if not text.body:
        out.append('<p class="empty"/>\n' if doctype == "doc" else '<hcontainer name="empty"/>\n')
    out.append(f"</{body}>\n")
    out.append(conclusions_of(text))
    if text.appendices:
        out.append("<attachments>\n")
        for node in text.appendices:
            writer.attachment(text, node)
        out.append("</attachments>\n")
    out.append(f"</{doctype}>\n</akomaNtoso>\n")
    return storable("".join(out)).encode()


def _with_ids(text: Text) -> Text:
    """The text, or a copy with ids where one is missing. Raises ValueError when two units share an id."""
    ids = [node.id for node in text.walk()]
    if not all(ids):
        text = copy.deepcopy(text)
        assign_ids(text)
        ids = [node.id for node in text.walk()]
    if len(set(ids)) != len(ids):
        seen: set[str] = set()
        twice = next(ident for ident in ids if ident in seen or seen.add(ident))  # type: ignore[func-returns-value]
        raise ValueError(f"two units have the id {twice}")
    return text


class _Writer:
    """The document being put together; `out` holds its parts in order."""

    def __init__(self, links: dict[str, list[Reference]], lines: bool) -> None:
        self.out: list[str] = []
        self.links = links
        self.lines = lines

    def unit(self, node: Node, depth: int) -> None:
        """One unit with all below it; `depth` counts the elements around it."""
        if depth > DEEPEST:
            raise TooDeep(f"{node.id[:80]}: units are nested too deep for Akoma Ntoso")
        if node.kind is Kind.QUOTE:
            self.out.append('<hcontainer name="quotation"><content><p>')
            self.quotation(node.id, [], [node], depth + 3)
            self.out.append("</p></content></hcontainer>\n")
            return
        tag = ELEMENT.get(node.kind, "hcontainer")
        name = "" if node.kind in ELEMENT else f' name="{node.kind.value}"'
        self.out.append(f'<{tag} eId="{quoted(node.id)}"{name}{self.own(node)}>')
        self.head(node)
        self.inside(node, depth)
        self.out.append(f"</{tag}>\n")

    def inside(self, node: Node, depth: int) -> None:
        """What a unit holds: its text and table, then its children."""
        children = node.children
        if not children:
            if node.text or node.rows or self.has_notes(node):
                self.out.append("<content>")
                self.blocks(node)
                self.out.append("</content>")
        elif not node.rows and all(child.kind is Kind.QUOTE for child in children):
            self.out.append("<content>")
            lines = self.text_lines(node)
            for line in lines[:-1]:
                self.out.append(f"<p>{line}</p>\n")
            self.out.append("<p>")
            self.quotation(node.id, lines[-1:], children, depth + 3)
            self.out.append("</p></content>")
        else:
            if node.text or node.rows or self.has_notes(node):
                self.out.append("<intro>")
                self.blocks(node)
                self.out.append("</intro>")
            self.out.append("\n")
            for child in children:
                self.unit(child, depth + 1)

    def quotation(self, ident: str, before: list[str], quotes: Sequence[Node], depth: int) -> None:
        """The units that an amending text quotes, after the words that bring them in."""
        self.out.append(f'<mod eId="{quoted(ident)}__mod">')
        self.out.extend(before)
        for quote in quotes:
            if depth > DEEPEST:
                raise TooDeep(f"{quote.id[:80]}: units are nested too deep for Akoma Ntoso")
            self.out.append(f'<quotedStructure eId="{quoted(quote.id)}"{_marks(quote)}{self.own(quote)}>')
            self.head(quote, marked=True)
            self.blocks(quote)
            if not (quote.heading or quote.text or quote.rows or quote.children or self.has_notes(quote)):
                self.out.append('<p class="empty"/>')
            self.out.append("\n")
            for child in quote.children:
                self.unit(child, depth + 1)
            self.out.append(f"</quotedStructure>{escape(quote.tail.removeprefix(end_quote(quote.tail)))}")
        self.out.append("</mod>")

    def attachment(self, text: Text, node: Node) -> None:
        """One appendix, a document of its own within this one."""
        kind = "" if node.kind is Kind.APPENDIX else f' class="{node.kind.value}"'
        kind += f' dh:tail="{quoted(node.tail)}"' if node.tail else ""
        self.out.append(f'<attachment eId="{quoted(node.id)}"{kind}{self.own(node)}>')
        self.head(node)
        self.out.append(f'<doc name="appendix">\n{part_meta(text, node.id)}<mainBody>')
        self.blocks(node)
        if not (node.text or node.rows or node.children or self.has_notes(node)):
            self.out.append('<p class="empty"/>')
        self.out.append("\n")
        for child in node.children:
            self.unit(child, 8)
        self.out.append("</mainBody></doc></attachment>\n")

    def own(self, node: Node) -> str:
        """The attributes that the standard has no name for."""
        number = f' dh:number="{quoted(node.number)}"' if node.number != number_in(node.label) else ""
        return f'{number} dh:line="{node.line}"' if self.lines and node.line else number

    def head(self, node: Node, marked: bool = False) -> None:
        """Number and heading; what a quotation has for a label is its opening mark, already `marked`."""
        if node.label and not marked:
            self.out.append(f"<num>{_inline(node.label)}</num>")
        if node.heading:
            notes = ""
            if node.footnotes and note_home(node) == "heading":
                notes = "".join(_note(node, note, at, at, None) for at, note in enumerate(node.footnotes))
            self.out.append(f"<heading>{_inline(node.heading)}{notes}</heading>")

    def has_notes(self, node: Node) -> bool:
        return bool(node.footnotes) and note_home(node) == "text"

    def blocks(self, node: Node) -> None:
        """The text of a unit, a `p` for each line, and its table."""
        self.out.append("\n".join(f"<p>{line}</p>" for line in self.text_lines(node)))
        if any(True for _ in node.rows):
            self.out.append(f'<table eId="{quoted(node.id)}__cells">\n')
            self.out.extend(map(_row, node.rows))
            self.out.append("</table>")

    def text_lines(self, node: Node) -> list[str]:
        """The lines of a unit's text as XML content, with its notes and references."""
        if not node.footnotes and node.id not in self.links:
            return [escape(line) for line in node.text.split("\n")] if node.text else []
        notes = node.footnotes if self.has_notes(node) else ()
        order = 0
        lines: list[str] = []
        for line in lines_of(node.text, notes, self.links.get(node.id, ())):
            parts: list[str] = []
            for piece in line:
                if piece.note is not None:
                    parts.append(_note(node, piece.note, piece.place, order, piece.at))
                    order += 1
                else:
                    parts.append(_piece(piece))
            lines.append("".join(parts))
        return lines


def end_quote(tail: str) -> str:
    """The closing mark with which the end of a quotation begins, "" if it has none."""
    return tail[0] if tail[:1] in tuple('”"»’') else ""


def _marks(quote: Node) -> str:
    """The quotation marks as attributes; what follows the closing one is text after the structure."""
    start = f' startQuote="{quoted(quote.label)}"' if quote.label else ""
    end = end_quote(quote.tail)
    return f'{start} endQuote="{quoted(end)}"' if end else start


def _piece(piece: Piece) -> str:
    if piece.href:
        return f'<ref href="{quoted(piece.href)}">{escape(piece.text)}</ref>'
    return escape(piece.text)


def _note(node: Node, note: Footnote, place: int, order: int, at: int | None) -> str:
    """A footnote. Its offset and place in the list are written down where its position does not tell them."""
    offset = f' dh:offset="{note.offset}"' if note.offset != at else ""
    listed = f' dh:place="{place}"' if place != order else ""
    return (
        f'<authorialNote eId="{quoted(node.id)}__fn_{place + 1}" marker="{quoted(note.mark)}" placement="bottom"'
        f"{offset}{listed}>{_paragraphs(note.text)}</authorialNote>"
    )


def _row(cells: tuple[str, ...]) -> str:
    if not cells:
        return '<tr class="empty"><td/></tr>\n'
    inside = (f"<td>{_paragraphs(cell)}</td>" if cell else "<td/>" for cell in cells)
    return f"<tr>{''.join(inside)}</tr>\n"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))


def _inline(text: str) -> str:
    return escape(text).replace("\n", "<eol/>")
