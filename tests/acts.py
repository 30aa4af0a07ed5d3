"""What a benchmark or a test does in a throw-away office beside its server: seats deputies, holds votes, looks inside.

For a process whose Django is that office's (`office.ready_django`), or through a `room.Room` in a process of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def seat_deputies(number: int) -> int:
    """A hall of so many synthetic deputies with accounts, written at once; gives the assembly's key.

    The accounts and persons are bulk rows, not actions: making them is not what is measured.
    """
    from dienhong.demo.cast import DAY, TERM_BEGINS, found_house
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.access.models import Account
    from dienhong.people import actions as people
    from dienhong.people.models import Mandate, Person

    by, at = keeper("bench"), clock.moment(TERM_BEGINS)
    term = people.open_term(actor=by, number=15, label="XV", since=TERM_BEGINS, at=at)
    assembly = found_house(by, at)["assembly"]
    accounts = [Account(username=f"seat{n:05}", label=f"Ghế {n:05}", password="!") for n in range(number)]
    Account.objects.bulk_create(accounts, batch_size=500)
    persons = [
        Person(full_name=a.label, folded=a.username, sort_key=a.username, code=a.username, mark="S", account=a)
        for a in accounts
    ]
    Person.objects.bulk_create(persons, batch_size=500)
    Mandate.objects.bulk_create(
        [Mandate(person=p, term=term, since=TERM_BEGINS, mark="S") for p in persons], batch_size=500
    )
    assert DAY > TERM_BEGINS
    return assembly.pk


def prepare_vote(assembly_id: int, question: str = "Biểu quyết thử tải") -> int:
    """Prepare a vote in the assembly; gives its key."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.people.models import Body
    from dienhong.polls import actions as polls

    body = Body.objects.get(pk=assembly_id)
    return polls.prepare_poll(actor=keeper("bench"), body=body, kind="law", question=question, at=clock.now()).pk


def open_vote(assembly_id: int, question: str = "Biểu quyết thử tải") -> int:
    """Prepare and open a vote in the assembly; gives its key."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.polls import actions as polls

    poll_id = prepare_vote(assembly_id, question)
    return polls.open_poll(actor=keeper("bench"), poll_id=poll_id, at=clock.now()).pk


def poll_entries(assembly_id: int) -> Callable[[int], None]:
    """What writes so many entries about polls, one a prepared vote."""

    def write(number: int) -> None:
        for _ in range(number):
            prepare_vote(assembly_id)

    return write


def keeper_session() -> str:
    """A session of somebody who may do everything: opens, closes and declares through the pages."""
    from dienhong.demo.replay import make_sessions
    from dienhong.foundation.access.models import Account

    account = Account.objects.create(username="bench-keeper", label="Thử tải", password="!", is_keeper=True)
    return make_sessions([account])[0]


def listener_sessions(number: int) -> list[str]:
    """Sessions of so many deputies, to listen with."""
    from dienhong.demo.replay import make_sessions
    from dienhong.foundation.access.models import Account

    return make_sessions(Account.objects.filter(username__startswith="seat").order_by("pk")[:number])


def close_and_declare(poll_id: int) -> dict[str, Any]:
    """Close and declare the vote; how long it took, in milliseconds."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.polls import actions as polls

    by = keeper("bench")
    began = time.perf_counter()
    polls.close_poll(actor=by, poll_id=poll_id, at=clock.now())
    closed = time.perf_counter()
    polls.declare_result(actor=by, poll_id=poll_id, at=clock.now())
    ended = time.perf_counter()
    return {"close_ms": round(1000 * (closed - began), 1), "declare_ms": round(1000 * (ended - closed), 1)}


def sessions(poll_id: int, seats: int) -> list[dict[str, Any]]:
    """The first electors of this vote with a session each."""
    from dienhong.demo import replay

    return [{"person": d.person_id, "session": d.session_key} for d in replay.call_deputies(poll_id, seats)]


def play(poll_id: int, port: int, seats: int, seconds: float, **plan: Any) -> dict[str, Any]:
    """Hold a replay at that server; its figures."""
    import asyncio

    import uvloop

    from dienhong.demo import replay

    plan_ = replay.Plan("127.0.0.1", port, poll_id, replay.call_deputies(poll_id, seats), seconds, **plan)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        log = runner.run(replay.play(plan_))
    return replay.figures(plan_, log, replay.check_books(poll_id, log))


def result(poll_id: int) -> dict[str, Any]:
    """What the box and the result of this vote say."""
    from dienhong.polls.models import Ballot, Poll, Result
    from dienhong.polls.queries import tally

    counted = tally(poll_id)
    row = Result.objects.filter(poll_id=poll_id).values("for_count", "against_count", "not_voting_count").first()
    return {
        "state": Poll.objects.get(pk=poll_id).state,
        "ballots": Ballot.objects.filter(poll_id=poll_id).count(),
        "tally": [counted.for_, counted.against, counted.not_voting],
        "result": list(row.values()) if row else None,
    }


def close(poll_id: int) -> str:
    """Close this vote, and only that."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.polls import actions as polls

    polls.close_poll(actor=keeper("test"), poll_id=poll_id, at=clock.now())
    return "closed"


def journal() -> dict[str, Any]:
    """Where the journal ends, and where it does not hold."""
    from dienhong.foundation.journal import queries

    return {"last": queries.last_number(), "breaks": [[b.number, b.fault] for b in queries.breaks()]}


def write_entries(number: int) -> int:
    """So many entries that concern nobody; the number of the last one."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.clock.actions import set_clock
    from dienhong.foundation.journal import queries

    for _ in range(number):
        set_clock(actor=keeper("test"), to=None, at=clock.now())
    return queries.last_number()


def sign_out(session: str) -> None:
    """End this session in the store, as sign-out does."""
    from dienhong.demo.replay import end_sessions

    end_sessions([session])


def suspend(person: int) -> None:
    """Suspend the account of this person."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actions import suspend_account
    from dienhong.foundation.access.actor import keeper
    from dienhong.people.models import Person

    account_id = Person.objects.values_list("account_id", flat=True).get(pk=person)
    suspend_account(actor=keeper("test"), account_id=account_id or 0, reason="mất thiết bị", at=clock.now())


def clerk_session() -> str:
    """A session of somebody who has no seat in the hall."""
    from dienhong.demo.replay import make_sessions
    from dienhong.foundation.access.models import Account

    account = Account.objects.create(username=f"clerk{time.monotonic_ns()}", label="Thư ký", password="!")
    return make_sessions([account])[0]
