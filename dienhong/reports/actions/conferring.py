"""The conference (hội nghị tổng kết): called, prepared, heard, concluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.files import store
from dienhong.foundation.folding import nfc, nfc_lines
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Body, Person
from dienhong.reports import events, mailing, rights, wording
from dienhong.reports.actions.common import NotNow, NotSettled, _written
from dienhong.reports.models import (
    BlockVersion,
    Conclusion,
    Conference,
    ConferenceHost,
    ConferenceState,
    Opinion,
    ProgrammeItem,
    Report,
    Section,
    Speech,
)

Row = TypeVar("Row", ProgrammeItem, Speech)


class ConferenceThere(Refusal):
    """The report already has its conference."""


def _prepare(actor: Actor, conference_id: int, at: dt.datetime) -> Conference:
    """The conference, held for a change by whoever prepares it; nothing is changed once it is concluded."""
    require(actor, rights.CONFER, at=at)
    conference = Conference.objects.select_related("report").select_for_update(of=("self",)).get(pk=conference_id)
    rights.require_line(actor, conference.report.line, at)
    if conference.state == ConferenceState.CONCLUDED:
        raise NotNow(_("The conference is concluded."))
    return conference


def _swap(rows: list[Row], row_id: int, up: bool) -> None:
    """Move a row one place up or down among these and number them anew."""
    here = next((at for at, one in enumerate(rows) if one.pk == row_id), 0)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for place, one in enumerate(rows, start=1):
        one.order = place
        one.save(update_fields=["order"])


@transaction.atomic
def call_conference(
    *, actor: Actor, report_id: int, title: str, day: dt.date, place: str, at: dt.datetime,
    begins: dt.time | None = None, hosts: Sequence[Body] = (),
) -> Conference:  # fmt: skip
    """Call the conference that hears a report (triệu tập hội nghị), held jointly with these other bodies.

    Raises ConferenceThere, Empty.
    """
    require(actor, rights.CONFER, at=at)
    report = Report.objects.select_for_update().get(pk=report_id)
    rights.require_line(actor, report.line, at)
    if Conference.objects.filter(report=report).exists():
        raise ConferenceThere(_("The report already has its conference."))
    conference = Conference.objects.create(
        report=report, title=nfc(_written(title, "title")), day=day, begins=begins, place=nfc(_written(place, "place"))
    )
    _hosted(conference, hosts)
    record(events.ConferenceCalled(conference.pk, day.isoformat()), actor=actor, at=at)
    return conference


def _hosted(conference: Conference, hosts: Sequence[Body]) -> None:
    """Note which bodies hold it jointly; the body that reports is always one of them."""
    ConferenceHost.objects.filter(conference=conference).delete()
    others = [body for body in dict.fromkeys(hosts) if body.pk != conference.report.body_id]
    ConferenceHost.objects.bulk_create(
        [ConferenceHost(conference=conference, body=body, order=at) for at, body in enumerate(others, start=1)]
    )


@transaction.atomic
def change_conference(
    *, actor: Actor, conference_id: int, title: str, day: dt.date, place: str, at: dt.datetime,
    begins: dt.time | None = None, hosts: Sequence[Body] = (),
) -> Conference:  # fmt: skip
    """Change day, hour, place or hosts of a conference (điều chỉnh hội nghị).

    Letters that wait with what was before do not leave. Raises NotNow, Empty.
    """
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    conference.title, conference.place = nfc(_written(title, "title")), nfc(_written(place, "place"))
    conference.day, conference.begins = day, begins
    conference.save(update_fields=["title", "place", "day", "begins"])
    _hosted(conference, hosts)
    mailing.take_back(conference, at)
    record(events.ConferenceChanged(conference.pk, day.isoformat()), actor=actor, at=at)
    return conference


# -- its programme ----------------------------------------------------------------------------------------------------
@transaction.atomic
def add_programme_item(
    *, actor: Actor, conference_id: int, title: str, at: dt.datetime, begins: dt.time | None = None, who: str = ""
) -> ProgrammeItem:
    """Put an item on the conference's programme (thêm nội dung chương trình)."""
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    last = conference.programme.aggregate(last=Max("order"))["last"] or 0
    row = ProgrammeItem.objects.create(
        conference=conference, order=last + 1, begins=begins, title=nfc(_written(title, "title")), who=nfc(who).strip()
    )
    mailing.take_back(conference, at)
    record(events.ProgrammeSet(conference.pk, row.title), actor=actor, at=at)
    return row


@transaction.atomic
def change_programme_item(
    *, actor: Actor, item_id: int, title: str, at: dt.datetime, begins: dt.time | None = None, who: str = ""
) -> ProgrammeItem:
    """Change an item of the programme (sửa nội dung chương trình)."""
    require(actor, rights.CONFER, at=at)
    row = ProgrammeItem.objects.get(pk=item_id)
    conference = _prepare(actor, row.conference_id, at)
    row.title, row.begins, row.who = nfc(_written(title, "title")), begins, nfc(who).strip()
    row.save(update_fields=["title", "begins", "who"])
    mailing.take_back(conference, at)
    record(events.ProgrammeSet(conference.pk, row.title), actor=actor, at=at)
    return row


@transaction.atomic
def move_programme_item(*, actor: Actor, item_id: int, up: bool, at: dt.datetime) -> None:
    """Move an item of the programme one place up or down (đổi thứ tự nội dung)."""
    require(actor, rights.CONFER, at=at)
    row = ProgrammeItem.objects.get(pk=item_id)
    conference = _prepare(actor, row.conference_id, at)
    _swap(list(conference.programme.all()), row.pk, up)
    mailing.take_back(conference, at)
    record(events.ProgrammeSet(conference.pk, row.title), actor=actor, at=at)


@transaction.atomic
def remove_programme_item(*, actor: Actor, item_id: int, at: dt.datetime) -> None:
    """Take an item off the programme (bỏ nội dung chương trình)."""
    require(actor, rights.CONFER, at=at)
    row = ProgrammeItem.objects.get(pk=item_id)
    conference = _prepare(actor, row.conference_id, at)
    row.delete()
    mailing.take_back(conference, at)
    record(events.ProgrammeItemRemoved(conference.pk, row.title), actor=actor, at=at)


# -- speeches and papers ----------------------------------------------------------------------------------------------
@transaction.atomic
def add_speech(
    *, actor: Actor, conference_id: int, title: str, at: dt.datetime, unit: Body | None = None, speaker: str = "",
    text: str = "", file: str = "", file_name: str = "", paper: bool = False,
) -> Speech:  # fmt: skip
    """Enter a speech of a unit, or another paper of the conference (tham luận, tài liệu), as text or as a file."""
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    if not text.strip() and not (file and store().has(file)):
        raise NotNow(_("Write the text or bring its file."), field="text")
    last = conference.speeches.filter(paper=paper).aggregate(last=Max("order"))["last"] or 0
    row = Speech.objects.create(
        conference=conference, order=last + 1, paper=paper, unit=unit, speaker=nfc(speaker).strip(),
        title=nfc(_written(title, "title")),
        text=nfc_lines(text), file=file, file_name=nfc(file_name)[-200:],
    )  # fmt: skip
    record(events.SpeechEntered(conference.pk, row.title), actor=actor, at=at)
    return row


@transaction.atomic
def move_speech(*, actor: Actor, speech_id: int, up: bool, at: dt.datetime) -> None:
    """Let a speech be heard one place earlier or later (đổi thứ tự tham luận)."""
    require(actor, rights.CONFER, at=at)
    row = Speech.objects.get(pk=speech_id)
    conference = _prepare(actor, row.conference_id, at)
    _swap(list(conference.speeches.filter(paper=row.paper)), row.pk, up)
    record(events.SpeechMoved(conference.pk, row.title), actor=actor, at=at)


# -- what leaders say -------------------------------------------------------------------------------------------------
@transaction.atomic
def capture_opinion(*, actor: Actor, conference_id: int, leader: str, said: str, at: dt.datetime) -> Opinion:
    """Write down an opinion or instruction of a leader (ghi ý kiến chỉ đạo)."""
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    row = Opinion.objects.create(
        conference=conference, leader=nfc(_written(leader, "leader")), said=nfc_lines(_written(said, "said")), at=at
    )
    record(events.OpinionCaptured(conference.pk, row.leader), actor=actor, at=at)
    return row


@transaction.atomic
def settle_opinion(
    *, actor: Actor, opinion_id: int, answer: str, at: dt.datetime, section: Section | None = None,
    change: BlockVersion | None = None, later: bool = False,
) -> Opinion:  # fmt: skip
    """Settle an opinion (tiếp thu, giải trình): absorbed in a section of the report, explained, or left for later.

    `change` is the version of a block that absorbs it; its section then follows from it. `answer` says where and how,
    why not, or why later. Raises Empty, NotNow.
    """
    require(actor, rights.CONFER, at=at)
    row = Opinion.objects.select_related("conference").get(pk=opinion_id)
    conference = _prepare(actor, row.conference_id, at)
    if change is not None:
        section = change.block.section
    if section is not None and section.report_id != conference.report_id:
        raise NotNow(_("The section belongs to another report."), field="section")
    if section is not None and later:
        raise NotNow(_("What is absorbed is not left for later."), field="later")
    row.answer = nfc_lines(_written(answer, "answer"))
    row.section, row.change = section, change
    row.state = Opinion.State.ABSORBED if section else Opinion.State.LEFT if later else Opinion.State.EXPLAINED
    row.save(update_fields=["answer", "section", "change", "state"])
    record(events.OpinionSettled(conference.pk, row.leader, str(row.get_state_display())), actor=actor, at=at)
    return row


# -- conclusions ------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_conclusion(
    *, actor: Actor, conference_id: int, text: str, at: dt.datetime, lead: Body | None = None,
    person: Person | None = None, due: dt.date | None = None, product: str = "", group: str = "", key: bool = False,
) -> Conclusion:  # fmt: skip
    """Write a conclusion (ghi kết luận): what is to be done, which unit and person lead, until when, in which group."""
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    last = conference.conclusions.aggregate(last=Max("order"))["last"] or 0
    row = Conclusion.objects.create(
        conference=conference,
        order=last + 1,
        text=nfc(_written(text, "text")),
        lead=lead,
        person=person,
        due=due,
        product=nfc(product).strip(),
        group=nfc(group).strip(),
        key=key,
    )
    happened = events.ConclusionDrawn(conference.pk, row.order, due.isoformat() if due else "")
    record(happened, actor=actor, at=at)
    return row


@transaction.atomic
def conclude(
    *, actor: Actor, conference_id: int, number: str, signer_post: str, signer_name: str, at: dt.datetime
) -> Conference:
    """Issue the conclusion notice (ban hành Thông báo kết luận). Raises NotSettled while an opinion is open.

    A notice tells what was held and heard: none is dated before its conference. Raises NotNow.
    """
    require(actor, rights.SIGN, at=at)
    conference = _prepare(actor, conference_id, at)
    out = conference.opinions.filter(state=Opinion.State.OPEN).count()
    if out:
        raise NotSettled(_("%(count)s opinions are neither absorbed nor explained.") % {"count": out})
    if not conference.conclusions.exists():
        raise NotSettled(_("Nothing is concluded yet."))
    if day_of(at) < conference.day:
        words = {"day": wording.day(conference.day)}
        raise NotNow(_("The conference is held on %(day)s; its notice is issued that day or later.") % words)
    conference.number = _written(number, "number")
    conference.signer_post = nfc_lines(_written(signer_post, "signer_post"))
    conference.signer_name = nfc(_written(signer_name, "signer_name"))
    conference.state, conference.concluded_on = ConferenceState.CONCLUDED, day_of(at)
    conference.save()
    record(events.ConferenceConcluded(conference.pk, conference.number), actor=actor, at=at)
    return conference
