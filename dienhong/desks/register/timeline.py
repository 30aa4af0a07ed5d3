"""What happened and will happen to one body or one person, newest first, put together from the dated rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _t

from dienhong.people.models import Body, BodyName, BodyPlace, Holding, Mandate, Person, Seat, Status, Succession
from dienhong.people.queries import names_of_bodies
from dienhong.people.rules import ONE_DAY


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened on a day."""

    day: dt.date
    words: str
    url: str = ""
    mark: str = ""
    source: str = ""


def _sorted(moments: list[Moment]) -> list[Moment]:
    return sorted(moments, key=lambda m: m.day, reverse=True)


def of_body(body: Body) -> list[Moment]:
    """The life of a body."""
    found: list[Moment] = []
    names = list(BodyName.objects.filter(body=body).order_by("since"))
    if body.since and names:
        found.append(
            Moment(body.since, _t("Founded as %(name)s") % {"name": names[0].name}, "", body.mark, body.source)
        )
    for before, after in pairwise(names):
        if after.since:
            words = _t("Renamed from %(before)s to %(after)s") % {"before": before.name, "after": after.name}
            found.append(Moment(after.since, words))
    places = list(BodyPlace.objects.filter(body=body).order_by("since"))
    parents = names_of_bodies([p.parent_id for p in places])
    for place in places:
        if place.since and place.since != body.since:
            words = _t("Placed under %(parent)s") % {"parent": parents.get(place.parent_id, "")}
            found.append(Moment(place.since, words, f"/register/bodies/{place.parent_id}/"))
    found += _successions(body)
    if body.until:
        found.append(Moment(body.until, _t("Last day of its work"), "", body.mark, body.source))
    return _sorted(found)


def _successions(body: Body) -> list[Moment]:
    rows = list(Succession.objects.filter(before=body)) + list(Succession.objects.filter(after=body))
    names = names_of_bodies({r.before_id for r in rows} | {r.after_id for r in rows})
    found = []
    for row in rows:
        other = row.after_id if row.before_id == body.pk else row.before_id
        template = _t("%(other)s takes over") if row.before_id == body.pk else _t("Takes over from %(other)s")
        words = template % {"other": names.get(other, "")}
        found.append(Moment(row.day, words, f"/register/bodies/{other}/", row.mark, row.source))
    return found


def of_person(person: Person) -> list[Moment]:
    """The offices and mandates of a person."""
    found: list[Moment] = []
    holdings = list(Holding.objects.filter(person=person).select_related("post"))
    bodies = names_of_bodies({h.post.body_id for h in holdings})
    for h in holdings:
        words = {"post": h.post.title, "body": bodies.get(h.post.body_id, "")}
        url = f"/register/bodies/{h.post.body_id}/"
        if h.since:
            found.append(Moment(h.since, _t("Took the post %(post)s, %(body)s") % words, url, h.mark, h.basis))
        if h.until:
            found.append(Moment(h.until, _t("Last day in the post %(post)s, %(body)s") % words, url, h.mark))
    for mandate in Mandate.objects.filter(person=person).select_related("term"):
        found += _of_mandate(mandate)
    return _sorted(found)


def _of_mandate(mandate: Mandate) -> list[Moment]:
    found = []
    term = {"term": mandate.term.label}
    if mandate.since:
        found.append(Moment(mandate.since, _t("Deputy of term %(term)s") % term, "", mandate.mark, mandate.source))
    seats = list(Seat.objects.filter(mandate=mandate).order_by("since"))
    names = names_of_bodies({s.delegation_id for s in seats})
    for seat in seats[1:]:
        if seat.since:
            words = _t("Moved to %(name)s") % {"name": names.get(seat.delegation_id, "")}
            found.append(Moment(seat.since, words, f"/register/bodies/{seat.delegation_id}/"))
    for standing in mandate.standings.exclude(status=Status.MOVED):
        if standing.since:
            words = _t("Standing: %(status)s") % {"status": standing.get_status_display()}
            found.append(Moment(standing.since, words, "", standing.mark, standing.basis))
    if mandate.until and mandate.until == mandate.term.until:
        found.append(Moment(mandate.until + ONE_DAY, _t("End of term %(term)s") % term))
    return found
