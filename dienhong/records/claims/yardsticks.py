"""Yardsticks (mức so sánh): numbers that follow from the rulebook and that a figure is held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dienhong.foundation import rulebook

REGULAR_A_YEAR = rulebook.use("meetings.regular_a_year", int, by="records.claims")
TERM_YEARS = rulebook.use("people.term_years", int, by="records.claims")


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A named number of the rulebook: for which figures it means something, its value on a day, the sum behind it."""

    name: Promise
    figures: tuple[str, ...]
    value: Callable[[dt.date], Decimal]
    sum: Callable[[dt.date], str]
    source: str


def _half_term(day: dt.date) -> Decimal:
    return Decimal(REGULAR_A_YEAR.on(day)) * TERM_YEARS.on(day) / 2


YARDSTICKS: dict[str, Yardstick] = {
    "half_term": Yardstick(
        _("the regular sessions of half a term"),
        ("sessions",),
        _half_term,
        lambda day: f"{REGULAR_A_YEAR.on(day)} × {TERM_YEARS.on(day)} ÷ 2",
        "meetings.regular_a_year, people.term_years",
    ),
    "whole_term": Yardstick(
        _("the regular sessions of a whole term"),
        ("sessions",),
        lambda day: Decimal(REGULAR_A_YEAR.on(day)) * TERM_YEARS.on(day),
        lambda day: f"{REGULAR_A_YEAR.on(day)} × {TERM_YEARS.on(day)}",
        "meetings.regular_a_year, people.term_years",
    ),
}
