"""The page of the outbox: who sees it, what it says and what it never says, trying again and giving up."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.test import Client

from dienhong.cli import office
from dienhong.foundation import clock
from dienhong.foundation.access.models import Account
from dienhong.foundation.letters import actions
from dienhong.foundation.letters.actions import Draft
from dienhong.foundation.letters.models import Letter
from tests.cast import Cast
from tests.components import Letters, smtp  # noqa: F401
from tests.post import let_leave, use_server

pytestmark = pytest.mark.django_db


def browser_of(account: Account, language: str = "en") -> Client:
    browser = Client(headers={"accept-language": language})
    browser.post(f"/sign-in/as/{account.pk}/")
    return browser


@pytest.fixture
def keeper(cast: Cast) -> Client:
    return browser_of(cast.keeper)


@pytest.fixture
def server(settings, smtp: Letters) -> Letters:  # noqa: F811
    use_server(settings, smtp.url)
    return smtp


def post(*to: str, at: dt.datetime | None = None) -> None:
    drafts = [Draft("work.reminder", one, "Một tiêu đề kín", "Lời kín đáo", about="reminder:1") for one in to]
    with transaction.atomic():
        actions.post_letters(drafts=drafts, at=at or clock.now())


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def checked() -> dict[str, dict[str, str]]:
    done = CliRunner().invoke(office, ["check", "--production", "--json"])
    return {row["part"]: row for row in json.loads(done.stdout)}


def test_the_page_is_its_keepers(cast: Cast) -> None:
    assert Client().get("/outbox/").status_code == 302
    registrar = browser_of(cast.registrar)
    refused = registrar.get("/outbox/")
    assert refused.status_code == 403
    assert "Look after the outbox" in text(refused)
    assert registrar.post("/outbox/do/", {"do": "again:failed"}).status_code == 403
    assert "/outbox/" not in registrar.get("/rulebook/").content.decode()
    assert "/outbox/" in browser_of(cast.keeper).get("/rulebook/").content.decode()


def test_it_shows_to_whom_and_why_not_but_no_words(keeper: Client, server: Letters) -> None:
    assert "Every letter has left." in text(keeper.get("/outbox/"))
    server.refuse = {"sai@vidu.vn": "550 5.1.1 unknown mailbox"}
    post("sai@vidu.vn", "a@vidu.vn")
    page = text(keeper.get("/outbox/"))
    assert "a@vidu.vn Reminder of tasks" in page
    assert "waiting" in page
    let_leave()
    page = text(keeper.get("/outbox/"))
    assert "sai@vidu.vn" in page
    assert "The mail server refused it for good: 550 5.1.1 unknown mailbox" in page
    assert "a@vidu.vn" not in page
    sent = text(keeper.get("/outbox/?show=sent"))
    assert "a@vidu.vn" in sent
    for shown in ("open", "failed", "sent", "dropped", "nothing", "failed&page=99"):
        answer = keeper.get(f"/outbox/?show={shown}")
        assert answer.status_code == 200
        assert "kín" not in text(answer), "subject and words belong to others"


def test_what_failed_is_tried_again_and_given_up(keeper: Client, server: Letters) -> None:
    server.refuse = {f"{n}@vidu.vn": "550 no" for n in range(3)}
    post(*server.refuse)
    let_leave()
    rows = list(Letter.objects.order_by("pk"))
    answer = keeper.post("/outbox/do/", {"do": f"up:{rows[0].pk}", "show": "failed"}, follow=True)
    assert answer.redirect_chain == [("/outbox/?show=failed", 302)]
    assert "1 letter is given up." in text(answer)
    server.refuse = {"2@vidu.vn": "550 no"}
    assert "2 letters are tried again." in text(keeper.post("/outbox/do/", {"do": "again:failed"}, follow=True))
    let_leave()
    assert server.to == ["1@vidu.vn"]
    assert "1 letter is tried again." in text(keeper.post("/outbox/do/", {"do": f"again:{rows[0].pk}"}, follow=True))
    assert dict(Letter.objects.values_list("to", "state")) == {
        "0@vidu.vn": "waiting", "1@vidu.vn": "sent", "2@vidu.vn": "failed",
    }  # fmt: skip
    told = text(keeper.get("/journal/?kind=letters"))
    assert "gave up letters (Reminder of tasks): 1" in told
    assert "let letters be tried again (Reminder of tasks): 2" in told


@pytest.mark.parametrize("do", ["", "again:", "up:999999", "again:999999", "up:x", "again:failed", "up:" + "9" * 20])
def test_an_act_on_nothing_is_told_and_changes_nothing(keeper: Client, server: Letters, do: str) -> None:
    post("a@vidu.vn")
    answer = keeper.post("/outbox/do/", {"do": do}, follow=True)
    assert answer.status_code == 200
    assert "There is no letter here" in text(answer)
    assert Letter.objects.get().state == "waiting"


def test_letters_that_wait_too_long_are_told_on_the_page_and_by_the_check(keeper: Client, settings) -> None:
    use_server(settings, "smtp://127.0.0.1:9")
    assert checked()["letters"]["state"] == "ok"
    post("a@vidu.vn", at=clock.now() - dt.timedelta(minutes=59))
    let_leave()
    assert "Letters wait too long" not in text(keeper.get("/outbox/"))
    assert checked()["letters"]["state"] == "ok"
    post("b@vidu.vn", at=clock.now() - dt.timedelta(minutes=61))
    page = text(keeper.get("/outbox/"))
    assert "Letters wait too long 2 letters wait." in page
    assert "the mail server takes no letters now 127.0.0.1:9" in page
    row = checked()["letters"]
    assert row["state"] == "bad"
    assert row["words"].startswith("2 wait, the oldest since ")


def test_the_check_tells_of_letters_that_failed_and_of_those_that_nothing_can_send(server: Letters, settings) -> None:
    server.refuse = {"sai@vidu.vn": "550 no"}
    post("sai@vidu.vn", "a@vidu.vn")
    settings.EMAIL_URL = ""
    assert checked()["letters"]["state"] == "bad", "without a mail server nothing leaves"
    use_server(settings, server.url)
    let_leave()
    assert checked()["letters"]["state"] == "ok"
    assert checked()["undelivered"] == {
        "part": "undelivered", "state": "note", "words": "1 letters failed for good: see the page of the outbox",
    }  # fmt: skip


def test_the_command_sends_and_lists_and_its_status_tells(server: Letters, settings) -> None:
    server.refuse = {"sai@vidu.vn": "550 no such mailbox"}
    post("sai@vidu.vn", "a@vidu.vn")
    done = CliRunner().invoke(office, ["letters", "send"])
    assert done.exit_code == 1
    assert done.stdout == "1 left, 1 failed for good, 0 to be tried again\n", done.output
    rows = json.loads(CliRunner().invoke(office, ["letters", "list", "--json"]).stdout)
    assert [(row["to"], row["state"], row["fault"], row["words"]) for row in rows] == [
        ("sai@vidu.vn", "failed", "refused", "550 no such mailbox")
    ]
    assert "kín" not in str(rows)
    assert CliRunner().invoke(office, ["letters", "send"]).exit_code == 0
    post("b@vidu.vn")
    use_server(settings, "smtp://127.0.0.1:9")
    away = CliRunner().invoke(office, ["letters", "send"])
    assert away.exit_code == 1
    assert "the mail server takes no letters: 127.0.0.1:9" in away.stderr
    settings.EMAIL_URL = ""
    assert "no mail server" in CliRunner().invoke(office, ["letters", "send"]).stderr
    assert "1 letters" not in CliRunner().invoke(office, ["letters", "list"]).output
