"""Numbers are kept with a reason, sections left out, blocks put back; units are told once a day what they owe."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from dienhong.foundation.access.actor import Refused
from dienhong.people import actions as people
from dienhong.people.models import Holding, Person
from dienhong.people.queries import actor_of
from dienhong.reports import actions, rules
from dienhong.reports.actions.approving import StillEmpty
from dienhong.reports.actions.collecting import StillMissing
from dienhong.reports.actions.common import Empty, NotNow
from dienhong.reports.composing import facts_of, paper_of, pieces_offered, stale
from dienhong.reports.models import Block, Contribution
from dienhong.reports.queries import owed_by, to_tell
from dienhong.reports.reminding import remind
from dienhong.reports.tests.conftest import AT, BY, DAY, House, enter_sessions
from dienhong.work.queries import ToRemind
from tests.post import let_leave

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOKEN = "{{figure:sessions}}"
SENTENCE = f"Văn phòng phục vụ {TOKEN} kỳ họp."


def written(house: House, text: str = SENTENCE) -> Block:
    section = house.section("information")
    return actions.add_block(actor=house.merger, section_id=section.pk, kind="paragraph", text=text, at=AT)


def places(house: House, block: Block) -> list[tuple[str, str, str]]:
    pieces = [piece for piece in paper_of(house.report, DAY).pieces() if piece.block == block.pk]
    return [(span.text, span.state, span.before) for piece in pieces for span in piece.spans if span.token]


def asked(house: House, unit=None, due: dt.date = DAY) -> Contribution:
    section = house.section("assembly")
    unit = unit or house.cast.secretariat
    return actions.ask_contribution(actor=house.merger, section_id=section.pk, unit=unit, due=due, at=AT)


def offer(house: House, row: Contribution, text: str) -> Block:
    return actions.add_block(
        actor=house.expert, section_id=row.section_id, kind="paragraph", text=text, contribution_id=row.pk, at=AT
    )


# -- numbers ----------------------------------------------------------------------------------------------------------
def test_a_number_is_kept_with_a_reason_that_the_annex_prints_until_the_record_changes_again(house: House) -> None:
    block = written(house)
    with pytest.raises(NotNow):
        actions.keep_value(actor=house.merger, block_id=block.pk, token=TOKEN, reason="Chưa đổi", at=AT)
    enter_sessions(house.cast, 2, kind="extraordinary", month=1)
    assert places(house, block) == [("02", "stale", "03")]
    with pytest.raises(Empty):
        actions.keep_value(actor=house.merger, block_id=block.pk, token=TOKEN, reason=" ", at=AT)
    why = "Báo cáo chốt số đến hết tháng 11"
    actions.keep_value(actor=house.merger, block_id=block.pk, token=TOKEN, reason=why, at=AT)
    assert places(house, block) == [("02", "kept", "03")]
    annex = next(chapter for chapter in paper_of(house.report, DAY).annexes if chapter.key == "kept")
    assert annex.pieces[0].rows[1][2:] == ["02", "03", why]
    enter_sessions(house.cast, 3, kind="extraordinary", month=3)
    assert places(house, block) == [("02", "stale", "04")]


def test_who_edits_words_takes_no_new_number_over(house: House) -> None:
    block = written(house)
    enter_sessions(house.cast, 2, kind="extraordinary", month=1)
    actions.save_block(actor=house.merger, block_id=block.pk, base=1, text=f"Đã phục vụ {TOKEN} kỳ họp.", at=AT)
    assert places(house, block) == [("02", "stale", "03")]
    actions.accept_values(actor=house.merger, report_id=house.report.pk, block_id=block.pk, at=AT)
    assert places(house, block) == [("03", "holds", "")]


def test_a_claim_that_changed_prints_its_old_words_and_not_its_verdict(house: House) -> None:
    before = {s.token: s.text for s in paper_of(house.report, DAY).live() if s.token.startswith("{{claim")}
    enter_sessions(house.cast, 2, kind="extraordinary", month=1)
    changed = [span for span in stale(paper_of(house.report, DAY)) if span.token in before]
    assert changed
    assert all(span.text == before[span.token] for span in changed)


def test_the_lines_of_a_list_and_the_rows_of_a_table_stay_lines_when_they_are_saved(house: House) -> None:
    section = house.section("information")
    words = "Điểm  một: {{figure:sessions}}\nĐiểm hai"
    block = actions.add_block(actor=house.merger, section_id=section.pk, kind="list", text=words, at=AT)
    actions.save_block(actor=house.merger, block_id=block.pk, base=1, text=f"{words}\nĐiểm ba", at=AT)
    piece = next(piece for piece in paper_of(house.report, DAY).pieces() if piece.block == block.pk)
    assert [line.text for line in piece.lines] == ["Điểm một: 02", "Điểm hai", "Điểm ba"]
    table = actions.add_block(
        actor=house.merger, section_id=section.pk, kind="table", text="Tên | Số\nKỳ họp | 2", at=AT
    )
    piece = next(piece for piece in paper_of(house.report, DAY).pieces() if piece.block == table.pk)
    assert piece.rows == [["Tên", "Số"], ["Kỳ họp", "2"]]


# -- sections and blocks ----------------------------------------------------------------------------------------------
def test_a_report_with_an_empty_section_is_not_submitted_until_it_is_left_out_with_a_reason(house: House) -> None:
    actions.merge_report(actor=house.merger, report_id=house.report.pk, at=AT)
    with pytest.raises(StillEmpty, match="Công tác đối ngoại"):
        actions.submit_report(actor=house.merger, report_id=house.report.pk, posts=[house.leader_post], at=AT)
    house.leave_empty_out()
    paper = paper_of(house.report, DAY)
    first = next(chapter.label for chapter in paper.chapters if chapter.key)
    assert first.startswith("1. Phục vụ Quốc hội")  # what stood before it is left out, the numbers move up
    assert ["Công tác đối ngoại", "Không phát sinh trong kỳ"] in paper.left_out
    assert "[" not in "".join(piece.text for piece in paper.pieces())
    actions.submit_report(actor=house.merger, report_id=house.report.pk, posts=[house.leader_post], at=AT)


def test_a_section_left_out_is_taken_in_again(house: House) -> None:
    section = house.section("foreign")
    with pytest.raises(NotNow):
        actions.take_in(actor=house.merger, section_id=section.pk, at=AT)
    actions.leave_out(actor=house.merger, report_id=house.report.pk, section_ids=[section.pk], reason="Không có", at=AT)
    assert "foreign" not in {chapter.key for chapter in paper_of(house.report, DAY).chapters}
    actions.take_in(actor=house.merger, section_id=section.pk, at=AT)
    assert "foreign" in {chapter.key for chapter in paper_of(house.report, DAY).chapters}
    with pytest.raises(Refused):
        actions.take_in(actor=house.expert, section_id=section.pk, at=AT)


def test_a_part_of_which_nothing_is_printed_goes_with_its_sections(house: House) -> None:
    proposals = house.section("proposals")
    everything = [one.pk for one in house.report.sections.filter(parent=house.section("limits").parent)]
    for keys in (everything, [proposals.pk]):
        actions.leave_out(actor=house.merger, report_id=house.report.pk, section_ids=keys, reason="Lược", at=AT)
    parts = [chapter for chapter in paper_of(house.report, DAY).chapters if not chapter.key]
    assert [part.number for part in parts] == ["I", "II"]
    assert parts[1].heading.startswith("PHƯƠNG HƯỚNG")


def test_a_block_that_was_taken_out_is_put_back(house: House) -> None:
    block = written(house)
    with pytest.raises(NotNow):
        actions.restore_block(actor=house.merger, block_id=block.pk, at=AT)
    actions.remove_block(actor=house.merger, block_id=block.pk, at=AT)
    assert not places(house, block)
    actions.restore_block(actor=house.merger, block_id=block.pk, at=AT)
    assert places(house, block) == [("02", "holds", "")]


# -- contributions ----------------------------------------------------------------------------------------------------
def test_what_a_unit_writes_enters_the_text_when_it_is_accepted_and_in_its_order(house: House) -> None:
    row = asked(house)
    with pytest.raises(StillMissing):
        actions.hand_in(actor=house.expert, contribution_id=row.pk, at=AT)
    second, first = offer(house, row, "Câu hai."), offer(house, row, "Câu một.")
    actions.move_block(actor=house.expert, block_id=first.pk, up=True, at=AT)
    chapter = next(one for one in paper_of(house.report, DAY).chapters if one.key == "assembly")
    assert {second.pk, first.pk}.isdisjoint({piece.block for piece in chapter.pieces})
    offered = pieces_offered(row.pk, facts_of(house.report, DAY))
    assert [piece.text for piece in offered] == ["Câu một.", "Câu hai."]
    actions.hand_in(actor=house.expert, contribution_id=row.pk, at=AT)
    actions.accept_contribution(actor=house.merger, contribution_id=row.pk, at=AT)
    chapter = next(one for one in paper_of(house.report, DAY).chapters if one.key == "assembly")
    assert [piece.text for piece in chapter.pieces[-2:]] == ["Câu một.", "Câu hai."]
    with pytest.raises(Refused):  # what is accepted belongs to the report
        actions.save_block(actor=house.expert, block_id=first.pk, base=1, text="Sửa sau.", at=AT)


def test_all_late_units_are_reminded_at_once_and_nobody_else(house: House) -> None:
    late, coming = asked(house), asked(house, house.cast.digital, DAY + dt.timedelta(days=9))
    tomorrow = AT + dt.timedelta(days=1)
    with pytest.raises(NotNow):
        actions.remind_late(actor=house.merger, report_id=house.report.pk, at=AT)
    assert actions.remind_late(actor=house.merger, report_id=house.report.pk, at=tomorrow) == 1
    late.refresh_from_db()
    coming.refresh_from_db()
    assert (late.reminded, coming.reminded) == (1, 0)
    with pytest.raises(Refused):
        actions.remind_late(actor=house.expert, report_id=house.report.pk, at=tomorrow)


def clerk(house: House) -> Person:
    person = Person.objects.get(account=house.cast.clerk)
    account = person.account
    assert account is not None
    account.email = "thu.ky@van-phong.test"
    account.save()
    return person


def test_the_head_of_the_unit_has_one_letter_and_then_on_the_days_of_the_rulebook(house: House, settings) -> None:
    settings.EMAIL_URL = "memory://"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row, person = asked(house, due=DAY + dt.timedelta(days=10)), clerk(house)
    assert set(to_tell(DAY)) == {person.pk}
    nothing = ToRemind(person.pk, (), ())
    told = to_tell(DAY)[person.pk]
    assert remind(actor=BY, person=person, digest=nothing, contributions=told, at=AT)
    assert not remind(actor=BY, person=person, digest=nothing, contributions=[row], at=AT)  # one letter a day
    let_leave(AT)
    assert len(mail.outbox) == 1
    assert "Phục vụ Quốc hội" in str(mail.outbox[0].body)
    assert not to_tell(DAY)
    heard = [days for days in range(1, 16) if to_tell(DAY + dt.timedelta(days=days))]
    assert heard == [7, 9, 10, 12, 14]
    block = offer(house, row, "Bản đầu.")
    actions.hand_in(actor=house.expert, contribution_id=row.pk, at=AT)
    assert not to_tell(DAY + dt.timedelta(days=7))
    actions.return_contribution(actor=house.merger, contribution_id=row.pk, note="Thêm số liệu.", at=AT)
    assert set(to_tell(DAY + dt.timedelta(days=1))) == {person.pk}
    assert list(owed_by(person.pk, DAY)) == [row]
    assert block.versions.count() == 1


def test_a_report_of_the_party_is_not_named_in_a_letter(house: House) -> None:
    from dienhong.reports.reminding import told

    row = asked(house)
    row.section.report.line = "party"
    words = told([row], DAY)
    assert row.section.report.title not in words
    assert str(row.section) in words


def test_the_account_of_the_named_writer_is_told_while_they_hold_a_post_in_the_unit(house: House) -> None:
    row = actions.ask_contribution(
        actor=house.merger, section_id=house.section("assembly").pk, unit=house.cast.secretariat,
        person=house.workers.expert, due=DAY, at=AT,
    )  # fmt: skip
    assert set(to_tell(DAY)) == {house.workers.expert.pk}
    actions.reassign_contribution(actor=house.merger, contribution_id=row.pk, unit=house.cast.digital, at=AT)
    head = Person.objects.get(account=house.cast.keeper)
    assert set(to_tell(DAY)) == {head.pk}
    assert actor_of(house.cast.keeper).person_id == head.pk


def test_what_a_merged_unit_still_owes_is_asked_of_the_unit_that_took_over(house: House) -> None:
    row = asked(house)
    heir = Person.objects.get(account=house.cast.keeper)
    assert heir.pk not in to_tell(DAY)
    assert not owed_by(heir.pk, DAY).exists()
    people.record_succession(
        actor=BY, before=house.cast.secretariat, after=house.cast.digital, day=DAY - dt.timedelta(days=1), at=AT
    )
    assert list(owed_by(heir.pk, DAY)) == [row]
    Holding.objects.filter(post__body=house.cast.secretariat).update(until=DAY - dt.timedelta(days=1))
    assert set(to_tell(DAY)) == {heir.pk}


@given(st.integers(-40, 40), st.integers(0, 40), st.integers(2, 9), st.integers(1, 9))
def test_nobody_is_told_twice_on_a_day_or_on_a_day_that_no_rule_names(
    left: int, since: int, first: int, again: int
) -> None:
    due = DAY + dt.timedelta(days=left)
    told = rules.to_be_told(due, DAY, DAY - dt.timedelta(days=since), first, 1, again)
    named = left in {first, 1, 0} or (left < 0 and -left % again == 0)
    assert told == (named and since > 0)
