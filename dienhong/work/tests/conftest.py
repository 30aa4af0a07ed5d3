"""A small year of work around the cast."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from dienhong.foundation.access.actor import Actor, keeper
from dienhong.work import actions
from dienhong.work.actions import Content
from dienhong.work.models import Line, Programme, Task, TaskGroup
from tests.cast import DAY, Cast, at_eight
from tests.workers import Workers, hire


@dataclass
class Year:
    """A draft programme of 2023 with one group, and who works on it."""

    cast: Cast
    workers: Workers
    programme: Programme
    group: TaskGroup

    @property
    def keeper(self) -> Actor:
        return self.workers.actor(self.workers.keeper)

    def content(self, title: str = "Tổng hợp ý kiến thảo luận", **more: object) -> Content:
        """A task that is clear in all five."""
        values: dict[str, object] = {
            "lead_body": self.cast.secretariat,
            "lead_person": self.workers.expert,
            "leader": self.workers.leader,
            "product": "Báo cáo",
            "due_rule": "day:2023-11-30",
            "group": self.group,
        }
        return Content(title=title, **{**values, **more})  # type: ignore[arg-type]

    def add(self, title: str = "Tổng hợp ý kiến thảo luận", **more: object) -> Task:
        return actions.add_task(
            actor=self.keeper, content=self.content(title, **more), programme=self.programme, at=at_eight()
        )

    def adopt(self) -> None:
        actions.adopt_programme(
            actor=self.keeper, programme_id=self.programme.pk, basis="Quyết định 15/QĐ-VPQH", at=at_eight()
        )

    def running(self, **more: Any) -> Task:
        """A task of the adopted programme."""
        task = self.add(**more)
        self.adopt()
        task.refresh_from_db()
        return task


@pytest.fixture
def year(cast: Cast) -> Year:
    workers = hire(cast)
    at = at_eight(dt.date(DAY.year, 1, 5))
    by = keeper("test")
    programme = actions.draft_programme(
        actor=by, year=DAY.year, line=Line.ADMINISTRATION, title="Chương trình công tác năm 2023", at=at
    )
    group = actions.add_group(actor=by, programme_id=programme.pk, title="Phục vụ các kỳ họp", at=at)
    return Year(cast, workers, programme, group)
