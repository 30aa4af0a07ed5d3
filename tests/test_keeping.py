"""Backups: made of a working office, put back, verified; and what is refused."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from dienhong.keeping.archive import BadBackup, read_manifest, unpack_database
from tests.backends import postgres_url  # noqa: F401
from tests.office import ROOT, environment
from tests.tables import lay_out

FILL = """
import io
from dienhong.commands import open_office
open_office()
from dienhong.demo.cast import assemble
from dienhong.foundation import files
assemble()
files.store().put(io.BytesIO("Luật Viễn thông".encode()))
"""


class Office:
    """An office in a folder, worked through its commands."""

    def __init__(self, home: Path, database_url: str = "") -> None:
        self.home = home
        self.environment = environment(home, database_url)

    def run(self, *words: str, code: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "dienhong", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    def must(self, *words: str, code: str = "") -> str:
        done = self.run(*words, code=code)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Path]:
    """An embedded office with the cast, and a backup of it."""
    office = Office(tmp_path_factory.mktemp("office"))
    lay_out(office.environment)
    office.must(code=FILL)
    out = tmp_path_factory.mktemp("backups") / "office.tar"
    office.must("backup", str(out))
    return office, out


def test_what_is_put_back_is_what_was_written(filled: tuple[Office, Path], tmp_path: Path) -> None:
    office, out = filled
    other = Office(tmp_path / "other")
    other.environment["DIENHONG_SECRET_KEY"] = (office.home / "secret").read_text()
    done = json.loads(other.must("restore", str(out), "--json"))
    assert done["files"] == 1
    assert done["notes"] == []
    assert other.must("journal", "head") == office.must("journal", "head")
    assert json.loads(other.must("journal", "verify", "--json"))["holds"]
    assert json.loads(other.must("account", "list", "--json")) == json.loads(office.must("account", "list", "--json"))
    assert (out.stat().st_mode & 0o777) == 0o600


@pytest.mark.slow
def test_an_office_that_is_there_is_not_overwritten_without_force(filled: tuple[Office, Path], tmp_path: Path) -> None:
    office, out = filled
    other = Office(tmp_path / "other")
    shutil.copytree(office.home, other.home)
    refused = other.run("restore", str(out))
    assert refused.returncode == 1
    assert "there is an office here already" in refused.stderr
    assert "Traceback" not in refused.stderr
    other.must("account", "create", "lan.anh", "--name", "Lê Lan Anh")
    told = other.must("restore", str(out), "--force")
    assert "kept as" in told
    assert "lan.anh" not in other.must("account", "list")
    aside = next(other.home.glob("office.sqlite3.before-*"))
    with sqlite3.connect(aside) as kept:
        assert kept.execute("SELECT count(*) FROM access_account WHERE username = 'lan.anh'").fetchone() == (1,)


@pytest.mark.slow
def test_a_running_office_is_not_pulled_away(filled: tuple[Office, Path], tmp_path: Path) -> None:
    office, out = filled
    other = Office(tmp_path / "other")
    shutil.copytree(office.home, other.home)
    running = sqlite3.connect(other.home / "office.sqlite3")
    running.execute("BEGIN").execute("SELECT count(*) FROM journal_entry").fetchone()
    refused = other.run("restore", str(out), "--force")
    assert refused.returncode == 1
    assert "stop the office first" in refused.stderr
    running.close()


def test_a_backup_never_overwrites_a_file(filled: tuple[Office, Path]) -> None:
    office, out = filled
    refused = office.run("backup", str(out))
    assert refused.returncode == 1
    assert "exists already" in refused.stderr
    assert office.run("backup", str(out.parent / "no" / "such" / "folder.tar")).returncode == 1
    assert sorted(path.name for path in out.parent.iterdir()) == ["office.tar"]


@pytest.mark.slow
def test_a_broken_stored_file_stops_the_backup(filled: tuple[Office, Path], tmp_path: Path) -> None:
    other = Office(tmp_path / "other")
    shutil.copytree(filled[0].home, other.home)
    stored = next(path for path in (other.home / "files").rglob("*") if path.is_file())
    stored.chmod(0o600)
    stored.write_bytes(b"something else")
    refused = other.run("backup", str(tmp_path / "out.tar"))
    assert refused.returncode == 1
    assert "is broken" in refused.stderr
    assert not (tmp_path / "out.tar").exists()


# -- files that are no backups ----------------------------------------------------------------------------------------
def cut(source: Path, out: Path) -> None:
    out.write_bytes(source.read_bytes()[: source.stat().st_size // 2])


def change_the_database(source: Path, out: Path) -> None:
    words = bytearray(source.read_bytes())
    with tarfile.open(source) as tar:
        offset = tar.getmember("database").offset_data
    words[offset + 5000] ^= 0xFF
    out.write_bytes(words)


def without_the_manifest(source: Path, out: Path) -> None:
    with tarfile.open(source) as tar, tarfile.open(out, "w") as made:
        for member in tar.getmembers()[1:]:
            made.addfile(member, tar.extractfile(member))


def another_file(_source: Path, out: Path) -> None:
    out.write_text("Kính gửi: Văn phòng Quốc hội")


@pytest.mark.parametrize("spoil", [cut, change_the_database, without_the_manifest, another_file])
def test_a_file_that_is_no_whole_backup_is_refused(filled: tuple[Office, Path], tmp_path: Path, spoil) -> None:
    bad = tmp_path / "bad.tar"
    spoil(filled[1], bad)
    with pytest.raises(BadBackup):
        unpack_database(bad, tmp_path / "database")


def test_a_spoilt_backup_leaves_an_empty_home_empty(filled: tuple[Office, Path], tmp_path: Path) -> None:
    change_the_database(filled[1], tmp_path / "bad.tar")
    other = Office(tmp_path / "other")
    refused = other.run("restore", str(tmp_path / "bad.tar"))
    assert refused.returncode == 1
    assert "digest differs" in refused.stderr
    assert not (tmp_path / "other" / "office.sqlite3").exists()


def test_the_manifest_tells_what_is_inside(filled: tuple[Office, Path]) -> None:
    manifest = read_manifest(filled[1])
    assert manifest.engine == "sqlite"
    assert manifest.tables["people_person"] == 16
    assert "django_session" not in manifest.tables
    assert manifest.entries == manifest.tables["journal_entry"]


# -- PostgreSQL -------------------------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(not (shutil.which("pg_dump") and shutil.which("pg_restore")), reason="pg_dump is not here")
def test_an_office_on_postgresql_is_backed_up_and_put_back(
    filled: tuple[Office, Path],
    postgres_url: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    office = Office(tmp_path / "home", postgres_url)
    office.must(code=FILL)
    out = tmp_path / "office.tar"
    office.must("backup", str(out))
    head = office.must("journal", "head")
    office.must("account", "create", "lan.anh", "--name", "Lê Lan Anh")
    assert office.run("restore", str(out)).returncode == 1
    office.must("restore", str(out), "--force")
    assert office.must("journal", "head") == head
    assert "lan.anh" not in office.must("account", "list")
    assert json.loads(office.must("journal", "verify", "--json"))["holds"]
    office.must("account", "create", "lan.anh", "--name", "Lê Lan Anh")  # and it works on, keys included
    guarded = office.run(code="from dienhong.commands import open_office; open_office()\n"
                         "from dienhong.foundation.journal.models import Entry\n"
                         "Entry.objects.filter(pk=1).update(kind='x')")  # fmt: skip
    assert "append-only" in guarded.stderr
    other_kind = office.run("restore", str(filled[1]), "--force")
    assert "this is a backup of sqlite" in other_kind.stderr
