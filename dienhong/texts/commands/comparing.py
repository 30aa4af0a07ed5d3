"""`dienhong text compare`: two texts side by side, as a summary, JSON, HTML, DOCX or PDF."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dienhong.cli import Fault
from dienhong.texts import comparing
from dienhong.texts.comparing.comparison import Comparison, Side
from dienhong.texts.comparing.summary import Summary
from dienhong.texts.comparing.tables import Table, table_of
from dienhong.texts.comparing.third import (
    Lines,
    UnknownProvisions,
    UnreadableNotes,
    notes_by_id,
    notes_of,
    text_by_id,
)
from dienhong.texts.reading import Unreadable, read
from dienhong.texts.tree import Kind, Text

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command("compare")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--json", "as_values", is_flag=True, help="Print every difference as JSON.")
@click.option("--html", type=OUT, help="Write the table as a page that stands alone.")
@click.option("--docx", type=OUT, help="Write the table as DOCX, landscape A4.")
@click.option("--pdf", type=OUT, help="Write the table as PDF, landscape A4.")
@click.option("--third", type=FILE, help="Third column: notes (.json, .csv: provision and note) or a third text.")
@click.option("--level", type=click.Choice(["article", "clause"]), default="clause", help="What one row shows.")
@click.option("--all", "everything", is_flag=True, help="Show what is the same, too.")
@click.option("--words", is_flag=True, help="Leave out differences of writing (signs, capitals, hoà and hòa).")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", help="Language of headings and summary.")
def compare(
    old: Path,
    new: Path,
    as_values: bool,
    html: Path | None,
    docx: Path | None,
    pdf: Path | None,
    third: Path | None,
    level: str,
    everything: bool,
    words: bool,
    language: str,
) -> None:
    """Compare two texts: OLD and NEW may be in any format that `text parse` reads.

    Prints a summary and one line for each provision that differs; with --json all marks.
    """
    before, after = _read(old), _read(new)
    comparison = comparing.compare(before, after)
    side, texts, notes = _third(third, comparison, after)
    kind = Kind.ARTICLE if level == "article" else Kind.CLAUSE
    table = table_of(
        comparison,
        level=kind,
        language=language,
        only_changes=not everything,
        writing=not words,
        third=side,
        third_texts=texts,
        third_notes=notes,
    )
    _write(table, html, docx, pdf)
    if as_values:
        from dienhong.texts.comparing.to_json import as_json

        click.echo(json.dumps(as_json(comparison, everything=everything), ensure_ascii=False, indent=1))
    else:
        click.echo(Summary(comparison).sentence(language))
        _tell(table, with_rows=not (html or docx or pdf))


def _tell(table: Table, *, with_rows: bool) -> None:
    """Say what is to be noted of this table, and its rows where no file holds them."""
    for note in table.notes:
        click.echo(note, err=True)
    for row in table.rows if with_rows else ():
        click.echo(f"{row.cite}: {row.note}")


def _read(path: Path) -> Text:
    try:
        return read(path)
    except Unreadable as error:
        raise Fault(f"{path}: {error}") from error


def _third(
    third: Path | None, comparison: Comparison, after: Text
) -> tuple[Side | None, dict[str, Lines], dict[str, Lines]]:
    """The head of the third column, and its texts or its notes."""
    if third is None:
        return None, {}, {}
    if third.suffix.lower() not in {".json", ".csv"}:
        text = _read(third)
        date = text.date.isoformat() if text.date else ""
        side = Side(text.number or text.title or third.name, text.title if text.number else "", date)
        return side, text_by_id(after, text), {}
    try:
        notes = notes_of(third.read_text(encoding="utf-8-sig"), third.suffix.lower())
        return Side("", "", ""), {}, notes_by_id(comparison, notes)
    except UnicodeDecodeError as error:
        raise Fault(f"{third}: not UTF-8") from error
    except UnreadableNotes as error:
        raise Fault(f"{third}: {error}") from error
    except UnknownProvisions as error:
        raise Fault(f"{third}: in neither text: {error}") from error


def _write(table: Table, html: Path | None, docx: Path | None, pdf: Path | None) -> None:
    """Write the files asked for; the libraries are loaded only then."""
    try:
        if html:
            from dienhong.texts.comparing.to_html import page

            html.write_text(page(table), encoding="utf-8")
        if docx:
            from dienhong.texts.comparing.to_docx import write_docx

            write_docx(table, docx)
        if pdf:
            from dienhong.texts.comparing.to_pdf import write_pdf

            write_pdf(table, pdf)
    except OSError as error:
        raise Fault(f"{error.filename}: {error.strerror}") from error
