"""Putting a report together (lập báo cáo): the blocks of its sections, or what the record drafts, as one paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from dienhong.foundation.facts import Mark
from dienhong.foundation.journal.queries import last_number
from dienhong.people.queries import names_of_bodies
from dienhong.records.claims.checking import Claim
from dienhong.records.claims.giving import as_json
from dienhong.records.queries import in_language, vietnamese
from dienhong.records.rules import Figure, plain_number, year_scope
from dienhong.reports import absorbing, drafting, rules, wording
from dienhong.reports.document import HOLDS, OPEN, STALE, Chapter, Paper, Piece, Span, from_json
from dienhong.reports.live import Facts, scope_of_period, source_of
from dienhong.reports.models import Block, BlockVersion, Report, Section
from dienhong.reports.rules import Token

NATIONAL = "QUỐC HỘI"
OFFICE = "VĂN PHÒNG QUỐC HỘI"
#: Claims that the open data of a report holds beside those it cites.
PROPOSED = 40
#: Rows of one figure that the annex of rows prints; what is left out is said and stands in the open data.
ANNEX_ROWS = 200


def facts_of(report: Report, today: dt.date) -> Facts:
    """The record of a report's period."""
    scope = scope_of_period(report.kind, report.year, report.part, today)
    return Facts(scope=scope, year=report.year, today=today, line=report.line)


# -- from the record alone --------------------------------------------------------------------------------------------
def drafted_paper(year: int, today: dt.date, line: str = "administration") -> Paper:
    """The year report that the record itself can write, when nobody has drafted one."""
    facts = Facts(scope=year_scope(year), year=year, today=today, line=line)
    said, then = wording.period_names("year", year), wording.next_names("year", year)
    chapters = []
    for place in rules.layout(line, said, then):
        chapter = Chapter(place.number, in_language(place.vietnamese, place.english), place.key)
        if place.key:
            for at, one in enumerate(drafting.draft(place.key, facts)):
                chapter.pieces.append(_piece(one.kind, one.text, one.caption, facts, block=at))
            if not chapter.pieces:
                chapter.pieces.append(Piece("lack", [Span(drafting.lack(place.key, facts))]))
        chapters.append(chapter)
    title = title_of("year", said, then)
    return _finish(
        facts,
        Paper(
            language=language(),
            kind=_t("REPORT"),
            title=title,
            period=in_language(*said),
            issuer=[NATIONAL, OFFICE],
            number="Số:      /BC-VPQH",
            place_day=wording.place_and_day("Hà Nội", None, year),
            opening=[Piece("paragraph", [Span(_opening(in_language(*said), in_language(*then)))])],
            chapters=chapters,
            annexes=[],
            recipients=[],
            signer=[],
            name="",
            journal=last_number(),
            day=today.isoformat(),
        ),
    )


def title_of(kind: str, said: tuple[str, str], then: tuple[str, str]) -> str:
    """The title of a report: results of its period and the directions of the next."""
    words = {"said": in_language(*said), "then": in_language(*then)}
    return _t("Results of %(said)s and directions and tasks of %(then)s") % words


def _opening(said: str, then: str) -> str:
    return _t(
        "The Office of the National Assembly reports the results of its work in %(said)s and the directions and tasks "
        "of %(then)s as follows:"
    ) % {"said": said, "then": then}


def language() -> str:
    return "vi" if vietnamese() else (get_language() or "en")[:2]


# -- from a drafted report --------------------------------------------------------------------------------------------
def paper_of(report: Report, today: dt.date) -> Paper:
    """A report as it stands: the sealed paper once it is signed, else its blocks with the record of now."""
    seal = getattr(report, "seal", None)
    if seal is not None:
        paper = from_json(seal.paper)
        paper.sealed = seal.digest
        return paper
    return composed(report, facts_of(report, today), today)


def composed(report: Report, facts: Facts, today: dt.date) -> Paper:
    """The blocks of the report's sections with the record as it is now, in Vietnamese: the paper of the office is
    Vietnamese whoever reads it, and what its live places said does not change with the reader's language."""
    with translation.override("vi"):
        return _composed(report, facts, today)


def _composed(report: Report, facts: Facts, today: dt.date) -> Paper:
    said, then = wording.names_of(report)
    versions = current_versions(report.pk)
    chapters = [_chapter(section, versions.get(section.pk, []), facts) for section in report.sections.all()]
    name = names_of_bodies([report.body_id], report.until).get(report.body_id, OFFICE)
    paper = Paper(
        language=language(),
        kind=_t("REPORT"),
        title=report.title,
        period=in_language(*said),
        issuer=[NATIONAL, name.upper()] if report.line == "administration" else [name.upper()],
        number=f"Số: {report.number or '    '}/{report.symbol}",
        place_day=wording.place_and_day(report.place, report.signed_on, today.year),
        opening=[Piece("paragraph", [Span(_opening(in_language(*said), in_language(*then)))])],
        chapters=chapters,
        annexes=[],
        recipients=list(report.recipients),
        signer=[line for line in report.signer_post.upper().split("\n") if line],
        name=report.signer_name,
        journal=last_number(),
        day=(report.signed_on or today).isoformat(),
    )
    paper = _finish(facts, paper)
    paper.annexes += absorbing.annexes(report, len(paper.annexes))
    return paper


def current_versions(report_id: int) -> dict[int, list[tuple[Block, BlockVersion]]]:
    """The standing version of every block of a report, by section, in the order of the text."""
    blocks = list(Block.objects.filter(section__report_id=report_id, removed=False).order_by("order", "id"))
    rows = BlockVersion.objects.filter(block__in=blocks)
    versions = {(row.block_id, row.number): row for row in rows}
    found: dict[int, list[tuple[Block, BlockVersion]]] = {}
    for block in blocks:
        version = versions.get((block.pk, block.current))
        if version is not None:
            found.setdefault(block.section_id, []).append((block, version))
    return found


def _chapter(section: Section, versions: Sequence[tuple[Block, BlockVersion]], facts: Facts) -> Chapter:
    heading = in_language(section.heading, section.heading_english)
    chapter = Chapter(section.number, heading, section.key, section.pk)
    for block, version in versions:
        piece = _piece(block.kind, version.text, version.caption, facts, block=block.pk, accepted=version.values)
        piece.file = version.file
        chapter.pieces.append(piece)
    if section.key and not chapter.pieces:
        chapter.pieces.append(Piece("lack", [Span(drafting.lack(section.key, facts))]))
    return chapter


def _piece(
    kind: str, text: str, caption: str, facts: Facts, *, block: int = 0, accepted: dict[str, str] | None = None
) -> Piece:
    """A block's text as a piece, its live places filled."""
    piece = Piece(kind, caption=caption, block=block)
    alone = rules.tokens_of(text)
    if kind == "chart":
        piece.chart = facts.chart(alone[0]) if alone else {}
        if not piece.chart:
            return Piece("lack", [Span(_t("No chart can be drawn: the record holds no values."))], block=block)
        return piece
    if kind == "table" and len(alone) == 1 and alone[0].kind == "table" and text.strip() == str(alone[0]):
        piece.rows, label = facts.table(alone[0])
        piece.caption = caption or label
        return (
            piece if piece.rows else Piece("lack", [Span(_t("The record holds no rows for this table."))], block=block)
        )
    piece.spans = spans_of(text, facts, accepted)
    if kind == "table":
        piece.rows = [[_plain_number(cell) for cell in row] for row in rules.rows_of(piece.text)]
    return piece


def _plain_number(cell: str) -> str:
    """A cell without the leading 0 that only a text writes."""
    return cell[1:] if len(cell) == 2 and cell.isdigit() and cell[0] == "0" else cell


def _marks_told() -> Piece:
    """What the letters after a source say."""
    marks = "; ".join(f"{value}: {label}" for value, label in Mark.choices)
    return Piece("paragraph", [Span(_t("Letters say how well a source was verified: %(marks)s.") % {"marks": marks})])


def spans_of(text: str, facts: Facts, accepted: dict[str, str] | None = None) -> list[Span]:
    """The words of a text with its live places filled; one whose value is not the accepted one is stale."""
    found = []
    for part in rules.parts_of(text):
        if isinstance(part, str):
            found.append(Span(part))
            continue
        said = facts.say(part)
        before = (accepted or {}).get(str(part), said.value)
        state = STALE if before != said.value else said.state
        # what was accepted stays in the text until somebody takes the new value over
        words = before if state == STALE and before else said.words
        found.append(Span(words, str(part), state, said.source, said.words if state == STALE else ""))
    return found


# -- annexes ----------------------------------------------------------------------------------------------------------
def _finish(facts: Facts, paper: Paper) -> Paper:
    """The paper with its figures, what it cites, and the annexes."""
    found = facts.figures()
    tokens = [token for span in paper.live() for token in rules.tokens_of(span.token)]
    paper.cited = list(dict.fromkeys(str(token) for token in tokens))
    paper.figures = [_as_json(figure, facts.before.get(key)) for key, figure in found.items()]
    paper.claims = [as_json(claim, facts.desk, rows=False) for claim in _claims(facts, tokens)]
    cited = {token.key for token in tokens if not token.scope and token.kind != "claim"}
    shown = [figure for key, figure in found.items() if figure.group != "reported" or key in cited]
    sources = _Sources()
    table, rows = _figures_table(shown, facts, sources), _row_tables(found, cited, sources)
    paper.annexes = [
        Chapter("I", _t("FIGURES AND THEIR SOURCES"), "figures", pieces=[table]),
        Chapter("II", _t("ROWS BEHIND THE FIGURES OF THIS REPORT"), "rows", pieces=rows),
        Chapter("III", _t("SOURCES"), "sources", pieces=[_marks_told(), sources.listed()]),
    ]
    return paper


def _claims(facts: Facts, tokens: Iterable[Token]) -> list[Claim]:
    """The claims that the text makes, then those worth saying beside them."""
    cited = [facts.claim(token.key) for token in tokens if token.kind == "claim"]
    found = {claim.spec.code: claim for claim in cited if claim is not None}
    for code, claim in list(facts.claims.items())[:PROPOSED]:
        found.setdefault(code, claim)
    return list(found.values())


def _as_json(figure: Figure, before: Figure | None) -> dict[str, Any]:
    return {**figure.as_json(), "before": plain_number(before.value) if before else None, "source": source_of(figure)}


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

    def listed(self) -> Piece:
        lines = "\n".join(f"[{number}] {source}" for source, number in self.numbers.items())
        return Piece("list", [Span(lines)]) if lines else Piece("lack", [Span(_t("No row names a source."))])


def _figures_table(shown: Iterable[Figure], facts: Facts, sources: _Sources) -> Piece:
    years = [str(facts.year - 1)] if facts.before else []
    now = str(facts.year) if facts.whole_year else _t("Number")
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
    lacks = f"; {_t('see “What the record lacks” of this figure')}" if figure.missing and figure.value is None else ""
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
    return pieces or [Piece("lack", [Span(_t("The text cites no figure with rows."))])]


def stale(paper: Paper) -> list[Span]:
    """The live places whose value changed since it was accepted."""
    return [span for span in paper.live() if span.state == STALE]


def unproven(paper: Paper) -> list[Span]:
    """The live places that the record does not prove."""
    return [span for span in paper.live() if span.state == OPEN]


__all__ = ["HOLDS", "Token", "composed", "drafted_paper", "facts_of", "paper_of", "stale", "unproven"]
