"""What can happen to the conference that hears a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import NO_DAY, Event, Says


@dataclass(frozen=True, slots=True)
class _OfConference(Event):
    conference_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"conference:{self.conference_id}",)


@dataclass(frozen=True, slots=True)
class ConferenceCalled(_OfConference):
    kind: ClassVar[str] = "reports.ConferenceCalled"
    says: ClassVar[Says] = _("{actor} called the conference “{conference}” for {day}")
    day: str


@dataclass(frozen=True, slots=True)
class ProgrammeSet(_OfConference):
    kind: ClassVar[str] = "reports.ProgrammeSet"
    says: ClassVar[Says] = _("{actor} put {title} on the programme of “{conference}”")
    title: str


@dataclass(frozen=True, slots=True)
class Invited(_OfConference):
    kind: ClassVar[str] = "reports.Invited"
    says: ClassVar[Says] = _("{actor} invited {count} bodies and persons to “{conference}”")
    count: int


@dataclass(frozen=True, slots=True)
class InvitationAnswered(_OfConference):
    kind: ClassVar[str] = "reports.InvitationAnswered"
    says: ClassVar[Says] = _("{actor} noted an answer to an invitation to “{conference}”: {answer}")
    answer: str


@dataclass(frozen=True, slots=True)
class SpeechEntered(_OfConference):
    kind: ClassVar[str] = "reports.SpeechEntered"
    says: ClassVar[Says] = _("{actor} entered “{title}” for “{conference}”")
    title: str


@dataclass(frozen=True, slots=True)
class OpinionCaptured(_OfConference):
    kind: ClassVar[str] = "reports.OpinionCaptured"
    says: ClassVar[Says] = _("{actor} wrote down an opinion of {leader} at “{conference}”")
    leader: str


@dataclass(frozen=True, slots=True)
class OpinionSettled(_OfConference):
    kind: ClassVar[str] = "reports.OpinionSettled"
    says: ClassVar[Says] = _("{actor} settled an opinion of {leader} at “{conference}”: {answer}")
    leader: str
    answer: str


@dataclass(frozen=True, slots=True)
class ConclusionDrawn(_OfConference):
    kind: ClassVar[str] = "reports.ConclusionDrawn"
    says: ClassVar[Says] = _("{actor} wrote conclusion {order} of “{conference}”, due {due}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"due": NO_DAY}
    order: int
    due: str


@dataclass(frozen=True, slots=True)
class ConferenceConcluded(_OfConference):
    kind: ClassVar[str] = "reports.ConferenceConcluded"
    says: ClassVar[Says] = _("{actor} issued the conclusion notice of “{conference}”, number {number}")
    number: str


@dataclass(frozen=True, slots=True)
class ConclusionsBecameTasks(_OfConference):
    kind: ClassVar[str] = "reports.ConclusionsBecameTasks"
    says: ClassVar[Says] = _("{actor} made {count} tasks of “{programme}” from the conclusions of “{conference}”")
    programme_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ConferenceChanged(_OfConference):
    kind: ClassVar[str] = "reports.ConferenceChanged"
    says: ClassVar[Says] = _("{actor} changed the conference “{conference}”, now on {day}")
    day: str


@dataclass(frozen=True, slots=True)
class ProgrammeItemRemoved(_OfConference):
    kind: ClassVar[str] = "reports.ProgrammeItemRemoved"
    says: ClassVar[Says] = _("{actor} took {title} off the programme of “{conference}”")
    title: str


@dataclass(frozen=True, slots=True)
class SpeechMoved(_OfConference):
    kind: ClassVar[str] = "reports.SpeechMoved"
    says: ClassVar[Says] = _("{actor} moved “{title}” in the order of speeches of “{conference}”")
    title: str


@dataclass(frozen=True, slots=True)
class InvitationWithdrawn(_OfConference):
    kind: ClassVar[str] = "reports.InvitationWithdrawn"
    says: ClassVar[Says] = _("{actor} withdrew an invitation to “{conference}”")


@dataclass(frozen=True, slots=True)
class LetterIssued(_OfConference):
    kind: ClassVar[str] = "reports.LetterIssued"
    says: ClassVar[Says] = _("{actor} issued the invitation letter to “{conference}”, number {number}")
    number: str


@dataclass(frozen=True, slots=True)
class LettersPosted(_OfConference):
    kind: ClassVar[str] = "reports.LettersPosted"
    says: ClassVar[Says] = _("{actor} put {posted} invitations to “{conference}” into the outbox")
    posted: int


@dataclass(frozen=True, slots=True)
class LettersMailed(_OfConference):
    kind: ClassVar[str] = "reports.LettersMailed"
    says: ClassVar[Says] = _("{actor} sent invitations to “{conference}” by e-mail: {sent} left, {failed} failed")
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class YearTurned(_OfConference):
    kind: ClassVar[str] = "reports.YearTurned"
    says: ClassVar[Says] = _(
        "{actor} turned the year over after “{conference}”: {moved} tasks moved to “{programme}”, {waiting} wait, "
        "{dropped} were dropped"
    )
    programme_id: int
    moved: int
    waiting: int
    dropped: int


@dataclass(frozen=True, slots=True)
class SpeechChanged(_OfConference):
    kind: ClassVar[str] = "reports.SpeechChanged"
    says: ClassVar[Says] = _("{actor} changed “{was}” of “{conference}”, now “{title}”")
    was: str
    title: str


@dataclass(frozen=True, slots=True)
class SpeechRemoved(_OfConference):
    kind: ClassVar[str] = "reports.SpeechRemoved"
    says: ClassVar[Says] = _("{actor} took “{title}” out of “{conference}”: {reason}")
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpinionChanged(_OfConference):
    kind: ClassVar[str] = "reports.OpinionChanged"
    says: ClassVar[Says] = _("{actor} corrected an opinion of {leader} at “{conference}”, which was “{was}”")
    leader: str
    was: str


@dataclass(frozen=True, slots=True)
class OpinionRemoved(_OfConference):
    kind: ClassVar[str] = "reports.OpinionRemoved"
    says: ClassVar[Says] = _("{actor} took out an opinion of {leader} at “{conference}”, “{was}”: {reason}")
    leader: str
    was: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConclusionChanged(_OfConference):
    kind: ClassVar[str] = "reports.ConclusionChanged"
    says: ClassVar[Says] = _("{actor} changed conclusion {order} of “{conference}”, which was “{was}”")
    order: int
    was: str


@dataclass(frozen=True, slots=True)
class ConclusionRemoved(_OfConference):
    kind: ClassVar[str] = "reports.ConclusionRemoved"
    says: ClassVar[Says] = _("{actor} took conclusion {order} of “{conference}” out, “{was}”: {reason}")
    order: int
    was: str
    reason: str
