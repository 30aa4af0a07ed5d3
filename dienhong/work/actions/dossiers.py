"""What people do with dossiers."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import fold, nfc
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Body
from dienhong.people.queries import above
from dienhong.work import events
from dienhong.work.models import Dossier, Enactment

OPEN_DOSSIER = declare("work.open_dossier", _("Open dossiers"))
ENTER_ENACTMENT = declare("work.enter_enactment", _("Enter laws and resolutions that were passed"))


class AlreadyThere(Refusal):
    """The office already holds a dossier or an enactment under this code or number."""


@transaction.atomic
def open_dossier(
    *,
    actor: Actor,
    code: str,
    kind: str,
    title: str,
    at: dt.datetime,
    lead: Body | None = None,
    opened: dt.date | None = None,
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Dossier:
    """Open a dossier (mở hồ sơ)."""
    require(actor, OPEN_DOSSIER, at=at, within=above(lead.pk, at.date()) if lead else None)
    if Dossier.objects.filter(code=code).exists():
        raise AlreadyThere(_("A dossier with the code %(code)s is already there.") % {"code": code}, field="code")
    title = nfc(title)
    dossier = Dossier.objects.create(
        code=code,
        kind=kind,
        title=title,
        folded=fold(title),
        lead=lead,
        opened=opened,
        mark=mark,
        source=source,
        note=note,
    )
    record(events.DossierOpened(dossier.pk), actor=actor, at=at)
    return dossier


@transaction.atomic
def enter_enactment(
    *,
    actor: Actor,
    dossier: Dossier,
    number: str,
    at: dt.datetime,
    passed_on: dt.date | None = None,
    effective_on: dt.date | None = None,
    session_label: str = "",
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Enactment:
    """Enter the law or resolution that a dossier became (ghi văn bản đã thông qua)."""
    require(actor, ENTER_ENACTMENT, at=at)
    if Enactment.objects.filter(number=number).exists() or Enactment.objects.filter(dossier=dossier).exists():
        raise AlreadyThere(_("%(number)s is already there.") % {"number": number}, field="number")
    row = Enactment.objects.create(
        dossier=dossier,
        number=number,
        passed_on=passed_on,
        effective_on=effective_on,
        session_label=session_label,
        mark=mark,
        source=source,
        note=note,
    )
    record(events.EnactmentEntered(dossier.pk, number, passed_on.isoformat() if passed_on else ""), actor=actor, at=at)
    return row
