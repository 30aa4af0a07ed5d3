"""The build of the assets: what it refuses, and that a failure leaves what was there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dienhong.assets import build, npm


def test_the_locks_hold_versions_and_digests_and_no_address():
    root = build.PROJECT
    lock = json.loads((root / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    for name in ("package-lock.json", "requirements.lock", "requirements-dev.lock"):
        assert "://" not in (root / name).read_text(), name
    pins = [
        line
        for line in (root / "requirements-dev.lock").read_text().splitlines()
        if line and not line.startswith((" ", "#"))
    ]
    assert all("==" in pin for pin in pins)


def test_the_runtime_lock_is_part_of_the_development_lock():
    def pins(name: str) -> set[str]:
        return {line.split(" ")[0] for line in (build.PROJECT / name).read_text().splitlines() if "==" in line}

    assert pins("requirements.lock") < pins("requirements-dev.lock")


def test_outside_a_checkout_the_reason_is_said(tmp_path):
    with pytest.raises(npm.NotBuilt, match="wheel carries them"):
        npm.install(tmp_path, tmp_path / "cache")


def test_a_failing_npm_is_quoted(tmp_path, monkeypatch):
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    fake = tmp_path / "npm"
    fake.write_text('#!/bin/sh\necho "npm error network down" >&2\nexit 1\n')
    fake.chmod(0o755)
    monkeypatch.setattr(npm, "npm_command", lambda: [str(fake)])
    with pytest.raises(npm.NotBuilt, match="network down"):
        npm.install(tmp_path, tmp_path / "cache")


def test_an_old_npm_is_not_taken(tmp_path):
    fake = tmp_path / "npm"
    fake.write_text("#!/bin/sh\necho 6.14.4\n")
    fake.chmod(0o755)
    assert not npm.recent([str(fake)])
    assert not npm.recent([str(tmp_path / "none")])


def test_a_failed_build_leaves_the_assets_that_were_there(tmp_path, monkeypatch):
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "fonts.css").write_text("old")
    monkeypatch.setattr(npm, "install", lambda project, cache: Path(tmp_path / "empty"))
    with pytest.raises(npm.NotBuilt, match="does not hold"):
        build.build(force=True, vendor=vendor)
    assert (vendor / "fonts.css").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vendor"]
