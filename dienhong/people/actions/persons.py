"""What people do with persons and their posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.models import Account
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import fold, nfc, person_sort_key
from dienhong.foundation.journal.actions import record
from dienhong.people import events
from dienhong.people.grounds import GIVE_ACCOUNTS, GIVE_POSTS, KEEP_PERSONS, Contradiction, check_days, check_holding
from dienhong.people.models import (
    Body,
    Holding,
    Person,
    Post,
)
from dienhong.people.queries import above


# -- persons ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def enter_person(
    *,
    actor: Actor,
    full_name: str,
    code: str,
    at: dt.datetime,
    gender: str = "",
    born: dt.date | None = None,
    ethnicity: str = "",
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Person:
    """Enter a person in the register (ghi người vào sổ)."""
    require(actor, KEEP_PERSONS, at=at)
    full_name = nfc(full_name)
    if len(full_name) < 2:
        raise Contradiction(_("Write the full name."), field="full_name")
    if born and born > at.date():
        raise Contradiction(_("The date of birth lies in the future."), field="born")
    if Person.objects.filter(code=code).exists():
        raise Contradiction(_("A person with the code %(code)s is already there.") % {"code": code}, field="code")
    person = Person.objects.create(
        full_name=full_name,
        folded=fold(full_name),
        sort_key=person_sort_key(full_name),
        code=code,
        gender=gender,
        born=born,
        ethnicity=ethnicity,
        mark=mark,
        source=source,
        note=note,
    )
    record(events.PersonEntered(person.pk), actor=actor, at=at)
    return person


@transaction.atomic
def correct_person(
    *,
    actor: Actor,
    person: Person,
    at: dt.datetime,
    full_name: str,
    gender: str,
    born: dt.date | None,
    ethnicity: str,
    note: str,
) -> Person:
    """Correct what the register says of a person (đính chính). The chain names the fields, not their content."""
    require(actor, KEEP_PERSONS, at=at)
    person = Person.objects.select_for_update().get(pk=person.pk)
    full_name = nfc(full_name)
    if len(full_name) < 2:
        raise Contradiction(_("Write the full name."), field="full_name")
    new = {"full_name": full_name, "gender": gender, "born": born, "ethnicity": ethnicity, "note": note}
    changed = sorted(field for field, value in new.items() if getattr(person, field) != value)
    if not changed:
        raise Contradiction(_("Nothing was changed."))
    for field in changed:
        setattr(person, field, new[field])
    person.folded, person.sort_key = fold(full_name), person_sort_key(full_name)
    person.save()
    record(events.PersonCorrected(person.pk, ", ".join(changed)), actor=actor, at=at)
    return person


@transaction.atomic
def give_account(*, actor: Actor, person: Person, account: Account, at: dt.datetime) -> Person:
    """Let a person sign in with this account (cấp tài khoản)."""
    require(actor, GIVE_ACCOUNTS, at=at)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.account_id is not None:
        raise Contradiction(_("%(name)s already has an account.") % {"name": person.full_name})
    person.account = account
    try:
        with transaction.atomic():
            person.save(update_fields=["account"])
    except IntegrityError as error:
        raise Contradiction(_("This account belongs to somebody else.")) from error
    record(events.AccountLinked(person.pk, account.username), actor=actor, at=at)
    return person


# -- posts ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def create_post(
    *,
    actor: Actor,
    body: Body,
    code: str,
    title: str,
    kind: str,
    at: dt.datetime,
    title_english: str = "",
    duties: Sequence[str] = (),
    seats: int | None = None,
    order: int = 100,
    since: dt.date | None = None,
    until: dt.date | None = None,
    mark: str = Mark.OFFICE,
    source: str = "",
) -> Post:
    """Create a post in a body (lập chức danh, vị trí). Its duties decide what its holder may do."""
    require(actor, GIVE_POSTS, at=at, within=above(body.pk, at.date()))
    check_days(since, until)
    if Post.objects.filter(code=code).exists():
        raise Contradiction(_("A post with the code %(code)s is already there.") % {"code": code}, field="code")
    post = Post.objects.create(
        body=body,
        code=code,
        title=nfc(title),
        title_english=title_english,
        kind=kind,
        duties=list(duties),
        seats=seats,
        order=order,
        since=since,
        until=until,
        mark=mark,
        source=source,
    )
    record(events.PostCreated(post.pk, body.pk), actor=actor, at=at)
    return post


@transaction.atomic
def give_post(
    *,
    actor: Actor,
    person: Person,
    post: Post,
    since: dt.date | None,
    at: dt.datetime,
    until: dt.date | None = None,
    basis: str = "",
    mark: str = Mark.OFFICE,
    source: str = "",
) -> Holding:
    """Record that a person holds a post from a day on (bổ nhiệm, bầu, phân công)."""
    require(actor, GIVE_POSTS, at=at, within=above(post.body_id, since or at.date()))
    post = Post.objects.select_for_update().get(pk=post.pk)
    check_holding(post, person, since, until)
    holding = Holding.objects.create(
        person=person, post=post, since=since, until=until, basis=basis, mark=mark, source=source
    )
    record(events.PostGiven(person.pk, post.pk, since.isoformat() if since else "", basis), actor=actor, at=at)
    return holding


@transaction.atomic
def leave_post(*, actor: Actor, holding: Holding, until: dt.date, at: dt.datetime, basis: str = "") -> Holding:
    """Record the last day on which a person holds a post (thôi giữ chức vụ)."""
    require(actor, GIVE_POSTS, at=at, within=above(holding.post.body_id, until))
    holding = Holding.objects.select_for_update(of=("self",)).select_related("post").get(pk=holding.pk)
    if holding.until is not None and holding.until <= until:
        raise Contradiction(_("The register already holds an earlier last day."), field="until")
    check_days(holding.since, until)
    holding.until = until
    holding.save(update_fields=["until"])
    record(events.PostLeft(holding.person_id, holding.post_id, until.isoformat(), basis), actor=actor, at=at)
    return holding
