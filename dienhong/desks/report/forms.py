"""Forms of the report desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dienhong.desks.forms import DayField
from dienhong.people.models import Body, Holding, Post
from dienhong.people.queries import bodies_on, names_of_posts
from dienhong.reports.models import BlockKind, Report, ReportKind, Section
from dienhong.work.models import Line

KINDS_SHOWN = (*BlockKind.values,)
DAY = _("Day, month, year: 24/11/2023")
LARGEST_FILE = 20 * 1024 * 1024


class BodyField(forms.TypedChoiceField):
    """A body in being on a day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=lambda key: Body.objects.get(pk=int(key)), empty_value=None, **kwargs)


class OfDay(forms.Form):
    """A form whose choices of bodies are those of a day."""

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = [(str(b.id), "\u2003" * b.depth + b.name) for b in bodies_on(day)]
        for field in self.fields.values():
            if isinstance(field, BodyField):
                field.choices = [("", ""), *bodies]


class NewReport(OfDay):
    """A report to be laid out."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ReportKind.choices)
    year = forms.IntegerField(label=_("Year"), min_value=1946, max_value=2200)
    part = forms.CharField(
        label=_("Part"),
        max_length=20,
        required=False,
        help_text=_("Number of the half, quarter or month; code of the session (XV-6) or term (XV). Empty for a year."),
    )
    line = forms.ChoiceField(label=_("Line"), choices=Line.choices)
    body = BodyField(label=_("Body that reports"))
    due = DayField(label=_("To be submitted by"), required=False, help_text=DAY)


class NewBlock(forms.Form):
    """A block to be added."""

    kind = forms.ChoiceField(label=_("Kind of block"), choices=BlockKind.choices)
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        strip=False,
        max_length=60_000,
        help_text=_("One line for each point of a list; cells of a table divided by |, the first line is its head."),
    )
    caption = forms.CharField(label=_("Caption"), max_length=300, required=False)
    file = forms.FileField(label=_("Picture"), required=False, help_text=_("PNG or JPEG, for a block of that kind."))

    def clean_file(self) -> Any:
        """A picture that can be drawn, of bearable size."""
        file = self.cleaned_data.get("file")
        if not file:
            return None
        head = file.read(8)
        file.seek(0)
        if file.size > LARGEST_FILE or not (head.startswith(b"\xff\xd8") or head == b"\x89PNG\r\n\x1a\n"):
            raise forms.ValidationError(_("Bring a PNG or JPEG picture of at most 20 MB."))
        from PIL import Image, UnidentifiedImageError

        try:
            with Image.open(file) as image:
                image.verify()
        except (UnidentifiedImageError, OSError, SyntaxError) as error:
            raise forms.ValidationError(_("This picture cannot be read.")) from error
        file.seek(0)
        return file


class EditBlock(NewBlock):
    """A block to be saved; `base` is the version the writer saw."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    field_order = ("text", "caption", "file", "base")

    def __init__(self, *args: Any, picture: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]
        if not picture:
            del self.fields["file"]


class Words(forms.Form):
    """A remark."""

    text = forms.CharField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000)


class Reason(forms.Form):
    """Why."""

    text = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class KeepValue(forms.Form):
    """Why a number is kept against the record."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_("The annex of the report prints it beside both numbers."),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=300)


class LeaveOut(forms.Form):
    """The sections that the paper does not print."""

    sections = forms.MultipleChoiceField(label=_("Sections"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        help_text=_("It stands in the journal and in the open data of the report; the paper is numbered anew."),
    )

    def __init__(self, *args: Any, sections: Iterable[Section], empty: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sorted(sections, key=lambda row: (row.pk not in empty, row.order))
        named = {
            row.pk: f"{row.parent.number}.{row}" if row.parent else str(row) for row in rows
        }  # II.3, not one of two 3
        words = {key: (_("%(name)s (empty)") % {"name": name} if key in empty else name) for key, name in named.items()}
        field = self.fields["sections"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(key), name) for key, name in words.items()]


class GiveSection(OfDay):
    """The unit that owns a section."""

    body = BodyField(label=_("Unit"))


class Ask(OfDay):
    """A unit to be asked."""

    unit = BodyField(label=_("Unit"))
    due = DayField(label=_("Due by"), help_text=DAY)


class AskFor(Ask):
    """A section and the unit to be asked for it."""

    section = forms.ChoiceField(label=_("Section"))
    field_order = ("section", "unit", "due")

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *((str(row.pk), str(row)) for row in report.sections.exclude(key=""))]


class Reassign(OfDay):
    """The unit that takes over."""

    unit = BodyField(label=_("Unit"))


class Submit(forms.Form):
    """The chain of approval."""

    def __init__(self, *args: Any, holdings: Sequence[Holding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = names_of_posts(holding.post_id for holding in holdings)
        people: dict[int, list[str]] = {}
        for holding in holdings:
            people.setdefault(holding.post_id, []).append(holding.person.full_name)
        choices = [("", ""), *((str(key), f"{names[key]}: {', '.join(held)}") for key, held in people.items())]
        labels = (_("First approves"), _("Then"), _("Last"))
        for at, label in enumerate(labels, start=1):
            self.fields[f"post{at}"] = forms.ChoiceField(label=label, choices=choices, required=at == 1)

    def posts(self) -> list[Post]:
        """The posts named, in their order."""
        keys = [self.cleaned_data.get(f"post{at}") for at in (1, 2, 3)]
        found = {str(post.pk): post for post in Post.objects.filter(pk__in=[key for key in keys if key])}
        return [found[key] for key in keys if key]


class Decide(forms.Form):
    """What the holder of a post decides."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("approved", _("approve")), ("returned", _("return"))],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Needed when you return the report: the compiler reads it on the sheet."),
    )


class Sign(forms.Form):
    """The signature that the paper bears."""

    number = forms.CharField(label=_("Number"), max_length=20)
    signer_post = forms.CharField(
        label=_("Lines above the name"), widget=forms.Textarea(attrs={"rows": 2}), max_length=200
    )
    signer_name = forms.CharField(label=_("Name"), max_length=200)
    signed_on = DayField(label=_("Day of signature"), help_text=DAY)
    place = forms.CharField(label=_("Place"), max_length=80)
    recipients = forms.CharField(
        label=_("Recipients"), widget=forms.Textarea(attrs={"rows": 4}), required=False, help_text=_("One a line.")
    )
