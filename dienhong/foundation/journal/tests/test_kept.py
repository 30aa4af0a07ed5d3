"""Answers are kept while the journal stands still and made again when it grows."""

from __future__ import annotations

import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
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


def test_threads_share_what_is_kept_while_others_empty_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads ask in turn for more than is kept, so that each empties it between the other's look and answer."""
    monkeypatch.setattr("dienhong.foundation.journal.kept.head", lambda: "a" * 64)
    kept: Kept[int] = Kept(1)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            asked = [number % 3 for number in range(20_000)]
            assert list(pool.map(lambda number: kept.get(number, partial(int, number)), asked)) == asked
    finally:
        sys.setswitchinterval(usual)


def test_none_is_an_answer_too(cast: Cast) -> None:
    asked: list[str] = []
    kept: Kept[None] = Kept(4)
    for _ in range(3):
        kept.get("tasks", lambda: asked.append("made"))
    assert asked == ["made"]
