"""Checking claims: the figures of every scope that a claim compares, the verdict, and what the record lacks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from dienhong.foundation.journal.chain import START
from dienhong.foundation.journal.queries import head
from dienhong.records.books import plain
from dienhong.records.claims import rules
from dienhong.records.claims.rules import Known, Verdict
from dienhong.records.claims.spec import AGAINST_ONE, COMPARES, FAMILIES, PARTS, NotAClaim, Spec, checked
from dienhong.records.claims.yardsticks import YARDSTICKS
from dienhong.records.definitions import DEFINITIONS
from dienhong.records.figures import PUBLIC, NoSuchFigure, figure
from dienhong.records.rules import Figure, Row, Scope
from dienhong.records.scopes import of_body, scope_of, sessions_of_term, since, without_body, years_of_term
from dienhong.records.shelf import Shelf, shelf


@dataclass(frozen=True)
class Desk:
    """What a check has before it: the day, the state of the journal, the rows, what the reader may see."""

    today: dt.date
    at: str = ""
    sight: frozenset[str] = PUBLIC

    @cached_property
    def hash(self) -> str:
        return self.at or head()

    @cached_property
    def rows(self) -> Shelf:
        return shelf(self.hash)

    def scope(self, code: str) -> Scope:
        return scope_of(code, self.today, self.rows)

    def figure(self, key: str, scope: Scope) -> Figure:
        try:
            return figure(key, scope, self.today, self.hash, self.sight)
        except NoSuchFigure:
            if key not in DEFINITIONS or not key.startswith("reported.") or scope.kind != "session":
                raise
            return plain(key, missing=[_t("No published number is in the record")])  # of this session, unlike others

    def check(self, spec: Spec) -> Claim:
        """The claim held against what lies on this desk. Raises NotAClaim, NoSuchFigure, NoSuchScope."""
        return check(spec, self.today, self.hash, self.sight)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as one scope gives it to a claim."""

    scope: Scope
    figure: Figure

    @property
    def known(self) -> Known:
        one = self.figure
        return Known(one.value if one.known else None, one.at_least)


@dataclass(frozen=True, slots=True)
class Claim:
    """A checked claim: its verdict, the figure it is about, what it was compared with, and what the record lacks.

    `against` is the number it was held against where that is no figure. `fails` are the rows that contradict it.
    """

    spec: Spec
    verdict: Verdict
    subject: Reading
    compared: tuple[Reading, ...] = ()
    parts: tuple[Reading, ...] = ()
    against: Decimal | None = None
    fails: tuple[Row, ...] = ()
    joined: tuple[Claim, ...] = ()
    missing: tuple[str, ...] = field(default=())
    #: The day up to which the subject is counted, where its value may still move.
    by: dt.date | None = None


def check(spec: Spec, today: dt.date, at: str = "", sight: frozenset[str] = PUBLIC) -> Claim:
    """The claim held against the record of now. Raises NotAClaim, NoSuchFigure, NoSuchScope.

    What a claim lacks is said in the reader's language; the verdict is the same in all.
    """
    hash_ = at or head()
    if hash_ == START:
        return _check(spec, Desk(today, hash_, sight))
    return _checked_at(spec, today, get_language() or "", hash_, sight)


@lru_cache(maxsize=8192)
def _checked_at(spec: Spec, today: dt.date, language: str, at: str, sight: frozenset[str]) -> Claim:
    return _check(spec, Desk(today, at, sight))


def _check(spec: Spec, desk: Desk) -> Claim:
    checked(spec)
    if spec.kind == "together":
        joined = tuple(desk.check(part) for part in spec.parts)
        verdict = rules.all_hold(claim.verdict for claim in joined)
        lacks = tuple(dict.fromkeys(line for claim in joined for line in claim.missing))
        return Claim(spec, verdict, joined[0].subject, joined=joined, missing=lacks)
    scope = desk.scope(spec.scope)
    subject = Reading(scope, desk.figure(spec.figure, scope))
    return _while_it_runs(CHECKS[spec.kind](spec, subject, desk), desk)


def _while_it_runs(claim: Claim, desk: Desk) -> Claim:
    """The claim, which says up to which day it counts; compared is only what is over."""
    running = [one for one in (claim.subject, *claim.compared) if _runs(one, desk.today)]
    if running and claim.spec.kind in COMPARES | AGAINST_ONE | {"as_many_as"}:
        lacks = tuple(_t("%(time)s is not over") % {"time": one.scope.label} for one in running)
        return replace(claim, verdict=Verdict.OPEN, missing=(*claim.missing, *lacks))
    told = [DEFINITIONS.get(one.figure.key) for one in (claim.subject, *claim.parts)]
    by_day = any(about is not None and about.by_day for about in told) or _runs(claim.subject, desk.today)
    return replace(claim, by=desk.today) if by_day else claim


def _runs(one: Reading, today: dt.date) -> bool:
    about = DEFINITIONS.get(one.figure.key)
    return bool(about and about.runs and one.scope.until > today)


# -- what is compared -------------------------------------------------------------------------------------------------
def compared(spec: Spec, scope: Scope, desk: Desk) -> list[Scope]:
    """The scopes that the claim compares, without its own; of the same body where it speaks of one."""
    if scope.body is not None:
        times = compared(spec, without_body(scope), desk)
        return [of_body(one, scope.body, scope.label.partition("@")[2]) for one in times]
    if spec.against in FAMILIES:
        families: dict[str, Callable[[], list[Scope]]] = {
            "term_years": lambda: years_of_term(scope, desk.today, desk.rows),
            "term_sessions": lambda: sessions_of_term(scope, desk.rows),
            "term_regular": lambda: sessions_of_term(scope, desk.rows, regular=True),
        }
        found = families[spec.against]()
    else:
        found = since(scope, spec.against.partition(":")[2], desk.today, desk.rows)
    return [one for one in found if one.label != scope.label]


def _readings(spec: Spec, scope: Scope, desk: Desk) -> tuple[Reading, ...]:
    return tuple(Reading(one, desk.figure(spec.figure, one)) for one in compared(spec, scope, desk))


def _lacking(*readings: Reading) -> tuple[str, ...]:
    """For every number that is not wholly known: whose it is and what the record lacks of it."""
    lines = []
    for one in readings:
        if one.known.value is None:
            why = "; ".join(line.rstrip(".") for line in one.figure.missing[:2]) or _t("not known")
            lines.append(f"{one.figure.label}, {one.scope.label}: {why}")
    return tuple(lines)


# -- one function for each kind ---------------------------------------------------------------------------------------
def _superlative(spec: Spec, subject: Reading, desk: Desk) -> Claim:
    others = _readings(spec, subject.scope, desk)
    known = [one.known for one in others]
    verdicts = {
        "most": lambda: rules.greatest(subject.known, known),
        "none_more": lambda: rules.greatest(subject.known, known, alone=False),
        "least": lambda: rules.smallest(subject.known, known),
        "first": lambda: rules.first(subject.known, known),
        "more_than_all": lambda: rules.more_than_together(subject.known, known),
        "every": lambda: rules.every([subject.known, *known], spec.number or Decimal()),
    }
    verdict = verdicts[spec.kind]()
    lacks = _lacking(subject, *others) if verdict == Verdict.OPEN else ()
    if not others:
        lacks = (*lacks, _t("There is nothing to compare with"))
    return Claim(spec, verdict, subject, others, missing=lacks)


def _count(spec: Spec, subject: Reading, desk: Desk) -> Claim:
    """A plain number; with `without` the part that it does not count is taken away first."""
    stated = Known(spec.number)
    if not spec.without:
        verdict = rules.equal(subject.known, stated)
        lacks = _lacking(subject) if verdict == Verdict.OPEN else ()
        return Claim(spec, verdict, subject, against=spec.number, missing=lacks)
    part = Reading(subject.scope, desk.figure(spec.without, subject.scope))
    verdict = rules.equal(rules.less(subject.known, part.known), stated)
    lacks = _lacking(subject, part) if verdict == Verdict.OPEN else ()
    kinds = tuple(Reading(subject.scope, desk.figure(key, subject.scope)) for key in PARTS.get(spec.figure, ()))
    return Claim(spec, verdict, subject, parts=(part, *kinds), against=spec.number, missing=lacks)


def _stated(spec: Spec, subject: Reading, desk: Desk) -> Claim:
    """A published number against the rows. Where no rows but the statement itself give the value, it proves nothing."""
    if spec.without:
        return _count(spec, subject, desk)
    one = subject.figure
    rows = Known(one.value if one.known and one.basis == "rows" else None, one.at_least)
    verdict = rules.equal(rows, Known(spec.number))
    lacks: tuple[str, ...] = ()
    if verdict == Verdict.OPEN:
        lacks = tuple(dict.fromkeys([line.rstrip(".") for line in one.missing][:3])) or _lacking(subject)
        lacks = lacks or (_t("The rows in the record do not prove that they are all"),)
    return Claim(spec, verdict, subject, against=spec.number, missing=lacks)


def _made_of(spec: Spec, subject: Reading, desk: Desk) -> Claim:
    parts = tuple(Reading(subject.scope, desk.figure(key, subject.scope)) for key in PARTS[spec.figure])
    known = [part.known.value for part in parts]
    total = None if any(value is None for value in known) else sum((v for v in known if v is not None), Decimal())
    verdict = rules.all_hold([rules.equal(subject.known, Known(spec.number)), rules.equal(subject.known, Known(total))])
    lacks = _lacking(subject, *parts) if verdict == Verdict.OPEN else ()
    return Claim(spec, verdict, subject, parts=parts, against=spec.number, missing=lacks)


def _each_row(spec: Spec, subject: Reading, desk: Desk) -> Claim:
    least = spec.number or Decimal()
    fails = tuple(row for row in subject.figure.rows if row.value is not None and row.value < least)
    nameless = any(row.value is None for row in subject.figure.rows)
    if fails:
        return Claim(spec, Verdict.CONTRADICTED, subject, against=least, fails=fails)
    proved = subject.known.value is not None and bool(subject.figure.rows) and not nameless
    verdict = Verdict.PROVED if proved else Verdict.OPEN
    return Claim(spec, verdict, subject, against=least, missing=() if proved else _lacking(subject))


def _against_one(spec: Spec, subject: Reading, desk: Desk) -> Claim:
    scope = desk.scope(spec.against)
    other = Reading(scope, desk.figure(spec.figure, scope))
    number = spec.number or Decimal()
    verdicts = {
        "equal": lambda: rules.equal(subject.known, other.known),
        "times": lambda: rules.times(subject.known, other.known, number),
        "up": lambda: rules.changed(subject.known, other.known, number),
        "down": lambda: rules.changed(subject.known, other.known, -number),
    }
    verdict = verdicts[spec.kind]()
    lacks = _lacking(subject, other) if verdict == Verdict.OPEN else ()
    return Claim(spec, verdict, subject, (other,), against=spec.number, missing=lacks)


def _target(spec: Spec, subject: Reading, desk: Desk) -> Claim:
    verdict = rules.reached(subject.known, spec.number or Decimal())
    lacks = _lacking(subject) if verdict == Verdict.OPEN else ()
    return Claim(spec, verdict, subject, against=spec.number, missing=lacks)


def _as_many_as(spec: Spec, subject: Reading, desk: Desk) -> Claim:
    if spec.against not in YARDSTICKS:
        raise NotAClaim(_t("No yardstick is called “%(name)s”.") % {"name": spec.against}, field="against")
    # by the rule of the scope's own days: a year of 2023 is judged by what was in force at its end
    value = YARDSTICKS[spec.against].value(subject.scope.until)
    verdict = rules.equal(subject.known, Known(value))
    lacks = _lacking(subject) if verdict == Verdict.OPEN else ()
    return Claim(spec, verdict, subject, against=value, missing=lacks)


CHECKS: dict[str, Callable[[Spec, Reading, Desk], Claim]] = {
    "count": _count,
    "stated": _stated,
    "made_of": _made_of,
    "each_row": _each_row,
    "target": _target,
    "as_many_as": _as_many_as,
    **dict.fromkeys(("most", "least", "none_more", "first", "every", "more_than_all"), _superlative),
    **dict.fromkeys(("equal", "times", "up", "down"), _against_one),
}
