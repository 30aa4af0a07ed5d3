"""What can happen to dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import NO_DAY, Event, Says


@dataclass(frozen=True, slots=True)
class DossierOpened(Event):
    kind: ClassVar[str] = "work.DossierOpened"
    says: ClassVar[Says] = _("{actor} opened the dossier “{dossier}”")
    dossier_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"dossier:{self.dossier_id}",)


@dataclass(frozen=True, slots=True)
class EnactmentEntered(Event):
    kind: ClassVar[str] = "work.EnactmentEntered"
    says: ClassVar[Says] = _("{actor} entered {number}, passed on {passed_on}: “{dossier}”")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"passed_on": NO_DAY}
    dossier_id: int
    number: str
    passed_on: str

    def topics(self) -> tuple[str, ...]:
        return (f"dossier:{self.dossier_id}", "figures")
