"""The summary of a comparison (tóm tắt): counts, and sentences such as "12 điều sửa đổi, 3 điều mới"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from dienhong.texts.comparing.comparison import NOISE, Comparison, Match, Place, Status
from dienhong.texts.comparing.wording import COUNTED, PHRASES, Language
from dienhong.texts.tree import Kind

#: So many renumberings, moves and the like are named one by one before the rest is only counted.
NAMED = 24


@dataclass(frozen=True)
class Summary:
    """What a comparison comes to, counted in articles (or in the largest numbered unit that the texts have)."""

    comparison: Comparison

    @cached_property
    def kind(self) -> Kind:
        """The unit counted: articles where there are any, else clauses, points or paragraphs."""
        kinds = Counter(match.place.kind for match in self.comparison.matches)
        for kind in (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM, Kind.PARAGRAPH):
            if kinds[kind]:
                return kind
        return Kind.PARAGRAPH

    @cached_property
    def units(self) -> tuple[Match, ...]:
        """The matches that are counted."""
        return tuple(self.comparison.of_kind(self.kind))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many units have each status (a unit moved and changed counts for both); none is left out."""
        counts = Counter(str(status) for match in self.units for status in match.statuses)
        return {str(status): counts[str(status)] for status in Status}

    @cached_property
    def renumbered(self) -> tuple[tuple[Place, Place], ...]:
        """The units under another number, in order."""
        return tuple(
            (match.old, match.new)
            for match in self.units
            if match.old and match.new and match.old.number != match.new.number
        )

    def sentence(self, language: Language = "vi") -> str:
        """The summary in one or two sentences."""
        if self.comparison.same:
            return PHRASES[language]["nothing"]
        totals = [row for row in self._totals() if row[0]]
        first = [self._counted(language, *row) for row in totals]
        if language == "en":  # "12 articles changed, 3 new"
            first[1:] = [f"{count} {english}" for count, _, english in totals[1:]]
        rest = [*self._named(language)]
        head = ", ".join(first) or self._counted(language, self.counts["same"], "giữ nguyên", "unchanged")
        return "; ".join([head, *rest]) + "."

    def _totals(self) -> list[tuple[int, str, str]]:
        counts = self.counts
        rewritten = counts["rewritten"]
        changed = counts["changed"] + rewritten
        extra_vi = f" (trong đó {rewritten} viết lại)" if rewritten else ""
        extra_en = f" ({rewritten} of them rewritten)" if rewritten else ""
        noise = sum(1 for match in self.units if match.content in NOISE)
        moved = sum(1 for match in self.units if Status.MOVED in match.statuses)
        same = sum(1 for match in self.units if match.content is Status.SAME)
        return [
            (changed, "sửa đổi" + extra_vi, "changed" + extra_en),
            (counts["new"], "mới", "new"),
            (counts["repealed"], "bãi bỏ", "repealed"),
            (moved, "chuyển vị trí", "moved"),
            (counts["punctuation-only"], "chỉ khác dấu câu", "differing in punctuation only"),
            (noise, "chỉ khác cách viết", "differing in writing only"),
            (same, "giữ nguyên nội dung", "with unchanged content"),
        ]

    def _counted(self, language: Language, count: int, vietnamese: str, english: str) -> str:
        name, one, many = COUNTED.get(self.kind, COUNTED[Kind.PARAGRAPH])
        if language == "vi":
            return f"{count} {name} {vietnamese}"
        return f"{count} {one if count == 1 else many} {english}"

    def _named(self, language: Language) -> Iterable[str]:
        """Splits, mergers, new numbers and provisions that went to another article, by their citations."""
        cites = {m.old.id: _cite(m.old, language) for m in self.comparison.matches if m.old}
        new_cites = {m.new.id: _cite(m.new, language) for m in self.comparison.matches if m.new}
        words = PHRASES[language]
        said = [text for match in self.units for text in _ties(match, cites, new_cites, language)]
        ranges = _ranges(self.renumbered)
        said += [_arrow(ranges_row, language) for ranges_row in ranges]
        if self.kind is Kind.ARTICLE:
            said += [f"{_cite(a, language)} → {_cite(b, language)}" for a, b in self.crossed()]
        yield from said[:NAMED]
        if len(said) > NAMED:
            more = len(said) - NAMED
            yield f"{words['and']} {more} chỗ khác" if language == "vi" else f"{words['and']} {more} more"

    def crossed(self) -> list[tuple[Place, Place]]:
        """Clauses and points that went to another article, not counting those inside a larger unit that did."""
        moved = [m for m in self.comparison.matches if m.old and m.new and Status.MOVED in m.statuses]
        pairs = {m.old.id: m.new.id for m in self.comparison.matches if m.old and m.new}
        found: list[tuple[Place, Place]] = []
        for match in moved:
            assert match.old is not None
            assert match.new is not None
            if match.old.kind in {Kind.CLAUSE, Kind.POINT} and pairs.get(match.old.parent) != match.new.parent:
                found.append((match.old, match.new))
        return found


def _cite(place: Place, language: Language) -> str:
    return place.cite if language == "vi" else place.cite_en


def _listed(cites: Sequence[str], language: Language) -> str:
    last = PHRASES[language]["and"]
    return cites[0] if len(cites) == 1 else f"{', '.join(cites[:-1])} {last} {cites[-1]}"


def _ties(match: Match, old: dict[str, str], new: dict[str, str], language: Language) -> Iterable[str]:
    """The sentence for a unit that was split or has taken others in, said once."""
    words = PHRASES[language]
    here = _cite(match.place, language)
    taken = [old[ident] for ident in match.out_of]
    if Status.SPLIT in match.statuses and match.old:
        became = {*match.into, *([match.new.id] if match.new else [])}
        parts = [cite for ident, cite in new.items() if ident in became]  # in reading order
        yield f"{_cite(match.old, language)} {words['split_to'].format(place=_listed(parts, language))}"
    if Status.MERGED in match.statuses and match.new and taken:
        sources = [*([old[match.old.id]] if match.old else []), *taken]
        yield f"{_listed(sources, language)} {words['merged_into'].format(place=here)}"


def _ranges(pairs: Sequence[tuple[Place, Place]]) -> list[tuple[Place, Place, Place, Place]]:
    """New numbers gathered while both numbers go up by one: (first old, last old, first new, last new)."""
    rows: list[tuple[Place, Place, Place, Place]] = []
    for before, (old, new) in pairwise([None, *pairs]):  # type: ignore[misc]
        follows = before is not None and _next(before[0], old) and _next(before[1], new)
        if follows:
            first_old, _, first_new, _ = rows[-1]
            rows[-1] = (first_old, old, first_new, new)
        else:
            rows.append((old, old, new, new))
    return rows


def _next(before: Place, after: Place) -> bool:
    return (
        before.number.isdecimal()
        and after.number.isdecimal()
        and int(after.number) == int(before.number) + 1
        and (before.kind is Kind.ARTICLE or before.parent == after.parent)
    )


def _arrow(row: tuple[Place, Place, Place, Place], language: Language) -> str:
    first_old, last_old, first_new, last_new = row
    if first_old is last_old:
        return f"{_cite(first_old, language)} → {_cite(first_new, language)}"
    old = f"{_cite(first_old, language)}–{last_old.number}"
    return f"{old} → {_cite(first_new, language)}–{last_new.number}"
