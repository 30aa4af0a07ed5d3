"""Layouts of official papers (thể thức): the figures of NĐ 30/2020 and NQ 351/2017, read from `layouts.toml`."""

from __future__ import annotations

import datetime as dt
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

LayoutName = Literal["law", "nd30", "consolidated"]


@dataclass(slots=True, frozen=True)
class PageSize:
    """This paper and its margins, in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float


@dataclass(slots=True, frozen=True)
class Layout:
    """This layout: type sizes in points, lengths in millimetres, `line_spacing` in lines."""

    name: str
    source: str
    verified: str
    in_force: dt.date
    page: PageSize
    left_column: float
    font: str
    body: float
    nation: float
    motto: float
    superior: float
    issuer: float
    number: float
    date: float
    kind: float
    title: float
    subject: float
    subject_gap: float
    grounds: float
    unit: float
    signature: float
    recipients_head: float
    recipients: float
    appendix: float
    appendix_title: float
    page_number: float
    table: float
    footnote: float
    first_line: float
    paragraph_gap: float
    line_spacing: float
    rule_part: float
    appendix_pages_restart: bool
    article_runs_in: bool

    @property
    def text_width(self) -> float:
        """Width between the margins, in millimetres."""
        return self.page.width - self.page.left - self.page.right


@cache
def _layouts() -> dict[str, Layout]:
    with (files(__package__) / "layouts.toml").open("rb") as file:
        found = tomllib.load(file)
    return {name: Layout(**{**values, "page": PageSize(**values["page"])}) for name, values in found.items()}


def layout(name: LayoutName) -> Layout:
    """The layout of this name. Raises ValueError for one that is not known."""
    if name not in _layouts():
        raise ValueError(f"no layout {name!r}: known are {', '.join(sorted(_layouts()))}")
    return _layouts()[name]


#: Advance widths of Times Bold in thousandths of an em, by base letter; marks add no width.
_BOLD = {
    letter: width
    for width, letters in {
        250: " ,.", 278: "/il", 333: "t-", 389: "sI", 444: "cer", 500: "agvxy", 556: "bdđhknopquS",
        611: "P", 667: "BELT", 722: "ACDĐNQRUVXY", 778: "GHKO", 833: "m", 944: "M",
    }.items()
    for letter in letters
}  # fmt: skip


def bold_width(text: str, size: float) -> float:
    """About how wide a line of Times Bold is, in millimetres; `size` in points."""
    plain = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return sum(_BOLD.get(c, 556) for c in plain) / 1000 * size * 25.4 / 72
