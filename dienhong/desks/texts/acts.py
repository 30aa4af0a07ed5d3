"""What the keeper of texts does to a draft: each view reads a form, calls one action and goes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dienhong.desks.door import Visit, attempt
from dienhong.desks.forms import tried, walk
from dienhong.desks.texts import forms as f
from dienhong.desks.texts import shown
from dienhong.desks.texts.library import the_work
from dienhong.desks.texts.reader import the_version
from dienhong.foundation.access.actor import require
from dienhong.texts import actions
from dienhong.texts.models import TextDoubt, Version, Work
from dienhong.texts.writing.names import unit_name
from dienhong.work.models import Dossier

READ_AND_WRITE = require_http_methods(["GET", "POST"])


def _url(version: Version, name: str = "version") -> str:
    return reverse(f"texts:{name}", args=[version.pk])


def _confirm(
    request: Visit, form: forms.Form, title: str, act: str, back: str, consequences: list[str]
) -> HttpResponse:
    """The page behind an act that cannot be taken back."""
    words = {"title": title, "act": act, "back": back, "action": request.path, "consequences": consequences}
    return render(request, "confirm.html", {"form": form, **words}, status=422 if form.is_bound else 200)


@require_POST
def settle(request: Visit, doubt_id: int) -> HttpResponse:
    """Settle one doubt."""
    require(request.actor, actions.KEEP, at=request.at)
    doubt = get_object_or_404(TextDoubt, pk=doubt_id)
    form = f.Settle(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        attempt(
            request,
            lambda: actions.settle_doubt(
                actor=request.actor, doubt_id=doubt.pk, how=data["how"], note=data["note"], at=request.at
            ),
        )
    else:
        messages.error(request, _t("A doubt is kept as printed, corrected, or left with a note."))
    return redirect(reverse("texts:doubts", args=[doubt.version_id]) + f"#doubt-{doubt.pk}")


@READ_AND_WRITE
def correct(request: Visit, version_id: int, eid: str) -> HttpResponse:
    """Correct number, heading and words of one unit."""
    version = the_version(request, version_id)
    require(request.actor, actions.KEEP, at=request.at)
    node = shown.text_of(version).find(eid)
    if node is None:
        raise Http404
    doubt = request.GET.get("doubt", "")
    begin = {"number": node.number, "label": node.label, "heading": node.heading, "words": node.text}
    begin |= {"digest": version.digest, "doubt": doubt if doubt.isdigit() else ""}
    form = f.Correct(request.POST or None, initial=begin)

    def act(data: dict[str, Any]) -> None:
        asked = {("doubt_id" if name == "doubt" else name): value for name, value in data.items()}
        actions.correct_provision(actor=request.actor, version_id=version.pk, eid=eid, at=request.at, **asked)

    back = _url(version, "doubts") if doubt or request.POST.get("doubt") else _url(version) + f"#{eid}"
    return walk(request, form, act, _t("Correct %(unit)s") % {"unit": unit_name(node)}, _t("Correct it"), back)


@READ_AND_WRITE
def facts(request: Visit, version_id: int) -> HttpResponse:
    """Correct title, number, kind and date."""
    version = the_version(request, version_id)
    require(request.actor, actions.KEEP, at=request.at)
    work = version.work
    date = f"{work.date:%d/%m/%Y}" if work.date else ""
    begin = {"title": work.title, "number": work.number, "kind": work.kind, "date": date, "digest": version.digest}
    form = f.Facts(request.POST or None, initial=begin)

    def act(data: dict[str, Any]) -> None:
        actions.correct_facts(actor=request.actor, version_id=version.pk, at=request.at, **data)

    return walk(request, form, act, _t("Title, number, date"), _t("Correct it"), _url(version, "doubts"))


@READ_AND_WRITE
def seal(request: Visit, version_id: int) -> HttpResponse:
    """Seal a version."""
    version = the_version(request, version_id)
    require(request.actor, actions.SEAL, at=request.at)
    form = f.Seal(request.POST if request.method == "POST" else None)
    count = TextDoubt.objects.filter(version=version, settled_at__isnull=True).count()
    if not count:
        del form.fields["accept_doubts"]

    def act(data: dict[str, Any]) -> None:
        actions.seal_version(actor=request.actor, version_id=version.pk, at=request.at, **data)

    if request.method == "POST" and tried(form, act):
        messages.success(request, _t("“%(label)s” is sealed.") % {"label": version.label})
        return redirect(_url(version))
    said = ngettext("%(n)s doubt is not settled.", "%(n)s doubts are not settled.", count) % {"n": count}
    title = _t("Seal “%(label)s”?") % {"label": version.label}
    lines = [_t("A sealed version is never changed again."), *([said] if count else [])]
    return _confirm(request, form, title, _t("Seal it"), _url(version), lines)


@READ_AND_WRITE
def discard(request: Visit, version_id: int) -> HttpResponse:
    """Discard a draft."""
    version = the_version(request, version_id)
    require(request.actor, actions.KEEP, at=request.at)
    if request.method == "POST" and attempt(
        request,
        lambda: actions.discard_draft(actor=request.actor, version_id=version.pk, at=request.at),
        _t("The draft is discarded."),
    ):
        left = Work.objects.filter(pk=version.work_id, versions__isnull=False).exists()
        return redirect(reverse("texts:work", args=[version.work_id]) if left else "texts:home")
    title = _t("Discard the draft “%(label)s”?") % {"label": version.label}
    lines = [_t("Its corrections are lost. The file that was brought stays in the store.")]
    return _confirm(request, f.Nothing(), title, _t("Discard it"), _url(version), lines)


@READ_AND_WRITE
def dossier(request: Visit, work_id: int) -> HttpResponse:
    """Tie a work to its dossier."""
    work = the_work(request, work_id)
    require(request.actor, actions.KEEP, at=request.at)
    form = f.DossierOf(request.POST or None, initial={"code": work.dossier.code if work.dossier else ""})

    def act(data: dict[str, Any]) -> None:
        found = Dossier.objects.filter(code=data["code"].strip()).first()
        if found is None:
            raise actions.NoSuchUnit(_t("There is no dossier with this code."), field="code")
        actions.link_dossier(actor=request.actor, work=work, dossier=found, at=request.at)

    back = reverse("texts:work", args=[work.pk])
    return walk(request, form, act, _t("Tie to a dossier"), _t("Tie it"), back)
