"""The synthetic year reports (báo cáo minh họa): that of 2023 being compiled, that of 2022 signed, through actions.

The figures are those of the public record; what the units write, who signs and the numbers of the papers are made up.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from dienhong.foundation import clock
from dienhong.foundation.access.actions import create_account
from dienhong.foundation.access.actor import Actor
from dienhong.foundation.access.models import Account
from dienhong.people import actions as people
from dienhong.people.models import Body, Person, Post
from dienhong.people.queries import actor_of
from dienhong.reports import actions, composing
from dienhong.reports.models import Contribution, Report
from dienhong.work.actions import confirm_done
from dienhong.work.models import Task

PLAN = Path(__file__).with_name("reporting.toml")
COMPILER, LEADER = "my.ung", "thien.chi"
LAID_OUT, ASKED = dt.date(2023, 11, 14), dt.date(2023, 11, 15)
NOT_WRITTEN = "Không tổng hợp trong báo cáo minh họa: hồ sơ không có số liệu của nội dung này."


def load_reports(actor: Actor, at: dt.datetime) -> int:
    """The signed report of 2022 and the one of 2023 with its contributions; how many contributions."""
    plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    leader = Person.objects.get(code="LD-001")
    account = create_account(actor=actor, username=LEADER, label=leader.full_name, persona="lãnh đạo Văn phòng", at=at)
    people.give_account(actor=actor, person=leader, account=account, at=at)
    _signed(leader, at)
    report = _report(2023, clock.moment(LAID_OUT), dt.date(2023, 12, 22))
    for row in plan["owner"]:
        actions.give_section(
            actor=_as(COMPILER),
            section_id=report.sections.get(key=row["section"]).pk,
            body=Body.objects.get(code=row["unit"]),
            at=clock.moment(LAID_OUT),
        )
    for row in plan["contribution"]:
        _contribution(report, row)
    for row in plan["comment"]:
        section = report.sections.get(key=row["section"])
        actions.comment(actor=_as(row["who"]), section_id=section.pk, text=row["text"], at=clock.moment(ASKED))
    _one_number_changes(at)
    return len(plan["contribution"])


def _as(username: str) -> Actor:
    return actor_of(Account.objects.get(username=username))


def _report(year: int, at: dt.datetime, due: dt.date) -> Report:
    office = Body.objects.get(code="vpqh")
    return actions.start_report(actor=_as(COMPILER), kind="year", year=year, body=office, due=due, at=at)


def _signed(leader: Person, at: dt.datetime) -> None:
    """The report of 2022, as the record alone writes it: what it cannot say is left out, with the reason."""
    compiler = _as(COMPILER)
    report = _report(2022, at, dt.date(2022, 12, 23))
    day = clock.day_of(at)
    empty = [chapter.section for chapter in composing.lacking(composing.paper_of(report, day))]
    actions.leave_out(actor=compiler, report_id=report.pk, section_ids=empty, reason=NOT_WRITTEN, at=at)
    actions.merge_report(actor=compiler, report_id=report.pk, at=at)
    post = Post.objects.get(code="pho-chu-nhiem-1")
    actions.submit_report(actor=compiler, report_id=report.pk, posts=[post], at=at)
    actions.decide(actor=_as(LEADER), report_id=report.pk, approve=True, comment="Đồng ý.", at=at)
    actions.sign_report(
        actor=compiler, report_id=report.pk, number="1", signer_post="KT. CHỦ NHIỆM\nPHÓ CHỦ NHIỆM",
        signer_name=leader.full_name, signed_on=dt.date(2022, 12, 28),
        recipients=["Chủ tịch Quốc hội (bản minh họa)", "Lưu: HC, TH"], at=at,
    )  # fmt: skip


def _contribution(report: Report, row: dict[str, Any]) -> Contribution:
    """A contribution as far as it has come."""
    compiler, section = _as(COMPILER), report.sections.get(key=row["section"])
    at, later = clock.moment(ASKED), clock.moment(row["due"] - dt.timedelta(days=1))
    asked = actions.ask_contribution(
        actor=compiler, section_id=section.pk, unit=Body.objects.get(code=row["unit"]), due=row["due"], at=at
    )
    if row["state"] == "reminded":
        return actions.remind_contribution(actor=compiler, contribution_id=asked.pk, at=later)
    if row["state"] == "asked":
        return asked
    writer = _as(row["who"])
    for text in row["texts"]:
        actions.add_block(
            actor=writer, section_id=section.pk, kind="paragraph", text=text, contribution_id=asked.pk, at=later
        )
    actions.hand_in(actor=writer, contribution_id=asked.pk, at=later)
    if row["state"] == "accepted":
        return actions.accept_contribution(actor=compiler, contribution_id=asked.pk, at=later)
    if row["state"] == "returned":
        return actions.return_contribution(actor=compiler, contribution_id=asked.pk, note=row["note"], at=later)
    return asked


def _one_number_changes(at: dt.datetime) -> None:
    """A result that waited is confirmed after the report was laid out: a number of the text is stale."""
    task = Task.objects.filter(programme__year=2023, reported_on__isnull=False, confirmed_on__isnull=True).first()
    if task is not None:
        confirm_done(actor=_as(LEADER), task_id=task.pk, at=at)
