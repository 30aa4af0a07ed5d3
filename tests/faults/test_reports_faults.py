"""Forty write at once, the server is killed, an owner leaves, a unit is merged: no acknowledged text is lost."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.office import Server, environment
from tests.room import Room
from tests.writers import CONFLICT, MOVED, Writer, at_once

pytestmark = pytest.mark.slow
#: How long a writer presses again, in seconds: two starts of the office on a machine that has much else to do.
PATIENCE = 600.0


@dataclass(slots=True)
class Desk:
    """An office whose staff write one report."""

    room: Room
    server: Server
    facts: dict[str, Any]

    def writers(self) -> list[Writer]:
        return [self.writer(session) for session in self.facts["sessions"]]

    def writer(self, session: str) -> Writer:
        return Writer(self.server.port, session)

    def versions(self) -> dict[int, list[dict[str, Any]]]:
        """The versions of each block, oldest first."""
        found: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in self.room.do("versions_of", section=self.facts["section"]):
            found[row["block"]].append(row)
        return found


@contextlib.contextmanager
def desk(folder: Path, database_url: str, writers: int) -> Iterator[Desk]:
    env = environment(folder, database_url)
    room, server = Room(env), Server(env)
    try:
        facts = room.do("seat_writers", number=writers)
        server.start()
        yield Desk(room, server, facts)
    finally:
        if server.process is not None:
            server.stop()
        room.close()


def check_books(at_work: Desk, writers: list[Writer]) -> None:
    """Every acknowledged text is a version, each conflict is one aside, numbers have no gap, the journal holds."""
    found = at_work.versions()
    for writer in writers:
        for block, text, status in writer.acknowledged:
            kept = [row for row in found[block] if row["text"] == text]
            assert kept, f"lost: {text}"
            assert any(row["aside"] is (status == CONFLICT) for row in kept)
    for rows in found.values():
        assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
        assert not next(row for row in rows if row["number"] == row["stands"])["aside"]
    assert at_work.room.do("journal")["breaks"] == []


def write_rounds(at_work: Desk, writer: Writer, n: int, rounds: int, patience: float = 0.0) -> None:
    """Save several times into the own block and into a shared one, each time from the version seen last."""
    own, shared = at_work.facts["own"][n], at_work.facts["shared"][n % 4]
    base = 1
    for at in range(rounds):
        mine = writer.save(own, f"Người {n}, lần {at}.", at + 1, patience=patience)
        if not patience:
            assert mine.status == MOVED, mine.words[:2000]
        text = f"Chung, người {n}, lần {at}."
        answer = writer.save(shared, text, base, patience=patience)
        if answer.status == CONFLICT:
            assert "your text is kept as version" in answer.words
            base = answer.base


def told_otherwise(writers: list[Writer]) -> list[str]:
    """What the office answered that is neither a save nor a conflict."""
    return [f"{answer.status}: {answer.words[-3000:]}" for writer in writers for answer in writer.others]


def test_forty_write_at_once_and_each_acknowledged_text_is_kept_and_each_conflict_told(
    tmp_path: Path, database_url: str
) -> None:
    with desk(tmp_path, database_url, 40) as at_work:
        writers = at_work.writers()
        at_once([partial(write_rounds, at_work, w, n, 2) for n, w in enumerate(writers)])
        assert told_otherwise(writers) == []
        statuses = [status for writer in writers for _block, _text, status in writer.acknowledged]
        assert len(statuses) == 160
        assert statuses.count(CONFLICT) >= 36, "forty on four blocks must meet"
        check_books(at_work, writers)


def test_killed_twice_while_twenty_write_no_acknowledged_text_is_lost(tmp_path: Path, database_url: str) -> None:
    with desk(tmp_path, database_url, 20) as at_work:
        writers = at_work.writers()

        def power_cuts() -> None:
            for some in (10, 35):
                while sum(len(writer.acknowledged) for writer in writers) < some:
                    time.sleep(0.05)
                at_work.server.kill()
                at_work.server.start()

        acts = [partial(write_rounds, at_work, w, n, 2, patience=PATIENCE) for n, w in enumerate(writers)]
        at_once([*acts, power_cuts])
        assert told_otherwise(writers) == []
        assert sum(len(writer.acknowledged) for writer in writers) == 80
        check_books(at_work, writers)


def test_who_leaves_while_writing_is_told_and_the_last_words_are_kept_aside_for_those_who_write_on(
    tmp_path: Path, database_url: str
) -> None:
    with desk(tmp_path, database_url, 2) as at_work:
        leaver, colleague = at_work.writers()
        block, section = at_work.facts["own"][0], at_work.facts["section"]
        assert leaver.save(block, "Đã lưu trước khi thôi việc.", 1).status == MOVED
        at_work.room.do("leave_unit", username="chuyen.vien.000")
        answer = leaver.save(block, "Đang viết dở.", 2)
        assert answer.status == 403
        assert "which you held until" in answer.words
        assert "kept aside as version 3" in answer.words
        assert "Đang viết dở." in answer.words
        lost = leaver.post(f"/report/sections/{section}/blocks/new", {"kind": "paragraph", "text": "Khối viết dở."})
        assert lost.status == 403
        assert "kept as a remark in the margin" in lost.words
        rows = at_work.versions()[block]
        assert [(row["text"], row["aside"]) for row in rows[1:]] == [
            ("Đã lưu trước khi thôi việc.", False),
            ("Đang viết dở.", True),
        ]
        assert colleague.save(block, "Người kế tiếp viết tiếp.", 2).status == MOVED
        assert at_work.writer(at_work.facts["head"]).save(block, "Lãnh đạo đơn vị hoàn thiện.", 4).status == MOVED
        assert at_work.versions()[block][-1]["stands"] == 5
        stranger = at_work.writer(at_work.facts["digital"])
        assert stranger.save(block, "Người ngoài.", 5).status == 403
        assert all(row["text"] != "Người ngoài." for row in at_work.versions()[block])


def test_a_unit_merged_into_another_hands_its_section_on(tmp_path: Path, database_url: str) -> None:
    with desk(tmp_path, database_url, 1) as at_work:
        heir, block = at_work.writer(at_work.facts["digital"]), at_work.facts["own"][0]
        assert heir.save(block, "Chưa phải của mình.", 1).status == 403
        at_work.room.do("merge_unit")
        assert heir.save(block, "Đơn vị tiếp nhận viết tiếp.", 1).status == MOVED
        assert at_work.versions()[block][-1]["text"] == "Đơn vị tiếp nhận viết tiếp."


def test_while_another_process_holds_the_database_a_save_waits_and_is_taken(tmp_path: Path) -> None:
    with desk(tmp_path, "", 1) as at_work:
        writer, block = at_work.writers()[0], at_work.facts["own"][0]
        held = sqlite3.connect(tmp_path / "office.sqlite3", isolation_level=None, check_same_thread=False)
        held.execute("BEGIN IMMEDIATE")
        release = threading.Timer(2.0, lambda: held.execute("ROLLBACK"))
        release.start()
        assert writer.save(block, "Viết trong lúc bận.", 1).status == MOVED
        release.join()
        held.close()
        check_books(at_work, [writer])


def test_what_the_database_does_not_take_comes_back_in_its_field_and_is_saved_later(tmp_path: Path) -> None:
    with desk(tmp_path, "", 1) as at_work:
        writer, block = at_work.writers()[0], at_work.facts["own"][0]
        at_work.server.stop()
        at_work.server.env["DIENHONG_DATABASE_URL"] = f"sqlite://{tmp_path / 'office.sqlite3'}?mode=ro"
        at_work.server.start()
        answer = writer.save(block, "Không được mất.", 1)
        assert answer.status == 422
        assert "Your text is still here" in answer.words
        assert "Không được mất.</textarea>" in answer.words
        assert "database" not in answer.words, "nobody is told about tables"
        assert len(at_work.versions()[block]) == 1
        at_work.server.stop()
        del at_work.server.env["DIENHONG_DATABASE_URL"]
        at_work.server.start()
        assert writer.save(block, "Không được mất.", answer.base).status == MOVED
        check_books(at_work, [writer])
