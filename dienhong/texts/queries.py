"""What people ask about law texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.permissions import declare
from dienhong.foundation.folding import fold
from dienhong.texts.models import Amendment, Application, ProvisionText, TextDoubt, Version, Work

SEE = declare("texts.see", _("Read law texts"))


def names_of_works(ids: Iterable[int]) -> Mapping[int, str]:
    return {
        pk: f"{title}, {number}" if number else title
        for pk, title, number in Work.objects.filter(pk__in=set(ids)).values_list("pk", "title", "number")
    }


def names_of_versions(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Version.objects.filter(pk__in=set(ids)).values_list("pk", "label"))


def works(*, kind: str = "", term: int | None = None, year: int | None = None, words: str = "") -> QuerySet[Work]:
    """The works of the library, newest first; `words` looks at titles and numbers, with or without marks."""
    found = Work.objects.all()
    if kind:
        found = found.filter(kind=kind)
    if term:
        found = found.filter(term=term)
    if year:
        found = found.filter(year=year)
    for word in fold(words).split(" "):
        if word:
            found = found.filter(Q(folded__contains=word) | Q(folded_number__contains=word))
    return found.order_by("-year", "-date", "number", "pk")


@dataclass(frozen=True, slots=True)
class Held:
    """What the library holds of a work: how many versions, and how many doubts wait in them."""

    versions: int = 0
    open_doubts: int = 0


def held(works: Iterable[int]) -> Mapping[int, Held]:
    """What the library holds of each of these works. Asked of those on a page: counting all of them takes long."""
    ids = set(works)
    versions = Version.objects.filter(work__in=ids).order_by().values_list("work").annotate(n=Count("pk"))
    open_ = TextDoubt.objects.filter(version__work__in=ids, settled_at__isnull=True)
    doubts = dict(open_.order_by().values_list("version__work").annotate(n=Count("pk")))
    return {work: Held(count, doubts.get(work, 0)) for work, count in versions}


def versions_of(work_id: int) -> list[Version]:
    """The versions of a work by the day from which they hold, without their trees; those without a day as made."""
    rows = list(Version.objects.filter(work_id=work_id).defer("tree").order_by("pk"))
    rows.sort(key=lambda v: (v.valid_from or (rows[0].valid_from if rows else None) or v.made_at.date(), v.pk))
    return rows


def current(versions: Iterable[Version], day: dt.date | None = None) -> Version | None:
    """The version a reader is shown first: the newest sealed one, else the newest. With a day the one that held then;
    before the first version held, the first."""
    rows = list(versions)
    sealed = [v for v in rows if v.sealed]
    if day is not None and sealed:
        held = [v for v in sealed if v.valid_from is None or v.valid_from <= day]
        return held[-1] if held else sealed[0]
    return (sealed or rows)[-1] if rows else None


@dataclass(frozen=True, slots=True)
class Stage:
    """What a provision was in one version, and whether it differs from the version before; None where it is not."""

    version: Version
    row: ProvisionText | None
    changed: bool


def stages(provision_id: int, versions: list[Version]) -> list[Stage]:
    """A provision through the versions of its work, in their order."""
    rows = {
        row.version_id: row
        for row in ProvisionText.objects.filter(provision_id=provision_id, version__in=[v.pk for v in versions])
    }
    found: list[Stage] = []
    before: str | None = None
    for place, version in enumerate(versions):
        row = rows.get(version.pk)
        digest = row.digest if row else None
        found.append(Stage(version, row, place > 0 and digest != before))
        before = digest
    return found


def changed_provisions(versions: list[Version], kind: str = "article") -> dict[int, int]:
    """The provisions of this kind that are not the same in all versions: key and number of wordings."""
    if len(versions) < 2:
        return {}
    rows = (
        ProvisionText.objects.filter(version__in=[v.pk for v in versions], kind=kind)
        .values("provision_id")
        .annotate(wordings=Count("digest", distinct=True), held=Count("pk"), last=Max("order"))
        .filter(Q(wordings__gt=1) | Q(held__lt=len(versions)))
        .order_by("last")
    )
    return {row["provision_id"]: row["wordings"] for row in rows}


def amending(work: Work) -> QuerySet[Amendment]:
    """What amends this work, in the order of passing."""
    return Amendment.objects.filter(amended=work).select_related("amending").order_by("amending__date", "pk")


def applications(version: Version) -> QuerySet[Application]:
    """What each amending law did in a consolidated version."""
    return Application.objects.filter(version=version).select_related("amending__work").order_by("pk")


def works_by_uri(uris: Iterable[str]) -> Mapping[str, int]:
    return dict(Work.objects.filter(uri__in=set(uris)).values_list("uri", "pk"))
