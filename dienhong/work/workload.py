"""Who carries how much (khối lượng công việc): by unit, person and month, and how long work takes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import Actor
from dienhong.people.queries import names_of_bodies, names_of_persons
from dienhong.work import rules
from dienhong.work.models import Task
from dienhong.work.queries import _LIVE, in_state, tasks
from dienhong.work.rules import State

MOST = rulebook.use("work.most_tasks_a_month", int, by="work.workload.overloaded")


@dataclass(frozen=True, slots=True)
class Load:
    """How much one unit or person had in a year: due in it, done, done late, overdue now; days from task to result."""

    key: int
    name: str
    due: int
    due_before: int
    done: int
    late: int
    overdue: int
    median: int | float | None

    def as_json(self) -> dict[str, object]:
        """The row for a command or an interface."""
        return {
            "id": self.key, "name": self.name, "due": self.due, "due_year_before": self.due_before, "done": self.done,
            "done_late": self.late, "overdue": self.overdue, "median_days": self.median,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overloaded:
    """Who has more due in a month than the rulebook holds for one person."""

    person_id: int
    name: str
    count: int
    most: int


def _of_year(found: QuerySet[Task], year: int) -> QuerySet[Task]:
    return found.filter(due__year=year, assigned_on__isnull=False, cancelled_on__isnull=True)


def by(actor: Actor, field: str, year: int, day: dt.date) -> list[Load]:
    """The load of each unit (`lead_body`) or person (`lead_person`) in a year beside the year before, most first."""
    seen = tasks(actor, day)
    column = f"{field}_id"
    of_year = _of_year(seen, year).filter(**{f"{column}__isnull": False}).order_by()
    rows = of_year.values_list(column).annotate(
        n_due=Count("pk"),
        n_done=Count("pk", filter=Q(confirmed_on__isnull=False)),
        n_late=Count("pk", filter=in_state(State.DONE_LATE, day)),
        n_overdue=Count("pk", filter=in_state(State.OVERDUE, day)),
    )
    before = dict(_of_year(seen, year - 1).order_by().values_list(column).annotate(n=Count("pk")))
    spans: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for key, start, end in of_year.filter(confirmed_on__isnull=False).values_list(column, "assigned_on", "reported_on"):
        spans[key].append((start, end))
    counted = list(rows)
    ids = [row[0] for row in counted]
    names = names_of_bodies(ids, day) if field == "lead_body" else names_of_persons(ids)
    found = [
        Load(key, names.get(key, ""), due, before.get(key, 0), done, late, overdue, rules.median_days(spans[key]))
        for key, due, done, late, overdue in counted
    ]
    return sorted(found, key=lambda load: (-load.due, load.name))


def by_month(actor: Actor, year: int, day: dt.date) -> list[tuple[int, int, int]]:
    """For each month: how many tasks were due in it this year, and how many the year before."""
    seen = tasks(actor, day)

    def counted(of: int) -> dict[int, int]:
        rows = _of_year(seen, of).order_by().annotate(month=ExtractMonth("due"))
        return dict(rows.values_list("month").annotate(n=Count("pk")))

    now, before = counted(year), counted(year - 1)
    return [(month, now.get(month, 0), before.get(month, 0)) for month in range(1, 13)]


def overloaded(actor: Actor, day: dt.date) -> list[Overloaded]:
    """Who has more open tasks due next month, with what is overdue now, than the rulebook holds for one person."""
    first = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    most = MOST.on(day)
    weighs = _LIVE & Q(reported_on__isnull=True) & (Q(due__gte=first, due__lte=last) | in_state(State.OVERDUE, day))
    rows = tasks(actor, day).filter(weighs, lead_person__isnull=False).order_by()
    counts = {key: n for key, n in rows.values_list("lead_person_id").annotate(n=Count("pk")) if n > most}
    names = names_of_persons(counts)
    found = [Overloaded(key, names.get(key, ""), count, most) for key, count in counts.items()]
    return sorted(found, key=lambda one: (-one.count, one.name))


def median_all(actor: Actor, year: int, day: dt.date) -> int | float | None:
    """The median of the days from assignment to result over all tasks due in a year and done."""
    done = _of_year(tasks(actor, day), year).filter(confirmed_on__isnull=False)
    rows = done.values_list("assigned_on", "reported_on")
    return rules.median_days((start, end) for start, end in rows if start is not None and end is not None)
