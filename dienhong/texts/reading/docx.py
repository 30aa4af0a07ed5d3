"""DOCX (tệp Word): paragraphs become lines with the numbers Word would print, tables rows, footnotes notes.

Read straight from the parts of the file: python-docx does not say what number an automatic list prints, and a file that
was damaged a little still has its text. Macros are noted and never run; what is struck by change tracking, headers,
footers and comments is not text of the law and stands in doubts.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from dienhong.texts.reading import layout
from dienhong.texts.reading.encodings import from_font, repair
from dienhong.texts.reading.guard import DEFAULT_LIMITS, Limits, Unreadable, member, open_zip, parse_xml
from dienhong.texts.reading.lines import NOTE_CLOSE, NOTE_OPEN, Line, Source
from dienhong.texts.reading.normal import squeeze, unify
from dienhong.texts.reading.numbering import W, read_numbering, to_int
from dienhong.texts.tree import Doubt

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_CONTAINERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
) | {_MC + "AlternateContent", _MC + "Choice"}


def read_docx(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The lines of a DOCX (or DOCM) file."""
    with open_zip(data, limits) as archive:
        return _Document(archive, limits).read()


class _Document:
    """This reading of one package."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.archive = archive
        self.limits = limits
        self.names = set(archive.namelist())
        self.doubts: list[Doubt] = []
        self.notes: dict[str, str] = {}
        self.struck: list[tuple[int, str]] = []
        self.fonts: dict[str, str] = {}
        self.default_font = ""
        self.old_fonts = False
        self.count = 0

    def read(self) -> Source:
        """Read every part that holds text."""
        if "word/document.xml" not in self.names:
            raise Unreadable("the Word file has no main text (word/document.xml)")
        root = self._part("word/document.xml")
        assert root is not None
        self._styles()
        self.numbering = read_numbering(self._soft_part("word/numbering.xml"))
        self.foot = self._foot_notes()
        body = root.find(W + "body")
        lines = list(self._lines(body if body is not None else root))
        self._aside()
        if not lines:
            raise Unreadable("the Word file holds no text")
        return Source(self._repaired(lines), self.notes, self.doubts, "docx")

    def _repaired(self, lines: list[Line]) -> list[Line]:
        """The lines in Unicode where the whole text is in an old encoding that no font name tells."""
        if self.old_fonts:
            self.doubts.append(Doubt(0, "encoding", "converted from the old fonts the file names (TCVN3 or VNI)"))
            return lines
        _, old = repair("\n".join(line.text for line in lines[:400]))
        if old:
            self.doubts.append(Doubt(0, "encoding", f"converted from {old}"))
            for line in lines:
                line.text = repair_as(line.text, old)
                line.rows = tuple(tuple(repair_as(cell, old) for cell in row) for row in line.rows)
        return lines

    def _part(self, name: str) -> Any:
        if name not in self.names:
            return None
        data = member(self.archive, name, self.limits)
        if _STRICT in data[:4096]:
            data = data.replace(_STRICT, W[1:-1].encode())
        return parse_xml(data, name)

    def _soft_part(self, name: str) -> Any:
        """A part that the text can do without: where it is damaged, a doubt says so."""
        try:
            return self._part(name)
        except Unreadable as error:
            self.doubts.append(Doubt(0, "part-damaged", str(error), name))
            return None

    # --- styles, numbering, notes ------------------------------------------------------------------------------------

    def _styles(self) -> None:
        self.style_numbers: dict[str, tuple[str, int]] = {}
        root = self._soft_part("word/styles.xml")
        if root is None:
            return
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
        if default is not None:
            self.default_font = default.get(W + "ascii") or ""
        based: dict[str, str] = {}
        for style in root.iter(W + "style"):
            ident = style.get(W + "styleId") or ""
            fonts = style.find(f"{W}rPr/{W}rFonts")
            if fonts is not None and fonts.get(W + "ascii"):
                self.fonts[ident] = fonts.get(W + "ascii")
            number = style.find(f"{W}pPr/{W}numPr")
            if number is not None:
                self.style_numbers[ident] = _num_pr(number, ("", 0))
            parent = style.find(W + "basedOn")
            if parent is not None:
                based[ident] = parent.get(W + "val") or ""
        for ident in based:
            seen, at = {ident}, ident
            while at in based and based[at] not in seen:
                at = based[at]
                seen.add(at)
                if ident not in self.fonts and at in self.fonts:
                    self.fonts[ident] = self.fonts[at]
                if ident not in self.style_numbers and at in self.style_numbers:
                    self.style_numbers[ident] = self.style_numbers[at]

    def _foot_notes(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for kind, name in (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml")):
            root = self._soft_part(name)
            if root is None:
                continue
            for note in root.findall(W + kind):
                if note.get(W + "type") in (None, "normal"):
                    said = "\n".join(squeeze(self._text(p)[0]) for p in note.iter(W + "p"))
                    found[kind, note.get(W + "id") or ""] = unify(said).strip()
        return found

    def _aside(self) -> None:
        """What is in the file and not in the text: macros, struck text, headers and footers, comments."""
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            self.doubts.append(Doubt(0, "macros", "the file carries macros; they were not run and are not kept"))
        for line, said in self.struck:
            self.doubts.append(Doubt(line, "dropped-struck", "struck by change tracking; left out of the text", said))
        for name in sorted(self.names):
            if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
                root = self._soft_part(name)
                said = self._plain(root) if root is not None else ""
                if said and not re.fullmatch(r"[\W\d_]*", said):
                    self.doubts.append(
                        Doubt(0, "dropped-header", "a header or footer of the page; left out of the text", said)
                    )
        if "word/comments.xml" in self.names and (root := self._soft_part("word/comments.xml")) is not None:
            for comment in root.findall(W + "comment"):
                said = self._plain(comment)
                self.doubts.append(
                    Doubt(0, "dropped-comment", f"a comment by {comment.get(W + 'author') or 'someone'}", said)
                )
        if self.numbering.latin:
            reason = "Word numbers a list of points a b c d e f; the order of the law has đ after d"
            self.doubts.append(Doubt(0, "auto-letters", reason))

    def _plain(self, root: Any) -> str:
        return unify(" ".join(filter(None, (squeeze(self._text(p)[0]) for p in root.iter(W + "p")))))

    # --- paragraphs and tables ---------------------------------------------------------------------------------------

    def _lines(self, body: Any) -> Iterator[Line]:
        for element in _blocks(body):
            self.count += 1
            if element.tag == W + "p":
                yield from self._paragraph(element)
            else:
                yield from self._table(element)

    def _paragraph(self, p: Any) -> Iterator[Line]:
        number = self.count
        said, boxes = self._text(p, number)
        label = self._label(p)
        pieces = unify(said).split("\n")
        centred = _centred(p)
        bold = _bold(p)
        first = True
        for piece in pieces:
            kept = " ".join(piece.split())
            if not kept:
                continue
            if first and label:
                kept = f"{label} {kept}"
            first = False
            yield Line(number, kept, bold=bold, centred=centred)
        for box in boxes:
            for inner in _blocks(box):
                if inner.tag == W + "p":
                    yield from self._paragraph(inner)
                else:
                    yield from self._table(inner)

    def _label(self, p: Any) -> str:
        properties = p.find(W + "pPr")
        style, own = "", None
        if properties is not None:
            element = properties.find(W + "pStyle")
            style = (element.get(W + "val") or "") if element is not None else ""
            own = properties.find(W + "numPr")
        inherited = self.style_numbers.get(style, ("", 0))
        list_id, depth = _num_pr(own, inherited) if own is not None else inherited
        if style in self.numbering.styles and own is None:
            depth = self.numbering.styles[style][1]
        if not list_id or list_id == "0" or not any(t.text for t in p.iter(W + "t")):
            return ""
        return self.numbering.label(list_id, depth)

    def _text(self, p: Any, number: int = 0) -> tuple[str, list[Any]]:
        """The text of a paragraph with its breaks and calls of notes, and the text boxes anchored in it."""
        parts: list[str] = []
        boxes: list[Any] = []
        stack = list(reversed(p))
        while stack:
            element = stack.pop()
            tag = element.tag
            if tag == W + "t":
                said = element.text or ""
                font = self._font(element)
                if font:
                    self.old_fonts = True
                    said = from_font(said, font)
                parts.append(said)
            elif tag == _M + "t":
                parts.append(element.text or "")
            elif tag in (W + "tab", W + "ptab"):
                if element.getparent().tag == W + "r":
                    parts.append(" ")
            elif tag in (W + "br", W + "cr"):
                parts.append("\n")
            elif tag == W + "noBreakHyphen":
                parts.append("-")
            elif tag == W + "sym":
                parts.append(_symbol(element))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                parts.append(self._call(element))
            elif tag in (W + "del", W + "moveFrom"):
                said = squeeze("".join(t.text or "" for t in element.iter(W + "delText", W + "t")))
                if said:
                    self.struck.append((number, said))
            elif tag == W + "txbxContent":
                boxes.append(element)
            elif tag in (_MC + "Fallback", W + "pPr", W + "instrText", W + "rPr", W + "p"):
                continue
            else:
                stack.extend(reversed(element))
        return "".join(parts), boxes

    def _call(self, element: Any) -> str:
        kind = "footnote" if element.tag.endswith("footnoteReference") else "endnote"
        said = self.foot.get((kind, element.get(W + "id") or ""))
        if said is None:
            return ""
        key = str(len(self.notes) + 1)
        self.notes[key] = said
        return f"{NOTE_OPEN}{key}{NOTE_CLOSE}"

    def _font(self, t: Any) -> str:
        """The old font of a run, "" where it is a Unicode font."""
        run = t.getparent()
        fonts = run.find(f"{W}rPr/{W}rFonts")
        name = (fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "") if fonts is not None else ""
        if not name:
            style = run.getparent().find(f"{W}pPr/{W}pStyle")
            name = self.fonts.get(style.get(W + "val") or "" if style is not None else "Normal", self.default_font)
        return name if name.startswith((".Vn", ".VN", "VNI-", "VNI ")) else ""

    def _table(self, table: Any) -> Iterator[Line]:
        number = self.count
        rows: list[tuple[str, ...]] = []
        kept: list[list[list[Line]]] = []
        for row in _rows(table):
            cells = [self._cell(cell) for cell in _cells(row)]
            if any(cells):
                kept.append(cells)
                rows.append(tuple("\n".join(_said(line) for line in cell) for cell in cells))
        if not rows:
            return
        if layout.is_layout(rows):
            for cells in kept:
                for cell in cells:
                    yield from cell
        else:
            yield Line(number, "", rows=tuple(rows))

    def _cell(self, cell: Any) -> list[Line]:
        found: list[Line] = []
        for element in _blocks(cell):
            found.extend(self._paragraph(element) if element.tag == W + "p" else self._table(element))
        return found


def repair_as(text: str, old: str) -> str:
    """The text converted from the old encoding that was found in its document."""
    from dienhong.texts.reading import encodings

    return {"TCVN3": encodings.tcvn3, "VNI": encodings.vni}.get(old, lambda said: encodings.repair(said)[0])(text)


def _said(line: Line) -> str:
    return line.text if not line.rows else "\n".join(" ".join(filter(None, row)) for row in line.rows)


def _blocks(container: Any) -> Iterator[Any]:
    """Paragraphs and tables of a container in order, through content controls and tracked insertions."""
    stack = list(reversed(container))
    while stack:
        element = stack.pop()
        if element.tag in (W + "p", W + "tbl"):
            yield element
        elif element.tag in _CONTAINERS:
            stack.extend(reversed(element))


def _rows(table: Any) -> Iterator[Any]:
    stack = list(reversed(table))
    while stack:
        element = stack.pop()
        if element.tag == W + "tr":
            yield element
        elif element.tag in _CONTAINERS:
            stack.extend(reversed(element))


def _cells(row: Any) -> Iterator[Any]:
    stack = list(reversed(row))
    while stack:
        element = stack.pop()
        if element.tag == W + "tc":
            yield element
        elif element.tag in _CONTAINERS:
            stack.extend(reversed(element))


def _num_pr(element: Any, inherited: tuple[str, int]) -> tuple[str, int]:
    ident, depth = element.find(W + "numId"), element.find(W + "ilvl")
    return (
        (ident.get(W + "val") or "") if ident is not None else inherited[0],
        to_int(depth.get(W + "val")) if depth is not None else inherited[1],
    )


def _centred(p: Any) -> bool:
    element = p.find(f"{W}pPr/{W}jc")
    return element is not None and element.get(W + "val") == "center"


def _bold(p: Any) -> bool:
    run = next((r for r in p.iter(W + "r") if r.find(W + "t") is not None), None)
    if run is None:
        return False
    element = run.find(f"{W}rPr/{W}b")
    return element is not None and element.get(W + "val") not in ("0", "false")


def _symbol(element: Any) -> str:
    code = element.get(W + "char") or ""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if value in (0xF0B7, 0xF02D, 0xF0A7, 0xF0D8):
        return "-"
    if 0xF020 <= value <= 0xF07E:
        value -= 0xF000
    return chr(value) if value < 0xE000 or value > 0xF8FF else "�"
