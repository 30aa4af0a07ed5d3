"""The people who write a report in these tests, and a small record for them to write from."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import docx
import pytest

from dienhong.foundation.access.actor import Actor, keeper
from dienhong.foundation.access.models import Account
from dienhong.meetings.actions import enter_session
from dienhong.people import actions as people
from dienhong.people.models import BodyKind, Post
from dienhong.records.actions import state_coverage
from dienhong.reports import actions
from dienhong.reports.actions import leave_out, start_report
from dienhong.reports.composing import lacking, paper_of
from dienhong.reports.models import Conference, Report, Section
from tests.cast import Cast, at_eight
from tests.workers import Workers, hire

DAY = dt.date(2023, 12, 11)
AT = at_eight(DAY)
BY = keeper("test")
HELD = dt.date(2023, 12, 28)


@dataclass(slots=True)
class House:
    """The office that reports: who keeps programmes merges, the leader approves, the secretariat's people write."""

    cast: Cast
    workers: Workers
    report: Report

    @property
    def merger(self) -> Actor:
        return self.workers.actor(self.workers.keeper)

    @property
    def expert(self) -> Actor:
        return self.workers.actor(self.workers.expert)

    @property
    def leader(self) -> Actor:
        return self.workers.actor(self.workers.leader)

    @property
    def merger_account(self) -> Account:
        account = self.workers.keeper.account
        assert account is not None
        return account

    @property
    def leader_post(self) -> Post:
        return Post.objects.get(code="pho-chu-nhiem")

    def leave_empty_out(self) -> None:
        """Leave every section with an empty place out of the paper, so that it can be submitted."""
        empty = [chapter.section for chapter in lacking(paper_of(self.report, DAY))]
        reason = "Không phát sinh trong kỳ"
        leave_out(actor=self.merger, report_id=self.report.pk, section_ids=empty, reason=reason, at=AT)

    def section(self, key: str) -> Section:
        return self.report.sections.get(key=key)


def enter_sessions(cast: Cast, *numbers: int, kind: str = "regular", month: int = 5) -> None:
    """Sessions of 2023, one a month, each of two weeks."""
    for number in numbers:
        since = dt.date(2023, month, 10)
        enter_session(
            actor=BY,
            term=cast.term,
            kind=kind,
            number=number,
            label=f"Kỳ họp thứ {number}" if kind == "regular" else f"Kỳ họp bất thường lần thứ {number}",
            year=2023,
            since=since,
            until=since + dt.timedelta(days=13),
            convened_on=dt.date(2023, 1, 2),
            reason="thử",
            source="Văn bản thử của kỳ họp",
            at=AT,
        )
        month += 5 if kind == "regular" else 1


@pytest.fixture
def house(cast: Cast) -> House:
    """An office whose year report of 2023 is laid out over two regular sessions."""
    state_coverage(
        actor=BY,
        key="sessions",
        name="Kỳ họp từ khóa XV",
        since=dt.date(2021, 7, 20),
        until=dt.date(2023, 12, 31),
        at=AT,
    )
    enter_sessions(cast, 5, 6)
    workers = hire(cast)
    actor = workers.actor(workers.keeper)
    report = start_report(actor=actor, kind="year", year=2023, body=cast.office, at=AT, due=dt.date(2023, 12, 22))
    return House(cast, workers, report)


@pytest.fixture
def conference(house: House) -> Conference:
    """The conference of the year report, held by the Office, the Party committee and the trade union."""
    office = house.cast.office
    parts: dict[str, Any] = {"actor": BY, "at": AT}
    union = people.found_body(
        code="cong-doan", kind=BodyKind.UNION, name="Công đoàn Văn phòng", parent=office, order=60, **parts
    )
    return actions.call_conference(
        actor=house.merger, report_id=house.report.pk, title="Hội nghị tổng kết công tác năm 2023", day=HELD,
        begins=dt.time(8), place="Nhà Quốc hội", hosts=[house.workers.party, union, office], at=AT,
    )  # fmt: skip


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
