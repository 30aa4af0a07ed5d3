"""Word-level marks (đánh dấu theo từ): two texts of one unit as runs that a person can read.

Tokens are syllables, numbers (a date, "57/2014/QH13" or "1.234,5" is one) and signs; a mark never falls inside one.
Alignment is by longest common subsequence of folded tokens; then small islands between two changes are given up, so
that a rewritten phrase reads as one deletion and one insertion, and a lone insertion slides to the start of its phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from dienhong.texts.comparing.segments import Marked, Op, Segment
from dienhong.texts.comparing.spelling import difference, fold

Token = tuple[str, str]  # the token and the white space after it

_TOKEN = re.compile(
    r"([^\W\d_][\w\u0300-\u036f]*"  # syllables
    r"|(?<!\d,)\d+(?:\.\d+)*,\d+(?![,.]?\d)%?"  # 1.234,5 but not 27,28,29
    r"|\d+(?:[.:/-]\d+)*(?:[/-][A-ZĐƯ][\wĐƯ]*)*[A-Za-zđ]?\b%?"  # numbers, dates, numbers of documents, 12a
    r"|-{2,}|_{2,}|={2,}|\*{2,}|\.{3,}"  # rules and dotted lines, of any length
    r"|\d+|[^\w\s]|_|\w)(\s*)"
)

#: Words that make up a number; a mark takes in the whole number.
NUMBER_WORDS = frozenset(
    (
        *("không", "một", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi"),
        *("mốt", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "linh", "lẻ", "rưỡi"),
    )
)

#: The largest product of token counts that is aligned token by token (bits of memory; 50 MB).
LARGEST_PRODUCT = 400_000_000
#: One token in so many ends a chunk where a text is too long to be aligned token by token.
CHUNK = 32
#: Islands of at most so many words between two changes may be given up.
ISLAND = 3
#: Below this share of kept words a unit counts as rewritten and is shown as one deletion and one insertion.
REWRITTEN_BELOW = 0.22


class Lexicon(dict[str, int]):
    """The tokens of both texts as small integers: writings of one word share one. Lives as long as one comparison."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: dict[str, int] = {}
        self._read: dict[str, tuple[list[Token], list[int]]] = {}
        self.signs: set[int] = set()
        self.digits: set[int] = set()
        self.number_words: set[int] = set()

    def __missing__(self, token: str) -> int:
        key = fold(token)
        number = self._keys.setdefault(key, len(self._keys))
        if not any(c.isalnum() for c in key):
            self.signs.add(number)
        elif key.isdecimal():
            self.digits.add(number)
        elif token in NUMBER_WORDS:
            self.number_words.add(number)
        self[token] = number
        return number

    def read(self, text: str) -> tuple[list[Token], list[int]]:
        """The tokens of a text and their numbers; a text read before is not read again."""
        found = self._read.get(text)
        if found is None:
            tokens = tokens_of(text)
            found = self._read[text] = (tokens, [self[core] for core, _ in tokens])
        return found


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, each with the white space after it; joined again they are the text."""
    found: list[Token] = _TOKEN.findall(text)
    lead = len(text) - len(text.lstrip())
    return [("", text[:lead]), *found] if lead else found


@dataclass(slots=True)
class Block:
    """Token ranges old[i1:i2] and new[j1:j2]; `same` where they are the same words."""

    same: bool
    i1: int
    i2: int
    j1: int
    j2: int


def _core_blocks(a: list[int], b: list[int]) -> list[Block]:
    return [
        Block(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end) for op in Indel.opcodes(a, b)
    ]


def _chunks(ids: list[int]) -> tuple[list[tuple[int, ...]], list[int]]:
    """Chunks that end where the words say so, hence the same in both texts, and where each starts."""
    chunks: list[tuple[int, ...]] = []
    starts = [0]
    for place in range(1, len(ids) + 1):
        recent = hash(tuple(ids[max(0, place - 4) : place]))  # four words, so that a text of few words is cut, too
        if recent % CHUNK == 0 or place == len(ids):
            chunks.append(tuple(ids[starts[-1] : place]))
            starts.append(place)
    return chunks, starts


def _coarse_blocks(a: list[int], b: list[int]) -> tuple[list[Block], bool]:
    left, left_at = _chunks(a)
    right, right_at = _chunks(b)
    if len(left) * len(right) > LARGEST_PRODUCT:
        return [Block(False, 0, len(a), 0, len(b))], True
    numbers: dict[tuple[int, ...], int] = {}
    x = [numbers.setdefault(chunk, len(numbers)) for chunk in left]
    y = [numbers.setdefault(chunk, len(numbers)) for chunk in right]
    blocks: list[Block] = []
    coarse = False
    for chunk in _joined(_core_blocks(x, y)):
        i1, i2, j1, j2 = left_at[chunk.i1], left_at[chunk.i2], right_at[chunk.j1], right_at[chunk.j2]
        if chunk.same or i1 == i2 or j1 == j2:
            blocks.append(Block(chunk.same, i1, i2, j1, j2))
        elif (i2 - i1) * (j2 - j1) <= LARGEST_PRODUCT:
            inner = _core_blocks(a[i1:i2], b[j1:j2])
            blocks.extend(Block(k.same, k.i1 + i1, k.i2 + i1, k.j1 + j1, k.j2 + j1) for k in inner)
        else:
            blocks.append(Block(False, i1, i2, j1, j2))
            coarse = True
    return blocks, coarse


def aligned(a: list[int], b: list[int]) -> tuple[list[Block], bool]:
    """The two token lists as alternating kept and changed blocks, and whether a part was too long to be aligned."""
    start, stop_a, stop_b = 0, len(a), len(b)
    while start < stop_a and start < stop_b and a[start] == b[start]:
        start += 1
    while stop_a > start and stop_b > start and a[stop_a - 1] == b[stop_b - 1]:
        stop_a -= 1
        stop_b -= 1
    coarse = False
    inner: list[Block] = []
    if start < stop_a and start < stop_b:
        x, y = a[start:stop_a], b[start:stop_b]
        if len(x) * len(y) <= LARGEST_PRODUCT:
            inner = _core_blocks(x, y)
        else:
            inner, coarse = _coarse_blocks(x, y)
    elif start < stop_a or start < stop_b:
        inner = [Block(False, 0, stop_a - start, 0, stop_b - start)]
    blocks = [Block(True, 0, start, 0, start)] if start else []
    blocks.extend(Block(k.same, k.i1 + start, k.i2 + start, k.j1 + start, k.j2 + start) for k in inner)
    if stop_a < len(a):
        blocks.append(Block(True, stop_a, len(a), stop_b, len(b)))
    return _joined(blocks), coarse


def _joined(blocks: list[Block]) -> list[Block]:
    """Neighbours of one kind as one block."""
    out: list[Block] = []
    for block in blocks:
        if out and out[-1].same == block.same:
            out[-1].i2, out[-1].j2 = block.i2, block.j2
        else:
            out.append(block)
    return out


def count_words(text: str) -> int:
    """How many words a text has, by white space: quick, and good enough to weigh units against one another."""
    return len(text.split())


def _words_between(ids: list[int], start: int, stop: int, signs: set[int]) -> int:
    return sum(1 for token in ids[start:stop] if token not in signs)


def _without_islands(blocks: list[Block], a: list[int], b: list[int], signs: set[int]) -> list[Block]:
    """Blocks in which a tiny kept run between two larger changes has become part of the change."""
    if len(blocks) < 3:
        return blocks
    out: list[Block] = [blocks[0]]
    for place in range(1, len(blocks)):
        block = blocks[place]
        if block.same and 0 < place < len(blocks) - 1 and not out[-1].same:
            kept = _words_between(a, block.i1, block.i2, signs)
            before = _change_words(out[-1], a, b, signs)
            after = _change_words(blocks[place + 1], a, b, signs)
            signs_only = kept == 0 and before and after
            if signs_only or (kept <= ISLAND and kept <= min(before, after) and before + after > kept * 2):
                out[-1].i2, out[-1].j2 = block.i2, block.j2
                continue
        if out[-1].same == block.same:
            out[-1].i2, out[-1].j2 = block.i2, block.j2
        else:
            out.append(block)
    return out


def _with_whole_numbers(blocks: list[Block], a: list[int], b: list[int], numerals: set[int]) -> list[Block]:
    """Blocks in which a change that touches a number in words takes in the whole number."""
    for place, block in enumerate(blocks):
        if block.same:
            continue
        ends = {ids[k] for ids, i, j in ((a, block.i1, block.i2), (b, block.j1, block.j2)) if i < j for k in (i, j - 1)}
        if not ends & numerals:
            continue
        first = {ids[i] for ids, i, j in ((a, block.i1, block.i2), (b, block.j1, block.j2)) if i < j}
        last = {ids[j - 1] for ids, i, j in ((a, block.i1, block.i2), (b, block.j1, block.j2)) if i < j}
        before = blocks[place - 1] if place else None
        while before and first & numerals and before.i1 < before.i2 and a[before.i2 - 1] in numerals:
            before.i2, before.j2, block.i1, block.j1 = before.i2 - 1, before.j2 - 1, block.i1 - 1, block.j1 - 1
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        while after and last & numerals and after.i1 < after.i2 and a[after.i1] in numerals:
            after.i1, after.j1, block.i2, block.j2 = after.i1 + 1, after.j1 + 1, block.i2 + 1, block.j2 + 1
    return _joined([block for block in blocks if block.i1 < block.i2 or block.j1 < block.j2])


def _change_words(block: Block, a: list[int], b: list[int], signs: set[int]) -> int:
    old = _words_between(a, block.i1, block.i2, signs)
    new = _words_between(b, block.j1, block.j2, signs)
    return max(old, new)


def _slide(blocks: list[Block], a: list[int], b: list[int], signs: set[int]) -> None:
    """Move each lone insertion or deletion, where the words allow it, so that it follows a sign or starts the text."""
    for place in range(1, len(blocks) - 1):
        block, before, after = blocks[place], blocks[place - 1], blocks[place + 1]
        if block.same or (block.i1 < block.i2) == (block.j1 < block.j2):
            continue
        ids, start, stop = (a, block.i1, block.i2) if block.i1 < block.i2 else (b, block.j1, block.j2)
        shift, room = 0, min(before.i2 - before.i1 - 1, 40)
        while shift < room and ids[start - shift - 1] == ids[stop - shift - 1]:
            if ids[start - shift - 1] in signs:
                break
            shift += 1
        ends_with_sign = start > shift and ids[start - shift - 1] in signs
        if shift and ends_with_sign:
            before.i2 -= shift
            before.j2 -= shift
            block.i1, block.i2, block.j1, block.j2 = (
                block.i1 - shift,
                block.i2 - shift,
                block.j1 - shift,
                block.j2 - shift,
            )
            after.i1 -= shift
            after.j1 -= shift


class Marker:
    """Makes marked texts, sharing one lexicon through a comparison."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.coarse = False

    def mark(self, old: str, new: str) -> Marked:
        """The two texts as one marked text. Sets `coarse` where a part was too long to be aligned word by word."""
        if old == new:
            return (Segment(Op.EQUAL, old, new),) if old else ()
        if not old or not new:
            return (Segment(Op.INSERTED, "", new),) if new else (Segment(Op.DELETED, old, ""),)
        left, a = self.lexicon.read(old)
        right, b = self.lexicon.read(new)
        blocks, coarse = aligned(a, b)
        self.coarse = self.coarse or coarse
        signs = self.lexicon.signs
        kept = sum(_words_between(a, k.i1, k.i2, signs) for k in blocks if k.same)
        size = max(_words_between(a, 0, len(a), signs), _words_between(b, 0, len(b), signs))
        changes = sum(1 for block in blocks if not block.same)
        if size and kept < REWRITTEN_BELOW * size and changes > 1:
            blocks = [Block(False, 0, len(a), 0, len(b))]
        else:
            blocks = _with_whole_numbers(blocks, a, b, self.lexicon.number_words)
            blocks = _without_islands(blocks, a, b, signs)
            _slide(blocks, a, b, signs)
        return _segments(blocks, left, right)


def _segments(blocks: list[Block], left: list[Token], right: list[Token]) -> Marked:
    out: list[Segment] = []
    for place, block in enumerate(blocks):
        if block.same:
            last = place == len(blocks) - 1
            _kept(out, left[block.i1 : block.i2], right[block.j1 : block.j2], at_end=last)
            continue
        if block.i1 < block.i2:
            out.append(Segment(Op.DELETED, _joined_text(left[block.i1 : block.i2]), ""))
        if block.j1 < block.j2:
            out.append(Segment(Op.INSERTED, "", _joined_text(right[block.j1 : block.j2])))
    return tuple(out)


def _joined_text(tokens: list[Token]) -> str:
    return "".join(core + space for core, space in tokens)


def _kept(out: list[Segment], left: list[Token], right: list[Token], *, at_end: bool) -> None:
    """Add a run of the same words, parted where their writing differs."""
    if left == right:
        text = _joined_text(left)
        out.append(Segment(Op.EQUAL, text, text))
        return
    op: Op | None = None
    olds: list[str] = []
    news: list[str] = []
    final = len(left) - 1
    for place, ((old, old_space), (new, new_space)) in enumerate(zip(left, right, strict=True)):
        now = difference(old, new)
        if now is Op.EQUAL and old_space != new_space and (place < final or at_end):
            now = Op.FORM
        if now is not op and op is not None:
            out.append(Segment(op, "".join(olds), "".join(news)))
            olds, news = [], []
        op = now
        olds.append(old + old_space)
        news.append(new + new_space)
    if op is not None:
        out.append(Segment(op, "".join(olds), "".join(news)))
