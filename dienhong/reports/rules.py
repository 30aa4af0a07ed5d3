"""Rules of reports: pure functions over plain values. Periods, the layout of Parts I-IV, live places in a text."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PARTS_OF_YEAR = {"year": 1, "half": 2, "quarter": 4, "month": 12}
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")


class NoSuchPeriod(ValueError):
    """A year has no such half, quarter or month."""


def period(kind: str, year: int, part: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of the part of a year that a report covers. Raises NoSuchPeriod."""
    count = PARTS_OF_YEAR.get(kind)
    at = 1 if kind == "year" else int(part) if part.isascii() and part.isdigit() else 0
    if count is None or not 1 <= at <= count:
        raise NoSuchPeriod(f"{kind} {part or '?'} of {year}")
    months = 12 // count
    first, last = (at - 1) * months + 1, at * months
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


# -- the layout -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Place:
    """A place in the layout: a Part (`key` is empty) or a section of it, with its headings in both languages."""

    number: str
    vietnamese: str
    english: str
    key: str = ""

    @property
    def is_part(self) -> bool:
        return not self.key


@cache
def _parts() -> tuple[dict[str, object], ...]:
    with (files(__package__) / "layouts.toml").open("rb") as file:
        return tuple(tomllib.load(file)["part"])


def layout(line: str, said: tuple[str, str], then: tuple[str, str]) -> list[Place]:
    """The Parts and sections of a report of this line. `said` names its period in Vietnamese and English, `then` the
    next one."""
    found: list[Place] = []
    for part in _parts():
        words = [
            str(part[language]).format(period=said[at].upper(), next=then[at].upper())
            for at, language in enumerate(("vi", "en"))
        ]
        found.append(Place(str(part["number"]), words[0], words[1]))
        sections = part["section"]
        assert isinstance(sections, list)
        mine = [one for one in sections if line in one.get("lines", ("administration",))]
        found += [Place(str(at), one["vi"], one["en"], one["key"]) for at, one in enumerate(mine, start=1)]
    return found


# -- live places in a text --------------------------------------------------------------------------------------------
_LIVE = re.compile(
    r"\{\{\s*(?:(figure|list|table|chart)\s*:\s*([^{}|]+?)\s*(?:\|\s*([^{}|]*?)\s*)?|claim\s*:\s*([^{}]+?)\s*)\}\}"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A live place: what it shows, of which key, and for which other year or term ("" for the report's own period).

    The key of a claim is its code, which names its scope itself.
    """

    kind: str
    key: str
    scope: str = ""

    def __str__(self) -> str:
        return f"{{{{{self.kind}:{self.key}{'|' + self.scope if self.scope else ''}}}}}"


def parts_of(text: str) -> Iterator[str | Token]:
    """The words and the live places of a text, in order."""
    at = 0
    for match in _LIVE.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        yield Token("claim", match[4]) if match[4] else Token(match[1], match[2], match[3] or "")
        at = match.end()
    if at < len(text):
        yield text[at:]


def tokens_of(text: str) -> list[Token]:
    """The live places of a text."""
    return [part for part in parts_of(text) if isinstance(part, Token)]


def broken_tokens(text: str) -> list[str]:
    """What opens or closes a live place without being one."""
    words = " ".join(part for part in parts_of(text) if isinstance(part, str))
    return re.findall(r"\{\{[^}]*\}?\}?|\}\}", words)


def rows_of(text: str) -> list[list[str]]:
    """The rows of a table written by hand: one line a row, cells divided by "|"."""
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines() if line.strip()]


# -- contributions ----------------------------------------------------------------------------------------------------
def to_be_told(due: dt.date, day: dt.date, told_on: dt.date | None, first: int, last: int, again: int) -> bool:
    """Whether the writers of a contribution that is still owed hear of it today: when something is new, `first` and
    `last` days before it is due, that day, then every `again` days; never twice on one day."""
    if told_on is None:
        return True
    left = (due - day).days
    return told_on != day and (left in {first, last, 0} or (left < 0 and -left % again == 0))


# -- approval ---------------------------------------------------------------------------------------------------------
def next_step(decisions: Collection[tuple[int, str]]) -> int | None:
    """The place of the step whose turn it is; None when all have approved or one has returned it."""
    for order, decision in sorted(decisions):
        if decision == "returned":
            return None
        if not decision:
            return order
    return None
