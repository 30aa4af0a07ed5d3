"""`dienhong demo load`: the public record with synthetic people and a session day."""

from __future__ import annotations

import os

import click

from dienhong.cli import Fault
from dienhong.commands import open_office


@click.group()
def demo() -> None:
    """Load the demonstration."""


@demo.command()
def load() -> None:
    """Load the demonstration: the public record, synthetic people, a session day. Safe to repeat."""
    asked = os.environ.setdefault("DIENHONG_DEMO", "")
    os.environ["DIENHONG_DEMO"] = asked or "1"
    open_office()
    from django.conf import settings

    from dienhong.demo.loading import load_demonstration
    from dienhong.demo.reading import DataFault
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.refusal import Refusal

    if not settings.DEMO:
        raise Fault("DIENHONG_DEMO=0 says that this office is no demonstration: nothing was loaded")
    try:
        brought = load_demonstration(actor=keeper("demo"), tell=click.echo)
    except (Refusal, DataFault) as error:
        raise Fault(str(error)) from error
    click.echo("The demonstration is loaded." if brought else "The demonstration was already there.")
    if asked != "1":
        click.echo("Serve it with DIENHONG_DEMO=1, so that its personas can sign in.")
