"""The page of the outbox (hộp thư đi), for its keeper: what waits, what failed and why; try again, give up.

It shows to whom a letter goes and what it is for, never its subject or words: those belong to others.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST

from dienhong.desks.door import Visit, attempt
from dienhong.foundation.access.actor import require
from dienhong.foundation.clock.models import Shift
from dienhong.foundation.letters import actions, purposes, queries
from dienhong.foundation.letters.actions import KEEP
from dienhong.foundation.letters.models import Letter, LetterState

SHOWN = 100
#: What the page can show, and the word of each.
SHOWS = {
    "open": pgettext_lazy("letter", "Not left yet"),
    "failed": pgettext_lazy("letter", "Not delivered"),
    "sent": pgettext_lazy("letter", "Left"),
    "dropped": pgettext_lazy("letter", "Given up"),
}


def home(request: Visit) -> HttpResponse:
    """The letters of one kind of standing, newest first; those that have not left when nothing is chosen."""
    require(request.actor, KEEP, at=request.at)
    shown = request.GET.get("show", "") if request.GET.get("show", "") in SHOWS else "open"
    states = queries.STATES_OPEN if shown == "open" else (LetterState(shown),)
    leaves = Paginator(queries.letters().filter(state__in=states), SHOWN)
    leaf = leaves.get_page(request.GET.get("page"))
    standing = queries.standing()
    context = {
        "leaf": leaf,
        "rows": [(row, purposes.purpose(row.purpose).label, _next_try(row)) for row in leaf.object_list],
        "standing": standing,
        "late": standing.late(request.at, settings.MAIL_LATE),
        "no_mail": not settings.EMAIL_URL,
        "shown": shown,
        "shows": list(SHOWS.items()),
        "keep_days": settings.MAIL_KEEP.days,
    }
    return render(request, "system/outbox.html", context)


def _next_try(letter: Letter) -> dt.datetime | None:
    """When the letter is tried next, in the office's time: a demonstration may live on another day than its machine."""
    if letter.next_try is None or not settings.DEMO:
        return letter.next_try
    return letter.next_try + Shift.current()


@require_POST
def do(request: Visit) -> HttpResponse:
    """Let letters be tried again or give them up: one of them, or all that failed."""
    require(request.actor, KEEP, at=request.at)
    what = request.POST.get("do", "")
    word, _colon, number = what.partition(":")
    if number.isascii() and number.isdigit() and len(number) < 19:
        keys = [int(number)]
    else:
        state = LetterState.WAITING if number == "waiting" else LetterState.FAILED
        keys = list(Letter.objects.filter(state=state).values_list("pk", flat=True))

    def act() -> None:
        if word == "up":
            count = actions.give_up_letters(actor=request.actor, letter_ids=keys, at=request.at)
            messages.success(
                request, ngettext("%(n)s letter is given up.", "%(n)s letters are given up.", count) % {"n": count}
            )
            return
        count = actions.try_again(actor=request.actor, letter_ids=keys, at=request.at)
        words = ngettext("%(n)s letter is tried again.", "%(n)s letters are tried again.", count) % {"n": count}
        left = len(keys) - count
        if left:
            words += " " + _t("The others are being sent, or their time is over, or their words are no longer kept.")
        messages.success(request, words)

    attempt(request, act)
    shown = request.POST.get("show", "")
    return redirect(f"{reverse('outbox:home')}{f'?show={shown}' if shown in SHOWS else ''}")
