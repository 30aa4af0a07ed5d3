"""What people do with records: enter what others counted, state what the record holds in full."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.meetings.models import Session
from dienhong.records import events
from dienhong.records.models import Coverage, Qualifier, ReportedFigure

KEEP_RECORDS = declare("records.keep", _("Enter published figures and state what the record holds"))


class NotAFigure(Refusal):
    """What is to be entered is no figure, or is already there."""


@transaction.atomic
def enter_reported_figure(
    *,
    actor: Actor,
    year: int,
    key: str,
    name: str,
    value: Decimal | None,
    at: dt.datetime,
    name_english: str = "",
    session: Session | None = None,
    stated_by: str = "",
    qualifier: str = Qualifier.EXACT,
    unit: str = "",
    leaves_out: str = "",
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> ReportedFigure:
    """Enter a number that somebody else counted and published (ghi số liệu đã công bố)."""
    require(actor, KEEP_RECORDS, at=at)
    _check_figure(year, key, name, value, session, stated_by, qualifier)
    row = ReportedFigure.objects.create(
        year=year,
        key=key,
        name=nfc(name),
        name_english=nfc(name_english),
        value=value,
        session=session,
        stated_by=nfc(stated_by),
        qualifier=qualifier,
        unit=unit,
        leaves_out=leaves_out,
        mark=mark,
        source=source,
        note=note,
    )
    record(events.FigureReported(year, key, row.name, "" if value is None else f"{value:f}"), actor=actor, at=at)
    return row


def _check_figure(
    year: int, key: str, name: str, value: Decimal | None, session: Session | None, stated_by: str, qualifier: str
) -> None:
    if len(nfc(name)) < 3:
        raise NotAFigure(_("Write what was counted."), field="name")
    if value is not None and value < 0:
        raise NotAFigure(_("A count is not negative."), field="value")
    if session is not None and session.year != year:
        raise NotAFigure(_("The session belongs to another year."), field="session")
    if qualifier not in Qualifier.values:
        raise NotAFigure(_("Say how exact the number is."), field="qualifier")
    if ReportedFigure.objects.filter(year=year, session=session, key=key, stated_by=stated_by).exists():
        raise NotAFigure(_("This statement of the figure is already there."), field="key")


@transaction.atomic
def state_coverage(
    *,
    actor: Actor,
    key: str,
    name: str,
    since: dt.date,
    at: dt.datetime,
    until: dt.date | None = None,
    name_english: str = "",
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Coverage:
    """State over which days the record of a matter has no gap (xác định phạm vi đầy đủ của hồ sơ)."""
    require(actor, KEEP_RECORDS, at=at)
    if until and until < since:
        raise NotAFigure(_("The last day lies before the first."), field="until")
    if Coverage.objects.filter(key=key, since=since).exists():
        raise NotAFigure(_("This statement is already there."), field="key")
    row = Coverage.objects.create(
        key=key,
        name=nfc(name),
        name_english=nfc(name_english),
        since=since,
        until=until,
        mark=mark,
        source=source,
        note=note,
    )
    record(
        events.CoverageStated(key, row.name, since.isoformat(), until.isoformat() if until else ""), actor=actor, at=at
    )
    return row


@transaction.atomic
def note_loading(*, actor: Actor, file: str, digest: str, added: int, same: int, at: dt.datetime) -> None:
    """Write into the journal which file of the public record was loaded (ghi việc nạp hồ sơ công khai)."""
    require(actor, KEEP_RECORDS, at=at)
    record(events.RecordLoaded(file, digest, added, same), actor=actor, at=at)
