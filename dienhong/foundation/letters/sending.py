"""Sending what waits (gửi thư): one letter after the other, each leased, handed over and settled on its own.

A sender is a door: no page asks it, so it reads the clock. Each letter costs two short transactions and holds none
while the mail server is spoken to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.conf import settings

from dienhong.foundation import clock
from dienhong.foundation.letters import actions
from dienhong.foundation.letters.handing import Hatch, Trouble, Unwritable, message_of
from dienhong.foundation.letters.models import Fault, Letter
from dienhong.foundation.letters.rules import Answer

#: Letters after which the journal is told in the middle of a long round.
NOTE_EVERY = 100
log = structlog.get_logger("dienhong.letters")


@dataclass(slots=True)
class Round:
    """What one round did: what left, failed for good, is tried again later; `away`: why the server takes none."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    away: str = ""


def _never() -> bool:
    return False


def send_waiting(*, stop: Callable[[], bool] = _never, moved: Callable[[Letter], None] = lambda _letter: None) -> Round:
    """Send the letters that are due, until none is left, `stop` says so, or the mail server is away.

    `moved` is told of each letter afterwards. Without a mail server (DIENHONG_EMAIL_URL) nothing is touched.
    """
    done = Round()
    if not actions.may_post():
        return done
    hatch = Hatch()
    try:
        while not done.away and not stop():
            letter = actions.lease_next(now=clock.machine_now(), lasting=settings.MAIL_LEASE)
            if letter is None:
                break
            _send(letter, hatch, done)
            moved(letter)
            if (done.sent + done.failed) % NOTE_EVERY == NOTE_EVERY - 1:
                actions.note_settled(at=clock.now())
    finally:
        hatch.close()
        actions.note_settled(at=clock.now())
    return done


def forget_old() -> int:
    """Forget the words of letters that ended long enough ago (DIENHONG_MAIL_KEEP_DAYS). Gives back how many."""
    return actions.empty_old(before=clock.now() - settings.MAIL_KEEP)


def _send(letter: Letter, hatch: Hatch, done: Round) -> None:
    if letter.until is not None and letter.until <= clock.now():
        _fail(letter, Fault.TOO_LATE, "", done)
        return
    try:
        mail = message_of(letter)
    except Unwritable as error:
        _fail(letter, Fault.UNWRITABLE, str(error), done)
        return
    trouble = hatch.hand(mail)
    if trouble is not None:
        _troubled(letter, trouble, done)
    elif actions.settle_sent(letter=letter, at=clock.now()):
        done.sent += 1
        if done.sent == 1:
            actions.bring_forward()
    else:  # slower than the lease: whoever has it now writes how it ended
        log.warning("letter_lease_lost", letter=letter.pk)


def _troubled(letter: Letter, trouble: Trouble, done: Round) -> None:
    if trouble.answer is Answer.REFUSED:
        letter.tries += 1
        _fail(letter, trouble.fault, trouble.words, done)
    elif trouble.answer is Answer.LATER:
        now, at = clock.machine_now(), clock.now()
        again = actions.put_off(letter=letter, fault=trouble.fault, words=trouble.words, now=now, at=at)
        done.later, done.failed = done.later + again, done.failed + (not again)
        _log(letter, trouble.fault if again else Fault.TRIED, again=again)
    else:
        done.away = trouble.words
        wait = actions.hold_all(letter=letter, words=trouble.words, now=clock.machine_now())
        _log(letter, trouble.fault, again=True, seconds=int(wait.total_seconds()))


def _fail(letter: Letter, fault: Fault, words: str, done: Round) -> None:
    if actions.settle_failed(letter=letter, fault=fault, words=words, at=clock.now()):
        done.failed += 1
        _log(letter, fault, again=False)


def _log(letter: Letter, fault: Fault, *, again: bool, **more: int) -> None:
    """One line, without the server's words: they may name the address."""
    log.error("mail_not_sent", letter=letter.pk, purpose=letter.purpose, fault=str(fault.value), again=again, **more)
