"""Reading back the pages that `page` wrote (đọc lại trang web của chính mình), by their data and not by their words."""

from __future__ import annotations

import datetime as dt

from lxml import etree

from dienhong.texts.tree import Footnote, Kind, Node, Text
from dienhong.texts.writing.page import GENERATOR


class NotOurs(ValueError):
    """Refusal: the page was not written here, or another hand has changed what it is read by."""


def is_ours(data: bytes) -> bool:
    """Whether the page says, near its beginning, that it was written here."""
    return f'<meta name="generator" content="{GENERATOR}">'.encode() in data[:4000]


def read_page(data: bytes) -> Text:
    """The tree that a page of `to_html` was written from. Lines of the source and doubts are not in a page.

    Raises NotOurs when it was not written here or misses what it is read by.
    """
    if not is_ours(data):
        raise NotOurs("the page was not written here")
    try:
        root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    except etree.XMLSyntaxError as error:
        raise NotOurs(str(error)) from error
    article = root.find(".//article") if root is not None else None
    if article is None or article.find("div[@data-part='body']") is None:
        raise NotOurs("the page has no text")
    try:
        return _Rereading(article).text()
    except (KeyError, ValueError) as error:
        raise NotOurs(f"the page was changed: {error}") from error


class _Rereading:
    def __init__(self, article: etree._Element) -> None:
        self.article = article
        self.notes: dict[str, Footnote] = {}
        self.general: list[Footnote] = []
        for item in article.iterfind("section[@data-part='footnotes']/ol/li"):
            mark, words = item.find(".//b[@data-mark]"), item.find("span[@data-note-text]")
            note = Footnote(_words(mark), _words(words))
            ident = item.get("id", "")
            self.notes[ident] = note
            if ident.startswith("fn_doc_"):
                self.general.append(note)

    def text(self) -> Text:
        held = self.article.attrib
        date = held.get("data-date")
        heading = self.article.find("header[@data-part='heading']")
        made = heading is None or heading.get("data-made") is not None
        return Text(
            title=held.get("data-title", ""),
            kind=held.get("data-kind", "other"),
            number=held.get("data-number", ""),
            date=dt.date.fromisoformat(date) if date else None,
            place=held.get("data-place", ""),
            issuer=held.get("data-issuer", ""),
            heading=[] if made else [_words(line) for line in heading.iterfind(".//*[@data-line]")],  # type: ignore[union-attr]
            grounds=self.lines("grounds"),
            lead=self.lines("lead"),
            body=self.units("body"),
            closing=self.lines("closing"),
            signature=self.lines("signature"),
            appendices=self.units("appendices"),
            footnotes=self.general,
        )

    def lines(self, part: str) -> list[str]:
        return [_words(line) for line in self.article.iterfind(f"div[@data-part='{part}']/p[@data-line]")]

    def units(self, part: str) -> list[Node]:
        return [self.unit(unit) for unit in self.article.iterfind(f"div[@data-part='{part}']/*[@data-kind]")]

    def unit(self, element: etree._Element) -> Node:
        """One unit. What is in it and is none of the elements a unit is written with means another hand."""
        node = Node(Kind(element.get("data-kind", "")), element.get("data-number", ""), id=element.get("data-id", ""))
        node.label, node.tail = element.get("data-open", ""), element.get("data-close", "")
        lines = _Lines(node, self.notes)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if child.get("data-kind") is not None:
                node.children.append(self.unit(child))
            elif tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p"):
                lines.paragraph(child)
            elif tag == "div" and len(child) and _tag(child[0]) == "table":
                node.rows = tuple(tuple(_words(cell) for cell in row if _tag(cell)) for row in child.iter("tr"))
            elif tag not in ("a", ""):
                raise ValueError(f"a {tag} in {node.id}")
        lines.finish()
        return node


class _Lines:
    """The paragraphs of one unit, taken apart into label, heading, text and notes."""

    def __init__(self, node: Node, notes: dict[str, Footnote]) -> None:
        self.node = node
        self.notes = notes
        self.lines: list[str] = []
        self.found: list[tuple[int, Footnote]] = []

    def paragraph(self, element: etree._Element) -> None:
        label = heading = None
        for child in element:
            if child.get("data-label") is not None:
                label = child
            elif child.get("data-heading") is not None:
                heading = child
        if label is not None:
            self.node.label = _words(label)
        if heading is not None:
            self.node.heading = self.gather(heading, None)
        elif label is not None:
            if (label.tail or "").startswith(" "):
                self.line(element)
        elif element.get("data-text") is not None:
            self.line(element)

    def line(self, element: etree._Element) -> None:
        start = sum(map(len, self.lines)) + len(self.lines)
        self.lines.append(self.gather(element, start))

    def gather(self, element: etree._Element | None, start: int | None) -> str:
        """The words of a line; links are words, what the page added is not, notes are put in their place."""
        if element is None:
            return ""
        text = element.text or ""
        for child in element:
            tail = child.tail or ""
            if child.get("data-label") is not None:
                text, tail = "", tail.removeprefix(" ")
            elif child.get("data-note") is not None:
                self.note(child, None if start is None else start + len(text))
            elif _tag(child) == "br":
                text += "\n"
            elif child.get("class") != "pl" and child.get("data-quote") is None:
                text += self.gather(child, None if start is None else start + len(text))
            text += tail
        return text

    def note(self, mark: etree._Element, at: int | None) -> None:
        note = self.notes[mark.get("data-note", "")]
        note.offset = int(mark.get("data-offset", "-1" if at is None else str(at)))
        self.found.append((int(mark.get("data-place", str(len(self.found)))), note))

    def finish(self) -> None:
        self.node.text = "\n".join(self.lines)
        self.node.footnotes = [note for _, note in sorted(self.found, key=lambda item: item[0])]


def _tag(element: etree._Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _words(element: etree._Element | None) -> str:
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts.append("\n" if _tag(child) == "br" else _words(child))
        parts.append(child.tail or "")
    return "".join(parts)
