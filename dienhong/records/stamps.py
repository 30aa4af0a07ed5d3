"""Stamped figures (số liệu đóng dấu): what was computed at an entry of the journal, and if it still comes out so."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import translation

from dienhong.foundation.journal.models import Entry
from dienhong.foundation.journal.queries import Told, last_number, told
from dienhong.records.figures import figure
from dienhong.records.models import Stamp
from dienhong.records.rules import Figure, Row
from dienhong.records.scopes import scope_of
from dienhong.records.shelf import head, shelf

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


def computed(key: str, scope: str, today: dt.date) -> tuple[Figure, list[dict[str, Any]]]:
    """The figure with its rows as a stamp keeps them: always in the office's own language. Raises NoSuchFigure."""
    with translation.override("vi"):
        found = figure(key, scope_of(scope, today, shelf(head())), today)
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
    value: Decimal | None
    at_least: Decimal | None
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
            "stamped_value": None if self.stamp.value is None else f"{self.stamp.value:f}",
            "stamped_at_entry": self.stamp.entry,
            "entry": self.entry,
            "sound": self.sound,
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": [{"name": one.name, "before": one.before, "now": one.now} for one in self.changed],
        }


TOPICS = ("figures", "sessions", "meetings", "polls", "dossiers")


def recompute(stamp: Stamp, today: dt.date) -> Recomputed:
    """Compute a stamped figure anew and say exactly what is otherwise: rows added, taken away or altered since."""
    found, rows = computed(stamp.key, stamp.scope, today)
    before = {row["about"] or row["name"]: row for row in stamp.rows}
    now = {row["about"] or row["name"]: row for row in rows}
    changed = [
        Altered(
            now[key]["name"],
            {part: before[key][part] for part in COUNTED if before[key][part] != now[key][part]},
            {part: now[key][part] for part in COUNTED if before[key][part] != now[key][part]},
        )
        for key in before.keys() & now.keys()
        if any(before[key][part] != now[key][part] for part in COUNTED)
    ]
    return Recomputed(
        stamp,
        found.value,
        found.at_least,
        last_number(),
        tuple(sorted(now[key]["name"] for key in now.keys() - before.keys())),
        tuple(sorted(before[key]["name"] for key in before.keys() - now.keys())),
        tuple(sorted(changed, key=lambda one: one.name)),
        digest(stamp.rows) == stamp.digest,
        _told_since(stamp.entry),
    )


def _told_since(entry: int) -> tuple[Told, ...]:
    """The newest entries after that one which concern what figures count, at most twelve."""
    found = [
        row
        for row in Entry.objects.filter(number__gt=entry).order_by("-number")[:500]
        if any(word.partition(":")[0] in TOPICS for word in row.topics.split())
        and not row.kind.startswith("records.FigureStamped")
    ]
    return tuple(told(found[:12]))
