"""`dienhong account ...`: the accounts, for whoever keeps the machine of the office."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dienhong.cli import Fault
from dienhong.commands import open_office, print_json

if TYPE_CHECKING:
    from dienhong.foundation.access.models import Account

T = TypeVar("T")
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def account() -> None:
    """Create, list, suspend, restore and invite accounts."""


def _find(username: str) -> Account:
    from dienhong.foundation.access.models import Account

    found = Account.objects.filter(username__iexact=username).first()
    if found is None:
        raise Fault(f"there is no account {username}")
    return found


def _do(act: Callable[..., T], **words: Any) -> T:
    """Do this act as the keeper of the machine, now; a refusal is the command's error."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.refusal import Refusal

    try:
        return act(actor=keeper("command line"), at=clock.now(), **words)
    except Refusal as refusal:
        raise Fault(str(refusal)) from refusal


def _row(one: Account) -> dict[str, Any]:
    return {
        "username": one.username,
        "name": one.label,
        "email": one.email,
        "open": one.is_active,
        "keeper": one.is_keeper,
        "password": one.has_usable_password(),
        "last_signed_in": one.last_login.isoformat() if one.last_login else None,
    }


def _tell(one: Account, as_json: bool, words: str, **more: Any) -> None:
    if as_json:
        print_json(_row(one) | more)
        return
    click.echo(words)
    for value in more.values():
        click.echo(value)


def _link(one: Account) -> str:
    from django.conf import settings

    from dienhong.foundation.access.actions import invite_account
    from dienhong.foundation.access.invitations import invitation_path

    _do(invite_account, account_id=one.pk)
    return f"{settings.BASE_URL}{invitation_path(one)}"


@account.command()
@click.argument("username")
@click.option("--name", "label", required=True, help="The name that others see.")
@click.option("--email", default="", help="For the invitation, and to choose a forgotten password anew.")
@click.option("--keeper", is_flag=True, help="Keeper of the system: may do what no post allows, and it is written.")
@click.option("--password-stdin", is_flag=True, help="Read a password from standard input; no link is made then.")
@as_json_option
def create(username: str, label: str, email: str, keeper: bool, password_stdin: bool, as_json: bool) -> None:
    """Create an account and print the link by which its holder chooses a password."""
    open_office()
    from django.db import transaction

    from dienhong.foundation.access.actions import create_account, give_password

    words = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with transaction.atomic():  # a password that is too weak leaves no account behind
        made = _do(create_account, username=username, label=label, email=email, is_keeper=keeper)
        if words is not None:
            made = _do(give_password, account_id=made.pk, password=words)
    if words is not None:
        _tell(made, as_json, f"{made.username} can sign in.")
        return
    told = f"Created {made.username}. Give its holder this link; it is good once, for three days:"
    _tell(made, as_json, told, link=_link(made))


@account.command("list")
@click.option("--suspended", is_flag=True, help="Only suspended accounts.")
@as_json_option
def list_accounts(suspended: bool, as_json: bool) -> None:
    """List the accounts by name."""
    open_office()
    from dienhong.foundation.access.models import Account
    from dienhong.foundation.folding import person_sort_key

    found = Account.objects.filter(is_active=False) if suspended else Account.objects.all()
    rows = sorted(found, key=lambda one: person_sort_key(one.label))
    if as_json:
        print_json([_row(one) for one in rows])
        return
    for one in rows:
        state = "open" if one.is_active else "suspended"
        click.echo(f"{one.username:<24} {state:<10} {'keeper' if one.is_keeper else '':<7} {one.label}")


@account.command()
@click.argument("username")
@click.option("--reason", required=True, help="Why; it goes into the journal.")
@as_json_option
def suspend(username: str, reason: str, as_json: bool) -> None:
    """Suspend an account; its sessions end."""
    open_office()
    from dienhong.foundation.access.actions import suspend_account

    done = _do(suspend_account, account_id=_find(username).pk, reason=reason)
    _tell(done, as_json, f"{done.username} is suspended.")


@account.command()
@click.argument("username")
@as_json_option
def restore(username: str, as_json: bool) -> None:
    """Restore a suspended account."""
    open_office()
    from dienhong.foundation.access.actions import restore_account

    done = _do(restore_account, account_id=_find(username).pk)
    _tell(done, as_json, f"{done.username} is open again.")


@account.command()
@click.argument("username")
@as_json_option
def invite(username: str, as_json: bool) -> None:
    """Print a link by which the holder chooses a password: good once, for three days."""
    open_office()
    one = _find(username)
    _tell(one, as_json, "Give the holder this link; it is good once, for three days:", link=_link(one))


@account.command()
@click.argument("username")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@as_json_option
def password(username: str, from_stdin: bool, as_json: bool) -> None:
    """Give an account a password; it is asked for, never taken from the command line."""
    open_office()
    from dienhong.foundation.access.actions import give_password

    one = _find(username)
    words = (
        sys.stdin.readline().rstrip("\n")
        if from_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    _tell(_do(give_password, account_id=one.pk, password=words), as_json, f"{one.username} has a new password.")


@account.command("end-sessions")
@click.argument("username")
@as_json_option
def end_sessions(username: str, as_json: bool) -> None:
    """Sign an account out everywhere."""
    open_office()
    from dienhong.foundation.access import actions

    done = _do(actions.end_sessions, account_id=_find(username).pk)
    _tell(done, as_json, f"{done.username} is signed out everywhere.")
