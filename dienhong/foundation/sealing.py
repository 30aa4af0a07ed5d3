"""Sealing words with the office's secret key, so that a copy of the database is not enough to read them."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac

from dienhong.foundation.refusal import Refusal


class SealedElsewhere(Refusal):
    """This secret was sealed with another key of the office."""

    status = 500


def _sealer(use: str) -> Fernet:
    key = salted_hmac(use, "seal", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str, *, use: str) -> str:
    """The text, readable only with the office's secret key and for this use."""
    return _sealer(use).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, *, use: str) -> str:
    """The text that was sealed. Raises SealedElsewhere when the office's secret key has changed since."""
    try:
        return _sealer(use).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise SealedElsewhere("the secret key of this office is not the one this was sealed with") from error
