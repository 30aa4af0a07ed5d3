"""What can happen to sessions and meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dienhong.foundation.journal.events import NO_DAY, Event, Says

SINCE: Mapping[str, Mapping[str, Says]] = {"since": NO_DAY}
MEETING: Mapping[str, Says] = {
    "title": pgettext_lazy("meeting", "name"),
    "kind": pgettext_lazy("meeting", "kind"),
    "year": pgettext_lazy("meeting", "year it is counted in"),
    "number": pgettext_lazy("meeting", "number"),
    "since": pgettext_lazy("meeting", "first day"),
    "until": pgettext_lazy("meeting", "last day"),
    "working_days": pgettext_lazy("meeting", "working days"),
    "counts": pgettext_lazy("meeting", "whether it counts in the total"),
    "closed_doors": pgettext_lazy("meeting", "whether it is closed"),
    "place": pgettext_lazy("meeting", "place"),
    "source": pgettext_lazy("meeting", "source"),
}
ITEM: Mapping[str, Says] = {
    "title": pgettext_lazy("agenda item", "title"),
    "presenter": pgettext_lazy("agenda item", "presenter"),
    "starts_at": pgettext_lazy("agenda item", "time"),
    "minutes": pgettext_lazy("agenda item", "minutes planned"),
    "note": pgettext_lazy("agenda item", "note"),
}


@dataclass(frozen=True, slots=True)
class SessionEntered(Event):
    kind: ClassVar[str] = "meetings.SessionEntered"
    says: ClassVar[Says] = _("{actor} entered the session {session}, opening {since}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = SINCE
    session_id: int
    since: str

    def topics(self) -> tuple[str, ...]:
        return ("meetings", "figures")


@dataclass(frozen=True, slots=True)
class _OfMeeting(Event):
    meeting_id: int

    def topics(self) -> tuple[str, ...]:
        return ("meetings", f"meeting:{self.meeting_id}")


@dataclass(frozen=True, slots=True)
class MeetingEntered(_OfMeeting):
    kind: ClassVar[str] = "meetings.MeetingEntered"
    says: ClassVar[Says] = _("{actor} entered the meeting {meeting}, {since}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = SINCE
    since: str

    def topics(self) -> tuple[str, ...]:
        return ("meetings", f"meeting:{self.meeting_id}", "figures")


@dataclass(frozen=True, slots=True)
class MeetingCorrected(_OfMeeting):
    kind: ClassVar[str] = "meetings.MeetingCorrected"
    says: ClassVar[Says] = _("{actor} corrected what was entered of {meeting} ({fields}): {reason}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"fields": MEETING}
    fields: str
    reason: str

    def topics(self) -> tuple[str, ...]:
        return ("meetings", f"meeting:{self.meeting_id}", "figures")


@dataclass(frozen=True, slots=True)
class MeetingOpened(_OfMeeting):
    kind: ClassVar[str] = "meetings.MeetingOpened"
    says: ClassVar[Says] = _("{actor} opened {meeting}")


@dataclass(frozen=True, slots=True)
class MeetingClosed(_OfMeeting):
    kind: ClassVar[str] = "meetings.MeetingClosed"
    says: ClassVar[Says] = _("{actor} closed {meeting}")


@dataclass(frozen=True, slots=True)
class ItemAdded(_OfMeeting):
    kind: ClassVar[str] = "meetings.ItemAdded"
    says: ClassVar[Says] = _("{actor} put “{item}” on the agenda of {meeting}")
    item_id: int


@dataclass(frozen=True, slots=True)
class ItemChanged(_OfMeeting):
    kind: ClassVar[str] = "meetings.ItemChanged"
    says: ClassVar[Says] = _("{actor} changed “{item}” on the agenda of {meeting}: {fields}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"fields": ITEM}
    item_id: int
    fields: str


@dataclass(frozen=True, slots=True)
class AgendaReordered(_OfMeeting):
    kind: ClassVar[str] = "meetings.AgendaReordered"
    says: ClassVar[Says] = _("{actor} moved “{item}” to place {place} on the agenda of {meeting}")
    item_id: int
    place: int


@dataclass(frozen=True, slots=True)
class ItemTakenUp(_OfMeeting):
    kind: ClassVar[str] = "meetings.ItemTakenUp"
    says: ClassVar[Says] = _("{meeting} takes up “{item}”")
    item_id: int


@dataclass(frozen=True, slots=True)
class ItemDone(_OfMeeting):
    kind: ClassVar[str] = "meetings.ItemDone"
    says: ClassVar[Says] = _("{meeting} has finished “{item}”")
    item_id: int


@dataclass(frozen=True, slots=True)
class ItemWithdrawn(_OfMeeting):
    kind: ClassVar[str] = "meetings.ItemWithdrawn"
    says: ClassVar[Says] = _("{actor} withdrew “{item}” from the agenda of {meeting}: {reason}")
    item_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class PutToVote(_OfMeeting):
    kind: ClassVar[str] = "meetings.PutToVote"
    says: ClassVar[Says] = _("{actor} scheduled the vote “{poll}” under “{item}”")
    item_id: int
    poll_id: int

    def topics(self) -> tuple[str, ...]:
        return ("meetings", f"meeting:{self.meeting_id}", f"poll:{self.poll_id}")


@dataclass(frozen=True, slots=True)
class VoteFiled(Event):
    kind: ClassVar[str] = "meetings.VoteFiled"
    says: ClassVar[Says] = _("{actor} filed the published vote “{poll}” under {session}")
    session_id: int
    poll_id: int

    def topics(self) -> tuple[str, ...]:
        return ("meetings", f"poll:{self.poll_id}", "figures")
