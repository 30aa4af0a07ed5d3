"""The session day of the demonstration (ngày họp minh họa): the second phase of session 6, and the votes to be taken.

The sittings are synthetic: the dates and the bills are real, the hours and the agenda are made up. So a vote taken here
is marked as held in the demonstration; the published vote on the same law stands in the record beside it and is the one
that is counted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dienhong.demo.cast import DAY
from dienhong.foundation import clock
from dienhong.foundation.access.actor import Actor
from dienhong.foundation.facts import Mark
from dienhong.meetings import actions as meetings
from dienhong.meetings.models import Meeting, MeetingKind, Session
from dienhong.people.models import Body
from dienhong.polls.models import PollKind
from dienhong.work.models import Dossier

SOURCE = "chương trình minh họa"
UBTVQH = "Ủy ban Thường vụ Quốc hội"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda: hour, words, who presents, minutes, the law it is about, the question to be put."""

    hour: str
    title: str
    presenter: str = ""
    minutes: int | None = None
    law: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting: its day, begin and end, kind, title and items."""

    day: dt.date
    begins: str
    ends: str
    title: str
    items: tuple[Item, ...]
    kind: str = MeetingKind.PLENARY


def _november(day: int) -> dt.date:
    return dt.date(2023, 11, day)


SITTINGS = (
    Sitting(_november(20), "08:00", "11:30", "Phiên toàn thể sáng 20/11/2023", (
        Item("08:00", "Khai mạc đợt 2 kỳ họp thứ 6", minutes=15),
        Item("08:15", "Báo cáo công tác phòng, chống tham nhũng năm 2023", "Chính phủ", 75),
        Item("09:50", "Báo cáo công tác của Tòa án nhân dân, Viện kiểm sát nhân dân", "Tòa án, Viện kiểm sát", 100),
    )),
    Sitting(_november(20), "14:00", "17:00", "Thảo luận tổ chiều 20/11/2023", (
        Item("14:00", "Thảo luận ở tổ: công tác tư pháp và phòng, chống tham nhũng", minutes=180),
    ), MeetingKind.GROUP),
    Sitting(_november(21), "08:00", "11:30", "Phiên toàn thể sáng 21/11/2023", (
        Item("08:00", "Thảo luận ở hội trường: công tác tư pháp", minutes=210),
    )),
    Sitting(_november(21), "14:00", "17:00", "Phiên toàn thể chiều 21/11/2023", (
        Item("14:00", "Giám sát việc thực hiện kiến nghị của cử tri", "Ban Dân nguyện", 180),
    )),
    Sitting(_november(22), "08:00", "11:30", "Thảo luận tổ sáng 22/11/2023", (
        Item("08:00", "Thảo luận ở tổ: dự án Luật Bảo hiểm xã hội (sửa đổi)", minutes=210),
    ), MeetingKind.GROUP),
    Sitting(_november(22), "14:00", "17:00", "Phiên toàn thể chiều 22/11/2023", (
        Item("14:00", "Thảo luận ở hội trường: dự án Luật Tổ chức Tòa án nhân dân (sửa đổi)", minutes=180),
    )),
    Sitting(_november(23), "08:00", "11:30", "Phiên toàn thể sáng 23/11/2023", (
        Item("08:00", "Thảo luận ở hội trường: dự án Luật Bảo hiểm xã hội (sửa đổi)", minutes=210),
    )),
    Sitting(_november(24), "08:00", "11:30", "Phiên toàn thể sáng 24/11/2023", (
        Item("08:00", "Trình bày báo cáo tiếp thu, giải trình, chỉnh lý dự thảo Luật Viễn thông (sửa đổi)", UBTVQH, 25,
             "24/2023/QH15"),
        Item("08:25", "Thảo luận về một số nội dung còn ý kiến khác nhau", minutes=71, law="24/2023/QH15"),
        Item("09:40", "Biểu quyết thông qua Luật Viễn thông (sửa đổi)", minutes=5, law="24/2023/QH15",
             question="Thông qua Luật Viễn thông (sửa đổi)"),
        Item("10:00", "Nghỉ giải lao", minutes=20),
        Item("10:20", "Thảo luận ở hội trường: dự án Luật Lưu trữ (sửa đổi)", minutes=70),
    )),
    Sitting(_november(24), "14:00", "17:00", "Thảo luận tổ chiều 24/11/2023", (
        Item("14:00", "Thảo luận ở tổ, Tổ 1 đến Tổ 19: dự án Luật Thủ đô (sửa đổi)", minutes=180),
    ), MeetingKind.GROUP),
    Sitting(_november(27), "08:00", "11:30", "Phiên toàn thể sáng 27/11/2023", (
        Item("08:00", "Biểu quyết thông qua Luật Căn cước", UBTVQH, 20, "26/2023/QH15", "Thông qua Luật Căn cước"),
        Item("08:20", "Biểu quyết thông qua Luật Nhà ở (sửa đổi)", UBTVQH, 20, "27/2023/QH15",
             "Thông qua Luật Nhà ở (sửa đổi)"),
        Item("08:40", "Thảo luận ở hội trường: dự án Luật Thủ đô (sửa đổi)", minutes=170),
    )),
    Sitting(_november(28), "08:00", "11:30", "Phiên toàn thể sáng 28/11/2023", (
        Item("08:00", "Biểu quyết thông qua Luật Kinh doanh bất động sản (sửa đổi)", UBTVQH, 20, "29/2023/QH15",
             "Thông qua Luật Kinh doanh bất động sản (sửa đổi)"),
        Item("08:20", "Thảo luận ở hội trường về các nội dung còn lại của kỳ họp", minutes=190),
    )),
    Sitting(_november(29), "08:00", "11:30", "Phiên bế mạc kỳ họp thứ 6", (
        Item("08:00", "Biểu quyết thông qua các nghị quyết của kỳ họp", minutes=90),
        Item("10:30", "Bế mạc kỳ họp thứ 6", minutes=60),
    )),
)  # fmt: skip


def moment(day: dt.date, hour: str) -> dt.datetime:
    """That hour of that day in the assembly's zone."""
    return clock.moment(day, dt.time.fromisoformat(hour))


def load_sittings(actor: Actor, at: dt.datetime) -> int:
    """All sittings; those of the days before are held, those of the day and after it wait."""
    session = Session.objects.get(term__label="XV", kind="regular", number=6)
    for sitting in SITTINGS:
        meeting = _enter(actor, at, session, sitting)
        if sitting.day < DAY:
            _hold(actor, meeting, sitting)
    return len(SITTINGS)


def _enter(actor: Actor, at: dt.datetime, session: Session, sitting: Sitting) -> Meeting:
    meeting = meetings.enter_meeting(
        actor=actor,
        body=Body.objects.get(code="quoc-hoi"),
        kind=sitting.kind,
        title=sitting.title,
        year=sitting.day.year,
        session=session,
        since=sitting.day,
        until=sitting.day,
        starts_at=moment(sitting.day, sitting.begins),
        ends_at=moment(sitting.day, sitting.ends),
        place="Hội trường Diên Hồng, Nhà Quốc hội" if sitting.kind == MeetingKind.PLENARY else "Nhà Quốc hội",
        mark=Mark.SYNTHETIC,
        source=SOURCE,
        at=at,
    )
    for item in sitting.items:
        dossier = Dossier.objects.filter(code=item.law).first() if item.law else None
        row = meetings.add_item(
            actor=actor,
            meeting_id=meeting.pk,
            title=item.title,
            dossier=dossier,
            presenter=item.presenter,
            starts_at=moment(sitting.day, item.hour),
            minutes=item.minutes,
            at=at,
        )
        if item.question:
            meetings.put_to_vote(actor=actor, item_id=row.pk, kind=PollKind.LAW, question=item.question, at=at)
    return meeting


def _hold(actor: Actor, meeting: Meeting, sitting: Sitting) -> None:
    """Open a past sitting, take up its items and close it, each at its own hour."""
    meetings.open_meeting(actor=actor, meeting_id=meeting.pk, at=moment(sitting.day, sitting.begins))
    for row, item in zip(meeting.items.order_by("order"), sitting.items, strict=True):
        meetings.take_up_item(actor=actor, item_id=row.pk, at=moment(sitting.day, item.hour))
    meetings.close_meeting(actor=actor, meeting_id=meeting.pk, at=moment(sitting.day, sitting.ends))
