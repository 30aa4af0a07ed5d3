"""What can happen to dossiers, programmes and tasks.

A task of the Party's or the union's line is named in the journal by its code only: who may read the journal is not
thereby let into those lines.
"""

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


@dataclass(frozen=True, slots=True)
class OfProgramme(Event):
    """Something that happened to a programme."""

    programme_id: int

    def topics(self) -> tuple[str, ...]:
        return ("tasks", f"programme:{self.programme_id}", "figures")


@dataclass(frozen=True, slots=True)
class OfTask(Event):
    """Something that happened to a task."""

    task_id: int

    def topics(self) -> tuple[str, ...]:
        return ("tasks", f"task:{self.task_id}", "figures")


@dataclass(frozen=True, slots=True)
class ProgrammeDrafted(OfProgramme):
    kind: ClassVar[str] = "work.ProgrammeDrafted"
    says: ClassVar[Says] = _("{actor} drafted the programme “{programme}”")


@dataclass(frozen=True, slots=True)
class GroupAdded(OfProgramme):
    kind: ClassVar[str] = "work.GroupAdded"
    says: ClassVar[Says] = _("{actor} added the group “{title}” to the programme “{programme}”")
    title: str


@dataclass(frozen=True, slots=True)
class ProgrammesMerged(OfProgramme):
    kind: ClassVar[str] = "work.ProgrammesMerged"
    says: ClassVar[Says] = _("{actor} merged {drafts} drafts with {tasks} tasks into the programme “{programme}”")
    drafts: int
    tasks: int


@dataclass(frozen=True, slots=True)
class ProgrammeAdopted(OfProgramme):
    kind: ClassVar[str] = "work.ProgrammeAdopted"
    says: ClassVar[Says] = _("{actor} adopted the programme “{programme}” with {tasks} tasks: {basis}")
    tasks: int
    basis: str


@dataclass(frozen=True, slots=True)
class TasksImported(OfProgramme):
    kind: ClassVar[str] = "work.TasksImported"
    says: ClassVar[Says] = _(
        "{actor} imported a table into the programme “{programme}”: {added} tasks added, {changed} changed"
    )
    added: int
    changed: int
    digest: str


@dataclass(frozen=True, slots=True)
class TasksLoaded(OfProgramme):
    kind: ClassVar[str] = "work.TasksLoaded"
    says: ClassVar[Says] = _("{actor} loaded {added} tasks into the programme “{programme}”")
    added: int


@dataclass(frozen=True, slots=True)
class TasksCarriedOver(OfProgramme):
    kind: ClassVar[str] = "work.TasksCarriedOver"
    says: ClassVar[Says] = _("{actor} carried {tasks} unfinished tasks over into the programme “{programme}”")
    tasks: int


@dataclass(frozen=True, slots=True)
class TaskAdded(OfTask):
    kind: ClassVar[str] = "work.TaskAdded"
    says: ClassVar[Says] = _("{actor} added the task “{task}”")


@dataclass(frozen=True, slots=True)
class TaskAssigned(OfTask):
    kind: ClassVar[str] = "work.TaskAssigned"
    says: ClassVar[Says] = _("{actor} assigned the task “{task}” to {person}")
    person_id: int


@dataclass(frozen=True, slots=True)
class TaskChanged(OfTask):
    kind: ClassVar[str] = "work.TaskChanged"
    says: ClassVar[Says] = _("{actor} changed the task “{task}”")
    fields: str
    reason: str


@dataclass(frozen=True, slots=True)
class TaskSplit(OfTask):
    kind: ClassVar[str] = "work.TaskSplit"
    says: ClassVar[Says] = _("{actor} split the task “{task}” into {parts} parts")
    parts: int


@dataclass(frozen=True, slots=True)
class TaskStarted(OfTask):
    kind: ClassVar[str] = "work.TaskStarted"
    says: ClassVar[Says] = _("{actor} began the task “{task}”")


@dataclass(frozen=True, slots=True)
class ProgressNoted(OfTask):
    kind: ClassVar[str] = "work.ProgressNoted"
    says: ClassVar[Says] = _("{actor} noted how the task “{task}” goes")


@dataclass(frozen=True, slots=True)
class EvidenceAdded(OfTask):
    kind: ClassVar[str] = "work.EvidenceAdded"
    says: ClassVar[Says] = _("{actor} added evidence to the task “{task}”: {label}")
    label: str
    digest: str


@dataclass(frozen=True, slots=True)
class TaskReported(OfTask):
    kind: ClassVar[str] = "work.TaskReported"
    says: ClassVar[Says] = _("{actor} reported the task “{task}” done")


@dataclass(frozen=True, slots=True)
class TaskConfirmed(OfTask):
    kind: ClassVar[str] = "work.TaskConfirmed"
    says: ClassVar[Says] = _("{actor} confirmed the result of the task “{task}”")


@dataclass(frozen=True, slots=True)
class TaskReturned(OfTask):
    kind: ClassVar[str] = "work.TaskReturned"
    says: ClassVar[Says] = _("{actor} sent the result of the task “{task}” back: {comment}")
    comment: str


@dataclass(frozen=True, slots=True)
class DeadlineExtended(OfTask):
    kind: ClassVar[str] = "work.DeadlineExtended"
    says: ClassVar[Says] = _("{actor} put the deadline of “{task}” off from {before} to {after}: {reason}")
    before: str
    after: str
    reason: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class ExtensionRequested(OfTask):
    kind: ClassVar[str] = "work.ExtensionRequested"
    says: ClassVar[Says] = _("{actor} asked to put the deadline of “{task}” off to {until}: {reason}")
    until: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExtensionApproved(OfTask):
    kind: ClassVar[str] = "work.ExtensionApproved"
    says: ClassVar[Says] = _(
        "{actor} approved the request: the deadline of “{task}” is put off from {before} to {after}: {reason}"
    )
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExtensionRefused(OfTask):
    kind: ClassVar[str] = "work.ExtensionRefused"
    says: ClassVar[Says] = _("{actor} refused to put the deadline of “{task}” off: {reason}")
    reason: str


@dataclass(frozen=True, slots=True)
class RequestWithdrawn(OfTask):
    kind: ClassVar[str] = "work.RequestWithdrawn"
    says: ClassVar[Says] = _("{actor} took back the request to put the deadline of “{task}” off")


@dataclass(frozen=True, slots=True)
class TaskPaused(OfTask):
    kind: ClassVar[str] = "work.TaskPaused"
    says: ClassVar[Says] = _("{actor} paused the task “{task}”: {reason}")
    reason: str


@dataclass(frozen=True, slots=True)
class TaskResumed(OfTask):
    kind: ClassVar[str] = "work.TaskResumed"
    says: ClassVar[Says] = _("{actor} took the task “{task}” up again")


@dataclass(frozen=True, slots=True)
class TaskCancelled(OfTask):
    kind: ClassVar[str] = "work.TaskCancelled"
    says: ClassVar[Says] = _("{actor} cancelled the task “{task}”: {reason}")
    reason: str


@dataclass(frozen=True, slots=True)
class TaskHandedOver(OfTask):
    kind: ClassVar[str] = "work.TaskHandedOver"
    says: ClassVar[Says] = _("{actor} handed the task “{task}” over to {person}: {reason}")
    person_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class DependencyAdded(OfTask):
    kind: ClassVar[str] = "work.DependencyAdded"
    says: ClassVar[Says] = _("{actor} let the task “{task}” wait for “{needed_code}”")
    needed_code: str


@dataclass(frozen=True, slots=True)
class DependencyRemoved(OfTask):
    kind: ClassVar[str] = "work.DependencyRemoved"
    says: ClassVar[Says] = _("{actor} no longer lets the task “{task}” wait for “{needed_code}”")
    needed_code: str


@dataclass(frozen=True, slots=True)
class TaskRecurred(OfTask):
    kind: ClassVar[str] = "work.TaskRecurred"
    says: ClassVar[Says] = _("The task “{task}” comes again, from {earlier_code}")
    earlier_code: str


@dataclass(frozen=True, slots=True)
class SeriesEnded(OfTask):
    kind: ClassVar[str] = "work.SeriesEnded"
    says: ClassVar[Says] = _("{actor} ended the series after the task “{task}”: {reason}")
    reason: str


@dataclass(frozen=True, slots=True)
class DeadlinesSettled(Event):
    kind: ClassVar[str] = "work.DeadlinesSettled"
    says: ClassVar[Says] = _(
        "{actor} settled the deadlines of {tasks} tasks that hang on session {session}, which opens on {opens}"
    )
    session: str
    opens: str
    tasks: int

    def topics(self) -> tuple[str, ...]:
        return ("tasks", "figures")


@dataclass(frozen=True, slots=True)
class OfficeDaysEntered(Event):
    kind: ClassVar[str] = "work.OfficeDaysEntered"
    says: ClassVar[Says] = _("{actor} entered {since} to {until} as {day_kind}: {name}; {moved} deadlines moved")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {
        "day_kind": {"off": _("day off"), "worked": _("day worked instead")}
    }
    since: str
    until: str
    day_kind: str
    name: str
    moved: int

    def topics(self) -> tuple[str, ...]:
        return ("tasks", "office_days")


@dataclass(frozen=True, slots=True)
class OfficeDayRemoved(Event):
    kind: ClassVar[str] = "work.OfficeDayRemoved"
    says: ClassVar[Says] = _("{actor} took away what was entered for {day}; {moved} deadlines moved")
    day: str
    moved: int

    def topics(self) -> tuple[str, ...]:
        return ("tasks", "office_days")


@dataclass(frozen=True, slots=True)
class FilterSaved(Event):
    kind: ClassVar[str] = "work.FilterSaved"
    says: ClassVar[Says] = _("{actor} saved the filter “{name}”")
    name: str

    def topics(self) -> tuple[str, ...]:
        return ("filters",)


@dataclass(frozen=True, slots=True)
class FilterRemoved(Event):
    kind: ClassVar[str] = "work.FilterRemoved"
    says: ClassVar[Says] = _("{actor} removed the filter “{name}”")
    name: str

    def topics(self) -> tuple[str, ...]:
        return ("filters",)


@dataclass(frozen=True, slots=True)
class WeekPublished(Event):
    kind: ClassVar[str] = "work.WeekPublished"
    says: ClassVar[Says] = _("{actor} published the schedule of the week from {monday}, edition {edition}")
    monday: str
    edition: int
    rows: int

    def topics(self) -> tuple[str, ...]:
        return ("tasks", "week")


@dataclass(frozen=True, slots=True)
class FeedMade(Event):
    kind: ClassVar[str] = "work.FeedMade"
    says: ClassVar[Says] = _("{actor} made a calendar address for {person}")
    person_id: int

    def topics(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class ReminderSnoozed(OfTask):
    kind: ClassVar[str] = "work.ReminderSnoozed"
    says: ClassVar[Says] = _("{actor} put off reminders of the task “{task}” until {until}")
    until: str


@dataclass(frozen=True, slots=True)
class PersonReminded(Event):
    kind: ClassVar[str] = "work.PersonReminded"
    says: ClassVar[Says] = _("{person} was reminded of {count} matters")
    person_id: int
    count: int
    by_mail: bool

    def topics(self) -> tuple[str, ...]:
        return (f"reminder:{self.person_id}",)
