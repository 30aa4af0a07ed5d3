"""Correcting what a conference holds until it is concluded (sửa, bỏ): the journal keeps the words before."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.files import store
from dienhong.foundation.folding import nfc, nfc_lines
from dienhong.foundation.journal.actions import record
from dienhong.people.models import Body, Person
from dienhong.reports import events, rights
from dienhong.reports.actions.common import NotNow, _written
from dienhong.reports.actions.conferring import _prepare
from dienhong.reports.models import Conclusion, Opinion, Speech


# -- speeches and papers ----------------------------------------------------------------------------------------------
@transaction.atomic
def change_speech(
    *, actor: Actor, speech_id: int, title: str, at: dt.datetime, unit: Body | None = None, speaker: str = "",
    text: str = "", file: str = "", file_name: str = "", paper: bool = False,
) -> Speech:  # fmt: skip
    """Change a speech or a paper (sửa tham luận). Without a new file the one that was brought stays. Raises NotNow."""
    require(actor, rights.CONFER, at=at)
    row = Speech.objects.get(pk=speech_id)
    _prepare(actor, row.conference_id, at)
    if file and store().has(file):
        row.file, row.file_name = file, nfc(file_name)[-200:]
    if not text.strip() and not row.file:
        raise NotNow(_("Write the text or bring its file."), field="text")
    was = row.title
    row.title, row.speaker = nfc(_written(title, "title")), nfc(speaker).strip()
    row.unit, row.text, row.paper = unit, nfc_lines(text), paper
    row.save()
    record(events.SpeechChanged(row.conference_id, was, row.title), actor=actor, at=at)
    return row


@transaction.atomic
def remove_speech(*, actor: Actor, speech_id: int, reason: str, at: dt.datetime) -> None:
    """Take a speech or a paper out of the conference (bỏ tham luận). Raises NotNow, Empty."""
    require(actor, rights.CONFER, at=at)
    row = Speech.objects.get(pk=speech_id)
    _prepare(actor, row.conference_id, at)
    reason = nfc(_written(reason, "reason"))
    row.delete()
    record(events.SpeechRemoved(row.conference_id, row.title, reason), actor=actor, at=at)


# -- opinions ---------------------------------------------------------------------------------------------------------
def _open_opinion(actor: Actor, opinion_id: int, at: dt.datetime) -> Opinion:
    """An opinion whose words may still be corrected: what was answered stays as it was answered."""
    row = Opinion.objects.get(pk=opinion_id)
    _prepare(actor, row.conference_id, at)
    row.refresh_from_db()
    if row.state != Opinion.State.OPEN:
        raise NotNow(_("The opinion is settled already; its words stay as they were answered."))
    return row


@transaction.atomic
def change_opinion(*, actor: Actor, opinion_id: int, leader: str, said: str, at: dt.datetime) -> Opinion:
    """Correct the words of an opinion that is not settled yet (sửa ý kiến đã ghi). Raises NotNow, Empty."""
    require(actor, rights.CONFER, at=at)
    row = _open_opinion(actor, opinion_id, at)
    was = row.said
    row.leader, row.said = nfc(_written(leader, "leader")), nfc_lines(_written(said, "said"))
    row.save(update_fields=["leader", "said"])
    record(events.OpinionChanged(row.conference_id, row.leader, was), actor=actor, at=at)
    return row


@transaction.atomic
def remove_opinion(*, actor: Actor, opinion_id: int, reason: str, at: dt.datetime) -> None:
    """Take back an opinion that was written down by mistake (bỏ ý kiến ghi nhầm). Raises NotNow, Empty."""
    require(actor, rights.CONFER, at=at)
    row = _open_opinion(actor, opinion_id, at)
    reason = nfc(_written(reason, "reason"))
    row.delete()
    record(events.OpinionRemoved(row.conference_id, row.leader, row.said, reason), actor=actor, at=at)


# -- conclusions ------------------------------------------------------------------------------------------------------
@transaction.atomic
def change_conclusion(
    *, actor: Actor, conclusion_id: int, text: str, at: dt.datetime, lead: Body | None = None,
    person: Person | None = None, due: dt.date | None = None, product: str = "", group: str = "", key: bool = False,
) -> Conclusion:  # fmt: skip
    """Change a conclusion before its notice is issued (sửa kết luận). Raises NotNow, Empty."""
    require(actor, rights.CONFER, at=at)
    row = Conclusion.objects.get(pk=conclusion_id)
    _prepare(actor, row.conference_id, at)
    was = row.text
    row.text, row.lead, row.person, row.due = nfc(_written(text, "text")), lead, person, due
    row.product, row.group, row.key = nfc(product).strip(), nfc(group).strip(), key
    row.save(update_fields=["text", "lead", "person", "due", "product", "group", "key"])
    record(events.ConclusionChanged(row.conference_id, row.order, was), actor=actor, at=at)
    return row


@transaction.atomic
def remove_conclusion(*, actor: Actor, conclusion_id: int, reason: str, at: dt.datetime) -> None:
    """Take a conclusion out before its notice is issued (bỏ kết luận); the others are numbered anew. Raises NotNow."""
    require(actor, rights.CONFER, at=at)
    row = Conclusion.objects.get(pk=conclusion_id)
    conference = _prepare(actor, row.conference_id, at)
    reason = nfc(_written(reason, "reason"))
    row.delete()
    for place, one in enumerate(conference.conclusions.all(), start=1):
        one.order = place
        one.save(update_fields=["order"])
    record(events.ConclusionRemoved(conference.pk, row.order, row.text, reason), actor=actor, at=at)
