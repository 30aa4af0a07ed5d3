"""What people do with terms and bodies."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import fold, nfc
from dienhong.foundation.journal.actions import record
from dienhong.people import events, rules
from dienhong.people.grounds import (
    KEEP_BODIES,
    KEEP_TERMS,
    Contradiction,
    check_days,
)
from dienhong.people.models import (
    Body,
    BodyName,
    BodyPlace,
    Holding,
    Mandate,
    Seat,
    Succession,
    Term,
)
from dienhong.people.queries import above


# -- terms ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def open_term(
    *,
    actor: Actor,
    number: int,
    label: str,
    since: dt.date,
    at: dt.datetime,
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Term:
    """Open a term of the assembly (mở khóa); the one before ends the day before (LTCQH art. 2.1)."""
    require(actor, KEEP_TERMS, at=at)
    before = Term.objects.select_for_update().filter(number__lt=number).order_by("-number").first()
    if Term.objects.filter(number=number).exists():
        raise Contradiction(_("Term %(label)s is already in the register.") % {"label": label}, field="number")
    if before and before.since and before.since >= since:
        raise Contradiction(_("The term before began later than this day."), field="since")
    if before and before.until is None:
        before.until = since - rules.ONE_DAY
        before.save(update_fields=["until"])
        Mandate.objects.filter(term=before, until__isnull=True).update(until=before.until)
        Seat.objects.filter(mandate__term=before, until__isnull=True).update(until=before.until)
        record(events.TermClosed(before.pk, before.until.isoformat()), actor=actor, at=at)
    after = Term.objects.filter(number__gt=number, since__isnull=False).order_by("number").first()
    if after and after.since and after.since <= since:
        raise Contradiction(_("The term after it began earlier than this day."), field="since")
    until = after.since - rules.ONE_DAY if after and after.since else None
    term = Term.objects.create(
        number=number, label=label, since=since, until=until, mark=mark, source=source, note=note
    )
    record(events.TermOpened(term.pk, since.isoformat()), actor=actor, at=at)
    return term


# -- bodies -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def found_body(
    *,
    actor: Actor,
    code: str,
    kind: str,
    name: str,
    at: dt.datetime,
    short: str = "",
    english: str = "",
    parent: Body | None = None,
    order: int = 0,
    since: dt.date | None = None,
    until: dt.date | None = None,
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Body:
    """Enter a body with its first name and place (thành lập cơ quan, tổ chức, đơn vị)."""
    within = above(parent.pk, since or at.date()) if parent else None
    require(actor, KEEP_BODIES, at=at, within=within)
    check_days(since, until)
    if Body.objects.filter(code=code).exists():
        raise Contradiction(_("A body with the code %(code)s is already there.") % {"code": code}, field="code")
    body = Body.objects.create(code=code, kind=kind, since=since, until=until, mark=mark, source=source, note=note)
    name = nfc(name)
    BodyName.objects.create(
        body=body, name=name, short=nfc(short), english=nfc(english), folded=fold(name)[:300], since=since, until=until
    )
    if parent:
        BodyPlace.objects.create(body=body, parent=parent, order=order, since=since, until=until)
    record(events.BodyFounded(body.pk, since.isoformat() if since else ""), actor=actor, at=at)
    return body


@transaction.atomic
def rename_body(
    *, actor: Actor, body: Body, name: str, since: dt.date, at: dt.datetime, short: str = "", english: str = ""
) -> BodyName:
    """Give a body a new name from a day on (đổi tên); the old one stays true for the days before."""
    require(actor, KEEP_BODIES, at=at, within=above(body.pk, since))
    Body.objects.select_for_update().get(pk=body.pk)
    last = BodyName.objects.filter(body=body).order_by("-since", "-pk").first()
    assert last is not None
    if last.since and last.since >= since:
        raise Contradiction(_("The body got its present name on a later day."), field="since")
    if nfc(name) == last.name:
        raise Contradiction(_("This is already the name of the body."), field="name")
    last.until = since - rules.ONE_DAY
    last.save(update_fields=["until"])
    name = nfc(name)
    row = BodyName.objects.create(
        body=body,
        name=name,
        short=nfc(short),
        english=nfc(english),
        folded=fold(name)[:300],
        since=since,
        until=body.until,
    )
    record(events.BodyRenamed(body.pk, last.name, name, since.isoformat()), actor=actor, at=at)
    return row


@transaction.atomic
def place_body(*, actor: Actor, body: Body, parent: Body, since: dt.date, at: dt.datetime, order: int = 0) -> BodyPlace:
    """Put a body under another one from a day on (chuyển trực thuộc)."""
    require(actor, KEEP_BODIES, at=at, within=above(parent.pk, since))
    Body.objects.select_for_update().get(pk=body.pk)
    if body.pk in above(parent.pk, since):
        raise Contradiction(_("A body cannot stand below itself."), field="parent")
    for place in BodyPlace.objects.filter(body=body).exclude(until__lt=since):
        if place.since and place.since >= since:
            raise Contradiction(_("The body got its present place on a later day."), field="since")
        place.until = since - rules.ONE_DAY
        place.save(update_fields=["until"])
    row = BodyPlace.objects.create(body=body, parent=parent, since=since, until=body.until, order=order)
    record(events.BodyPlaced(body.pk, parent.pk, since.isoformat()), actor=actor, at=at)
    return row


@transaction.atomic
def end_body(*, actor: Actor, body: Body, until: dt.date, at: dt.datetime, basis: str = "") -> Body:
    """End a body (giải thể, kết thúc hoạt động): names and places end with it; posts still held are refused."""
    require(actor, KEEP_BODIES, at=at, within=above(body.pk, until))
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.since and body.since > until:
        raise Contradiction(_("The last day lies before the first."), field="until")
    if Holding.objects.filter(post__body=body, until__isnull=True, since__lte=until).exists():
        raise Contradiction(_("Posts of this body are still held. Record first who leaves them."))
    body.until = until
    body.note = f"{body.note}\n{basis}".strip() if basis else body.note
    body.save(update_fields=["until", "note"])
    BodyName.objects.filter(body=body, until__isnull=True).update(until=until)
    BodyPlace.objects.filter(body=body, until__isnull=True).update(until=until)
    record(events.BodyEnded(body.pk, until.isoformat()), actor=actor, at=at)
    return body


@transaction.atomic
def record_succession(
    *,
    actor: Actor,
    before: Body,
    after: Body,
    day: dt.date,
    at: dt.datetime,
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Succession:
    """Record which body took over from which (kế thừa, sáp nhập)."""
    require(actor, KEEP_BODIES, at=at, within=above(after.pk, day))
    if before.pk == after.pk:
        raise Contradiction(_("A body cannot take over from itself."), field="after")
    row, new = Succession.objects.get_or_create(
        before=before, after=after, defaults={"day": day, "mark": mark, "source": source, "note": note}
    )
    if not new:
        raise Contradiction(_("This succession is already in the register."))
    record(events.BodySucceeded(before.pk, after.pk, day.isoformat()), actor=actor, at=at)
    return row
