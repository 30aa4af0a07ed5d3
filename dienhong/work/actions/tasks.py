"""What people do to put a task into the world: add, change, split, assign, tie to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import fold, nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.work import events, rights, rules, working
from dienhong.work.actions.common import (
    ChangedMeanwhile,
    NoReason,
    NotNow,
    _clear,
    _locked,
    _not_merged,
    _not_seen,
    _shown,
    _write,
)
from dienhong.work.content import PLAIN, Content, Origin, of_task
from dienhong.work.models import (
    Line,
    Programme,
    ProgrammeState,
    Task,
    TaskChange,
    TaskCoordination,
    TaskDependency,
)

Openings = rules.Openings


class NumberTaken(Refusal):
    """The programme already has a task of this number."""


class GoesInACircle(Refusal):
    """Each of these tasks would wait for the other."""


class OfAnotherProgramme(Refusal):
    """The group belongs to another programme."""


class NoRhythm(Refusal):
    """A task with such a deadline cannot come again so often."""


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    content: Content,
    at: dt.datetime,
    programme: Programme | None = None,
    parent: Task | None = None,
    origin: Origin | None = None,
    line: str = Line.ADMINISTRATION,
    number: str = "",
    openings: Openings = None,
    assign: bool = False,
) -> Task:
    """Add a task (thêm nhiệm vụ): the one action by which every desk makes one, with the link to where it came from.

    It is a draft and may lack some of the five "rõ", unless `assign` says that work begins: then, as in an adopted
    programme, all five must be clear. Raises NotClear, NumberTaken, OfAnotherProgramme, Refused.
    """
    day = day_of(at)
    line = programme.line if programme else line
    require(actor, rights.ADD, at=at, within=rights.reach(content.lead_body.pk if content.lead_body else None, day))
    if line not in rights.lines_seen(actor, day):
        raise _not_seen(actor)
    if programme is not None:
        programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
        _not_merged(programme)
        if programme.state == ProgrammeState.ADOPTED:
            require(actor, rights.ADOPT, at=at)
            assign = True
    task = _made(content, at, programme, parent, origin, line, number, openings)
    if assign:
        _clear(task)
        _assign(task, actor, at)
    record(events.TaskAdded(task.pk), actor=actor, at=at)
    return task


def _rhythm(content: Content) -> None:
    if not rules.has_rhythm(content.due_rule, content.recurs):
        raise NoRhythm(
            _("What comes again needs a deadline with a day, a month or a quarter; every week, a day."), field="recurs"
        )


def _made(
    content: Content, at: dt.datetime, programme: Programme | None, parent: Task | None, origin: Origin | None,
    line: str, number: str, openings: Openings,
) -> Task:  # fmt: skip
    if content.group is not None and (programme is None or content.group.programme_id != programme.pk):
        raise OfAnotherProgramme(_("The group belongs to another programme."), field="group")
    _rhythm(content)
    number = nfc(number) or _next_number(programme, parent, content)
    if programme is not None and programme.tasks.filter(number=number).exists():
        raise NumberTaken(_("The programme already has a task %(number)s.") % {"number": number}, field="number")
    due = working.last_day(content.due_rule, openings)
    values = {name: getattr(content, name) for name in PLAIN} | {"title": nfc(content.title)}
    task = Task.objects.create(
        programme=programme,
        parent=parent,
        line=line,
        number=number,
        code=f"{programme.code}/{number}" if programme else f"new/{at.timestamp()}/{content.title[:40]}",
        place=rules.place(number),
        folded=fold(f"{number} {content.title} {content.product}"),
        due=due,
        first_due=due,
        first_due_rule=content.due_rule,
        origin_kind=origin.kind if origin else "",
        origin_label=origin.label if origin else "",
        origin_url=origin.url if origin else "",
        **values,
    )
    if programme is None:
        task.number, task.place = f"PS-{task.pk}", f"PS.{task.pk:08}"
        task.code = f"{day_of(at).year}/PS-{task.pk}"
        task.save(update_fields=["number", "place", "code"])
    TaskCoordination.objects.bulk_create([TaskCoordination(task=task, body=body) for body in content.coordinating])
    return task


def _assign(task: Task, actor: Actor, at: dt.datetime) -> None:
    """Write that work begins: who assigned it and when, and a deadline that counts from there."""
    day = day_of(at)
    values: dict[str, Any] = {"assigned_on": day, "assigned_by_id": actor.person_id}
    rule = rules.begun(task.due_rule, day)
    if rule != task.due_rule:
        due = working.last_day(rule)
        values |= {"due_rule": rule, "due": due, "first_due": due, "first_due_rule": rule}
    _write(task, actor, at, **values)


def _next_number(programme: Programme | None, parent: Task | None, content: Content) -> str:
    """The next free number: under its parent, in its group, else at the end of the programme."""
    if programme is None:
        return "-"
    head = parent.number if parent else str(content.group.order) if content.group else ""
    taken = set(programme.tasks.filter(number__startswith=f"{head}." if head else "").values_list("number", flat=True))
    n = 1
    while (f"{head}.{n}" if head else str(n)) in taken:
        n += 1
    return f"{head}.{n}" if head else str(n)


@transaction.atomic
def change_task(
    *,
    actor: Actor,
    task_id: int,
    version: int,
    content: Content,
    at: dt.datetime,
    reason: str = "",
    openings: Openings = None,
) -> Task:
    """Change what is said of a task (sửa nhiệm vụ); what was adopted is adjusted with a reason (điều chỉnh) only.

    `version` is the one the person had before them. Raises ChangedMeanwhile, NoReason, NotClear, NotNow.
    """
    task = _locked(actor, task_id, at)
    permission = rights.ASSIGN if task.assigned_on else rights.ADD
    require(actor, permission, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    _check_change(task, version, content, reason)
    _rhythm(content)
    before = of_task(task)
    values = {name: getattr(content, name) for name in PLAIN} | {"title": nfc(content.title)}
    if content.due_rule != task.due_rule:
        values["due"] = working.last_day(content.due_rule, openings)
        values["first_due"], values["first_due_rule"] = values["due"], content.due_rule
    values["folded"] = fold(f"{task.number} {content.title} {content.product}")
    changed = _write(task, actor, at, reason, **values)
    if set(before.coordinating) != set(content.coordinating):
        _coordinate(task, before.coordinating, content, actor, at, reason)
        changed.append("coordinating")
    if task.assigned_on:
        _clear(task)
    if changed:
        record(events.TaskChanged(task.pk, ", ".join(changed), reason), actor=actor, at=at)
    return task


def _check_change(task: Task, version: int, content: Content, reason: str) -> None:
    if task.confirmed_on is not None or task.cancelled_on is not None:
        raise NotNow(_("What is done or cancelled is not changed any more."))
    if task.version != version:
        raise ChangedMeanwhile(
            _("Somebody changed this task after you had opened it. Compare with the page, then save again.")
        )
    if task.assigned_on and not reason.strip():
        raise NoReason(_("The task was adopted: say why it is changed."), field="reason")
    if content.group is not None and content.group.programme_id != task.programme_id:
        raise OfAnotherProgramme(_("The group belongs to another programme."), field="group")
    if task.assigned_on and content.due_rule != task.due_rule:
        raise NotNow(_("The deadline of an assigned task is put off by an extension, with its approver."), field="due")


def _coordinate(
    task: Task, before: tuple[object, ...], content: Content, actor: Actor, at: dt.datetime, why: str
) -> None:
    task.coordinations.all().delete()
    TaskCoordination.objects.bulk_create([TaskCoordination(task=task, body=body) for body in content.coordinating])
    TaskChange.objects.create(
        task=task,
        at=at,
        who=actor.name,
        what="coordinating",
        before=_shown(before),
        after=_shown(content.coordinating),
        reason=why,
        adjusts=task.adopted,
    )


@transaction.atomic
def split_task(*, actor: Actor, task_id: int, parts: Sequence[Content], at: dt.datetime) -> list[Task]:
    """Split a task into parts (chia nhiệm vụ con); what a part does not say it has from the whole. Raises NotNow."""
    task = _locked(actor, task_id, at)
    if not rights.does(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    if task.confirmed_on is not None or task.cancelled_on is not None:
        raise NotNow(_("What is done or cancelled is not split any more."))
    made = []
    for part in parts:
        whole = replace(
            part,
            lead_body=part.lead_body or task.lead_body,
            lead_person=part.lead_person or task.lead_person,
            leader=part.leader or task.leader,
            due_rule=part.due_rule or task.due_rule,
            product=part.product or task.product,
            group=task.group,
        )
        one = _made(whole, at, task.programme, task, None, task.line, "", None)
        if task.assigned_on:
            one.due = one.due or task.due
            one.save(update_fields=["due"])
            _assign(one, actor, at)
            _clear(one)
        made.append(one)
    record(events.TaskSplit(task.pk, len(made)), actor=actor, at=at)
    return made


@transaction.atomic
def assign_task(*, actor: Actor, task_id: int, at: dt.datetime) -> Task:
    """Assign a draft task that is clear in all five (giao nhiệm vụ). Raises NotClear, NotNow."""
    task = _locked(actor, task_id, at)
    require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    if task.assigned_on is not None:
        raise NotNow(_("This task is assigned already."))
    if task.programme is not None and task.programme.state != ProgrammeState.ADOPTED:
        raise NotNow(_("The tasks of a programme are assigned when it is adopted."))
    _clear(task)
    _assign(task, actor, at)
    record(events.TaskAssigned(task.pk, task.lead_person_id or 0), actor=actor, at=at)
    return task


def _one_tie_at_a_time() -> None:
    """Until the end of this transaction nobody else ties tasks together.

    A circle is closed by ties that need not share a task, so locks on the two tasks do not keep it open. SQLite has one
    writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('work.dependencies', 0))")


@transaction.atomic
def add_dependency(*, actor: Actor, task_id: int, needed_id: int, at: dt.datetime) -> None:
    """Let a task wait for another one (đặt phụ thuộc). Raises GoesInACircle, NoSuchTask."""
    _one_tie_at_a_time()
    both = {key: _locked(actor, key, at) for key in sorted({task_id, needed_id})}  # in one order, whoever comes first
    task, needed = both[task_id], both[needed_id]
    if not rights.does(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    needs: dict[int, list[int]] = {}
    for one, other in TaskDependency.objects.values_list("task_id", "needed_id"):
        needs.setdefault(one, []).append(other)
    if rules.circle(needs, task.pk, needed.pk):
        raise GoesInACircle(_("Then each of the two would wait for the other."), field="needed")
    TaskDependency.objects.get_or_create(task=task, needed=needed)
    record(events.DependencyAdded(task.pk, needed.code), actor=actor, at=at)


@transaction.atomic
def remove_dependency(*, actor: Actor, task_id: int, needed_id: int, at: dt.datetime) -> None:
    """Let a task no longer wait for another one (bỏ phụ thuộc)."""
    task = _locked(actor, task_id, at)
    if not rights.does(actor, task):
        require(actor, rights.ASSIGN, at=at, within=rights.reach(task.lead_body_id, day_of(at)))
    needed = _locked(actor, needed_id, at)
    TaskDependency.objects.filter(task=task, needed=needed).delete()
    record(events.DependencyRemoved(task.pk, needed.code), actor=actor, at=at)
