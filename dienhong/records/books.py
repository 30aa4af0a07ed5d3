"""What the figures of a year or a term are, and the rows of the record they are counted from.

What a figure counts is said once, in its `Definition`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.meetings.models import (
    STANDING_COMMITTEE_KINDS,
    Meeting,
    MeetingKind,
    Session,
    Vote,
)
from dienhong.people.models import Term
from dienhong.polls.models import PollState
from dienhong.records import rules
from dienhong.records.models import Coverage, ReportedFigure
from dienhong.records.queries import in_language
from dienhong.records.rules import Figure, Row, Scope, Statement
from dienhong.work.models import DossierKind, Enactment


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is called and what it counts, from which rows."""

    key: str
    group: str
    label: str | Promise
    counts: str | Promise
    unit: str = ""


GROUPS: dict[str, Promise] = {
    "sessions": _("Sessions"),
    "standing_committee": _("Standing Committee"),
    "laws": _("Laws and resolutions"),
    "votes": _("Votes"),
    "deputies": _("Deputies"),
    "reported": _("Other published figures"),
}

SC_KINDS = (
    ("regular", MeetingKind.SC_REGULAR, _("Standing Committee meetings, regular")),
    ("thematic", MeetingKind.SC_THEMATIC, _("Standing Committee meetings, thematic law-making")),
    ("between", MeetingKind.SC_BETWEEN, _("Standing Committee meetings, between phases of a session")),
    ("other", MeetingKind.SC_OTHER, _("Standing Committee meetings, other")),
)
_BY_KIND = _("The published count of the year where there is one, else the rows if their numbers prove them whole")

DEFINITIONS: dict[str, Definition] = {
    row.key: row
    for row in (
        Definition("sessions", "sessions", _("Sessions"), _("Sessions by the year of their opening"), "session"),
        Definition("sessions.regular", "sessions", _("Regular sessions"), _("Sessions of the regular kind"), "session"),
        Definition(
            "sessions.extraordinary",
            "sessions",
            _("Extraordinary sessions"),
            _("Sessions of the extraordinary kind, numbered apart"),
            "session",
        ),
        Definition(
            "sessions.working_days",
            "sessions",
            _("Working days of the sessions"),
            _("The sum of the working days published for each session"),
            "day",
        ),
        Definition(
            "standing_committee.meetings",
            "standing_committee",
            _("Standing Committee meetings"),
            _("The published count of the year, against the meetings that the record holds"),
            "meeting",
        ),
        *(
            Definition(f"standing_committee.meetings.{word}", "standing_committee", label, _BY_KIND, "meeting")
            for word, _kind, label in SC_KINDS
        ),
        Definition(
            "standing_committee.recorded",
            "standing_committee",
            _("Standing Committee meetings in the record"),
            _("Meetings of any kind that the record holds as held"),
            "meeting",
        ),
        Definition(
            "laws",
            "laws",
            _("Laws passed"),
            _("Laws by the day they were passed, else by the year of their number"),
            "law",
        ),
        Definition(
            "laws.by_session",
            "laws",
            _("Laws passed, as the sessions report"),
            _("The sum of the laws published for each session"),
            "law",
        ),
        Definition(
            "resolutions",
            "laws",
            _("Resolutions passed"),
            _("The sum of the resolutions published for each session, else the published count of the year"),
            "resolution",
        ),
        Definition(
            "ordinances", "laws", _("Ordinances"), _("Ordinances in the record, else the published count"), "ordinance"
        ),
        Definition(
            "votes.published",
            "votes",
            _("Published votes in the record"),
            _("Votes taken over from published sources, each decision once"),
            "vote",
        ),
        Definition(
            "votes.laws.median",
            "votes",
            _("Share in favour of laws, median"),
            _("The middle share of all deputies in favour, over the votes on whole laws whose share is known"),
            "percent",
        ),
        Definition(
            "votes.held_here",
            "votes",
            _("Votes held in this office"),
            _("Votes taken and declared with this software; they are not added to the published ones"),
            "vote",
        ),
        Definition(
            "sittings.held_here",
            "votes",
            _("Plenary sittings held in this office"),
            _("Plenary sittings that were opened with this software"),
            "sitting",
        ),
        Definition(
            "deputies.published",
            "deputies",
            _("Deputies, by the last published vote"),
            _("The total of deputies behind the last published share; the rows are the days on which it changed"),
            "deputy",
        ),
        Definition(
            "deputies.register",
            "deputies",
            _("Deputies in the register at the end"),
            _("Mandates in force on the last day, as the register of this office says"),
            "deputy",
        ),
    )
}


class Books:
    """The rows of the record that belong to a scope, each read once."""

    def __init__(self, scope: Scope, today: dt.date) -> None:
        self.scope, self.today = scope, today

    @cached_property
    def sessions(self) -> list[Session]:
        mine = Q(year=self.scope.year) if self.scope.year else Q(term__number=self.scope.term)
        return list(Session.objects.filter(mine).select_related("term").order_by("since", "term", "kind", "number"))

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Standing Committee meetings, those only planned included."""
        mine = Q(year=self.scope.year) if self.scope.year else Q(term__number=self.scope.term)
        found = Meeting.objects.filter(mine, kind__in=STANDING_COMMITTEE_KINDS, counts=True).order_by("since", "id")
        return sorted(found, key=lambda m: (m.term_id or 0, int(m.number) if m.number.isdigit() else 999, m.pk))

    @cached_property
    def reported(self) -> list[ReportedFigure]:
        mine = Q(year=self.scope.year) if self.scope.year else Q(session__term__number=self.scope.term)
        return list(
            ReportedFigure.objects.filter(mine).select_related("session__term").order_by("session__since", "id")
        )

    @cached_property
    def laws(self) -> list[Enactment]:
        found = Enactment.objects.filter(dossier__kind=DossierKind.LAW).select_related("dossier")
        return sorted(filter(self._is_mine, found), key=lambda law: (law.passed_on or dt.date.max, law.number))

    def _is_mine(self, law: Enactment) -> bool:
        number = rules.act_number(law.number)
        if self.scope.year:
            return (law.passed_on.year if law.passed_on else number.year if number else None) == self.scope.year
        if number:
            return number.term == self.scope.term
        return law.passed_on is not None and self.scope.since <= law.passed_on <= self.scope.until

    @cached_property
    def votes(self) -> list[Vote]:
        """All declared votes, those of the demonstration included."""
        found = Vote.objects.filter(poll__state=PollState.DECLARED).select_related(
            "poll__result", "session__term", "item__meeting"
        )
        if self.scope.year:
            dated = Q(poll__day__gte=self.scope.since, poll__day__lte=self.scope.until)
            found = found.filter(dated | Q(poll__day__isnull=True, session__year=self.scope.year))
        else:
            found = found.filter(
                Q(session__term__number=self.scope.term)
                | Q(session__isnull=True, poll__day__gte=self.scope.since, poll__day__lte=self.scope.until)
            )
        return sorted(found, key=lambda vote: (vote.poll.day or dt.date.max, vote.pk))

    def stated(self, key: str) -> list[ReportedFigure]:
        """What was published of this figure for the whole year."""
        return [row for row in self.reported if row.key == key and row.session_id is None]

    def coverage(self, key: str) -> tuple[bool, str]:
        """Whether the record of this matter holds the whole scope, and if not, why in words."""
        rows = list(Coverage.objects.filter(key=key).order_by("since"))
        if not rows:  # nobody stated another: the office's own books, from the first term in its register
            first = Term.objects.filter(since__isnull=False).order_by("number").first()
            spans = [(first.since, self.today)] if first and first.since else []
            words = _t("The register of this office does not hold the whole of this time")
        else:
            spans = [(row.since, row.until or self.today) for row in rows]
            words = in_language(rows[-1].name, rows[-1].name_english)
        return rules.covered(self.scope, spans), words


def statement(row: ReportedFigure) -> Statement:
    """A published figure as a statement."""
    return Statement(row.value, row.stated_by, row.source, row.mark, row.note, row.qualifier)


def plain(
    key: str,
    *,
    value: Decimal | None = None,
    at_least: Decimal | None = None,
    rows: Sequence[Row] = (),
    missing: Iterable[str] = (),
    share: bool = False,
) -> Figure:
    """A figure of this definition that nothing published is held against."""
    about = DEFINITIONS[key]
    return Figure(
        key=key,
        label=str(about.label),
        unit=about.unit,
        counts=str(about.counts),
        group=about.group,
        value=value,
        at_least=at_least,
        rows=tuple(rows),
        missing=tuple(missing),
        share=share,
    )


def _in_words(value: Decimal) -> str:
    """A number without needless zeros."""
    return f"{value:f}".removesuffix(".00")


def counted(
    books: Books, key: str, rows: Sequence[Row], *, found: Decimal, whole: bool, missing: Iterable[str] = ()
) -> Figure:
    """A figure counted from rows and held against what was published of it."""
    stated = books.stated(key)
    published = sorted({row.value for row in stated if row.value is not None})
    settled = rules.settle(found, whole=whole, stated=published)
    lacks = list(missing)
    words = {"published": ", ".join(_in_words(value) for value in published), "found": _in_words(found)}
    if settled.basis == "published" and settled.value != found:
        lacks.append(_t("The published count is %(published)s; the record holds rows for %(found)s of them") % words)
    if settled.clash:
        lacks.append(_t("Published counts (%(published)s) and the rows (%(found)s) do not agree") % words)
    figure = plain(key, value=settled.value, at_least=settled.at_least, rows=rows, missing=lacks)
    return replace(figure, reported=tuple(statement(row) for row in stated), basis=settled.basis)
