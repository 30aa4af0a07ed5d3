"""What people do with records: enter what others counted, state what the record holds in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.clock import day_of
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.journal.chain import canonical
from dienhong.foundation.journal.queries import last_number
from dienhong.foundation.refusal import Refusal
from dienhong.meetings.models import Session
from dienhong.records import events
from dienhong.records.claims.checking import check
from dienhong.records.claims.rules import Verdict
from dienhong.records.claims.spec import NotAClaim, spec_of
from dienhong.records.claims.texts import keys_of
from dienhong.records.figures import confined, in_sight, sight_of
from dienhong.records.models import Choice, ClaimText, Coverage, Qualifier, ReportedFigure, Settlement, Stamp
from dienhong.records.rules import neat
from dienhong.records.scopes import scope_of
from dienhong.records.shelf import shelf
from dienhong.records.stamps import computed, digest

KEEP_RECORDS = declare("records.keep", _("Enter published figures and state what the record holds"))
WRITE_CLAIM = declare("records.claim", _("Write claims about the record"))
SETTLE = declare("records.settle", _("Decide what is written of a claim that the record does not prove"))
STAMP = declare("records.stamp", _("Stamp figures"))


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


# -- stamps -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def stamp_figure(*, actor: Actor, key: str, scope: str, at: dt.datetime) -> Stamp:
    """Stamp a figure with the journal entry it was computed at (đóng dấu số liệu). Raises NoSuchFigure, NoSuchScope."""
    require(actor, STAMP, at=at)
    entry = last_number()
    found, rows = computed(key, scope, day_of(at), sight_of(actor, day_of(at)))
    stamp = Stamp.objects.create(
        key=key,
        scope=scope,
        value=found.value,
        at_least=found.at_least,
        whole=found.known,
        rows=rows,
        digest=digest(rows),
        entry=entry,
        at=at,
    )
    value = "" if found.value is None else f"{neat(found.value):f}"
    told = ("…", 0) if confined(key) else (value, len(rows))  # the journal has more readers than the line
    record(events.FigureStamped(key, scope, *told, stamp.digest, entry), actor=actor, at=at)
    return stamp


# -- claims -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def write_claim(
    *,
    actor: Actor,
    scope: str,
    text: str,
    at: dt.datetime,
    spec: Mapping[str, Any] | None = None,
    text_english: str = "",
    stated_by: str = "",
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> ClaimText:
    """Write a claim down (ghi nhận định): with typed parameters it is checked on every reading, without it is not.

    Raises NotAClaim, NoSuchFigure, NoSuchScope where the parameters say nothing that can be checked.
    """
    require(actor, WRITE_CLAIM, at=at)
    if len(nfc(text)) < 5:
        raise NotAClaim(_("Write the sentence."), field="text")
    scope, kept = _parameters(actor, scope, spec, at)
    if ClaimText.objects.filter(scope=scope, text=nfc(text), stated_by=nfc(stated_by)).exists():
        raise NotAClaim(_("This sentence is already there."), field="text")
    row = ClaimText.objects.create(
        scope=scope,
        text=nfc(text),
        text_english=nfc(text_english),
        stated_by=nfc(stated_by),
        spec=kept,
        mark=mark,
        source=source,
        note=note,
        at=at,
    )
    open_text, open_spec = ("…", "{}") if any(map(confined, keys_of(row))) else (row.text, canonical(kept))
    record(events.ClaimWritten(scope, open_text, open_spec), actor=actor, at=at)
    return row


def _parameters(
    actor: Actor, scope: str, spec: Mapping[str, Any] | None, at: dt.datetime
) -> tuple[str, dict[str, Any]]:
    """The scope of a claim and its typed parameters, checked once; none where it is a sentence only."""
    if not spec:
        scope_of(scope, day_of(at), shelf())
        return scope, {}
    claim = check(spec_of(spec), day_of(at), sight=sight_of(actor, day_of(at)))
    return claim.spec.scope, claim.spec.as_json()


@transaction.atomic
def withdraw_claim(*, actor: Actor, text_id: int, at: dt.datetime) -> ClaimText:
    """Take a written claim back (rút nhận định); it stays in the journal."""
    require(actor, WRITE_CLAIM, at=at)
    row = ClaimText.objects.select_for_update().get(pk=text_id)
    sight = sight_of(actor, day_of(at))
    if not all(in_sight(key, sight) for key in keys_of(row)):
        raise NotAClaim(_("There is no such sentence, or it is not yours to see."), field="text")
    if row.withdrawn_at is not None:
        raise NotAClaim(_("This sentence was already withdrawn."), field="text")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    open_text = "…" if any(map(confined, keys_of(row))) else row.text
    record(events.ClaimWithdrawn(row.scope, open_text), actor=actor, at=at)
    return row


@transaction.atomic
def settle_claim(
    *, actor: Actor, spec: Mapping[str, Any], choice: str, wording: str, reason: str, at: dt.datetime
) -> Settlement:
    """Decide what is written of a claim that the record contradicts or does not prove (kết luận về nhận định).

    Raises NotAClaim when the claim is proved, when the wording or the reason is lacking.
    """
    require(actor, SETTLE, at=at)
    entry = last_number()
    claim = check(spec_of(spec), day_of(at), sight=sight_of(actor, day_of(at)))
    if claim.verdict == Verdict.PROVED:
        raise NotAClaim(_("The record proves this claim; there is nothing to decide."), field="choice")
    if choice not in Choice.values:
        raise NotAClaim(_("Choose what is written."), field="choice")
    wording, reason = nfc(wording), nfc(reason)
    if choice == Choice.DROP:
        wording = ""
    elif len(wording) < 5:
        raise NotAClaim(_("Write the sentence that goes into the report."), field="wording")
    if len(reason) < 5:
        raise NotAClaim(_("Say why."), field="reason")
    row = Settlement.objects.create(
        claim=claim.spec.code,
        verdict=str(claim.verdict),
        choice=choice,
        wording=wording,
        reason=reason,
        by=actor.name,
        entry=entry,
        at=at,
    )
    facts = (row.claim, row.verdict, choice, wording, reason)
    if any(confined(key) for key in claim.spec.figures):
        facts = (f"{claim.spec.kind}|{claim.spec.figure}|{claim.spec.scope}", "…", choice, "…", "…")
    record(events.ClaimSettled(*facts), actor=actor, at=at)
    return row
