"""What people ask about work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _t

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import Actor
from dienhong.foundation.folding import fold
from dienhong.foundation.journal.kept import Kept
from dienhong.people.models import Holding, on
from dienhong.people.queries import names_of_bodies
from dienhong.work import rights, rules, working
from dienhong.work.days import Days
from dienhong.work.models import Dossier, ExtensionRequest, Line, Programme, Snooze, Task, TaskCoordination
from dienhong.work.rules import State

SOON = rulebook.use("work.due_soon_days", int, by="work.queries.due_soon")
FIRST = rulebook.use("work.remind_first_days", int, by="work.queries.to_remind")
LAST = rulebook.use("work.remind_last_days", int, by="work.queries.to_remind")
AGAIN = rulebook.use("work.remind_again_days", int, by="work.queries.to_remind")
WORKING = rulebook.use("work.remind_in_working_days", bool, by="work.queries.to_remind")
ESCALATE = rulebook.use("work.escalate_days", int, by="work.queries.escalated")


def names_of_dossiers(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Dossier.objects.filter(pk__in=set(ids)).values_list("pk", "title"))


def names_of_tasks(ids: Iterable[int]) -> Mapping[int, str]:
    """Tasks as the journal names them: those of the Party's and the union's line by their code only."""
    rows = Task.objects.filter(pk__in=set(ids)).values_list("pk", "line", "number", "title", "code")
    return {
        key: f"{number}. {title}" if line == Line.ADMINISTRATION else code for key, line, number, title, code in rows
    }


def names_of_programmes(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Programme.objects.filter(pk__in=set(ids)).values_list("pk", "title"))


# -- states in the database -------------------------------------------------------------------------------------------
_LIVE = Q(cancelled_on__isnull=True, confirmed_on__isnull=True, assigned_on__isnull=False)
_WORKED = _LIVE & Q(paused_on__isnull=True, reported_on__isnull=True)


def in_state(state: str, day: dt.date) -> Q:
    """The condition that `rules.state` gives this state on that day: the same rule, asked of the database."""
    done = Q(cancelled_on__isnull=True, confirmed_on__isnull=False)
    late = Q(due__isnull=False, assigned_on__isnull=False, reported_on__gt=F("due"))
    conditions = {
        State.CANCELLED: Q(cancelled_on__isnull=False),
        State.DONE_LATE: done & late,
        State.DONE: done & (Q(due__isnull=True) | Q(assigned_on__isnull=True) | Q(reported_on__lte=F("due"))),
        State.DRAFT: Q(cancelled_on__isnull=True, confirmed_on__isnull=True, assigned_on__isnull=True),
        State.PAUSED: _LIVE & Q(paused_on__isnull=False),
        State.REPORTED: _LIVE & Q(paused_on__isnull=True, reported_on__isnull=False),
        State.OVERDUE: _WORKED & Q(due__lt=day),
        State.NOT_BEGUN: _WORKED & (Q(due__isnull=True) | Q(due__gte=day)) & Q(started_on__isnull=True),
        State.RUNNING: _WORKED & (Q(due__isnull=True) | Q(due__gte=day)) & Q(started_on__isnull=False),
    }
    return conditions[State(state)]


def due_soon(day: dt.date) -> Q:
    """The condition that a task is to be done today or in the days that the rulebook calls soon."""
    return _WORKED & Q(due__gte=day, due__lte=day + dt.timedelta(days=SOON.on(day)))


def extension_asked() -> Q:
    """The condition that a later deadline was asked for and nobody has decided yet."""
    waiting = ExtensionRequest.objects.filter(decided_at__isnull=True).values("task_id")
    return _LIVE & Q(pk__in=waiting)


def unclear() -> Q:
    """The condition that a task lacks one of the five "rõ"."""
    return (
        Q(lead_body__isnull=True)
        | Q(lead_person__isnull=True)
        | Q(due_rule="")
        | Q(leader__isnull=True, responsibility="")
        | Q(product="")
    )


# -- tasks ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of tasks is narrowed to; an empty value does not narrow."""

    programme: int | None = None
    line: str = ""
    group: int | None = None
    body: int | None = None
    person: int | None = None
    state: str = ""  # one of State, or "open", "soon", "asked", "unclear"
    key: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""


def tasks(actor: Actor, day: dt.date, asked: Filter | None = None) -> QuerySet[Task]:
    """The tasks that this person may see and that fit the filter."""
    asked = asked or Filter()
    found = Task.objects.filter(rights.seen_by(actor, day))
    plain = {
        "programme_id": asked.programme,
        "line": asked.line or None,
        "group_id": asked.group,
        "key": asked.key or None,
        "due__gte": asked.since,
        "due__lte": asked.until,
    }
    found = found.filter(**{name: value for name, value in plain.items() if value is not None})
    if asked.body:
        takes_part = TaskCoordination.objects.filter(task=OuterRef("pk"), body_id=asked.body)
        found = found.filter(Q(lead_body_id=asked.body) | Exists(takes_part))
    if asked.person:
        found = found.filter(Q(lead_person_id=asked.person) | Q(leader_id=asked.person))
    for word in fold(asked.words).split():
        found = found.filter(folded__contains=word)
    return found.filter(state_condition(asked.state, day)) if asked.state else found


def state_condition(state: str, day: dt.date) -> Q:
    """The condition of a state or of "open", "soon", "asked", "unclear"; anything else does not narrow."""
    if state == "open":
        return _LIVE
    if state == "soon":
        return due_soon(day)
    if state == "asked":
        return extension_asked()
    if state == "unclear":
        return unclear() & Q(cancelled_on__isnull=True)
    return in_state(state, day) if state in set(State) else Q()


def _state_case(day: dt.date) -> Case:
    """The state of each task as a value, in the order of `rules.state`: one reading of the table counts them all."""
    late = Q(reported_on__gt=F("due"), assigned_on__isnull=False)
    return Case(
        When(cancelled_on__isnull=False, then=Value(State.CANCELLED.value)),
        When(late, confirmed_on__isnull=False, then=Value(State.DONE_LATE.value)),
        When(confirmed_on__isnull=False, then=Value(State.DONE.value)),
        When(assigned_on__isnull=True, then=Value(State.DRAFT.value)),
        When(paused_on__isnull=False, then=Value(State.PAUSED.value)),
        When(reported_on__isnull=False, then=Value(State.REPORTED.value)),
        When(due__lt=day, then=Value(State.OVERDUE.value)),
        When(started_on__isnull=True, then=Value(State.NOT_BEGUN.value)),
        default=Value(State.RUNNING.value),
        output_field=CharField(),
    )


def counts_by(found: QuerySet[Task], field: str, day: dt.date) -> dict[Any, dict[str, int]]:
    """For each value of a field ("group_id") how many tasks are in each state, soon due, unclear; kept."""
    try:
        asked = str(found.order_by().query)
    except EmptyResultSet:
        return {}
    return _kept_counts.get((asked, field, day), lambda: _counts_by(found, field, day))


NONE = dict.fromkeys([*(one.value for one in State), "soon", "unclear", "all"], 0)  # how many of no tasks
_kept_counts: Kept[dict[Any, dict[str, int]]] = Kept(256)


def _counts_by(found: QuerySet[Task], field: str, day: dt.date) -> dict[Any, dict[str, int]]:
    soon = Q(due__gte=day, due__lte=day + dt.timedelta(days=SOON.on(day)))
    rows = found.order_by().annotate(case=_state_case(day)).values_list(field, "case").annotate(
        n=Count("pk"), n_soon=Count("pk", filter=soon), n_unclear=Count("pk", filter=unclear())
    )  # fmt: skip
    out: dict[Any, dict[str, int]] = {}
    for key, state, n, n_soon, n_unclear in rows:
        row = out.setdefault(key, dict(NONE))
        row[state] += n
        row["all"] += n
        row["soon"] += n_soon if state in {State.NOT_BEGUN, State.RUNNING} else 0
        row["unclear"] += n_unclear if state != State.CANCELLED else 0
    return out


def counts(found: QuerySet[Task], day: dt.date) -> dict[str, int]:
    """How many of these tasks are in each state, soon due, unclear, or asked to be put off."""
    rows = counts_by(found.annotate(whole=Value(0)), "whole", day)
    waiting = list(ExtensionRequest.objects.filter(decided_at__isnull=True).values_list("task_id", flat=True))
    return rows.get(0, NONE) | {"asked": found.filter(_LIVE, pk__in=waiting).order_by().count()}  # few, or none: then 0


def of_person(person_id: int, day: dt.date) -> QuerySet[Task]:
    """The tasks that wait for this person, by deadline: theirs to do."""
    mine = Task.objects.filter(_WORKED, lead_person_id=person_id)
    return mine.order_by(F("due").asc(nulls_last=True), "place").select_related("programme")


def open_by_person(body_id: int) -> list[int]:
    """Who has tasks of this lead unit to do, the one with the most first; keys of persons."""
    mine = Task.objects.filter(_WORKED, lead_body_id=body_id, lead_person__isnull=False).order_by()
    rows = mine.values_list("lead_person_id").annotate(n=Count("pk"))
    return [key for key, _n in sorted(rows, key=lambda row: (-row[1], row[0])) if key is not None]


def to_confirm(person_id: int) -> QuerySet[Task]:
    """The results that wait for this person to confirm: who assigned the task or leads it, and did not do it."""
    waiting = Task.objects.filter(_LIVE, reported_on__isnull=False, paused_on__isnull=True)
    mine = waiting.filter(Q(assigned_by_id=person_id) | Q(leader_id=person_id)).exclude(lead_person_id=person_id)
    return mine.order_by("reported_on", "place")


def to_decide(person_id: int) -> QuerySet[ExtensionRequest]:
    """The requests for a later deadline that wait for this person, who assigned the task or leads it."""
    waiting = ExtensionRequest.objects.filter(decided_at__isnull=True, task__in=Task.objects.filter(_LIVE))
    mine = waiting.filter(Q(task__assigned_by_id=person_id) | Q(task__leader_id=person_id))
    return mine.exclude(asked_by_id=person_id).exclude(task__lead_person_id=person_id).order_by("asked_at", "pk")


def escalated(person_id: int, day: dt.date) -> QuerySet[Task]:
    """The tasks this leader is in charge of that are overdue for longer than the rulebook leaves with the doer."""
    limit = day - dt.timedelta(days=ESCALATE.on(day))
    return Task.objects.filter(_WORKED, leader_id=person_id, due__lte=limit).order_by("due", "place")


def series(task: Task) -> QuerySet[Task]:
    """All occurrences of the series that a task belongs to, the first one first; itself alone when it has none."""
    first = task.series_id or task.pk
    return Task.objects.filter(Q(pk=first) | Q(series_id=first)).order_by("turn")


def to_renew(day: dt.date) -> QuerySet[Task]:
    """The last occurrences of series whose deadline, as it first was, is over: the time of the next one has come."""
    after = Task.objects.filter(series_id=Coalesce(OuterRef("series_id"), OuterRef("pk")), turn__gt=OuterRef("turn"))
    found = Task.objects.filter(assigned_on__isnull=False, cancelled_on__isnull=True, paused_on__isnull=True)
    of_year = Q(programme__isnull=True) | Q(programme__year__gte=day.year)
    return found.exclude(recurs="").filter(of_year, ~Exists(after), first_due__lt=day).order_by("pk")


def came_up(task: Task, day: dt.date) -> dt.date | None:
    """Since when the leader in charge has it on their desk because it is overdue; None when it has not come up."""
    after = ESCALATE.on(day)
    if task.leader_id is None or task.due is None or not rules.to_be_escalated(task.facts, day, after):
        return None
    return task.due + dt.timedelta(days=after)


def without_owner(actor: Actor, day: dt.date) -> QuerySet[Task]:
    """Open tasks whose responsible person holds no post any more in the lead unit: they are to be handed over.

    Read as pairs of person and unit, of which there are few, not task by task.
    """
    gone = Q(pk__in=[])
    for person, body in sorted(_without_owner_now(actor, day)):
        gone |= Q(lead_person_id=person, lead_body_id=body)
    return tasks(actor, day).filter(_LIVE, gone).order_by("due", "place")


def count_without_owner(actor: Actor, day: dt.date) -> int:
    """How many tasks are to be handed over."""
    return sum(_without_owner_now(actor, day).values())


_kept_owners: Kept[dict[tuple[int, int], int]] = Kept(256)


def _without_owner_now(actor: Actor, day: dt.date) -> dict[tuple[int, int], int]:
    """The pairs of person and unit to be handed over, kept for who sees the same."""
    asked = (rights.lines_seen(actor, day), actor.person_id, day)
    return _kept_owners.get(asked, lambda: _without_owner(actor, day))


def _without_owner(actor: Actor, day: dt.date) -> dict[tuple[int, int], int]:
    """By person and lead unit in which they hold no post any more, how many open tasks wait for them there."""
    found = tasks(actor, day).filter(_LIVE, lead_person__isnull=False, lead_body__isnull=False).order_by()
    rows = found.values_list("lead_person_id", "lead_body_id").annotate(n=Count("pk"))
    pairs = {(person, body): n for person, body, n in rows if person is not None and body is not None}
    people = {person for person, _body in pairs}
    held = set(Holding.objects.filter(on(day), person_id__in=people).values_list("person_id", "post__body_id"))
    return {pair: n for pair, n in pairs.items() if pair not in held}


# -- words ------------------------------------------------------------------------------------------------------------
def deadline_words(rule: str, due: dt.date | None) -> str:
    """A deadline as it was said: 15/03/2024, tháng 3/2024, quý II/2024, trước kỳ họp thứ 7."""
    if not rule:
        return _t("no deadline")
    kind, _colon, rest = rule.partition(":")
    if kind == "day" and due is not None:
        return f"{due:%d/%m/%Y}"
    if kind == "month":
        return _t("month %(month)s/%(year)s") % {"month": int(rest[5:]), "year": rest[:4]}
    if kind == "quarter":
        roman = ("", "I", "II", "III", "IV")[int(rest[5:])]
        return _t("quarter %(quarter)s/%(year)s") % {"quarter": roman, "year": rest[:4]}
    if kind == "workdays":
        count, _colon, begin = rest.partition(":")
        if not begin:
            return _t("%(n)s working days from assignment") % {"n": count}
        first = dt.date.fromisoformat(begin)
        return _t("%(n)s working days from %(day)s") % {"n": count, "day": f"{first:%d/%m/%Y}"}
    session, _colon, days = rest.partition(":")
    term, _dash, number = session.partition("-")
    said = {"days": days, "number": number, "term": term}
    if days == "1":
        return _t("before session %(number)s of term %(term)s") % said
    return _t("%(days)s days before session %(number)s of term %(term)s") % said


def asked_words(request: ExtensionRequest) -> str:
    """From which deadline to which one it asks."""
    words = {
        "before": deadline_words(request.rule_before, request.due_before),
        "after": deadline_words(request.due_rule, request.due),
    }
    return _t("%(after)s instead of %(before)s") % words


def names(found: Iterable[Task], day: dt.date) -> Mapping[int, str]:
    """What the lead units of these tasks are called on that day."""
    return names_of_bodies({task.lead_body_id for task in found if task.lead_body_id}, day)


# -- reminders --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ToRemind:
    """Whom to remind of what today: their own tasks, and those that came up to them as leader."""

    person_id: int
    own: tuple[Task, ...]
    led: tuple[Task, ...]


def to_remind(day: dt.date) -> list[ToRemind]:
    """Everyone who is to be reminded today, by the days of the rulebook: never daily, never of what cannot be done.

    Who put a reminder off hears of the task on that day and not before; the leader in charge hears as ever.
    """
    first, last, again, after = FIRST.on(day), LAST.on(day), AGAIN.on(day), ESCALATE.on(day)
    own: dict[int, list[Task]] = {}
    led: dict[int, list[Task]] = {}
    days = working.days() if WORKING.on(day) else None
    if days is not None and days.is_off(day):
        return []
    snoozed = dict(_snoozed(day, days))
    woken = {key for key, until in snoozed.items() if until <= day}
    near = Q(due__lte=_horizon(day, max(first, last), days)) | Q(pk__in=[task_id for task_id, _person in woken])
    for task in Task.objects.filter(_WORKED, near).order_by(F("due").asc(nulls_last=True), "place"):
        holder = (task.pk, task.lead_person_id or 0)
        marked = rules.to_be_reminded(task.facts, day, first, last, again, days)
        if task.lead_person_id is not None and (holder in woken or (marked and holder not in snoozed)):
            own.setdefault(task.lead_person_id, []).append(task)
        if marked and task.leader_id is not None and rules.to_be_escalated(task.facts, day, after):
            led.setdefault(task.leader_id, []).append(task)
    people = sorted(own.keys() | led.keys())
    return [ToRemind(key, tuple(own.get(key, ())), tuple(led.get(key, ()))) for key in people]


def _horizon(day: dt.date, ahead: int, days: Days | None) -> dt.date:
    """The last deadline of which somebody may hear today, with the days off that follow it."""
    if days is None:
        return day + dt.timedelta(days=ahead)
    return days.on_or_after(days.after(day, ahead) + dt.timedelta(days=1)) - dt.timedelta(days=1)


def _snoozed(day: dt.date, days: Days | None) -> Iterable[tuple[tuple[int, int], dt.date]]:
    """Who put which reminder off until when, as far as that counts today: with the days off that lie before it."""
    before = days.on_or_before(day - dt.timedelta(days=1)) if days is not None else day - dt.timedelta(days=1)
    rows = Snooze.objects.filter(until__gt=before).values_list("task_id", "person_id", "until")
    return (((task_id, person_id), until) for task_id, person_id, until in rows)
