"""Rules of counting: pure functions over plain values. A result is always computed, never typed in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from dienhong.foundation.rulebook.book import Threshold


class Choice(StrEnum):
    """The three choices of an electronic vote (LTCQH art. 96): for, against, not voting."""

    FOR = "for"
    AGAINST = "against"
    NOT_VOTING = "not_voting"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose what (kiểm phiếu). Tallies add up: a hall is one counting place, an election has thousands."""

    for_: int = 0
    against: int = 0
    not_voting: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.for_ + other.for_, self.against + other.against, self.not_voting + other.not_voting)

    @property
    def participating(self) -> int:
        """How many took part: the sum of the three choices."""
        return self.for_ + self.against + self.not_voting


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a tally comes to: `needed` votes in favour of `base` members, carried or not, shares in percent of base."""

    tally: Tally
    base: int
    needed: int
    carried: bool
    for_percent: Decimal
    against_percent: Decimal
    not_voting_percent: Decimal
    participating_percent: Decimal


def tally_of(choices: Iterable[str]) -> Tally:
    """Count choices, one a member."""
    counts = {Choice.FOR: 0, Choice.AGAINST: 0, Choice.NOT_VOTING: 0}
    for choice in choices:
        counts[Choice(choice)] += 1
    return Tally(counts[Choice.FOR], counts[Choice.AGAINST], counts[Choice.NOT_VOTING])


def percent(part: int, base: int) -> Decimal:
    """The share in percent, rounded half-up to two decimals (as every published vote is); 0.00 of nothing."""
    if base <= 0:
        return Decimal("0.00")
    return (Decimal(part) * 100 / Decimal(base)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def decide(tally: Tally, base: int, threshold: Threshold) -> Verdict:
    """Hold a tally against a threshold of `base` members (all deputies on the day, for laws and resolutions).

    Raises ValueError when more took part than there are members.
    """
    if base < 0 or tally.participating > base:
        raise ValueError(f"{tally.participating} took part, but there are {base} members")
    reached_of = {
        "all": base,
        "cast": tally.participating,
        "present": tally.participating,
        "valid": tally.participating,
    }
    needed = threshold.needed(reached_of[threshold.base])
    return Verdict(
        tally=tally,
        base=base,
        needed=needed,
        carried=base > 0 and tally.for_ >= needed,
        for_percent=percent(tally.for_, base),
        against_percent=percent(tally.against, base),
        not_voting_percent=percent(tally.not_voting, base),
        participating_percent=percent(tally.participating, base),
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """What is in a box: the tally of the ballots that count, how many ballots lie in it, and the digest over all."""

    tally: Tally
    ballots: int
    digest: str


def open_box(ballots: Iterable[tuple[int, int, str, str]]) -> Opened:
    """Count a box in one pass: (sequence, person, choice, key), in the order of the box; each person's last one counts.

    The digest is SHA-256, hexadecimal, over all ballots, those replaced by a later one included.
    """
    digest = hashlib.sha256()
    last: dict[int, str] = {}
    number = 0
    for sequence, person, choice, key in ballots:
        digest.update(f"{sequence}\t{person}\t{choice}\t{key}\n".encode())
        last[person] = choice
        number += 1
    return Opened(tally_of(last.values()), number, digest.hexdigest())
