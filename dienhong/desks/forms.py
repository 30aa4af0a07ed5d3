"""What the forms of all desks share: days as people write them, a reason, and how a failed try comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from dienhong.desks import formats
from dienhong.desks.door import Visit
from dienhong.foundation.access.actor import Refused
from dienhong.foundation.refusal import Refusal


class DayField(forms.CharField):
    """A day as people write it: 24/11/2023."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return formats.parse_day(text)
        except formats.NotADay as error:
            raise forms.ValidationError(str(error)) from error


class ReasonForm(forms.Form):
    """Why something grave is done."""

    reason = forms.CharField(label=_("Reason"), min_length=5, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def page(
    request: Visit, form: forms.Form, title: str, act: str, back: str, *, consequences: tuple[str, ...] = ()
) -> HttpResponse:
    """A form on a page of its own; after a failed try it comes back whole, with what is wrong."""
    template = "confirm.html" if isinstance(form, ReasonForm) else "form.html"
    words: dict[str, Any] = {
        "title": title,
        "act": act,
        "back": back,
        "action": request.path,
        "consequences": consequences,
    }
    return render(request, template, {"form": form, **words}, status=422 if form.is_bound else 200)


def tried(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the form was right and the act was done; a refusal goes to the field it belongs to."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refused:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def walk(
    request: Visit, form: forms.Form, act: Callable[[dict[str, Any]], object], title: str, words: str, back: str,
    *, then: str | Callable[[], HttpResponse] = "", consequences: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    """The walk of an act with a form of its own: show it, try it, go back or on to `then` when it is done."""
    if request.method == "POST" and tried(form, act):
        return then() if callable(then) else redirect(then or back)
    return page(request, form, title, words, back, consequences=consequences)
