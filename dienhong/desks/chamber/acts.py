"""What clerk and chair do: each view reads a form, calls one action and goes back to the meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods, require_POST

from dienhong.desks.chamber.forms import ItemForm, MeetingForm, VoteForm
from dienhong.desks.door import Visit, attempt
from dienhong.desks.forms import ReasonForm, walk
from dienhong.foundation import clock
from dienhong.foundation.access.actor import require
from dienhong.meetings import actions
from dienhong.meetings.models import AgendaItem, Meeting
from dienhong.meetings.queries import session_on
from dienhong.people.models import Body
from dienhong.polls import actions as polls
from dienhong.polls.models import Poll


def _at(day: dt.date | None, time: dt.time | None) -> dt.datetime | None:
    return clock.moment(day, time) if day and time else None


def _to_meeting(meeting_id: int, poll_id: int | None = None) -> HttpResponseRedirect:
    query = f"?vote={poll_id}" if poll_id else ""
    return redirect(reverse("chamber:meeting", args=[meeting_id]) + query)


@require_http_methods(["GET", "POST"])
def new_meeting(request: Visit) -> HttpResponse:
    """Enter a meeting."""
    require(request.actor, actions.KEEP_MEETINGS, at=request.at)
    form = MeetingForm(
        request.POST or None, day=request.day, initial={"since": request.day.strftime("%d/%m/%Y"), "kind": "plenary"}
    )
    made: list[Meeting] = []

    def act(data: dict[str, Any]) -> None:
        day = data["since"]
        made.append(
            actions.enter_meeting(
                actor=request.actor,
                body=Body.objects.get(pk=data["body"]),
                kind=data["kind"],
                title=data["title"],
                year=day.year,
                session=session_on(day) if data["kind"] in {"plenary", "group", "delegation", "preparatory"} else None,
                since=day,
                starts_at=_at(day, data["starts"]),
                place=data["place"],
                closed_doors=data["closed_doors"],
                at=request.at,
            )
        )

    return walk(
        request,
        form,
        act,
        _t("New meeting"),
        _t("Enter the meeting"),
        reverse("chamber:home"),
        then=lambda: _to_meeting(made[0].pk),
    )


MEETING_ACTS: dict[str, Callable[..., object]] = {"open": actions.open_meeting, "close": actions.close_meeting}


@require_POST
def meeting_act(request: Visit, meeting_id: int, verb: str) -> HttpResponse:
    """Open or close a meeting."""
    act = MEETING_ACTS.get(verb)
    if act is None or not Meeting.objects.filter(pk=meeting_id).exists():
        raise Http404
    attempt(request, lambda: act(actor=request.actor, meeting_id=meeting_id, at=request.at))
    return _to_meeting(meeting_id)


@require_http_methods(["GET", "POST"])
def new_item(request: Visit, meeting_id: int) -> HttpResponse:
    """Put an item on the agenda."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    require(request.actor, actions.PREPARE_AGENDA, at=request.at)
    form = ItemForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        actions.add_item(
            actor=request.actor,
            meeting_id=meeting.pk,
            title=data["title"],
            presenter=data["presenter"],
            starts_at=_at(meeting.since, data["starts"]),
            minutes=data["minutes"],
            at=request.at,
        )

    back = reverse("chamber:meeting", args=[meeting.pk])
    return walk(request, form, act, _t("New item of the agenda"), _t("Put it on the agenda"), back)


@require_http_methods(["GET", "POST"])
def edit_item(request: Visit, item_id: int) -> HttpResponse:
    """Change an item."""
    item = get_object_or_404(AgendaItem.objects.select_related("meeting"), pk=item_id)
    require(request.actor, actions.PREPARE_AGENDA, at=request.at)
    starts = item.starts_at.astimezone(clock.zone()).time() if item.starts_at else None
    initial = {"title": item.title, "presenter": item.presenter, "starts": starts, "minutes": item.minutes}
    form = ItemForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> None:
        actions.change_item(
            actor=request.actor,
            item_id=item.pk,
            title=data["title"],
            presenter=data["presenter"],
            starts_at=_at(item.meeting.since, data["starts"]),
            minutes=data["minutes"],
            note=item.note,
            at=request.at,
        )

    back = reverse("chamber:meeting", args=[item.meeting_id])
    return walk(request, form, act, _t("Change the item"), _t("Save the change"), back)


@require_POST
def item_act(request: Visit, item_id: int, verb: str) -> HttpResponse:
    """Take an item up, or move it one place."""
    item = get_object_or_404(AgendaItem, pk=item_id)
    if verb == "take-up":
        attempt(request, lambda: actions.take_up_item(actor=request.actor, item_id=item.pk, at=request.at))
    elif verb in {"earlier", "later"}:
        ids = list(AgendaItem.objects.filter(meeting_id=item.meeting_id).values_list("pk", flat=True))
        place = ids.index(item.pk) + 1 + (1 if verb == "later" else -1)
        attempt(request, lambda: actions.move_item(actor=request.actor, item_id=item.pk, place=place, at=request.at))
    else:
        raise Http404
    return _to_meeting(item.meeting_id)


@require_http_methods(["GET", "POST"])
def withdraw(request: Visit, item_id: int) -> HttpResponse:
    """Withdraw an item, with a reason."""
    item = get_object_or_404(AgendaItem, pk=item_id)
    require(request.actor, actions.PREPARE_AGENDA, at=request.at)
    form = ReasonForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        actions.withdraw_item(actor=request.actor, item_id=item.pk, reason=data["reason"], at=request.at)

    back = reverse("chamber:meeting", args=[item.meeting_id])
    words = _t("“%(item)s” stays visible on the agenda, marked as withdrawn with your reason.") % {"item": item.title}
    return walk(request, form, act, _t("Withdraw the item"), _t("Withdraw it"), back, consequences=(words,))


@require_http_methods(["GET", "POST"])
def new_vote(request: Visit, item_id: int) -> HttpResponse:
    """Prepare a vote under an item."""
    item = get_object_or_404(AgendaItem, pk=item_id)
    require(request.actor, actions.PREPARE_AGENDA, at=request.at)
    form = VoteForm(request.POST or None, initial={"question": _t("Adopt %(what)s") % {"what": item.title}})
    made: list[Poll] = []

    def act(data: dict[str, Any]) -> None:
        made.append(
            actions.put_to_vote(
                actor=request.actor, item_id=item.pk, kind=data["kind"], question=data["question"], at=request.at
            )
        )

    back = reverse("chamber:meeting", args=[item.meeting_id])
    return walk(
        request,
        form,
        act,
        _t("Prepare a vote"),
        _t("Prepare the vote"),
        back,
        then=lambda: _to_meeting(item.meeting_id, made[0].pk),
    )


def _extend(*, actor: Any, poll_id: int, at: dt.datetime) -> None:
    polls.extend_poll(actor=actor, poll_id=poll_id, seconds=30, at=at)


VOTE_ACTS: dict[str, Callable[..., object]] = {
    "open": polls.open_poll,
    "extend": _extend,
    "close": polls.close_poll,
    "declare": polls.declare_result,
}


def _back_from(poll_id: int) -> str:
    item = AgendaItem.objects.filter(votes__poll_id=poll_id).first()
    if item is None:
        return reverse("chamber:vote", args=[poll_id])
    return reverse("chamber:meeting", args=[item.meeting_id]) + f"?vote={poll_id}"


@require_POST
def vote_act(request: Visit, poll_id: int, verb: str) -> HttpResponse:
    """Open, extend, close or declare a vote."""
    act = VOTE_ACTS.get(verb)
    if act is None or not Poll.objects.filter(pk=poll_id).exists():
        raise Http404
    attempt(request, lambda: act(actor=request.actor, poll_id=poll_id, at=request.at))
    return redirect(_back_from(poll_id))


@require_http_methods(["GET", "POST"])
def cancel(request: Visit, poll_id: int) -> HttpResponse:
    """Cancel a vote, with a reason."""
    poll = get_object_or_404(Poll, pk=poll_id)
    require(request.actor, polls.OPEN, at=request.at)
    form = ReasonForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        polls.cancel_poll(actor=request.actor, poll_id=poll.pk, reason=data["reason"], at=request.at)

    words = _t("No result is computed. The ballots already cast stay in the box and count nothing.")
    return walk(
        request, form, act, _t("Cancel the vote"), _t("Cancel the vote"), _back_from(poll.pk), consequences=(words,)
    )
