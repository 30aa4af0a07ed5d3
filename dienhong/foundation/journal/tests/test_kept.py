"""Answers are kept while the journal stands still and made again when it grows."""

from __future__ import annotations

import itertools
from functools import partial

import pytest

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.journal.kept import Kept
from dienhong.people import actions as people
from tests.cast import DAY, Cast, at_eight

pytestmark = pytest.mark.django_db


def test_an_answer_is_kept_until_something_is_done(cast: Cast) -> None:
    made = itertools.count(1)
    kept: Kept[int] = Kept(4)
    assert [kept.get("tasks", lambda: next(made)) for _ in range(3)] == [1, 1, 1]
    assert kept.get("texts", lambda: next(made)) == 2
    people.rename_body(actor=keeper("test"), body=cast.secretariat, name="Vụ Thư ký mới", since=DAY, at=at_eight())
    assert kept.get("tasks", lambda: next(made)) == 3


def test_no_more_answers_are_kept_than_said(cast: Cast) -> None:
    kept: Kept[int] = Kept(2)
    for number in range(7):
        assert kept.get(number, partial(int, number)) == number
    assert len(kept._answers) <= 2


def test_without_an_entry_nothing_is_kept() -> None:
    made = itertools.count(1)
    kept: Kept[int] = Kept(4)
    assert [kept.get("tasks", lambda: next(made)) for _ in range(2)] == [1, 2]
