"""The figures of a year and of a term: the page of all, the rows behind one, and the rows to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _t

from dienhong.desks import formats
from dienhong.desks.door import Visit
from dienhong.desks.year import charts
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.journal.queries import last_number
from dienhong.people.models import Term
from dienhong.records import queries
from dienhong.records.definitions import GROUPS
from dienhong.records.figures import figures
from dienhong.records.rules import Figure, Row, Scope, neat, year_scope

#: The figures that stand on top of the page, and what stands under each of them.
HEADLINES = (
    ("sessions", ("sessions.regular", "sessions.extraordinary")),
    ("standing_committee.meetings", ("standing_committee.recorded",)),
    ("laws", ()),
    ("deputies.published", ()),
    ("votes.laws.median", ()),
)
#: The page of the thing that a row stands for; a desk that is not there leaves the row without a link.
PAGES = {
    "session": "chamber:session",
    "meeting": "chamber:meeting",
    "vote": "chamber:vote",
    "person": "register:person",
}


def may_enter(request: HttpRequest) -> bool:
    """Whether this person may read figures."""
    actor, day = getattr(request, "actor", None), getattr(request, "day", None)
    return bool(actor and day and may(actor, queries.SEE, on=day).allowed)


# -- how a figure is shown --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as the page shows it, with the one of the year before."""

    figure: Figure
    value: str
    url: str
    before: str
    change: str
    under: str = ""


def in_words(figure: Figure) -> str:
    """The value as it is read: a number, a share, "at least 13", or that it is not known."""
    if figure.value is not None:
        return formats.percent(figure.value) if figure.share else formats.number(neat(figure.value))
    if figure.at_least:
        return _t("at least %(number)s") % {"number": formats.number(neat(figure.at_least))}
    return formats.number(None)


def change(figure: Figure, before: Figure | None) -> str:
    """What changed against the year before, with its sign; "" when one of the two is not known."""
    if before is None or figure.value is None or before.value is None:
        return ""
    difference = neat(figure.value - before.value)
    places = 2 if figure.share else None
    return f"+{formats.number(difference, places)}" if difference > 0 else formats.number(difference, places)


def shown(found: Iterable[Figure], before: dict[str, Figure], address: Any) -> dict[str, Shown]:
    """The figures by key, as the page shows them."""
    out = {}
    for figure in found:
        other = before.get(figure.key)
        was = in_words(other) if other else ""
        out[figure.key] = Shown(figure, in_words(figure), address(figure.key), was, change(figure, other))
    return out


# -- pages ------------------------------------------------------------------------------------------------------------
def home(request: Visit) -> HttpResponse:
    """The figures of the year that the office lives in."""
    require(request.actor, queries.SEE, at=request.at)
    wanted = request.GET.get("year", "")
    if wanted.isascii() and wanted.isdigit() and 1946 <= int(wanted) <= 2200:
        return redirect("year:year", int(wanted))
    if wanted and Term.objects.filter(label=wanted).exists():
        return redirect("year:term", wanted)
    return redirect("year:year", queries.year_at(request.day))


def of_year(request: Visit, year: int) -> HttpResponse:
    """All figures of a year."""
    require(request.actor, queries.SEE, at=request.at)
    scope = _year(year)
    before = {figure.key: figure for figure in figures(year_scope(year - 1), request.day)}
    return _page(request, scope, before, f"{year - 1}", lambda key: reverse("year:rows", args=[year, key]))


def of_term(request: Visit, label: str) -> HttpResponse:
    """All figures of a term."""
    require(request.actor, queries.SEE, at=request.at)
    return _page(request, _term(request, label), {}, "", lambda key: reverse("year:term_rows", args=[label, key]))


def _year(year: int) -> Scope:
    if not 1946 <= year <= 2200:
        raise Http404
    return year_scope(year)


def _term(request: Visit, label: str) -> Scope:
    try:
        return queries.term_scope(label, request.day)
    except Term.DoesNotExist as error:
        raise Http404 from error


def _page(request: Visit, scope: Scope, before: dict[str, Figure], before_label: str, address: Any) -> HttpResponse:
    found = figures(scope, request.day)
    table = shown(found, before, address)
    shares = table["votes.laws.median"].figure.rows
    years = queries.sessions_by_year()
    return render(
        request,
        "year/year.html",
        {
            "scope": scope,
            "title": _title(scope),
            "headlines": [_headline(table, key, under) for key, under in HEADLINES],
            "groups": [
                (name, [s for s in table.values() if s.figure.group == group]) for group, name in GROUPS.items()
            ],
            "before_label": before_label,
            "sessions_chart": charts.sessions_chart(years, scope.year) if years else "",
            "years_counted": years,
            "shares_chart": charts.shares_chart(shares) if shares else "",
            "shares": shares,
            "years": queries.years_of_record(),
            "terms": [term.label for term in queries.terms_with_sessions()],
            "entry": last_number(),
        },
    )


def _title(scope: Scope) -> str:
    if scope.year:
        return _t("Year %(year)s") % {"year": scope.year}
    return _t("Term %(term)s") % {"term": scope.label}


def _headline(table: dict[str, Shown], key: str, under: tuple[str, ...]) -> dict[str, Any]:
    """A figure on top: its number, its name, what stands under it, its mark, and whether something is missing."""
    one = table[key]
    said = [f"{table[k].value} · {table[k].figure.label}" for k in under]
    rows = _t("%(count)s rows") % {"count": formats.number(len(one.figure.rows))}
    return {"shown": one, "said": said, "rows": rows, "gap": one.figure.value is None or bool(one.figure.missing)}


def _figure(scope: Scope, request: Visit, key: str) -> Figure:
    found = next((figure for figure in figures(scope, request.day) if figure.key == key), None)
    if found is None:
        raise Http404
    return found


def rows_of_year(request: Visit, year: int, key: str) -> HttpResponse:
    """The rows behind one figure of a year."""
    require(request.actor, queries.SEE, at=request.at)
    scope = _year(year)
    urls = {"back": reverse("year:year", args=[year]), "rows_url": reverse("year:rows", args=[year, key])}
    return _rows(request, scope, _figure(scope, request, key), urls)


def rows_of_term(request: Visit, label: str, key: str) -> HttpResponse:
    """The rows behind one figure of a term."""
    require(request.actor, queries.SEE, at=request.at)
    scope = _term(request, label)
    urls = {"back": reverse("year:term", args=[label]), "rows_url": reverse("year:term_rows", args=[label, key])}
    return _rows(request, scope, _figure(scope, request, key), urls)


def _rows(request: Visit, scope: Scope, figure: Figure, urls: dict[str, str]) -> HttpResponse:
    return render(
        request,
        "year/rows.html",
        {
            "scope": scope,
            "title": _title(scope),
            "figure": figure,
            "value": in_words(figure),
            "rows": [(row, link_of(row), number_of(row)) for row in figure.rows],
            "said": [(said, None if said.value is None else neat(said.value)) for said in figure.reported],
            "has_value": any(row.value is not None for row in figure.rows),
            "shares": figure.key.startswith("votes."),
            "entry": last_number(),
            **urls,
        },
    )


def number_of(row: Row) -> Decimal | None:
    """The row's own number without needless zeros."""
    return None if row.value is None else neat(row.value)


def link_of(row: Row) -> str:
    """The address of the thing a row stands for, "" when there is none."""
    kind, _colon, key = row.about.partition(":")
    try:
        return reverse(PAGES[kind], args=[int(key)]) if kind in PAGES else ""
    except NoReverseMatch:
        return ""


# -- rows to take away ------------------------------------------------------------------------------------------------
def download_of_year(request: Visit, year: int, key: str, form: str) -> HttpResponse:
    """The rows of a figure of a year as CSV or JSON."""
    require(request.actor, queries.SEE, at=request.at)
    return _download(_figure(_year(year), request, key), str(year), form)


def download_of_term(request: Visit, label: str, key: str, form: str) -> HttpResponse:
    """The rows of a figure of a term as CSV or JSON."""
    require(request.actor, queries.SEE, at=request.at)
    return _download(_figure(_term(request, label), request, key), label, form)


def _download(figure: Figure, label: str, form: str) -> HttpResponse:
    if form == "json":
        answer: HttpResponse = JsonResponse(figure.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    elif form == "csv":
        answer = HttpResponse(as_csv(figure), content_type="text/csv; charset=utf-8")
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="{label}-{figure.key}.{form}"'
    return answer


def as_csv(figure: Figure) -> str:
    """The rows as CSV with a byte order mark, so that a spreadsheet reads the Vietnamese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["date", "until", "name", "value", "mark", "source", "note"])
    for row in figure.rows:
        day, until = row.date.isoformat() if row.date else "", row.until.isoformat() if row.until else ""
        value = "" if row.value is None else f"{row.value:f}"
        writer.writerow([_safe(cell) for cell in (day, until, row.name, value, row.mark, row.source, row.note)])
    return "\ufeff" + out.getvalue()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell
