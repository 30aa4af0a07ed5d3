"""Reads the data files of the demonstration: rows as plain values, with file and line in every complaint."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "record"


class DataFault(ValueError):
    """This data file cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its cells by column, and where it stands."""

    cells: dict[str, str]
    where: str

    def text(self, column: str) -> str:
        """The cell as text, "" when empty."""
        if column not in self.cells:
            raise DataFault(f"{self.where}: there is no column {column!r}")
        return self.cells[column]

    def day(self, column: str) -> dt.date | None:
        """The cell as a day, None when empty."""
        text = self.text(column)
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError as error:
            raise DataFault(f"{self.where}: {text!r} in {column} is not a day like 2023-11-24") from error

    def whole(self, column: str) -> int | None:
        """The cell as a whole number, None when empty."""
        text = self.text(column)
        if text and not (text.isascii() and text.isdigit()):
            raise DataFault(f"{self.where}: {text!r} in {column} is not a whole number")
        return int(text) if text else None

    def number(self, column: str) -> Decimal | None:
        """The cell as a decimal number, None when empty."""
        text = self.text(column)
        try:
            return Decimal(text) if text else None
        except InvalidOperation as error:
            raise DataFault(f"{self.where}: {text!r} in {column} is not a number") from error

    def spans(self, column: str) -> tuple[tuple[dt.date | None, dt.date | None], ...]:
        """The cell as spans "2023-10-23/2023-11-10;2023-11-20/2023-11-29"; a side left empty is not known."""
        found = []
        for part in filter(None, self.text(column).split(";")):
            first, slash, last = part.partition("/")
            if not slash:
                raise DataFault(f"{self.where}: {part!r} in {column} is not a span like 2023-10-23/2023-11-10")
            sides = Line({"since": first, "until": last}, self.where)
            found.append((sides.day("since"), sides.day("until")))
        return tuple(found)


def table(name: str, folder: Path = FOLDER) -> list[Line]:
    """All rows of a CSV file of the record."""
    path = folder / name
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        found = []
        for row in reader:
            where = f"{name}:{reader.line_num}"
            if None in row or None in row.values():
                raise DataFault(f"{where}: the row does not have as many cells as the head")
            found.append(Line({key: value.strip() for key, value in row.items()}, where))
    return found


def record_settings(folder: Path = FOLDER) -> dict[str, list[dict[str, Any]]]:
    """Terms and coverage, from record.toml."""
    with (folder / "record.toml").open("rb") as file:
        return tomllib.load(file)


def digest(name: str, folder: Path = FOLDER) -> str:
    """SHA-256 of a file, hexadecimal."""
    return hashlib.sha256((folder / name).read_bytes()).hexdigest()
