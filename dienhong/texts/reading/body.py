"""The body (nội dung): lines become a tree of parts, chapters, articles, clauses and points.

One pass, no recursion, no backtracking. A `Frame` is a place where units grow: the law itself, an appendix, or the
inside of a quotation; frames stand on a stack. What a line begins with is said by `marks`; whether it is believed is
decided here from what stands open and what number is due. Nothing is refused: a doubtful unit is kept and marked.
"""

from __future__ import annotations

import re

from dienhong.texts.reading import ending, quotes
from dienhong.texts.reading.lines import Line
from dienhong.texts.reading.marks import UNIT_STYLES, Mark, follows, mark, point_rank, unglue
from dienhong.texts.tree import Doubt, Kind, Node

RANK: dict[Kind, int] = {
    Kind.APPENDIX: 0,
    Kind.FORM: 0,
    Kind.PART: 1,
    Kind.CHAPTER: 2,
    Kind.SECTION: 3,
    Kind.SUBSECTION: 4,
    Kind.ARTICLE: 5,
    Kind.CLAUSE: 6,
    Kind.POINT: 7,
    Kind.ITEM: 8,
}
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
_MAX_TITLE = 260


class Frame:
    """This place where units grow, with what is open in it. `stop` is the index of the line where it ends."""

    __slots__ = (
        "clause_style", "home", "last_article", "last_chapter", "open", "point_style", "quote", "seen",
        "stop", "titling", "trail",
    )  # fmt: skip

    def __init__(self, home: list[Node], stop: int, quote: Node | None = None) -> None:
        self.home = home
        self.stop = stop
        self.quote = quote
        self.open: list[Node] = []
        self.last_article = self.last_chapter = ""
        self.clause_style = ""
        self.point_style = ""
        self.titling: Node | None = None
        self.trail: dict[int, int] = {}
        self.seen: set[str] = set()

    def current(self) -> Node | None:
        """The innermost open unit."""
        return self.open[-1] if self.open else None

    def at(self, kind: Kind) -> Node | None:
        """The open unit of this kind."""
        for node in reversed(self.open):
            if node.kind is kind:
                return node
        return None

    def last_number(self, kind: Kind) -> str:
        """The number of the open unit of this kind, "" if none is open."""
        node = self.at(kind)
        return node.number if node else ""

    def place(self, node: Node, rank: int, keep_trail: bool = False) -> None:
        """Put a unit below the innermost open unit of a lower rank; close what stands between."""
        stack = self.open
        while stack and RANK[stack[-1].kind] >= rank:
            closed = stack.pop()
            if self.trail and RANK[closed.kind] >= RANK[Kind.POINT]:
                continues = keep_trail and RANK[closed.kind] == rank
                self.move_trail(closed, continues)
        (stack[-1].children if stack else self.home).append(node)
        stack.append(node)
        self.titling = None

    def move_trail(self, closed: Node, continues: bool) -> None:
        """Give paragraphs after the last point (or item) of a list to the unit that holds the list."""
        start = self.trail.pop(id(closed), -1)
        if start < 0 or continues:
            return
        if start == 0 and closed.text.endswith(":") and closed.children[0].kind is not Kind.QUOTE:
            return
        moved = closed.children[start:]
        if not moved:
            return
        del closed.children[start:]
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.home.extend(moved)
            return
        if parent.kind in (Kind.POINT, Kind.ITEM):
            self.trail.setdefault(id(parent), len(parent.children))
        parent.children.extend(moved)

    def attach(self, node: Node) -> None:
        """Put a paragraph, table, formula or quotation where the text stands."""
        current = self.open[-1] if self.open else None
        if current is None:
            self.home.append(node)
            return
        if current.kind in (Kind.POINT, Kind.ITEM):
            self.trail.setdefault(id(current), len(current.children))
        current.children.append(node)

    def finish(self) -> None:
        """Close everything."""
        while self.open:
            closed = self.open.pop()
            if RANK[closed.kind] >= RANK[Kind.POINT]:
                self.move_trail(closed, False)


class Body:
    """This reading of the lines of a body. `run` gives the units, the appendices, and the lines of the ending."""

    def __init__(self, lines: list[Line], doubts: list[Doubt]) -> None:
        self.lines = quotes.split_inline(lines)
        self.doubts = doubts
        self.units: list[Node] = []
        self.appendices: list[Node] = []
        self.ending: list[str] = []
        self.frames: list[Frame] = [Frame(self.units, len(self.lines))]
        self.titled: list[Node] = []
        self.quoted: set[int] = set()
        self.second_line: dict[int, int] = {}
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
        self._settle_titles()

    # --- frames ------------------------------------------------------------------------------------------------------

    def _close_frame(self) -> None:
        frame = self.frames.pop()
        frame.finish()

    def _doubt(self, line: Line, code: str, reason: str) -> None:
        self.doubts.append(Doubt(line.number, code, reason, line.text[:200]))

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
            if frame.titling is not None and text.isupper() and self._title(frame, text, index):
                return
            if self._quotation(line, index, text):
                return
        found = mark(text)
        if found is not None and self._unit(frame, found, line, index, text):
            return
        if len(self.frames) == 1 and self._ends_here(line, index):
            return
        if frame.titling is not None and self._title(frame, text, index):
            return
        self._paragraph(frame, line, text)

    def _ends_here(self, line: Line, index: int) -> bool:
        text = line.text
        if ending.is_closing(text) or (text[0] in "TKQCPBVNĐGXLƯỦU(" and ending.starts_ending(self.lines, index)):
            if self.appendices and not self.in_ending:
                return False
            self.in_ending = True
            self._ending_line(line, index)
            return True
        if self.appendices:
            return False
        return False

    def _paragraph(self, frame: Frame, line: Line, text: str) -> None:
        if "=" in text and len(text) < 400 and _FORMULA.fullmatch(text):
            frame.attach(Node(Kind.FORMULA, text=text, line=line.number))
            return
        current = frame.current()
        if current is not None and not current.text and not current.children:
            current.text = text
            self.second_line[id(current)] = line.number
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

    # --- titles over several lines -----------------------------------------------------------------------------------

    def _title(self, frame: Frame, text: str, index: int) -> bool:
        """Whether the line is the title, or goes on with the title, of the unit opened last."""
        node = frame.titling
        assert node is not None
        if node.kind is Kind.ARTICLE:
            return self._article_title(frame, node, text, index)
        if not node.heading:
            if node.kind in (Kind.APPENDIX, Kind.FORM) and not text.isupper():
                frame.titling = None
                return False
            if len(text) > 400 or (text[-1] in ";:" and not text.isupper()):
                frame.titling = None
                return False
            node.heading = text
            return True
        going_on = (text.isupper() and node.heading.isupper()) or text[0].islower()
        if going_on and not node.heading.endswith((".", ";")):
            node.heading += " " + text
            return True
        frame.titling = None
        return False

    def _article_title(self, frame: Frame, node: Node, text: str, index: int) -> bool:
        if node.heading:
            frame.titling = None
            if text[0].islower() and node.heading[-1] not in ".;:" and not node.text:
                node.heading += " " + text
                frame.titling = node
                return True
            return False
        frame.titling = None
        if len(text) > _MAX_TITLE or text[-1] in '.;:,”"' or text[0] in '“"-–(' or text[0].islower():
            return False
        after = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if after is None or not after.text or index + 1 >= frame.stop:
            return after is not None and bool(after.rows) and self._take_title(frame, node, text)
        found = mark(after.text)
        if (found is not None and found.style in UNIT_STYLES) or ending.is_closing(after.text):
            return False
        return self._take_title(frame, node, text)

    def _take_title(self, frame: Frame, node: Node, text: str) -> bool:
        node.heading = text
        frame.titling = node
        return True

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
            self.titled.append(node)
            if frame.quote is not None:
                self.quoted.add(id(node))
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

    def _clause(self, frame: Frame, found: Mark, line: Line) -> bool:
        number, style = found.number, found.style
        clause, point = frame.at(Kind.CLAUSE), frame.at(Kind.POINT)
        if style == "digit?":
            if (
                self.appendices
                or frame.at(Kind.ARTICLE) is None
                or not follows(number, clause.number if clause else "")
            ):
                return False
            style = frame.clause_style if clause else "digit."
            self._doubt(line, "clause-stop", f"no full stop after the number of clause {number}")
        if clause is None and not self._may_start(frame, found):
            return False
        if self.appendices and not found.rest:
            return False
        if clause is not None:
            if style != frame.clause_style or (number == "1" and point is not None and clause.number != "0"):
                if style == frame.clause_style or self._is_item(frame, found, clause, point):
                    return self._sub_item(frame, found, line)
                if not follows(number, clause.number):
                    return False
                self._doubt(line, "clause-style", f"the number is written unlike that of clause {clause.number}")
            elif not follows(number, clause.number) and not self._plausible(found, clause.number, line):
                return False
        elif point is not None and frame.at(Kind.ARTICLE) is not None:
            return self._sub_item(frame, found, line)
        if clause is None:
            frame.clause_style = style
            if number != "1" and frame.quote is None and not self.appendices:
                self._doubt(line, "clause-gap", f"the first clause has number {number}")
        node = Node(Kind.CLAUSE, number, text=found.rest, label=found.label, line=line.number)
        frame.place(node, RANK[Kind.CLAUSE])
        frame.point_style = ""
        return True

    def _may_start(self, frame: Frame, found: Mark) -> bool:
        """Whether a number can open the clauses of what stands open: any number inside a quotation or appendix can."""
        if found.style in ("digit/", "digit-") and found.number != "1":
            return False
        if frame.quote is not None or self.appendices:
            return True
        return len(found.number) <= 2 or found.number[-1].isalpha()

    def _is_item(self, frame: Frame, found: Mark, clause: Node, point: Node | None) -> bool:
        """Whether a number in another style than the clauses' is a list below a clause or point."""
        if found.number == "1":
            return True
        current = frame.current()
        return current is not None and current.kind is Kind.ITEM and follows(found.number, current.number)

    def _plausible(self, found: Mark, last: str, line: Line) -> bool:
        """Whether a clause out of sequence is kept as a clause. A number far off is text that begins with a figure."""
        stem, old = int(re.match(r"\d+", found.number)[0]), int(re.match(r"\d+", last)[0])  # type: ignore[index]
        if found.style != "digit." and abs(stem - old) > 3:
            return False
        if self.appendices:
            return True
        code, reason = "clause-gap", f"clause {found.number} comes after clause {last}"
        if stem <= old:
            code, reason = "clause-restart", f"clause {found.number} comes again after clause {last}"
        self._doubt(line, code, reason)
        return True

    def _sub_item(self, frame: Frame, found: Mark, line: Line) -> bool:
        """A numbered list below a clause or a point."""
        node = Node(Kind.ITEM, found.number, text=found.rest, label=found.label, line=line.number)
        current = frame.current()
        continues = current is not None and current.kind is Kind.ITEM and follows(found.number, current.number)
        frame.place(node, RANK[Kind.ITEM], keep_trail=continues)
        return True

    def _point(self, frame: Frame, found: Mark, line: Line) -> bool:
        number, style = found.number, found.style
        point = frame.at(Kind.POINT)
        last = point.number if point else ""
        due = follows(number, last)
        if style != "letter)" and not due and not (number == "a" and not point):
            return False
        if style in ("letter-", "letter/") and frame.point_style not in ("", style):
            return False
        if point is not None and not due:
            if number in "ivx" and len(number) == 1:
                return self._sub_item(frame, found, line)
            current = frame.current()
            if (
                current is not None
                and current.kind is Kind.ITEM
                and follows(number, current.number)
                and current.number[0].isalpha()
            ):
                return self._sub_item(frame, found, line)
            self._doubt(
                line, "point-restart" if number == "a" else "point-order", f"point {number} comes after point {last}"
            )
        elif point is None and number != "a" and frame.quote is None and not self.appendices:
            self._doubt(line, "point-order", f"the first point is {number}")
        if point_rank(number[0]) < 0:
            self._doubt(line, "point-letter", f"{number} is no letter of points")
        node = Node(Kind.POINT, number, text=found.rest, label=found.label, line=line.number)
        frame.place(node, RANK[Kind.POINT], keep_trail=due and point is not None)
        frame.point_style = style
        return True

    def _item(self, frame: Frame, found: Mark, line: Line) -> bool:
        """A bullet or a mark below the points. A plus below a dash stands inside it."""
        if (
            found.style == "deep"
            and frame.at(Kind.CLAUSE) is None
            and frame.at(Kind.ARTICLE) is not None
            and frame.quote is None
        ):
            return False
        node = Node(Kind.ITEM, found.number, text=found.rest, label=found.label, line=line.number)
        current = frame.current()
        if current is not None and current.kind is Kind.ITEM:
            if found.style == "plus" and current.number in "-–—−•":
                self._nest(frame, current, node)
                return True
            if (
                current.number == "+"
                and found.style == "plus"
                and len(frame.open) > 1
                and frame.open[-2].kind is Kind.ITEM
            ):
                frame.open.pop()
                self._nest(frame, frame.open[-1], node)
                return True
        same = (
            current is not None
            and current.kind is Kind.ITEM
            and (current.number == found.number or follows(found.number, current.number))
        )
        frame.place(node, RANK[Kind.ITEM], keep_trail=same)
        return True

    def _nest(self, frame: Frame, outer: Node, node: Node) -> None:
        outer.children.append(node)
        frame.open.append(node)
        frame.titling = None

    def _upper(self, frame: Frame, found: Mark, line: Line) -> bool:
        """A. or I. : a heading outside articles, a clause inside one (old texts)."""
        number, rest = found.number, found.rest
        article = frame.at(Kind.ARTICLE)
        if article is None:
            section = frame.at(Kind.SECTION)
            last = section.number if section else ""
            if not (follows(number, last) or number in ("I", "A")) or (not self.appendices and frame.quote is not None):
                return False
            node = Node(Kind.SECTION, number, heading=rest, label=found.label, line=line.number)
            if len(rest) > _MAX_TITLE or rest[-1:] in {".", ";", ":"}:
                node.heading, node.text = "", rest
            frame.place(node, RANK[Kind.SECTION])
            frame.titling = None if rest else node
            frame.clause_style = frame.point_style = ""
            return True
        clause = frame.at(Kind.CLAUSE)
        if not rest:
            return False
        if clause is None:
            if number not in ("I", "A"):
                return False
        elif frame.clause_style != found.style or not follows(number, clause.number):
            return False
        frame.clause_style = found.style
        frame.place(Node(Kind.CLAUSE, number, text=rest, label=found.label, line=line.number), RANK[Kind.CLAUSE])
        frame.point_style = ""
        return True

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

    # --- titles or texts ---------------------------------------------------------------------------------------------

    def _settle_titles(self) -> None:
        """Decide for each article whether what stands on the line of its number is its title or its text."""
        nodes = self.titled
        bare = sum(1 for node in nodes if not node.text and not node.children)
        text_style = len(nodes) >= 3 and bare > 0.3 * len(nodes)
        dotted = self._titles_end_with_stops()
        for node in nodes:
            if self._is_text(node, text_style, dotted):
                self._title_to_text(node)
            elif not node.text and not node.children and id(node) not in self.quoted:
                reason = f"Điều {node.number} has a title and no text"
                self.doubts.append(Doubt(node.line, "article-empty", reason, node.heading))

    def _titles_end_with_stops(self) -> bool:
        """Whether this text sets a full stop after the titles of its articles (some of the years around 1990 do)."""
        ended = [node for node in self.titled if node.heading.endswith(".")]
        lists = sum(1 for node in self.titled if node.heading[-1] in ":;")
        whole = sum(1 for node in ended if node.text or node.children)
        short = sum(1 for node in ended if len(node.heading) <= 120)
        return (
            len(ended) >= 5 and whole > 0.85 * len(ended) and short > 0.7 * len(ended) and lists * 5 < len(self.titled)
        )

    @staticmethod
    def _is_text(node: Node, text_style: bool, dotted: bool) -> bool:
        said = node.heading
        has_body = bool(node.text or node.children)
        end = said[-1]
        if end in ":;," or len(said) > 400:
            return True
        if end == ".":
            return not (dotted and has_body and len(said) <= 200 and ". " not in said)
        return not has_body and text_style

    def _title_to_text(self, node: Node) -> None:
        if node.text:
            line = self.second_line.get(id(node), node.line)
            node.children.insert(0, Node(Kind.PARAGRAPH, text=node.text, line=line))
        node.text, node.heading = node.heading, ""
