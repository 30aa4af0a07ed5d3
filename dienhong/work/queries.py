"""What people ask about work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dienhong.work.models import Dossier


def names_of_dossiers(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Dossier.objects.filter(pk__in=set(ids)).values_list("pk", "title"))
