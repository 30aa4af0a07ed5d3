"""What people do with programmes: draft, group, merge, adopt, carry over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import fold, nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Body, Term
from dienhong.work import events, rights, rules, working
from dienhong.work.actions.common import NoReason, NotClear, NotNow, _not_merged, _not_seen, _programme
from dienhong.work.content import of_task
from dienhong.work.models import Line, Programme, ProgrammeState, Task, TaskCoordination, TaskGroup


class ProgrammeThere(Refusal):
    """The office already has this programme."""


class GroupThere(Refusal):
    """The programme already has a group at this place."""


class NothingToMerge(Refusal):
    """These drafts cannot be merged into this programme."""


CODES = {Line.ADMINISTRATION: "cq", Line.PARTY: "dang", Line.UNION: "cong-doan"}


@transaction.atomic
def draft_programme(
    *, actor: Actor, year: int, line: str, title: str, at: dt.datetime, body: Body | None = None,
    term: Term | None = None, mark: str = Mark.OFFICE, source: str = "",
) -> Programme:  # fmt: skip
    """Draft a programme of work (lập dự thảo chương trình công tác). Raises ProgrammeThere, Refused."""
    within = rights.reach(body.pk if body else None, day_of(at))
    require(actor, rights.ADD, at=at, within=within)
    if line not in rights.lines_seen(actor, day_of(at)):
        raise _not_seen(actor)
    parts = (str(year), CODES[Line(line)], f"khoa-{term.label.lower()}" if term else "", body.code if body else "")
    code = "-".join(part for part in parts if part)
    if Programme.objects.filter(code=code).exists():
        raise ProgrammeThere(_("This programme is there already."), field="year")
    programme = Programme.objects.create(
        code=code, year=year, line=line, title=nfc(title), body=body, term=term, mark=mark, source=source
    )
    record(events.ProgrammeDrafted(programme.pk), actor=actor, at=at)
    return programme


@transaction.atomic
def add_group(*, actor: Actor, programme_id: int, title: str, at: dt.datetime, order: int | None = None) -> TaskGroup:
    """Add a group of tasks to a programme (thêm nhóm nhiệm vụ). Raises GroupThere, NotNow."""
    programme = _programme(actor, programme_id, at)
    permission = rights.ADOPT if programme.state == ProgrammeState.ADOPTED else rights.ADD
    require(actor, permission, at=at, within=rights.reach(programme.body_id, day_of(at)))
    _not_merged(programme)
    last = programme.groups.order_by("-order").first()
    order = order if order is not None else (last.order + 1 if last else 1)
    if programme.groups.filter(order=order).exists():
        raise GroupThere(_("The programme already has a group %(n)s.") % {"n": order}, field="order")
    group = TaskGroup.objects.create(programme=programme, order=order, title=nfc(title))
    shown = group.title if programme.line == Line.ADMINISTRATION else "…"
    record(events.GroupAdded(programme.pk, shown), actor=actor, at=at)
    return group


@transaction.atomic
def merge_drafts(*, actor: Actor, programme_id: int, draft_ids: Sequence[int], at: dt.datetime) -> int:
    """Merge drafts of units into one programme (tổng hợp dự thảo): groups of one name become one, tasks are renumbered.

    Gives back how many tasks came. Raises NothingToMerge, NotNow.
    """
    programme = _programme(actor, programme_id, at)
    require(actor, rights.ADOPT, at=at)
    if programme.state != ProgrammeState.DRAFT:
        raise NotNow(_("Drafts are merged into a programme that is a draft itself."))
    drafts = [_programme(actor, key, at) for key in draft_ids]
    wrong = [
        d for d in drafts
        if d.state != ProgrammeState.DRAFT or d.line != programme.line or d.year != programme.year or d == programme
    ]  # fmt: skip
    if wrong or not drafts:
        raise NothingToMerge(_("Choose drafts of the same year and line."), field="drafts")
    moved = 0
    for draft in drafts:
        moved += _move(draft, programme)
        draft.state, draft.into = ProgrammeState.MERGED, programme
        draft.save(update_fields=["state", "into"])
    record(events.ProgrammesMerged(programme.pk, len(drafts), moved), actor=actor, at=at)
    return moved


def _move(draft: Programme, programme: Programme) -> int:
    """Move groups and tasks of a draft into the programme, with new numbers behind those that are there."""
    groups = {fold(group.title): group for group in programme.groups.all()}
    order = max((group.order for group in groups.values()), default=0)
    moved = 0
    numbers: dict[int, str] = {}
    taken = set(programme.tasks.values_list("number", flat=True))
    for task in draft.tasks.select_related("group", "parent").order_by("place", "pk"):
        if task.group is not None:
            name = fold(task.group.title)
            if name not in groups:
                order += 1
                groups[name] = TaskGroup.objects.create(programme=programme, order=order, title=task.group.title)
            task.group = groups[name]
        head = numbers.get(task.parent_id or 0, "") or (str(task.group.order) if task.group else "")
        number = next(n for i in range(1, 10_000) if (n := f"{head}.{i}" if head else str(i)) not in taken)
        taken.add(number)
        numbers[task.pk] = number
        task.programme, task.number, task.place = programme, number, rules.place(number)
        task.code = f"{programme.code}/{number}"
        task.folded = fold(f"{number} {task.title} {task.product}")
        task.save(update_fields=["programme", "group", "number", "place", "code", "folded"])
        moved += 1
    return moved


@transaction.atomic
def adopt_programme(*, actor: Actor, programme_id: int, basis: str, at: dt.datetime) -> Programme:
    """Adopt a programme (ban hành chương trình): every task must be clear in all five "rõ"; from now on it is assigned.

    Raises NotClear with the first tasks that are not, NoReason without the deciding document, NotNow.
    """
    programme = _programme(actor, programme_id, at)
    require(actor, rights.ADOPT, at=at)
    if programme.state != ProgrammeState.DRAFT:
        raise NotNow(_("Only a draft is adopted."))
    if not nfc(basis):
        raise NoReason(_("Name the document that adopts it."), field="basis")
    tasks = list(programme.tasks.filter(cancelled_on__isnull=True).order_by("place"))
    if not tasks:
        raise NotNow(_("The programme has no task yet."))
    unclear = [task for task in tasks if task.missing]
    if unclear:
        named = ", ".join(task.number for task in unclear[:20])
        raise NotClear(_("%(n)s tasks are not clear yet: %(named)s.") % {"n": len(unclear), "named": named})
    day = day_of(at)
    programme.state, programme.adopted_on, programme.adopted_by_id = ProgrammeState.ADOPTED, day, actor.person_id
    programme.basis = nfc(basis)
    programme.save(update_fields=["state", "adopted_on", "adopted_by", "basis"])
    fresh = programme.tasks.filter(assigned_on__isnull=True, cancelled_on__isnull=True)
    for task in fresh.filter(due_rule__startswith="workdays:", due__isnull=True):
        task.due_rule = task.first_due_rule = rules.begun(task.due_rule, day)
        task.due = task.first_due = working.last_day(task.due_rule)
        task.save(update_fields=["due", "due_rule", "first_due", "first_due_rule"])
    programme.tasks.filter(cancelled_on__isnull=True).update(adopted=True)
    fresh.update(assigned_on=day, assigned_by_id=actor.person_id)
    shown = programme.basis if programme.line == Line.ADMINISTRATION else "…"
    record(events.ProgrammeAdopted(programme.pk, len(tasks), shown), actor=actor, at=at)
    return programme


@transaction.atomic
def carry_over(
    *, actor: Actor, from_id: int, to_id: int, at: dt.datetime, task_ids: Sequence[int] | None = None
) -> int:
    """Carry what a year leaves unfinished over into a draft of the next (chuyển tiếp), linked to what it was: all,
    or only `task_ids`.

    The old task stays as it ended; the new one begins as a draft with its deadline to be set anew. A task that was
    carried over before is left. Gives back how many came. Raises NothingToMerge, NotNow.
    """
    before, after = _programme(actor, from_id, at), _programme(actor, to_id, at)
    require(actor, rights.ADOPT, at=at)
    if after.state != ProgrammeState.DRAFT:
        raise NotNow(_("Tasks are carried over into a draft."))
    if before.line != after.line or before.year >= after.year:
        raise NothingToMerge(_("Choose a programme of an earlier year and of the same line."), field="before")
    groups = {fold(group.title): group for group in after.groups.all()}
    order = max((group.order for group in groups.values()), default=0)
    count = 0
    left = before.tasks.filter(confirmed_on__isnull=True, cancelled_on__isnull=True, comes_before__isnull=True)
    if task_ids is not None:
        left = left.filter(pk__in=list(task_ids))
    for task in left.select_related("group").order_by("place"):
        content = of_task(task)
        group = None
        if task.group is not None:
            name = fold(task.group.title)
            if name not in groups:
                order += 1
                groups[name] = TaskGroup.objects.create(programme=after, order=order, title=task.group.title)
            group = groups[name]
        _carried(task, after, group, content.coordinating)
        count += 1
    record(events.TasksCarriedOver(after.pk, count), actor=actor, at=at)
    return count


def _carried(task: Task, after: Programme, group: TaskGroup | None, coordinating: tuple[Body, ...]) -> Task:
    head = str(group.order) if group else ""
    taken = set(after.tasks.values_list("number", flat=True))
    number = next(n for i in range(1, 10_000) if (n := f"{head}.{i}" if head else str(i)) not in taken)
    later = Task.objects.filter(series_id=task.series_id or task.pk, turn__gt=task.turn)
    made = Task.objects.create(
        programme=after, group=group, line=after.line, number=number, code=f"{after.code}/{number}",
        place=rules.place(number), title=task.title, folded=fold(f"{number} {task.title} {task.product}"), key=task.key,
        lead_body=task.lead_body, lead_person=task.lead_person, leader=task.leader, product=task.product,
        recipient=task.recipient, basis=task.basis, responsibility=task.responsibility, dossier=task.dossier,
        origin_kind=task.origin_kind, origin_label=task.origin_label, origin_url=task.origin_url,
        recurs="" if later.exists() else task.recurs,
        comes_after=task, note=task.note,
    )  # fmt: skip
    TaskCoordination.objects.bulk_create([TaskCoordination(task=made, body=body) for body in coordinating])
    return made
