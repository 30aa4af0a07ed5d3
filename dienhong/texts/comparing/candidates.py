"""Candidates for matching (ứng viên ghép): for a unit of the new text the few old ones that it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dienhong.texts.comparing.units import Scale, Unit
from dienhong.texts.comparing.words import Lexicon

#: Lists of the index longer than this are not followed; candidates looked at closely for each unit.
LONGEST_LIST, CLOSEST = 8, 4
#: Pools of at most so many pairs are compared each with each.
SMALL_POOL = 20


class Candidates:
    """For each new unit the old ones worth looking at: sharing rare features, number or heading."""

    def __init__(self, olds: Sequence[Unit], news: Sequence[Unit], scale: Scale) -> None:
        self.olds, self.scale = olds, scale
        self.place = {old.order: place for place, old in enumerate(olds)}
        self.all_pairs = len(olds) * len(news) <= SMALL_POOL
        self.lists: dict[int, list[int]] = defaultdict(list)
        self.named: dict[tuple[str, object], list[int]] = defaultdict(list)
        if self.all_pairs:
            return
        for place, old in enumerate(olds):
            for feature in scale.features(old):
                self.lists[feature].append(place)
            for name in self._names(old):
                self.named[name].append(place)

    def _names(self, unit: Unit) -> list[tuple[str, object]]:
        names: list[tuple[str, object]] = [("number", unit.number)] if unit.number else []
        if unit.heading:
            names.append(("heading", heading_key(unit, self.scale.lexicon)))
        return names

    def of(self, new: Unit) -> Iterable[Unit]:
        """The old units that `new` may be, most promising first."""
        if self.all_pairs:
            return self.olds
        found: dict[int, float] = defaultdict(float)
        weights = self.scale.weights
        for feature in self.scale.features(new):
            places = self.lists.get(feature)
            if places and len(places) <= LONGEST_LIST:
                weight = weights[feature]
                for place in places:
                    found[place] += weight
        closest = sorted(found, key=lambda place: -found[place])[:CLOSEST]
        for name in self._names(new):
            closest.extend(self.named.get(name, [])[:3])
        return [self.olds[place] for place in dict.fromkeys(closest)]


def heading_key(unit: Unit, lexicon: Lexicon) -> tuple[int, ...]:
    """The words of the heading, in any writing."""
    return tuple([lexicon[word] for word in unit.heading.split()])
