"""Stamps on the desk of the year: stamping a figure, and holding a stamp against the record of now."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dienhong.desks import formats
from dienhong.desks.door import Visit
from dienhong.desks.year.scoping import asked, page_of, rows_of, title_of
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.journal.queries import READ
from dienhong.records import actions, queries
from dienhong.records.definitions import DEFINITIONS
from dienhong.records.figures import NoSuchFigure, in_sight, sight_of
from dienhong.records.models import Stamp
from dienhong.records.rules import neat
from dienhong.records.stamps import Recomputed, recompute


@require_http_methods(["POST"])
def stamp(request: Visit, code: str, key: str) -> HttpResponse:
    """Stamp a figure with the journal's newest entry."""
    require(request.actor, actions.STAMP, at=request.at)
    scope = asked(request, code)
    try:
        made = actions.stamp_figure(actor=request.actor, key=key, scope=scope.label, at=request.at)
    except NoSuchFigure as error:
        raise Http404 from error
    return redirect("year:stamp", made.pk)


def _neat(value: Decimal | None) -> Decimal | None:
    return None if value is None else neat(value)


def _in_words(part: str, value: Any) -> str:
    """One fact of a row that is otherwise, as it is read."""
    if value is None or value == "":
        return "–"
    if part in {"date", "until"}:
        return formats.date(dt.date.fromisoformat(value))
    return formats.number(neat(Decimal(value))) if part == "value" else str(value)


PARTS = {
    "date": _("Day"), "until": _("until"), "value": _("Number"), "mark": _("Checked"), "source": _("Source"),
}  # fmt: skip


def _altered(found: Recomputed) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The rows that are otherwise: each with its name and what was and is now."""
    return [
        (row.name, [(str(PARTS[part]), _in_words(part, was), _in_words(part, row.now[part]))
                    for part, was in row.before.items()])
        for row in found.changed
    ]  # fmt: skip


def one(request: Visit, stamp_id: int) -> HttpResponse:
    """A stamp, computed anew: the same value, or what is otherwise since."""
    require(request.actor, queries.SEE, at=request.at)
    kept = get_object_or_404(Stamp, pk=stamp_id)
    scope = asked(request, kept.scope)
    sight = sight_of(request.actor, request.day)
    if not in_sight(kept.key, sight):
        raise Http404
    found = recompute(kept, request.day, sight)
    return render(
        request,
        "year/stamp.html",
        {
            "stamp": kept,
            "scope": scope,
            "title": title_of(scope),
            "back": page_of(scope),
            "rows_url": rows_of(scope, kept.key),
            "found": found,
            "altered": _altered(found),
            "stamped": _neat(kept.value),
            "stamped_least": _neat(kept.at_least),
            "value_now": _neat(found.value),
            "least_now": _neat(found.at_least),
            "value_today": _neat(found.today),
            "stamped_day": day_of(kept.at),
            "label": DEFINITIONS[kept.key].label if kept.key in DEFINITIONS else kept.key,
            "may_read": may(request.actor, READ, on=request.day).allowed,
        },
    )
