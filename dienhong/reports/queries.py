"""What people ask of reports: their names, who writes what, what waits for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from dienhong.foundation.access.actor import Actor, may
from dienhong.foundation.folding import fold
from dienhong.people.queries import holdings_on
from dienhong.reports import rules
from dienhong.reports.models import Approval, Conference, Opinion, Report, ReportState, Section
from dienhong.reports.rights import SEE
from dienhong.work.models import ProgrammeState, Task
from dienhong.work.rights import lines_seen


def names_of_reports(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Report.objects.filter(pk__in=set(ids)).values_list("pk", "title"))


def names_of_sections(ids: Iterable[int]) -> Mapping[int, str]:
    return {row.pk: str(row) for row in Section.objects.filter(pk__in=set(ids))}


def names_of_conferences(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Conference.objects.filter(pk__in=set(ids)).values_list("pk", "title"))


def waiting_step(report: Report) -> Approval | None:
    """The step of the newest round whose turn it is."""
    if report.state != ReportState.SUBMITTED:
        return None
    steps = list(report.approvals.select_related("post").order_by("round", "order"))
    newest = [step for step in steps if step.round == steps[-1].round]
    order = rules.next_step([(step.order, step.decision) for step in newest])
    return next((step for step in newest if step.order == order), None)


def holds(actor: Actor, post_id: int, day: dt.date) -> bool:
    """Whether this person holds the post on that day."""
    return actor.person_id is not None and holdings_on(day).filter(post_id=post_id, person_id=actor.person_id).exists()


def reports_named(actor: Actor, words: str, day: dt.date) -> list[Report]:
    """The reports that this person may see whose title holds every word, with or without marks, newest first.

    A term holds a few hundred of them: their titles are folded here.
    """
    wanted = fold(words).split()
    if not wanted or not may(actor, SEE, on=day).allowed:
        return []
    seen = Report.objects.filter(line__in=lines_seen(actor, day)).order_by("-until", "-pk")
    return [report for report in seen if all(word in fold(report.title) for word in wanted)]


def open_opinions(report_id: int) -> int:
    """How many opinions said at the report's conference are not settled."""
    return Opinion.objects.filter(conference__report_id=report_id, state=Opinion.State.OPEN).count()


def unfinished(report: Report) -> QuerySet[Task]:
    """What the adopted programmes of the report's year and line leave unfinished and nobody carried over yet."""
    return (
        Task.objects.filter(
            programme__year=report.year,
            programme__line=report.line,
            programme__state=ProgrammeState.ADOPTED,
            confirmed_on__isnull=True,
            cancelled_on__isnull=True,
            comes_before__isnull=True,
        )
        .select_related("programme", "group")
        .order_by("programme_id", "place")
    )
