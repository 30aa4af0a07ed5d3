"""`{% load kit %}`: the components of the look as template tags. docs/screens.md shows each with its use."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from dienhong.desks import formats, hemicycle
from dienhong.desks.icons import ICONS
from dienhong.foundation.facts import Mark

register = template.Library()

CHIPS = {"", "run", "due", "late", "done", "hold", "drop", "gap", "live"}
CHOICES = {
    "for": gettext_lazy("In favour"),
    "against": gettext_lazy("Against"),
    "abstain": gettext_lazy("Abstaining"),
    "absent": gettext_lazy("Took no part"),
    "pressed": gettext_lazy("Has voted"),
    "waiting": gettext_lazy("Has not voted yet"),
}
BAR = 620.0  # the width of the vote bar in its own units
LEAST = 5.0  # a single vote is still seen

# -- signs ------------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "chamber" %}`: a sign beside a word. An unknown name is a fault of the template."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no icon is called {name!r}; there are {', '.join(sorted(ICONS))}")
    css_class = format_html(' class="{}"', css) if css else ""
    inside = mark_safe(ICONS[name])
    return format_html(
        '<svg{} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">{}</svg>',
        css_class,
        inside,
    )


# -- what stands in the record in Vietnamese --------------------------------------------------------------------------
#: Letters that Vietnamese has and English has not.
_MARKED = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ\u1ea0-\u1ef9]")


@register.filter
def of_record(text: object) -> SafeString | str:
    """`{{ row.name|of_record }}`: words of the record; Vietnamese ones say so to who reads English."""
    words = str(text)
    if formats.vietnamese() or not _MARKED.search(words):
        return words
    return format_html('<span lang="vi">{}</span>', words)


@register.simple_tag
def in_reader_language(vietnamese: str, english: str) -> SafeString | str:
    """`{% in_reader_language text text_english %}`: the words of the reader's language, else the Vietnamese ones."""
    return of_record(vietnamese) if formats.vietnamese() or not english else english


@register.simple_tag
def seal(css: str = "") -> SafeString:
    """`{% seal %}`: the house's own sign, three arcs of seats around the chair."""
    return drawn_house(css, "0 0 48 32", 24, 26, ((9, 7), (14, 11), (19, 15)), 1.35, 3)


@register.simple_tag
def house(css: str = "house") -> SafeString:
    """`{% house %}`: the seal grown to a picture, for the door."""
    rows = tuple((110 + row * 24, 17 + row * 5) for row in range(8))
    return drawn_house(css, "0 0 620 332", 310, 306, rows, 5.2, 22)


def drawn_house(
    css: str, box: str, x: float, y: float, arcs: Iterable[tuple[int, int]], dot: float, chair: float
) -> SafeString:
    """Arcs of dots around a larger one; each arc is (radius, seats)."""
    from math import cos, pi, sin

    dots = [
        f'<circle cx="{x + radius * cos(angle):.1f}" cy="{y - radius * sin(angle):.1f}" r="{dot}"/>'
        for radius, seats in arcs
        for angle in (pi * (1 - seat / (seats - 1)) for seat in range(seats))
    ]
    inside = mark_safe("".join(dots) + f'<circle cx="{x}" cy="{y}" r="{chair}"/>')
    css_class = format_html(' class="{}"', css) if css else ""
    return format_html('<svg{} viewBox="{}" fill="currentColor" aria-hidden="true">{}</svg>', css_class, box, inside)


@register.simple_tag
def mark(letter: str) -> SafeString:
    """`{% mark row.mark %}`: how well a value was verified, the letters of `Mark`: L V M ? S O."""
    if letter not in Mark.values:
        raise template.TemplateSyntaxError(f"no verification mark is {letter!r}; it is one of {' '.join(Mark.values)}")
    return format_html('<abbr class="mark" data-m="{}" title="{}">{}</abbr>', letter, Mark(letter).label, letter)


@register.simple_tag
def chip(state: str, words: object) -> SafeString:
    """`{% chip "late" words %}`: a computed state; states: run due late done hold drop gap live, or "" (not begun)."""
    if state not in CHIPS:
        raise template.TemplateSyntaxError(f"no chip has the state {state!r}; it is one of {', '.join(sorted(CHIPS))}")
    return format_html('<span class="chip" data-s="{}">{}</span>', state, words)


@register.simple_tag
def choice(name: str) -> SafeString:
    """`{% choice "for" %}`: the shape and the words of a choice."""
    return format_html('<span class="c-{}">{}</span>{}', name, icon(name, "key"), CHOICES[name])


@register.simple_tag
def styles(names: str) -> SafeString:
    """`{% styles "texts seat" %}`: links to these style sheets of the kit, in this order."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((sheet(name),) for name in names.split()))


def sheet(name: str) -> str:
    """The address of a style sheet: the fonts are built, the others ours."""
    return static("vendor/fonts.css" if name == "fonts" else f"dienhong/css/{name}.css")


# -- numbers and days -------------------------------------------------------------------------------------------------


@register.filter
def num(value: formats.Number | str | None, places: int | None = None) -> str:
    """`{{ count|num }}`, `{{ mean|num:1 }}`: a number in the reader's way of writing."""
    return formats.number(
        value or None if isinstance(value, str) else value, places
    )  # Django gives "" for what a context lacks


@register.simple_tag
def percent(part: formats.Number | str | None, whole: formats.Number | None = None, places: int = 2) -> str:
    """`{% percent 468 494 %}`: 94,74%. With one argument the share itself."""
    known = (None if isinstance(value, str) else value for value in (part, whole))  # "": what a context lacks
    return formats.percent(next(known), next(known), places)


@register.simple_tag
def day(value: dt.date | None, style: str = "") -> SafeString | str:
    """`{% day date %}`, `{% day date "weekday" %}`, `"title"`, `"short"`: a day, as a `time` element."""
    if not value:
        return formats.date(None)
    whole = formats.local(value).date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', whole.isoformat(), formats.date(value, style))


@register.simple_tag
def clock(value: dt.datetime | dt.time | None, style: str = "") -> SafeString | str:
    """`{% clock moment %}`, `{% clock moment "seconds" %}`: a time of the day, as a `time` element."""
    if value is None or value == "":
        return formats.clock(None)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.clock(value, style))


@register.simple_tag
def moment(value: dt.datetime | None, style: str = "") -> SafeString | str:
    """`{% moment at %}`: day and time, as a `time` element."""
    if not value:
        return formats.moment(None)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.moment(value, style))


@register.filter("day")
def day_filter(value: dt.date | None, style: str = "") -> str:
    """`{{ date|day }}`: a day as plain text, for attributes and sentences."""
    return formats.date(value or None, style)


@register.filter("clock")
def clock_filter(value: dt.datetime | None, style: str = "") -> str:
    """`{{ moment|clock }}`: a time as plain text."""
    return formats.clock(value or None, style)


# -- votes ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a vote bar, in the bar's own units."""

    kind: str
    x: str
    width: str


def bars(parts: list[tuple[str, int]], base: int) -> list[Bar]:
    """Lay the parts side by side: to scale, none thinner than can be seen, never longer than the whole."""
    shown = [(kind, max(LEAST, BAR * count / base)) for kind, count in parts if count > 0]
    gap = 3.0
    excess = sum(width for _, width in shown) + gap * max(0, len(shown) - 1) - BAR
    if excess > 0:
        largest = max(range(len(shown)), key=lambda index: shown[index][1])
        shown[largest] = (shown[largest][0], shown[largest][1] - excess)
    found: list[Bar] = []
    x = 0.0
    for kind, width in shown:
        inset = 1.0 if kind == "abstain" else 0.0  # its edge is drawn, half of it outside
        found.append(Bar(kind, f"{x + inset:.1f}", f"{max(1.0, width - 2 * inset):.1f}"))
        x += width + gap
    return found


@register.inclusion_tag("kit/votebar.html")
def votebar(
    *, in_favour: int, against: int = 0, abstain: int = 0, base: int, need: int | None = None
) -> dict[str, Any]:
    """`{% votebar in_favour=468 against=2 abstain=3 base=494 need=248 %}`: one result against its threshold."""
    at = BAR * need / base if need is not None and base else None
    return {
        "bars": bars([("for", in_favour), ("against", against), ("abstain", abstain)], base) if base else [],
        "in_favour": formats.number(in_favour),
        "against": formats.number(against),
        "abstain": formats.number(abstain),
        "base": formats.number(base),
        "need": formats.number(need) if need is not None else "",
        "need_at": f"{at:.1f}" if at is not None else "",
        "need_text_at": f"{at + 7 if at < BAR * 0.75 else at - 7:.1f}" if at is not None else "",
        "need_before": at is not None and at >= BAR * 0.75,
        "hatch": f"hatch-{in_favour}-{against}-{abstain}-{base}",
    }


@register.inclusion_tag("kit/tally.html")
def tally(*, in_favour: int, against: int, abstain: int, base: int, caption: object = "") -> dict[str, Any]:
    """`{% tally in_favour=468 against=2 abstain=3 base=494 %}`: the counts and their shares of the base, as a table."""
    counts = (("for", in_favour), ("against", against), ("abstain", abstain))
    took_part = in_favour + against + abstain
    return {
        "rows": [(kind, formats.number(count), formats.percent(count, base)) for kind, count in counts],
        "sum": (formats.number(took_part), formats.percent(took_part, base)),
        "base": formats.number(base),
        "caption": caption or gettext("Result of the vote"),
    }


@register.inclusion_tag("kit/hemicycle.html", name="hemicycle")
def hemicycle_tag(seats: Iterable[str], caption: object = "") -> dict[str, Any]:
    """`{% hemicycle seats caption %}`: seats from left to right; for against abstain absent pressed waiting."""
    states = list(seats)
    counts = [(state, states.count(state)) for state in hemicycle.STATES]
    said = ", ".join(f"{CHOICES[state]}: {formats.number(count)}" for state, count in counts if count)
    return {
        "paths": hemicycle.paths(states),
        "box": hemicycle.box(hemicycle.plan(len(states))),
        "total": formats.number(len(states)),
        "said": said,
        "caption": caption,
    }


# -- figures, empty places, acts --------------------------------------------------------------------------------------


@register.inclusion_tag("kit/figure.html")
def figure(
    value: formats.Number | str | None,
    label: object,
    *,
    url: str = "",
    verified: str = "",
    source: object = "",
    missing: object = "",
) -> dict[str, Any]:
    """`{% figure 161 label url=rows verified="V" source=… missing=… %}`: a number that opens its rows."""
    return {
        "value": value if isinstance(value, str) else formats.number(value),
        "label": label,
        "url": url,
        "verified": verified,
        "source": source,
        "missing": missing,
    }


@register.simple_tag
def empty(what: object, how: object = "") -> SafeString:
    """`{% empty what how %}`: one line for what is not here, one for what will bring it."""
    return format_html('<div class="empty"><b>{}</b>{}</div>', what, how)


@register.inclusion_tag("kit/act.html")
def act(
    words: object, url: str = "", *, reason: object = "", css: str = "", key: str = "", grave: bool = False
) -> dict[str, Any]:
    """`{% act words url reason=… css="main" key="N" %}`: a link that acts, or, with a reason, why it may not be done.

    `grave=True` opens the page behind `url` as a dialog that asks for a reason; without scripts it is that page.
    """
    return {"words": words, "url": url, "reason": reason, "css": css, "key": key, "grave": grave}


# -- forms ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("kit/field.html")
def field(bound: BoundField, css: str = "") -> dict[str, Any]:
    """`{% field form.name %}`: label above, hint under it, the error above the input and tied to it."""
    described = [f"{bound.auto_id}-hint"] if bound.help_text else []
    described += [f"{bound.auto_id}-error"] if bound.errors else []
    attributes: dict[str, Any] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    widget = bound.field.widget
    group = bool(getattr(widget, "use_fieldset", False))
    if group:
        attributes.pop("aria-invalid", None)
    return {
        "field": bound,
        "css": css,
        "group": group,
        "tick": getattr(widget, "input_type", "") == "checkbox" and not group,
        "input": bound.as_widget(attrs=attributes),
        "options": list(bound.subwidgets) if isinstance(widget, CheckboxSelectMultiple | RadioSelect) else [],
        "described": " ".join(described),
    }


@register.inclusion_tag("kit/errors.html")
def errors(form: BaseForm, title: object = "") -> dict[str, Any]:
    """`{% errors form %}`: after a failed try, what is wrong in the words that stand at the fields, linked to them."""
    rows = [(f"#{link_target(bound)}", bound.label, error) for bound in form for error in bound.errors]
    return {
        "rows": rows if form.is_bound else [],
        "whole": list(form.non_field_errors()) if form.is_bound else [],
        "title": title or gettext("Not saved yet"),
    }


def link_target(bound: BoundField) -> str:
    """The id that a link to this field goes to: its input, or the first of its options."""
    if bound.is_hidden:
        return ""
    return f"{bound.auto_id}_0" if getattr(bound.field.widget, "use_fieldset", False) else str(bound.auto_id)
