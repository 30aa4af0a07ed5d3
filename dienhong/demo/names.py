"""Synthetic Vietnamese names (họ tên minh họa), the same ones at every run; none is taken from a list of real deputies.

The parts stand in `names.toml`; they are put together by chance with a fixed seed. The given names are chosen so that
every letter of the alphabet with every tone occurs, because those are what sorting, searching and printing get wrong.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WOMEN = 0.31  # their share among deputies, about that of term XV
OWN_GROUP = 0.55  # how often a deputy of a delegation belongs to an ethnic group at home there


@dataclass(frozen=True, slots=True)
class Someone:
    """A synthetic person."""

    full_name: str
    gender: str
    born: dt.date
    ethnicity: str


@cache
def parts() -> dict[str, Any]:
    """The parts of names: the Kinh and the other peoples."""
    return tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))


def made(chance: random.Random, delegation: str, avoid: set[str]) -> Someone:
    """A person who fits a delegation (by its place's slug, "" for none); the name is added to `avoid`."""
    groups = [people for people in parts()["people"] if delegation in people["delegations"]]
    gender = "f" if chance.random() < WOMEN else "m"
    while True:
        people = chance.choice(groups) if groups and chance.random() < OWN_GROUP else None
        name = _name(chance, people, gender) if people else _kinh_name(chance, gender)
        if name not in avoid:
            break
    avoid.add(name)
    born = dt.date(1956, 1, 1) + dt.timedelta(days=chance.randrange(36 * 365))
    return Someone(name, gender, born, people["ethnicity"] if people else "Kinh")


def _kinh_name(chance: random.Random, gender: str) -> str:
    kinh = parts()["kinh"]
    family = chance.choices(list(kinh["families"]), list(kinh["families"].values()))[0]
    return f"{family} {chance.choice(kinh[f'middle_{gender}'])} {chance.choice(kinh[f'given_{gender}'])}"


def _name(chance: random.Random, people: dict[str, Any], gender: str) -> str:
    """A name in the manner of one people; the Ê Đê put the family name last."""
    family, middle = chance.choice(people["families"]), chance.choice(people[f"middle_{gender}"])
    given = chance.choice(people[f"given_{gender}"])
    order = (middle, given, family) if people.get("family_last") else (family, middle, given)
    return " ".join(part for part in order if part)
