"""The figures of a year or a term (số liệu năm, khóa), each with its rows and what the record lacks.

`figures(scope, today)` gives all of them. A value that the record cannot prove is None, with the reason in `missing`
and the floor in `at_least`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from dienhong.foundation.facts import Mark
from dienhong.foundation.journal.models import Head
from dienhong.meetings.models import Meeting, MeetingKind, MeetingState, Session, SessionKind, Vote
from dienhong.people.models import Mandate
from dienhong.people.queries import mandates_on
from dienhong.records import rules
from dienhong.records.books import DEFINITIONS, SC_KINDS, Books, counted, plain, statement
from dienhong.records.queries import WORKING_DAYS, in_language, session_code, session_name, vietnamese
from dienhong.records.rules import Figure, Row, Scope
from dienhong.work.models import DossierKind, Enactment

LISTED = 12  # how many names a sentence about what is missing lists


# -- sessions ---------------------------------------------------------------------------------------------------------
def _session_row(session: Session, value: Decimal | None = None) -> Row:
    name, about = session_name(session), f"session:{session.pk}"
    return Row(session.since, name, session.source, session.mark, session.until, value, session.note, about)


def _undated(rows: Sequence[Row]) -> list[str]:
    """The sentence that some rows lack their day, or nothing."""
    lacking = sum(1 for row in rows if row.date is None)
    if not lacking:
        return []
    return [_t("%(lacking)s of %(all)s rows do not say the opening day") % {"lacking": lacking, "all": len(rows)}]


def sessions(books: Books) -> list[Figure]:
    """Sessions in all and by kind."""
    whole, why = books.coverage("sessions")
    found = []
    for key, kinds in (
        ("sessions", SessionKind.values),
        ("sessions.regular", [SessionKind.REGULAR]),
        ("sessions.extraordinary", [SessionKind.EXTRAORDINARY]),
    ):
        rows = [_session_row(s) for s in books.sessions if s.kind in kinds]
        lacks = [*([] if whole else [why]), *_undated(rows)]
        found.append(counted(books, key, rows, found=Decimal(len(rows)), whole=whole, missing=lacks))
    days = {row.session_id: row.value for row in books.reported if row.key == WORKING_DAYS}
    found.append(_sum_of_sessions(books, "sessions.working_days", lambda s: days.get(s.pk), _t("working days")))
    return found


def _sum_of_sessions(
    books: Books, key: str, number: Callable[[Session], Decimal | None], what: str, covers: str = "sessions"
) -> Figure:
    """The sum of a number that each session reports; without one of them there is only a floor."""
    whole, why = books.coverage(covers)
    rows = [_session_row(s, number(s)) for s in books.sessions]
    lacking = [row.name for row in rows if row.value is None]
    lacks = [] if whole else [why]
    if lacking:
        words = {"what": what, "sessions": "; ".join(lacking)}
        lacks.append(_t("No published number of %(what)s: %(sessions)s") % words)
    total = sum((row.value for row in rows if row.value is not None), Decimal())
    return counted(books, key, rows, found=total, whole=whole and bool(rows) and not lacking, missing=lacks)


# -- Standing Committee -----------------------------------------------------------------------------------------------
def meeting_name(meeting: Meeting) -> str:
    """What a meeting is called; numbered ones of the Standing Committee have an English name too."""
    if not vietnamese() and meeting.kind == MeetingKind.SC_REGULAR and meeting.number:
        return _t("Meeting %(number)s of the Standing Committee") % {"number": meeting.number}
    return meeting.title


def _meeting_row(meeting: Meeting) -> Row:
    return Row(
        meeting.since,
        meeting_name(meeting),
        meeting.source,
        meeting.mark,
        meeting.until,
        meeting.working_days,
        meeting.note,
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
    lacks = [*gaps]
    for figure in by_kind:
        of_kind = [m for m in held if figure.key.endswith(m.kind.removeprefix("sc_"))]
        if figure.value is not None and figure.value != len(of_kind):
            words = {"kind": figure.label, "value": f"{figure.value:f}".removesuffix(".00"), "rows": len(of_kind)}
            lacks.append(_t("%(kind)s: %(value)s by the year count, %(rows)s in the record") % words)
    lacks += _planned(books.meetings)
    if not books.stated(total) and not whole:
        lacks.append(_t("No published count of the year is in the record"))
    figure = counted(
        books, total, [_meeting_row(m) for m in held], found=Decimal(len(held)), whole=whole, missing=lacks
    )
    figure = _with_dissent(figure)
    rows = figure.rows
    recorded = plain(
        "standing_committee.recorded",
        value=Decimal(len(held)),
        at_least=Decimal(len(held)),
        rows=rows,
        missing=(*_undated(rows), *_planned(books.meetings)),
    )
    return [figure, *by_kind, recorded]


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
    rows = [_meeting_row(m) for m in held]
    whole = kind == MeetingKind.SC_REGULAR and bool(held) and _numbers_prove(books, held)
    lacks = [*_undated(rows), *_planned(all_of_kind)]
    if not whole and not books.stated(key):
        lacks.append(
            _t("No published count of this kind is in the record, and its rows do not prove that they are all")
        )
    return counted(books, key, rows, found=Decimal(len(rows)), whole=whole, missing=lacks)


def _numbers_prove(books: Books, held: Sequence[Meeting]) -> bool:
    """Whether the numbers of the year's meetings, term by term, prove that none is lacking."""
    if books.scope.year is None or any(not m.number.isdigit() for m in held):
        return False
    if any(row.key == "standing_committee.meetings.gap" for row in books.reported):
        return False
    for term in {m.term_id for m in held if m.term_id is not None}:
        series = Meeting.objects.filter(kind=MeetingKind.SC_REGULAR, term_id=term).exclude(state=MeetingState.PLANNED)
        numbers = [(year, int(n)) for year, n in series.values_list("year", "number") if n.isdigit()]
        before = {n for year, n in numbers if year < books.scope.year}
        after = {n for year, n in numbers if year > books.scope.year}
        if not rules.series_is_whole([int(m.number) for m in held if m.term_id == term], before, after):
            return False
    return True


# -- laws and resolutions ---------------------------------------------------------------------------------------------
def _law_row(law: Enactment) -> Row:
    return Row(law.passed_on, f"{law.dossier.title}, {law.number}", law.source, law.mark, None, None, law.note)


def laws(books: Books) -> list[Figure]:
    """Laws by their own rows and as the sessions report them; resolutions; ordinances."""
    whole, why = books.coverage("laws")
    rows = [_law_row(law) for law in books.laws]
    numbers = [n for n in (rules.act_number(law.number) for law in books.laws) if n]
    lacking = [
        f"{hole:02}/QH{term}"
        for term in sorted({n.term for n in numbers})
        for hole in rules.holes(n.order for n in numbers if n.term == term)
    ]
    lacks = [*([] if whole else [why]), *_undated_laws(rows)]
    if lacking:
        lacks.append(_t("Numbers not in the record: %(numbers)s") % {"numbers": ", ".join(lacking)})
    return [
        counted(books, "laws", rows, found=Decimal(len(rows)), whole=whole and not lacking, missing=lacks),
        _sum_of_sessions(books, "laws.by_session", lambda s: _decimal(s.laws_reported), _t("laws")),
        _sum_of_sessions(books, "resolutions", lambda s: _decimal(s.resolutions_reported), _t("resolutions")),
        _ordinances(books),
    ]


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _undated_laws(rows: Sequence[Row]) -> list[str]:
    lacking = sum(1 for row in rows if row.date is None)
    if not lacking:
        return []
    words = {"lacking": lacking, "all": len(rows)}
    return [_t("%(lacking)s of %(all)s laws do not say the day they were passed") % words]


def _ordinances(books: Books) -> Figure:
    found = Enactment.objects.filter(
        dossier__kind=DossierKind.ORDINANCE, passed_on__gte=books.scope.since, passed_on__lte=books.scope.until
    ).select_related("dossier")
    rows = [_law_row(row) for row in found.order_by("passed_on")]
    lacks = [] if rows else [_t("The record holds no ordinance by name")]
    return counted(books, "ordinances", rows, found=Decimal(len(rows)), whole=False, missing=lacks)


# -- votes ------------------------------------------------------------------------------------------------------------
def _synthetic(vote: Vote) -> bool:
    marks = {vote.poll.mark, vote.item.meeting.mark if vote.item else vote.poll.mark}
    return Mark.SYNTHETIC in marks


def _vote_row(vote: Vote) -> Row:
    poll, synthetic = vote.poll, _synthetic(vote)
    note = _t("Held in the demonstration, not part of the public record") if synthetic else poll.note
    mark = Mark.SYNTHETIC if synthetic else poll.mark
    source = poll.source or (_t("This office, its journal") if poll.held_here else "")
    share, about = poll.result.for_percent, f"vote:{poll.pk}"
    return Row(poll.day, poll.question, source, mark, None, share, note, about)


def votes(books: Books) -> list[Figure]:
    """Published votes, the share in favour of laws, and what was held in this office, which is never added to them."""
    all_votes = [
        rules.CountedVote(v.pk, v.poll.dossier_id, v.poll.kind, v.poll.day, v.poll.held_here, _synthetic(v))
        for v in books.votes
    ]
    standing = set(rules.votes_of_record(all_votes))
    of_record = [v for v in books.votes if v.pk in standing]
    published = [_vote_row(v) for v in of_record if not v.poll.held_here]
    lacks = []
    undated = sum(1 for row in published if row.date is None)
    if undated:
        words = {"lacking": undated, "all": len(published)}
        lacks.append(_t("%(lacking)s of %(all)s votes do not say their day") % words)
    on_laws = {v.poll.dossier_id for v in of_record if v.poll.kind == "law"}
    silent = [law for law in books.laws if law.dossier_id not in on_laws]
    if silent:
        some = ", ".join(law.number for law in silent[:LISTED]) + (", …" if len(silent) > LISTED else "")
        silence = {"lacking": len(silent), "all": len(books.laws), "laws": some}
        lacks.append(_t("No vote is known for %(lacking)s of %(all)s laws: %(laws)s") % silence)
    return [
        plain(
            "votes.published",
            value=Decimal(len(published)),
            at_least=Decimal(len(published)),
            rows=tuple(published),
            missing=tuple(lacks),
        ),
        _median(of_record, len(silent)),
        *_held_here(books),
    ]


def _median(of_record: Sequence[Vote], silent: int) -> Figure:
    shares = [v for v in of_record if v.poll.kind == "law" and v.poll.result.for_percent is not None]
    middle = rules.median([v.poll.result.for_percent for v in shares if v.poll.result.for_percent is not None])
    value = None if middle is None else middle.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    lacks = []
    if value is None:
        lacks.append(_t("No vote on a law with a known share is in the record"))
    elif silent:
        lacks.append(_t("Over %(known)s laws; the share of others is not known") % {"known": len(shares)})
    rows = tuple(_vote_row(v) for v in shares)
    return plain("votes.laws.median", value=value, rows=rows, missing=tuple(lacks), share=True)


def _held_here(books: Books) -> list[Figure]:
    here = [_vote_row(v) for v in books.votes if v.poll.held_here]
    sittings = Meeting.objects.filter(kind=MeetingKind.PLENARY, state__in=[MeetingState.OPEN, MeetingState.CLOSED])
    mine = Q(year=books.scope.year) if books.scope.year else Q(term__number=books.scope.term)
    rows = [_meeting_row(m) for m in sittings.filter(mine).order_by("since", "starts_at", "id")]
    out = []
    for key, found in (("votes.held_here", here), ("sittings.held_here", rows)):
        count = Decimal(len(found))
        synthetic = sum(1 for row in found if row.mark == Mark.SYNTHETIC)
        lacks = [_t("%(count)s of these rows belong to the demonstration") % {"count": synthetic}] if synthetic else []
        out.append(plain(key, value=count, at_least=count, rows=tuple(found), missing=tuple(lacks)))
    return out


# -- deputies ---------------------------------------------------------------------------------------------------------
def deputies(books: Books) -> list[Figure]:
    """The total of deputies: behind published shares, and in the register of this office."""
    based = [v for v in books.votes if not v.poll.held_here and v.poll.result.base and v.poll.day]
    points = [(v.poll.day, v.poll.result.base) for v in based if v.poll.day and v.poll.result.base]
    by_day = {(v.poll.day, v.poll.result.base): v for v in reversed(based)}
    rows = []
    for day, base in rules.changes(points):
        poll = by_day[day, base].poll
        about = f"vote:{poll.pk}"
        rows.append(Row(day, poll.question, poll.source, poll.mark, None, Decimal(base), poll.note, about))
    last = max(points, key=lambda point: point[0])[1] if points else None
    lacks = (
        [_t("Read from published shares of votes, not from a register")]
        if rows
        else [_t("No published vote with a total of deputies is in the record")]
    )
    published = plain(
        "deputies.published",
        value=_decimal(last),
        at_least=_decimal(last),
        rows=tuple(rows),
        missing=tuple(lacks),
    )
    return [published, _register(books)]


def _register(books: Books) -> Figure:
    """Mandates in force on the last day. An empty register is not a count of nought."""
    held = mandates_on(books.scope.until).select_related("person", "term").order_by("person__sort_key", "pk")
    rows = [_mandate_row(mandate) for mandate in held]
    if not rows:
        return plain("deputies.register", missing=[_t("The register holds no deputies of that day")])
    count = Decimal(len(rows))
    synthetic = sum(1 for row in rows if row.mark == Mark.SYNTHETIC)
    lacks = [_t("%(count)s of these rows belong to the demonstration") % {"count": synthetic}] if synthetic else []
    return plain("deputies.register", value=count, at_least=count, rows=rows, missing=lacks)


def _mandate_row(mandate: Mandate) -> Row:
    term = _t("term %(term)s") % {"term": mandate.term.label}
    person, about = mandate.person.full_name, f"person:{mandate.person_id}"
    return Row(mandate.since, person, mandate.source, mandate.mark, mandate.until, None, term, about)


# -- what others counted ----------------------------------------------------------------------------------------------
def reported(books: Books) -> list[Figure]:
    """Every published figure that no other figure uses: one row each, the statement itself."""
    used = {*DEFINITIONS, WORKING_DAYS, "standing_committee.meetings.gap"}
    found = []
    for row in books.reported:
        if row.key in used and (row.session_id is None or row.key == WORKING_DAYS):
            continue
        where = session_name(row.session) if row.session else str(row.year)
        label = in_language(row.name, row.name_english)
        about = Row(None, f"{label}, {where}", row.source, row.mark, None, row.value, row.note)
        suffix = f".{session_code(row.session)}" if row.session else ""
        lacks = [] if row.value is not None else [_t("The source gives no number")]
        if row.qualifier:
            lacks.append(_t("The source says “%(word)s”") % {"word": row.get_qualifier_display()})
        found.append(
            Figure(
                key=f"reported.{row.key}{suffix}",
                label=f"{label} ({where})" if row.session or books.scope.year is None else label,
                unit=row.unit,
                counts=_t("As published; not counted by this office"),
                group="reported",
                value=row.value,
                at_least=row.value,
                rows=(about,),
                missing=tuple(lacks),
                reported=(statement(row),),
                basis="published",
            )
        )
    return found


def figures(scope: Scope, today: dt.date) -> list[Figure]:
    """All figures of a year or a term, in the order of the page. `today` ends what the office's own books cover.

    They are counted anew whenever the journal has grown: nothing changes in the office without an entry, and the hash
    of the newest one stands for everything before it.
    """
    head = Head.objects.values_list("hash", flat=True).get(pk=1)
    return list(_counted_at(scope, today, get_language() or "", head))


@lru_cache(maxsize=64)
def _counted_at(scope: Scope, today: dt.date, language: str, head: str) -> tuple[Figure, ...]:
    books = Books(scope, today)
    found: list[Figure] = []
    for part in (sessions, standing_committee, laws, votes, deputies, reported):
        found += part(books)
    return tuple(found)
