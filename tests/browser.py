"""A real browser and a real office for the tests: `page`, `live_office`, `shared_office` and `check_accessibility`.

    @pytest.mark.browser
    def test_the_clerk_finds_the_sitting(page, live_office):
        page.goto(live_office.url)
        check_accessibility(page)

Whatever a page does wrong on the way fails the test at its end: an error in a script, something that the content policy
blocked, an answer of 500, a call to an address outside the office. The content policy holds in the tests too, so
`page.wait_for_function` takes a function ("() => …"), never an expression.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.tables import lay_out
from tools.browser import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / ".cache" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


def missing(what: str) -> None:
    """Skip for want of a browser, or fail where DIENHONG_TEST_REQUIRE names it."""
    if "browser" in os.environ.get("DIENHONG_TEST_REQUIRE", "").split(","):
        pytest.fail(what)
    pytest.skip(what)


# -- the browser ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    path = find_browser()
    if path is None:
        missing("no Chromium is here; name one with DIENHONG_CHROMIUM")
    from playwright.sync_api import sync_playwright

    # playwright keeps a loop running in this thread, and Django would take every query beside it for a mistake
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Faults:
    """What pages did wrong while a test looked elsewhere."""

    seen: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, part: str) -> None:
        """Expect a fault whose text contains this part, e.g. a refusal that the test provokes."""
        self.allowed.append(part)

    def unexpected(self) -> list[str]:
        """The faults that no test expected."""
        return [fault for fault in self.seen if not any(part in fault for part in self.allowed)]


@pytest.fixture
def faults() -> Faults:
    """What the pages of this test do wrong; `faults.allow("409")` for what the test provokes."""
    return Faults()


#: The windows that are open now.
WINDOWS: list[BrowserContext] = []


def close_windows(first: int = 0) -> None:
    """Close the windows from this one on.

    An office that ends sends its streams away with 503. So the windows of a test are closed before its office is, and
    every 503 that a page has seen is a fault, unless the test itself ended the office and allowed it.
    """
    while len(WINDOWS) > first:
        WINDOWS.pop().close()


@pytest.fixture
def browse(browser: Browser, faults: Faults) -> Iterator[Any]:
    """Opens a fresh window, signed in to nothing: `browse(language="en", width=820)`. For more than one person."""
    mine = len(WINDOWS)

    def opened(
        *, language: str = "vi", width: int = 1280, height: int = 800, scripts: bool = True, **more: Any
    ) -> Page:
        context = browser.new_context(
            locale={"vi": "vi-VN", "en": "en-GB"}[language],
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            **more,
        )
        context.set_default_timeout(10_000)
        WINDOWS.append(context)
        page = context.new_page()
        watch(page, faults)
        return page

    yield opened
    close_windows(mine)
    assert faults.unexpected() == []


@pytest.fixture
def page(browse: Any) -> Page:
    """A window 1280 wide, in Vietnamese."""
    opened: Page = browse()
    return opened


def watch(page: Page, faults: Faults) -> None:
    """Note what goes wrong in this page."""

    def console(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.seen.append(f"console: {message.text}")

    def request(asked: Any) -> None:
        host = urlsplit(asked.url).hostname
        if host not in {None, "127.0.0.1", "localhost"} and not asked.url.startswith(("data:", "blob:")):
            faults.seen.append(f"outside: {asked.url}")

    def response(answer: Any) -> None:
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            faults.seen.append(f"{answer.status}: {answer.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: faults.seen.append(f"script: {error}"))
    page.on("request", request)
    page.on("response", response)


def check_accessibility(page: Page, *, without: tuple[str, ...] = ()) -> None:
    """Fail unless axe finds nothing against WCAG 2.2 A and AA in the page as it stands. `without` leaves rules out."""
    if not AXE.is_file():
        missing(f"axe-core is not at {AXE.relative_to(ROOT)}: dienhong assets build")
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {
        "runOnly": {"type": "tag", "values": WCAG},
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in without},
    }
    found = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    lines = [f"{one['id']} ({one['help']}): {node['html'][:160]}" for one in found for node in one["nodes"][:5]]
    assert lines == [], f"not accessible: {page.url}"


# -- the office -------------------------------------------------------------------------------------------------------


@dataclass
class Office:
    """A served office: `dienhong serve` as its own process, with the cast in its own folder."""

    home: Path
    port: int
    environment: dict[str, str]
    folder: Path = ROOT
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its first address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `dienhong …` beside the server, in the same office."""
        words = (sys.executable, "-m", "dienhong", *words)
        return subprocess.run(
            words, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=check, timeout=120
        )

    def start(self, *, patience: float = 240.0) -> None:
        """Start the server and wait until it answers."""
        log = (self.home / "serve.log").open("ab")
        command = [sys.executable, "-m", "dienhong", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            if answers(f"{self.url}/health/live"):
                return
            time.sleep(0.05)
        raise AssertionError(f"the office did not start:\n{(self.home / 'serve.log').read_text()[-3000:]}")

    def stop(self) -> None:
        """Stop the server as a service manager does."""
        self.end(kill=False)

    def kill(self) -> None:
        """Stop the server as a power cut does."""
        self.end(kill=True)

    def end(self, *, kill: bool) -> None:
        """End the process of the server, if one runs."""
        if self.process is None:
            return
        if kill:
            self.process.kill()
        else:
            self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


def answers(url: str) -> bool:
    """Whether a server answers at this address, with whatever it says."""
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment_of(home: Path, port: int = 0) -> dict[str, str]:
    """The environment of an office with its own folder, apart from whatever this machine has set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DIENHONG_", "DJANGO_"))}
    named = {"DIENHONG_HOME": str(home), "DIENHONG_DEMO": "1", "DIENHONG_BASE_URL": f"http://127.0.0.1:{port}"}
    return {**kept, **named}


CAST = "from dienhong.commands import open_office; open_office(); from dienhong.demo.cast import assemble; assemble()"


@pytest.fixture(scope="session")
def office_at_rest(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of an office with the cast in it, made once for all workers and copied by each test that needs one."""
    run = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        run = run.parent  # that of all workers
    home = run / "office-at-rest"
    with run.joinpath("office-at-rest.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            making = run / "office-in-the-making"
            shutil.rmtree(making, ignore_errors=True)
            environment = environment_of(making)
            lay_out(environment)
            command = [sys.executable, "-c", CAST]
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr[-3000:]
            making.rename(home)
    return home


def serve(home: Path) -> Office:
    """Serve the office in this folder on a free port."""
    port = free_port()
    office = Office(home, port, environment_of(home, port))
    office.start()
    return office


@pytest.fixture
def live_office(office_at_rest: Path, tmp_path: Path) -> Iterator[Office]:
    """An office of this test's own, served by a real process."""
    home = tmp_path / "office"
    shutil.copytree(office_at_rest, home)
    office = serve(home)
    yield office
    close_windows()
    office.stop()


@pytest.fixture(scope="session")
def shared_office(office_at_rest: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One served office for all tests that only look."""
    home = tmp_path_factory.mktemp("shared") / "office"
    shutil.copytree(office_at_rest, home)
    office = serve(home)
    yield office
    office.stop()
