"""From this year into the next (chuyển sang năm sau): conclusions become tasks, what is unfinished moves on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.folding import fold, nfc
from dienhong.foundation.journal.actions import record
from dienhong.people.models import Body, Person
from dienhong.people.queries import names_of_bodies
from dienhong.reports import events, rights
from dienhong.reports.actions.common import NotNow
from dienhong.reports.models import Conclusion, Conference, ConferenceState, Report
from dienhong.reports.queries import unfinished
from dienhong.work.actions import add_group, add_task, cancel_task, carry_over, draft_programme
from dienhong.work.content import Content, Origin
from dienhong.work.models import Programme, ProgrammeState, Task, TaskGroup


@dataclass(frozen=True, slots=True)
class Share:
    """What a conclusion becomes in next year's programme: its group, whether key, who leads, until when."""

    group: str = ""
    key: bool = False
    lead: Body | None = None
    person: Person | None = None
    due: dt.date | None = None


def _held(actor: Actor, conference_id: int, at: dt.datetime) -> Conference:
    require(actor, rights.CONFER, at=at)
    conference = Conference.objects.select_related("report").select_for_update(of=("self",)).get(pk=conference_id)
    rights.require_line(actor, conference.report.line, at)
    return conference


def _next_programme(actor: Actor, report: Report, programme: Programme | None, at: dt.datetime) -> Programme:
    """The programme that takes what comes; without one, next year's is drafted. Raises NotNow."""
    if programme is None:
        with translation.override("vi"):
            name = names_of_bodies([report.body_id], report.until).get(report.body_id, "")
        title = f"Chương trình công tác năm {report.year + 1} của {name}"
        return draft_programme(actor=actor, year=report.year + 1, line=report.line, title=title, at=at)
    if programme.line != report.line:
        raise NotNow(_("The programme belongs to another line."), field="programme")
    if programme.year <= report.year:
        raise NotNow(_("Choose a programme of a later year."), field="programme")
    return programme


@transaction.atomic
def make_tasks(
    *, actor: Actor, conference_id: int, url: str, at: dt.datetime, programme: Programme | None = None,
    shares: Mapping[int, Share] | None = None,
) -> list[Task]:  # fmt: skip
    """Make draft tasks of next year's programme from the conclusions (đưa kết luận vào chương trình công tác).

    `shares` says by the key of a conclusion what it becomes, and leaves out those that are no tasks; None takes all as
    they were written. Each task leads back to its conclusion, and a conclusion becomes a task only once. `url` is the
    page of the conference. Without a programme next year's is drafted. Raises NotNow, and what adding a task refuses.
    """
    require(actor, rights.CONFER, at=at)
    conference = _held(actor, conference_id, at)
    if conference.state != ConferenceState.CONCLUDED:
        raise NotNow(_("The conference is not concluded yet."))
    waiting = conference.conclusions.filter(task__isnull=True).select_related("lead", "person")
    rows = [row for row in waiting if shares is None or row.pk in shares]
    programme = _next_programme(actor, conference.report, programme, at)
    groups = {fold(group.title): group for group in programme.groups.all()}
    made = []
    for row in rows:
        share = (shares or {}).get(row.pk) or Share(row.group, row.key, row.lead, row.person, row.due)
        row.group, row.key, row.lead, row.person = nfc(share.group).strip(), share.key, share.lead, share.person
        row.due = share.due
        group = groups.get(fold(row.group)) if row.group else None
        if row.group and group is None:
            group = add_group(actor=actor, programme_id=programme.pk, title=row.group, at=at)
            groups[fold(row.group)] = group
        row.task = _task(actor, row, programme, group, url, at)
        row.save(update_fields=["group", "key", "lead", "person", "due", "task"])
        made.append(row.task)
    record(events.ConclusionsBecameTasks(conference.pk, programme.pk, len(made)), actor=actor, at=at)
    return made


def _task(
    actor: Actor, row: Conclusion, programme: Programme, group: TaskGroup | None, url: str, at: dt.datetime
) -> Task:
    conference = row.conference
    with translation.override("vi"):  # what stands on record is Vietnamese, whoever makes it
        words = _("Conclusion %(order)s of %(conference)s") % {"order": row.order, "conference": conference.title}
        label = str(words)[:300]
    content = Content(
        title=row.text,
        lead_body=row.lead,
        lead_person=row.person,
        product=row.product,
        due_rule=f"day:{row.due.isoformat()}" if row.due else "",
        basis=f"{conference.number}/TB-VPQH",
        key=row.key,
        group=group,
    )
    origin = Origin("conclusion", label, f"{url}#conclusion-{row.pk}")
    return add_task(actor=actor, content=content, programme=programme, origin=origin, at=at)


@transaction.atomic
def turn_year(
    *, actor: Actor, conference_id: int, move: Sequence[int], drop: Mapping[int, str], at: dt.datetime,
    programme: Programme | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Turn the year over (chuyển tiếp nhiệm vụ): what is unfinished moves into next year's programme with its history,
    is dropped with a reason, or, when it is in neither list, waits where it is.

    Gives back how many moved and how many were dropped. Done twice, nothing moves twice. Raises NotNow, and what the
    actions on tasks refuse.
    """
    require(actor, rights.CONFER, at=at)
    conference = _held(actor, conference_id, at)
    left = {task.pk: task for task in unfinished(conference.report)}
    if set(move) & set(drop):
        raise NotNow(_("A task either moves on or is dropped."))
    programme = _next_programme(actor, conference.report, programme, at)
    if programme.state != ProgrammeState.DRAFT:
        raise NotNow(_("Tasks are carried over into a draft."), field="programme")
    dropped = [key for key in drop if key in left]
    for key in dropped:
        cancel_task(actor=actor, task_id=key, reason=drop[key], at=at)
    moving = [key for key in move if key in left]
    sources = dict.fromkeys(left[key].programme_id for key in moving)
    moved = 0
    for source in sources:
        assert source is not None
        moved += carry_over(actor=actor, from_id=source, to_id=programme.pk, task_ids=moving, at=at)
    waits = len(left) - len(dropped) - moved
    record(events.YearTurned(conference.pk, programme.pk, moved, waits, len(dropped)), actor=actor, at=at)
    return moved, len(dropped)
