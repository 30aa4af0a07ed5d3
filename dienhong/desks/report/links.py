"""Where a live number leads: the page of the rows that it was counted from."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from dienhong.foundation.journal.kept import Kept
from dienhong.records.task_definitions import PREFIXES
from dienhong.reports import rules
from dienhong.reports.composing import paper_of
from dienhong.reports.document import Paper, Piece
from dienhong.reports.live import scope_of_period
from dienhong.reports.models import Report
from dienhong.reports.rules import Token
from dienhong.reports.task_figures import OWN
from dienhong.work.models import Line, Programme

_papers: Kept[Paper] = Kept(16)


def led(report: Report, today: dt.date) -> Paper:
    """The report's paper with every live place leading to its rows; readers share it as they do `paper_of`'s."""

    def make() -> Paper:
        paper = copy.deepcopy(paper_of(report, today))
        lead_pieces(paper.pieces(), report, today)
        return paper

    return _papers.get((report.pk, today), make)


def lead_pieces(pieces: Iterable[Piece], report: Report, today: dt.date) -> None:
    """Give every live place of these pieces the address of its rows; "" where no page shows them."""
    own = scope_of_period(report.kind, report.year, report.part, today).label
    for piece in pieces:
        for span in piece.spans:
            token = next(iter(rules.tokens_of(span.token)), None)
            span.url = _address(token, own, report) if token else ""


def _address(token: Token, own: str, report: Report) -> str:
    if token.kind == "claim":
        kind, key, scope = (*token.key.split("|"), "", "")[:3]
        key = key.partition("+")[0].rpartition(":")[2]  # of claims made together the first
        return _rows(scope or own, key) if kind and key else ""
    if token.key.startswith("tasks.next"):
        return _next_year(report, key=token.key == "tasks.next.key")
    first, dot, rest = token.key.partition(".")
    key = PREFIXES[Line(report.line)] if first == OWN else first  # a report calls the tasks of its line as the Office's
    return _rows(token.scope or own, f"{key}{dot}{rest}")


def _next_year(report: Report, *, key: bool) -> str:
    """The tasks that next year's programme holds so far: the list of the programme desk, since no year counts them."""
    found = (
        Programme.objects.filter(year=report.year + 1, line=report.line, body=None, term=None).order_by("pk").first()
    )
    asked = {"programme": str(found.pk) if found else "", "key": "1" if key else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('programme:tasks')}{'?' if query else ''}{query}"


def _rows(scope: str, key: str) -> str:
    try:
        return reverse("year:scope_rows", args=[scope.replace("/", "~"), key])
    except NoReverseMatch:
        return ""
