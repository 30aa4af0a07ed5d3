"""Where the real data lies that tests marked `data` read: beside the checkout, never inside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def data_folder() -> Path | None:
    """The folder named by DIENHONG_DATA, else the nearest `shared/data` beside a parent of this file, else None."""
    named = os.environ.get("DIENHONG_DATA")
    if named:
        return Path(named) if Path(named).is_dir() else None
    for parent in Path(__file__).resolve().parents:
        found = parent / "shared" / "data"
        if found.is_dir():
            return found
    return None


def data_file(name: str) -> Path:
    """One file of the data; the test is skipped where it is not there."""
    folder = data_folder()
    if folder is None or not (folder / name).exists():
        pytest.skip(f"no {name}: the real data is not beside the checkout")
    return folder / name


def data_files(folder: str, pattern: str) -> list[Path]:
    """The files of a folder of the data, in order; empty where there is none, so parametrised tests are skipped."""
    root = data_folder()
    return sorted((root / folder).glob(pattern)) if root is not None else []
