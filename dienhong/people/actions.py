"""What people do with the register: the only code that writes its tables."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.models import Account
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.facts import Mark
from dienhong.foundation.files import store
from dienhong.foundation.folding import fold, nfc, person_sort_key
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people import events, importing, rules
from dienhong.people.models import (
    ENDING,
    Body,
    BodyName,
    BodyPlace,
    Constituency,
    Holding,
    Mandate,
    Person,
    Post,
    Seat,
    Standing,
    Status,
    Succession,
    Term,
)
from dienhong.people.queries import above

KEEP_TERMS = declare("people.keep_terms", _("Open and close terms of the assembly"))
KEEP_BODIES = declare("people.keep_bodies", _("Found, rename, place and end bodies"))
KEEP_PERSONS = declare("people.keep_persons", _("Enter and correct persons"))
GIVE_POSTS = declare("people.give_posts", _("Create posts, give them and take note of who leaves"))
KEEP_MANDATES = declare("people.keep_mandates", _("Confirm mandates and record the standing of deputies"))
GIVE_ACCOUNTS = declare("people.give_accounts", _("Give persons an account to sign in"))


class Contradiction(Refusal):
    """What is to be entered contradicts what the register holds, or itself."""


def _checked_days(since: dt.date | None, until: dt.date | None) -> None:
    if since and until and since > until:
        raise Contradiction(_("The last day lies before the first."), field="until")


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
    term = Term.objects.create(number=number, label=label, since=since, mark=mark, source=source, note=note)
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
    _checked_days(since, until)
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
    _checked_days(since, until)
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
    _check_holding(post, person, since, until)
    holding = Holding.objects.create(
        person=person, post=post, since=since, until=until, basis=basis, mark=mark, source=source
    )
    record(events.PostGiven(person.pk, post.pk, since.isoformat() if since else "", basis), actor=actor, at=at)
    return holding


def _check_holding(post: Post, person: Person, since: dt.date | None, until: dt.date | None) -> None:
    """Refuse a holding outside the days of the post, twice by one person, or beyond the seats of the post."""
    _checked_days(since, until)
    span = (since, until)
    if (post.since and (since is None or since < post.since)) or (post.until and since and since > post.until):
        raise Contradiction(_("The post does not exist on that day."), field="since")
    held = list(Holding.objects.filter(post=post).values_list("person_id", "since", "until"))
    if any(who == person.pk and rules.overlap((a, b), span) for who, a, b in held):
        raise Contradiction(_("%(name)s already holds this post then.") % {"name": person.full_name}, field="since")
    spans = [(a, b) for _who, a, b in held if rules.overlap((a, b), span)]
    if post.seats is not None and rules.most_at_once([*spans, span]) > post.seats:
        raise Contradiction(
            _("The post has %(seats)s places and all are taken then.") % {"seats": post.seats}, field="since"
        )


@transaction.atomic
def leave_post(*, actor: Actor, holding: Holding, until: dt.date, at: dt.datetime, basis: str = "") -> Holding:
    """Record the last day on which a person holds a post (thôi giữ chức vụ)."""
    require(actor, GIVE_POSTS, at=at, within=above(holding.post.body_id, until))
    holding = Holding.objects.select_for_update().select_related("post").get(pk=holding.pk)
    if holding.until is not None and holding.until <= until:
        raise Contradiction(_("The register already holds an earlier last day."), field="until")
    _checked_days(holding.since, until)
    holding.until = until
    holding.save(update_fields=["until"])
    record(events.PostLeft(holding.person_id, holding.post_id, until.isoformat(), basis), actor=actor, at=at)
    return holding


# -- constituencies and mandates --------------------------------------------------------------------------------------
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
            _check_holding(row.post, row.person, row.since, row.until)
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
