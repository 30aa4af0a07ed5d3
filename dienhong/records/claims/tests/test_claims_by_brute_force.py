"""Whatever the record holds and lacks: what the machine proves is true, and what it contradicts is false.

A whole truth is made up: sessions, laws and tasks of seven years. The record shows a part of it and is honest about
which part: rows outside what it states to be whole are hidden at random, and rows inside may lack their day. Every
claim that is proposed, and many more, are then counted again from the truth by the plainest means.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dienhong.foundation.refusal import Refusal
from dienhong.meetings.models import Session
from dienhong.people.models import Term
from dienhong.records import shelf as shelves
from dienhong.records.claims.checking import Claim, Desk
from dienhong.records.claims.proposing import propose
from dienhong.records.claims.rules import Verdict, rounded
from dienhong.records.claims.spec import Spec
from dienhong.records.models import Coverage
from dienhong.records.rules import Row, Scope
from dienhong.records.shelf import Shelf
from dienhong.records.task_rows import CountedTask
from dienhong.work.models import Dossier, Enactment
from dienhong.work.rules import Facts

TODAY = dt.date(2024, 1, 20)
FIRST, LAST = 2017, 2023
TERMS = (
    Term(pk=14, number=14, label="XIV", since=dt.date(2016, 7, 20), until=dt.date(2021, 7, 19)),
    Term(pk=15, number=15, label="XV", since=dt.date(2021, 7, 20), until=None),
)
SIGHT = frozenset({"administration"})
CODES = ("2023", "2022", "2023-H2", "2023-Q4", "2023-Q3", "2023-11", "XV", "2021/XV")
_numbers = itertools.count(1)


@dataclass
class Truth:
    """All there was, whether the record shows it or not, and the part that it states to be whole."""

    sessions: list[Session]
    laws: list[tuple[int, dt.date]]
    tasks: list[CountedTask]
    whole_from: int  # the year from which sessions and laws are whole
    years: set[int]  # the years whose programme of work is here
    hidden: list[bool] = field(default_factory=list)

    def record(self) -> Shelf:
        """What the record shows."""
        shown = Shelf()
        hide = itertools.cycle(self.hidden or [False])
        since = dt.date(self.whole_from, 1, 1)
        sessions = [s for s in self.sessions if s.year >= self.whole_from or not next(hide)]
        laws = [law for law in self.laws if law[1].year >= self.whole_from or not next(hide)]
        tasks = [t for t in self.tasks if t.year in self.years or not next(hide)]
        by_year: dict[int, list[CountedTask]] = {}
        for task in tasks:
            by_year.setdefault(task.year, []).append(task)
        shown.__dict__ |= {
            "work_at": "",
            "terms": list(TERMS),
            "sessions": sorted(sessions, key=lambda s: (s.since or dt.date.max, s.term.number, s.kind, s.number)),
            "phases": {},
            "meetings": [],
            "opened_here": [],
            "reported": [],
            "laws": [_law(n, order, day) for n, (order, day) in enumerate(laws)],
            "ordinances": [],
            "votes": [],
            "tasks": {"administration": by_year},
            "programme_years": {"administration": {year: dt.date(year, 1, 2) for year in self.years}},
            "bodies": {},
            "coverage": {key: [Coverage(key=key, since=since, name="trước đó")] for key in ("sessions", "laws")},
        }
        return shown


def term_of(day: dt.date) -> Term:
    return TERMS[1] if day >= (TERMS[1].since or day) else TERMS[0]


def _law(pk: int, order: int, day: dt.date) -> Enactment:
    dossier = Dossier(pk=pk, code=f"L{pk}", kind="law", title=f"Luật {order}")
    number = f"{order:02}/{day.year}/QH{term_of(day).number}"
    return Enactment(pk=pk, dossier=dossier, number=number, passed_on=day)


DAYS = st.dates(dt.date(FIRST, 1, 1), dt.date(LAST, 12, 31))


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    sessions = []
    for n, day in enumerate(sorted(draw(st.lists(DAYS, max_size=14, unique=True))), 1):
        kind = draw(st.sampled_from(("regular", "extraordinary")))
        known = draw(st.sampled_from((True, True, True, False)))
        term = term_of(day)
        sessions.append(
            Session(pk=n, term=term, kind=kind, number=n, label=f"Kỳ {n}", year=day.year, since=day if known else None)
        )
    passed = sorted(draw(st.lists(DAYS, max_size=10)))
    orders: dict[int, int] = {}
    laws = []
    for day in passed:
        orders[term_of(day).number] = orders.get(term_of(day).number, 0) + 1
        laws.append((orders[term_of(day).number], day))
    tasks = [draw(_task(n)) for n in range(draw(st.integers(0, 12)))]
    years = draw(st.sets(st.integers(2020, LAST)))
    return Truth(
        sessions, laws, tasks, draw(st.integers(FIRST, LAST)), years, draw(st.lists(st.booleans(), max_size=7))
    )


@st.composite
def _task(draw: st.DrawFn, n: int) -> CountedTask:
    due = draw(st.dates(dt.date(2021, 1, 1), dt.date(2024, 2, 20)))
    done = draw(st.one_of(st.none(), st.dates(dt.date(2021, 1, 1), TODAY)))
    known = draw(st.sampled_from((True, True, True, False)))
    assigned = dt.date(2020, 12, 1)
    facts = Facts(assigned, assigned, done, done, None, None, due if known else None)
    row = Row(due, f"Nhiệm vụ {n}", "", "O", about=f"task:{n}")
    return CountedTask(n, due if known else None, due.year, n % 3 == 0, None, False, facts, row)


# -- the plainest counting --------------------------------------------------------------------------------------------
def lies(scope: Scope, day: dt.date | None, year: int, term: int | None) -> bool | None:
    """Whether it lies in the scope; None where not even the truth says it: what has no day has none anywhere."""
    if scope.kind == "term":
        return term == scope.term if term is not None else None if day is None else scope.since <= day <= scope.until
    if scope.kind == "year":
        if year != scope.year or scope.term is None:
            return year == scope.year
        return term == scope.term if term is not None else None if day is None else scope.since <= day <= scope.until
    if day is None:
        return None if scope.since.year <= year <= scope.until.year else False
    return scope.since <= day <= scope.until


def truly(truth: Truth, key: str, scope: Scope) -> Decimal | None:
    """The value of a figure in truth; None where it depends on a day that nobody ever knew."""
    places: list[bool | None]
    if key.startswith("sessions"):
        kinds = {"sessions": ("regular", "extraordinary")}.get(key, (key.partition(".")[2],))
        places = [lies(scope, s.since, s.year, s.term.number) for s in truth.sessions if s.kind in kinds]
    elif key == "laws":
        places = [lies(scope, day, day.year, term_of(day).number) for _order, day in truth.laws]
    else:
        counted: dict[str, Callable[[CountedTask], bool]] = {
            "tasks": lambda t: True,
            "tasks.done": lambda t: t.facts.confirmed is not None,
            "tasks.key": lambda t: t.key,
            "tasks.overdue": lambda t: t.facts.reported is None and t.day is not None and t.day < TODAY,
            "tasks.done.late": lambda t: bool(t.facts.reported and t.day and t.facts.reported > t.day),
        }
        whole_year = scope.kind == "year" and scope.term is None
        counts = [t for t in truth.tasks if counted[key](t)]
        places = [lies(scope, t.day, t.year, None) if whole_year or t.day else _maybe(scope, t.year) for t in counts]
    return None if None in places else Decimal(sum(1 for place in places if place))


def _maybe(scope: Scope, year: int) -> bool | None:
    return None if scope.since.year <= year <= scope.until.year else False


KEYS = ("sessions", "sessions.regular", "sessions.extraordinary", "laws", "tasks", "tasks.done", "tasks.key",
        "tasks.overdue", "tasks.done.late")  # fmt: skip


def holds(truth: Truth, claim: Claim) -> bool | None:
    """Whether the claim is true; None for one that the truth cannot tell."""
    if claim.joined:
        found = [holds(truth, one) for one in claim.joined]
        return None if None in found else all(found)
    if claim.spec.figure not in KEYS:
        return None
    mine = truly(truth, claim.spec.figure, claim.subject.scope)
    others = [truly(truth, claim.spec.figure, one.scope) for one in claim.compared]
    if mine is None or None in others:
        return None
    return _compared(claim, mine, [one for one in others if one is not None])


def _compared(claim: Claim, mine: Decimal, others: list[Decimal]) -> bool:
    number = claim.spec.number or Decimal()
    one = others[0] if others else Decimal()
    answers: dict[str, Callable[[], bool]] = {
        "most": lambda: all(mine > other for other in others),
        "none_more": lambda: all(mine >= other for other in others),
        "least": lambda: all(mine < other for other in others),
        "first": lambda: mine > 0 and not any(others),
        "every": lambda: all(value >= number for value in [mine, *others]),
        "more_than_all": lambda: mine > sum(others),
        "equal": lambda: mine == one,
        "times": lambda: one != 0 and rounded(mine / one, number) == number,
        "up": lambda: one != 0 and rounded((mine - one) * 100 / one, number) == number,
        "down": lambda: one != 0 and rounded((one - mine) * 100 / one, number) == number,
        "count": lambda: mine == number,
        "made_of": lambda: mine == number,
        "target": lambda: mine >= number,
        "as_many_as": lambda: mine == claim.against,
    }
    return answers[claim.spec.kind]()


# -- the machine ------------------------------------------------------------------------------------------------------
def claims_of(desk: Desk, codes: Iterable[str] = CODES) -> list[Claim]:
    """Everything proposed, and one claim of every kind for every figure and time besides."""
    found: list[Claim | Spec] = []
    for code in codes:
        scope = desk.scope(code)
        found += [one.claim for one in propose(scope, TODAY, desk.at, SIGHT)]
        for key in KEYS:
            for kind in ("most", "least", "none_more", "first", "more_than_all"):
                found += [Spec(kind, key, code, against) for against in ("since:2019", "term_years")]
            found += [Spec("equal", key, code, "2022"), Spec("times", key, code, "2022", Decimal(2))]
            found += [Spec("up", key, code, "2022", Decimal(50)), Spec("down", key, code, "2022", Decimal(50))]
            found += [Spec("count", key, code, number=Decimal(n)) for n in range(4)]
            found += [Spec("target", key, code, number=Decimal(2)), Spec("every", key, code, "since:2020", Decimal(1))]
        found.append(Spec("as_many_as", "sessions", code, "half_term"))
    out = []
    for one in found:
        try:
            out.append(desk.check(one) if isinstance(one, Spec) else one)
        except Refusal:  # nothing of this kind can be compared there
            continue
    return out


@settings(deadline=None)
@given(truths(), st.sampled_from(CODES))
def test_what_is_proved_is_true_and_what_is_contradicted_is_false(truth: Truth, code: str) -> None:
    at = f"brute force {next(_numbers)}"
    record = truth.record()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "_kept", lambda _at: record)
        for claim in claims_of(Desk(TODAY, at, SIGHT), [code]):
            answer = holds(truth, claim)
            if claim.verdict == Verdict.PROVED and claim.spec.figure in KEYS:
                assert answer is True, claim.spec.code
            elif claim.verdict == Verdict.CONTRADICTED:
                assert answer is not True, claim.spec.code


def test_the_test_itself_sees_proved_and_contradicted_claims() -> None:
    """A record that is whole gives both, so that the test above cannot pass by proving nothing."""
    days = [dt.date(2022, 5, 23), dt.date(2023, 1, 5), dt.date(2023, 5, 22), dt.date(2023, 10, 23)]
    sessions = [
        Session(pk=n, term=TERMS[1], kind="regular", number=n, label=f"Kỳ {n}", year=day.year, since=day)
        for n, day in enumerate(days, 1)
    ]
    truth = Truth(sessions, [(1, days[1]), (2, days[2])], [], FIRST, set())
    record = truth.record()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "_kept", lambda _at: record)
        found = claims_of(Desk(TODAY, f"brute force {next(_numbers)}", SIGHT))
        proved = [one for one in found if one.verdict == Verdict.PROVED]
        denied = [one for one in found if one.verdict == Verdict.CONTRADICTED]
        assert len(proved) > 40
        assert len(denied) > 40
        assert all(holds(truth, one) for one in proved if one.spec.figure in KEYS)
        assert Spec("most", "sessions", "2023", "since:2019") in {one.spec for one in proved}
