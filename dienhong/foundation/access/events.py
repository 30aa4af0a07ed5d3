"""What can happen to accounts. Facts name accounts by key: names and addresses stay outside the chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.models import Account
from dienhong.foundation.journal.events import Event, Says, names_for


def account_names(keys: Iterable[int]) -> dict[int, str]:
    """The names shown of these accounts."""
    return dict(Account.objects.filter(pk__in=list(keys)).values_list("pk", "label"))


names_for("account", account_names)

#: How somebody signed in, and with what besides the password.
MEANS: Mapping[str, Says] = {
    "password": _("by password"),
    "passkey": _("by passkey"),
    "single": _("by the office's single sign-on"),
    "persona": _("as a persona of the demonstration"),
}
PROOFS: Mapping[str, Says] = {
    "totp": _("authenticator app"),
    "webauthn": _("passkey or security key"),
    "recovery_codes": _("recovery codes"),
    "single": _("single sign-on"),
}


@dataclass(frozen=True, slots=True)
class _OfAccount(Event):
    """Something that happened to one account."""

    account_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"account:{self.account_id}",)


@dataclass(frozen=True, slots=True)
class AccountCreated(_OfAccount):
    kind: ClassVar[str] = "access.AccountCreated"
    says: ClassVar[Says] = _("{actor} created the account {account}")


@dataclass(frozen=True, slots=True)
class AccountSuspended(_OfAccount):
    kind: ClassVar[str] = "access.AccountSuspended"
    says: ClassVar[Says] = _("{actor} suspended the account {account}: {reason}")
    reason: str


@dataclass(frozen=True, slots=True)
class AccountRestored(_OfAccount):
    kind: ClassVar[str] = "access.AccountRestored"
    says: ClassVar[Says] = _("{actor} restored the account {account}")


@dataclass(frozen=True, slots=True)
class AccountInvited(_OfAccount):
    kind: ClassVar[str] = "access.AccountInvited"
    says: ClassVar[Says] = _("{actor} made an invitation link for {account}")


@dataclass(frozen=True, slots=True)
class PasswordGiven(_OfAccount):
    kind: ClassVar[str] = "access.PasswordGiven"
    says: ClassVar[Says] = _("{actor} gave {account} a new password")


@dataclass(frozen=True, slots=True)
class PasswordChosen(_OfAccount):
    kind: ClassVar[str] = "access.PasswordChosen"
    says: ClassVar[Says] = _("{account} chose a new password")


@dataclass(frozen=True, slots=True)
class SessionsEnded(_OfAccount):
    kind: ClassVar[str] = "access.SessionsEnded"
    says: ClassVar[Says] = _("{actor} ended the sessions of {account}")


@dataclass(frozen=True, slots=True)
class SignedIn(_OfAccount):
    kind: ClassVar[str] = "access.SignedIn"
    says: ClassVar[Says] = _("{account} signed in {means}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"means": MEANS}
    means: str


@dataclass(frozen=True, slots=True)
class SignedOut(_OfAccount):
    kind: ClassVar[str] = "access.SignedOut"
    says: ClassVar[Says] = _("{account} signed out")


@dataclass(frozen=True, slots=True)
class SignInShut(_OfAccount):
    kind: ClassVar[str] = "access.SignInShut"
    says: ClassVar[Says] = _("Sign-in of {account} was shut for {minutes} minutes after {tries} failed tries")
    tries: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ProofAdded(_OfAccount):
    kind: ClassVar[str] = "access.ProofAdded"
    says: ClassVar[Says] = _("{account} added a second proof to sign in ({proof})")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"proof": PROOFS}
    proof: str


@dataclass(frozen=True, slots=True)
class ProofRemoved(_OfAccount):
    kind: ClassVar[str] = "access.ProofRemoved"
    says: ClassVar[Says] = _("{account} removed a second proof to sign in ({proof})")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"proof": PROOFS}
    proof: str


@dataclass(frozen=True, slots=True)
class ProofRenewed(_OfAccount):
    kind: ClassVar[str] = "access.ProofRenewed"
    says: ClassVar[Says] = _("{account} renewed the recovery codes")


@dataclass(frozen=True, slots=True)
class LanguageChosen(_OfAccount):
    kind: ClassVar[str] = "access.LanguageChosen"
    says: ClassVar[Says] = _("{account} chose the language {language}")
    reads: ClassVar[Mapping[str, Mapping[str, Says]]] = {"language": {"vi": "Tiếng Việt", "en": "English"}}
    language: str


@dataclass(frozen=True, slots=True)
class AccountsCreated(Event):
    kind: ClassVar[str] = "access.AccountsCreated"
    says: ClassVar[Says] = _("{actor} created {count} accounts, {first} to {last}")
    count: int
    first: str
    last: str
