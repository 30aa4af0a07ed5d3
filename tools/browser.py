"""Find the browser that the tests drive, or bring one in. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_browser() -> str | None:
    """The path of a Chromium: DIENHONG_CHROMIUM's, the system's, or playwright's own; None without any."""
    named = os.environ.get("DIENHONG_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    for place in (*PLACES, playwrights_own()):
        if place and Path(place).is_file():
            return place
    return None


def playwrights_own() -> str | None:
    """Where playwright keeps the Chromium it downloaded, whether or not it has."""
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            return playwright.chromium.executable_path
    except Exception:  # without playwright, or without its driver, it has no browser either
        return None


def bring_in(python: Path) -> str | None:
    """Install a Chromium: Debian's where we may, else playwright's. Its path, or None when neither could be had."""
    if Path("/etc/debian_version").exists() and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(words, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    else:
        subprocess.run([python, "-m", "playwright", "install", "chromium"], stdout=subprocess.DEVNULL, check=False)
    done = subprocess.run([python, "-m", "tools.browser"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


if __name__ == "__main__":
    sys.stdout.write(find_browser() or "")
