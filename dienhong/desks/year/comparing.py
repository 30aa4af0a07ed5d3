"""Comparison tables and charts: one figure over months, years, sessions or terms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t

from dienhong.desks import formats
from dienhong.desks.door import Visit
from dienhong.desks.year import charts
from dienhong.desks.year.scoping import asked, desk_for, in_address, page_of, rows_of, title_of
from dienhong.desks.year.views import change, figure_or_404, in_words
from dienhong.foundation.access.actor import require
from dienhong.foundation.folding import sort_key
from dienhong.foundation.journal.queries import last_number
from dienhong.records import queries
from dienhong.records.claims.checking import Desk
from dienhong.records.definitions import DEFINITIONS
from dienhong.records.figures import NoSuchFigure
from dienhong.records.rules import Figure, Scope, months_scope, neat, year_scope
from dienhong.records.scopes import of_body, session_scope, short_name, term_days, term_of, without_body

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


def compare(request: Visit, code: str) -> HttpResponse:
    """One figure over several times, as a table with what changed and as a chart."""
    require(request.actor, queries.SEE, at=request.at)
    scope = asked(request, code)
    desk = desk_for(request)
    by = request.GET.get("by", "year")
    by = by if by in WAYS else "year"
    line = scopes(scope, by, desk)
    keys = _keys(line[0], desk) if line else []
    key = request.GET.get("figure", "tasks" if by == "unit" else "sessions")
    key = key if key in dict(keys) else (keys[0][0] if keys else "")
    found = [(one, figure_or_404(one, desk, key)) for one in line] if key else []
    return render(
        request,
        "year/compare.html",
        {
            "scope": scope,
            "code": in_address(scope),
            "title": title_of(scope),
            "back": page_of(scope),
            "label": dict(keys).get(key, ""),
            "keys": keys,
            "key": key,
            "by": by,
            "ways": _ways(),
            "rows": _rows(found, scope, desk),
            "chart": charts.series_chart(_points(found, scope, desk), dict(keys).get(key, "")) if found else "",
            "entry": last_number(),
        },
    )  # fmt: skip


def _rows(found: list[tuple[Scope, Figure]], scope: Scope, desk: Desk) -> list[dict[str, object]]:
    before: Figure | None = None
    out: list[dict[str, object]] = []
    for one, figure in found:
        out.append(
            {
                "name": short_name(one, desk.rows),
                "url": rows_of(one, figure.key),
                "page": page_of(one),
                "value": in_words(figure),
                "gap": not figure.known,
                "change": change(figure, before),
                "rows": len(figure.rows),
                "missing": figure.missing[:1],
                "now": one.label == scope.label,
            }
        )
        before = figure
    return out


def _points(found: list[tuple[Scope, Figure]], scope: Scope, desk: Desk) -> list[charts.Point]:
    points = []
    for one, figure in found:
        known = figure.value if figure.value is not None else figure.at_least
        label = one.label.rpartition("-")[2] if one.kind == "session" else one.label
        label = str(one.since.month) if one.kind == "days" else label
        known_as = in_words(figure) if figure.value is not None else f"≥ {formats.number(neat(known))}" if known else ""
        said = f"{short_name(one, desk.rows)}: {in_words(figure)}"
        points.append(
            charts.Point(
                label, float(known or 0), known_as, said,
                rows_of(one, figure.key), figure.known, one.label == scope.label,
            )
        )  # fmt: skip
    return points
