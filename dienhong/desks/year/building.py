"""Building a claim on the desk of the year: the sentence and its verdict are there before anything is written down."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dienhong.desks.door import Visit
from dienhong.desks.forms import tried
from dienhong.desks.year.claims import READ_AND_WRITE, Told, mark_of, told
from dienhong.desks.year.forms import ClaimForm, TextForm, kind_choices, times_to_choose, wants
from dienhong.desks.year.scoping import asked, desk_for, in_address, page_of, title_of
from dienhong.foundation.access.actor import require
from dienhong.foundation.refusal import Refusal
from dienhong.records import actions
from dienhong.records.claims.checking import Claim, Desk
from dienhong.records.claims.giving import sentences
from dienhong.records.claims.spec import spec_of
from dienhong.records.rules import Scope

FIELDS = ("figure", "kind", "against", "number", "without")


def checked(form: ClaimForm, desk: Desk) -> Claim | None:
    """The claim that the form says, held against the record; what is wrong goes to its field."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return desk.check(spec_of(form.spec()))
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


@READ_AND_WRITE
def write(request: Visit, code: str) -> HttpResponse:
    """Build a claim and see what the record says of it; write it down, or a free text, which is not checked.

    The address holds what was chosen, so that a claim can be handed on before anybody writes it down.
    """
    require(request.actor, actions.WRITE_CLAIM, at=request.at)
    scope = asked(request, code)
    wanted = request.GET.get("time", "").replace("~", "/")
    if wanted and wanted != scope.label:
        return redirect(f"{_address(asked(request, wanted))}?{_query(request)}")
    desk = desk_for(request)
    chosen = request.POST if request.method == "POST" else request.GET
    free = request.method == "POST" and not any(chosen.get(name) for name in FIELDS)
    builder = ClaimForm(chosen if any(name in chosen for name in FIELDS) and not free else None, scope=scope, desk=desk)
    claim = checked(builder, desk)
    words = sentences(claim, desk) if claim else {}
    text = TextForm(request.POST or None, initial={"text": words.get("vi", "")})
    if (
        request.method == "POST"
        and (free or claim)
        and tried(text, lambda data: _write(request, scope, claim, data, words))
    ):
        return redirect(reverse("year:claims", args=[in_address(scope)]))
    return _page(request, scope, desk, builder, text, claim, free=free)


def _address(scope: Scope) -> str:
    return reverse("year:write", args=[in_address(scope)])


def _query(request: Visit) -> str:
    """What was chosen, without the time: that stands in the path."""
    asked_for = request.GET.copy()
    asked_for.pop("time", None)
    return asked_for.urlencode()


def _write(request: Visit, scope: Scope, claim: Claim | None, data: dict[str, Any], words: dict[str, str]) -> None:
    spec = claim.spec.as_json() if claim else None
    if spec and claim and claim.spec.kind == "stated":
        spec["stated_by"] = data["stated_by"]
    own = data["text"] != words.get("vi")
    actions.write_claim(
        actor=request.actor,
        scope=scope.label,
        spec=spec,
        text_english="" if own else words["en"],
        at=request.at,
        **data,
    )


def _page(
    request: Visit, scope: Scope, desk: Desk, builder: ClaimForm, text: TextForm, claim: Claim | None, *, free: bool
) -> HttpResponse:
    one: Told | None = told(claim, desk, scope) if claim else None
    kinds = [key for _name, rows in kind_choices() for key, _label in rows]
    return render(
        request,
        "year/write.html",
        {
            "scope": scope,
            "code": in_address(scope),
            "title": title_of(scope),
            "back": page_of(scope),
            "times": times_to_choose(desk, scope),
            "builder": builder,
            "text": text,
            "free": free,
            "claim": claim,
            "one": one,
            "kept": [(name, claim and builder.cleaned_data[name]) for name in FIELDS] if claim else [],
            "mark": mark_of(claim) if claim else "",
            "wants": {key: wants(key) for key in kinds},
        },
        status=422 if request.method == "POST" else 200,
    )
