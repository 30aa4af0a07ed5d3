"""Units of a text prepared for matching (đơn vị so sánh): content folded to numbers, weighed and hashed.

A digest is equal for subtrees equal to the letter; a print is equal for subtrees of the same words in any writing and
under any number. Features are pairs of neighbouring words, weighed by how rare they are in the two texts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from dienhong.texts.comparing.spelling import composed
from dienhong.texts.comparing.words import Lexicon, count_words
from dienhong.texts.tree import Kind, Node, Text

#: Between the cells and rows of a table when it is compared as one text.
CELL, ROW = "\u001f", "\u001e"

#: Units nested deeper than this are known by their own words only, so that weighing stays linear.
DEEPEST = 16

#: Fewer word pairs than this may stand in any text.
FEW_FEATURES = 4

CONTAINERS = frozenset({Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.APPENDIX, Kind.FORM})


def cells_text(rows: Iterable[Iterable[str]]) -> str:
    """The cells of a table as one text; `rows_of` is its inverse."""
    return ROW.join(CELL.join(row) for row in rows)


def rows_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows that `cells_text` made one text of."""
    return tuple(tuple(row.split(CELL)) for row in text.split(ROW)) if text else ()


class Unit:
    """One node with what matching needs to know of it; tokens and features are made when first asked for."""

    __slots__ = (
        "_features",
        "_ids",
        "_print",
        "_size",
        "_weight",
        "children",
        "depth",
        "digest",
        "heading",
        "in_appendix",
        "is_article",
        "is_container",
        "kind",
        "node",
        "order",
        "parent",
        "quoted",
        "rows",
        "text",
    )

    def __init__(self, node: Node | None, parent: Unit | None, order: int) -> None:
        self.node = node
        self.parent = parent
        self.order = order
        self.depth: int = parent.depth + 1 if parent else 0
        self.children: list[Unit] = []
        self.kind: Kind | None = node.kind if node else None
        self.heading = composed(node.heading) if node else ""
        self.text = composed(node.text) if node else ""
        self.rows = composed(cells_text(node.rows)) if node and node.rows else ""
        self.quoted: bool = parent is not None and (parent.quoted or parent.kind is Kind.QUOTE)
        self.in_appendix: bool = parent is not None and (parent.in_appendix or parent.kind is Kind.APPENDIX)
        #: whether this is an article of the text itself, not one that an amending law quotes
        self.is_article = self.kind is Kind.ARTICLE and not self.quoted
        #: whether this unit groups articles, or is the text itself
        self.is_container = node is None or (self.kind in CONTAINERS and not self.quoted)
        self.digest = 0
        self._ids: list[int] | None = None
        self._print: int | None = None
        self._features: frozenset[int] | None = None
        self._weight = -1.0
        self._size = -1

    @property
    def id(self) -> str:
        return self.node.id if self.node else ""

    @property
    def number(self) -> str:
        return self.node.number if self.node else ""

    def walk(self) -> Iterator[Unit]:
        """This unit and all below it, in reading order."""
        stack = [self]
        while stack:
            unit = stack.pop()
            yield unit
            if unit.children:
                stack.extend(reversed(unit.children))

    def unknown(self, is_unknown: Callable[[Unit], bool]) -> Iterator[Unit]:
        """This unit and what below it is not yet known, the lowest first. Below the known it does not look."""
        found = [self]
        for unit in found:  # grows while it is read
            found.extend(child for child in unit.children if is_unknown(child))
        return reversed(found)

    def own_ids(self, lexicon: Lexicon) -> list[int]:
        """The folded words of heading, text and cells; signs left out."""
        if self._ids is None:
            ids: list[int] = []
            for part in (self.heading, self.text, self.rows):
                if part:
                    ids.extend(lexicon.read(part)[1])
            signs = lexicon.signs
            self._ids = [token for token in ids if token not in signs]
        return self._ids

    @property
    def own_words(self) -> int:
        """How many words stand in this unit itself."""
        return sum(count_words(part) for part in (self.heading, self.text, self.rows) if part)

    @property
    def words(self) -> int:
        """How many words stand in this unit and below it."""
        if self._size < 0:
            for unit in self.unknown(lambda below: below._size < 0):
                unit._size = unit.own_words + sum(child._size for child in unit.children)
        return self._size


def units_of(text: Text) -> tuple[Unit, list[Unit]]:
    """The units of a text: its root (the text itself, without a node) and all others in reading order."""
    root = Unit(None, None, -1)
    flat: list[Unit] = []
    stack = [(node, root) for node in reversed([*text.body, *text.appendices])]
    while stack:
        node, parent = stack.pop()
        unit = Unit(node, parent, len(flat))
        parent.children.append(unit)
        flat.append(unit)
        stack.extend((child, unit) for child in reversed(node.children))
    for unit in reversed(flat):
        of = unit.node
        assert of is not None
        below = tuple([child.digest for child in unit.children])
        unit.digest = hash((of.kind, of.number, of.label, of.tail, unit.heading, unit.text, unit.rows, below))
    return root, flat


class _Weights(dict[int, float]):
    """Weights of features; those never counted weigh as the rarest."""

    rarest = 1.0

    def __missing__(self, feature: int) -> float:
        return self.rarest


class Scale:
    """Weighs what two units have in common (thước đo): features by rarity, similarity and containment from 0 to 1."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.weights = _Weights()

    def learn(self, units: Iterable[Unit]) -> None:
        """Take the rarity of features from these units (the articles that differ, of both texts)."""
        counts: Counter[int] = Counter()
        total = 0
        for unit in units:
            counts.update(self.features(unit))
            total += 1
        by_count = {n: math.log(1 + total / n) for n in set(counts.values())}
        self.weights.update((feature, by_count[n]) for feature, n in counts.items())
        self.weights.rarest = math.log(1 + total) if total else 1.0

    def print_of(self, unit: Unit) -> int:
        """The hash of the words of the subtree, whatever their writing and the numbers of units."""
        if unit._print is None:
            for below in unit.unknown(lambda here: here._print is None):
                rest = tuple([child._print for child in below.children])
                below._print = hash((tuple(below.own_ids(self.lexicon)), rest))
        assert unit._print is not None
        return unit._print

    def features(self, unit: Unit) -> frozenset[int]:
        """Pairs of neighbouring words of the subtree; of a single word, the word."""
        if unit._features is None:
            for below in unit.unknown(lambda here: here._features is None):
                ids = below.own_ids(self.lexicon)
                own = [a << 24 | b for a, b in pairwise(ids)] or ids
                deeper = below.children if below.depth < DEEPEST else ()
                below._features = frozenset(own).union(*[child._features or () for child in deeper])
        assert unit._features is not None
        return unit._features

    def weigh(self, features: Iterable[int]) -> float:
        """The weight of these features together."""
        return sum(map(self.weights.__getitem__, features))

    def weight(self, unit: Unit) -> float:
        """The weight of a unit and all below it."""
        if unit._weight < 0:
            unit._weight = self.weigh(self.features(unit))
        return unit._weight

    def shared(self, old: Unit, new: Unit) -> float:
        """The weight of what both have."""
        return self.weigh(self.features(old) & self.features(new))

    def similarity(self, old: Unit, new: Unit) -> float:
        """Twice the shared weight by the sum of weights (Dice): 1 for the same words, 0 for nothing in common."""
        total = self.weight(old) + self.weight(new)
        if not total:
            return 1.0 if self.print_of(old) == self.print_of(new) else 0.0
        return 2 * self.shared(old, new) / total

    def containment(self, old: Unit, new: Unit) -> float:
        """The shared weight by the lesser weight: 1 where one holds the other whole; 0 for units of few words."""
        lesser = min(self.weight(old), self.weight(new))
        if not lesser or min(len(self.features(old)), len(self.features(new))) < FEW_FEATURES:
            return 0.0
        return self.shared(old, new) / lesser
