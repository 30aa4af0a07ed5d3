"""What awaits a person: computed from the record and from what their posts let them do, never typed in."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _t

from dienhong.desks.home.reporting import of_reports
from dienhong.desks.home.waiting import Awaiting, end_of_day
from dienhong.foundation.access.actor import Actor, may
from dienhong.foundation.clock import day_of
from dienhong.meetings import actions as meetings
from dienhong.meetings import queries
from dienhong.meetings.models import AgendaItem, ItemState, Meeting, MeetingState
from dienhong.people.actions import GIVE_POSTS
from dienhong.people.models import Holding
from dienhong.polls import actions as polls
from dienhong.polls.models import Ballot, Elector, Poll, PollState
from dienhong.work import queries as work
from dienhong.work.models import Task

SOON = dt.timedelta(days=30)


def awaiting(actor: Actor, at: dt.datetime) -> list[Awaiting]:
    """Everything that waits for this person, the most urgent first."""
    day = day_of(at)
    found: list[Awaiting] = []
    if may(actor, polls.CAST, on=day).allowed and actor.person_id is not None:
        found += _as_deputy(actor.person_id)
    if may(actor, polls.DECLARE, on=day).allowed:
        found += _to_declare()
    if may(actor, polls.OPEN, on=day).allowed:
        found += _to_close(at)
        found += _to_open(day)
    if may(actor, meetings.CHAIR, on=day).allowed:
        found += _to_begin(day, at)
    if may(actor, meetings.PREPARE_AGENDA, on=day).allowed:
        found += _empty_agendas(day)
    if may(actor, GIVE_POSTS, on=day).allowed:
        found += _posts_running_out(day)
    if actor.person_id is not None:
        found += _tasks(actor.person_id, day) + _results(actor.person_id)
        found += _asked(actor.person_id) + _escalated(actor.person_id, day)
    found += of_reports(actor, day)
    return sorted(found, key=lambda a: (not a.now, a.at or at))


def _as_deputy(person_id: int) -> list[Awaiting]:
    return [
        Awaiting(
            elector.poll.question,
            _t("The vote is open and you have not pressed yet."),
            reverse("seat:home"),
            _t("Vote"),
            elector.poll.opened_at,
            "live",
            now=True,
        )
        for elector in Elector.objects.filter(person_id=person_id, poll__state=PollState.OPEN).select_related("poll")
        if not Ballot.objects.filter(poll_id=elector.poll_id, person_id=person_id).exists()
    ]


def _meeting_url(poll: Poll) -> str:
    item = AgendaItem.objects.filter(votes__poll=poll).first()
    if item is None:
        return reverse("chamber:vote", args=[poll.pk])
    return reverse("chamber:meeting", args=[item.meeting_id]) + f"?vote={poll.pk}"


def _to_declare() -> list[Awaiting]:
    return [
        Awaiting(
            poll.question,
            _t("The vote is closed and waits to be declared."),
            _meeting_url(poll),
            _t("Declare"),
            poll.closed_at,
            "due",
            now=True,
        )
        for poll in Poll.objects.filter(state=PollState.CLOSED)
    ]


def _to_close(at: dt.datetime) -> list[Awaiting]:
    found = []
    for poll in Poll.objects.filter(state=PollState.OPEN):
        until = poll.opened_at + dt.timedelta(seconds=poll.seconds or 0) if poll.opened_at else None
        late = bool(until and until < at)
        detail = _t("The time set for this vote is over.") if late else _t("The vote is open.")
        state = "late" if late else "live"
        found.append(Awaiting(poll.question, detail, _meeting_url(poll), _t("Close the vote"), until, state, now=True))
    return found


def _to_open(day: dt.date) -> list[Awaiting]:
    drafts = Poll.objects.filter(
        state=PollState.DRAFT,
        vote__item__meeting__since=day,
        vote__item__state__in=[ItemState.PLANNED, ItemState.CURRENT],
    ).select_related("vote__item")
    return [
        Awaiting(
            poll.question,
            _t("Prepared; to be opened when the item is reached."),
            _meeting_url(poll),
            _t("To the vote"),
            poll.vote.item.starts_at if poll.vote.item else None,
        )
        for poll in drafts
    ]


def _to_begin(day: dt.date, at: dt.datetime) -> list[Awaiting]:
    found = []
    for meeting in queries.meetings_of_day(day).filter(state=MeetingState.PLANNED):
        late = bool(meeting.starts_at and meeting.starts_at < at)
        detail = _t("Planned to have begun; not opened yet.") if late else _t("To be opened today.")
        url = reverse("chamber:meeting", args=[meeting.pk])
        found.append(
            Awaiting(
                meeting.title, detail, url, _t("To the meeting"), meeting.starts_at, "due" if late else "", now=late
            )
        )
    return found


def _empty_agendas(day: dt.date) -> list[Awaiting]:
    coming = Meeting.objects.filter(
        state=MeetingState.PLANNED, since__gte=day, since__lte=day + dt.timedelta(days=7), items__isnull=True
    )
    return [
        Awaiting(
            meeting.title,
            _t("The agenda is still empty."),
            reverse("chamber:meeting", args=[meeting.pk]),
            _t("Prepare the agenda"),
            meeting.starts_at,
            "gap",
        )
        for meeting in coming
    ]


def _posts_running_out(day: dt.date) -> list[Awaiting]:
    soon = (
        Holding.objects.filter(until__gte=day, until__lte=day + SOON).select_related("person", "post").order_by("until")
    )
    return [
        Awaiting(
            _t("%(person)s leaves the post %(post)s") % {"person": h.person.full_name, "post": h.post.title},
            _t("Last day: %(day)s") % {"day": f"{h.until:%d/%m/%Y}"},
            f"/register/people/{h.person_id}/",
            _t("To the register"),
            None,
            "due",
        )
        for h in soon[:20]
    ]


def _task(task: Task, detail: str, act: str, state: str) -> Awaiting:
    url = reverse("programme:task", args=[task.pk])
    return Awaiting(f"{task.number}. {task.title}", detail, url, act, end_of_day(task.due), state)


def _tasks(person_id: int, day: dt.date) -> list[Awaiting]:
    """The tasks of this person that are overdue or soon due; what is due later waits on the desk of the programme."""
    found = []
    for task in work.of_person(person_id, day).filter(due__lte=day + dt.timedelta(days=work.SOON.on(day)))[:20]:
        late = task.due is not None and task.due < day
        detail = _t("Deadline: %(deadline)s") % {"deadline": work.deadline_words(task.due_rule, task.due)}
        found.append(_task(task, detail, _t("To the task"), "late" if late else "due"))
    return found


def _results(person_id: int) -> list[Awaiting]:
    detail = _t("The result is reported and waits for your confirmation.")
    return [_task(task, detail, _t("Confirm"), "due") for task in work.to_confirm(person_id)[:20]]


def _asked(person_id: int) -> list[Awaiting]:
    """The later deadlines that are asked of this person."""
    return [
        _task(row.task, _t("A later deadline is asked for: %(words)s") % {"words": work.asked_words(row)},
              _t("Decide"), "due")
        for row in work.to_decide(person_id).select_related("task")[:20]
    ]  # fmt: skip


def _escalated(person_id: int, day: dt.date) -> list[Awaiting]:
    """What this leader is in charge of and has been overdue for longer than the rulebook leaves with the doer."""
    detail = _t("Long overdue; you are in charge of it.")
    return [_task(task, detail, _t("To the task"), "late") for task in work.escalated(person_id, day)[:20]]
