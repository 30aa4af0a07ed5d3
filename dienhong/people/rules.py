"""Rules about who is who: pure functions over plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Span = tuple[dt.date | None, dt.date | None]
ONE_DAY = dt.timedelta(days=1)


def covers(span: Span, day: dt.date) -> bool:
    """Whether the day lies in the span; both ends are included, None is open."""
    since, until = span
    return (since is None or since <= day) and (until is None or day <= until)


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a day."""
    low, high = dt.date.min, dt.date.max
    return (a[0] or low) <= (b[1] or high) and (b[0] or low) <= (a[1] or high)


def most_at_once(spans: Sequence[Span]) -> int:
    """The greatest number of spans that share one day."""
    points: list[tuple[dt.date, int]] = []
    for since, until in spans:
        points.append((since or dt.date.min, 1))
        if until is not None and until < dt.date.max:
            points.append((until + ONE_DAY, -1))
    most = now = 0
    for _day, step in sorted(points):
        now += step
        most = max(most, now)
    return most


def above(body: int, parents: Mapping[int, Iterable[int]]) -> tuple[int, ...]:
    """The body and all bodies above it, nearest first; a ring, which the data should not hold, ends the walk."""
    seen: dict[int, None] = {body: None}
    todo = [body]
    while todo:
        for parent in parents.get(todo.pop(0), ()):
            if parent not in seen:
                seen[parent] = None
                todo.append(parent)
    return tuple(seen)


@dataclass(frozen=True, slots=True)
class MandateSpan:
    """A mandate as counting needs it: its days and the days on which it was suspended."""

    since: dt.date | None
    until: dt.date | None
    suspended: tuple[Span, ...] = ()


def deputies_on(day: dt.date, mandates: Iterable[MandateSpan], *, count_suspended: bool) -> int:
    """How many deputies there are on that day (tổng số đại biểu, N).

    Whether a suspended deputy stays in the total is not said by LTCQH art. 39: the rulebook decides.
    """
    return sum(
        1
        for m in mandates
        if covers((m.since, m.until), day) and (count_suspended or not any(covers(s, day) for s in m.suspended))
    )
