"""`dienhong record ...`: the public record and the check of its votes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from dienhong.cli import Fault
from dienhong.commands import open_office, print_json
from dienhong.records.rules import plain_number

if TYPE_CHECKING:
    from dienhong.records.queries import Recomputed

LANGUAGE = click.option("--language", type=click.Choice(["vi", "en"]), help="Language of labels and sentences.")


@click.group()
def record() -> None:
    """Load the public record and check its published votes."""


@record.command()
def load() -> None:
    """Load the public record: sessions, meetings, votes, laws, bodies. Safe to repeat."""
    open_office()
    from dienhong.demo.public_record import load_record
    from dienhong.demo.reading import DataFault
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.refusal import Refusal

    try:
        added = load_record(actor=keeper("record"), at=clock.now(), tell=click.echo)
    except (Refusal, DataFault) as error:
        raise Fault(str(error)) from error
    click.echo(f"The public record is loaded: {added} rows added." if added else "The public record was already there.")


@record.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@LANGUAGE
def check(as_json: bool, language: str | None) -> None:
    """Recompute every published vote; exit status 1 when one differs from what was published."""
    open_office()
    from django.utils import translation

    from dienhong.records.queries import published_votes

    with translation.override(language or translation.get_language()):
        rows = published_votes()
        if as_json:
            print_json([_vote(row) for row in rows])
        else:
            _print_check(rows)
    sys.exit(1 if any(row.outcome == "differs" for row in rows) else 0)


def _vote(row: Recomputed) -> dict[str, Any]:
    return {
        "date": row.day.isoformat() if row.day else None,
        "session": row.session,
        "kind": row.kind,
        "question": row.question,
        "for": row.for_count,
        "deputies": row.base,
        "deputies_from_published_share": row.base_from_share,
        "needed": row.needed,
        "carried": row.carried,
        "published_percent": plain_number(row.published),
        "recomputed_percent": plain_number(row.recomputed),
        "outcome": row.outcome,
        "why": list(row.why),
        "mark": row.mark,
        "source": row.source,
    }


def _print_check(rows: list[Recomputed]) -> None:
    for row in rows:
        day = row.day.isoformat() if row.day else "    -     "
        shares = f"{row.published if row.published is not None else '-':>6} {row.recomputed or '-':>6}"
        star = "*" if row.base_from_share else " "
        why = f" ({'; '.join(row.why)})" if row.outcome == "cannot be recomputed" else ""
        click.echo(f"{day}  {shares}  of {row.base or '-':>3}{star}  {row.outcome}{why}  {row.question[:70]}")
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.outcome] = counts.get(row.outcome, 0) + 1
    published = sum(1 for row in rows if row.published is not None)
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    click.echo(f"{len(rows)} published votes, {published} with a published share: {said}")
    click.echo("* the total of deputies was found from the published share itself; see each note")
