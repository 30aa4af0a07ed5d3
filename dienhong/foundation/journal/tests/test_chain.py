"""The chain names every entry that was altered, removed or inserted, wherever it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from dienhong.foundation import clock
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.clock.events import ClockSet
from dienhong.foundation.journal import chain, queries
from dienhong.foundation.journal.actions import ClockBehind, record
from dienhong.foundation.journal.chain import START, Break, Line, breaks, canonical, digest
from dienhong.foundation.journal.models import Entry, Head

AT = dt.datetime(2023, 11, 24, 8, tzinfo=dt.UTC)
FIELDS = ("at", "written_at", "kind", "account_id", "actor", "facts", "topics")


def chained(length: int) -> list[Line]:
    """A chain of this length that holds."""
    lines: list[Line] = []
    before = START
    for number in range(1, length + 1):
        at = AT + dt.timedelta(seconds=number)
        line = Line(number, at, at, "polls.PollOpened", number % 7 or None, "", canonical({"n": number}), "poll:1")
        before = digest(line, before)
        lines.append(replace(line, hash=before))
    return lines


def head_of(lines: list[Line]) -> tuple[int, str]:
    return (lines[-1].number, lines[-1].hash) if lines else (0, START)


def other(line: Line, field: str) -> Line:
    """The entry with one field written otherwise, its hash kept."""
    values: dict[str, Any] = {
        "at": line.at + dt.timedelta(microseconds=1),
        "written_at": line.written_at - dt.timedelta(microseconds=1),
        "kind": line.kind + "x",
        "account_id": (line.account_id or 0) + 1,
        "actor": "somebody",
        "facts": line.facts.replace("{", '{"m":1,'),
        "topics": "",
    }
    return replace(line, **{field: values[field]})


lengths = st.integers(1, 40)


@given(lengths)
def test_an_untouched_chain_holds(length: int) -> None:
    lines = chained(length)
    assert list(breaks(lines, head_of(lines))) == []


@given(lengths, st.data())
def test_any_altered_entry_is_named_and_no_other(length: int, data: st.DataObject) -> None:
    lines = chained(length)
    place = data.draw(st.integers(0, length - 1))
    lines[place] = other(lines[place], data.draw(st.sampled_from(FIELDS)))
    assert list(breaks(lines, head_of(lines))) == [Break(place + 1, "altered")]


@given(lengths, st.data())
def test_any_removed_entries_are_named_even_the_last(length: int, data: st.DataObject) -> None:
    lines = chained(length)
    gone = data.draw(st.sets(st.integers(1, length), min_size=1))
    left = [line for line in lines if line.number not in gone]
    assert list(breaks(left, head_of(lines))) == [Break(number, "removed") for number in sorted(gone)]


@given(lengths, st.integers(1, 5))
def test_entries_put_behind_the_end_are_named(length: int, more: int) -> None:
    lines = chained(length + more)
    expected = [Break(number, "inserted") for number in range(length + 1, length + more + 1)]
    assert list(breaks(lines, head_of(lines[:length]))) == expected


@given(lengths, st.data())
def test_an_entry_put_between_two_is_named(length: int, data: st.DataObject) -> None:
    lines = chained(length)
    place = data.draw(st.integers(0, length - 1))
    forged = replace(lines[place], facts='{"forged":true}')
    lines.insert(place + 1, forged)
    assert Break(lines[place].number, "inserted") in list(breaks(lines, head_of(chained(length))))


@given(lengths, st.data())
def test_an_entry_rewritten_with_its_hash_breaks_the_next(length: int, data: st.DataObject) -> None:
    lines = chained(length)
    place = data.draw(st.integers(0, length - 1))
    before = lines[place - 1].hash if place else START
    forged = other(lines[place], "facts")
    lines[place] = replace(forged, hash=digest(forged, before))
    found = list(breaks(lines, head_of(chained(length))))
    assert found == [Break(place + 2, "altered")] if place + 1 < length else [Break(length, "head")]


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers() | st.booleans() | st.none(), max_size=5)
)
def test_one_value_has_one_form(value: dict[str, object]) -> None:
    assert canonical(value) == canonical(dict(reversed(list(value.items()))))


def test_one_word_in_two_unicode_forms_is_one_word() -> None:
    assert canonical("Hồng") == canonical("Hồng")


# -- in the database --------------------------------------------------------------------------------------------------
@pytest.fixture
def three(db: None) -> None:
    for _ in range(3):
        with transaction.atomic():
            record(ClockSet("08:00 24/11/2023"), actor=keeper("test"), at=clock.moment(dt.date(2023, 11, 24)))


def test_the_database_refuses_to_change_or_remove_an_entry(three: None) -> None:
    for act in ("UPDATE journal_entry SET kind = 'x' WHERE number = 1", "DELETE FROM journal_entry WHERE number = 1"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
    assert queries.breaks() == []


def test_numbers_have_no_gap_after_an_action_that_failed(three: None) -> None:
    with transaction.atomic():
        record(ClockSet("x"), actor=keeper("test"), at=clock.moment(dt.date(2023, 11, 24)))
        transaction.set_rollback(True)
    with transaction.atomic():
        assert record(ClockSet("y"), actor=keeper("test"), at=clock.moment(dt.date(2023, 11, 24))) == 4
    assert queries.breaks() == []


def test_a_clock_that_was_set_back_stops_writing(three: None, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = clock.machine_now() - dt.timedelta(minutes=5)
    monkeypatch.setattr(clock, "machine_now", lambda: earlier)
    with pytest.raises(ClockBehind, match="stands before the last journal entry"), transaction.atomic():
        record(ClockSet("x"), actor=keeper("test"), at=clock.moment(dt.date(2023, 11, 24)))
    assert queries.last_number() == 3


def test_recording_outside_a_transaction_is_a_fault_of_the_program() -> None:
    if connection.in_atomic_block:
        pytest.skip("this database is inside a transaction")
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(ClockSet("x"), actor=keeper("test"), at=AT)


def test_an_entry_whose_kind_nobody_knows_any_more_is_still_told(three: None) -> None:
    head = Head.objects.get(pk=1)
    line = Line(4, AT, clock.machine_now(), "gone.Kind", None, "test", "{}", "")
    hash_ = chain.digest(line, head.hash)
    Entry.objects.create(
        number=4, at=AT, written_at=line.written_at, kind="gone.Kind", actor="test", facts="{}", hash=hash_
    )
    assert queries.told(queries.entries()[:1])[0].sentence == "test: gone.Kind"
