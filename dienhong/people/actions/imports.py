"""Importing people from a file, all or nothing."""

from __future__ import annotations

import datetime as dt
import io

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.files import store
from dienhong.foundation.folding import fold, person_sort_key
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people import events, importing
from dienhong.people.grounds import GIVE_POSTS, KEEP_MANDATES, KEEP_PERSONS, Contradiction, check_holding
from dienhong.people.models import (
    Holding,
    Mandate,
    Person,
    Seat,
    Term,
)


class NotImported(Refusal):
    """The table holds rows that are wrong, or doubtful ones nobody has accepted; nothing was written."""

    status = 422


@transaction.atomic
def import_people(*, actor: Actor, content: bytes, name: str, accept_doubts: bool, at: dt.datetime) -> importing.Plan:
    """Import a table of persons (nhập danh sách), all of it or nothing; the file is kept and named in the journal.

    Raises BadTable, or NotImported naming the first wrong row.
    """
    require(actor, KEEP_PERSONS, at=at)
    list(Term.objects.select_for_update())  # imports wait for each other
    plan = importing.plan(content, name, at.date())
    if plan.wrong:
        first = plan.wrong[0]
        raise NotImported(
            _("Row %(line)s: %(why)s Nothing was imported.") % {"line": first.line, "why": " ".join(first.wrong)}
        )
    if plan.doubtful and not accept_doubts:
        raise NotImported(
            _("%(count)s rows are doubtful. Look at them, then accept them.") % {"count": len(plan.doubtful)}
        )
    if any(row.new_mandate for row in plan.rows):
        require(actor, KEEP_MANDATES, at=at)
    if any(row.new_holding for row in plan.rows):
        require(actor, GIVE_POSTS, at=at)
    _write_persons(plan)
    _write_mandates(plan)
    _write_holdings(plan)
    digest = store().put(io.BytesIO(content))
    counts = {"added": plan.count("new"), "changed": plan.count("changed"), "same": plan.count("same")}
    record(events.PeopleImported(name, digest, **counts), actor=actor, at=at)
    return plan


def _write_persons(plan: importing.Plan) -> None:
    """New persons at once, changed ones one by one; afterwards every row has its person."""
    fresh = [
        Person(
            code=row.code,
            full_name=row.full_name,
            folded=fold(row.full_name),
            sort_key=person_sort_key(row.full_name),
            gender=row.gender,
            born=row.born,
            ethnicity=row.ethnicity,
            source=plan.source,
            mark=plan.mark,
        )
        for row in plan.rows
        if row.person is None
    ]
    made = {person.code: person for person in Person.objects.bulk_create(fresh, batch_size=500)}
    for row in plan.rows:
        if row.person is None:
            row.person = made[row.code]
            row.added = True
        elif row.changes:
            for field in row.changes:
                setattr(row.person, field, getattr(row, field))
            row.person.folded, row.person.sort_key = fold(row.full_name), person_sort_key(row.full_name)
            row.person.save()


def _write_mandates(plan: importing.Plan) -> None:
    rows = [row for row in plan.rows if row.new_mandate]
    fresh = [
        Mandate(
            person=row.person,
            term=row.term,
            constituency=row.constituency,
            since=row.since or (row.term.since if row.term else None),
            until=row.term.until if row.term else None,
            full_time=row.full_time,
            mark=plan.mark,
            source=plan.source,
        )
        for row in rows
    ]
    mandates = Mandate.objects.bulk_create(fresh, batch_size=500)
    Seat.objects.bulk_create(
        [
            Seat(mandate=mandate, delegation=row.delegation, since=mandate.since, until=mandate.until)
            for row, mandate in zip(rows, mandates, strict=True)
        ],
        batch_size=500,
    )


def _write_holdings(plan: importing.Plan) -> None:
    """Posts through the same checks as `give_post`: seats, days of the post, nobody twice."""
    for row in plan.rows:
        if not row.new_holding or row.post is None or row.person is None:
            continue
        try:
            check_holding(row.post, row.person, row.since, row.until)
        except Contradiction as error:
            raise NotImported(
                _("Row %(line)s: %(why)s Nothing was imported.") % {"line": row.line, "why": error}
            ) from error
        Holding.objects.create(
            person=row.person,
            post=row.post,
            since=row.since,
            until=row.until,
            basis=row.basis,
            mark=plan.mark,
            source=plan.source,
        )
