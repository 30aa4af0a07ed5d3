"""Giving claims away: a checked claim as a command prints it and a page shows it, in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation

from dienhong.records.claims.checking import Claim, Desk, Reading
from dienhong.records.claims.telling import proof, sentence
from dienhong.records.models import Settlement
from dienhong.records.rules import plain_number
from dienhong.records.shelf import Shelf

LANGUAGES = ("vi", "en")


def sentences(claim: Claim, desk: Desk) -> dict[str, str]:
    """The sentence of the claim in both languages."""
    return _in_both(claim, desk, sentence)


def proofs(claim: Claim, desk: Desk) -> dict[str, str]:
    """The sum of the claim in both languages."""
    return _in_both(claim, desk, proof)


def _in_both(claim: Claim, desk: Desk, tell: Any) -> dict[str, str]:
    out = {}
    for language in LANGUAGES:
        with translation.override(language):
            out[language] = tell(desk.check(claim.spec), desk.rows)
    return out


def _reading(one: Reading) -> dict[str, Any]:
    known = one.known
    return {
        "scope": one.scope.label,
        "since": one.scope.since.isoformat(),
        "until": one.scope.until.isoformat(),
        "figure": one.figure.key,
        "value": plain_number(known.value),
        "at_least": plain_number(known.least),
        "whole": known.value is not None,
        "rows": len(one.figure.rows),
    }


def as_json(claim: Claim, desk: Desk, *, weight: float | None = None, rows: bool = True) -> dict[str, Any]:
    """A claim with value, rows and proof."""
    spec, one = claim.spec, claim.subject
    out: dict[str, Any] = {
        "code": spec.code,
        "kind": spec.kind,
        "verdict": str(claim.verdict),
        "sentence": sentences(claim, desk),
        "figure": one.figure.key,
        "scope": one.scope.label,
        "value": plain_number(one.figure.value),
        "against": plain_number(claim.against),
        "compared": [_reading(other) for other in claim.compared],
        "parts": [_reading(part) for part in claim.parts],
        "proof": proofs(claim, desk),
        "missing": list(claim.missing),
        "settled": settlement_json(settlement(spec.code)),
    }
    if claim.joined:
        out["joined"] = [as_json(part, desk, rows=False) for part in claim.joined]
    if weight is not None:
        out["weight"] = round(weight, 2)
    if rows:
        out["rows"] = [row.as_json() for row in (claim.fails or one.figure.rows)]
    return out


def settlement(code: str) -> Settlement | None:
    """What was last decided of the claim with this code."""
    return Settlement.objects.filter(claim=code).last()


def settlement_json(decided: Settlement | None) -> dict[str, Any] | None:
    """A decision as a command prints it."""
    if decided is None:
        return None
    return {
        "choice": decided.choice,
        "wording": decided.wording,
        "reason": decided.reason,
        "by": decided.by,
        "entry": decided.entry,
        "day": decided.at.date().isoformat(),
    }


def desk_of(today: dt.date, at: str = "") -> Desk:
    """A desk with the record as it is now."""
    return Desk(today, at)


__all__ = ["LANGUAGES", "Desk", "Shelf", "as_json", "desk_of", "proofs", "sentences", "settlement", "settlement_json"]
