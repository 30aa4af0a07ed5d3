"""Quotations (phần trích trong ngoặc kép): where the text that an amending law would insert begins and ends.

Typists forget closing marks, mix straight and curly ones, and put terms in quotation marks inside. So an end is
believed
when the marks balance at the end of a line, or when the amending law plainly goes on with its next one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dienhong.texts.reading.lines import Line
from dienhong.texts.reading.marks import Mark, follows, mark
from dienhong.texts.tree import Doubt

OPENERS = frozenset('“"«„‟”')
_MARKS = re.compile('[“”"«»„‟]')
_CLOSED = re.compile(r"[”\"»“]\s*(?:\[\d+\]\s*)?[.;,:]*\s*$")
_UNIT = (
    r"(?:(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục|[Đđ]oạn)\s(?:\d"
    r"|[IVX]|[a-zđ]\d?\b|đầu|cuối|mở|thứ)"
)
_VERB = re.compile(
    r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Huỷ bỏ|Hủy bỏ|Thay|Bỏ|Đổi|Chuyển|Thêm|Sửa)\b.{0,90}?"
    + _UNIT
    + (
        r"|cụm từ|(?:một số|các) (?:điều|khoản|điểm|cụm từ|từ)\b|\btừ [“\"]|tên (?:điều|chương"
        r"|mục|Điều|Chương|Mục)|tiêu đề|một số điều)"
    ),
    re.S,
)
_TARGET = re.compile(
    r"(?:Các )?(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Đđ]oạn|[Mm]ục|[Cc]hương|[Tt]ên|[Tt]iêu đề|[Cc]ụm từ|[Pp]hụ lục)\s.{0,200}?"
    r"(?:được (?:sửa|bổ sung|thay|đổi|bãi|chuyển)|như sau|sửa đổi|bãi bỏ)",
    re.S,
)
_LAST_ARTICLES = re.compile(
    r"(?:hiệu lực|điều khoản thi hành|tổ chức thực hiện|quy định chuyển tiếp|trách nhiệm thi hành)", re.I
)
_INLINE = re.compile(
    r"(?:như sau|là|thành|bằng)?\s*:\s*(?=[“\"](?:Điều \d|Chương [IVX]|Mục \d|\d{1,3}[a-zđ]?\s?[.)]\s|[a-zđ]\d?\)\s))"
)
_INLINE_OPEN = re.compile(r"như sau\s*:\s*(?=[“\"])")


@dataclass(slots=True)
class Outside:
    """Where the amending law itself stands when a quotation opens: the numbers that would follow in it."""

    article: str = ""
    clause: str = ""
    point: str = ""


@dataclass(slots=True)
class Extent:
    """A quotation runs to line `last` (an index) and ends with `tail`; `after` is what follows it on that line."""

    last: int
    cut: int
    tail: str
    after: str = ""
    doubt: Doubt | None = None


def is_instruction(text: str) -> bool:
    """Whether the text tells how another text is to be changed."""
    return bool(_VERB.match(text) or _TARGET.match(text))


def balance(text: str, depth: int = 0) -> tuple[int, int]:
    """The depth of quotation after the text, and where it last came to nothing (-1: never)."""
    closed = -1
    for match in _MARKS.finditer(text):
        sign, at = match[0], match.start()
        if sign in "“«„‘‘":
            depth += 1
        elif sign in "”»‟’’":
            depth -= 1
        elif at == 0 or (text[at - 1] in " ([“:;" and text[at + 1 : at + 2] not in {"", " ", ".", ";", ","}):
            depth += 1
        else:
            depth -= 1
        if depth <= 0:
            depth, closed = 0, match.end()
            if sign in '”»‟"':
                continue
    return depth, closed


def opens(text: str, before: str) -> bool:
    """Whether a line that begins with a quotation mark opens a quotation of units (not a term, not a mere phrase)."""
    if text[0] == "”" and not before.endswith(":"):
        return False
    first = "“" + text[1:] if text[0] in '”"' else text
    depth, closed = balance(first)
    if depth == 0 and closed >= 0 and first[closed:].strip(" .;,:"):
        return False
    inside = text[1:].lstrip()
    if not inside:
        return before.endswith(":")
    found = mark(inside)
    if found is not None and (found.style != "dash" or before.endswith(":")):
        return True
    return before.endswith(":")


def find_end(lines: list[Line], start: int, stop: int, outside: Outside) -> Extent:
    """Where the quotation that opens at the beginning of line `start` ends, looking no further than `stop`."""
    depth = 1
    articles: list[str] = []
    for index in range(start, stop):
        text = lines[index].text
        if not text:
            depth, ends = _table_depth(lines[index], depth)
            if ends:
                return Extent(index, *_cut(lines[index].rows[-1][-1]))
            continue
        body = text[1:].lstrip() if index == start else text
        found = mark(body) if body else None
        if index > start and found is not None and resumes(found, outside, articles):
            return _unclosed(lines, start, index - 1)
        if found is not None and found.style.startswith("article"):
            articles.append(found.number)
        depth, closed = balance(body, depth)
        if closed >= 0 and depth == 0:
            offset = len(text) - len(body)
            after = body[closed:].strip()
            if not after.strip(" .;,:"):
                return Extent(index, *_cut(text))
            if not after.startswith("["):
                return _split(text, closed + offset, index)
            return Extent(index, *_cut(text))
        if _CLOSED.search(text) and index > start and _goes_on(lines, index + 1, stop, outside, articles):
            doubt = Doubt(lines[index].number, "quote-unbalanced", "quotation marks inside do not balance", text[-80:])
            return Extent(index, *_cut(text), doubt=doubt)
    return _unclosed(lines, start, stop - 1)


def _table_depth(line: Line, depth: int) -> tuple[int, bool]:
    """The depth of quotation after a table, and whether the quotation closes with its last cell."""
    said = " ".join(cell for row in line.rows for cell in row)
    after, closed = balance(said, depth)
    return after, after == 0 and closed >= 0 and not said[closed:].strip(" .;,:") and bool(
        _CLOSED.search(line.rows[-1][-1])
    )


def _cut(text: str) -> tuple[int, str]:
    """Where the closing mark of a line begins, and the mark with what follows it."""
    match = _CLOSED.search(text)
    at = match.start() if match else len(text)
    return at, text[at:]


def _split(text: str, closed: int, index: int) -> Extent:
    """The end of a quotation in the middle of a line."""
    end = closed
    while end < len(text) and text[end] in ".;,":
        end += 1
    return Extent(index, closed - 1, text[closed - 1 : end], after=text[end:].strip())


def _unclosed(lines: list[Line], start: int, last: int) -> Extent:
    doubt = Doubt(lines[start].number, "quote-unclosed", "the quotation is not closed", lines[start].text[:80])
    text = lines[last].text or lines[last].rows[-1][-1]
    match = _CLOSED.search(text) if last > start else None
    if match:
        return Extent(last, match.start(), text[match.start() :], doubt=doubt)
    return Extent(last, len(text), "", doubt=doubt)


def resumes(found: Mark, outside: Outside, articles: list[str]) -> bool:
    """Whether a marked line is the amending law going on, though its quotation was not closed."""
    if found.style.startswith("article"):
        if not outside.article or not follows(found.number, outside.article):
            return False
        if articles and follows(found.number, articles[-1]):
            return bool(_LAST_ARTICLES.search(found.rest)) or is_instruction(found.rest)
        return found.style == "article"
    if found.style.startswith("digit"):
        return bool(outside.clause) and follows(found.number, outside.clause) and is_instruction(found.rest)
    if found.style.startswith("letter"):
        return bool(outside.point) and follows(found.number, outside.point) and is_instruction(found.rest)
    return False


def _goes_on(lines: list[Line], index: int, stop: int, outside: Outside, articles: list[str]) -> bool:
    """Whether the next line that has text is the amending law going on."""
    if index >= stop:
        return True
    text = lines[index].text
    found = mark(text) if text else None
    if found is None:
        return False
    if found.style.startswith("article"):
        return resumes(found, outside, articles)
    if found.style.startswith("digit"):
        return bool(outside.clause) and follows(found.number, outside.clause)
    if found.style.startswith("letter"):
        return bool(outside.point) and follows(found.number, outside.point)
    return False


def split_inline(lines: list[Line]) -> list[Line]:
    """The lines, each cut before a quotation that opens in its middle after "như sau:" and holds numbered units."""
    if not any("“" in line.text or '"' in line.text for line in lines):
        return lines
    found: list[Line] = []
    for line in lines:
        text = line.text
        if ":" in text and ("“" in text or '"' in text):
            match = _INLINE.search(text) or (_INLINE_OPEN.search(text) if balance(text)[0] else None)
            if match and match.start() > 0 and not text.startswith(tuple(OPENERS)):
                found.append(Line(line.number, text[: match.end()].rstrip(), bold=line.bold, centred=line.centred))
                found.append(Line(line.number, text[match.end() :], bold=line.bold, centred=line.centred))
                continue
        found.append(line)
    return found
