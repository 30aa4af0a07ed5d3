"""Invitations (mời kích hoạt tài khoản): the link by which the holder of an account chooses a password."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from dienhong.foundation.access.models import Account


def invitation_path(account: Account) -> str:
    """The address, without host, good for PASSWORD_RESET_TIMEOUT and for one use: choosing a password ends it."""
    uid, key = user_pk_to_url_str(account), default_token_generator.make_token(account)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
