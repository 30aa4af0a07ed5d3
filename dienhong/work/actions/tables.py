"""Many tasks at once: from a table, all or nothing; from older books."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.files import store
from dienhong.foundation.folding import fold, nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.work import events, importing, rights, rules, working
from dienhong.work.actions.common import NoReason, _key, _not_merged, _programme, _shown
from dienhong.work.content import PLAIN, Content, Past
from dienhong.work.models import (
    Evidence,
    EvidenceKind,
    Extension,
    Programme,
    ProgrammeState,
    Task,
    TaskChange,
    TaskCoordination,
    TaskGroup,
)

BATCH = 500


class NotImported(Refusal):
    """The table holds rows that are wrong; nothing was written."""

    status = 422


@transaction.atomic
def import_tasks(
    *, actor: Actor, programme_id: int, content: bytes, name: str, at: dt.datetime,
    openings: Mapping[str, dt.date] | None = None, term: str = "XV", reason: str = "",
) -> importing.Plan:  # fmt: skip
    """Import a table of tasks into a programme (nhập bảng nhiệm vụ), all or nothing; tasks are known by their STT.

    The file is kept and named in the journal. What was adopted is changed by a table with a reason only. Raises
    BadTable, NoReason, or NotImported naming the first wrong row.
    """
    programme = _programme(actor, programme_id, at)
    adopted = programme.state == ProgrammeState.ADOPTED
    within = rights.reach(programme.body_id, day_of(at))
    require(actor, rights.ADOPT if adopted else rights.ADD, at=at, within=within)
    _not_merged(programme)
    plan = importing.plan(content, name, programme, day_of(at), openings, term)
    if plan.wrong:
        first = plan.wrong[0]
        raise NotImported(
            _("Row %(line)s: %(why)s Nothing was imported.") % {"line": first.line, "why": " ".join(first.wrong)}
        )
    if adopted and any(row.changes for row in plan.rows) and len(nfc(reason)) < 5:
        raise NoReason(_("The table changes tasks that were adopted: say why."), field="reason")
    groups = _groups(programme, [row.group for row in plan.rows if row.group])
    fresh = [row for row in plan.rows if row.status == "new"]
    made = Task.objects.bulk_create(
        [_fresh(programme, row, groups, adopted, actor, at, openings) for row in fresh], batch_size=BATCH
    )
    for row, task in zip(fresh, made, strict=True):
        row.task = task
    _tie_parts(programme)
    _change(plan, groups, actor, at, openings, nfc(reason))
    _coordinate([(row.task, row.content) for row in fresh if row.task and row.content])
    digest = store().put(io.BytesIO(content))
    changed = sum(1 for row in plan.rows if row.changes)
    if fresh or changed:
        record(events.TasksImported(programme.pk, len(fresh), changed, digest), actor=actor, at=at)
    return plan


def _groups(programme: Programme, titles: Sequence[str]) -> dict[str, TaskGroup]:
    """The groups of the programme by title, with those that the table brings."""
    found = {fold(group.title): group for group in programme.groups.all()}
    order = max((group.order for group in found.values()), default=0)
    for title in dict.fromkeys(titles):
        if fold(title) not in found:
            order += 1
            found[fold(title)] = TaskGroup.objects.create(programme=programme, order=order, title=nfc(title))
    return found


def _fresh(
    programme: Programme, row: importing.Row, groups: Mapping[str, TaskGroup], adopted: bool, actor: Actor,
    at: dt.datetime, openings: Mapping[str, dt.date] | None,
) -> Task:  # fmt: skip
    content = row.content
    assert content is not None
    rule = rules.begun(content.due_rule, day_of(at)) if adopted else content.due_rule
    due = working.last_day(rule, openings)
    values = {name: getattr(content, name) for name in PLAIN} | {
        "group": groups.get(fold(row.group)), "due_rule": rule,
    }  # fmt: skip
    return Task(
        programme=programme,
        line=programme.line,
        number=row.number,
        code=f"{programme.code}/{row.number}",
        place=rules.place(row.number),
        folded=fold(f"{row.number} {content.title} {content.product}"),
        due=due,
        first_due=due,
        first_due_rule=rule,
        assigned_on=day_of(at) if adopted else None,
        assigned_by_id=actor.person_id if adopted else None,
        **values,
    )


def _tie_parts(programme: Programme) -> None:
    """A task numbered 1.3.2 is a part of 1.3, where that is a task of the programme."""
    # "programme" too: the relation sets it on each row and would read a task again that does not have it
    by_number = {task.number: task for task in programme.tasks.only("pk", "number", "parent", "programme")}
    changed = []
    for number, task in by_number.items():
        head = number.rpartition(".")[0]
        if task.parent_id is None and head in by_number:
            task.parent = by_number[head]
            changed.append(task)
    Task.objects.bulk_update(changed, ["parent"], batch_size=BATCH)


def _change(
    plan: importing.Plan, groups: Mapping[str, TaskGroup], actor: Actor, at: dt.datetime,
    openings: Mapping[str, dt.date] | None, reason: str,
) -> None:  # fmt: skip
    tasks, history, recoordinated = [], [], []
    for row in plan.rows:
        task, content = row.task, row.content
        if not row.changes or task is None or content is None:
            continue
        for name in row.changes:
            if name == "coordinating":
                recoordinated.append((task, content))
                before: object = tuple(one.body for one in task.coordinations.all())
                after: object = content.coordinating
            else:
                before = getattr(task, name)
                after = groups.get(fold(row.group)) if name == "group" else getattr(content, name)
                setattr(task, name, after)
            told = TaskChange(task=task, at=at, who=actor.name, what=name, reason=reason, adjusts=task.adopted)
            told.before, told.after, told.key_before = _shown(before), _shown(after), _key(before)
            history.append(told)
        if "due_rule" in row.changes:
            task.due = task.first_due = working.last_day(content.due_rule, openings)
            task.first_due_rule = content.due_rule
        task.folded = fold(f"{task.number} {task.title} {task.product}")
        task.version += 1
        tasks.append(task)
    Task.objects.bulk_update(
        tasks, [*PLAIN, "folded", "due", "first_due", "first_due_rule", "version"], batch_size=BATCH
    )
    TaskChange.objects.bulk_create(history, batch_size=BATCH)
    TaskCoordination.objects.filter(task__in=[task for task, _content in recoordinated]).delete()
    _coordinate(recoordinated)


def _coordinate(rows: Sequence[tuple[Task, Content]]) -> None:
    TaskCoordination.objects.bulk_create(
        [TaskCoordination(task=task, body=body) for task, content in rows for body in content.coordinating],
        batch_size=BATCH,
    )


@transaction.atomic
def load_tasks(*, actor: Actor, programme_id: int, rows: Sequence[Past], at: dt.datetime) -> int:
    """Load tasks of older books with what happened to them (nạp nhiệm vụ đã có), under the numbers they had there."""
    programme = _programme(actor, programme_id, at)
    require(actor, rights.ADOPT, at=at)
    _not_merged(programme)
    made = Task.objects.bulk_create([_old(programme, row) for row in rows], batch_size=BATCH)
    pairs = list(zip(made, rows, strict=True))
    _tie_parts(programme)
    _coordinate([(task, row.content) for task, row in pairs])
    Extension.objects.bulk_create(
        Extension(
            task=task, day=row.first_due, due_before=row.first_due, rule_before=row.first_rule,
            due_after=task.due, rule_after=task.due_rule, reason=row.extension_reason, approver=row.approver,
        )
        for task, row in pairs
        if row.extension_reason and row.first_due
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(task=task, at=at, kind=EvidenceKind.DOCUMENT, label=row.evidence[0], number=row.evidence[1])
        for task, row in pairs
        if row.evidence[0]
    )
    record(events.TasksLoaded(programme.pk, len(made)), actor=actor, at=at)
    return len(made)


def _old(programme: Programme, row: Past) -> Task:
    content, facts = row.content, row.facts
    return Task(
        programme=programme,
        line=programme.line,
        number=row.number,
        code=f"{programme.code}/{row.number}",
        place=rules.place(row.number),
        folded=fold(f"{row.number} {content.title} {content.product}"),
        due=facts.due,
        first_due=row.first_due or facts.due,
        first_due_rule=row.first_rule or content.due_rule,
        assigned_on=facts.assigned,
        assigned_by=row.assigned_by,
        started_on=facts.started,
        reported_on=facts.reported,
        confirmed_on=facts.confirmed,
        paused_on=facts.paused,
        cancelled_on=facts.cancelled,
        result=row.result,
        late_reason=row.late_reason,
        **{name: getattr(content, name) for name in PLAIN},
    )
