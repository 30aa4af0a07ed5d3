"""Where the real data lies: beside the checkout, never inside it. Tests that use it carry `@pytest.mark.data`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path | None:
    """The folder with the real data: DIENHONG_DATA, else `shared/data` beside the checkout or beside a folder above."""
    named = os.environ.get("DIENHONG_DATA")
    if named:
        return Path(named) if Path(named).is_dir() else None
    for parent in ROOT.parents:
        if (parent / "shared" / "data").is_dir():
            return parent / "shared" / "data"
    return None


def needs_data(*parts: str) -> Path:
    """A path below the data folder; skips the test when it is not there."""
    folder = data_folder()
    path = folder.joinpath(*parts) if folder else None
    if path is None or not path.exists():
        pytest.skip(f"the real data is not beside this checkout: {'/'.join(parts)}")
    return path


def data_file(name: str) -> Path:
    """One file of the data; the test is skipped where it is not there."""
    return needs_data(*name.split("/"))


def data_files(folder: str, pattern: str) -> list[Path]:
    """The files of a folder of the data, in order; empty where there is none, so parametrised tests are skipped."""
    root = data_folder()
    return sorted((root / folder).glob(pattern)) if root is not None else []
