"""What people ask about people: every answer is "as of" a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import NOBODY, Actor, Grant
from dienhong.foundation.access.models import Account
from dienhong.foundation.access.permissions import matches
from dienhong.foundation.folding import fold
from dienhong.people import rules
from dienhong.people.models import (
    Body,
    BodyKind,
    BodyName,
    BodyPlace,
    Holding,
    Mandate,
    Person,
    Post,
    Seat,
    Standing,
    Status,
    Succession,
    Term,
    on,
)

COUNT_SUSPENDED = rulebook.use("people.suspended_counts", bool, by="people.deputies_total")


# -- names ------------------------------------------------------------------------------------------------------------
def names_of_persons(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "full_name"))


def names_of_bodies(ids: Iterable[int], day: dt.date | None = None) -> Mapping[int, str]:
    """What these bodies are called on that day, or were called last. English names only for English readers."""
    english = (get_language() or "vi").startswith("en")
    found: dict[int, str] = {}
    rows = BodyName.objects.filter(body_id__in=set(ids)).order_by("since")
    for row in rows:
        if row.body_id in found and day is not None and not rules.covers((row.since, row.until), day):
            continue
        found[row.body_id] = row.english if english and row.english else row.name
    return found


def names_of_posts(ids: Iterable[int]) -> Mapping[int, str]:
    posts = Post.objects.filter(pk__in=set(ids))
    bodies = names_of_bodies({post.body_id for post in posts})
    return {post.pk: f"{post.title}, {bodies.get(post.body_id, '')}" for post in posts}


def names_of_terms(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Term.objects.filter(pk__in=set(ids)).values_list("pk", "label"))


# -- terms ------------------------------------------------------------------------------------------------------------
def term_on(day: dt.date) -> Term | None:
    """The term of the assembly on that day."""
    return Term.objects.filter(on(day)).order_by("-number").first()


# -- bodies -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class BodyView:
    """A body as it was on a day. `depth` counts from the roots of the tree it stands in."""

    id: int
    code: str
    kind: str
    name: str
    short: str
    parent_id: int | None
    since: dt.date | None
    until: dt.date | None
    mark: str
    depth: int = 0
    children: int = 0

    @property
    def kind_label(self) -> str:
        """The kind in the reader's language."""
        return str(BodyKind(self.kind).label)


def bodies_on(day: dt.date, *, kinds: Iterable[str] = ()) -> list[BodyView]:
    """All bodies in being on that day with the name and place of that day, in the order of the tree."""
    wanted = Body.objects.filter(on(day))
    if kinds := tuple(kinds):
        wanted = wanted.filter(kind__in=kinds)
    bodies = {body.pk: body for body in wanted}
    names = names_of_bodies(bodies, day)
    places = BodyPlace.objects.filter(on(day), body_id__in=bodies).order_by("order", "id")
    place = {row.body_id: row for row in places}
    shorts = dict(BodyName.objects.filter(on(day), body_id__in=bodies).values_list("body_id", "short"))
    below: dict[int | None, list[int]] = {}
    for key in sorted(bodies, key=lambda k: (place[k].order if k in place else 0, k)):
        parent = place[key].parent_id if key in place and place[key].parent_id in bodies else None
        below.setdefault(parent, []).append(key)
    out: list[BodyView] = []
    stack: list[tuple[int, int | None, int]] = [(key, None, 0) for key in reversed(below.get(None, []))]
    while stack:
        key, parent, depth = stack.pop()
        body = bodies[key]
        out.append(
            BodyView(
                key,
                body.code,
                body.kind,
                names.get(key, body.code),
                shorts.get(key) or names.get(key, body.code),
                parent,
                body.since,
                body.until,
                body.mark,
                depth,
                len(below.get(key, [])),
            )
        )
        stack.extend((child, key, depth + 1) for child in reversed(below.get(key, [])))
    return out


def above(body_id: int, day: dt.date) -> tuple[int, ...]:
    """The body and all that stand above it on that day: what `require(within=…)` wants."""
    parents: dict[int, list[int]] = {}
    for child, parent in BodyPlace.objects.filter(on(day)).values_list("body_id", "parent_id"):
        parents.setdefault(child, []).append(parent)
    return rules.above(body_id, parents)


def heirs(body_id: int, day: dt.date) -> list[int]:
    """The body, and those that took over from it up to that day (kế thừa, sáp nhập), from the nearest on."""
    after: dict[int, list[int]] = {}
    for before, later in Succession.objects.filter(day__lte=day).order_by("day").values_list("before_id", "after_id"):
        after.setdefault(before, []).append(later)
    found = [body_id]
    for one in found:
        found += [later for later in after.get(one, []) if later not in found]
    return found


def forebears(bodies: Iterable[int], day: dt.date) -> set[int]:
    """These bodies, and those that they took over from up to that day: what `heirs` says, read backwards."""
    earlier: dict[int, list[int]] = {}
    for before, later in Succession.objects.filter(day__lte=day).values_list("before_id", "after_id"):
        earlier.setdefault(later, []).append(before)
    found = set(bodies)
    wave = list(found)
    while wave:
        wave = [before for one in wave for before in earlier.get(one, []) if before not in found]
        found |= set(wave)
    return found


def body(code: str) -> Body:
    """The body with this code. Raises Body.DoesNotExist."""
    return Body.objects.get(code=code)


# -- posts and permissions --------------------------------------------------------------------------------------------
def holdings_on(day: dt.date) -> QuerySet[Holding]:
    """Who holds what on that day, heads first."""
    return (
        Holding.objects.filter(on(day))
        .select_related("person", "post")
        .order_by("post__order", "post_id", "person__sort_key")
    )


def holdings_with(permission: str, day: dt.date) -> list[Holding]:
    """Who holds on that day a post whose duties give this permission, anywhere or within its body."""
    given: dict[str, bool] = {}

    def gives(duty: str) -> bool:
        if duty not in given:
            of_day = (grant for grant in _duty_grants(duty, "", None, None, None) if grant.holds_on(day))
            given[duty] = any(matches(grant.permission, permission) for grant in of_day)
        return given[duty]

    return [holding for holding in holdings_on(day) if any(map(gives, holding.post.duties))]


def grants_of(person_id: int) -> tuple[Grant, ...]:
    """What all posts this person ever held give, by the duties of the rulebook, with the days of each."""
    holdings = list(Holding.objects.filter(person_id=person_id).select_related("post"))
    bodies = names_of_bodies({h.post.body_id for h in holdings})
    grants: list[Grant] = []
    for holding in holdings:
        via = f"{holding.post.title}, {bodies.get(holding.post.body_id, '')}"
        for duty in holding.post.duties:
            grants += _duty_grants(duty, via, holding.post.body_id, holding.since, holding.until)
    grants += _mandate_grants(person_id)
    return tuple(grants)


def _duty_grants(duty: str, via: str, body_id: int | None, since: dt.date | None, until: dt.date | None) -> list[Grant]:
    """The permissions of one duty: a line `duties.<duty>` lists them, "@house" lifts the limit to its body."""
    grants = []
    for line in rulebook.book().by_id.get(f"duties.{duty}", ()):
        first = max((d for d in (since, line.since) if d), default=None)
        last = min((d for d in (until, line.until) if d), default=None)
        if first and last and first > last:
            continue
        for item in line.value:
            permission, _at, reach = item.partition("@")
            grants.append(Grant(permission, via, None if reach == "house" else body_id, first, last))
    return grants


def _mandate_grants(person_id: int) -> list[Grant]:
    grants = []
    for mandate in Mandate.objects.filter(person_id=person_id).select_related("term"):
        via = _t("deputy of term %(term)s") % {"term": mandate.term.label}
        grants += _duty_grants("deputy", via, None, mandate.since, mandate.until)
    return grants


def actor_of(account: Account) -> Actor:
    """The account as the actor of actions: its person and all that person's grants."""
    person = Person.objects.filter(account=account).first()
    if not account.is_active:
        return NOBODY
    return Actor(
        account_id=account.pk,
        person_id=person.pk if person else None,
        name=account.label,
        grants=(grants_of(person.pk) if person else ())
        + ((Grant("*", _t("keeper of the system")),) if account.is_keeper else ()),
    )


# -- deputies ---------------------------------------------------------------------------------------------------------
def mandates_on(day: dt.date) -> QuerySet[Mandate]:
    """The mandates that count in the total on that day: in force and, where the rulebook says so, not suspended."""
    found = Mandate.objects.filter(on(day))
    if not COUNT_SUSPENDED.on(day):
        suspended = Standing.objects.filter(on(day), mandate=OuterRef("pk"), status=Status.SUSPENDED)
        found = found.exclude(Exists(suspended))
    return found


def deputies_total(day: dt.date) -> int:
    """How many deputies there are on that day: N, the base of every percentage and threshold of the assembly."""
    return mandates_on(day).count()


@dataclass(frozen=True, slots=True)
class Deputy:
    """A deputy as of a day."""

    person_id: int
    mandate_id: int
    name: str
    sort_key: str
    delegation_id: int | None
    delegation: str
    full_time: bool
    suspended: bool
    gender: str
    born: dt.date | None
    account_id: int | None


def deputies_on(day: dt.date, *, delegation_id: int | None = None) -> list[Deputy]:
    """The deputies in office on that day in the order of given names."""
    found = Mandate.objects.filter(on(day))
    if delegation_id is not None:
        found = found.filter(Exists(Seat.objects.filter(on(day), mandate=OuterRef("pk"), delegation_id=delegation_id)))
    rows = found.order_by("person__sort_key", "person_id").values_list(
        "person_id",
        "pk",
        "person__full_name",
        "person__sort_key",
        "full_time",
        "person__gender",
        "person__born",
        "person__account_id",
    )
    in_force = Mandate.objects.filter(on(day)).values("pk")
    seats = dict(Seat.objects.filter(on(day), mandate__in=in_force).values_list("mandate_id", "delegation_id"))
    suspended = set(
        Standing.objects.filter(on(day), status=Status.SUSPENDED, mandate__in=in_force).values_list(
            "mandate_id", flat=True
        )
    )
    names = names_of_bodies(set(seats.values()), day)
    return [
        Deputy(
            person_id=person,
            mandate_id=mandate,
            name=name,
            sort_key=key,
            delegation_id=seats.get(mandate),
            delegation=names.get(seats.get(mandate, 0), ""),
            full_time=full_time,
            suspended=mandate in suspended,
            gender=gender,
            born=born,
            account_id=account,
        )
        for person, mandate, name, key, full_time, gender, born, account in rows
    ]


# -- members of a body ------------------------------------------------------------------------------------------------
def members_on(body_id: int, day: dt.date) -> list[Person]:
    """The persons who hold a member's post (head, deputy head, standing member, member) in the body on that day."""
    held = Holding.objects.filter(on(day), post__body_id=body_id).exclude(post__kind="staff").values("person_id")
    return list(Person.objects.filter(pk__in=held).order_by("sort_key", "pk"))


# -- search -----------------------------------------------------------------------------------------------------------
def search_persons(words: str, *, day: dt.date | None = None) -> QuerySet[Person]:
    """Persons whose name holds every word, with or without marks; exact marks are matched first by `fold` alone."""
    found = Person.objects.all()
    for word in fold(words).split(" "):
        if word:
            found = found.filter(Q(folded__contains=word))
    if day is not None:
        held = Holding.objects.filter(on(day), person=OuterRef("pk"))
        seated = Mandate.objects.filter(on(day), person=OuterRef("pk"))
        found = found.filter(Exists(held) | Exists(seated))
    return found.order_by("sort_key", "pk")


def search_bodies(words: str) -> QuerySet[Body]:
    """Bodies that bear or bore a name holding every word, with or without marks."""
    found = Body.objects.all()
    for word in fold(words).split(" "):
        if word:
            found = found.filter(Exists(BodyName.objects.filter(body=OuterRef("pk"), folded__contains=word)))
    return found.order_by("pk")
