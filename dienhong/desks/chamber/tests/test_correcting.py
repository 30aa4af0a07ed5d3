"""What was entered wrongly of a meeting is put right with a reason; figures follow and stamps say what changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from dienhong.foundation.access.actor import Refused, keeper
from dienhong.foundation.clock.actions import set_clock
from dienhong.foundation.journal.queries import entries, told
from dienhong.meetings import actions as meetings
from dienhong.meetings.actions.correcting import CORRECTED, Corrected
from dienhong.meetings.models import Meeting
from dienhong.meetings.queries import names_entered
from dienhong.people.models import Body
from dienhong.people.queries import actor_of
from dienhong.polls import actions as polls
from dienhong.records import actions as records
from dienhong.records.claims.checking import Desk
from dienhong.records.models import Stamp
from dienhong.records.stamps import recompute
from tests.cast import DAY, Cast, at_eight

pytestmark = pytest.mark.django_db
BY = keeper("test")


def entered(**more: Any) -> Meeting:
    """Meeting 18 of the Standing Committee as somebody typed it: a year too late."""
    values: dict[str, Any] = {
        "body": Body.objects.get(code="ubtvqh"), "kind": "sc_regular", "title": "Phiên họp thứ 18", "number": "18",
        "year": 2023, "since": dt.date(2023, 12, 12), "until": dt.date(2023, 12, 14), "held": True, "at": at_eight(),
    }  # fmt: skip
    return meetings.enter_meeting(actor=BY, **{**values, **more})


def right(meeting: Meeting, **more: Any) -> Corrected:
    return Corrected(**{**{name: getattr(meeting, name) for name in CORRECTED}, **more})


def in_record(year: int) -> int:
    desk = Desk(DAY)
    return int(desk.figure("standing_committee.recorded", desk.scope(str(year))).value or 0)


def test_a_wrong_year_is_corrected_with_history_and_the_stamp_names_the_entry(cast: Cast) -> None:
    meeting = entered()
    assert (in_record(2022), in_record(2023)) == (0, 1)
    stamp = records.stamp_figure(actor=BY, key="standing_committee.recorded", scope="2023", at=at_eight())
    better = right(meeting, year=2022, since=dt.date(2022, 12, 12), until=dt.date(2022, 12, 14))
    meetings.correct_meeting(actor=BY, meeting_id=meeting.pk, right=better, reason="Nhập nhầm năm", at=at_eight())
    assert (in_record(2022), in_record(2023)) == (1, 0)
    assert {(one.what, one.before, one.after) for one in meeting.changes.all()} == {
        ("year", "2023", "2022"), ("since", "2023-12-12", "2022-12-12"), ("until", "2023-12-14", "2022-12-14"),
    }  # fmt: skip
    sentence = told(entries()[:1])[0].sentence
    assert "corrected what was entered of Phiên họp thứ 18" in sentence
    assert "Nhập nhầm năm" in sentence
    found = recompute(Stamp.objects.get(pk=stamp.pk), DAY)
    assert not found.same
    assert found.removed == ("Phiên họp thứ 18",)
    assert [one.kind for one in found.since] == ["meetings.MeetingCorrected"]
    assert names_entered(meeting.body_id) == {(2022, "Phiên họp thứ 18"), (2023, "Phiên họp thứ 18")}


def test_nothing_happens_where_nothing_is_otherwise_and_no_reason_is_no_correction(cast: Cast) -> None:
    meeting = entered()
    before = entries().count()
    meetings.correct_meeting(actor=BY, meeting_id=meeting.pk, right=right(meeting), reason="", at=at_eight())
    assert entries().count() == before
    with pytest.raises(meetings.NotSoPlanned, match="Say why"):
        meetings.correct_meeting(
            actor=BY, meeting_id=meeting.pk, right=right(meeting, number="19"), reason=" ", at=at_eight()
        )
    account = cast.deputies[0].account
    assert account is not None
    with pytest.raises(Refused):
        meetings.correct_meeting(
            actor=actor_of(account), meeting_id=meeting.pk, right=right(meeting, number="19"), reason="Sai số",
            at=at_eight(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until": dt.date(2023, 12, 1)}, "until"),
        ({"since": None}, "until"),
        ({"kind": "plenary"}, "kind"),
        ({"kind": "no such"}, "kind"),
        ({"title": "x"}, "title"),
        ({"working_days": -1}, "working_days"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    meeting = entered()
    with pytest.raises(meetings.NotSoPlanned) as refusal:
        meetings.correct_meeting(
            actor=BY, meeting_id=meeting.pk, right=right(meeting, **wrong), reason="Nhập nhầm", at=at_eight()
        )
    assert refusal.value.field == field
    assert not meeting.changes.exists()


def test_a_meeting_in_progress_and_one_that_somebody_else_corrected_first_are_left(cast: Cast) -> None:
    meeting = entered()
    one, other = right(meeting, number="17"), right(meeting, number="16")
    meetings.correct_meeting(actor=BY, meeting_id=meeting.pk, right=one, reason="Sai số", seen=0, at=at_eight())
    with pytest.raises(meetings.CorrectedMeanwhile):
        meetings.correct_meeting(actor=BY, meeting_id=meeting.pk, right=other, reason="Sai số", seen=0, at=at_eight())
    running = entered(held=False, title="Phiên họp thứ 28", number="28", since=DAY, until=None)
    meetings.open_meeting(actor=BY, meeting_id=running.pk, at=at_eight())
    running.refresh_from_db()
    with pytest.raises(meetings.NotSoPlanned, match="in progress"):
        meetings.correct_meeting(
            actor=BY, meeting_id=running.pk, right=right(running, number="29"), reason="Sai số", at=at_eight()
        )


def test_the_clerk_corrects_a_meeting_on_its_page_and_everybody_reads_what_stood_there(cast: Cast) -> None:
    set_clock(actor=BY, to=at_eight(), at=at_eight())
    meeting = entered()
    clerk = Client(headers={"accept-language": "vi"})
    clerk.force_login(cast.clerk)
    assert f"/chamber/meetings/{meeting.pk}/correct" in clerk.get(f"/chamber/meetings/{meeting.pk}/").content.decode()
    data = {"title": "Phiên họp thứ 18", "kind": "sc_regular", "number": "18", "since": "12/12/2022",
            "until": "14/12/2022", "year": "2022", "working_days": "2,5", "counts": "on", "seen": "0",
            "reason": ""}  # fmt: skip
    wrong = clerk.post(f"/chamber/meetings/{meeting.pk}/correct", data)
    assert wrong.status_code == 422
    assert 'value="12/12/2022"' in wrong.content.decode()
    done = clerk.post(f"/chamber/meetings/{meeting.pk}/correct", {**data, "reason": "Nhập nhầm năm"}, follow=True)
    page = done.content.decode()
    assert "<del>12/12/2023</del> <ins>12/12/2022</ins>" in page
    assert "Nhập nhầm năm" in page
    meeting.refresh_from_db()
    assert str(meeting.working_days) == "2.5"
    late = clerk.post(f"/chamber/meetings/{meeting.pk}/correct", {**data, "number": "17", "reason": "Sai số"})
    assert late.status_code == 422
    assert "Có người đã đính chính phiên họp này" in late.content.decode()


def test_the_day_stays_where_votes_were_held_on_it(cast: Cast) -> None:
    meeting = entered(held=False, kind="plenary", body=Body.objects.get(code="quoc-hoi"), title="Phiên toàn thể",
                      number="", since=DAY, until=None)  # fmt: skip
    meetings.open_meeting(actor=BY, meeting_id=meeting.pk, at=at_eight())
    item = meetings.add_item(actor=BY, meeting_id=meeting.pk, title="Luật Viễn thông", at=at_eight())
    poll = meetings.put_to_vote(actor=BY, item_id=item.pk, kind="law", question="Thông qua Luật", at=at_eight())
    for act in (polls.open_poll, polls.close_poll, polls.declare_result):
        act(actor=BY, poll_id=poll.pk, at=at_eight())
    meetings.close_meeting(actor=BY, meeting_id=meeting.pk, at=at_eight())
    meeting.refresh_from_db()
    moved = right(meeting, since=DAY - dt.timedelta(days=1))
    with pytest.raises(meetings.NotSoPlanned, match="Votes were held"):
        meetings.correct_meeting(actor=BY, meeting_id=meeting.pk, right=moved, reason="Sai ngày", at=at_eight())
    titled = right(meeting, title="Phiên toàn thể sáng")
    done = meetings.correct_meeting(actor=BY, meeting_id=meeting.pk, right=titled, reason="Sai tên", at=at_eight())
    assert done.title == "Phiên toàn thể sáng"
