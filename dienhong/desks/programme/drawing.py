"""The timeline as SVG: a bar for each task from its beginning to its deadline, a gold line for the day looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t

from dienhong.desks import formats
from dienhong.desks.programme.shown import Shown

WIDTH = 1100
LEFT = 330
ROW = 24
TOP = 30
LONGEST = 46


def timeline(rows: Sequence[Shown], day: dt.date) -> SafeString:
    """The drawing; every bar is a link that says its task, its days and its state."""
    begins = [_begin(row) for row in rows]
    ends = [row.task.due for row in rows if row.task.due]
    first = min([*begins, *ends, day]).replace(day=1)
    last = max([*ends, day])
    days = max(31, (last - first).days + 15)
    scale = (WIDTH - LEFT - 10) / days

    def x(one: dt.date) -> float:
        return LEFT + (one - first).days * scale

    height = TOP + ROW * len(rows) + 10
    grid = format_html_join("", '<path class="grid" d="M{0} 24V{1}"/><text x="{2}" y="16">{3}</text>', (
        (f"{x(month):.1f}", height, f"{x(month) + 3:.1f}", label) for month, label in _months(first, last, scale)
    ))  # fmt: skip
    bars = format_html_join("", "{}", ((_bar(row, n, x(_begin(row)), x(row.task.due or day)),)
                                       for n, row in enumerate(rows)))  # fmt: skip
    now = format_html('<path class="base" d="M{0} 20V{1}"/>', f"{x(day):.1f}", height)
    label = _t("Tasks from %(first)s to %(last)s") % {"first": formats.date(first), "last": formats.date(last)}
    return format_html(
        '<svg viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}{}</svg>', WIDTH, height, label, grid, bars, now
    )


def _begin(row: Shown) -> dt.date:
    task = row.task
    begin = task.started_on or task.assigned_on or task.due
    assert begin is not None
    assert task.due is not None
    return min(begin, task.due)


def _months(first: dt.date, last: dt.date, scale: float) -> list[tuple[dt.date, str]]:
    """The firsts of months, as many as have room for their label."""
    step = max(1, round(55 / (scale * 30)))
    out, month, n = [], first, 0
    while month <= last:
        if n % step == 0:
            out.append((month, f"{month.month}/{month.year}"))
        month = (month + dt.timedelta(days=32)).replace(day=1)
        n += 1
    return out


def _bar(row: Shown, n: int, begin: float, end: float) -> SafeString:
    task = row.task
    y = TOP + n * ROW
    name = f"{task.number}. {task.title}"
    short = name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
    look = "a now" if row.shape == "late" else "a" if row.shape == "done" else "b"
    return format_html(
        '<a href="{}" aria-label="{}"><text x="0" y="{}">{}</text>'
        '<rect class="{}" x="{}" y="{}" width="{}" height="11"/></a>',
        reverse("programme:task", args=[task.pk]),
        f"{short}: {name}, {row.deadline}, {row.words}" if short != name else f"{name}: {row.deadline}, {row.words}",
        y + 14,
        short,
        look,
        f"{begin:.1f}",
        y + 4,
        f"{max(4.0, end - begin):.1f}",
    )
