"""Importing persons: upload, preview with every doubtful row, then all of it or nothing."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dienhong.desks.door import Visit
from dienhong.desks.forms import page
from dienhong.desks.register.forms import Upload
from dienhong.foundation.access.actor import Refused, require
from dienhong.foundation.files import store
from dienhong.foundation.refusal import Refusal
from dienhong.people import actions, importing
from dienhong.people.events import DATA
from dienhong.people.tables import BadTable

MOST_SHOWN = 500


@require_http_methods(["GET", "POST"])
def upload(request: Visit) -> HttpResponse:
    """Take a table; what is no table is refused here."""
    require(request.actor, actions.KEEP_PERSONS, at=request.at)
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            importing.plan(content, file.name, request.day)
        except BadTable as error:
            form.add_error("file", str(error))
        else:
            digest = store().put(io.BytesIO(content))
            return redirect(reverse("register:import_preview", args=[digest]) + f"?name={file.name}")
    return page(request, form, _t("Import persons"), _t("Show what it would do"), reverse("register:people"))


@require_http_methods(["GET", "POST"])
def preview(request: Visit, digest: str) -> HttpResponse:
    """Every row of the table with what it would do; on confirmation it is done."""
    require(request.actor, actions.KEEP_PERSONS, at=request.at)
    name = request.GET.get("name", "")[:200] or digest[:12]
    with store().open(digest) as file:
        content = file.read()
    refusal = None
    if request.method == "POST":
        try:
            plan = actions.import_people(
                actor=request.actor,
                content=content,
                name=name,
                accept_doubts=request.POST.get("accept") == "on",
                at=request.at,
            )
        except Refused:
            raise
        except Refusal as error:
            refusal = error
        else:
            count = len(plan.rows)
            messages.success(request, ngettext("%(n)s row imported.", "%(n)s rows imported.", count) % {"n": count})
            return redirect("register:people")
    plan = importing.plan(content, name, request.day)
    rows = sorted(plan.rows, key=lambda row: (not row.wrong, not row.doubts, row.line))
    context: dict[str, object] = {
        "plan": plan,
        "rows": [(row, [str(DATA.get(name, name)) for name in row.changes]) for row in rows[:MOST_SHOWN]],
        "more": len(rows) - MOST_SHOWN,
        "name": name,
        "refusal": refusal,
    }
    counts = {status: plan.count(status) for status in ("new", "changed", "same", "wrong")}
    return render(
        request,
        "register/preview.html",
        {**context, "counts": counts, "refusal": refusal},
        status=422 if refusal else 200,
    )
