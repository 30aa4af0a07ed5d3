"""What people do with sessions, meetings and agendas."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.meetings import events, rules
from dienhong.meetings.actions.common import CHAIR, KEEP_MEETINGS, KEEP_SESSIONS, PREPARE_AGENDA, NotSoPlanned
from dienhong.meetings.actions.correcting import Corrected, CorrectedMeanwhile, correct_meeting
from dienhong.meetings.models import (
    AgendaItem,
    ItemState,
    Meeting,
    MeetingKind,
    MeetingState,
    Phase,
    Session,
    SessionKind,
    Vote,
)
from dienhong.people.models import Body, Term
from dienhong.people.queries import above
from dienhong.people.rules import covers
from dienhong.polls.actions import Published, enter_published_vote, prepare_poll
from dienhong.polls.models import Poll, PollState
from dienhong.work.models import Dossier

__all__ = [
    "CHAIR",
    "KEEP_MEETINGS",
    "KEEP_SESSIONS",
    "PREPARE_AGENDA",
    "ConvenedLate",
    "Corrected",
    "CorrectedMeanwhile",
    "NotSoPlanned",
    "add_item",
    "change_item",
    "close_meeting",
    "correct_meeting",
    "enter_meeting",
    "enter_session",
    "file_published_vote",
    "move_item",
    "open_meeting",
    "put_to_vote",
    "take_up_item",
    "withdraw_item",
]

CONVENE_DAYS = {
    kind: rulebook.use(f"meetings.convene_days.{kind}", int, by="meetings.enter_session") for kind in SessionKind.values
}


class ConvenedLate(Refusal):
    """The session is convened later than the law wants; a reason and who approved it are needed (never a bar)."""


@transaction.atomic
def enter_session(
    *,
    actor: Actor,
    term: Term,
    kind: str,
    number: int,
    label: str,
    year: int,
    at: dt.datetime,
    since: dt.date | None = None,
    until: dt.date | None = None,
    phases: tuple[tuple[dt.date | None, dt.date | None], ...] = (),
    convened_on: dt.date | None = None,
    reason: str = "",
    laws_reported: int | None = None,
    resolutions_reported: int | None = None,
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Session:
    """Enter a session (kỳ họp) with its phases. Convened late needs a reason (LTCQH art. 92.1), and is let through."""
    require(actor, KEEP_SESSIONS, at=at)
    if Session.objects.filter(term=term, kind=kind, number=number).exists():
        raise NotSoPlanned(_("This session is already in the register."), field="number")
    _check_days(since, until, phases)
    if convened_on and since:
        _check_convening(kind, convened_on, since, reason)
    session = Session.objects.create(
        term=term, kind=kind, number=number, label=nfc(label), year=year, since=since, until=until,
        convened_on=convened_on, reason=reason, laws_reported=laws_reported, resolutions_reported=resolutions_reported,
        mark=mark, source=source, note=note,
    )  # fmt: skip
    Phase.objects.bulk_create(
        Phase(session=session, number=n, since=first, until=last) for n, (first, last) in enumerate(phases, 1)
    )
    record(events.SessionEntered(session.pk, since.isoformat() if since else ""), actor=actor, at=at)
    return session


def _check_days(
    since: dt.date | None, until: dt.date | None, phases: tuple[tuple[dt.date | None, dt.date | None], ...]
) -> None:
    if since and until and since > until:
        raise NotSoPlanned(_("The closing day lies before the opening."), field="until")
    for first, last in phases:
        if (first and since and first < since) or (last and until and last > until):
            raise NotSoPlanned(_("A phase lies outside its session."), field="phases")


def _check_convening(kind: str, convened_on: dt.date, since: dt.date, reason: str) -> None:
    days = rules.convened_days_before(convened_on, since)
    wanted = CONVENE_DAYS[kind].on(convened_on)
    if days < wanted and not reason.strip():
        raise ConvenedLate(
            _("Convened %(days)s days before the opening, not %(wanted)s: give the reason and who approved.")
            % {"days": days, "wanted": wanted},
            field="reason",
        )


@transaction.atomic
def enter_meeting(
    *,
    actor: Actor,
    body: Body,
    kind: str,
    title: str,
    year: int,
    at: dt.datetime,
    number: str = "",
    session: Session | None = None,
    term: Term | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
    working_days: Decimal | None = None,
    closed_doors: bool = False,
    counts: bool = True,
    held: bool = False,
    place: str = "",
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Meeting:
    """Enter a meeting or sitting (phiên họp); `held` for one of the past, which is closed from the start."""
    require(actor, KEEP_MEETINGS, at=at, within=above(body.pk, since or day_of(at)))
    if kind not in MeetingKind.values:
        raise NotSoPlanned(_("Choose the kind of meeting."), field="kind")
    _check_time(kind, session, (since, until), (starts_at, ends_at))
    meeting = Meeting.objects.create(
        body=body, session=session, term=term or (session.term if session else None), kind=kind, number=number,
        title=nfc(title), year=year, since=since, until=until, starts_at=starts_at, ends_at=ends_at,
        working_days=working_days, closed_doors=closed_doors, counts=counts, place=place,
        state=MeetingState.CLOSED if held else MeetingState.PLANNED, mark=mark, source=source, note=note,
    )  # fmt: skip
    record(events.MeetingEntered(meeting.pk, since.isoformat() if since else ""), actor=actor, at=at)
    return meeting


def _check_time(
    kind: str,
    session: Session | None,
    days: tuple[dt.date | None, dt.date | None],
    hours: tuple[dt.datetime | None, dt.datetime | None],
) -> None:
    (since, until), (starts_at, ends_at) = days, hours
    if since and until and since > until:
        raise NotSoPlanned(_("The last day lies before the first."), field="until")
    if starts_at and ends_at and starts_at > ends_at:
        raise NotSoPlanned(_("The meeting ends before it starts."), field="ends_at")
    if session and since and kind != MeetingKind.PREPARATORY and not covers((session.since, session.until), since):
        raise NotSoPlanned(_("This day lies outside the session."), field="since")


@transaction.atomic
def open_meeting(*, actor: Actor, meeting_id: int, at: dt.datetime) -> Meeting:
    """Open a planned meeting (khai mạc, bắt đầu phiên họp)."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    require(actor, CHAIR, at=at, within=above(meeting.body_id, day_of(at)))
    if meeting.state != MeetingState.PLANNED:
        raise NotSoPlanned(_("This meeting was already opened."))
    meeting.state, meeting.starts_at = MeetingState.OPEN, at
    meeting.save(update_fields=["state", "starts_at"])
    record(events.MeetingOpened(meeting.pk), actor=actor, at=at)
    return meeting


@transaction.atomic
def close_meeting(*, actor: Actor, meeting_id: int, at: dt.datetime) -> Meeting:
    """Close a meeting (bế mạc, kết thúc phiên họp); an open or undeclared vote must be settled first."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    require(actor, CHAIR, at=at, within=above(meeting.body_id, day_of(at)))
    if meeting.state != MeetingState.OPEN:
        raise NotSoPlanned(_("This meeting is not in progress."))
    unsettled = Poll.objects.filter(vote__item__meeting=meeting, state__in=[PollState.OPEN, PollState.CLOSED]).first()
    if unsettled:
        raise NotSoPlanned(_("The vote “%(question)s” is not declared yet.") % {"question": unsettled.question})
    AgendaItem.objects.filter(meeting=meeting, state=ItemState.CURRENT).update(state=ItemState.DONE)
    meeting.state, meeting.ends_at = MeetingState.CLOSED, at
    meeting.save(update_fields=["state", "ends_at"])
    record(events.MeetingClosed(meeting.pk), actor=actor, at=at)
    return meeting


@transaction.atomic
def add_item(
    *,
    actor: Actor,
    meeting_id: int,
    title: str,
    at: dt.datetime,
    dossier: Dossier | None = None,
    presenter: str = "",
    starts_at: dt.datetime | None = None,
    minutes: int | None = None,
    note: str = "",
) -> AgendaItem:
    """Put an item at the end of an agenda (thêm mục chương trình)."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    require(actor, PREPARE_AGENDA, at=at, within=above(meeting.body_id, day_of(at)))
    if meeting.state == MeetingState.CLOSED:
        raise NotSoPlanned(_("This meeting is closed; its agenda no longer changes."))
    title = nfc(title)
    if len(title) < 3:
        raise NotSoPlanned(_("Write what the item is about."), field="title")
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        order=last + 1,
        title=title,
        dossier=dossier,
        presenter=nfc(presenter),
        starts_at=starts_at,
        minutes=minutes,
        note=note,
    )
    record(events.ItemAdded(meeting.pk, item.pk), actor=actor, at=at)
    return item


@transaction.atomic
def change_item(
    *,
    actor: Actor,
    item_id: int,
    title: str,
    at: dt.datetime,
    presenter: str = "",
    starts_at: dt.datetime | None = None,
    minutes: int | None = None,
    note: str = "",
) -> AgendaItem:
    """Change the words or the time of an item (sửa mục chương trình)."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item_id)
    require(actor, PREPARE_AGENDA, at=at, within=above(item.meeting.body_id, day_of(at)))
    if item.meeting.state == MeetingState.CLOSED or item.state in {ItemState.DONE, ItemState.WITHDRAWN}:
        raise NotSoPlanned(_("This item is settled; it no longer changes."))
    title = nfc(title)
    if len(title) < 3:
        raise NotSoPlanned(_("Write what the item is about."), field="title")
    new = {"title": title, "presenter": nfc(presenter), "starts_at": starts_at, "minutes": minutes, "note": note}
    changed = sorted(field for field, value in new.items() if getattr(item, field) != value)
    if not changed:
        return item
    for field in changed:
        setattr(item, field, new[field])
    item.save(update_fields=changed)
    record(events.ItemChanged(item.meeting_id, item.pk, ", ".join(changed)), actor=actor, at=at)
    return item


@transaction.atomic
def move_item(*, actor: Actor, item_id: int, place: int, at: dt.datetime) -> AgendaItem:
    """Move an item to another place, counted from 1 (đổi thứ tự)."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item_id)
    require(actor, PREPARE_AGENDA, at=at, within=above(item.meeting.body_id, day_of(at)))
    if item.meeting.state == MeetingState.CLOSED:
        raise NotSoPlanned(_("This meeting is closed; its agenda no longer changes."))
    ids = list(AgendaItem.objects.filter(meeting_id=item.meeting_id).values_list("pk", flat=True))
    for order, pk in enumerate(rules.order_after_move(ids, item.pk, place - 1), 1):
        AgendaItem.objects.filter(pk=pk).update(order=order)
    item.refresh_from_db()
    record(events.AgendaReordered(item.meeting_id, item.pk, item.order), actor=actor, at=at)
    return item


@transaction.atomic
def take_up_item(*, actor: Actor, item_id: int, at: dt.datetime) -> AgendaItem:
    """Take up an item (chuyển sang mục); the one before it is done."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item_id)
    require(actor, CHAIR, at=at, within=above(item.meeting.body_id, day_of(at)))
    if item.meeting.state != MeetingState.OPEN:
        raise NotSoPlanned(_("Open the meeting first."))
    if item.state in {ItemState.WITHDRAWN, ItemState.CURRENT}:
        raise NotSoPlanned(_("This item cannot be taken up."))
    for before in AgendaItem.objects.filter(meeting_id=item.meeting_id, state=ItemState.CURRENT):
        if before.votes.filter(poll__state=PollState.OPEN).exists():
            raise NotSoPlanned(_("A vote is open under “%(item)s”. Close it first.") % {"item": before.title})
        before.state = ItemState.DONE
        before.save(update_fields=["state"])
        record(events.ItemDone(item.meeting_id, before.pk), actor=actor, at=at)
    item.state = ItemState.CURRENT
    item.save(update_fields=["state"])
    record(events.ItemTakenUp(item.meeting_id, item.pk), actor=actor, at=at)
    return item


@transaction.atomic
def withdraw_item(*, actor: Actor, item_id: int, reason: str, at: dt.datetime) -> AgendaItem:
    """Withdraw an item from the agenda (rút khỏi chương trình), with a reason."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item_id)
    require(actor, PREPARE_AGENDA, at=at, within=above(item.meeting.body_id, day_of(at)))
    if item.state in {ItemState.DONE, ItemState.WITHDRAWN} or item.meeting.state == MeetingState.CLOSED:
        raise NotSoPlanned(_("This item is settled; it no longer changes."))
    if item.votes.exclude(poll__state__in=[PollState.DRAFT, PollState.CANCELLED]).exists():
        raise NotSoPlanned(_("A vote was held under this item."))
    if len(reason.strip()) < 5:
        raise NotSoPlanned(_("Say why the item is withdrawn."), field="reason")
    item.state, item.note = ItemState.WITHDRAWN, nfc(reason)
    item.save(update_fields=["state", "note"])
    record(events.ItemWithdrawn(item.meeting_id, item.pk, nfc(reason)), actor=actor, at=at)
    return item


@transaction.atomic
def put_to_vote(*, actor: Actor, item_id: int, kind: str, question: str, at: dt.datetime) -> Poll:
    """Schedule a vote under an agenda item (đưa vào nội dung biểu quyết); it is opened by `polls.open_poll`."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__body", "dossier").get(pk=item_id)
    require(actor, PREPARE_AGENDA, at=at, within=above(item.meeting.body_id, day_of(at)))
    if item.meeting.state == MeetingState.CLOSED or item.state == ItemState.WITHDRAWN:
        raise NotSoPlanned(_("This item is settled; it no longer changes."))
    poll = prepare_poll(actor=actor, body=item.meeting.body, kind=kind, question=question, dossier=item.dossier, at=at)
    Vote.objects.create(poll=poll, item=item, session=item.meeting.session, order=item.votes.count())
    record(events.PutToVote(item.meeting_id, item.pk, poll.pk), actor=actor, at=at)
    return poll


@transaction.atomic
def file_published_vote(
    *,
    actor: Actor,
    session: Session,
    body: Body,
    kind: str,
    question: str,
    published: Published,
    at: dt.datetime,
    method: str = "",
    dossier: Dossier | None = None,
    mark: str = Mark.PUBLISHED,
    source: str = "",
    note: str = "",
) -> Poll:
    """Enter a published vote of a session (ghi kết quả biểu quyết đã công bố của kỳ họp)."""
    require(actor, KEEP_SESSIONS, at=at)
    poll = enter_published_vote(
        actor=actor,
        body=body,
        kind=kind,
        question=question,
        published=published,
        method=method,
        dossier=dossier,
        mark=mark,
        source=source,
        note=note,
        at=at,
    )
    Vote.objects.create(poll=poll, session=session, order=session.votes.count())
    record(events.VoteFiled(session.pk, poll.pk), actor=actor, at=at)
    return poll
