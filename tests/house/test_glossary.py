"""The glossary keeps its word: what it names exists, and what the office has stands in it."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation

from dienhong.foundation import facts
from dienhong.foundation.access import permissions
from dienhong.urls import urlpatterns  # the desks declare permissions of reading when they are loaded

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in PAGE.splitlines() if re.match(r"\|(?! ?name|---)", line)]
NAMED = [name for row in ROWS for name in re.findall(r"`([^`]+)`", row[0])]
CONCEPTS = ["foundation.access", "foundation.clock", "foundation.journal", "foundation.letters"]
CONCEPTS += ["people", "work", "texts", "polls", "meetings", "records", "reports"]
MODELS = {m.__name__: m for m in apps.get_models() if m.__module__.startswith("dienhong.")}


def module(concept: str, part: str) -> ModuleType:
    return import_module(f"dienhong.{concept}.{part}")


def choices() -> dict[str, type[models.TextChoices]]:
    """Every list of kinds or states of the office, by its name."""
    pages = [module(concept, "models") for concept in CONCEPTS] + [facts]
    found = (value for page in pages for value in vars(page).values() if inspect.isclass(value))
    return {kind.__name__: kind for kind in found if issubclass(kind, models.TextChoices)} | {"Mark": facts.Mark}


def actions() -> dict[str, object]:
    """Every action of the office: a public function with an actor, by its name."""
    return {
        name: function
        for concept in CONCEPTS
        for name, function in vars(module(concept, "actions")).items()
        if inspect.isfunction(inspect.unwrap(function))
        and not name.startswith("_")
        and inspect.unwrap(function).__module__.startswith(f"dienhong.{concept}.actions")
        and "actor" in inspect.signature(function).parameters
    }


CHOICES, ACTIONS = choices(), actions()
PERMISSIONS = {permission.code for permission in permissions.all_permissions()}


def stands(name: str) -> bool:
    """Whether what the glossary calls by this name is there."""
    if name in MODELS or name in CHOICES or name in ACTIONS or name in PERMISSIONS:
        return True
    owner, _dot, part = name.partition(".")
    if owner in CHOICES:
        return part in CHOICES[owner].values
    if owner not in MODELS:
        return False
    try:
        MODELS[owner]._meta.get_field(part)
    except FieldDoesNotExist:
        return False
    return True


def test_everything_the_glossary_names_exists() -> None:
    assert urlpatterns
    assert len(NAMED) > 100
    assert [name for name in NAMED if not stands(name)] == []


@pytest.mark.parametrize("what", ["models", "kinds and states", "actions", "permissions"])
def test_everything_the_office_has_stands_in_the_glossary(what: str) -> None:
    has = {
        "models": set(MODELS),
        "kinds and states": set(CHOICES),
        "actions": set(ACTIONS),
        "permissions": PERMISSIONS,
    }[what]
    assert has, "nothing was found to look for"
    assert sorted(has - set(NAMED)) == []


def test_every_row_has_a_vietnamese_term_and_no_name_stands_twice() -> None:
    assert [row[0] for row in ROWS if len(row) != 3 or not row[1].strip()] == []
    assert sorted({name for name in NAMED if NAMED.count(name) > 1}) == []


def test_the_screens_show_the_words_of_the_glossary() -> None:
    section = PAGE.split("## Words on the screens")[1]
    words = [(name.strip(), term.strip()) for name, term in re.findall(r"^\| ([A-Z][^|]*)\|([^|]*)\|", section, re.M)]
    assert len(words) > 5
    with translation.override("vi"):
        assert [(name, translation.gettext(name)) for name, _term in words] == words


def test_a_name_that_is_gone_would_be_seen() -> None:
    assert not stands("Poll.threshhold")
    assert not stands("PollState.shut")
    assert not stands("polls.paint")
    assert not stands("Ballott")
