"""A report as an official paper (thể thức văn bản): laid out after NĐ 30/2020, then written as DOCX or PDF."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _t

from dienhong.foundation.files import NoSuchFile, store
from dienhong.reports.document import Chapter, Paper, Piece, chart_in_words
from dienhong.reports.writing import charts
from dienhong.texts.writing import Block, Picture, Run, Sheet, Signature, Style, sheet_to_docx, sheet_to_pdf
from dienhong.texts.writing.heading import MOTTO, NATION, Letterhead
from dienhong.texts.writing.layout import layout
from dienhong.work.models import Line

#: Widest picture on the paper, in millimetres; a chart takes it whole.
WIDEST, HIGHEST = 150.0, 190.0
#: The heading of the Party's papers, where those of the State bear the nation and its motto.
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
#: What ends the text of an administrative paper (NĐ 30/2020, Phụ lục III, the forms of chapter I).
CLOSED = "./."
#: So many letters of a title stand in one line.
LONG = 66
Photograph = Callable[[str], bytes]


def photograph(digest: str) -> bytes:
    """A picture of the file store. Raises NoSuchFile."""
    with store().open(digest) as file:
        return file.read()


def to_docx(paper: Paper) -> bytes:
    """The report as a Word file."""
    return sheet_to_docx(sheet(paper))


def to_pdf(paper: Paper) -> bytes:
    """The report as a tagged PDF. Raises NoFont where no font with Vietnamese letters is found."""
    return sheet_to_pdf(sheet(paper))


def sheet(paper: Paper) -> Sheet:
    """The report laid out as an administrative document with its annexes, in its own language whoever reads."""
    with translation.override(paper.language):
        return _sheet(paper)


def _sheet(paper: Paper) -> Sheet:
    writer, last = _Writer(), closing(paper)
    blocks = [Block(Style.KIND, [Run(paper.kind)]), Block(Style.TITLE, [Run(broken(paper.title))])]
    for piece in paper.opening:
        blocks += writer.piece(piece)
    for chapter in paper.chapters:
        blocks += writer.chapter(chapter)
    if last is not None:
        close(blocks)
    nation, motto = national(paper)
    return Sheet(
        layout=layout("nd30"),
        title=paper.title,
        author=paper.issuer[-1] if paper.issuer else "",
        date=dt.date.fromisoformat(paper.day) if paper.day else None,
        head=Letterhead(issuer=paper.issuer, number=[paper.number], date=[paper.place_day]),
        nation=nation,
        motto=motto,
        blocks=blocks,
        signature=Signature(recipients=recipients(paper), above=paper.signer, name=[paper.name] if paper.name else []),
        appendices=[writer.annex(chapter, annex_name(paper, chapter), attached(paper)) for chapter in paper.annexes],
    )


def national(paper: Paper) -> tuple[str, str]:
    """Whose paper it is: the nation with its motto, or the Party, whose papers bear none."""
    english = paper.language != "vi"
    if paper.line == Line.PARTY:
        return "COMMUNIST PARTY OF VIET NAM" if english else PARTY, ""
    return ("SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness") if english else (NATION, MOTTO)


def recipients(paper: Paper) -> list[str]:
    """To whom the paper goes (Nơi nhận), one a line; empty while nobody is named."""
    if not paper.recipients:
        return []
    *others, last = [line.rstrip(".; ") for line in paper.recipients]
    return [_t("Recipients:"), *(f"- {line};" for line in others), f"- {last}."]


def annex_name(paper: Paper, annex: Chapter) -> str:
    """How an annex is called: by its number where there are several (NĐ 30/2020, Phụ lục I, III.1)."""
    return _t("Annex %(number)s") % {"number": annex.number} if len(paper.annexes) > 1 else _t("Annex")


def attached(paper: Paper) -> str:
    """What stands under the name of an annex: to which paper it belongs (NĐ 30/2020, Phụ lục I, III.1).

    Empty in a paper that was sealed before it kept the name of its body.
    """
    words = {"number": paper.number.partition(" ")[2], "day": paper.place_day.partition(", ")[2], "body": paper.body}
    return _t("(Attached to report No. %(number)s, %(day)s, of %(body)s)") % words if paper.body else ""


def closing(paper: Paper) -> Piece | None:
    """The piece that ends the text and takes the mark "./."; None where a table or a picture ends it, something is
    still lacking, or the paper is the Party's, whose papers end without it."""
    last = paper.pieces()[-1:]
    ends = last and last[0].kind in ("paragraph", "list") and paper.line != Line.PARTY
    return last[0] if ends else None


def close(blocks: list[Block]) -> None:
    """Let the last words of a text end with the mark that closes it."""
    run = blocks[-1].runs[-1]
    run.text = run.text.rstrip(".;: ") + CLOSED


def broken(title: str) -> str:
    """A title of two lines broken where its sense divides: its results above, the directions of the next below."""
    return re.sub(r" (?=và phương hướng|and directions)", "\n", title, count=1) if len(title) > LONG else title


def ended(lines: list[str]) -> list[str]:
    """The points of a list with the marks that end them on paper: a semicolon, and a full stop after the last."""
    last = len(lines) - 1
    return [line if line[-1] in ".;:!?…" else line + ("." if at == last else ";") for at, line in enumerate(lines)]


class _Writer:
    """Pieces on their way to paper; tables and charts are numbered as they come."""

    def __init__(self) -> None:
        self.tables = 0
        self.charts = 0

    def chapter(self, chapter: Chapter) -> list[Block]:
        if chapter.key:
            head = Block(Style.HEADING, [Run(chapter.label)], level=2)
        else:
            name = _t("Part %(number)s") % {"number": chapter.number}
            head = Block(Style.PART, [Run(f"{name}\n{chapter.heading}")], level=1)
        return [head, *(block for piece in chapter.pieces for block in self.piece(piece))]

    def annex(self, chapter: Chapter, name: str, to: str) -> list[Block]:
        blocks = [Block(Style.APPENDIX, [Run(f"{name}\n{chapter.heading}")], level=1)]
        blocks += [Block(Style.NOTE_LINE, [Run(to)])] if to else []
        for piece in chapter.pieces:
            blocks += self.piece(piece, numbered=False)
        return blocks

    def piece(self, piece: Piece, *, numbered: bool = True) -> list[Block]:
        match piece.kind:
            case "table":
                return self.table(piece, numbered)
            case "chart":
                return self.chart(piece)
            case "picture":
                return self.photograph(piece)
            case "list":
                lines = ended([line.strip() for line in piece.text.split("\n") if line.strip()])
                return [Block(Style.LISTED, [Run(f"- {line.lstrip('-– ')}")]) for line in lines]
            case "heading":
                return [Block(Style.SUBHEADING, [Run(piece.text)], level=3)]
            case "lack":
                return [Block(Style.LACKING, [Run(f"[{piece.text}]")])]
            case _:
                lines = [line for line in piece.text.split("\n") if line.strip()]
                return [Block(Style.PARAGRAPH, [Run(line)]) for line in lines]

    def table(self, piece: Piece, numbered: bool) -> list[Block]:
        caption = piece.caption
        if numbered:
            self.tables += 1
            words = {"number": self.tables, "caption": caption}
            caption = _t("Table %(number)s. %(caption)s") % words if caption else _t("Table %(number)s") % words
        rows = tuple(tuple(row) for row in piece.rows)
        return [
            *([Block(Style.CAPTION, [Run(caption)])] if caption else []),
            Block(Style.PARAGRAPH, rows=rows, head=True),
        ]

    def chart(self, piece: Piece) -> list[Block]:
        wide, high = charts.size(piece.chart, WIDEST)
        if high > HIGHEST:
            wide, high = wide * HIGHEST / high, HIGHEST
        drawn = Picture(charts.png(piece.chart), chart_in_words(piece.chart), wide, high, charts.svg(piece.chart))
        return [Block(Style.PARAGRAPH, picture=drawn), self._figure(piece.caption or str(piece.chart["title"]))]

    def _figure(self, words: str) -> Block:
        self.charts += 1
        said = {"number": self.charts, "caption": words}
        return Block(Style.CAPTION, [Run(_t("Figure %(number)s. %(caption)s") % said)])

    def photograph(self, piece: Piece) -> list[Block]:
        try:
            content = photograph(piece.file)
        except NoSuchFile as error:
            return [Block(Style.LACKING, [Run(f"[{error}]")])]
        wide, high = fitted(content, WIDEST, 110.0)
        shown = Picture(content, piece.caption or piece.text, wide, high)
        return [Block(Style.PARAGRAPH, picture=shown), self._figure(piece.caption or piece.text)]


def fitted(content: bytes, wide: float, high: float) -> tuple[float, float]:
    """Width and height of a picture that fills the room without losing its shape."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as image:
        ratio = image.width / image.height
    return (wide, wide / ratio) if wide / ratio <= high else (high * ratio, high)
