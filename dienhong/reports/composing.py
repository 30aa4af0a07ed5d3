"""Putting a report together (lập báo cáo): the blocks of its sections, or what the record drafts, as one paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from dienhong.foundation.journal.kept import Kept
from dienhong.foundation.journal.queries import last_number
from dienhong.people.models import BodyKind
from dienhong.people.queries import bodies_on, names_of_bodies
from dienhong.records.queries import in_language, vietnamese
from dienhong.reports import absorbing, drafting, rules, wording
from dienhong.reports.annexing import DATA, finish
from dienhong.reports.document import HOLDS, KEPT, OPEN, STALE, Chapter, Paper, Piece, Span, from_json
from dienhong.reports.live import Facts, scope_of_period
from dienhong.reports.models import Block, BlockVersion, KeptValue, Report, Seal, Section
from dienhong.reports.queries import standing_blocks
from dienhong.reports.rules import Token
from dienhong.work.models import Line

NATIONAL = "QUỐC HỘI"
OFFICE = "VĂN PHÒNG QUỐC HỘI"
#: Party documents end their symbol in another way than those of the administration.
SYMBOLS = {Line.ADMINISTRATION: "BC-VPQH", Line.PARTY: "BC/ĐU", Line.UNION: "BC-CĐVPQH"}


def facts_of(report: Report, today: dt.date) -> Facts:
    """The record of a report's period."""
    scope = scope_of_period(report.kind, report.year, report.part, today)
    return Facts(scope=scope, year=report.year, today=today, line=report.line)


# -- from the record alone --------------------------------------------------------------------------------------------
def drafted_paper(
    year: int, today: dt.date, line: str = "administration", data: Collection[str] = DATA, *, kind: str = "year",
    part: str = "",
) -> Paper:  # fmt: skip
    """The report that the record itself can write of a period, when nobody has drafted one.

    Raises the refusal of records for a session or term that nothing is called by.
    """
    facts = Facts(scope=scope_of_period(kind, year, part, today), year=year, today=today, line=line)
    said, then = wording.names_of_period(kind, year, part)
    work = wording.work_of_period(kind, year, part)
    issuer, name = _issuer(line, facts.scope.until)
    paper = Paper(
        language=language(),
        kind=_t("REPORT"),
        title=title_of(work, then),
        period=in_language(*said),
        issuer=issuer,
        number=_numbered("", SYMBOLS[Line(line)], line),
        line=line,
        body=name,
        place_day=wording.place_and_day("Hà Nội", None, min(year, today.year)),
        opening=[Piece("paragraph", [Span(_opening(name, work, then))])],
        chapters=[_drafted(place, facts) for place in rules.layout(line, work, then)],
        annexes=[],
        recipients=[],
        signer=[],
        name="",
        journal=last_number(),
        day=today.isoformat(),
    )
    return finish(facts, paper, data)


def _drafted(place: rules.Place, facts: Facts) -> Chapter:
    """A Part or a section with what the record drafts for it."""
    chapter = Chapter(place.number, in_language(place.vietnamese, place.english), place.key)
    if place.key:
        for at, one in enumerate(drafting.draft(place.key, facts)):
            chapter.pieces.append(_piece(one.kind, one.text, one.caption, facts, block=at))
        if not chapter.pieces:
            chapter.pieces.append(Piece("lack", [Span(drafting.lack(place.key, facts))]))
    return chapter


#: The kind of body whose report each line is, where it is not the Office's own.
REPORTING = {Line.PARTY: BodyKind.PARTY, Line.UNION: BodyKind.UNION}


def _issuer(line: str, on: dt.date) -> tuple[list[str], str]:
    """Who issues a report of this line that nobody drafted: the lines of the heading, and the name in a sentence. Of
    the Party and the union it is the body of that kind in the register, where there is one."""
    found = bodies_on(on, kinds=[REPORTING[Line(line)]]) if line != Line.ADMINISTRATION else []
    if found:
        return [found[0].name.upper()], found[0].name
    national, office = ("NATIONAL ASSEMBLY", "OFFICE OF THE NATIONAL ASSEMBLY")
    return [in_language(NATIONAL, national), in_language(OFFICE, office)], _t("The Office of the National Assembly")


def title_of(said: tuple[str, str], then: tuple[str, str]) -> str:
    """The title of a report: results of the work of its period and the directions of the next."""
    words = {"said": in_language(*said), "then": in_language(*then)}
    return _t("Results of %(said)s and directions and tasks of %(then)s") % words


def _opening(name: str, said: tuple[str, str], then: tuple[str, str]) -> str:
    """The sentence that opens a report: who reports on what."""
    words = {"name": name, "said": in_language(*said), "then": in_language(*then)}
    return (
        _t("%(name)s reports the results of work in %(said)s and the directions and tasks of %(then)s as follows:")
        % words
    )


def language() -> str:
    return "vi" if vietnamese() else (get_language() or "en")[:2]


_papers: Kept[Paper] = Kept(16)  # every page of a report shows the same one


# -- from a drafted report --------------------------------------------------------------------------------------------
def paper_of(report: Report, today: dt.date, data: Collection[str] = ()) -> Paper:
    """A report as it stands: the sealed paper once it is signed, else its blocks with the record of now.

    `data` is what it carries beside what is printed (`annexing.DATA`); a sealed paper carries all of it. Readers share
    the paper of a state of the journal: nobody changes what it says.
    """
    digest = Seal.objects.filter(report=report).values_list("digest", flat=True).first()
    if digest is not None:
        return _papers.get((report.pk, digest), lambda: _sealed(report))
    asked = (report.pk, today, frozenset(data))
    return _papers.get(asked, lambda: composed(report, facts_of(report, today), today, data))


def _sealed(report: Report) -> Paper:
    """The paper as it was signed."""
    seal = Seal.objects.get(report=report)
    paper = from_json(seal.paper)
    paper.sealed = seal.digest
    return paper


def composed(report: Report, facts: Facts, today: dt.date, data: Collection[str] = DATA) -> Paper:
    """The blocks of the report's sections with the record as it is now, in Vietnamese: the paper of the office is
    Vietnamese whoever reads it, and what its live places said does not change with the reader's language."""
    with translation.override("vi"):
        return _composed(report, facts, today, data)


def _composed(report: Report, facts: Facts, today: dt.date, data: Collection[str]) -> Paper:
    said, then = wording.names_of(report)
    work = wording.work_of_period(report.kind, report.year, report.part)
    chapters, left_out = _chapters(report, facts)
    name = names_of_bodies([report.body_id], report.until).get(report.body_id, OFFICE)
    paper = Paper(
        language=language(),
        kind=_t("REPORT"),
        title=report.title,
        period=in_language(*said),
        issuer=[NATIONAL, name.upper()] if report.line == "administration" else [name.upper()],
        number=_number(report),
        line=report.line,
        body=name,
        place_day=wording.place_and_day(report.place, report.signed_on, today.year),
        opening=[Piece("paragraph", [Span(_opening(name, work, then))])],
        chapters=chapters,
        annexes=[],
        recipients=list(report.recipients),
        signer=[line for line in report.signer_post.upper().split("\n") if line],
        name=report.signer_name,
        journal=last_number(),
        day=(report.signed_on or today).isoformat(),
        left_out=[[section.heading, section.left_out] for section in left_out],
    )
    paper = finish(facts, paper, data)
    paper.annexes += absorbing.annexes(report, len(paper.annexes))
    return paper


def _number(report: Report) -> str:
    """Number and symbol as the line writes them: Số: 01/BC-VPQH, and of the Party's papers Số 01-BC/ĐU."""
    return _numbered(report.number, report.symbol, report.line)


def _numbered(number: str, symbol: str, line: str) -> str:
    number = number or "    "
    said = in_language("Số", "No.")
    return f"{said} {number}-{symbol}" if line == Line.PARTY else f"{in_language('Số:', 'No.')} {number}/{symbol}"


def _chapters(report: Report, facts: Facts) -> tuple[list[Chapter], list[Section]]:
    """The Parts and sections that are printed, numbered anew where one is left out; and those left out."""
    versions, kept = current_versions(report.pk), _kept_values(report.pk)
    chapters: list[Chapter] = []
    left_out: list[Section] = []
    parts = place = 0
    for section in report.sections.all():
        if section.left_out:
            left_out.append(section)
            continue
        chapter = _chapter(section, versions.get(section.pk, []), facts, kept)
        if not section.key:
            if chapters and not chapters[-1].key:  # a Part of which nothing is printed
                chapters.pop()
                parts -= 1
            parts, place = parts + 1, 0
            chapter.number = rules.ROMAN[parts]
        else:
            place += 1
            chapter.number = str(place)
        chapters.append(chapter)
    if chapters and not chapters[-1].key:
        chapters.pop()
    return chapters, left_out


def _kept_values(report_id: int) -> dict[tuple[int, str], KeptValue]:
    """The newest decision to keep a number, by block and live place."""
    rows = KeptValue.objects.filter(block__section__report_id=report_id).order_by("pk")
    return {(row.block_id, row.token): row for row in rows}


def current_versions(report_id: int) -> dict[int, list[tuple[Block, BlockVersion]]]:
    """The standing version of every block of the text, by section, in its order: what units wrote and nobody accepted
    yet is not among them."""
    return _by_section(list(standing_blocks(report_id).order_by("order", "id")))


def offered_versions(contribution_id: int) -> list[tuple[Block, BlockVersion]]:
    """What a unit wrote for a section, in its order."""
    blocks = Block.objects.filter(contribution_id=contribution_id, removed=False).order_by("order", "id")
    return [pair for pairs in _by_section(list(blocks)).values() for pair in pairs]


def pieces_offered(contribution_id: int, facts: Facts) -> list[Piece]:
    """What a unit wrote, as it would stand in the paper: in Vietnamese, its live places filled."""
    with translation.override("vi"):
        return [_of_version(block, version, facts, {}) for block, version in offered_versions(contribution_id)]


def piece_of(kind: str, text: str, facts: Facts) -> Piece:
    """A text that nobody saved yet, as it would stand in the paper."""
    return _piece(kind, text, "", facts)


def _by_section(blocks: Sequence[Block]) -> dict[int, list[tuple[Block, BlockVersion]]]:
    rows = BlockVersion.objects.filter(block__in=blocks)
    versions = {(row.block_id, row.number): row for row in rows}
    found: dict[int, list[tuple[Block, BlockVersion]]] = {}
    for block in blocks:
        version = versions.get((block.pk, block.current))
        if version is not None:
            found.setdefault(block.section_id, []).append((block, version))
    return found


def _of_version(block: Block, version: BlockVersion, facts: Facts, kept: Mapping[tuple[int, str], KeptValue]) -> Piece:
    """A version as a piece of the paper; a number kept with a reason is not stale."""
    piece = _piece(block.kind, version.text, version.caption, facts, block=block.pk, accepted=version.values)
    piece.file = version.file
    for span in piece.spans:
        row = kept.get((block.pk, span.token)) if span.state == STALE else None
        if row is not None and (row.text, row.now) == (span.text, span.before):
            span.state, span.reason = KEPT, row.reason
    return piece


def _chapter(
    section: Section,
    versions: Sequence[tuple[Block, BlockVersion]],
    facts: Facts,
    kept: Mapping[tuple[int, str], KeptValue],
) -> Chapter:
    heading = in_language(section.heading, section.heading_english)
    chapter = Chapter(section.number, heading, section.key, section.pk)
    chapter.pieces += [_of_version(block, version, facts, kept) for block, version in versions]
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


def words_of(token: Token, value: str) -> str:
    """What a kept value prints: that of a claim begins with its verdict, which no paper says."""
    return value.partition(": ")[2] if token.kind == "claim" else value


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
        words = words_of(part, before) if state == STALE and before else said.words
        found.append(Span(words, str(part), state, said.source, said.words if state == STALE else ""))
    return found


def stale(paper: Paper) -> list[Span]:
    """The live places whose value changed since it was accepted."""
    return [span for span in paper.live() if span.state == STALE]


def lacking(paper: Paper) -> list[Chapter]:
    """The sections that say nothing, or of which a table or a chart stays empty."""
    return [chapter for chapter in paper.chapters if any(piece.kind == "lack" for piece in chapter.pieces)]


def unproven(paper: Paper) -> list[Span]:
    """The live places that the record does not prove."""
    return [span for span in paper.live() if span.state == OPEN]


__all__ = ["HOLDS", "Token", "composed", "drafted_paper", "facts_of", "lacking", "paper_of", "stale", "unproven"]
