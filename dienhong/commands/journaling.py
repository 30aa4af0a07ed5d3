"""`dienhong journal ...`: read and check the journal."""

from __future__ import annotations

import sys

import click

from dienhong.cli import Fault
from dienhong.commands import open_office, print_json


@click.group()
def journal() -> None:
    """Read and check the journal."""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--expect", metavar="NUMBER:HASH", help="Check that this entry still has this hash.")
def verify(as_json: bool, expect: str | None) -> None:
    """Check every entry; name each one that was altered, removed, inserted or is listed under other topics."""
    open_office()
    from dienhong.foundation.journal import queries
    from dienhong.foundation.journal.models import Entry

    found = [{"number": b.number, "fault": b.fault} for b in queries.breaks()]
    if expect:
        number, _colon, hash_ = expect.partition(":")
        if not number.isdigit():
            raise click.UsageError("--expect wants NUMBER:HASH")
        entry = Entry.objects.filter(pk=int(number)).first()
        if entry is None or entry.hash != hash_:
            found.append({"number": int(number), "fault": "not as expected"})
    last = queries.last_number()
    if as_json:
        print_json({"entries": last, "holds": not found, "breaks": found})
    elif found:
        for row in found:
            click.echo(f"entry {row['number']}: {row['fault']}", err=True)
    else:
        click.echo(f"The journal holds: {last} entries.")
    sys.exit(1 if found else 0)


@journal.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--kind", default="", help='Only this concept ("polls") or kind ("polls.PollOpened").')
@click.option("--last", default=20, show_default=True, type=click.IntRange(1))
def list_entries(as_json: bool, kind: str, last: int) -> None:
    """Print the newest entries as sentences."""
    open_office()
    from dienhong.foundation.journal import queries

    rows = queries.told(queries.entries(kind=kind)[:last])
    if as_json:
        print_json(
            [
                {"number": r.number, "at": r.at.isoformat(), "kind": r.kind, "says": r.sentence, "hash": r.hash}
                for r in rows
            ]
        )
        return
    for row in rows:
        click.echo(f"{row.number:>7}  {row.at:%d/%m/%Y %H:%M:%S}  {row.sentence}")


@journal.command()
def head() -> None:
    """Print NUMBER:HASH of the newest entry, to be noted outside the office."""
    open_office()
    from dienhong.foundation.journal.models import Head

    row = Head.objects.filter(pk=1).first()
    if row is None:
        raise Fault("this office has no journal yet: run dienhong migrate")
    click.echo(f"{row.number}:{row.hash}")
