"""The charts of the figures: a Vega-Lite specification drawn on the server as SVG that wears the look's own classes.

Colours in the specification are only names: each becomes a class, so that light, dark, print and forced colours hold,
and nothing in the page needs a `style` attribute.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import vl_convert
from django.core.cache import cache
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t

from dienhong.desks import formats
from dienhong.records.queries import YearOfSessions
from dienhong.records.rules import Row

#: What a colour of the specification stands for: the classes of `.chart` in the style sheet.
CLASSES = {
    "#0a0a01": "a",
    "#0a0a02": "b",
    "#0a0a03": "a now",
    "#0a0a04": "b now",
    "#0a0a05": "grid",
    "#0a0a06": "axis",
    "#0a0a07": "base",
    "#0a0a08": "hi",
}
NAMES = {name: colour for colour, name in CLASSES.items()}
WIDTH = 560
LONGEST_LABEL = 34
VERSION = 5  # of the look: a chart drawn for another one is drawn anew

_ROOT = re.compile(r'<svg [^>]*?viewBox="([^"]*)"[^>]*>(?:<rect [^>]*/>)?')
_LINK = re.compile(r'<a [^>]*?href="[^"]*?(/year/[^"]*|/chamber/[^"]*)"[^>]*><path aria-label="([^"]*)"')
_ROLES = re.compile(r' (?:role|aria-roledescription|aria-hidden|font-family|font-size|class)="[^"]*"')
_SAID_TWICE = re.compile(r'(<text) aria-label="[^"]*"')  # a text says itself
_SAYS_NOTHING = re.compile(r"<text[^>]*></text>")  # the number of what is not known
_COLOUR = re.compile(r' (?:fill|stroke)="(#0a0a0\d)"')


def sessions_chart(years: Sequence[YearOfSessions], now: int | None) -> SafeString:
    """Sessions of each year, regular and extraordinary ones stacked, the year of the page highlighted."""
    rows = []
    for one in years:
        words = {"year": one.year, "total": one.total, "regular": one.regular, "extra": one.extraordinary}
        said = _t("%(year)s: %(total)s sessions, %(regular)s regular and %(extra)s extraordinary") % words
        for order, kind, count in ((0, "a", one.regular), (1, "b", one.extraordinary)):
            look = f"{kind} now" if one.year == now else kind
            row = {"year": str(one.year), "kind": look, "count": count, "order": order, "said": said}
            rows.append({**row, "url": f"/year/{one.year}/", "total": one.total})
    bars = {
        "mark": {"type": "bar", "width": 26},
        "encoding": {
            "x": _axis("year", "ordinal"),
            "y": {"field": "count", "type": "quantitative", "axis": None, "stack": "zero"},
            "order": {"field": "order"},
            "color": _looks("kind"),
            "href": {"field": "url"},
            "description": {"field": "said"},
        },
        "transform": [{"filter": "datum.count > 0"}],
    }
    numbers = {
        "mark": {"type": "text", "dy": -8},
        "encoding": {
            "x": _axis("year", "ordinal"),
            "y": {"field": "total", "type": "quantitative"},
            "text": {"field": "total"},
        },
        "transform": [{"filter": "datum.order == 0"}],
    }
    return drawn(_spec(rows, [bars, numbers], WIDTH - 50, 180), _t("Sessions of the National Assembly by year"))


def shares_chart(rows: Sequence[Row]) -> SafeString:
    """The share in favour of each vote as a dot between 50 and 100 percent, the greatest on top."""
    data: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda r: r.value or 0, reverse=True):
        label = row.name.removeprefix("Thông qua ").split(" - ")[0]
        label = label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
        share = formats.percent(row.value)
        key = f"{label}\u200b" * (1 + sum(d["law"] == label for d in data))
        data.append({"law": key.rstrip("\u200b") or label, "share": float(row.value or 0), "text": share})
        data[-1] |= {"said": f"{row.name}: {share}", "url": f"/chamber/votes/{row.about.partition(':')[2]}/"}
    y = {"field": "law", "type": "nominal", "sort": None, "axis": {**_quiet(), "labelLimit": 1000, "labelPadding": 10}}
    x = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [50, 100]},
        "axis": {**_quiet(), "orient": "top", "values": [50, 60, 70, 80, 90, 100], "grid": True, "domain": False},
    }
    dots = {
        "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1, "color": NAMES["a"]},
        "encoding": {"x": x, "y": y, "href": {"field": "url"}, "description": {"field": "said"}},
    }
    texts = {
        "mark": {"type": "text", "align": "left", "dx": 10},
        "encoding": {"x": x, "y": y, "text": {"field": "text"}},
    }
    return drawn(_spec(data, [dots, texts], WIDTH - 300, 24 * len(data)), _t("Share of all deputies in favour, by law"))


@dataclass(frozen=True, slots=True)
class Point:
    """A bar of a row of numbers: what stands under it and over it, its whole sentence, where it leads.

    A number that is only a floor, or covers only what is known, is drawn outlined.
    """

    label: str
    value: float
    text: str
    said: str
    url: str
    whole: bool
    now: bool


def series_chart(points: Sequence[Point], label: str) -> SafeString:
    """One figure over several times as bars, in their order; the time of the page is highlighted."""
    data = []
    for order, point in enumerate(points):
        look = ("a" if point.whole else "b") + (" now" if point.now else "")
        key = point.label + "\u200b" * sum(1 for other in points[:order] if other.label == point.label)
        row = {"name": key, "value": point.value, "text": point.text, "look": look, "order": order}
        data.append({**row, "said": point.said, "url": point.url})
    x = {**_axis("name", "ordinal"), "scale": {"domain": [row["name"] for row in data]}}
    y = {"field": "value", "type": "quantitative"}
    bars = {
        "mark": {"type": "bar", "width": max(8, min(26, round(500 / max(1, len(points)) - 8)))},
        "encoding": {
            "x": x, "y": {**y, "axis": None}, "color": _looks("look"), "href": {"field": "url"},
            "description": {"field": "said"},
        },
        "transform": [{"filter": "datum.value > 0"}],
    }  # fmt: skip
    numbers = {"mark": {"type": "text", "dy": -8}, "encoding": {"x": x, "y": y, "text": {"field": "text"}}}
    return drawn(_spec(data, [bars, numbers], WIDTH - 50, 180), label)


def units_chart(points: Sequence[Point], label: str) -> SafeString:
    """One figure of several units as lying bars with their names before them, the greatest on top."""
    data: list[dict[str, Any]] = []
    for point in sorted(points, key=lambda one: (-one.value, one.label)):
        name = point.label if len(point.label) <= LONGEST_LABEL else point.label[: LONGEST_LABEL - 1].rstrip() + "…"
        key = name + "\u200b" * sum(1 for other in data if str(other["name"]).rstrip("\u200b") == name)
        row = {"name": key, "value": point.value, "text": point.text, "look": "a" if point.whole else "b"}
        data.append({**row, "said": point.said, "url": point.url})
    y = {"field": "name", "type": "nominal", "sort": None, "axis": {**_quiet(), "labelLimit": 1000, "labelPadding": 10}}
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    bars = {
        "mark": {"type": "bar", "height": 14},
        "encoding": {
            "x": x, "y": y, "color": _looks("look"), "href": {"field": "url"}, "description": {"field": "said"},
        },
        "transform": [{"filter": "datum.value > 0"}],
    }  # fmt: skip
    texts = {
        "mark": {"type": "text", "align": "left", "dx": 8},
        "encoding": {"x": x, "y": y, "text": {"field": "text"}},
    }
    return drawn(_spec(data, [bars, texts], WIDTH - 300, 26 * max(1, len(data))), label)


#: What the classes of a chart look like in a file of its own, on white.
ALONE = (
    "text{font:400 13.5px 'Liberation Sans',Arial,sans-serif;fill:#333}.a{fill:#4b443d}.b{fill:#fff;stroke:#4b443d;"
    "stroke-width:1.5}.a.now{fill:#951a1e}.b.now{stroke:#951a1e}.axis{stroke:#333}.grid{stroke:#ddd}"
    ".base{stroke:#951a1e;stroke-dasharray:2 3}"
)


def standing_alone(svg: str, title: str) -> str:
    """The chart as a file: with its own colours, size and title, without links into the office."""
    inside = re.sub(r"</?a\b[^>]*>", "", svg)
    box = re.search(r'viewBox="([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)"', inside)
    size = f' width="{box[3]}" height="{box[4]}"' if box else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg"{size} '
    style = f"<title>{escape(title)}</title><style>{ALONE}</style>"
    return re.sub(r"<svg ([^>]*)>", lambda m: f"{head}{m[1]}>{style}", inside, count=1)


def _quiet() -> dict[str, Any]:
    """An axis with labels and one line, without ticks and title."""
    return {"title": None, "ticks": False, "labelAngle": 0, "domainColor": NAMES["axis"], "gridColor": NAMES["grid"]}


def _axis(field: str, kind: str) -> dict[str, Any]:
    return {"field": field, "type": kind, "axis": {**_quiet(), "labelPadding": 8}}


def _looks(field: str) -> dict[str, Any]:
    """Colour by the name of a class."""
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": list(NAMES), "range": [NAMES[name] for name in NAMES]},
        "legend": None,
    }


def _spec(rows: list[dict[str, Any]], layers: list[dict[str, Any]], width: int, height: int) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "layer": layers,
        "width": width,
        "height": height,
        "padding": {"left": 4, "right": 44, "top": 12, "bottom": 4},
        "config": {"view": {"stroke": None}, "font": "Liberation Sans", "axis": {"labelFontSize": 13.5, "aria": False}},
    }


def drawn(spec: dict[str, Any], label: str) -> SafeString:
    """The chart as SVG for the page, labelled; the same specification is drawn once in a process."""
    return mark_safe(_drawn(json.dumps(spec, ensure_ascii=False, sort_keys=True), label))


@lru_cache(maxsize=256)
def _drawn(spec: str, label: str) -> str:
    """Draw, then hand the look over: classes for colours, links with a name, no roles that mean nothing to a reader.

    Drawing takes a tenth of a second: a chart with the same digest is taken from the office's cache.
    """
    digest = hashlib.sha256(f"{VERSION}\n{label}\n{spec}".encode()).hexdigest()
    kept = cache.get(f"chart:{digest}")
    if isinstance(kept, str):
        return kept
    svg = vl_convert.vegalite_to_svg(spec)
    svg = _LINK.sub(lambda m: f'<a href="{m[1]}" aria-label="{m[2]}"><path', svg)
    svg = _SAYS_NOTHING.sub("", _SAID_TWICE.sub(r"\1", _ROLES.sub("", svg)))
    svg = _COLOUR.sub(lambda m: f' class="{CLASSES[m[1]]}"', svg)
    said = escape("; ".join(dict.fromkeys(row["said"] for row in json.loads(spec)["data"]["values"])))
    head = f'role="group" aria-label="{escape(label)}"><desc>{said}</desc>'
    svg = _ROOT.sub(lambda m: f'<svg viewBox="{m[1]}" {head}', svg, count=1)
    cache.set(f"chart:{digest}", svg, 30 * 86400)
    return svg
