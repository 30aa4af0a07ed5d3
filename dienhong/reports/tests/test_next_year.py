"""What a report says of the next year's programme: that of the year, not one of a whole term that begins in it."""

from __future__ import annotations

import pytest

from dienhong.records.rules import year_scope
from dienhong.reports.task_figures import figures
from dienhong.reports.tests.conftest import AT, BY, DAY, House
from dienhong.work.actions import add_task, draft_programme
from dienhong.work.content import Content

pytestmark = pytest.mark.django_db


def test_a_programme_of_a_term_is_not_next_years(house: House) -> None:
    for title, term, count in (("Năm 2024", None, 1), ("Nhiệm kỳ", house.cast.term, 2)):
        programme = draft_programme(actor=BY, year=2024, line="administration", title=title, term=term, at=AT)
        for number in range(count):
            add_task(actor=BY, content=Content(f"Việc {number}"), programme=programme, at=AT)
    found = {one.key: one.value for one in figures(year_scope(2023), "administration", DAY)}
    assert found["tasks.next"] == 1
