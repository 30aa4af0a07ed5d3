"""Reading the Akoma Ntoso of others (AKN nước ngoài): every container gets the nearest kind, all text keeps its order.

What the document has beside its text (analysis, lifecycle) stays in the file, which the office keeps beside the tree.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from lxml import etree

from dienhong.texts.akn.names import COMMON_LAW, FOREIGN, number_in
from dienhong.texts.tree import Footnote, Kind, Node, Text, assign_ids

BODIES: Final = frozenset(
    ["body", "mainBody", "debateBody", "judgmentBody", "amendmentBody", "collectionBody", "portionBody"]
)
#: Elements that stand in a line of text; any other one opens a block of its own.
INLINE: Final = frozenset(
    [
        "ref",
        "mref",
        "rref",
        "mod",
        "mmod",
        "rmod",
        "remark",
        "recordedTime",
        "vote",
        "outcome",
        "ins",
        "del",
        "omissis",
        "embeddedText",
        "opinion",
        "placeholder",
        "fillIn",
        "decoration",
        "b",
        "i",
        "u",
        "sub",
        "sup",
        "span",
        "a",
        "abbr",
        "inline",
        "quotedText",
        "noteRef",
        "eop",
        "img",
        "marker",
        "docType",
        "docTitle",
        "docNumber",
        "docProponent",
        "docDate",
        "legislature",
        "session",
        "shortTitle",
        "docAuthority",
        "docPurpose",
        "docCommittee",
        "docIntroducer",
        "docStage",
        "docStatus",
        "docJurisdiction",
        "docketNumber",
        "date",
        "time",
        "person",
        "organization",
        "concept",
        "object",
        "event",
        "location",
        "process",
        "role",
        "term",
        "quantity",
        "def",
        "entity",
        "courtType",
        "neutralCitation",
        "party",
        "judge",
        "lawyer",
        "signature",
        "argument",
        "affectedDocument",
        "relatedDocument",
        "change",
    ]
)
#: Kinds of the numbered blocks that documents without articles nest in one another.
BLOCKS: Final = (Kind.SECTION, Kind.SUBSECTION, Kind.CLAUSE, Kind.POINT)
#: Containers that become a unit even without a number or heading.
UNITS: Final = frozenset(
    ["item", "li", "quotedStructure", "embeddedStructure", "speech", "question", "answer", "recital", "component"]
)

_SPACE = re.compile(r"\s+")
_EOL, _NOTE = "\ue000", "\ue001"


def tag_of(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _line(element: etree._Element) -> int:
    """The line of the source where the element begins."""
    line: Any = element.sourceline
    return line if isinstance(line, int) else 0


def read_foreign(document: etree._Element) -> Text:
    """The tree of one Akoma Ntoso document of any type. A collection's documents are its body, one unit each."""
    text = _identified(document)
    sections = any(True for _ in document.iter("{*}section"))
    articles = any(True for _ in document.iter("{*}article"))
    kinds = COMMON_LAW if sections and not articles else FOREIGN
    for part in document:
        tag = tag_of(part)
        if tag in ("coverPage", "preface"):
            text.heading.extend(_lines(part, kinds, text.footnotes))
        elif tag == "preamble":
            _preamble(part, kinds, text)
        elif tag == "conclusions":
            _conclusions(part, kinds, text)
        elif tag in ("attachments", "components"):
            text.appendices.extend(_body(part, kinds))
        elif tag and tag != "meta":
            text.body.extend(_body(part, kinds))
    components = [part for part in document.itersiblings() if tag_of(part) == "components"]
    documents = [node for part in components for node in _body(part, kinds)]
    (text.appendices if text.body else text.body).extend(documents)
    ids = [node.id for node in text.walk()]
    if not all(ids) or len(set(ids)) != len(ids):
        assign_ids(text)
    return text


def _identified(document: etree._Element) -> Text:
    """A text with what its FRBR identification and its preface say of it."""
    work = document.find("{*}meta/{*}identification/{*}FRBRWork")

    def value(name: str, attribute: str = "value") -> str:
        found = work.find(f"{{*}}{name}") if work is not None else None
        return found.get(attribute, "") if found is not None else ""

    def printed(*names: str) -> str:
        for name in names:
            for part in ("preface", "coverPage"):
                found = document.find(f"{{*}}{part}//{{*}}{name}")
                if found is not None:
                    return " ".join("".join(map(str, found.itertext())).split())
        return ""

    kind = {"act": "law", "bill": "bill"}.get(tag_of(document), "other")
    title = printed("docTitle", "shortTitle", "longTitle") or value("FRBRname")
    text = Text(title=title, kind=kind, number=value("FRBRnumber") or printed("docNumber"))
    try:
        text.date = dt.date.fromisoformat(value("FRBRdate", "date")[:10])
    except ValueError:
        text.date = None
    if text.date is not None and text.date.year == 1:
        text.date = None
    return text


def _preamble(part: etree._Element, kinds: dict[str, Kind], text: Text) -> None:
    """Citations are grounds when they come first; where other text precedes them the order of the lines counts more."""
    children = [child for child in part if tag_of(child)]
    first = [tag_of(child) for child in children[:1]]
    for number, child in enumerate(children):
        grounds = number == 0 and first == ["citations"]
        (text.grounds if grounds else text.lead).extend(_lines(child, kinds, text.footnotes))


def _conclusions(part: etree._Element, kinds: dict[str, Kind], text: Text) -> None:
    """Lines up to the first signature close the text, the rest signs it."""
    signed = False
    for child in part:
        if not tag_of(child):
            continue
        signed = signed or tag_of(child) == "signature" or child.find(".//{*}signature") is not None
        (text.signature if signed else text.closing).extend(_lines(child, kinds, text.footnotes))


def _lines(part: etree._Element, kinds: dict[str, Kind], notes: list[Footnote]) -> list[str]:
    """All text of a part outside the body, line by line."""
    lines: list[str] = []
    for top in _body(part, kinds):
        for node in top.walk():
            head = " ".join(bit for bit in (node.label, node.heading) if bit)
            lines.extend(line for line in (*head.split("\n"), *node.text.split("\n")) if line)
            lines.extend("\t".join(" ".join(cell.split()) for cell in row) for row in node.rows)
            notes.extend(Footnote(note.mark, note.text) for note in node.footnotes)
    return lines


def _body(part: etree._Element, kinds: dict[str, Kind]) -> list[Node]:
    reading = _Reading(kinds)
    reading.fill(part, reading.root)
    reading.flush(reading.root)
    return reading.root.children


class _Reading:
    """A part of a document being read: a line gathers text and inline elements until a block ends it."""

    def __init__(self, kinds: dict[str, Kind]) -> None:
        self.kinds = kinds
        self.root = Node(Kind.PARAGRAPH)
        self.line: list[str] = []
        self.notes: list[Footnote] = []

    def fill(self, element: etree._Element, node: Node) -> None:
        """Read what an element holds into a unit."""
        self.say(element.text)
        for child in element:
            tag = tag_of(child)
            if tag == "eol" or tag == "br":
                self.line.append(_EOL)
            elif tag in ("authorialNote", "note"):
                self.line.append(_NOTE)
                self.notes.append(Footnote(child.get("marker", ""), "\n".join(_lines(child, self.kinds, []))))
            elif tag in INLINE:
                self.fill(child, node)
            elif tag and tag != "meta":
                self.flush(node)
                self.block(child, tag, node)
                self.flush(node)
            self.say(child.tail)

    def say(self, words: str | None) -> None:
        if words:
            self.line.append(words)

    def block(self, element: etree._Element, tag: str, node: Node) -> None:
        """One block: the head of its unit, a table, a unit of its own, or a mere wrapping."""
        if tag in ("num", "heading", "subheading") and node is not self.root:
            self.head(element, tag, node)
        elif tag == "table":
            node.children.append(self.table(element))
        elif self.is_unit(element, tag):
            unit = Node(self.kind(element, tag), id=element.get("eId", ""), line=_line(element))
            node.children.append(unit)
            self.fill(element, unit)
            self.flush(unit)
            unit.number = number_in(unit.label)
        else:
            self.fill(element, node)

    def head(self, element: etree._Element, tag: str, node: Node) -> None:
        """A number or heading. One that comes after text, or a number after its heading, keeps its place as text."""
        self.fill(element, node)
        words, notes = self.taken()
        begun = bool(node.text or node.children or node.rows)
        if not words and not notes:
            return
        if begun:
            self.put(node, words, notes)
            return
        if tag == "num" and not node.heading:
            node.label = f"{node.label} {words}".strip()
        else:
            node.heading = f"{node.heading}\n{words}" if node.heading else words
        node.footnotes.extend(Footnote(note.mark, note.text) for note in notes)

    def is_unit(self, element: etree._Element, tag: str) -> bool:
        if tag == "component" and all(tag_of(part) in ("documentRef", "") for part in element):
            return False
        if tag in UNITS or tag in self.kinds:
            return True
        return any(tag_of(child) in ("num", "heading", "subheading") for child in element)

    def kind(self, element: etree._Element, tag: str) -> Kind:
        if tag in self.kinds:
            return self.kinds[tag]
        if tag == "component":
            return Kind.APPENDIX
        if tag == "tblock":
            return BLOCKS[min(sum(1 for _ in element.iterancestors("{*}tblock")), len(BLOCKS) - 1)]
        if tag == "hcontainer":
            name = element.get("name", "")
            if name in Kind.__members__.values():
                return Kind(name)
            if name in self.kinds:
                return self.kinds[name]
        holds = {self.kinds.get(tag_of(part)) for part in element.iterdescendants()}
        return Kind.SECTION if Kind.ARTICLE in holds else Kind.PARAGRAPH

    def table(self, element: etree._Element) -> Node:
        """A table with its caption as text; what a cell holds is its lines."""
        node = Node(Kind.TABLE, id=element.get("eId", ""), line=_line(element))
        rows: list[tuple[str, ...]] = []
        for row in element:
            if tag_of(row) == "tr":
                rows.append(tuple("\n".join(_lines(cell, self.kinds, node.footnotes)) for cell in row if tag_of(cell)))
            elif tag_of(row):
                node.text = "\n".join([*filter(None, [node.text]), *_lines(row, self.kinds, node.footnotes)])
        node.rows = tuple(rows)
        return node

    def flush(self, node: Node) -> None:
        """End the line: it goes to the unit's text, or to a paragraph of its own after the unit's children."""
        words, notes = self.taken()
        if words or notes:
            self.put(node, words, notes)

    def taken(self) -> tuple[str, list[Footnote]]:
        """The line gathered so far, its notes with their place in it, and a new line begun."""
        if not self.line:
            return "", []
        raw = "\n".join(_SPACE.sub(" ", line).strip() for line in "".join(self.line).split(_EOL)).strip("\n")
        notes, self.notes, self.line = self.notes, [], []
        if not notes:
            return raw, []
        parts = raw.split(_NOTE)
        at = 0
        for note, part in zip(notes, parts, strict=False):
            at += len(part)
            note.offset = at
        return "".join(parts), notes

    def put(self, node: Node, words: str, notes: list[Footnote]) -> None:
        if node is self.root or node.children:
            node.children.append(Node(Kind.PARAGRAPH, text=words, footnotes=notes))
            return
        start = len(node.text) + 1 if node.text else 0
        node.text = f"{node.text}\n{words}" if node.text else words
        for note in notes:
            note.offset += start
        node.footnotes.extend(notes)
