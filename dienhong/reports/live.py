"""Live places of a report (số sống): figures, claims, lists, tables and charts read from the record as it is now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.queries import head
from dienhong.foundation.refusal import Refusal
from dienhong.records.claims.checking import Claim, Desk, check
from dienhong.records.claims.giving import settlement
from dienhong.records.claims.proposing import propose
from dienhong.records.claims.rules import Verdict
from dienhong.records.claims.spec import spec_of
from dienhong.records.claims.telling import proof, sentence
from dienhong.records.figures import figures
from dienhong.records.queries import in_language, sessions_by_year
from dienhong.records.rules import Figure, Scope, calendar_scope
from dienhong.records.scopes import scope_of
from dienhong.records.shelf import shelf
from dienhong.reports import wording
from dienhong.reports.document import HOLDS, OPEN
from dienhong.reports.rules import Token
from dienhong.reports.task_figures import figures as of_tasks
from dienhong.work.models import Line

#: Rows that the text of a report lists or tabulates at most; the annex has them all.
LISTED = 40


@dataclass(frozen=True, slots=True)
class Said:
    """What a live place says now: its words, whether the record proves them, and where they come from."""

    words: str
    state: str
    source: str
    #: what is compared to see a change: the value without its dress
    value: str


def _scope_of(code: str, today: dt.date) -> Scope | None:
    """The period of this code, None when no period is called so."""
    found = calendar_scope(code)
    if found is not None:
        return found
    try:
        return scope_of(code, today, shelf())
    except Refusal:
        return None


def scope_of_period(kind: str, year: int, part: str, today: dt.date) -> Scope:
    """What a report counts: its year, half, quarter or month, or the session or term that `part` names by its code.

    Raises the refusal of records for a code that nothing is called by.
    """
    code = {"year": f"{year}", "half": f"{year}-H{part}", "quarter": f"{year}-Q{part}"}.get(kind, part)
    if kind == "month":
        code = f"{year}-{int(part):02}"
    return calendar_scope(code) or scope_of(code, today, shelf())


class Facts:
    """The record of one period as a report reads it; each scope is counted once."""

    def __init__(self, *, scope: Scope, year: int, today: dt.date, line: str = Line.ADMINISTRATION) -> None:
        self.scope, self.year, self.today, self.line = scope, year, today, line
        self._found: dict[str, dict[str, Figure]] = {}

    @property
    def whole_year(self) -> bool:
        return self.scope.whole_year

    def figures(self, scope: str = "") -> dict[str, Figure]:
        """The figures by key: of the report's own period, or of another one by its code (2022, 2023-Q1, XV, XV-6).
        Empty for one that is not known."""
        if scope not in self._found:
            wanted = _scope_of(scope, self.today) if scope else self.scope
            found = [*figures(wanted, self.today), *of_tasks(wanted, self.line, self.today)] if wanted else []
            self._found[scope] = {figure.key: figure for figure in found}
        return self._found[scope]

    @property
    def before_code(self) -> str:
        """The period this one is held against (so với cùng kỳ): the year before, or the same half, quarter or month of
        it. Empty for a session and a term, which have no like of the same length."""
        if self.scope.kind not in ("year", "days") or self.scope.term is not None:
            return ""
        code = f"{self.year - 1}{self.scope.label[4:]}"
        return code if calendar_scope(code) is not None else ""

    @property
    def before_name(self) -> str:
        """What that period is called in a sentence."""
        year = self.year - 1
        return in_language(*wording.same_period(year, whole=self.whole_year))

    @property
    def before(self) -> dict[str, Figure]:
        """The figures of the period this one is held against; empty where there is none."""
        return self.figures(self.before_code) if self.before_code else {}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims that the record proposes for the period, by code, those most worth saying first."""
        try:
            return {one.claim.spec.code: one.claim for one in propose(self.scope, self.today, sight=self.sight)}
        except Refusal:  # a period that nothing can be compared with
            return {}

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.today, head(), self.sight)

    @property
    def sight(self) -> frozenset[str]:
        """The tasks that a report may speak of: those of its own line, whoever reads it."""
        return frozenset({self.line})

    def claim(self, code: str) -> Claim | None:
        """The claim of this code, None for a code that says nothing that can be checked."""
        if code in self.claims:
            return self.claims[code]
        names = ("kind", "figure", "scope", "against", "number", "without", "stated_by")
        try:
            return check(spec_of(dict(zip(names, code.split("|"), strict=False))), self.today, sight=self.sight)
        except Refusal:
            return None

    # -- what a live place says -------------------------------------------------------------------------------------
    def say(self, token: Token) -> Said:
        """What this live place says now."""
        if token.kind == "figure":
            return self._figure(token)
        if token.kind == "list":
            return self._list(token)
        if token.kind == "claim":
            return self._claim(token)
        return Said(str(token), OPEN, _t("This cannot stand inside a line"), "")

    def _figure(self, token: Token) -> Said:
        figure = self.figures(token.scope).get(token.key)
        if figure is None:
            return Said(_t("[no such figure: %(key)s]") % {"key": token.key}, OPEN, "", "")
        words = wording.value_of(figure)
        state = HOLDS if figure.known else OPEN
        return Said(words, state, source_of(figure), words)

    def _claim(self, token: Token) -> Said:
        """The sentence of a claim, or the wording that a person decided; what is not proved is open."""
        claim = self.claim(token.key)
        if claim is None:
            return Said(_t("[no such claim: %(key)s]") % {"key": token.key}, OPEN, "", "")
        decided = settlement(token.key)
        words = (decided.wording if decided else "") or sentence(claim, self.desk.rows)
        proved = claim.verdict == Verdict.PROVED or bool(decided and decided.wording)
        return Said(words, HOLDS if proved else OPEN, proof(claim, self.desk.rows), f"{claim.verdict}: {words}")

    def _list(self, token: Token) -> Said:
        figure = self.figures(token.scope).get(token.key)
        if figure is None or not figure.rows:
            return Said(_t("[no row in the record]"), OPEN, "", "")
        names = [row.name for row in figure.rows[:LISTED]]
        more = len(figure.rows) - len(names)
        words = "; ".join(names) + (_t("; and %(count)s more") % {"count": more} if more else "")
        return Said(words, HOLDS, source_of(figure), words)

    def table(self, token: Token) -> tuple[list[list[str]], str]:
        """The rows of a figure as a table with its head, and the caption. Empty when the record has none."""
        figure = self.figures(token.scope).get(token.key)
        if figure is None or not figure.rows:
            return [], ""
        has_value = any(row.value is not None for row in figure.rows)
        head = [_t("Row no."), _t("Name"), _t("Day"), *([_share_or_number(figure)] if has_value else [])]
        rows = [head]
        for at, row in enumerate(figure.rows, start=1):
            own = wording.percent(row.value) if figure.share else wording.number(row.value)
            shown = [own if row.value is not None else ""] if has_value else []
            rows.append([str(at), row.name, wording.days(row), *shown])
        return rows, figure.label

    def chart(self, token: Token) -> dict[str, Any]:
        """What a chart draws: its kind, its title and its values. Empty when the record has none."""
        if token.key == "sessions":
            first, last = (
                (self.scope.since.year, self.scope.until.year) if self.scope.kind == "term" else (0, self.year)
            )
            years = [one for one in sessions_by_year() if first <= one.year <= last]
            values = [[str(one.year), one.regular, one.extraordinary] for one in years[-8:]]
            return {
                "kind": "stacked",
                "title": _t("Sessions by year"),
                "series": [_t("Regular"), _t("Extraordinary")],
                "values": values,
                "now": str(self.year) if self.scope.kind != "term" else "",
            } if values else {}  # fmt: skip
        figure = self.figures(token.scope).get(token.key)
        rows = [row for row in figure.rows if row.value is not None] if figure else []
        if not figure or not rows:
            return {}
        values = sorted(
            ([row.name, float(row.value or 0)] for row in rows), key=lambda v: float(str(v[1])), reverse=True
        )
        kind = "shares" if figure.share else "bars"
        return {"kind": kind, "title": figure.label, "series": [figure.label], "values": values[:LISTED], "now": ""}


def _share_or_number(figure: Figure) -> str:
    return _t("Share") if figure.share else _t("Number")


def source_of(figure: Figure) -> str:
    """Where a figure comes from, in one line: how many rows, or who published it."""
    if figure.basis == "published" and figure.reported:
        said = figure.reported[0]
        return _t("Published: %(source)s") % {"source": said.stated_by or said.source}
    words = {"count": wording.number(len(figure.rows)), "what": figure.counts}
    return _t("%(count)s rows of the record: %(what)s") % words


#: What kinds of live places there are, in words.
OFFERED = {
    "figure": _("figure"),
    "claim": _("claim"),
    "list": _("list of rows"),
    "table": _("table of rows"),
    "chart": _("chart"),
}


def catalogue(facts: Facts) -> list[tuple[str, str, str]]:
    """What the editor offers to put into a text: (token, name, what it says now). Figures first, then proved claims,
    then the rows of figures as a list, a table or a chart."""
    found: list[tuple[str, str, str]] = []
    rows: list[tuple[str, str, str]] = []
    for key, figure in facts.figures().items():
        found.append((str(Token("figure", key)), figure.label, wording.value_of(figure)))
        if figure.rows:
            first = "; ".join(row.name for row in figure.rows[:3]) + ("; …" if len(figure.rows) > 3 else "")
            rows += [(str(Token(kind, key)), figure.label, first) for kind in ("list", "table")]
        if any(row.value is not None for row in figure.rows):
            rows.append((str(Token("chart", key)), figure.label, _t("%(count)s bars") % {"count": len(figure.rows)}))
    for key, claim in facts.claims.items():
        if claim.verdict == Verdict.PROVED:
            found.append((str(Token("claim", key)), _t("Claim"), sentence(claim, facts.desk.rows)))
    if sessions_by_year():
        rows.append((str(Token("chart", "sessions")), _t("Sessions by year"), _t("Regular and extraordinary")))
    return found + rows


def values_now(facts: Facts, tokens: Iterable[Token]) -> dict[str, str]:
    """What these live places say now, by their writing: kept with each saved version to see later what changed."""
    return {str(token): facts.say(token).value for token in tokens if token.kind in ("figure", "claim", "list")}
