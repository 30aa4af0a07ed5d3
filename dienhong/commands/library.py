"""`dienhong library add|list|search`: the library of law texts from the console."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dienhong.cli import Fault
from dienhong.commands import open_office, print_json


@click.group()
def library() -> None:
    """The library of law texts."""


@library.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--seal", is_flag=True, help="Seal each version, keeping as printed what is doubtful.")
@click.option("--source", default="", help="Where the texts were read.")
@click.option("--json", "as_json", is_flag=True, help="Print a row for each file as JSON.")
def add(files: tuple[Path, ...], seal: bool, source: str, as_json: bool) -> None:
    """Bring FILES, and everything in folders among them, into the library. One that cannot be read stops nothing."""
    open_office()
    rows = [_add(path, seal, source) for path in _each(files)]
    failed = [row for row in rows if row["error"]]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            said = row["error"] or f"{row['work']}: {row['label']}, {row['articles']} articles, {row['doubts']} doubts"
            click.echo(f"{'!' if row['error'] else ' '} {row['file']}: {said}", err=bool(row["error"]))
        click.echo(f"{len(rows) - len(failed)} brought in, {len(failed)} refused")
    if failed:
        raise Fault(f"{len(failed)} of {len(rows)} files were refused")


def _each(files: tuple[Path, ...]) -> list[Path]:
    found: list[Path] = []
    for path in files:
        found += sorted(inner for inner in path.rglob("*") if inner.is_file()) if path.is_dir() else [path]
    return found


def _add(path: Path, seal: bool, source: str) -> dict[str, Any]:
    from django.db import transaction

    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.refusal import Refusal
    from dienhong.texts.actions import seal_version, upload_text
    from dienhong.texts.intake import take_in

    actor, at = keeper("command line"), clock.now()
    row: dict[str, Any] = {"file": str(path), "error": ""}
    try:
        intake = take_in(path.read_bytes(), path.name)
        with transaction.atomic():
            version = upload_text(actor=actor, intake=intake, source=source, at=at)
            if seal:
                version = seal_version(actor=actor, version_id=version.pk, accept_doubts=True, at=at)
    except (Refusal, OSError) as error:
        return {**row, "error": str(error)}
    said = {"work": version.work.title, "number": version.work.number, "uri": version.work.uri}
    counts = {"articles": version.articles, "doubts": version.doubts.count()}
    return {**row, **said, "id": version.pk, "label": version.label, "sealed": version.sealed, **counts}


@library.command("list")
@click.option("--kind", default="", help="Only works of this kind: law, code, resolution, bill …")
@click.option("--year", type=int, help="Only works of this year.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_works(kind: str, year: int | None, as_json: bool) -> None:
    """List the works of the library."""
    open_office()
    from dienhong.texts import queries

    rows: list[dict[str, Any]] = [
        {
            "id": work.pk,
            "uri": work.uri,
            "kind": work.kind,
            "number": work.number,
            "title": work.title,
            "date": work.date,
            "effective_on": work.effective_on,
            "versions": [
                {"id": v.pk, "label": v.label, "as_of": v.as_of, "sealed": v.sealed, "digest": v.digest}
                for v in queries.versions_of(work.pk)
            ],
        }
        for work in queries.works(kind=kind, year=year)
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']:>5}  {row['number'] or '–':18} {row['title']}  ({len(row['versions'])})")


@library.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, help="So many answers at most.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search the library for WORDS: words, “phrases”, a number, or a provision such as "điều 5 luật viễn thông"."""
    open_office()
    from dienhong.texts.searching import search as find

    found = find(" ".join(words))
    jumps = [_answer(jump.row, jump.work) for jump in found.jumps]
    hits = [
        {**_answer(hit.row, hit.work), "excerpt": "".join(piece for piece, _ in hit.excerpt), "score": hit.score}
        for hit in found.hits[:limit]
    ]
    if as_json:
        works = [{"id": work.pk, "number": work.number, "title": work.title} for work in found.works]
        print_json({"named": jumps, "works": works, "answers": hits})
        return
    for row in jumps:
        click.echo(f"= {row['provision']}  [{row['number'] or row['title']}]")
    for work in found.works:
        click.echo(f"# {work.number or '–'}  {work.title}")
    for row in hits:
        click.echo(f"  {row['provision']}  [{row['number'] or row['title']}]\n    {row['excerpt']}")
    if not (jumps or hits or found.works):
        click.echo("Nothing was found.")


def _answer(row: Any, work: Any) -> dict[str, Any]:
    provision = f"{row.label} {row.heading}".strip()
    where = {"work": work.pk, "number": work.number, "title": work.title, "version": row.version_id, "eid": row.eid}
    return {"provision": provision, **where}
