"""Numbers, days and periods as a report writes them, in the reader's language."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _t

from dienhong.records.queries import session_code, session_name, vietnamese
from dienhong.records.rules import Figure, Row, neat
from dienhong.records.shelf import shelf

if TYPE_CHECKING:
    from dienhong.reports.models import Report


def number(value: Decimal | int | None, places: int | None = None) -> str:
    """A number with the separators of the language: 1.234,5 in Vietnamese; unknown is said in words."""
    if value is None:
        return _t("not known")
    exact = Decimal(value)
    exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) if places is not None else neat(exact)
    text = f"{exact:,f}".replace("-", "\u2212")
    return text.translate(str.maketrans(",.", ".,")) if vietnamese() else text


def number_of(value: float) -> str:
    """A number of the open data as it is read."""
    return number(Decimal(str(value)))


def small(value: Decimal | int | None) -> str:
    """A number as official papers write it in a text: from 1 to 9 with a leading 0 in Vietnamese ("05 kỳ họp")."""
    words = number(value)
    return f"0{words}" if vietnamese() and words.isdigit() and len(words) == 1 and words != "0" else words


def percent(value: Decimal | None) -> str:
    """A share from 0 to 100 with two decimals: 94,74%."""
    return _t("not known") if value is None else f"{number(value, 2)}%"


def value_of(figure: Figure, *, in_text: bool = True) -> str:
    """What a figure says: its number, its share, "at least 13", or that it is not known. A table writes 5 for 05."""
    write = small if in_text else number
    if figure.value is not None:
        return percent(figure.value) if figure.share else write(figure.value)
    if figure.at_least:
        return _t("at least %(number)s") % {"number": write(figure.at_least)}
    return _t("not known")


def day(value: dt.date | None) -> str:
    """A day as a table writes it: 24/11/2023, "" when it is not known."""
    return f"{value:%d/%m/%Y}" if value else ""


def days(row: Row) -> str:
    """The day or days of a row."""
    if row.until and row.date and row.until != row.date:
        return f"{day(row.date)} – {day(row.until)}"
    return day(row.date)


def place_and_day(place: str, signed: dt.date | None, year: int) -> str:
    """The line of place and date: a day under 10 and months 1 and 2 with a leading 0 (NĐ 30/2020, Phụ lục I, II.4)."""
    if not vietnamese():
        day_said = f"{signed.day} {calendar.month_name[signed.month]} {signed.year}" if signed else f"{'':16}{year}"
        return f"{place}, {day_said}"
    return f"{place}, ngày {day_in_full(signed)}" if signed else f"{place}, ngày      tháng      năm {year}"


def day_in_full(value: dt.date) -> str:
    """A day as the text of a Vietnamese paper writes it: 28 tháng 12 năm 2023."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"{value.day:02d} tháng {month} năm {value.year}"


WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day_in_words(value: dt.date) -> str:
    """A day as a Vietnamese letter writes it: thứ Năm, ngày 28 tháng 12 năm 2023."""
    return f"{WEEKDAYS[value.weekday()]}, ngày {day_in_full(value)}"


def same_period(year: int, *, whole: bool) -> tuple[str, str]:
    """What a report calls the like period of an earlier year (cùng kỳ), in Vietnamese and in English."""
    return (f"năm {year}", f"{year}") if whole else (f"cùng kỳ năm {year}", f"the same period of {year}")


NAMES = {
    "year": ("năm {year}", "{year}"),
    "half": ("6 tháng {which} năm {year}", "the {english} half of {year}"),
    "quarter": ("quý {roman} năm {year}", "the {english} quarter of {year}"),
    "month": ("tháng {part} năm {year}", "{english} {year}"),
    "session": ("{label}", "{label}"),
    "term": ("nhiệm kỳ khóa {part}", "term {part}"),
}


def period_names(kind: str, year: int, part: str = "", label: str = "") -> tuple[str, str]:
    """What a period is called, in Vietnamese and in English."""
    roman = ("", "I", "II", "III", "IV")
    at = int(part) if kind in ("half", "quarter", "month") and part.isdigit() else 0
    words = {
        "year": year,
        "part": part,
        "label": label or part,
        "which": "đầu" if part == "1" else "cuối",
        "english": calendar.month_name[at] if kind == "month" else ("", "first", "second", "third", "fourth")[at],
        "roman": roman[at] if kind == "quarter" else "",
    }
    return NAMES[kind][0].format(**words), NAMES[kind][1].format(**words)


def names_of(report: Report) -> tuple[tuple[str, str], tuple[str, str]]:
    """The names of a report's period and of the next one."""
    return names_of_period(report.kind, report.year, report.part)


def names_of_period(kind: str, year: int, part: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The names of a period and of the next one; a session by the name it has in the record."""
    label = _session_names(part) if kind == "session" else None
    return label or period_names(kind, year, part), next_names(kind, year, part)


def work_of_period(kind: str, year: int, part: str) -> tuple[str, str]:
    """How a title names the work of a period: that of a session is the serving of it."""
    said = names_of_period(kind, year, part)[0]
    return (f"phục vụ {said[0]}", f"serving {said[1]}") if kind == "session" else said


def _session_names(code: str) -> tuple[str, str] | None:
    """The session of this code in Vietnamese and in English (Kỳ họp thứ 6, Quốc hội khóa XV)."""
    session = next((one for one in shelf().sessions if session_code(one) == code), None)
    if session is None:
        return None
    with translation.override("en"):
        english = session_name(session)
    return f"{session.label}, Quốc hội khóa {session.term.label}", english


def next_names(kind: str, year: int, part: str = "") -> tuple[str, str]:
    """The names of the period that follows."""
    counts = {"half": 2, "quarter": 4, "month": 12}
    if kind == "year":
        return period_names("year", year + 1)
    if kind in counts and part.isdigit():
        after = int(part) % counts[kind] + 1
        return period_names(kind, year + (after == 1), str(after))
    return ("thời gian tới", "the time ahead")
