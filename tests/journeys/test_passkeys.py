"""A passkey in a real browser with a virtual authenticator: added, used to come in, asked for as the second step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import Office, check_accessibility

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def with_authenticator(page: Page) -> Any:
    """Give the browser a virtual authenticator that verifies its user, as a telephone does."""
    control = page.context.new_cdp_session(page)
    control.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return control.send("WebAuthn.addVirtualAuthenticator", {"options": options})


PASSWORD = "sáu con vịt xòe 2026"


def choose_a_password(page: Page, office: Office, door: str) -> None:
    """Follow the invitation of the keeper, choose a password and sign in with it."""
    link = json.loads(office.command("account", "invite", "khanh.van", "--json").stdout)["link"]
    page.goto(door + link.removeprefix(office.url))
    check_accessibility(page)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Save the password").click()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("User name or e-mail").fill("khanh.van")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{door}/")


def test_a_passkey_is_added_and_opens_the_door_alone(browse: Any, live_office: Office) -> None:
    page = browse(language="en")
    door = live_office.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
    with_authenticator(page)
    choose_a_password(page, live_office, door)
    page.goto(f"{door}/me/second/keys/new/")
    check_accessibility(page)  # what protects the account is changed only after it was shown once more who it is
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    check_accessibility(page)
    page.get_by_label("Name of the key").fill("Điện thoại")
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add a key").click()
    page.wait_for_url("**/me/second/codes/")
    assert page.locator("ul.codes code").count() == 10
    check_accessibility(page)
    page.goto(f"{door}/me/second/keys/")
    assert page.get_by_text("opens alone").is_visible()
    check_accessibility(page)
    page.goto(f"{door}/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{door}/")
    page.goto(f"{door}/me/")
    assert page.get_by_role("heading", name="My account").is_visible()
    check_accessibility(page)
    told = live_office.command("journal", "list", "--kind", "access", "--json").stdout
    assert "khóa truy cập" in told or "passkey" in told


def test_a_browser_that_refuses_says_so_in_words(browse: Any, live_office: Office) -> None:
    page = browse(language="vi")
    door = live_office.url.replace("127.0.0.1", "localhost")
    page.context.new_cdp_session(page).send("WebAuthn.enable")  # no authenticator: the browser has nothing to offer
    page.goto(f"{door}/sign-in/")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.get_by_text("Không dùng được khóa truy cập.").wait_for()
    check_accessibility(page)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_system_pages_are_accessible(browse: Any, live_office: Office, language: str) -> None:
    page = browse(language=language)
    page.goto(f"{live_office.url}/sign-in/")
    check_accessibility(page)
    page.get_by_role("button", name="Hồ Thị Ánh").click()
    for address in (
        "/journal/", "/journal/5/", "/rulebook/?all=1", "/rulebook/polls.threshold.law/", "/why/",
        "/why/?permission=polls.open", "/accounts/", "/accounts/1/", "/accounts/new/", "/accounts/1/suspend/",
        "/clock/", "/me/", "/me/sessions/", "/me/second/", "/me/second/app/", "/sign-out/",
    ):  # fmt: skip
        page.goto(f"{live_office.url}{address}")
        check_accessibility(page)
