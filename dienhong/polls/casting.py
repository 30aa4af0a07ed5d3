"""Casting (bỏ phiếu): the one action that the whole hall does at once. Ballots are written in groups, exactly once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.refusal import Refusal
from dienhong.polls import rules
from dienhong.polls.models import Ballot, Elector, Poll, PollState

CAST = declare("polls.cast", _("Vote"))
CHANGEABLE = rulebook.use("polls.ballot_may_change", bool, by="polls.cast_ballots")
KEY = re.compile(r"[A-Za-z0-9_-]{8,36}")
CHOICES = frozenset(str(choice) for choice in rules.Choice)
_ROWS_AT_ONCE = 1000  # in one statement; SQLite takes 32,766 values

Ident = tuple[int, int, str]  # poll, person, key: what makes a press one press


class NotOpen(Refusal):
    """The vote is not open."""


class NotAnElector(Refusal):
    """This person has no vote in this poll."""

    status = 403


class AlreadyCast(Refusal):
    """The rulebook does not let a ballot be changed."""


class Malformed(Refusal):
    """This is no press: the choice or the key is not one."""

    status = 400


@dataclass(frozen=True, slots=True)
class Press:
    """One press as the tablet sends it."""

    poll_id: int
    person_id: int
    choice: str
    key: str

    @property
    def ident(self) -> Ident:
        return (self.poll_id, self.person_id, self.key)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the tablet is told: the ballot's number in the box and the choice it holds, or why there is none."""

    ballot_id: int | None
    choice: str
    refused: str = ""


class Electors:
    """Who may vote, remembered for the last few polls: fixed when a poll opens, so never out of date afterwards."""

    def __init__(self, most: int = 8) -> None:
        self._most = most
        self._known: dict[int, frozenset[int]] = {}

    def of(self, poll_id: int) -> frozenset[int]:
        """The electors of an opened poll, by person."""
        if poll_id not in self._known:
            while len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            self._known[poll_id] = frozenset(
                Elector.objects.filter(poll_id=poll_id).values_list("person_id", flat=True)
            )
        return self._known[poll_id]


def cast_ballots(*, presses: Sequence[Press], at: dt.datetime, electors: Electors | None = None) -> list[Receipt]:
    """Put a batch of ballots into the box in one transaction (bỏ phiếu); one receipt for each press, in order.

    A press that was already taken (same poll, person and key) gets its first receipt again and is not counted twice,
    also after the close. The door has checked who presses; whether the person has a vote and the poll is open is
    checked here, under the lock that the close waits for. Nothing is acknowledged before the transaction is durable.
    `electors` spares a lookup to whoever casts many batches.
    """
    sound = [press for press in presses if press.choice in CHOICES and KEY.fullmatch(press.key)]
    with transaction.atomic():
        polls = _polls_held_open({press.poll_id for press in sound})
        entitled = _entitled(sound, polls, electors)
        once = {poll.pk for poll in polls.values() if not CHANGEABLE.on(poll.day or dt.date.max)}
        voted = _voted(sound, once) if once else set()
        fresh: dict[Ident, Press] = {}
        refused: dict[Ident, str] = {}
        for press in sound:
            if press.ident in fresh or press.ident in refused:
                continue
            who = (press.poll_id, press.person_id)
            if why := _why_refused(polls.get(press.poll_id), who in entitled, who in voted):
                refused[press.ident] = why
                continue
            fresh[press.ident] = press
            if press.poll_id in once:
                voted.add(who)
        taken = _write(list(fresh.values()), at)
        taken |= _taken_before([ident for ident in (*fresh, *refused) if ident not in taken])
    return [_receipt(press, taken, refused) for press in presses]


def _receipt(press: Press, taken: Mapping[Ident, tuple[int, str]], refused: Mapping[Ident, str]) -> Receipt:
    if press.choice not in CHOICES or not KEY.fullmatch(press.key):
        return Receipt(None, "", "malformed")
    if press.ident in taken:
        return Receipt(*taken[press.ident])
    return Receipt(None, "", refused[press.ident])


def _polls_held_open(ids: Iterable[int]) -> dict[int, Poll]:
    """These polls, locked so that none can be closed before this transaction ends; others may cast at the same time."""
    wanted = sorted(ids)
    if not wanted:
        return {}
    rows = Poll.objects.filter(pk__in=wanted).order_by("pk").only("state", "day")
    if connection.vendor != "postgresql":  # SQLite lets one transaction write at a time
        return {poll.pk: poll for poll in rows}
    sql, values = rows.query.sql_with_params()
    return {poll.pk: poll for poll in Poll.objects.raw(f"{sql} FOR SHARE", values)}


def _entitled(presses: Sequence[Press], polls: Mapping[int, Poll], known: Electors | None) -> set[tuple[int, int]]:
    """Who of these has a vote, as (poll, person)."""
    if known is None:
        persons = {press.person_id for press in presses}
        rows = Elector.objects.filter(poll_id__in=polls, person_id__in=persons)
        return set(rows.values_list("poll_id", "person_id"))
    opened = {key for key, poll in polls.items() if poll.state != PollState.DRAFT}
    return {(p.poll_id, p.person_id) for p in presses if p.poll_id in opened and p.person_id in known.of(p.poll_id)}


def _voted(presses: Sequence[Press], polls: set[int]) -> set[tuple[int, int]]:
    """Who of these has voted in these polls, where nobody may vote twice; no other process may cast meanwhile."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for poll_id in sorted(polls):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"polls.{poll_id}"])
    persons = {press.person_id for press in presses if press.poll_id in polls}
    rows = Ballot.objects.filter(poll_id__in=polls, person_id__in=persons)
    return set(rows.values_list("poll_id", "person_id"))


def _why_refused(poll: Poll | None, entitled: bool, voted: bool) -> str:
    """A stable word for why a press is not taken, "" when it is."""
    if poll is None:
        return "not_an_elector"
    if poll.state == PollState.DRAFT:
        return "not_open"
    if not entitled:
        return "not_an_elector"
    if poll.state != PollState.OPEN:
        return "not_open"
    return "already_cast" if voted else ""


def _write(presses: Sequence[Press], at: dt.datetime) -> dict[Ident, tuple[int, str]]:
    """Add what is not in the box yet; the number and choice of each ballot that was added now."""
    added: dict[Ident, tuple[int, str]] = {}
    for first in range(0, len(presses), _ROWS_AT_ONCE):
        some = presses[first : first + _ROWS_AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(*_insert(some, at))
            for number, poll_id, person_id, choice, key in cursor.fetchall():
                added[poll_id, person_id, key] = (number, choice)
    return added


def _insert(presses: Sequence[Press], at: dt.datetime) -> tuple[str, list[Any]]:
    """One statement that adds these presses and gives back those that were not there before."""
    head = "INSERT INTO polls_ballot (poll_id, person_id, choice, key, at) "
    tail = " ON CONFLICT (poll_id, person_id, key) DO NOTHING RETURNING id, poll_id, person_id, choice, key"
    moment = Ballot._meta.get_field("at").get_db_prep_save(at, connection)
    if connection.vendor == "postgresql":
        columns: list[Any] = [
            [p.poll_id for p in presses],
            [p.person_id for p in presses],
            [p.choice for p in presses],
            [p.key for p in presses],
        ]
        rows = "SELECT poll, person, choice, key, %s FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[])"
        return f"{head}{rows} AS press (poll, person, choice, key){tail}", [moment, *columns]
    values: list[Any] = []
    for p in presses:
        values += (p.poll_id, p.person_id, p.choice, p.key, moment)
    return f"{head}VALUES {', '.join(['(%s, %s, %s, %s, %s)'] * len(presses))}{tail}", values


def _taken_before(idents: Sequence[Ident]) -> dict[Ident, tuple[int, str]]:
    """The ballots that were in the box before under these polls, persons and keys."""
    found: dict[Ident, tuple[int, str]] = {}
    for first in range(0, len(idents), _ROWS_AT_ONCE):
        some = set(idents[first : first + _ROWS_AT_ONCE])
        rows = Ballot.objects.filter(
            poll_id__in={poll for poll, _p, _k in some}, person_id__in={person for _p, person, _k in some}
        )
        for number, poll_id, person_id, choice, key in rows.values_list("id", "poll_id", "person_id", "choice", "key"):
            if (poll_id, person_id, key) in some:
                found[poll_id, person_id, key] = (number, choice)
    return found


def cast_ballot(*, actor: Actor, poll_id: int, choice: str, key: str, at: dt.datetime) -> Receipt:
    """Cast one ballot as a page does it (bỏ phiếu): the same box, in a transaction of its own.

    Raises Refused, NotAnElector, NotOpen, AlreadyCast, Malformed.
    """
    require(actor, CAST, at=at)
    if actor.person_id is None:
        raise NotAnElector(_("This account belongs to nobody who has a vote."))
    [receipt] = cast_ballots(presses=[Press(poll_id, actor.person_id, choice, key)], at=at)
    if receipt.refused:
        raise refusal_of(receipt.refused)
    return receipt


def refusal_of(word: str) -> Refusal:
    """The refusal behind a stable word, with its reason in words."""
    if word == "not_an_elector":
        return NotAnElector(_("You have no vote in this poll."))
    if word == "not_open":
        return NotOpen(_("This vote is not open."))
    if word == "already_cast":
        return AlreadyCast(_("You have voted already; a ballot cannot be changed."))
    return Malformed(_("Choose one of the three answers."), field="choice")
