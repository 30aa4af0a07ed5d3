"""Comparison tables as DOCX: landscape A4, a real table whose head repeats, added underlined, removed struck through.

Times New Roman as administrative documents ask for (NĐ 30/2020/NĐ-CP, Phụ lục I). Marks are formatting, not tracked
changes: the table is a document of its own, not an edit of either text.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dienhong.texts.comparing.segments import Op
from dienhong.texts.comparing.tables import Line, Run, Table

FONT = "Times New Roman"
INSERTED, DELETED, MOVED = RGBColor(0x14, 0x53, 0x2F), RGBColor(0x8A, 0x1C, 0x14), RGBColor(0x2C, 0x4A, 0x74)
QUIET = RGBColor(0x67, 0x5F, 0x54)

#: Widths of the columns in millimetres, without and with a third text; together what landscape A4 leaves (267 mm).
WIDTHS = {3: (33, 117, 117), 4: (30, 90, 90, 57)}

#: Signs that XML cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_docx(table: Table, path: Path) -> None:
    """Write the table to a DOCX file."""
    document = _document(table)
    heads = table.columns
    widths = WIDTHS[len(heads)]
    grid = document.add_table(rows=1, cols=len(heads))
    grid.style = "Table Grid"
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for cell, (head, under) in zip(grid.rows[0].cells, heads, strict=True):
        paragraph = _first(cell)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(printable(head)).bold = True
        if under:
            paragraph.add_run("\n" + printable(under)).font.size = Pt(10)
    _repeat(grid.rows[0])
    for row in table.rows:
        _add_row(grid, table, row)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for made in grid._tbl.tr_lst:
        for cell, width in zip(made.tc_lst, widths, strict=True):
            cell.width = Mm(width)
    document.save(str(path))


def printable(text: str) -> str:
    """The text without the signs that XML cannot hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _document(table: Table) -> Any:
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    style.paragraph_format.space_after = Pt(3)
    document.core_properties.title = printable(table.title)[:255]
    document.core_properties.author = ""
    document.core_properties.language = table.language
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(printable(table.title))
    run.bold, run.font.size = True, Pt(14)
    document.add_paragraph(printable(table.summary))
    legend = document.add_paragraph()
    for op, name in ((Op.INSERTED, "added"), (Op.DELETED, "removed"), (Op.MOVED, "moved")):
        _add_run(legend, Run(op, table.phrase(name)), old=False)
        legend.add_run(";  " if op is not Op.MOVED else ".")
    for note in table.notes:
        document.add_paragraph(printable(note)).runs[0].italic = True
    if not table.rows:
        document.add_paragraph(table.phrase("nothing_shown"))
    _number_pages(section, table)
    return document


def _add_row(grid: Any, table: Table, row: Any) -> None:
    cells = grid.add_row().cells
    name = _first(cells[0])
    name.add_run(printable(row.head)).bold = True
    if row.note:
        note = cells[0].add_paragraph().add_run(printable(row.note))
        note.font.size, note.font.color.rgb = Pt(10), QUIET
    for cell, lines, old in ((cells[1], row.old, True), (cells[2], row.new, False)):
        if not lines:
            empty = _first(cell).add_run(f"({table.phrase('not_yet' if old else 'no_more')})")
            empty.italic, empty.font.color.rgb = True, QUIET
            _shade(cell)
        for place, line in enumerate(lines):
            _add_line(_first(cell) if place == 0 else cell.add_paragraph(), line, old=old)
    if table.third:
        for place, text in enumerate(row.third):
            paragraph = _first(cells[3]) if place == 0 else cells[3].add_paragraph()
            paragraph.add_run(printable(text)).font.size = Pt(11)


def _add_line(paragraph: Any, line: Line, *, old: bool) -> None:
    if line.depth:
        paragraph.paragraph_format.left_indent = Mm(4 * line.depth)
    for run in line.runs:
        _add_run(paragraph, run, old=old)


def _add_run(paragraph: Any, run: Run, *, old: bool) -> None:
    bare = run.text.rstrip()
    made = paragraph.add_run(printable(bare))
    if run.op is Op.INSERTED:
        made.underline, made.font.color.rgb = True, INSERTED
    elif run.op is Op.DELETED:
        made.font.strike, made.font.color.rgb = True, DELETED
    elif run.op is Op.MOVED:
        made.underline, made.font.color.rgb = WD_UNDERLINE.DOTTED, MOVED
        if run.other:
            where = paragraph.add_run(f" ({'→' if old else '←'} {printable(run.other)})")
            where.font.size, where.font.color.rgb = Pt(10), MOVED
    if len(bare) < len(run.text):
        paragraph.add_run(run.text[len(bare) :])


def _first(cell: Any) -> Any:
    return cell.paragraphs[0]


def _repeat(row: Any) -> None:
    """Let the row stand at the top of every page."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)


def _shade(cell: Any) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "thinDiagStripe")
    shading.set(qn("w:color"), "E0DACD")
    shading.set(qn("w:fill"), "auto")
    cell._tc.get_or_add_tcPr().append(shading)


def _number_pages(section: Any, table: Table) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{table.phrase('page')} ")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
