"""What can happen to the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import Event, Says


@dataclass(frozen=True, slots=True)
class ClockSet(Event):
    """The demonstration's clock was set."""

    kind: ClassVar[str] = "clock.ClockSet"
    says: ClassVar[Says] = _("{actor} set the clock of the demonstration to {moment}")

    moment: str

    def topics(self) -> tuple[str, ...]:
        return ("clock",)
