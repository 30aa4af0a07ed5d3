"""What changes: a provision through time, two versions side by side, a law with the laws that amend it."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from dienhong.desks.door import Visit
from dienhong.desks.forms import tried
from dienhong.desks.texts import shown
from dienhong.desks.texts.forms import Choose, Consolidate
from dienhong.desks.texts.library import the_work
from dienhong.desks.texts.reader import attached, frame, the_version
from dienhong.foundation.access.actor import may, require
from dienhong.texts import actions, queries
from dienhong.texts.comparing import compare as compare_texts
from dienhong.texts.comparing import to_html
from dienhong.texts.comparing.comparison import Side
from dienhong.texts.comparing.tables import table_of
from dienhong.texts.consolidations import plan
from dienhong.texts.models import Provision, ProvisionText, Version
from dienhong.texts.saying import what_order, why_unsettled
from dienhong.texts.tree import Kind, Text


def language() -> str:
    """The language of a table: that of the reader."""
    return "vi" if (get_language() or "vi").startswith("vi") else "en"


# -- through time -----------------------------------------------------------------------------------------------------


def find_article(request: Visit, work_id: int) -> HttpResponse:
    """The history of the article whose number was typed."""
    row = the_work(request, work_id)
    number = request.GET.get("number", "").strip().lower()
    rows = ProvisionText.objects.filter(version__work=row, kind="article", number=number).order_by("-version")
    found = rows.first()
    if found is None:
        raise Http404
    return redirect("texts:history", row.pk, found.provision_id)


def history(request: Visit, work_id: int, provision_id: int) -> HttpResponse:
    """One provision through all versions: where it changed, word by word."""
    row = the_work(request, work_id)
    provision = get_object_or_404(Provision, pk=provision_id, work=row)
    versions = queries.versions_of(row.pk)
    stages = queries.stages(provision.pk, versions)
    held = [stage for stage in stages if stage.row is not None]
    if not held:
        raise Http404
    steps: list[dict[str, Any]] = [{"stage": stages[0], "table": ""}]
    for before, stage in pairwise(stages):
        steps.append({"stage": stage, "table": _step(before, stage) if stage.changed else ""})
    why = {
        stage.version.pk: [
            entry
            for a in queries.applications(stage.version)
            for entry in a.rows
            if entry["status"] == "applied" and _about(entry["eid"], stage.row.eid if stage.row else provision.eid)
        ]
        for stage in stages
        if stage.changed
    }
    for step in steps:
        step["why"] = [{**e, "verb": what_order(e["action"])} for e in why.get(step["stage"].version.pk, [])]
    first = queries.current(versions)
    assert first is not None
    context = {"provision": held[-1].row, "steps": steps, "changes": sum(s.changed for s in stages)}
    return render(request, "texts/history.html", {**frame(request, the_version(request, first.pk), ""), **context})


def _about(touched: str, eid: str) -> bool:
    return not touched or touched == eid or touched.startswith(eid + "__") or eid.startswith(touched + "__")


def _step(before: queries.Stage, after: queries.Stage) -> str:
    """The change of one provision between two versions, as a table of words."""
    old, new = (_alone(stage) for stage in (before, after))
    if not old.body and not new.body:
        return ""
    comparison = compare_texts(old, new)
    said = "vi" if language() == "vi" else "en"
    table = table_of(comparison, level=Kind.CLAUSE, language="vi" if said == "vi" else "en")
    title = f"{before.version.label} – {after.version.label}"
    sides = Side(before.version.label, "", ""), Side(after.version.label, "", "")
    table = replace(table, title=title, old=sides[0], new=sides[1])
    return mark_safe(to_html.fragment(table)) if table.rows else ""


def _alone(stage: queries.Stage) -> Text:
    """The provision of one version, as a text of its own."""
    if stage.row is None:
        return Text()
    node = shown.text_of(stage.version).find(stage.row.eid)
    return Text(body=[node] if node else [])


# -- side by side -----------------------------------------------------------------------------------------------------


def _two(request: Visit) -> tuple[Choose, Version | None, Version | None]:
    form = Choose(request.GET or None)
    if request.GET and form.is_valid():
        return form, the_version(request, form.cleaned_data["a"]), the_version(request, form.cleaned_data["b"])
    return form, None, None


def _compared(form: Choose, old: Version, new: Version) -> shown.Compared:
    data = form.cleaned_data
    return shown.compared(
        old, new, language(), data["level"] or "clause", everything=data["all"], writing=not data["words"]
    )


def compare(request: Visit) -> HttpResponse:
    """Any two versions side by side, with what became of every provision."""
    require(request.actor, queries.SEE, at=request.at)
    form, old, new = _two(request)
    context: dict[str, Any] = {"form": form, "old": old, "new": new}
    if old and new:
        found = _compared(form, old, new)
        context["found"] = found
        context["table"] = mark_safe(to_html.fragment(found.table)) if found.table.rows else ""
        context["swapped"] = f"a={new.pk}&b={old.pk}"
        context["query"] = request.GET.urlencode()
    return render(request, "texts/compare.html", context, status=422 if form.is_bound and not old else 200)


def compare_file(request: Visit, form: str) -> HttpResponse:
    """The comparison as a page, Word, PDF or JSON."""
    require(request.actor, queries.SEE, at=request.at)
    choice, old, new = _two(request)
    if old is None or new is None or form not in {"html", "docx", "pdf", "json"}:
        raise Http404
    name = f"so sánh {old.work.number} {old.label} {new.work.number} {new.label}"
    if form == "json":
        from json import dumps

        from dienhong.texts.comparing.to_json import as_json

        said = as_json(compare_texts(shown.text_of(old), shown.text_of(new)))
        return attached(dumps(said, ensure_ascii=False, indent=1).encode(), "application/json", name, form)
    table = _compared(choice, old, new).table
    if form == "html":
        return attached(to_html.page(table).encode(), "text/html; charset=utf-8", name, form)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        if form == "docx":
            from dienhong.texts.comparing.to_docx import write_docx as write
        else:
            from dienhong.texts.comparing.to_pdf import write_pdf as write
        write(table, path)
        from dienhong.desks.texts.reader import FORMS

        return attached(path.read_bytes(), FORMS[form][0], name, form)


# -- consolidating ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def consolidate(request: Visit) -> HttpResponse:
    """Pick a law, the laws that amend it and a day; see every instruction; make the consolidated version."""
    require(request.actor, queries.SEE, at=request.at)
    given = request.POST or request.GET
    form = Consolidate(given or None)
    made: Version | None = None

    def act(data: dict[str, Any]) -> None:
        nonlocal made
        made = actions.consolidate(actor=request.actor, at=request.at, **_chosen(request, data))

    if request.method == "POST" and tried(form, act) and made is not None:
        return redirect("texts:doubts" if made.doubts.exists() else "texts:version", made.pk)
    context: dict[str, Any] = {"form": form, "keep": may(request.actor, actions.KEEP, on=request.day)}
    if form.is_bound and form.is_valid():
        chosen = _chosen(request, form.cleaned_data)
        context |= {"base": chosen["base"], "amending": chosen["amending"], "chosen_day": chosen["as_of"]}
        context["plan"] = _preview(**chosen)
    return render(request, "texts/consolidate.html", context, status=422 if request.method == "POST" else 200)


def _chosen(request: Visit, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "base": the_version(request, data["base"]),
        "amending": [the_version(request, pk) for pk in data["amending"]],
        "as_of": data["day"],
    }


def _preview(base: Version, amending: Sequence[Version], as_of: dt.date | None) -> dict[str, Any]:
    """What would be done, in the reader's words."""
    made = plan(base, amending, as_of)

    def told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        words = [{"verb": what_order(row["action"]), "because": why_unsettled(row["why"])} for row in rows]
        dates = [dt.date.fromisoformat(row["effective"]) if row["effective"] else None for row in rows]
        return [{**row, **word, "day": day} for row, word, day in zip(rows, words, dates, strict=True)]

    return {
        "applied": told(made.applied),
        "later": told(made.later),
        "unsettled": told(made.unsettled),
        "remarks": made.remarks,
        "dates": made.dates,
    }
