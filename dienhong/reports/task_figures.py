"""Figures of the programme for a report (số liệu nhiệm vụ): its tasks, those done and late, and the next year's.

They stand in reports only and not among the figures of the office: whoever may read figures need not see tasks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _t

from dienhong.foundation.facts import Mark
from dienhong.records.rules import Figure, Row, Scope
from dienhong.work.models import Programme, ProgrammeState, Task, TaskGroup
from dienhong.work.queries import in_state
from dienhong.work.rules import State


def figures(scope: Scope, line: str, today: dt.date) -> list[Figure]:
    """The figures of the tasks of a line; none where no programme of the time is in the record."""
    found = _of_scope(scope, line)
    out: list[Figure] = []
    if found is not None and found.exists():
        done = found.filter(confirmed_on__isnull=False, confirmed_on__lte=today)
        late = found.filter(in_state(State.OVERDUE, today))
        out.append(_counted("tasks", _t("Tasks of the programme"), found))
        out.append(_counted("tasks.key", _t("Key tasks of the programme"), found.filter(key=True)))
        out.append(_counted("tasks.done", _t("Tasks done, confirmed"), done))
        out.append(_counted("tasks.late", _t("Tasks late and not done"), late))
        out.append(_share(out[2], out[0]))
    if scope.whole_year and scope.year is not None:
        out += _next(scope.year + 1, line)
    return out


def _of_scope(scope: Scope, line: str) -> QuerySet[Task] | None:
    """The tasks that were assigned: those of the year's programmes, else those due in the days."""
    tasks = Task.objects.filter(line=line, assigned_on__isnull=False, cancelled_on__isnull=True)
    if scope.whole_year and scope.year is not None:
        return tasks.filter(programme__year=scope.year)
    return tasks.filter(due__gte=scope.since, due__lte=scope.until) if scope.kind == "days" else None


def _next(year: int, line: str) -> list[Figure]:
    """What the programme of the next year holds so far."""
    programmes = Programme.objects.filter(year=year, line=line, body=None).exclude(state=ProgrammeState.MERGED)
    tasks = Task.objects.filter(programme__in=programmes, parent__isnull=True, cancelled_on__isnull=True)
    if not tasks.exists():
        return []
    groups = TaskGroup.objects.filter(programme__in=programmes).select_related("programme")
    rows = tuple(Row(None, one.title, one.programme.title, _mark(one.programme)) for one in groups)
    label = _t("Groups of tasks in the programme of the next year")
    return [
        _counted("tasks.next", _t("Tasks in the programme of the next year"), tasks),
        _counted("tasks.next.key", _t("Key tasks in the programme of the next year"), tasks.filter(key=True)),
        _figure("tasks.next.groups", label, rows),
    ]


def _counted(key: str, label: str, tasks: QuerySet[Task]) -> Figure:
    return _figure(key, label, tuple(_rows(tasks.select_related("programme").order_by("place", "pk"))))


def _rows(tasks: Iterable[Task]) -> Iterable[Row]:
    for task in tasks:
        source = task.programme.title if task.programme else task.origin_label
        yield Row(task.due, task.title, source, _mark(task.programme), None, None, task.result, f"task:{task.pk}")


def _mark(programme: Programme | None) -> str:
    return programme.mark if programme else str(Mark.OFFICE)


def _figure(key: str, label: str, rows: tuple[Row, ...]) -> Figure:
    count = Decimal(len(rows))
    return Figure(key, label, "task", _t("Rows of the programme of work"), "tasks", count, count, rows)


def _share(part: Figure, whole: Figure) -> Figure:
    assert part.value is not None
    assert whole.value is not None
    value = (part.value * 100 / whole.value).quantize(Decimal("0.01"))
    label, counts = _t("Share of tasks done"), _t("Tasks done of all tasks of the programme")
    return Figure("tasks.done.share", label, "%", counts, "tasks", value, value, part.rows, share=True)
