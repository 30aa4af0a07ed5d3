"""One run of loading: who loads, when, and what the office holds meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dienhong.demo.reading import Line
from dienhong.foundation.access.actor import Actor
from dienhong.meetings.models import Session
from dienhong.people.models import Body, Term
from dienhong.records.queries import session_code


@dataclass(slots=True)
class Count:
    """How many rows of a file were added and how many were already there."""

    added: int = 0
    same: int = 0


@dataclass
class Loading:
    """One run: who loads, when, and what the office holds meanwhile."""

    actor: Actor
    at: dt.datetime
    tell: Callable[[str], None]
    added: int = 0
    bodies: dict[str, Body] = field(default_factory=dict)

    @cached_property
    def terms(self) -> dict[str, Term]:
        return {term.label: term for term in Term.objects.all()}

    @cached_property
    def sessions(self) -> dict[str, Session]:
        """The sessions by their code in the files: XV-6, XV-BT2."""
        return {session_code(s): s for s in Session.objects.select_related("term")}


def cited(line: Line) -> dict[str, Any]:
    """Mark, source and note of a row, as actions take them."""
    return {"mark": line.text("mark"), "source": line.text("source"), "note": line.text("note")}
