"""What people ask the journal: its entries as sentences, and whether it holds."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import PROGRAMS
from dienhong.foundation.access.models import Account
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.folding import sort_key
from dienhong.foundation.journal import chain
from dienhong.foundation.journal.events import NO_CODES, Says, kind_of, namer_for
from dienhong.foundation.journal.models import Entry, Head, Topic
from dienhong.foundation.refusal import Refusal

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
READ = declare("journal.read", _("Read the journal"))
VERIFY = declare("journal.verify", _("Check that the journal holds"))


class NoSuchEntry(Refusal):
    """The journal has no entry of this number."""

    status = 404


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is read: number, moment, kind, who, the sentence, the facts behind it and its hash."""

    number: int
    at: dt.datetime
    kind: str
    who: str
    sentence: str
    facts: dict[str, Any]
    hash: str
    topics: tuple[str, ...] = ()


class _Missing(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def told(entries: Iterable[Entry]) -> list[Told]:
    """These entries as sentences in the language of the reader; names are looked up once for all of them."""
    rows = [(entry, json.loads(entry.facts)) for entry in entries]
    accounts = _account_names(entry.account_id for entry, _facts in rows)
    names = _names([facts for _entry, facts in rows])
    return [_tell(entry, facts, accounts, names) for entry, facts in rows]


def _account_names(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {i for i in ids if i is not None}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "label")) if wanted else {}


def _names(all_facts: Sequence[dict[str, Any]]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = {}
    for facts in all_facts:
        for key, value in facts.items():
            if key.endswith("_id") and isinstance(value, int):
                wanted.setdefault(key[:-3], set()).add(value)
    found: dict[tuple[str, int], str] = {}
    for field, ids in wanted.items():
        namer = namer_for(field)
        if namer:
            found |= {(field, key): name for key, name in namer(ids).items()}
    return found


def _readable(value: Any, codes: Mapping[str, Says] = NO_CODES) -> str:
    """A fact in a sentence: a code, or each of a list of codes, by its words; days are written day/month/year."""
    if isinstance(value, bool):
        value = pgettext("fact", "yes") if value else pgettext("fact", "no")
    text = "" if value is None else str(value)
    parts = text.split(", ")
    if all(part in codes for part in parts):
        return ", ".join(str(codes[part]) for part in parts)
    found = _DAY.fullmatch(text)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else text


def _tell(entry: Entry, facts: dict[str, Any], accounts: dict[int, str], names: dict[tuple[str, int], str]) -> Told:
    who = str(PROGRAMS.get(entry.actor, entry.actor))
    if entry.account_id:
        who = accounts.get(entry.account_id, gettext("an erased account"))
    event = kind_of(entry.kind)
    reads = event.reads if event else {}
    words = _Missing({key: _readable(value, reads.get(key, NO_CODES)) for key, value in facts.items()})
    for key, value in facts.items():
        if key.endswith("_id") and isinstance(value, int):
            words[key[:-3]] = names.get((key[:-3], value), f"#{value}")
    words["actor"] = who
    sentence = str(event.says).format_map(words) if event else f"{who}: {entry.kind}"
    return Told(entry.number, entry.at, entry.kind, who, sentence, facts, entry.hash, tuple(entry.topics.split()))


def entries(
    *,
    kind: str = "",
    account_id: int | None = None,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    topic: str = "",
) -> QuerySet[Entry]:
    """Entries that fit the filter, newest first. `kind` may be a concept ("polls") or one kind ("polls.PollOpened")."""
    found = Entry.objects.order_by("-number")
    if kind:
        found = found.filter(kind=kind) if "." in kind else found.filter(kind__startswith=f"{kind}.")
    if account_id is not None:
        found = found.filter(account_id=account_id)
    if since is not None:
        found = found.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until)
    if topic:
        found = found.filter(touched__topic=topic)  # at most one row for each entry, so none comes twice
    return found


def entry(number: int) -> tuple[Entry, Told, str]:
    """One entry: as it is kept, as it reads, and the hash before it. Raises NoSuchEntry."""
    kept = Entry.objects.filter(pk=number).first()
    if kept is None:
        raise NoSuchEntry(gettext("The journal has no entry %(number)s.") % {"number": number})
    before = Entry.objects.filter(pk=number - 1).values_list("hash", flat=True).first()
    return kept, told([kept])[0], before or chain.START


def who_acted() -> list[tuple[int, str]]:
    """The accounts that the journal names as actors, by the name shown."""
    ids = Entry.objects.exclude(account_id=None).order_by().values_list("account_id", flat=True).distinct()
    return sorted(_account_names(ids).items(), key=lambda row: sort_key(row[1]))


def last_number() -> int:
    """The number of the newest entry, 0 when there is none."""
    return Head.objects.values_list("number", flat=True).get(pk=1)


def head() -> str:
    """The hash of the newest entry: it stands for everything that was done before it."""
    return Head.objects.values_list("hash", flat=True).get(pk=1)


def _lines() -> Iterator[chain.Line]:
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        yield chain.Line(
            entry.number,
            entry.at,
            entry.written_at,
            entry.kind,
            entry.account_id,
            entry.actor,
            entry.facts,
            entry.topics,
            entry.hash,
        )


def breaks() -> list[chain.Break]:
    """Where the journal does not hold, its rows of topics included; empty when it does."""
    head = Head.objects.get(pk=1)
    lines = Entry.objects.order_by("number").values_list("number", "topics").iterator(chunk_size=2000)
    rows = Topic.objects.order_by("entry_id").values_list("entry_id", "topic").iterator(chunk_size=2000)
    return [*chain.breaks(_lines(), (head.number, head.hash)), *chain.topic_breaks(lines, rows)]
