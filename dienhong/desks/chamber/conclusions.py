"""From a conclusion of a meeting to a task (kết luận thành nhiệm vụ), with the link back to the meeting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dienhong.desks.door import Visit
from dienhong.desks.forms import walk
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.folding import fold
from dienhong.meetings.models import Meeting
from dienhong.people.models import Body, Person
from dienhong.people.queries import bodies_on
from dienhong.work import actions, rules
from dienhong.work.actions import Content, Origin
from dienhong.work.models import Task

LEFT_OUT = {"delegation", "discussion_group", "local_council"}
WHO = _("The person's code, or the full name if it is the only one.")


class ConclusionForm(forms.Form):
    """What a conclusion asks of whom, by when."""

    title = forms.CharField(
        label=_("What the conclusion asks for"), max_length=1000, min_length=3, widget=forms.Textarea(attrs={"rows": 3})
    )
    place = forms.CharField(
        label=_("Where it stands"), max_length=120, required=False, help_text=_("Conclusion, item 2.")
    )
    body = forms.ChoiceField(label=_("Lead unit"))
    person = forms.CharField(label=_("Responsible person"), max_length=200, required=False, help_text=WHO)
    due = forms.CharField(
        label=_("Deadline"), max_length=80, required=False, help_text=_("15/03/2024, quarter 2/2024.")
    )
    product = forms.CharField(label=_("Product"), max_length=500, required=False)
    leader = forms.CharField(label=_("Leader in charge"), max_length=200, required=False, help_text=WHO)

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        body = self.fields["body"]
        assert isinstance(body, forms.ChoiceField)
        body.choices = [("", ""), *((str(b.id), "\u2003" * b.depth + b.name) for b in bodies_on(day)
                                    if b.kind not in LEFT_OUT)]  # fmt: skip

    def _person(self, field: str) -> Person | None:
        words = self.cleaned_data[field].strip()
        if not words:
            return None
        found = Person.objects.filter(code=words).first()
        same = [found] if found else list(Person.objects.filter(folded=fold(words))[:2])
        if len(same) != 1:
            raise forms.ValidationError(
                _("Several persons bear this name: write the code.") if same
                else _("Nobody in the register has this code or name.")
            )  # fmt: skip
        return same[0]

    def clean_person(self) -> Person | None:
        return self._person("person")

    def clean_leader(self) -> Person | None:
        return self._person("leader")

    def clean_due(self) -> str:
        words = self.cleaned_data["due"].strip()
        if not words:
            return ""
        try:
            return rules.read_deadline(fold(words), self.day.year)
        except rules.NotADeadline as error:
            raise forms.ValidationError(_("These words name no deadline: %(words)s") % {"words": words}) from error


@require_http_methods(["GET", "POST"])
def conclude(request: Visit, meeting_id: int) -> HttpResponse:
    """Write a conclusion of the meeting as a task: clear in all five it is assigned at once, else it is a draft."""
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    require(request.actor, actions.ADD, at=request.at)
    form = ConclusionForm(request.POST or None, day=request.day)
    back = reverse("chamber:meeting", args=[meeting.pk])

    def act(data: dict[str, Any]) -> None:
        said = ", ".join(part for part in (data["place"], meeting.title) if part)
        content = Content(
            title=data["title"], lead_body=Body.objects.get(pk=int(data["body"])), lead_person=data["person"],
            leader=data["leader"], due_rule=data["due"], product=data["product"], basis=said,
        )  # fmt: skip
        whole = all((data["person"], data["leader"], data["due"], data["product"]))
        origin = Origin("conclusion", said, back)
        actions.add_task(actor=request.actor, content=content, origin=origin, assign=whole, at=request.at)

    return walk(request, form, act, _t("A conclusion becomes a task"), _t("Make the task"), back)


def of_meeting(request: Visit, meeting: Meeting) -> dict[str, Any]:
    """The tasks that came from this meeting, as far as this person sees them."""
    from dienhong.work.rights import seen_by

    address = reverse("chamber:meeting", args=[meeting.pk])
    tasks = Task.objects.filter(seen_by(request.actor, request.day), origin_url=address).order_by("pk")
    return {"concluded": tasks, "conclude": may(request.actor, actions.ADD, on=request.day)}
