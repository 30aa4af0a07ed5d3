"""Pages of the chamber: the day, sessions, one meeting with its vote, one vote with every name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.desks.chamber.conclusions import of_meeting
from dienhong.desks.chamber.correcting import corrections
from dienhong.desks.door import Visit
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.clock import day_of
from dienhong.meetings import actions, queries
from dienhong.meetings.models import STANDING_COMMITTEE_KINDS, AgendaItem, Meeting, Session, Vote
from dienhong.people.models import BodyKind, Term
from dienhong.people.queries import above, deputies_total, members_on, names_of_bodies
from dienhong.polls import actions as polls
from dienhong.polls.explain import explain, missing_words
from dienhong.polls.models import Poll, PollState, Result
from dienhong.polls.queries import Pressed, pressed, threshold_line

SEE = declare("meetings.see", _("See sessions, agendas and votes"))


def may_see(request: HttpRequest) -> bool:
    """Whether the chamber stands in this person's rail."""
    visit = cast("Visit", request)
    return may(visit.actor, SEE, on=visit.day).allowed


def day(request: Visit) -> HttpResponse:
    """The sittings of today and of the days around it."""
    require(request.actor, SEE, at=request.at)
    current = queries.current_meeting(request.day)
    week = [request.day + dt.timedelta(days=n) for n in range(-request.day.weekday(), 7 - request.day.weekday())]
    meetings = Meeting.objects.filter(Q(since__in=week) | Q(since__lte=week[-1], until__gte=week[0])).select_related(
        "body", "session"
    )
    by_day = [(d, [m for m in meetings if m.since and m.since <= d <= (m.until or m.since)]) for d in week]
    return render(
        request,
        "chamber/day.html",
        {
            "session": queries.session_on(request.day),
            "current": current,
            "by_day": by_day,
            "years": _years(),
            "new": may(request.actor, actions.KEEP_MEETINGS, on=request.day),
        },
    )


def sessions(request: Visit) -> HttpResponse:
    """All sessions of a term with what was passed and voted in each."""
    require(request.actor, SEE, at=request.at)
    terms = list(Term.objects.order_by("-number"))
    chosen = next((t for t in terms if t.label == request.GET.get("term")), None) or next(
        (t for t in terms if t.since and t.since <= request.day), None
    )
    rows = (
        Session.objects.filter(term=chosen)
        .annotate(votes_held=Count("votes", distinct=True))
        .prefetch_related("phases")
        .order_by("-year", "-since", "-number")
    )
    years = _years()
    return render(
        request, "chamber/sessions.html", {"terms": terms, "chosen": chosen, "sessions": rows, "years": years}
    )


def session(request: Visit, session_id: int) -> HttpResponse:
    """One session: its phases, sittings and votes."""
    require(request.actor, SEE, at=request.at)
    row = get_object_or_404(Session.objects.select_related("term").prefetch_related("phases"), pk=session_id)
    votes = row.votes.select_related("poll", "poll__result").order_by(
        F("poll__day").asc(nulls_last=True), "order", "pk"
    )
    sittings = row.meetings.select_related("body").order_by("since", "starts_at", "pk")
    return render(request, "chamber/session.html", {"session": row, "votes": votes, "sittings": sittings})


def _years() -> list[int]:
    """The years in which the record holds meetings of the Standing Committee, newest first."""
    held = Meeting.objects.filter(kind__in=STANDING_COMMITTEE_KINDS).values_list("year", flat=True)
    return sorted(held.distinct(), reverse=True)


def standing_committee(request: Visit, year: int) -> HttpResponse:
    """The meetings of the Standing Committee counted in one year."""
    require(request.actor, SEE, at=request.at)
    rows = Meeting.objects.filter(kind__in=STANDING_COMMITTEE_KINDS, year=year).order_by(
        F("since").asc(nulls_last=True), "pk"
    )
    years = _years()
    if year not in years:
        raise Http404
    return render(request, "chamber/standing_committee.html", {"year": year, "years": years, "meetings": rows})


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done now; `reason` says why this person may not."""

    verb: str
    words: str
    key: str = ""
    main: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DelegationCount:
    """How many of a delegation have pressed."""

    name: str
    members: int
    pressed: int

    @property
    def waiting(self) -> int:
        return self.members - self.pressed


KIT_CHOICE = {"for": "for", "against": "against", "not_voting": "abstain"}


def seat_states(rows: list[Pressed], *, shown: bool) -> list[str]:
    """The state of each seat for the drawing of the hall."""
    if shown:
        return [KIT_CHOICE.get(row.choice, "absent") for row in rows]
    return ["pressed" if row.pressed else "waiting" for row in rows]


def by_delegation(rows: list[Pressed], day: dt.date) -> list[DelegationCount]:
    """Who has not pressed yet, counted by delegation, the most first."""
    names = names_of_bodies({row.delegation_id for row in rows if row.delegation_id}, day)
    counts: dict[str, list[int]] = {}
    for row in rows:
        count = counts.setdefault(names.get(row.delegation_id or 0, ""), [0, 0])
        count[0] += 1
        count[1] += row.pressed
    out = [DelegationCount(name, members, done) for name, (members, done) in counts.items()]
    return sorted(out, key=lambda d: (-d.waiting, d.name))


def expected_base(poll: Poll, day: dt.date) -> int:
    """How many would have a vote if it were opened on this day."""
    if poll.body.kind == BodyKind.ASSEMBLY:
        return deputies_total(day)
    return len(members_on(poll.body_id, day))


def vote_panel(request: Visit, poll: Poll) -> dict[str, Any]:
    """Everything the middle of the chamber shows of one vote."""
    result = Result.objects.filter(poll=poll).first()
    rows = pressed(poll) if poll.state != PollState.DRAFT else []
    over = poll.state in {PollState.CLOSED, PollState.DECLARED}
    day_ = poll.day or request.day
    line = threshold_line(poll, day_)
    base = expected_base(poll, day_) if poll.state == PollState.DRAFT else poll.base
    counts = by_delegation(rows, day_)
    return {
        "poll": poll,
        "result": result,
        "base": base,
        "seats": seat_states(rows, shown=over),
        "turnout": sum(row.pressed for row in rows),
        "delegations": [d for d in counts if d.waiting][:8] if poll.state == PollState.OPEN else [],
        "waiting": sum(d.waiting for d in counts),
        "until": poll.opened_at + dt.timedelta(seconds=poll.seconds) if poll.opened_at and poll.seconds else None,
        "line": line,
        "needed": line.value.needed(base) if base is not None else None,
        "explanation": explain(poll, result),
        "acts": _acts(request, poll),
    }


def _acts(request: Visit, poll: Poll) -> list[Act]:
    """What can be done with the vote as it stands, for whom it is and, for others, why not."""

    def act(verb: str, words: str, permission: str, **more: Any) -> Act:
        answer = may(request.actor, permission, on=day_of(request.at))
        return Act(verb, words, reason=answer.reason, **more)

    if poll.state == PollState.DRAFT:
        return [
            act("open", _t("Open the vote"), polls.OPEN, key="O", main=True),
            act("cancel", _t("Cancel it, with the reason"), polls.OPEN),
        ]
    if poll.state == PollState.OPEN:
        return [
            act("close", _t("Close the vote"), polls.OPEN, key="E", main=True),
            act("extend", _t("30 seconds more"), polls.OPEN, key="T"),
            act("cancel", _t("Cancel it, with the reason"), polls.OPEN),
        ]
    if poll.state == PollState.CLOSED:
        return [act("declare", _t("Declare the result"), polls.DECLARE, key="D", main=True)]
    return []


def chosen_poll(meeting: Meeting, asked: str) -> Poll | None:
    """The vote that the page shows: the one asked for, else the one the hall looks at, else the next prepared one."""
    of_meeting = Poll.objects.filter(vote__item__meeting=meeting).select_related("body")
    if asked.isdigit() and (poll := of_meeting.filter(pk=int(asked)).first()):
        return poll
    return (
        of_meeting.filter(state=PollState.OPEN).first()
        or of_meeting.filter(state=PollState.CLOSED).first()
        or of_meeting.filter(state=PollState.DRAFT).order_by("vote__item__order", "vote__order").first()
        or of_meeting.order_by("-pk").first()
    )


def votes_of(meeting: Meeting) -> list[tuple[Poll, AgendaItem, Result | None]]:
    """All votes of a meeting in the order of its agenda, each with its item and, once counted, its result."""
    votes = (
        Vote.objects.filter(item__meeting=meeting).select_related("poll", "item").order_by("item__order", "order", "pk")
    )
    results = {result.poll_id: result for result in Result.objects.filter(poll__vote__item__meeting=meeting)}
    return [(vote.poll, cast("AgendaItem", vote.item), results.get(vote.poll_id)) for vote in votes]


def meeting(request: Visit, meeting_id: int) -> HttpResponse:
    """One meeting: its agenda at the side, its vote in the middle, the rule beside it."""
    row = get_object_or_404(Meeting.objects.select_related("body", "session__term"), pk=meeting_id)
    require(request.actor, SEE, at=request.at)
    poll = chosen_poll(row, request.GET.get("vote", ""))
    items = list(queries.agenda(row.pk))
    return render(
        request,
        "chamber/meeting.html",
        {
            "meeting": row,
            "items": items,
            "current": next((i for i in items if i.state == "current"), None),
            "following": next((i for i in items if i.state == "planned"), None),
            "panel": vote_panel(request, poll) if poll else None,
            "votes": votes_of(row),
            "chair": may(request.actor, actions.CHAIR, on=request.day),
            "prepare": may(request.actor, actions.PREPARE_AGENDA, on=request.day),
            "keep": may(request.actor, actions.KEEP_MEETINGS, on=request.day, within=above(row.body_id, request.day)),
            "corrections": corrections(row),
            **of_meeting(request, row),
        },
    )


def vote(request: Visit, poll_id: int) -> HttpResponse:
    """One vote: result, explanation and, once it is over, how every member voted."""
    require(request.actor, SEE, at=request.at)
    poll = get_object_or_404(Poll.objects.select_related("body", "dossier"), pk=poll_id)
    item = AgendaItem.objects.filter(votes__poll=poll).select_related("meeting").first()
    if item and poll.state in {PollState.DRAFT, PollState.OPEN}:
        return redirect(f"/chamber/meetings/{item.meeting_id}/?vote={poll.pk}")
    panel = vote_panel(request, poll)
    rows = pressed(poll)
    delegations = names_of_bodies({r.delegation_id for r in rows if r.delegation_id}, poll.day or request.day)
    names = sorted(rows, key=lambda r: r.sort_key)
    wanted = request.GET.get("choice", "")
    if wanted:
        names = [r for r in names if (r.choice or "absent") == wanted]
    return render(
        request,
        "chamber/vote.html",
        {
            **panel,
            "item": item,
            "session": Session.objects.filter(votes__poll=poll).select_related("term").first(),
            "names": [
                (r, delegations.get(r.delegation_id or 0, ""), KIT_CHOICE.get(r.choice, "absent")) for r in names
            ],
            "all": len(rows),
            "wanted": wanted,
            "missing": missing_words(panel["explanation"].missing),
        },
    )
