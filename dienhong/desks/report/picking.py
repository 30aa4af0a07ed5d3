"""The page to write on, with what the record knows beside it: found by words, looked at, put into the text."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from dienhong.desks.door import Visit
from dienhong.desks.report import forms as f
from dienhong.desks.report.views import read
from dienhong.foundation.folding import fold
from dienhong.reports import rules
from dienhong.reports.composing import facts_of, piece_of
from dienhong.reports.live import OFFERED, catalogue
from dienhong.reports.models import Block, Report, Section

#: What is shown of what the record offers; the rest is found by words.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the record can put into a text."""

    token: str
    kind: str
    name: str
    says: str

    @property
    def folded(self) -> str:
        return fold(f"{self.name} {self.says} {self.token}")


def offers(report: Report, request: Visit) -> list[Offer]:
    """Everything that a text of this report can hold; the words are Vietnamese, as the paper is."""
    with translation.override("vi"):
        found = catalogue(facts_of(report, request.day))
    return [Offer(token, str(OFFERED[rules.tokens_of(token)[0].kind]), name, says) for token, name, says in found]


def asks(request: Visit) -> bool:
    """Whether the writer asks the record for something: nothing is saved by that."""
    return bool(request.POST.get("insert") or request.POST.get("find"))


def editor(request: Visit, form: forms.Form, section: Section, block: Block | None, *, back: str) -> HttpResponse:
    """The page to write on. Without scripts a live place is found and put in by a round trip; nothing is lost by it.

    `back`: the page on which the text stands when it is saved.
    """
    offered = offers(section.report, request)
    words = request.POST.get("words", "")
    if asks(request):
        values = request.POST.copy()
        if request.POST.get("insert") in {one.token for one in offered}:
            values["text"] = f"{values.get('text', '')}{values['insert']}"
        form = f.EditBlock(picture="file" in form.fields) if block else f.NewBlock()
        form.initial = {name: values.get(name, "") for name in form.fields}
    wanted = fold(words).split()
    found = [one for one in offered if all(word in one.folded for word in wanted)]
    context = {
        "form": form,
        "section": section,
        "written": block,
        "report": section.report,
        "offered": found,
        "words": words,
        "shown": SHOWN,
        "back": back,
    }
    return render(request, "report/editor.html", context, status=422 if form.is_bound and form.errors else 200)


@require_GET
def preview(request: Visit, report_id: int) -> HttpResponse:
    """A text as it would stand in the paper now: what the writer sees beside the words."""
    report = read(request, report_id)
    kind, text = request.GET.get("kind", "paragraph"), request.GET.get("text", "")[:60_000]
    if kind not in f.KINDS_SHOWN:
        raise Http404
    alone = rules.tokens_of(text)
    if len(alone) == 1 and alone[0].kind in ("table", "chart") and text.strip() == str(alone[0]):
        kind = alone[0].kind
    with translation.override("vi"):
        piece = piece_of(kind, text, facts_of(report, request.day))
    return render(request, "report/_preview.html", {"piece": piece, "report": report})
