"""A consolidated version is made from a base and the laws that amend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.texts import events, storing
from dienhong.texts.actions.versions import KEEP
from dienhong.texts.consolidations import plan
from dienhong.texts.drafts import free_label, refuse_same
from dienhong.texts.models import Application, TextDoubt, Version, VersionKind


class NothingToApply(Refusal):
    """None of the laws chosen changes the base by that day."""

    status = 422


@transaction.atomic
def consolidate(
    *,
    actor: Actor,
    base: Version,
    amending: Sequence[Version],
    as_of: dt.date | None,
    at: dt.datetime,
    in_force: Mapping[str, dt.date] | None = None,
    label: str = "",
) -> Version:
    """Consolidate a law as of a day (hợp nhất văn bản): a draft version; what was not applied becomes a doubt."""
    require(actor, KEEP, at=at)
    locked = Version.objects.select_for_update(of=("self",)).select_related("work").get(pk=base.pk)
    made = plan(locked, amending, as_of, in_force)
    if not made.applied:
        raise NothingToApply(_("None of the laws chosen changes this text by that day."), field="amending")
    day = as_of or made.last_day
    version = Version(work=locked.work, kind=VersionKind.CONSOLIDATED, base=locked, made_at=at)
    version.as_of, version.valid_from = as_of, made.last_day or as_of
    storing.fill(version, made.text)
    refuse_same(version, field="amending")
    version.label = free_label(locked.work, label or _label(day))
    version.save(force_insert=True)
    storing.enter_provisions(version, made.text)
    for one in amending:
        rows = [row for row in made.rows if row["amending"] == made.keys[one.pk]]
        Application.objects.create(version=version, amending=one, rows=rows)
    TextDoubt.objects.bulk_create([_doubt(version, row) for row in made.unsettled])
    event = events.VersionConsolidated(
        version.pk,
        version.work_id,
        day.isoformat() if day else "",
        ", ".join(made.keys.values()),
        len(made.applied),
        len(made.unsettled),
        version.digest,
    )
    record(event, actor=actor, at=at)
    return version


def _label(day: dt.date | None) -> str:
    return f"Hợp nhất đến {day:%d/%m/%Y}" if day else "Hợp nhất"


def _doubt(version: Version, row: dict[str, Any]) -> TextDoubt:
    words = f"{row['place']}, {row['amending']}: {row['words']}"
    return TextDoubt(
        version=version, line=0, code="instruction", reason=row["why"], text=words[:2000], eid=row["eid"][:400]
    )
