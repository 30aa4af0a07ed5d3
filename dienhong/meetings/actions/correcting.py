"""Correcting what was entered of a meeting: with a reason, and what stood there before stays to be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.meetings import events
from dienhong.meetings.actions.common import KEEP_MEETINGS, NotSoPlanned
from dienhong.meetings.models import (
    SITTING_KINDS,
    STANDING_COMMITTEE_KINDS,
    Meeting,
    MeetingChange,
    MeetingKind,
    MeetingState,
)
from dienhong.meetings.queries import session_on
from dienhong.people.queries import above
from dienhong.polls.models import Poll, PollState


class CorrectedMeanwhile(NotSoPlanned):
    """Somebody corrected the meeting after this person had opened it."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What is said of a meeting once it is right; `year` is the one it is counted in."""

    title: str
    kind: str
    year: int
    number: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    working_days: Decimal | None = None
    counts: bool = True
    closed_doors: bool = False
    place: str = ""
    source: str = ""


#: The names of what can be corrected.
CORRECTED = tuple(one.name for one in fields(Corrected))


@transaction.atomic
def correct_meeting(
    *, actor: Actor, meeting_id: int, right: Corrected, reason: str, at: dt.datetime, seen: int | None = None
) -> Meeting:
    """Correct what was entered of a meeting (đính chính phiên họp); what stood there stays in its history.

    `seen` is the key of the last change this person had before them, 0 for none. Nothing happens where nothing is
    otherwise. Raises CorrectedMeanwhile, NotSoPlanned.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("session").get(pk=meeting_id)
    require(actor, KEEP_MEETINGS, at=at, within=above(meeting.body_id, day_of(at)))
    if meeting.state == MeetingState.OPEN:
        raise NotSoPlanned(_("This meeting is in progress; close it first."))
    last = meeting.changes.order_by("-pk").values_list("pk", flat=True).first() or 0
    if seen is not None and seen != last:
        raise CorrectedMeanwhile(
            _("Somebody corrected this meeting after you had opened it. Compare with the page, then save again.")
        )
    _check(meeting, right)
    new = {name: getattr(right, name) for name in CORRECTED} | {"title": nfc(right.title), "place": nfc(right.place)}
    changed = [name for name, value in new.items() if getattr(meeting, name) != value]
    if not changed:
        return meeting
    if len(nfc(reason)) < 5:
        raise NotSoPlanned(_("Say why."), field="reason")
    for name in changed:
        MeetingChange.objects.create(
            meeting=meeting, at=at, who=actor.name, what=name, before=_kept(getattr(meeting, name)),
            after=_kept(new[name]), reason=nfc(reason),
        )  # fmt: skip
        setattr(meeting, name, new[name])
    if {"since", "kind"} & set(changed):
        meeting.session = session_on(right.since) if right.kind in SITTING_KINDS and right.since else None
    meeting.save(update_fields=[*changed, "session"])
    record(events.MeetingCorrected(meeting.pk, ", ".join(changed), nfc(reason)), actor=actor, at=at)
    return meeting


def _kept(value: object) -> str:
    """A value as the history keeps it: a day as 2023-11-24, yes as "x"."""
    if isinstance(value, bool):
        return "x" if value else ""
    return "" if value is None else str(value)


def _check(meeting: Meeting, right: Corrected) -> None:
    """Refuse what cannot be: a kind of another body, days the wrong way round, another day than its votes had."""
    if right.kind not in MeetingKind.values:
        raise NotSoPlanned(_("Choose the kind of meeting."), field="kind")
    of_committee = right.kind in STANDING_COMMITTEE_KINDS
    if right.kind != meeting.kind and of_committee != (meeting.kind in STANDING_COMMITTEE_KINDS):
        raise NotSoPlanned(_("A meeting of one body does not become one of another."), field="kind")
    if len(nfc(right.title)) < 3:
        raise NotSoPlanned(_("Write what the meeting is called."), field="title")
    if right.until and (right.since is None or right.since > right.until):
        raise NotSoPlanned(_("The last day lies before the first."), field="until")
    if right.working_days is not None and right.working_days < 0:
        raise NotSoPlanned(_("A count is not negative."), field="working_days")
    if right.since == meeting.since:
        return
    if right.since and right.kind in SITTING_KINDS and right.kind != MeetingKind.PREPARATORY:
        session = session_on(right.since)
        if meeting.session_id is not None and (session is None or session.pk != meeting.session_id):
            raise NotSoPlanned(_("This day lies outside the session."), field="since")
    held = Poll.objects.filter(vote__item__meeting=meeting).exclude(state__in=[PollState.DRAFT, PollState.CANCELLED])
    if held.exists():
        raise NotSoPlanned(_("Votes were held in this meeting on its day; the day stays."), field="since")
