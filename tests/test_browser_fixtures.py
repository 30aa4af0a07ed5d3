"""The office that the browser tests visit is a real one: its own process, its own folder, its own restart."""

from __future__ import annotations

import urllib.request

import pytest

from tests.browser import Faults, check_accessibility

pytestmark = pytest.mark.browser


def test_the_front_door_is_accessible_in_both_languages(browse, shared_office):
    for language in ("vi", "en"):
        page = browse(language=language)
        page.goto(shared_office.url)
        assert page.locator("html").get_attribute("lang") == language
        check_accessibility(page)


@pytest.mark.slow
def test_an_office_survives_being_killed_and_commands_see_the_same_office(live_office):
    live_office.kill()
    live_office.start()
    with urllib.request.urlopen(f"{live_office.url}/health/live", timeout=10) as answer:
        assert answer.status == 200
    said = live_office.command("journal", "verify")
    assert said.returncode == 0


def test_faults_that_a_test_expects_are_left_out():
    faults = Faults(seen=["500: /x", "outside: http://example.org/"])
    faults.allow("500: /x")
    assert faults.unexpected() == ["outside: http://example.org/"]
