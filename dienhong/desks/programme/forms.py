"""Forms of the programme desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dienhong.desks.forms import DayField
from dienhong.foundation.folding import fold
from dienhong.people.models import Body, Person, Term
from dienhong.people.queries import bodies_on
from dienhong.work import rules
from dienhong.work.content import Content
from dienhong.work.models import EvidenceKind, Line, OfficeDayKind, Programme, Recurrence, TaskGroup

WHO = _("The person's code, or the full name if it is the only one.")
DEADLINE = _("15/03/2024, month 3/2024, quarter 2/2024, 20 days before session 7, 5 working days from 01/03/2024.")
LEFT_OUT = {"delegation", "discussion_group", "local_council"}
MOST_EVIDENCE = 50 * 1024 * 1024


def unit_choices(day: dt.date) -> list[tuple[str, str]]:
    """The bodies of a day that can lead a task, set in by their depth."""
    return [(str(b.id), "\u2003" * b.depth + b.name) for b in bodies_on(day) if b.kind not in LEFT_OUT]


class PersonField(forms.CharField):
    """A person by code or, where it is the only one, by name with or without marks."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        person = Person.objects.filter(code=words).first()
        if person:
            return person
        same = list(Person.objects.filter(folded=fold(words))[:2])
        if len(same) == 1:
            return same[0]
        exact = [one for one in same if one.full_name == words]
        if len(exact) == 1:
            return exact[0]
        if same:
            raise forms.ValidationError(_("Several persons bear this name: write the code."))
        raise forms.ValidationError(_("Nobody in the register has this code or name."))


class DeadlineField(forms.CharField):
    """A deadline as people say it; gives the rule ("quarter:2024-2")."""

    def __init__(self, *, year: int = 2024, term: str = "XV", **kwargs: Any) -> None:
        super().__init__(max_length=80, help_text=DEADLINE, **kwargs)
        self.year, self.term = year, term

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return ""
        try:
            return rules.read_deadline(fold(words), self.year, self.term)
        except rules.NotADeadline as error:
            raise forms.ValidationError(_("These words name no deadline: %(words)s") % {"words": words}) from error


class UnitField(forms.TypedChoiceField):
    """A unit in being on a day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=lambda key: Body.objects.get(pk=int(key)), empty_value=None, **kwargs)


class TaskForm(forms.Form):
    """What is said of a task: the five "rõ" and what stands beside them."""

    title = forms.CharField(
        label=_("Task"), max_length=1000, min_length=3, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Clear job: what is to be done."),
    )  # fmt: skip
    lead_body = UnitField(label=_("Lead unit"), required=False, help_text=_("Clear person: who does it."))
    lead_person = PersonField(label=_("Responsible person"), required=False, help_text=WHO)
    coordinating = forms.MultipleChoiceField(
        label=_("Coordinating units"), required=False, widget=forms.SelectMultiple(attrs={"size": 5})
    )
    due = DeadlineField(label=_("Deadline"), required=False)
    leader = PersonField(label=_("Leader in charge"), required=False, help_text=WHO)
    responsibility = forms.CharField(
        label=_("Responsibility"), max_length=500, required=False, help_text=_("Who submits to whom, who issues.")
    )
    product = forms.CharField(
        label=_("Product"), max_length=500, required=False, help_text=_("Clear result: what will be there.")
    )
    recipient = forms.CharField(label=_("Goes to"), max_length=300, required=False)
    basis = forms.CharField(label=_("Basis"), max_length=500, required=False)
    group = forms.ModelChoiceField(TaskGroup.objects.none(), label=_("Group"), required=False)
    key = forms.BooleanField(label=_("Key task"), required=False)
    recurs = forms.ChoiceField(label=_("Comes again"), choices=Recurrence.choices, required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args: Any, day: dt.date, programme: Programme | None, term: str = "XV", reason: bool = False,
        version: int | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        units = unit_choices(day)
        lead, joint = self.fields["lead_body"], self.fields["coordinating"]
        assert isinstance(lead, forms.ChoiceField)
        assert isinstance(joint, forms.MultipleChoiceField)
        lead.choices, joint.choices = [("", ""), *units], units
        due = self.fields["due"]
        assert isinstance(due, DeadlineField)
        due.year, due.term = programme.year if programme else day.year, term
        groups = self.fields["group"]
        assert isinstance(groups, forms.ModelChoiceField)
        groups.queryset = programme.groups.all() if programme else TaskGroup.objects.none()
        if programme is None:
            del self.fields["group"]
        if version is not None:
            self.fields["version"] = forms.IntegerField(initial=version, widget=forms.HiddenInput)
        if reason:
            del self.fields["due"]
            self.fields["reason"] = forms.CharField(
                label=_("Reason"), max_length=500, help_text=_("The task was adopted: why is it changed?")
            )

    def content(self, due_rule: str = "") -> Content:
        """What the form says of the task."""
        data = self.cleaned_data
        ids = [int(key) for key in data["coordinating"]]
        return Content(
            title=data["title"], lead_body=data["lead_body"], lead_person=data["lead_person"], leader=data["leader"],
            coordinating=tuple(Body.objects.filter(pk__in=ids)), product=data["product"],
            recipient=data["recipient"], due_rule=data.get("due", due_rule), basis=data["basis"],
            responsibility=data["responsibility"], key=data["key"], group=data.get("group"), recurs=data["recurs"],
            note=data["note"],
        )  # fmt: skip


class NoteForm(forms.Form):
    """A word on how it goes."""

    text = forms.CharField(label=_("Progress of the work"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class EvidenceForm(forms.Form):
    """Something that shows the result."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EvidenceKind.choices)
    label = forms.CharField(label=_("What it is"), max_length=300)
    number = forms.CharField(label=_("Number and symbol"), max_length=80, required=False)
    url = forms.CharField(label=_("Address in the office"), max_length=300, required=False)
    file = forms.FileField(label=_("File"), required=False)

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        if url and not (url.startswith("/") and not url.startswith("//")):
            raise forms.ValidationError(_("Write an address of this office, such as /chamber/meetings/5/."))
        return url

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > MOST_EVIDENCE:
            raise forms.ValidationError(_("The file is larger than 50 MB."))
        return file


class ReportForm(forms.Form):
    """The result."""

    result = forms.CharField(
        label=_("The result"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The product, its number, and to whom it went."),
    )  # fmt: skip
    late_reason = forms.CharField(label=_("Reason for the delay"), max_length=500, required=False)

    def __init__(self, *args: Any, waits: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waits:
            self.fields["waiting_reason"] = forms.CharField(
                label=_("Why it did not wait"), max_length=500, required=False,
                help_text=_("%(needed)s, which it waits for, is not done yet.") % {"needed": waits},
            )  # fmt: skip


class SnoozeForm(forms.Form):
    """The day on which to be reminded again."""

    until = DayField(label=_("Remind on"), help_text=_("Not before this day; the deadline stands."))


class ReturnForm(forms.Form):
    """What is wanting."""

    comment = forms.CharField(label=_("What is wanting"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ExtendForm(forms.Form):
    """A later deadline."""

    due = DeadlineField(label=_("New deadline"))
    reason = forms.CharField(label=_("Reason"), max_length=500, min_length=5)
    approver = PersonField(label=_("Approved by"), required=False, help_text=_("Empty: you. Else code or full name."))

    def __init__(self, *args: Any, day: dt.date, term: str = "XV", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = self.fields["due"]
        assert isinstance(due, DeadlineField)
        due.year, due.term = day.year, term


class AskForm(forms.Form):
    """A later deadline that is asked for."""

    due = DeadlineField(label=_("New deadline"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, min_length=5, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What stands in the way, and what was done about it."),
    )  # fmt: skip

    def __init__(self, *args: Any, day: dt.date, term: str = "XV", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = self.fields["due"]
        assert isinstance(due, DeadlineField)
        due.year, due.term = day.year, term


class HandOverForm(forms.Form):
    """Who takes the task."""

    person = PersonField(label=_("New responsible person"), help_text=WHO)
    body = UnitField(label=_("New lead unit"), required=False, help_text=_("Empty: the unit stays."))
    reason = forms.CharField(label=_("Reason"), max_length=500, min_length=5)

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        assert isinstance(body, forms.ChoiceField)
        body.choices = [("", ""), *unit_choices(day)]


class PartsForm(forms.Form):
    """The parts of a task, one on a line."""

    parts = forms.CharField(
        label=_("Parts"), widget=forms.Textarea(attrs={"rows": 5}), help_text=_("One part on each line.")
    )


class NeedForm(forms.Form):
    """The task that must be done first."""

    needed = forms.CharField(label=_("Waits for"), max_length=110, help_text=_("The number or code of the task."))


class OfficeDaysForm(forms.Form):
    """Days off, or days worked instead, that follow each other."""

    since = DayField(label=_("From"))
    until = DayField(label=_("Until"), required=False, help_text=_("Empty: one day."))
    kind = forms.ChoiceField(label=_("Kind"), choices=OfficeDayKind.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    source = forms.CharField(label=_("Announcement"), max_length=300, help_text=_("Who announced it, number and day."))


class FilterForm(forms.Form):
    """A name for a filter."""

    name = forms.CharField(label=_("Name"), max_length=120)
    shared = forms.BooleanField(label=_("Show it to everyone who sees tasks"), required=False)


class ProgrammeForm(forms.Form):
    """A programme of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=1946, max_value=2200)
    line = forms.ChoiceField(label=_("Line"), choices=Line.choices)
    body = UnitField(label=_("Unit"), required=False, help_text=_("Empty: of the whole Office."))
    term = forms.ModelChoiceField(
        Term.objects.order_by("-number"), label=_("Term"), required=False, empty_label="",
        help_text=_("For a programme of a whole term; empty for one of a year."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=300, min_length=5)

    def __init__(self, *args: Any, day: dt.date, lines: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body, line = self.fields["body"], self.fields["line"]
        assert isinstance(body, forms.ChoiceField)
        assert isinstance(line, forms.ChoiceField)
        body.choices = [("", ""), *unit_choices(day)]
        line.choices = [(key, Line(key).label) for key in lines]


class GroupForm(forms.Form):
    """A group of tasks."""

    title = forms.CharField(label=_("Title"), max_length=300, min_length=3)


class AdoptForm(forms.Form):
    """The document that adopts it."""

    basis = forms.CharField(label=_("Deciding document"), max_length=500, min_length=3)


class ChooseProgrammes(forms.Form):
    """Programmes to take from."""

    chosen = forms.ModelMultipleChoiceField(
        Programme.objects.none(), label=_("Drafts"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, of: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = of


class Upload(forms.Form):
    """A table of tasks."""

    file = forms.FileField(
        label=_("Table"), help_text=_("XLSX or CSV; the row with “STT” and “Nhiệm vụ” names the columns.")
    )
