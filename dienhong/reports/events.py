"""What can happen to reports and to the conference that hears them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import Event, Says
from dienhong.reports.conference_events import (
    ConclusionChanged,
    ConclusionDrawn,
    ConclusionRemoved,
    ConclusionsBecameTasks,
    ConferenceCalled,
    ConferenceChanged,
    ConferenceConcluded,
    InvitationAnswered,
    InvitationWithdrawn,
    Invited,
    LetterIssued,
    LettersMailed,
    LettersPosted,
    OpinionCaptured,
    OpinionChanged,
    OpinionRemoved,
    OpinionSettled,
    ProgrammeItemRemoved,
    ProgrammeSet,
    SpeechChanged,
    SpeechEntered,
    SpeechMoved,
    SpeechRemoved,
    YearTurned,
)
from dienhong.reports.models import Decision

__all__ = [
    "BlockMoved",
    "BlockRemoved",
    "BlockRestored",
    "CommentSettled",
    "Commented",
    "ConclusionChanged",
    "ConclusionDrawn",
    "ConclusionRemoved",
    "ConclusionsBecameTasks",
    "ConferenceCalled",
    "ConferenceChanged",
    "ConferenceConcluded",
    "ContributionAccepted",
    "ContributionAsked",
    "ContributionHandedIn",
    "ContributionReassigned",
    "ContributionReminded",
    "ContributionReturned",
    "InvitationAnswered",
    "InvitationWithdrawn",
    "Invited",
    "LetterIssued",
    "LettersMailed",
    "LettersPosted",
    "OpinionCaptured",
    "OpinionChanged",
    "OpinionRemoved",
    "OpinionSettled",
    "ProgrammeItemRemoved",
    "ProgrammeSet",
    "ReportDecided",
    "ReportMerged",
    "ReportReopened",
    "ReportSigned",
    "ReportStarted",
    "ReportSubmitted",
    "SectionGiven",
    "SectionLeftOut",
    "SectionTakenIn",
    "SpeechChanged",
    "SpeechEntered",
    "SpeechMoved",
    "SpeechRemoved",
    "TextSaved",
    "TextSetAside",
    "ValueKept",
    "WritersTold",
    "YearTurned",
]


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
