"""Counting the law texts that this office holds, by the day of the document."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from dienhong.records.books import Books, plain
from dienhong.records.definitions import Definition, define
from dienhong.records.rules import Figure, Row
from dienhong.texts.models import Work, WorkKind

define(
    Definition(
        "texts",
        "texts",
        _("Documents in the library of this office"),
        _("Documents of any kind in the library, by their own date; no proof that there are no others"),
        "document",
    ),
    Definition(
        "texts.laws",
        "texts",
        _("Laws in the library of this office"),
        _("Laws and codes in the library, by their own date; no proof that there are no others"),
        "law",
    ),
)
LAWS = {WorkKind.LAW, WorkKind.CODE, WorkKind.CONSTITUTION}


def count(books: Books) -> list[Figure]:
    """The documents and the laws of the library dated in these days. They never prove how many there are outside."""
    scope = books.scope
    found = Work.objects.filter(date__gte=scope.since, date__lte=scope.until).order_by("date", "number", "pk")
    fields = ("pk", "kind", "number", "title", "date", "source", "mark", "note")
    rows: list[Row] = []
    laws: list[Row] = []
    for pk, kind, number, title, date, source, mark, note in found.values_list(*fields):
        name = f"{title}, {number}" if number else title
        row = Row(date, name, source, mark, None, None, note, f"work:{pk}")
        rows.append(row)
        if kind in LAWS:
            laws.append(row)
    return [
        plain(key, value=Decimal(len(some)), at_least=Decimal(len(some)), rows=some, partial=True)
        for key, some in (("texts", rows), ("texts.laws", laws))
    ]
