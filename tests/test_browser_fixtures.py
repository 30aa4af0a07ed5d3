"""The office that the browser tests visit is a real one: its own process, its own folder, its own restart."""

from __future__ import annotations

import urllib.request

import pytest

from tests.browser import WINDOWS, Faults, check_accessibility, close_windows

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


def test_a_stream_refused_while_the_office_is_open_is_a_fault():
    assert Faults(seen=["503: http://127.0.0.1:1/live/events"]).unexpected() != []


def test_windows_close_before_their_office(browse, live_office, faults):
    page = browse()
    page.goto(live_office.url)
    page.evaluate("() => { window.stream = new EventSource('/live/events'); }")
    page.wait_for_function("() => window.stream.readyState !== 0")
    close_windows()
    live_office.stop()
    assert WINDOWS == []
    assert faults.unexpected() == []
