"""Stamped figures (số liệu đóng dấu): what was computed at an entry of the journal, and if it still comes out so."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import translation

from dienhong.foundation.clock import day_of
from dienhong.foundation.journal.models import Entry, Topic
from dienhong.foundation.journal.queries import Told, last_number, told
from dienhong.records.figures import PUBLIC, figure
from dienhong.records.models import Stamp
from dienhong.records.rules import Figure, Row
from dienhong.records.scopes import scope_of
from dienhong.records.shelf import shelf

#: What of a row makes it the same row still; what it is called may be worded anew.
COUNTED = ("date", "until", "value", "mark", "source")


def row_facts(row: Row) -> dict[str, Any]:
    """A row as a stamp keeps it: plain values, numbers as text so that every database gives them back alike."""
    return {
        "about": row.about,
        "name": row.name,
        "date": row.date.isoformat() if row.date else None,
        "until": row.until.isoformat() if row.until else None,
        "value": None if row.value is None else f"{row.value.normalize():f}",
        "mark": row.mark,
        "source": row.source,
    }


def kept_rows(found: Figure) -> list[dict[str, Any]]:
    """The rows of a figure, and the published statements it rests on, as a stamp keeps them."""
    said = [
        {
            **row_facts(Row(None, one.stated_by or one.source, one.source, one.mark, None, one.value)),
            "about": f"said:{n}",
        }
        for n, one in enumerate(found.reported)
    ]
    return [*(row_facts(row) for row in found.rows), *said]


def digest(rows: Sequence[Mapping[str, Any]]) -> str:
    """The SHA-256 over what is counted of these rows, whatever their order and whatever they are called."""
    facts = sorted(json.dumps([row["about"], *(row[part] for part in COUNTED)], ensure_ascii=False) for row in rows)
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def computed(
    key: str, scope: str, today: dt.date, sight: frozenset[str] = PUBLIC
) -> tuple[Figure, list[dict[str, Any]]]:
    """The figure with its rows as a stamp keeps them: always in the office's own language. Raises NoSuchFigure."""
    with translation.override("vi"):
        found = figure(key, scope_of(scope, today, shelf()), today, sight=sight)
        return found, kept_rows(found)


@dataclass(frozen=True, slots=True)
class Altered:
    """A row that is no longer counted as it was: which facts, before and now."""

    name: str
    before: dict[str, Any]
    now: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A stamp held against the record of now. `same` says whether value and rows come out as they were."""

    stamp: Stamp
    value: Decimal | None  # as of the day of the stamp
    at_least: Decimal | None
    today: Decimal | None  # as of the day of asking
    entry: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Altered, ...]
    sound: bool  # the rows kept in the stamp still give its digest
    since: tuple[Told, ...]  # what the journal tells of figures since then

    @property
    def same(self) -> bool:
        return self.sound and self.value == self.stamp.value and not (self.added or self.removed or self.changed)

    def as_json(self) -> dict[str, Any]:
        """What came out, as a command prints it."""
        return {
            "same": self.same,
            "value": None if self.value is None else f"{self.value:f}",
            "value_today": None if self.today is None else f"{self.today:f}",
            "stamped_value": None if self.stamp.value is None else f"{self.stamp.value:f}",
            "stamped_at_entry": self.stamp.entry,
            "entry": self.entry,
            "sound": self.sound,
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": [{"name": one.name, "before": one.before, "now": one.now} for one in self.changed],
        }


#: The topics of the journal that concern what figures count.
TOPICS = ("figures", "sessions", "meetings", "polls", "dossiers", "tasks")
#: The topic of the journal for the thing that a row stands for, where it is called otherwise there.
TOPIC_OF = {"vote": "poll"}
TOLD = 12
AT_ONCE = 500  # topics asked for in one question; a stamp may rest on thousands of rows


def recompute(stamp: Stamp, today: dt.date, sight: frozenset[str] = PUBLIC) -> Recomputed:
    """Compute a stamped figure anew as of the day of the stamp, and say exactly what is otherwise.

    What happened on later days changes nothing then; what was entered later of earlier days does.
    """
    found, rows = computed(stamp.key, stamp.scope, min(day_of(stamp.at), today), sight)
    now, _rows = computed(stamp.key, stamp.scope, today, sight)
    before, after = _by_about(stamp.rows), _by_about(rows)
    changed = {key: _altered(before[key], after[key]) for key in before.keys() & after.keys()}
    altered = {key: one for key, one in changed.items() if one is not None}
    touched = (before.keys() ^ after.keys()) | altered.keys()
    return Recomputed(
        stamp,
        found.value,
        found.at_least,
        now.value,
        last_number(),
        tuple(sorted(after[key]["name"] for key in after.keys() - before.keys())),
        tuple(sorted(before[key]["name"] for key in before.keys() - after.keys())),
        tuple(sorted(altered.values(), key=lambda one: one.name)),
        digest(stamp.rows) == stamp.digest,
        _told_since(stamp.entry, touched),
    )


def _by_about(rows: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {row["about"] or row["name"]: row for row in rows}


def _altered(before: Mapping[str, Any], now: Mapping[str, Any]) -> Altered | None:
    """What of a row is counted otherwise now, None when nothing."""
    parts = [part for part in COUNTED if before[part] != now[part]]
    if not parts:
        return None
    return Altered(now["name"], {part: before[part] for part in parts}, {part: now[part] for part in parts})


def _told_since(entry: int, touched: Iterable[str]) -> tuple[Told, ...]:
    """The newest entries after that one about the rows that are otherwise, else about what figures count."""
    numbers = _newest(entry, sorted({_topic(about) for about in touched})) or _newest(entry, TOPICS)
    return tuple(told(Entry.objects.filter(number__in=numbers).order_by("-number")))


def _newest(entry: int, topics: Sequence[str]) -> list[int]:
    """The numbers of the newest entries after that one with one of these topics; the index of the topics finds them."""
    found: set[int] = set()
    for begin in range(0, len(topics), AT_ONCE):
        rows = Topic.objects.filter(topic__in=topics[begin : begin + AT_ONCE], entry_id__gt=entry)
        found.update(rows.order_by("-entry_id").values_list("entry_id", flat=True).distinct()[:TOLD])
    return sorted(found, reverse=True)[:TOLD]


def _topic(about: str) -> str:
    """The journal's topic for the thing that a row stands for: "task:7" for "task:7:extension:2"."""
    kind, _colon, key = about.partition(":")
    return f"{TOPIC_OF.get(kind, kind)}:{key.partition(':')[0]}"
