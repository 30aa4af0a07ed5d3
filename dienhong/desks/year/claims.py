"""Claims on the desk of the year: what can be said, the proof of one, a decision about one that does not hold."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from dienhong.desks.door import Visit
from dienhong.desks.forms import tried
from dienhong.desks.year.forms import SettleForm
from dienhong.desks.year.scoping import asked, desk_for, in_address, link_of, page_of, rows_of, title_of
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.journal.queries import last_number
from dienhong.records import actions, queries
from dienhong.records.claims.checking import Claim, Desk, Reading
from dienhong.records.claims.giving import sentences, settlement
from dienhong.records.claims.proposing import Proposal, propose
from dienhong.records.claims.rules import Verdict
from dienhong.records.claims.telling import by_record, proof, sentence, shown, verdict_name
from dienhong.records.claims.texts import Written, written
from dienhong.records.definitions import GROUPS
from dienhong.records.models import ClaimText, Settlement
from dienhong.records.rules import Scope
from dienhong.records.scopes import short_name

READ_AND_WRITE = require_http_methods(["GET", "POST"])
#: How a verdict looks: the value of `data-v`.
LOOKS = {
    Verdict.PROVED: "yes",
    Verdict.CONTRADICTED: "no",
    Verdict.OPEN: "open",
    Verdict.UNCHECKED: "open",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as a page tells it."""

    claim: Claim
    look: str
    verdict: str
    sentence: str
    value: str
    rows_url: str
    proof: str
    url: str
    decided: Settlement | None
    why: str = ""
    keep: str = ""  # the address that puts it on the list of those written here; "" when it stands there


def mark_of(claim: Claim) -> str:
    """The claim's name in addresses: the start of a digest over its code."""
    return hashlib.sha256(claim.spec.code.encode()).hexdigest()[:16]


def told(claim: Claim, desk: Desk, scope: Scope, why: str = "") -> Told:
    """A claim with its sentence, its sum and its addresses; the first number of the sum opens the rows."""
    value, line = shown(claim.subject), proof(claim, desk.rows)
    return Told(
        claim,
        LOOKS[claim.verdict],
        verdict_name(claim.verdict),
        sentence(claim, desk.rows),
        value if line.startswith(value) else "",
        rows_of(claim.subject.scope, claim.subject.figure.key),
        line.removeprefix(value) if line.startswith(value) else line,
        reverse("year:claim", args=[in_address(scope), mark_of(claim)]),
        settlement(claim.spec.code) if claim.verdict != Verdict.PROVED else None,
        why,
        reverse("year:keep", args=[in_address(scope), mark_of(claim)]),
    )


def _topics(found: list[Proposal]) -> list[tuple[str, str, int]]:
    """The groups of figures that these proposals speak of, with how many."""
    counts = Counter(one.topic for one in found)
    return [(key, str(name), counts[key]) for key, name in GROUPS.items() if counts[key]]


def _texts(scope: Scope, desk: Desk) -> list[tuple[Written, Told | None]]:
    return [
        (one, told(one.claim, desk, scope) if one.claim else None)
        for one in written(scope, desk.today, desk.hash, desk.sight)
    ]


def of_scope(request: Visit, code: str) -> HttpResponse:
    """Everything that can be said of a scope, and what people wrote about it."""
    require(request.actor, queries.SEE, at=request.at)
    scope = asked(request, code)
    desk = desk_for(request)
    wanted, topic = request.GET.get("verdict", ""), request.GET.get("topic", "")
    proposed = propose(scope, desk.today, desk.hash, desk.sight)
    of_topic = [one for one in proposed if topic in ("", one.topic)]
    found = [told(p.claim, desk, scope, p.why) for p in of_topic if wanted in ("", str(p.claim.verdict))]
    counts = Counter(one.claim.verdict for one in of_topic)
    texts = _texts(scope, desk)
    there = {one.claim.spec.code for one, _told in texts if one.claim}
    return render(
        request,
        "year/claims.html",
        {
            "scope": scope,
            "code": in_address(scope),
            "title": title_of(scope),
            "back": page_of(scope),
            "claims": [replace(one, keep="") if one.claim.spec.code in there else one for one in found],
            "texts": texts,
            "wanted": wanted,
            "topic": topic,
            "topics": _topics(proposed),
            "counts": [(str(v), verdict_name(v), counts[v]) for v in LOOKS if counts[v]],
            "all": len(of_topic),
            "proposed": len(proposed),
            "may_write": may(request.actor, actions.WRITE_CLAIM, on=request.day).allowed,
            "entry": last_number(),
        },
    )


def found_claim(request: Visit, scope: Scope, mark: str, desk: Desk) -> Claim:
    """The claim of an address, among those proposed and those written. Raises Http404."""
    for proposal in propose(scope, desk.today, desk.hash, desk.sight):
        if mark_of(proposal.claim) == mark:
            return proposal.claim
    for one in written(scope, desk.today, desk.hash, desk.sight):
        if one.claim and mark_of(one.claim) == mark:
            return one.claim
    raise Http404


def _reading(one: Reading, desk: Desk) -> dict[str, Any]:
    return {
        "name": short_name(one.scope, desk.rows),
        "label": one.figure.label,
        "value": shown(one),
        "url": rows_of(one.scope, one.figure.key),
        "rows": len(one.figure.rows),
        "whole": one.known.value is not None,
        "missing": one.figure.missing[:2] if one.known.value is None else (),
    }


def one(request: Visit, code: str, mark: str) -> HttpResponse:
    """One claim with its whole proof: the numbers compared, the rows, what is missing, what was decided of it."""
    require(request.actor, queries.SEE, at=request.at)
    scope = asked(request, code)
    desk = desk_for(request)
    claim = found_claim(request, scope, mark, desk)
    readings = [claim.subject, *claim.parts, *claim.compared]
    readings += [reading for part in claim.joined for reading in (*part.parts, *part.compared)]
    rows = claim.fails or claim.subject.figure.rows
    return render(
        request,
        "year/claim.html",
        {
            "scope": scope,
            "code": in_address(scope),
            "mark": mark,
            "title": title_of(scope),
            "back": page_of(scope),
            "one": told(claim, desk, scope),
            "readings": [_reading(r, desk) for r in dict.fromkeys(readings)],
            "rows": [(row, link_of(row)) for row in rows],
            "figure": claim.subject.figure,
            "decisions": list(Settlement.objects.filter(claim=claim.spec.code).order_by("-id")),
            "may_settle": claim.verdict != Verdict.PROVED
            and may(request.actor, actions.SETTLE, on=request.day).allowed,
            "entry": last_number(),
        },
    )


@READ_AND_WRITE
def settle(request: Visit, code: str, mark: str) -> HttpResponse:
    """Decide what is written of a claim that the record does not prove."""
    require(request.actor, actions.SETTLE, at=request.at)
    scope = asked(request, code)
    desk = desk_for(request)
    claim = found_claim(request, scope, mark, desk)
    form = SettleForm(request.POST or None, initial={"wording": by_record(claim, desk)})
    back = reverse("year:claim", args=[in_address(scope), mark])

    if request.method == "POST" and tried(form, lambda data: _settled(request, claim, data)):
        return redirect(back)
    words = {"title": _t("What is written of this claim"), "act": _t("Record the decision"), "back": back}
    context = {"form": form, "action": request.path, "one": told(claim, desk, scope), **words}
    return render(request, "year/settle.html", context, status=422 if form.is_bound else 200)


def _settled(request: Visit, claim: Claim, data: dict[str, Any]) -> None:
    actions.settle_claim(actor=request.actor, spec=claim.spec.as_json(), at=request.at, **data)


@require_http_methods(["POST"])
def withdraw(request: Visit, code: str, text_id: int) -> HttpResponse:
    """Take back a claim that somebody wrote."""
    require(request.actor, actions.WRITE_CLAIM, at=request.at)
    scope = asked(request, code)
    desk = desk_for(request)
    if text_id not in {one.text.pk for one in written(scope, desk.today, desk.hash, desk.sight)}:
        raise Http404
    actions.withdraw_claim(actor=request.actor, text_id=text_id, at=request.at)
    return redirect("year:claims", in_address(scope))


@require_http_methods(["POST"])
def keep(request: Visit, code: str, mark: str) -> HttpResponse:
    """Put a proposed claim on the list of those written here, in the machine's own words."""
    require(request.actor, actions.WRITE_CLAIM, at=request.at)
    scope = asked(request, code)
    desk = desk_for(request)
    claim = found_claim(request, scope, mark, desk)
    words = sentences(claim, desk)
    if not ClaimText.objects.filter(scope=claim.spec.scope, text=words["vi"], withdrawn_at__isnull=True).exists():
        actions.write_claim(
            actor=request.actor,
            scope=claim.spec.scope,
            text=words["vi"],
            text_english=words["en"],
            spec=claim.spec.as_json(),
            stated_by=claim.spec.stated_by,
            at=request.at,
        )
    return redirect(reverse("year:claims", args=[in_address(desk.scope(claim.spec.scope))]))
