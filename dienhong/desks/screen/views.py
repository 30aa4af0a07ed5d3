"""The hall screen of one meeting: the agenda item, the vote while it is open, the result once it may be shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dienhong.desks.door import Visit
from dienhong.foundation.access.actor import require
from dienhong.meetings import queries
from dienhong.meetings.models import AgendaItem, ItemState, Meeting
from dienhong.polls.explain import explain
from dienhong.polls.models import Poll, PollState, Result
from dienhong.polls.queries import pressed, tally, threshold_line, turnout

CHOICES = {"for": "for", "against": "against", "not_voting": "abstain"}


def now(request: Visit) -> HttpResponse:
    """The screen of the sitting that is on, or comes next today."""
    require(request.actor, "meetings.see", at=request.at)
    current = queries.current_meeting(request.day)
    if current:
        return redirect("screen:meeting", current.pk)
    return render(request, "screen/idle.html", {"session": queries.session_on(request.day)})


def meeting(request: Visit, meeting_id: int) -> HttpResponse:
    """What the hall sees now."""
    row = get_object_or_404(Meeting.objects.select_related("session__term", "body"), pk=meeting_id)
    require(request.actor, "meetings.see", at=request.at)
    item = AgendaItem.objects.filter(meeting=row, state=ItemState.CURRENT).first()
    poll = _poll_for_hall(row, item)
    context: dict[str, Any] = {"meeting": row, "item": item, "poll": poll, "next": _next_item(row)}
    if poll is None:
        return render(request, "screen/meeting.html", context)
    result = Result.objects.filter(poll=poll).first()
    rows = pressed(poll) if poll.state == PollState.DECLARED else []
    context |= {
        "turnout": turnout(poll.pk),
        "until": poll.opened_at + dt.timedelta(seconds=poll.seconds) if poll.opened_at and poll.seconds else None,
        "needed": threshold_line(poll, poll.day or request.day).value.needed(poll.base or 0),
        "live_tally": tally(poll.pk) if poll.state == PollState.OPEN and not poll.hidden else None,
        "result": result if poll.state == PollState.DECLARED else None,
        "explanation": explain(poll, result),
        "seats": [CHOICES.get(r.choice, "absent") for r in rows],
        "absent": (result.base or 0) - (result.participating or 0) if result else None,
    }
    return render(request, "screen/meeting.html", context)


def _poll_for_hall(meeting: Meeting, item: AgendaItem | None) -> Poll | None:
    """The open vote, else the last one settled under the item being taken up; a closed one waits for the chair."""
    polls = Poll.objects.filter(vote__item__meeting=meeting).select_related("body")
    if opened := polls.filter(state__in=[PollState.OPEN, PollState.CLOSED]).order_by("-opened_at").first():
        return opened
    if item is None:
        return None
    return polls.filter(vote__item=item, state=PollState.DECLARED).order_by("-declared_at").first()


def _next_item(meeting: Meeting) -> AgendaItem | None:
    return AgendaItem.objects.filter(meeting=meeting, state=ItemState.PLANNED).first()
