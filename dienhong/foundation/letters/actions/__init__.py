"""What is written of letters: posted with an act, tried again or given up by people, leased and settled by senders."""

from __future__ import annotations

from dienhong.foundation.letters.actions.keeping import (
    KEEP,
    NothingToDo,
    UnderWay,
    drop_waiting,
    drop_with,
    give_up_letters,
    hold_letters,
    try_again,
)
from dienhong.foundation.letters.actions.posting import Draft, File, NoMail, may_post, post_letters
from dienhong.foundation.letters.actions.settling import (
    bring_forward,
    empty_old,
    hold_all,
    lease_next,
    note_settled,
    put_off,
    settle_failed,
    settle_sent,
)

__all__ = [
    "KEEP",
    "Draft",
    "File",
    "NoMail",
    "NothingToDo",
    "UnderWay",
    "bring_forward",
    "drop_waiting",
    "drop_with",
    "empty_old",
    "give_up_letters",
    "hold_all",
    "hold_letters",
    "lease_next",
    "may_post",
    "note_settled",
    "post_letters",
    "put_off",
    "settle_failed",
    "settle_sent",
    "try_again",
]
