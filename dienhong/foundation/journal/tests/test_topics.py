"""What concerns one thing is found by its topic; the rows that find it are guarded, compared, made for old entries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from dienhong.foundation import clock, guards
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.events import AccountRestored
from dienhong.foundation.clock.events import ClockSet
from dienhong.foundation.journal import queries
from dienhong.foundation.journal.actions import record
from dienhong.foundation.journal.chain import Break, topic_breaks
from dienhong.foundation.journal.events import Event
from dienhong.foundation.journal.models import Topic
from tests.backends import database_url, postgres_url  # noqa: F401
from tests.office import ROOT, environment

words = st.frozensets(st.sampled_from(["poll:1", "poll:12", "polls", "task:3"]))


def test_an_entry_of_several_topics_is_found_by_each_and_by_no_likeness(five: None) -> None:
    found = {word: [row.number for row in queries.entries(topic=word)] for word in ("account:1", "account:12", "clock")}
    assert found == {"account:1": [4, 1], "account:12": [2], "clock": [5, 3]}
    assert not queries.entries(topic="account").exists()
    assert [row.number for row in queries.entries(topic="account:1", kind="access")[:1]] == [4]
    assert queries.breaks() == []


def test_one_topic_said_twice_is_one_row(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ClockSet, "topics", lambda self: ("clock", "day", "clock"))
    write(ClockSet("08:00"))
    assert sorted(Topic.objects.values_list("topic", "entry_id")) == [("clock", 1), ("day", 1)]
    assert queries.breaks() == []


def test_an_act_that_fails_leaves_no_topic(five: None) -> None:
    with transaction.atomic():
        record(AccountRestored(99), actor=keeper("test"), at=clock.machine_now())
        transaction.set_rollback(True)
    assert not Topic.objects.filter(topic="account:99").exists()


def test_the_database_refuses_to_change_or_remove_a_topic(five: None) -> None:
    for act in (lambda: Topic.objects.update(topic="x"), lambda: Topic.objects.filter(topic="clock").delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_the_check_names_an_entry_listed_under_other_topics(five: None) -> None:
    Topic.objects.create(topic="account:77", entry_id=3)
    with connection.cursor() as cursor:
        for statement in guards.remove(connection.vendor, "journal_topic"):
            cursor.execute(statement)
        cursor.execute("DELETE FROM journal_topic WHERE entry_id = 4")
    assert queries.breaks() == [Break(3, "topics"), Break(4, "topics")]


@given(st.lists(words, max_size=8), st.data())
def test_only_entries_whose_rows_differ_are_named(entries: list[frozenset[str]], data: st.DataObject) -> None:
    lines = [(number, " ".join(sorted(kept))) for number, kept in enumerate(entries, 1)]
    other = [data.draw(words) if data.draw(st.booleans()) else kept for kept in entries]
    beyond = data.draw(st.booleans())
    rows = [(number, word) for number, kept in enumerate(other, 1) for word in sorted(kept)]
    rows += [(len(entries) + 2, "polls")] if beyond else []
    wrong = [number for number, (kept, row) in enumerate(zip(entries, other, strict=True), 1) if kept != row]
    wrong += [len(entries) + 2] if beyond else []
    assert list(topic_breaks(lines, rows)) == [Break(number, "topics") for number in wrong]


@pytest.mark.slow
def test_an_office_from_before_gets_the_topics_of_its_entries(
    tmp_path: Path,
    database_url: str,  # noqa: F811
) -> None:
    office = environment(tmp_path / "office", database_url)

    def run(*said: str) -> str:
        done = subprocess.run(said, cwd=ROOT, env=office, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    here = (sys.executable, "-m", "dienhong")
    run(*here, "migrate")
    for name in ("lan.anh", "thi.anh"):
        run(*here, "account", "create", name, "--name", name)
    before = run(sys.executable, "-c", LISTED)
    run(sys.executable, "-m", "django", "migrate", "journal", "0002")  # as it was before there were topics
    run(*here, "migrate")
    assert run(sys.executable, "-c", LISTED) == before
    assert len(json.loads(before)) >= 2
    assert json.loads(run(*here, "journal", "verify", "--json"))["holds"]


LISTED = """
import json
from dienhong.commands import open_office
open_office()
from dienhong.foundation.journal.models import Topic
print(json.dumps(sorted(Topic.objects.values_list("entry_id", "topic"))))
"""


def write(event: Event) -> None:
    with transaction.atomic():
        record(event, actor=keeper("test"), at=clock.machine_now())


@pytest.fixture
def five(db: None) -> None:
    """Five entries about two accounts and the clock."""
    for event in (AccountRestored(1), AccountRestored(12), ClockSet("08:00"), AccountRestored(1), ClockSet("09:00")):
        write(event)
