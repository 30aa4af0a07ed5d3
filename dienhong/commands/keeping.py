"""`dienhong backup OUT` and `dienhong restore IN`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from dienhong.cli import Fault
from dienhong.commands import open_office, print_json

_MB = 1024 * 1024


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def backup(out: Path, as_json: bool) -> None:
    """Write the whole office into one file: database, stored files, and a manifest. The office may go on working."""
    open_office()
    from django.db.utils import DatabaseError

    from dienhong.foundation import clock
    from dienhong.foundation.refusal import Refusal
    from dienhong.keeping.databases import CannotKeep
    from dienhong.keeping.office import back_up

    try:
        manifest = back_up(out, at=clock.machine_now())
    except (CannotKeep, Refusal, OSError, DatabaseError) as error:
        raise Fault(f"no backup was written: {error}") from error
    if as_json:
        print_json(asdict(manifest) | {"out": str(out)})
        return
    click.echo(
        f"{out}: journal up to entry {manifest.entries}, database {manifest.database_bytes / _MB:.1f} MB, "
        f"{manifest.files} files of {manifest.files_bytes / _MB:.1f} MB."
    )
    click.echo("The secret key of the office is not in it: keep that elsewhere.")


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Put it in the place of the office that is here.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def restore(source: Path, force: bool, as_json: bool) -> None:
    """Put back the office that a backup holds, and verify it: journal, counts, every file. Stop the office first."""
    open_office()
    from django.db.utils import DatabaseError

    from dienhong.foundation.refusal import Refusal
    from dienhong.keeping.archive import BadBackup
    from dienhong.keeping.databases import CannotKeep
    from dienhong.keeping.office import put_back

    try:
        done = put_back(source, force=force)
    except (BadBackup, CannotKeep, Refusal, OSError, DatabaseError) as error:
        raise Fault(f"not put back: {error}") from error
    if as_json:
        print_json(asdict(done.manifest) | {"notes": done.notes})
        return
    manifest = done.manifest
    click.echo(f"Put back and verified: {manifest.entries} entries of the journal, {manifest.files} files.")
    for note in done.notes:
        click.echo(f"Note: {note}")
