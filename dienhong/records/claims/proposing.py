"""Proposing claims (đề xuất nhận định): what is worth saying of a year, a term or a session, the surprising first.

Weights: how far up a long row of others something stands, how much it changed, whether it never happened before.
What is true of any year (one of two, a change of a few percent, nought) is not proposed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import log2

from django.utils.translation import get_language

from dienhong.foundation.journal.chain import START
from dienhong.foundation.journal.queries import head
from dienhong.records.claims import rules
from dienhong.records.claims.checking import Claim, Desk
from dienhong.records.claims.reasons import why
from dienhong.records.claims.rules import Verdict
from dienhong.records.claims.spec import PARTS, Spec
from dienhong.records.claims.yardsticks import REGULAR_A_YEAR, YARDSTICKS
from dienhong.records.definitions import DEFINITIONS
from dienhong.records.figures import PUBLIC, NoSuchFigure
from dienhong.records.rules import Figure, Scope, calendar_scope
from dienhong.records.scopes import before, session_scope, sessions_of_term, since

LEAST_CHANGE = Decimal(20)  # percent: below it a change is not worth a sentence
LEAST_TASKS = 5  # of few tasks one more or less says nothing
LEAST_COMPARED = 2  # others: being first of two says nothing
FEW = 40  # how many times back a row of comparison is looked for
SUPERLATIVES = ("first", "most", "none_more", "least")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim worth saying, and how surprising it is."""

    claim: Claim
    weight: float

    @property
    def topic(self) -> str:
        """The group of figures that it speaks of."""
        return self.claim.subject.figure.group

    @property
    def why(self) -> str:
        """Why it is worth saying, in the reader's language."""
        return why(self.claim)


def propose(scope: Scope, today: dt.date, at: str = "", sight: frozenset[str] = PUBLIC) -> list[Proposal]:
    """The claims worth saying of a scope, the most surprising first; those of the sessions in it included.

    What a joined sentence already says is not said a second time. They are proposed once for each state of the journal.
    """
    hash_ = at or head()
    if hash_ == START:
        return list(_proposed(scope, Desk(today, hash_, sight)))
    return list(_proposed_at(scope, today, get_language() or "", hash_, sight))


@lru_cache(maxsize=64)
def _proposed_at(scope: Scope, today: dt.date, language: str, at: str, sight: frozenset[str]) -> tuple[Proposal, ...]:
    return tuple(_proposed(scope, Desk(today, at, sight)))


def _proposed(scope: Scope, desk: Desk) -> list[Proposal]:
    found: dict[str, Proposal] = {}
    for one in [scope, *_sessions_in(scope, desk)]:
        for proposal in _of_scope(one, desk):
            if one == scope or proposal.claim.spec.kind != "count":  # its sessions say only what stands out
                found.setdefault(proposal.claim.spec.code, proposal)
    said = {part.spec.code for p in found.values() for part in p.claim.joined}
    rows = [p for p in found.values() if p.claim.spec.code not in said]
    return sorted(rows, key=lambda p: (-p.weight, p.claim.spec.code))


def _sessions_in(scope: Scope, desk: Desk) -> list[Scope]:
    if scope.kind not in {"year", "term"}:
        return []
    return [
        session_scope(s)
        for s in desk.rows.sessions
        if s.since and scope.since <= s.since <= scope.until and (scope.term is None or s.term.number == scope.term)
    ]


def _figures(scope: Scope, desk: Desk) -> Iterator[Figure]:
    """The figures of the scope that sentences speak of."""
    for key, about in DEFINITIONS.items():
        of_itself = scope.kind == "session" and key in {"sessions", *PARTS["sessions"]}
        as_opened = scope.kind != "days" and key == "sessions.sitting"  # of a whole year it says what "sessions" says
        if about.said and not of_itself and not as_opened:
            try:
                yield desk.figure(key, scope)
            except NoSuchFigure:
                continue


def _of_scope(scope: Scope, desk: Desk) -> Iterator[Proposal]:
    for figure in _figures(scope, desk):
        superlatives = list(_superlatives(figure, scope, desk)) if _enough(figure) else []
        yield from superlatives
        changes = [one for earlier in _earlier(scope, desk) for one in _changes(figure, scope, earlier, desk)]
        yield from changes
        if _enough(figure) and not superlatives and not changes:
            yield from _plainly(figure, scope, desk)
        yield from _whole_sentences(figure, scope, desk, superlatives)
    yield from _statements(scope, desk)
    yield from _rule_kept(scope, desk)
    yield from _each_vote(scope, desk)


def _enough(figure: Figure) -> bool:
    """Whether the rows are enough to compare; of tasks a handful."""
    return not figure.key.partition(".")[0].endswith("tasks") or len(figure.rows) >= LEAST_TASKS


# -- superlatives -----------------------------------------------------------------------------------------------------
def _families(scope: Scope, desk: Desk) -> list[str]:
    """The families of the term that a scope may be compared in, the wider first."""
    if scope.kind == "year":
        return ["term_years"]
    if scope.kind != "session":
        return []
    session = next(s for s in desk.rows.sessions if s.pk == scope.session)
    return ["term_sessions"] if session.kind != "regular" else ["term_sessions", "term_regular"]


def _superlatives(figure: Figure, scope: Scope, desk: Desk) -> Iterator[Proposal]:
    """The first time, or the greatest or least of all compared, in the term and as far back as the record proves it."""
    if not figure.value or (scope.kind == "days" and figure.value < LEAST_COMPARED):
        return
    found: list[Claim] = []
    doubtful: list[Claim] = []
    for against in _families(scope, desk):
        claims = [desk.check(Spec(kind, figure.key, scope.label, against)) for kind in SUPERLATIVES]
        found += [claim for claim in claims if claim.verdict == Verdict.PROVED and _says_something(claim)][:1]
        if not (scope.kind == "session" and figure.key.partition(".")[0].endswith("tasks")):  # years without programme
            doubtful += [claim for claim in claims if claim.verdict == Verdict.OPEN and _stands_out(claim)]
        if found:
            break
    reach = len(found[0].compared) if found else 0
    wider = _since(figure, scope, desk)
    if wider is not None and len(wider.compared) > reach and _says_something(wider):
        found.append(wider)
    for claim in found or doubtful[:1]:
        yield Proposal(claim, _weight(claim))
    if found and found[0].spec.kind == "most" and found[0].spec.against == "term_years":
        claim = desk.check(Spec("more_than_all", figure.key, scope.label, "term_years"))
        if claim.verdict == Verdict.PROVED and not figure.share and len(claim.compared) > LEAST_COMPARED:
            yield Proposal(claim, _weight(claim) + 1.0)


def _since(figure: Figure, scope: Scope, desk: Desk) -> Claim | None:
    """The greatest (or the first) since the last time that was greater or is not wholly known."""
    if figure.value is None or not figure.known:
        return None
    first = line_before(scope, desk)
    reached: list[Figure] = []
    start = ""
    for one in first[:FEW]:
        other = desk.figure(figure.key, one)
        if not other.known or other.value is None or other.value >= figure.value:
            break
        reached.append(other)
        start = one.label
    if not start:
        return None
    kind = "first" if not any(one.value for one in reached) else "most"
    claim = desk.check(Spec(kind, figure.key, scope.label, f"since:{start}"))
    return claim if claim.verdict == Verdict.PROVED else None


def line_before(scope: Scope, desk: Desk) -> list[Scope]:
    """The times of the same kind before this one, the nearest first, as far back as the record has sessions."""
    first = next((s.since for s in desk.rows.sessions if s.since is not None), None)
    if first is None:
        return []
    if scope.session is not None and scope.body is None:
        line = since(scope, session_scope(desk.rows.sessions[0]).label, desk.today, desk.rows)
        return [one for one in reversed(line) if one.label != scope.label]
    found, one = [], scope
    while (earlier := before(one, desk.today, desk.rows)) is not None and earlier.until >= first:
        found.append(earlier)
        one = earlier
    return found


def _says_something(claim: Claim) -> bool:
    """Whether enough was compared, and the numbers are not all alike."""
    others = [one.known.value for one in claim.compared]
    value = claim.subject.known.value
    if len(others) < LEAST_COMPARED:
        return False
    if claim.spec.kind == "none_more":
        alike = sum(1 for other in others if other == value)
        return 0 < alike <= len(others) // 2
    if claim.spec.kind == "least":
        return claim.subject.scope.session is None or claim.spec.against == "term_regular"
    return True


def _stands_out(claim: Claim) -> bool:
    """Whether a claim not proven is still worth asking for: the subject is above all that is known of three others."""
    known = [one.known.value for one in claim.compared if one.known.value is not None]
    value = claim.subject.known.value
    return claim.spec.kind == "most" and value is not None and len(known) >= 3 and all(k < value for k in known)


def _weight(claim: Claim) -> float:
    """Surprise: how many were compared, how far the next one is, whether it is a first; doubt weighs down."""
    value = claim.subject.known.value or Decimal()
    others = [one.known.value for one in claim.compared if one.known.value is not None]
    weight = log2(1 + len(claim.compared))
    if others and claim.spec.kind in {"most", "none_more"} and max(others) > 0:
        weight += min(3.0, float(value / max(others)) - 1)
    weight += {"first": 1.5, "most": 1.0, "least": 0.2, "none_more": 0.0}.get(claim.spec.kind, 0.0)
    if claim.spec.against.startswith("since:"):
        weight += 0.1
    return weight - (2.0 if claim.verdict == Verdict.OPEN else 0.0)


# -- changes ----------------------------------------------------------------------------------------------------------
def _earlier(scope: Scope, desk: Desk) -> list[Scope]:
    """The times that a change is told against: the one just before, and the same one a year before."""
    found = (before(scope, desk.today, desk.rows), _a_year_before(scope, desk))
    return list(dict.fromkeys(one for one in found if one is not None))


def _a_year_before(scope: Scope, desk: Desk) -> Scope | None:
    """The same part of the year before; for a regular session the one that stood at its place then."""
    if scope.body is not None or scope.kind not in {"days", "session"}:
        return None
    if scope.kind == "session":
        line = sessions_of_term(scope, desk.rows, regular=True)
        return line[-3] if len(line) > 2 and line[-1].session == scope.session else None
    year, part = scope.label[:4], scope.label[4:]
    return calendar_scope(f"{int(year) - 1}{part}") if year.isdigit() else None


def _changes(figure: Figure, scope: Scope, earlier: Scope, desk: Desk) -> Iterator[Proposal]:
    """Up or down against that time, and how many times; only where both are wholly known and apart enough."""
    if figure.share or not figure.known or figure.value is None:
        return
    other = desk.figure(figure.key, earlier)
    if not other.known or not other.value or not (_enough(figure) or _enough(other)):
        return
    percent = rules.change(figure.value, other.value)
    if percent is None or abs(percent) < LEAST_CHANGE or figure.value == 0:
        return
    if percent >= 100:
        many = rules.ratio(figure.value, other.value) or Decimal()
        kind, stated = "times", _short(many)
    else:
        kind, stated = ("up" if percent > 0 else "down"), _short(abs(percent))
    claim = desk.check(Spec(kind, figure.key, scope.label, earlier.label, stated))
    if claim.verdict != Verdict.PROVED:  # a time that is not over
        return
    size = float(max(figure.value, other.value) / min(figure.value, other.value))
    yield Proposal(claim, min(2.5, log2(size)) + min(1.0, float(max(figure.value, other.value)) / 20))


def _short(value: Decimal) -> Decimal:
    """The number as a sentence says it: whole, else with one place."""
    one = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return one.quantize(Decimal(1)) if one == value.quantize(Decimal(1)) and one == one.to_integral_value() else one


def _plainly(figure: Figure, scope: Scope, desk: Desk) -> Iterator[Proposal]:
    """What a session or a part of a year comes to: the numbers its report begins with, where they are wholly known."""
    wanted = scope.kind in {"days", "session", "body"} or figure.key.partition(".")[0].endswith("tasks")
    if wanted and figure.known and figure.value and figure.key not in PARTS:
        claim = desk.check(Spec("count", figure.key, scope.label, number=figure.value))
        if claim.verdict == Verdict.PROVED:
            yield Proposal(claim, 0.1 + min(0.1, float(figure.value) / 1000))


# -- whole sentences --------------------------------------------------------------------------------------------------
def _whole_sentences(figure: Figure, scope: Scope, desk: Desk, superlatives: list[Proposal]) -> Iterator[Proposal]:
    """The figure with its parts, joined by what is proved of it: the sentence that stands at the head of a report."""
    if figure.key not in PARTS or figure.value is None:
        return
    if scope.kind == "days" and figure.value < LEAST_COMPARED:
        return
    head = Spec("made_of", figure.key, scope.label, number=figure.value)
    said = [p.claim.spec for p in superlatives if p.claim.verdict == Verdict.PROVED][:1]
    for name, yardstick in YARDSTICKS.items():
        if scope.kind == "year" and figure.key in yardstick.figures:
            spec = Spec("as_many_as", figure.key, scope.label, name)
            claim = desk.check(spec)
            if claim.verdict == Verdict.PROVED:
                said.append(spec)
                yield Proposal(claim, 2.0)
    whole = desk.check(head)
    yield Proposal(whole, 1.0)
    if said and whole.verdict == Verdict.PROVED:
        joined = Spec("together", figure.key, scope.label, parts=(head, *said))
        best = max((p.weight for p in superlatives), default=1.0)
        yield Proposal(desk.check(joined), best + len(said))


# -- what was published, and votes ------------------------------------------------------------------------------------
def _statements(scope: Scope, desk: Desk) -> Iterator[Proposal]:
    """Every published number of a figure that is counted here too: a sentence somebody already said."""
    if not scope.whole_year:
        return
    for row in desk.rows.reported:
        if row.session_id is not None or row.year != scope.year or row.value is None or row.qualifier:
            continue
        if row.key not in DEFINITIONS:
            continue
        spec = Spec("stated", row.key, scope.label, number=row.value, without=row.leaves_out, stated_by=row.stated_by)
        claim = desk.check(spec)
        weights = {Verdict.CONTRADICTED: 9.0, Verdict.OPEN: 0.9}
        yield Proposal(claim, weights.get(claim.verdict, 0.3))


def _rule_kept(scope: Scope, desk: Desk) -> Iterator[Proposal]:
    """Every year since the record is whole had the regular sessions that the law asks for."""
    if not scope.whole_year:
        return
    key, wanted = "sessions.regular", Decimal(REGULAR_A_YEAR.on(scope.until))
    start = ""
    for one in line_before(scope, desk):
        if not desk.figure(key, one).known:
            break
        start = one.label
    if start:
        claim = desk.check(Spec("every", key, scope.label, f"since:{start}", wanted))
        if claim.verdict != Verdict.OPEN and len(claim.compared) >= LEAST_COMPARED:
            yield Proposal(claim, 0.8)


def _each_vote(scope: Scope, desk: Desk) -> Iterator[Proposal]:
    """The round share that every law of the scope reached, where every vote is known."""
    if scope.kind in {"days", "body"}:
        return
    figure = desk.figure("votes.laws.lowest", scope)
    if figure.value is None or len(figure.rows) < LEAST_COMPARED or not figure.known:
        return
    least = (figure.value // 10) * 10
    claim = desk.check(Spec("each_row", figure.key, scope.label, number=least))
    yield Proposal(claim, 0.5 + float(least) / 100)
