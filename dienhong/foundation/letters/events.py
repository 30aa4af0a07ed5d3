"""What can happen in the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import Event, Says
from dienhong.foundation.letters.purposes import WORDS

TOPIC = "letters"


@dataclass(frozen=True, slots=True)
class _OfLetters(Event):
    """Something that happened to letters of one purpose; `about` is the topic they belong to, or empty."""

    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"purpose": WORDS}
    purpose: str
    about: str
    count: int

    def topics(self) -> tuple[str, ...]:
        return (TOPIC, self.about) if self.about else (TOPIC,)


@dataclass(frozen=True, slots=True)
class LettersFailed(_OfLetters):
    kind: ClassVar[str] = "letters.LettersFailed"
    says: ClassVar[Says] = _("{actor} could not deliver letters ({purpose}): {count}")


@dataclass(frozen=True, slots=True)
class LettersTriedAgain(_OfLetters):
    kind: ClassVar[str] = "letters.LettersTriedAgain"
    says: ClassVar[Says] = _("{actor} let letters be tried again ({purpose}): {count}")


@dataclass(frozen=True, slots=True)
class LettersGivenUp(_OfLetters):
    kind: ClassVar[str] = "letters.LettersGivenUp"
    says: ClassVar[Says] = _("{actor} gave up letters ({purpose}): {count}")


@dataclass(frozen=True, slots=True)
class LettersHeld(_OfLetters):
    kind: ClassVar[str] = "letters.LettersHeld"
    says: ClassVar[Says] = _("{actor} held letters back that may have left before the backup ({purpose}): {count}")
