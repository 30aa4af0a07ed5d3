"""What people do with constituencies, mandates and the standing of deputies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.facts import Mark
from dienhong.foundation.journal.actions import record
from dienhong.people import events, rules
from dienhong.people.grounds import (
    KEEP_MANDATES,
    Contradiction,
)
from dienhong.people.models import (
    ENDING,
    Body,
    Constituency,
    Mandate,
    Person,
    Seat,
    Standing,
    Status,
    Term,
)


@transaction.atomic
def enter_constituencies(
    *, actor: Actor, term: Term, rows: Iterable[Constituency], at: dt.datetime
) -> list[Constituency]:
    """Enter the constituencies of an election (đơn vị bầu cử), unsaved rows of one term."""
    require(actor, KEEP_MANDATES, at=at)
    rows = list(rows)
    if any(row.term_id != term.pk for row in rows):
        raise Contradiction(_("All constituencies must belong to the same term."))
    try:
        with transaction.atomic():
            made = Constituency.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Contradiction(_("A constituency with this number is already in the register.")) from error
    record(events.ConstituenciesEntered(term.pk, len(made)), actor=actor, at=at)
    return made


@transaction.atomic
def confirm_mandate(
    *,
    actor: Actor,
    person: Person,
    term: Term,
    delegation: Body,
    since: dt.date,
    at: dt.datetime,
    constituency: Constituency | None = None,
    full_time: bool = False,
    mark: str = Mark.OFFICE,
    source: str = "",
) -> Mandate:
    """Confirm a deputy's mandate (xác nhận tư cách đại biểu) and seat the deputy in a delegation."""
    require(actor, KEEP_MANDATES, at=at)
    if Mandate.objects.filter(person=person, term=term).exists():
        raise Contradiction(_("%(name)s already has a mandate of this term.") % {"name": person.full_name})
    mandate = Mandate.objects.create(
        person=person,
        term=term,
        constituency=constituency,
        since=since,
        until=term.until,
        full_time=full_time,
        mark=mark,
        source=source,
    )
    Seat.objects.create(mandate=mandate, delegation=delegation, since=since, until=term.until)
    record(events.MandateConfirmed(person.pk, term.pk, delegation.pk, since.isoformat()), actor=actor, at=at)
    return mandate


@transaction.atomic
def change_standing(
    *,
    actor: Actor,
    mandate: Mandate,
    status: str,
    since: dt.date,
    at: dt.datetime,
    basis: str = "",
    mark: str = Mark.OFFICE,
    source: str = "",
) -> Standing:
    """Record the standing of a deputy from a day on (LTCQH art. 38-40): suspended, active again, or the mandate's end.

    Where the standing ends the mandate, `since` is the first day without it.
    """
    require(actor, KEEP_MANDATES, at=at)
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if status not in Status.values or status == Status.MOVED:
        raise Contradiction(_("Choose a standing."), field="status")
    if (mandate.until and since > mandate.until) or (mandate.since and since < mandate.since):
        raise Contradiction(_("The mandate is not in force on that day."), field="since")
    last = mandate.standings.order_by("-since", "-pk").first()
    if last and last.since and last.since >= since:
        raise Contradiction(_("The register already holds a later standing."), field="since")
    if status == Status.ACTIVE and (last is None or last.status != Status.SUSPENDED):
        raise Contradiction(_("Only a suspended deputy can become active again."), field="status")
    if last and last.until is None:
        last.until = since - rules.ONE_DAY
        last.save(update_fields=["until"])
    standing = Standing.objects.create(
        mandate=mandate, status=status, since=since, basis=basis, mark=mark, source=source
    )
    if status in ENDING:
        mandate.until = since - rules.ONE_DAY
        mandate.save(update_fields=["until"])
        Seat.objects.filter(mandate=mandate, since__gt=mandate.until).delete()
        Seat.objects.filter(mandate=mandate, until__isnull=True).update(until=mandate.until)
        Seat.objects.filter(mandate=mandate, until__gt=mandate.until).update(until=mandate.until)
    record(events.StandingChanged(mandate.person_id, status, since.isoformat(), basis), actor=actor, at=at)
    return standing


@transaction.atomic
def move_deputy(
    *, actor: Actor, mandate: Mandate, delegation: Body, since: dt.date, at: dt.datetime, basis: str = ""
) -> Seat:
    """Move a deputy to another delegation (chuyển sinh hoạt Đoàn, LTCQH art. 38.1); the mandate goes on."""
    require(actor, KEEP_MANDATES, at=at)
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if not rules.covers((mandate.since, mandate.until), since):
        raise Contradiction(_("The mandate is not in force on that day."), field="since")
    seat = Seat.objects.filter(mandate=mandate).order_by("-since", "-pk").first()
    if seat and seat.delegation_id == delegation.pk:
        raise Contradiction(_("The deputy already belongs to this delegation."), field="delegation")
    if seat and seat.since and seat.since >= since:
        raise Contradiction(_("The deputy joined the present delegation on a later day."), field="since")
    if seat:
        seat.until = since - rules.ONE_DAY
        seat.save(update_fields=["until"])
    new = Seat.objects.create(mandate=mandate, delegation=delegation, since=since, until=mandate.until)
    Standing.objects.create(mandate=mandate, status=Status.MOVED, since=since, until=since, basis=basis)
    record(events.DeputyMoved(mandate.person_id, delegation.pk, since.isoformat()), actor=actor, at=at)
    return new
