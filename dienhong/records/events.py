"""What can happen to records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import Event, Says


@dataclass(frozen=True, slots=True)
class FigureReported(Event):
    kind: ClassVar[str] = "records.FigureReported"
    says: ClassVar[Says] = _("{actor} entered the published figure “{name}” of {year}: {value}")
    year: int
    key: str
    name: str
    value: str

    def topics(self) -> tuple[str, ...]:
        return ("figures",)


@dataclass(frozen=True, slots=True)
class CoverageStated(Event):
    kind: ClassVar[str] = "records.CoverageStated"
    says: ClassVar[Says] = _("{actor} stated what the record holds in full: {name}")
    key: str
    name: str
    since: str
    until: str

    def topics(self) -> tuple[str, ...]:
        return ("figures",)


@dataclass(frozen=True, slots=True)
class RecordLoaded(Event):
    kind: ClassVar[str] = "records.RecordLoaded"
    says: ClassVar[Says] = _("{actor} loaded {file} of the public record: {added} rows added, {same} already there")
    file: str
    digest: str
    added: int
    same: int

    def topics(self) -> tuple[str, ...]:
        return ("figures",)


@dataclass(frozen=True, slots=True)
class FigureStamped(Event):
    kind: ClassVar[str] = "records.FigureStamped"
    says: ClassVar[Says] = _("{actor} stamped the figure {key} of {scope} at entry {entry}: {value}, {rows} rows")
    key: str
    scope: str
    value: str
    rows: int
    digest: str
    entry: int

    def topics(self) -> tuple[str, ...]:
        return ("stamps",)


@dataclass(frozen=True, slots=True)
class ClaimWritten(Event):
    kind: ClassVar[str] = "records.ClaimWritten"
    says: ClassVar[Says] = _("{actor} wrote a claim about {scope}: “{text}”")
    scope: str
    text: str
    spec: str

    def topics(self) -> tuple[str, ...]:
        return ("claims",)


@dataclass(frozen=True, slots=True)
class ClaimWithdrawn(Event):
    kind: ClassVar[str] = "records.ClaimWithdrawn"
    says: ClassVar[Says] = _("{actor} withdrew the claim about {scope}: “{text}”")
    scope: str
    text: str

    def topics(self) -> tuple[str, ...]:
        return ("claims",)


@dataclass(frozen=True, slots=True)
class ClaimSettled(Event):
    kind: ClassVar[str] = "records.ClaimSettled"
    says: ClassVar[Says] = _(
        "{actor} decided what to write of a claim that is {verdict}: “{wording}”. Reason: {reason}"
    )
    claim: str
    verdict: str
    choice: str
    wording: str
    reason: str

    def topics(self) -> tuple[str, ...]:
        return ("claims",)
