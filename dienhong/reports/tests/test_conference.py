"""A conference of three bodies: heard, its opinions settled, its year turned over."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest

from dienhong.foundation.access.actor import Refused
from dienhong.foundation.files import store
from dienhong.foundation.journal.models import Entry
from dienhong.reports import actions
from dienhong.reports.actions import Share
from dienhong.reports.actions.common import NotNow, NotSettled
from dienhong.reports.composing import paper_of
from dienhong.reports.models import Conference, Opinion, ReportState
from dienhong.reports.queries import unfinished
from dienhong.reports.tests.conftest import AT, BY, DAY, HELD, House, words_of
from dienhong.reports.writing.notice import notice_docx
from dienhong.work import actions as work
from dienhong.work.actions import NoReason
from dienhong.work.content import Content
from dienhong.work.models import Programme, Task
from tests.cast import at_eight
from tests.components import Letters, smtp  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def year_before(house: House, *titles: str) -> list[Task]:
    """An adopted programme of 2023 with these tasks in one group."""
    at = AT - dt.timedelta(days=300)
    programme = work.draft_programme(actor=BY, year=2023, line="administration", title="Năm 2023", at=at)
    group = work.add_group(actor=BY, programme_id=programme.pk, title="Phục vụ các kỳ họp", at=at)
    tasks = [
        work.add_task(
            actor=BY,
            content=Content(
                title=title, lead_body=house.cast.secretariat, lead_person=house.workers.expert,
                leader=house.workers.leader, product="Báo cáo", due_rule="day:2023-11-30", group=group,
            ),
            programme=programme, at=at,
        )
        for title in titles
    ]  # fmt: skip
    work.adopt_programme(actor=BY, programme_id=programme.pk, basis="Quyết định 15", at=at)
    return tasks


# -- opinions ---------------------------------------------------------------------------------------------------------
def test_the_report_is_not_signed_while_an_opinion_is_open_and_its_annex_tells_each(
    house: House, conference: Conference
) -> None:
    said = [
        actions.capture_opinion(actor=house.merger, conference_id=conference.pk, leader="Chủ tịch", said=words, at=AT)
        for words in ("Chuẩn hóa quy trình.", "Thêm biên chế.", "Xây trụ sở mới.")
    ]
    section = house.section("information")
    block = actions.add_block(actor=house.merger, section_id=section.pk, kind="paragraph", text="Trước.", at=AT)
    saved = actions.save_block(actor=house.merger, block_id=block.pk, base=1, text="Sau khi tiếp thu.", at=AT)
    settle = actions.settle_opinion
    settle(actor=house.merger, opinion_id=said[0].pk, change=saved.version, answer="Đã bổ sung.", at=AT)
    settle(actor=house.merger, opinion_id=said[1].pk, answer="Do cấp có thẩm quyền.", at=AT)
    house.leave_empty_out()
    actions.merge_report(actor=house.merger, report_id=house.report.pk, at=AT)
    actions.submit_report(actor=house.merger, report_id=house.report.pk, posts=[house.leader_post], at=AT)
    actions.decide(actor=house.leader, report_id=house.report.pk, approve=True, at=AT)
    sign: dict[str, Any] = {
        "actor": house.merger, "report_id": house.report.pk, "number": "7", "signer_post": "Chủ nhiệm",
        "signer_name": "Người Ký", "at": AT,
    }  # fmt: skip
    with pytest.raises(NotSettled, match="1 opinions"):
        actions.sign_report(**sign)
    settle(actor=house.merger, opinion_id=said[2].pk, answer="Chờ quy hoạch.", later=True, at=AT)
    assert actions.sign_report(**sign).state == ReportState.SIGNED
    annex = next(one for one in paper_of(house.report, DAY).annexes if one.key == "opinions")
    assert annex.label == "IV. TIẾP THU, GIẢI TRÌNH Ý KIẾN TẠI HỘI NGHỊ"
    assert [row[3] for row in annex.pieces[1].rows[1:]] == [
        f"Tiếp thu tại mục “{section}”. Đã bổ sung.",
        "Giải trình: Do cấp có thẩm quyền.",
        "Để lại xem xét sau: Chờ quy hoạch.",
    ]


def test_an_opinion_is_absorbed_only_in_its_own_report(house: House, conference: Conference) -> None:
    said = actions.capture_opinion(
        actor=house.merger, conference_id=conference.pk, leader="Chủ tịch", said="Nhanh hơn.", at=AT
    )
    other = actions.start_report(actor=house.merger, kind="quarter", year=2023, part="1", body=house.cast.office, at=AT)
    with pytest.raises(NotNow, match="another report"):
        actions.settle_opinion(
            actor=house.merger, opinion_id=said.pk, section=other.sections.get(key="foreign"), answer="Có.", at=AT
        )
    assert Opinion.objects.get().state == Opinion.State.OPEN


# -- into the next year -----------------------------------------------------------------------------------------------
def concluded(house: House, conference: Conference) -> None:
    for text in ("Chuẩn hóa quy trình.", "Số hóa hồ sơ."):
        actions.add_conclusion(
            actor=house.merger, conference_id=conference.pk, text=text, lead=house.cast.secretariat, at=AT
        )
    actions.conclude(
        actor=house.merger,
        conference_id=conference.pk,
        number="12",
        signer_post="Chủ nhiệm",
        signer_name="A",
        at=at_eight(HELD),
    )


def test_conclusions_become_tasks_once_in_their_groups_of_a_programme_that_is_drafted(
    house: House, conference: Conference
) -> None:
    concluded(house, conference)
    rows = list(conference.conclusions.all())
    shares = {
        rows[0].pk: Share("Phục vụ kỳ họp", True, house.cast.secretariat, house.workers.expert, dt.date(2024, 6, 30))
    }
    again: dict[str, Any] = {"actor": house.merger, "conference_id": conference.pk, "url": "/c/", "at": AT}
    (task,) = actions.make_tasks(shares=shares, **again)
    assert (task.key, str(task.group), task.lead_person) == (True, "1. Phục vụ kỳ họp", house.workers.expert)
    assert task.programme is not None
    assert task.programme.title == "Chương trình công tác năm 2024 của Văn phòng Quốc hội"
    assert task.origin_label == "Kết luận 1, Hội nghị tổng kết công tác năm 2023"
    assert len(actions.make_tasks(programme=task.programme, **again)) == 1
    assert actions.make_tasks(programme=task.programme, **again) == []
    assert task.programme.groups.count() == 1


def test_the_year_turns_some_move_some_wait_some_are_dropped_with_a_reason(
    house: House, conference: Conference
) -> None:
    moves, waits, drops = year_before(house, "Kỷ yếu", "Rà soát", "Trang thử")
    turn: dict[str, Any] = {"actor": house.merger, "conference_id": conference.pk, "at": AT}
    with pytest.raises(NoReason):
        actions.turn_year(move=[moves.pk], drop={drops.pk: ""}, **turn)
    assert Task.objects.filter(programme__year=2024).count() == 0, "nothing is half done"
    assert actions.turn_year(move=[moves.pk], drop={drops.pk: "Đã có trang chung."}, **turn) == (1, 1)
    after = Programme.objects.get(year=2024)
    assert after.tasks.get().comes_after == moves
    assert list(unfinished(house.report)) == [waits]
    drops.refresh_from_db()
    assert drops.cancelled_on == DAY
    assert actions.turn_year(move=[moves.pk], drop={}, programme=after, **turn) == (0, 0)
    assert after.tasks.count() == 1


def test_the_notice_says_who_held_it_and_how_many_came(house: House, conference: Conference) -> None:
    actions.invite(actor=house.merger, conference_id=conference.pk, bodies=[house.cast.digital], at=AT)
    row = conference.invitations.get()
    actions.answer_invitation(actor=house.merger, invitation_id=row.pk, state="came", people=120, at=AT)
    concluded(house, conference)
    conference.refresh_from_db()
    words = words_of(notice_docx(conference, DAY))
    assert "Đảng bộ cơ quan và Công đoàn Văn phòng tổ chức Hội nghị tổng kết công tác năm 2023." in words
    assert "Dự Hội nghị có 120 đại biểu." in words
    assert "Số: 12/TB-VPQH" in words
    assert "Ngày 28 tháng 12 năm 2023, tại Nhà Quốc hội, " in words
    assert words.count("./.") == 1
    assert "2. Số hóa hồ sơ. Đơn vị chủ trì: Vụ Thư ký./." in words


# -- corrections ------------------------------------------------------------------------------------------------------
def told(kind: str) -> str:
    """What the journal keeps of the newest event of this kind."""
    return str(Entry.objects.filter(kind=f"reports.{kind}").latest("number").facts)


def test_a_speech_is_changed_keeps_its_file_and_is_taken_out_with_a_reason(
    house: House, conference: Conference
) -> None:
    parts: dict[str, Any] = {"actor": house.merger, "at": AT}
    digest = store().put(io.BytesIO(b"%PDF-1.4\n%%EOF\n"))
    row = actions.add_speech(
        conference_id=conference.pk, title="Chuyển đổi số", file=digest, file_name="a.pdf", **parts
    )
    changed = actions.change_speech(speech_id=row.pk, title="Chuyển đổi số tại kỳ họp", speaker="Ông A", **parts)
    assert (changed.file, changed.file_name) == (digest, "a.pdf")
    assert "Chuyển đổi số" in told("SpeechChanged")
    with pytest.raises(Refused):
        actions.remove_speech(speech_id=row.pk, reason="Đơn vị rút", actor=house.expert, at=AT)
    actions.remove_speech(speech_id=row.pk, reason="Đơn vị rút", **parts)
    assert not conference.speeches.exists()
    assert "Đơn vị rút" in told("SpeechRemoved")


def test_the_words_of_an_opinion_are_corrected_until_it_is_settled(house: House, conference: Conference) -> None:
    parts: dict[str, Any] = {"actor": house.merger, "at": AT}
    row = actions.capture_opinion(conference_id=conference.pk, leader="Chủ tịch", said="Quy chuẩn hoá", **parts)
    slip = actions.capture_opinion(conference_id=conference.pk, leader="Chủ tịch", said="Ghi nhầm", **parts)
    actions.change_opinion(opinion_id=row.pk, leader="Chủ tịch Quốc hội", said="Quy chuẩn hóa mọi quy trình", **parts)
    assert "Quy chuẩn hoá" in told("OpinionChanged"), "the words before stay in the journal"
    actions.remove_opinion(opinion_id=slip.pk, reason="Ghi hai lần", **parts)
    assert "Ghi nhầm" in told("OpinionRemoved")
    actions.settle_opinion(opinion_id=row.pk, answer="Đã có trong phương hướng.", **parts)
    with pytest.raises(NotNow):
        actions.change_opinion(opinion_id=row.pk, leader="Chủ tịch Quốc hội", said="Khác", **parts)
    with pytest.raises(NotNow):
        actions.remove_opinion(opinion_id=row.pk, reason="Không cần nữa", **parts)
    assert [one.said for one in conference.opinions.all()] == ["Quy chuẩn hóa mọi quy trình"]


def test_conclusions_are_changed_and_numbered_anew_until_the_notice_is_issued(
    house: House, conference: Conference
) -> None:
    parts: dict[str, Any] = {"actor": house.merger, "at": AT}
    first, second = (
        actions.add_conclusion(conference_id=conference.pk, text=text, **parts) for text in ("Một việc", "Hai việc")
    )
    actions.change_conclusion(
        conclusion_id=second.pk, text="Hai việc lớn", lead=house.cast.secretariat, due=HELD, key=True, **parts
    )
    assert "Hai việc" in told("ConclusionChanged")
    actions.remove_conclusion(conclusion_id=first.pk, reason="Trùng với nghị quyết", **parts)
    assert [(one.order, one.text, one.key) for one in conference.conclusions.all()] == [(1, "Hai việc lớn", True)]
    actions.conclude(
        actor=house.merger,
        conference_id=conference.pk,
        number="3",
        signer_post="TL. CHỦ NHIỆM",
        signer_name="A",
        at=at_eight(HELD),
    )
    with pytest.raises(NotNow):
        actions.change_conclusion(conclusion_id=second.pk, text="Muộn", **parts)
