"""Acts on the tasks ticked in a list: hand over, put off, move to a group; all of them or none."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dienhong.desks.door import Visit
from dienhong.desks.forms import tried
from dienhong.desks.programme.asked import openings, term_label
from dienhong.desks.programme.forms import ExtendForm, HandOverForm
from dienhong.desks.programme.views import require_sight
from dienhong.foundation.refusal import Refusal
from dienhong.work import actions, queries
from dienhong.work.content import of_task
from dienhong.work.models import Task, TaskGroup

MOST = 200


class NotAll(Refusal):
    """One of the chosen tasks refuses; nothing was done to any."""


class GroupForm(forms.Form):
    """The group the tasks go to."""

    group = forms.ModelChoiceField(TaskGroup.objects.none(), label=_("Group"))
    reason = forms.CharField(label=_("Reason"), max_length=500, min_length=5)


def chosen_ids(request: Visit) -> list[int]:
    """The tasks ticked in the list."""
    found = []
    for text in (request.POST.getlist("task") or request.GET.getlist("task"))[:MOST]:
        with contextlib.suppress(ValueError):
            found.append(int(text))
    return found


@require_http_methods(["GET", "POST"])
def act_on(request: Visit, verb: str) -> HttpResponse:
    """One form for all chosen tasks: first shown with their names, then done."""
    require_sight(request)
    tasks = list(queries.tasks(request.actor, request.day).filter(pk__in=chosen_ids(request)).select_related("group"))
    if not tasks:
        messages.error(request, _t("No task is chosen: tick some rows first."))
        return redirect("programme:tasks")
    form, title = _form(request, verb, tasks)

    def act(data: dict[str, Any]) -> None:
        with transaction.atomic():
            for task in tasks:
                _one(request, verb, task, data)

    if request.method == "POST" and "sure" in request.POST and tried(form, act):
        count = len(tasks)
        messages.success(request, ngettext("%(n)s task changed.", "%(n)s tasks changed.", count) % {"n": count})
        return redirect("programme:tasks")
    bound = request.method == "POST" and "sure" in request.POST
    context = {"form": form, "title": title, "tasks": tasks, "back": reverse("programme:tasks")}
    return render(request, "programme/bulk.html", context, status=422 if bound else 200)


def _form(request: Visit, verb: str, tasks: list[Task]) -> tuple[forms.Form, str]:
    data = request.POST if request.method == "POST" and "sure" in request.POST else None
    if verb == "hand-over":
        return HandOverForm(data, day=request.day), _t("Hand over the chosen tasks")
    if verb == "extend":
        return ExtendForm(data, day=request.day, term=term_label(request.day)), _t("Put off the chosen tasks")
    if verb == "group":
        form = GroupForm(data)
        field = form.fields["group"]
        assert isinstance(field, forms.ModelChoiceField)
        programmes = {task.programme_id for task in tasks}
        one = programmes.pop() if len(programmes) == 1 else None
        field.queryset = TaskGroup.objects.filter(programme_id=one) if one else TaskGroup.objects.none()
        return form, _t("Move the chosen tasks to a group")
    raise Http404


def _one(request: Visit, verb: str, task: Task, data: dict[str, Any]) -> None:
    common = {"actor": request.actor, "task_id": task.pk, "reason": data["reason"], "at": request.at}
    acts: dict[str, Callable[[], object]] = {
        "hand-over": lambda: actions.hand_over(**common, person=data["person"], body=data["body"]),
        "extend": lambda: actions.extend_deadline(
            **common, due_rule=data["due"], approver=data["approver"], openings=openings()
        ),
        "group": lambda: actions.change_task(
            **common, version=task.version, content=replace(of_task(task), group=data["group"])
        ),
    }
    try:
        acts[verb]()
    except Refusal as refusal:
        words = {"number": task.number, "why": refusal}
        raise NotAll(_t("%(number)s: %(why)s Nothing was changed.") % words, field=refusal.field) from refusal
