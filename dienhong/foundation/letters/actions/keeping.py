"""What people do with letters that have not left: try again, give up; and what other acts do with theirs."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.journal.actions import record
from dienhong.foundation.letters import events, waking
from dienhong.foundation.letters.events import _OfLetters
from dienhong.foundation.letters.models import Fault, Letter, LetterState
from dienhong.foundation.refusal import Refusal

KEEP = declare("letters.keep", _("Look after the outbox"))

#: Letters that are not tried again: another act has spoken.
_SPOKEN = (Fault.REPLACED, Fault.CORRECTED, Fault.WITHDRAWN)


class NothingToDo(Refusal):
    """None of these letters can be tried again, or given up."""


class UnderWay(Refusal):
    """The letter is being sent at this moment."""


def _locked(letter_ids: Collection[int]) -> list[Letter]:
    rows = Letter.objects.filter(pk__in=letter_ids).defer("body", "headers").select_for_update(of=("self",))
    return list(rows.order_by("pk"))


def _record(
    letters: Sequence[Letter], event: Callable[[str, str, int], _OfLetters], actor: Actor, at: dt.datetime
) -> None:
    """Tell of these letters, once for each purpose and thing they were about."""
    of = sorted(letters, key=lambda row: (row.purpose, row.about))
    for (purpose, about), rows in itertools.groupby(of, key=lambda row: (row.purpose, row.about)):
        record(event(purpose, about, len(list(rows))), actor=actor, at=at)


@transaction.atomic
def try_again(*, actor: Actor, letter_ids: Collection[int], at: dt.datetime) -> int:
    """Let these letters be sent at once (gửi lại): those that wait, and those that failed or were given up as long as
    their words are kept. Gives back how many. Raises NothingToDo."""
    require(actor, KEEP, at=at)
    rows = [row for row in _locked(letter_ids) if row.kept and not row.lease]
    rows = [row for row in rows if row.state != LetterState.SENT and row.fault not in _SPOKEN]
    rows = [row for row in rows if row.until is None or row.until > at]
    keyed = Letter.objects.filter(state=LetterState.WAITING, key__in={row.key for row in rows} - {""})
    others = {(row.purpose, row.key): row.pk for row in keyed.only("purpose", "key")}
    fit = [row for row in rows if others.get((row.purpose, row.key), row.pk) == row.pk]
    if not fit:
        raise NothingToDo(_("There is no letter here that could be tried again."))
    Letter.objects.filter(pk__in=[row.pk for row in fit]).update(
        state=LetterState.WAITING,
        settled_at=None,
        noted=False,
        next_try=None,
        tries=0,
        held=0,
        fault="",
        fault_words="",
    )
    transaction.on_commit(waking.ring)
    _record(fit, events.LettersTriedAgain, actor, at)
    return len(fit)


@transaction.atomic
def give_up_letters(*, actor: Actor, letter_ids: Collection[int], at: dt.datetime) -> int:
    """Give these letters up (thôi không gửi): they do not leave. Gives back how many.

    Raises UnderWay while one is being sent, NothingToDo.
    """
    require(actor, KEEP, at=at)
    rows = [row for row in _locked(letter_ids) if row.state in (LetterState.WAITING, LetterState.FAILED)]
    if not rows:
        raise NothingToDo(_("There is no letter here that could be given up."))
    _not_under_way(rows)
    _drop(rows, Fault.BY_PERSON, at)
    _record(rows, events.LettersGivenUp, actor, at)
    return len(rows)


@transaction.atomic
def hold_letters(*, actor: Actor, at: dt.datetime) -> int:
    """Let nothing leave that waits (giữ thư lại): after a restore, what waited then may have left long ago.

    A person looks and tries again or gives up. Gives back how many.
    """
    require(actor, KEEP, at=at)
    rows = _locked(Letter.objects.filter(state=LetterState.WAITING).values_list("pk", flat=True))
    Letter.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=LetterState.FAILED, settled_at=at, noted=True, next_try=None, lease="", leased_until=None,
        perhaps_twice=True, fault=Fault.RESTORED, fault_words="",
    )  # fmt: skip
    _record(rows, events.LettersHeld, actor, at)
    return len(rows)


def drop_with(*, purpose: str, keys: Collection[str], fault: Fault, at: dt.datetime) -> int:
    """Take letters back that have not left, in the transaction of the act that withdraws or replaces what they say.

    Gives back how many. Raises UnderWay while one is being sent.
    """
    open_ = Letter.objects.filter(purpose=purpose, key__in=keys, state__in=(LetterState.WAITING, LetterState.FAILED))
    rows = _locked(open_.values_list("pk", flat=True))
    rows = [row for row in rows if row.state in (LetterState.WAITING, LetterState.FAILED)]
    _not_under_way(rows)
    _drop(rows, fault, at)
    return len(rows)


def drop_waiting(*, purpose: str, about: str, fault: Fault, at: dt.datetime) -> int:
    """Take back all letters about one thing that wait, in the transaction of the act that changes what they say.

    Those that are being sent at this moment leave as they are. Gives back how many were taken back.
    """
    waiting = Letter.objects.filter(purpose=purpose, about=about, state=LetterState.WAITING)
    rows = [row for row in _locked(waiting.values_list("pk", flat=True)) if row.state == LetterState.WAITING]
    free = [row for row in rows if not row.lease]
    _drop(free, fault, at)
    return len(free)


def _not_under_way(rows: Sequence[Letter]) -> None:
    if any(row.lease for row in rows):
        raise UnderWay(_("A letter is being sent at this moment. Look again in a minute."))


def _drop(rows: Sequence[Letter], fault: Fault, at: dt.datetime) -> None:
    Letter.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=LetterState.DROPPED, settled_at=at, noted=True, next_try=None, fault=fault
    )
