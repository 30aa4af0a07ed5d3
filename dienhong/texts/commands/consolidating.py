"""`dienhong text consolidate BASE AMENDING...`: a law with its amending laws applied, as of a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from dienhong.texts.commands.understanding import instruction_row, print_json, read_file

_OUT = click.Path(dir_okay=False, path_type=Path)


class Day(click.ParamType[dt.date]):
    """This day, written as 2021-01-31 or 31/01/2021."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return dt.datetime.strptime(value, form).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
        raise click.BadParameter(f"{value!r} is not a date such as 2021-01-31 or 31/01/2021", ctx, param)


@click.command()
@click.argument("base", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("amending", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-of", type=Day(), help="The law as it stood on this day.")
@click.option("--in-force", multiple=True, metavar="NUMBER=DATE", help="When a law takes effect that does not say it.")
@click.option("--history", metavar="ID", help="Print the history of one unit, such as art_22__para_1a.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--docx", type=_OUT, help="Write the layout of a VBHN-VPQH document.")
@click.option("--pdf", type=_OUT)
@click.option("--html", type=_OUT)
@click.option("--akn", type=_OUT)
@click.option("--txt", type=_OUT)
def consolidate(
    base: Path,
    amending: tuple[Path, ...],
    as_of: dt.date | None,
    in_force: tuple[str, ...],
    history: str | None,
    as_json: bool,
    **outputs: Path | None,
) -> None:
    """Apply AMENDING laws to BASE. Lists what was applied, and what a person must settle."""
    from dienhong.texts.consolidating.timeline import Timeline

    dates = dict(_in_force(entry) for entry in in_force)
    timeline = Timeline.of(read_file(base), [read_file(path) for path in amending], dates)
    if history is not None:
        _print_history(timeline, history, as_json)
        return
    result = timeline.as_of(as_of)
    for kind, path in outputs.items():
        if path is not None:
            _write(kind, path, result)
    if as_json:
        print_json(_as_json(result))
    else:
        _print(result)


def _in_force(entry: str) -> tuple[str, dt.date]:
    number, _, day = entry.rpartition("=")
    if not number:
        raise click.BadParameter(f"{entry!r} is not NUMBER=DATE")
    return number, Day().convert(day, None, None)


def _write(kind: str, path: Path, result: Any) -> None:
    """Write the text out; paper in the layout of the Office's consolidated documents."""
    from dienhong.texts.commands.outputs import save, written

    save(path, written(result.text, kind, layout="consolidated", introduction=result.introduction, on=result.as_of))


def _as_json(result: Any) -> dict[str, Any]:
    from dienhong.texts.commands.reading import text_as_json

    return {
        "as_of": result.as_of,
        "remarks": result.remarks,
        "introduction": result.introduction,
        "applied": [instruction_row(a.instruction) | {"node": a.node_id, "remark": a.remark} for a in result.applied],
        "unsettled": [instruction_row(o.instruction) | {"why": o.reason} for o in result.unsettled],
        "later": [instruction_row(i) for i in result.later],
        "text": text_as_json(result.text),
    }


def _print(result: Any) -> None:
    for remark in result.remarks:
        click.echo(f"note: {remark}")
    for a in result.applied:
        row = instruction_row(a.instruction)
        remark = f" ({a.remark})" if a.remark else ""
        where = f"{row['place']} [{a.instruction.amending}]"
        click.echo(f"  {where}: {row['action']} {row['provision']} -> {a.node_id}{remark}")
    for i in result.later:
        row = instruction_row(i)
        click.echo(f"  later, from {row['effective']}: {row['place']}: {row['action']} {row['provision']}")
    for o in result.unsettled:
        row = instruction_row(o.instruction)
        click.echo(f"? {row['place']} [{o.instruction.amending}]: {row['action']} {row['provision']}: {o.reason}")
    day = f" as of {result.as_of}" if result.as_of else ""
    click.echo(
        f"{len(result.applied)} applied, {len(result.later)} later, {len(result.unsettled)} for a person to settle{day}"
    )


def _print_history(timeline: Any, node_id: str, as_json: bool) -> None:
    rows = []
    for change in timeline.history(node_id):
        row = instruction_row(change.applied.instruction)
        before, after = change.applied.before, change.applied.after
        rows.append(
            {
                "date": change.date,
                "law": change.applied.instruction.amending,
                "place": row["place"],
                "action": row["action"],
                "node": change.applied.node_id,
                "before": _words(before),
                "after": _words(after),
            }
        )
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['date'] or '?'}  {row['action']} {row['node']} by {row['place']} of {row['law']}")
        click.echo(f"  before: {row['before']}")
        click.echo(f"  after:  {row['after']}")
    if not rows:
        click.echo(f"{node_id} was not changed")


def _words(node: Any) -> str:
    from dienhong.texts.consolidating.footnotes import printed

    return printed(node) if node is not None else ""
