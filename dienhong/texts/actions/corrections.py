"""Doubts are settled and drafts corrected."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.folding import nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.texts import events, storing
from dienhong.texts.actions.versions import KEEP
from dienhong.texts.drafts import AlreadyThere, IsSealed, draft
from dienhong.texts.models import HowSettled, TextDoubt, Version, Work
from dienhong.texts.tree import Node, Text, assign_ids
from dienhong.texts.writing.names import unit_name


class AlreadySettled(Refusal):
    """Somebody else settled the doubt a moment ago."""


class Changed(Refusal):
    """Somebody else changed the draft since it was shown."""


class NoSuchUnit(Refusal):
    """The version has no unit of this id."""

    status = 404


@transaction.atomic
def settle_doubt(*, actor: Actor, doubt_id: int, how: str, at: dt.datetime, note: str = "") -> TextDoubt:
    """Settle a doubt (xử lý chỗ ngờ): keep as printed, corrected in the text, or leave it with a note."""
    require(actor, KEEP, at=at)
    doubt = TextDoubt.objects.select_for_update(of=("self",)).select_related("version").get(pk=doubt_id)
    if doubt.version.sealed:
        raise IsSealed(_("“%(label)s” is sealed; nothing in it is changed any more.") % {"label": doubt.version.label})
    if doubt.settled_at is not None:
        who = doubt.settled_by.label if doubt.settled_by else _("the office")
        raise AlreadySettled(
            _("%(who)s already settled this doubt: %(how)s.") % {"who": who, "how": doubt.get_how_display()}
        )
    if how not in HowSettled.values:
        raise NoSuchUnit(_("A doubt is kept as printed, corrected, or left with a note."), field="how")
    note = nfc(note)
    if how == HowSettled.NOTED and not note:
        raise Changed(_("Write the note."), field="note")
    doubt.how, doubt.note = how, note
    doubt.settled_at, doubt.settled_by_id = at, actor.account_id
    doubt.save()
    event = events.DoubtSettled(doubt.version_id, doubt.version.work_id, doubt.pk, doubt.line, doubt.code, how, note)
    record(event, actor=actor, at=at)
    return doubt


def _said(node: Node) -> str:
    return nfc(f"{node.label} {node.heading} {node.text}")


def _node(text: Text, eid: str) -> Node:
    node = text.find(eid)
    if node is None:
        raise NoSuchUnit(_("This version has no unit %(eid)s.") % {"eid": eid})
    return node


def _unchanged(version: Version, digest: str) -> None:
    if digest and digest != version.digest:
        raise Changed(_("Somebody else changed this draft since you opened it. Look at it again."))


@transaction.atomic
def correct_provision(
    *,
    actor: Actor,
    version_id: int,
    eid: str,
    number: str,
    label: str,
    heading: str,
    words: str,
    at: dt.datetime,
    digest: str = "",
    doubt_id: int | None = None,
) -> Version:
    """Correct number, heading or words of one unit of a draft (sửa lỗi đọc). `digest` is that of the draft as shown;
    with `doubt_id` the doubt that showed the fault is settled in the same breath."""
    require(actor, KEEP, at=at)
    version = draft(version_id)
    _unchanged(version, digest)
    text = storing.text_of(version)
    node = _node(text, eid)
    where, before = unit_name(node), _said(node)
    node.number, node.label, node.heading = nfc(number), nfc(label), nfc(heading)
    node.text = "\n".join(line for raw in words.splitlines() if (line := nfc(raw)))
    for note in node.footnotes:
        note.offset = min(note.offset, len(node.text))
    old = [unit.id for unit in text.walk()]
    assign_ids(text)
    new = {a: unit.id for a, unit in zip(old, text.walk(), strict=True) if a != unit.id}
    for doubt in TextDoubt.objects.filter(version=version, eid__in=new):
        doubt.eid = new[doubt.eid]
        doubt.save(update_fields=["eid"])
    _store(version, text)
    event = events.ProvisionCorrected(version.pk, version.work_id, eid, where, before, _said(node), version.digest)
    record(event, actor=actor, at=at)
    if doubt_id is not None:
        settle_doubt(actor=actor, doubt_id=doubt_id, how=HowSettled.CORRECTED, at=at)
    return version


def _store(version: Version, text: Text) -> None:
    storing.fill(version, text)
    version.save(update_fields=["tree", "digest", "articles", "chapters"])
    storing.refresh_provisions(version, text)


@transaction.atomic
def correct_facts(
    *,
    actor: Actor,
    version_id: int,
    title: str,
    number: str,
    kind: str,
    date: dt.date | None,
    at: dt.datetime,
    digest: str = "",
) -> Version:
    """Correct title, number, kind and date that were read from the head of a text (sửa phần đầu văn bản)."""
    require(actor, KEEP, at=at)
    version = draft(version_id)
    _unchanged(version, digest)
    work = Work.objects.select_for_update(of=("self",)).get(pk=version.work_id)
    if work.versions.exclude(pk=version.pk).exists():
        raise Changed(_("The work has other versions; its title and number are those of the first."))
    text = storing.text_of(version)
    before = f"{text.title}; {text.number}; {text.kind}; {text.date or ''}"
    text.title, text.number, text.kind, text.date = nfc(title), nfc(number), kind, date
    said = storing.facts(text)
    if Work.objects.filter(uri=said["uri"]).exclude(pk=work.pk).exists():
        raise AlreadyThere(_("A work of this number is already in the library."), field="number")
    for name, value in said.items():
        setattr(work, name, value)
    work.save()
    version.work = work
    _store(version, text)
    storing.enter_amendments(work, text)
    after = f"{text.title}; {text.number}; {text.kind}; {text.date or ''}"
    record(events.FactsCorrected(version.pk, work.pk, before, after), actor=actor, at=at)
    return version
