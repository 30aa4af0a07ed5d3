"""Counting sessions, meetings of the Standing Committee, laws, and what others published.

A value that the record cannot prove is None, with the reason in `missing` and the floor in `at_least`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _t

from dienhong.meetings.models import Meeting, MeetingKind, MeetingState, Session, SessionKind
from dienhong.records import rules
from dienhong.records.books import Books, counted, plain, statement
from dienhong.records.definitions import DEFINITIONS, SC_KINDS
from dienhong.records.models import ReportedFigure
from dienhong.records.notes import in_words
from dienhong.records.queries import WORKING_DAYS, in_language, session_code, session_name, vietnamese
from dienhong.records.rules import Figure, Row
from dienhong.work.models import Enactment


# -- sessions ---------------------------------------------------------------------------------------------------------
def _session_row(session: Session, value: Decimal | None = None) -> Row:
    name, about = session_name(session), f"session:{session.pk}"
    return Row(session.since, name, session.source, session.mark, session.until, value, in_words(session.note), about)


def undated(rows: Sequence[Row]) -> list[str]:
    """The sentence that some rows lack their day, or nothing."""
    lacking = sum(1 for row in rows if row.date is None)
    if not lacking:
        return []
    return [_t("%(lacking)s of %(all)s rows do not say the opening day") % {"lacking": lacking, "all": len(rows)}]


def sessions(books: Books) -> list[Figure]:
    """Sessions in all and by kind, their working days and their calendar days."""
    whole, why = books.coverage("sessions")
    found = []
    for key, kinds in (
        ("sessions", SessionKind.values),
        ("sessions.regular", [SessionKind.REGULAR]),
        ("sessions.extraordinary", [SessionKind.EXTRAORDINARY]),
    ):
        rows = [_session_row(s) for s in books.sessions if s.kind in kinds]
        lacks = [*([] if whole else [why]), *undated(rows), *_unclear(books.unclear_sessions)]
        all_there = whole and not books.unclear_sessions
        found.append(counted(books, key, rows, found=Decimal(len(rows)), whole=all_there, missing=lacks))
    days = {row.session_id: row.value for row in books.reported if row.key == WORKING_DAYS and not row.qualifier}
    found.append(_sum_of_sessions(books, "sessions.working_days", lambda s: days.get(s.pk), _t("working days")))
    found.append(_sum_of_sessions(books, "sessions.calendar_days", _calendar_days, _t("calendar days")))
    return found


def sitting(books: Books) -> list[Figure]:
    """The sessions that sat in a time, whenever they opened: one that sits in November may have opened in October."""
    whole, why = books.coverage("sessions")
    spans = [(one, rules.days_sat(books.scope, books.today, books.shelf.spans_of(one))) for one in books.sitting_there]
    rows = [_session_row(one, Decimal(days)) for one, days in spans if days]
    doubtful = [session_name(one) for one, days in spans if days is None]
    lacks = [*([] if whole else [why]), *_unclear(books.unclear_sessions)]
    if doubtful:
        lacks.append(_t("The days of these sessions are not all known: %(names)s") % {"names": "; ".join(doubtful)})
    number = Decimal(len(rows))
    value = number if whole and not doubtful and not books.unclear_sessions else None
    return [plain("sessions.sitting", value=value, at_least=number, rows=rows, missing=lacks)]


def _calendar_days(session: Session) -> Decimal | None:
    known = session.since is not None and session.until is not None
    return Decimal((session.until - session.since).days + 1) if known and session.until and session.since else None


def _unclear(number: int) -> list[str]:
    """The sentence that some sessions without a day may belong here, or nothing."""
    return [_t("Sessions without a day that may lie in this time: %(count)s") % {"count": number}] if number else []


def _sum_of_sessions(
    books: Books, key: str, number: Callable[[Session], Decimal | None], what: str, covers: str = "sessions"
) -> Figure:
    """The sum of a number that each session reports; without one of them there is only a floor."""
    whole, why = books.coverage(covers)
    rows = [_session_row(s, number(s)) for s in books.sessions]
    lacking = [row.name for row in rows if row.value is None]
    lacks = [*([] if whole else [why]), *_unclear(books.unclear_sessions)]
    if lacking:
        words = {"what": what, "sessions": "; ".join(lacking)}
        lacks.append(_t("No published number of %(what)s: %(sessions)s") % words)
    if not rows:
        lacks.append(_t("No session in this time"))
    total = sum((row.value for row in rows if row.value is not None), Decimal())
    all_there = whole and bool(rows) and not lacking and not books.unclear_sessions
    return counted(books, key, rows, found=total, whole=all_there, missing=lacks)


# -- Standing Committee -----------------------------------------------------------------------------------------------
def meeting_name(meeting: Meeting) -> str:
    """What a meeting is called; numbered ones of the Standing Committee have an English name too."""
    if vietnamese():
        return meeting.title
    if meeting.kind == MeetingKind.SC_REGULAR and meeting.number:
        return _t("Meeting %(number)s of the Standing Committee") % {"number": meeting.number}
    return _in_english(meeting.title)


#: How the record calls meetings that have no number; a title of other words stays as it stands.
_BETWEEN = re.compile(r"Phiên họp của Ủy ban Thường vụ Quốc hội giữa hai đợt kỳ họp thứ (\d+)")
_THEMATIC = re.compile(r"Phiên họp chuyên đề pháp luật của Ủy ban Thường vụ Quốc hội (tháng|quý) (\d+|[IV]+)/(\d{4})")


def _in_english(title: str) -> str:
    if m := _BETWEEN.fullmatch(title):
        return _t("Meeting of the Standing Committee between the phases of session %(number)s") % {"number": m[1]}
    if m := _THEMATIC.fullmatch(title):
        words = {"part": m[2], "year": m[3]}
        if m[1] == "quý":
            return _t("Law-making meeting of the Standing Committee, quarter %(part)s/%(year)s") % words
        return _t("Law-making meeting of the Standing Committee, month %(part)s/%(year)s") % words
    return title


def meeting_row(meeting: Meeting) -> Row:
    """A meeting as a row."""
    return Row(
        meeting.since,
        meeting_name(meeting),
        meeting.source,
        meeting.mark,
        meeting.until,
        meeting.working_days,
        in_words(meeting.note),
        f"meeting:{meeting.pk}",
    )


def standing_committee(books: Books) -> list[Figure]:
    """Meetings of the Standing Committee: the published count of the year and its kinds against the rows."""
    held = [m for m in books.meetings if m.state != MeetingState.PLANNED]
    total = "standing_committee.meetings"
    by_kind = [_meetings_of_kind(books, f"{total}.{word}", kind) for word, kind, _label in SC_KINDS]
    gaps = [in_language(row.name, row.name_english) for row in books.reported if row.key == f"{total}.gap"]
    parts = [figure.value for figure in by_kind]
    known = [value for value in parts if value is not None]
    whole = not gaps and len(known) == len(parts) and sum(known) == len(held)
    lacks = [*gaps, *_unlike_the_count(by_kind, held), *_planned(books.meetings), *_unclear_meetings(books)]
    if not books.stated(total) and not whole:
        lacks.append(_t("No published count of the year is in the record"))
    rows = tuple(meeting_row(m) for m in held)
    number = Decimal(len(held))
    figure = _with_dissent(counted(books, total, rows, found=number, whole=whole, missing=lacks))
    lacking = (*undated(rows), *_planned(books.meetings), *_unclear_meetings(books))
    recorded = plain(
        "standing_committee.recorded", value=number, at_least=number, rows=rows, missing=lacking, partial=True
    )
    return [figure, *by_kind, recorded, _days_of_meetings(books, rows, figure)]


def _unlike_the_count(by_kind: Sequence[Figure], held: Sequence[Meeting]) -> list[str]:
    """For each kind whose rows are not as many as the year count says: both numbers."""
    out = []
    for figure in by_kind:
        of_kind = [m for m in held if figure.key.endswith(m.kind.removeprefix("sc_"))]
        if figure.value is not None and figure.value != len(of_kind):
            words = {"kind": figure.label, "value": f"{figure.value:f}".removesuffix(".00"), "rows": len(of_kind)}
            out.append(_t("%(kind)s: %(value)s by the year count, %(rows)s in the record") % words)
    return out


def _unclear_meetings(books: Books) -> list[str]:
    number = len([m for m in books.unclear_meetings if m.state != MeetingState.PLANNED])
    return [_t("Meetings without a day that may lie in this time: %(count)s") % {"count": number}] if number else []


def _days_of_meetings(books: Books, rows: Sequence[Row], total: Figure) -> Figure:
    """The working days of the meetings: a value only where every meeting is there and says its own."""
    lacking = sum(1 for row in rows if row.value is None)
    days = sum((row.value for row in rows if row.value is not None), Decimal())
    whole = bool(rows) and not lacking and total.value == len(rows)
    lacks = []
    if lacking:
        words = {"lacking": lacking, "all": len(rows)}
        lacks.append(_t("%(lacking)s of %(all)s rows do not say their working days") % words)
    if total.value != len(rows):
        lacks.append(_t("The record does not hold every meeting of this time"))
    return counted(books, "standing_committee.working_days", rows, found=days, whole=whole, missing=lacks)


def _with_dissent(figure: Figure) -> Figure:
    """The figure, with what a second statement says against the first among what is missing."""
    if len(figure.reported) < 2:
        return figure
    noted = [(s.stated_by, s.note.rstrip(".")) for s in figure.reported if s.note]
    said = [f"{who}: {note}" if who else note for who, note in noted]
    return replace(figure, missing=(*figure.missing, *said))


def _planned(meetings: Sequence[Meeting]) -> list[str]:
    return [
        _t("%(meeting)s: known from a plan only, not counted") % {"meeting": meeting_name(m)}
        for m in meetings
        if m.state == MeetingState.PLANNED
    ]


def _meetings_of_kind(books: Books, key: str, kind: str) -> Figure:
    all_of_kind = [m for m in books.meetings if m.kind == kind]
    held = [m for m in all_of_kind if m.state != MeetingState.PLANNED]
    rows = [meeting_row(m) for m in held]
    whole = kind == MeetingKind.SC_REGULAR and bool(held) and _numbers_prove(books, held)
    lacks = [*undated(rows), *_planned(all_of_kind)]
    if not whole and not books.stated(key):
        lacks.append(
            _t("No published count of this kind is in the record, and its rows do not prove that they are all")
        )
    return counted(books, key, rows, found=Decimal(len(rows)), whole=whole, missing=lacks)


def _numbers_prove(books: Books, held: Sequence[Meeting]) -> bool:
    """Whether the numbers of the year's meetings, term by term, prove that none is lacking."""
    year = books.scope.year
    if year is None or any(not m.number.isdigit() for m in held):
        return False
    if any(row.key == "standing_committee.meetings.gap" and row.year == year for row in books.shelf.reported):
        return False
    for term in {m.term_id for m in held if m.term_id is not None}:
        numbers = [
            (m.year, int(m.number))
            for m in books.shelf.meetings
            if m.kind == MeetingKind.SC_REGULAR
            and m.term_id == term
            and m.state != MeetingState.PLANNED
            and m.number.isdigit()
        ]
        before = {n for y, n in numbers if y < year}
        after = {n for y, n in numbers if y > year}
        if not rules.series_is_whole([int(m.number) for m in held if m.term_id == term], before, after):
            return False
    return True


# -- laws and resolutions ---------------------------------------------------------------------------------------------
def _law_row(law: Enactment) -> Row:
    name, about = f"{law.dossier.title}, {law.number}", f"law:{law.pk}"
    return Row(law.passed_on, name, law.source, law.mark, None, None, in_words(law.note), about)


def laws(books: Books) -> list[Figure]:
    """Laws by their own rows and as the sessions report them; resolutions; ordinances."""
    whole, why = books.coverage("laws")
    rows = [_law_row(law) for law in books.laws]
    lacking = _numbers_lacking(books)
    lacks = [*([] if whole else [why]), *_undated_laws(rows)]
    if lacking:
        lacks.append(_t("Numbers not in the record: %(numbers)s") % {"numbers": ", ".join(lacking)})
    homeless = books.laws_without_session if books.scope.session is not None else books.unclear_laws
    if homeless:
        lacks.append(
            _t("Laws that may belong here, because the record does not say when they passed: %(count)s")
            % {"count": homeless}
        )
    all_there = whole and not lacking and not homeless
    return [
        counted(books, "laws", rows, found=Decimal(len(rows)), whole=all_there, missing=lacks),
        _sum_of_sessions(books, "laws.by_session", lambda s: decimal(s.laws_reported), _t("laws")),
        _sum_of_sessions(books, "resolutions", lambda s: decimal(s.resolutions_reported), _t("resolutions")),
        *([] if books.scope.session is not None else [_ordinances(books)]),
    ]


def _numbers_lacking(books: Books) -> list[str]:
    """The numbers of laws that the record lacks: between those of the scope, or in its term when a session is asked."""
    here = books.laws
    if books.scope.session is not None:
        terms = {s.term.number for s in books.sessions}
        here = [law for law in books.shelf.laws if (n := rules.act_number(law.number)) and n.term in terms]
    numbers = [n for n in (rules.act_number(law.number) for law in here) if n]
    return [
        f"{hole:02}/QH{term}"
        for term in sorted({n.term for n in numbers})
        for hole in rules.holes(n.order for n in numbers if n.term == term)
    ]


def decimal(value: int | None) -> Decimal | None:
    """The number as figures hold it."""
    return None if value is None else Decimal(value)


def _undated_laws(rows: Sequence[Row]) -> list[str]:
    lacking = sum(1 for row in rows if row.date is None)
    if not lacking:
        return []
    words = {"lacking": lacking, "all": len(rows)}
    return [_t("%(lacking)s of %(all)s laws do not say the day they were passed") % words]


def _ordinances(books: Books) -> Figure:
    scope = books.scope
    found = [x for x in books.shelf.ordinances if x.passed_on and scope.since <= x.passed_on <= scope.until]
    rows = [_law_row(row) for row in found]
    lacks = [] if rows else [_t("The record holds no ordinance by name")]
    return counted(books, "ordinances", rows, found=Decimal(len(rows)), whole=False, missing=lacks)


# -- what others counted ----------------------------------------------------------------------------------------------
def reported(books: Books) -> list[Figure]:
    """Every published figure that no other figure uses: one row each, the statement itself."""
    used = {*DEFINITIONS, WORKING_DAYS, "standing_committee.meetings.gap"}
    return [
        _reported(books, row)
        for row in books.reported
        if not (row.key in used and (row.session_id is None or row.key == WORKING_DAYS))
    ]


def _reported(books: Books, row: ReportedFigure) -> Figure:
    where = session_name(row.session) if row.session else str(row.year)
    label = in_language(row.name, row.name_english)
    about = f"reported:{row.pk}"
    one = Row(None, f"{label}, {where}", row.source, row.mark, None, row.value, in_words(row.note), about)
    of_session = books.scope.session is not None
    suffix = f".{session_code(row.session)}" if row.session and not of_session else ""
    lacks = [] if row.value is not None else [_t("The source gives no number")]
    if row.qualifier:
        lacks.append(_t("The source says “%(word)s”") % {"word": row.get_qualifier_display()})
    apart = (row.session and not of_session) or (books.scope.year is None and not of_session)
    return Figure(
        key=f"reported.{row.key}{suffix}",
        label=f"{label} ({where})" if apart else label,
        unit=row.unit,
        counts=_t("As published; not counted by this office"),
        group="reported",
        value=row.value,
        at_least=None if row.qualifier in {"about", "almost"} else row.value,
        rows=(one,),
        missing=tuple(lacks),
        reported=(statement(row),),
        basis="published",
        partial=bool(row.qualifier),
    )
