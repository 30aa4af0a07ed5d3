"""Single sign-on against a real OpenID Connect provider in another process."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.test import Client

from dienhong.foundation.access.models import Account
from dienhong.foundation.journal import queries as journal
from tests.cast import Cast
from tests.components import provider  # noqa: F401
from tests.provider.__main__ import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(cast: Cast, provider: str, settings) -> Client:  # noqa: F811
    """An office that trusts the provider; the clerk's account has an address."""
    for account, email in ((cast.clerk, "khanh.van@vidu.vn"), (cast.chair, "minh.thai@vidu.vn")):
        account.email = email
        account.save()
    settings.OIDC_ISSUER, settings.OIDC_NAME, settings.OIDC_LINK_BY = provider, "Đăng nhập một lần", ["email"]
    app = {"provider_id": "office", "name": "SSO", "client_id": "office", "secret": "a secret between two"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": provider}}]}
    }
    return Client(headers={"accept-language": "en"})


def visit_provider(office: Client, name: str, next_: str = "") -> Any:
    """Go from the office's door to the provider, sign in there, and come back with what it gives."""
    out = office.post("/sign-in/single/office/", {"next": next_})
    assert out.status_code == 302
    with httpx.Client(follow_redirects=False) as browser:
        answer = browser.get(out["Location"])
        while not answer.headers.get("location", "").startswith("http://testserver/"):
            if answer.is_redirect:
                answer = browser.get(answer.url.join(answer.headers["location"]))
                continue
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
            assert token, answer.text[:2000]
            fields = {"csrfmiddlewaretoken": token[1], "login": name, "password": PASSWORD}
            hidden = re.search(r'name="next" value="([^"]+)"', answer.text)
            if hidden:
                fields["next"] = hidden[1].replace("&amp;", "&")
            answer = browser.post(answer.url, data=fields, headers={"Referer": str(answer.url)})
            assert answer.is_redirect, answer.text[:2000]
        back = urlsplit(answer.headers["location"])
    return office.get(f"{back.path}?{back.query}")


def test_a_person_whose_address_the_provider_verified_comes_in(office: Client, cast: Cast) -> None:
    answer = visit_provider(office, "khanh.van", "/me/")
    assert answer.status_code == 302
    assert answer["Location"] == "/me/"
    assert office.session["_auth_user_id"] == str(cast.clerk.pk)
    newest = journal.told(journal.entries(kind="access.SignedIn")[:1])[0]
    assert newest.sentence == "Trần Thị Khánh Vân signed in by the office's single sign-on"
    again = Client()
    visit_provider(again, "khanh.van")
    assert again.session["_auth_user_id"] == str(cast.clerk.pk)


@pytest.mark.parametrize("name", ["gia.mao", "nguoi.la", "minh.thai"])
def test_whoever_has_no_account_by_a_verified_address_stays_out(office: Client, name: str) -> None:
    before = Account.objects.count()
    answer = visit_provider(office, name)
    assert answer["Location"] == "/sign-in/"
    assert "_auth_user_id" not in office.session
    assert "You have no account in this office" in office.get("/sign-in/").content.decode()
    assert Account.objects.count() == before


def test_the_user_name_links_only_where_the_office_says_so(office: Client, cast: Cast, settings) -> None:
    settings.OIDC_LINK_BY = ["email", "username"]
    visit_provider(office, "minh.thai")
    assert office.session["_auth_user_id"] == str(cast.chair.pk)


def test_a_suspended_account_stays_out(office: Client, cast: Cast) -> None:
    Account.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    visit_provider(office, "khanh.van")
    assert "_auth_user_id" not in office.session


def test_an_answer_nobody_asked_for_is_refused(office: Client) -> None:
    answer = office.get("/sign-in/single/office/back/?code=stolen&state=invented")
    assert answer["Location"] == "/sign-in/"
    assert "Single sign-on did not succeed" in office.get("/sign-in/").content.decode()


def test_a_provider_that_does_not_answer_leads_back_to_the_door(office: Client, settings) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": "http://127.0.0.1:9"}
    answer = office.post("/sign-in/single/office/")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/"


def test_without_a_provider_there_is_no_such_address(db: None) -> None:
    assert Client().post("/sign-in/single/office/").status_code == 404
