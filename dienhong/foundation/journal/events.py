"""Events (sự kiện): frozen facts of what happened, each a sentence in the reader's language.

A field named `person_id` is written into the chain as a number only; when the entry is read, the placeholder `{person}`
becomes the name that the concept owning persons gives. So names can be corrected or erased without breaking the chain.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Says = str | Promise
Namer = Callable[[Iterable[int]], Mapping[int, str]]

_kinds: dict[str, type[Event]] = {}
_namers: dict[str, Namer] = {}

NO_CODES: Mapping[str, Says] = {}
#: what a sentence shows in the place of a day that the record does not give
NO_DAY: Mapping[str, Says] = {"": _("a day not known")}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Fields are JSON values: text, numbers, booleans, None, ISO dates as text."""

    kind: ClassVar[str] = ""
    says: ClassVar[Says] = ""
    #: field -> code -> the words that the sentence shows instead of the code; a field may hold codes joined by ", "
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {}

    def __init_subclass__(cls) -> None:
        if cls.kind:
            _kinds[cls.kind] = cls

    def facts(self) -> dict[str, Any]:
        """The fields, as they go into the chain."""
        return dataclasses.asdict(self)

    def topics(self) -> tuple[str, ...]:
        """What a page must be watching to be told of this event: "poll:12", "meeting:5"."""
        return ()


def kind_of(kind: str) -> type[Event] | None:
    """The event class written under this kind, None when the program no longer knows it."""
    return _kinds.get(kind)


def kinds() -> tuple[str, ...]:
    """All kinds of event that the loaded concepts know."""
    return tuple(sorted(_kinds))


def names_for(field: str, namer: Namer) -> None:
    """Let fields `<field>_id` of events be read as the names that `namer` gives for their keys."""
    _namers[field] = namer


def namer_for(field: str) -> Namer | None:
    return _namers.get(field)
