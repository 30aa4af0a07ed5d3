"""Drafting hints (gợi ý kỹ thuật trình bày) after NQ 351/2017/UBTVQH14: what a drafter may wish to look at again.

Hints, not errors: older laws were drafted under other rules, and a law in force is not to be corrected. Units inside
quotation marks belong to other laws and are not looked at.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dienhong.texts.tree import POINT_LETTERS, Kind, Node, Text, assign_ids
from dienhong.texts.understanding.definitions import unused
from dienhong.texts.understanding.index import lineages, step_of
from dienhong.texts.understanding.numbers import order_key
from dienhong.texts.understanding.references import broken_references, words_of

#: The shapes that NQ 351/2017/UBTVQH14 art. 10 allows, above the article (rules.md 3.6).
SHAPES: tuple[tuple[Kind, ...], ...] = (
    (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION),
    (Kind.PART, Kind.CHAPTER, Kind.SECTION),
    (Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION),
    (Kind.CHAPTER, Kind.SECTION),
    (Kind.CHAPTER,),
    (),
)
_STRUCTURE = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
#: The code of a hint, and what it tells. `{0}`, `{1}` stand for the hint's details.
MESSAGES: dict[str, str] = {
    "number-gap": "{0} follows {1}: a number between them is missing",
    "number-twice": "{0} stands twice in one list",
    "number-order": "{0} stands after {1}, against the order of numbers",
    "number-first": "the list begins with {0}",
    "number-alone": "{0} is the only one of its list",
    "letter-unknown": "{0} has a letter that does not number points (f, j, w, z or one with a mark)",
    "point-two-ideas": "the point holds more than one idea: {0}",
    "point-divided": "the point is divided by other marks",
    "point-without-clause": "points stand in the article without a clause",
    "title-missing": "{0} has no title",
    "titles-missing": "no article has a title",
    "shape": "the text is divided as {0}, which art. 10 does not provide for",
    "shape-parent": "{0} stands directly in {1}",
    "reference-broken": "“{0}” names {1}, which the text does not have",
    "term-unused": "“{0}” is defined but not used",
}
_NAMES = {
    Kind.PART: "phần",
    Kind.CHAPTER: "chương",
    Kind.SECTION: "mục",
    Kind.SUBSECTION: "tiểu mục",
    Kind.ARTICLE: "điều",
}
_SENTENCE = re.compile(r"(?<=[^\d.][.])\s+(?=[A-ZĐÀ-Ỹ])")
_INNER_SEMICOLON = re.compile(r";\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at. `code` is a key of `MESSAGES`, `details` fill its blanks, `line` is of the source."""

    code: str
    node_id: str
    line: int
    details: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The hint in words."""
        return MESSAGES[self.code].format(*self.details)


def _name(node: Node) -> str:
    return words_of((step_of(node),))


def _hint(code: str, node: Node, *details: str) -> Hint:
    return Hint(code, node.id, node.line, details)


def hints(text: Text) -> list[Hint]:
    """Every drafting hint on the text, in reading order of the units they concern."""
    if any(not node.id for node in text.body):
        assign_ids(text)
    lines = [line for line in lineages(text.body) if not any(node.kind is Kind.QUOTE for node in line)]
    place = {line[-1].id: n for n, line in enumerate(lines)}
    found = [
        *_numbering(text, lines),
        *_titles(lines),
        *_points(lines),
        *_shape(lines),
        *_references(text),
        *_terms(text),
    ]
    return sorted(found, key=lambda hint: place.get(hint.node_id, len(place)))


def _numbering(text: Text, lines: list[tuple[Node, ...]]) -> Iterator[Hint]:
    """Gaps, doubles and disorder: articles through the text, other units in the unit that holds them."""
    articles = [line[-1] for line in lines if line[-1].kind is Kind.ARTICLE]
    yield from _run(articles, Kind.ARTICLE)
    for siblings in (text.body, *(line[-1].children for line in lines)):
        for kind in (*_STRUCTURE, Kind.CLAUSE, Kind.POINT):
            run = [node for node in siblings if node.kind is kind and node.number]
            if kind is Kind.CHAPTER and run and any(line[-1].kind is Kind.PART for line in lines):
                yield from _run(run, kind, first=False)  # chapters may run on through the parts
            else:
                yield from _run(run, kind)


def _run(nodes: list[Node], kind: Kind, *, first: bool = True) -> Iterator[Hint]:
    if kind is Kind.POINT:
        for node in nodes:
            if node.number[:1] not in POINT_LETTERS and not node.number[:1].isdigit():
                yield _hint("letter-unknown", node, _name(node))
    if first and nodes and _place(kind, nodes[0]) > 1:
        yield _hint("number-first", nodes[0], _name(nodes[0]))
    if len(nodes) == 1 and kind in (Kind.CLAUSE, Kind.POINT):
        yield _hint("number-alone", nodes[0], _name(nodes[0]))
    seen = {nodes[0].number} if nodes else set()
    for before, node in itertools.pairwise(nodes):
        old, new = order_key(kind, before.number), order_key(kind, node.number)
        if node.number in seen:
            yield _hint("number-twice", node, _name(node))
        elif new < old:
            yield _hint("number-order", node, _name(node), _name(before))
        elif _place(kind, node) > _place(kind, before) + 1:
            yield _hint("number-gap", node, _name(node), _name(before))
        seen.add(node.number)


def _place(kind: Kind, node: Node) -> int:
    """The number's place in its series: its value, or for a letter its rank among the letters that number points."""
    letter = node.number[:1]
    if kind is Kind.POINT and letter in POINT_LETTERS:
        return POINT_LETTERS.index(letter) + 1
    return order_key(kind, node.number)[0]


def _titles(lines: list[tuple[Node, ...]]) -> Iterator[Hint]:
    """NQ 351/2017 asks a title of every part, chapter, section, subsection and article."""
    articles = [line[-1] for line in lines if line[-1].kind is Kind.ARTICLE]
    untitled = articles and not any(node.heading for node in articles)
    if untitled:
        yield _hint("titles-missing", articles[0])
    for line in lines:
        node = line[-1]
        if node.kind in _NAMES and not node.heading and not (node.kind is Kind.ARTICLE and untitled):
            if "bãi bỏ" in node.text:
                continue
            yield _hint("title-missing", node, _name(node))


def _points(lines: list[tuple[Node, ...]]) -> Iterator[Hint]:
    """One point, one idea, without other marks inside; points stand in a clause."""
    for line in lines:
        node = line[-1]
        if node.kind is Kind.ARTICLE and any(child.kind is Kind.POINT for child in node.children):
            yield _hint("point-without-clause", node)
        if node.kind is not Kind.POINT or "“" in node.text:
            continue
        sentences = [part for part in _SENTENCE.split(node.text) if part.strip()]
        if len(sentences) > 1:
            yield _hint("point-two-ideas", node, f"{len(sentences)} sentences")
        elif _INNER_SEMICOLON.search(node.text):
            parts = len(_INNER_SEMICOLON.findall(node.text)) + 1
            yield _hint("point-two-ideas", node, f"{parts} parts set off by semicolons")
        if any(child.kind in (Kind.ITEM, Kind.POINT) for child in node.children):
            yield _hint("point-divided", node)


def _shape(lines: list[tuple[Node, ...]]) -> Iterator[Hint]:
    """The division of the text must be one of those that art. 10 lists."""
    used = tuple(kind for kind in _STRUCTURE if any(line[-1].kind is kind for line in lines))
    if lines and used not in SHAPES:
        first = next((line[-1] for line in lines if line[-1].kind in _STRUCTURE), lines[0][-1])
        yield _hint("shape", first, "-".join([*(_NAMES[kind] for kind in used), "điều"]))
    for line in lines:
        node = line[-1]
        if len(line) < 2 or node.kind not in _NAMES:
            continue
        above = line[-2].kind
        wrong = (node.kind is Kind.SECTION and above is Kind.PART) or (
            node.kind is Kind.SUBSECTION and above is not Kind.SECTION
        )
        if wrong or (node.kind is Kind.ARTICLE and above is Kind.PART and Kind.CHAPTER in used):
            yield _hint("shape-parent", node, _name(node), _name(line[-2]))


def _references(text: Text) -> Iterator[Hint]:
    lines = {node.id: node.line for node in text.walk()}
    for reference in broken_references(text):
        for target in reference.targets:
            if target.kind == "internal" and not target.resolved:
                where = words_of(target.path) or "a unit"
                yield Hint(
                    "reference-broken", reference.node_id, lines.get(reference.node_id, 0), (reference.words, where)
                )


def _terms(text: Text) -> Iterator[Hint]:
    lines = {node.id: node.line for node in text.walk()}
    for definition in unused(text):
        yield Hint("term-unused", definition.node_id, lines.get(definition.node_id, 0), (definition.term,))
