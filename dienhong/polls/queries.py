"""What people ask about polls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max

from dienhong.foundation import rulebook
from dienhong.foundation.rulebook import Line
from dienhong.polls import rules
from dienhong.polls.models import Ballot, Elector, Poll, PollState


def names_of_polls(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Poll.objects.filter(pk__in=set(ids)).values_list("pk", "question"))


def threshold_line(poll: Poll, day: dt.date) -> Line:
    """The line of the rulebook that this poll is decided by, as of that day."""
    return rulebook.book().line(poll.rule, day)


def counting(poll_id: int) -> dict[int, str]:
    """Which choice counts for each person: the last ballot in the order of the box."""
    last = Ballot.objects.filter(poll_id=poll_id).values("person_id").annotate(last=Max("id")).values("last")
    return dict(Ballot.objects.filter(pk__in=last).values_list("person_id", "choice"))


def tally(poll_id: int) -> rules.Tally:
    """The tally of the ballots that count."""
    return rules.tally_of(counting(poll_id).values())


@dataclass(frozen=True, slots=True)
class Pressed:
    """One elector of a poll: who, from which delegation, whether they pressed and, where it may be shown, what."""

    person_id: int
    name: str
    sort_key: str
    delegation_id: int | None
    place: int
    pressed: bool
    choice: str  # "" before the close of a hidden poll, and for who did not press


def pressed(poll: Poll) -> list[Pressed]:
    """All electors in the order of the hall; choices only once the poll is closed, or open and not hidden."""
    shown = poll.state in {PollState.CLOSED, PollState.DECLARED} or (poll.state == PollState.OPEN and not poll.hidden)
    choices = counting(poll.pk)
    return [
        Pressed(
            e.person_id,
            e.person.full_name,
            e.person.sort_key,
            e.delegation_id,
            e.place,
            e.person_id in choices,
            choices.get(e.person_id, "") if shown else "",
        )
        for e in Elector.objects.filter(poll=poll).select_related("person").order_by("place")
    ]


def turnout(poll_id: int) -> int:
    """How many electors have pressed so far."""
    return Ballot.objects.filter(poll_id=poll_id).values("person_id").distinct().count()


def own_ballot(poll_id: int, person_id: int) -> Ballot | None:
    """The ballot of this person that counts so far."""
    return Ballot.objects.filter(poll_id=poll_id, person_id=person_id).order_by("-id").first()
