"""How each kind of paragraph looks in each layout (kiểu chữ, canh lề): one table for DOCX and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dienhong.texts.writing.layout import Layout
from dienhong.texts.writing.sheet import OUTLINE, Style

Align = Literal["left", "center", "right", "justify"]


@dataclass(slots=True, frozen=True)
class Look:
    """This look of a paragraph: size and gaps in points, `first_line` and `left` in millimetres."""

    size: float
    align: Align = "justify"
    bold: bool = False
    italic: bool = False
    first_line: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    keep: bool = False


def look(style: Style, layout: Layout, admin: bool) -> Look:
    """The look of a style. `admin` is the manner of NĐ 30/2020, otherwise that of laws."""
    gap, indent = layout.paragraph_gap, layout.first_line
    match style:
        case Style.APPENDIX | Style.FORM:
            return Look(layout.appendix, "center", bold=True, after=gap, keep=True)
        case Style.ARTICLE:
            return Look(layout.body, "justify", bold=True, first_line=indent, before=gap, after=gap, keep=True)
        case Style.HEADING:
            return Look(layout.body, bold=True, first_line=indent, before=gap, after=gap, keep=True)
        case Style.SUBHEADING:
            return Look(layout.body, bold=True, italic=True, first_line=indent, after=gap, keep=True)
        case Style.CAPTION:
            return Look(layout.table, "center", bold=True, before=gap, after=gap / 2, keep=True)
        case Style.LACKING:
            return Look(layout.body, italic=True, first_line=indent, after=gap)
        case _ if style in OUTLINE:
            return Look(layout.unit, "center", bold=True, before=gap, after=gap, keep=True)
        case Style.KIND:
            return Look(layout.kind, "center", bold=True, before=2 * gap, keep=True)
        case Style.TITLE:
            return Look(layout.title, "center", bold=True, after=0 if admin else 2 * gap)
        case Style.NOTE_LINE:
            return Look(layout.body, "center", italic=True, after=gap)
        case Style.GROUNDS:
            return Look(layout.grounds, italic=True, first_line=indent, after=gap)
        case Style.LEAD:
            return Look(layout.body, italic=not admin, first_line=indent, after=gap)
        case Style.ENACT:
            return Look(layout.body, "center", bold=True, before=gap, after=gap, keep=True)
        case Style.ADDRESSEE:
            return Look(layout.body, "center", before=2 * gap, after=gap)
        case Style.FORMULA:
            return Look(layout.body, "center", before=gap, after=gap)
        case Style.CLOSING:
            return Look(layout.body, italic=not admin, first_line=indent, before=gap, after=gap)
        case _:
            return Look(layout.body, first_line=indent, after=gap)
