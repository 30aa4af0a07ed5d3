"""The body (nội dung): lines become a tree of parts, chapters, articles, clauses and points.

One pass, no recursion, no backtracking. A `Frame` is a place where units grow: the law itself, an appendix, or the
inside of a quotation; frames stand on a stack. What a line begins with is said by `marks`; whether it is believed is
decided here from what stands open and what number is due. Nothing is refused: a doubtful unit is kept and marked.
"""

from __future__ import annotations

import re

from dienhong.texts.reading import ending, quotes
from dienhong.texts.reading.frames import RANK, Frame
from dienhong.texts.reading.lines import Line
from dienhong.texts.reading.lists import Lists
from dienhong.texts.reading.marks import UNIT_STYLES, Mark, follows, mark, unglue
from dienhong.texts.reading.titles import Titles, goes_on
from dienhong.texts.tree import Doubt, Kind, Node

_CITES = (
    "Luật ",
    "Bộ luật ",
    "Nghị ",
    "Pháp lệnh ",
    "Hiến pháp ",
    "Điều ",
    "Chương ",
    "Mục ",
    "Thông tư ",
    "Quyết định ",
)
_FORMULA = re.compile(r"[^.;:=]{1,160}=(?!=)[^;=]{0,300}|=")


class Body(Lists):
    """This reading of the lines of a body. `run` gives the units, the appendices, and the lines of the ending."""

    def __init__(self, lines: list[Line], doubts: list[Doubt]) -> None:
        self.lines = quotes.split_inline(lines)
        super().__init__(doubts)
        self.units: list[Node] = []
        self.ending: list[str] = []
        self.frames: list[Frame] = [Frame(self.units, len(self.lines))]
        self.titles = Titles(doubts)
        self.in_ending = False
        self.stray = 0
        self.tails: dict[int, quotes.Extent] = {}

    def run(self) -> None:
        """Read every line once."""
        last = ending.trailing_signature(self.lines, 0)
        after_last = len(self.lines) - last
        index = 0
        frames = self.frames
        while index < len(self.lines):
            while len(frames) > 1 and index >= frames[-1].stop:
                self._close_frame()
            line = self.lines[index]
            if index >= len(self.lines) - after_last and len(frames) == 1 and not self.appendices:
                self.in_ending = True
            if self.in_ending:
                self._ending_line(line, index)
            elif line.rows:
                self._table(line, index)
            else:
                self._line(line, index)
            index += 1
        while len(frames) > 1:
            self._close_frame()
        frames[0].finish()
        self.titles.settle()

    # --- frames ------------------------------------------------------------------------------------------------------

    def _close_frame(self) -> None:
        frame = self.frames.pop()
        frame.finish()

    # --- one line ----------------------------------------------------------------------------------------------------

    def _line(self, line: Line, index: int) -> None:
        text = line.text
        frame = self.frames[-1]
        extent = self.tails.get(index)
        if extent is not None:
            text = text[: extent.cut].rstrip()
            if not text:
                return
        if text[0] in quotes.OPENERS:
            if frame.titling is not None and text.isupper() and goes_on(frame, text, self.lines, index):
                return
            if self._quotation(line, index, text):
                return
        found = mark(text)
        if found is not None and self._unit(frame, found, line, index, text):
            return
        if len(self.frames) == 1 and self._ends_here(line, index):
            return
        if frame.titling is not None and goes_on(frame, text, self.lines, index):
            return
        self._paragraph(frame, line, text)

    def _ends_here(self, line: Line, index: int) -> bool:
        """Whether the closing formula, the recipients or the signature begin here; an appendix has none of its own."""
        text = line.text
        if self.appendices:
            return False
        if not (
            ending.is_closing(text)
            or (text[0] in "TKQCPBVNĐGXLƯỦU(" and ending.starts_ending(self.lines, index))
            or ("ngày" in text and ending.is_dateline(text, self.lines[index + 1 : index + 2]))
        ):
            return False
        self.in_ending = True
        self._ending_line(line, index)
        return True

    def _paragraph(self, frame: Frame, line: Line, text: str) -> None:
        if "=" in text and len(text) < 400 and _FORMULA.fullmatch(text):
            frame.attach(Node(Kind.FORMULA, text=text, line=line.number))
            return
        current = frame.current()
        if current is not None and not current.text and not current.children:
            current.text = text
            self.titles.second_line[id(current)] = line.number
            return
        frame.attach(Node(Kind.PARAGRAPH, text=text, line=line.number))

    def _table(self, line: Line, index: int = -1) -> None:
        rows = line.rows
        extent = self.tails.get(index)
        if extent is not None:
            last = rows[-1]
            rows = (*rows[:-1], (*last[:-1], last[-1][: extent.cut].rstrip()))
        self.frames[-1].attach(Node(Kind.TABLE, rows=rows, line=line.number))
        self.frames[-1].titling = None

    # --- units -------------------------------------------------------------------------------------------------------

    def _unit(self, frame: Frame, found: Mark, line: Line, index: int, text: str) -> bool:
        style = found.style
        if style.startswith("digit"):
            return self._clause(frame, found, line)
        if style.startswith("letter"):
            return self._point(frame, found, line)
        if style.startswith("article"):
            return self._article(frame, found, line, index)
        if style in ("dash", "plus", "bullet", "deep", "roman)", "(letter)", "(digit)"):
            return self._item(frame, found, line)
        if style in UNIT_STYLES or style == "chapter~":
            return self._heading(frame, found, line, index)
        return self._upper(frame, found, line)

    def _heading(self, frame: Frame, found: Mark, line: Line, index: int) -> bool:
        if found.style == "chapter~":
            cut = unglue(found, frame.last_chapter)
            if cut is None:
                return False
            self._doubt(line, "chapter-glued", f"the number {cut.number} and the title are run together")
            found = cut
        kind = UNIT_STYLES[found.style]
        rest = found.rest
        if kind in (Kind.APPENDIX, Kind.FORM):
            return self._annex(frame, kind, found, line, index)
        if found.style == "chapter":
            frame.last_chapter = found.number
        if rest and not rest.isupper() and not (found.label[-1:] in ".:-–—" or line.bold or line.centred):
            return False
        if rest and rest[-1] in ";," and not rest.isupper():
            return False
        node = Node(kind, found.number, heading=rest, label=found.label, line=line.number)
        frame.place(node, RANK[kind])
        frame.titling = node
        frame.clause_style = frame.point_style = ""
        return True

    def _annex(self, frame: Frame, kind: Kind, found: Mark, line: Line, index: int) -> bool:
        if frame.quote is None and kind is Kind.FORM and not self.appendices:
            return False
        if (
            frame.quote is None
            and kind is Kind.APPENDIX
            and not found.label.isupper()
            and found.rest
            and not self.appendices
        ):
            return False
        heading = found.rest if found.rest.isupper() or found.rest[:1] != "(" else ""
        node = Node(kind, found.number, heading=heading, label=found.label, line=line.number)
        if found.rest and not heading:
            node.text = found.rest
        if frame.quote is not None:
            frame.place(node, RANK[kind])
            frame.titling = node
            return True
        self._open_annex(node)
        return True

    def _open_annex(self, node: Node) -> None:
        """Start an appendix: a frame of its own in place of the body's (or of the appendix before)."""
        inside = self.frames[0].current() if self.appendices else None
        if node.kind is Kind.FORM and inside is not None and self.frames[0].open[0].kind is Kind.APPENDIX:
            holder = self.frames[0].open[0]
            self.frames[0].finish()
            self.frames[0].open = [holder]
            holder.children.append(node)
            self.frames[0].open.append(node)
        else:
            self.frames[0].finish()
            frame = Frame(self.appendices, len(self.lines))
            self.frames[0] = frame
            self.appendices.append(node)
            frame.open.append(node)
        self.frames[0].titling = node
        self.frames[0].last_article = ""
        self.in_ending = False

    def _article(self, frame: Frame, found: Mark, line: Line, index: int) -> bool:
        rest, last = found.rest, frame.last_article
        due = follows(found.number, last)
        if found.style == "article?":
            if not rest[:1].isupper() or rest.startswith(_CITES) or not (due or line.bold):
                return False
            self._doubt(line, "article-stop", "no full stop after the number of the article")
        elif found.style == "article~":
            if not due:
                return False
            self._doubt(line, "article-slip", f"the word before {found.number} is read as Điều")
        elif rest and rest[0] in ",;)":
            return False
        if last and not due and frame.quote is None and not self.appendices and self._unmarked_quotation(line, index):
            return True
        self._check_article(frame, found, line, due)
        node = Node(Kind.ARTICLE, found.number, heading=rest, label=found.label, line=line.number)
        frame.place(node, RANK[Kind.ARTICLE])
        frame.last_article = found.number
        frame.clause_style = frame.point_style = ""
        frame.titling = node
        if rest:
            self.titles.nodes.append(node)
            if frame.quote is not None:
                self.titles.quoted.add(id(node))
            if rest[-1] in ".;:":
                frame.titling = None
        return True

    def _check_article(self, frame: Frame, found: Mark, line: Line, due: bool) -> None:
        last = frame.last_article
        if frame.quote is None:
            if found.number in frame.seen:
                self._doubt(line, "article-repeated", f"Điều {found.number} stands twice")
            elif not due and (last or found.number != "1") and not self.appendices:
                self._doubt(line, "article-gap", f"Điều {found.number} comes after Điều {last or '(none)'}")
            frame.seen.add(found.number)

    # --- quotations --------------------------------------------------------------------------------------------------

    def _outside(self, frame: Frame) -> quotes.Outside:
        return quotes.Outside(frame.last_article, frame.last_number(Kind.CLAUSE), frame.last_number(Kind.POINT))

    def _before(self, index: int) -> str:
        return self.lines[index - 1].text if index > 0 else ""

    def _quotation(self, line: Line, index: int, text: str) -> bool:
        """Whether a quotation of units opens here; then it is entered."""
        frame = self.frames[-1]
        if not quotes.opens(text, self._before(index)):
            return False
        extent = quotes.find_end(self.lines, index, frame.stop, self._outside(frame))
        node = Node(Kind.QUOTE, label=text[0], tail=extent.tail, line=line.number)
        if extent.doubt is not None:
            self.doubts.append(extent.doubt)
        self._enter(frame, node, extent)
        inner = (text[1 : extent.cut] if index == extent.last else text[1:]).strip()
        if inner:
            self._first_inside(Line(line.number, inner, bold=line.bold, centred=line.centred), index)
        return True

    def _first_inside(self, line: Line, index: int) -> None:
        """Read what follows an opening mark on its line as the first line of the quotation."""
        frame = self.frames[-1]
        found = mark(line.text)
        if found is None or not self._unit(frame, found, line, index, line.text):
            self._paragraph(frame, line, line.text)

    def _enter(self, frame: Frame, node: Node, extent: quotes.Extent) -> None:
        current = frame.current()
        if current is not None and frame.titling is current and current.kind is Kind.ARTICLE:
            frame.titling = None
        frame.attach(node)
        self.tails[extent.last] = extent
        self.frames.append(Frame(node.children, extent.last + 1, node))
        if extent.after:
            after = Line(self.lines[extent.last].number, extent.after)
            self.lines.insert(extent.last + 1, after)
            self.tails = {at + (at > extent.last): said for at, said in self.tails.items()}
            for outer in self.frames[:-1]:
                outer.stop += 1

    def _unmarked_quotation(self, line: Line, index: int) -> bool:
        """Whether an article out of sequence is to be inserted by an instruction, though no quotation mark says so."""
        before = self._before(index)
        frame = self.frames[-1]
        current = frame.current()
        goes_on = current is not None and bool(current.children) and current.children[-1].kind is Kind.QUOTE
        if not goes_on and not (before.endswith(":") and quotes.is_instruction(before.split(" ", 1)[-1])):
            return False
        outside = self._outside(frame)
        articles: list[str] = []
        last = index
        for at in range(index, frame.stop):
            text = self.lines[at].text
            found = mark(text) if text else None
            if at > index and (ending.is_closing(text) if text else False):
                break
            if found is not None and at > index and quotes.resumes(found, outside, articles):
                break
            if found is not None and found.style == "article":
                articles.append(found.number)
            last = at
        node = Node(Kind.QUOTE, line=line.number)
        self._doubt(line, "quote-unmarked", "an article to be inserted stands without quotation marks")
        frame.attach(node)
        self.frames.append(Frame(node.children, last + 1, node))
        found = mark(line.text)
        assert found is not None
        return self._unit(self.frames[-1], found, line, index, line.text)

    # --- the ending --------------------------------------------------------------------------------------------------

    def _ending_line(self, line: Line, index: int) -> None:
        if line.rows:
            self._after_signature(line)
            return
        text = line.text
        found = mark(text)
        if found is not None and found.style in ("appendix", "form"):
            self.stray = 0
            if self._annex(self.frames[0], UNIT_STYLES[found.style], found, line, index):
                return
        if ending.starts_annex(text):
            self._open_annex(Node(Kind.APPENDIX, heading=text, line=line.number))
            self.frames[0].titling = self.appendices[-1]
            return
        if found is not None and found.style in ("article", "chapter", "chapter~", "part"):
            self._doubt(line, "after-signature", "units go on after what looks like the closing")
            self.in_ending = False
            for said in self.ending:
                self._paragraph(self.frames[0], Line(line.number, said), said)
            self.ending = []
            if not self._unit(self.frames[0], found, line, index, text):
                self._paragraph(self.frames[0], line, text)
            return
        self.stray += 1
        if self.stray > 40:
            self._after_signature(line)
            return
        self.ending.append(text)

    def _after_signature(self, line: Line) -> None:
        """Something long after the signature that does not say what it is: an appendix, with a doubt."""
        self._doubt(line, "appendix-unnamed", "text after the signature is read as an appendix")
        self._open_annex(Node(Kind.APPENDIX, line=line.number))
        self.frames[0].titling = None
        if line.rows:
            self._table(line)
        else:
            self._paragraph(self.frames[0], line, line.text)
