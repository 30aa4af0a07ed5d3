"""Several processes send, one is killed between the mail server's answer and its commit, the server is away: no letter
is lost, and none is sent twice but the one that was in that instant."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.components import Letters, smtp  # noqa: F401
from tests.office import ROOT, Server, environment
from tests.room import Room

pytestmark = pytest.mark.slow


class Office:
    """An office with a mail server, and as many senders as a test wants."""

    def __init__(self, folder: Path, database_url: str, server: Letters) -> None:
        self.env = environment(folder, database_url)
        self.env["DIENHONG_EMAIL_URL"] = server.url
        self.room = Room(self.env)
        self.room.do("letters")  # the tables are made

    def sender(self, *options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "dienhong", "letters", "send", *options]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def states(self) -> Counter[str]:
        return Counter(row["state"] for row in self.room.do("letters"))


@contextlib.contextmanager
def office(folder: Path, database_url: str, server: Letters) -> Iterator[Office]:
    at_work = Office(folder, database_url, server)
    try:
        yield at_work
    finally:
        at_work.room.close()


def wait_until(what: Callable[[], object], why: str, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, why
        time.sleep(0.05)


def test_two_senders_at_once_send_each_letter_once(tmp_path: Path, database_url: str, smtp: Letters) -> None:  # noqa: F811
    with office(tmp_path, database_url, smtp) as at_work:
        at_work.room.do("post", to=[f"{n}@vidu.vn" for n in range(200)])
        senders = [at_work.sender(), at_work.sender()]
        said = [sender.communicate(timeout=120)[0] for sender in senders]
        assert [sender.returncode for sender in senders] == [0, 0], said
        counts = [int(words.split(" left")[0].split()[-1]) for words in said]
        assert sum(counts) == 200
        assert min(counts) > 0, f"one sender did all the work: {counts}"
        assert at_work.states() == {"sent": 200}
        assert len(smtp.messages) == len(set(smtp.ids)) == 200
        assert not any(row["lease"] for row in at_work.room.do("letters"))
        assert at_work.room.do("journal")["breaks"] == []


def test_a_sender_killed_before_its_commit_sends_that_letter_again_under_the_same_id_and_no_other(
    tmp_path: Path,
    database_url: str,
    smtp: Letters,  # noqa: F811
) -> None:
    with office(tmp_path, database_url, smtp) as at_work:
        at_work.room.do("post", to=[f"{n}@vidu.vn" for n in range(6)])
        doomed: list[subprocess.Popen[str]] = []

        def kill(to: str) -> None:
            """The server has the letter and has not said so yet."""
            if to == "3@vidu.vn" and doomed:
                os.kill(doomed.pop().pid, signal.SIGKILL)

        smtp.taken = kill
        doomed.append(at_work.sender())
        sender = doomed[0]
        assert sender.wait(60) == -signal.SIGKILL
        assert at_work.states() == {"sent": 3, "waiting": 3}
        after = at_work.sender()
        assert "2 left" in after.communicate(timeout=60)[0], "the letter of the killed sender is still leased"
        assert at_work.room.do("end_leases") == 1
        again = at_work.sender()
        assert "1 left" in again.communicate(timeout=60)[0]
        assert at_work.states() == {"sent": 6}
        twice = [key for key, count in Counter(smtp.ids).items() if count > 1]
        rows = {row["to"]: row for row in at_work.room.do("letters")}
        assert twice == [rows["3@vidu.vn"]["message_id"]]
        assert len(smtp.ids) == 7
        assert [to for to, row in rows.items() if row["perhaps_twice"]] == ["3@vidu.vn"]


def test_the_serving_process_sends_by_itself_and_what_waited_for_the_server_goes_when_it_is_there(
    tmp_path: Path,
    database_url: str,
    smtp: Letters,  # noqa: F811
) -> None:
    with office(tmp_path, database_url, smtp) as at_work:
        server = Server(at_work.env)
        smtp.sender = "421 closed for today"
        server.start()
        try:
            at_work.room.do("post", to=["a@vidu.vn", "b@vidu.vn"])  # by another process, which tells nobody
            wait_until(lambda: {r["fault"] for r in at_work.room.do("letters")} == {"away"}, "nobody tried to send")
            assert at_work.states() == {"waiting": 2}
            smtp.sender = ""
            at_work.room.do("post", to=["c@vidu.vn"])
            wait_until(lambda: at_work.states() == {"sent": 3}, "the letters did not leave")
            assert sorted(smtp.to) == ["a@vidu.vn", "b@vidu.vn", "c@vidu.vn"]
        finally:
            server.stop()


def test_told_to_end_a_sender_finishes_the_letter_in_its_hands(tmp_path: Path, smtp: Letters) -> None:  # noqa: F811
    with office(tmp_path, "", smtp) as at_work:
        at_work.room.do("post", to=[f"{n}@vidu.vn" for n in range(40)])
        told: list[Any] = []

        def end(to: str) -> None:
            if len(smtp.messages) == 5:
                told.append(to)
                os.kill(sender.pid, signal.SIGTERM)
                time.sleep(0.3)  # the letter under way takes its time

        smtp.taken = end
        sender = at_work.sender("--watch")
        assert sender.wait(60) == 0
        assert told
        left = at_work.states()
        assert left["sent"] == len(smtp.messages) == len(set(smtp.ids))
        assert left["waiting"] == 40 - left["sent"]
        assert left["waiting"] > 30
        assert not any(row["lease"] for row in at_work.room.do("letters"))


def test_a_server_killed_again_and_again_loses_no_letter(
    tmp_path: Path,
    database_url: str,
    smtp: Letters,  # noqa: F811
) -> None:
    with office(tmp_path, database_url, smtp) as at_work:
        at_work.room.do("post", to=[f"{n}@vidu.vn" for n in range(120)])
        for some in (10, 30, 60):
            sender = at_work.sender("--watch")
            wait_until(lambda some=some: len(smtp.messages) >= some, "the sender does not send")  # type: ignore[misc]
            sender.kill()
            sender.wait()
        assert at_work.room.do("end_leases") <= 3
        said = at_work.sender().communicate(timeout=120)[0]
        assert at_work.states() == {"sent": 120}, said
        assert len(set(smtp.ids)) == 120
        twice = {key for key, count in Counter(smtp.ids).items() if count > 1}
        marked = {row["message_id"] for row in at_work.room.do("letters") if row["perhaps_twice"]}
        assert len(marked) <= 3, "at most the letter that was in the hands of each killed sender"
        assert twice <= marked
