"""Every address of the office asks for sign-in, but for a short list that anybody may read here."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

#: Addresses that answer without sign-in, and why.
PUBLIC = {
    "sign-in/": "the door",
    "sign-in/as/<int:account_id>/": "personas, in a demonstration only",
    "sign-in/code/": "the second step; leads to the door without the first",
    "sign-in/passkey/": "the door, by passkey",
    "sign-in/suspended/": "told to whoever gave the right password",
    "sign-in/none/": "leads to the door: nobody signs up",
    "sign-in/single/<slug:provider_id>/": "to the provider",
    "sign-in/single/<slug:provider_id>/back/": "from the provider",
    "sign-in/single/ended/": "leads to the door",
    "sign-in/single/failed/": "leads to the door",
    "sign-in/single/none/": "leads to the door",
    "sign-in/password/": "forgotten password",
    "sign-in/password/sent/": "forgotten password",
    "sign-in/password/done/": "forgotten password",
    "^sign-in/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[\\w-]+)/$": "a link, good once",
    "sign-out/": "leads to the door",
    "language/": "a choice of language",
}
SAMPLE = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-4000-8000-000000000000"}


def patterns(resolver: URLResolver, before: str = "") -> list[str]:
    """Every address pattern of the office."""
    found: list[str] = []
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += patterns(one, here)
        elif isinstance(one, URLPattern):
            found.append(here)
    return found


def sample(pattern: str) -> str:
    """An address that fits this pattern."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLE.get(found[1] or "str", "1"), pattern)


def test_the_list_names_only_what_exists() -> None:
    assert set(PUBLIC) <= set(patterns(get_resolver()))


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_address_asks_for_sign_in(method: str) -> None:
    open_doors = []
    for pattern in patterns(get_resolver()):
        if pattern in PUBLIC:
            continue
        answer = getattr(Client(), method)(sample(pattern))
        to_the_door = answer.status_code == 302 and answer["Location"].startswith(("/sign-in/", "/me/confirm/"))
        if not to_the_door and answer.status_code not in {403, 404, 405}:
            open_doors.append(f"{method} {pattern}: {answer.status_code}")
    assert open_doors == []


@pytest.mark.django_db
def test_every_answer_carries_the_headers_that_protect_it() -> None:
    answer = Client().get("/sign-in/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-ID"])
    assert "no-store" in answer["Cache-Control"]


def test_the_settings_of_a_real_office_are_strict(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    import json
    import subprocess
    import sys

    words = (
        "import json, dienhong.settings as s; print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
        "s.SECURE_HSTS_SECONDS, s.DEBUG, s.DEMO, s.LOG_FORMAT, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN, "
        "s.ALLAUTH_TRUSTED_PROXY_COUNT]))"
    )
    environment = {
        "PATH": "/usr/bin",
        "DIENHONG_HOME": str(tmp_path / "home"),
        "DIENHONG_BASE_URL": "https://office.example.vn",
        "DIENHONG_BEHIND_PROXY": "1",
    }
    done = subprocess.run([sys.executable, "-c", words], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [True, True, 31_536_000, False, False, "json", False, 1]
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0
    assert (tmp_path / "home" / "secret").stat().st_mode & 0o077 == 0
