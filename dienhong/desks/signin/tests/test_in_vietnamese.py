"""Every page and message of the door is walked in Vietnamese, and no English sentence is met."""

from __future__ import annotations

import html
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import translation

from dienhong.desks.signin.tests.conftest import PASSWORD
from dienhong.desks.signin.tests.test_second_step import shown_by_the_app
from dienhong.foundation.access.models import Account
from tests.post import let_leave

pytestmark = pytest.mark.django_db
#: Words that every English sentence of the door has one of, and no Vietnamese one.
ENGLISH = re.compile(
    r"\b(the|your|you|sign|password|passwords|account|accounts|key|keys|code|codes|is|are|was|with|and|of|please|"
    r"enter|current|must|characters|this|that|session|sessions|email|e-mail|user|name|use|required|field|page|"
    r"browser|language|recovery|security|search|skip|first|done|save|remove|not|invalid)\b",
    re.IGNORECASE,
)
#: What may stand there in any language.
ALLOWED = re.compile(r"English|Diên Hồng|khanh\.van(@vidu\.vn)?|testserver|JavaScript|PIN|SSO|http\S+")
SAID = re.compile(r'(?:aria-label|alt|title|placeholder|data-failed|data-offline|data-polling|value)="([^"]*)"')


def english_in(text: str) -> list[str]:
    """The English words of a page: of its text and of what its attributes say."""
    body = re.sub(r"<(script|style|svg|code)\b.*?</\1>", " ", text, flags=re.DOTALL)
    body = re.sub(r'<input type="hidden"[^>]*>', " ", body)
    said = " ".join(SAID.findall(body)) + " " + re.sub(r"<[^>]+>", " ", body)
    return ENGLISH.findall(ALLOWED.sub(" ", html.unescape(said)))


@pytest.fixture
def visitor(settings):
    """A browser that asks for Vietnamese, at a door with every way in."""
    settings.EMAIL_URL = "smtp://somewhere"
    settings.OIDC_ISSUER, settings.OIDC_NAME = "https://sso.example", "SSO"
    with translation.override("vi"):
        yield Walk(Client(headers={"accept-language": "vi"}))


class Walk:
    """A walk through pages; each is looked at as it comes."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, address: str) -> str:
        return self.look(address, self.client.get(address, follow=True))

    def post(self, address: str, **fields: str) -> str:
        return self.look(address, self.client.post(address, fields, follow=True))

    def look(self, address: str, answer) -> str:
        if answer.status_code != 404:  # the first page belongs to another desk
            page = answer.content.decode()
            assert english_in(page) == [], f"{address}: {english_in(page)}"
        return str(answer.content.decode())


def test_the_test_itself_sees_english() -> None:
    assert english_in("<p>Enter your password</p>") == ["Enter", "your", "password"]
    assert english_in('<button aria-label="Sign in">x</button>')
    assert english_in("<p>Nhập mật khẩu. <b>English</b></p>") == []


def test_the_door_speaks_vietnamese(visitor: Walk, clerk: Account) -> None:
    assert "Đăng nhập" in visitor.get("/sign-in/")
    visitor.post("/sign-in/", login="", password="")
    for _ in range(6):
        shut = visitor.post("/sign-in/", login="khanh.van", password="sai")
    assert "Hãy chờ 15 phút" in shut
    visitor.get("/sign-in/password/")
    visitor.post("/sign-in/password/", email="không phải địa chỉ")
    visitor.post("/sign-in/password/", email="khanh.van@vidu.vn")
    let_leave()
    assert english_in(f"{mail.outbox[0].subject} {mail.outbox[0].body}") == []
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link
    visitor.get("/sign-in/password/1-sai/")
    visitor.get("/sign-in/suspended/")
    form = visitor.client.get(link[1])["Location"]
    visitor.get(form)
    visitor.post(form, password1="ngắn", password2="khác")
    visitor.post(form, password1="password1234", password2="password1234")
    visitor.post(form, password1="khanh.van12345", password2="khanh.van12345")
    visitor.post(form, password1=PASSWORD, password2=PASSWORD)


def test_ones_own_account_speaks_vietnamese(visitor: Walk, clerk: Account) -> None:
    visitor.client.post("/sign-in/", {"login": "khanh.van", "password": PASSWORD})
    for address in ("/me/", "/me/password/", "/me/sessions/", "/me/second/", "/me/second/keys/", "/sign-out/"):
        visitor.get(address)
    visitor.post("/me/password/", oldpassword="sai", password1="a", password2="b")
    visitor.post("/me/password/", oldpassword=PASSWORD, password1="", password2="")
    visitor.get("/me/second/app/")
    visitor.post("/me/confirm/", password="sai", next="/me/second/app/")
    page = visitor.post("/me/confirm/", password=PASSWORD, next="/me/second/app/")
    visitor.post("/me/second/app/", code="sai")
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret
    visitor.post("/me/second/app/", code=shown_by_the_app(secret[1]))
    for address in ("", "codes/", "codes/new/", "app/off/", "keys/new/", "keys/", "codes/file/"):
        visitor.get(f"/me/second/{address}")
    visitor.post("/me/second/keys/new/", name="", credential="{}")
    visitor.post("/me/second/codes/new/")
    let_leave()
    assert len(mail.outbox) > 1
    for message in mail.outbox:
        assert english_in(f"{message.subject} {message.body}") == [], message.subject
    key = Authenticator.objects.create(
        user=clerk, type="webauthn", data={"name": "Điện thoại", "credential": {}, "passwordless": True}
    )
    visitor.get("/me/confirm/code/?next=/me/")
    visitor.get(f"/me/second/keys/{key.pk}/")
    key.delete()
    visitor.post("/me/second/app/off/")
    visitor.post("/me/sessions/end/")


def test_the_second_step_speaks_vietnamese(visitor: Walk, clerk: Account) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(clerk, "JBSWY3DPEHPK3PXP")
    visitor.post("/sign-in/", login="khanh.van", password=PASSWORD)
    assert "Xác thực hai bước" in visitor.get("/sign-in/code/")
    said = [visitor.post("/sign-in/code/", code="000000") for _ in range(6)]
    assert "Mã chưa đúng." in said[0]
    assert "quá nhiều lần" in said[5]
