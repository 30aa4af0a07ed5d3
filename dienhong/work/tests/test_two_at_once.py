"""Several people act on one task or programme at the same moment: nothing is lost, and who comes second is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.office import ROOT, environment
from tests.work_together import ROUNDS


@pytest.mark.slow
def test_nothing_is_lost_when_two_act_at_once(database_url: str, tmp_path: Path) -> None:
    env = environment(tmp_path, database_url)
    words = [sys.executable, "-m", "tests.work_together"]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])

    def always(name: str, answer: list[object]) -> None:
        assert found[name] == [answer] * ROUNDS, name

    # of two who save the same form, one is told; the title is the winner's and was changed once
    always("edits", [["ChangedMeanwhile", "ok"], True, 1])
    # a result is confirmed whatever happens to its deadline; an extension is there whole or not at all
    always("confirmed_and_extended", ["ok", True, True, True])
    # of two who decide a request one wins, and the extension is there only if it was approved
    always("decisions", [["DecidedAlready", "ok"], True])
    always("requests", [["AskedAlready", "ok"], 1])
    # the same table brought in twice at once: every row stands once, none is changed by the second
    always("imports", [["ok", "ok"], 39, 0])
    # two hand-overs follow each other: the second knows of the first
    always("hand_overs", [["ok", "ok"], True])
    # a task added while its programme is adopted is assigned, whoever was first
    always("adoptions", [["ok", "ok"], 2, 0])
    # two daily runs and a confirmation: the next occurrence comes once
    always("turns", [["ok", "ok", "ok"], [2]])
    # two tasks never wait for each other
    always("ties", [["GoesInACircle", "ok"], 1])
    # nor in a ring that two ties of other tasks would close together
    always("rings", [["GoesInACircle", "ok"], 3])
    # two reports never bear one number of a year
    always("signatures", [["NumberTaken", "ok"], 1])
    assert found["breaks"] == 0
