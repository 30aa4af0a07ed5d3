"""Rules about sessions and meetings: pure functions over plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection


def expected_opening(year: int, month_day: tuple[int, int], days_off: Collection[dt.date] = ()) -> dt.date:
    """When a regular session opens: that day, or the next working day if it is a Friday or a day off (Nội quy art. 11).

    20/10/2023 was a Friday, so the session opened on Monday 23/10/2023.
    """
    day = dt.date(year, *month_day)
    if day.weekday() == 4 or _off(day, days_off):
        day += dt.timedelta(days=1)
        while _off(day, days_off):
            day += dt.timedelta(days=1)
    return day


def _off(day: dt.date, days_off: Collection[dt.date]) -> bool:
    return day.weekday() >= 5 or day in days_off


def convened_days_before(convened: dt.date, opening: dt.date) -> int:
    """How many days lie between the convening decision and the opening."""
    return (opening - convened).days


def order_after_move(orders: list[int], moved: int, to: int) -> list[int]:
    """The ids in their new order when the id `moved` is put at place `to` (0-based; beyond the end means last)."""
    rest = [i for i in orders if i != moved]
    to = max(0, min(to, len(rest)))
    return [*rest[:to], moved, *rest[to:]]
