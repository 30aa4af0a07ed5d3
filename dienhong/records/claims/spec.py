"""What a claim says, as typed parameters: the one form for what the machine derives and what people enter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.refusal import Refusal

#: What a claim of each kind says.
KINDS: dict[str, Promise] = {
    "count": _("The figure is this number"),
    "made_of": _("The figure is this number and made of these parts"),
    "most": _("The greatest of all compared"),
    "least": _("The least of all compared"),
    "none_more": _("None compared has more"),
    "first": _("The first time"),
    "every": _("At least this number in each compared"),
    "each_row": _("Each row is at least this number"),
    "equal": _("Equal to that of another time"),
    "times": _("So many times that of another time"),
    "up": _("Up by this percent against another time"),
    "down": _("Down by this percent against another time"),
    "target": _("Reaches this target"),
    "more_than_all": _("More than all compared together"),
    "as_many_as": _("As many as a yardstick of the rulebook"),
    "stated": _("A published number"),
    "together": _("Several claims in one sentence"),
}
COMPARES = {"most", "least", "none_more", "first", "every", "more_than_all"}
AGAINST_ONE = {"equal", "times", "up", "down"}
WANTS_NUMBER = {"count", "made_of", "every", "each_row", "times", "up", "down", "target", "stated"}
FAMILIES: dict[str, Promise] = {
    "term_years": _("the years of the term so far"),
    "term_sessions": _("the sessions of the term so far"),
    "term_regular": _("the regular sessions of the term so far"),
}
#: The parts that a figure is made of.
PARTS = {
    "sessions": ("sessions.regular", "sessions.extraordinary"),
    "standing_committee.meetings": (
        "standing_committee.meetings.regular",
        "standing_committee.meetings.thematic",
        "standing_committee.meetings.between",
        "standing_committee.meetings.other",
    ),
    **{
        line: (f"{line}.done", f"{line}.reported", f"{line}.under_way")
        for line in ("tasks", "party_tasks", "union_tasks")
    },
}


class NotAClaim(Refusal):
    """These parameters say nothing that can be checked; the message says what is lacking."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A claim as parameters: kind, figure, scope by its code, and what the kind needs.

    `against` is a family ("term_years"), "since:" and the code of the first scope compared, the code of one other
    scope, or the name of a yardstick. `without` is a figure left out of the count. `stated_by` says whose number it is.
    """

    kind: str
    figure: str
    scope: str
    against: str = ""
    number: Decimal | None = None
    without: str = ""
    stated_by: str = ""
    parts: tuple[Spec, ...] = field(default=())

    @property
    def code(self) -> str:
        """The stable name of the claim: the same parameters give the same code in every office and language."""
        if self.kind == "together":
            return "together|" + "+".join(f"{p.kind}:{p.figure}" for p in self.parts) + f"|{self.scope}"
        number = "" if self.number is None else f"{self.number.normalize():f}"
        parts = (self.kind, self.figure, self.scope, self.against, number, self.without, self.stated_by)
        return "|".join(parts).rstrip("|")

    @property
    def figures(self) -> tuple[str, ...]:
        """The keys of the figures it speaks of."""
        return tuple(k for spec in (self, *self.parts) for k in (spec.figure, spec.without) if k)

    def as_json(self) -> dict[str, Any]:
        """The parameters as they are kept."""
        out = {
            "kind": self.kind,
            "figure": self.figure,
            "scope": self.scope,
            "against": self.against,
            "number": None if self.number is None else f"{self.number:f}",
            "without": self.without,
            "stated_by": self.stated_by,
        }
        kept: dict[str, Any] = {key: value for key, value in out.items() if value}
        if self.parts:
            kept["parts"] = [part.as_json() for part in self.parts]
        return kept


def spec_of(kept: Mapping[str, Any]) -> Spec:
    """The claim of kept parameters. Raises NotAClaim."""
    try:
        number = Decimal(str(kept["number"])) if kept.get("number") not in (None, "") else None
    except InvalidOperation as error:
        raise NotAClaim(_t("Write a number."), field="number") from error
    words = {key: str(kept.get(key) or "") for key in ("kind", "figure", "scope", "against", "without", "stated_by")}
    parts = tuple(spec_of(part) for part in kept.get("parts", ()))
    spec = Spec(
        words["kind"],
        words["figure"],
        words["scope"],
        words["against"],
        number,
        words["without"],
        words["stated_by"],
        parts,
    )
    return checked(spec)


def checked(spec: Spec) -> Spec:
    """The claim itself when it says all that its kind needs. Raises NotAClaim."""
    if spec.kind not in KINDS:
        raise NotAClaim(_t("No kind of claim is called “%(kind)s”.") % {"kind": spec.kind}, field="kind")
    if spec.kind == "together":
        if len(spec.parts) < 2 or any(part.kind == "together" for part in spec.parts):
            raise NotAClaim(_t("A joined claim has at least two plain ones."), field="kind")
        return spec
    if spec.kind in WANTS_NUMBER and spec.number is None:
        raise NotAClaim(_t("This kind of claim needs a number."), field="number")
    if spec.number is not None and not spec.number.is_finite():
        raise NotAClaim(_t("Write a number."), field="number")
    if spec.kind == "made_of" and spec.figure not in PARTS:
        raise NotAClaim(_t("This figure is not made of parts."), field="figure")
    if spec.kind in COMPARES and not (spec.against in FAMILIES or re.match(r"since:.", spec.against)):
        raise NotAClaim(_t("Say with what it is compared."), field="against")
    if spec.kind in AGAINST_ONE | {"as_many_as"} and not spec.against:
        raise NotAClaim(_t("Say with what it is compared."), field="against")
    return spec
