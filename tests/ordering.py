"""The order of tests where several workers run them: what takes long begins first, so that none ends alone with it.

Each worker begins with an equal part of the list, from its front, and takes from the end of another's part when its own
is done. So each part begins with files that take long, and no file is torn apart without need: its tests share offices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TypeVar

import pytest

One = TypeVar("One")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests of a worker into the order of the run, the same in each; alone they stay as they were written."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        last = [item for item in items if empties_tables(item)]
        first = [item for item in items if not empties_tables(item)]
        items[:] = ordered(first, last, workers, file_of, weight)


def file_of(item: pytest.Item) -> str:
    """The file of a test."""
    return str(item.path)


def weight(item: pytest.Item) -> int:
    """How long a test takes, roughly: a journey in a browser, another slow one, a page in a browser, the others."""
    slow, browser = (item.get_closest_marker(name) is not None for name in ("slow", "browser"))
    return 3 if slow and browser else 2 if slow else int(browser)


def empties_tables(item: pytest.Item) -> bool:
    """Whether a test leaves empty tables behind; such tests stay behind all others, where Django puts them."""
    marker = item.get_closest_marker("django_db")
    asked = {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or (marker and marker.kwargs.get("transaction")))


def ordered(
    first: Sequence[One],
    last: Sequence[One],
    parts: int,
    file_of: Callable[[One], str],
    weight: Callable[[One], int],
) -> list[One]:
    """The first tests and then the last, in as many equal parts; each begins with its share of the longest files."""
    files: dict[str, list[One]] = {}
    for item in first:
        files.setdefault(file_of(item), []).append(item)
    long = sorted((f for f in files.values() if any(map(weight, f))), key=lambda f: -max(map(weight, f)))
    short = list(chain.from_iterable(f for f in files.values() if not any(map(weight, f))))
    total = len(first) + len(last)
    found: list[One] = []
    for part in range(parts):
        front = list(chain.from_iterable(long[part::parts]))
        rest = max(0, total // parts - len(front)) if part < parts - 1 else len(short)
        found += [*front, *short[:rest]]
        short = short[rest:]
    return [*found, *last]
