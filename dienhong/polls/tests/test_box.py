"""What the ballot box reads in the body of a press."""

from __future__ import annotations

import json

import pytest

from dienhong.polls.box import FOREIGN, press_of
from dienhong.polls.casting import Press

PRESS = {"poll": 12, "choice": "for", "key": "a-press-0001"}


def body(**more: object) -> bytes:
    return json.dumps({**PRESS, **more}).encode()


def test_a_press_belongs_to_whoever_is_signed_in() -> None:
    assert press_of(body(), 7) == press_of(body(person=7), 7) == Press(12, 7, "for", "a-press-0001")


def test_a_press_kept_by_somebody_else_on_the_same_tablet_is_not_taken_as_mine() -> None:
    assert press_of(body(person=8), 7) == FOREIGN


@pytest.mark.parametrize(
    "wrong", [b"", b"[]", b"nonsense", body(poll="12"), body(poll=True), body(poll=0), body(choice=1), body(key=None)]
)
def test_what_is_no_press_is_none(wrong: bytes) -> None:
    assert press_of(wrong, 7) is None
