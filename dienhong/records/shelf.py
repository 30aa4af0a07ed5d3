"""The rows of the record that figures are counted from, read once for every state of the journal."""

from __future__ import annotations

import datetime as dt
from functools import cached_property, lru_cache

from django.db.models import Q

from dienhong.foundation.journal.chain import START
from dienhong.foundation.journal.models import Entry
from dienhong.foundation.journal.queries import head
from dienhong.meetings.models import STANDING_COMMITTEE_KINDS, Meeting, MeetingKind, MeetingState, Phase, Session, Vote
from dienhong.people.models import Body, Term
from dienhong.polls.models import PollState
from dienhong.records.models import Coverage, ReportedFigure
from dienhong.records.task_rows import CountedTask, assigned_tasks
from dienhong.work.models import DossierKind, Enactment, Programme, ProgrammeState

WORK = "work."  # how the kinds of all entries begin that tell of tasks and programmes


class Shelf:
    """All rows that any figure counts. Each table is read when it is first asked for; nothing here is changed.

    Rows are put in order here and not by the database: SQLite and PostgreSQL place what has no day at other ends.
    """

    @cached_property
    def terms(self) -> list[Term]:
        return list(Term.objects.order_by("number"))

    @cached_property
    def sessions(self) -> list[Session]:
        rows = Session.objects.select_related("term")
        return sorted(rows, key=lambda s: (s.since or dt.date.max, s.term.number, s.kind, s.number))

    @cached_property
    def phases(self) -> dict[int, list[Phase]]:
        """The phases of each session, by the key of the session."""
        out: dict[int, list[Phase]] = {}
        for phase in Phase.objects.order_by("number"):
            out.setdefault(phase.session_id, []).append(phase)
        return out

    def spans_of(self, session: Session) -> list[tuple[dt.date | None, dt.date | None]]:
        """The first and last days of its phases; of the session where not every phase says its own."""
        phases = [(one.since, one.until) for one in self.phases.get(session.pk, [])]
        if phases and all(since and until for since, until in phases):
            return list(phases)
        return [(session.since, session.until)]

    def ends_before(self, session: Session) -> dt.date | None:
        """The day after which it cannot have sat: its closing, or the opening of the next; None when nobody knows."""
        if session.until is not None:
            return session.until
        later = (s.since for s in self.sessions if s.since and session.since and s.since > session.since)
        return next(later, None)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Standing Committee meetings, those only planned included."""
        found = Meeting.objects.filter(kind__in=STANDING_COMMITTEE_KINDS, counts=True).select_related("term")
        return sorted(found, key=lambda m: (m.term_id or 0, int(m.number) if m.number.isdigit() else 999, m.pk))

    @cached_property
    def opened_here(self) -> list[Meeting]:
        """Meetings of every body that were opened with this software; plenary sittings stand nowhere else."""
        states = [MeetingState.OPEN, MeetingState.CLOSED]
        opened = Q(kind=MeetingKind.PLENARY) | Q(starts_at__isnull=False)
        found = Meeting.objects.filter(opened, state__in=states).select_related("term")
        return sorted(found, key=lambda m: (m.since or dt.date.max, m.starts_at is None, m.starts_at or 0, m.pk))

    @cached_property
    def reported(self) -> list[ReportedFigure]:
        """What was published of years, then what was published of sessions, by their opening."""
        rows = ReportedFigure.objects.select_related("session__term")
        return sorted(rows, key=lambda r: (r.session.since or dt.date.max if r.session else dt.date.min, r.pk))

    @cached_property
    def laws(self) -> list[Enactment]:
        found = Enactment.objects.filter(dossier__kind=DossierKind.LAW).select_related("dossier")
        return sorted(found, key=lambda law: (law.passed_on or dt.date.max, law.number))

    @cached_property
    def ordinances(self) -> list[Enactment]:
        found = Enactment.objects.filter(dossier__kind=DossierKind.ORDINANCE).select_related("dossier")
        return sorted(found, key=lambda row: (row.passed_on or dt.date.max, row.pk))

    @cached_property
    def votes(self) -> list[Vote]:
        """All declared votes, those of the demonstration included."""
        found = Vote.objects.filter(poll__state=PollState.DECLARED)
        rows = found.select_related("poll__result", "session__term", "item__meeting")
        return sorted(rows, key=lambda vote: (vote.poll.day or dt.date.max, vote.pk))

    @cached_property
    def work_at(self) -> str:
        """The hash of the newest entry about work: while it stays, so do tasks and programmes."""
        return newest_of(WORK)

    @cached_property
    def tasks(self) -> dict[str, dict[int, list[CountedTask]]]:
        """The tasks that were assigned, by line and year of count."""
        return _tasks_at(self.work_at) if self.work_at else assigned_tasks()

    @cached_property
    def programme_years(self) -> dict[str, dict[int, dt.date]]:
        """For each line the years whose programme of the whole office is adopted, and since when."""
        rows = Programme.objects.filter(state=ProgrammeState.ADOPTED, body=None, term=None, adopted_on__isnull=False)
        out: dict[str, dict[int, dt.date]] = {}
        for line, year, day in rows.order_by("-adopted_on").values_list("line", "year", "adopted_on"):
            if day is not None:
                out.setdefault(line, {})[year] = day
        return out

    @cached_property
    def bodies(self) -> dict[str, int]:
        """The keys of bodies by their code."""
        return dict(Body.objects.values_list("code", "pk"))

    @cached_property
    def coverage(self) -> dict[str, list[Coverage]]:
        out: dict[str, list[Coverage]] = {}
        for row in Coverage.objects.order_by("since"):
            out.setdefault(row.key, []).append(row)
        return out


def newest_of(begins: str) -> str:
    """The hash of the newest entry whose kind begins so, "" when there is none."""
    found = Entry.objects.filter(kind__startswith=begins).order_by("-number").values_list("hash", flat=True)
    return found.first() or ""


def shelf(at: str = "") -> Shelf:
    """The rows as they are at this hash of the journal, the newest when none is given. An office without entries has
    nothing to keep them by."""
    at = at or head()
    return Shelf() if at == START else _kept(at)


@lru_cache(maxsize=2)
def _tasks_at(at: str) -> dict[str, dict[int, list[CountedTask]]]:
    """The tasks as they are at this newest entry about work: there are many thousands, and most entries touch none."""
    return assigned_tasks()


@lru_cache(maxsize=2)
def _kept(at: str) -> Shelf:
    return Shelf()
