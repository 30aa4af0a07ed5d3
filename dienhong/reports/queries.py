"""What people ask of reports: their names, who writes what, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dienhong.reports.models import Conference, Report, Section


def names_of_reports(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Report.objects.filter(pk__in=set(ids)).values_list("pk", "title"))


def names_of_sections(ids: Iterable[int]) -> Mapping[int, str]:
    return {row.pk: str(row) for row in Section.objects.filter(pk__in=set(ids))}


def names_of_conferences(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Conference.objects.filter(pk__in=set(ids)).values_list("pk", "title"))
