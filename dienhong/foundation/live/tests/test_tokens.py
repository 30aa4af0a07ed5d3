"""Who is let into the lane, and who must leave it."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dienhong.demo.replay import end_sessions, make_sessions
from dienhong.foundation import clock
from dienhong.foundation.access.actions import end_sessions as end_all_sessions
from dienhong.foundation.access.actions import restore_account, suspend_account
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.live import tokens
from dienhong.foundation.live.admission import Admission, cookies_of
from tests.cast import Cast

ACCOUNT = Account(pk=7, username="a", password="!")


def issue(session: str = "s" * 32, now: float = 1000.0) -> str:
    return tokens.issue(ACCOUNT, person_id=12, scopes=["ballots"], session_key=session, now=now)


def test_a_token_says_who_and_until_when() -> None:
    pass_ = tokens.read(issue(), session_key="s" * 32, now=1001)
    assert pass_ is not None
    assert (pass_.account_id, pass_.person_id) == (7, 12)
    assert pass_.scopes == frozenset({"ballots"})
    assert pass_.expires == 1000 + tokens.LIFETIME


def test_a_token_is_worth_nothing_when_it_is_old_or_of_another_session() -> None:
    assert tokens.read(issue(), session_key="s" * 32, now=1000 + tokens.LIFETIME) is None
    assert tokens.read(issue(), session_key="t" * 32, now=1001) is None


def test_a_token_does_not_contain_the_session_it_belongs_to() -> None:
    assert "s" * 8 not in issue()


@given(st.integers(0, 200), st.characters(codec="ascii", exclude_categories=["C"]))
def test_a_token_altered_in_one_place_is_worth_nothing(place: int, letter: str) -> None:
    token = issue()
    place %= len(token)
    altered = token[:place] + letter + token[place + 1 :]
    if altered != token:
        assert tokens.read(altered, session_key="s" * 32, now=1001) is None


@given(st.text(max_size=60))
def test_what_is_no_token_is_refused_without_an_error(words: str) -> None:
    assert tokens.read(words, session_key="s" * 32, now=1001) is None


@given(st.binary(max_size=80))
def test_any_cookie_header_is_read_without_an_error(header: bytes) -> None:
    cookies_of(header)
    assert Admission().admit(header) is None


class Open:
    closed = False

    def close(self) -> None:
        self.closed = True


def guest_of(cast: Cast, admission: Admission):
    account = cast.deputies[0].account
    assert account is not None
    [session] = make_sessions([account])
    token = tokens.issue(account, person_id=1, scopes=["ballots"], session_key=session)
    header = f"theme=dark; sessionid={session}; {tokens.COOKIE}={token}".encode()
    known = admission.admit(header)
    assert known is not None
    return account, session, header, known[1]


@pytest.mark.django_db
def test_a_session_that_ended_closes_its_streams_and_presses_no_more(cast: Cast) -> None:
    admission, stream = Admission(), Open()
    _account, session, header, guest = guest_of(cast, admission)
    guest.open.add(stream)
    admission.show_out(admission.look())
    assert (guest.out, stream.closed) == (False, False)
    end_sessions([session])
    admission.show_out(admission.look())
    assert (guest.out, stream.closed) == (True, True)
    assert admission.admit(header) is None


@pytest.mark.django_db
def test_a_suspended_account_is_out_and_its_old_sessions_do_not_come_back(cast: Cast) -> None:
    admission = Admission()
    account, _session, header, _guest = guest_of(cast, admission)
    by, at = keeper("test"), clock.now()
    suspend_account(actor=by, account_id=account.pk, reason="mất máy", at=at)
    admission.show_out(admission.look())
    assert admission.admit(header) is None
    restore_account(actor=by, account_id=account.pk, at=at)
    admission.show_out(admission.look())
    assert admission.admit(header) is None


@pytest.mark.django_db
def test_sessions_ended_by_the_keeper_of_the_system_end_in_the_lane_too(cast: Cast) -> None:
    admission = Admission()
    account, _session, header, _guest = guest_of(cast, admission)
    admission.show_out(admission.look())
    end_all_sessions(actor=keeper("test"), account_id=account.pk, at=clock.now())
    admission.show_out(admission.look())
    assert admission.admit(header) is None


@pytest.mark.django_db
def test_a_new_password_ends_the_tokens_of_before(cast: Cast) -> None:
    admission = Admission()
    account, _session, header, _guest = guest_of(cast, admission)
    Account.objects.filter(pk=account.pk).update(password="argon2$another")
    admission.show_out(admission.look())
    assert admission.admit(header) is None


@pytest.mark.django_db
def test_who_was_not_here_for_the_life_of_a_token_is_forgotten(cast: Cast) -> None:
    admission = Admission()
    _account, _session, header, guest = guest_of(cast, admission)
    later = guest.seen + tokens.LIFETIME + 1
    admission.show_out(admission.look(), now=later)
    assert admission.guests == {}
    assert admission.admit(header, now=later) is None


@pytest.mark.django_db
def test_the_page_of_the_token_wants_post_and_the_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    assert client.get("/live/token").status_code == 405
    assert client.post("/live/token").status_code == 403
    client = Client()
    client.force_login(cast.clerk)
    answer = client.post("/live/token")
    assert answer.json()["scopes"] == []
    assert answer.cookies[tokens.COOKIE]["httponly"] is True
    assert answer["Cache-Control"] == "no-store"
