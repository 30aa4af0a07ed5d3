"""What people ask of the outbox; no answer holds the words of a letter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dienhong.foundation.letters.models import Letter, LetterState

STATES_OPEN = (LetterState.WAITING, LetterState.FAILED)


def letters() -> QuerySet[Letter]:
    """All letters, newest first, without their words."""
    return Letter.objects.defer("body", "subject", "headers").order_by("-id")


def last_letters(purpose: str, about: str) -> dict[str, Letter]:
    """The last letter of each key about one thing, by key."""
    return {row.key: row for row in letters().filter(purpose=purpose, about=about).order_by("id") if row.key}


def keys_in_hand(purpose: str, about: str) -> set[str]:
    """The keys about one thing whose letter waits, or has left without the journal having told it yet."""
    rows = Letter.objects.filter(
        Q(state=LetterState.WAITING) | Q(state=LetterState.SENT, noted=False), purpose=purpose, about=about
    )
    return set(rows.values_list("key", flat=True))


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outbox stands: how many wait and failed, since when the oldest waits, and what the server said last."""

    waiting: int
    failed: int
    oldest: dt.datetime | None
    fault: str

    def late(self, at: dt.datetime, after: dt.timedelta) -> bool:
        """Whether a letter has waited longer than that."""
        return self.oldest is not None and at - self.oldest > after


def standing() -> Standing:
    """How the outbox stands now."""
    waiting = Letter.objects.filter(state=LetterState.WAITING)
    oldest = waiting.order_by("posted_at").values_list("posted_at", flat=True).first()
    told = waiting.exclude(fault="").order_by("-id").only("fault", "fault_words").first()
    fault = " ".join(part for part in (str(told.get_fault_display()), told.fault_words) if part) if told else ""
    return Standing(waiting.count(), Letter.objects.filter(state=LetterState.FAILED).count(), oldest, fault)
