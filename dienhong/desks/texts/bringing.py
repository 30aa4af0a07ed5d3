"""Bringing texts in: upload, the doubts of a version, and what stands around each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from dienhong.desks.door import Visit
from dienhong.desks.forms import page, tried
from dienhong.desks.texts import shown
from dienhong.desks.texts.forms import Upload
from dienhong.desks.texts.reader import frame, the_version
from dienhong.foundation.access.actor import require
from dienhong.texts import actions
from dienhong.texts.intake import take_in
from dienhong.texts.models import TextDoubt, Version, Work
from dienhong.texts.provisions import words
from dienhong.texts.saying import what_doubt, why_unsettled
from dienhong.texts.writing.names import unit_name

CONTEXT = 700
LIMIT = 64 * 1024 * 1024


@require_http_methods(["GET", "POST"])
def upload(request: Visit) -> HttpResponse:
    """Bring a text in; a file that cannot be read is refused at its field and leaves nothing behind."""
    require(request.actor, actions.KEEP, at=request.at)
    form = Upload(request.POST or None, request.FILES or None, initial={"work": request.GET.get("work")})
    made: Version | None = None

    def act(data: dict[str, Any]) -> None:
        nonlocal made
        file = data["file"]
        intake = take_in(file.read(LIMIT + 1), file.name)
        made = actions.upload_text(
            actor=request.actor,
            intake=intake,
            work=Work.objects.filter(pk=data["work"]).first() if data["work"] else None,
            label=data["label"],
            valid_from=data["valid_from"],
            source=data["source"],
            at=request.at,
        )

    if request.method == "POST" and tried(form, act) and made is not None:
        return redirect("texts:doubts", made.pk)
    return page(request, form, _t("Bring a text in"), _t("Read and show its doubts"), reverse("texts:home"))


def doubts(request: Visit, version_id: int) -> HttpResponse:
    """What the reader doubts in a version, each with its place, to be settled one by one."""
    version = the_version(request, version_id)
    require(request.actor, actions.KEEP, at=request.at)
    rows = TextDoubt.objects.filter(version=version).select_related("settled_by").order_by("line", "pk")
    text = shown.text_of(version)
    nodes = {node.id: node for node in text.walk()}
    told = []
    for doubt in rows:
        node = nodes.get(doubt.eid)
        around = words(node)[:CONTEXT] if node else ""
        said = why_unsettled(doubt.reason) if doubt.code == "instruction" else what_doubt(doubt.code, doubt.reason)
        told.append(
            {
                "doubt": doubt,
                "said": said,
                "detail": doubt.reason if said != doubt.reason and doubt.code != "instruction" else "",
                "where": unit_name(node) if node else "",
                "head": f"{node.label} {node.heading}".strip() if node else "",
                "around": around,
            }
        )
    return render(request, "texts/doubts.html", {**frame(request, version, "doubts"), "told": told})
