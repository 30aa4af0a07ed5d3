"""Pages of tasks: my desk, the list, the board, one task."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t

from dienhong.desks.door import Visit, as_of
from dienhong.desks.programme import asked as asking
from dienhong.desks.programme import shown
from dienhong.desks.programme.forms import EvidenceForm, NoteForm
from dienhong.foundation.access.actor import Answer, Refused, may
from dienhong.foundation.journal import queries as journal
from dienhong.people.queries import names_of_bodies
from dienhong.work import queries, rights, rules, waiting
from dienhong.work.actions.common import NoSuchTask
from dienhong.work.adjustments import changes
from dienhong.work.content import LABELS
from dienhong.work.models import ExtensionRequest, Line, SavedFilter, Task
from dienhong.work.rules import State

PAGE = 50
BOARD = (State.NOT_BEGUN, State.RUNNING, State.OVERDUE, State.REPORTED, State.PAUSED, State.DONE, State.DONE_LATE)
IN_A_COLUMN = 15
QUICK = ("", "overdue", "soon", "reported", "asked", "unclear")


def may_see(request: HttpRequest) -> bool:
    """Whether the desk stands in this person's rail."""
    visit = cast("Visit", request)
    return bool(rights.lines_seen(visit.actor, visit.day))


def require_sight(request: Visit) -> None:
    """Refuse who sees no line at all."""
    if not rights.lines_seen(request.actor, request.day):
        raise Refused(may(request.actor, rights.SEE, on=request.day))


def mine(request: Visit) -> HttpResponse:
    """My desk: what is overdue, due today, this week, later; what waits for my confirmation; what came up to me."""
    require_sight(request)
    day, person = request.day, request.actor.person_id
    found = list(queries.of_person(person, day).select_related(*shown.WITH)[:200]) if person else []
    sunday = rules.monday_of(day) + dt.timedelta(days=6)
    parts: list[tuple[str, str, list[Task]]] = [
        ("late", _t("Overdue"), [t for t in found if t.due and t.due < day]),
        ("today", _t("Today"), [t for t in found if t.due == day]),
        ("week", _t("This week"), [t for t in found if t.due and day < t.due <= sunday]),
        ("later", _t("After this week"), [t for t in found if t.due is None or t.due > sunday]),
    ]
    confirm = queries.to_confirm(person).select_related(*shown.WITH)[:50] if person else []
    asked = queries.to_decide(person).select_related("task", "asked_by")[:50] if person else []
    led = queries.escalated(person, day).select_related(*shown.WITH)[:50] if person else []
    context = {
        "parts": [(key, title, shown.rows(tasks, day)) for key, title, tasks in parts],
        "open": len(found),
        "confirm": shown.rows(confirm, day),
        "asked": [(one, queries.asked_words(one)) for one in asked],
        "led": shown.rows(led, day),
        "clashes": waiting.clashes(person, day) if person else [],
        "owners": queries.count_without_owner(request.actor, day) if _steers(request) else 0,
        "filters": saved_filters(request),
        "add": may(request.actor, rights.ADD, on=day),
        "tab": "mine",
    }
    return render(request, "programme/mine.html", context)


def _steers(request: Visit) -> bool:
    return may(request.actor, rights.ASSIGN, on=request.day).allowed


def saved_filters(request: Visit) -> list[SavedFilter]:
    """The person's own filters and those that others share."""
    person = request.actor.person_id
    return list(SavedFilter.objects.filter(Q(owner_id=person) | Q(shared=True)).select_related("owner"))


def listed(request: Visit) -> HttpResponse:
    """The tasks that fit the filter, in groups, fifty on a page."""
    day = as_of(request)
    require_sight(request)
    asked = asking.read(request)
    for words in asked.wrong:
        messages.error(request, _t("“%(words)s” in the address means nothing here.") % {"words": words})
    found = queries.tasks(request.actor, day, asked.filter)
    order = asking.SORTS[asked.sort]
    if asked.sort == "due":
        found = found.order_by(F("due").asc(nulls_last=True), "place", "pk")
    else:
        found = found.order_by(*order)
    without_state = queries.tasks(request.actor, day, _without_state(asked.filter))
    counts = queries.counts(without_state, day)
    total = counts.get(asked.filter.state or "all")
    page = Paginator(found.values_list("pk", flat=True), PAGE)
    if total is not None:
        page.count = total
    current = page.get_page(request.GET.get("page"))
    rows = shown.rows(shown.whole(current.object_list, *shown.WITH), day)
    context = {
        "asked": asked,
        "page": current,
        "groups": _in_groups(rows, found, day) if asked.sort == "place" else [(None, "", rows)],
        "total": total if total is not None else page.count,
        "counts": counts,
        "sort_place": asked.address(sort=""),
        "sort_due": asked.address(sort="-due" if asked.sort == "due" else "due"),
        "quick": [(state, shown.state_words(state) if state else _t("all"), counts[state or "all"], asked.address(
            state=state, page="")) for state in QUICK],
        **_narrowing(request, asked, day),
    }  # fmt: skip
    return render(request, "programme/list.html", context)


def _without_state(asked: queries.Filter) -> queries.Filter:
    return replace(asked, state="")


def _narrowing(request: Visit, asked: asking.Asked, day: dt.date) -> dict[str, Any]:
    """What every page with a filter shows of it."""
    programmes = asking.programmes_seen(request)
    chosen = next((p for p in programmes if p.pk == asked.filter.programme), None)
    used = Task.objects.order_by().values_list("lead_body_id", flat=True).distinct()
    names = names_of_bodies([key for key in used if key], day)
    return {
        "said": asking.said(asked, day),
        "programmes": programmes,
        "programme": chosen,
        "takes_over": asking.takes_over(request, chosen),
        "units": sorted(names.items(), key=lambda row: row[1]),
        "states": [(state, shown.state_words(state)) for state in (*[one.value for one in State], "asked")],
        "lines": [(line, Line(line).label) for line in rights.lines_seen(request.actor, request.day)],
        "filters": saved_filters(request),
        "add": may(request.actor, rights.ADD, on=request.day),
        "steer": may(request.actor, rights.ASSIGN, on=request.day),
        "tab": "tasks",
    }


def _in_groups(
    rows: list[shown.Shown], found: QuerySet[Task], day: dt.date
) -> list[tuple[Any, str, list[shown.Shown]]]:
    """Rows under the heads of their groups, each with how many it has and how many are late."""
    ids = {row.task.group_id for row in rows if row.task.group_id}
    counted = {
        key: (count, late)
        for key, count, late in found.filter(group_id__in=ids).order_by().values_list("group_id").annotate(
            count=Count("pk"), n_late=Count("pk", filter=queries.in_state(State.OVERDUE, day)))
    }  # fmt: skip
    out: list[tuple[Any, str, list[shown.Shown]]] = []
    for row in rows:
        group = row.task.group
        if not out or (out[-1][0].pk if out[-1][0] else None) != (group.pk if group else None):
            count, late = counted.get(group.pk, (0, 0)) if group else (0, 0)
            words = _t("%(n)s tasks, %(late)s overdue") % {"n": count, "late": late} if late else _t("%(n)s tasks") % {
                "n": count}  # fmt: skip
            out.append((group, words if group else "", []))
        out[-1][2].append(row)
    return out


def board(request: Visit) -> HttpResponse:
    """The board of a unit: its tasks in columns by state, each with the way to all of them."""
    day = as_of(request)
    require_sight(request)
    asked = asking.read(request)
    plain = _without_state(asked.filter)
    found = queries.tasks(request.actor, day, plain)
    counts = queries.counts(found, day)
    recent = day - dt.timedelta(days=60)
    chosen: list[Task] = []
    ends: list[tuple[State, int]] = []
    for state in BOARD:
        if not counts[state]:
            ends.append((state, len(chosen)))
            continue
        tasks = found.filter(queries.in_state(state, day))
        if state in {State.DONE, State.DONE_LATE}:
            tasks = tasks.filter(confirmed_on__gte=recent).order_by("-confirmed_on", "place")
        else:
            tasks = tasks.order_by(F("due").asc(nulls_last=True), "place")
        chosen += tasks.select_related("lead_person", "leader")[:IN_A_COLUMN]
        ends.append((state, len(chosen)))
    rows = shown.rows(chosen, day, coordinating=False)
    columns, begin = [], 0
    for state, end in ends:
        address = reverse("programme:tasks") + asked.address(state=state)
        columns.append((shown.state_words(state), counts[state], rows[begin:end], address))
        begin = end
    context = {**_narrowing(request, asked, day), "asked": asked, "columns": columns, "tab": "board"}
    return render(request, "programme/board.html", context)


def fetch(request: Visit, task_id: int) -> Task:
    """The task, if this person may see it. Raises NoSuchTask."""
    task = (
        Task.objects.filter(rights.seen_by(request.actor, request.day), pk=task_id)
        .select_related(*shown.WITH, "parent", "assigned_by", "dossier", "comes_after", "lead_body")
        .first()
    )
    if task is None:
        raise NoSuchTask(_t("There is no such task, or it is not yours to see."))
    return task


def task(request: Visit, task_id: int) -> HttpResponse:
    """One task: the five "rõ", what was said and shown, and what can be done now."""
    row = fetch(request, task_id)
    return render(request, "programme/task.html", task_context(request, row))


def task_context(request: Visit, row: Task, **forms: Any) -> dict[str, Any]:
    """Everything the page of a task shows."""
    day = request.day
    handovers = list(row.handovers.select_related("person_before", "person_after"))
    parts = shown.rows(row.parts.select_related(*shown.WITH).order_by("place"), day)
    series = shown.rows(queries.series(row), day, coordinating=False) if row.recurs or row.series_id else []
    words = queries.deadline_words
    extensions = [
        (words(e.rule_before, e.due_before), words(e.rule_after, e.due_after), e)
        for e in row.extensions.select_related("approver", "request__asked_by")
    ]
    own = list(journal.entries(kind="work", topic=f"task:{row.pk}")[:30])
    if row.adopted and row.programme_id is not None:  # one entry adopts the whole programme, and so this task
        own += journal.entries(kind="work.ProgrammeAdopted", topic=f"programme:{row.programme_id}")[:1]
    entries = journal.told(sorted(own, key=lambda entry: -entry.number))
    return {
        "task": row,
        "shown": shown.rows([row], day)[0],
        "state": rules.state(row.facts, day),
        "parts": parts,
        "needs": _tied(request, [d.needed for d in row.needs.select_related("needed")]),
        "needed_by": _tied(request, [d.task for d in row.needed_by.select_related("task")]),
        "clashes": _clashes(row, day),
        "came_up": queries.came_up(row, day),
        "snooze": row.snoozes.filter(person=row.lead_person, until__gt=day).first(),
        "extensions": extensions,
        "requests": [(one, queries.asked_words(one)) for one in _requests(row) if one.decided_at],
        "asked": [(one, queries.asked_words(one)) for one in _requests(row) if not one.decided_at],
        "handovers": handovers,
        "notes": row.notes.select_related("author")[:50],
        "evidence": row.evidence.select_related("author"),
        "changes": [(c, LABELS[c.what], before, after) for c, before, after in changes(row)[:60]],
        "entries": entries,
        "again": row.comes_before.first(),
        "series": series,
        "goes_on": bool(series) and bool(series[-1].task.recurs) and not series[-1].task.cancelled_on,
        "note_form": forms.get("note_form") or NoteForm(),
        "evidence_form": forms.get("evidence_form") or EvidenceForm(),
        **_may(request, row),
    }


def _tied(request: Visit, tied: list[Task]) -> list[tuple[Task, tuple[str, str], str]]:
    """Tasks that a task is tied to, each with its chip and name; one this person may not see by its code only."""
    seen = set(
        queries.tasks(request.actor, request.day).filter(pk__in=[t.pk for t in tied]).values_list("pk", flat=True)
    )
    return [
        (one, shown.chip(one, request.day), f"{one.number}. {one.title}" if one.pk in seen else one.code)
        for one in tied
    ]  # fmt: skip


def _clashes(row: Task, day: dt.date) -> list[dict[str, Any]]:
    """The deadlines with which its own cannot hold, either way."""
    both = [*waiting.waits([row.pk], day).get(row.pk, ()), *waiting.waited_for(row, day)]
    return [
        {"task": one.task, "needed": one.needed, "late": rules.state(one.needed.facts, day) is State.OVERDUE}
        for one in both if one.clash
    ]  # fmt: skip


def _requests(row: Task) -> list[ExtensionRequest]:
    """The requests for a later deadline that led to no extension; those that did stand with their extension."""
    found = row.extension_requests.filter(extension=None).select_related("asked_by", "decided_by")
    return [one for one in found if one.decided_at or (row.confirmed_on is None and row.cancelled_on is None)]


def _may(request: Visit, row: Task) -> dict[str, Answer]:
    """What this person may do with the task, and why not."""
    day = request.day
    within = rights.reach(row.lead_body_id, day)
    steer = may(request.actor, rights.ASSIGN, on=day, within=within)
    run = may(request.actor, rights.RUN, on=day, within=within)
    yes = Answer(True, rights.RUN, (), "")
    own = rights.does(request.actor, row)
    confirm = yes if rights.answers_for(request.actor, row) else steer
    if own:
        confirm = Answer(False, rights.ASSIGN, (), _t("Your own result is confirmed by who assigned the task."))
    return {
        "run": yes if own else run,
        "steer": steer,
        "decide": Answer(False, rights.ASSIGN, (), _t("Your own request is decided by who is in charge of the task."))
        if own
        else (yes if rights.answers_for(request.actor, row) else steer),
        "extend": yes if rights.answers_for(request.actor, row) else steer,
        "confirm": confirm,
        "edit": steer if row.assigned_on else may(request.actor, rights.ADD, on=day, within=within),
        "split": yes if own else steer,
    }
