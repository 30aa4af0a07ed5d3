"""Tasks as a calendar (lịch iCalendar, RFC 5545): for the address that calendar programs read, and for letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _t
from icalendar import Alarm, Calendar, Event

from dienhong.work.models import Line, Task
from dienhong.work.queries import deadline_words


def written(
    tasks: Iterable[Task], at: dt.datetime, name: str, *, more: Iterable[Event] = (), outside: bool = False
) -> bytes:
    """These tasks, and `more` events, as a calendar: a whole-day event on each deadline with an alarm the day before.

    The same task has the same UID everywhere, so that a letter and the feed do not make two of it. `outside` for what
    leaves the office: tasks of the Party's and the union's line by their code only.
    """
    out = Calendar()
    out.add("prodid", "-//Dien Hong//Programme//VI")
    out.add("version", "2.0")
    out.add("method", "PUBLISH")
    out.add("x-wr-calname", name)
    for task in tasks:
        if task.due is not None:
            out.add_component(_event(task, task.due, at, outside and task.line != Line.ADMINISTRATION))
    for event in more:
        out.add_component(event)
    content: bytes = out.to_ical()
    return content


def deadline(key: str, due: dt.date, words: str, at: dt.datetime) -> Event:
    """A whole-day event on a deadline, with an alarm the day before; `key` is its own in this office."""
    event = Event()
    event.add("uid", f"{key}@dienhong")
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    event.add("summary", words)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", dt.timedelta(days=-1))
    event.add_component(alarm)
    return event


def _event(task: Task, due: dt.date, at: dt.datetime, by_code: bool) -> Event:
    event = deadline(f"task-{task.pk}", due, task.code if by_code else f"{task.number}. {task.title}", at)
    event.add("sequence", task.version)
    said = _t("Deadline: %(deadline)s") % {"deadline": deadline_words(task.due_rule, task.due)}
    event.add("description", said if by_code else f"{task.product}\n{said}".strip())
    event.add("url", f"{settings.BASE_URL}/programme/tasks/{task.pk}/")
    return event
