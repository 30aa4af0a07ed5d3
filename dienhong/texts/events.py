"""What can happen to law texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import Event, Says


@dataclass(frozen=True, slots=True)
class TextEvent(Event):
    """An event of one version of a work."""

    version_id: int
    work_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"work:{self.work_id}", "texts")


@dataclass(frozen=True, slots=True)
class TextUploaded(TextEvent):
    kind: ClassVar[str] = "texts.TextUploaded"
    says: ClassVar[Says] = _(
        "{actor} uploaded “{file_name}” as {version} of “{work}”: {articles} articles, {doubts} doubts"
    )
    file_name: str
    file: str
    digest: str
    articles: int
    doubts: int


@dataclass(frozen=True, slots=True)
class DoubtSettled(TextEvent):
    kind: ClassVar[str] = "texts.DoubtSettled"
    says: ClassVar[Says] = _("{actor} settled the doubt at line {line} in {version} of “{work}”: {how}")
    reads: ClassVar = {
        "how": {
            "accepted": _("kept as printed"),
            "corrected": _("corrected in the text"),
            "noted": _("left with a note"),
        }
    }
    doubt: int
    line: int
    code: str
    how: str
    note: str


@dataclass(frozen=True, slots=True)
class ProvisionCorrected(TextEvent):
    kind: ClassVar[str] = "texts.ProvisionCorrected"
    says: ClassVar[Says] = _("{actor} corrected {where} in {version} of “{work}”")
    eid: str
    where: str
    before: str
    after: str
    digest: str


@dataclass(frozen=True, slots=True)
class FactsCorrected(TextEvent):
    kind: ClassVar[str] = "texts.FactsCorrected"
    says: ClassVar[Says] = _("{actor} corrected title, number or date of “{work}”")
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionSealed(TextEvent):
    kind: ClassVar[str] = "texts.VersionSealed"
    says: ClassVar[Says] = _("{actor} sealed {version} of “{work}”")
    digest: str
    accepted: int


@dataclass(frozen=True, slots=True)
class VersionConsolidated(TextEvent):
    kind: ClassVar[str] = "texts.VersionConsolidated"
    says: ClassVar[Says] = _(
        "{actor} consolidated “{work}” as {version}: {applied} instructions applied, {unsettled} to settle"
    )
    as_of: str
    amending: str
    applied: int
    unsettled: int
    digest: str


@dataclass(frozen=True, slots=True)
class DraftDiscarded(Event):
    kind: ClassVar[str] = "texts.DraftDiscarded"
    says: ClassVar[Says] = _("{actor} discarded the draft “{label}” of “{title}”")
    label: str
    title: str
    digest: str

    def topics(self) -> tuple[str, ...]:
        return ("texts",)


@dataclass(frozen=True, slots=True)
class WorkLinked(Event):
    kind: ClassVar[str] = "texts.WorkLinked"
    says: ClassVar[Says] = _("{actor} tied “{work}” to the dossier “{dossier}”")
    work_id: int
    dossier_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"work:{self.work_id}", f"dossier:{self.dossier_id}", "texts")
