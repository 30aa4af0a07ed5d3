"""Which account a person of the single sign-on is, and how secrets of second proofs are sealed."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from dienhong.foundation import sealing
from dienhong.foundation.access.models import Account
from dienhong.foundation.sealing import SealedElsewhere

#: Providers that say "verified" as a word.
_YES = (True, "true", "True")
#: What secrets of second proofs are sealed for.
PROOFS = "dienhong.signin.proofs"

__all__ = ["SealedElsewhere", "account_for", "seal", "unseal"]


def account_for(sociallogin: Any) -> Account | None:
    """The one active account of this person: by verified e-mail, or by user name where DIENHONG_OIDC_LINK_BY says so.

    Two accounts that fit are none: nobody is let in by chance.
    """
    data = sociallogin.account.extra_data
    claims = {**data.get("id_token", {}), **data.get("userinfo", {})}
    found: set[Account] = set()
    email = str(claims.get("email") or "")
    if "email" in settings.OIDC_LINK_BY and email and claims.get("email_verified") in _YES:
        found |= set(Account.objects.filter(email__iexact=email, is_active=True))
    name = str(claims.get("preferred_username") or "")
    if not found and "username" in settings.OIDC_LINK_BY and name:
        found |= set(Account.objects.filter(username__iexact=name, is_active=True))
    return found.pop() if len(found) == 1 else None


def seal(text: str) -> str:
    """The text, readable only with the office's secret key."""
    return sealing.seal(text, use=PROOFS)


def unseal(sealed: str) -> str:
    """The text that was sealed. Raises SealedElsewhere when the office's secret key has changed since."""
    return sealing.unseal(sealed, use=PROOFS)
