"""What whoever keeps the machine does on the console, and what the log keeps of a page."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from dienhong import logs
from dienhong.cli import office
from dienhong.foundation.access.models import Account
from dienhong.foundation.journal import queries as journal
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def run(*words: str, input: str = ""):  # noqa: A002
    return CliRunner().invoke(office, list(words), input=input)


def test_an_account_lives_from_invitation_to_suspension(cast: Cast) -> None:
    made = json.loads(run("account", "create", "lan.anh", "--name", "Lê Lan Anh", "--json").output)
    assert made["link"].startswith("http://127.0.0.1:8000/sign-in/password/")
    assert not made["password"]
    assert (
        json.loads(run("account", "suspend", "LAN.ANH", "--reason", "chuyển công tác", "--json").output)["open"]
        is False
    )
    assert run("account", "invite", "lan.anh").exit_code == 1
    assert [row["username"] for row in json.loads(run("account", "list", "--suspended", "--json").output)] == [
        "lan.anh"
    ]
    assert run("account", "restore", "lan.anh").exit_code == 0
    assert run("account", "end-sessions", "lan.anh").exit_code == 0
    told = [row.sentence for row in journal.told(journal.entries(kind="access")[:6])]
    assert told[0] == "The command line ended the sessions of Lê Lan Anh"
    assert "The command line suspended the account Lê Lan Anh: chuyển công tác" in told


@pytest.mark.parametrize(
    "words",
    [
        ("account", "suspend", "nobody", "--reason", "không có ai"),
        ("account", "suspend", "khanh.van", "--reason", "x"),
        ("account", "restore", "khanh.van"),
        ("account", "create", "khanh.van", "--name", "Người khác"),
        ("account", "create", "a b", "--name", "Người khác"),
        ("account", "create", "ai.do", "--name", "Ai Đó", "--email", "not an address"),
    ],
)
def test_a_refusal_is_one_line_and_status_1(cast: Cast, words: tuple[str, ...]) -> None:
    before = journal.last_number()
    done = run(*words)
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.strip().splitlines()) == 1
    assert journal.last_number() == before


def test_a_password_is_read_from_standard_input_and_a_weak_one_refused(cast: Cast) -> None:
    assert run("account", "password", "khanh.van", "--stdin", input="khanh.van\n").exit_code == 1
    assert run("account", "password", "khanh.van", "--stdin", input="sáu con vịt xòe 2026\n").exit_code == 0
    assert Account.objects.get(username="khanh.van").check_password("sáu con vịt xòe 2026")


def test_check_tells_of_every_part_and_is_stricter_in_production(cast: Cast) -> None:
    done = run("check", "--json")
    rows = {row["part"]: row["state"] for row in json.loads(done.output)}
    assert {"demo", "database", "tables", "journal", "cache", "files", "rulebook", "mail"} <= set(rows)
    assert rows["demo"] == "note"
    assert done.exit_code == 0, done.output
    strict = run("check", "--production", "--json")
    assert {row["part"] for row in json.loads(strict.output) if row["state"] == "bad"} >= {"demo", "address"}
    assert strict.exit_code == 1


def test_check_names_what_is_broken(cast: Cast, settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.ALLOWED_HOSTS = ["elsewhere.vn"]
    rows = {row["part"]: row for row in json.loads(run("check", "--json").output)}
    assert rows["mail"]["state"] == rows["hosts"]["state"] == "bad"
    assert "127.0.0.1" in rows["hosts"]["words"]


# -- logs -------------------------------------------------------------------------------------------------------------
def test_a_page_leaves_one_line_without_what_is_secret(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "dienhong.request")
    browser = Client()
    browser.post(f"/sign-in/as/{cast.clerk.pk}/")
    browser.get("/sign-in/password/9-a-very-secret-key/?next=/secret/")
    lines: list[Any] = [record.msg for record in caplog.records if record.name == "dienhong.request"]
    assert [line["status"] for line in lines] == [302, 200]
    assert lines[0]["account"] == cast.clerk.pk
    assert lines[0]["route"] == "/sign-in/as/<int:account_id>/"
    assert lines[0]["milliseconds"] >= 0
    assert "secret" not in str(lines[1])
    assert "Khánh Vân" not in str(lines)


def test_the_id_of_a_request_is_the_proxys_only_behind_a_proxy(db: None, settings) -> None:
    given = {"X-Request-ID": "0123456789abcdef"}
    assert Client().get("/sign-in/", headers=given)["X-Request-ID"] != given["X-Request-ID"]
    settings.BEHIND_PROXY = True
    assert Client().get("/sign-in/", headers=given)["X-Request-ID"] == given["X-Request-ID"]
    assert "\n" not in Client().get("/sign-in/", headers={"X-Request-ID": "x y"})["X-Request-ID"]


def test_secrets_are_hidden_whoever_writes_them() -> None:
    line = logs.without_secrets(None, "", {"event": "x", "password": "p", "Token": "t", "account": 3})
    assert line == {"event": "x", "password": "(hidden)", "Token": "(hidden)", "account": 3}


@pytest.mark.parametrize(("style", "level"), [("xml", "INFO"), ("json", "LOUD")])
def test_wrong_settings_of_the_log_are_refused(style: str, level: str) -> None:
    with pytest.raises(Exception, match="DIENHONG_LOG"):
        logs.configuration(style, level)
