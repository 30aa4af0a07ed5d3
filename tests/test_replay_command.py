"""`dienhong replay`: a vote over HTTP in an office of its own, by its command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.halls import hall
from tests.office import ROOT


def dienhong(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dienhong", "replay", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.slow
def test_a_replay_prints_figures_that_balance_and_says_what_it_cannot_do(tmp_path: Path) -> None:
    with hall(tmp_path, seats=30) as at_work:
        env = at_work.room.env
        here = ("--base-url", f"http://127.0.0.1:{at_work.server.port}")
        done = dienhong(
            env, "--vote", str(at_work.vote), "--seats", "25", "--seconds", "0.5", "--retry-rate", "1", "--json", *here
        )
        assert done.returncode == 0, done.stderr
        figures = json.loads(done.stdout)
        assert figures["accepted"] == figures["counted"] == figures["duplicates_answered"] == 25
        assert figures["sent"] >= 50
        assert figures["books"]["balance"] is True
        assert figures["latency_ms"]["p50"] <= figures["latency_ms"]["p99"] <= figures["latency_ms"]["max"]
        too_many = dienhong(env, "--vote", str(at_work.vote), "--seats", "31", *here)
        assert (too_many.returncode, too_many.stdout) == (1, "")
        assert "30 electors with an account, not 31" in too_many.stderr
        assert "Traceback" not in too_many.stderr
        assert dienhong(env, "--seats", "5").returncode == 2
        unknown = dienhong(env, "--vote", "999", "--seats", "5", *here)
        assert "there is no vote 999" in unknown.stderr
        at_work.room.do("close_and_declare", poll_id=at_work.vote)
        made = dienhong(env, "--make-poll", "--serve", "--seats", "30", "--seconds", "0.2", "--open-streams", "5")
        assert made.returncode == 0, made.stderr
        assert "The books balance" in made.stdout
        assert "result agrees" in made.stdout


@pytest.mark.parametrize("url", ["http://93.184.215.14", "https://127.0.0.1", "http://0.0.0.0:80"])
def test_a_replay_does_not_load_other_peoples_servers(url: str) -> None:
    from click import ClickException

    from dienhong.commands.replaying import _address

    with pytest.raises(ClickException):
        _address(url, anywhere=False)
