"""The database sorts tasks into the states that the rule gives."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from dienhong.work import queries, rules
from dienhong.work.models import Task
from dienhong.work.rules import State
from tests.cast import DAY

pytestmark = pytest.mark.django_db
NAMES = ("assigned_on", "started_on", "reported_on", "confirmed_on", "paused_on", "cancelled_on", "due")


def test_every_combination_of_days_has_the_same_state_in_the_database_and_by_the_rule() -> None:
    days = (None, DAY - dt.timedelta(days=1), DAY, DAY + dt.timedelta(days=1))
    rows = []
    for n, values in enumerate(
        itertools.product((None, DAY), (None, DAY), days, (None, DAY), (None, DAY), (None, DAY), days)
    ):
        facts = dict(zip(NAMES, values, strict=True))
        if facts["confirmed_on"] and not facts["reported_on"]:
            continue
        rows.append(Task(number=str(n), code=str(n), place=str(n), title="x", folded="x", **facts))
    Task.objects.bulk_create(rows)
    expected = {task.pk: rules.state(task.facts, DAY) for task in Task.objects.all()}
    for state in State:
        found = set(Task.objects.filter(queries.in_state(state, DAY)).values_list("pk", flat=True))
        assert found == {key for key, one in expected.items() if one is state}, state
    counted = queries.counts(Task.objects.all(), DAY)
    assert {state: counted[state] for state in State} == {
        state: sum(one is state for one in expected.values()) for state in State
    }
    assert counted["all"] == len(rows)
    for name in ("soon", "unclear"):
        assert counted[name] == Task.objects.filter(queries.state_condition(name, DAY)).count(), name
