"""Answers kept for as long as the journal stands still (giữ theo nhật ký).

Nothing changes in the office without an entry, and the hash of the newest one stands for everything before it: what was
counted at that hash is true until there is another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from dienhong.foundation.journal.models import Head

V = TypeVar("V")
EMPTY = "0" * 64  # the hash of a journal without entries: there is nothing to keep an answer by


class Kept(Generic[V]):
    """The newest answers to one question, at most so many. Readers share them: nobody changes what they are given.

    The hash is read before the answer is made, so that an answer may be newer than its hash and never older.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._answers: dict[tuple[str, Hashable], V] = {}

    def get(self, asked: Hashable, make: Callable[[], V]) -> V:
        """The answer to what was asked, made if the journal has grown since it was made last."""
        at = Head.objects.values_list("hash", flat=True).get(pk=1)
        if at == EMPTY:
            return make()
        key = (at, asked)
        if key in self._answers:
            return self._answers[key]
        answer = make()
        if len(self._answers) >= self.most:
            self._answers.clear()
        self._answers[key] = answer
        return answer
