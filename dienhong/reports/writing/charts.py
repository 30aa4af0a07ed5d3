"""Charts of a report on paper and slides: one Vega-Lite specification, drawn as SVG and PNG in the colours of print."""

from __future__ import annotations

from functools import lru_cache
from json import dumps, loads
from typing import Any

from dienhong.texts.writing.pdf import fonts_folder

#: Ink that prints in grey as well: the first series is dark, the second light with an edge.
DARK, LIGHT, EDGE, INK = "#7c1f14", "#e8d3a2", "#8a6d2f", "#1c1815"
PAPER = "#ffffff"
#: The same on the dark ground of the display: light bars, light words, nothing behind them.
ON_DARK = {DARK: "#e9b44c", LIGHT: "#6b4a2b", EDGE: "#f3d58d", INK: "#fbf4ea", PAPER: "transparent"}
FONT = "Tinos, Times New Roman, Liberation Serif, serif"
WIDTH, HEIGHT, BAR = 480, 190, 22
LABEL = 52


def svg(chart: dict[str, Any]) -> str:
    """The chart as a drawing. The same values are drawn once in a process."""
    return _svg(dumps(chart, sort_keys=True), ())


def png(chart: dict[str, Any], *, dark: bool = False, clear: bool = False) -> bytes:
    """The chart as a picture, at thrice the size for sharp print: for programs that take no drawing, and for pages,
    where a drawing behind an address could not use the fonts that it was measured with. `dark`: for the dark display;
    `clear`: with nothing behind it."""
    colours = ON_DARK if dark else {PAPER: ON_DARK[PAPER]} if clear else {}
    return _png(dumps(chart, sort_keys=True), tuple(colours.items()))


@lru_cache(maxsize=1)
def _with_fonts() -> None:
    """Let the drawing use the fonts of the paper, so that a chart and the text around it look alike."""
    import vl_convert

    folder = fonts_folder()
    if folder is not None:
        vl_convert.register_font_directory(str(folder))


@lru_cache(maxsize=64)
def _svg(chart: str, colours: tuple[tuple[str, str], ...]) -> str:
    import vl_convert

    _with_fonts()
    wanted = dumps(specification(loads(chart)))
    for colour, other in colours:
        wanted = wanted.replace(f'"{colour}"', f'"{other}"')
    return str(vl_convert.vegalite_to_svg(loads(wanted)))


@lru_cache(maxsize=64)
def _png(chart: str, colours: tuple[tuple[str, str], ...]) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(_svg(chart, colours), scale=3))  # laying it out again would take five times this


def size(chart: dict[str, Any], width: float) -> tuple[float, float]:
    """Width and height of the drawing when it is as wide as said, in the same unit."""
    head = svg(chart)[:600]
    box = head.partition('viewBox="')[2].partition('"')[0].split()
    return width, width * float(box[3]) / float(box[2])


def specification(chart: dict[str, Any]) -> dict[str, Any]:
    """The Vega-Lite specification of a chart."""
    return _stacked(chart) if chart["kind"] == "stacked" else _bars(chart)


def _stacked(chart: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {"x": value[0], "series": name, "value": number, "order": order, "total": sum(value[1:])}
        for value in chart["values"]
        for order, (name, number) in enumerate(zip(chart["series"], value[1:], strict=True))
    ]
    x = {"field": "x", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "ticks": False}}
    bars = {
        "mark": {"type": "bar", "width": {"band": 0.55}, "stroke": EDGE, "strokeWidth": 0.8},
        "encoding": {
            "x": x,
            "y": {"field": "value", "type": "quantitative", "stack": "zero", "axis": None},
            "order": {"field": "order"},
            "color": {
                "field": "series",
                "type": "nominal",
                "sort": chart["series"],
                "scale": {"domain": chart["series"], "range": [DARK, LIGHT]},
                "legend": {"title": None, "orient": "top", "direction": "horizontal"},
            },
        },
    }
    totals = {
        "transform": [{"filter": "datum.order == 0"}],
        "mark": {"type": "text", "dy": -8, "fontWeight": "bold"},
        "encoding": {"x": x, "y": {"field": "total", "type": "quantitative"}, "text": {"field": "total"}},
    }
    return _whole(rows, [bars, totals], WIDTH, HEIGHT)


def _bars(chart: dict[str, Any]) -> dict[str, Any]:
    shares = chart["kind"] == "shares"
    rows: list[dict[str, Any]] = []
    for name, number in chart["values"]:
        name = name.removeprefix("Thông qua ")
        label = name if len(name) <= LABEL else name[: LABEL - 1].rstrip() + "…"
        label += "\u200b" * sum(row["name"].rstrip("\u200b") == label for row in rows)
        shown = f"{number:.2f}%".replace(".", ",") if shares else f"{number:g}".replace(".", ",")
        rows.append({"name": label, "value": number, "shown": shown})
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 400, "ticks": False}}
    x: dict[str, Any] = {"field": "value", "type": "quantitative", "axis": None}
    if shares:
        x["scale"] = {"domain": [0, 100]}
    layers = [
        {"mark": {"type": "bar", "color": DARK, "height": {"band": 0.6}}, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "text", "align": "left", "dx": 4},
            "encoding": {"x": x, "y": y, "text": {"field": "shown"}},
        },
    ]
    return _whole(rows, layers, WIDTH - 260, BAR * max(1, len(rows)))


def _whole(rows: list[dict[str, Any]], layers: list[dict[str, Any]], width: int, height: int) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "layer": layers,
        "width": width,
        "height": height,
        "padding": {"left": 4, "right": 40, "top": 8, "bottom": 4},
        "background": PAPER,
        "config": {
            "view": {"stroke": None},
            "font": FONT,
            "axis": {"labelFontSize": 13, "labelColor": INK, "domainColor": INK, "grid": False},
            "legend": {"labelFontSize": 13, "labelColor": INK, "symbolStrokeColor": EDGE},
            "text": {"fontSize": 13, "color": INK},
        },
    }
