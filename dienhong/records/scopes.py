"""Scopes by their code, what they are called, and which ones a claim compares (phạm vi so sánh)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from django.utils.translation import gettext as _t
from django.utils.translation import pgettext

from dienhong.foundation.refusal import Refusal
from dienhong.meetings.models import Session, SessionKind
from dienhong.people.models import Term
from dienhong.people.queries import names_of_bodies
from dienhong.records import rules
from dienhong.records.queries import session_code, session_name
from dienhong.records.rules import Scope, year_scope
from dienhong.records.shelf import Shelf

_CUT = re.compile(r"(\d{4})/([IVXLC]+)")


class NoSuchScope(Refusal):
    """This code names no year, part of a year, session or term that the record knows."""

    status = 404


def scope_of(code: str, today: dt.date, rows: Shelf) -> Scope:
    """The scope of a code: 2023, 2023-H1, 2023-Q3, 2023-11, 2021/XV, XV, XV-6, XV-BT2; 2023@vu-thu-ky is what one
    body did in that time. Raises NoSuchScope."""
    code = code.strip()
    time, _at, body = code.partition("@")
    if body in rows.bodies:
        return of_body(scope_of(time, today, rows), rows.bodies[body], body)
    found = rules.calendar_scope(code) or _cut_scope(code, today, rows)
    for term in rows.terms:
        if term.label == code:
            found = term_days(term, today, rows)
    for session in rows.sessions:
        if session_code(session) == code:
            found = session_scope(session)
    if found is None:
        terms = ", ".join(term.label for term in rows.terms)
        words = {"code": code, "terms": terms or "-"}
        raise NoSuchScope(
            _t("“%(code)s” is no year, part of a year, session or term. Terms in the register: %(terms)s.") % words
        )
    return found


def _cut_scope(code: str, today: dt.date, rows: Shelf) -> Scope | None:
    cut = _CUT.fullmatch(code)
    if cut is None:
        return None
    term = next((t for t in rows.terms if t.label == cut[2]), None)
    return year_of_term(int(cut[1]), term, today, rows) if term else None


def of_body(scope: Scope, body: int, code: str) -> Scope:
    """What one body did in a time."""
    return replace(scope, body=body, label=f"{scope.label}@{code}")


def without_body(scope: Scope) -> Scope:
    """The time alone."""
    return replace(scope, body=None, label=scope.label.partition("@")[0])


def term_days(term: Term, today: dt.date, rows: Shelf) -> Scope:
    """The days of a term; one that still runs ends today."""
    since = term.since or dt.date.min
    return Scope(since, max(since, term.until or today), term=term.number, label=term.label)


def session_scope(session: Session) -> Scope:
    """A session from its opening to its closing; one without days stands at the year it is counted in."""
    since = session.since or dt.date(session.year, 1, 1)
    return Scope(since, session.until or since, label=session_code(session), session=session.pk)


def year_of_term(year: int, term: Term, today: dt.date, rows: Shelf) -> Scope | None:
    """The part of a year that lies in a term: the year itself when the term holds it all, None when it holds no day."""
    whole, days = year_scope(year), term_days(term, dt.date.max if term.until is None else today, rows)
    since, until = max(whole.since, days.since), min(whole.until, days.until)
    if since > until:
        return None
    if (since, until) == (whole.since, whole.until):
        return whole
    return replace(whole, since=since, until=until, term=term.number, label=f"{year}/{term.label}")


def term_of(scope: Scope, rows: Shelf) -> Term | None:
    """The term that a scope belongs to: its own, that of its session, else the one that holds its last day."""
    if scope.session is not None:
        return next((s.term for s in rows.sessions if s.pk == scope.session), None)
    if scope.term is not None:
        return next((t for t in rows.terms if t.number == scope.term), None)
    begun = [t for t in rows.terms if t.since is not None and t.since <= scope.until]
    return begun[-1] if begun else None


# -- what a scope is called -------------------------------------------------------------------------------------------
def name_of(scope: Scope, rows: Shelf) -> str:
    """What a scope is called in a sentence: năm 2023, quý III năm 2023, Kỳ họp thứ 6, khóa XV."""
    if scope.body is not None:
        words = {"body": names_of_bodies([scope.body], scope.until).get(scope.body, "")}
        return _t("%(time)s, %(body)s") % {"time": name_of(without_body(scope), rows), **words}
    if scope.session is not None:
        session = next((s for s in rows.sessions if s.pk == scope.session), None)
        return session_name(session) if session else scope.label
    year = {"year": scope.since.year}
    if scope.kind == "term":
        return _t("term %(term)s") % {"term": scope.label}
    if scope.kind == "year":
        if scope.term is None:
            return pgettext("what a claim is about", "%(year)s") % year
        term = term_of(scope, rows)
        return _t("the part of %(year)s in term %(term)s") % {**year, "term": term.label if term else scope.term}
    months = scope.until.month - scope.since.month + 1
    if months == 6:
        return (
            _t("the first half of %(year)s") if scope.since.month == 1 else _t("the second half of %(year)s")
        ) % year
    if months == 3:
        quarter = ("I", "II", "III", "IV")[scope.since.month // 3]
        return _t("quarter %(quarter)s of %(year)s") % {**year, "quarter": quarter}
    return _t("month %(month)s of %(year)s") % {**year, "month": scope.since.month}


def short_name(scope: Scope, rows: Shelf) -> str:
    """What a scope is called in a table or a sum."""
    if scope.body is not None:
        return name_of(scope, rows)
    if scope.session is not None:
        return name_of(scope, rows)
    if scope.kind == "year" and scope.term is not None:
        return name_of(scope, rows)
    return scope.label


# -- families: the scopes that a claim compares -----------------------------------------------------------------------
def years_of_term(scope: Scope, today: dt.date, rows: Shelf) -> list[Scope]:
    """The years of the term that holds the scope, from its opening up to the year of the scope, that one last."""
    term = term_of(scope, rows)
    if term is None or term.since is None:
        return []
    years = range(term.since.year, scope.since.year + 1)
    return [found for year in years if (found := year_of_term(year, term, today, rows))]


def sessions_of_term(scope: Scope, rows: Shelf, *, regular: bool = False) -> list[Scope]:
    """The sessions of the term of this one that opened before it and itself; only regular ones if asked."""
    mine = next((s for s in rows.sessions if s.pk == scope.session), None)
    if mine is None:
        return []
    kinds = [SessionKind.REGULAR] if regular else SessionKind.values
    return [
        session_scope(s)
        for s in rows.sessions
        if s.term_id == mine.term_id and s.kind in kinds and (s.pk == mine.pk or _before(s, mine))
    ]


def _before(one: Session, other: Session) -> bool:
    """Whether it opened before the other; one without a day counts as earlier, so that it is never left out."""
    return one.since is None or other.since is None or one.since < other.since


def before(scope: Scope, today: dt.date, rows: Shelf) -> Scope | None:
    """The scope of the same length just before: the year, half, quarter, month, or regular session before."""
    if scope.body is not None:
        earlier = before(without_body(scope), today, rows)
        return of_body(earlier, scope.body, scope.label.partition("@")[2]) if earlier else None
    if scope.session is not None:
        line = sessions_of_term(scope, rows, regular=True)
        return line[-2] if len(line) > 1 and line[-1].session == scope.session else None
    if scope.kind == "term":
        terms = [t for t in rows.terms if t.number == (scope.term or 0) - 1]
        return term_days(terms[0], today, rows) if terms else None
    year = scope.since.year
    if scope.kind == "year":
        return year_scope(year - 1)
    months = scope.until.month - scope.since.month + 1
    step = (scope.since.month - 1) // months
    last = step == 0
    part = {6: "H{}", 3: "Q{}"}.get(months, "{:02}")
    number = 12 // months if last else step
    return rules.calendar_scope(f"{year - 1 if last else year}-{part.format(number)}")


def since(scope: Scope, first: str, today: dt.date, rows: Shelf) -> list[Scope]:
    """The scopes of the same kind from the one with the code `first` up to this one, that one included."""
    start = scope_of(first, today, rows)
    if scope.session is not None:
        mine = next(s for s in rows.sessions if s.pk == scope.session)
        opened = [
            s for s in rows.sessions if s.pk == mine.pk or (s.since and s.since >= start.since and _before(s, mine))
        ]
        only_regular = mine.kind == SessionKind.REGULAR
        return [session_scope(s) for s in opened if s.kind == SessionKind.REGULAR or not only_regular]
    if scope.kind == "term":
        return [term_days(t, today, rows) for t in rows.terms if (start.term or 0) <= t.number <= (scope.term or 0)]
    line = [scope]
    while line[0].since > start.since and (earlier := before(line[0], today, rows)) is not None:
        line.insert(0, earlier)
    return line
