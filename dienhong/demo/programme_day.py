"""What goes on with the tasks of 2023 in the days before the demonstration (việc đang diễn ra, minh họa).

Work that comes again, results that wait to be confirmed, deadlines that are asked to be later, and deadlines that
cannot both hold: each done through the action by which people do it, by the one whose task it is.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from dienhong.foundation import clock
from dienhong.foundation.access.actor import Actor
from dienhong.people.models import Person
from dienhong.people.queries import grants_of
from dienhong.work import actions
from dienhong.work.content import Content, of_task
from dienhong.work.models import Task

PLAN = Path(__file__).with_name("programme_day.toml")


def load_days(actor: Actor, programme_id: int, at: dt.datetime) -> None:
    """Let it happen, each on its day; what names no day happens now."""
    plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    tasks = {task.number: task for task in Task.objects.filter(programme_id=programme_id).select_related("lead_person")}
    for row in plan["series"]:
        _series(actor, row, tasks[row["beside"]])
    for row in plan["tie"]:
        task, needed = tasks[row["task"]], tasks[row["needs"]]
        actions.add_dependency(actor=actor, task_id=task.pk, needed_id=needed.pk, at=at)
    for row in plan["reported"]:
        _report(tasks[row["task"]], row, at)
    for row in plan["request"]:
        task = tasks[row["task"]]
        actions.request_extension(
            actor=_doer(task), task_id=task.pk, due_rule=f"day:{row['until']}", reason=row["reason"], at=_at(row["on"])
        )


def _at(day: dt.date) -> dt.datetime:
    return clock.moment(day, dt.time(15, 30))


def _acting(person: Person) -> Actor:
    """The person at work; most staff of the demonstration have no account to sign in with."""
    return Actor(person.account_id, person.pk, person.full_name, grants_of(person.pk))


def _doer(task: Task) -> Actor:
    assert task.lead_person is not None
    return _acting(task.lead_person)


def _series(actor: Actor, row: dict[str, Any], beside: Task) -> None:
    """Work that comes again, of the same unit, person and leader as the task beside it; done but for its last turn."""
    like = of_task(beside)
    content = Content(
        title=row["title"], lead_body=like.lead_body, lead_person=like.lead_person, leader=like.leader,
        group=like.group, product=row["product"], recipient=like.recipient, basis=like.basis,
        due_rule=f"day:{row['first']}", recurs=row["recurs"],
    )  # fmt: skip
    begins = _at(row["first"] - dt.timedelta(days=5))
    task = actions.add_task(actor=actor, content=content, programme=beside.programme, at=begins)
    for done in row["done"]:
        _report(task, {"result": f"{row['product']} {done:%d/%m/%Y}"}, _at(done))
        assert like.leader is not None
        actions.confirm_done(actor=_acting(like.leader), task_id=task.pk, at=_at(done))
        task = Task.objects.get(series_id=task.series_id or task.pk, turn=task.turn + 1)


def _report(task: Task, row: dict[str, Any], at: dt.datetime) -> None:
    day = _at(row["on"]) if "on" in row else at
    result, late = row["result"], row.get("late", "")
    actions.report_done(actor=_doer(task), task_id=task.pk, result=result, late_reason=late, at=day)
