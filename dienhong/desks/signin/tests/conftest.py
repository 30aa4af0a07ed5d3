"""What the tests of the door share: a clerk with a password, a browser that speaks English, hashing that is quick."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import translation

from dienhong.foundation.access import actions
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.journal import queries as journal
from tests.cast import Cast, at_eight

PASSWORD = "một mật khẩu đủ dài 2023"
BY = keeper("test")


@pytest.fixture(autouse=True)
def _quick_and_fresh(db: None, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick hashing, no tries counted yet, and what waits for a commit happens at once: tests never commit."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_URL, settings.EMAIL_BACKEND = "smtp://mail", "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(transaction, "on_commit", lambda act, **_: act())
    cache.clear()


@pytest.fixture
def clerk(cast: Cast) -> Account:
    """The clerk, with a password and an address."""
    account = cast.clerk
    account.email = "khanh.van@vidu.vn"
    account.save()
    return actions.give_password(actor=BY, account_id=account.pk, password=PASSWORD, at=at_eight())


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def enter(browser: Client, login: str, password: str = PASSWORD, next_: str = ""):
    """Fill in the form at the door."""
    return browser.post("/sign-in/", {"login": login, "password": password, "next": next_})


def told(kind: str) -> list[str]:
    """What the journal tells of this kind, newest first."""
    with translation.override("en"):
        return [row.sentence for row in journal.told(journal.entries(kind=kind))]
