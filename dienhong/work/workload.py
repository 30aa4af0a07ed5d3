"""Who carries how much (khối lượng công việc): by unit, person and month, and how long work takes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import Actor
from dienhong.people.queries import names_of_bodies, names_of_persons
from dienhong.work import rules
from dienhong.work.models import Task
from dienhong.work.queries import _LIVE, counts_by, in_state, tasks
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


#: A task that is done: its unit, its person, the day it was assigned and the day of its result.
Span = tuple[int | None, int | None, dt.date, dt.date]


def spans(actor: Actor, year: int, day: dt.date) -> list[Span]:
    """The tasks due in a year that are done, read once for every count of how long work takes."""
    done = _of_year(tasks(actor, day), year).filter(confirmed_on__isnull=False, reported_on__isnull=False)
    rows = done.order_by().values_list("lead_body_id", "lead_person_id", "assigned_on", "reported_on")
    return [(body, person, start, end) for body, person, start, end in rows if start is not None and end is not None]


def by(actor: Actor, field: str, year: int, day: dt.date, done: list[Span] | None = None) -> list[Load]:
    """The load of each unit (`lead_body`) or person (`lead_person`) in a year beside the year before, most first."""
    seen = tasks(actor, day)
    column = f"{field}_id"
    states = counts_by(_of_year(seen, year).filter(**{f"{column}__isnull": False}), column, day)
    before = dict(_of_year(seen, year - 1).order_by().values_list(column).annotate(n=Count("pk")))
    took: dict[int | None, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for body, person, start, end in spans(actor, year, day) if done is None else done:
        took[body if field == "lead_body" else person].append((start, end))
    names = names_of_bodies(states, day) if field == "lead_body" else names_of_persons(states)
    found = [
        Load(
            key, names.get(key, ""), row["all"], before.get(key, 0), row["done"] + row["done_late"], row["done_late"],
            row["overdue"], rules.median_days(took[key]),
        )
        for key, row in states.items()
    ]  # fmt: skip
    return sorted(found, key=lambda load: (-load.due, load.name))


def by_month(actor: Actor, year: int, day: dt.date) -> list[tuple[int, int, int]]:
    """For each month: how many tasks were due in it this year, and how many the year before."""
    seen = tasks(actor, day)

    def counted(of: int) -> dict[int, int]:
        # by day in the database, by month here: SQLite has no months of its own and asks Python for each row
        out: dict[int, int] = defaultdict(int)
        for due, n in _of_year(seen, of).order_by().values_list("due").annotate(n=Count("pk")):
            out[due.month] += n
        return out

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


def median_all(actor: Actor, year: int, day: dt.date, done: list[Span] | None = None) -> int | float | None:
    """The median of the days from assignment to result over all tasks due in a year and done."""
    rows = spans(actor, year, day) if done is None else done
    return rules.median_days((start, end) for _body, _person, start, end in rows)
