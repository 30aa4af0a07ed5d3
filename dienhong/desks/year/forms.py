"""Forms of the desk of the year: a decision about a claim, and a claim said by choosing."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.desks import formats
from dienhong.records.claims.checking import Desk
from dienhong.records.claims.proposing import line_before
from dienhong.records.claims.spec import AGAINST_ONE, COMPARES, FAMILIES, KINDS, WANTS_NUMBER
from dienhong.records.claims.telling import begun
from dienhong.records.claims.yardsticks import YARDSTICKS
from dienhong.records.definitions import GROUPS
from dienhong.records.figures import figures
from dienhong.records.models import Choice
from dienhong.records.queries import session_code, session_name, terms_with_sessions, years_of_record
from dienhong.records.rules import Figure, Scope, calendar_scope
from dienhong.records.scopes import name_of, short_name, without_body

#: The families that a kind of time is compared in.
FAMILIES_OF = {"year": ("term_years",), "session": ("term_sessions", "term_regular")}

_GROUPED = {True: re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?"), False: re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")}


def _plain(text: str) -> str:
    """A number as people write it, as the machine reads it: 1.234,5 in Vietnamese, 1,234.5 in English."""
    text = text.removesuffix("%").replace("\u2212", "-").strip()
    if _GROUPED[formats.vietnamese()].fullmatch(text):
        text = text.replace("." if formats.vietnamese() else ",", "")
    return text.replace(",", ".") if re.fullmatch(r"-?\d+([.,]\d+)?", text) else "?"


class SettleForm(forms.Form):
    """What a person decides of a claim."""

    choice = forms.ChoiceField(label=_("Decision"), choices=Choice.choices, widget=forms.RadioSelect)
    wording = forms.CharField(
        label=_("What goes into the report"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Not needed where the sentence is dropped."),
    )
    reason = forms.CharField(label=_("Reason"), min_length=5, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ClaimForm(forms.Form):
    """A claim said by choosing: of which figure, what, against what. No code is typed."""

    figure = forms.ChoiceField(
        label=_("Figure"), error_messages={"required": _("Choose the figure that the sentence is about.")}
    )
    kind = forms.ChoiceField(
        label=_("What it claims"), error_messages={"required": _("Choose what the sentence claims of it.")}
    )
    against = forms.ChoiceField(
        label=_("Compared with"),
        required=False,
        error_messages={
            "required": _("Say with what it is compared."),
            "invalid_choice": _("Choose from the list with what it is compared."),
        },
    )
    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": _("This kind of claim needs a number.")},
    )
    without = forms.ChoiceField(label=_("Not counting"), required=False)

    def __init__(self, *args: Any, scope: Scope, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        known = figure_choices(figures(scope, desk.today, desk.sight))
        kind = str((self.data or {}).get("kind", "") or self.initial.get("kind", ""))
        for name, choices in (
            ("figure", known),
            ("kind", kind_choices()),
            ("against", against_choices(scope, desk, kind)),
            ("without", known),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "–"), *choices]
        for name in ("against", "number"):
            self.fields[name].required = name in wants(kind)

    def clean_number(self) -> str:
        """The number as the machine writes it."""
        text = str(self.cleaned_data["number"]).strip()
        if not text:
            return ""
        try:
            return f"{Decimal(_plain(text)):f}"
        except InvalidOperation as error:
            raise forms.ValidationError(_t("Write a number.")) from error

    def spec(self) -> dict[str, Any]:
        """The parameters of the claim; what its kind does not ask for is left out."""
        data = self.cleaned_data
        wanted = {name: data[name] if name in wants(data["kind"]) else "" for name in ("against", "number", "without")}
        return {"kind": data["kind"], "figure": data["figure"], "scope": self.scope.label, **wanted}


class TextForm(forms.Form):
    """The sentence as it is written down, and whose it is."""

    text = forms.CharField(
        label=_("The sentence"), min_length=5, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    stated_by = forms.CharField(label=_("Stated by"), required=False, max_length=120)
    source = forms.CharField(label=_("Source"), required=False, max_length=500)


# -- what can be chosen -----------------------------------------------------------------------------------------------
Choices = list[tuple[str, Any]]


def wants(kind: str) -> tuple[str, ...]:
    """Which fields a claim of this kind asks for."""
    found = ["against"] if kind in COMPARES | AGAINST_ONE | {"as_many_as"} else []
    found += ["number"] if kind in WANTS_NUMBER else []
    return (*found, *(["without"] if kind in {"count", "stated"} else []))


def figure_choices(known: list[Figure]) -> Choices:
    """The figures by name, in their groups."""
    grouped: dict[str, Choices] = {}
    for one in known:
        grouped.setdefault(str(GROUPS.get(one.group, one.group)), []).append((one.key, str(one.label)))
    return list(grouped.items())


def kind_choices() -> Choices:
    """What can be claimed, by what it is held against."""
    groups = (
        (_t("the number itself"), [key for key in KINDS if not set(wants(key)) & {"against"} and key != "together"]),
        (_t("against the other times"), [key for key in KINDS if key in COMPARES]),
        (_t("against one other time"), [key for key in KINDS if key in AGAINST_ONE]),
        (_t("against the rulebook"), ["as_many_as"]),
    )
    return [(name, [(key, str(KINDS[key])) for key in keys]) for name, keys in groups]


def against_choices(scope: Scope, desk: Desk, kind: str) -> Choices:
    """With what the kind compares: the term, a row of times from one on, one other time, a number of the rulebook."""
    earlier = [(one.label, begun(short_name(one, desk.rows))) for one in line_before(scope, desk)]
    time = without_body(scope).kind
    families = [(key, str(words)) for key, words in FAMILIES.items() if key in FAMILIES_OF.get(time, ())]
    groups = (
        (_t("the term"), families, COMPARES),
        (
            _t("all since"),
            [(f"since:{code}", _t("since %(time)s") % {"time": name}) for code, name in earlier],
            COMPARES,
        ),
        (_t("one other time"), earlier, AGAINST_ONE),
        (_t("the rulebook"), [(key, str(one.name)) for key, one in YARDSTICKS.items()], {"as_many_as"}),
    )
    return [(name, rows) for name, rows, kinds in groups if rows and (kind in kinds or not wants(kind))]


def times_to_choose(desk: Desk, scope: Scope) -> Choices:
    """The times a claim may be about: the years, the parts of the year of the page, the terms and the sessions."""
    year = scope.since.year
    parts = [
        f"{year}-H1",
        f"{year}-H2",
        *(f"{year}-Q{n}" for n in range(1, 5)),
        *(f"{year}-{n:02}" for n in range(1, 13)),
    ]
    named = {code: calendar_scope(code) for code in parts}
    groups = [
        (_t("Years"), [(str(one), str(one)) for one in reversed(years_of_record())]),
        (
            _t("Parts of %(year)s") % {"year": year},
            [(code, begun(name_of(one, desk.rows))) for code, one in named.items() if one],
        ),
        (_t("Terms"), [(one.label, begun(_t("term %(term)s") % {"term": one.label})) for one in terms_with_sessions()]),
        (_t("Sessions"), [(session_code(one), session_name(one)) for one in reversed(desk.rows.sessions) if one.since]),
    ]
    here = {code for _name, rows in groups for code, _label in rows}
    own = [] if scope.label in here else [(_t("This time"), [(scope.label, begun(name_of(scope, desk.rows)))])]
    return own + groups
