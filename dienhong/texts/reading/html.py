"""HTML (trang web, Word xuất ra HTML): blocks become lines, tables rows, lists get the numbers a browser would show."""

from __future__ import annotations

import email
import email.policy
import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from dienhong.texts.reading import layout
from dienhong.texts.reading.encodings import decode, repair
from dienhong.texts.reading.guard import Unreadable
from dienhong.texts.reading.lines import Line, Source
from dienhong.texts.reading.marks import roman
from dienhong.texts.reading.normal import squeeze, unify
from dienhong.texts.tree import Doubt

_SKIP = frozenset(
    {"script", "style", "head", "template", "noscript", "object", "svg", "iframe", "title", "meta", "link"}
)
_BLOCK_TAGS = (
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd section article header footer main nav aside blockquote pre body "
    "html form fieldset figure figcaption address hr center table tr td th thead tbody tfoot caption details "
    "summary"
)
_BLOCK = frozenset(_BLOCK_TAGS.split())
_BREAK = "\n"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read_html(data: bytes) -> Source:
    """The lines of an HTML file. Nothing outside the file is fetched; scripts and styles are not text."""
    said, doubts = _decode(data)
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(unify(said), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"the HTML holds no text ({error})") from error
    lines = _Reader().lines(root)
    if not lines:
        raise Unreadable("the HTML holds no text")
    return Source(lines, doubts=doubts, format="html")


def _decode(data: bytes) -> tuple[str, list[Doubt]]:
    match = _CHARSET.search(data[:4096])
    name = match[1].decode("ascii").lower() if match else ""
    if (
        name
        and name not in ("utf-8", "utf8", "unicode")
        and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    ):
        try:
            said = data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                said, old = repair(data.decode(name, "replace"))
                return _no_declaration(said), [Doubt(0, "encoding", f"converted from {old or name}")]
            except LookupError:
                pass
        else:
            return _no_declaration(said), []
    said, doubts = decode(data)
    return _no_declaration(said), doubts


def _no_declaration(said: str) -> str:
    """Without the XML declaration: lxml refuses text that names an encoding."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", said)


def read_mhtml(data: bytes) -> Source:
    """The lines of the HTML part of a web archive (Word's single file web page)."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return read_html(payload)
    raise Unreadable("the web archive holds no HTML")


class _Reader:
    """This walk through the elements, without recursion; a table is read cell by cell and then placed as one line."""

    def __init__(self) -> None:
        self.found: list[Line] = []
        self.buffer: list[str] = []
        self.line = 1
        self.centred = False

    def lines(self, root: Any) -> list[Line]:
        self._walk(root)
        self._flush()
        return self.found

    def _walk(self, root: Any) -> None:
        stack: list[tuple[Any, bool]] = [(root, False)]
        while stack:
            element, leaving = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if leaving:
                if tag in _BLOCK:
                    self._flush()
                if element.tail and element is not root:
                    self._say(element.tail, element)
                continue
            if not tag or tag in _SKIP:
                if element.tail and element is not root:
                    self._say(element.tail, element)
                continue
            if tag == "table":
                self._flush()
                self._table(element)
                if element.tail and element is not root:
                    self._say(element.tail, element)
                continue
            if tag in _BLOCK:
                self._flush()
                self.centred = element.get("align") == "center" or "text-align:center" in (
                    element.get("style") or ""
                ).replace(" ", "")
                if tag == "li":
                    self.buffer.append(_item_label(element))
            if tag == "br":
                self.buffer.append(_BREAK)
            if element.text:
                self._say(element.text, element, verbatim=tag == "pre")
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))

    def _say(self, text: str, element: Any, verbatim: bool = False) -> None:
        if not self.buffer and not text.isspace():
            self.line = element.sourceline or self.line
        if verbatim:
            self.buffer.append(text)
        else:
            self.buffer.append(text.replace("\n", " ") if "\n" in text else text)

    def _flush(self) -> None:
        if not self.buffer:
            return
        for part in "".join(self.buffer).split(_BREAK):
            kept = " ".join(part.split())
            if kept:
                self.found.append(Line(self.line, kept, centred=self.centred))
        self.buffer = []

    def _table(self, table: Any) -> None:
        rows: list[tuple[str, ...]] = []
        pieces: list[list[list[str]]] = []
        for row in _rows_of(table):
            cells = [_cell_lines(cell) for cell in row if cell.tag in ("td", "th")]
            if any(cells):
                pieces.append(cells)
                rows.append(tuple("\n".join(cell) for cell in cells))
        number = table.sourceline or self.line
        if not rows:
            return
        if layout.is_layout(rows):
            for cells in pieces:
                for cell in cells:
                    self.found.extend(Line(number, said, centred=True) for said in cell)
        else:
            self.found.append(Line(number, "", rows=tuple(rows)))


def _rows_of(table: Any) -> list[Any]:
    """The rows of this table, not those of tables inside it."""
    found = []
    for child in table:
        if child.tag == "tr":
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found.extend(row for row in child if row.tag == "tr")
        elif child.tag == "caption":
            found.append([child])
    return found


def _cell_lines(cell: Any) -> list[str]:
    inner = _Reader()
    inner._walk(cell)
    inner._flush()
    said: list[str] = []
    for line in inner.found:
        if line.rows:
            said.extend(squeeze(" ".join(row)) for row in line.rows)
        else:
            said.append(line.text)
    return said


def _item_label(element: Any) -> str:
    """What a browser would print before a list item; nothing for a bare list."""
    parent = element.getparent()
    if (
        parent is None
        or parent.tag != "ol"
        or "list-style" in (parent.get("style") or "").replace("list-style-type:decimal", "")
    ):
        return ""
    value = element.get("value")
    if value and value.lstrip("-").isdigit():
        number = int(value)
    else:
        start = parent.get("start") or "1"
        number = (int(start) if start.lstrip("-").isdigit() else 1) + sum(
            1 for before in element.itersiblings("li", preceding=True)
        )
    kind = parent.get("type") or "1"
    if kind in "aA" and 0 < number <= 26:
        return chr(ord(kind) + number - 1) + ") "
    if kind in "iI" and 0 < number < 400:
        return (roman(number) if kind == "I" else roman(number).lower()) + ". "
    return f"{number}. "
