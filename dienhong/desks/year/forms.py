"""Forms of the desk of the year: a decision about a claim, and a claim with its typed parameters."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.desks import formats
from dienhong.records.claims.spec import FAMILIES, KINDS
from dienhong.records.claims.yardsticks import YARDSTICKS
from dienhong.records.figures import figures
from dienhong.records.models import Choice
from dienhong.records.rules import Scope

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


class WriteForm(forms.Form):
    """A sentence, and the parameters by which the machine checks it."""

    text = forms.CharField(
        label=_("The sentence"), min_length=5, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(
        label=_("What it claims"),
        required=False,
        help_text=_("Without it the sentence is kept as a free text and stays unchecked."),
    )
    figure = forms.ChoiceField(label=_("Figure"), required=False)
    against = forms.CharField(
        label=_("Compared with"),
        required=False,
        max_length=60,
        help_text=_("A family, “since:2017”, another time (2022, XV-5), or a yardstick."),
    )
    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    without = forms.ChoiceField(label=_("Not counting"), required=False)
    stated_by = forms.CharField(label=_("Stated by"), required=False, max_length=120)
    source = forms.CharField(label=_("Source"), required=False, max_length=500)

    def __init__(self, *args: Any, scope: Scope, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        known = [(figure.key, str(figure.label)) for figure in figures(scope, day)]
        kinds = [(key, str(words)) for key, words in KINDS.items() if key != "together"]
        for name, choices, none in (
            ("kind", kinds, _t("a free text, not checked")),
            ("figure", known, "–"),
            ("without", known, "–"),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", none), *choices]
        names = [f"{key}: {words}" for key, words in FAMILIES.items()]
        names += [f"{key}: {one.name}" for key, one in YARDSTICKS.items()]
        self.fields["against"].help_text = _t(
            "Another time (2022, XV-5), the first of a row (since:2017), or one of these: %(names)s"
        ) % {"names": "; ".join(names)}

    def clean_number(self) -> str:
        """The number as the machine writes it."""
        text = str(self.cleaned_data["number"]).strip()
        if not text:
            return ""
        try:
            return f"{Decimal(_plain(text)):f}"
        except InvalidOperation as error:
            raise forms.ValidationError(_t("Write a number.")) from error

    def clean(self) -> dict[str, Any]:
        """A checked claim names its figure."""
        data = super().clean() or {}
        if data.get("kind") and not data.get("figure") and "figure" not in self.errors:
            self.add_error("figure", _t("Choose the figure that the sentence is about."))
        return data

    def spec(self) -> dict[str, Any] | None:
        """The parameters of the claim, None for a free text."""
        data = self.cleaned_data
        if not data["kind"]:
            return None
        return {
            "kind": data["kind"],
            "figure": data["figure"],
            "scope": self.scope.label,
            "against": data["against"].strip(),
            "number": data["number"],
            "without": data["without"],
            "stated_by": data["stated_by"] if data["kind"] == "stated" else "",
        }
