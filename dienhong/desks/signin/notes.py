"""What happens at the door, told to the journal by actions.

Receivers of allauth's signals stand here and only here: it knows the moment and offers no other hook.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal import ratelimit
from allauth.mfa import signals as mfa_signals
from django.contrib.auth import update_session_auth_hash
from django.dispatch import receiver
from django.http import HttpRequest

from dienhong.desks.door import Visit
from dienhong.foundation.access import actions
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.people.queries import actor_of


def _at(request: HttpRequest) -> dt.datetime:
    return cast("Visit", request).at


def signed_in(request: HttpRequest, account: Account) -> None:
    """Somebody came in."""
    actions.note_sign_in(
        actor=actor_of(account), account_id=account.pk, means=means_of(request, account), at=_at(request)
    )


def means_of(request: HttpRequest, account: Account) -> str:
    """How: the first proof that was given in this session."""
    for record in get_authentication_records(request, account):
        if record["method"] == "mfa":
            return "passkey"
        if record["method"] == "socialaccount":
            return "single"
        if record["method"] == "persona":
            return "persona"
        return "password"
    return "password"


def signed_out(request: HttpRequest, account: Account) -> None:
    """Somebody left."""
    actions.note_sign_out(actor=actor_of(account), account_id=account.pk, at=_at(request))


def sessions_ended(request: HttpRequest) -> None:
    """Somebody ended the other sessions of the account; this one goes on."""
    account = request.user
    assert isinstance(account, Account)
    fresh = actions.end_sessions(
        actor=actor_of(account), account_id=account.pk, at=_at(request), but=request.session.session_key or ""
    )
    update_session_auth_hash(request, fresh)


def shut(request: HttpRequest, credentials: dict[str, Any], minutes: int) -> None:
    """An account was shut after failed tries. A name that nobody has leaves no trace in the journal."""
    name = credentials.get("username") or credentials.get("email") or ""
    account = (
        Account.objects.filter(username__iexact=name).first() or Account.objects.filter(email__iexact=name).first()
    )
    if account is None:
        return
    tries = next(
        rate.amount for rate in ratelimit.get_rates(app="allauth.account", action="login_failed") if rate.per == "key"
    )
    actions.note_sign_in_shut(
        actor=keeper("sign-in"), account_id=account.pk, tries=tries, minutes=minutes, at=_at(request)
    )


@receiver([account_signals.password_changed, account_signals.password_set, account_signals.password_reset])
def password_chosen(request: HttpRequest, user: Account, **kwargs: Any) -> None:
    """Somebody chose a password, knowing the old one or holding a link."""
    actor = actor_of(user)
    if actor.signed_in:
        actions.note_password(actor=actor, account_id=user.pk, at=_at(request))


@receiver(mfa_signals.authenticator_added)
def proof_added(request: HttpRequest, user: Account, authenticator: Any, **kwargs: Any) -> None:
    """A second proof was added."""
    _note_proof(request, user, authenticator, "added")


@receiver(mfa_signals.authenticator_removed)
def proof_removed(request: HttpRequest, user: Account, authenticator: Any, **kwargs: Any) -> None:
    """A second proof was removed."""
    _note_proof(request, user, authenticator, "removed")


@receiver(mfa_signals.authenticator_reset)
def proof_renewed(request: HttpRequest, user: Account, authenticator: Any, **kwargs: Any) -> None:
    """The recovery codes were renewed."""
    _note_proof(request, user, authenticator, "renewed")


def _note_proof(request: HttpRequest, user: Account, authenticator: Any, change: str) -> None:
    proof = str(authenticator.type)
    actions.note_proof(actor=actor_of(user), account_id=user.pk, proof=proof, change=change, at=_at(request))
