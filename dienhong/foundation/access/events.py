"""What can happen to accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.journal.events import Event, Says


@dataclass(frozen=True, slots=True)
class AccountCreated(Event):
    kind: ClassVar[str] = "access.AccountCreated"
    says: ClassVar[Says] = _("{actor} created the account {username}")
    username: str


@dataclass(frozen=True, slots=True)
class AccountSuspended(Event):
    kind: ClassVar[str] = "access.AccountSuspended"
    says: ClassVar[Says] = _("{actor} suspended the account {username}: {reason}")
    username: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccountRestored(Event):
    kind: ClassVar[str] = "access.AccountRestored"
    says: ClassVar[Says] = _("{actor} restored the account {username}")
    username: str
