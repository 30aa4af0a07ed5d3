"""The system pages: journal, rulebook, why one may, accounts, clock."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as office
from django.db import connection
from django.test import Client

from dienhong.foundation import clock as office_clock
from dienhong.foundation.access.models import Account
from dienhong.foundation.clock.models import Shift
from dienhong.foundation.journal import queries as journal
from dienhong.foundation.journal.models import Entry
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PAGES = ("/journal/", "/journal/1/", "/rulebook/", "/rulebook/polls.threshold.law/", "/why/", "/accounts/", "/clock/")


@pytest.fixture(autouse=True)
def _the_clock_is_put_back():
    Shift.forget()
    yield
    Shift.forget()


def browser_of(account: Account, language: str = "en") -> Client:
    browser = Client(headers={"accept-language": language})
    browser.post(f"/sign-in/as/{account.pk}/")
    return browser


@pytest.fixture
def keeper(cast: Cast) -> Client:
    return browser_of(cast.keeper)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_every_page_asks_for_sign_in(cast: Cast) -> None:
    for page in PAGES:
        answer = Client().get(page)
        assert answer.status_code == 302, page
        assert answer["Location"].startswith("/sign-in/?next="), page


def test_what_is_not_ones_own_is_refused_with_the_reason(cast: Cast) -> None:
    registrar = browser_of(cast.registrar)
    answer = registrar.get("/accounts/")
    assert answer.status_code == 403
    assert "Create, suspend and restore accounts" in text(answer)
    assert registrar.post("/journal/verify/").status_code == 403
    deputy = browser_of(Account.objects.get(username="dai.bieu.1"))
    assert deputy.get("/journal/").status_code == 302  # no persona: not signed in
    assert registrar.get("/journal/").status_code == registrar.get("/rulebook/").status_code == 200


# -- journal ----------------------------------------------------------------------------------------------------------
def test_the_journal_reads_as_sentences_and_is_turned_by_number(keeper: Client) -> None:
    first = keeper.get("/journal/")
    assert "signed in as a persona of the demonstration" in text(first)
    older = re.search(r'href="\?(from=\d+)"', first.content.decode())
    assert older
    assert "entered term XV" in text(keeper.get(f"/journal/?{older[1]}"))


@pytest.mark.parametrize(
    ("wanted", "there", "not_there"),
    [
        ("kind=access", "created the account", "in the register"),
        ("kind=people", "in the register", "created the account"),
        ("until=20/07/2021", "in the register", "signed in"),
        ("since=21/07/2021", "signed in", "in the register"),
        ("topic=account:1", "created the account Trần Thị Khánh Vân", "Lương Minh Thái"),
    ],
)
def test_the_journal_is_filtered(keeper: Client, cast: Cast, wanted: str, there: str, not_there: str) -> None:
    wanted = wanted.replace("account:1", f"account:{cast.clerk.pk}")
    rows = text(keeper.get(f"/journal/?{wanted}")).partition("What happened")[2]
    assert there in rows
    assert not_there not in rows


@pytest.mark.parametrize("wanted", ["since=31/02/2023", "topic=(a|b)*", "account=9999", "kind=nothing", "from=abc"])
def test_a_filter_that_makes_no_sense_is_told_and_breaks_nothing(keeper: Client, wanted: str) -> None:
    assert keeper.get(f"/journal/?{wanted}").status_code == 200


def test_an_entry_shows_its_facts_and_its_place_in_the_chain(keeper: Client) -> None:
    entry = Entry.objects.get(number=2)
    shown = text(keeper.get("/journal/2/"))
    assert entry.hash in shown
    assert Entry.objects.get(number=1).hash in shown
    assert keeper.get("/journal/999999/").status_code == 404


def test_the_check_says_yes_and_names_what_was_altered(keeper: Client) -> None:
    assert "each follows from the one before it" in text(keeper.post("/journal/verify/"))
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER journal_entry_no_update"
            if connection.vendor == "sqlite"
            else "ALTER TABLE journal_entry DISABLE TRIGGER USER"
        )
        cursor.execute("UPDATE journal_entry SET facts = '{}' WHERE number = 5")
    shown = text(keeper.post("/journal/verify/"))
    assert "1 place does not hold" in shown
    assert re.search(r"\b5 altered", shown)


# -- rulebook ---------------------------------------------------------------------------------------------------------
def test_the_rulebook_shows_every_line_its_mark_and_where_it_is_used(keeper: Client) -> None:
    shown = text(keeper.get("/rulebook/?all=1"))
    for line in __import__("dienhong.foundation.rulebook", fromlist=["book"]).book().lines:
        assert line.id in shown
        assert line.en.replace("'", "&#x27;") in shown or line.en in shown
    assert "more than 1/2 of all members" in shown
    assert "polls.open_poll" in shown


def test_the_rulebook_is_seen_as_of_a_day(keeper: Client) -> None:
    old = text(keeper.get("/rulebook/?as_of=01/01/2010&q=threshold.law"))
    assert "Hiến pháp 1992" in old
    assert "Hiến pháp 1992" not in text(keeper.get("/rulebook/?q=threshold.law"))
    both = text(keeper.get("/rulebook/polls.threshold.law/"))
    assert "until 31 Dec 2015" in both
    assert keeper.get("/rulebook/no.such.rule/").status_code == 404


def test_the_rulebook_is_searched_without_tone_marks_and_by_mark(keeper: Client) -> None:
    assert "constitution" in text(keeper.get("/rulebook/?q=hien+phap"))
    rows = text(keeper.get("/rulebook/?mark=V")).partition("Used by")[2]
    assert "duties.chair" in rows
    assert "duties.deputy" not in rows


# -- why --------------------------------------------------------------------------------------------------------------
def test_the_page_says_through_which_post_and_what_is_missing(keeper: Client, cast: Cast) -> None:
    clerk = browser_of(cast.clerk)
    allowed = text(clerk.get("/why/?permission=polls.open"))
    assert "allowed" in allowed
    assert "Vụ trưởng, Vụ Thư ký" in allowed
    refused = text(clerk.get("/why/?permission=polls.declare"))
    assert "is not given by any post you hold" in refused
    assert "Lương Minh Thái" in refused  # who could
    assert "Declare the result" in text(clerk.get("/why/"))


def test_only_the_keeper_asks_for_others_and_for_any_day(keeper: Client, cast: Cast) -> None:
    asked = f"/why/?permission=polls.open&account={cast.clerk.pk}"
    assert "Trần Thị Khánh Vân" in text(keeper.get(asked))
    before = text(keeper.get(f"{asked}&day=01/01/2020"))
    assert "not allowed" in before
    other = text(browser_of(cast.registrar).get(asked))
    assert "not allowed" in other
    assert "Đinh Công Ẩn" in other


# -- accounts ---------------------------------------------------------------------------------------------------------
def test_an_account_is_created_invited_and_its_holder_chooses_a_password(keeper: Client) -> None:
    bad = keeper.post("/accounts/new/", {"username": "a b", "label": "", "email": "x"})
    assert bad.status_code == 422
    taken = keeper.post("/accounts/new/", {"username": "KHANH.VAN", "label": "Người khác", "email": ""})
    assert "is taken" in text(taken)
    made = keeper.post("/accounts/new/", {"username": "lan.anh", "label": "Lê Lan Anh", "email": "lan@vidu.vn"})
    page = keeper.post(f"{made['Location']}invite/")
    link = re.search(r"http://testserver(/sign-in/password/[^<\s]+)", page.content.decode())
    assert link
    guest = Client()
    form = guest.get(link[1])["Location"]
    new = "mật khẩu đầu tiên 2023"
    assert guest.post(form, {"password1": new, "password2": new}).status_code == 302
    assert guest.post("/sign-in/", {"login": "lan.anh", "password": new})["Location"] == "/"
    assert "no longer good" in text(Client(headers={"accept-language": "en"}).get(link[1]))


def test_an_account_is_suspended_with_a_reason_and_restored(keeper: Client, cast: Cast) -> None:
    clerk = browser_of(cast.clerk)
    address = f"/accounts/{cast.clerk.pk}/"
    assert "Say why" in text(keeper.post(f"{address}suspend/", {"reason": "x"}))
    assert keeper.post(f"{address}suspend/", {"reason": "nghỉ hưu từ tháng này"}).status_code == 302
    assert clerk.get("/me/").status_code == 302
    assert "nghỉ hưu từ tháng này" in text(keeper.get(address))
    assert "gone" in keeper.get("/accounts/?state=suspended").content.decode()
    keeper.post(f"{address}restore/")
    assert Account.objects.get(pk=cast.clerk.pk).is_active
    own = keeper.post(f"/accounts/{cast.keeper.pk}/suspend/", {"reason": "thử tự khóa"})
    assert "Nobody suspends their own account" in text(own)


def test_the_keeper_ends_the_sessions_of_somebody(keeper: Client, cast: Cast) -> None:
    clerk = browser_of(cast.clerk)
    assert clerk.get("/me/").status_code == 200
    keeper.post(f"/accounts/{cast.clerk.pk}/sessions/")
    assert clerk.get("/me/").status_code == 302


def test_accounts_are_found_without_tone_marks(keeper: Client) -> None:
    rows = text(keeper.get("/accounts/?q=khanh+van")).partition("State Open")[2]
    assert "Trần Thị Khánh Vân" in text(keeper.get("/accounts/?q=khanh+van"))
    assert "Lương Minh Thái" not in rows


# -- clock ------------------------------------------------------------------------------------------------------------
def test_the_clock_is_set_and_given_back(keeper: Client) -> None:
    keeper.post("/clock/", {"day": "24/11/2023", "time": "08:00"})
    Shift.forget()
    assert office_clock.day_of(office_clock.now()).isoformat() == "2023-11-24"
    assert "Friday, 24 Nov 2023" in text(keeper.get("/clock/"))
    assert journal.told(journal.entries(kind="clock")[:1])[0].sentence.endswith("to 08:00 24/11/2023")
    keeper.post("/clock/", {"now": "1"})
    Shift.forget()
    assert office_clock.day_of(office_clock.now()) == office_clock.day_of(office_clock.machine_now())


@pytest.mark.parametrize(("day", "time"), [("31/02/2023", "08:00"), ("24/11/1800", "08:00"), ("24/11/2023", "25:00")])
def test_a_moment_that_is_none_is_refused_at_its_field(keeper: Client, day: str, time: str) -> None:
    answer = keeper.post("/clock/", {"day": day, "time": time})
    assert answer.status_code == 422
    assert not Shift.objects.exists()


def test_the_clock_of_a_real_office_cannot_be_set(keeper: Client, settings) -> None:
    settings.DEMO = False
    assert keeper.get("/clock/").status_code == 404
    assert keeper.post("/clock/", {"day": "24/11/2023", "time": "08:00"}).status_code == 404


def test_who_may_not_set_the_clock_reads_why(cast: Cast) -> None:
    clerk = browser_of(cast.clerk)
    assert "is not given by any post" in text(clerk.get("/clock/"))
    clerk.post("/clock/", {"day": "24/11/2023", "time": "08:00"})
    assert not Shift.objects.exists()


def test_the_pages_speak_vietnamese(cast: Cast) -> None:
    assert office.LANGUAGE_CODE == "vi"
    browser = browser_of(cast.keeper, "vi")
    own = ("/journal/?kind=access", "/rulebook/?q=threshold", "/why/?permission=access.keep_accounts", "/accounts/")
    for page in (*own, "/clock/", f"/accounts/{cast.clerk.pk}/", "/accounts/new/"):
        words = re.sub(r"<option.*?</option>", "", browser.get(page).content.decode(), flags=re.DOTALL)
        words = re.sub(r"<[^>]+>", " ", words)
        found = re.findall(r"\b(the|your|with|and|of|is|are|was|Show|Everything|Account|State|Source|Used)\b", words)
        assert not found, f"{page}: {found}"
