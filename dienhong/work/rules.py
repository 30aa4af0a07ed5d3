"""What is decided about tasks: deadlines, states, completeness, reminders. Pure functions over plain values."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from dienhong.work.days import Days

#: The opening days of sessions by label ("XV-7").
Openings = Mapping[str, dt.date] | None


# -- states -----------------------------------------------------------------------------------------------------------
class State(StrEnum):
    """What a task is on a day (tình trạng)."""

    DRAFT = "draft"
    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    OVERDUE = "overdue"
    REPORTED = "reported"
    DONE = "done"
    DONE_LATE = "done_late"
    PAUSED = "paused"
    CANCELLED = "cancelled"


#: States in which somebody still has to do something.
OPEN = (State.NOT_BEGUN, State.RUNNING, State.OVERDUE, State.REPORTED, State.PAUSED)


@dataclass(frozen=True, slots=True)
class Facts:
    """The days a task keeps; None: it has not happened. `due` None: nobody knows the last day yet."""

    assigned: dt.date | None = None
    started: dt.date | None = None
    reported: dt.date | None = None
    confirmed: dt.date | None = None
    paused: dt.date | None = None
    cancelled: dt.date | None = None
    due: dt.date | None = None


def state(facts: Facts, day: dt.date) -> State:
    """The state on that day (rules.md §7): late is the deadline held against the day of the result, never typed.

    A result counts from the day it was reported, once it is confirmed: who confirms late makes nobody late.
    """
    if facts.cancelled is not None:
        return State.CANCELLED
    if facts.confirmed is not None:
        return State.DONE_LATE if days_late(facts, day) else State.DONE
    if facts.assigned is None:
        return State.DRAFT
    if facts.paused is not None:
        return State.PAUSED
    if facts.reported is not None:
        return State.REPORTED
    if days_late(facts, day):
        return State.OVERDUE
    return State.NOT_BEGUN if facts.started is None else State.RUNNING


def days_late(facts: Facts, day: dt.date) -> int:
    """By how many calendar days the task is or was late; 0 when in time, paused, cancelled, or without a known day."""
    if facts.due is None or facts.cancelled is not None or facts.assigned is None:
        return 0
    if facts.reported is not None:
        return max(0, (facts.reported - facts.due).days)
    return 0 if facts.paused is not None else max(0, (day - facts.due).days)


# -- deadlines --------------------------------------------------------------------------------------------------------
class NotADeadline(ValueError):
    """These words name no deadline."""


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_RULE = re.compile(
    r"day:(\d{4}-\d\d-\d\d)|month:(\d{4})-(\d\d)|quarter:(\d{4})-([1-4])|session:([A-Z]+-[\w]+):(\d+)"
    r"|workdays:(\d{1,3}):(\d{4}-\d\d-\d\d)?"
)
_WORKDAYS = re.compile(
    r"(?:trong |trong vong |within )?(\d{1,3}) (?:ngay lam viec|working days?)"
    r"(?:,? (?:(?:ke )?tu|from|after)(?: ngay)? "
    r"(?:(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?|(?:duoc )?giao|assignment))?"
)


def read_deadline(folded: str, year: int, term: str = "XV") -> str:
    """The rule that these words mean; words without marks and in lower case, `year` for those that name none.

    "15/03/2024", "15/3", "thang 3/2024", "quy ii/2024", "6 thang dau nam", "ca nam", "truoc ky hop thu 7",
    "20 ngay truoc ky hop thu 7 khoa xv"; in English "march 2024" is not read, "quarter 2/2024", "month 3/2024" and
    "before session 7" are. "5 ngay lam viec ke tu ngay 1/3" and "within 5 working days" count working days, from the
    assignment where they name no day. Raises NotADeadline.
    """
    words = folded.strip().rstrip(".")
    if _RULE.fullmatch(folded.strip()):
        return folded.strip()
    if m := re.fullmatch(r"(?:ngay |truoc ngay |truoc )?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?", words):
        return _day(m[3] or year, m[2], m[1])
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", words):
        return _day(m[1], m[2], m[3])
    if m := re.fullmatch(r"(?:trong |het )?(?:thang|month) ?(\d{1,2})(?:(?:/| nam | )(\d{4}))?", words):
        return _month(m[2] or year, m[1])
    if m := re.fullmatch(r"(\d{1,2})/(\d{4})", words):
        return _month(m[2], m[1])
    if m := re.fullmatch(r"(?:trong |het )?(?:quy|quarter|q) ?(iv|i{1,3}|[1-4])(?:(?:/| nam | )(\d{4}))?", words):
        return f"quarter:{int(m[2] or year):04}-{_ROMAN.get(m[1]) or int(m[1])}"
    if m := re.fullmatch(r"(?:6|sau) thang dau nam(?: (\d{4}))?", words):
        return f"month:{int(m[1] or year):04}-06"
    if m := re.fullmatch(r"(?:ca nam|trong nam|nam|het nam)(?: (\d{4}))?", words):
        return f"month:{int(m[1] or year):04}-12"
    session = r"(?:(\d{1,3}) (?:ngay|days?) )?(?:truoc|before) (?:ky hop|session)(?: thu| so)? ?(\d{1,2})"
    if m := re.fullmatch(session + r"(?:,? khoa ([ivx]+))?", words):
        return f"session:{(m[3] or term).upper()}-{int(m[2])}:{int(m[1] or 1)}"
    if m := _WORKDAYS.fullmatch(words):
        begin = _day(m[4] or year, m[3], m[2]).removeprefix("day:") if m[2] else ""
        return f"workdays:{int(m[1])}:{begin}"
    raise NotADeadline(folded)


def begun(rule: str, day: dt.date) -> str:
    """The rule once the task is assigned: working days that count from the assignment count from this day."""
    return f"{rule}{day.isoformat()}" if rule.startswith("workdays:") and rule.endswith(":") else rule


def _day(year: int | str, month: int | str, day: int | str) -> str:
    try:
        return f"day:{dt.date(int(year), int(month), int(day)).isoformat()}"
    except ValueError as error:
        raise NotADeadline(str(error)) from error


def _month(year: int | str, month: int | str) -> str:
    if not 1 <= int(month) <= 12:
        raise NotADeadline(str(month))
    return f"month:{int(year):04}-{int(month):02}"


def last_day(rule: str, openings: Openings = None, days: Days | None = None) -> dt.date | None:
    """The last day in time under a rule: the day, the end of the month or quarter, so many days before the opening.

    None when the session's opening is not known, or working days count from an assignment that has not been. Without
    `days`, only Saturdays and Sundays are off. Raises NotADeadline.
    """
    if not rule:
        return None
    m = _RULE.fullmatch(rule)
    if m is None:
        raise NotADeadline(rule)
    if m[1]:
        return dt.date.fromisoformat(m[1])
    if m[2]:
        return _end(int(m[2]), int(m[3]))
    if m[4]:
        return _end(int(m[4]), int(m[5]) * 3)
    if m[8]:
        return (days or Days()).after(dt.date.fromisoformat(m[9]), int(m[8])) if m[9] else None
    opening = (openings or {}).get(m[6])
    return opening - dt.timedelta(days=int(m[7])) if opening else None


def session_of(rule: str) -> str:
    """The session that a deadline hangs on ("XV-7"), "" when on none."""
    return rule.split(":")[1] if rule.startswith("session:") else ""


def _end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def has_rhythm(rule: str, recurs: str) -> bool:
    """Whether a task with this deadline can come again so often: a week needs a day, nothing hangs on a session."""
    if not recurs or not rule:
        return True
    return rule.startswith("day:") or (recurs in _MONTHS and rule.startswith(("month:", "quarter:")))


def turn_rule(first: str, recurs: str, turn: int) -> str:
    """The deadline of an occurrence, counted from the first one (turn 1): a 31st is a 31st again after February.

    A 31st becomes the last day of a shorter month, 29 February the 28th in a common year. Raises NotADeadline.
    """
    day = last_day(first)
    if day is None or not has_rhythm(first, recurs):
        raise NotADeadline(first)
    if recurs == "week":
        return f"day:{day + dt.timedelta(days=7 * (turn - 1))}"
    months = _MONTHS[recurs]
    year, month = divmod(day.year * 12 + day.month - 1 + months * (turn - 1), 12)
    kind = first.split(":")[0]
    if kind == "quarter" and months % 3 == 0:
        return f"quarter:{year:04}-{month // 3 + 1}"
    if kind == "day":
        return f"day:{dt.date(year, month + 1, min(day.day, _end(year, month + 1).day)).isoformat()}"
    return f"month:{year:04}-{month + 1:02}"


# -- the five "rõ" ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Five:
    """What the five "rõ" are read from: job, person, schedule, responsibility, result."""

    job: str
    body: int | None
    person: int | None
    deadline: str
    leader: int | None
    responsibility: str
    product: str


FIVE = ("job", "person", "schedule", "responsibility", "result")


def missing(five: Five) -> tuple[str, ...]:
    """Which of the five are not clear: rõ việc, rõ người, rõ tiến độ, rõ trách nhiệm, rõ kết quả."""
    clear = {
        "job": bool(five.job.strip()),
        "person": five.body is not None and five.person is not None,
        "schedule": bool(five.deadline),
        "responsibility": five.leader is not None or bool(five.responsibility.strip()),
        "result": bool(five.product.strip()),
    }
    return tuple(name for name in FIVE if not clear[name])


# -- numbers ----------------------------------------------------------------------------------------------------------
def place(number: str) -> str:
    """The number written so that text sorts as numbers do: "1.10" after "1.9"."""
    return ".".join(part.zfill(4) if part.isdigit() else part for part in re.split(r"[.\-]", number))[:60]


def circle(needs: Mapping[int, Iterable[int]], task: int, needed: int) -> bool:
    """Whether `task` waiting for `needed` would close a circle: `needed` already waits, in the end, for `task`."""
    seen: set[int] = set()
    stack = [needed]
    while stack:
        one = stack.pop()
        if one == task:
            return True
        if one not in seen:
            seen.add(one)
            stack.extend(needs.get(one, ()))
    return False


def clash(facts: Facts, needed: Facts, day: dt.date) -> bool:
    """Whether two deadlines cannot both hold: what a task needs is late, or is due after the task itself.

    Not once either is reported or over, nor while a deadline is not known.
    """
    over = (facts.reported, facts.cancelled, needed.reported, needed.confirmed, needed.cancelled)
    if any(one is not None for one in over) or facts.due is None or needed.due is None or needed.assigned is None:
        return False
    return needed.due > facts.due or state(needed, day) is State.OVERDUE


# -- reminders --------------------------------------------------------------------------------------------------------
def to_be_reminded(facts: Facts, day: dt.date, first: int, last: int, again: int, days: Days | None = None) -> bool:
    """Whether this is a day to remind the doer: `first` and `last` days before, that day, then every `again` days.

    With `days` they are working days; nobody is reminded on a day off, and what is due on one counts as the day before.
    Never for what is reported, paused, done or cancelled: a reminder that cannot be acted on is noise.
    """
    if facts.due is None or state(facts, day) not in {State.NOT_BEGUN, State.RUNNING, State.OVERDUE}:
        return False
    if days is not None and days.is_off(day):
        return False
    left = days.between(day, facts.due) if days is not None else (facts.due - day).days
    return left in {first, last, 0} or (left < 0 and -left % again == 0)


def to_be_escalated(facts: Facts, day: dt.date, after: int) -> bool:
    """Whether the leader in charge hears of it: overdue for at least so many days."""
    return state(facts, day) is State.OVERDUE and days_late(facts, day) >= after


def median_days(spans: Iterable[tuple[dt.date, dt.date]]) -> int | float | None:
    """The median of the days between assignment and result; None when there is none."""
    days = [(end - start).days for start, end in spans]
    middle = median(days) if days else None
    return int(middle) if middle is not None and middle == int(middle) else middle


def monday_of(day: dt.date) -> dt.date:
    """The Monday of its week."""
    return day - dt.timedelta(days=day.weekday())
