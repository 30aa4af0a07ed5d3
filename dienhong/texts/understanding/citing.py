"""The grammar of citations (cách viện dẫn): "điểm a khoản 2 Điều 5", lists, ranges, "khoản này", "của Luật này".

A citation runs from the smallest unit to the largest. This module only reads words: which node a citation means is
decided in `references` (inside the text) and in `instructions` (in the law that is amended).

A *chain* is one run from small to large ("điểm a và b khoản 2 Điều 5" is one chain of two provisions). Chains follow
each other by a comma or "và"; one that lacks its larger units takes those of the next ("khoản 1 và khoản 2 Điều 5").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product

from dienhong.texts.tree import Kind
from dienhong.texts.understanding.documents import KIND, Document, document_at
from dienhong.texts.understanding.numbers import between, plain
from dienhong.texts.understanding.spelling import fold_tones

Step = tuple[Kind, str]
#: From the outermost unit inwards; the number "này" stands for the unit in which the words themselves are.
PathOf = tuple[Step, ...]

THIS = "này"
_LEVELS: dict[str, Kind] = {
    "phần": Kind.PART,
    "chương": Kind.CHAPTER,
    "mục": Kind.SECTION,
    "tiểu mục": Kind.SUBSECTION,
    "điều": Kind.ARTICLE,
    "khoản": Kind.CLAUSE,
    "điểm": Kind.POINT,
    "tiểu điểm": Kind.ITEM,
    "tiết": Kind.ITEM,
    "phụ lục": Kind.APPENDIX,
}
_RANK = {
    Kind.APPENDIX: 0,
    Kind.PART: 1,
    Kind.CHAPTER: 2,
    Kind.SECTION: 3,
    Kind.SUBSECTION: 4,
    Kind.ARTICLE: 5,
    Kind.CLAUSE: 6,
    Kind.POINT: 7,
    Kind.ITEM: 8,
}
_ROMAN = r"(?=[IVXLC])(?:X{0,4}(?:IX|IV|V?I{0,3}))(?:[a-zđ]|bis)?"
_END = r"(?!\w)(?![.,/]\d)"
_NUMBERS: dict[Kind, str] = {
    Kind.PART: rf"(?:(?:thứ\s+)?(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|{_ROMAN}|\d{{1,2}}){_END}",
    Kind.CHAPTER: rf"(?:{_ROMAN}|\d{{1,2}}[a-zđ]?){_END}",
    Kind.SECTION: rf"(?:\d{{1,3}}[a-zđ]?|{_ROMAN}|[A-H]){_END}",
    Kind.SUBSECTION: rf"(?:\d{{1,2}}[a-zđ]?|{_ROMAN}){_END}",
    Kind.ARTICLE: rf"\d{{1,4}}(?:(?:[a-zđ]\d?)?{_END}|(?=của\s))",
    Kind.CLAUSE: rf"\d{{1,3}}(?:[a-zđ]\d?)?{_END}",
    Kind.POINT: rf"(?:[a-zđ]\d{{0,2}}(?:\.\d{{1,2}})?|\d{{1,2}}(?:\.\d{{1,2}})*){_END}",
    Kind.ITEM: rf"(?:[a-zđ]\d{{0,2}}(?:\.\d{{1,2}})?|\d{{1,2}}(?:\.\d{{1,2}})*|[ivx]+){_END}",
    Kind.APPENDIX: rf"(?:số\s+)?(?:{_ROMAN}|\d{{1,2}}[A-Z]?){_END}",
}
_LIST_STOP = (
    r"(?=\s*(?:[,;.:)\]”\"]|$|và(?!\w)|hoặc(?!\w)|hay(?!\w)|khoản\s|Khoản\s|[Đđ]iều\s|[Cc]hương\s|Mục\s|của\s|Luật|Bộ\s+[lL]uật"
    r"|này|Nghị|Pháp|tại\s|đến\s|thuộc\s|như\s|được|bị\s|bằng\s|vào\s|sau\s|trước\s|thì\s|có\s|phải\s))"
)
_LEVEL = re.compile(
    r"(?<!\w)(?<!thời )(?<!địa )(?<!danh )(?<!điều )(?<!Điều )"
    r"(?:(?P<many>(?:các|những|một số)\s+)|(?P<from>(?:từ|Từ)\s+))?"
    r"(?P<level>[Tt]iểu điểm|[Tt]iểu mục|[Mm]ục|Phần|[Cc]hương|[Đđ]iều|ĐIỀU|[Kk]hoản|[Đđ]iểm|[Tt]iết|[Pp]hụ lục)"
    r"(?:\s+số)?(?=\s)"
)
_THIS = re.compile(r"\s+này(?!\w)")
_FIRST = {
    kind: re.compile(rf"\s+(?:từ\s+(?:[Đđ]iều\s+|khoản\s+|điểm\s+)?)?({form})") for kind, form in _NUMBERS.items()
}
_NEXT = {
    kind: re.compile(rf"(?:\s*[,;]\s*(?:và\s+|hoặc\s+)?|\s+(?:và|hoặc|hay)\s+)({form}){_LIST_STOP}")
    for kind, form in _NUMBERS.items()
}
_TO = {kind: re.compile(rf"\s+đến\s+(?:hết\s+)?({form})") for kind, form in _NUMBERS.items()}
_TO_LEVEL = re.compile(r"\s+đến\s+(?:hết\s+)?")
_JOIN = re.compile(r"\s+(?:(?:của|thuộc|trong|tại)\s+)?")
_AND = re.compile(
    r"(?P<comma>\s*,\s*)(?P<and>(?:và|hoặc|hay)\s+)?(?:tại\s+|cả\s+)?|(?P<only>\s+(?:và|hoặc|hay|và/hoặc)\s+)(?:tại\s+)?"
)
_COMMA = re.compile(r"\s*,\s*")
_SEMICOLON = re.compile(r"\s*;\s*(?:và\s+)?(?:tại\s+)?")
_SCOPE = re.compile(r"\s*,?\s*(?:(?:của|thuộc|trong|tại|ban hành kèm theo|kèm theo)\s+)?")
#: "tên Điều 75", "đoạn mở đầu khoản 2", "đoạn thứ hai khoản 1"
_FRAGMENT = re.compile(
    r"(?<!\w)(?:(?P<title>[Tt]ên(?:\s+gọi)?)|(?:[Đđ]oạn|[Cc]âu)\s+(?P<which>mở đầu|đầu tiên|đầu|dẫn|cuối cùng|cuối|"
    r"thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám)|\d{1,2}(?!\d)))(?:\s+(?:của|tại|trong))?(?=\s)"
)
_ORDINAL = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision named by words. `part`: "" for the whole, "heading", "intro", "paragraph 2", "paragraph last"."""

    path: PathOf
    part: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """One run of words naming one or more provisions of one document. `loose` says the units were joined by a comma."""

    start: int
    end: int
    provisions: tuple[Provision, ...]
    document: Document | None = None
    loose: bool = False


@dataclass(slots=True)
class _Group:
    kind: Kind
    numbers: list[str]
    end: int
    this: bool = False


@dataclass(slots=True)
class _Run:
    start: int
    end: int
    groups: list[_Group]
    part: str = ""
    loose: bool = False
    separator: str = ""

    @property
    def top(self) -> int:
        return _RANK[self.groups[-1].kind]

    @property
    def closed(self) -> bool:
        """This run needs nothing from its neighbour: it reaches an article or more, or ends in "này"."""
        return self.groups[-1].this or self.top <= _RANK[Kind.ARTICLE]


def _numbers(text: str, kind: Kind, pos: int, many: bool) -> tuple[list[str], int] | None:
    first = _FIRST[kind].match(text, pos)
    if not first:
        return None
    found, end = [first[1]], first.end()
    while True:
        to = _TO[kind].match(text, end)
        if to and (span := between(kind, found[-1], to[1])):
            found[-1:] = span
            end = to.end()
            continue
        after = _NEXT[kind].match(text, end)
        if not after or (not many and kind is Kind.SECTION):
            break
        found.append(after[1])
        end = after.end()
    return [re.sub(r"^(?:thứ|số)\s+", "", number) for number in found], end


def _group(text: str, pos: int) -> tuple[_Group, int] | None:
    """The group that begins exactly at `pos` ("các khoản 1, 2 và 3"), and where its first word stands."""
    level = _LEVEL.match(text, pos)
    if not level:
        return None
    kind = _LEVELS[level["level"].lower()]
    if kind is Kind.PART and not level["level"][0].isupper():
        return None
    if (this := _THIS.match(text, level.end())) and not level["many"]:
        return _Group(kind, [THIS], this.end(), this=True), level.start()
    read = _numbers(text, kind, level.end(), bool(level["many"]))
    if not read:
        return None
    numbers, end = read
    to = _TO_LEVEL.match(text, end)
    if to and len(numbers) == 1:
        other = _LEVEL.match(text, to.end())
        if other and _LEVELS[other["level"].lower()] is kind:
            last = _numbers(text, kind, other.end(), many=False)
            if last and (span := between(kind, numbers[0], last[0][0])):
                return _Group(kind, span + last[0][1:], last[1]), level.start()
    return _Group(kind, numbers, end), level.start()


def _part_of(match: re.Match[str]) -> str:
    if match["title"]:
        return "heading"
    which = " ".join(match["which"].split())
    if which in ("mở đầu", "đầu", "đầu tiên", "dẫn"):
        return "intro"
    if which.startswith("cuối"):
        return "paragraph last"
    return f"paragraph {_ORDINAL.get(which.removeprefix('thứ '), 0) or which}"


def fragment_of(words: str) -> str:
    """The part of a unit that the words name and nothing else: "đoạn mở đầu" gives "intro"; "" if they name more."""
    match = _FRAGMENT.match(words.strip() + " ")
    return _part_of(match) if match and match.end() >= len(words.strip()) and not match["title"] else ""


def _run(text: str, pos: int) -> _Run | None:
    """One chain that begins exactly at `pos`."""
    part, begin = "", pos
    if fragment := _FRAGMENT.match(text, pos):
        part, pos = _part_of(fragment), _JOIN.match(text, fragment.end()).end()  # type: ignore[union-attr]
    found = _group(text, pos)
    if not found:
        return None
    run = _Run(begin, found[0].end, [found[0]], part)
    while True:
        join = _JOIN.match(text, run.end)
        loose = False
        larger = _group(text, join.end()) if join else None
        if larger is None and not run.closed:
            comma = _COMMA.match(text, run.end)
            larger = _group(text, comma.end()) if comma else None
            loose = larger is not None
            if larger and not (_RANK[larger[0].kind] < run.top and _RANK[larger[0].kind] >= run.top - 2):
                larger = None
        if larger is None or _RANK[larger[0].kind] >= run.top or run.groups[-1].this:
            return run
        run.groups.append(larger[0])
        run.end = larger[0].end
        run.loose = run.loose or loose


def _complete(runs: list[_Run], *, scoped: bool) -> None:
    """Let every run that lacks its larger units take them from the next: "khoản 1 và khoản 2 Điều 5".

    Over a semicolon only in a list that ends in "của Luật này" or another law's name: all of it speaks of that law.
    """
    for left, right in zip(reversed(runs[:-1]), reversed(runs[1:]), strict=True):
        if left.closed or (right.separator == ";" and not scoped):
            continue
        left.groups.extend(group for group in right.groups if _RANK[group.kind] < left.top)


def _provisions(run: _Run) -> tuple[Provision, ...]:
    steps = [[(group.kind, plain(group.kind, number)) for number in group.numbers] for group in reversed(run.groups)]
    return tuple(Provision(path, run.part) for path in product(*steps))


_ANCHOR = re.compile(
    r"(?<!\w)(?:(?:các|những|một số|từ|Từ)\s+)?(?:[Tt]iểu điểm|[Tt]iểu mục|[Mm]ục|Phần|[Cc]hương|[Đđ]iều|ĐIỀU|"
    r"[Kk]hoản|[Đđ]iểm|[Tt]iết|[Pp]hụ lục|[Tt]ên|"
    r"[Đđ]oạn|[Cc]âu)\s|" + KIND.pattern
)


#: Longer texts are read in slices cut at blanks, so that no text costs more than its length allows.
SLICE = 6000


def chains(text: str) -> list[Chain]:
    """Every citation in the text, in order, none overlapping. Offsets count characters of the text (NFC)."""
    if len(text) <= SLICE:
        return _chains(text)
    found: list[Chain] = []
    start = 0
    while start < len(text):
        stop = min(start + SLICE, len(text))
        if stop < len(text):
            stop = max(text.rfind(". ", start, stop), text.rfind("; ", start, stop), start + SLICE // 2)
        found.extend(replace(c, start=c.start + start, end=c.end + start) for c in _chains(text[start:stop]))
        start = stop
    return found


def _chains(text: str) -> list[Chain]:
    found: list[Chain] = []
    folded = fold_tones(text)
    pos = 0
    while anchor := _ANCHOR.search(text, pos):
        runs, end = _runs(text, anchor.start())
        if runs:
            document, end = _document(text, folded, end)
            _complete(runs, scoped=document is not None)
            for run in runs:
                scope = None if run.groups[-1].this else document
                stop = end if run is runs[-1] else run.end
                found.append(Chain(run.start, stop, _provisions(run), scope, run.loose))
            pos = end
            continue
        kind = KIND.match(text, anchor.start())
        named = document_at(text, folded, kind) if kind else None
        if named:
            found.append(Chain(anchor.start(), named[1], (), named[0]))
        pos = named[1] if named else anchor.end()
    return found


def _runs(text: str, pos: int) -> tuple[list[_Run], int]:
    runs: list[_Run] = []
    first = _run(text, pos)
    while first:
        runs.append(first)
        pos = first.end
        link = _AND.match(text, pos)
        follower = _run(text, link.end()) if link else None
        if follower and link:
            follower.separator = "," if link["comma"] else "và"
        else:
            link = _SEMICOLON.match(text, pos)
            follower = _run(text, link.end()) if link else None
            if follower:
                follower.separator = ";"
        first = follower
    return runs, pos


def _document(text: str, folded: str, pos: int) -> tuple[Document | None, int]:
    """The document to which the chains before `pos` belong ("... của Luật Đấu thầu"), and where its name ends."""
    scope = _SCOPE.match(text, pos)
    if not scope or (scope[0].strip() == ","):
        return None, pos
    kind = KIND.match(text, scope.end())
    named = document_at(text, folded, kind) if kind else None
    return named if named else (None, pos)
