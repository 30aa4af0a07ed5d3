"""`./run` and `./test`: what they need, what they say when it is missing, and that a second call has nothing to do."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import browser, prepare, servers

ROOT = Path(__file__).resolve().parent.parent


def call(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call a script of the checkout as a person does."""
    full = {**os.environ, "DIENHONG_PYTHON": sys.executable, **environment}
    return subprocess.run(words, cwd=ROOT, env=full, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("script", ["run", "test", ".ci/run"])
def test_the_scripts_can_be_run(script):
    assert os.access(ROOT / script, os.X_OK)
    assert (ROOT / script).read_text().startswith("#!/bin/sh\n")


@pytest.mark.parametrize("script", ["./run", "./test"])
def test_help_needs_nothing_prepared(script):
    done = call(script, "--help")
    assert done.returncode == 0
    assert f"usage: {script}" in done.stdout


def test_a_taken_port_is_said_before_any_work_is_done():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = call("./run", "--port", str(port))
    assert done.returncode == 1
    assert f"port {port}: it is taken" in done.stderr
    assert f"./run --port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "²"])
def test_a_port_that_is_none_is_refused(port):
    done = call("./run", f"--port={port}")
    assert done.returncode == 2
    assert "from 1 to 65535" in done.stderr


@pytest.fixture
def bare(tmp_path):
    """A PATH on which there is next to nothing."""
    for tool in ("sh", "dirname"):
        (tmp_path / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
    return tmp_path


@pytest.mark.parametrize("script", ["./run", "./test", ".ci/run"])
def test_without_python_the_need_is_said(bare, script):
    done = call("/bin/sh", script, PATH=str(bare), DIENHONG_PYTHON="")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert "apt install python3" in done.stderr


def test_an_old_python_is_named(bare):
    old = bare / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    done = call("/bin/sh", "./run", PATH=str(bare), DIENHONG_PYTHON="")
    assert done.returncode == 1
    assert "it is Python 3.9.2" in done.stderr


def test_without_git_the_tests_say_so(bare):
    (bare / "python3").symlink_to(sys.executable)
    done = call("/bin/sh", "./test", PATH=str(bare))
    assert done.returncode == 1
    assert "git is not here" in done.stderr


# -- preparing --------------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A small checkout whose steps are counted instead of done."""
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml", "package.json", "package-lock.json"):
        (tmp_path / name).write_text(f"uv==1.0 \\\n    --hash=sha256:{name}\nother==2\n")
    for folder in ("dienhong/assets", "dienhong/locale/vi", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "VENV", venv)
    monkeypatch.setattr(prepare, "PYTHON", venv / "bin/python")
    monkeypatch.setattr(prepare, "STAMP", venv / "stamp.json")
    locks = {"run": tmp_path / "requirements.lock", "dev": tmp_path / "requirements-dev.lock"}
    monkeypatch.setattr(prepare, "LOCKS", locks)
    built = (tmp_path / "fonts.css",)
    monkeypatch.setattr(prepare, "BUILT", built)
    steps: list[str] = []
    monkeypatch.setattr(prepare, "usable", lambda python, also="": True)
    monkeypatch.setattr(prepare, "install", lambda lock: steps.append(lock.name))

    def built_now(command, complaint):
        steps.append("assets")
        built[0].write_text("")

    monkeypatch.setattr(prepare, "call", built_now)
    return tmp_path, steps


def test_a_second_preparation_finds_nothing_to_do(checkout):
    _, steps = checkout
    prepare.prepare("run")
    assert steps == ["requirements.lock", "assets"]
    prepare.prepare("run")
    assert len(steps) == 2


def test_tests_bring_their_own_packages_and_running_does_not_take_them_away(checkout):
    _, steps = checkout
    prepare.prepare("run")
    prepare.prepare("dev")
    prepare.prepare("run")
    assert steps == ["requirements.lock", "assets", "requirements-dev.lock"]


def test_what_has_changed_is_done_again(checkout):
    root, steps = checkout
    prepare.prepare("run")
    (root / "requirements.lock").write_text("uv==1.1\n")
    prepare.prepare("run")
    assert steps[2:] == ["requirements.lock"]
    steps.clear()
    (root / "dienhong/locale/vi/kit.po").write_text("")
    prepare.prepare("run")
    assert steps == ["assets"]
    steps.clear()
    (root / "fonts.css").unlink()
    prepare.prepare("run")
    assert steps == ["assets"]


def test_a_broken_preparation_is_not_taken_for_a_whole_one(checkout, monkeypatch):
    _, steps = checkout

    def fails(lock):
        raise prepare.Missing("no network")

    monkeypatch.setattr(prepare, "install", fails)
    with pytest.raises(prepare.Missing):
        prepare.prepare("run")
    monkeypatch.setattr(prepare, "install", lambda lock: steps.append(lock.name))
    prepare.prepare("run")
    assert steps == ["requirements.lock", "assets"]


def test_a_step_that_fails_is_shown_with_its_last_lines(capsys):
    with pytest.raises(prepare.Missing, match=r"(?s)No network\?.*could not connect"):
        prepare.call([sys.executable, "-c", "print('could not connect'); raise SystemExit(1)"], "No network?")


def test_a_python_without_venv_is_told_apart(checkout, monkeypatch):
    monkeypatch.setattr(prepare, "usable", lambda python, also="": False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(prepare.Missing, match=r"apt install python3\.\d+-venv"):
        prepare.make_environment()


def test_one_package_is_read_out_of_a_lock_with_its_digests(checkout):
    root, _ = checkout
    assert prepare.entry_of("uv", root / "requirements.lock") == ("uv==1.0 \\\n    --hash=sha256:requirements.lock\n")
    with pytest.raises(prepare.Missing, match="names no hatchling"):
        prepare.entry_of("hatchling", root / "requirements.lock")


# -- servers and browser ----------------------------------------------------------------------------------------------


def test_a_server_is_named_only_when_it_answers():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        assert not servers.answers(port)
        server.listen()
        assert servers.answers(port)


def test_a_named_browser_is_the_one_that_is_taken(tmp_path, monkeypatch):
    own = tmp_path / "chromium"
    own.write_text("")
    monkeypatch.setenv("DIENHONG_CHROMIUM", str(own))
    assert browser.find_browser() == str(own)
    monkeypatch.setenv("DIENHONG_CHROMIUM", str(tmp_path / "none"))
    assert browser.find_browser() is None
