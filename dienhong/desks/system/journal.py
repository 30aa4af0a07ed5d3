"""Pages of the journal: entries as sentences, one entry with its facts and hash, and whether the chain holds."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dienhong.desks.door import Visit
from dienhong.desks.system.seen import DayField
from dienhong.foundation import clock
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.journal import events, queries

PAGE = 50
#: How many broken entries a page names; the command names all.
NAMED = 200
_AREAS = {
    "access": _("Accounts and sign-in"),
    "clock": _("Clock"),
    "people": _("People and bodies"),
    "work": _("Dossiers"),
    "polls": _("Votes"),
    "meetings": _("Sessions and meetings"),
    "records": _("Records"),
    "texts": _("Texts"),
}


class Filter(forms.Form):
    """What of the journal is shown."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    account = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("Until day"), required=False)
    topic = forms.RegexField(
        label=_("About"),
        required=False,
        regex=r"^[a-z_]+(:\d+)?$",
        help_text=_("For example poll:12 or account:3"),
        error_messages={"invalid": _("Write it as poll:12: a word, a colon and a number.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, account = self.fields["kind"], self.fields["account"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(account, forms.ChoiceField)
        kind.choices = [("", gettext("Everything")), *_kinds()]
        account.choices = [("", gettext("Everybody")), *queries.who_acted()]

    def chosen(self) -> dict[str, Any]:
        """The filter as `entries` takes it; days are whole days of the office."""
        found: dict[str, Any] = {key: value for key, value in self.cleaned_data.items() if value}
        if "account" in found:
            found["account_id"] = found.pop("account")
        if "since" in found:
            found["since"] = clock.moment(found["since"], dt.time())
        if "until" in found:
            found["until"] = clock.moment(found["until"] + dt.timedelta(days=1), dt.time())
        return found


def _kinds() -> list[tuple[str, str]]:
    areas = sorted({kind.partition(".")[0] for kind in events.kinds()})
    return [(area, str(_AREAS.get(area, area))) for area in areas]


def newest(request: Visit) -> HttpResponse:
    """The journal, newest first, filtered; a page begins at a number, so it stays what it was while entries come."""
    require(request.actor, queries.READ, at=request.at)
    form = Filter(request.GET or None)
    chosen = form.chosen() if form.is_bound and form.is_valid() else {}
    begin = request.GET.get("from", "")
    rows = queries.entries(**chosen)
    if begin.isdigit():
        rows = rows.filter(number__lte=int(begin))
    page = list(rows[: PAGE + 1])
    kept = {key: value for key, value in request.GET.items() if key != "from" and value}
    older = urlencode({**kept, "from": page[PAGE].number}) if len(page) > PAGE else ""
    return render(
        request,
        "system/journal.html",
        {
            "form": form,
            "filtered": bool(chosen) or form.errors,
            "entries": queries.told(page[:PAGE]),
            "older": older,
            "newest": urlencode(kept) if begin else None,
            "last": queries.last_number(),
            "verify": may(request.actor, queries.VERIFY, on=request.day),
        },
    )


def one(request: Visit, number: int) -> HttpResponse:
    """One entry: the sentence, the facts behind it, its place in the chain."""
    require(request.actor, queries.READ, at=request.at)
    kept, told, before = queries.entry(number)
    context = {
        "kept": kept,
        "told": told,
        "before": before,
        "facts": sorted(told.facts.items()),
        "last": queries.last_number(),
    }
    return render(request, "system/entry.html", context)


def verify(request: Visit) -> HttpResponse:
    """Read the whole chain and say whether it holds; every altered, removed or inserted entry is named."""
    require(request.actor, queries.VERIFY, at=request.at)
    if request.method != "POST":
        return redirect("journal:home")
    began = time.monotonic()
    found = queries.breaks()
    words = {
        "altered": gettext("altered"),
        "removed": gettext("removed"),
        "inserted": gettext("inserted"),
        "head": gettext("not the end that was written"),
        "topics": gettext("listed under other topics than its own"),
    }
    context = {
        "breaks": [(one.number, words[one.fault]) for one in found[:NAMED]],
        "count": len(found),
        "last": queries.last_number(),
        "seconds": time.monotonic() - began,
    }
    return render(request, "system/verified.html", context)
