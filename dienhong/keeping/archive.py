"""The file of a backup: a tar that begins with its manifest, then the database, then the stored files by name."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files/"
CHUNK = 1024 * 1024


class BadBackup(Exception):
    """This file is no backup that can be put back; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, so that what is put back can be compared with it."""

    made_at: str
    version: str
    engine: str  # "sqlite" or "postgresql"
    database_sha256: str
    database_bytes: int
    entries: int  # of the journal
    head: str  # hash of the last entry
    tables: dict[str, int]  # rows of each table
    migrations: list[str]
    files: int
    files_bytes: int
    key: str  # fingerprint of the office's secret key, without which second proofs cannot be opened
    format: int = field(default=FORMAT)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


class Writer:
    """Writes a backup beside its place and puts it there when it is whole and on the disk."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.part = out.with_name(f".{out.name}.part")

    @contextlib.contextmanager
    def open(self) -> Iterator[tarfile.TarFile]:
        """The tar to write into; nothing stays behind when it fails."""
        try:
            descriptor = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as raw:
                with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    yield tar
                raw.flush()
                os.fsync(raw.fileno())
            self.part.replace(self.out)
        except BaseException:
            self.part.unlink(missing_ok=True)
            raise


def add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    """Write the manifest: the first member."""
    words = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    add(tar, MANIFEST, io.BytesIO(words), len(words))


def add(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    """Write one member, readable by its owner only when unpacked."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, content)


def read_manifest(path: Path) -> Manifest:
    """The manifest of this backup. Raises BadBackup."""
    with opened(path) as tar:
        return _manifest(tar)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tarfile.TarFile]:
    """The backup, to be read from its beginning. Raises BadBackup."""
    try:
        with tarfile.open(path, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError) as error:
        raise BadBackup(f"{path} is not a backup of an office, or was cut short: {error}") from error


def _manifest(tar: tarfile.TarFile) -> Manifest:
    member = tar.next()
    if member is None or member.name != MANIFEST:
        raise BadBackup("this file does not begin with the manifest of a backup")
    content = tar.extractfile(member)
    assert content is not None
    try:
        raw: dict[str, Any] = json.load(content)
        manifest = Manifest(**raw)
    except (ValueError, TypeError) as error:
        raise BadBackup(f"the manifest cannot be read: {error}") from error
    if manifest.format != FORMAT:
        raise BadBackup(f"this backup is of format {manifest.format}; this program knows format {FORMAT}")
    return manifest


def unpack_database(path: Path, out: Path) -> Manifest:
    """Write the database of this backup to `out`, compared with the manifest's digest. Raises BadBackup."""
    with opened(path) as tar:
        manifest = _manifest(tar)
        member = tar.next()
        if member is None or member.name != DATABASE:
            raise BadBackup("the database is missing from this backup")
        content = tar.extractfile(member)
        assert content is not None
        with out.open("wb") as copy:
            while chunk := content.read(CHUNK):
                copy.write(chunk)
    if digest_of(out) != manifest.database_sha256:
        raise BadBackup("the database in this backup is not the one that was written: its digest differs")
    return manifest


def stored_files(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each stored file of this backup: its name and content."""
    with opened(path) as tar:
        for member in tar:
            if member.name.startswith(FILES):
                content = tar.extractfile(member)
                assert content is not None
                yield member.name.removeprefix(FILES), content
