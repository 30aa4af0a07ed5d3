"""Forms of the conference."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from dienhong.desks.forms import DayField
from dienhong.desks.report.forms import DAY, LARGEST_FILE, BodyField, OfDay
from dienhong.foundation.folding import fold
from dienhong.people.models import Body, Person
from dienhong.people.queries import bodies_on
from dienhong.reports.actions import Guest
from dienhong.reports.models import BlockVersion, Conference, Invitation, Opinion, Section
from dienhong.work.models import Programme

#: Kinds of body that are not invited as such: their deputies are.
LEFT_OUT = {"delegation", "discussion_group", "local_council"}
#: ending -> how such a file begins; office files are ZIP archives and are looked into
BEGINNINGS = {
    "pdf": b"%PDF-",
    "docx": b"PK",
    "xlsx": b"PK",
    "pptx": b"PK",
    "odt": b"PK",
    "jpg": b"\xff\xd8",
    "jpeg": b"\xff\xd8",
    "png": b"\x89PNG",
}
KINDS = "PDF, DOCX, XLSX, PPTX, ODT, JPEG, PNG"


class BodiesField(forms.TypedMultipleChoiceField):
    """Bodies in being on a day, to be ticked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            coerce=lambda key: Body.objects.get(pk=int(key)),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )


def person_of(words: str) -> Person:
    """The person with this code or, where it is the only one, this name. Raises ValidationError."""
    found = list(Person.objects.filter(code=words)) or list(Person.objects.filter(folded=fold(words))[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(_("Several persons are called %(name)s: write the code."), params={"name": words})
    raise ValidationError(_("Nobody in the register has the code or name %(name)s."), params={"name": words})


class PersonField(forms.CharField):
    """A person by code or name."""

    def clean(self, value: Any) -> Any:
        words = str(super().clean(value)).strip()
        return person_of(words) if words else None


class Hosted(OfDay):
    """Bodies to choose from on a day, ticked or chosen."""

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        for field in self.fields.values():
            if isinstance(field, BodiesField):
                field.choices = [(str(b.id), b.name) for b in bodies_on(day) if b.kind not in LEFT_OUT]


class NewConference(Hosted):
    """A conference to be called or changed."""

    title = forms.CharField(label=_("Name of the conference"), max_length=300)
    day = DayField(label=_("Day"), help_text=DAY)
    begins = forms.TimeField(label=_("Begins"), required=False, input_formats=["%H:%M", "%Hh%M"], help_text="8:00")
    place = forms.CharField(label=_("Place"), max_length=200)
    hosts = BodiesField(label=_("Held jointly with"))


class NewItem(forms.Form):
    """An item of the programme."""

    begins = forms.TimeField(label=_("Begins"), required=False, input_formats=["%H:%M", "%Hh%M"], help_text="8:30")
    title = forms.CharField(label=_("Content"), max_length=300)
    who = forms.CharField(label=_("Who"), max_length=200, required=False)


def _address(email: str) -> None:
    """Raise ValidationError with the words that are no e-mail address."""
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError(_("This is no e-mail address: %(words)s."), params={"words": email}) from error


class Invite(Hosted):
    """Who is invited: bodies ticked, persons and guests one a line."""

    bodies = BodiesField(label=_("Bodies"))
    persons = forms.CharField(
        label=_("Persons of the register"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One a line: code or full name."),
    )
    guests = forms.CharField(
        label=_("Guests"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One a line: full name; post and unit; e-mail."),
    )

    def clean_persons(self) -> list[Person]:
        """The persons named; every line that names nobody is told."""
        found, wrong = [], []
        for line in self.cleaned_data["persons"].splitlines():
            if not line.strip():
                continue
            try:
                found.append(person_of(line.strip()))
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        return found

    def clean_guests(self) -> list[Guest]:
        """The guests; an address that is none is told."""
        found = []
        for line in self.cleaned_data["guests"].splitlines():
            if line.strip():
                name, post, email = ([part.strip() for part in line.split(";")] + ["", ""])[:3]
                if email:
                    _address(email)
                found.append(Guest(name, post, email))
        return found

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not any(values.get(name) for name in ("bodies", "persons", "guests")):
            raise ValidationError(_("Choose or write whom to invite."))
        return values


class AnswerInvitation(forms.Form):
    """How an invitation was answered, and who came."""

    state = forms.ChoiceField(label=_("Answer"), choices=Invitation.State.choices)
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=999, initial=1)
    note = forms.CharField(
        label=_("Remarks"), max_length=200, required=False, help_text=_("For example who comes in their place.")
    )
    email = forms.EmailField(label=_("E-mail"), required=False)


class IssueLetter(forms.Form):
    """Number and signature of the invitation letter."""

    number = forms.CharField(label=_("Number"), max_length=20)
    signer_post = forms.CharField(label=_("Lines above the name"), widget=forms.Textarea(attrs={"rows": 2}))
    signer_name = forms.CharField(label=_("Full name"), max_length=200)
    note = forms.CharField(
        label=_("What to note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Last lines of the letter, for example whom to call to confirm."),
    )


class NewSpeech(OfDay):
    """A speech or a paper."""

    title = forms.CharField(label=_("Title of the speech or paper"), max_length=300)
    unit = BodyField(label=_("Unit"), required=False)
    speaker = forms.CharField(label=_("Speaker"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 8}), required=False)
    file = forms.FileField(label=_("File"), required=False, help_text=_("%(kinds)s; at most 20 MB.") % {"kinds": KINDS})
    paper = forms.BooleanField(label=_("A paper of the conference, not a speech"), required=False)

    def clean_file(self) -> Any:
        """A file of bearable size that is what its name says."""
        file = self.cleaned_data.get("file")
        if not file:
            return None
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 20 MB."))
        begins = BEGINNINGS.get(file.name.rpartition(".")[2].lower())
        head = file.read(8)
        file.seek(0)
        if begins is None:
            raise ValidationError(_("Bring a file of one of these kinds: %(kinds)s."), params={"kinds": KINDS})
        if not head.startswith(begins) or (begins == b"PK" and not zipfile.is_zipfile(file)):
            raise ValidationError(_("The file is not what its name says; it may be damaged."))
        file.seek(0)
        return file


class NewOpinion(forms.Form):
    """What a leader said."""

    leader = forms.CharField(label=_("Leader"), max_length=200, widget=forms.TextInput(attrs={"list": "leaders"}))
    said = forms.CharField(
        label=_("Opinion or instruction"), widget=forms.Textarea(attrs={"rows": 3, "data-send": ""}), max_length=5000
    )


class ChangeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A version of a block, named by its section, how it begins and who saved it."""

    def label_from_instance(self, obj: Any) -> str:
        words = " ".join(obj.text.split())[:70]
        return f"{obj.block.section}: {words} ({obj.author}, {obj.number})"


class SettleOpinion(forms.Form):
    """How an opinion was absorbed, or why not."""

    change = ChangeField(
        BlockVersion.objects.none(),
        label=_("Text that absorbs it"),
        required=False,
        help_text=_("What was saved in the report since the opinion was said."),
    )
    section = forms.ModelChoiceField(
        Section.objects.none(),
        label=_("Absorbed in the section"),
        required=False,
        help_text=_("Without a section it is explained."),
    )
    answer = forms.CharField(
        label=_("How it was absorbed, or the explanation"), widget=forms.Textarea(attrs={"rows": 4})
    )
    later = forms.BooleanField(label=_("Left for later; the reason stands above"), required=False)

    def __init__(self, *args: Any, opinion: Opinion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections, change = self.fields["section"], self.fields["change"]
        assert isinstance(sections, forms.ModelChoiceField)
        assert isinstance(change, forms.ModelChoiceField)
        report = opinion.conference.report
        sections.queryset = report.sections.exclude(key="")
        saved = BlockVersion.objects.filter(block__section__report=report, aside=False)
        if opinion.at is not None:
            saved = saved.filter(at__gte=opinion.at)
        change.queryset = saved.select_related("block__section").order_by("-at", "-pk")


class NewConclusion(OfDay):
    """A conclusion."""

    text = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 3}))
    lead = BodyField(label=_("Lead unit"), required=False)
    person = PersonField(
        label=_("Responsible person"), required=False, help_text=_("Code, or the full name if it is the only one.")
    )
    due = DayField(label=_("Deadline"), required=False, help_text=DAY)
    product = forms.CharField(label=_("Product"), max_length=300, required=False)
    group = forms.CharField(
        label=_("Group of next year's programme"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "groups"}),
    )
    key = forms.BooleanField(label=_("Key task"), required=False)


class Conclude(forms.Form):
    """The notice of the conclusions."""

    number = forms.CharField(label=_("Number"), max_length=20)
    signer_post = forms.CharField(label=_("Lines above the name"), widget=forms.Textarea(attrs={"rows": 2}))
    signer_name = forms.CharField(label=_("Full name"), max_length=200)


class NextProgramme(forms.Form):
    """The programme of next year that takes tasks; empty for a new draft."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), required=False)

    def __init__(self, *args: Any, conference: Conference, drafts: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, report = self.fields["programme"], conference.report
        assert isinstance(field, forms.ModelChoiceField)
        found = Programme.objects.filter(year=report.year + 1, line=report.line).exclude(state="merged")
        field.queryset = found.filter(state="draft") if drafts else found
        field.empty_label = str(_("A new draft for %(year)s") % {"year": report.year + 1})
        first = field.queryset.first()
        if first is not None and not self.is_bound:
            self.initial.setdefault("programme", first.pk)


class TaskOf(OfDay):
    """What one conclusion becomes in the programme."""

    take = forms.BooleanField(label=_("Becomes a task"), required=False, initial=True)
    group = forms.CharField(
        label=_("Group"), max_length=300, required=False, widget=forms.TextInput(attrs={"list": "groups"})
    )
    key = forms.BooleanField(label=_("Key task"), required=False)
    lead = BodyField(label=_("Lead unit"), required=False)
    person = PersonField(label=_("Responsible person"), required=False)
    due = DayField(label=_("Deadline"), required=False)


class Fate(forms.Form):
    """What happens to one unfinished task when the year turns."""

    fate = forms.ChoiceField(
        label=_("What happens to it"),
        choices=[("move", _("moves on")), ("wait", _("waits")), ("drop", _("is dropped"))],
    )
    reason = forms.CharField(label=_("Reason, when it is dropped"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("fate") == "drop" and not values.get("reason", "").strip():
            self.add_error("reason", _("Write why it is dropped."))
        return values
