"""Check everything: what `./test` does. Standard library only until the environment is there.

usage: ./test [fast] [pytest arguments ...]

  (nothing)   style, types, import contracts, translations, every test, and those of concepts and desks once more on
              PostgreSQL where it runs (about twenty minutes on two cores)
  fast        the quick part: style, import contracts, tests that need no server, no browser and no long time
  ARGUMENTS   given on to pytest, e.g. ./test dienhong/polls -k tally

Tests against real servers run where PostgreSQL and Redis answer on their standard loopback ports; elsewhere they are
skipped and said to be. DIENHONG_TEST_REQUIRE=postgres,redis makes such a skip a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tools.browser import bring_in
from tools.prepare import PYTHON, ROOT, VENV, Missing, prepare, say
from tools.servers import PORTS, answers

Step = tuple[str, list[str]]
STYLE: list[Step] = [
    ("style", ["ruff", "check", "--quiet", "."]),
    ("layout", ["ruff", "format", "--check", "--quiet", "."]),
    ("import contracts", ["lint-imports", "--no-cache"]),
]
#: What needs no other and takes long: it runs beside the tests, which wait a lot.
BESIDE: list[Step] = [
    ("types", ["mypy", "dienhong", "tests", "tools"]),
    ("translations", ["python", "-m", "dienhong", "messages", "check"]),
]

#: What is tested on both databases: everything that reads or writes the office's record.
CONCEPTS = ("foundation", "people", "work", "polls", "meetings", "texts", "records", "reports", "desks")


def run_step(name: str, words: list[str]) -> bool:
    """Run one step of the check; say how long it took, and what it said when it failed."""
    began = time.monotonic()
    command = [str(VENV / "bin" / words[0]), *words[1:]]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    say(f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {name} ({time.monotonic() - began:.1f} s)")
    if done.returncode:
        say("\n".join(f"      {line}" for line in done.stdout.strip().splitlines()[-60:]))
    return done.returncode == 0


def browser() -> str | None:
    """The browser that the tests drive, brought in when there is none."""
    found = subprocess.run([PYTHON, "-m", "tools.browser"], capture_output=True, text=True, check=False).stdout.strip()
    if not found:
        say("A browser for the tests ...")
        found = bring_in(PYTHON) or ""
    if not found:
        say("skipped: the tests in a browser. No Chromium is here and none could be had; DIENHONG_CHROMIUM names one.")
    return found or None


def say_what_is_skipped(fast: bool) -> None:
    """Name before the tests what this machine or this call leaves out."""
    required = {name for name in os.environ.get("DIENHONG_TEST_REQUIRE", "").split(",") if name}
    for name, port in PORTS.items():
        if name not in required and not answers(port):
            say(f"skipped: the tests against {name}. Nothing answers on 127.0.0.1:{port}.")
    if fast:
        say("skipped: types, translations, tests marked slow, browser, data or of a server (./test runs them).")


def main(argv: list[str]) -> int:
    """Run every step, tests last; 0 when all is well."""
    if argv and argv[0] in {"-h", "--help"}:
        print(__doc__)
        return 0
    fast = bool(argv) and argv[0] == "fast"
    chosen = argv[1:] if fast else argv
    if shutil.which("git") is None:
        raise Missing("git is not here. On Debian or Ubuntu: apt install git")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled once is kept: many processes start in a check
    prepare("dev")
    failed = [name for name, words in STYLE if not run_step(name, words)]
    environment = dict(os.environ)
    if not fast:
        found = browser()
        if found:
            environment["DIENHONG_CHROMIUM"] = found
    say_what_is_skipped(fast)
    if failed:
        say(f"FAILED before the tests: {', '.join(failed)}")
    command = [str(PYTHON), "-m", "pytest", "-n", "2", "--dist", "worksteal", "-r", "fEs"]
    if fast:
        marks = "not slow and not browser and not data and not postgres and not redis"
        command += ["-m", marks, "--hypothesis-profile", "quick"]
    sys.stdout.flush()
    with ThreadPoolExecutor(1) as beside:
        steps = {name: beside.submit(run_step, name, words) for name, words in ([] if fast else BESIDE)}
        tests = subprocess.run([*command, *chosen], cwd=ROOT, env=environment, check=False).returncode
        again = 0 if fast or chosen else on_postgres(command, environment)
    wrong = [name for name, step in steps.items() if not step.result()]
    if wrong:
        say(f"FAILED beside the tests: {', '.join(wrong)}")
    return tests or again or (1 if failed or wrong else 0)


def on_postgres(command: list[str], environment: dict[str, str]) -> int:
    """The tests of concepts and desks once more with PostgreSQL as the office's own database, where a server runs."""
    asked = [str(PYTHON), "-c", "from tests.backends import postgres_server; print(postgres_server()[0])"]
    url = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    if not url:
        return 0  # that it is not there was said before, and is a failure where DIENHONG_TEST_REQUIRE names it
    say("The tests of concepts and desks once more, on PostgreSQL:")
    here = environment | {"DIENHONG_DATABASE_URL": f"{url.rpartition('/')[0]}/dienhong_suite"}
    rooms = [f"dienhong/{room}" for room in CONCEPTS if (ROOT / "dienhong" / room).is_dir()]
    marks = ["-m", "not browser and not slow and not data and not postgres and not redis"]
    return subprocess.run([*command, *rooms, *marks], cwd=ROOT, env=here, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Missing as missing:
        sys.exit(f"./test: {missing}")
    except KeyboardInterrupt:
        sys.exit(130)
