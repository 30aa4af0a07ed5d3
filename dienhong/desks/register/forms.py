"""Forms of the register."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dienhong.desks.forms import DayField
from dienhong.foundation import rulebook
from dienhong.people.models import Body, BodyKind, Person, PostKind, Status, Term
from dienhong.people.queries import bodies_on

DAY = _("Day, month, year: 24/11/2023")


def body_choices(day: dt.date, *, kinds: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The bodies of a day for a list of choices, set in by their depth."""
    return [(str(b.id), "\u2003" * b.depth + b.name) for b in bodies_on(day, kinds=kinds)]


class BodyField(forms.TypedChoiceField):
    """A body in being on a day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=lambda key: Body.objects.get(pk=int(key)), empty_value=None, **kwargs)


class OfDay(forms.Form):
    """A form whose choices of bodies are those of a day."""

    bodies: dict[str, tuple[str, ...]] = {}

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kinds in self.bodies.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ""), *body_choices(day, kinds=kinds)]


class NewBody(OfDay):
    """A body to be founded."""

    bodies = {"parent": ()}
    name = forms.CharField(label=_("Name"), max_length=300, min_length=2)
    code = forms.SlugField(label=_("Code"), max_length=80, help_text=_("Letters without marks, digits, hyphens."))
    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    parent = BodyField(label=_("Stands under"), required=False)
    since = DayField(label=_("First day"), help_text=DAY)
    short = forms.CharField(label=_("Short name"), max_length=120, required=False)
    english = forms.CharField(label=_("English name"), max_length=300, required=False)
    source = forms.CharField(
        label=_("Basis"), max_length=300, required=False, help_text=_("The decision that founds it.")
    )


class Rename(forms.Form):
    """A new name from a day on."""

    name = forms.CharField(label=_("New name"), max_length=300, min_length=2)
    short = forms.CharField(label=_("Short name"), max_length=120, required=False)
    english = forms.CharField(label=_("English name"), max_length=300, required=False)
    since = DayField(label=_("From"), help_text=DAY)


class Place(OfDay):
    """Another place from a day on."""

    bodies = {"parent": ()}
    parent = BodyField(label=_("Stands under"))
    since = DayField(label=_("From"), help_text=DAY)


class End(forms.Form):
    """The end of a body."""

    until = DayField(label=_("Last day"), help_text=DAY)
    basis = forms.CharField(label=_("Basis"), max_length=300, min_length=5)


class TakeOver(OfDay):
    """Who takes over."""

    bodies = {"after": ()}
    after = BodyField(label=_("Successor"))
    day = DayField(label=_("First day of the successor's work"), help_text=DAY)
    source = forms.CharField(label=_("Basis"), max_length=300, required=False)


class NewPost(forms.Form):
    """A post in a body."""

    title = forms.CharField(label=_("Title"), max_length=200, min_length=2)
    code = forms.SlugField(label=_("Code"), max_length=100, help_text=_("Letters without marks, digits, hyphens."))
    kind = forms.ChoiceField(label=_("Kind"), choices=PostKind.choices)
    seats = forms.IntegerField(label=_("How many may hold it at once"), required=False, min_value=1, max_value=2000)
    duties = forms.MultipleChoiceField(
        label=_("Duties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They decide what its holder may do in the office."),
    )

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["duties"]
        assert isinstance(field, forms.MultipleChoiceField)
        lines = [line for line in rulebook.book().lines if line.id.startswith("duties.") and line.holds_on(day)]
        field.choices = [(line.id.removeprefix("duties."), line.words) for line in lines]


class GivePost(forms.Form):
    """Who takes a post."""

    person = forms.CharField(
        label=_("Person"), help_text=_("The person's code, or the full name if it is the only one.")
    )
    since = DayField(label=_("From"), help_text=DAY)
    until = DayField(label=_("Until"), help_text=DAY, required=False)
    basis = forms.CharField(label=_("Basis"), max_length=300, required=False, help_text=_("The decision."))

    def clean_person(self) -> Person:
        return person_named(self.cleaned_data["person"])


def person_named(words: str) -> Person:
    """The person of this code or, where it is unique, of this name. Raises ValidationError."""
    from dienhong.foundation.folding import fold

    person = Person.objects.filter(code=words.strip()).first()
    if person:
        return person
    same = list(Person.objects.filter(folded=fold(words))[:2])
    if len(same) == 1:
        return same[0]
    if same:
        raise forms.ValidationError(_("Several persons bear this name: write the code."))
    raise forms.ValidationError(_("Nobody in the register has this code or name."))


class LeavePost(forms.Form):
    """The last day in a post."""

    until = DayField(label=_("Last day"), help_text=DAY)
    basis = forms.CharField(label=_("Basis"), max_length=300, required=False)


class PersonForm(forms.Form):
    """What the register says of a person."""

    full_name = forms.CharField(label=_("Full name"), max_length=200, min_length=2)
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("not said")), ("f", _("female")), ("m", _("male"))]
    )
    born = DayField(label=_("Date of birth"), required=False, help_text=DAY)
    ethnicity = forms.CharField(label=_("Ethnicity"), max_length=60, required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class NewPerson(PersonForm):
    """A person to be entered."""

    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("The office's own, used in imports: VP-014."))
    field_order = ["full_name", "code"]


class NewMandate(OfDay):
    """A mandate to be confirmed."""

    bodies = {"delegation": (BodyKind.DELEGATION,)}
    term = forms.ModelChoiceField(Term.objects.order_by("-number"), label=_("Term"))
    delegation = BodyField(label=_("Delegation"))
    since = DayField(label=_("Confirmed on"), help_text=DAY)
    full_time = forms.BooleanField(label=_("Full-time deputy"), required=False)


class StandingForm(forms.Form):
    """A change in the standing of a deputy."""

    status = forms.ChoiceField(label=_("Standing"), choices=[c for c in Status.choices if c[0] != Status.MOVED])
    since = DayField(label=_("From"), help_text=_("Where the mandate ends, the first day without it."))
    basis = forms.CharField(label=_("Basis"), max_length=300, min_length=3)


class Move(OfDay):
    """Another delegation from a day on."""

    bodies = {"delegation": (BodyKind.DELEGATION,)}
    delegation = BodyField(label=_("Delegation"))
    since = DayField(label=_("From"), help_text=DAY)
    basis = forms.CharField(label=_("Basis"), max_length=300, required=False)


class NewTerm(forms.Form):
    """A term to be opened."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=200)
    label = forms.CharField(label=_("Written as"), max_length=20, help_text=_("In Roman numerals: XVI"))
    since = DayField(label=_("First day"), help_text=_("The day session 1 opens; the term before ends the day before."))


class Upload(forms.Form):
    """A table of persons."""

    file = forms.FileField(label=_("Table"), help_text=_("CSV or XLSX; the first row names the columns."))
