"""`dienhong report ...`: the reports of the office as files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dienhong.cli import Fault
from dienhong.commands import open_office

if TYPE_CHECKING:
    from dienhong.reports.document import Paper

OUT = click.Path(dir_okay=False, path_type=Path)
WAYS = ("docx", "pdf", "json", "html", "csv", "pptx")
YEAR = click.argument("year", type=click.IntRange(1946, 2200))
HOW = (
    click.option("--docx", type=OUT, help="Word file in the layout of Nghị định 30/2020."),
    click.option("--pdf", type=OUT, help="PDF of the same."),
    click.option("--json", type=OUT, help="Open data: text, figures with rows, claims with proofs."),
    click.option("--html", type=OUT, help="Web page that stands alone."),
    click.option("--csv", type=OUT, help="Open data: figures and their rows."),
    click.option("--pptx", type=OUT, help="Picture report as slides."),
    click.option(
        "--line",
        type=click.Choice(["administration", "party", "union"]),
        default="administration",
        show_default=True,
        help="Whose report.",
    ),
    click.option(
        "--language",
        type=click.Choice(["vi", "en"]),
        default="vi",
        show_default=True,
        help="Language of a report nobody drafted.",
    ),
)


@click.group()
def report() -> None:
    """Write the reports of the office: DOCX, PDF, HTML, slides, open data."""


def _written(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what to write, and of which line."""
    for option in reversed(HOW):
        command = option(command)
    return command


@report.command()
@YEAR
@_written
def year(year: int, **how: Any) -> None:
    """The report of a year: as drafted or signed in this office, else what the record itself can say.

    Without any option only what would be written is told.
    """
    _report("year", year, "", **how)


@report.command()
@YEAR
@click.argument("half", type=click.IntRange(1, 2))
@_written
def half(year: int, half: int, **how: Any) -> None:
    """The six-month report: of the first (1) or the second (2) half of a year."""
    _report("half", year, str(half), **how)


@report.command()
@YEAR
@click.argument("quarter", type=click.IntRange(1, 4))
@_written
def quarter(year: int, quarter: int, **how: Any) -> None:
    """The report of a quarter of a year, 1 to 4."""
    _report("quarter", year, str(quarter), **how)


@report.command()
@YEAR
@click.argument("month", type=click.IntRange(1, 12))
@_written
def month(year: int, month: int, **how: Any) -> None:
    """The report of a month of a year, 1 to 12."""
    _report("month", year, str(month), **how)


class _Code(click.ParamType[str]):
    """A code in the form of a session (XV-6, XV-BT2) or of a term (XV), in capitals."""

    def __init__(self, name: str, form: str, example: str) -> None:
        self.name, self.form, self.example = name, re.compile(form), example

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        code = value.strip().upper()
        if not self.form.fullmatch(code):
            self.fail(f"{value!r} is no {self.name}; write it as {self.example}", param, ctx)
        return code


@report.command()
@click.argument("code", metavar="SESSION", type=_Code("session", r"[IVXLC]+-(BT)?\d{1,2}", "XV-6 or XV-BT2"))
@_written
def session(code: str, **how: Any) -> None:
    """The report of a session, named as XV-6, an extraordinary one as XV-BT2."""
    _report("session", None, code, **how)


@report.command()
@click.argument("code", metavar="TERM", type=_Code("term", r"[IVXLC]+", "XV"))
@_written
def term(code: str, **how: Any) -> None:
    """The report of a term, named as XV."""
    _report("term", None, code, **how)


def _report(kind: str, year: int | None, part: str, *, line: str, language: str, **outs: Path | None) -> None:
    """Write the report of a period in the ways asked for; how it goes is told on stderr, the sum on stdout."""
    open_office()
    from django.utils import translation

    from dienhong.foundation import clock
    from dienhong.foundation.refusal import Refusal
    from dienhong.reports.composing import drafted_paper, paper_of, stale, unproven
    from dienhong.reports.live import scope_of_period
    from dienhong.reports.models import Report
    from dienhong.reports.wording import names_of_period
    from dienhong.reports.writing import data

    today = clock.day_of(clock.now())
    with translation.override(language):
        try:
            year = year or scope_of_period(kind, 0, part, today).until.year
        except Refusal as refusal:
            raise click.UsageError(str(refusal)) from refusal
        name = names_of_period(kind, year, part)[0][language == "en"]
        found = Report.objects.filter(kind=kind, part=part, line=line).order_by("pk")
        kept = (found if kind in ("session", "term") else found.filter(year=year)).first()
        click.echo(f"Reading the record of {name} ...", err=True)
        carried = frozenset().union(*(data.CARRIED.get(way, ()) for way in WAYS if outs[way] is not None))
        if kept:
            paper = paper_of(kept, today, carried)
        else:
            paper = drafted_paper(year, today, line, carried, kind=kind, part=part)
        for way in WAYS:
            path = outs[way]
            if path is not None:
                click.echo(f"Writing {path} ...", err=True)
                _write(path, paper, way)
        state = f"the report in this office ({kept.get_state_display()})" if kept else "drafted from the record alone"
    lacking = sum(1 for chapter in paper.chapters for piece in chapter.pieces if piece.kind == "lack")
    said = f"{len(paper.live())} live places, {len(stale(paper))} changed, {len(unproven(paper))} not proven"
    click.echo(
        f"{name[0].upper()}{name[1:]}: {state}; {said}; {lacking} sections the record cannot fill; "
        f"journal entry {paper.journal}."
    )


def _write(path: Path, paper: Paper, way: str) -> None:
    """Write one way out; a folder that is not there or cannot be written is told."""
    import json

    from dienhong.reports.writing import data, page, slides
    from dienhong.reports.writing import paper as official
    from dienhong.texts.writing import NoFont

    makers: dict[str, Callable[[Paper], bytes]] = {
        "docx": official.to_docx,
        "pdf": official.to_pdf,
        "json": lambda p: json.dumps(data.to_data(p), ensure_ascii=False, indent=2).encode() + b"\n",
        "html": lambda p: page.to_html(p).encode(),
        "csv": lambda p: data.to_csv(p).encode("utf-8-sig"),
        "pptx": slides.to_pptx,
    }
    try:
        path.write_bytes(makers[way](paper))
    except (OSError, NoFont) as error:
        raise Fault(f"{path}: {error}") from error
