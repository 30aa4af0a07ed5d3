"""Signing in at the door, in plain and in bad cases."""

from __future__ import annotations

import pytest
from django.conf import settings as office
from django.test import Client

from dienhong.desks.signin.tests.conftest import BY, enter, told
from dienhong.foundation.access import actions
from dienhong.foundation.access.models import Account
from tests.cast import Cast, at_eight

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("login", ["khanh.van", "KHANH.VAN", "khanh.van@vidu.vn", "Khanh.Van@vidu.vn"])
def test_one_signs_in_by_name_or_address_in_any_case(browser: Client, clerk: Account, login: str) -> None:
    answer = enter(browser, login)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert browser.session["_auth_user_id"] == str(clerk.pk)
    assert told("access.SignedIn") == ["Trần Thị Khánh Vân signed in by password"]


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(browser: Client, clerk: Account) -> None:
    wrong = enter(browser, "khanh.van", "not the password at all")
    unknown = enter(browser, "nobody.here", "not the password at all")
    for answer in (wrong, unknown):
        assert answer.status_code == 200
        assert "do not belong together" in answer.content.decode()
    strip = lambda page, name: page.content.decode().replace(name, "").split("<form", 1)[1].split("csrf", 1)[0]  # noqa: E731
    assert strip(wrong, "khanh.van") == strip(unknown, "nobody.here")


def test_five_failed_tries_shut_the_door_and_say_for_how_long(browser: Client, clerk: Account) -> None:
    for _ in range(5):
        enter(browser, "khanh.van", "wrong")
    answer = enter(browser, "khanh.van").content.decode()
    assert "Too many failed tries. Wait 15 minutes, then try again." in answer
    assert "_auth_user_id" not in browser.session
    assert told("access.SignInShut") == ["Sign-in of Trần Thị Khánh Vân was shut for 15 minutes after 5 failed tries"]


def test_a_shut_door_of_an_unknown_name_reads_the_same_and_leaves_no_trace(browser: Client, clerk: Account) -> None:
    for _ in range(5):
        enter(browser, "nobody.here", "wrong")
    assert "Wait 15 minutes" in enter(browser, "nobody.here").content.decode()
    assert told("access.SignInShut") == []


def test_a_suspended_account_is_told_so_only_after_the_right_password(browser: Client, clerk: Account) -> None:
    enter(browser, "khanh.van")
    actions.suspend_account(actor=BY, account_id=clerk.pk, reason="nghỉ hưu trí", at=at_eight())
    assert browser.get("/me/").status_code == 302  # the session ended
    other = Client()
    assert enter(other, "khanh.van", "wrong").status_code == 200
    assert enter(other, "khanh.van")["Location"] == "/sign-in/suspended/"
    actions.restore_account(actor=BY, account_id=clerk.pk, at=at_eight())
    assert browser.get("/me/").status_code == 302  # and does not come back


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/me/?a=1", "/me/?a=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver@elsewhere.example/", "/"),
        ("http://127.0.0.1/", "/"),
    ],
)
def test_next_leads_only_into_this_office(browser: Client, clerk: Account, wanted: str, reached: str) -> None:
    assert enter(browser, "khanh.van", next_=wanted)["Location"] == reached


def test_the_session_gets_a_new_key_at_sign_in(browser: Client, clerk: Account) -> None:
    session = browser.session
    session["planted"] = "by a stranger"
    session.save()
    before = session.session_key
    enter(browser, "khanh.van")
    assert browser.session.session_key != before


def test_sign_out_is_a_post_and_is_written(browser: Client, clerk: Account) -> None:
    enter(browser, "khanh.van")
    assert browser.get("/sign-out/").status_code == 200
    assert browser.session.get("_auth_user_id")
    assert browser.post("/sign-out/")["Location"] == "/sign-in/"
    assert browser.session.get("_auth_user_id") is None
    assert told("access.SignedOut") == ["Trần Thị Khánh Vân signed out"]


def test_signing_out_everywhere_ends_every_session(browser: Client, clerk: Account) -> None:
    other = Client()
    enter(browser, "khanh.van")
    enter(other, "khanh.van")
    assert browser.post("/me/sessions/end/")["Location"] == "/sign-in/"
    assert other.get("/me/").status_code == browser.get("/me/").status_code == 302


def test_the_other_sessions_end_and_this_one_goes_on(browser: Client, clerk: Account) -> None:
    other = Client()
    enter(browser, "khanh.van")
    enter(other, "khanh.van")
    page = browser.get("/me/sessions/").content.decode()
    assert page.count("127.0.0.1") == 2
    browser.post("/me/sessions/")
    assert other.get("/me/").status_code == 302
    assert browser.get("/me/").status_code == 200
    assert told("access.SessionsEnded")


def test_nobody_signs_up(browser: Client, db: None) -> None:
    assert browser.get("/sign-in/none/")["Location"] == "/sign-in/"
    assert browser.post("/sign-in/none/", {"username": "x", "password1": "y"})["Location"] == "/sign-in/"
    assert not Account.objects.exists()


def test_the_office_speaks_the_language_of_the_account(browser: Client, clerk: Account) -> None:
    enter(browser, "khanh.van")
    browser.post("/language/", {"language": "vi", "next": "/me/"})
    clerk.refresh_from_db()
    assert clerk.language == "vi"
    elsewhere = Client(headers={"accept-language": "en"})
    enter(elsewhere, "khanh.van")
    assert elsewhere.cookies["django_language"].value == "vi"


# -- personas ---------------------------------------------------------------------------------------------------------
def test_a_persona_of_the_demonstration_enters_with_one_press(browser: Client, cast: Cast) -> None:
    assert "thư ký kỳ họp" in browser.get("/sign-in/").content.decode()
    assert browser.post(f"/sign-in/as/{cast.clerk.pk}/", {"next": "/me/"})["Location"] == "/me/"
    assert browser.get("/me/").status_code == 200
    assert told("access.SignedIn") == ["Trần Thị Khánh Vân signed in as a persona of the demonstration"]
    assert browser.post(f"/sign-in/as/{cast.chair.pk}/", {"next": "//elsewhere.example"})["Location"] == "/"
    assert browser.session["_auth_user_id"] == str(cast.chair.pk)


def test_nobody_enters_by_get_or_as_one_without_a_persona(browser: Client, cast: Cast) -> None:
    assert browser.get(f"/sign-in/as/{cast.clerk.pk}/").status_code == 405
    account = Account.objects.get(username="dai.bieu.1")
    assert account.persona == ""
    assert browser.post(f"/sign-in/as/{account.pk}/").status_code == 404


def test_a_real_office_has_no_personas(browser: Client, cast: Cast, settings) -> None:
    settings.DEMO = False
    assert "thư ký kỳ họp" not in browser.get("/sign-in/").content.decode()
    assert browser.post(f"/sign-in/as/{cast.clerk.pk}/").status_code == 404
    assert "_auth_user_id" not in browser.session


def test_a_form_from_elsewhere_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in (f"/sign-in/as/{cast.clerk.pk}/", "/sign-in/", "/sign-out/", "/language/", "/me/sessions/end/"):
        assert strict.post(address, {"login": "a", "password": "b"}).status_code == 403


def test_passwords_are_kept_by_argon2_alone() -> None:
    from dienhong import settings as as_written

    assert as_written.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_the_cookies_are_for_this_office_alone(browser: Client, clerk: Account) -> None:
    enter(browser, "khanh.van")
    session = browser.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert int(session["max-age"]) == office.SESSION_COOKIE_AGE
