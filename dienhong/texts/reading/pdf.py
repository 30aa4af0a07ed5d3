"""PDF with a text layer (tệp PDF): printed lines are put in order and joined into paragraphs again.

A PDF knows where letters stand and nothing else. Lines become paragraphs by their marks, indents, ends and gaps; page
numbers and running heads are taken out into doubts; lines cut into columns become rows of a table, which is a guess and
says so. A page that is only a picture is told, a file of such pages is `Unreadable`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Any

from dienhong.texts.reading.encodings import repair
from dienhong.texts.reading.guard import DEFAULT_LIMITS, Limits, Unreadable
from dienhong.texts.reading.lines import Line, Source
from dienhong.texts.reading.marks import Mark, mark
from dienhong.texts.reading.normal import squeeze, unify
from dienhong.texts.tree import Doubt

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:Trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
#: How much of a box is left out above: a dot below a letter of the line before (ụ) must not be taken in.
_INSET = 0.2
_END = frozenset('.;:!?”"')


@dataclass(slots=True)
class Segment:
    """A run of letters on one printed line: its box in points from the bottom left, and its text."""

    left: float
    right: float
    top: float
    bottom: float
    text: str


@dataclass(slots=True)
class Printed:
    """One printed line: its segments from left to right, and its page."""

    segments: list[Segment]
    page: int

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        return self.segments[0].left

    @property
    def right(self) -> float:
        return self.segments[-1].right

    @property
    def top(self) -> float:
        return max(segment.top for segment in self.segments)

    @property
    def bottom(self) -> float:
        return min(segment.bottom for segment in self.segments)


def read_pdf(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The lines of a PDF that has a text layer."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("the PDF is protected by a password; remove the password and save it again") from error
        raise Unreadable(f"the PDF is damaged ({error})") from error
    try:
        return _read(document, limits)
    finally:
        document.close()


def _read(document: Any, limits: Limits) -> Source:
    count = len(document)
    if count > limits.pages:
        raise Unreadable(f"the PDF has {count} pages; the limit is {limits.pages}. Split it or raise the limit")
    doubts: list[Doubt] = []
    pages: list[list[Printed]] = []
    heights: list[float] = []
    bare: list[int] = []
    for index in range(count):
        page = document[index]
        printed = _page_lines(page, index + 1)
        heights.append(page.get_height())
        if not printed and next(page.get_objects(max_depth=2), None) is not None:
            bare.append(index + 1)
        pages.append(printed)
        page.close()
    if not any(pages):
        raise Unreadable("the PDF has no text, only pictures of pages (scanned); recognise its text first (OCR)")
    if bare:
        said = ", ".join(map(str, bare[:40]))
        doubts.append(Doubt(0, "page-picture", f"pages without text, perhaps scanned: {said}"))
    _drop_margins(pages, heights, doubts)
    lines = _paragraphs(pages, doubts)
    said, old = repair("\n".join(line.text for line in lines[:400]))
    if old:
        doubts.append(Doubt(0, "encoding", f"converted from {old}"))
        for line in lines:
            line.text = repair(line.text)[0] if len(line.text) > 40 else _convert(line.text, old)
    return Source([line for line in lines if line.text or line.rows], doubts=doubts, format="pdf")


def _convert(text: str, old: str) -> str:
    from dienhong.texts.reading import encodings

    return {"TCVN3": encodings.tcvn3, "VNI": encodings.vni}.get(old, lambda said: said)(text)


def _page_lines(page: Any, number: int) -> list[Printed]:
    """The printed lines of a page from top to bottom."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_rects()
        segments = []
        for index in range(count):
            left, bottom, right, top = textpage.get_rect(index)
            inset = _INSET * (top - bottom)
            said = squeeze(unify(textpage.get_text_bounded(left, bottom + inset / 2, right, top - inset)))
            if said:
                segments.append(Segment(left, right, top, bottom, said))
    finally:
        textpage.close()
    return _group(segments, number)


def _group(segments: list[Segment], number: int) -> list[Printed]:
    """Segments that stand on one height become one line; touching segments become one."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (-(s.top + s.bottom) / 2, s.left)):
        middle = (segment.top + segment.bottom) / 2
        row = rows[-1] if rows else None
        if row is not None and row[0].bottom - 1 <= middle <= row[0].top + 1 and _overlap(row[0], segment):
            row.append(segment)
        else:
            rows.append([segment])
    return [Printed(_touching(sorted(row, key=lambda s: s.left)), number) for row in rows]


def _overlap(one: Segment, other: Segment) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.4 * min(one.top - one.bottom, other.top - other.bottom)


def _touching(row: list[Segment]) -> list[Segment]:
    found = [row[0]]
    for segment in row[1:]:
        before = found[-1]
        height = max(before.top - before.bottom, segment.top - segment.bottom, 6.0)
        gap = segment.left - before.right
        if segment.text == before.text and abs(segment.left - before.left) < 2:
            continue
        if gap < 1.6 * height:
            glue = "" if gap < 0.12 * height else " "
            before.text += glue + segment.text
            before.right = max(before.right, segment.right)
            before.top, before.bottom = max(before.top, segment.top), min(before.bottom, segment.bottom)
        else:
            found.append(segment)
    return found


def _drop_margins(pages: list[list[Printed]], heights: list[float], doubts: list[Doubt]) -> None:
    """Take page numbers and running heads and feet out of the pages, into doubts."""
    numbers: list[str] = []
    heads: Counter[str] = Counter()
    for printed in pages:
        for line in {id(x): x for x in [*printed[:2], *printed[-2:]]}.values():
            heads[_DIGITS.sub("#", line.text)] += 1
    often = {said for said, times in heads.items() if times >= max(3, len(pages) // 3)}
    dropped: Counter[str] = Counter()
    for printed, height in zip(pages, heights, strict=True):
        for line in {id(x): x for x in [*printed[:2], *printed[-2:]]}.values():
            edge = line.bottom > 0.88 * height or line.top < 0.12 * height
            if edge and _PAGE_NUMBER.fullmatch(line.text):
                numbers.append(line.text)
                printed.remove(line)
            elif edge and len(pages) > 2 and _DIGITS.sub("#", line.text) in often and mark(line.text) is None:
                dropped[line.text] += 1
                printed.remove(line)
    if numbers:
        doubts.append(Doubt(0, "dropped-page-number", f"{len(numbers)} page numbers are left out", " ".join(numbers)))
    for said, times in dropped.items():
        reason = f"the same line stands at the edge of {times} pages; left out"
        doubts.append(Doubt(0, "dropped-running-head", reason, " ".join([said] * times)))


def _last_of_table(printed: list[Printed], first: int) -> int:
    """The last of the lines after `first` that stand in several segments, as the rows of a table do."""
    end = first
    while end + 1 < len(printed) and len(printed[end + 1].segments) > 1:
        end += 1
    return end


def _margins(printed: list[Printed]) -> tuple[float, float, float]:
    """The left and the right edge of the text and the usual gap between two lines, in points."""
    single = [line for line in printed if len(line.segments) == 1]
    right = _edge([line.right for line in single], 0.9) if single else 0.0
    left = _edge([line.left for line in single], 0.1) if single else 0.0
    gaps = [a.bottom - b.top for a, b in itertools.pairwise(printed) if a.page == b.page and a.bottom > b.top]
    return left, right, median(gaps) if gaps else 4.0


def _paragraphs(pages: list[list[Printed]], doubts: list[Doubt]) -> list[Line]:
    """Printed lines joined into paragraphs, across pages too."""
    printed = [line for page in pages for line in page]
    left, right, gap = _margins(printed)
    found: list[Line] = []
    before: Printed | None = None
    tables = 0
    index = number = 0
    while index < len(printed):
        line = printed[index]
        number += 1
        if len(line.segments) > 1:
            end = _last_of_table(printed, index)
            if end > index and not _is_head(printed[index : end + 1]):
                rows = tuple(tuple(segment.text for segment in row.segments) for row in printed[index : end + 1])
                found.append(Line(number, "", rows=rows))
                tables += 1
                number += end - index
                index, before = end + 1, None
                continue
            found.extend(Line(number, segment.text, centred=True) for segment in line.segments)
            index, before = index + 1, None
            continue
        if before is not None and found and _continues(before, line, found[-1].text, left, right, gap):
            joined = found[-1].text
            found[-1].text = joined + ("" if joined.endswith("-") and line.text[:1].islower() else " ") + line.text
            found[-1].last = number
        else:
            centred = line.left - left > 40 and abs((line.left - left) - (right - line.right)) < 30
            found.append(Line(number, line.text, centred=centred))
        before = line
        index += 1
    if tables:
        doubts.append(
            Doubt(0, "pdf-table", f"{tables} tables were read from the places of letters on the page; compare them")
        )
    return found


def _edge(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _is_head(rows: list[Printed]) -> bool:
    """Whether two columns are the heading block or the signature, not a table."""
    said = " ".join(row.text for row in rows)
    return (
        bool(re.search(r"CỘNG H[OÒ][AÀ]|Độc lập|Số\s*:|ngày \d+ tháng|Nơi nhận|CHỦ TỊCH|TM\.", said))
        and len(rows) <= 14
    )


def _new_unit(found: Mark, joined: str, short: bool) -> bool:
    """Whether a mark at the beginning of a line is believed, though the line before is full and has no end."""
    if found.style == "article":
        return (not found.rest and short) or joined.isupper() or (mark(joined) is not None and joined[-1] not in ",;")
    opens_list = found.number in ("1", "a")
    return opens_list and (mark(joined) or found).style.startswith("article")


def _continues(before: Printed, line: Printed, joined: str, left: float, right: float, gap: float) -> bool:
    """Whether a printed line goes on with the paragraph of the line before."""
    text = line.text
    small = text[0].islower()
    if before.page == line.page and before.bottom - line.top > gap + 6:
        return False
    centred_before = before.left - left > 40 and right - before.right > 25
    centred = line.left - left > 40 and right - line.right > 25
    if centred or centred_before:
        return centred and centred_before and joined.isupper() == text.isupper() and small
    full = right - before.right < 0.12 * max(right - left, 1.0)
    found = mark(text)
    ended = joined[-1] in _END
    if found is not None and (ended or (not full and found.style not in ("dash", "digit-"))):
        return False
    if found is not None and _new_unit(found, joined, right - line.right > 0.12 * max(right - left, 1.0)):
        return False
    if found is not None and found.style in ("chapter", "part", "section"):
        return False
    if small and not joined.endswith((".", ";")):
        return True
    if line.left - left > 12 and before.left - left < 12 and joined[-1] in _END:
        return False
    return full and not (joined[-1] in _END and line.left - left > 12)
