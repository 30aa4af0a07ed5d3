"""Figures of the programme for a report (số liệu nhiệm vụ): those of its line, and what the next year plans.

The tasks of the period are counted where every figure is (`records.counting_tasks`). In a report of the Party or the
union they are called as in one of the administration, so that the same layout serves every line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from dienhong.foundation.facts import Mark
from dienhong.records.figures import figures as of_record
from dienhong.records.rules import Figure, Row, Scope
from dienhong.records.shelf import shelf
from dienhong.records.task_definitions import PREFIXES
from dienhong.work.models import Line, Programme, ProgrammeState, Task, TaskGroup

OWN = PREFIXES[Line.ADMINISTRATION]


def figures(scope: Scope, line: str, today: dt.date) -> list[Figure]:
    """The figures of the tasks of a line; none where no task of the time is in the record."""
    prefix = PREFIXES[line]
    found = [one for one in of_record(scope, today, frozenset({line})) if one.key.partition(".")[0] == prefix]
    out = [replace(one, key=OWN + one.key.removeprefix(prefix)) for one in found] if found and found[0].rows else []
    if scope.whole_year and scope.year is not None:
        at = shelf().work_at
        of_next = _next_at if at else _next_at.__wrapped__
        out += of_next(scope.year + 1, line, get_language() or "", at)
    return out


@lru_cache(maxsize=64)
def _next_at(year: int, line: str, language: str, at: str) -> tuple[Figure, ...]:
    """What the programme of the next year holds so far, counted once for each newest entry about work."""
    return tuple(_next(year, line))


def _next(year: int, line: str) -> list[Figure]:
    programmes = Programme.objects.filter(year=year, line=line, body=None, term=None).exclude(
        state=ProgrammeState.MERGED
    )
    tasks = Task.objects.filter(programme__in=programmes, parent__isnull=True, cancelled_on__isnull=True)
    planned = list(tasks.select_related("programme").order_by("place", "pk"))
    if not planned:
        return []
    groups = TaskGroup.objects.filter(programme__in=programmes).select_related("programme")
    rows = tuple(Row(None, one.title, one.programme.title, one.programme.mark) for one in groups)
    label = _t("Groups of tasks in the programme of the next year")
    key = [task for task in planned if task.key]
    return [
        _figure("tasks.next", _t("Tasks in the programme of the next year"), tuple(_rows(planned))),
        _figure("tasks.next.key", _t("Key tasks in the programme of the next year"), tuple(_rows(key))),
        _figure("tasks.next.groups", label, rows),
    ]


def _rows(tasks: Iterable[Task]) -> Iterable[Row]:
    for task in tasks:
        source = task.programme.title if task.programme else task.origin_label
        mark = task.programme.mark if task.programme else str(Mark.OFFICE)
        yield Row(task.due, task.title, source, mark, None, None, task.result, f"task:{task.pk}")


def _figure(key: str, label: str, rows: tuple[Row, ...]) -> Figure:
    count = Decimal(len(rows))
    return Figure(key, label, "task", _t("Rows of the programme of work"), "tasks", count, count, rows)
