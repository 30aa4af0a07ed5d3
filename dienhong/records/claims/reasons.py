"""Why a claim is worth saying (lý do đề xuất): a few words beside each proposal."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.records.claims.checking import Claim
from dienhong.records.claims.rules import Verdict

REASONS: dict[str, Promise] = {
    "together": _("The sentence that a report may begin with: the number, its parts and what they mean"),
    "made_of": _("The number with its parts"),
    "count": _("What this time comes to"),
    "first": _("It never happened before among all compared"),
    "more_than_all": _("More than all the others together"),
    "times": _("Several times the earlier number"),
    "up": _("A clear rise"),
    "down": _("A clear fall"),
    "as_many_as": _("It equals a number that follows from the law"),
    "every": _("Kept without exception, as the law asks"),
    "each_row": _("It holds for every single vote"),
}
STATED: dict[Verdict, Promise] = {
    Verdict.PROVED: _("A published number that the rows of the record bear out"),
    Verdict.CONTRADICTED: _("A published number that the record contradicts: a person decides what is written"),
    Verdict.OPEN: _("A published number for which the record lacks rows"),
}


def why(claim: Claim) -> str:
    """Why this claim is worth saying, or worth asking for."""
    kind = claim.spec.kind
    if kind == "stated":
        return str(STATED[claim.verdict])
    if kind in {"most", "least", "none_more"}:
        words = {"count": len(claim.compared) + 1}
        if claim.verdict == Verdict.OPEN:
            return (
                _t("It stands out among what is known of the %(count)s compared; the record has to be completed")
                % words
            )
        return _t("It stands out among %(count)s compared") % words
    return str(REASONS.get(kind, ""))
