"""A rulebook that is wrong is refused with file, line and reason; one that is right gives typed values on a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dienhong.foundation.rulebook.book import RulebookFault, Share, Threshold, book, load, uses

GOOD = """
[[line]]
id = "polls.threshold.law"
type = "threshold"
value = { base = "all", share = "1/2", reach = "more" }
vi = "Thông qua luật"
en = "Passing a law"
source = "Luật Tổ chức Quốc hội, Điều 96"
mark = "L"
"""


def written(folder: Path, text: str, name: str = "rules.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def changed(**values: str) -> str:
    """The good line with some of its keys written otherwise; "" leaves a key out."""
    rows = []
    for row in GOOD.strip().splitlines():
        key = row.partition(" = ")[0]
        new = values.pop(key, None)
        if new is None:
            rows.append(row)
        elif new:
            rows.append(f"{key} = {new}")
    return "\n".join(["# a comment", "", *rows, *(f"{key.rstrip('_')} = {value}" for key, value in values.items())])


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (changed(id='"Polls"'), 3, "id must be words joined by dots"),
        (changed(id=""), 3, "id is missing"),
        (changed(type='"money"'), 3, "type must be one of"),
        (changed(mark='"X"'), 3, "mark must be one of L, V, M, ?"),
        (changed(mark=""), 3, "mark is missing"),
        (changed(source='" "'), 3, "source is empty"),
        (changed(source=""), 3, "source is missing"),
        (changed(vi=""), 3, "vi is missing"),
        (changed(colour='"red"'), 3, "unknown key colour"),
        (changed(value='"1/2"'), 3, "must be { base, share, reach }"),
        (changed(value='{ base = "some", share = "1/2", reach = "more" }'), 3, "base must be"),
        (changed(value='{ base = "all", share = "0/2", reach = "more" }'), 3, "share must lie above 0"),
        (changed(value='{ base = "all", share = "3/2", reach = "more" }'), 3, "share must lie above 0"),
        (changed(value='{ base = "all", share = 0.5, reach = "more" }'), 3, "fraction"),
        (changed(value='{ base = "all", share = "1/0", reach = "more" }'), 3, "fraction"),
        (changed(value='{ base = "all", share = "1/2", reach = "about" }'), 3, "reach must be"),
        (changed(type='"integer"', value="true"), 3, "must be a whole number"),
        (changed(type='"integer"', value="1.5"), 3, "must be a whole number"),
        (changed(type='"boolean"', value='"yes"'), 3, "must be true or false"),
        (changed(type='"text"', value='""'), 3, "must be a text"),
        (changed(type='"texts"', value='["a", 1]'), 3, "must be a list of texts"),
        (changed(type='"day_of_year"', value='"20-10"'), 3, "month"),
        (changed(type='"day_of_year"', value='"1-5"'), 3, "day of the year"),
        (changed(from_="2023"), 3, "from must be a date"),
        (changed(from_="2023-01-01T00:00:00"), 3, "from must be a date"),
        (changed(from_="2023-02-01", until="2023-01-01"), 3, "from lies after until"),
        (GOOD + GOOD, 11, "in force twice on the same day"),
        (GOOD + "\nvalue = 1\n", 11, "not TOML"),
        ('[[line]\nid = "a.b"', 1, "not TOML"),
        ("title = 'x'\n" + GOOD, 1, "unknown key title"),
        ("line = 3", 1, "write lines as [[line]]"),
        ('[line]\nid = "a.b"', 1, "write lines as [[line]]"),
    ],
)
def test_a_wrong_file_is_refused_with_file_line_and_reason(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(RulebookFault) as fault:
        load(written(tmp_path, text))
    assert fault.value.path.endswith("rules.toml")
    assert reason in fault.value.reason
    assert fault.value.line == line


def test_a_folder_without_rules_and_a_file_that_is_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookFault, match="no rulebook here"):
        load(tmp_path)
    (tmp_path / "rules.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RulebookFault, match="not UTF-8"):
        load(tmp_path)


def test_the_same_rule_in_two_files_may_follow_itself_but_not_overlap(tmp_path: Path) -> None:
    written(tmp_path, changed(until="2022-12-31"), "a.toml")
    written(tmp_path, changed(from_="2023-01-01"), "b.toml")
    lines = load(tmp_path)
    assert lines.line("polls.threshold.law", dt.date(2022, 12, 31)).path == "a.toml"
    assert lines.line("polls.threshold.law", dt.date(2023, 1, 1)).path == "b.toml"
    written(tmp_path, changed(from_="2022-12-31"), "b.toml")
    with pytest.raises(RulebookFault, match="in force twice"):
        load(tmp_path)


def test_on_a_day_without_a_line_the_rule_is_missing(tmp_path: Path) -> None:
    lines = load(written(tmp_path, changed(from_="2023-01-01")))
    with pytest.raises(KeyError, match=r"no line polls.threshold.law in force on 2022-12-31"):
        lines.line("polls.threshold.law", dt.date(2022, 12, 31))


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("integer", "30", 30),
        ("decimal", "1.25", Decimal("1.25")),
        ("share", '"2/3"', Share(Fraction(2, 3))),
        ("boolean", "false", False),
        ("text", '"kín"', "kín"),
        ("texts", '["a", "b"]', ("a", "b")),
        ("day_of_year", '"10-20"', (10, 20)),
    ],
)
def test_values_are_typed(tmp_path: Path, type_: str, value: str, expected: object) -> None:
    lines = load(written(tmp_path, changed(type=f'"{type_}"', value=value)))
    assert lines.lines[0].value == expected


@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, 3000), st.booleans())
def test_the_least_number_that_reaches_a_threshold(part: int, more: int, number: int, strict: bool) -> None:
    share = Fraction(part, part + more - 1)
    needed = Threshold("all", share, strict).needed(number)
    reaches = (lambda n: n > share * number) if strict else (lambda n: n >= share * number)
    assert reaches(needed)
    assert needed == 0 or not reaches(needed - 1)


def test_the_rulebook_of_the_national_assembly_is_whole() -> None:
    book().check_uses()
    assert {use.id for use in uses()} <= set(book().by_id)
    for line in book().lines:
        assert line.vi, line.id
        assert line.en, line.id
        assert line.source, line.id
