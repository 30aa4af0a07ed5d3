"""Answers kept for as long as the journal stands still (giữ theo nhật ký).

Nothing changes in the office without an entry, and the hash of the newest one stands for everything before it: what was
counted at that hash is true until there is another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from dienhong.foundation.journal.chain import START
from dienhong.foundation.journal.queries import head

V = TypeVar("V")


class Kept(Generic[V]):
    """The newest answers to one question, at most so many. Readers share them: nobody changes what they are given.

    The hash is read before the answer is made, so that an answer may be newer than its hash and never older. Whoever
    asks inside an act that has already changed rows and not yet told the journal would keep what may be taken back:
    acts make their answers themselves. Threads of one process share it: another may empty it at any moment.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._answers: dict[tuple[str, Hashable], tuple[V]] = {}

    def get(self, asked: Hashable, make: Callable[[], V]) -> V:
        """The answer to what was asked, made if the journal has grown since it was made last."""
        at = head()
        if at == START:  # a journal without entries: there is nothing to keep an answer by
            return make()
        found = self._answers.get((at, asked))
        if found is not None:
            return found[0]
        answer = make()
        if len(self._answers) >= self.most:
            self._answers.clear()
        self._answers[at, asked] = (answer,)
        return answer
