"""The deputy's tablet: what is put to the vote, what I pressed, what comes next, how I voted so far."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_POST

from dienhong.desks.door import Visit, attempt
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.refusal import Refusal
from dienhong.meetings import queries
from dienhong.meetings.models import AgendaItem, ItemState
from dienhong.people.models import Seat, on
from dienhong.people.queries import names_of_bodies
from dienhong.polls import actions as polls
from dienhong.polls.models import Ballot, Elector, Poll, PollState, Result
from dienhong.polls.queries import own_ballot, threshold_line

KEYS = (("for", "for"), ("against", "against"), ("not_voting", "abstain"))


class NoSeat(Refusal):
    """Whoever asks holds no mandate today."""

    status = 403


def may_vote(request: HttpRequest) -> bool:
    """Whether the seat stands in this person's rail: a deputy, or a member of a body that votes."""
    visit = cast("Visit", request)
    return visit.actor.person_id is not None and may(visit.actor, polls.CAST, on=visit.day).allowed


def _person(request: Visit) -> int:
    require(request.actor, polls.CAST, at=request.at)
    if request.actor.person_id is None:
        raise NoSeat(_t("This account belongs to no person of the register, so it has no seat."))
    return request.actor.person_id


def _poll_for(person_id: int) -> Poll | None:
    """The vote this person looks at: the open one, else the last one held today or settled last."""
    mine = Poll.objects.filter(electors__person_id=person_id).select_related("body")
    return mine.filter(state=PollState.OPEN).first() or (
        mine.filter(state__in=[PollState.CLOSED, PollState.DECLARED]).order_by("-closed_at").first()
    )


def seat(request: Visit) -> HttpResponse:
    """The one page of the seat."""
    person_id = _person(request)
    poll = _poll_for(person_id)
    meeting = queries.current_meeting(request.day)
    if poll and poll.state != PollState.OPEN and poll.day != request.day:
        poll = None
    seat_row = Seat.objects.filter(on(request.day), mandate__person_id=person_id).first()
    delegation = names_of_bodies([seat_row.delegation_id], request.day) if seat_row else {}
    elector = Elector.objects.filter(poll=poll, person_id=person_id).first() if poll else None
    context = {
        "poll": poll,
        "meeting": meeting,
        "items": list(queries.agenda(meeting.pk)) if meeting else [],
        "item": AgendaItem.objects.filter(meeting=meeting, state=ItemState.CURRENT).first() if meeting else None,
        "next": AgendaItem.objects.filter(meeting=meeting, state=ItemState.PLANNED).first() if meeting else None,
        "delegation": next(iter(delegation.values()), ""),
        "place": elector.place + 1 if elector else None,
        "mine": own_ballot(poll.pk, person_id) if poll else None,
        "keys": KEYS,
        "press_key": str(uuid.uuid4()),
        "result": Result.objects.filter(poll=poll).first() if poll and poll.state == PollState.DECLARED else None,
        "until": poll.opened_at + dt.timedelta(seconds=poll.seconds)
        if poll and poll.opened_at and poll.seconds
        else None,
        "needed": threshold_line(poll, poll.day or request.day).value.needed(poll.base or 0) if poll else None,
        "changeable": polls.CHANGEABLE.on(request.day),
    }
    return render(request, "seat/seat.html", context)


@require_POST
def press(request: Visit) -> HttpResponse:
    """A press without scripts: the same action as the live lane, and back to the seat."""
    poll_id, choice, key = (request.POST.get(name, "") for name in ("poll", "choice", "key"))
    attempt(
        request,
        lambda: polls.cast_ballot(
            actor=request.actor,
            poll_id=int(poll_id) if poll_id.isdigit() else 0,
            choice=choice,
            key=key,
            at=request.at,
        ),
    )
    return redirect("seat:home")


def my_votes(request: Visit) -> HttpResponse:
    """How I voted so far, newest first."""
    person_id = _person(request)
    electors = (
        Elector.objects.filter(person_id=person_id, poll__state__in=[PollState.CLOSED, PollState.DECLARED])
        .select_related("poll", "poll__result")
        .order_by("-poll__closed_at")[:200]
    )
    ballots: dict[int, str] = {}
    for ballot in Ballot.objects.filter(person_id=person_id, poll_id__in=[e.poll_id for e in electors]).order_by("id"):
        ballots[ballot.poll_id] = ballot.choice
    rows = [(e.poll, dict(KEYS).get(ballots.get(e.poll_id, ""), "absent")) for e in electors]
    return render(request, "seat/votes.html", {"rows": rows})
