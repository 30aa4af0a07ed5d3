"""The annexes of a report (phụ lục): its figures with their sources, the rows behind them, the numbers kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _t

from dienhong.foundation.facts import Mark
from dienhong.foundation.journal.queries import last_number
from dienhong.records.claims.checking import Claim
from dienhong.records.claims.giving import as_json
from dienhong.records.rules import Figure, plain_number
from dienhong.reports import rules, wording
from dienhong.reports.document import KEPT, Chapter, Paper, Piece, Span
from dienhong.reports.live import Facts, source_of
from dienhong.reports.rules import Token
from dienhong.work.models import Line

#: Claims that the open data of a report holds beside those it cites.
PROPOSED = 40
#: Rows of one figure that the annex of rows prints; what is left out is said and stands in the open data.
ANNEX_ROWS = 60


#: What a paper may carry beside what is printed, for open data and for the seal: rows of its figures, its claims.
DATA = frozenset({"rows", "claims"})


def finish(facts: Facts, paper: Paper, data: Collection[str] = DATA) -> Paper:
    """The paper with its figures, what it cites, and the annexes.

    `data` is which part of DATA it carries: a term's tasks are many thousands of rows, which no page shows.
    """
    found = facts.figures()
    tokens = [token for span in paper.live() for token in rules.tokens_of(span.token)]
    paper.cited = list(dict.fromkeys(str(token) for token in tokens))
    rows_too = "rows" in data
    paper.figures = [_as_json(figure, facts.before.get(key), rows=rows_too) for key, figure in found.items()]
    if "claims" in data:
        paper.claims = [as_json(claim, facts.desk, rows=False) for claim in _claims(facts, tokens)]
    cited = {token.key for token in tokens if not token.scope and token.kind != "claim"}
    shown = [figure for key, figure in found.items() if _shown(figure, facts.line) or key in cited]
    sources = _Sources()
    figures = [_figures_table(shown, facts, sources)] if shown else []
    rows, kept = _row_tables(found, cited, sources), _kept(paper)
    annexes = [
        Chapter("", _t("FIGURES AND THEIR SOURCES"), "figures", pieces=figures),
        Chapter("", _t("ROWS BEHIND THE FIGURES OF THIS REPORT"), "rows", pieces=rows),
        Chapter("", _t("SOURCES"), "sources", pieces=sources.listed()),
        Chapter("", _t("NUMBERS KEPT AGAINST THE RECORD"), "kept", pieces=[kept] if kept else []),
    ]
    paper.annexes = [one for one in annexes if one.pieces]  # a page that says only that it is empty is not printed
    for at, one in enumerate(paper.annexes, start=1):
        one.number = rules.ROMAN[at]
    return paper


def _shown(figure: Figure, line: str) -> bool:
    """Whether the annex shows a figure that the text does not cite: those of the Office stand in its own only."""
    return figure.group != "reported" and (line == Line.ADMINISTRATION or figure.key.startswith("tasks"))


def _kept(paper: Paper) -> Piece | None:
    """What the text says against the record, each with the reason; None when it follows the record everywhere."""
    rows = [[_t("Row no."), _t("Section"), _t("In the text"), _t("In the record"), _t("Reason")]]
    for chapter in paper.chapters:
        kept = [span for piece in chapter.pieces for span in piece.spans if span.state == KEPT]
        rows += [[str(len(rows) + at), chapter.label, s.text, s.before, s.reason] for at, s in enumerate(kept)]
    return Piece("table", rows=rows) if len(rows) > 1 else None


def _claims(facts: Facts, tokens: Iterable[Token]) -> list[Claim]:
    """The claims that the text makes, then those worth saying beside them."""
    cited = [facts.claim(token.key) for token in tokens if token.kind == "claim"]
    found = {claim.spec.code: claim for claim in cited if claim is not None}
    for code, claim in list(facts.claims.items())[:PROPOSED]:
        found.setdefault(code, claim)
    return list(found.values())


def _as_json(figure: Figure, before: Figure | None, *, rows: bool) -> dict[str, Any]:
    return {
        **figure.as_json(rows=rows),
        "before": plain_number(before.value) if before else None,
        "source": source_of(figure),
    }


def _marks_told() -> Piece:
    """What the letters after a source say."""
    marks = "; ".join(f"{value}: {label}" for value, label in Mark.choices)
    return Piece("paragraph", [Span(_t("Letters say how well a source was verified: %(marks)s.") % {"marks": marks})])


def _runs(numbers: Iterable[int]) -> list[str]:
    """Numbers in order, those that follow each other as a range: 1, 3-5."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return [str(first) if first == last else f"{first}-{last}" for first, last in spans]


class _Sources:
    """The sources of a report, each written out once and called by its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def call(self, *sources: str) -> str:
        """The numbers of these sources: [1], [2, 5]."""
        found = [self.numbers.setdefault(one, len(self.numbers) + 1) for one in dict.fromkeys(sources) if one]
        return f"[{', '.join(_runs(found))}]" if found else ""

    def listed(self) -> list[Piece]:
        lines = "\n".join(f"[{number}] {source}" for source, number in self.numbers.items())
        return [_marks_told(), Piece("list", [Span(lines)])] if lines else []


def _figures_table(shown: Iterable[Figure], facts: Facts, sources: _Sources) -> Piece:
    years = [str(facts.year - 1)] if facts.before else []
    now = str(facts.year) if facts.whole_year else _t("Number")
    if years and not facts.whole_year:
        years = [_t("Same period of %(year)s") % {"year": facts.year - 1}]
    rows = [[_t("Row no."), _t("Figure"), *years, now, _t("Counted from"), _t("Source")]]
    for at, figure in enumerate(shown, start=1):
        then = facts.before.get(figure.key)
        earlier = [wording.value_of(then, in_text=False) if then else ""] if facts.before else []
        value = wording.value_of(figure, in_text=False)
        rows.append([str(at), figure.label, *earlier, value, _counted_from(figure), _sources_of(figure, sources)])
    return Piece("table", rows=rows, caption=_t("Computed at journal entry %(number)s") % {"number": last_number()})


def _counted_from(figure: Figure) -> str:
    """How a figure came about, and whether the record lacks anything for it."""
    if figure.basis == "published":
        words = _t("published count")
    else:
        words = _t("%(count)s rows") % {"count": wording.number(len(figure.rows))}
    lacks = f"; {_t('incomplete')}" if figure.missing and figure.value is None else ""
    return words + lacks


def _sources_of(figure: Figure, sources: _Sources) -> str:
    said = [one.source for one in figure.reported]
    called = sources.call(*(said if figure.basis == "published" else [row.source for row in figure.rows]))
    return f"{called} {figure.mark}".strip()


def _row_tables(found: dict[str, Figure], cited: set[str], sources: _Sources) -> list[Piece]:
    pieces: list[Piece] = []
    seen: set[tuple[Any, ...]] = set()
    for key, figure in found.items():
        identity = tuple((row.name, row.date) for row in figure.rows)
        if key not in cited or not figure.rows or identity in seen or figure.group == "reported":
            continue
        seen.add(identity)
        rows = [[_t("Row no."), _t("Name"), _t("Day"), _t("Source")]]
        for at, row in enumerate(figure.rows[:ANNEX_ROWS], start=1):
            rows.append([str(at), row.name, wording.days(row), f"{sources.call(row.source)} {row.mark}".strip()])
        value = wording.value_of(figure, in_text=False)
        pieces.append(Piece("table", rows=rows, caption=f"{figure.label}: {value}"))
        left = len(figure.rows) - ANNEX_ROWS
        if left > 0:
            words = _t("%(count)s more rows stand in the open data of this report.") % {"count": wording.number(left)}
            pieces.append(Piece("paragraph", [Span(words)]))
        if figure.missing:
            said = _t("What the record lacks: %(lacks)s.") % {"lacks": "; ".join(figure.missing)}
            pieces.append(Piece("paragraph", [Span(said)]))
    return pieces
