"""The figures of a year, a term, a session or any stretch of days (số liệu), each with its rows and what is lacking.

`figures(scope, today)` gives all of them, `figure(key, scope, today)` one. They come from sources: functions that count
the rows of one matter. Another concept adds its own with `define(...)` and `add_source(...)`.

A source may be for some eyes only: `sight` is what the reader sees of the office (`sight_of`), and without it no figure
of such a source is given, proposed, claimed or stamped, not even its count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial

from django.utils.translation import get_language

from dienhong.foundation.access.actor import Actor, may
from dienhong.foundation.journal.chain import START
from dienhong.foundation.journal.queries import head
from dienhong.foundation.refusal import Refusal
from dienhong.records import bodies, counting, counting_tasks, counting_texts, counting_votes, session_definitions
from dienhong.records.books import Books
from dienhong.records.rules import Figure, Scope
from dienhong.records.shelf import shelf
from dienhong.texts.queries import SEE as SEE_TEXTS
from dienhong.work.models import Line
from dienhong.work.rights import lines_seen

assert session_definitions.PUBLISHED  # loaded for what it defines

#: What everybody sees who may read figures.
PUBLIC: frozenset[str] = frozenset()
#: What the journal, which many read, does not name: figures of these lines.
CONFINED: frozenset[str] = frozenset({Line.PARTY, Line.UNION})


class NoSuchFigure(Refusal):
    """No source counts a figure of this key for this scope."""

    status = 404


@dataclass(frozen=True, slots=True)
class Source:
    """Who counts: the figures whose keys begin with one of `keys`, for these kinds of scope."""

    name: str
    keys: tuple[str, ...]
    count: Callable[[Books], list[Figure]]
    kinds: frozenset[str]
    sees: str = ""  # what must be in the reader's sight; "" for everybody
    work_only: bool = False  # it counts tasks and programmes alone: no entry about anything else changes it


@dataclass(frozen=True, slots=True)
class _State:
    """The journal as a source sees it: the same where nothing was done since that the source counts."""

    seen: str
    at: str = field(compare=False)


TIMES = frozenset({"year", "term", "days"})
EVERYWHERE = TIMES | {"session"}
SOURCES: dict[str, Source] = {}


def add_source(
    name: str, keys: tuple[str, ...], count: Callable[[Books], list[Figure]], kinds: frozenset[str], sees: str = "",
    *, work_only: bool = False,
) -> None:  # fmt: skip
    """Let this function count the figures with these keys, after those that are already there."""
    SOURCES[name] = Source(name, keys, count, kinds, sees, work_only)


add_source("sessions", ("sessions",), counting.sessions, EVERYWHERE)
add_source("sitting", ("sessions",), counting.sitting, TIMES)
add_source("standing_committee", ("standing_committee",), counting.standing_committee, TIMES)
add_source("laws", ("laws", "resolutions", "ordinances"), counting.laws, EVERYWHERE)
add_source("votes", ("votes", "sittings", "meetings"), counting_votes.votes, EVERYWHERE)
add_source("deputies", ("deputies",), counting_votes.deputies, TIMES)
add_source("reported", ("reported",), counting.reported, frozenset({"year", "term", "session"}))
add_source("bodies", ("body",), bodies.count, frozenset({"body"}))
for _line, _name in counting_tasks.PREFIXES.items():
    _count = partial(counting_tasks.count, line=_line)
    add_source(_name, (_name,), _count, EVERYWHERE | {"body"}, sees=_line, work_only=True)
add_source("texts", ("texts",), counting_texts.count, TIMES, sees="texts")


def sight_of(actor: Actor, day: dt.date) -> frozenset[str]:
    """What this person sees of the office: the lines whose tasks are theirs to see, and the law texts."""
    seen = set(lines_seen(actor, day))
    if may(actor, SEE_TEXTS, on=day).allowed:
        seen.add("texts")
    return frozenset(seen)


def needed_for(key: str) -> str:
    """What must be in sight for the figure of this key; "" for nothing."""
    first = key.partition(".")[0]
    return next((source.sees for source in SOURCES.values() if first in source.keys and source.sees), "")


def in_sight(key: str, sight: frozenset[str]) -> bool:
    """Whether the figure of this key is for the eyes of who sees so much."""
    return needed_for(key) in {"", *sight}


def confined(key: str) -> bool:
    """Whether the figure of this key is of a line that the journal does not tell of."""
    return needed_for(key) in CONFINED


def figures(scope: Scope, today: dt.date, sight: frozenset[str] = PUBLIC) -> list[Figure]:
    """All figures of a scope that are in sight, in the order of the page.

    `today` ends what the office's own books cover. They are counted anew whenever the journal has grown: nothing
    changes in the office without an entry, and the hash of the newest one stands for everything before it.
    """
    at = head()
    names = [one.name for one in SOURCES.values() if scope.kind in one.kinds and one.sees in {"", *sight}]
    return [figure for name in names for figure in _of_source(name, scope, today, at)]


def figure(key: str, scope: Scope, today: dt.date, at: str = "", sight: frozenset[str] = PUBLIC) -> Figure:
    """One figure. `at` is the hash of the journal, read here when it is not given.

    Raises NoSuchFigure, for a figure that is not in sight as for one that nobody counts.
    """
    first = key.partition(".")[0]
    for source in SOURCES.values():
        if first in source.keys and scope.kind in source.kinds and source.sees in {"", *sight}:
            for found in _of_source(source.name, scope, today, at or head()):
                if found.key == key:
                    return found
    from django.utils.translation import gettext

    raise NoSuchFigure(gettext("There is no figure %(key)s of %(scope)s.") % {"key": key, "scope": scope.label})


def _of_source(name: str, scope: Scope, today: dt.date, at: str) -> tuple[Figure, ...]:
    language = get_language() or ""
    work = shelf(at).work_at if SOURCES[name].work_only and at != START else ""
    state = _State(work or at, at)
    if at == START:
        return _counted_at.__wrapped__(name, scope, today, language, state)
    return _counted_at(name, scope, today, language, state)


@lru_cache(maxsize=4096)
def _counted_at(name: str, scope: Scope, today: dt.date, language: str, state: _State) -> tuple[Figure, ...]:
    return tuple(SOURCES[name].count(Books(scope, today, shelf(state.at))))
