"""Reminders without nagging: one digest a day, with the deadlines as a calendar; put off by who does the task."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from icalendar import Calendar

from dienhong.foundation.access.actor import Refused, keeper
from dienhong.foundation.journal import queries as journal
from dienhong.work import actions, queries, reminding
from dienhong.work.actions import keeping
from dienhong.work.models import Line, Task
from dienhong.work.tests.conftest import Year
from tests.cast import DAY, at_eight
from tests.post import let_leave

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2023, 11, 27)


def told(day: dt.date) -> dict[int, tuple[list[Task], list[Task]]]:
    return {one.person_id: (list(one.own), list(one.led)) for one in queries.to_remind(day)}


def snooze(year: Year, task: Task, until: dt.date, day: dt.date = DAY) -> None:
    expert = year.workers.actor(year.workers.expert)
    actions.snooze_task(actor=expert, task_id=task.pk, until=until, at=at_eight(day))


def test_who_puts_a_reminder_off_hears_of_it_on_that_day_and_not_before(year: Year) -> None:
    task = year.running(due_rule=f"day:{MONDAY}")
    assert told(DAY) == {year.workers.expert.pk: ([task], [])}
    snooze(year, task, dt.date(2023, 11, 29))
    assert told(DAY) == {}
    assert told(MONDAY) == {}  # its own day: put off
    assert told(dt.date(2023, 11, 29)) == {year.workers.expert.pk: ([task], [])}
    assert told(dt.date(2023, 11, 30)) == {}  # no mark of the rulebook
    said = [one.sentence for one in journal.told(journal.entries(topic=f"task:{task.pk}"))]
    assert any("put off reminders" in sentence for sentence in said)


def test_a_reminder_put_off_to_a_sunday_comes_on_monday(year: Year) -> None:
    task = year.running(due_rule="day:2023-12-29")
    snooze(year, task, dt.date(2023, 11, 26))
    assert told(dt.date(2023, 11, 26)) == {}
    assert told(MONDAY) == {year.workers.expert.pk: ([task], [])}


def test_the_leader_hears_of_what_is_long_overdue_whatever_its_doer_put_off(year: Year) -> None:
    task = year.running(due_rule="day:2023-11-24")
    day = dt.date(2023, 12, 1)  # five working days late
    assert told(day)[year.workers.leader.pk] == ([], [task])
    snooze(year, task, dt.date(2023, 12, 20), dt.date(2023, 11, 30))
    assert told(day) == {year.workers.leader.pk: ([], [task])}
    assert queries.came_up(task, day) == dt.date(2023, 11, 29)
    assert queries.came_up(task, dt.date(2023, 11, 28)) is None


def test_a_reminder_is_put_off_by_who_does_the_task_to_a_day_not_far(year: Year) -> None:
    task = year.running()
    for until in (DAY, DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=31)):
        with pytest.raises(keeping.NotThatDay):
            snooze(year, task, until)
    with pytest.raises(Refused):
        actions.snooze_task(
            actor=year.workers.actor(year.workers.party_member), task_id=task.pk, until=MONDAY, at=at_eight()
        )


def test_after_a_hand_over_the_new_holder_is_reminded(year: Year) -> None:
    task = year.running(due_rule=f"day:{MONDAY}")
    snooze(year, task, dt.date(2023, 12, 20))
    clerk = year.cast.clerk.person
    assert clerk is not None
    actions.hand_over(actor=year.keeper, task_id=task.pk, person=clerk, reason="Chuyển việc", at=at_eight())
    assert list(told(DAY)) == [clerk.pk]


def test_the_letter_carries_the_deadlines_as_a_calendar_and_says_who_was_told(year: Year, settings) -> None:
    settings.EMAIL_URL = "smtp://localhost"
    account = year.workers.expert.account
    assert account is not None
    account.email = "khoat@example.org"
    account.save()
    task = year.running(due_rule="day:2023-11-24")
    day = dt.date(2023, 12, 1)
    digest = next(one for one in queries.to_remind(day) if one.person_id == year.workers.expert.pk)
    assert reminding.remind(actor=keeper("test"), person=year.workers.expert, digest=digest, at=at_eight(day))
    assert not mail.outbox
    let_leave(at_eight(day))
    letter = mail.outbox[0]
    assert "đã báo cáo Lê Thị Ánh Tuyết" in letter.body
    assert f"/programme/tasks/{task.pk}/" in letter.body
    name, content, kind = letter.attachments[0]
    assert (name, kind) == ("nhac-viec.ics", "text/calendar")
    calendar = Calendar.from_ical(content)
    event = calendar.walk("VEVENT")[0]
    assert (event["uid"], event.decoded("dtstart")) == (f"task-{task.pk}@dienhong", dt.date(2023, 11, 24))
    assert str(event["summary"]) == "1.1. Tổng hợp ý kiến thảo luận"
    assert event.walk("VALARM")


def test_a_letter_never_names_a_task_of_the_party(year: Year) -> None:
    task = year.running(due_rule=f"day:{MONDAY}")
    Task.objects.filter(pk=task.pk).update(line=Line.PARTY)
    digest = queries.to_remind(DAY)[0]
    letter = reminding.letter("x@example.org", digest, at_eight())
    content = letter.files[0].content.decode()
    assert "Tổng hợp" not in letter.body + content
    assert task.code in letter.body
