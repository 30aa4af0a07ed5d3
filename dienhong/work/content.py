"""What is said of a task when it is added or changed: the five "rõ" and what stands beside them (nội dung nhiệm vụ)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from dienhong.people.models import Body, Person
from dienhong.work.models import Dossier, Task, TaskGroup
from dienhong.work.rules import Facts

#: The fields of a task that people change, and what they are called.
LABELS = {
    "title": _("Task"),
    "group": _("Group"),
    "lead_body": _("Lead unit"),
    "lead_person": _("Responsible person"),
    "leader": _("Leader in charge"),
    "coordinating": _("Coordinating units"),
    "product": _("Product"),
    "recipient": _("Goes to"),
    "due": _("Deadline"),
    "due_rule": _("Deadline"),
    "basis": _("Basis"),
    "responsibility": _("Responsibility"),
    "key": _("Key task"),
    "recurs": _("Comes again"),
    "dossier": _("Dossier"),
    "note": _("Note"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a task came from (nguồn): a kind ("conclusion", "answer"), words, and the address of the page."""

    kind: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What is said of a task. `due_rule` is what `rules.read_deadline` gives; "" while there is no deadline."""

    title: str
    lead_body: Body | None = None
    lead_person: Person | None = None
    leader: Person | None = None
    coordinating: tuple[Body, ...] = ()
    product: str = ""
    recipient: str = ""
    due_rule: str = ""
    basis: str = ""
    responsibility: str = ""
    key: bool = False
    group: TaskGroup | None = None
    recurs: str = ""
    dossier: Dossier | None = None
    note: str = ""


#: The fields that are columns of the task under the same name.
PLAIN = (
    "title", "lead_body", "lead_person", "leader", "product", "recipient", "due_rule", "basis", "responsibility", "key",
    "group", "recurs", "dossier", "note",
)  # fmt: skip


def of_task(task: Task) -> Content:
    """What is said of a task now."""
    values: Mapping[str, Any] = {name: getattr(task, name) for name in PLAIN}
    return Content(coordinating=tuple(row.body for row in task.coordinations.select_related("body")), **values)


def words(value: object) -> str:
    """A value as the history keeps it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, tuple):
        return "; ".join(words(one) for one in value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Past:
    """A task as older books hold it, with the days on which things happened (nhiệm vụ đã có)."""

    number: str
    content: Content
    facts: Facts
    first_rule: str = ""
    first_due: dt.date | None = None
    extension_reason: str = ""
    approver: Person | None = None
    result: str = ""
    late_reason: str = ""
    assigned_by: Person | None = None
    evidence: tuple[str, str] = ("", "")  # label and number of the document that shows the result
    parent: str = ""
