"""Tokens of the live lane (thẻ vào kênh trực tiếp): short-lived, signed, bound to a session; no database to read one.

A token says which account and person press, what they may do in the lane (scopes), and until when. It is useless
without the session cookie it was made for, and dies with the session (`admission.py`).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from dienhong.foundation.access.models import Account

COOKIE = "dienhong_live"
LIFETIME = 900  # seconds; a page renews after two thirds of it
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Pass:
    """What a token says. `session` and `stamp` are digests: of the session's key, of the account's sign-in state."""

    account_id: int
    person_id: int | None
    scopes: frozenset[str]
    expires: int  # seconds since 1970, machine's time
    session: str
    stamp: str


_scopes: dict[str, str] = {}


def declare_scope(scope: str, *, permission: str) -> str:
    """Let whoever holds this permission use the lane for this; declared beside the route that asks for it."""
    _scopes[scope] = permission
    return scope


def scopes() -> dict[str, str]:
    """All declared scopes and the permission each one needs."""
    return dict(_scopes)


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"dienhong.live.1").digest()


def _keys() -> list[bytes]:
    return [_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _sign(text: str, key: bytes) -> str:
    return base64.urlsafe_b64encode(hmac.digest(key, text.encode(), "sha256")).rstrip(b"=").decode()


def digest_of_session(session_key: str) -> str:
    """The session's key as a token carries it."""
    return hashlib.blake2b(session_key.encode(), digest_size=12, person=b"dienhong.session").hexdigest()


def stamp_of(account: Account) -> str:
    """A digest that changes with the account's password, so that tokens of before die with its sessions."""
    return hashlib.blake2b(account.get_session_auth_hash().encode(), digest_size=8).hexdigest()


def issue(
    account: Account, *, person_id: int | None, scopes: Iterable[str], session_key: str, now: float | None = None
) -> str:
    """A token for this account in this session."""
    text = ".".join(
        (
            _VERSION,
            str(account.pk),
            "" if person_id is None else str(person_id),
            "+".join(sorted(scopes)),
            str(int(time.time() if now is None else now) + LIFETIME),
            digest_of_session(session_key),
            stamp_of(account),
        )
    )
    return f"{text}.{_sign(text, _keys()[0])}"


def read(token: str, *, session_key: str, now: float) -> Pass | None:
    """What this token says; None when it is not ours, too old, or of another session."""
    if not token.isascii():
        return None
    text, _dot, signature = token.rpartition(".")
    if not any(hmac.compare_digest(_sign(text, key), signature) for key in _keys()):
        return None
    parts = text.split(".")
    if len(parts) != 7 or parts[0] != _VERSION:
        return None
    _version, account, person, scopes, expires, session, stamp = parts
    if int(expires) <= now or not hmac.compare_digest(session, digest_of_session(session_key)):
        return None
    return Pass(
        int(account), int(person) if person else None, frozenset(scopes.split("+")), int(expires), session, stamp
    )
