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
