"""The hash chain (chuỗi băm) of the journal: pure functions over plain values."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the chain sees it."""

    number: int
    at: dt.datetime
    written_at: dt.datetime
    kind: str
    account_id: int | None
    actor: str
    facts: str
    topics: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Where the journal does not hold: the number concerned and the fault.

    "altered", "removed", "inserted" and "head" are of the chain, "topics" of the rows by which entries are found.
    """

    number: int
    fault: str


def canonical(value: Any) -> str:
    """The value as JSON in one form only: keys sorted, no spaces, text in NFC."""
    return json.dumps(_nfc(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {str(k): _nfc(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_nfc(v) for v in value]
    return value


def _utc(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def digest(line: Line, before: str) -> str:
    """SHA-256, as hexadecimal, over the hash before and the entry's fields in canonical form."""
    fields = [
        line.number,
        _utc(line.at),
        _utc(line.written_at),
        line.kind,
        line.account_id,
        line.actor,
        line.facts,
        line.topics,
    ]
    return hashlib.sha256(f"{before}\n{canonical(fields)}".encode()).hexdigest()


def breaks(lines: Iterable[Line], head: tuple[int, str]) -> Iterator[Break]:
    """Every place where the chain does not hold, in order of number.

    An entry whose hash is not that of its fields after its predecessor was altered; a missing number was removed; a
    number that should not be there was inserted. After an altered entry the check goes on from the hash that the entry
    carries, so that one change is named once.
    """
    expected, before = 1, START
    for line in lines:
        if line.number > expected:
            for missing in range(expected, min(line.number, expected + 1000)):
                yield Break(missing, "removed")
            if digest(line, before) != line.hash:  # cannot be told from its neighbour's absence: trust its own hash
                before = line.hash
                expected = line.number + 1
                continue
        elif line.number < expected:
            yield Break(line.number, "inserted")
            continue
        if digest(line, before) != line.hash:
            yield Break(line.number, "altered")
        before, expected = line.hash, line.number + 1
    number, hash_ = head
    if number >= expected:
        for missing in range(expected, min(number + 1, expected + 1000)):
            yield Break(missing, "removed")
    elif number < expected - 1:
        for extra in range(number + 1, expected):
            yield Break(extra, "inserted")
    elif expected > 1 and hash_ != before:
        yield Break(number, "head")


def topic_breaks(lines: Iterable[tuple[int, str]], rows: Iterable[tuple[int, str]]) -> Iterator[Break]:
    """Every entry whose rows of topics are not the topics that it carries under its hash.

    `lines` are numbers with the topics as the entry has them, `rows` numbers with one topic each; both by number.
    """
    kept = ((number, {topic for _number, topic in group}) for number, group in groupby(rows, itemgetter(0)))
    at, found = next(kept, (None, set[str]()))
    for number, topics in lines:
        while at is not None and at < number:
            yield Break(at, "topics")
            at, found = next(kept, (None, set()))
        if (found if at == number else set()) != set(topics.split()):
            yield Break(number, "topics")
        if at == number:
            at, found = next(kept, (None, set()))
    while at is not None:
        yield Break(at, "topics")
        at, found = next(kept, (None, set()))
