"""The back room of a throw-away office: a process of its own in which a test acts.

The test itself has another Django in its process. So the room (`python -m tests.room`) reads one request a line and
answers each with one line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from tests import acts, letters, writers
from tests.office import ROOT, ready_django


class RoomFault(Exception):
    """What was asked in the back room failed; `kind` is the class of the error."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(f"{kind}: {words}")
        self.kind = kind


class Room:
    """A process of that office in which a test opens and closes votes, makes sessions, and looks into the box."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = dict(env)
        command = [sys.executable, "-m", "tests.room"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=dict(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, act: str, **facts: Any) -> None:
        """Ask without waiting for the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"act": act, "facts": facts}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """The answer to what was asked first. Raises RoomFault."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RoomFault("Ended", f"the back room ended with status {self.process.wait()}")
        said = json.loads(line)
        if "fault" in said:
            raise RoomFault(said["fault"], said["words"])
        return said["answer"]

    def do(self, act: str, **facts: Any) -> Any:
        """Ask and wait for the answer. Raises RoomFault."""
        self.begin(act, **facts)
        return self.answer()

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


ACTS: dict[str, Callable[..., Any]] = {
    act.__name__: act
    for act in (
        acts.seat_deputies,
        acts.open_vote,
        acts.close_and_declare,
        acts.sessions,
        acts.play,
        acts.result,
        acts.close,
        acts.journal,
        acts.write_entries,
        acts.sign_out,
        acts.suspend,
        acts.clerk_session,
        letters.post,
        letters.letters,
        letters.end_leases,
    )
} | writers.ACTS


def main() -> None:
    """Do what is asked on standard input, until it ends."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    ready_django(os.environ)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            said = {"answer": ACTS[asked["act"]](**asked["facts"])}
        except Exception as error:
            said = {"fault": type(error).__name__, "words": str(error)}
        out.write(json.dumps(said) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
