"""The library: every work by kind, term and year, and search in its provisions."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from dienhong.desks.door import Visit
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.journal.kept import Kept
from dienhong.texts import actions, queries
from dienhong.texts.models import Work, WorkKind
from dienhong.texts.searching import search

PAGE = 40
HITS = 20


def may_see(request: HttpRequest) -> bool:
    """Whether the desk stands in this person's rail."""
    visit = cast("Visit", request)
    return may(visit.actor, queries.SEE, on=visit.day).allowed


def number_of(words: str) -> int | None:
    """A number of the address, None where there is none."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else None


def home(request: Visit) -> HttpResponse:
    """The library, or what it answers to a question."""
    require(request.actor, queries.SEE, at=request.at)
    words = request.GET.get("q", "").strip()[:1000]
    kind = request.GET.get("kind", "")
    kind = kind if kind in WorkKind.values else ""
    term, year = number_of(request.GET.get("term", "")), number_of(request.GET.get("year", ""))
    kinds = _held("kind")
    context: dict[str, object] = {
        "words": words,
        "kind": kind,
        "term": term,
        "year": year,
        "kinds": [(value, label) for value, label in WorkKind.choices if value in kinds],
        "terms": sorted((t for t in _held("term") if t), reverse=True),
        "years": sorted((y for y in _held("year") if y), reverse=True),
        "keep": may(request.actor, actions.KEEP, on=request.day),
    }
    if words:
        found = search(words, kind=kind, term=term, year=year)
        page = Paginator(found.hits, HITS).get_page(request.GET.get("page"))
        return render(request, "texts/found.html", {**context, "found": found, "page": page})
    works = queries.works(kind=kind, term=term, year=year)
    # thousands are put in order by their keys alone; whole works are read for the page
    page_of_works = Paginator(works.values_list("pk", flat=True), PAGE).get_page(request.GET.get("page"))
    shown = list(page_of_works.object_list)
    held, by_key = queries.held(shown), works.in_bulk(shown)
    rows = [(by_key[key], held.get(key, queries.Held())) for key in shown]
    return render(request, "texts/library.html", {**context, "page": page_of_works, "rows": rows})


def _held(field: str) -> list[Any]:
    """The values of a field that some work has, in order."""
    return _kept.get(field, lambda: _read_held(field))


_kept: Kept[list[Any]] = Kept(8)


def _read_held(field: str) -> list[Any]:
    return list(Work.objects.order_by(field).values_list(field, flat=True).annotate(n=Count("pk")))


def as_json(request: Visit) -> JsonResponse:
    """The library as open data: every work with its versions, and where to get each."""
    require(request.actor, queries.SEE, at=request.at)
    rows = []
    for work in Work.objects.prefetch_related("versions").order_by("pk"):
        versions = [
            {
                "id": version.pk,
                "label": version.label,
                "kind": version.kind,
                "as_of": version.as_of,
                "valid_from": version.valid_from,
                "sealed": version.sealed,
                "digest": version.digest,
                "articles": version.articles,
                "json": reverse("texts:download", args=[version.pk, "json"]),
                "akn": reverse("texts:download", args=[version.pk, "akn"]),
            }
            for version in work.versions.defer("tree").order_by("pk")
        ]
        said = {"uri": work.uri, "kind": work.kind, "number": work.number, "title": work.title, "date": work.date}
        rows.append({"id": work.pk, **said, "effective_on": work.effective_on, "versions": versions})
    return JsonResponse({"works": rows}, json_dumps_params={"ensure_ascii": False})


def by_uri(request: Visit, uri: str) -> HttpResponse:
    """The work of a FRBR identifier: the lasting address that references lead to."""
    require(request.actor, queries.SEE, at=request.at)
    work = Work.objects.filter(uri=f"/akn/{uri}").first()
    if work is None:
        raise Http404
    return redirect("texts:work", work.pk)


def the_work(request: Visit, work_id: int) -> Work:
    """A work that this person may read."""
    require(request.actor, queries.SEE, at=request.at)
    return get_object_or_404(Work.objects.select_related("dossier"), pk=work_id)
