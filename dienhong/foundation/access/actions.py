"""What people do with accounts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access import events
from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.models import Account
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal

KEEP_ACCOUNTS = declare("access.keep_accounts", _("Create, suspend and restore accounts"))


class AccountTaken(Refusal):
    """The user name is already in use."""


class NoSuchState(Refusal):
    """The account is not in a state that allows this."""


@transaction.atomic
def create_account(
    *,
    actor: Actor,
    username: str,
    label: str,
    at: dt.datetime,
    email: str = "",
    password: str | None = None,
    persona: str = "",
    is_keeper: bool = False,
) -> Account:
    """Create an account (cấp tài khoản); without a password it cannot sign in by one."""
    require(actor, KEEP_ACCOUNTS, at=at)
    if Account.objects.filter(username__iexact=username).exists():
        raise AccountTaken(_("The user name %(name)s is taken.") % {"name": username}, field="username")
    account = Account(username=username, label=label, email=email, persona=persona, is_keeper=is_keeper)
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    record(events.AccountCreated(username), actor=actor, at=at)
    return account


@transaction.atomic
def suspend_account(*, actor: Actor, account_id: int, reason: str, at: dt.datetime) -> Account:
    """Suspend an account (khóa tài khoản): its sessions end at their next request."""
    require(actor, KEEP_ACCOUNTS, at=at)
    account = Account.objects.select_for_update().get(pk=account_id)
    if not account.is_active:
        raise NoSuchState(_("This account is already suspended."))
    if len(reason.strip()) < 5:
        raise NoSuchState(_("Say why the account is suspended."), field="reason")
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(events.AccountSuspended(account.username, reason.strip()), actor=actor, at=at)
    return account


@transaction.atomic
def restore_account(*, actor: Actor, account_id: int, at: dt.datetime) -> Account:
    """Restore a suspended account (mở khóa tài khoản)."""
    require(actor, KEEP_ACCOUNTS, at=at)
    account = Account.objects.select_for_update().get(pk=account_id)
    if account.is_active:
        raise NoSuchState(_("This account is not suspended."))
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(events.AccountRestored(account.username), actor=actor, at=at)
    return account
