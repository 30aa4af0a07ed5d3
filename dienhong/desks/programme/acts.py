"""What people do with one task: each view reads a form, calls one action and goes back to the task."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dienhong.desks.door import Visit, attempt
from dienhong.desks.forms import ReasonForm, page, tried, walk
from dienhong.desks.programme.asked import openings, term_label
from dienhong.desks.programme.forms import (
    AskForm,
    EvidenceForm,
    ExtendForm,
    HandOverForm,
    NeedForm,
    NoteForm,
    PartsForm,
    ReportForm,
    ReturnForm,
    SnoozeForm,
    TaskForm,
)
from dienhong.desks.programme.views import fetch, task_context
from dienhong.foundation.access.actor import require
from dienhong.foundation.files import store
from dienhong.work import actions, queries, rights
from dienhong.work.actions.common import NoSuchTask
from dienhong.work.content import Content, of_task
from dienhong.work.models import Evidence, ExtensionRequest, Programme, Task
from dienhong.work.waiting import waits

GET_POST = require_http_methods(["GET", "POST"])


def _to(task_id: int) -> HttpResponseRedirect:
    return redirect("programme:task", task_id)


@GET_POST
def new(request: Visit) -> HttpResponse:
    """Add a task, to a programme or beside all of them."""
    require(request.actor, rights.ADD, at=request.at)
    programme = None
    if request.GET.get("programme", "").isdigit():
        lines = rights.lines_seen(request.actor, request.day)
        programme = get_object_or_404(Programme, pk=int(request.GET["programme"]), line__in=lines)
    initial = {"group": request.GET.get("group", "")}
    form = TaskForm(
        request.POST or None, day=request.day, programme=programme, term=term_label(request.day), initial=initial
    )
    made: list[Task] = []

    def act(_data: dict[str, Any]) -> None:
        made.append(
            actions.add_task(
                actor=request.actor, content=form.content(), programme=programme, openings=openings(), at=request.at
            )
        )

    if request.method == "POST" and tried(form, act):
        return _to(made[0].pk)
    back = reverse("programme:programme", args=[programme.pk]) if programme else reverse("programme:tasks")
    title = _t("New task: %(programme)s") % {"programme": programme.title} if programme else _t("New task")
    return _task_page(request, form, title, _t("Add the task"), back)


def _task_page(request: Visit, form: TaskForm, title: str, act: str, back: str) -> HttpResponse:
    words = {"form": form, "title": title, "act": act, "back": back, "action": request.get_full_path()}
    return render(request, "programme/task_form.html", words, status=422 if form.is_bound else 200)


@GET_POST
def edit(request: Visit, task_id: int) -> HttpResponse:
    """Change what is said of a task; an adopted one with a reason."""
    task = fetch(request, task_id)
    permission = rights.ASSIGN if task.assigned_on else rights.ADD
    require(request.actor, permission, at=request.at, within=rights.reach(task.lead_body_id, request.day))
    now = of_task(task)
    initial = {
        "title": now.title, "lead_body": task.lead_body_id or "", "group": task.group_id, "product": now.product,
        "lead_person": task.lead_person.code if task.lead_person else "",
        "leader": task.leader.code if task.leader else "",
        "coordinating": [str(body.pk) for body in now.coordinating], "recipient": now.recipient,
        "due": queries.deadline_words(task.due_rule, task.due) if task.due_rule else "", "basis": now.basis,
        "responsibility": now.responsibility, "key": now.key, "recurs": now.recurs, "note": now.note,
        "version": task.version,
    }  # fmt: skip
    form = TaskForm(
        request.POST or None, day=request.day, programme=task.programme, term=term_label(request.day),
        reason=bool(task.assigned_on), version=task.version, initial=initial,
    )  # fmt: skip

    def act(data: dict[str, Any]) -> None:
        actions.change_task(
            actor=request.actor, task_id=task.pk, version=data["version"], content=form.content(task.due_rule),
            reason=data.get("reason", ""), openings=openings(), at=request.at,
        )  # fmt: skip

    if request.method == "POST" and tried(form, act):
        return _to(task.pk)
    back = reverse("programme:task", args=[task.pk])
    return _task_page(request, form, _t("Change the task %(number)s") % {"number": task.number}, _t("Save"), back)


PLAIN: dict[str, Callable[..., object]] = {
    "start": actions.start_task,
    "confirm": actions.confirm_done,
    "resume": actions.resume_task,
    "assign": actions.assign_task,
}


@require_POST
def do(request: Visit, task_id: int, verb: str) -> HttpResponse:
    """Begin, confirm, take up again, assign: one press."""
    act = PLAIN.get(verb)
    if act is None:
        raise Http404
    attempt(request, lambda: act(actor=request.actor, task_id=task_id, at=request.at))
    return _to(task_id)


@require_POST
def note(request: Visit, task_id: int) -> HttpResponse:
    """Note how the task goes."""
    task = fetch(request, task_id)
    form = NoteForm(request.POST)
    if tried(
        form, lambda d: actions.note_progress(actor=request.actor, task_id=task.pk, text=d["text"], at=request.at)
    ):
        return _to(task.pk)
    return render(request, "programme/task.html", task_context(request, task, note_form=form), status=422)


@require_POST
def evidence(request: Visit, task_id: int) -> HttpResponse:
    """Add what shows the result; a file goes into the store."""
    task = fetch(request, task_id)
    form = EvidenceForm(request.POST, request.FILES)

    def act(data: dict[str, Any]) -> None:
        file = data["file"]
        actions.add_evidence(
            actor=request.actor, task_id=task.pk, kind=data["kind"], label=data["label"], number=data["number"],
            url=data["url"], digest=store().put(file) if file else "", at=request.at,
        )  # fmt: skip

    if tried(form, act):
        return _to(task.pk)
    return render(request, "programme/task.html", task_context(request, task, evidence_form=form), status=422)


@require_GET
def evidence_file(request: Visit, evidence_id: int) -> FileResponse:
    """The file behind a piece of evidence, to who may see its task."""
    row = get_object_or_404(Evidence, pk=evidence_id)
    fetch(request, row.task_id)
    if not row.digest:
        raise NoSuchTask(_t("There is no file here."))
    return FileResponse(store().open(row.digest), as_attachment=True, filename=row.label)


#: verb -> (form, title, words of the button, the action with what the form says)
Asking = tuple[type[forms.Form], str, str, Callable[..., object]]


def _asking(request: Visit, verb: str) -> Asking:
    found: dict[str, Asking] = {
        "report": (ReportForm, _t("Report done"), _t("Report done"), actions.report_done),
        "return": (ReturnForm, _t("Send the result back"), _t("Send back"), actions.return_task),
        "extend": (ExtendForm, _t("Put the deadline off"), _t("Put off"), actions.extend_deadline),
        "put-off": (AskForm, _t("Ask for a later deadline"), _t("Ask for it"), actions.request_extension),
        "hand-over": (HandOverForm, _t("Hand over"), _t("Hand over"), actions.hand_over),
        "pause": (ReasonForm, _t("Pause"), _t("Pause"), actions.pause_task),
        "cancel": (ReasonForm, _t("Cancel the task"), _t("Cancel the task"), actions.cancel_task),
        "end-series": (ReasonForm, _t("End the series"), _t("End the series"), actions.end_series),
        "snooze": (SnoozeForm, _t("Put reminders off"), _t("Put off"), actions.snooze_task),
        "split": (PartsForm, _t("Split into parts"), _t("Split"), actions.split_task),
        "wait": (NeedForm, _t("Let it wait for another task"), _t("Let it wait"), actions.add_dependency),
    }
    if verb not in found:
        raise Http404
    return found[verb]


def _values(request: Visit, task: Task, verb: str, data: dict[str, Any]) -> dict[str, Any]:
    """What the action is called with."""
    if verb == "extend":
        return {"due_rule": data["due"], "reason": data["reason"], "approver": data["approver"], "openings": openings()}
    if verb == "put-off":
        return {"due_rule": data["due"], "reason": data["reason"], "openings": openings()}
    if verb == "split":
        return {"parts": [Content(line.strip()) for line in data["parts"].splitlines() if line.strip()]}
    if verb == "wait":
        same = queries.tasks(request.actor, request.day)
        words = data["needed"].strip()
        needed = same.filter(code=words).first() or same.filter(programme=task.programme, number=words).first()
        if needed is None:
            raise NoSuchTask(_t("There is no such task, or it is not yours to see."), field="needed")
        return {"needed_id": needed.pk}
    return data


@GET_POST
def ask(request: Visit, task_id: int, verb: str) -> HttpResponse:
    """What needs a word more than a press: report, send back, put off, hand over, pause, cancel, split, wait."""
    task = fetch(request, task_id)
    kind, title, words, action = _asking(request, verb)
    more: dict[str, Any] = {"day": request.day} if kind in {AskForm, ExtendForm, HandOverForm} else {}
    if kind is ReportForm:
        more = {"waits": ", ".join(one.needed.number for one in waits([task.pk], request.day).get(task.pk, ()))}
    form = kind(request.POST or None, **more)

    def act(data: dict[str, Any]) -> None:
        action(actor=request.actor, task_id=task.pk, at=request.at, **_values(request, task, verb, data))

    back = reverse("programme:task", args=[task.pk])
    said = (f"{task.number}. {task.title}",) if kind is ReasonForm else ()
    return walk(request, form, act, f"{title}: {task.number}", words, back, consequences=said)


@GET_POST
def decide(request: Visit, request_id: int, verb: str) -> HttpResponse:
    """Decide a request for a later deadline: approve with one press, refuse with a reason; or take one's own back."""
    row = get_object_or_404(ExtensionRequest, pk=request_id)
    task = fetch(request, row.task_id)
    back = request.GET.get("back", "") or request.POST.get("back", "")
    to = reverse("programme:home") if back == "mine" else reverse("programme:task", args=[task.pk])
    common: dict[str, Any] = {"actor": request.actor, "request_id": row.pk, "at": request.at}
    if verb == "refuse":
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and tried(form, lambda d: actions.refuse_extension(**common, reason=d["reason"])):
            messages.success(request, _t("The request is refused; who asked is told."))
            return redirect(to)
        said = (f"{task.number}. {task.title}", queries.asked_words(row), row.reason)
        return page(request, form, _t("Refuse a later deadline"), _t("Refuse"), to, consequences=said)
    acts: dict[str, tuple[Callable[..., object], str]] = {
        "approve": (actions.approve_extension, _t("The deadline is put off.")),
        "withdraw": (actions.withdraw_request, _t("The request is taken back.")),
    }
    if verb not in acts or request.method != "POST":
        raise Http404
    act, done = acts[verb]
    attempt(request, lambda: act(**common), done)
    return redirect(to)


@require_POST
def no_wait(request: Visit, task_id: int, needed_id: int) -> HttpResponse:
    """Let the task no longer wait."""
    require(request.actor, rights.SEE, at=request.at)
    attempt(
        request,
        lambda: actions.remove_dependency(actor=request.actor, task_id=task_id, needed_id=needed_id, at=request.at),
    )
    return _to(task_id)
