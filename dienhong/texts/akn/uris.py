"""FRBR identifiers of Vietnamese documents (định danh văn bản), in the manner of the AKN 3.0 Naming Convention.

`/akn/vn/act/law/2023/24-2023-QH15`: country, type, subtype, year, number. Decided in docs/decisions/0005.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final

from dienhong.texts.tree import Text

#: Type of document and subtype by kind of text. Codes (bộ luật) are numbered in one series with laws (Law 80/2015/QH13
#: art. 10.2: by type and term), so both are `law`: whoever knows only the number finds the work.
TYPES: Final[dict[str, tuple[str, str]]] = {
    "law": ("act", "law"),
    "code": ("act", "law"),
    "constitution": ("act", "constitution"),
    "ordinance": ("act", "ordinance"),
    "resolution": ("act", "resolution"),
    "decree": ("act", "decree"),
    "decision": ("act", "decision"),
    "circular": ("act", "circular"),
    "order": ("act", "order"),
    "bill": ("bill", "bill"),
    "consolidation": ("act", "consolidation"),
}

UNKNOWN_YEAR: Final = "0001"
LANGUAGE: Final = "vie"

_YEAR = re.compile(r"(?:^|[/-])((?:19|20)\d\d)(?=[/-]|$)")


def number_part(number: str) -> str:
    """The number as it stands in an identifier: "30/2020/NĐ-CP" gives "30-2020-ND-CP"."""
    plain = unicodedata.normalize("NFD", number.replace("đ", "d").replace("Đ", "D"))
    return "-".join(re.findall(r"[A-Za-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def number_year(number: str) -> str:
    """The year that a number carries: "2023" of "24/2023/QH15", "" of "21-LCT/HĐNN8"."""
    found = _YEAR.search(number)
    return found[1] if found else ""


def uri_for(kind: str, number: str, *, date: dt.date | None = None, title: str = "") -> str:
    """The identifier of a work. The year is that of the number, else of the date: so it does not hang on which of two
    transcriptions was read. Without a number the folded title takes its place."""
    doctype, subtype = TYPES.get(kind, ("doc", "document"))
    year = number_year(number) or (f"{date.year:04d}" if date else UNKNOWN_YEAR)
    own = number_part(number) or number_part(title).lower()[:80].strip("-") or "unnumbered"
    return f"/akn/vn/{doctype}/{subtype}/{year}/{own}"


def work_uri(text: Text) -> str:
    """The identifier of the work that this text is an expression of."""
    return uri_for(text.kind, text.number, date=text.date, title=text.title)


def work_date(text: Text) -> tuple[dt.date, str]:
    """Date of the work and the name of that date: `passed`, or `year` when only the year of the number is known, or
    `unknown`. The strict schema wants a full date."""
    if text.date is not None:
        return text.date, "passed"
    year = number_year(text.number)
    return (dt.date(int(year), 1, 1), "year") if year else (dt.date(1, 1, 1), "unknown")


def expression_uri(text: Text, on: dt.date | None = None) -> str:
    """The identifier of this expression: `.../vie@2023-11-24`. `on` is the day a consolidated text is valid for."""
    day = on or text.date
    return f"{work_uri(text)}/{LANGUAGE}@{day.isoformat() if day else ''}"
