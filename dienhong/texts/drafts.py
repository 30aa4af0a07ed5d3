"""Drafts (bản chưa chốt): what may still be changed, under which name a version comes, and why one does not."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.refusal import Refusal
from dienhong.texts import storing
from dienhong.texts.models import Version, VersionKind, Work
from dienhong.texts.tree import Text


class AlreadyThere(Refusal):
    """The work already has this text, or a version under this label."""


class IsSealed(Refusal):
    """The version is sealed; nothing in it is changed any more."""


class OpenDoubts(Refusal):
    """The version still has doubts that nobody settled."""


def draft(version_id: int) -> Version:
    """The version, locked, if it may still be changed. Raises IsSealed."""
    version = Version.objects.select_for_update(of=("self",)).select_related("work").get(pk=version_id)
    if version.sealed:
        raise IsSealed(_("“%(label)s” is sealed; nothing in it is changed any more.") % {"label": version.label})
    return version


def free_label(work: Work, label: str) -> str:
    """The label, or the label with the next number that is free in the work."""
    taken = set(Version.objects.filter(work=work).values_list("label", flat=True))
    if label not in taken:
        return label
    return next(f"{label} ({n})" for n in range(2, len(taken) + 3) if f"{label} ({n})" not in taken)


def new_version(work: Work, text: Text, label: str, at: dt.datetime) -> Version:
    """A version of a work as a text makes it, not yet saved. Raises AlreadyThere for a label that is taken."""
    if label and Version.objects.filter(work=work, label=label).exists():
        raise AlreadyThere(_("The work already has a version “%(label)s”.") % {"label": label}, field="label")
    kind = VersionKind.DRAFT_BILL if text.kind == "bill" else VersionKind.PASSED
    version = Version(work=work, kind=kind, made_at=at)
    version.label = label or free_label(work, "Dự thảo" if kind == VersionKind.DRAFT_BILL else "Bản ban hành")
    storing.fill(version, text)
    return version


def refuse_same(version: Version, *, field: str) -> None:
    """Raise AlreadyThere when the work has this text to the letter."""
    same = Version.objects.filter(work=version.work, digest=version.digest).first()
    if same:
        raise AlreadyThere(_("This text is already there: “%(label)s”.") % {"label": same.label}, field=field)
