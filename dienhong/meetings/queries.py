"""What people ask about sessions and meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Prefetch, Q, QuerySet

from dienhong.meetings.models import AgendaItem, Meeting, MeetingChange, MeetingState, Session, Vote
from dienhong.people.models import on
from dienhong.polls.models import Poll, PollState


def names_of_sessions(ids: Iterable[int]) -> Mapping[int, str]:
    rows = Session.objects.filter(pk__in=set(ids)).select_related("term")
    return {row.pk: f"{row.label}, {row.term.label}" for row in rows}


def names_of_meetings(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Meeting.objects.filter(pk__in=set(ids)).values_list("pk", "title"))


def names_of_items(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(AgendaItem.objects.filter(pk__in=set(ids)).values_list("pk", "title"))


def names_entered(body_id: int) -> set[tuple[int, str]]:
    """Year and title of each meeting of a body as it stands and as it was entered, before it was corrected."""
    found: set[tuple[int, str]] = set()
    ever: dict[int, tuple[set[int], set[str]]] = {}
    for key, year, title in Meeting.objects.filter(body_id=body_id).values_list("pk", "year", "title"):
        ever[key] = ({year}, {title})
    changes = MeetingChange.objects.filter(meeting__body_id=body_id, what__in=["year", "title"])
    for key, what, before in changes.values_list("meeting_id", "what", "before"):
        years, titles = ever[key]
        years.add(int(before)) if what == "year" else titles.add(before)
    for years, titles in ever.values():
        found |= {(year, title) for year in years for title in titles}
    return found


def session_on(day: dt.date) -> Session | None:
    """The session of the assembly that runs on that day."""
    return Session.objects.filter(on(day), since__isnull=False).select_related("term").order_by("-since").first()


def meetings_of_day(day: dt.date) -> QuerySet[Meeting]:
    """The meetings held on that day, by hour."""
    return (
        Meeting.objects.filter(Q(since=day) | Q(since__lte=day, until__gte=day))
        .select_related("body", "session")
        .order_by("starts_at", "id")
    )


def current_meeting(day: dt.date) -> Meeting | None:
    """The sitting in progress, else the next planned one of that day."""
    of_day = meetings_of_day(day)
    return of_day.filter(state=MeetingState.OPEN).first() or of_day.filter(state=MeetingState.PLANNED).first()


def agenda(meeting_id: int) -> QuerySet[AgendaItem]:
    """The agenda of a meeting in order, with the votes under each item."""
    votes = Prefetch("votes", Vote.objects.select_related("poll", "poll__result").order_by("order", "id"))
    return AgendaItem.objects.filter(meeting_id=meeting_id).select_related("dossier").prefetch_related(votes)


def current_poll(meeting_id: int) -> Poll | None:
    """The vote the hall looks at: the open one, else the one closed last and not older than its item."""
    polls = Poll.objects.filter(vote__item__meeting_id=meeting_id).select_related("body", "vote__item")
    return (
        polls.filter(state=PollState.OPEN).first()
        or polls.filter(state=PollState.CLOSED).order_by("-closed_at").first()
        or polls.filter(state=PollState.DECLARED).order_by("-declared_at").first()
    )
