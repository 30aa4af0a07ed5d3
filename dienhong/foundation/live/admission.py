"""Admission to the lane: who asks, from the token and the session cookie, without the database; and who must leave.

What ends a session (sign-out, sign-out everywhere, expiry, suspension of the account, a new password) is seen within
RECHECK seconds in every process, because each process asks the database about all its guests at once that often, and
at once when the journal tells of an account.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

from django.conf import settings

from dienhong.foundation import clock
from dienhong.foundation.access.models import Account
from dienhong.foundation.live import tokens
from dienhong.foundation.live.tokens import Pass

RECHECK = 5.0  # seconds
_AT_ONCE = 400  # keys in one query
_REMEMBERED = 20_000  # tokens read before


class Leaves(Protocol):
    """Something open that belongs to a guest and ends with the session: an event stream."""

    def close(self) -> None: ...


@dataclass(slots=True, eq=False)
class Guest:
    """A session that was let in: one for each session key, however many tokens and streams it has."""

    session_key: str
    account_id: int
    stamp: str
    seen: float
    open: set[Leaves] = field(default_factory=set)
    out: bool = False


def cookies_of(header: bytes) -> dict[str, str]:
    """The cookies of a request; the first one of each name, as Django reads them."""
    found: dict[str, str] = {}
    for part in header.decode("latin-1").split(";"):
        name, _equals, value = part.strip().partition("=")
        found.setdefault(name, value)
    return found


class Admission:
    """This knows every guest of the process."""

    def __init__(self) -> None:
        self.guests: dict[str, Guest] = {}
        self._read: dict[tuple[str, str], tuple[Pass, Guest]] = {}
        self._headers: dict[bytes, tuple[str, str]] = {}

    def admit(self, cookie_header: bytes, now: float | None = None) -> tuple[Pass, Guest] | None:
        """Who asks, or None: no token, a wrong or old one, or a session that has ended."""
        moment = time.time() if now is None else now
        pair = self._headers.get(cookie_header)
        if pair is None:
            cookies = cookies_of(cookie_header)
            pair = (cookies.get(tokens.COOKIE, ""), cookies.get(settings.SESSION_COOKIE_NAME, ""))
            if not all(pair):
                return None
        known = self._read.get(pair)
        if known is None:
            known = self._first_reading(pair, moment)
            if known is None:
                return None
            self._headers[cookie_header] = pair
        pass_, guest = known
        if guest.out or pass_.expires <= moment:
            return None
        guest.seen = moment
        return known

    def _first_reading(self, pair: tuple[str, str], moment: float) -> tuple[Pass, Guest] | None:
        token, session_key = pair
        pass_ = tokens.read(token, session_key=session_key, now=moment)
        if pass_ is None:
            return None
        guest = self.guests.get(session_key)
        if guest is None or (guest.account_id, guest.stamp) != (pass_.account_id, pass_.stamp):
            if guest is not None:
                self._out(guest)
            guest = Guest(session_key, pass_.account_id, pass_.stamp, moment)
            self.guests[session_key] = guest
        if len(self._read) >= _REMEMBERED:
            self._read.clear()
            self._headers.clear()
        self._read[pair] = (pass_, guest)
        return pass_, guest

    # -- who must leave -----------------------------------------------------------------------------------------------
    def look(self) -> list[tuple[Guest, bool]]:
        """Every guest, and whether the session or the account has ended. Asks the database: not for the event loop."""
        guests = list(self.guests.values())
        alive = _sessions_alive([g.session_key for g in guests])
        stamps = _stamps({g.account_id for g in guests})
        return [(g, g.session_key not in alive or stamps.get(g.account_id) != g.stamp) for g in guests]

    def show_out(self, looked: Iterable[tuple[Guest, bool]], now: float | None = None) -> None:
        """End what ended guests have open, and forget who has not been here for the life of a token."""
        moment = time.time() if now is None else now
        for guest, ended in looked:
            if ended:
                self._out(guest)
            else:
                guest.out = False  # an account that was suspended and restored
        for key, guest in list(self.guests.items()):
            if not guest.open and moment - guest.seen > tokens.LIFETIME:
                del self.guests[key]
        if any(pass_.expires <= moment for pass_, _guest in self._read.values()):
            self._read = {pair: known for pair, known in self._read.items() if known[0].expires > moment}
            self._headers = {header: pair for header, pair in self._headers.items() if pair in self._read}

    @staticmethod
    def _out(guest: Guest) -> None:
        guest.out = True
        for leaving in tuple(guest.open):
            leaving.close()


def _portions(keys: list[Any]) -> Iterator[list[Any]]:
    for first in range(0, len(keys), _AT_ONCE):
        yield keys[first : first + _AT_ONCE]


def _sessions_alive(keys: list[str]) -> set[str]:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    if not hasattr(store, "get_model_class"):
        return {key for key in keys if store().exists(key)}
    rows = store.get_model_class().objects.filter(expire_date__gt=clock.machine_now())
    return {key for some in _portions(keys) for key in rows.filter(pk__in=some).values_list("pk", flat=True)}


_stamped: dict[tuple[int, str, int], str] = {}


def _stamps(ids: set[int]) -> dict[int, str]:
    """The stamp of each account that may sign in; computed once for each password and round of sessions."""
    found: dict[int, str] = {}
    for some in _portions(sorted(ids)):
        for account in Account.objects.filter(pk__in=some, is_active=True):
            key = (account.pk, account.password, account.session_round)
            if key not in _stamped:
                if len(_stamped) > _REMEMBERED:
                    _stamped.clear()
                _stamped[key] = tokens.stamp_of(account)
            found[account.pk] = _stamped[key]
    return found
