"""The paper model (bản trình bày): a text as paragraphs with styles, from which DOCX and PDF are both made."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dienhong.texts.pieces import Reference, by_node, heading_below, lines_of, note_home
from dienhong.texts.tree import Footnote, Kind, Node, Text
from dienhong.texts.writing.heading import MOTTO, NATION, Letterhead, date_in_words, fold, letterhead
from dienhong.texts.writing.layout import Layout, LayoutName, layout
from dienhong.texts.writing.picture import LINE, Picture, is_number


class Style(StrEnum):
    """This kind of paragraph on paper. Values are the names of the styles in a word processor."""

    PART = "Phần"
    CHAPTER = "Chương"
    SECTION = "Mục"
    SUBSECTION = "Tiểu mục"
    ARTICLE = "Điều"
    CLAUSE = "Khoản"
    POINT = "Điểm"
    ITEM = "Tiết"
    PARAGRAPH = "Đoạn"
    FORMULA = "Công thức"
    APPENDIX = "Phụ lục"
    FORM = "Biểu mẫu"
    KIND = "Tên loại"
    TITLE = "Trích yếu"
    GROUNDS = "Căn cứ"
    LEAD = "Lời dẫn"
    ENACT = "Lời ban hành"
    ADDRESSEE = "Kính gửi"
    CLOSING = "Thông qua"
    NOTE_LINE = "Ghi chú đầu"
    HEADING = "Đề mục"
    SUBHEADING = "Tiểu đề mục"
    LISTED = "Gạch đầu dòng"
    CAPTION = "Tên bảng, hình"
    LACKING = "Chưa có số liệu"


#: Rank in the outline, from 1; 0 stands outside it.
OUTLINE: dict[Style, int] = {
    Style.PART: 1,
    Style.APPENDIX: 1,
    Style.CHAPTER: 2,
    Style.SECTION: 3,
    Style.FORM: 2,
    Style.SUBSECTION: 4,
    Style.ARTICLE: 5,
    Style.HEADING: 2,
    Style.SUBHEADING: 3,
}
STYLE_OF: dict[Kind, Style] = {
    Kind.PART: Style.PART,
    Kind.CHAPTER: Style.CHAPTER,
    Kind.SECTION: Style.SECTION,
    Kind.SUBSECTION: Style.SUBSECTION,
    Kind.ARTICLE: Style.ARTICLE,
    Kind.CLAUSE: Style.CLAUSE,
    Kind.POINT: Style.POINT,
    Kind.ITEM: Style.ITEM,
    Kind.PARAGRAPH: Style.PARAGRAPH,
    Kind.TABLE: Style.PARAGRAPH,
    Kind.FORMULA: Style.FORMULA,
    Kind.APPENDIX: Style.APPENDIX,
    Kind.FORM: Style.FORM,
    Kind.QUOTE: Style.PARAGRAPH,
}


@dataclass(slots=True)
class Run:
    """A stretch of a paragraph: words, a line break ("\\n"), or a footnote. `link` is the id of a unit it leads to."""

    text: str = ""
    bold: bool = False
    note: Footnote | None = None
    link: str = ""


@dataclass(slots=True)
class Block:
    """A paragraph, a table when it has rows, or a picture. `id` is the unit it begins; `level` its rank among headings,
    from 1. `head`: the first row of the table is its head, and columns of numbers stand to the right."""

    style: Style
    runs: list[Run] = field(default_factory=list)
    id: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    level: int = 0
    head: bool = False
    picture: Picture | None = None

    def numeric(self) -> list[bool]:
        """Which columns hold nothing but numbers below the head."""
        if not self.head or len(self.rows) < 2:
            return [False] * max([0, *map(len, self.rows)])
        columns = range(len(self.rows[0]))
        return [all(is_number(row[at]) for row in self.rows[1:] if at < len(row) and row[at]) for at in columns]

    def shares(self) -> list[float]:
        """The part of the width that each column takes: room for its longest word, the rest by how much it says."""
        if not self.head:
            return column_shares(self.rows)
        count = max([1, *map(len, self.rows)])
        columns = [[row[at] for row in self.rows if at < len(row)] for at in range(count)]
        # a head is bold, and a letter wider
        words = [
            max((len(word) + (not at) for at, cell in enumerate(column) for word in cell.split()), default=0)
            for column in columns
        ]
        need = [min(18, longest) + 3 for longest in words]
        want = [min(60, max((len(cell) for cell in column), default=0)) for column in columns]
        left = max(0, LINE - sum(need))
        more = [max(0, w - n) for w, n in zip(want, need, strict=True)]
        widths = [n + left * m / (sum(more) or 1) for n, m in zip(need, more, strict=True)]
        return [width / sum(widths) for width in widths]


@dataclass(slots=True)
class Signature:
    """The end of a paper: recipients on the left; on the right the lines above the name, and the name."""

    recipients: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    date: str = ""
    name: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """A whole paper. Each appendix begins a page of its own."""

    layout: Layout
    title: str
    author: str
    date: dt.date | None
    head: Letterhead
    nation: str
    motto: str
    blocks: list[Block]
    signature: Signature
    appendices: list[list[Block]]


@dataclass(slots=True, frozen=True)
class Certification:
    """The certification (xác thực) of a consolidated text by the Office (Pháp lệnh 01/2012/UBTVQH13).

    `number` is the running number of the consolidated text ("03"), `introduction` the lines that name the base law and
    those that amended it, `post` and `name` who certifies.
    """

    number: str = ""
    date: dt.date | None = None
    place: str = "Hà Nội"
    issuer: str = "VĂN PHÒNG QUỐC HỘI"
    symbol: str = "VBHN-VPQH"
    introduction: Sequence[str] = ()
    post: str = "CHỦ NHIỆM"
    name: str = ""


def sheet_of(
    text: Text,
    name: LayoutName = "law",
    *,
    references: Iterable[Reference] = (),
    certification: Certification | None = None,
) -> Sheet:
    """The text laid out as a paper, all words in NFC. Raises ValueError for a layout that is not known."""
    chosen = layout(name)
    head = letterhead(text)
    signature = _signature(text.signature)
    if certification is not None:
        head, signature = _certified(head, certification)
    flow = _Flow(by_node(references), {node.id for node in text.walk()}, run_in=chosen.article_runs_in)
    blocks = [Block(Style.KIND, [Run(line)]) for line in head.kind]
    if head.title:
        blocks.append(Block(Style.TITLE, _broken(head.title)))
    blocks += [Block(Style.NOTE_LINE, [Run(line)]) for line in head.rest]
    blocks += [Block(Style.PARAGRAPH, _broken([line])) for line in (certification or Certification()).introduction]
    blocks += [Block(Style.GROUNDS, _broken([line])) for line in text.grounds]
    blocks += [Block(_lead_style(line), _broken([line])) for line in text.lead]
    for node in text.body:
        blocks += flow.unit(node)
    signed = text.signature if certification is not None else []
    blocks += [Block(Style.CLOSING, _broken([line])) for line in text.closing + signed]
    sheet = Sheet(
        layout=chosen,
        title=text.title or text.number or "Văn bản",
        author=certification.issuer if certification else text.issuer,
        date=certification.date if certification else text.date,
        head=head,
        nation=NATION,
        motto=MOTTO,
        blocks=blocks,
        signature=signature,
        appendices=_pages(flow.unit(node) for node in text.appendices),
    )
    if text.footnotes:
        sheet.blocks = _with_notes(blocks, text.footnotes)
    return sheet


def _with_notes(blocks: list[Block], notes: Sequence[Footnote]) -> list[Block]:
    """The paragraphs with the notes to the text as a whole called from the first of them that holds words."""
    first = next((block for block in blocks if not block.rows), None)
    if first is None:
        first = Block(Style.PARAGRAPH)
        blocks = [first, *blocks]
    first.runs += [Run(note=note) for note in notes]
    return blocks


def _pages(appendices: Iterable[list[Block]]) -> list[list[Block]]:
    """The appendices by the pages they begin; a mere heading over the appendices stands on the page of the first."""
    pages: list[list[Block]] = []
    over: list[Block] = []
    for blocks in appendices:
        if len(blocks) <= 2 and not any(block.rows for block in blocks):
            over += blocks
            continue
        pages.append([*over, *blocks])
        over = []
    return [*pages, over] if over else pages


def nfc(text: str) -> str:
    """The text in composed Unicode: typesetters misplace combining marks, and readers cannot copy them."""
    return unicodedata.normalize("NFC", text)


def _certified(head: Letterhead, by: Certification) -> tuple[Letterhead, Signature]:
    """Heading block and end of a consolidated text: those of the Office that certifies it."""
    day = f"{by.place}, {date_in_words(Text(date=by.date)) or 'ngày      tháng      năm'}"
    made = Letterhead(
        issuer=[by.issuer],
        number=[f"Số: {by.number or '     '}/{by.symbol}"],
        date=[day],
        kind=head.kind,
        title=head.title,
        rest=head.rest,
    )
    end = Signature(above=["XÁC THỰC VĂN BẢN HỢP NHẤT", by.post], date=day, name=[by.name] if by.name else [])
    return made, end


def _lead_style(line: str) -> Style:
    bare = line.strip()
    if fold(bare).startswith("kính gửi"):
        return Style.ADDRESSEE
    if fold(bare).startswith(("căn cứ ", "theo đề nghị ", "xét đề nghị ")):
        return Style.GROUNDS
    if bare and bare.upper() == bare and len(bare) < 80:
        return Style.ENACT
    return Style.LEAD


def _signature(lines: Sequence[str]) -> Signature:
    """The lines of a signature, recipients apart. The name begins after the last line in capitals or of a rank."""
    found = Signature()
    right: list[str] = []
    listing = False
    for line in (line.strip() for line in lines):
        if not line:
            continue
        listing = fold(line).startswith("nơi nhận") or (listing and line.startswith(("-", "–", "+", "•")))
        (found.recipients if listing else right).append(line)
    last = max((at for at, line in enumerate(right) if line.upper() == line), default=-1)
    if last < 0 and len(right) > 1:
        last = len(right) - 2
    found.above, found.name = right[: last + 1], right[last + 1 :]
    return found


def column_shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """The part of the width that each column of a table takes, by the length of what it holds; they add up to 1."""
    count = max([1, *map(len, rows)])
    weights = [6.0] * count
    for row in rows:
        for at, cell in enumerate(row):
            longest = max((len(line) for line in cell.split("\n")), default=0)
            word = max((len(part) for part in cell.split()), default=0)
            weights[at] = max(weights[at], min(longest, 40), min(word, 16))
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _broken(lines: Iterable[str]) -> list[Run]:
    """Lines of one paragraph, divided by line breaks."""
    runs: list[Run] = []
    for line in (part for whole in lines for part in whole.split("\n")):
        if runs:
            runs.append(Run("\n"))
        runs.append(Run(line))
    return runs


class _Flow:
    """The units of a text on their way to paper; quotation marks join the words they open and close."""

    def __init__(self, links: dict[str, list[Reference]], known: set[str], run_in: bool) -> None:
        self.links = links
        self.run_in = run_in
        self.known = known

    def unit(self, top: Node) -> list[Block]:
        blocks: list[Block] = []
        opening = ""
        stack: list[tuple[Node | str, int]] = [(top, 1)]
        while stack:
            node, level = stack.pop()
            if isinstance(node, str):
                _close(blocks, node)
                continue
            own = self.own(node)
            if own and own[0].style in OUTLINE and not own[0].rows:
                own[0].level = level
                level += 1
            if node.kind is Kind.QUOTE:
                stack.append((node.tail, level))
                opening += node.label
            if opening and own:
                if own[0].rows:
                    own.insert(0, Block(Style.PARAGRAPH))
                own[0].runs.insert(0, Run(opening))
                opening = ""
            blocks += own
            stack.extend((child, level) for child in reversed(node.children))
        return blocks

    def own(self, node: Node) -> list[Block]:
        """The paragraphs of a unit without its children."""
        style = STYLE_OF[node.kind]
        lines = self.lines(node)
        label = "" if node.kind is Kind.QUOTE else node.label
        blocks: list[Block] = []
        if node.heading:
            below = heading_below(node)
            title = [Run(run.text, bold=True) for run in _broken([node.heading])]
            gap = [Run("\n" if below else " ")] if label else []
            notes = [Run(note=note) for note in node.footnotes] if note_home(node) == "heading" else []
            blocks.append(Block(style, [*([Run(label, bold=True)] if label else []), *gap, *title, *notes], node.id))
        elif label and lines and style not in OUTLINE:
            blocks.append(Block(style, [Run(label), Run(" "), *lines.pop(0)], node.id))
        elif label and lines and style is Style.ARTICLE and self.run_in:
            blocks.append(Block(Style.CLAUSE, [Run(label, bold=True), Run(" "), *lines.pop(0)], node.id))
        elif label:
            blocks.append(Block(style, [Run(label, bold=style in OUTLINE)], node.id))
        after = Style.PARAGRAPH if style in OUTLINE or blocks else style
        for line in lines:
            said = style in (Style.APPENDIX, Style.FORM) and line and line[0].text.startswith("(")
            blocks.append(Block(Style.NOTE_LINE if said else after, line, "" if blocks else node.id))
        if any(True for _ in node.rows):
            blocks.append(Block(Style.PARAGRAPH, id="" if blocks else node.id, rows=node.rows))
        return blocks

    def lines(self, node: Node) -> list[list[Run]]:
        notes = node.footnotes if note_home(node) == "text" else ()
        found = lines_of(node.text, notes, self.links.get(node.id, ()))
        return [
            [Run(note=piece.note) if piece.note else Run(piece.text, link=self.inside(piece.href)) for piece in line]
            for line in found
        ]

    def inside(self, href: str) -> str:
        """The unit of this very text that an address leads to; a paper cannot lead to others."""
        return href[1:] if href.startswith("#") and href[1:] in self.known else ""


def _close(blocks: list[Block], tail: str) -> None:
    """Set the end of a quotation where its last words stand."""
    if not tail:
        return
    if not blocks or blocks[-1].rows:
        blocks.append(Block(Style.PARAGRAPH))
    blocks[-1].runs.append(Run(tail))
