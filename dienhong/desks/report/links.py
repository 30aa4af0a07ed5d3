"""Where a live number leads: the page of the rows that it was counted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from dienhong.reports import rules
from dienhong.reports.document import Paper, Piece
from dienhong.reports.live import scope_of_period
from dienhong.reports.models import Report
from dienhong.reports.rules import Token
from dienhong.work.models import Programme

#: Figures of tasks stand on the desk of the programme: the filter that shows their rows.
TASKS = {"tasks": {}, "tasks.key": {"key": "1"}, "tasks.done": {"state": "done"}, "tasks.late": {"state": "overdue"}}


def lead(paper: Paper, report: Report, today: dt.date) -> Paper:
    """The paper with every live place leading to its rows."""
    lead_pieces(paper.pieces(), report, today)
    return paper


def lead_pieces(pieces: Iterable[Piece], report: Report, today: dt.date) -> None:
    """Give every live place of these pieces the address of its rows; "" where no page shows them."""
    own = scope_of_period(report.kind, report.year, report.part, today).label
    programmes = dict(
        Programme.objects.filter(year__in=(report.year, report.year + 1), line=report.line, body=None)
        .order_by("-pk")
        .values_list("year", "pk")
    )
    for piece in pieces:
        for span in piece.spans:
            token = next(iter(rules.tokens_of(span.token)), None)
            span.url = _address(token, own, report.year, programmes) if token else ""


def _address(token: Token, own: str, year: int, programmes: dict[int, int]) -> str:
    if token.kind == "claim":
        kind, key, scope = (*token.key.split("|"), "", "")[:3]
        key = key.partition("+")[0].rpartition(":")[2]  # of claims made together the first
        return _rows(scope or own, key) if kind and key else ""
    if token.key.startswith("tasks"):
        ahead = token.key.startswith("tasks.next")
        asked = {"programme": str(programmes.get(year + ahead, "")), **TASKS.get(token.key, {})}
        return f"{reverse('programme:tasks')}?{urlencode({k: v for k, v in asked.items() if v})}"
    return _rows(token.scope or own, token.key)


def _rows(scope: str, key: str) -> str:
    try:
        return reverse("year:scope_rows", args=[scope.replace("/", "~"), key])
    except NoReverseMatch:
        return ""
