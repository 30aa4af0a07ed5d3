"""What a sender writes: a letter leased, how it ended, what waits for the mail server, what is told and forgotten.

Every write names the lease, so a sender whose lease has ended changes nothing any more.
"""

from __future__ import annotations

import datetime as dt
import itertools
import secrets
from collections.abc import Sequence

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.utils import InterfaceError, OperationalError

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.journal.actions import ClockBehind, record
from dienhong.foundation.letters import events, purposes, rules
from dienhong.foundation.letters.models import Enclosure, Fault, Letter, LetterState

#: Letters whose end is told, or whose words go, in one transaction.
AT_ONCE = 200
log = structlog.get_logger("dienhong.letters")


def _held(rows: QuerySet[Letter]) -> QuerySet[Letter]:
    """These rows, locked; those that another process holds are left out where the database can."""
    return rows.select_for_update(of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked)


def _due(now: dt.datetime) -> QuerySet[Letter]:
    """The letters that may be sent now: their time has come and nobody has them. Urgent ones first, then in order."""
    rows = Letter.objects.filter(Q(next_try=None) | Q(next_try__lte=now), state=LetterState.WAITING)
    return rows.filter(Q(leased_until=None) | Q(leased_until__lte=now)).order_by("-urgent", "id")


def lease_next(*, now: dt.datetime, lasting: dt.timedelta) -> Letter | None:
    """Take the next letter for so long that nobody else sends it; None when none is due. `now` is the machine's time.

    A letter whose lease has ended was with a sender that was killed: it may have left already, and is marked so.
    """
    if not _due(now).exists():  # looked at without a lock: most looks find nothing
        return None
    with transaction.atomic():
        row = _held(_due(now)).first()
        if row is None:
            return None
        row.perhaps_twice = row.perhaps_twice or bool(row.lease)
        row.lease, row.leased_until = secrets.token_hex(16), now + lasting
        Letter.objects.filter(pk=row.pk).update(
            lease=row.lease, leased_until=row.leased_until, perhaps_twice=row.perhaps_twice
        )
    return row


def _settle(letter: Letter, at: dt.datetime, state: LetterState, fault: str, words: str) -> bool:
    """Write how a leased letter ended; False when the lease had ended and another sender has it."""
    with transaction.atomic():
        mine = Letter.objects.filter(pk=letter.pk, lease=letter.lease, state=LetterState.WAITING)
        changed = mine.update(
            state=state, settled_at=at, lease="", leased_until=None, next_try=None, held=0, tries=letter.tries,
            perhaps_twice=letter.perhaps_twice, fault=fault, fault_words=words[:500],
        )  # fmt: skip
        if changed and state == LetterState.SENT and (letter.sealed or not settings.MAIL_KEEP):
            _empty([letter.pk])
    return bool(changed)


def settle_sent(*, letter: Letter, at: dt.datetime) -> bool:
    """The mail server took the letter. False when the lease had ended."""
    letter.tries += 1
    return _settle(letter, at, LetterState.SENT, "", "")


def settle_failed(*, letter: Letter, fault: str, words: str, at: dt.datetime) -> bool:
    """The letter will not leave unless a person tries it again. False when the lease had ended."""
    return _settle(letter, at, LetterState.FAILED, fault, words)


def put_off(*, letter: Letter, fault: str, words: str, now: dt.datetime, at: dt.datetime) -> bool:
    """Try this letter again after the next pause; after as many tries as the settings allow it fails for good.

    Gives back whether it will be tried again.
    """
    letter.tries += 1
    letter.perhaps_twice = letter.perhaps_twice or fault == Fault.CUT
    if letter.tries >= settings.MAIL_TRIES:
        settle_failed(letter=letter, fault=Fault.TRIED, words=words, at=at)
        return False
    Letter.objects.filter(pk=letter.pk, lease=letter.lease, state=LetterState.WAITING).update(
        lease="", leased_until=None, next_try=now + rules.pause(settings.MAIL_PAUSES, letter.tries), held=0,
        tries=letter.tries, perhaps_twice=letter.perhaps_twice, fault=fault, fault_words=words[:500],
    )  # fmt: skip
    return True


@transaction.atomic
def hold_all(*, letter: Letter, words: str, now: dt.datetime) -> dt.timedelta:
    """The mail server itself is away: this letter and all that are due wait, without a try counted against them.

    Gives back for how long.
    """
    wait = rules.server_pause(settings.MAIL_PAUSES, letter.held + 1)
    late = {"next_try": now + wait, "held": F("held") + 1, "fault": Fault.AWAY, "fault_words": words[:500]}
    due = [pk for pk in _held(_due(now)).values_list("pk", flat=True) if pk != letter.pk]
    Letter.objects.filter(pk__in=due).update(**late)
    mine = Letter.objects.filter(pk=letter.pk, lease=letter.lease, state=LetterState.WAITING)
    mine.update(lease="", leased_until=None, **late)
    return wait


def bring_forward() -> int:
    """The mail server is there again: what waited for it may go now. Gives back how many letters."""
    waiting = Letter.objects.filter(state=LetterState.WAITING, fault=Fault.AWAY, next_try__isnull=False)
    return waiting.update(next_try=None)


def note_settled(*, at: dt.datetime) -> int:
    """Tell the journal how letters ended, together for each purpose and thing they were about. Gives back how many."""
    told = 0
    while True:
        with transaction.atomic():
            ended = Letter.objects.filter(noted=False).exclude(state=LetterState.WAITING)
            rows = list(_held(ended.defer("body", "headers")).order_by("id")[:AT_ONCE])
            rows.sort(key=lambda row: (row.purpose, row.about, row.pk))
            for (purpose, about), group in itertools.groupby(rows, key=lambda row: (row.purpose, row.about)):
                _note(purpose, about, list(group), at)
            Letter.objects.filter(pk__in=[row.pk for row in rows]).update(noted=True)
        told += len(rows)
        if len(rows) < AT_ONCE:
            return told


def _note(code: str, about: str, letters: Sequence[Letter], at: dt.datetime) -> None:
    note = purposes.purpose(code).note
    if note is not None:
        try:
            with transaction.atomic():
                note(about, letters, at)
            return
        except (ClockBehind, OperationalError, InterfaceError):
            raise  # nothing can be written now; it is told at the next look
        except Exception:  # what it was about may be gone: that must not stop what is told of all other letters
            log.exception("letters_not_noted", purpose=code)
    failed = sum(row.state == LetterState.FAILED for row in letters)
    if failed:
        record(events.LettersFailed(code, about, failed), actor=keeper("outbox"), at=at)


def _empty(keys: Sequence[int]) -> None:
    """Forget the words of these letters and what was enclosed: who, when, what about and how it ended stay."""
    Enclosure.objects.filter(letter_id__in=keys).delete()
    Letter.objects.filter(pk__in=keys).update(body="", subject="", headers={}, kept=False)


def empty_old(*, before: dt.datetime) -> int:
    """Forget the words of letters that ended before that moment of the office. Gives back how many."""
    emptied = 0
    while True:
        with transaction.atomic():
            old = Letter.objects.filter(kept=True, noted=True, settled_at__lt=before).exclude(state=LetterState.WAITING)
            keys = [row.pk for row in _held(old.only("pk")).order_by("id")[:AT_ONCE]]
            _empty(keys)
        emptied += len(keys)
        if len(keys) < AT_ONCE:
            return emptied
