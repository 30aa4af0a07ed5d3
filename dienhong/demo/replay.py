"""Replay (diễn tập biểu quyết): many signed-in deputies press over real HTTP, and then the books are checked.

The deputies' sessions are made in the office's own session store, on the office's own machine: that is the one thing a
replay does not do over HTTP, for nobody knows their passwords. From there on each seat does what a tablet does: it gets
its token over HTTP, presses, and sends the same press again until it is answered.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from dienhong.demo.hall import Answer, Stream, Tablet
from dienhong.foundation.access.models import Account
from dienhong.polls.models import Ballot, Elector, Poll, PollState, Result
from dienhong.polls.queries import counting, tally

SHARES = {"for": 0.86, "against": 0.08, "not_voting": 0.06}
PATIENCE = 5.0  # seconds that a tablet waits for an answer
PAUSES = (0.5, 1.0, 2.0, 4.0, 5.0)  # seconds before each time it sends again, then the last one
FINAL = {200, 400, 403, 409, 413, 415}


class CannotReplay(Exception):
    """This replay cannot be held; the message says why."""


# -- who presses ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Deputy:
    """An elector with an account and a session made for the replay."""

    person_id: int
    session_key: str


def make_sessions(accounts: Iterable[Account]) -> list[str]:
    """Sessions as if these accounts had just signed in, for twelve hours at most; their keys."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys: list[str] = []
    with transaction.atomic():
        for account in accounts:
            session = store()
            session[SESSION_KEY] = str(account.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = account.get_session_auth_hash()
            session.set_expiry(dt.timedelta(hours=12))
            session.create()
            keys.append(str(session.session_key))
    return keys


def end_sessions(keys: Sequence[str]) -> None:
    """Sign these sessions out."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    with transaction.atomic():
        for key in keys:
            store(key).delete()


def call_deputies(poll_id: int, seats: int) -> list[Deputy]:
    """The first `seats` electors of this poll, in the order of the hall. Raises CannotReplay."""
    poll = Poll.objects.filter(pk=poll_id).first()
    if poll is None:
        raise CannotReplay(f"there is no vote {poll_id}")
    if poll.state != PollState.OPEN:
        raise CannotReplay(f"vote {poll_id} is not open (it is {poll.get_state_display()})")
    rows = Elector.objects.filter(poll_id=poll_id, person__account__is_active=True).order_by("place")
    electors = list(rows.select_related("person__account")[:seats])
    if len(electors) < seats:
        raise CannotReplay(f"vote {poll_id} has {len(electors)} electors with an account, not {seats}")
    accounts = [elector.person.account for elector in electors if elector.person.account is not None]
    keys = make_sessions(accounts)
    return [Deputy(elector.person_id, key) for elector, key in zip(electors, keys, strict=True)]


# -- what they do -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Plan:
    """A replay: these deputies press in this poll over so many seconds, at this server."""

    host: str
    port: int
    poll_id: int
    deputies: Sequence[Deputy]
    seconds: float
    open_streams: int = 0
    retry_rate: float = 0.0  # share of presses that are sent again although they were answered
    give_up_after: float = 60.0  # seconds after the last press is due
    seed: int = 1


@dataclass(slots=True)
class Log:
    """What happened, as the tablets saw it."""

    run: str
    sent: int = 0
    again: int = 0  # of them sent again because no answer came, or one that says: later
    acknowledged: dict[str, tuple[int, int, str]] = field(default_factory=dict)  # key -> person, ballot, choice
    duplicates: int = 0  # sent again although answered; the same answer came
    contradicted: int = 0  # sent again, and another answer came
    refused: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    latencies: list[float] = field(default_factory=list)  # seconds from the press to its first final answer
    began: float = 0.0
    ended: float = 0.0
    heard: int = 0
    pulses: int = 0


async def play(plan: Plan) -> Log:
    """Hold the replay. Raises CannotReplay when the seats cannot enter."""
    log = Log(run=secrets.token_hex(5))
    chance = random.Random(plan.seed)
    cookie = settings.SESSION_COOKIE_NAME
    tablets = [Tablet(plan.host, plan.port, f"{cookie}={d.session_key}") for d in plan.deputies]
    streams: list[asyncio.Task[None]] = []
    try:
        await _enter(tablets)
        streams = await _listen(plan, tablets, log)
        moments = sorted(chance.uniform(0, plan.seconds) for _ in tablets)
        log.began = time.perf_counter()
        seats = [
            _seat(plan, log, n, tablet, chance.choices(list(SHARES), list(SHARES.values()))[0], moment, chance.random())
            for n, (tablet, moment) in enumerate(zip(tablets, moments, strict=True))
        ]
        await asyncio.gather(*seats)
        log.ended = time.perf_counter()
    finally:
        for task in streams:
            task.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
        for tablet in tablets:
            tablet.close()
    return log


async def _enter(tablets: Sequence[Tablet]) -> None:
    """Tokens for all, a few at a time: pages are made on eight threads."""
    turn = asyncio.Semaphore(8)

    async def enter(tablet: Tablet) -> Answer:
        async with turn:
            return await tablet.enter()

    came = await asyncio.gather(*(enter(tablet) for tablet in tablets), return_exceptions=True)
    for error in came:
        if isinstance(error, BaseException):
            raise CannotReplay(f"the server cannot be reached: {error}") from error
    wrong = [answer for answer in came if isinstance(answer, Answer) and answer.status != 200]
    if wrong:
        raise CannotReplay(
            f"{len(wrong)} of {len(tablets)} seats got no token (HTTP {wrong[0].status}): "
            "does this server serve this office?"
        )


async def _listen(plan: Plan, tablets: Sequence[Tablet], log: Log) -> list[asyncio.Task[None]]:
    def heard(number: int | None, _topics: list[str], _at: float) -> None:
        if number is None:
            log.pulses += 1
        else:
            log.heard += 1

    streams = [
        Stream(tablets[n % len(tablets)], f"poll:{plan.poll_id},turnout:{plan.poll_id}", heard)
        for n in range(plan.open_streams)
    ]
    tasks = [asyncio.create_task(stream.run()) for stream in streams]
    for stream in streams:
        await stream.connected.wait()
    return tasks


async def _seat(plan: Plan, log: Log, n: int, tablet: Tablet, choice: str, moment: float, luck: float) -> None:
    key = f"{log.run}-{n:05}-1"
    await asyncio.sleep(max(0.0, log.began + moment - time.perf_counter()))
    pressed = time.perf_counter()
    answer = await _insist(log, tablet, plan.poll_id, choice, key, log.began + plan.seconds + plan.give_up_after)
    if answer is None:
        log.unanswered += 1
        return
    log.latencies.append(time.perf_counter() - pressed)
    told = answer.json()
    if answer.status != 200:
        log.refused[told.get("refused", str(answer.status))] += 1
        return
    log.acknowledged[key] = (plan.deputies[n].person_id, told["ballot"], told["choice"])
    if luck < plan.retry_rate:
        again = await _insist(log, tablet, plan.poll_id, choice, key, time.perf_counter() + plan.give_up_after)
        if again is not None:
            same = again.status == 200 and again.json() == told
            log.duplicates += same
            log.contradicted += not same


async def _insist(log: Log, tablet: Tablet, poll_id: int, choice: str, key: str, until: float) -> Answer | None:
    """Send this press until it is answered for good; None when the time is over."""
    tries = 0
    while True:
        pause = PAUSES[min(tries, len(PAUSES) - 1)] * random.uniform(1, 1.3)
        log.sent += 1
        log.again += tries > 0
        tries += 1
        try:
            answer = await tablet.press(poll_id, choice, key, PATIENCE)
            if answer.status in FINAL:
                return answer
            if answer.status == 401:
                await tablet.enter()
                pause = 0.0
            elif answer.header("retry-after").isdigit():
                pause = float(answer.header("retry-after"))
        except (OSError, ValueError):
            tablet.close()
        if time.perf_counter() + pause > until:
            return None
        await asyncio.sleep(pause)


# -- the books --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Books:
    """The tablets' receipts held against the box and the result."""

    acknowledged: int
    in_box: int  # ballots of this replay in the box
    unacknowledged: int  # of them written without their answer having arrived
    lost: int  # acknowledged but not in the box as acknowledged
    twice: int  # presses that lie in the box more than once
    counted: int  # deputies whose counting ballot is one of this replay
    expected: int  # deputies of whom a ballot of this replay lies in the box
    result: str  # "agrees", "differs", or "" while the vote is open

    @property
    def balances(self) -> bool:
        return not self.lost and not self.twice and self.counted == self.expected and self.result != "differs"


def check_books(poll_id: int, log: Log) -> Books:
    """Hold what the tablets were told against what is in the box."""
    rows = list(
        Ballot.objects.filter(poll_id=poll_id, key__startswith=f"{log.run}-")
        .order_by("id")
        .values_list("key", "person_id", "id", "choice")
    )
    box = {key: (person, number, choice) for key, person, number, choice in rows}
    last = {person: choice for _key, person, _number, choice in rows}
    counts = counting(poll_id)
    result = Result.objects.filter(poll_id=poll_id).first()
    said = ""
    if result is not None:
        now = tally(poll_id)
        agrees = (now.for_, now.against, now.not_voting) == (
            result.for_count,
            result.against_count,
            result.not_voting_count,
        )
        said = "agrees" if agrees else "differs"
    return Books(
        acknowledged=len(log.acknowledged),
        in_box=len(rows),
        unacknowledged=len(set(box) - set(log.acknowledged)),
        lost=sum(box.get(key) != told for key, told in log.acknowledged.items()),
        twice=len(rows) - len(box),
        counted=sum(counts.get(person) == choice for person, choice in last.items()),
        expected=len(last),
        result=said,
    )


def figures(plan: Plan, log: Log, books: Books) -> dict[str, Any]:
    """Everything a reader or a program wants to know of this replay. Latencies in milliseconds."""
    return {
        "vote": plan.poll_id,
        "seats": len(plan.deputies),
        "seconds": plan.seconds,
        "sent": log.sent,
        "sent_again": log.again,
        "accepted": len(log.acknowledged),
        "duplicates_answered": log.duplicates,
        "contradicted": log.contradicted,
        "refused": dict(log.refused),
        "unanswered": log.unanswered,
        "counted": books.counted,
        "took_seconds": round(log.ended - log.began, 3),
        "latency_ms": percentiles(log.latencies),
        "streams": {"open": plan.open_streams, "messages": log.heard, "pulses": log.pulses},
        "books": {
            "balance": books.balances and not log.contradicted,
            "acknowledged": books.acknowledged,
            "in_box": books.in_box,
            "written_but_unanswered": books.unacknowledged,
            "lost": books.lost,
            "twice": books.twice,
            "result": books.result or "open",
        },
    }


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95, p99 and the largest, in milliseconds."""
    if not seconds:
        return {}
    rows = sorted(seconds)

    def at(share: float) -> float:
        return round(1000 * rows[min(len(rows) - 1, int(share * len(rows)))], 1)

    return {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": round(1000 * rows[-1], 1)}
