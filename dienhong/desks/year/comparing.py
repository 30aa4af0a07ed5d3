"""Comparison tables and charts: one figure over months, years, sessions or terms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t

from dienhong.desks import formats
from dienhong.desks.door import Visit
from dienhong.desks.year import charts
from dienhong.desks.year.scoping import asked, desk_for, in_address, page_of, rows_of, title_of
from dienhong.desks.year.views import change, figure_or_404, in_words
from dienhong.foundation.access.actor import require
from dienhong.foundation.folding import sort_key
from dienhong.foundation.journal.queries import last_number
from dienhong.people.queries import names_of_bodies
from dienhong.records import queries
from dienhong.records.claims.checking import Desk
from dienhong.records.claims.telling import begun
from dienhong.records.definitions import DEFINITIONS
from dienhong.records.figures import NoSuchFigure
from dienhong.records.rules import Figure, Scope, months_scope, neat, year_scope
from dienhong.records.scopes import name_of, of_body, session_scope, short_name, term_days, term_of, without_body

WAYS = ("year", "quarter", "month", "session", "term", "unit")


def _ways() -> list[tuple[str, str]]:
    words = {
        "year": _t("by year"),
        "quarter": _t("by quarter"),
        "unit": _t("by unit"),
        "month": _t("by month"),
        "session": _t("by session"),
        "term": _t("by term"),
    }
    return [(way, words[way]) for way in WAYS]


def scopes(scope: Scope, by: str, desk: Desk) -> list[Scope]:
    """The scopes that stand beside each other: all years or terms of the record, the parts of a year, the sessions, and
    the units that lead tasks in this time."""
    if by == "unit":
        return _units(without_body(scope), desk)
    if by == "quarter":
        year = scope.since.year
        return [months_scope(year, n * 3 - 2, n * 3, f"{year}-Q{n}") for n in range(1, 5)]
    if by == "month":
        year = scope.since.year
        return [months_scope(year, month, month, f"{year}-{month:02}") for month in range(1, 13)]
    if by == "term":
        labels = set(queries.terms_with_sessions().values_list("label", flat=True))
        return [term_days(term, desk.today, desk.rows) for term in desk.rows.terms if term.label in labels]
    if by == "session":
        term = term_of(scope, desk.rows)
        return [session_scope(s) for s in desk.rows.sessions if term is not None and s.term_id == term.pk and s.since]
    return [year_scope(year) for year in queries.years_of_record()]


def _units(scope: Scope, desk: Desk) -> list[Scope]:
    """What each unit that leads a task of a line in sight did in this time, by name."""
    lines = [years for line, years in desk.rows.tasks.items() if line in desk.sight]
    of_time = range(scope.since.year, scope.until.year + 1)
    leading = {task.body for years in lines for year in of_time for task in years.get(year, ())}
    found = [of_body(scope, key, code) for code, key in desk.rows.bodies.items() if key in leading]
    return sorted(found, key=lambda one: sort_key(short_name(one, desk.rows)))


def _keys(one: Scope, desk: Desk) -> list[tuple[str, str]]:
    """The figures that can be compared this way, with their names."""
    found = []
    for key, about in DEFINITIONS.items():
        try:
            desk.figure(key, one)
        except NoSuchFigure:
            continue
        found.append((key, str(about.label)))
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure beside itself: the times or units, which figure, what it is called, and its value in each."""

    scope: Scope
    by: str
    keys: list[tuple[str, str]]
    key: str
    label: str
    found: list[tuple[Scope, Figure]]
    desk: Desk


def compared(request: Visit, code: str) -> Compared:
    """What the address asks to compare; an unknown figure or way gives the first there is."""
    scope = asked(request, code)
    desk = desk_for(request)
    by = request.GET.get("by", "year")
    by = by if by in WAYS else "year"
    line = scopes(scope, by, desk)
    keys = _keys(line[0], desk) if line else []
    key = request.GET.get("figure", "tasks" if by == "unit" else "sessions")
    key = key if key in dict(keys) else (keys[0][0] if keys else "")
    found = [(one, figure_or_404(one, desk, key)) for one in line] if key else []
    return Compared(scope, by, keys, key, dict(keys).get(key, ""), found, desk)


def compare(request: Visit, code: str) -> HttpResponse:
    """One figure over several times or units, as a table with what changed and as a chart."""
    require(request.actor, queries.SEE, at=request.at)
    asked_for = compared(request, code)
    scope, by = asked_for.scope, asked_for.by
    return render(
        request,
        "year/compare.html",
        {
            "scope": scope,
            "code": in_address(scope),
            "title": title_of(scope),
            "back": page_of(scope),
            "label": asked_for.label,
            "keys": asked_for.keys,
            "key": asked_for.key,
            "by": by,
            "way": dict(_ways())[by],
            "ways": _ways(),
            "rows": _rows(asked_for),
            "chart": _chart(asked_for) if asked_for.found else "",
            "share": bool(asked_for.found and asked_for.found[0][1].share),
            "out_of": any(figure.out_of for _scope, figure in asked_for.found),
            "entry": last_number(),
        },
    )


def chart_file(request: Visit, code: str) -> HttpResponse:
    """The chart of a comparison as an SVG file that stands alone: for a slide or a paper."""
    require(request.actor, queries.SEE, at=request.at)
    asked_for = compared(request, code)
    if not asked_for.found:
        raise Http404
    drawing = charts.standing_alone(_chart(asked_for), f"{asked_for.label} ({title_of(asked_for.scope)})")
    answer = HttpResponse(drawing, content_type="image/svg+xml")
    name = f"{in_address(asked_for.scope)}-{asked_for.key}-{asked_for.by}.svg"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _chart(asked_for: Compared) -> SafeString:
    points = _points(asked_for)
    drawn = charts.units_chart if asked_for.by == "unit" else charts.series_chart
    return drawn(points, f"{asked_for.label}, {dict(_ways())[asked_for.by]}")


def _name(one: Scope, asked_for: Compared) -> str:
    """What a row is called: the unit, or the time as it is said."""
    if asked_for.by == "unit":
        return names_of_bodies([one.body or 0], one.until).get(one.body or 0, one.label)
    name = name_of(one, asked_for.desk.rows) if one.kind == "days" else short_name(one, asked_for.desk.rows)
    return begun(name)


def _rows(asked_for: Compared) -> list[dict[str, object]]:
    before: Figure | None = None
    out: list[dict[str, object]] = []
    for one, figure in asked_for.found:
        out.append(
            {
                "name": _name(one, asked_for),
                "url": rows_of(one, figure.key),
                "page": page_of(one),
                "value": in_words(figure),
                "gap": not figure.known,
                "change": change(figure, before) if asked_for.by != "unit" else "",
                "rows": len(figure.rows),
                "missing": figure.missing[:1],
                "now": one.label == asked_for.scope.label,
            }
        )
        before = figure
    return out


def _points(asked_for: Compared) -> list[charts.Point]:
    points = []
    for one, figure in asked_for.found:
        known = figure.value if figure.value is not None else figure.at_least
        said = f"{_name(one, asked_for)}: {in_words(figure)}"
        points.append(
            charts.Point(
                _tick(one, asked_for), float(known or 0), _shown(figure, known), said,
                rows_of(one, figure.key), figure.known, one.label == asked_for.scope.label,
            )
        )  # fmt: skip
    return points


def _tick(one: Scope, asked_for: Compared) -> str:
    """What stands under a bar: a year, a month's number, a quarter's Roman one, a session's number, a unit's name."""
    if asked_for.by == "unit":
        return _name(one, asked_for)
    if asked_for.by == "quarter":
        return ("I", "II", "III", "IV")[one.since.month // 3]
    if asked_for.by == "month":
        return str(one.since.month)
    return one.label.rpartition("-")[2] if one.kind == "session" else one.label


def _shown(figure: Figure, known: Decimal | None) -> str:
    """The number over a bar; a share without its sign, which the caption says; a floor with a sign of its own."""
    if known is None or (figure.value is None and not known):
        return ""
    text = formats.number(known, 1) if figure.share else formats.number(neat(known))
    return text if figure.value is not None else f"≥ {text}"
