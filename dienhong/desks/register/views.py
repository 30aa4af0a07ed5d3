"""Pages of the register: each shows what was true on the day asked for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import cast

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from dienhong.desks.door import Visit, as_of
from dienhong.desks.register import timeline
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.access.permissions import declare
from dienhong.people import actions, queries
from dienhong.people.models import (
    Body,
    BodyKind,
    BodyName,
    Dated,
    Holding,
    Mandate,
    Person,
    Post,
    Succession,
    Term,
    on,
)
from dienhong.people.rules import covers

SEE = declare("people.see", _("See the register of people and bodies"))
PAGE = 60


def may_see(request: HttpRequest) -> bool:
    """Whether the register stands in this person's rail."""
    visit = cast("Visit", request)
    return may(visit.actor, SEE, on=visit.day).allowed


def overview(request: Visit) -> HttpResponse:
    """The tree of bodies on a day, with how many deputies there are."""
    day = as_of(request)
    require(request.actor, SEE, at=request.at)
    kind = request.GET.get("kind", "")
    bodies = queries.bodies_on(day)
    counts = Counter(body.kind for body in bodies)
    shown = [b for b in bodies if b.kind == kind] if kind else [b for b in bodies if b.kind != BodyKind.DELEGATION]
    heads = {
        h.post.body_id: h.person.full_name
        for h in queries.holdings_on(day).filter(post__kind="head").order_by("-post__order")
    }
    return render(
        request,
        "register/overview.html",
        {
            "bodies": [(b, heads.get(b.id, "")) for b in shown],
            "kinds": [(k.value, k.label, counts[k.value]) for k in BodyKind if counts[k.value]],
            "kind": kind,
            "total": queries.deputies_total(day),
            "term": queries.term_on(day),
            "keep": may(request.actor, actions.KEEP_BODIES, on=request.day),
            "tab": "bodies",
        },
    )


def body(request: Visit, body_id: int) -> HttpResponse:
    """One body: what it is called, where it stands, who holds its posts, what became of it."""
    day = as_of(request)
    require(request.actor, SEE, at=request.at)
    row = get_object_or_404(Body, pk=body_id)
    names = list(BodyName.objects.filter(body=row).order_by("since"))
    name = next((n for n in names if on_day(n, day)), names[-1])
    above = [key for key in queries.above(row.pk, day) if key != row.pk]
    holders = Prefetch("holdings", Holding.objects.filter(on(day)).select_related("person"), to_attr="held")
    posts = Post.objects.filter(on(day), body=row).prefetch_related(holders).order_by("order", "pk")
    below = [b for b in queries.bodies_on(day) if b.parent_id == row.pk]
    links = Succession.objects.filter(before=row) | Succession.objects.filter(after=row)
    others = queries.names_of_bodies({s.before_id for s in links} | {s.after_id for s in links} | set(above), day)
    return render(
        request,
        "register/body.html",
        {
            "body": row,
            "name": name,
            "names": names,
            "above": [(key, others[key]) for key in reversed(above)],
            "below": below,
            "posts": posts,
            "deputies": queries.deputies_on(day, delegation_id=row.pk) if row.kind == BodyKind.DELEGATION else [],
            "constituencies": row.constituencies.select_related("term").order_by("-term", "number"),
            "befores": [(s, others[s.before_id]) for s in links if s.after_id == row.pk],
            "afters": [(s, others[s.after_id]) for s in links if s.before_id == row.pk],
            "timeline": timeline.of_body(row),
            "in_being": on_day(row, day),
            "keep": may(request.actor, actions.KEEP_BODIES, on=request.day, within=queries.above(row.pk, request.day)),
            "give": may(request.actor, actions.GIVE_POSTS, on=request.day, within=queries.above(row.pk, request.day)),
        },
    )


def on_day(row: Dated, day: dt.date) -> bool:
    """Whether a dated row is in force on that day."""
    return covers((row.since, row.until), day)


def people(request: Visit) -> HttpResponse:
    """Persons by given name, found with or without marks."""
    day = as_of(request)
    require(request.actor, SEE, at=request.at)
    words = request.GET.get("q", "").strip()[:200]
    found = queries.search_persons(words, day=day if request.GET.get("active") else None)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    ids = [person.pk for person in page]
    posts: dict[int, list[str]] = {}
    for h in queries.holdings_on(day).filter(person_id__in=ids):
        posts.setdefault(h.person_id, []).append(h.post.title)
    mandates = dict(Mandate.objects.filter(on(day), person_id__in=ids).values_list("person_id", "term__label"))
    return render(
        request,
        "register/people.html",
        {
            "page": page,
            "rows": [(p, "; ".join(posts.get(p.pk, [])), mandates.get(p.pk, "")) for p in page],
            "words": words,
            "active": bool(request.GET.get("active")),
            "keep": may(request.actor, actions.KEEP_PERSONS, on=request.day),
            "tab": "people",
        },
    )


def person(request: Visit, person_id: int) -> HttpResponse:
    """One person as of a day, and everything before and after."""
    day = as_of(request)
    require(request.actor, SEE, at=request.at)
    row = get_object_or_404(Person, pk=person_id)
    holdings = list(Holding.objects.filter(person=row).select_related("post").order_by("-since", "post__order"))
    mandates = list(
        Mandate.objects.filter(person=row).select_related("term", "constituency").prefetch_related("seats", "standings")
    )
    wanted = {h.post.body_id for h in holdings} | {s.delegation_id for m in mandates for s in m.seats.all()}
    names = queries.names_of_bodies(wanted, day)
    return render(
        request,
        "register/person.html",
        {
            "person": row,
            "holdings": [(h, names.get(h.post.body_id, ""), on_day(h, day)) for h in holdings],
            "mandates": [
                (m, [(s, names.get(s.delegation_id, "")) for s in m.seats.all()], on_day(m, day)) for m in mandates
            ],
            "timeline": timeline.of_person(row),
            "keep": may(request.actor, actions.KEEP_PERSONS, on=request.day),
            "mandate": may(request.actor, actions.KEEP_MANDATES, on=request.day),
            "give": may(request.actor, actions.GIVE_POSTS, on=request.day),
        },
    )


def deputies(request: Visit) -> HttpResponse:
    """The deputies of a day: N, by delegation, and every name."""
    day = as_of(request)
    require(request.actor, SEE, at=request.at)
    rows = queries.deputies_on(day)
    chosen = request.GET.get("delegation", "")
    by_delegation: Counter[tuple[str, int | None]] = Counter((d.delegation, d.delegation_id) for d in rows)
    names = [d for d in rows if not chosen or str(d.delegation_id) == chosen]
    page = Paginator(names, 100).get_page(request.GET.get("page"))
    return render(
        request,
        "register/deputies.html",
        {
            "total": queries.deputies_total(day),
            "rows": page,
            "delegations": sorted(by_delegation.items()),
            "chosen": chosen,
            "term": queries.term_on(day),
            "full_time": sum(d.full_time for d in rows),
            "women": sum(d.gender == "f" for d in rows),
            "suspended": sum(d.suspended for d in rows),
            "count_line": queries.COUNT_SUSPENDED.line(day),
            "tab": "deputies",
        },
    )


def terms(request: Visit) -> HttpResponse:
    """The terms of the assembly."""
    as_of(request)
    require(request.actor, SEE, at=request.at)
    rows = Term.objects.annotate(deputies=Count("mandates")).order_by("-number")
    keep = may(request.actor, actions.KEEP_TERMS, on=request.day)
    return render(request, "register/terms.html", {"terms": rows, "keep": keep, "tab": "terms"})
