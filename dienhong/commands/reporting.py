"""`dienhong report ...`: the reports of the office as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dienhong.cli import Fault
from dienhong.commands import open_office

if TYPE_CHECKING:
    from dienhong.reports.document import Paper

OUT = click.Path(dir_okay=False, path_type=Path)
WAYS = ("docx", "pdf", "json", "html", "csv", "pptx")


@click.group()
def report() -> None:
    """Write the reports of the office: DOCX, PDF, HTML, slides, open data."""


@report.command()
@click.argument("year", type=click.IntRange(1946, 2200))
@click.option("--docx", type=OUT, help="Word file in the layout of Nghị định 30/2020.")
@click.option("--pdf", type=OUT, help="PDF of the same.")
@click.option("--json", type=OUT, help="Open data: text, figures with rows, claims with proofs.")
@click.option("--html", type=OUT, help="Web page that stands alone.")
@click.option("--csv", type=OUT, help="Open data: figures and their rows.")
@click.option("--pptx", type=OUT, help="Picture report as slides.")
@click.option("--line", type=click.Choice(["administration", "party", "union"]), default="administration")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", help="Language of a report nobody drafted.")
def year(year: int, line: str, language: str, **outs: Path | None) -> None:
    """The report of a year: as drafted or signed in this office, else what the record itself can say.

    Without any option only what would be written is told.
    """
    open_office()
    from django.utils import translation

    from dienhong.foundation import clock
    from dienhong.reports.composing import drafted_paper, paper_of, stale, unproven
    from dienhong.reports.models import Report
    from dienhong.reports.writing import data

    today = clock.day_of(clock.now())
    with translation.override(language):
        kept = Report.objects.filter(kind="year", year=year, line=line).order_by("pk").first()
        click.echo(f"Reading the record of {year} ...", err=True)
        carried = frozenset().union(*(data.CARRIED.get(way, ()) for way in WAYS if outs[way] is not None))
        paper = paper_of(kept, today, carried) if kept else drafted_paper(year, today, line, carried)
        for way in WAYS:
            path = outs[way]
            if path is not None:
                click.echo(f"Writing {path} ...", err=True)
                _write(path, paper, way)
    state = f"the report in this office ({kept.get_state_display()})" if kept else "drafted from the record alone"
    lacking = sum(1 for chapter in paper.chapters for piece in chapter.pieces if piece.kind == "lack")
    said = f"{len(paper.live())} live places, {len(stale(paper))} changed, {len(unproven(paper))} not proven"
    click.echo(
        f"Year {year}: {state}; {said}; {lacking} sections the record cannot fill; journal entry {paper.journal}."
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
