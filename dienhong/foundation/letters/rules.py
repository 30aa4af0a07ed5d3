"""What is decided of letters, over plain values: how long to wait, what a mail server's answer means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import Enum

#: The longest pause while the mail server itself is away: when it comes back, letters should not wait for hours.
SERVER_PAUSE = dt.timedelta(minutes=15)
#: Connections that break in a row, before it is the server's fault and not the letters'.
CUTS = 3


class Answer(Enum):
    """What came of handing a letter over."""

    LATER = "the server asks to try this letter later"
    REFUSED = "the server refuses this letter for good"
    SERVER = "the server takes no letter now, whichever"


def pause(pauses: Sequence[dt.timedelta], tries: int) -> dt.timedelta:
    """How long a letter waits after so many tries (from 1): the pauses in turn, then the last one again and again."""
    return pauses[min(max(tries, 1), len(pauses)) - 1]


def server_pause(pauses: Sequence[dt.timedelta], held: int) -> dt.timedelta:
    """How long all letters wait after the server was away so many times in a row (from 1)."""
    return min(pause(pauses, held), SERVER_PAUSE)


def answer_to_sender(code: int) -> Answer:
    """What a refusal of the sender's address means: the office's fault or the server's, but for a letter too large."""
    return Answer.REFUSED if code == 552 else Answer.SERVER


def answer_to_letter(code: int) -> Answer:
    """What a refusal of the recipient or of the words means (RFC 5321 4.2.1); 421 is the server closing its door."""
    if code == 421:
        return Answer.SERVER
    return Answer.REFUSED if 500 <= code < 600 else Answer.LATER
