"""What a page of tasks was asked for: the filter that stands in its address, and the addresses next to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _t

from dienhong.desks import formats
from dienhong.desks.door import Visit
from dienhong.foundation.access.actor import may
from dienhong.meetings.models import Session
from dienhong.people.models import Person
from dienhong.people.queries import names_of_bodies, term_on
from dienhong.records.queries import session_code
from dienhong.work.models import Line, Programme, ProgrammeState, TaskGroup
from dienhong.work.queries import Filter
from dienhong.work.rights import ADOPT, lines_seen

KEPT = ("programme", "line", "group", "body", "person", "state", "key", "since", "until", "q", "sort", "as_of")
SORTS = {"place": ("programme_id", "place", "pk"), "due": ("due", "place", "pk"), "-due": ("-due", "place", "pk")}


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter of a page, as values and as the words of its address."""

    filter: Filter
    words: dict[str, str]
    sort: str
    wrong: tuple[str, ...]

    def address(self, **changed: object) -> str:
        """The query of the same page with other values; an empty value takes one away."""
        values = {**self.words, **{name: str(value or "") for name, value in changed.items()}}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    @property
    def here(self) -> str:
        """The query of this page."""
        return self.address()


def read(request: Visit) -> Asked:
    """Read the filter from the address; a value that makes no sense is told and does not narrow."""
    words = {name: value.strip()[:200] for name in KEPT if (value := request.GET.get(name, "")).strip()}
    wrong: list[str] = []

    def number(name: str) -> int | None:
        text = words.get(name, "")
        if text.isdigit() and len(text) < 12:
            return int(text)
        if text:
            wrong.append(text)
            words.pop(name)
        return None

    def day(name: str) -> dt.date | None:
        try:
            return formats.parse_day(words[name]) if name in words else None
        except formats.NotADay:
            wrong.append(words.pop(name))
            return None

    person = words.get("person", "")
    if person == "me":
        person_id = request.actor.person_id
    else:
        person_id = number("person")
    line = words.get("line", "")
    if line and line not in Line.values:
        wrong.append(words.pop("line"))
        line = ""
    found = Filter(
        programme=number("programme"), line=line, group=number("group"), body=number("body"), person=person_id,
        state=words.get("state", ""), key=words.get("key", "") == "1", since=day("since"), until=day("until"),
        words=words.get("q", ""),
    )  # fmt: skip
    sort = words.get("sort", "place")
    return Asked(found, words, sort if sort in SORTS else "place", tuple(wrong))


def said(asked: Asked, day: dt.date) -> list[tuple[str, str]]:
    """What the page is narrowed to, in words, each with the address that takes it away."""
    f = asked.filter
    out: list[tuple[str, str]] = []
    if f.programme and (programme := Programme.objects.filter(pk=f.programme).first()):
        out.append((programme.title, asked.address(programme="", group="")))
    if f.group and (group := TaskGroup.objects.filter(pk=f.group).first()):
        out.append((str(group), asked.address(group="")))
    if f.body:
        out.append((names_of_bodies([f.body], day).get(f.body, ""), asked.address(body="")))
    if f.person and (person := Person.objects.filter(pk=f.person).first()):
        out.append((person.full_name, asked.address(person="")))
    if f.key:
        out.append((_t("key tasks"), asked.address(key="")))
    if f.since:
        out.append((_t("due from %(day)s") % {"day": formats.date(f.since)}, asked.address(since="")))
    if f.until:
        out.append((_t("due until %(day)s") % {"day": formats.date(f.until)}, asked.address(until="")))
    if f.words:
        out.append((f"“{f.words}”", asked.address(q="")))
    return [(words, address) for words, address in out if words]


def programmes_seen(request: Visit) -> list[Programme]:
    """The programmes of the lines this person sees, the newest first."""
    lines = lines_seen(request.actor, request.day)
    return list(Programme.objects.filter(line__in=lines).exclude(state="merged").select_related("body", "term"))


def takes_over(request: Visit, programme: Programme | None) -> Programme | None:
    """The draft of a later year that takes over what this adopted programme leaves unfinished, for who may do it."""
    if programme is None or programme.state != ProgrammeState.ADOPTED:
        return None
    if not may(request.actor, ADOPT, on=request.day).allowed:
        return None
    later = Programme.objects.filter(line=programme.line, body=programme.body_id, year__gt=programme.year)
    return later.filter(state=ProgrammeState.DRAFT).order_by("year", "pk").first()


def openings() -> dict[str, dt.date]:
    """The opening days of the sessions the record knows, by their code (XV-7)."""
    rows = Session.objects.filter(since__isnull=False).select_related("term")
    return {session_code(session): session.since for session in rows if session.since is not None}


def term_label(day: dt.date) -> str:
    """The term of that day, for deadlines that name a session only."""
    term = term_on(day)
    return term.label if term else "XV"
