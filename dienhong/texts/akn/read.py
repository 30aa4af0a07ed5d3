"""Reading Akoma Ntoso back (đọc AKN): exactly what was written here, and without loss what others wrote."""

from __future__ import annotations

import datetime as dt
from typing import Final

from lxml import etree

from dienhong.texts.akn.foreign import read_foreign
from dienhong.texts.akn.names import ELEMENT, OWN, number_in
from dienhong.texts.akn.schema import NotXml, parse
from dienhong.texts.tree import Doubt, Footnote, Kind, Node, Text

KINDS: Final[dict[str, Kind]] = {element: kind for kind, element in ELEMENT.items()}

NUMBER: Final = f"{{{OWN}}}number"
LINE: Final = f"{{{OWN}}}line"
OFFSET: Final = f"{{{OWN}}}offset"
TAIL: Final = f"{{{OWN}}}tail"
PLACE: Final = f"{{{OWN}}}place"


class NotAkn(NotXml):
    """Refusal: the file is XML, but no Akoma Ntoso."""


class _NotOurs(Exception):
    """The file was written here but another hand has put in what is not read exactly."""


def read_akn(data: bytes) -> Text:
    """The tree of an Akoma Ntoso document, of any version and country.

    A document that `to_akn` wrote gives the tree it was written from. In others every unknown container becomes the
    nearest kind of unit and all text is kept in its order. Raises NotXml for what is no XML, NotAkn for other XML.
    """
    root = parse(data)
    document = root if tag_of(root) != "akomaNtoso" else next(iter(elements(root)), None)
    if document is None or (tag_of(root) != "akomaNtoso" and not any(tag_of(part) == "meta" for part in root)):
        raise NotAkn(f"no Akoma Ntoso document: the root element is {tag_of(root) or 'unnamed'}")
    head = document.find(f"{{*}}meta/{{*}}proprietary/{{{OWN}}}text")
    if head is not None:
        try:
            return _ours(document, head)
        except _NotOurs:
            return read_foreign(document)
    return read_foreign(document)


def tag_of(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def elements(parent: etree._Element) -> list[etree._Element]:
    """The child elements, without comments and processing instructions."""
    return [child for child in parent if isinstance(child.tag, str)]


def _ours(document: etree._Element, head: etree._Element) -> Text:
    date = head.get("date")
    text = Text(
        title=head.get("title", ""),
        kind=head.get("kind", "other"),
        number=head.get("number", ""),
        date=dt.date.fromisoformat(date) if date else None,
        place=head.get("place", ""),
        issuer=head.get("issuer", ""),
    )
    for part in elements(document):
        match tag_of(part):
            case "meta":
                _meta(part, text)
            case "preface":
                text.heading = [_words(line) for line in elements(part) if tag_of(line) == "p"]
            case "preamble":
                _preamble(part, text)
            case "body" | "mainBody":
                text.body = _units(part)
            case "conclusions":
                _conclusions(part, text)
            case "attachments":
                text.appendices = [_unit(child) for child in elements(part)]
            case _:
                raise _NotOurs
    return text


def _meta(meta: etree._Element, text: Text) -> None:
    for note in meta.iterfind("{*}notes/{*}note"):
        words = "\n".join(_words(line) for line in elements(note))
        text.footnotes.append(Footnote(note.get("marker", ""), words, int(note.get(OFFSET, "-1"))))
    for doubt in meta.iterfind(f"{{*}}proprietary/{{{OWN}}}doubt"):
        line = int(doubt.get("line", "0"))
        text.doubts.append(Doubt(line, doubt.get("code", ""), doubt.get("reason", ""), doubt.text or ""))


def _preamble(preamble: etree._Element, text: Text) -> None:
    for part in elements(preamble):
        match tag_of(part):
            case "citations":
                text.grounds.extend(_words(citation) for citation in elements(part))
            case "formula" | "p":
                text.lead.append(_words(part))
            case _:
                raise _NotOurs


def _conclusions(conclusions: etree._Element, text: Text) -> None:
    for line in elements(conclusions):
        signed = len(line) == 1 and tag_of(line[0]) == "signature" and not line.text and not line[0].tail
        (text.signature if signed else text.closing).append(_words(line))


def _words(element: etree._Element) -> str:
    """All text of an element, with a newline for each `eol`."""
    if len(element) == 0:
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append("\n" if tag_of(child) == "eol" else _words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _units(parent: etree._Element) -> list[Node]:
    """The units in a container; a quotation stands in one of its own, which is no unit."""
    found: list[Node] = []
    for child in elements(parent):
        if tag_of(child) == "hcontainer" and child.get("name") in ("quotation", "empty"):
            found.extend(_quotation(child))
        elif tag_of(child) != "p" or child.get("class") != "empty":
            found.append(_unit(child))
    return found


def _quotation(element: etree._Element) -> list[Node]:
    """The quoted structures of a container that holds nothing else."""
    return [_quote(quote) for quote in element.iterfind("{*}content/{*}p/{*}mod/{*}quotedStructure")]


def _quote(element: etree._Element) -> Node:
    """A quoted structure; what follows it is the end of the quotation."""
    node = _unit(element)
    node.label = element.get("startQuote", "")
    node.tail = element.get("endQuote", "") + (element.tail or "")
    node.number = element.get(NUMBER, number_in(node.label))
    return node


def _kind(element: etree._Element) -> Kind:
    tag = tag_of(element)
    if tag in KINDS:
        return KINDS[tag]
    if tag == "quotedStructure":
        return Kind.QUOTE
    try:
        return Kind(element.get("class", "appendix") if tag == "attachment" else element.get("name", ""))
    except ValueError:
        raise _NotOurs from None


def _unit(element: etree._Element) -> Node:
    node = Node(_kind(element), id=element.get("eId", ""), line=int(element.get(LINE, "0")))
    filling = _Filling(node)
    for child in elements(element):
        match tag_of(child):
            case "num":
                node.label = _words(child)
            case "heading":
                filling.heading(child)
            case "content" | "intro":
                for block in elements(child):
                    filling.block(block)
            case "doc":
                for part in elements(child):
                    if tag_of(part) == "mainBody":
                        for block in elements(part):
                            filling.any(block)
            case _:
                filling.any(child)
    filling.finish()
    node.tail = element.get(TAIL, "")
    node.number = element.get(NUMBER, number_in(node.label))
    return node


class _Filling:
    """A unit whose text, notes and quoted units are being gathered."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.lines: list[str] = []
        self.length = 0
        self.notes: list[tuple[int, Footnote]] = []

    def heading(self, element: etree._Element) -> None:
        self.node.heading = self.line(element, 0)

    def any(self, element: etree._Element) -> None:
        """A block or a unit: quoted structures and appendices hold both."""
        if tag_of(element) in ("p", "table"):
            self.block(element)
        elif tag_of(element) == "hcontainer" and element.get("name") == "quotation":
            self.node.children.extend(_quotation(element))
        else:
            self.node.children.append(_unit(element))

    def block(self, element: etree._Element) -> None:
        match tag_of(element):
            case "p" if element.get("class") == "empty":
                pass
            case "p":
                start = self.length + 1 if self.lines else 0
                line = self.line(element, start)
                self.lines.append(line)
                self.length = start + len(line)
            case "table":
                self.node.rows = tuple(_row(row) for row in elements(element))
            case _:
                raise _NotOurs

    def line(self, element: etree._Element, start: int) -> str:
        """The text of one line; notes and quoted units found in it are put where they belong."""
        if len(element) == 0:
            return element.text or ""
        text = element.text or ""
        for child in element:
            match tag_of(child):
                case "authorialNote":
                    self.note(child, start + len(text))
                case "quotedStructure":
                    self.node.children.append(_quote(child))
                    continue
                case "eol":
                    text += "\n"
                case "":
                    pass
                case _:
                    text += self.line(child, start + len(text))
            text += child.tail or ""
        return text

    def note(self, element: etree._Element, at: int) -> None:
        words = "\n".join(_words(line) for line in elements(element))
        offset = int(element.get(OFFSET, str(at)))
        place = int(element.get(PLACE, str(len(self.notes))))
        self.notes.append((place, Footnote(element.get("marker", ""), words, offset)))

    def finish(self) -> None:
        self.node.text = "\n".join(self.lines)
        self.node.footnotes = [note for _, note in sorted(self.notes, key=lambda item: item[0])]


def _row(row: etree._Element) -> tuple[str, ...]:
    if row.get("class") == "empty":
        return ()
    return tuple("\n".join(_words(line) for line in elements(cell)) for cell in elements(row))
