"""The conference (hội nghị tổng kết): called, prepared, heard, concluded; its conclusions become tasks of next year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.files import store
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Body, Person
from dienhong.reports import events, rights
from dienhong.reports.actions.common import NotNow, _written
from dienhong.reports.models import (
    Conclusion,
    Conference,
    ConferenceState,
    Invitation,
    Opinion,
    ProgrammeItem,
    Report,
    Section,
    Speech,
)
from dienhong.work.actions import add_task
from dienhong.work.content import Content, Origin
from dienhong.work.models import Programme, Task


class ConferenceThere(Refusal):
    """The report already has its conference."""


class NotSettled(Refusal):
    """Opinions of the leaders are neither absorbed nor explained, or nothing was concluded."""


def _prepare(actor: Actor, conference_id: int, at: dt.datetime) -> Conference:
    """The conference, held for a change by whoever prepares it; nothing is changed once it is concluded."""
    require(actor, rights.CONFER, at=at)
    conference = Conference.objects.select_related("report").select_for_update(of=("self",)).get(pk=conference_id)
    rights.require_line(actor, conference.report.line, at)
    if conference.state == ConferenceState.CONCLUDED:
        raise NotNow(_("The conference is concluded."))
    return conference


@transaction.atomic
def call_conference(
    *, actor: Actor, report_id: int, title: str, day: dt.date, place: str, at: dt.datetime
) -> Conference:
    """Call the conference that hears a report (triệu tập hội nghị). Raises ConferenceThere."""
    require(actor, rights.CONFER, at=at)
    report = Report.objects.select_for_update().get(pk=report_id)
    rights.require_line(actor, report.line, at)
    if Conference.objects.filter(report=report).exists():
        raise ConferenceThere(_("The report already has its conference."))
    conference = Conference.objects.create(
        report=report, title=nfc(_written(title, "title")), day=day, place=nfc(_written(place, "place"))
    )
    record(events.ConferenceCalled(conference.pk, day.isoformat()), actor=actor, at=at)
    return conference


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
    record(events.ProgrammeSet(conference.pk, row.title), actor=actor, at=at)
    return row


@transaction.atomic
def invite(
    *, actor: Actor, conference_id: int, at: dt.datetime, bodies: Sequence[Body] = (), persons: Sequence[Person] = ()
) -> int:
    """Invite bodies and persons (mời dự). Who is invited already is not invited twice; gives back how many are new."""
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    have: set[tuple[int | None, int | None]] = set(conference.invitations.values_list("body_id", "person_id"))
    new = [Invitation(conference=conference, body=body) for body in bodies if (body.pk, None) not in have]
    new += [Invitation(conference=conference, person=one) for one in persons if (None, one.pk) not in have]
    Invitation.objects.bulk_create(new)
    record(events.Invited(conference.pk, len(new)), actor=actor, at=at)
    return len(new)


@transaction.atomic
def answer_invitation(*, actor: Actor, invitation_id: int, state: str, at: dt.datetime, note: str = "") -> Invitation:
    """Note how an invitation was answered, or who came (ghi trả lời giấy mời)."""
    require(actor, rights.CONFER, at=at)
    row = Invitation.objects.select_for_update().get(pk=invitation_id)
    if state not in Invitation.State.values:
        raise NotNow(_("Choose an answer."), field="state")
    row.state, row.note = state, nfc(note).strip()
    row.save(update_fields=["state", "note"])
    record(events.InvitationAnswered(row.conference_id, str(Invitation.State(state).label)), actor=actor, at=at)
    return row


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
    row = Speech.objects.create(
        conference=conference, paper=paper, unit=unit, speaker=nfc(speaker).strip(),
        title=nfc(_written(title, "title")),
        text=nfc(text).replace("\r\n", "\n").strip(), file=file, file_name=file_name[-200:],
    )  # fmt: skip
    record(events.SpeechEntered(conference.pk, row.title), actor=actor, at=at)
    return row


@transaction.atomic
def capture_opinion(*, actor: Actor, conference_id: int, leader: str, said: str, at: dt.datetime) -> Opinion:
    """Write down an opinion or instruction of a leader (ghi ý kiến chỉ đạo)."""
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    row = Opinion.objects.create(
        conference=conference, leader=nfc(_written(leader, "leader")), said=nfc(_written(said, "said"))
    )
    record(events.OpinionCaptured(conference.pk, row.leader), actor=actor, at=at)
    return row


@transaction.atomic
def settle_opinion(
    *, actor: Actor, opinion_id: int, answer: str, at: dt.datetime, section: Section | None = None
) -> Opinion:
    """Settle an opinion: absorbed in a section of the report, or, without one, explained (tiếp thu, giải trình).

    `answer` says where and how, or why not. Raises Empty, NotNow.
    """
    require(actor, rights.CONFER, at=at)
    row = Opinion.objects.select_related("conference").get(pk=opinion_id)
    conference = _prepare(actor, row.conference_id, at)
    if section is not None and section.report_id != conference.report_id:
        raise NotNow(_("The section belongs to another report."), field="section")
    row.answer = nfc(_written(answer, "answer"))
    row.section = section
    row.state = Opinion.State.ABSORBED if section else Opinion.State.EXPLAINED
    row.save(update_fields=["answer", "section", "state"])
    record(events.OpinionSettled(conference.pk, row.leader, str(row.get_state_display())), actor=actor, at=at)
    return row


@transaction.atomic
def add_conclusion(
    *, actor: Actor, conference_id: int, text: str, at: dt.datetime, lead: Body | None = None,
    due: dt.date | None = None, product: str = "",
) -> Conclusion:  # fmt: skip
    """Write a conclusion (ghi kết luận): what is to be done, which unit leads, until when."""
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    last = conference.conclusions.aggregate(last=Max("order"))["last"] or 0
    row = Conclusion.objects.create(
        conference=conference,
        order=last + 1,
        text=nfc(_written(text, "text")),
        lead=lead,
        due=due,
        product=nfc(product),
    )
    happened = events.ConclusionDrawn(conference.pk, row.order, due.isoformat() if due else "")
    record(happened, actor=actor, at=at)
    return row


@transaction.atomic
def conclude(
    *, actor: Actor, conference_id: int, number: str, signer_post: str, signer_name: str, at: dt.datetime
) -> Conference:
    """Issue the conclusion notice (ban hành Thông báo kết luận). Raises NotSettled while an opinion is open."""
    require(actor, rights.SIGN, at=at)
    conference = _prepare(actor, conference_id, at)
    out = conference.opinions.filter(state=Opinion.State.OPEN).count()
    if out:
        raise NotSettled(_("%(count)s opinions are neither absorbed nor explained.") % {"count": out})
    if not conference.conclusions.exists():
        raise NotSettled(_("Nothing is concluded yet."))
    conference.number = _written(number, "number")
    conference.signer_post = nfc(_written(signer_post, "signer_post"))
    conference.signer_name = nfc(_written(signer_name, "signer_name"))
    conference.state, conference.concluded_on = ConferenceState.CONCLUDED, day_of(at)
    conference.save()
    record(events.ConferenceConcluded(conference.pk, conference.number), actor=actor, at=at)
    return conference


@transaction.atomic
def make_tasks(*, actor: Actor, conference_id: int, programme: Programme, url: str, at: dt.datetime) -> list[Task]:
    """Make draft tasks of next year's programme from the conclusions (đưa kết luận vào chương trình công tác).

    Each task leads back to its conclusion, and a conclusion becomes a task only once. `url` is the page of the
    conference. Raises NotNow, and what adding a task refuses.
    """
    require(actor, rights.CONFER, at=at)
    conference = Conference.objects.select_related("report").select_for_update(of=("self",)).get(pk=conference_id)
    rights.require_line(actor, conference.report.line, at)
    if conference.state != ConferenceState.CONCLUDED:
        raise NotNow(_("The conference is not concluded yet."))
    if programme.line != conference.report.line:
        raise NotNow(_("The programme belongs to another line."), field="programme")
    made = []
    for row in conference.conclusions.filter(task__isnull=True).select_related("lead"):
        label = _("Conclusion %(order)s of %(conference)s") % {"order": row.order, "conference": conference.title}
        content = Content(
            title=row.text,
            lead_body=row.lead,
            product=row.product,
            due_rule=f"day:{row.due.isoformat()}" if row.due else "",
            basis=f"{conference.number}/TB-VPQH",
        )
        origin = Origin("conclusion", str(label)[:300], f"{url}#conclusion-{row.pk}")
        row.task = add_task(actor=actor, content=content, programme=programme, origin=origin, at=at)
        row.save(update_fields=["task"])
        made.append(row.task)
    record(events.ConclusionsBecameTasks(conference.pk, programme.pk, len(made)), actor=actor, at=at)
    return made
