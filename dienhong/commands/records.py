"""`dienhong record ...` and `dienhong figures`: the public record, and the figures of a year or a term."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from dienhong.cli import Fault
from dienhong.commands import open_office, print_json
from dienhong.records.rules import plain_number

if TYPE_CHECKING:
    from dienhong.records.queries import Recomputed
    from dienhong.records.rules import Figure

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


@click.command()
@click.option("--year", type=click.IntRange(1946, 2200), help="The year, for example 2023.")
@click.option("--term", metavar="LABEL", help="A whole term instead, for example XV.")
@click.option("--key", default="", help="Only figures whose key begins so.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: key, label, value, rows, missing.")
@LANGUAGE
def figures(year: int | None, term: str | None, key: str, as_json: bool, language: str | None) -> None:
    """Print the figures of a year or a term, each with its rows and what the record lacks."""
    if (year is None) == (term is None):
        raise click.UsageError("say either --year or --term")
    open_office()
    from django.utils import translation

    from dienhong.foundation import clock
    from dienhong.people.models import Term
    from dienhong.records.figures import figures as all_figures
    from dienhong.records.queries import term_scope
    from dienhong.records.rules import year_scope

    today = clock.day_of(clock.now())
    try:
        scope = year_scope(year) if year is not None else term_scope(str(term), today)
    except Term.DoesNotExist as error:
        known = ", ".join(Term.objects.values_list("label", flat=True)) or "none"
        raise Fault(f"no term is called {term}; the register holds: {known}") from error
    with translation.override(language or translation.get_language()):
        found = [figure for figure in all_figures(scope, today) if figure.key.startswith(key)]
        if as_json:
            print_json([figure.as_json() for figure in found])
        else:
            _print_figures(scope.label, found)


def _print_figures(label: str, found: list[Figure]) -> None:
    click.echo(label)
    for figure in found:
        if figure.value is not None:
            value = f"{plain_number(figure.value)}{'%' if figure.share else ''}"
        elif figure.at_least:
            value = f"not known, at least {plain_number(figure.at_least)}"
        else:
            value = "not known"
        click.echo(f"{figure.label}: {value}  [{figure.key}, {len(figure.rows)} rows]")
        for line in figure.missing:
            click.echo(f"    {line}")
