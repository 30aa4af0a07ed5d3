"""The picture report (báo cáo bằng hình ảnh): the same figures, charts and photographs, one to a slide."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _t

from dienhong.foundation.files import NoSuchFile
from dienhong.reports import wording
from dienhong.reports.document import HOLDS, Paper, Piece, chart_in_words
from dienhong.reports.writing import charts
from dienhong.reports.writing.paper import broken, fitted, photograph

#: Figures that open the picture report, when the record proves them.
HEADLINES = (
    "sessions",
    "laws",
    "standing_committee.meetings",
    "resolutions",
    "deputies.published",
    "votes.laws.median",
)
#: Slides hold few words: a longer paragraph is shortened at the end of a sentence.
WORDS = 420
RED, GOLD, PAPER, INK, QUIET = "5E1410", "D9B25F", "FBF8F1", "1C1815", "675F54"
FONT = "Times New Roman"
WIDE, HIGH = 338.67, 190.5  # 16:9, in millimetres


@dataclass(slots=True)
class Number:
    """A number on a slide, what it counts and where it comes from."""

    value: str
    label: str
    source: str


@dataclass(slots=True)
class Slide:
    """One slide: a title and either numbers, words, a chart, or a photograph."""

    kind: str
    title: str
    under: str = ""
    numbers: list[Number] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    chart: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    said: str = ""


def slides(paper: Paper) -> list[Slide]:
    """The slides of a report in order: its title, the main numbers, then each section that has something to show."""
    with translation.override(paper.language):
        return _slides(paper)


def _slides(paper: Paper) -> list[Slide]:
    found = [Slide("title", broken(paper.title), under=paper.issuer[-1] if paper.issuer else "")]
    numbers = main_numbers(paper)
    if numbers:
        found.append(Slide("numbers", _t("The period in numbers"), numbers=numbers))
    for chapter in paper.chapters:
        lines = [short(piece.text) for piece in chapter.pieces if piece.kind == "paragraph" and _says(piece)]
        if chapter.key and lines:
            found.append(Slide("words", chapter.heading, lines=lines[:3]))
        for piece in chapter.pieces:
            if piece.kind == "chart" and piece.chart:
                title = piece.caption or str(piece.chart["title"])
                found.append(Slide("chart", title, chart=piece.chart, said=chart_in_words(piece.chart)))
            if piece.kind == "picture" and piece.file:
                found.append(Slide("picture", piece.caption or piece.text, file=piece.file))
    return found


def _says(piece: Piece) -> bool:
    """Whether a paragraph carries a number that holds: the picture report shows nothing unproven."""
    live = [span for span in piece.spans if span.token]
    return bool(live) and all(span.state == HOLDS for span in live)


def main_numbers(paper: Paper) -> list[Number]:
    """The main figures that the record proves."""
    known = {figure["key"]: figure for figure in paper.figures}
    found = []
    for key in HEADLINES:
        figure = known.get(key)
        if figure and figure["value"] is not None and figure["whole"]:
            value = wording.number_of(figure["value"])
            found.append(Number(f"{value}%" if key.endswith("median") else value, figure["label"], figure["source"]))
    return found


def short(text: str) -> str:
    """The text as far as a slide takes it, ending with a whole sentence where there is one."""
    if len(text) <= WORDS:
        return text
    cut = text[:WORDS]
    end = max(cut.rfind(". "), cut.rfind("; "))
    return cut[: end + 1] if end > WORDS // 3 else cut.rsplit(" ", 1)[0] + "…"


def cut(text: str, most: int) -> str:
    """The text as far as there is room, cut between words."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


# -- as PPTX ----------------------------------------------------------------------------------------------------------
def to_pptx(paper: Paper) -> bytes:
    """The picture report as a presentation of 16:9."""
    from pptx import Presentation
    from pptx.util import Mm

    show = Presentation()
    show.slide_width, show.slide_height = Mm(WIDE), Mm(HIGH)
    show.core_properties.title = paper.title[:250]
    show.core_properties.author = paper.issuer[-1] if paper.issuer else ""
    show.core_properties.language = paper.language
    for at, slide in enumerate(slides(paper), start=1):
        # "title only": every slide has a title that programs and readers of screens find
        page = show.slides.add_slide(show.slide_layouts[5])
        _Page(page).draw(slide, at)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _colour(code: str) -> Any:
    """A colour by its six digits."""
    from pptx.dml import color

    return vars(color)["RGBColor"].from_string(code)


class _Page:
    """One slide on its way to the presentation."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def draw(self, slide: Slide, at: int) -> None:
        dark = slide.kind == "title"
        self.ground(RED if dark else PAPER)
        if dark:
            self.title(slide.title, 25, 62, WIDE - 50, 60, 34, "FFFFFF", centre=True)
            self.words(slide.under, 25, 40, WIDE - 50, 14, 18, GOLD, bold=True, centre=True)
            return
        self.title(slide.title, 18, 10, WIDE - 36, 26, 30 if len(slide.title) < 70 else 24, RED)
        self.rule(18, 38, WIDE - 36)
        match slide.kind:
            case "numbers":
                self.numbers(slide.numbers)
            case "words":
                text = "\n".join(slide.lines)
                size = next((size for most, size in ((220, 32), (420, 26), (650, 21)) if len(text) < most), 17)
                self.words(text, 18, 52, WIDE - 36, HIGH - 70, size, INK)
            case "chart":
                self.chart(slide)
            case "picture":
                self.picture(slide)
        self.words(str(at), WIDE - 30, HIGH - 14, 20, 8, 12, QUIET, right=True)

    def rule(self, x: float, y: float, wide: float) -> None:
        """A thin line of gold under the title."""
        from pptx.enum.shapes import MSO_CONNECTOR
        from pptx.util import Mm, Pt

        line = self.page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Mm(x), Mm(y), Mm(x + wide), Mm(y))
        line.line.color.rgb, line.line.width = _colour(GOLD), Pt(1.5)

    def ground(self, colour: str) -> None:
        fill = self.page.background.fill
        fill.solid()
        fill.fore_color.rgb = _colour(colour)

    def title(
        self, text: str, x: float, y: float, wide: float, high: float, size: int, colour: str, *, centre: bool = False
    ) -> None:
        from pptx.util import Mm

        shape = self.page.shapes.title
        shape.left, shape.top, shape.width, shape.height = Mm(x), Mm(y), Mm(wide), Mm(high)
        self._fill(shape.text_frame, text, size, colour, bold=True, centre=centre, right=False)

    def words(
        self,
        text: str,
        x: float,
        y: float,
        wide: float,
        high: float,
        size: int,
        colour: str,
        *,
        bold: bool = False,
        centre: bool = False,
        right: bool = False,
    ) -> None:
        from pptx.util import Mm

        box = self.page.shapes.add_textbox(Mm(x), Mm(y), Mm(wide), Mm(high))
        self._fill(box.text_frame, text, size, colour, bold=bold, centre=centre, right=right)

    def _fill(self, frame: Any, text: str, size: int, colour: str, *, bold: bool, centre: bool, right: bool) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        frame.word_wrap = True
        for at, line in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.CENTER if centre else PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            paragraph.space_after = Pt(8)
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
            run.font.color.rgb = _colour(colour)

    def numbers(self, numbers: list[Number]) -> None:
        """Up to six numbers in two rows of three; one row alone stands in the middle."""
        room = (WIDE - 36) / 3
        top = 72 if len(numbers) <= 3 else 44
        for at, number in enumerate(numbers[:6]):
            x, y = 18 + at % 3 * room, top + at // 3 * 68
            self.words(number.value, x, y, room - 6, 26, 66, RED, bold=True)
            self.words(number.label, x, y + 29, room - 6, 16, 20, INK, bold=True)
            self.words(cut(number.source, 90), x, y + 47, room - 6, 16, 12, QUIET)

    def chart(self, slide: Slide) -> None:
        wide, high = charts.size(slide.chart, WIDE - 60)
        scale = min(1.0, (HIGH - 60) / high)
        self._image(charts.png(slide.chart, clear=True), wide * scale, high * scale, slide.said)

    def picture(self, slide: Slide) -> None:
        try:
            content = photograph(slide.file)
        except NoSuchFile as error:
            self.words(str(error), 18, 60, WIDE - 36, 20, 18, QUIET)
            return
        wide, high = fitted(content, WIDE - 60, HIGH - 60)
        self._image(content, wide, high, slide.title)

    def _image(self, content: bytes, wide: float, high: float, said: str) -> None:
        from pptx.util import Mm

        top = 40 + (HIGH - 58 - high) / 2
        shape = self.page.shapes.add_picture(io.BytesIO(content), Mm((WIDE - wide) / 2), Mm(top), Mm(wide), Mm(high))
        shape._element.nvPicPr.cNvPr.set("descr", said)
