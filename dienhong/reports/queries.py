"""What people ask of reports: their names, who writes what, what waits for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import Actor, may
from dienhong.foundation.folding import fold
from dienhong.people.models import Holding, PostKind
from dienhong.people.queries import forebears, heirs, holdings_on, holdings_with
from dienhong.reports import rules
from dienhong.reports.models import (
    OPEN_STATES,
    OWED,
    Approval,
    Block,
    Conference,
    Contribution,
    ContributionState,
    Opinion,
    Report,
    ReportState,
    Section,
)
from dienhong.reports.rights import APPROVE, SEE
from dienhong.work.models import Line, ProgrammeState, Task
from dienhong.work.rights import OF_LINE, lines_seen

#: The blocks that stand in the text: not taken out, and, where a unit was asked for them, accepted.
STANDING = Q(removed=False) & (Q(contribution__isnull=True) | Q(contribution__state=ContributionState.ACCEPTED))


FIRST = rulebook.use("reports.remind_first_days", int, by="reports.queries.to_tell")
LAST = rulebook.use("reports.remind_last_days", int, by="reports.queries.to_tell")
AGAIN = rulebook.use("reports.remind_again_days", int, by="reports.queries.to_tell")


def standing_blocks(report_id: int) -> QuerySet[Block]:
    return Block.objects.filter(STANDING, section__report_id=report_id)


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


def approvers(line: str, day: dt.date) -> list[Holding]:
    """Who may be named to approve a report of this line: holders of posts that approve, who also see the line."""
    found = holdings_with(APPROVE, day)
    if line not in OF_LINE:
        return found
    permission, kind = OF_LINE[Line(line)]
    see = {row.person_id for row in holdings_with(permission, day)}
    see |= set(holdings_on(day).filter(post__body__kind=kind).values_list("person_id", flat=True))
    return [row for row in found if row.person_id in see]


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


# -- contributions ----------------------------------------------------------------------------------------------------
def units_of(person_id: int | None, day: dt.date) -> set[int]:
    """The bodies in which this person holds a post on that day, and those that these took over from: what a unit was
    asked to write is asked of its heir."""
    if person_id is None:
        return set()
    held = set(holdings_on(day).filter(person_id=person_id).order_by().values_list("post__body_id", flat=True))
    return forebears(held, day)


def owed_by(person_id: int | None, day: dt.date) -> QuerySet[Contribution]:
    """What the units of this person are asked to write and have not handed in, the first due first."""
    found = Contribution.objects.filter(state__in=OWED, section__report__state__in=OPEN_STATES)
    return (
        found.filter(Q(unit_id__in=units_of(person_id, day)) | Q(person_id=person_id, person__isnull=False))
        .select_related("section__report")
        .order_by("due", "section__order")
    )


def contributions_of(person_id: int | None, day: dt.date) -> QuerySet[Contribution]:
    """All that the units of this person were asked to write for reports that are still open, the first due first."""
    found = Contribution.objects.filter(section__report__state__in=OPEN_STATES)
    return (
        found.filter(Q(unit_id__in=units_of(person_id, day)) | Q(person_id=person_id, person__isnull=False))
        .select_related("section__report")
        .order_by("due", "section__order")
    )


def to_tell(day: dt.date) -> dict[int, list[Contribution]]:
    """Whom to tell today of what their unit is asked to write, by the days of the rulebook, by person.

    The person named for it hears of it as long as they hold a post in the unit, else the heads of the unit; of a unit
    that was dissolved those of the one that took over from it.
    """
    first, last, again = FIRST.on(day), LAST.on(day), AGAIN.on(day)
    rows = Contribution.objects.filter(state__in=OWED, section__report__state__in=OPEN_STATES)
    due = [
        row
        for row in rows.select_related("section__report").order_by("due", "section__order")
        if rules.to_be_told(row.due, day, row.told_on, first, last, again)
    ]
    takers = {unit: heirs(unit, day) for unit in {row.unit_id for row in due}}
    held: dict[int, list[tuple[str, int]]] = {}
    for holding in holdings_on(day).filter(post__body_id__in={body for bodies in takers.values() for body in bodies}):
        held.setdefault(holding.post.body_id, []).append((holding.post.kind, holding.person_id))
    found: dict[int, list[Contribution]] = {}
    for row in due:
        for person_id in _writers(row.person_id, [held.get(body, []) for body in takers[row.unit_id]]):
            found.setdefault(person_id, []).append(row)
    return found


def _writers(named: int | None, held: Sequence[list[tuple[str, int]]]) -> list[int]:
    """The one who is named, else the heads, else their deputies: of the unit, or of the nearest heir that has any."""
    if named is not None and any(person == named for posts in held for _kind, person in posts):
        return [named]
    for posts in held:
        for wanted in (PostKind.HEAD, PostKind.DEPUTY_HEAD):
            found = {person for kind, person in posts if kind == wanted}
            if found:
                return sorted(found)
    return []
