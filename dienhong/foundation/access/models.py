"""Accounts (tài khoản): a way to sign in. What a person may do comes from the posts held, never from the account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by the name used to sign in; accounts are made by actions only."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """This account signs in by name or e-mail (tài khoản)."""

    username = models.CharField(_("user name"), max_length=150, unique=True)
    email = models.EmailField(_("e-mail"), blank=True, default="")
    label = models.CharField(_("name shown"), max_length=200)
    language = models.CharField(max_length=8, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_keeper = models.BooleanField(
        default=False
    )  # keeper of the system: may do what no post allows, and it is written
    persona = models.CharField(max_length=200, blank=True, default="")  # demonstration only: how this persona is shown
    session_round = models.PositiveIntegerField(default=0)  # counted on to end every session of the account at once

    objects = Accounts()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["label"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="account_username_once_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_full_name(self) -> str:
        return self.label

    def get_short_name(self) -> str:
        return self.label

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must know to go on: changed by a new password and by the end of all sessions."""
        words = f"{self.password}:{self.session_round}"
        return salted_hmac("dienhong.access.session", words, secret=secret, algorithm="sha256").hexdigest()
