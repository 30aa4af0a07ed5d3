"""Versions come, are sealed or discarded."""

from __future__ import annotations

import datetime as dt
import io

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.facts import Mark
from dienhong.foundation.files import store
from dienhong.foundation.journal.actions import record
from dienhong.texts import events, storing
from dienhong.texts.drafts import AlreadyThere, OpenDoubts, draft, new_version, refuse_same
from dienhong.texts.intake import Intake
from dienhong.texts.models import HowSettled, Provision, State, TextDoubt, Version, VersionKind, Work
from dienhong.work.models import Dossier

KEEP = declare("texts.keep", _("Upload, correct and consolidate law texts"))
SEAL = declare("texts.seal", _("Seal versions of law texts"))


@transaction.atomic
def upload_text(
    *,
    actor: Actor,
    intake: Intake,
    at: dt.datetime,
    work: Work | None = None,
    label: str = "",
    valid_from: dt.date | None = None,
    mark: str = Mark.OFFICE,
    source: str = "",
    note: str = "",
) -> Version:
    """Bring a text into the library (đưa văn bản vào thư viện): a draft version with its doubts, the file kept."""
    require(actor, KEEP, at=at)
    text = intake.text
    said = storing.facts(text)
    cited = {"mark": mark, "source": source, "note": note}
    found = work or Work.objects.select_for_update().filter(uri=said["uri"]).first()
    new = found is None
    home = Work.objects.create(**said, **cited) if found is None else found
    version = new_version(home, text, label, at)
    version.valid_from = valid_from or (None if version.kind == VersionKind.DRAFT_BILL else said["effective_on"])  # type: ignore[assignment]
    refuse_same(version, field="file")
    version.file = store().put(io.BytesIO(intake.content))
    version.file_name, version.media_type = intake.name, intake.media_type
    version.save(force_insert=True)
    storing.enter_provisions(version, text)
    doubts = storing.enter_doubts(version, text)
    if new:
        storing.enter_amendments(home, text)
    event = events.TextUploaded(
        version.pk, home.pk, intake.name, version.file, version.digest, version.articles, doubts
    )
    record(event, actor=actor, at=at)
    return version


@transaction.atomic
def seal_version(*, actor: Actor, version_id: int, at: dt.datetime, accept_doubts: bool = False) -> Version:
    """Seal a version (chốt bản): from now on nothing in it is changed. `accept_doubts` keeps the rest as printed."""
    require(actor, SEAL, at=at)
    version = draft(version_id)
    open_ = TextDoubt.objects.filter(version=version, settled_at__isnull=True)
    count = open_.count()
    if count and not accept_doubts:
        raise OpenDoubts(_("%(count)s doubts are not settled yet.") % {"count": count}, field="accept_doubts")
    open_.update(settled_at=at, settled_by_id=actor.account_id, how=HowSettled.ACCEPTED)
    version.state, version.sealed_at = State.SEALED, at
    version.save(update_fields=["state", "sealed_at"])
    record(events.VersionSealed(version.pk, version.work_id, version.digest, count), actor=actor, at=at)
    return version


@transaction.atomic
def discard_draft(*, actor: Actor, version_id: int, at: dt.datetime) -> None:
    """Discard a draft (bỏ bản chưa chốt). A work without any version goes with it; the file stays in the store."""
    require(actor, KEEP, at=at)
    version = draft(version_id)
    work, label, digest = version.work, version.label, version.digest
    if version.consolidated.exists() or version.applied_in.exists():
        raise AlreadyThere(_("Another version was made from this one; discard that one first."))
    version.delete()
    Provision.objects.filter(work=work, texts__isnull=True).delete()
    if not work.versions.exists():
        work.amended_by.update(amended=None)
        work.delete()
    record(events.DraftDiscarded(label, work.title, digest), actor=actor, at=at)


@transaction.atomic
def link_dossier(*, actor: Actor, work: Work, dossier: Dossier, at: dt.datetime) -> Work:
    """Tie a work to the dossier it belongs to (gắn văn bản với hồ sơ)."""
    require(actor, KEEP, at=at)
    locked = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    locked.dossier = dossier
    locked.save(update_fields=["dossier"])
    record(events.WorkLinked(locked.pk, dossier.pk), actor=actor, at=at)
    return locked
