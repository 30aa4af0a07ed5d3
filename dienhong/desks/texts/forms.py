"""Forms of the desk of texts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dienhong.desks.forms import DayField
from dienhong.texts import queries
from dienhong.texts.models import HowSettled, Version, Work, WorkKind

DAY = _("Day, month, year: 24/11/2023")


def version_choices(**only: Any) -> list[tuple[int, str]]:
    """Every version, after the name of its work."""
    rows = Version.objects.filter(**only).select_related("work").defer("tree")
    return [
        (row.pk, f"{_name(row.work.title, row.work.number)} – {row.label}")
        for row in rows.order_by("-work__year", "work__folded", "work_id", "valid_from", "pk")
    ]


def _name(title: str, number: str) -> str:
    """A work in a list of choices."""
    short = title if len(title) <= 90 else title[:88].rsplit(" ", 1)[0] + " …"
    return f"{short}, {number}" if number else short


class Upload(forms.Form):
    """A text to bring in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("DOCX, Word-exported HTML, plain text, PDF with a text layer, or Akoma Ntoso; at most 64 MB."),
        max_length=255,
        allow_empty_file=True,
    )
    work = forms.TypedChoiceField(
        label=_("A version of"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leave it open: the office finds the work by the number in the text."),
    )
    label = forms.CharField(
        label=_("Name of the version"), max_length=200, required=False, help_text=_("For example: Draft 2, 15/10/2023")
    )
    valid_from = DayField(label=_("Holds from"), required=False, help_text=DAY)
    source = forms.CharField(label=_("Where it was read"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        works = Work.objects.order_by("-year", "folded").values_list("pk", "title", "number")[:2000]
        choices = [(pk, _name(title, number)) for pk, title, number in works]
        self.fields["work"].choices = [("", _("A new work, or the one of the same number")), *choices]  # type: ignore[attr-defined]


class Choose(forms.Form):
    """Two versions to compare."""

    a = forms.TypedChoiceField(label=_("Old text"), coerce=int)
    b = forms.TypedChoiceField(label=_("New text"), coerce=int)
    level = forms.ChoiceField(
        label=_("One row shows"),
        choices=[("clause", _("a clause")), ("article", _("an article"))],
        required=False,
        initial="clause",
    )
    all = forms.BooleanField(label=_("Show what is the same, too"), required=False)
    words = forms.BooleanField(label=_("Leave out differences of writing only"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = version_choices()
        self.fields["a"].choices = self.fields["b"].choices = choices  # type: ignore[attr-defined]


class Consolidate(forms.Form):
    """A law, the laws that amend it, a day."""

    base = forms.TypedChoiceField(label=_("Law"), coerce=int)
    amending = forms.TypedMultipleChoiceField(label=_("Amending laws"), coerce=int, widget=forms.CheckboxSelectMultiple)
    day = DayField(label=_("As it stands on"), required=False, help_text=_("Leave it open to apply everything."))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        base = str(data.get("base", "")) if data else ""
        row = Version.objects.filter(pk=int(base)).only("work_id", "pk").first() if base.isdigit() else None
        self.base_work = row.work if row else None
        asked = bool(data) and ("amending" in data or "day" in data)
        initial = {"base": row.pk} if row and not asked else None
        super().__init__(data if asked else None, initial=initial, **kwargs)
        self.fields["base"].choices = version_choices()  # type: ignore[attr-defined]
        found = _amending(self.base_work) if self.base_work else []
        self.fields["amending"].choices = found  # type: ignore[attr-defined]
        if initial is not None:
            self.fields["amending"].initial = [pk for pk, _name in found]


def _amending(work: Work) -> list[tuple[int, str]]:
    """One version of each law that says it amends this one, in the order of passing."""
    found = []
    for row in queries.amending(work):
        version = queries.current(queries.versions_of(row.amending_id))
        if version:
            found.append((version.pk, _name(row.amending.title, row.amending.number)))
    return found


class Settle(forms.Form):
    """How a doubt is settled."""

    how = forms.ChoiceField(choices=HowSettled.choices)
    note = forms.CharField(max_length=1000, required=False)


class Correct(forms.Form):
    """One unit of a draft."""

    number = forms.CharField(
        label=_("Number"), max_length=100, required=False, help_text=_("As ids have it: 12a, II, đ.")
    )
    label = forms.CharField(
        label=_("Number as printed"), max_length=200, required=False, help_text=_("For example: Điều 12a.")
    )
    heading = forms.CharField(
        label=_("Heading"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    words = forms.CharField(
        label=_("Own words"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Without those of the units below it."),
    )
    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    doubt = forms.IntegerField(widget=forms.HiddenInput, required=False)


class Facts(forms.Form):
    """What was read from the head of a text."""

    title = forms.CharField(label=_("Title"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=WorkKind.choices)
    date = DayField(label=_("Passed or issued on"), required=False, help_text=DAY)
    digest = forms.CharField(widget=forms.HiddenInput, required=False)


class Seal(forms.Form):
    """The last word before a version is sealed."""

    accept_doubts = forms.BooleanField(label=_("Keep as printed whatever is still doubtful"), required=False)


class DossierOf(forms.Form):
    """The dossier that a work belongs to."""

    code = forms.CharField(label=_("Code of the dossier"), max_length=80)


class Nothing(forms.Form):
    """A form that only asks for the act itself."""
