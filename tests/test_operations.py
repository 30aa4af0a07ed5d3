"""The page on operations keeps its word: its variables are the program's, its commands and addresses exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from dienhong.cli import COMMANDS, office

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
#: Variables of tests and of building, which no office reads.
OF_THE_WORKSHOP = re.compile(r"DIENHONG_(TEST_\w+|CHROMIUM|DATA|PYTHON|FONTS)")


def read_by_the_program() -> set[str]:
    """Every variable that the package reads."""
    found: set[str] = set()
    for path in (ROOT / "dienhong").rglob("*.py"):
        if "tests" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        found |= {f"DIENHONG_{name}" for name in re.findall(r'\benv(?:_flag|_list)?\("([A-Z_]+)"', text)}
        found |= set(re.findall(r'environ(?:\.get|\.setdefault)?[\[(]"(DIENHONG_[A-Z_]+)"', text))
    return {name for name in found if not OF_THE_WORKSHOP.fullmatch(name)}


def test_every_variable_is_in_the_table_and_the_table_names_no_other() -> None:
    table = set(re.findall(r"^\| `(DIENHONG_[A-Z_]+)` \|", PAGE, re.MULTILINE))
    assert table == read_by_the_program()


def test_the_page_names_no_variable_that_is_not_in_its_table() -> None:
    assert {n for n in re.findall(r"DIENHONG_[A-Z_]+[A-Z]", PAGE) if n != "DIENHONG_OIDC"} <= read_by_the_program()


def test_every_command_on_the_page_exists() -> None:
    for words in re.findall(r"\bdienhong ([a-z]+(?: [a-z-]+)?)", PAGE):
        first, _space, second = words.partition(" ")
        if first in {"dienhong", "org", "shell"}:
            continue
        assert first in COMMANDS, words
        asked = [first, second, "--help"] if first in {"account", "journal", "letters"} else [first, "--help"]
        assert CliRunner().invoke(office, asked).exit_code == 0, words


def test_every_option_on_the_page_is_known() -> None:
    for command, option in re.findall(r"dienhong ([a-z]+(?: [a-z-]+)?)[^\n`|;&]*? (--[a-z-]+)", PAGE):
        first, _space, second = command.partition(" ")
        if first in COMMANDS:
            asked = [first, second, "--help"] if first in {"account", "journal", "letters"} else [first, "--help"]
            assert option in CliRunner().invoke(office, asked).output, f"{command} {option}"


@pytest.mark.django_db
def test_the_addresses_on_the_page_exist() -> None:
    from django.urls import resolve

    assert resolve("/sign-in/single/office/back/").url_name == "openid_connect_callback"
