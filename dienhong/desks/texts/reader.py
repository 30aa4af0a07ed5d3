"""The reader: a version with its contents, its facts, its history, and every form in which it can be taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _t

from dienhong.desks.door import Visit, as_of
from dienhong.desks.texts import shown
from dienhong.desks.texts.library import the_work
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.files import store
from dienhong.foundation.refusal import Refusal
from dienhong.texts import actions, queries, writing
from dienhong.texts.akn import to_akn
from dienhong.texts.models import Provision, TextDoubt, Version, VersionKind
from dienhong.texts.tree import Text
from dienhong.texts.understanding.instructions import instructions
from dienhong.texts.understanding.links import modifications
from dienhong.texts.writing.names import id_name


class CannotWrite(Refusal):
    """The text cannot be written in this form."""

    status = 422


def the_version(request: Visit, version_id: int) -> Version:
    """A version that this person may read."""
    require(request.actor, queries.SEE, at=request.at)
    rows = Version.objects.select_related("work__dossier", "base").defer("tree", "base__tree")
    return get_object_or_404(rows, pk=version_id)


def work(request: Visit, work_id: int) -> HttpResponse:
    """The version of a work that is read first, or the one that held on the day asked for."""
    row = the_work(request, work_id)
    asked = as_of(request) if request.GET.get("as_of") else None
    request.as_of = asked or request.day
    first = queries.current(queries.versions_of(row.pk), asked)
    if first is None:
        raise Http404
    return version(request, first.pk)


def frame(request: Visit, row: Version, tab: str) -> dict[str, object]:
    """What every page of a version shows around it."""
    rows = queries.versions_of(row.work_id)
    place = next(n for n, one in enumerate(rows) if one.pk == row.pk)
    later = next((one for one in rows[place + 1 :] if one.valid_from and one.sealed), None)
    return {
        "version": row,
        "work": row.work,
        "versions": rows,
        "until": later.valid_from if later else None,
        "later": later,
        "open_doubts": TextDoubt.objects.filter(version=row, settled_at__isnull=True).count(),
        "all_doubts": TextDoubt.objects.filter(version=row).count(),
        "keep": may(request.actor, actions.KEEP, on=request.day),
        "seal": may(request.actor, actions.SEAL, on=request.day),
        "tab": tab,
    }


def version(request: Visit, version_id: int) -> HttpResponse:
    """A version to read."""
    row = the_version(request, version_id)
    rows = queries.versions_of(row.work_id)
    changed = queries.changed_provisions(rows)
    names = Provision.objects.in_bulk(list(changed))
    context = {
        **frame(request, row, "text"),
        "body": shown.body_of(row),
        "changed": [(names[key], id_name(names[key].eid), count) for key, count in changed.items()],
        "amended_by": list(queries.amending(row.work)),
        "amends": list(row.work.amends.select_related("amended")),
        "applications": [(a, _counts(a.rows)) for a in queries.applications(row)],
        "made_from": list(row.consolidated.defer("tree")),
    }
    return render(request, "texts/version.html", context)


def _counts(rows: list[dict[str, str]]) -> dict[str, int]:
    return {name: sum(row["status"] == name for row in rows) for name in ("applied", "later", "unsettled")}


def versions(request: Visit, work_id: int) -> HttpResponse:
    """Every version of a work, and what changed between them."""
    row = the_work(request, work_id)
    rows = queries.versions_of(row.pk)
    first = queries.current(rows)
    if first is None:
        raise Http404
    changed = queries.changed_provisions(rows)
    found = Provision.objects.in_bulk(list(changed))
    whole = the_version(request, first.pk)
    context = {
        **frame(request, whole, "versions"),
        "rows": list(zip([None, *rows[:-1]], rows, strict=True)),
        "changed": [(found[key], id_name(found[key].eid), count) for key, count in changed.items()],
        "applications": [(v, [(a, _counts(a.rows)) for a in queries.applications(v)]) for v in rows if v.base_id],
    }
    return render(request, "texts/versions.html", context)


# -- taking away ------------------------------------------------------------------------------------------------------


def original(request: Visit, version_id: int) -> FileResponse:
    """The file as it was brought."""
    row = the_version(request, version_id)
    if not row.file:
        raise Http404
    answer = FileResponse(store().open(row.file), content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.file_name)}"
    return answer


def _introduction(row: Version, text: Text) -> tuple[tuple[str, ...], Text]:
    """The lines that a consolidation put under the title, and the text without them."""
    if row.base is None:
        return (), text
    own = len(text.lead) - len(shown.text_of(row.base).lead)
    return tuple(text.lead[:own]), replace(text, lead=text.lead[own:])


def _paper(row: Version, make: Callable[..., bytes]) -> bytes:
    text = shown.text_of(row)
    if row.kind == VersionKind.CONSOLIDATED:
        introduction, rest = _introduction(row, text)
        return make(rest, "consolidated", certification=writing.Certification(introduction=introduction))
    return make(text, "law")


def _akn(row: Version) -> bytes:
    text = shown.text_of(row)
    changes = modifications(text, instructions(text))
    return to_akn(text, references=shown.links_of(text), changes=changes, on=row.as_of, made=row.made_at.date())


def _json(row: Version) -> bytes:
    import json

    from dienhong.texts.commands.reading import text_as_json

    facts = {
        "uri": row.work.uri,
        "version": row.label,
        "kind_of_version": row.kind,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "digest": row.digest,
        "sealed": row.sealed,
    }
    return json.dumps({**facts, **text_as_json(shown.text_of(row))}, ensure_ascii=False, indent=1).encode()


def _html(row: Version) -> bytes:
    return writing.to_html(shown.text_of(row)).encode()


FORMS: dict[str, tuple[str, Callable[[Version], bytes]]] = {
    "akn": ("application/akn+xml", _akn),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda row: _paper(row, writing.to_docx),
    ),
    "pdf": ("application/pdf", lambda row: _paper(row, writing.to_pdf)),
    "html": ("text/html; charset=utf-8", _html),
    "txt": ("text/plain; charset=utf-8", lambda row: writing.to_txt(shown.text_of(row)).encode()),
    "json": ("application/json", _json),
}


def download(request: Visit, version_id: int, form: str) -> HttpResponse:
    """A version as Akoma Ntoso, Word, PDF, a page, plain text or JSON."""
    row = the_version(request, version_id)
    if form not in FORMS:
        raise Http404
    media, make = FORMS[form]
    try:
        made = make(row)
    except (ValueError, RecursionError, writing.NoFont) as error:
        raise CannotWrite(_t("This text cannot be written as %(form)s.") % {"form": form.upper()}) from error
    return attached(made, media, f"{row.work.number or row.work.title[:60]} {row.label}", form)


def attached(made: bytes, media: str, name: str, form: str) -> HttpResponse:
    """A file to be kept, under a name that every system takes."""
    extension = "xml" if form == "akn" else form
    plain = "-".join("".join(c if c.isalnum() else " " for c in name).split())
    answer = HttpResponse(made, content_type=media)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(plain)}.{extension}"
    return answer
