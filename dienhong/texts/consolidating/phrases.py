"""Replacing, adding and deleting phrases (thay thế, bổ sung, bỏ cụm từ) inside the units an instruction names.

A phrase is matched as whole syllables with its capitals. Only the place of the tone mark may differ ("hoá", "hóa"):
that is spelling, not wording. A phrase that is not there is not looked for elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from dienhong.texts.consolidating.model import Unsettled
from dienhong.texts.tree import Kind, Node
from dienhong.texts.understanding.instructions import Action, Instruction
from dienhong.texts.understanding.spelling import fold_tones, syllable_pattern

_SPACES = re.compile(r"[^\S\n]{2,}")
_BEFORE_STOP = re.compile(r"[^\S\n]+(?=[,;:.)”](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase was changed: the node, and where the changed words now end (-1 outside the text). `left_over`: a
    comma may stand there now that joins nothing."""

    node: Node
    end: int
    left_over: bool = False


def _fields(roots: list[Node], part: str) -> Iterator[tuple[Node, str]]:
    if part == "heading":
        yield from ((root, "heading") for root in roots if root.heading)
        return
    if part == "intro":
        yield from ((root, "text") for root in roots if root.text)
        return
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node.heading:
            yield node, "heading"
        if node.text:
            yield node, "text"
        if node.rows:
            yield node, "rows"
        if node.kind is not Kind.QUOTE:
            stack.extend(reversed(node.children))


def _same_case(found: str, wanted: str, *, begins: bool) -> bool:
    """The same capitals; a sentence may begin with a capital that the phrase does not have."""
    if len(found) != len(wanted):
        return False
    pairs = list(zip(found, wanted, strict=True))
    if begins and found[:1].isupper():
        pairs = pairs[1:]
    return all(a.isupper() == b.isupper() for a, b in pairs)


_BEGINS = re.compile(r"(?:^|[.:;!?]\s|\n)[\s“\"(]*$")


def spots(words: str, phrase: str, *, capitals: bool = False) -> list[tuple[int, int]]:
    """Where the phrase stands in the words, as whole syllables, whichever way tone marks are placed.

    Its capitals must be the same, but for the first letter of a sentence, and for a title all in `capitals`.
    """
    if not phrase.strip():
        return []
    folded = fold_tones(words)
    first = fold_tones(phrase.split()[0])
    if first not in folded:
        return []
    wanted = " ".join(phrase.split())
    found = []
    for match in re.finditer(syllable_pattern(fold_tones(phrase)), folded):
        start, stop = match.span()
        own = " ".join(words[start:stop].split())
        begins = own[:1] != wanted[:1] and _BEGINS.search(words, 0, start) is not None
        if capitals or _same_case(own, wanted, begins=begins):
            found.append((start, stop))
    return found


def tidy(words: str) -> str:
    """The words without doubled blanks, and without a blank before a stop."""
    return _BEFORE_STOP.sub("", _SPACES.sub(" ", words)).strip(" ")


def _glue(left: str, right: str) -> str:
    """Two runs of words set side by side with one blank, none before a stop."""
    left, right = left.rstrip(" "), right.lstrip(" ")
    if not left or not right:
        return left + right
    return left + ("" if right[0] in ",;:.)" else " ") + right


def _maker(instruction: Instruction) -> Callable[[str], str]:
    """What the phrase as found becomes."""
    if instruction.action is Action.DELETE_PHRASE:
        return lambda _found: ""
    if instruction.action is Action.REPLACE_PHRASE:
        return lambda _found: instruction.new.strip()
    if instruction.side == "after":
        return lambda found: _glue(found, instruction.new)
    return lambda found: _glue(instruction.new, found)


def _in_case(found: str, *, make: Callable[[str], str], phrase: str, capitals: bool) -> str:
    """What is put in place, in capitals in a title of capitals, with a capital where the phrase began a sentence."""
    made = make(found)
    if capitals:
        return made.upper()
    if found[:1].isupper() and phrase.strip()[:1].islower():
        return made[:1].upper() + made[1:]
    return made


def _changed(words: str, places: list[tuple[int, int]], make: Callable[[str], str]) -> tuple[str, list[int]]:
    done, ends, position = "", [], 0
    for start, stop in places:
        done = tidy_join(done + words[position:start], make(words[start:stop]))
        ends.append(len(done))
        position = stop
    whole = tidy_join(done, words[position:])
    return whole, ends


def tidy_join(left: str, right: str) -> str:
    """The two runs of words joined as they are, but for a blank that would stand twice or before a stop."""
    if left.endswith(" ") and (not right or right[0] in " ,;:.)"):
        left = left.rstrip(" ")
    if not left:
        right = right.lstrip(" ")
    return left + right


def change_phrase(roots: list[Node], instruction: Instruction) -> list[Hit]:
    """Carry out a phrase instruction on the units `roots`; every place where it was done.

    Raises `Unsettled` when the phrase is not there, or is already as ordered.
    """
    make = _maker(instruction)
    hits: list[Hit] = []
    for node, name in _fields(roots, instruction.part):
        if name == "rows":
            hits.extend(_in_rows(node, instruction.old, make))
            continue
        words = getattr(node, name)
        capitals = name == "heading" and words.isupper()
        places = spots(words, instruction.old, capitals=capitals)
        if places and instruction.action is Action.INSERT_PHRASE:
            places = [place for place in places if not _stands(words, place, instruction)]
        if not places:
            continue
        made = partial(_in_case, make=make, phrase=instruction.old, capitals=capitals)
        changed, ends = _changed(words, places, made)
        if places[0][0] == 0 and words[:1].isupper():
            changed = changed[:1].upper() + changed[1:]
        _shift_footnotes(node, name, places, ends)
        setattr(node, name, changed)
        loose = [instruction.action is Action.DELETE_PHRASE and _left_over(words, place) for place in places]
        hits.extend(Hit(node, e if name == "text" else -1, stray) for e, stray in zip(ends, loose, strict=True))
    if not hits:
        raise Unsettled(_missing(roots, instruction))
    return hits


def _left_over(words: str, place: tuple[int, int]) -> bool:
    """A comma stands before the phrase and no stop behind it: "trưởng thôn, [trưởng ấp] là người chỉ huy"."""
    return words[: place[0]].rstrip().endswith(",") and words[place[1] :].lstrip()[:1] not in ("", ",", ";", ".", ":")


def _stands(words: str, place: tuple[int, int], instruction: Instruction) -> bool:
    """The phrase to be added stands there already."""
    new = instruction.new.strip()
    if instruction.side == "after":
        return words[place[1] :].lstrip(" ").startswith(new)
    return words[: place[0]].rstrip(" ").endswith(new)


def _missing(roots: list[Node], instruction: Instruction) -> str:
    across = " ".join(getattr(node, name) for node, name in _fields(roots, instruction.part) if name != "rows")
    if spots(across, instruction.old):
        return "the phrase runs over two units"
    if fold_tones(instruction.old.strip()) in fold_tones(across):
        return "the phrase stands there only with other capitals or inside longer words"
    return "the phrase does not stand in this provision"


def _shift_footnotes(node: Node, name: str, places: list[tuple[int, int]], ends: list[int]) -> None:
    """Keep earlier footnote marks beside the words they belong to."""
    if name != "text":
        return
    for note in node.footnotes:
        if note.offset < 0:
            continue
        last = next((n for n in range(len(places) - 1, -1, -1) if places[n][1] <= note.offset), None)
        if last is not None:
            note.offset = ends[last] + (note.offset - places[last][1])


def _in_rows(node: Node, phrase: str, make: Callable[[str], str]) -> list[Hit]:
    hits: list[Hit] = []
    rows = []
    for row in node.rows:
        cells = []
        for cell in row:
            places = spots(cell, phrase)
            cells.append(_changed(cell, places, make)[0] if places else cell)
            hits.extend(Hit(node, -1) for _ in places)
        rows.append(tuple(cells))
    node.rows = tuple(rows)
    return hits
