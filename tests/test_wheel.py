"""The wheel carries everything: it is installed away from the checkout, makes an office and serves it."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from dienhong.assets import build
from tests.browser import Office, environment_of, free_port

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not build.VENDOR.is_dir(), reason="the assets are not built: dienhong assets build"),
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing in it but the installed wheel; the dependencies come from this environment."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    subprocess.run([*command, str(wheel)], check=True)
    return folder


def test_the_wheel_holds_assets_catalogues_and_rules_and_no_test(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "dienhong/static/vendor/fonts.css",
        "dienhong/static/vendor/fonts/ttf/Tinos-Regular.ttf",
        "dienhong/static/vendor/fonts/LICENSE-Source-Sans-3.txt",
        "dienhong/static/dienhong/css/tokens.css",
        "dienhong/static/dienhong/js/live.js",
        "dienhong/locale/vi/LC_MESSAGES/django.mo",
        "dienhong/desks/templates/base.html",
        "dienhong/desks/templates/kit/votebar.html",
    ):
        assert needed in names
    assert any(name.startswith("dienhong/rulebooks/") and name.endswith(".toml") for name in names)
    assert [name for name in names if "/tests/" in name or name.startswith(("tests/", "tools/"))] == []
    assert any(name.endswith("licenses/NOTICE") for name in names)


def test_the_installed_wheel_makes_an_office_and_serves_it(installed, tmp_path):
    home = tmp_path / "office"
    port = free_port()
    environment = {**environment_of(home, port), "PYTHONPATH": str(installed)}

    def dienhong(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dienhong", *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    where = [sys.executable, "-c", "import dienhong; print(dienhong.__file__)"]
    said = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout
    assert Path(said.strip()).is_relative_to(installed)
    assert "Serve the office." in dienhong("--help").stdout
    migrated = dienhong("migrate")
    assert migrated.returncode == 0, migrated.stderr
    office = Office(home, port, environment, folder=tmp_path)
    office.start()
    try:
        for address in ("/health/live", "/static/vendor/fonts.css", "/static/dienhong/css/tokens.css"):
            with urllib.request.urlopen(office.url + address, timeout=10) as answer:
                assert answer.status == 200
                assert answer.read()
    finally:
        office.stop()


def test_outside_a_checkout_building_assets_says_that_they_are_there(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed), "DIENHONG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "dienhong", "assets", "build", "--force"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "carries them already" in done.stderr
    assert "Traceback" not in done.stderr
