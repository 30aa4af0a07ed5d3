"""Finding a provision in a text by its numbers (tra điều, khoản, điểm): article 5, clause 2, point a.

Units inside a QUOTE belong to the law that is amended and are never found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dienhong.texts.tree import Kind, Node
from dienhong.texts.understanding.citing import THIS, PathOf
from dienhong.texts.understanding.numbers import plain

_STRUCTURE = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
_INSIDE_ARTICLE = (Kind.CLAUSE, Kind.POINT, Kind.ITEM)


def lineages(roots: Sequence[Node]) -> Iterator[tuple[Node, ...]]:
    """Every node below the roots as its line of ancestors, outermost first, the node itself last; no recursion."""
    stack: list[tuple[Node, ...]] = [(root,) for root in reversed(roots)]
    while stack:
        line = stack.pop()
        yield line
        stack.extend((*line, child) for child in reversed(line[-1].children))


def step_of(node: Node) -> tuple[Kind, str]:
    """The node's own step in a path."""
    return node.kind, plain(node.kind, node.number)


class Provisions:
    """This text's units by number. Looks at the tree when asked, so that it stays true while units change below an
    article; call `refresh` after articles or larger units came or went."""

    def __init__(self, roots: Sequence[Node]) -> None:
        self.roots = roots
        self.refresh()

    def refresh(self) -> None:
        """Read the articles and larger units anew."""
        self.articles: dict[str, list[tuple[Node, ...]]] = {}
        self.structure: dict[tuple[Kind, str], list[tuple[Node, ...]]] = {}
        stack: list[tuple[Node, ...]] = [(root,) for root in reversed(self.roots)]
        while stack:
            line = stack.pop()
            node = line[-1]
            if node.kind is Kind.ARTICLE:
                self.articles.setdefault(plain(node.kind, node.number), []).append(line)
                continue
            if node.kind in _STRUCTURE or node.kind is Kind.APPENDIX:
                self.structure.setdefault(step_of(node), []).append(line)
            if node.kind in _STRUCTURE or node.kind in (Kind.APPENDIX, Kind.PARAGRAPH, Kind.FORM):
                stack.extend((*line, child) for child in reversed(node.children))

    def find(self, path: PathOf, here: Sequence[Node] = ()) -> list[tuple[Node, ...]]:
        """The units at this path, each with its ancestors; none, one, or several where numbers are doubled.

        `here` is the line of nodes in which the words stand: it answers "này" and what the path leaves out.
        """
        full = absolute(path, here)
        if full is None:
            return []
        kinds = [kind for kind, _ in full]
        if Kind.ARTICLE in kinds:
            place = kinds.index(Kind.ARTICLE)
            lines = self._articles(full[place][1], here)
            if place and kinds[0] is not Kind.APPENDIX:
                lines = [
                    line for line in lines if all(any(step_of(n) == s for n in line) for s in full[:place])
                ] or lines
            rest = full[place + 1 :]
        elif kinds and kinds[-1] in self._kinds():
            return self._structure(full, here)
        else:
            start, rest = self._start(full, here)
            lines = [start] if start else []
        for step in rest:
            lines = [(*line, child) for line in lines for child in children_at(line[-1], step)]
        return lines

    @staticmethod
    def _kinds() -> tuple[Kind, ...]:
        return (*_STRUCTURE, Kind.APPENDIX)

    def _articles(self, number: str, here: Sequence[Node]) -> list[tuple[Node, ...]]:
        lines = self.articles.get(number, [])
        if number == THIS or len(lines) < 2 or not here:
            return lines
        return [line for line in lines if line[0] is here[0]] or lines

    def _structure(self, path: PathOf, here: Sequence[Node]) -> list[tuple[Node, ...]]:
        lines = self.structure.get(path[-1], [])
        for step in path[:-1]:
            lines = [line for line in lines if any(step_of(node) == step for node in line[:-1])]
        if len(lines) > 1 and here:
            best = max(_shared(line, here) for line in lines)
            lines = [line for line in lines if _shared(line, here) == best]
        return lines

    def _start(self, path: PathOf, here: Sequence[Node]) -> tuple[tuple[Node, ...] | None, PathOf]:
        """The unit under which a path without article begins: the clause for a point, the article for a clause."""
        wanted = {Kind.CLAUSE: (Kind.ARTICLE,), Kind.POINT: (Kind.CLAUSE, Kind.ARTICLE)}
        above = wanted.get(path[0][0], (Kind.POINT, Kind.CLAUSE, Kind.ARTICLE)) if path else ()
        for kind in above:
            for depth in range(len(here), 0, -1):
                node = here[depth - 1]
                if node.kind is kind and children_at(node, path[0]):
                    return tuple(here[:depth]), path
        return None, path


def _shared(line: Sequence[Node], here: Sequence[Node]) -> int:
    count = 0
    for mine, other in zip(line, here, strict=False):
        if mine is not other:
            break
        count += 1
    return count


def children_at(node: Node, step: tuple[Kind, str]) -> list[Node]:
    """The children of this kind and number; looks through unnumbered paragraphs, never into quoted units."""
    kind, number = step
    found: list[Node] = []
    for child in node.children:
        if child.kind is kind and plain(kind, child.number) == number:
            found.append(child)
        elif child.kind is Kind.PARAGRAPH and child.children:
            found.extend(children_at(child, step))
    if not found and kind is Kind.POINT and number.isdigit():  # older laws call numbered clauses points
        return children_at(node, (Kind.CLAUSE, number))
    return found


def _beside(here: Sequence[Node], kind: Kind) -> Sequence[Node]:
    """The unit of this kind that a paragraph follows: text after the last point still speaks of "điểm này"."""
    if len(here) < 2 or here[-1].kind is not Kind.PARAGRAPH or kind not in _INSIDE_ARTICLE:
        return ()
    siblings = here[-2].children
    place = next((n for n, sibling in enumerate(siblings) if sibling is here[-1]), 0)
    before = next((s for s in reversed(siblings[:place]) if s.kind is not Kind.PARAGRAPH), None)
    return (*here[:-1], before) if before is not None and before.kind is kind else ()


def absolute(path: PathOf, here: Sequence[Node]) -> PathOf | None:
    """The path with every "này" replaced by the unit it stands for in `here`; None if there is no such unit."""
    if not any(number == THIS for _, number in path):
        return path
    last = max(place for place, (_, number) in enumerate(path) if number == THIS)
    kind = path[last][0]
    depth = next((place for place in range(len(here) - 1, -1, -1) if here[place].kind is kind), None)
    if depth is None:
        here = _beside(here, kind)
        if not here:
            return None
        depth = len(here) - 1
    above = tuple(step_of(node) for node in here[: depth + 1] if node.number and node.kind is not Kind.QUOTE)
    if kind in _INSIDE_ARTICLE or kind is Kind.ARTICLE:
        first = next((place for place, (k, _) in enumerate(above) if k is Kind.ARTICLE), 0)
        above = above[first:]
    return (*above, *path[last + 1 :])
