"""`dienhong letters ...`: send what waits in the outbox, and say how it stands."""

from __future__ import annotations

import signal
import threading
from typing import Any

import click

from dienhong.cli import Fault
from dienhong.commands import open_office, print_json


@click.group()
def letters() -> None:
    """Send what waits in the outbox, and say how it stands."""


@letters.command()
@click.option("--watch", is_flag=True, help="Go on sending until told to end (SIGTERM).")
def send(watch: bool) -> None:
    """Send the letters that wait, each once. Exit status 1 when the mail server is away or a letter failed for good.

    The serving process does this by itself unless DIENHONG_MAIL_SENDER is `command`; both at once do no harm.
    """
    open_office()
    from dienhong.foundation.letters import sending
    from dienhong.foundation.letters.actions import may_post
    from dienhong.foundation.letters.postman import Postman

    if not may_post():
        raise Fault("this office has no mail server: set DIENHONG_EMAIL_URL")
    if watch:
        postman = Postman()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: postman.close())
        thread = threading.Thread(target=postman.run, name="postman")
        thread.start()
        thread.join()
        return
    done = sending.send_waiting()
    sending.forget_old()
    click.echo(f"{done.sent} left, {done.failed} failed for good, {done.later} to be tried again")
    if done.away:
        raise Fault(f"the mail server takes no letters: {done.away}")
    if done.failed:
        raise Fault(f"{done.failed} letters failed for good; the page of the outbox says why")


@letters.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(as_json: bool) -> None:
    """List the letters that wait or failed, without their words."""
    open_office()
    from dienhong.foundation.letters import queries

    rows: list[dict[str, Any]] = [
        {
            "id": row.pk, "purpose": row.purpose, "about": row.about, "to": row.to, "state": row.state,
            "posted_at": row.posted_at, "tries": row.tries, "next_try": row.next_try, "fault": row.fault,
            "words": row.fault_words, "perhaps_twice": row.perhaps_twice,
        }
        for row in queries.letters().filter(state__in=queries.STATES_OPEN).order_by("id")
    ]  # fmt: skip
    if as_json:
        print_json(rows)
        return
    for row in rows:
        why = " ".join(part for part in (row["fault"], row["words"]) if part)
        click.echo(f"{row['id']:>6}  {row['state']:<8} {row['purpose']:<20} {row['to']:<32} {why}")
    click.echo(f"{len(rows)} letters have not left")
