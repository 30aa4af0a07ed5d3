"""The working days of this office (lịch làm việc): the rulebook's, and before them what the office entered."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.utils.translation import gettext as _t

from dienhong.foundation import rulebook
from dienhong.work import rules
from dienhong.work.days import Days, spread
from dienhong.work.models import OfficeDay, OfficeDayKind

HOLIDAYS = rulebook.use("work.holidays", tuple, by="work.working.days")
OFF = rulebook.use("work.days_off", tuple, by="work.working.days")
WORKED = rulebook.use("work.days_worked", tuple, by="work.working.days")


@lru_cache(maxsize=32)
def _spread(words: tuple[str, ...]) -> tuple[dt.date, ...]:
    return tuple(spread(words))


def _named(rule: str) -> dict[dt.date, str]:
    lines = rulebook.book().by_id.get(rule, ())
    return {day: "" for line in lines for day in _spread(line.value)}


def days() -> Days:
    """Which days are off, for every year that is known: one question to the database."""
    off, worked = _named(OFF.id), _named(WORKED.id)
    for day, kind, name in OfficeDay.objects.values_list("day", "kind", "name"):
        off.pop(day, None)
        worked.pop(day, None)
        (off if kind == OfficeDayKind.OFF else worked)[day] = name
    fixed = {text for line in rulebook.book().by_id.get(HOLIDAYS.id, ()) for text in line.value}
    return Days(off, worked, frozenset((int(text[:2]), int(text[3:])) for text in fixed))


def announced(year: int) -> bool:
    """Whether the days off of a year are known: by the rulebook, or because the office entered some."""
    lines = rulebook.book().by_id.get(OFF.id, ())
    return (
        any(line.holds_on(dt.date(year, 1, 1)) for line in lines) or OfficeDay.objects.filter(day__year=year).exists()
    )


def last_day(rule: str, openings: rules.Openings = None, known: Days | None = None) -> dt.date | None:
    """`rules.last_day`, by the working days of this office. Raises NotADeadline."""
    if rule.startswith("workdays:"):
        return rules.last_day(rule, openings, known or days())
    return rules.last_day(rule, openings)


def off_words(day: dt.date | None, known: Days) -> str:
    """That a deadline falls on a day off, and the working days around it; "" for a working day."""
    if day is None or not known.is_off(day):
        return ""
    words = {
        "name": known.off.get(day) or weekday_or_holiday(day),
        "before": f"{known.on_or_before(day):%d/%m/%Y}",
        "after": f"{known.on_or_after(day):%d/%m/%Y}",
    }
    return _t("a day off (%(name)s); working day before: %(before)s, after: %(after)s") % words


def weekday_or_holiday(day: dt.date) -> str:
    """Why a day without a name of its own is off."""
    return {5: _t("Saturday"), 6: _t("Sunday")}.get(day.weekday(), "") or _t("public holiday")
