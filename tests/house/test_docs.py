"""The docs keep their word: every path they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PATH = re.compile(r"`((?:dienhong|docs|tests|tools)/[\w./\-]+|(?:run|test|\.ci/run|pyproject\.toml))`")


@pytest.mark.parametrize("page", [p for p in DOCS if p.exists()], ids=lambda p: p.name)
def test_every_path_a_page_names_exists(page: Path) -> None:
    missing = [path for path in PATH.findall(page.read_text()) if not (ROOT / path.rstrip("/.")).exists()]
    assert missing == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_room_stands_on_the_map() -> None:
    page = (ROOT / "docs" / "map.md").read_text()
    package = ROOT / "dienhong"
    rooms = [p for p in package.iterdir() if (p / "__init__.py").exists() and p.name != "foundation"]
    rooms += [p for p in (package / "foundation").iterdir() if (p / "__init__.py").exists()]
    assert [str(p.relative_to(ROOT)) for p in rooms if f"`{p.relative_to(ROOT)}/`" not in page] == []
