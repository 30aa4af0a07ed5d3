"""The figures of a year and of a term: the page of all, the rows behind one, and the rows to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t

from dienhong.desks import formats
from dienhong.desks.door import Visit
from dienhong.desks.year import charts
from dienhong.desks.year.claims import told
from dienhong.desks.year.scoping import asked, desk_for, in_address, link_of, page_of, rows_of, title_of
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.journal.queries import last_number
from dienhong.people.models import Term
from dienhong.records import queries
from dienhong.records.actions import STAMP
from dienhong.records.claims.checking import Desk
from dienhong.records.claims.proposing import propose
from dienhong.records.definitions import GROUPS
from dienhong.records.figures import NoSuchFigure, figures
from dienhong.records.models import Stamp
from dienhong.records.rules import Figure, Row, Scope, neat
from dienhong.records.scopes import before, short_name

#: The figures that stand on top of the page, and what stands under each of them.
HEADLINES = (
    ("sessions", ("sessions.regular", "sessions.extraordinary")),
    ("standing_committee.meetings", ("standing_committee.recorded",)),
    ("laws", ()),
    ("deputies.published", ()),
    ("votes.laws.median", ()),
    ("tasks.done", ("tasks", "tasks.overdue")),
)
#: How many claims stand on the page of the figures; the others are a page away.
ON_PAGE = 8
#: How many rows of a figure stand on one page; a file holds them all.
ROWS_ON_PAGE = 500


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
    """The value as it is read: a number, 37/102 (36,3%), a share, "at least 13", or that it is not known."""
    if figure.value is not None and figure.out_of:
        words = {"part": formats.number(neat(figure.value)), "whole": formats.number(neat(figure.out_of))}
        return f"{words['part']}/{words['whole']} ({formats.percent(figure.value, figure.out_of, 1)})"
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
    wanted = request.GET.get("year", "").strip()
    if wanted.isascii() and wanted.isdigit() and 1946 <= int(wanted) <= 2200:
        return redirect("year:year", int(wanted))
    if wanted and Term.objects.filter(label=wanted).exists():
        return redirect("year:term", wanted)
    if wanted:
        return redirect(page_of(asked(request, wanted)))
    return redirect("year:year", queries.year_at(request.day))


def of_year(request: Visit, year: int) -> HttpResponse:
    """All figures of a year, and what can be said of it."""
    return _page(request, str(year))


def of_term(request: Visit, label: str) -> HttpResponse:
    """All figures of a term, and what can be said of it."""
    return _page(request, label)


def of_scope(request: Visit, code: str) -> HttpResponse:
    """All figures of a half, a quarter, a month or a session."""
    return _page(request, code)


def _page(request: Visit, code: str) -> HttpResponse:
    require(request.actor, queries.SEE, at=request.at)
    scope = asked(request, code)
    desk = desk_for(request)
    earlier = before(scope, request.day, desk.rows)
    was = {figure.key: figure for figure in figures(earlier, desk.today, desk.sight)} if earlier else {}
    table = shown(figures(scope, desk.today, desk.sight), was, lambda key: rows_of(scope, key))
    of_votes = table.get("votes.laws.median")
    shares = of_votes.figure.rows if of_votes else ()
    years = queries.sessions_by_year() if scope.body is None else []
    proposals = propose(scope, desk.today, desk.hash, desk.sight)
    return render(
        request,
        "year/year.html",
        {
            "scope": scope,
            "code": in_address(scope),
            "title": title_of(scope),
            "headlines": _headlines(table, scope),
            "groups": [
                (name, [s for s in table.values() if s.figure.group == group]) for group, name in GROUPS.items()
            ],
            "claims": [told(p.claim, desk, scope) for p in proposals[:ON_PAGE]],
            "claims_count": len(proposals),
            "before_label": short_name(earlier, desk.rows) if earlier else "",
            "sessions_chart": charts.sessions_chart(years, scope.year) if years else "",
            "years_counted": years,
            "shares_chart": charts.shares_chart(shares) if shares else "",
            "shares": shares,
            "years": queries.years_of_record(),
            "terms": [term.label for term in queries.terms_with_sessions()],
            "parts": [reverse("year:scope", args=[f"{scope.year}-Q{n}"]) for n in range(1, 5)] if scope.year else [],
            "shown_year": None if scope.kind == "term" else scope.since.year,
            "entry": last_number(),
        },
    )


def _headlines(table: dict[str, Shown], scope: Scope) -> list[dict[str, Any]]:
    """The figures on top. In a month that no session opened in, the one that sat in it stands beside the nought."""
    more = {"sessions": ("sessions.sitting",)} if scope.kind == "days" else {}
    return [_headline(table, key, (*more.get(key, ()), *under)) for key, under in HEADLINES if key in table]


def _headline(table: dict[str, Shown], key: str, under: tuple[str, ...]) -> dict[str, Any]:
    """A figure on top: its number, its name, what stands under it, its mark, and whether something is missing."""
    one = table[key]
    said = [f"{table[k].value} · {table[k].figure.label}" for k in under if k in table]
    figure, value = one.figure, one.value
    if figure.value is not None and figure.out_of:
        value = f"{formats.number(neat(figure.value))}/{formats.number(neat(figure.out_of))}"
        said.insert(0, formats.percent(figure.value, figure.out_of, 1))
    rows = _t("%(count)s rows") % {"count": formats.number(len(one.figure.rows))}
    return {
        "shown": one,
        "value": value,
        "said": said,
        "rows": rows,
        "gap": one.figure.value is None or bool(one.figure.missing),
    }


def figure_or_404(scope: Scope, desk: Desk, key: str) -> Figure:
    """One figure of a scope; what is no figure there, or not this reader's to see, is not found."""
    try:
        return desk.figure(key, scope)
    except NoSuchFigure as error:
        raise Http404 from error


def rows_of_year(request: Visit, year: int, key: str) -> HttpResponse:
    """The rows behind one figure of a year."""
    return rows_of_scope(request, str(year), key)


def rows_of_term(request: Visit, label: str, key: str) -> HttpResponse:
    """The rows behind one figure of a term."""
    return rows_of_scope(request, label, key)


def rows_of_scope(request: Visit, code: str, key: str) -> HttpResponse:
    """The rows behind one figure of a scope, and the stamps it was given."""
    require(request.actor, queries.SEE, at=request.at)
    scope = asked(request, code)
    figure = figure_or_404(scope, desk_for(request), key)
    asked_for = request.GET.get("page", "")
    pages = Paginator(figure.rows, ROWS_ON_PAGE)
    leaf = pages.get_page(asked_for)
    return render(
        request,
        "year/rows.html",
        {
            "leaf": leaf,
            "scope": scope,
            "code": in_address(scope),
            "title": title_of(scope),
            "figure": figure,
            "value": in_words(figure),
            "rows": [(row, link_of(row), number_of(row)) for row in leaf.object_list],
            "count": len(figure.rows),
            "said": [(said, None if said.value is None else neat(said.value)) for said in figure.reported],
            "has_value": any(row.value is not None for row in figure.rows),
            "shares": figure.key.startswith("votes."),
            "entry": last_number(),
            "back": page_of(scope),
            "rows_url": rows_of(scope, key),
            "stamps": Stamp.objects.filter(key=key, scope=scope.label).order_by("-id")[:10],
            "may_stamp": may(request.actor, STAMP, on=request.day).allowed,
        },
    )


def number_of(row: Row) -> Decimal | None:
    """The row's own number without needless zeros."""
    return None if row.value is None else neat(row.value)


# -- rows to take away ------------------------------------------------------------------------------------------------
def download_of_year(request: Visit, year: int, key: str, form: str) -> HttpResponse:
    """The rows of a figure of a year as CSV or JSON."""
    return download_of_scope(request, str(year), key, form)


def download_of_term(request: Visit, label: str, key: str, form: str) -> HttpResponse:
    """The rows of a figure of a term as CSV or JSON."""
    return download_of_scope(request, label, key, form)


def download_of_scope(request: Visit, code: str, key: str, form: str) -> HttpResponse:
    """The rows of a figure of a scope as CSV or JSON."""
    require(request.actor, queries.SEE, at=request.at)
    scope = asked(request, code)
    return _download(figure_or_404(scope, desk_for(request), key), in_address(scope), form)


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
