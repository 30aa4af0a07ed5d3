"""Lines of the rulebook, read from TOML and typed."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")
MARKS = ("L", "V", "M", "?")
KEYS = {"id", "type", "value", "unit", "vi", "en", "source", "from", "until", "mark", "note"}


class RulebookFault(Exception):
    """This rulebook cannot be used; the message names file, line and reason."""

    def __init__(self, path: Path | str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = str(path), line, reason


@dataclass(frozen=True, slots=True)
class Share:
    """This share of something, exactly: 1/2, 2/3, 20/100."""

    of: Fraction


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many of `base` are needed: more than the share, or at least the share.

    `base` is "all" (all members of the body on the day), "present", "valid" (valid ballots) or "cast".
    """

    base: str
    share: Fraction
    strict: bool  # True: more than the share; False: at least the share

    def needed(self, number: int) -> int:
        """The least whole number of votes that reaches the threshold of `number` (N=494, more than 1/2: 248)."""
        exact = self.share * number
        whole = exact.numerator // exact.denominator
        if self.strict:
            return whole + 1
        return whole if whole * exact.denominator == exact.numerator else whole + 1


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("must be a whole number")
    return value


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("must be a number")
    return Decimal(str(value))


def _fraction(value: Any) -> Fraction:
    if not isinstance(value, str) or not re.fullmatch(r"\d+/[1-9]\d*", value):
        raise ValueError('must be a fraction written as "1/2"')
    return Fraction(value)


def _share(value: Any) -> Share:
    return Share(_fraction(value))


def _threshold(value: Any) -> Threshold:
    if not isinstance(value, dict) or set(value) != {"base", "share", "reach"}:
        raise ValueError("must be { base, share, reach }")
    if value["base"] not in {"all", "present", "valid", "cast"}:
        raise ValueError("base must be all, present, valid or cast")
    if value["reach"] not in {"more", "at_least"}:
        raise ValueError("reach must be more or at_least")
    share = _fraction(value["share"])
    if not 0 < share <= 1:
        raise ValueError("share must lie above 0 and not above 1")
    return Threshold(value["base"], share, value["reach"] == "more")


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("must be a text")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def _day_of_year(value: Any) -> tuple[int, int]:
    if not isinstance(value, str) or not re.fullmatch(r"\d\d-\d\d", value):
        raise ValueError('must be a day of the year written as "10-20" (month-day)')
    month, day = int(value[:2]), int(value[3:])
    dt.date(2024, month, day)
    return month, day


TYPES: Mapping[str, tuple[Any, type]] = {
    "integer": (_integer, int),
    "decimal": (_decimal, Decimal),
    "share": (_share, Share),
    "threshold": (_threshold, Threshold),
    "boolean": (_boolean, bool),
    "text": (_text, str),
    "texts": (_texts, tuple),
    "day_of_year": (_day_of_year, tuple),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One rule in force over some days (một dòng của sổ luật). `since` and `until` are both included; None: open."""

    id: str
    type: str
    value: Any
    unit: str
    vi: str
    en: str
    source: str
    mark: str
    since: dt.date | None
    until: dt.date | None
    note: str
    path: str
    line: int

    def holds_on(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def words(self) -> str:
        """What the line is about, in the reader's language."""
        from django.utils.translation import get_language

        return self.en if (get_language() or "vi").startswith("en") else self.vi

    @property
    def raw(self) -> str:
        """The value in words, for a page."""
        if isinstance(self.value, Threshold):
            return f"{'>' if self.value.strict else '≥'} {self.value.share} · {self.value.base}"
        if isinstance(self.value, Share):
            return str(self.value.of)
        if self.type == "day_of_year":
            return f"{self.value[1]:02}/{self.value[0]:02}"
        if isinstance(self.value, tuple):
            return ", ".join(self.value)
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All lines of one assembly, by id."""

    lines: tuple[Line, ...]
    by_id: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)

    def line(self, rule: str, on: dt.date) -> Line:
        """The line of this id in force on that day. Raises KeyError when there is none."""
        for line in self.by_id.get(rule, ()):
            if line.holds_on(on):
                return line
        raise KeyError(f"the rulebook has no line {rule} in force on {on}")

    def check_uses(self) -> None:
        """Refuse a rulebook that lacks a line some code declares, or holds it in another type."""
        for use_ in uses():
            lines = self.by_id.get(use_.id)
            if not lines:
                raise RulebookFault("rulebook", 0, f"no line {use_.id}, which {use_.by} needs")
            for line in lines:
                if not isinstance(line.value, use_.type):
                    raise RulebookFault(line.path, line.line, f"{use_.id} must be of type {use_.type.__name__}")


@dataclass(frozen=True, slots=True)
class Use(Generic[T]):
    """A place in the code that needs a line of the rulebook."""

    id: str
    type: type[T]
    by: str

    def line(self, on: dt.date) -> Line:
        """The line in force on that day. Raises KeyError when there is none."""
        return book().line(self.id, on)

    def on(self, day: dt.date) -> T:
        """The value in force on that day."""
        value = self.line(day).value
        assert isinstance(value, self.type)
        return value


_uses: dict[tuple[str, str], Use[Any]] = {}


def use(rule: str, kind: type[T], *, by: str) -> Use[T]:
    """Declare that `by` ("concept.action") needs this line as this type."""
    return _uses.setdefault((rule, by), Use(rule, kind, by))


def uses(rule: str | None = None) -> tuple[Use[Any], ...]:
    """The declared uses, of one line or of all."""
    return tuple(u for key, u in sorted(_uses.items()) if rule is None or key[0] == rule)


def load(folder: Path) -> Rulebook:
    """Read every *.toml of the folder. Raises RulebookFault for the first thing wrong."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise RulebookFault(folder, 0, "no rulebook here (*.toml)")
    lines: list[Line] = []
    for path in files:
        lines.extend(_read(path))
    by_id: dict[str, list[Line]] = {}
    for line in lines:
        for other in by_id.setdefault(line.id, []):
            if _overlap(line, other):
                raise RulebookFault(
                    line.path, line.line, f"{line.id} is in force twice on the same day (line {other.line})"
                )
        by_id[line.id].append(line)
    return Rulebook(tuple(lines), {key: tuple(rows) for key, rows in by_id.items()})


def _overlap(a: Line, b: Line) -> bool:
    low, high = dt.date.min, dt.date.max
    return (a.since or low) <= (b.until or high) and (b.since or low) <= (a.until or high)


def _read(path: Path) -> list[Line]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RulebookFault(path, 1, f"not UTF-8: {error.reason}") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise RulebookFault(path, int(found[1]) if found else 1, f"not TOML: {error}") from error
    places = [n for n, row in enumerate(text.splitlines(), 1) if row.strip() == "[[line]]"]
    rows = data.pop("line", [])
    if data:
        raise RulebookFault(path, 1, f"unknown key {next(iter(data))}")
    if not isinstance(rows, list):
        raise RulebookFault(path, 1, "write lines as [[line]]")
    return [_line(path, places[i] if i < len(places) else 1, row) for i, row in enumerate(rows)]


def _line(path: Path, place: int, row: dict[str, Any]) -> Line:
    def fault(reason: str) -> RulebookFault:
        return RulebookFault(path, place, f"{row.get('id', 'a line without id')}: {reason}")

    if unknown := set(row) - KEYS:
        raise fault(f"unknown key {sorted(unknown)[0]}")
    if missing := {"id", "type", "value", "vi", "en", "source", "mark"} - set(row):
        raise fault(f"{sorted(missing)[0]} is missing")
    if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", str(row["id"])):
        raise fault("id must be words joined by dots")
    if row["type"] not in TYPES:
        raise fault(f"type must be one of {', '.join(TYPES)}")
    if row["mark"] not in MARKS:
        raise fault(f"mark must be one of {', '.join(MARKS)}")
    if not str(row["source"]).strip():
        raise fault("source is empty")
    for key in ("from", "until"):
        if key in row and (not isinstance(row[key], dt.date) or isinstance(row[key], dt.datetime)):
            raise fault(f"{key} must be a date such as 2023-03-15")
    if "from" in row and "until" in row and row["from"] > row["until"]:
        raise fault("from lies after until")
    try:
        value = TYPES[row["type"]][0](row["value"])
    except ValueError as error:
        raise fault(f"value {error}") from error
    return Line(
        id=row["id"],
        type=row["type"],
        value=value,
        unit=row.get("unit", ""),
        vi=row["vi"],
        en=row["en"],
        source=row["source"],
        mark=row["mark"],
        since=row.get("from"),
        until=row.get("until"),
        note=row.get("note", ""),
        path=path.name,
        line=place,
    )


@cache
def book() -> Rulebook:
    """The rulebook of this office (setting DIENHONG_RULEBOOK), read once per process."""
    from django.conf import settings

    return load(Path(settings.RULEBOOK))
