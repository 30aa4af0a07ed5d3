"""Invitations (mời kích hoạt tài khoản): the link by which the holder of an account chooses a password."""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from dienhong.foundation.access.models import Account


class Links(PasswordResetTokenGenerator):
    """The keys of links to choose a password: used once, and dead when the account is suspended or signed out."""

    key_salt = "dienhong.access.links"

    def _make_hash_value(self, user: Account, timestamp: int) -> str:
        plain = super()._make_hash_value(user, timestamp)
        return f"{plain}:{user.is_active}:{user.session_round}"


def invitation_path(account: Account) -> str:
    """The address, without host, good for PASSWORD_RESET_TIMEOUT and for one use: choosing a password ends it."""
    from allauth.account.utils import user_pk_to_url_str

    words = {"uidb36": user_pk_to_url_str(account), "key": Links().make_token(account)}
    return reverse("account_reset_password_from_key", kwargs=words)
