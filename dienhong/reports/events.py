"""What can happen to reports and to the conference that hears them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import NO_DAY, Event, Says
from dienhong.reports.models import Decision


@dataclass(frozen=True, slots=True)
class _OfReport(Event):
    report_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"report:{self.report_id}",)


@dataclass(frozen=True, slots=True)
class ReportStarted(_OfReport):
    kind: ClassVar[str] = "reports.ReportStarted"
    says: ClassVar[Says] = _("{actor} laid out the report “{report}” with {sections} sections")
    sections: int


@dataclass(frozen=True, slots=True)
class SectionGiven(_OfReport):
    kind: ClassVar[str] = "reports.SectionGiven"
    says: ClassVar[Says] = _("{actor} gave the section “{section}” to {body}")
    section_id: int
    body_id: int


@dataclass(frozen=True, slots=True)
class ContributionAsked(_OfReport):
    kind: ClassVar[str] = "reports.ContributionAsked"
    says: ClassVar[Says] = _("{actor} asked {body} to write for “{section}” by {due}")
    section_id: int
    body_id: int
    due: str


@dataclass(frozen=True, slots=True)
class ContributionReminded(_OfReport):
    kind: ClassVar[str] = "reports.ContributionReminded"
    says: ClassVar[Says] = _("{actor} reminded {body} of “{section}”")
    section_id: int
    body_id: int


@dataclass(frozen=True, slots=True)
class ContributionHandedIn(_OfReport):
    kind: ClassVar[str] = "reports.ContributionHandedIn"
    says: ClassVar[Says] = _("{actor} handed in what {body} wrote for “{section}”")
    section_id: int
    body_id: int


@dataclass(frozen=True, slots=True)
class ContributionReturned(_OfReport):
    kind: ClassVar[str] = "reports.ContributionReturned"
    says: ClassVar[Says] = _("{actor} returned “{section}” to {body}: {note}")
    section_id: int
    body_id: int
    note: str


@dataclass(frozen=True, slots=True)
class ContributionAccepted(_OfReport):
    kind: ClassVar[str] = "reports.ContributionAccepted"
    says: ClassVar[Says] = _("{actor} accepted what {body} wrote for “{section}”")
    section_id: int
    body_id: int


@dataclass(frozen=True, slots=True)
class ContributionReassigned(_OfReport):
    kind: ClassVar[str] = "reports.ContributionReassigned"
    says: ClassVar[Says] = _("{actor} gave the work of {body} for “{section}” to {other_body}")
    section_id: int
    body_id: int
    other_body_id: int


@dataclass(frozen=True, slots=True)
class WritersTold(_OfReport):
    kind: ClassVar[str] = "reports.WritersTold"
    says: ClassVar[Says] = _("{actor} told the writers of {count} contributions to “{report}” what is asked of them")
    count: int


@dataclass(frozen=True, slots=True)
class BlockRestored(_OfReport):
    kind: ClassVar[str] = "reports.BlockRestored"
    says: ClassVar[Says] = _("{actor} put a block back into “{section}”")
    section_id: int
    block: int


@dataclass(frozen=True, slots=True)
class ValueKept(_OfReport):
    kind: ClassVar[str] = "reports.ValueKept"
    says: ClassVar[Says] = _("{actor} kept “{text}” in “{section}” although the record says “{now}”: {reason}")
    section_id: int
    block: int
    text: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True)
class SectionLeftOut(_OfReport):
    kind: ClassVar[str] = "reports.SectionLeftOut"
    says: ClassVar[Says] = _("{actor} left “{section}” out of “{report}”: {reason}")
    section_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SectionTakenIn(_OfReport):
    kind: ClassVar[str] = "reports.SectionTakenIn"
    says: ClassVar[Says] = _("{actor} took “{section}” into “{report}” again")
    section_id: int


@dataclass(frozen=True, slots=True)
class TextSaved(_OfReport):
    kind: ClassVar[str] = "reports.TextSaved"
    says: ClassVar[Says] = _("{actor} saved version {version} of a block of “{section}”")
    section_id: int
    block: int
    version: int


@dataclass(frozen=True, slots=True)
class TextSetAside(_OfReport):
    kind: ClassVar[str] = "reports.TextSetAside"
    says: ClassVar[Says] = _(
        "{actor} saved a block of “{section}” that somebody else had changed: kept aside as version {version}"
    )
    section_id: int
    block: int
    version: int


@dataclass(frozen=True, slots=True)
class BlockRemoved(_OfReport):
    kind: ClassVar[str] = "reports.BlockRemoved"
    says: ClassVar[Says] = _("{actor} took a block out of “{section}”")
    section_id: int
    block: int


@dataclass(frozen=True, slots=True)
class BlockMoved(_OfReport):
    kind: ClassVar[str] = "reports.BlockMoved"
    says: ClassVar[Says] = _("{actor} moved a block within “{section}”")
    section_id: int
    block: int


@dataclass(frozen=True, slots=True)
class Commented(_OfReport):
    kind: ClassVar[str] = "reports.Commented"
    says: ClassVar[Says] = _("{actor} commented on “{section}”")
    section_id: int


@dataclass(frozen=True, slots=True)
class CommentSettled(_OfReport):
    kind: ClassVar[str] = "reports.CommentSettled"
    says: ClassVar[Says] = _("{actor} marked a comment on “{section}” as done")
    section_id: int


@dataclass(frozen=True, slots=True)
class ReportMerged(_OfReport):
    kind: ClassVar[str] = "reports.ReportMerged"
    says: ClassVar[Says] = _("{actor} merged the contributions to “{report}”")


@dataclass(frozen=True, slots=True)
class ReportSubmitted(_OfReport):
    kind: ClassVar[str] = "reports.ReportSubmitted"
    says: ClassVar[Says] = _("{actor} submitted “{report}” for approval in {steps} steps")
    steps: int


@dataclass(frozen=True, slots=True)
class ReportDecided(_OfReport):
    kind: ClassVar[str] = "reports.ReportDecided"
    says: ClassVar[Says] = _("{actor} as {post}: “{report}” {decision} {comment}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"decision": {d.value: d.label for d in Decision}}
    post_id: int
    decision: str
    comment: str


@dataclass(frozen=True, slots=True)
class ReportReopened(_OfReport):
    kind: ClassVar[str] = "reports.ReportReopened"
    says: ClassVar[Says] = _("{actor} took “{report}” back for changes: {reason}")
    reason: str


@dataclass(frozen=True, slots=True)
class ReportSigned(_OfReport):
    kind: ClassVar[str] = "reports.ReportSigned"
    says: ClassVar[Says] = _("{actor} entered the signature of {name} under “{report}”, number {number}; seal {digest}")
    name: str
    number: str
    digest: str


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
