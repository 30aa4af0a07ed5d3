"""`dienhong figures` and `dienhong claims`: what a year, a session or a term comes to, and what can be said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from dienhong.cli import Fault
from dienhong.commands import open_office, print_json
from dienhong.records.rules import plain_number

if TYPE_CHECKING:
    from dienhong.records.claims.checking import Desk
    from dienhong.records.claims.proposing import Proposal
    from dienhong.records.claims.texts import Written
    from dienhong.records.rules import Figure, Scope

HERE = "command line"  # whoever runs it sits at the office's own machine
LANGUAGE = click.option("--language", type=click.Choice(["vi", "en"]), help="Language of labels and sentences.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON: values, rows, proofs, what is missing.")
TIMES = (
    click.option("--year", type=click.IntRange(1946, 2200), help="The year, for example 2023."),
    click.option("--half", type=click.IntRange(1, 2), help="A half of the year."),
    click.option("--quarter", type=click.IntRange(1, 4), help="A quarter of the year."),
    click.option("--month", type=click.IntRange(1, 12), help="A month of the year."),
    click.option("--session", "session_", metavar="CODE", help="A session, for example XV-6 or XV-BT2."),
    click.option("--term", metavar="LABEL", help="A whole term, for example XV."),
)


def of_a_time(command: Callable[..., None]) -> Callable[..., None]:
    """The options that name one stretch of time."""
    for option in reversed(TIMES):
        command = option(command)
    return command


def code_of(times: dict[str, Any]) -> str:
    """The code of the scope that these options name. Raises UsageError when they name none or several."""
    year, parts = times["year"], [key for key in ("half", "quarter", "month") if times[key] is not None]
    if parts and (year is None or len(parts) > 1):
        raise click.UsageError("say --year with one of --half, --quarter, --month")
    if sum(times[key] is not None for key in ("year", "session_", "term")) != 1:
        raise click.UsageError("say one of --year, --term, --session")
    if parts:
        letter = {"half": "H{}", "quarter": "Q{}", "month": "{:02}"}[parts[0]]
        return f"{year}-{letter.format(times[parts[0]])}"
    return str(year if year is not None else times["session_"] or times["term"])


def _scope(times: dict[str, Any]) -> tuple[Scope, dt.date]:
    from dienhong.foundation import clock
    from dienhong.foundation.refusal import Refusal
    from dienhong.records.scopes import scope_of
    from dienhong.records.shelf import shelf

    today = clock.day_of(clock.now())
    try:
        scope = scope_of(code_of(times), today, shelf())
    except Refusal as refusal:
        raise Fault(str(refusal)) from refusal
    for flag, kind in (("session_", "session"), ("term", "term")):
        if times[flag] is not None and scope.kind != kind:
            raise Fault(f"{times[flag]} is no {kind}")
    return scope, today


@click.command()
@of_a_time
@click.option("--body", metavar="NAME", help="Only what this body did, by its code or name.")
@click.option("--key", default="", help="Only figures whose key begins so.")
@JSON
@LANGUAGE
def figures(body: str | None, key: str, as_json: bool, language: str | None, **times: Any) -> None:
    """Print the figures of a year, a part of it, a session or a term, each with its rows and what the record lacks."""
    code_of(times)
    open_office()
    from django.utils import translation

    from dienhong.foundation.access.actor import keeper
    from dienhong.records.figures import figures as all_figures
    from dienhong.records.figures import sight_of

    with translation.override(language or translation.get_language()):
        scope, today = _scope(times)
        if body is not None:
            scope = _of_body(scope, body, today)
        found = [
            figure for figure in all_figures(scope, today, sight_of(keeper(HERE), today)) if figure.key.startswith(key)
        ]
        if as_json:
            print_json([figure.as_json() for figure in found])
        else:
            _print_figures(scope.label, found)


def _of_body(scope: Scope, name: str, today: dt.date) -> Scope:
    """The scope narrowed to what one body did. Raises Fault when none or several are called so."""
    from django.utils import translation

    from dienhong.foundation.folding import fold
    from dienhong.people.models import Body
    from dienhong.people.queries import names_of_bodies
    from dienhong.records.scopes import of_body

    names: dict[int, str] = {}
    known: dict[int, set[str]] = {}
    for language in ("en", "vi"):
        with translation.override(language):
            names = dict(names_of_bodies(Body.objects.values_list("pk", flat=True), min(scope.until, today)))
        for key, said in names.items():
            known.setdefault(key, set()).add(fold(said))
    exact = [key for key, said in known.items() if fold(name) in said]
    found = exact or [key for key, said in known.items() if any(fold(name) in one for one in said)]
    if len(found) != 1:
        some = "; ".join(sorted(names[key] for key in found)[:8])
        raise Fault(f"{len(found)} bodies are called “{name}”" + (f": {some}" if some else ""))
    return of_body(scope, found[0], Body.objects.get(pk=found[0]).code)


def _print_figures(label: str, found: list[Figure]) -> None:
    click.echo(label)
    for figure in found:
        if figure.value is not None:
            value = f"{plain_number(figure.value)}{'%' if figure.share else ''}"
            if figure.percent_of_whole is not None:
                value += f" of {plain_number(figure.out_of)} ({figure.percent_of_whole}%)"
        elif figure.at_least:
            value = f"not known, at least {plain_number(figure.at_least)}"
        else:
            value = "not known"
        click.echo(f"{figure.label}: {value}  [{figure.key}, {len(figure.rows)} rows]")
        for line in figure.missing:
            click.echo(f"    {line}")


@click.command()
@of_a_time
@click.option("--verdict", type=click.Choice(["proved", "contradicted", "not_proven"]), help="Only these.")
@click.option("--top", type=click.IntRange(1), help="Only so many, the most surprising first.")
@JSON
@LANGUAGE
def claims(verdict: str | None, top: int | None, as_json: bool, language: str | None, **times: Any) -> None:
    """Print what can be said of a year, a session or a term: every claim with its verdict, its sum and its rows."""
    code_of(times)
    open_office()
    from django.utils import translation

    from dienhong.foundation.access.actor import keeper
    from dienhong.records.claims.checking import Desk
    from dienhong.records.claims.proposing import propose
    from dienhong.records.claims.texts import written
    from dienhong.records.figures import sight_of

    with translation.override(language or translation.get_language()):
        scope, today = _scope(times)
        desk = Desk(today, sight=sight_of(keeper(HERE), today))
        texts = [one for one in written(scope, today, desk.hash, desk.sight) if verdict in (None, str(one.verdict))]
        found = [p for p in propose(scope, today, desk.hash, desk.sight) if verdict in (None, str(p.claim.verdict))][
            :top
        ]
        if as_json:
            print_json(_as_json(scope, found, texts, desk))
        else:
            _print_claims(scope, found, texts, desk)


def _as_json(scope: Scope, found: list[Proposal], texts: list[Written], desk: Desk) -> dict[str, Any]:
    from dienhong.foundation.journal.queries import last_number
    from dienhong.records.claims.giving import as_json

    return {
        "scope": scope.label,
        "since": scope.since.isoformat(),
        "until": scope.until.isoformat(),
        "entry": last_number(),
        "claims": [as_json(p.claim, desk, weight=p.weight) | {"topic": p.topic, "why": p.why} for p in found],
        "written": [
            {
                "text": one.text.text,
                "stated_by": one.text.stated_by,
                "source": one.text.source,
                "verdict": str(one.verdict),
                "why": one.why,
                "claim": as_json(one.claim, desk) if one.claim else None,
            }
            for one in texts
        ],
    }


def _print_claims(scope: Scope, found: list[Proposal], texts: list[Written], desk: Desk) -> None:
    from dienhong.records.claims.giving import settlement
    from dienhong.records.claims.telling import proof, sentence, verdict_name

    click.echo(scope.label)
    for one in texts:
        click.echo(f"[{verdict_name(one.verdict)}] “{one.text.text}”")
        click.echo(f"    {proof(one.claim, desk.rows) if one.claim else one.why or one.text.source}")
    for proposal in found:
        claim = proposal.claim
        click.echo(f"[{verdict_name(claim.verdict)}] {sentence(claim, desk.rows)}")
        click.echo(f"    {proof(claim, desk.rows)}")
        for line in claim.missing[:3]:
            click.echo(f"    - {line}")
        decided = settlement(claim.spec.code)
        if decided is not None:
            click.echo(f"    => {decided.get_choice_display()}: {decided.wording} ({decided.by}: {decided.reason})")
