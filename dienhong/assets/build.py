"""The built assets: what lies in `static/vendor` and which lock it was built from."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from dienhong.assets import fonts, npm

PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent
VENDOR = PACKAGE / "static" / "vendor"
CACHE = PROJECT / ".cache" / "assets"
STAMP = "built-from.txt"


def key(project: Path = PROJECT) -> str:
    """The digest of what decides the outcome: the lock of the packages, and the code of this build."""
    total = hashlib.sha256()
    for path in [project / "package-lock.json", *sorted(Path(__file__).parent.glob("*.py"))]:
        if path.is_file():
            total.update(path.read_bytes())
    return total.hexdigest()


def fresh(vendor: Path = VENDOR) -> bool:
    """Whether the built assets are those of the present lock."""
    stamp = vendor / STAMP
    return stamp.is_file() and stamp.read_text().strip() == key()


def build(*, force: bool = False, vendor: Path = VENDOR) -> bool:
    """Build the assets unless they are there. Returns whether anything was done.

    They are built beside their place and moved there at the end, so a failure leaves the old ones. Raises npm.NotBuilt.
    """
    if not force and fresh(vendor):
        return False
    modules = npm.install(PROJECT, CACHE)
    half = vendor.with_name(vendor.name + ".new")
    shutil.rmtree(half, ignore_errors=True)
    try:
        half.mkdir(parents=True)
        (half / "fonts.css").write_text(fonts.build_screen(modules, half / "fonts"))
        fonts.build_documents(modules, half / "fonts" / "ttf")
    except (OSError, KeyError, ValueError) as error:
        shutil.rmtree(half, ignore_errors=True)
        raise npm.NotBuilt(f"a package does not hold what the build expects: {error}") from error
    (half / STAMP).write_text(key() + "\n")
    shutil.rmtree(vendor, ignore_errors=True)
    half.replace(vendor)
    return True
