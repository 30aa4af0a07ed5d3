"""Matching of provisions (ghép điều khoản): which unit of the old text is which unit of the new one.

From sure to unsure, each step taking only what the steps before left over:

1. articles equal to the letter, then equal in words (any number, any chapter);
2. articles by what they share, rare word pairs counting most, helped by heading, number and place;
3. chapters and the like by the articles they have in common, then by heading and number;
4. within each matched pair the units below, in the same way;
5. clauses, points and paragraphs left over anywhere against those left over anywhere else: moved provisions;
6. what is still left within a matched pair by number or by standing alone between the same neighbours.

Candidates come from an index of rare features with short lists, so the work grows with the text, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from dienhong.texts.comparing.candidates import Candidates, heading_key
from dienhong.texts.comparing.units import Scale, Unit
from dienhong.texts.comparing.words import Lexicon
from dienhong.texts.tree import ORDER, Kind

#: Least words of a unit that may be found again in quite another place, and least similarity there.
LEAST_MOVED_WORDS, LEAST_MOVED = 6, 0.6

ENUMERATED = frozenset({Kind.CLAUSE, Kind.POINT, Kind.ITEM, Kind.PARAGRAPH})


@dataclass(slots=True, frozen=True)
class Rule:
    """When two units of a pool may be one (luật ghép): least similarity plainly, with the same number, same heading."""

    plainly: float
    numbered: float
    headed: float
    across_kinds: float = 2.0
    contained: bool = False  # a unit of the same number that holds the other one whole is that one, grown or cut


ARTICLES = Rule(plainly=0.30, numbered=0.15, headed=0.06)
SURE = Rule(plainly=0.5, numbered=0.4, headed=0.1, across_kinds=0.7, contained=True)
MOVED = Rule(plainly=LEAST_MOVED, numbered=LEAST_MOVED, headed=LEAST_MOVED, across_kinds=0.75)
WEAK = Rule(plainly=0.22, numbered=0.1, headed=0.05, across_kinds=0.5, contained=True)


class Matching:
    """The pairs found so far between the units of two texts, each unit in at most one."""

    def __init__(self, old: list[Unit], new: list[Unit], lexicon: Lexicon) -> None:
        self.old, self.new = old, new
        self.lexicon = lexicon
        self.scale = Scale(lexicon)
        self.new_of: list[Unit | None] = [None] * len(old)
        self.old_of: list[Unit | None] = [None] * len(new)
        self.equal: set[int] = set()  # orders of old units equal to their pair to the letter, with all below

    def pair(self, old: Unit, new: Unit) -> None:
        """Record that these are one provision; if equal to the letter, so are all units below."""
        if old.digest == new.digest and _alike(old, new):
            for a, b in zip(old.walk(), new.walk(), strict=True):
                if self.new_of[a.order] is None and self.old_of[b.order] is None:
                    self.new_of[a.order], self.old_of[b.order] = b, a
            if all(self.new_of[a.order] is b for a, b in zip(old.walk(), new.walk(), strict=True)):
                self.equal.add(old.order)
            return
        self.new_of[old.order], self.old_of[new.order] = new, old

    def free_old(self, units: Iterable[Unit]) -> list[Unit]:
        return [unit for unit in units if self.new_of[unit.order] is None]

    def free_new(self, units: Iterable[Unit]) -> list[Unit]:
        return [unit for unit in units if self.old_of[unit.order] is None]

    def assign(self, olds: Sequence[Unit], news: Sequence[Unit], rule: Rule) -> list[tuple[Unit, Unit]]:
        """Pair what may be paired of two pools, the surest first; the pairs made that are not equal to the letter."""
        made: list[tuple[Unit, Unit]] = []
        for key in (lambda unit: unit.digest, self.scale.print_of):
            olds, news = self.free_old(olds), self.free_new(news)
            if not olds or not news:
                return made
            made.extend(self._same(olds, news, key))
        olds, news = self.free_old(olds), self.free_new(news)
        for _, old, new in sorted(
            self._scored(olds, news, rule), key=lambda row: (-row[0], row[2].order, row[1].order)
        ):
            if self.new_of[old.order] is None and self.old_of[new.order] is None:
                self.pair(old, new)
                made.append((old, new))
        return made

    def _same(self, olds: list[Unit], news: list[Unit], key: Callable[[Unit], int]) -> list[tuple[Unit, Unit]]:
        """Pair units of one key: those of the same number first, then in order."""
        buckets: dict[int, list[Unit]] = defaultdict(list)
        for old in olds:
            buckets[key(old)].append(old)
        made: list[tuple[Unit, Unit]] = []
        for by_number in (True, False):
            taken: dict[tuple[int, str], list[Unit]] = defaultdict(list)
            for value, bucket in buckets.items():
                for old in reversed(bucket):
                    if self.new_of[old.order] is None:
                        taken[value, old.number if by_number else ""].append(old)
            for new in news:
                value = key(new)
                place = (value, new.number if by_number else "")
                if self.old_of[new.order] is not None or not taken.get(place):
                    continue
                old = taken[place][-1]
                if self.new_of[old.order] is not None:
                    taken[place].pop()
                    continue
                if old.kind is not new.kind and not {old.kind, new.kind} <= ENUMERATED:
                    continue
                taken[place].pop()
                self.pair(old, new)
                if old.order not in self.equal:
                    made.append((old, new))
        return made

    def _scored(self, olds: Sequence[Unit], news: Sequence[Unit], rule: Rule) -> list[tuple[float, Unit, Unit]]:
        if not olds or not news:
            return []
        rows: list[tuple[float, Unit, Unit]] = []
        near = Candidates(olds, news, self.scale)
        for place, new in enumerate(news):
            for old in near.of(new):
                score = self._score(old, new, rule)
                if score:
                    drift = abs(near.place[old.order] / len(olds) - place / len(news))
                    rows.append((score + 0.04 * (1 - drift), old, new))
        return rows

    def _score(self, old: Unit, new: Unit, rule: Rule) -> float:
        """How surely these are one provision; 0 if they may not be."""
        if old.kind is not new.kind and not {old.kind, new.kind} <= ENUMERATED:
            return 0.0
        likeness = self.scale.similarity(old, new)
        if old.kind is not new.kind:
            return likeness if likeness >= rule.across_kinds else 0.0
        same_number = bool(old.number) and old.number == new.number
        same_heading = bool(old.heading) and heading_key(old, self.lexicon) == heading_key(new, self.lexicon)
        if same_number and (rule.contained or same_heading):
            likeness = max(likeness, 0.9 * self.scale.containment(old, new))
        least = min(
            rule.plainly,
            rule.numbered if same_number else rule.plainly,
            rule.headed if same_heading else rule.plainly,
        )
        if likeness < least:
            return 0.0
        return likeness + 0.2 * same_heading + 0.08 * same_number


def _alike(old: Unit, new: Unit) -> bool:
    """Whether two subtrees of one digest are truly equal to the letter (a hash may lie, if hardly ever)."""
    pairs = [(old, new)]
    while pairs:
        a, b = pairs.pop()
        mine, other = ((u.kind, u.number, u.heading, u.text, u.rows, len(u.children)) for u in (a, b))
        if mine != other or _printed(a) != _printed(b):
            return False
        pairs.extend(zip(a.children, b.children, strict=True))
    return True


def _printed(unit: Unit) -> tuple[str, str]:
    return (unit.node.label, unit.node.tail) if unit.node else ("", "")


def match(old_root: Unit, old: list[Unit], new_root: Unit, new: list[Unit], lexicon: Lexicon) -> Matching:
    """Match the units of two texts."""
    found = Matching(old, new, lexicon)
    articles = _match_articles(found)
    containers = _match_containers(found, old_root, new_root)
    _descend(found, [*articles, *containers], SURE)
    _match_leftovers(found)
    pairs = [(a, b) for a, b in _unequal_pairs(found)]
    _descend(found, [(old_root, new_root), *pairs], WEAK)
    _pair_lone_neighbours(found, [(old_root, new_root), *_unequal_pairs(found)])
    return found


def _unequal_pairs(found: Matching) -> list[tuple[Unit, Unit]]:
    return [
        (old, new)
        for old in found.old
        if (new := found.new_of[old.order]) is not None and old.digest != new.digest and old.children and new.children
    ]


def _match_articles(found: Matching) -> list[tuple[Unit, Unit]]:
    olds = [unit for unit in found.old if unit.is_article]
    news = [unit for unit in found.new if unit.is_article]
    made: list[tuple[Unit, Unit]] = []
    by_digest = found._same(olds, news, lambda unit: unit.digest)
    made.extend(by_digest)
    olds, news = found.free_old(olds), found.free_new(news)
    pool = [*olds, *news]
    if len(pool) <= 3:
        pool = [unit for unit in [*found.free_old(found.old), *found.free_new(found.new)] if not unit.children]
    found.scale.learn(pool)
    made.extend(found.assign(olds, news, ARTICLES))
    made.extend(_by_unique_heading(found, found.free_old(olds), found.free_new(news)))
    made.extend(_repealed_in_place(found, found.free_old(olds), found.free_new(news)))
    return made


def _by_unique_heading(found: Matching, olds: list[Unit], news: list[Unit]) -> list[tuple[Unit, Unit]]:
    """Articles left over under a heading that occurs once on each side are one article, rewritten."""
    made: list[tuple[Unit, Unit]] = []
    left: dict[tuple[int, ...], list[Unit]] = defaultdict(list)
    right: dict[tuple[int, ...], list[Unit]] = defaultdict(list)
    for units, heads in ((olds, left), (news, right)):
        for unit in units:
            if unit.heading:
                heads[heading_key(unit, found.lexicon)].append(unit)
    for heading, mine in left.items():
        others = right.get(heading, [])
        if len(mine) == len(others) == 1:
            found.pair(mine[0], others[0])
            made.append((mine[0], others[0]))
    return made


REPEAL_WORDS = ("bãi bỏ", "được bãi bỏ", "đã được bãi bỏ", "bị bãi bỏ", "đã bãi bỏ", "hủy bỏ", "được hủy bỏ", "bỏ")


def repeal_marker(unit: Unit, lexicon: Lexicon) -> bool:
    """Whether all that a unit says is that it is repealed: "(được bãi bỏ)", with a footnote's number or without."""
    if unit.words > 8:
        return False
    said = [token for below in islice(unit.walk(), 8) for token in below.own_ids(lexicon)]
    if not said:
        return False
    markers = [[lexicon[word] for word in words.split()] for words in REPEAL_WORDS]
    content = [token for token in said if token not in lexicon.digits]
    return content in markers


def _repealed_in_place(found: Matching, olds: list[Unit], news: list[Unit]) -> list[tuple[Unit, Unit]]:
    """A new unit that only says "bãi bỏ" is the old one of its number."""
    markers = {new.number: new for new in news if new.number and repeal_marker(new, found.lexicon)}
    made: list[tuple[Unit, Unit]] = []
    for old in olds:
        marker = markers.pop(old.number, None) if old.number else None
        if marker is not None and marker.kind is old.kind:
            found.pair(old, marker)
            made.append((old, marker))
    return made


def _match_containers(found: Matching, old_root: Unit, new_root: Unit) -> list[tuple[Unit, Unit]]:
    """Match parts, chapters, sections and appendices by the articles they share, then by heading and number."""
    votes: dict[tuple[int, int], int] = defaultdict(int)
    for old in found.old:
        new = found.new_of[old.order]
        if new is None or not old.is_article:
            continue
        size = 1 + old.words
        above = old.parent
        while above is not None and above.node is not None:
            other = new.parent
            while other is not None and other.node is not None:
                if above.kind is other.kind:
                    votes[above.order, other.order] += size
                other = other.parent
            above = above.parent
    made: list[tuple[Unit, Unit]] = [(old_root, new_root)]
    for (a, b), _ in sorted(votes.items(), key=lambda row: (-row[1], row[0])):
        if found.new_of[a] is None and found.old_of[b] is None and found.old[a].kind is found.new[b].kind:
            found.pair(found.old[a], found.new[b])
            made.append((found.old[a], found.new[b]))
    made.extend(_match_other_containers(found))
    return made


def _match_other_containers(found: Matching) -> list[tuple[Unit, Unit]]:
    olds = found.free_old(unit for unit in found.old if unit.is_container)
    news = found.free_new(unit for unit in found.new if unit.is_container)
    made: list[tuple[Unit, Unit]] = []
    if not olds or not news:
        return made
    for kind in (Kind.APPENDIX, Kind.FORM, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION):
        left, right = [u for u in olds if u.kind is kind], [u for u in news if u.kind is kind]
        empty = [u for u in [*left, *right] if any(below.is_article for below in u.walk())]
        without_articles = [u for u in left if u not in empty], [u for u in right if u not in empty]
        made.extend(found.assign(*without_articles, WEAK))
        made.extend(_by_unique_heading(found, found.free_old(left), found.free_new(right)))
    return made


def _descend(found: Matching, pairs: Sequence[tuple[Unit, Unit]], rule: Rule) -> None:
    """Match the units below each pair, and below the pairs so made."""
    work = list(pairs)
    while work:
        old, new = work.pop()
        olds = found.free_old(unit for unit in old.children if not (unit.is_article or unit.is_container))
        news = found.free_new(unit for unit in new.children if not (unit.is_article or unit.is_container))
        if not olds or not news:
            continue
        made = found.assign(olds, news, rule)
        made.extend(_repealed_in_place(found, found.free_old(olds), found.free_new(news)))
        work.extend((a, b) for a, b in made if a.children and b.children)


def _match_leftovers(found: Matching) -> None:
    """Find provisions that moved out of their article: units left over anywhere, the larger kinds first."""
    kinds: list[frozenset[Kind]] = [frozenset({kind}) for kind in ORDER[ORDER.index(Kind.CLAUSE) :]]
    kinds += [frozenset({Kind.PARAGRAPH}), frozenset({Kind.TABLE, Kind.FORMULA}), ENUMERATED]
    for wanted in kinds:
        olds = _worth_moving(found, found.free_old(unit for unit in found.old if unit.kind in wanted))
        news = _worth_moving(found, found.free_new(unit for unit in found.new if unit.kind in wanted))
        if olds and news:
            _descend(found, found.assign(olds, news, MOVED), SURE)


def _worth_moving(found: Matching, units: list[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.words >= LEAST_MOVED_WORDS]


def _pair_lone_neighbours(found: Matching, pairs: Sequence[tuple[Unit, Unit]]) -> None:
    """Pair a unit left over with the one left over between the same neighbours, if both stand alone there."""
    work = list(pairs)
    while work:
        old, new = work.pop()
        gaps = _gaps(found.old_of, new.children)
        for before, olds in _gaps(found.new_of, old.children).items():
            anchor = found.new_of[before] if before >= 0 else None
            news = gaps.get(anchor.order if anchor else -1, [])
            if len(olds) != 1 or len(news) != 1 or (before >= 0 and anchor is None):
                continue
            a, b = olds[0], news[0]
            if a.kind is not b.kind or a.number != b.number or a.is_article or a.is_container:
                continue
            if found.scale.similarity(a, b) >= 0.04 or not a.words:
                found.pair(a, b)
                work.append((a, b))


def _gaps(partner: list[Unit | None], children: list[Unit]) -> dict[int, list[Unit]]:
    """Unmatched children by the order of the matched sibling before them, -1 for none."""
    gaps: dict[int, list[Unit]] = defaultdict(list)
    before = -1
    for child in children:
        if partner[child.order] is None:
            gaps[before].append(child)
        else:
            before = child.order
    return gaps
