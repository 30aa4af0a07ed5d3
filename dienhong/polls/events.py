"""What can happen to polls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import Event, Says


@dataclass(frozen=True, slots=True)
class _OfPoll(Event):
    poll_id: int

    def topics(self) -> tuple[str, ...]:
        return ("polls", f"poll:{self.poll_id}")


@dataclass(frozen=True, slots=True)
class PollPrepared(_OfPoll):
    kind: ClassVar[str] = "polls.PollPrepared"
    says: ClassVar[Says] = _("{actor} prepared the vote “{poll}”")
    rule: str


@dataclass(frozen=True, slots=True)
class PollOpened(_OfPoll):
    kind: ClassVar[str] = "polls.PollOpened"
    says: ClassVar[Says] = _("{actor} opened the vote “{poll}”; {base} members, {needed} votes needed")
    base: int
    needed: int


@dataclass(frozen=True, slots=True)
class PollExtended(_OfPoll):
    kind: ClassVar[str] = "polls.PollExtended"
    says: ClassVar[Says] = _("{actor} gave the vote “{poll}” {seconds} more seconds")
    seconds: int


@dataclass(frozen=True, slots=True)
class PollClosed(_OfPoll):
    kind: ClassVar[str] = "polls.PollClosed"
    says: ClassVar[Says] = _(
        "{actor} closed the vote “{poll}”: {for_count} for, {against_count} against, {not_voting_count} not voting"
    )
    for_count: int
    against_count: int
    not_voting_count: int
    ballots: int
    digest: str


@dataclass(frozen=True, slots=True)
class ResultDeclared(_OfPoll):
    kind: ClassVar[str] = "polls.ResultDeclared"
    says: ClassVar[Says] = _("{actor} declared the result of “{poll}”: {for_count} of {base}, {needed} needed")
    for_count: int
    base: int
    needed: int
    carried: bool

    def topics(self) -> tuple[str, ...]:
        return ("polls", f"poll:{self.poll_id}", "figures")


@dataclass(frozen=True, slots=True)
class PollCancelled(_OfPoll):
    kind: ClassVar[str] = "polls.PollCancelled"
    says: ClassVar[Says] = _("{actor} cancelled the vote “{poll}”: {reason}")
    reason: str


@dataclass(frozen=True, slots=True)
class PublishedVoteEntered(_OfPoll):
    kind: ClassVar[str] = "polls.PublishedVoteEntered"
    says: ClassVar[Says] = _("{actor} entered the published vote “{poll}” of {day}")
    day: str

    def topics(self) -> tuple[str, ...]:
        return ("polls", f"poll:{self.poll_id}", "figures")
