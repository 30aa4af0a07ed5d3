"""What people do with many rows of the register at once: the deputies of a new term, the merger of delegations."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.models import Account
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import fold, nfc, person_sort_key
from dienhong.foundation.journal.actions import record
from dienhong.people import events, rules
from dienhong.people.grounds import KEEP_BODIES, KEEP_MANDATES, Contradiction
from dienhong.people.models import (
    Body,
    BodyName,
    BodyPlace,
    Constituency,
    Mandate,
    Person,
    Seat,
    Succession,
    Term,
)


@dataclass(frozen=True, slots=True)
class NewDeputy:
    """One row of the list of those elected. `person` is somebody the register already holds; else one is entered."""

    full_name: str
    code: str
    delegation: Body
    person: Person | None = None
    account: Account | None = None
    gender: str = ""
    born: dt.date | None = None
    ethnicity: str = ""
    constituency: Constituency | None = None
    group: Body | None = None
    full_time: bool = False


@transaction.atomic
def confirm_deputies(
    *,
    actor: Actor,
    term: Term,
    rows: Sequence[NewDeputy],
    since: dt.date,
    at: dt.datetime,
    mark: str = Mark.OFFICE,
    source: str = "",
) -> list[Mandate]:
    """Confirm the mandates of a whole list (xác nhận tư cách đại biểu theo danh sách), all or none.

    One entry for the list with its digest, and one for each deputy, so that a person's own history is complete.
    """
    require(actor, KEEP_MANDATES, at=at)
    _check_list(term, rows)
    persons = _persons(rows, mark, source)
    mandates = Mandate.objects.bulk_create(
        Mandate(
            person=person,
            term=term,
            constituency=row.constituency,
            since=since,
            until=term.until,
            full_time=row.full_time,
            mark=mark,
            source=source,
        )
        for row, person in zip(rows, persons, strict=True)
    )
    Seat.objects.bulk_create(
        Seat(mandate=mandate, delegation=row.delegation, group=row.group, since=since, until=term.until)
        for row, mandate in zip(rows, mandates, strict=True)
    )
    for row, mandate in zip(rows, mandates, strict=True):
        confirmed = events.MandateConfirmed(mandate.person_id, term.pk, row.delegation.pk, since.isoformat())
        record(confirmed, actor=actor, at=at)
    digest = hashlib.sha256("\n".join(f"{row.code}\t{nfc(row.full_name)}" for row in rows).encode()).hexdigest()
    record(events.DeputiesConfirmed(term.pk, len(mandates), since.isoformat(), digest), actor=actor, at=at)
    return mandates


def _check_list(term: Term, rows: Sequence[NewDeputy]) -> None:
    codes = [row.code for row in rows if row.person is None]
    known = Person.objects.filter(code__in=codes).values_list("code", flat=True).first()
    twice = next((code for code in codes if codes.count(code) > 1), None) if len(set(codes)) < len(codes) else None
    if known or twice:
        raise Contradiction(_("A person with the code %(code)s is already there.") % {"code": known or twice})
    again = [row.person.pk for row in rows if row.person]
    seated = Mandate.objects.filter(term=term, person_id__in=again).select_related("person").first()
    if seated:
        raise Contradiction(_("%(name)s already has a mandate of this term.") % {"name": seated.person.full_name})
    if len(set(again)) < len(again):
        raise Contradiction(_("Somebody stands on the list twice."))
    foreign = next((row for row in rows if row.constituency and row.constituency.term_id != term.pk), None)
    if foreign:
        raise Contradiction(_("The constituency of %(name)s is of another term.") % {"name": foreign.full_name})


def _persons(rows: Sequence[NewDeputy], mark: str, source: str) -> list[Person]:
    """The persons of the list in its order, new ones entered."""
    fresh = Person.objects.bulk_create(
        Person(
            full_name=nfc(row.full_name),
            folded=fold(row.full_name),
            sort_key=person_sort_key(row.full_name),
            code=row.code,
            gender=row.gender,
            born=row.born,
            ethnicity=row.ethnicity,
            account=row.account,
            mark=mark,
            source=source,
        )
        for row in rows
        if row.person is None
    )
    of_code = {person.code: person for person in fresh}
    return [row.person or of_code[row.code] for row in rows]


@transaction.atomic
def merge_delegations(
    *,
    actor: Actor,
    mergers: Sequence[tuple[Sequence[Body], Body]],
    since: dt.date,
    at: dt.datetime,
    basis: str = "",
    mark: str = Mark.OFFICE,
) -> int:
    """Merge delegations (hợp nhất Đoàn đại biểu Quốc hội): the old ones end the day before, their deputies go along.

    Gives back how many deputies moved. A deputy's mandate goes on, only the delegation changes.
    """
    require(actor, KEEP_BODIES, at=at)
    require(actor, KEEP_MANDATES, at=at)
    moved = sum(_merge(before, after, since, mark, basis) for before, after in mergers)
    record(
        events.DelegationsMerged(
            sum(len(before) for before, _after in mergers), len(mergers), moved, since.isoformat(), basis
        ),
        actor=actor,
        at=at,
    )
    return moved


def _merge(before: Sequence[Body], after: Body, since: dt.date, mark: str, basis: str) -> int:
    """One merger; gives back how many deputies went along. Raises Contradiction."""
    last = since - rules.ONE_DAY
    keys = [body.pk for body in Body.objects.select_for_update().filter(pk__in=[b.pk for b in before])]
    if after.pk in keys:
        raise Contradiction(_("A body cannot take over from itself."), field="after")
    if after.since and after.since > since:
        raise Contradiction(_("The new delegation is founded on a later day."), field="since")
    later = Body.objects.filter(pk__in=keys, until__isnull=False).exclude(until=last).first()
    if later:
        raise Contradiction(_("The delegation %(code)s ends on another day.") % {"code": later.code})
    for model in (BodyName, BodyPlace):
        model.objects.filter(body_id__in=keys, until__isnull=True).update(until=last)
    Body.objects.filter(pk__in=keys, until__isnull=True).update(until=last)
    for key in keys:
        about = {"day": since, "mark": mark, "source": basis}
        Succession.objects.get_or_create(before_id=key, after=after, defaults=about)
    return _move_seats(keys, after, since)


def _move_seats(keys: Sequence[int], after: Body, since: dt.date) -> int:
    """End the seats that are taken on that day in these delegations and open the same ones in the new one."""
    seats = [s for s in Seat.objects.filter(delegation_id__in=keys) if rules.covers((s.since, s.until), since)]
    # A seat that was to begin only after the merger begins in the new delegation.
    Seat.objects.filter(delegation_id__in=keys, since__gte=since).update(delegation=after)
    running = [s for s in seats if s.since is None or s.since < since]
    Seat.objects.bulk_create(
        Seat(mandate_id=s.mandate_id, delegation=after, group_id=s.group_id, since=since, until=s.until)
        for s in running
    )
    Seat.objects.filter(pk__in=[s.pk for s in running]).update(until=since - rules.ONE_DAY)
    return len(running)
