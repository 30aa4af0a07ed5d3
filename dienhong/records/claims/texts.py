"""Claims that people wrote (nhận định do người viết): checked on every reading, or said to be unchecked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dienhong.foundation.refusal import Refusal
from dienhong.records.claims.checking import Claim, check
from dienhong.records.claims.rules import Verdict
from dienhong.records.claims.spec import spec_of
from dienhong.records.figures import PUBLIC, in_sight
from dienhong.records.models import ClaimText
from dienhong.records.rules import Scope


@dataclass(frozen=True, slots=True)
class Written:
    """A written claim with its check. `claim` is None for a free text, and where the check cannot be made: `why`."""

    text: ClaimText
    claim: Claim | None
    why: str = ""

    @property
    def verdict(self) -> Verdict:
        return self.claim.verdict if self.claim else Verdict.UNCHECKED


def checked_text(text: ClaimText, today: dt.date, at: str = "", sight: frozenset[str] = PUBLIC) -> Written:
    """A written claim held against the record of now."""
    if not text.spec:
        return Written(text, None)
    try:
        return Written(text, check(spec_of(text.spec), today, at, sight))
    except Refusal as refusal:  # a term renamed, a figure gone: said, never guessed
        return Written(text, None, str(refusal))


def written(scope: Scope, today: dt.date, at: str = "", sight: frozenset[str] = PUBLIC) -> list[Written]:
    """The claims that people wrote about a scope and that are in sight, oldest first; those withdrawn left out."""
    rows = ClaimText.objects.filter(scope=scope.label, withdrawn_at__isnull=True).order_by("id")
    return [checked_text(row, today, at, sight) for row in rows if all(in_sight(key, sight) for key in keys_of(row))]


def keys_of(text: ClaimText) -> list[str]:
    """The figures that a written claim speaks of."""
    parts = [text.spec, *text.spec.get("parts", ())]
    return [key for part in parts for key in (part.get("figure", ""), part.get("without", "")) if key]
