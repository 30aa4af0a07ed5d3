"""The order of tests for several workers: nothing is left out, the longest begin first in each part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.ordering import ordered

tests = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3)), max_size=40).map(
    lambda rows: [(f"file{file}", n, weight) for n, (file, weight) in enumerate(sorted(rows))]
)


@given(tests, st.integers(1, 4))
def test_every_test_is_run_once(written: list[tuple[str, int, int]], parts: int) -> None:
    last = [one for one in written if one[1] % 5 == 4]
    first = [one for one in written if one not in last]
    found = ordered(first, last, parts, lambda one: one[0], lambda one: one[2])
    assert sorted(found) == sorted(written)
    assert found[len(first) :] == last


def test_each_of_two_workers_begins_with_the_longest_and_ends_with_short_ones() -> None:
    written = [(f"short{n}", n, 0) for n in range(6)] + [
        ("page", 6, 1),
        ("journey", 7, 3),
        ("kill", 8, 2),
        ("day", 9, 3),
    ]
    found = [one[0] for one in ordered(written, [], 2, lambda one: one[0], lambda one: one[2])]
    assert found[:5] == ["journey", "kill", "short0", "short1", "short2"]
    assert found[5:] == ["day", "page", "short3", "short4", "short5"]


def test_the_tests_of_a_file_stay_together() -> None:
    written = [("a", 1, 2), ("b", 2, 2), ("a", 3, 2), ("c", 4, 0), ("c", 5, 0), ("b", 6, 2)]
    assert [one[0] for one in ordered(written, [], 2, lambda one: one[0], lambda one: one[2])] == list("aacbbc")
