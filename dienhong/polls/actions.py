"""What people do with polls: prepare, open, close, declare, cancel; and enter what was published.

Casting stands in `casting.py`, for the whole hall does it at once; its names can be had here too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.clock import day_of
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.foundation.rulebook import Threshold
from dienhong.people.models import Body, BodyKind
from dienhong.people.queries import above, deputies_on, mandates_on, members_on
from dienhong.polls import events, rules
from dienhong.polls.casting import CAST as CAST
from dienhong.polls.casting import CHANGEABLE as CHANGEABLE
from dienhong.polls.casting import AlreadyCast as AlreadyCast
from dienhong.polls.casting import Malformed as Malformed
from dienhong.polls.casting import NotAnElector as NotAnElector
from dienhong.polls.casting import NotOpen as NotOpen
from dienhong.polls.casting import Press as Press
from dienhong.polls.casting import Receipt as Receipt
from dienhong.polls.casting import cast_ballot as cast_ballot
from dienhong.polls.casting import cast_ballots as cast_ballots
from dienhong.polls.models import Ballot, Elector, Method, Poll, PollKind, PollState, Result
from dienhong.polls.queries import threshold_line
from dienhong.work.models import Dossier

PREPARE = declare("polls.prepare", _("Prepare votes"))
OPEN = declare("polls.open", _("Open and close votes"))
DECLARE = declare("polls.declare", _("Declare the result of a vote"))
ENTER_PUBLISHED = declare("polls.enter_published", _("Enter published votes"))

THRESHOLDS = {
    kind: rulebook.use(f"polls.threshold.{kind}", Threshold, by="polls.open_poll") for kind in PollKind.values
}
SECONDS = rulebook.use("polls.seconds", int, by="polls.prepare_poll")
HIDDEN = rulebook.use("polls.hidden_until_close", bool, by="polls.prepare_poll")


LONGEST_EXTENSION = 600  # a guard against a slip of the finger, not a rule of law


class NotPrepared(Refusal):
    """The vote is no longer only prepared."""


class NotClosed(Refusal):
    """The vote is not closed."""


@transaction.atomic
def prepare_poll(
    *, actor: Actor, body: Body, kind: str, question: str, at: dt.datetime, dossier: Dossier | None = None
) -> Poll:
    """Prepare a question for the vote (chuẩn bị biểu quyết); the threshold follows from its kind."""
    require(actor, PREPARE, at=at, within=above(body.pk, day_of(at)))
    question = nfc(question)
    if len(question) < 5:
        raise NotPrepared(_("Write the question that is put to the vote."), field="question")
    if kind not in PollKind.values:
        raise NotPrepared(_("Choose what is decided."), field="kind")
    day = day_of(at)
    poll = Poll.objects.create(
        body=body,
        dossier=dossier,
        kind=kind,
        question=question,
        rule=THRESHOLDS[kind].id,
        hidden=HIDDEN.on(day),
        seconds=SECONDS.on(day),
    )
    record(events.PollPrepared(poll.pk, poll.rule), actor=actor, at=at)
    return poll


@transaction.atomic
def open_poll(*, actor: Actor, poll_id: int, at: dt.datetime) -> Poll:
    """Put a prepared question to the vote (đưa ra biểu quyết): who may vote and N are fixed now."""
    poll = Poll.objects.select_for_update(of=("self",)).select_related("body").get(pk=poll_id)
    day = day_of(at)
    require(actor, OPEN, at=at, within=above(poll.body_id, day))
    if poll.state != PollState.DRAFT:
        raise NotPrepared(_("This vote was already opened or cancelled."))
    other = Poll.objects.filter(body_id=poll.body_id, state=PollState.OPEN).first()
    if other:
        raise NotPrepared(_("Another vote is open: “%(question)s”. Close it first.") % {"question": other.question})
    electors = _electors(poll, day)
    if not electors:
        raise NotPrepared(_("Nobody has a vote in this body on this day."))
    Elector.objects.bulk_create(electors)
    poll.state, poll.opened_at, poll.day, poll.base = PollState.OPEN, at, day, len(electors)
    poll.save(update_fields=["state", "opened_at", "day", "base"])
    needed = THRESHOLDS[poll.kind].on(day).needed(poll.base)
    record(events.PollOpened(poll.pk, poll.base, needed), actor=actor, at=at)
    return poll


def _electors(poll: Poll, day: dt.date) -> list[Elector]:
    """All members of the body on that day: deputies for the assembly, holders of members' posts for any other."""
    if poll.body.kind == BodyKind.ASSEMBLY:
        counted = set(mandates_on(day).values_list("pk", flat=True))
        deputies = [d for d in deputies_on(day) if d.mandate_id in counted]
        rows = [(d.person_id, d.delegation_id) for d in sorted(deputies, key=lambda d: (d.delegation, d.sort_key))]
    else:
        rows = [(person.pk, None) for person in members_on(poll.body_id, day)]
    return [
        Elector(poll=poll, person_id=person, delegation_id=delegation, place=place)
        for place, (person, delegation) in enumerate(rows)
    ]


@transaction.atomic
def extend_poll(*, actor: Actor, poll_id: int, seconds: int, at: dt.datetime) -> Poll:
    """Give an open vote more time (gia hạn thời gian biểu quyết). The clock closes nothing by itself: people do."""
    poll = Poll.objects.select_for_update().get(pk=poll_id)
    require(actor, OPEN, at=at, within=above(poll.body_id, day_of(at)))
    if poll.state != PollState.OPEN:
        raise NotOpen(_("This vote is not open; somebody may have closed it just now."))
    if not 1 <= seconds <= LONGEST_EXTENSION:
        raise NotOpen(_("Choose between 1 and %(most)s seconds.") % {"most": LONGEST_EXTENSION}, field="seconds")
    assert poll.opened_at is not None
    passed = max(0, int((at - poll.opened_at).total_seconds()))
    poll.seconds = min(max(poll.seconds or 0, passed) + seconds, 32_000)
    poll.save(update_fields=["seconds"])
    record(events.PollExtended(poll.pk, seconds), actor=actor, at=at)
    return poll


@transaction.atomic
def close_poll(*, actor: Actor, poll_id: int, at: dt.datetime) -> Result:
    """Close a vote (kết thúc biểu quyết): the box is sealed, counted, and its digest goes into the journal."""
    poll = Poll.objects.select_for_update().get(pk=poll_id)
    require(actor, OPEN, at=at, within=above(poll.body_id, day_of(at)))
    if poll.state != PollState.OPEN:
        raise NotOpen(_("This vote is not open; somebody may have closed it just now."))
    assert poll.day is not None
    assert poll.base is not None
    box = Ballot.objects.filter(poll=poll).order_by("id").values_list("id", "person_id", "choice", "key")
    opened = rules.open_box(box.iterator(chunk_size=5000))
    verdict = rules.decide(opened.tally, poll.base, THRESHOLDS[poll.kind].on(poll.day))
    poll.state, poll.closed_at, poll.digest = PollState.CLOSED, at, opened.digest
    poll.save(update_fields=["state", "closed_at", "digest"])
    result = Result.objects.create(
        poll=poll,
        for_count=verdict.tally.for_,
        against_count=verdict.tally.against,
        not_voting_count=verdict.tally.not_voting,
        participating=verdict.tally.participating,
        base=verdict.base,
        needed=verdict.needed,
        carried=verdict.carried,
        for_percent=verdict.for_percent,
    )
    record(
        events.PollClosed(
            poll.pk, verdict.tally.for_, verdict.tally.against, verdict.tally.not_voting, opened.ballots, poll.digest
        ),
        actor=actor,
        at=at,
    )
    return result


@transaction.atomic
def declare_result(*, actor: Actor, poll_id: int, at: dt.datetime) -> Poll:
    """Declare the result of a closed vote (tuyên bố kết quả): the chair's act; from now on everybody sees it."""
    poll = Poll.objects.select_for_update().get(pk=poll_id)
    require(actor, DECLARE, at=at, within=above(poll.body_id, day_of(at)))
    if poll.state != PollState.CLOSED:
        raise NotClosed(_("Only a closed vote can be declared."))
    result = Result.objects.get(poll=poll)
    poll.state, poll.declared_at = PollState.DECLARED, at
    poll.save(update_fields=["state", "declared_at"])
    record(
        events.ResultDeclared(
            poll.pk, result.for_count or 0, result.base or 0, result.needed or 0, bool(result.carried)
        ),
        actor=actor,
        at=at,
    )
    return poll


@transaction.atomic
def cancel_poll(*, actor: Actor, poll_id: int, reason: str, at: dt.datetime) -> Poll:
    """Cancel a vote that was prepared or is open (hủy biểu quyết), with a reason; its ballots stay, uncounted."""
    poll = Poll.objects.select_for_update().get(pk=poll_id)
    require(actor, OPEN, at=at, within=above(poll.body_id, day_of(at)))
    if poll.state not in {PollState.DRAFT, PollState.OPEN}:
        raise NotOpen(_("This vote is already closed."))
    if len(reason.strip()) < 5:
        raise NotOpen(_("Say why the vote is cancelled."), field="reason")
    poll.state, poll.closed_at = PollState.CANCELLED, at
    poll.save(update_fields=["state", "closed_at"])
    record(events.PollCancelled(poll.pk, nfc(reason)), actor=actor, at=at)
    return poll


@dataclass(frozen=True, slots=True)
class Published:
    """A published vote: what the source gives; None where it gives nothing."""

    day: dt.date | None
    for_count: int | None
    against_count: int | None
    not_voting_count: int | None
    participating: int | None
    base: int | None
    percent: Decimal | None


@transaction.atomic
def enter_published_vote(
    *,
    actor: Actor,
    body: Body,
    kind: str,
    question: str,
    published: Published,
    at: dt.datetime,
    method: str = Method.UNKNOWN,
    dossier: Dossier | None = None,
    mark: str = Mark.PUBLISHED,
    source: str = "",
    note: str = "",
) -> Poll:
    """Enter a vote of the public record (ghi kết quả biểu quyết đã công bố): its result is recomputed by rule.

    Counts that contradict each other are refused; what the source lacks is named in the result, never guessed.
    """
    require(actor, ENTER_PUBLISHED, at=at, within=above(body.pk, day_of(at)))
    _checked(published)
    poll = Poll.objects.create(
        body=body,
        dossier=dossier,
        kind=kind,
        method=method,
        question=nfc(question),
        rule=THRESHOLDS[kind].id,
        state=PollState.DECLARED,
        base=published.base,
        day=published.day,
        held_here=False,
        published_percent=published.percent,
        mark=mark,
        source=source,
        note=note,
    )
    Result.objects.create(poll=poll, **_recomputed(poll, published, day_of(at)))
    record(events.PublishedVoteEntered(poll.pk, published.day.isoformat() if published.day else ""), actor=actor, at=at)
    return poll


def _checked(published: Published) -> None:
    parts = [published.for_count, published.against_count, published.not_voting_count]
    known = [part for part in parts if part is not None]
    if published.participating is not None and sum(known) > published.participating:
        raise NotClosed(_("The choices add up to more than took part."))
    if None not in parts and published.participating not in {None, sum(known)}:
        raise NotClosed(_("The choices do not add up to those who took part."))
    if published.base is not None and (published.participating or sum(known)) > published.base:
        raise NotClosed(_("More took part than there are members."))


def _recomputed(poll: Poll, published: Published, today: dt.date) -> dict[str, object]:
    """The result as the rule gives it, with what is missing for it."""
    missing = []
    needed = carried = share = None
    if published.day is None:
        missing.append("day")
    if published.base is None:
        missing.append("base")
    if published.for_count is None:
        missing.append("for")
    if published.participating is None:
        missing.append("participating")
    if published.against_count is None or published.not_voting_count is None:
        missing.append("split")
    if published.base is not None:
        needed = threshold_line(poll, published.day or today).value.needed(published.base)
        if published.for_count is not None:
            carried = published.for_count >= needed
            share = rules.percent(published.for_count, published.base)
    return {
        "for_count": published.for_count,
        "against_count": published.against_count,
        "not_voting_count": published.not_voting_count,
        "participating": published.participating,
        "base": published.base,
        "needed": needed,
        "carried": carried,
        "for_percent": share,
        "missing": missing,
    }
