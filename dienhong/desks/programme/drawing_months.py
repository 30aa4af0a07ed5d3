"""Tasks due in each month of a year beside the year before, drawn as bars with their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t

from dienhong.desks import formats

WIDTH, HEIGHT, GROUND = 620, 210, 180
STEP = WIDTH / 12


def bars(months: Sequence[tuple[int, int, int]], year: int) -> SafeString:
    """Two bars a month from zero: this year filled, the year before outlined; each opens its tasks."""
    most = max([1, *(max(now, before) for _month, now, before in months)])

    def tall(count: int) -> float:
        return count * (GROUND - 30) / most

    drawn = format_html_join("", "{}", ((_month(n, one, year, tall),) for n, one in enumerate(months)))
    label = _t("Tasks due by month, %(year)s and the year before") % {"year": year}
    ground = format_html('<path class="axis" d="M0 {0}H{1}"/>', GROUND, WIDTH)
    return format_html(
        '<svg viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>', WIDTH, HEIGHT, label, drawn, ground
    )


def _month(n: int, one: tuple[int, int, int], year: int, tall: object) -> SafeString:
    month, now, before = one
    assert callable(tall)
    left = n * STEP + 8
    last = 31 if month in {1, 3, 5, 7, 8, 10, 12} else 30 if month != 2 else 28
    query = f"?since=01/{month:02}/{year}&until={last}/{month:02}/{year}"
    words = {"month": month, "year": year, "n": formats.number(now), "before": formats.number(before)}
    return format_html(
        '<a href="{}{}"><title>{}</title><rect class="b" x="{}" y="{}" width="14" height="{}"/>'
        '<rect class="a" x="{}" y="{}" width="18" height="{}"/>'
        '<text class="mid" x="{}" y="{}">{}</text><text class="mid" x="{}" y="{}">{}</text></a>',
        reverse("programme:tasks"),
        query,
        _t("Month %(month)s/%(year)s: %(n)s tasks due, %(before)s the year before") % words,
        f"{left:.1f}", f"{GROUND - tall(before):.1f}", f"{tall(before):.1f}",
        f"{left + 16:.1f}", f"{GROUND - tall(now):.1f}", f"{tall(now):.1f}",
        f"{left + 25:.1f}", f"{GROUND - tall(now) - 6:.1f}", now,
        f"{left + 17:.1f}", GROUND + 18, month,
    )  # fmt: skip
