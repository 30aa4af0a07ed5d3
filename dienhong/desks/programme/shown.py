"""How a task is shown: its state as a chip, its deadline as it was said, its people by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dienhong.people.queries import names_of_bodies
from dienhong.work import rules, working
from dienhong.work.actions.common import FIVE_WORDS
from dienhong.work.days import Days
from dienhong.work.models import Task, TaskCoordination
from dienhong.work.queries import SOON, deadline_words
from dienhong.work.rules import State
from dienhong.work.waiting import Wait, waits

#: What a list of tasks reads with each row.
WITH = ("programme", "group", "lead_person", "leader")


_WORDS = {
    State.DRAFT: _("draft"),
    State.NOT_BEGUN: _("not begun"),
    State.RUNNING: _("under way"),
    State.OVERDUE: _("overdue"),
    State.REPORTED: _("awaiting confirmation"),
    State.DONE: _("done in time"),
    State.DONE_LATE: _("done late"),
    State.PAUSED: _("paused"),
    State.CANCELLED: _("cancelled"),
    "soon": _("soon due"),
    "asked": _("later deadline asked for"),
    "unclear": _("not clear in all five"),
    "open": _("open"),
}


def state_words(state: str) -> str:
    """A state in words, as a filter and a column of the board are called."""
    return str(_WORDS.get(state, state))


def chip(task: Task, day: dt.date) -> tuple[str, str]:
    """The chip of a task: its shape and its words."""
    state = rules.state(task.facts, day)
    late = rules.days_late(task.facts, day)
    if state is State.OVERDUE:
        return "late", ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    if state is State.DONE_LATE:
        return "done", ngettext("done, %(n)s day late", "done, %(n)s days late", late) % {"n": late}
    if state is State.REPORTED:
        return "due", _t("awaiting confirmation")
    if state in {State.NOT_BEGUN, State.RUNNING} and task.due is not None:
        left = (task.due - day).days
        if left == 0:
            return "due", _t("due today")
        if left <= SOON.on(day):
            return "due", ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    if state is State.DRAFT and task.missing:
        return "gap", _t("draft, not clear")
    shapes = {State.RUNNING: "run", State.DONE: "done", State.PAUSED: "hold", State.CANCELLED: "drop"}
    return shapes.get(state, ""), state_words(state)


@dataclass(frozen=True, slots=True)
class Shown:
    """A task as a row of a list shows it."""

    task: Task
    shape: str
    words: str
    deadline: str
    moved: str  # from which deadline it was put off, "" when never
    body: str
    joint: tuple[str, ...]  # the coordinating units
    missing: tuple[str, ...]
    waits: str  # the numbers of the open tasks it waits for
    clash: bool  # its deadline cannot hold with one of theirs
    off: str  # that the deadline falls on a day off, with the working days around it

    @property
    def coordinating(self) -> str:
        """The coordinating units in one line."""
        return ", ".join(self.joint)

    @property
    def look(self) -> str:
        """The class of its row."""
        return "late" if self.shape == "late" else "hole" if self.missing else ""


def whole(keys: Iterable[int], *read_with: str) -> list[Task]:
    """The tasks of these keys, in their order: a page sorts keys, and reads tasks whole only where it shows them."""
    wanted = list(keys)
    found = Task.objects.select_related(*read_with).in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def rows(tasks: Iterable[Task], day: dt.date, *, coordinating: bool = True) -> list[Shown]:
    """These tasks as rows; names of units are looked up once for all of them."""
    tasks = list(tasks)
    if not tasks:
        return []
    joint: dict[int, list[int]] = {}
    if coordinating:
        through = TaskCoordination.objects.filter(task_id__in=[task.pk for task in tasks])
        for task_id, body_id in through.values_list("task_id", "body_id"):
            joint.setdefault(task_id, []).append(body_id)
    wanted = {task.lead_body_id for task in tasks if task.lead_body_id} | {b for ids in joint.values() for b in ids}
    names = names_of_bodies(wanted, day)
    known = working.days()
    waiting = waits([task.pk for task in tasks if task.confirmed_on is None], day)
    return [_row(task, day, known, names.get(task.lead_body_id or 0, ""), [names[b] for b in joint.get(task.pk, [])],
                 waiting.get(task.pk, []))
            for task in tasks]  # fmt: skip


def _row(task: Task, day: dt.date, known: Days, body: str, joint: list[str], waiting: list[Wait]) -> Shown:
    shape, words = chip(task, day)
    moved = ""
    if task.first_due_rule and task.first_due_rule != task.due_rule:
        moved = deadline_words(task.first_due_rule, task.first_due)
    missing = () if task.cancelled_on else tuple(str(FIVE_WORDS[name]) for name in task.missing)
    deadline = deadline_words(task.due_rule, task.due) if task.due_rule else ""
    return Shown(
        task,
        shape,
        words,
        deadline,
        moved,
        body,
        tuple(joint),
        missing,
        ", ".join(one.needed.number for one in waiting),
        any(one.clash for one in waiting),
        working.off_words(task.due, known),
    )
