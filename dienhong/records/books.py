"""The rows of the record that belong to a scope, and how a count of them is held against what was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from django.utils.translation import gettext as _t

from dienhong.meetings.models import Meeting, Session, Vote
from dienhong.records import rules
from dienhong.records.definitions import DEFINITIONS
from dienhong.records.models import ReportedFigure
from dienhong.records.notes import in_words
from dienhong.records.queries import in_language, session_code
from dienhong.records.rules import Figure, Row, Scope, Statement
from dienhong.records.shelf import Shelf
from dienhong.work.models import Enactment

T = TypeVar("T")
#: Where a row stands: its day, the year it is counted in, its term, and the key of its session.
Place = tuple[dt.date | None, int | None, int | None, int | None]


class Books:
    """The rows of the record that belong to a scope, and those of which the record cannot tell."""

    def __init__(self, scope: Scope, today: dt.date, rows: Shelf) -> None:
        self.scope, self.today, self.shelf = scope, today, rows

    def _of(self, rows: Iterable[T], place: Callable[[T], Place]) -> tuple[list[T], list[T]]:
        """The rows that belong to the scope, and those that may belong to it."""
        mine: list[T] = []
        unclear: list[T] = []
        for row in rows:
            day, year, term, session = place(row)
            if self.scope.session is not None:
                holds: bool | None = session == self.scope.session
            else:
                holds = rules.belongs(self.scope, day=day, year=year, term=term)
            if holds is not False:
                (mine if holds else unclear).append(row)
        return mine, unclear

    @cached_property
    def _sessions(self) -> tuple[list[Session], list[Session]]:
        return self._of(self.shelf.sessions, lambda s: (s.since, s.year, s.term.number, s.pk))

    @property
    def sessions(self) -> list[Session]:
        return self._sessions[0]

    @property
    def unclear_sessions(self) -> int:
        return len(self._sessions[1])

    @property
    def sitting_there(self) -> list[Session]:
        """The sessions of this term, or of any, that have a day and may have sat before the scope was over."""
        return [
            one
            for one in self.shelf.sessions
            if one.since is not None
            and one.since <= self.scope.until
            and self.scope.term in {None, one.term.number}
            and (self.shelf.ends_before(one) or dt.date.max) >= self.scope.since
        ]

    @cached_property
    def _meetings(self) -> tuple[list[Meeting], list[Meeting]]:
        return self._of(
            self.shelf.meetings, lambda m: (m.since or m.until, m.year, m.term.number if m.term else None, None)
        )

    @property
    def meetings(self) -> list[Meeting]:
        """Standing Committee meetings, those only planned included."""
        return self._meetings[0]

    @property
    def unclear_meetings(self) -> list[Meeting]:
        """Meetings whose day is not known, so that they may or may not lie in these days."""
        return self._meetings[1]

    @cached_property
    def reported(self) -> list[ReportedFigure]:
        """What was published of the scope itself, if it is a year, and of the sessions in it."""
        mine = {s.pk for s in self.sessions}
        of_year = self.scope.year if self.scope.whole_year else None
        return [
            row
            for row in self.shelf.reported
            if (row.session_id in mine if row.session_id is not None else row.year == of_year)
            or (of_year is not None and row.year == of_year)
        ]

    @cached_property
    def _laws(self) -> tuple[list[Enactment], list[Enactment]]:
        codes = {session_code(s): s.pk for s in self.shelf.sessions} if self.scope.session is not None else {}

        def place(law: Enactment) -> Place:
            number = rules.act_number(law.number)
            year = law.passed_on.year if law.passed_on else number.year if number else None
            return law.passed_on, year, number.term if number else None, codes.get(law.session_label)

        return self._of(self.shelf.laws, place)

    @property
    def laws(self) -> list[Enactment]:
        return self._laws[0]

    @property
    def laws_without_session(self) -> int:
        """Laws of the term of this session that do not say in which session they passed."""
        codes = {session_code(s) for s in self.shelf.sessions}
        terms = {s.term.number for s in self.sessions}
        numbers = [(law, rules.act_number(law.number)) for law in self.shelf.laws]
        return sum(1 for law, n in numbers if n and n.term in terms and law.session_label not in codes)

    @property
    def unclear_laws(self) -> int:
        return len(self._laws[1])

    @cached_property
    def votes(self) -> list[Vote]:
        """All declared votes, those of the demonstration included."""

        def place(vote: Vote) -> Place:
            session, day = vote.session, vote.poll.day
            year = day.year if day else session.year if session else None
            return day, year, session.term.number if session else None, vote.session_id

        return self._of(self.shelf.votes, place)[0]

    def stated(self, key: str) -> list[ReportedFigure]:
        """What was published of this figure for the whole year."""
        if not self.scope.whole_year:
            return []
        return [row for row in self.reported if row.key == key and row.session_id is None]

    def coverage(self, key: str) -> tuple[bool, str]:
        """Whether the record of this matter holds the whole scope, and if not, why in words."""
        rows = self.shelf.coverage.get(key, [])
        if not rows:  # nobody stated another: the office's own books, from the first term in its register
            first = next((term for term in self.shelf.terms if term.since is not None), None)
            spans = [(first.since, self.today)] if first and first.since else []
            words = _t("The register of this office does not hold the whole of this time")
        else:
            spans = [(row.since, row.until or self.today) for row in rows]
            words = in_language(rows[-1].name, rows[-1].name_english)
        return rules.covered(self.scope, spans), words


def statement(row: ReportedFigure) -> Statement:
    """A published figure as a statement."""
    return Statement(row.value, row.stated_by, row.source, row.mark, in_words(row.note), row.qualifier)


def plain(
    key: str,
    *,
    value: Decimal | None = None,
    at_least: Decimal | None = None,
    rows: Sequence[Row] = (),
    missing: Iterable[str] = (),
    share: bool = False,
    out_of: Decimal | None = None,
    partial: bool = False,
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
        rows=rows if isinstance(rows, rules.ValuedRows) else tuple(rows),
        missing=tuple(missing),
        share=share,
        out_of=out_of,
        partial=partial,
    )


def _in_words(value: Decimal) -> str:
    """A number without needless zeros."""
    return f"{value:f}".removesuffix(".00")


def counted(
    books: Books, key: str, rows: Sequence[Row], *, found: Decimal, whole: bool, missing: Iterable[str] = ()
) -> Figure:
    """A figure counted from rows and held against what was published of it."""
    stated = books.stated(key)
    published = sorted({row.value for row in stated if row.value is not None and not row.leaves_out})
    settled = rules.settle(found, whole=whole, stated=published)
    lacks = list(missing)
    words = {"published": ", ".join(_in_words(value) for value in published), "found": _in_words(found)}
    if settled.basis == "published" and settled.value != found:
        lacks.append(_t("The published count is %(published)s; the record holds rows for %(found)s of them") % words)
    if settled.clash:
        lacks.append(_t("Published counts (%(published)s) and the rows (%(found)s) do not agree") % words)
    figure = plain(key, value=settled.value, at_least=settled.at_least, rows=rows, missing=lacks)
    return replace(figure, reported=tuple(statement(row) for row in stated), basis=settled.basis)
