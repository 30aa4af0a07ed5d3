"""The second step: an app, recovery codes, and what the journal tells of them."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from dienhong.desks.signin.tests.conftest import PASSWORD, enter, told
from dienhong.foundation.access.models import Account
from tests.post import let_leave

pytestmark = pytest.mark.django_db


def shown_by_the_app(secret: str, steps: int = 0) -> str:
    """The code that an app with this secret shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def set_up_the_app(browser: Client) -> str:
    """Set up an app through the pages; give back its secret."""
    enter(browser, "khanh.van")
    asked = browser.get("/me/second/app/")
    assert asked["Location"].startswith("/me/confirm/")
    browser.post("/me/confirm/", {"password": PASSWORD, "next": "/me/second/app/"})
    page = browser.get("/me/second/app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret
    wrong = browser.post("/me/second/app/", {"code": "000000"}).content.decode()
    assert "This code is not right." in wrong
    answer = browser.post("/me/second/app/", {"code": shown_by_the_app(secret[1])})
    assert answer["Location"] == "/me/second/codes/"
    return secret[1]


def test_with_an_app_the_password_alone_opens_nothing(browser: Client, clerk: Account) -> None:
    secret = set_up_the_app(browser)
    let_leave()
    assert mail.outbox[-1].to == ["khanh.van@vidu.vn"]
    assert "authenticator app was added" in mail.outbox[-1].body
    other = Client(headers={"accept-language": "en"})
    assert enter(other, "khanh.van")["Location"] == "/sign-in/code/"
    assert other.get("/me/").status_code == 302
    assert "not right" in other.post("/sign-in/code/", {"code": "123456"}).content.decode()
    assert other.post("/sign-in/code/", {"code": shown_by_the_app(secret, 1)})["Location"] == "/"
    assert other.get("/me/").status_code == 200
    assert told("access.ProofAdded")[-1].endswith("added a second proof to sign in (authenticator app)")


def test_the_secret_of_the_app_is_sealed_in_the_database(browser: Client, clerk: Account) -> None:
    secret = set_up_the_app(browser)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert Authenticator.objects.get(type="totp").wrap().validate_code(shown_by_the_app(secret, 1))


def test_a_recovery_code_opens_once(browser: Client, clerk: Account) -> None:
    set_up_the_app(browser)
    page = browser.get("/me/second/codes/").content.decode()
    codes = re.findall(r"<code>([^<]+)</code>", page)
    assert len(codes) == 10
    assert codes[0] in browser.get("/me/second/codes/file/").content.decode()
    for expected in ("/", None):
        other = Client()
        enter(other, "khanh.van")
        assert other.post("/sign-in/code/", {"code": codes[0]}).get("Location") == expected


def test_codes_are_guessed_five_times_and_no_more(browser: Client, clerk: Account) -> None:
    secret = set_up_the_app(browser)
    other = Client(headers={"accept-language": "en"})
    enter(other, "khanh.van")
    for _ in range(5):
        other.post("/sign-in/code/", {"code": "111111"})
    answer = other.post("/sign-in/code/", {"code": shown_by_the_app(secret, 1)})
    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()


def test_the_app_is_removed_and_the_codes_go_with_it(browser: Client, clerk: Account) -> None:
    set_up_the_app(browser)
    assert browser.post("/me/second/app/off/")["Location"] == "/me/second/"
    assert not Authenticator.objects.filter(user=clerk).exists()
    assert len(told("access.ProofRemoved")) == 2
    assert enter(Client(), "khanh.van")["Location"] == "/"


def test_a_changed_password_ends_the_other_sessions(browser: Client, clerk: Account) -> None:
    other = Client()
    enter(other, "khanh.van")
    enter(browser, "khanh.van")
    weak = browser.post("/me/password/", {"oldpassword": PASSWORD, "password1": "khanhvan", "password2": "khanhvan"})
    assert weak.status_code == 200
    new = "mật khẩu khác hẳn 2024"
    browser.post("/me/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert browser.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert enter(Client(), "khanh.van", new).status_code == 302
    assert told("access.PasswordChosen") == ["Trần Thị Khánh Vân chose a new password"]


def test_a_forgotten_password_is_chosen_anew_by_a_link_used_once(browser: Client, clerk: Account, settings) -> None:
    settings.EMAIL_URL = "smtp://somewhere"
    known = browser.post("/sign-in/password/", {"email": "khanh.van@vidu.vn"})
    unknown = browser.post("/sign-in/password/", {"email": "nobody@vidu.vn"})
    assert known["Location"] == unknown["Location"] == "/sign-in/password/sent/"
    let_leave()
    assert [message.to for message in mail.outbox] == [["khanh.van@vidu.vn"]]
    link = re.search(r"http://testserver(/sign-in/password/\S+)", str(mail.outbox[0].body))
    assert link
    form = browser.get(link[1])["Location"]
    new = "mật khẩu khác hẳn 2024"
    assert browser.post(form, {"password1": new, "password2": new})["Location"] == "/sign-in/password/done/"
    assert "no longer good" in Client(headers={"accept-language": "en"}).get(link[1]).content.decode()
    assert enter(Client(), "khanh.van", new).status_code == 302
