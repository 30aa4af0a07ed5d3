"""Working days (ngày làm việc): which days are off, and how to count those that are not. Pure, over plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ONE = dt.timedelta(days=1)
#: Nothing is off for longer; a search for a working day ends here whatever was entered.
LONGEST = 366


@dataclass(frozen=True, slots=True)
class Days:
    """The days off of an office: Saturdays and Sundays, holidays on the same day of each year, days of one year.

    `off` and `worked` name days of one year and go before the rest; their values are what the day is called.
    """

    off: Mapping[dt.date, str] = field(default_factory=dict)
    worked: Mapping[dt.date, str] = field(default_factory=dict)
    holidays: frozenset[tuple[int, int]] = frozenset()

    def is_off(self, day: dt.date) -> bool:
        """Whether nobody is at work that day."""
        if day in self.off:
            return True
        if day in self.worked:
            return False
        return day.weekday() >= 5 or (day.month, day.day) in self.holidays

    def on_or_after(self, day: dt.date) -> dt.date:
        """The day itself, or the next working day."""
        return self._search(day, ONE)

    def on_or_before(self, day: dt.date) -> dt.date:
        """The day itself, or the working day before."""
        return self._search(day, -ONE)

    def _search(self, day: dt.date, step: dt.timedelta) -> dt.date:
        for n in range(LONGEST):
            if not self.is_off(day + n * step):
                return day + n * step
        return day

    def after(self, day: dt.date, count: int) -> dt.date:
        """The last of so many working days that begin on the day after (BLDS 91/2015/QH13, art. 147: the first day does
        not count); the day itself when the count is 0."""
        for _n in range(count):
            day = self.on_or_after(day + ONE)
        return day

    def between(self, day: dt.date, until: dt.date) -> int:
        """How many working days lie after `day` up to and with `until`; negative when `until` is earlier."""
        if until < day:
            return -self.between(until, day)
        return sum(not self.is_off(day + n * ONE) for n in range(1, (until - day).days + 1))


def spread(words: Iterable[str]) -> list[dt.date]:
    """The days that these words name: "2024-04-18", "2024-02-08..2024-02-14". Raises ValueError."""
    found: list[dt.date] = []
    for one in words:
        first, _dots, last = one.partition("..")
        begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
        if end < begin:
            raise ValueError(one)
        found += [begin + n * ONE for n in range((end - begin).days + 1)]
    return found
