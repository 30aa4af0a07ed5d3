"""How the interface writes numbers, shares, days and times in the reader's language."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext

Number = int | float | Decimal
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class NotADay(ValueError):
    """This text names no day; the message says how a day is written."""


def vietnamese() -> bool:
    """Whether the reader's language is Vietnamese, the language of the office; any other is written the English way."""
    return (get_language() or "vi").startswith("vi")


def number(value: Number | str | None, places: int | None = None) -> str:
    """A number with its separators: 1.234,5 in Vietnamese, 1,234.5 in English; unknown is said in words.

    `places` rounds half up to that many decimals; without it a whole number has none and others keep their own.
    """
    if value is None:
        return gettext("not known")
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    if text.startswith("-"):
        text = "\u2212" + text[1:]
    return text.translate(str.maketrans(",.", ".,")) if vietnamese() else text


def percent(part: Number | None, whole: Number | None = None, places: int = 2) -> str:
    """A share with two decimals, rounded half up: 94,74% or 94.74%. With one argument it is the share itself, 0 to 100.

    The share of nothing is not known.
    """
    if part is None or (whole is not None and whole == 0):
        return gettext("not known")
    share = Decimal(str(part))
    if whole is not None:
        share = share * 100 / Decimal(str(whole))
    return number(share, places) + "%"


def weekday(day: dt.date) -> str:
    """The name of the day of the week as it stands inside a sentence: thứ Sáu, Friday."""
    names = (
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    )
    return names[day.weekday()]


def local(moment: dt.datetime) -> dt.datetime:
    """The moment in the office's own time."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def date(day: dt.date | None, style: str = "") -> str:
    """A day: 24/11/2023 or 24 Nov 2023. `weekday` adds its name, `title` puts it first, `short` has no year."""
    if day is None:
        return gettext("not known")
    if isinstance(day, dt.datetime):
        day = local(day).date()
    vi = vietnamese()
    if style == "short":
        return day.strftime("%d/%m") if vi else f"{day.day} {MONTHS[day.month - 1]}"
    text = day.strftime("%d/%m/") + f"{day.year:04d}" if vi else f"{day.day} {MONTHS[day.month - 1]} {day.year:04d}"
    if style == "weekday":
        return f"{text}, {weekday(day)}"
    if style == "title":
        name = weekday(day)
        return f"{name[0].upper()}{name[1:]}, {text}"
    if style:
        raise ValueError(f"no style of days is called {style!r}")
    return text


def clock(moment: dt.datetime | dt.time | None, style: str = "") -> str:
    """A time of the day: 09:41, with seconds in the style `seconds`."""
    if moment is None:
        return gettext("not known")
    if isinstance(moment, dt.datetime):
        moment = local(moment)
    return moment.strftime("%H:%M:%S" if style == "seconds" else "%H:%M")


def moment(value: dt.datetime | None, style: str = "") -> str:
    """A day and a time: 24/11/2023, 09:41."""
    if value is None:
        return gettext("not known")
    return f"{date(value)}, {clock(value, style)}"


def parse_day(text: str) -> dt.date:
    """The day that a person wrote: 24/11/2023, 24-11-2023, 24.11.2023, 24 Nov 2023 or 2023-11-24.

    Raises NotADay in the reader's language.
    """
    words = text.strip()
    found = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", words)
    try:
        if found:
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        found = re.fullmatch(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})", words)
        if found and found[2].title() in MONTHS:
            return dt.date(int(found[3]), MONTHS.index(found[2].title()) + 1, int(found[1]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            return dt.date.fromisoformat(words)
    except ValueError as error:
        raise NotADay(gettext("%(text)s is not in the calendar.") % {"text": words}) from error
    raise NotADay(gettext("Write a day as day/month/year, like 24/11/2023."))
