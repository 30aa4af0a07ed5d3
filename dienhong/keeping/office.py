"""`back_up` and `put_back`: the whole office into one file and back, and what is compared on the way."""

from __future__ import annotations

import datetime as dt
import tarfile
import tempfile
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError
from django.utils.crypto import salted_hmac

from dienhong.foundation import clock, files
from dienhong.foundation.access.actor import keeper as actor_keeper
from dienhong.foundation.files.store import check as check_file
from dienhong.foundation.journal import queries as journal
from dienhong.foundation.letters.actions import hold_letters
from dienhong.foundation.refusal import Refusal
from dienhong.keeping import archive
from dienhong.keeping.archive import BadBackup, Manifest
from dienhong.keeping.databases import CannotKeep, Contents, contents, keeper


@dataclass(slots=True)
class PutBack:
    """What was put back, and what the person should know."""

    manifest: Manifest
    notes: list[str] = field(default_factory=list)


def key_fingerprint() -> str:
    """A short print of the office's secret key, by which another key is recognised."""
    return salted_hmac("dienhong.keeping", "fingerprint", algorithm="sha256").hexdigest()[:16]


def program_version() -> str:
    try:
        return version("dienhong")
    except PackageNotFoundError:
        return "0"


def back_up(out: Path, *, at: dt.datetime) -> Manifest:
    """Write the office into `out`. The database is copied first: files are only ever added, so none is missing.

    Raises CannotKeep when `out` exists or something cannot be read; then nothing is left behind.
    """
    if out.exists():
        raise CannotKeep(f"{out} exists already; a backup never overwrites another file")
    if not out.parent.is_dir():
        raise CannotKeep(f"there is no folder {out.parent}")
    with tempfile.TemporaryDirectory(prefix="dienhong-backup-", dir=out.parent) as folder:
        copy = Path(folder) / "database"
        held = keeper().copy(copy)
        names = list(files.store().names())
        manifest = _manifest(at, copy, held, names)
        with archive.Writer(out).open() as tar:
            archive.add_manifest(tar, manifest)
            with copy.open("rb") as content:
                archive.add(tar, archive.DATABASE, content, manifest.database_bytes)
            for name in names:
                _add_file(tar, name, Path(folder))
    return manifest


def _manifest(at: dt.datetime, copy: Path, held: Contents, names: list[str]) -> Manifest:
    return Manifest(
        made_at=at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        version=program_version(),
        engine=keeper().engine,
        database_sha256=archive.digest_of(copy),
        database_bytes=copy.stat().st_size,
        entries=held.entries,
        head=held.head,
        tables=held.tables,
        migrations=held.migrations,
        files=len(names),
        files_bytes=sum(_size_of(name) for name in names),
        key=key_fingerprint(),
    )


def _size_of(name: str) -> int:
    size = 0
    with files.store().open(name) as content:
        while chunk := content.read(archive.CHUNK):
            size += len(chunk)
    return size


def _add_file(tar: tarfile.TarFile, name: str, folder: Path) -> None:
    """Add one stored file, checked against its name. Raises CannotKeep: a broken file must not pass for a kept one."""
    part = folder / "file"
    with files.store().open(name) as content, part.open("wb") as copy:
        while chunk := content.read(archive.CHUNK):
            copy.write(chunk)
    if archive.digest_of(part) != name:
        raise CannotKeep(f"the stored file {name} is broken; put it right before a backup is made")
    with part.open("rb") as content:
        archive.add(tar, archive.FILES + name, content, part.stat().st_size)


def put_back(path: Path, *, force: bool) -> PutBack:
    """Put back the office that this backup holds, then verify it.

    Raises BadBackup before anything is touched when the file is not whole; CannotKeep when there is an office here
    and `force` was not said, when it is still running, or when what was put back is not what was written.
    """
    manifest = archive.read_manifest(path)
    database = keeper()
    if manifest.engine != database.engine:
        raise CannotKeep(
            f"this is a backup of {manifest.engine}, and this office runs on {database.engine}: "
            "set DIENHONG_DATABASE_URL to a database of the same kind"
        )
    if not database.empty() and not force:
        raise CannotKeep("there is an office here already; --force puts the backup in its place")
    done = PutBack(manifest)
    settings.HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dienhong-restore-", dir=settings.HOME) as folder:
        copy = Path(folder) / "database"
        archive.unpack_database(path, copy)
        _put_files(path, manifest)
        note = database.put_back(copy)
        if note:
            done.notes.append(note)
    _verify(path, manifest)
    done.notes += _held_back(manifest)
    if manifest.key != key_fingerprint():
        done.notes.append(
            "the secret key is not the one of the office that was backed up: sessions end, and second proofs must be "
            "set up again unless its key is put in place (DIENHONG_SECRET_KEY, or the file secret in its home)"
        )
    if manifest.version != program_version():
        done.notes.append(f"the backup was made by version {manifest.version}: run dienhong migrate")
    return done


def _held_back(manifest: Manifest) -> list[str]:
    """Hold the letters that waited when the backup was made: they may have left since, and a trial must send none."""
    if not manifest.tables.get("letters_letter"):
        return []
    try:
        count = hold_letters(actor=actor_keeper("restore"), at=clock.now())
    except DatabaseError as error:  # tables of another version of the program
        return [
            f"letters that waited could not be held back ({error}): run dienhong migrate without a mail server first"
        ]
    if not count:
        return []
    return [f"{count} letters that waited are held back: look at them on the page of the outbox, try again or give up"]


def _put_files(path: Path, manifest: Manifest) -> None:
    """Put the stored files back before the database, so that it never names one that is not there."""
    count = 0
    for name, content in archive.stored_files(path):
        if files.store().put(cast("BinaryIO", content)) != name:
            raise BadBackup(f"the file {name} in this backup is broken")
        count += 1
    if count != manifest.files:
        raise BadBackup(f"this backup holds {count} files and its manifest names {manifest.files}")


def _verify(path: Path, manifest: Manifest) -> None:
    """Compare what is here now with the manifest, read the whole journal, and read every file through."""
    connection.close()
    held = contents()
    faults = [
        f"{name} has {held.tables.get(name)} rows instead of {count}"
        for name, count in manifest.tables.items()
        if held.tables.get(name) != count
    ]
    if (held.entries, held.head) != (manifest.entries, manifest.head):
        faults.append(
            f"the journal ends at {held.entries}:{held.head[:12]}, not {manifest.entries}:{manifest.head[:12]}"
        )
    faults += [f"entry {one.number} of the journal: {one.fault}" for one in journal.breaks()[:5]]
    for name, _content in archive.stored_files(path):
        try:
            check_file(files.store(), name)
        except Refusal as refusal:
            faults.append(str(refusal))
    if faults:
        raise CannotKeep("what was put back is not what was written: " + "; ".join(faults[:5]))
