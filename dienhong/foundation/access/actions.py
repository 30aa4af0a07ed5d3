"""What people do with accounts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access import events
from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.models import Account
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal

KEEP_ACCOUNTS = declare("access.keep_accounts", _("Create, suspend and restore accounts"))
_USERNAME = re.compile(r"[\w.@+-]{2,150}")


class AccountTaken(Refusal):
    """The user name is already in use."""


class NoSuchState(Refusal):
    """The account is not in a state that allows this."""


class NotUsable(Refusal):
    """This user name, e-mail address or password cannot be used."""

    status = 422


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
    """Create an account (cấp tài khoản); without a password it cannot sign in by one.

    Raises AccountTaken, NotUsable. An e-mail address belongs to one account, for it can be signed in with.
    """
    require(actor, KEEP_ACCOUNTS, at=at)
    _check_names(username, label, email)
    if Account.objects.filter(username__iexact=username).exists():
        raise AccountTaken(_("The user name %(name)s is taken.") % {"name": username}, field="username")
    if email and Account.objects.filter(email__iexact=email).exists():
        raise AccountTaken(_("Another account has this e-mail address."), field="email")
    account = Account(username=username, label=label.strip(), email=email, persona=persona, is_keeper=is_keeper)
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    record(events.AccountCreated(account.pk), actor=actor, at=at)
    return account


def _check_names(username: str, label: str, email: str) -> None:
    if not _USERNAME.fullmatch(username):
        raise NotUsable(_("A user name has 2 to 150 letters, digits and . @ + - _"), field="username")
    if not label.strip():
        raise NotUsable(_("Write the name that others see."), field="label")
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise NotUsable(_("This is not an e-mail address."), field="email") from error


@transaction.atomic
def suspend_account(*, actor: Actor, account_id: int, reason: str, at: dt.datetime) -> Account:
    """Suspend an account (khóa tài khoản): its sessions end at their next request and do not come back."""
    require(actor, KEEP_ACCOUNTS, at=at)
    account = Account.objects.select_for_update().get(pk=account_id)
    if not account.is_active:
        raise NoSuchState(_("This account is already suspended."))
    if account.pk == actor.account_id:
        raise NoSuchState(_("Nobody suspends their own account; ask another keeper of the system."))
    if len(reason.strip()) < 5:
        raise NoSuchState(_("Say why the account is suspended."), field="reason")
    account.is_active = False
    account.session_round += 1
    account.save(update_fields=["is_active", "session_round"])
    record(events.AccountSuspended(account.pk, reason.strip()), actor=actor, at=at)
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
    record(events.AccountRestored(account.pk), actor=actor, at=at)
    return account


@transaction.atomic
def invite_account(*, actor: Actor, account_id: int, at: dt.datetime) -> Account:
    """Invite the holder of an account to choose a password (mời kích hoạt tài khoản); the door makes the link."""
    require(actor, KEEP_ACCOUNTS, at=at)
    account = Account.objects.select_for_update().get(pk=account_id)
    if not account.is_active:
        raise NoSuchState(_("This account is suspended: restore it first."))
    record(events.AccountInvited(account.pk), actor=actor, at=at)
    return account


@transaction.atomic
def give_password(*, actor: Actor, account_id: int, password: str, at: dt.datetime) -> Account:
    """Give an account a password (đặt mật khẩu cho tài khoản). Raises NotUsable when the password is too weak."""
    require(actor, KEEP_ACCOUNTS, at=at)
    account = Account.objects.select_for_update().get(pk=account_id)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise NotUsable(" ".join(error.messages), field="password") from error
    account.set_password(password)
    account.save(update_fields=["password"])
    record(events.PasswordGiven(account.pk), actor=actor, at=at)
    return account


@transaction.atomic
def end_sessions(*, actor: Actor, account_id: int, at: dt.datetime, but: str = "") -> Account:
    """End every session of somebody's account (buộc đăng xuất khỏi mọi thiết bị).

    `but` is the key of the session that stays listed: whoever keeps it renews its hash, as the door does.
    """
    from allauth.usersessions.models import UserSession

    require(actor, KEEP_ACCOUNTS, at=at, holder=account_id)
    account = Account.objects.select_for_update().get(pk=account_id)
    account.session_round += 1
    account.save(update_fields=["session_round"])
    UserSession.objects.filter(user=account).exclude(session_key=but).delete()
    record(events.SessionsEnded(account.pk), actor=actor, at=at)
    return account


# -- what the door notes of people's own acts -------------------------------------------------------------------------
@transaction.atomic
def note_sign_in(*, actor: Actor, account_id: int, means: str, at: dt.datetime) -> None:
    """Note that somebody signed in (đăng nhập): by what means, and nothing of where from."""
    require(actor, KEEP_ACCOUNTS, at=at, holder=account_id)
    record(events.SignedIn(account_id, means), actor=actor, at=at)


@transaction.atomic
def note_sign_out(*, actor: Actor, account_id: int, at: dt.datetime) -> None:
    """Note that somebody signed out (đăng xuất)."""
    require(actor, KEEP_ACCOUNTS, at=at, holder=account_id)
    record(events.SignedOut(account_id), actor=actor, at=at)


@transaction.atomic
def note_sign_in_shut(*, actor: Actor, account_id: int, tries: int, minutes: int, at: dt.datetime) -> None:
    """Note that an account was shut for a while after failed tries (tạm khóa đăng nhập)."""
    require(actor, KEEP_ACCOUNTS, at=at)
    record(events.SignInShut(account_id, tries, minutes), actor=actor, at=at)


@transaction.atomic
def note_password(*, actor: Actor, account_id: int, at: dt.datetime) -> None:
    """Note that somebody chose a new password (đổi mật khẩu)."""
    require(actor, KEEP_ACCOUNTS, at=at, holder=account_id)
    record(events.PasswordChosen(account_id), actor=actor, at=at)


@transaction.atomic
def note_proof(*, actor: Actor, account_id: int, proof: str, change: str, at: dt.datetime) -> None:
    """Note that a second proof was "added", "removed" or "renewed" (xác thực hai bước)."""
    require(actor, KEEP_ACCOUNTS, at=at, holder=account_id)
    event = {
        "added": events.ProofAdded(account_id, proof),
        "removed": events.ProofRemoved(account_id, proof),
        "renewed": events.ProofRenewed(account_id),
    }[change]
    record(event, actor=actor, at=at)


@transaction.atomic
def choose_language(*, actor: Actor, account_id: int, language: str, at: dt.datetime) -> None:
    """Remember the language somebody works in (chọn ngôn ngữ)."""
    require(actor, KEEP_ACCOUNTS, at=at, holder=account_id)
    account = Account.objects.select_for_update().get(pk=account_id)
    if account.language == language:
        return
    account.language = language
    account.save(update_fields=["language"])
    record(events.LanguageChosen(account.pk, language), actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """One row of a list of accounts; without a password, none can sign in by one."""

    username: str
    label: str
    persona: str = ""


@transaction.atomic
def create_accounts(*, actor: Actor, rows: Sequence[NewAccount], at: dt.datetime) -> list[Account]:
    """Create many accounts at once (cấp tài khoản hàng loạt), all or none; one entry in the journal."""
    require(actor, KEEP_ACCOUNTS, at=at)
    names = [row.username.lower() for row in rows]
    known = Account.objects.annotate(low=Lower("username")).filter(low__in=names)
    taken = set(known.values_list("username", flat=True))
    if taken or len(set(names)) < len(names):
        name = next(iter(sorted(taken)), "") or next(n for n in names if names.count(n) > 1)
        raise AccountTaken(_("The user name %(name)s is taken.") % {"name": name}, field="username")
    accounts = [Account(username=row.username, label=row.label, persona=row.persona) for row in rows]
    for account in accounts:
        account.set_unusable_password()
    made = Account.objects.bulk_create(accounts)
    if made:
        record(events.AccountsCreated(len(made), made[0].username, made[-1].username), actor=actor, at=at)
    return made
