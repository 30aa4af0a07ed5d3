"""Bring in what Diên Hồng needs: the environment, the locked packages, the fonts and the catalogues.

Standard library only. Everything is keyed by the digests of the lock files: a second call finds nothing to do.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "dienhong-prepared.json"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
BUILT = (ROOT / "dienhong/static/vendor/fonts.css", ROOT / "dienhong/locale/vi/LC_MESSAGES/django.mo")


class Missing(Exception):
    """What this machine lacks, in one or two lines that say what to do about it."""


def say(line: str) -> None:
    """Tell the person what is going on, at once."""
    print(line, flush=True)


def digest(paths: Iterable[Path]) -> str:
    """The digest of these files, names and contents, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def asset_sources() -> list[Path]:
    """The files that decide what the built assets look like."""
    package = [ROOT / "package.json", ROOT / "package-lock.json", *(ROOT / "dienhong/assets").glob("*.py")]
    return [*package, *(ROOT / "dienhong/locale").glob("**/*.po")]


def prepare(kind: str) -> None:
    """Make the environment ready to `run`, or to test and develop (`dev`). Nothing happens when it already is.

    Raises Missing when the machine lacks something, in words that say what.
    """
    stamp = read_stamp()
    kind = "dev" if kind == "dev" or stamp.get("kind") == "dev" else "run"
    packages = digest([LOCKS[kind], ROOT / "pyproject.toml"])
    if stamp.get("packages") != packages or stamp.get("root") != str(ROOT) or not usable(PYTHON):
        make_environment()
        install(LOCKS[kind])
        stamp = {**stamp, "kind": kind, "packages": packages, "root": str(ROOT)}
        write_stamp(stamp)
    assets = digest(asset_sources())
    if stamp.get("assets") != assets or not all(path.exists() for path in BUILT):
        say("Fonts, scripts and translations ...")
        call(
            [PYTHON, "-m", "dienhong", "assets", "build"],
            "The fonts and translations could not be built (the fonts come from the npm registry).",
        )
        write_stamp({**stamp, "assets": assets})


def read_stamp() -> dict[str, str]:
    """What the last preparation did, or nothing."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(stamp: dict[str, str]) -> None:
    """Remember what was prepared; written in one move, so a broken preparation leaves no half stamp."""
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=1))
    fresh.replace(STAMP)


def usable(python: Path, also: str = "") -> bool:
    """Whether the environment's Python starts and is new enough (it may be gone or replaced since)."""
    check = f"{also}\nimport sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_environment() -> None:
    """Make `.venv` with pip in it, or find out what is missing for that."""
    if usable(PYTHON, "import pip"):
        return
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise Missing(
                f"This Python lacks the module {module}. On Debian or Ubuntu: apt install python{version}-venv"
            )
    say("Environment .venv ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    call([sys.executable, "-m", "venv", VENV], f"The environment {VENV} could not be made.")


def install(lock: Path) -> None:
    """Install exactly what the lock names: by uv, or by pip where only a pip.conf knows the way to the packages."""
    say(f"Packages of {lock.name} ...")
    network = "The packages could not be brought in. No network? A proxy goes into HTTPS_PROXY, a mirror into pip.conf."
    uv_lock = VENV / "uv.lock.txt"
    uv_lock.write_text(entry_of("uv", lock))
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--require-hashes",
    ]
    call([*pip, "-r", uv_lock], network)
    uv = VENV / "bin" / "uv"
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    sync: list[str | Path] = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock]
    if subprocess.run(sync, cwd=ROOT, env=environment, capture_output=True, check=False).returncode:
        call([*pip, "-r", lock], network)
    # the sync took pip's and our own installation away; ours is an editable one, built by the locked hatchling
    own: list[str | Path] = [uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--no-build-isolation"]
    call([*own, "--python", PYTHON, "-e", "."], "The project itself could not be installed into .venv.")


def entry_of(name: str, lock: Path) -> str:
    """The lines of one package in a lock: its pin and its digests."""
    lines: list[str] = []
    for line in lock.read_text().splitlines():
        if lines and not line.startswith(" "):
            break
        if lines or line.startswith(f"{name}=="):
            lines.append(line)
    if not lines:
        raise Missing(f"{lock.name} names no {name}. Make the locks anew: python3 -m tools.lock")
    return "\n".join(lines) + "\n"


def call(command: Sequence[str | Path], complaint: str) -> None:
    """Run a step; when it fails show its last lines and raise Missing with the complaint."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        tail = "\n".join(f"    {line}" for line in done.stdout.strip().splitlines()[-8:])
        raise Missing(f"{complaint}\n{tail}")
