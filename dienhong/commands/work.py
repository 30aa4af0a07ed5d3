"""`dienhong work ...`: reminders once a day, and the workload in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dienhong.commands import open_office, print_json

if TYPE_CHECKING:
    import datetime as dt

    from dienhong.work.workload import Load


@click.group()
def work() -> None:
    """Send reminders, count the workload."""


@work.command()
@click.option("--dry-run", is_flag=True, help="Say who would be reminded of what, send and write nothing.")
def remind(dry_run: bool) -> None:
    """Add the recurring tasks whose time has come, and remind everyone of what is due and of what their unit is to
    write for a report, by the rulebook: in the office and, where there is an address, by e-mail.

    Once a day for each person, whatever how often it is called: run it every morning. Letters are put into the outbox
    and leave from there: by the serving process, or by `dienhong letters send`.
    """
    open_office()
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.letters import queries as outbox
    from dienhong.people.models import Person
    from dienhong.reports import queries as reports
    from dienhong.reports import reminding
    from dienhong.work import queries

    at = clock.now()
    if not dry_run:
        _renew(at)
    tasks = {one.person_id: one for one in queries.to_remind(clock.day_of(at))}
    asked = reports.to_tell(clock.day_of(at))
    people = Person.objects.select_related("account").in_bulk(tasks.keys() | asked.keys())
    reminded = 0
    for key in sorted(people):
        person, contributions = people[key], asked.get(key, [])
        digest = tasks.get(key) or queries.ToRemind(key, (), ())
        words = f"{len(digest.own)} own, {len(digest.led)} in charge, {len(contributions)} to write"
        click.echo(f"{person.full_name}: {words}")
        if dry_run:
            continue
        reminded += reminding.remind(
            actor=keeper("remind"), person=person, digest=digest, contributions=contributions, at=at
        )
    click.echo(f"{reminded} reminded; {outbox.standing().waiting} letters wait in the outbox")


def _renew(at: dt.datetime) -> None:
    """Add the occurrences of recurring tasks whose time has come."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.work import actions, queries

    made = 0
    for task in queries.to_renew(clock.day_of(at)):
        made += len(actions.renew_task(actor=keeper("remind"), task_id=task.pk, at=at))
    click.echo(f"{made} recurring tasks added")


@work.command()
@click.option("--year", type=click.IntRange(1946, 2200), help="The year; without it, this one.")
@click.option("--by", "field", type=click.Choice(["unit", "person"]), default="unit", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def load(year: int | None, field: str, as_json: bool) -> None:
    """Print who carries how much in a year beside the year before, and who is overloaded next month."""
    open_office()
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.work import workload

    day: dt.date = clock.day_of(clock.now())
    actor = keeper("load")
    year = year or day.year
    rows = workload.by(actor, "lead_body" if field == "unit" else "lead_person", year, day)
    over = workload.overloaded(actor, day)
    if as_json:
        print_json({
            "year": year, "day": day.isoformat(), "by": field, "rows": [row.as_json() for row in rows],
            "months": [{"month": m, "due": now, "due_year_before": before}
                       for m, now, before in workload.by_month(actor, year, day)],
            "median_days": workload.median_all(actor, year, day),
            "overloaded_next_month": [{"id": o.person_id, "name": o.name, "tasks": o.count} for o in over],
        })  # fmt: skip
        return
    _print(rows)
    for one in over:
        click.echo(f"overloaded next month: {one.name}, {one.count} tasks (more than {one.most})")


def _print(rows: list[Load]) -> None:
    click.echo("  due before  done  late  over  days")
    for row in rows:
        days = "-" if row.median is None else row.median
        click.echo(f"{row.due:5} {row.due_before:6} {row.done:5} {row.late:5} {row.overdue:5} {days:>5}  {row.name}")
