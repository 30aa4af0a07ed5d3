"""Writing a text as DOCX (tệp Word) in the layout of laws, administrative documents or consolidated texts.

Labels are words of the paragraph and not automatic numbers, styles are named after the units, headings stand in the
outline, tables and footnotes are real ones: what is printed is what a reader reads back.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from dienhong.texts.akn.names import storable
from dienhong.texts.pieces import Reference
from dienhong.texts.tree import Footnote, Text
from dienhong.texts.writing.layout import Layout, LayoutName, bold_width
from dienhong.texts.writing.ooxml import HEAD, STYLE_IDS, R, W, escape, half, is_admin, package, twips
from dienhong.texts.writing.picture import Picture
from dienhong.texts.writing.sheet import (
    Block,
    Certification,
    Run,
    Sheet,
    Style,
    nfc,
    sheet_of,
)

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
#: Longest name of a bookmark that Word takes.
_BOOKMARK = 40
#: Empty lines left for the signature between post and name.
ROOM = 4


def to_docx(
    text: Text,
    layout: LayoutName = "law",
    *,
    references: Iterable[Reference] = (),
    certification: Certification | None = None,
) -> bytes:
    """The text as a Word file. `certification` is for the layout "consolidated".

    Raises ValueError for a layout that is not known.
    """
    return sheet_to_docx(sheet_of(text, layout, references=references, certification=certification))


def sheet_to_docx(sheet: Sheet) -> bytes:
    """A paper that is already laid out as a Word file."""
    return _Document(sheet).file()


class _Document:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.layout: Layout = sheet.layout
        self.admin = is_admin(sheet.layout)
        self.out: list[str] = []
        self.notes: list[str] = []
        self.marks: dict[str, int] = {}
        self.pictures: list[Picture] = []
        flow = [sheet.blocks, *sheet.appendices]
        self.targets = {run.link for blocks in flow for block in blocks for run in block.runs if run.link}
        marks = [run.note.mark for blocks in flow for block in blocks for run in block.runs if run.note]
        self.plain_marks = marks == [str(number) for number in range(1, len(marks) + 1)]

    def file(self) -> bytes:
        self.letterhead()
        for block in self.sheet.blocks:
            self.block(block)
            if block.style is Style.TITLE and self.admin:
                self.rule(self.layout.text_width, self.longest(block) * self.layout.rule_part)
        self.signature()
        for at, blocks in enumerate(self.sheet.appendices):
            # what is said here ends the pages before: those of the text, then those of the appendix above
            self.out.append(f"<w:p><w:pPr>{self.section(at > 0)}</w:pPr></w:p>")
            for block in blocks:
                self.block(block)
        document = (
            f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(self.out)}'
            f"{self.section(bool(self.sheet.appendices))}</w:body></w:document>"
        )
        return package(storable(nfc(document)), [storable(nfc(note)) for note in self.notes], self.sheet, self.pictures)

    def section(self, appendix: bool = False) -> str:
        """Paper, margins and page numbers; the page number is not shown on the first page."""
        page = self.layout.page
        start = '<w:pgNumType w:start="1"/>' if appendix and self.layout.appendix_pages_restart else ""
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
            f'<w:type w:val="nextPage"/><w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"/>'
            f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}" '
            f'w:left="{twips(page.left)}" w:header="{twips(page.top / 2)}" w:footer="{twips(page.bottom / 2)}" '
            f'w:gutter="0"/>{start}<w:titlePg/></w:sectPr>'
        )

    # --- letterhead and end ------------------------------------------------------------------------------------------

    def letterhead(self) -> None:
        """Issuer and nation side by side, then number and date, without borders."""
        head, layout = self.sheet.head, self.layout
        left = layout.left_column
        right = layout.text_width - left
        if not (head.issuer or head.number or head.date):
            return
        issuing = [
            self.line(
                line, layout.superior if at < len(head.issuer) - 1 else layout.issuer, bold=at == len(head.issuer) - 1
            )
            for at, line in enumerate(head.issuer)
        ]
        last = bold_width(head.issuer[-1], layout.issuer) if head.issuer else 0
        issuing.append(self.ruled(left, min(last, left) * layout.rule_part))
        nation = [
            self.line(self.sheet.nation, layout.nation, bold=True),
            *([self.line(self.sheet.motto, layout.motto, bold=True)] if self.sheet.motto else []),
            self.ruled(right, bold_width(self.sheet.motto or self.sheet.nation, layout.motto)),
        ]
        numbered = [
            self.line(line, layout.subject if at else layout.number, before=layout.subject_gap if at else 0)
            for at, line in enumerate(head.number)
        ]
        dated = [self.line(line, layout.date, italic=True) for line in head.date]
        self.grid([left, right], [[issuing, nation], [numbered, dated]])

    def signature(self) -> None:
        """Recipients at the left margin; post, room for the signature and name on the right."""
        end, layout = self.sheet.signature, self.layout
        if not (end.recipients or end.above or end.name or end.date):
            return
        half_width = layout.text_width / 2
        left = 0 if end.recipients else half_width
        right = []
        for at, line in enumerate(end.above):
            right.append(self.line(line, layout.signature, bold=True, left=left))
            if at == 0 and end.date:
                right.append(self.line(end.date, layout.date, italic=True, left=left))
        right += [self.line("", layout.signature, left=left)] * ROOM
        right += [self.line(line, layout.signature, bold=True, left=left) for line in end.name]
        self.out.append('<w:p><w:pPr><w:spacing w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>')
        if not end.recipients:
            self.out.extend(right)
            return
        head = self.line(end.recipients[0], layout.recipients_head, bold=True, italic=True, align="left")
        rest = [self.line(line, layout.recipients, align="left") for line in end.recipients[1:]]
        self.grid([half_width, half_width], [[[head, *rest], right]])

    def grid(self, widths: list[float], rows: list[list[list[str]]]) -> None:
        """A table without borders that only places its cells."""
        columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
        self.out.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>"
        )
        for row in rows:
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{"".join(cell) or "<w:p/>"}</w:tc>'
                for width, cell in zip(widths, row, strict=True)
            )
            self.out.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        self.out.append("</w:tbl>")

    def line(
        self,
        words: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        align: str = "center",
        before: float = 0,
        left: float = 0,
    ) -> str:
        """A line of the letterhead or of the end. `left` is its indent in millimetres, `before` points above it."""
        style = f"{'<w:b/><w:bCs/>' if bold else ''}{'<w:i/><w:iCs/>' if italic else ''}"
        look = f'<w:rPr>{style}<w:sz w:val="{half(size)}"/><w:szCs w:val="{half(size)}"/></w:rPr>'
        said = f"<w:r>{look}{_words(words)}</w:r>" if words else ""
        return (
            f'<w:p><w:pPr><w:keepNext/><w:spacing w:before="{round(before * 20)}" w:after="0"/>'
            f'<w:ind w:left="{twips(left)}"/><w:jc w:val="{align}"/>'
            f"{look}</w:pPr>{said}</w:p>"
        )

    def ruled(self, width: float, length: float) -> str:
        """A solid rule of this length, centred in this width (millimetres)."""
        side = twips(max(0.0, (width - length) / 2))
        return (
            '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
            f'<w:spacing w:before="40" w:after="0" w:line="120" w:lineRule="exact"/>'
            f'<w:ind w:left="{side}" w:right="{side}"/>'
            "</w:pPr></w:p>"
        )

    def rule(self, width: float, length: float) -> None:
        self.out.append(self.ruled(width, length))

    def longest(self, block: Block) -> float:
        """Width of the widest line of a title, as far as the page allows."""
        lines = "".join(run.text for run in block.runs).split("\n")
        return min(self.layout.text_width, max(bold_width(line, self.layout.title) for line in lines))

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def block(self, block: Block) -> None:
        if block.picture is not None:
            self.picture(block.picture)
            return
        if block.rows:
            self.table(block)
            return
        mark = self.bookmark(block.id) if block.id else ""
        runs = "".join(map(self.run, block.runs))
        self.out.append(f'<w:p><w:pPr><w:pStyle w:val="{STYLE_IDS[block.style]}"/></w:pPr>{mark}{runs}</w:p>')

    def run(self, run: Run) -> str:
        if run.note is not None:
            return self.note(run.note)
        look = "<w:rPr><w:b/><w:bCs/></w:rPr>" if run.bold else ""
        said = f"<w:r>{look}{_words(run.text)}</w:r>"
        if run.link and len(run.link) <= _BOOKMARK:
            return f'<w:hyperlink w:anchor="{escape(run.link)}" w:history="1">{said}</w:hyperlink>'
        return said

    def bookmark(self, ident: str) -> str:
        """The place that links to this unit lead to."""
        if ident not in self.targets or len(ident) > _BOOKMARK or ident in self.marks:
            return ""
        number = self.marks[ident] = len(self.marks) + 1
        return f'<w:bookmarkStart w:id="{number}" w:name="{escape(ident)}"/><w:bookmarkEnd w:id="{number}"/>'

    def note(self, note: Footnote) -> str:
        """The call of a footnote. Word numbers them; where the marks are others than 1, 2, 3 ... they are kept."""
        number = len(self.notes) + 1
        up = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        mark = "<w:footnoteRef/>" if self.plain_marks else f'<w:t xml:space="preserve">{escape(note.mark)}</w:t>'
        first = f"<w:r>{up}{mark}</w:r><w:r>{_words(' ')}</w:r>"
        paragraphs = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{"" if at else first}<w:r>{_words(line)}</w:r></w:p>'
            for at, line in enumerate(note.text.split("\n"))
        )
        self.notes.append(f'<w:footnote w:id="{number}">{paragraphs}</w:footnote>')
        if self.plain_marks:
            return f'<w:r>{up}<w:footnoteReference w:id="{number}"/></w:r>'
        return f'<w:r>{up}<w:footnoteReference w:customMarkFollows="1" w:id="{number}"/>{mark}</w:r>'

    def picture(self, picture: Picture) -> None:
        """A picture in a paragraph of its own, centred, with the words that say what it shows."""
        self.pictures.append(picture)
        number = len(self.pictures)
        size = f'cx="{round(picture.width * 36000)}" cy="{round(picture.height * 36000)}"'
        said = escape(picture.alt)
        self.out.append(
            '<w:p><w:pPr><w:keepNext/><w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/></w:pPr>'
            "<w:r><w:drawing>"
            f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number}" name="Hình {number}" descr="{said}"/>'
            f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
            f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="Hình {number}" '
            f'descr="{said}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdP{number}"/><a:stretch>'
            f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r></w:p>"
        )

    def table(self, block: Block) -> None:
        """A table with borders over the whole width; the first row is repeated on each page."""
        rows, head, numeric = block.rows, block.head, block.numeric()
        widths = [twips(self.layout.text_width * share) for share in block.shares()]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        self.out.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>"
        )
        for at, row in enumerate(rows):
            first = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if at == 0 and len(rows) > 1 else ''}</w:trPr>"
            named = head and at == 0
            aligned = ["center" if named else "right" if number else "" for number in numeric]
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_cell(cell, named, align)}</w:tc>'
                for cell, width, align in zip_longest(row or ("",), widths, aligned, fillvalue="")
                if width
            )
            self.out.append(f"<w:tr>{first}{cells}</w:tr>")
        self.out.append('</w:tbl><w:p><w:pPr><w:spacing w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>')


def _words(text: str) -> str:
    """Text of a run; a newline is a line break."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in text.split("\n"))
    return "<w:br/>".join(lines)


def _cell(text: str, bold: bool = False, align: str = "") -> str:
    side = f'<w:jc w:val="{align}"/>' if align else ""
    look = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="DHCell"/>{side}</w:pPr><w:r>{look}{_words(line)}</w:r></w:p>'
        for line in text.split("\n")
    )
