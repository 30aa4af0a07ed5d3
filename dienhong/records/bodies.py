"""Counting what one body did in a stretch of days: its meetings, their working days, the dossiers it leads."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _t

from dienhong.meetings.models import Meeting, MeetingState
from dienhong.records import rules
from dienhong.records.books import Books, plain
from dienhong.records.counting import meeting_row, undated
from dienhong.records.rules import Figure, Row
from dienhong.work.models import Dossier


def count(books: Books) -> list[Figure]:
    """The figures of one body. The office's own books are no proof that the body did nothing else: they are partial."""
    scope = books.scope
    meetings: list[Meeting] = []
    unclear = 0
    held = Meeting.objects.filter(body_id=scope.body or 0).exclude(state=MeetingState.PLANNED)
    for meeting in sorted(held, key=lambda m: (m.since or dt.date.max, m.pk)):
        place = rules.belongs(scope, day=meeting.since or meeting.until, year=meeting.year, term=None)
        meetings += [meeting] if place else []
        unclear += place is None
    rows = [meeting_row(m) for m in meetings]
    lacks = [_t("The record is not known to hold every meeting of this body"), *undated(rows)]
    if unclear:
        lacks.append(_t("Meetings without a day that may lie in this time: %(count)s") % {"count": unclear})
    number = Decimal(len(rows))
    days = sum((row.value for row in rows if row.value is not None), Decimal())
    dossiers = Dossier.objects.filter(lead_id=scope.body or 0, opened__gte=scope.since, opened__lte=scope.until)
    led = [
        Row(d.opened, d.title, d.source, d.mark, d.closed, None, d.note, f"dossier:{d.pk}")
        for d in dossiers.order_by("opened", "pk")
    ]
    return [
        plain("body.meetings", value=number, at_least=number, rows=rows, missing=lacks, partial=True),
        plain("body.working_days", value=days, at_least=days, rows=rows, missing=lacks, partial=True),
        plain("body.dossiers", value=Decimal(len(led)), at_least=Decimal(len(led)), rows=led),
    ]
