"""Forms of the chamber."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dienhong.desks.forms import DayField
from dienhong.meetings.models import STANDING_COMMITTEE_KINDS, MeetingKind
from dienhong.people.models import Body, BodyKind
from dienhong.people.queries import names_of_bodies
from dienhong.polls.models import PollKind


class MeetingForm(forms.Form):
    """A new meeting."""

    body = forms.TypedChoiceField(label=_("Whose meeting"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    title = forms.CharField(label=_("What it is called"), max_length=300, min_length=3)
    since = DayField(label=_("Day"), help_text=_("Day, month, year: 24/11/2023"))
    starts = forms.TimeField(label=_("Begins at"), required=False, help_text=_("Hours and minutes: 08:00"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    closed_doors = forms.BooleanField(label=_("Closed meeting"), required=False)

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (BodyKind.ASSEMBLY, BodyKind.STANDING_COMMITTEE, BodyKind.COUNCIL, BodyKind.COMMITTEE)
        bodies = Body.objects.filter(kind__in=kinds).order_by("pk")
        names = names_of_bodies(bodies.values_list("pk", flat=True), day)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(names.items())


class CorrectionForm(forms.Form):
    """What was entered of a meeting, to be put right, with the reason."""

    title = forms.CharField(label=_("What it is called"), max_length=300, min_length=3)
    kind = forms.ChoiceField(label=_("Kind"))
    number = forms.CharField(label=_("Number"), max_length=30, required=False)
    since = DayField(label=_("First day"), required=False, help_text=_("Day, month, year: 24/11/2023"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty where it is the first day or not known."))
    year = forms.IntegerField(label=_("Counted in the year"), min_value=1946, max_value=2200)
    working_days = forms.DecimalField(
        label=_("Working days"), required=False, min_value=0, max_digits=5, decimal_places=1, localize=True
    )
    counts = forms.BooleanField(label=_("Counts in the total of its kind"), required=False)
    closed_doors = forms.BooleanField(label=_("Closed meeting"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    source = forms.CharField(label=_("Source"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(
        label=_("Reason"), min_length=5, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands in the journal beside what was there before."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_committee = kind in STANDING_COMMITTEE_KINDS
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [one for one in MeetingKind.choices if (one[0] in STANDING_COMMITTEE_KINDS) == of_committee]


class ItemForm(forms.Form):
    """An agenda item."""

    title = forms.CharField(label=_("What it is about"), min_length=3, widget=forms.Textarea(attrs={"rows": 2}))
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
    starts = forms.TimeField(label=_("Begins at"), required=False, help_text=_("Hours and minutes: 08:00"))
    minutes = forms.IntegerField(label=_("Minutes planned"), required=False, min_value=1, max_value=1440)


class VoteForm(forms.Form):
    """A question to be put to the vote."""

    kind = forms.ChoiceField(
        label=_("What is decided"), choices=PollKind.choices, help_text=_("The kind decides how many votes are needed.")
    )
    question = forms.CharField(
        label=_("The question"),
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As it is read out."),
    )
