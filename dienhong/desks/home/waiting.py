"""One thing that waits for a person, as the first page shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dienhong.foundation.clock import moment


@dataclass(frozen=True, slots=True)
class Awaiting:
    """One thing that waits: what, since or until when, and where it is done. `now` for what cannot wait."""

    what: str
    detail: str
    url: str
    act: str
    at: dt.datetime | None = None
    state: str = ""
    now: bool = False


def end_of_day(day: dt.date | None) -> dt.datetime | None:
    """The moment by which something due on that day is done."""
    return moment(day, dt.time(17)) if day else None
