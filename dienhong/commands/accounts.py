"""`dienhong account create`: the first account of an empty office, made on its own machine."""

from __future__ import annotations

import sys

import click

from dienhong.cli import Fault
from dienhong.commands import open_office


@click.group()
def account() -> None:
    """Accounts to sign in with."""


@account.command()
@click.argument("username")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--email", default="", help="For links to choose a new password.")
@click.option("--keeper", "is_keeper", is_flag=True, help="A keeper of the system, who may give the other accounts.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def create(username: str, name: str, email: str, is_keeper: bool, password_stdin: bool) -> None:
    """Make an account with a password. Everything is journaled."""
    open_office()
    from django.db import transaction

    from dienhong.foundation import clock
    from dienhong.foundation.access.actions import create_account, give_password
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.refusal import Refusal

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    actor, at = keeper("command line"), clock.now()
    try:
        with transaction.atomic():  # a password that is too weak leaves no account behind
            made = create_account(actor=actor, username=username, label=name, email=email, is_keeper=is_keeper, at=at)
            give_password(actor=actor, account_id=made.pk, password=password, at=at)
    except Refusal as error:
        raise Fault(str(error)) from error
    click.echo(f"{username} can sign in.")
