"""How long a letter waits, and what a mail server's answer means."""

from __future__ import annotations

import datetime as dt

import pytest

from dienhong.foundation.letters.rules import Answer, answer_to_letter, answer_to_sender, pause, server_pause

PAUSES = [dt.timedelta(minutes=n) for n in (1, 5, 60)]


def test_pauses_grow_and_the_last_one_repeats() -> None:
    assert [pause(PAUSES, n).total_seconds() / 60 for n in (0, 1, 2, 3, 4, 99)] == [1, 1, 5, 60, 60, 60]


def test_while_the_server_is_away_nobody_waits_for_hours() -> None:
    assert [server_pause(PAUSES, n).total_seconds() / 60 for n in (1, 2, 3, 50)] == [1, 5, 15, 15]


@pytest.mark.parametrize(
    ("code", "answer"),
    [(450, Answer.LATER), (452, Answer.LATER), (421, Answer.SERVER), (550, Answer.REFUSED), (554, Answer.REFUSED)],
)
def test_what_is_said_to_one_letter_is_that_letters_but_for_a_closing_door(code: int, answer: Answer) -> None:
    assert answer_to_letter(code) is answer


@pytest.mark.parametrize(
    ("code", "answer"), [(550, Answer.SERVER), (530, Answer.SERVER), (451, Answer.SERVER), (552, Answer.REFUSED)]
)
def test_a_refused_sender_is_the_offices_fault_and_fails_no_letter_but_one_too_large(code: int, answer: Answer) -> None:
    assert answer_to_sender(code) is answer
