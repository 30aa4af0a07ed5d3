"""Pages of reports: the list, the sheet with its margin, what a unit owes, two versions side by side, the files."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _t

from dienhong.desks.door import Visit
from dienhong.desks.report.links import lead_pieces, led
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.journal.kept import Kept
from dienhong.people.queries import names_of_bodies, names_of_posts
from dienhong.records.queries import in_language
from dienhong.reports import rights
from dienhong.reports.composing import (
    current_versions,
    facts_of,
    lacking,
    paper_of,
    pieces_offered,
    stale,
    unproven,
)
from dienhong.reports.document import Paper
from dienhong.reports.models import (
    OWED,
    Approval,
    Block,
    BlockVersion,
    Comment,
    Conference,
    Contribution,
    ContributionState,
    Report,
    ReportState,
    Section,
)
from dienhong.reports.queries import contributions_of, holds, waiting_step
from dienhong.reports.rules import tokens_of
from dienhong.reports.tracing import changed_since_signing
from dienhong.reports.wording import names_of
from dienhong.reports.writing import charts, data, page, slides
from dienhong.reports.writing import paper as official
from dienhong.texts.comparing.words import Lexicon, Marker
from dienhong.work.rights import lines_seen

#: way -> (what it is, its media type, how it is made)
WAYS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", official.to_docx),
    "pdf": ("application/pdf", official.to_pdf),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", slides.to_pptx),
    "json": ("application/json", lambda p: json.dumps(data.to_data(p), ensure_ascii=False, indent=2).encode()),
    "csv": ("text/csv; charset=utf-8", lambda p: data.to_csv(p).encode("utf-8-sig")),
    "html": ("text/html; charset=utf-8", lambda p: page.to_html(p).encode()),
}


def may_enter(request: HttpRequest) -> bool:
    """Whether the desk stands in this person's rail."""
    visit = cast("Visit", request)
    return may(visit.actor, rights.SEE, on=visit.day).allowed


def read(request: Visit, report_id: int) -> Report:
    """The report, when this person may read it: of a line they see."""
    require(request.actor, rights.SEE, at=request.at)
    report = get_object_or_404(Report.objects.select_related("body"), pk=report_id)
    rights.require_line(request.actor, report.line, request.at)
    return report


def home(request: Visit) -> HttpResponse:
    """The reports that this person may read, and what their units still owe."""
    require(request.actor, rights.SEE, at=request.at)
    seen = lines_seen(request.actor, request.day) if not request.actor.keeper else None
    reports = list(Report.objects.all() if seen is None else Report.objects.filter(line__in=seen))
    progress = _progress(reports, request.day)
    return render(
        request,
        "report/home.html",
        {
            "reports": [(report, progress[report.pk]) for report in reports],
            "asked": asked_of(request),
            "merge": may(request.actor, rights.MERGE, on=request.day),
        },
    )


def _progress(reports: Sequence[Report], day: dt.date) -> dict[int, tuple[int, int, int]]:
    """Of each report how many contributions are accepted, of how many, and how many are late."""
    rows: dict[int, list[Contribution]] = {report.pk: [] for report in reports}
    for row in Contribution.objects.filter(section__report__in=reports).select_related("section"):
        rows[row.section.report_id].append(row)
    return {report.pk: _progress_of(report, rows[report.pk], day) for report in reports}


def _progress_of(report: Report, rows: Sequence[Contribution], day: dt.date) -> tuple[int, int, int]:
    late = sum(bool(days_late(row, day)) for row in rows) if report.open else 0
    return sum(row.state == ContributionState.ACCEPTED for row in rows), len(rows), late


def days_late(row: Contribution, day: dt.date) -> int:
    """By how many days a contribution that is still owed is late, 0 when it is not."""
    return (day - row.due).days if row.state in OWED and row.due < day else 0


def asked_of(request: Visit) -> list[tuple[Contribution, str, int]]:
    """What the units of this person are asked to write: the unit's name, how many days it is late."""
    rows = list(contributions_of(request.actor.person_id, request.day))
    names = names_of_bodies([row.unit_id for row in rows], request.day)
    return [(row, names.get(row.unit_id, ""), days_late(row, request.day)) for row in rows]


def sheet(request: Visit, report_id: int) -> HttpResponse:
    """The report as a sheet between its outline and its margin."""
    report = read(request, report_id)
    paper = led(report, request.day)
    sections = list(report.sections.all())
    contributions = list(Contribution.objects.filter(section__report=report))
    step = waiting_step(report)
    versions = [version for rows in current_versions(report.pk).values() for _block, version in rows]
    writes = (
        {s.pk for s in sections if rights.may_write(request.actor, s, request.day).allowed} if report.open else set()
    )
    return render(
        request,
        "report/sheet.html",
        {
            "report": report,
            "paper": paper,
            "attached": _attached(paper),
            "period": in_language(*names_of(report)[0]),
            "outline": _outline(paper, sections, contributions, request.day),
            "writes": writes,
            "notes": _notes(paper),
            "comments": Comment.objects.filter(section__report=report, done=False).select_related("section"),
            "asides": _asides(report),
            "empty": lacking(paper) if report.open else [],
            "progress": _progress_of(report, contributions, request.day),
            "drift": len(changed_since_signing(report, paper, request.day)) if paper.sealed else 0,
            "counts": (len(paper.live()), len(stale(paper)), len(unproven(paper))),
            "merge": may(request.actor, rights.MERGE, on=request.day),
            "sign": may(request.actor, rights.SIGN, on=request.day),
            "step": step,
            "approvals": _approvals(report),
            "my_turn": bool(step and (request.actor.keeper or holds(request.actor, step.post_id, request.day))),
            "last_saved": max((version.at for version in versions), default=None),
            "ways": list(WAYS),
            "conference": Conference.objects.filter(report=report).first(),
            "confer": may(request.actor, rights.CONFER, on=request.day),
        },
    )


def _outline(
    paper: Paper, sections: Sequence[Section], contributions: Sequence[Contribution], day: dt.date
) -> list[tuple[Section, str, str, str]]:
    """Each section with its number in the paper (they move up where one is left out), its unit, how it stands."""
    numbers = {chapter.section: chapter.number for chapter in paper.chapters}
    names = names_of_bodies([s.body_id for s in sections if s.body_id], day)
    return [
        (
            section,
            numbers.get(section.pk, "–"),
            names.get(section.body_id or 0, ""),
            _standing([row for row in contributions if row.section_id == section.pk]),
        )
        for section in sections
    ]


def _approvals(report: Report) -> list[tuple[Approval, str]]:
    """What those who approve have said, the newest round first, and whom the report still waits for: with the post."""
    rows = list(report.approvals.order_by("-round", "order"))
    waits = rows[0].round if rows and report.state == ReportState.SUBMITTED else 0
    shown = [row for row in rows if row.decision or row.round == waits]
    names = names_of_posts(row.post_id for row in shown)
    return [(row, names[row.post_id]) for row in shown]


def _attached(paper: Paper) -> str:
    """What the sheet says under the name of an annex, in the language of the paper."""
    with translation.override(paper.language):
        return official.attached(paper)


def _standing(rows: list[Contribution]) -> str:
    """How the contributions to a section stand, in a word or as "2 of 4"."""
    if not rows:
        return ""
    done = sum(row.state == ContributionState.ACCEPTED for row in rows)
    if len(rows) == 1:
        return str(rows[0].get_state_display())
    return _t("%(done)s of %(all)s") % {"done": done, "all": len(rows)}


def _notes(paper: Paper) -> list[dict[str, Any]]:
    """What the margin says of live places: those that changed and those not proven, each once a block."""
    found: list[dict[str, Any]] = []
    for chapter in paper.chapters:
        for piece in chapter.pieces:
            noted = [span for span in piece.spans if span.token and span.state in ("stale", "kept", "open")]
            found += [
                {"span": span, "block": piece.block, "section": chapter, "first": not at}
                for at, span in enumerate(noted)
            ]
    return found


def _asides(report: Report) -> list[BlockVersion]:
    """Texts kept aside because somebody else was quicker, newer than what stands."""
    rows = BlockVersion.objects.filter(block__section__report=report, aside=True).select_related("block__section")
    return [row for row in rows if row.number > row.block.current]


def section(request: Visit, section_id: int) -> HttpResponse:
    """One section: who writes it, its contributions, its blocks, what is said in its margin."""
    row = get_object_or_404(Section.objects.select_related("report"), pk=section_id)
    report = read(request, row.report_id)
    contributions = list(row.contributions.all())
    names = names_of_bodies([c.unit_id for c in contributions] + ([row.body_id] if row.body_id else []), request.day)
    hands = {
        c.pk: may(request.actor, rights.WRITE, on=request.day, within=rights.reach(c.unit_id, request.day)).allowed
        for c in contributions
    }
    chapter = next((c for c in led(report, request.day).chapters if c.section == row.pk), None)
    waiting = [c for c in contributions if c.state != ContributionState.ACCEPTED] if report.open else []
    facts = facts_of(report, request.day) if waiting else None
    offered = [(c, names.get(c.unit_id, ""), pieces_offered(c.pk, facts)) for c in waiting if facts]
    lead_pieces([piece for one in offered for piece in one[2]], report, request.day)
    return render(
        request,
        "report/section.html",
        {
            "report": report,
            "section": row,
            "chapter": chapter,
            "unit": names.get(row.body_id or 0, ""),
            "contributions": [
                (c, names.get(c.unit_id, ""), hands[c.pk], days_late(c, request.day)) for c in contributions
            ],
            "comments": row.comments.all(),
            "offered": [one for one in offered if one[2]],
            "removed": _removed(row),
            "write": rights.may_write(request.actor, row, request.day),
            "merge": may(request.actor, rights.MERGE, on=request.day),
        },
    )


def _removed(section: Section) -> list[tuple[Block, BlockVersion]]:
    """The blocks of a section that were taken out, with the words that they had."""
    blocks = list(section.blocks.filter(removed=True))
    rows = BlockVersion.objects.filter(block__in=blocks)
    kept = {(row.block_id, row.number): row for row in rows}
    return [(block, kept[block.pk, block.current]) for block in blocks]


def versions(request: Visit, block_id: int) -> HttpResponse:
    """Two versions of a block with what came and went, word by word."""
    block = get_object_or_404(Block.objects.select_related("section"), pk=block_id)
    report = read(request, block.section.report_id)
    rows = {row.number: row for row in block.versions.all()}
    new = rows.get(_number(request, "new", block.last), rows[block.last])
    old = rows.get(_number(request, "old", new.base or max(1, new.number - 1)), rows[min(rows)])
    marked = list(Marker(Lexicon()).mark(old.text, new.text))
    context = {"report": report, "written": block, "rows": reversed(rows.values()), "old": old, "new": new}
    return render(
        request,
        "report/versions.html",
        {**context, "marked": marked, "write": rights.may_write(request.actor, block.section, request.day)},
    )


def _number(request: Visit, name: str, usual: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() else usual


def out(request: Visit, report_id: int, way: str) -> HttpResponse:
    """The report as a file."""
    report = read(request, report_id)
    if way not in WAYS:
        raise Http404
    kind, make = WAYS[way]
    name = "-".join(
        part for part in ("bao-cao", str(report.year), report.kind, report.part.lower(), report.line) if part
    )
    carried = data.CARRIED.get(way, ())
    content = _files.get((report.pk, way, request.day), lambda: make(paper_of(report, request.day, carried)))
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{way}"'
    return answer


_files: Kept[bytes] = Kept(8)  # the same file for everyone who asks


def pictures(request: Visit, report_id: int) -> HttpResponse:
    """The picture report on the whole screen, one slide at a time."""
    report = read(request, report_id)
    shown = slides.slides(paper_of(report, request.day))
    at = min(max(1, _number(request, "at", 1)), len(shown))
    slide = shown[at - 1]
    context = {"report": report, "slide": slide, "at": at, "count": len(shown), "before": at - 1, "after": at + 1}
    return render(request, "report/pictures.html", {**context, "chart": _chart_key(slide.chart) if slide.chart else ""})


def _chart_key(values: dict[str, Any]) -> str:
    """The name by which a page asks for the drawing of a chart."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def chart(request: Visit, report_id: int, block: int) -> HttpResponse:
    """The drawing of one chart of the report."""
    report = read(request, report_id)
    for piece in paper_of(report, request.day).pieces():
        if piece.kind == "chart" and piece.chart and piece.block == block:
            return HttpResponse(charts.png(piece.chart), content_type="image/png")
    row = get_object_or_404(Block, pk=block, section__report=report, contribution__isnull=False)
    text = row.versions.values_list("text", flat=True).get(number=row.current)  # what a unit wrote, not accepted yet
    return _drawn(report, text, request.day)


def chart_of_slide(request: Visit, report_id: int, key: str) -> HttpResponse:
    """The drawing of the chart of one slide."""
    report = read(request, report_id)
    for slide in slides.slides(paper_of(report, request.day)):
        if slide.chart and _chart_key(slide.chart) == key:
            return HttpResponse(charts.png(slide.chart, dark=True), content_type="image/png")
    raise Http404


def drawn(request: Visit, report_id: int) -> HttpResponse:
    """The drawing of a chart that a writer may put into the text."""
    return _drawn(read(request, report_id), request.GET.get("token", ""), request.day)


def _drawn(report: Report, text: str, day: dt.date) -> HttpResponse:
    token = next(iter(tokens_of(text)), None)
    with translation.override("vi"):
        values = facts_of(report, day).chart(token) if token and token.kind == "chart" else {}
    if not values:
        raise Http404
    return HttpResponse(charts.png(values), content_type="image/png")


def photograph(request: Visit, report_id: int, digest: str) -> HttpResponse:
    """A picture that a version of this report holds."""
    report = read(request, report_id)
    if not BlockVersion.objects.filter(block__section__report=report, file=digest).exists():
        raise Http404
    content = official.photograph(digest)
    kind = "image/jpeg" if content.startswith(b"\xff\xd8") else "image/png"
    return HttpResponse(content, content_type=kind)
