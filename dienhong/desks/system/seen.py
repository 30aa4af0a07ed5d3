"""What the system pages share: who sees a page, and how a long list is turned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext

from dienhong.desks import formats
from dienhong.desks.door import Visit
from dienhong.foundation.access.actor import Answer, Refused, may


def allowed(permission: str) -> Callable[[HttpRequest], bool]:
    """Whether a page stands in the rail: for whoever has this permission today."""

    def shown(request: HttpRequest) -> bool:
        visit = cast("Visit", request)
        return may(visit.actor, permission, on=visit.day).allowed

    return shown


def require_signed_in(request: Visit) -> None:
    """Refuse a visitor who has not signed in; everybody of the office may see the page."""
    if not request.actor.signed_in:
        raise Refused(Answer(False, "", (), gettext("Sign in first.")))


class DayField(forms.CharField):
    """A day as people write it: 24/11/2023."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: object) -> dt.date | None:  # type: ignore[override]
        words = str(value or "").strip()
        if not words:
            return None
        try:
            return formats.parse_day(words)
        except formats.NotADay as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: object) -> object:
        return formats.date(value) if isinstance(value, dt.date) else value
