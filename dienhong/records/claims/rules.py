"""When a claim is proved, contradicted or not proven: pure functions over what is known of each figure.

A number that is not wholly known has only a floor. A floor can contradict; it never proves. So silence of the record is
never taken for nought, and no gap makes a superlative true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

ZERO = Decimal(0)


class Verdict(StrEnum):
    """What the record says of a claim (kết luận kiểm tra)."""

    PROVED = "proved"
    CONTRADICTED = "contradicted"
    OPEN = "not_proven"
    UNCHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a number: its value, or None and the floor that the rows prove (None: not even that)."""

    value: Decimal | None
    floor: Decimal | None = None

    @property
    def least(self) -> Decimal | None:
        """What it is at least."""
        return self.value if self.value is not None else self.floor


def all_hold(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of several claims said together: one contradiction contradicts all, one gap leaves all open."""
    found = set(verdicts)
    if Verdict.CONTRADICTED in found:
        return Verdict.CONTRADICTED
    return Verdict.PROVED if found == {Verdict.PROVED} else Verdict.OPEN


def _settle(proved: bool, *numbers: Known) -> Verdict:
    """The verdict once nothing contradicts: proved only where every number is wholly known."""
    return Verdict.PROVED if proved and all(n.value is not None for n in numbers) else Verdict.OPEN


def greatest(subject: Known, others: Sequence[Known], *, alone: bool = True) -> Verdict:
    """Whether the subject is greater than each other (`alone`), or at least as great. Nothing compared: not proven."""
    if subject.value is not None:
        for other in others:
            least = other.least
            if least is not None and (least > subject.value or (alone and least == subject.value)):
                return Verdict.CONTRADICTED
    return _settle(bool(others), subject, *others)


def smallest(subject: Known, others: Sequence[Known], *, alone: bool = True) -> Verdict:
    """Whether the subject is less than each other (`alone`), or at most as great."""
    least = subject.least
    for other in others:
        if least is None or other.value is None:
            continue
        if other.value < least or (alone and other.value == least):
            return Verdict.CONTRADICTED
    return _settle(bool(others), subject, *others)


def equal(subject: Known, number: Known) -> Verdict:
    """Whether both are the same number."""
    if subject.value is not None and number.value is not None:
        return Verdict.PROVED if subject.value == number.value else Verdict.CONTRADICTED
    if subject.value is not None and number.floor is not None and number.floor > subject.value:
        return Verdict.CONTRADICTED
    if number.value is not None and subject.floor is not None and subject.floor > number.value:
        return Verdict.CONTRADICTED
    return Verdict.OPEN


def reached(subject: Known, target: Decimal) -> Verdict:
    """Whether the subject is at least the target. A floor that reaches it is no value: others may still be lacking."""
    if subject.value is None:
        return Verdict.OPEN
    return Verdict.PROVED if subject.value >= target else Verdict.CONTRADICTED


def first(subject: Known, earlier: Sequence[Known]) -> Verdict:
    """Whether it happened here and never before."""
    if subject.value == ZERO or any(n.least is not None and n.least > ZERO for n in earlier):
        return Verdict.CONTRADICTED
    return _settle(bool(earlier), subject, *earlier)


def every(numbers: Sequence[Known], at_least: Decimal) -> Verdict:
    """Whether each of the numbers is at least that much."""
    if any(n.value is not None and n.value < at_least for n in numbers):
        return Verdict.CONTRADICTED
    return _settle(bool(numbers), *numbers)


def more_than_together(subject: Known, others: Sequence[Known]) -> Verdict:
    """Whether the subject is more than all the others added up."""
    floors = sum((n.least for n in others if n.least is not None), ZERO)
    if subject.value is not None and floors >= subject.value:
        return Verdict.CONTRADICTED
    return _settle(bool(others), subject, *others)


def rounded(value: Decimal, like: Decimal) -> Decimal:
    """The value with as many decimals as the number it is held against, half up."""
    exponent = like.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def ratio(subject: Decimal, other: Decimal) -> Decimal | None:
    """How many times the other the subject is; None when the other is nought."""
    return None if other == ZERO else subject / other


def change(subject: Decimal, other: Decimal) -> Decimal | None:
    """By how many percent of the other the subject differs from it; None when the other is nought."""
    return None if other == ZERO else (subject - other) * 100 / other


def times(subject: Known, other: Known, stated: Decimal) -> Verdict:
    """Whether the subject is `stated` times the other, to the decimals of `stated`."""
    if subject.value is None or other.value is None:
        return Verdict.OPEN
    found = ratio(subject.value, other.value)
    if found is None:
        return Verdict.CONTRADICTED
    return Verdict.PROVED if rounded(found, stated) == stated else Verdict.CONTRADICTED


def changed(subject: Known, other: Known, stated: Decimal) -> Verdict:
    """Whether the subject stands `stated` percent above the other (below it: negative), to the decimals of `stated`."""
    if subject.value is None or other.value is None:
        return Verdict.OPEN
    found = change(subject.value, other.value)
    if found is None:
        return Verdict.CONTRADICTED
    return Verdict.PROVED if rounded(found, stated) == stated else Verdict.CONTRADICTED


def less(total: Known, part: Known) -> Known:
    """The total without a part of it. Without both values wholly known nothing is known of the rest."""
    if total.value is None or part.value is None:
        return Known(None)
    return Known(total.value - part.value)


def rank(subject: Decimal, others: Sequence[Decimal]) -> int:
    """The place of the subject from the top, 1 for the greatest; equals share it."""
    return 1 + sum(1 for other in others if other > subject)
