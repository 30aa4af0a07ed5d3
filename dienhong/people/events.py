"""What can happen to people and bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import NO_DAY, Event, Says
from dienhong.people.models import Status

SINCE: Mapping[str, Mapping[str, Says]] = {"since": NO_DAY}
STANDINGS: Mapping[str, Says] = {status.value: status.label for status in Status}
DATA: Mapping[str, Says] = {
    "full_name": _("full name"),
    "gender": _("gender"),
    "born": _("date of birth"),
    "ethnicity": _("ethnicity"),
    "note": _("note"),
}


@dataclass(frozen=True, slots=True)
class TermOpened(Event):
    kind: ClassVar[str] = "people.TermOpened"
    says: ClassVar[Says] = _("{actor} entered term {term}, from {since}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = SINCE
    term_id: int
    since: str

    def topics(self) -> tuple[str, ...]:
        return ("people",)


@dataclass(frozen=True, slots=True)
class TermClosed(Event):
    kind: ClassVar[str] = "people.TermClosed"
    says: ClassVar[Says] = _("{actor} closed term {term} on {until}")
    term_id: int
    until: str

    def topics(self) -> tuple[str, ...]:
        return ("people",)


@dataclass(frozen=True, slots=True)
class BodyFounded(Event):
    kind: ClassVar[str] = "people.BodyFounded"
    says: ClassVar[Says] = _("{actor} entered the body {body}, from {since}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = SINCE
    body_id: int
    since: str

    def topics(self) -> tuple[str, ...]:
        return ("people", f"body:{self.body_id}")


@dataclass(frozen=True, slots=True)
class BodyRenamed(Event):
    kind: ClassVar[str] = "people.BodyRenamed"
    says: ClassVar[Says] = _("{actor} renamed {before} to {after}, from {since}")
    body_id: int
    before: str
    after: str
    since: str

    def topics(self) -> tuple[str, ...]:
        return ("people", f"body:{self.body_id}")


@dataclass(frozen=True, slots=True)
class BodyPlaced(Event):
    kind: ClassVar[str] = "people.BodyPlaced"
    says: ClassVar[Says] = _("{actor} placed {body} under {other_body}, from {since}")
    body_id: int
    other_body_id: int
    since: str

    def topics(self) -> tuple[str, ...]:
        return ("people", f"body:{self.body_id}", f"body:{self.other_body_id}")


@dataclass(frozen=True, slots=True)
class BodyEnded(Event):
    kind: ClassVar[str] = "people.BodyEnded"
    says: ClassVar[Says] = _("{actor} ended the body {body}; its last day is {until}")
    body_id: int
    until: str

    def topics(self) -> tuple[str, ...]:
        return ("people", f"body:{self.body_id}")


@dataclass(frozen=True, slots=True)
class BodySucceeded(Event):
    kind: ClassVar[str] = "people.BodySucceeded"
    says: ClassVar[Says] = _("{actor} recorded that {other_body} takes over from {body} on {day}")
    body_id: int
    other_body_id: int
    day: str

    def topics(self) -> tuple[str, ...]:
        return ("people", f"body:{self.body_id}", f"body:{self.other_body_id}")


@dataclass(frozen=True, slots=True)
class PersonEntered(Event):
    kind: ClassVar[str] = "people.PersonEntered"
    says: ClassVar[Says] = _("{actor} entered {person} in the register")
    person_id: int

    def topics(self) -> tuple[str, ...]:
        return ("people", f"person:{self.person_id}")


@dataclass(frozen=True, slots=True)
class PersonCorrected(Event):
    kind: ClassVar[str] = "people.PersonCorrected"
    says: ClassVar[Says] = _("{actor} corrected the data of {person}: {fields}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"fields": DATA}
    person_id: int
    fields: str

    def topics(self) -> tuple[str, ...]:
        return ("people", f"person:{self.person_id}")


@dataclass(frozen=True, slots=True)
class AccountLinked(Event):
    kind: ClassVar[str] = "people.AccountLinked"
    says: ClassVar[Says] = _("{actor} gave {person} the account {username}")
    person_id: int
    username: str

    def topics(self) -> tuple[str, ...]:
        return (f"person:{self.person_id}",)


@dataclass(frozen=True, slots=True)
class PostCreated(Event):
    kind: ClassVar[str] = "people.PostCreated"
    says: ClassVar[Says] = _("{actor} created the post {post}")
    post_id: int
    body_id: int

    def topics(self) -> tuple[str, ...]:
        return ("people", f"body:{self.body_id}")


@dataclass(frozen=True, slots=True)
class PostGiven(Event):
    kind: ClassVar[str] = "people.PostGiven"
    says: ClassVar[Says] = _("{actor} gave {person} the post {post}, from {since}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = SINCE
    person_id: int
    post_id: int
    since: str
    basis: str = ""

    def topics(self) -> tuple[str, ...]:
        return ("people", f"person:{self.person_id}")


@dataclass(frozen=True, slots=True)
class PostLeft(Event):
    kind: ClassVar[str] = "people.PostLeft"
    says: ClassVar[Says] = _("{actor} recorded that {person} left the post {post}; the last day is {until}")
    person_id: int
    post_id: int
    until: str
    basis: str = ""

    def topics(self) -> tuple[str, ...]:
        return ("people", f"person:{self.person_id}")


@dataclass(frozen=True, slots=True)
class ConstituenciesEntered(Event):
    kind: ClassVar[str] = "people.ConstituenciesEntered"
    says: ClassVar[Says] = _("{actor} entered {count} constituencies of term {term}")
    term_id: int
    count: int

    def topics(self) -> tuple[str, ...]:
        return ("people",)


@dataclass(frozen=True, slots=True)
class MandateConfirmed(Event):
    kind: ClassVar[str] = "people.MandateConfirmed"
    says: ClassVar[Says] = _("{actor} confirmed {person} as a deputy of term {term}, in {body}, from {since}")
    person_id: int
    term_id: int
    body_id: int
    since: str

    def topics(self) -> tuple[str, ...]:
        return ("people", f"person:{self.person_id}")


@dataclass(frozen=True, slots=True)
class StandingChanged(Event):
    kind: ClassVar[str] = "people.StandingChanged"
    says: ClassVar[Says] = _("{actor} recorded the standing of deputy {person}: {status}, from {since}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"status": STANDINGS}
    person_id: int
    status: str
    since: str
    basis: str = ""

    def topics(self) -> tuple[str, ...]:
        return ("people", f"person:{self.person_id}")


@dataclass(frozen=True, slots=True)
class DeputyMoved(Event):
    kind: ClassVar[str] = "people.DeputyMoved"
    says: ClassVar[Says] = _("{actor} moved deputy {person} to {body}, from {since}")
    person_id: int
    body_id: int
    since: str

    def topics(self) -> tuple[str, ...]:
        return ("people", f"person:{self.person_id}", f"body:{self.body_id}")


@dataclass(frozen=True, slots=True)
class PeopleImported(Event):
    kind: ClassVar[str] = "people.PeopleImported"
    says: ClassVar[Says] = _("{actor} imported {file}: {added} rows added, {changed} changed, {same} already there")
    file: str
    digest: str
    added: int
    changed: int
    same: int

    def topics(self) -> tuple[str, ...]:
        return ("people",)


@dataclass(frozen=True, slots=True)
class DeputiesConfirmed(Event):
    kind: ClassVar[str] = "people.DeputiesConfirmed"
    says: ClassVar[Says] = _("{actor} confirmed {count} deputies of term {term} from a list, from {since}")
    term_id: int
    count: int
    since: str
    digest: str

    def topics(self) -> tuple[str, ...]:
        return ("people",)


@dataclass(frozen=True, slots=True)
class DelegationsMerged(Event):
    kind: ClassVar[str] = "people.DelegationsMerged"
    says: ClassVar[Says] = _(
        "{actor} merged {before} delegations into {after}, from {since}; {moved} deputies went along"
    )
    before: int
    after: int
    moved: int
    since: str
    basis: str = ""

    def topics(self) -> tuple[str, ...]:
        return ("people",)
