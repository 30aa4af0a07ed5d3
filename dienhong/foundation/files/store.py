"""The store: a file is named by the SHA-256 of its content, so it is kept once and can always be checked."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.refusal import Refusal

CHUNK = 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{64}")


class NoSuchFile(Refusal):
    """The store holds no file of this name."""

    status = 404


class BrokenFile(Refusal):
    """The store's copy is not what its name says."""

    status = 500


class StoreFull(Refusal):
    """The store cannot write: no room, or no right to."""

    status = 507


class FileStore(Protocol):
    """A place that keeps files by the digest of their content."""

    def put(self, content: BinaryIO) -> str:
        """Keep this content; give back its name. Raises StoreFull."""
        ...

    def open(self, name: str) -> BinaryIO:
        """The content. Raises NoSuchFile."""
        ...

    def has(self, name: str) -> bool: ...

    def names(self) -> Iterator[str]:
        """All names kept, in order."""
        ...


def check(files: FileStore, name: str) -> None:
    """Read the file through; raises NoSuchFile, or BrokenFile when its content is not what its name says."""
    digest = hashlib.sha256()
    with files.open(name) as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != name:
        raise BrokenFile(_("The file %(name)s was changed outside the office.") % {"name": name})


def _missing(name: str) -> NoSuchFile:
    return NoSuchFile(_("The store holds no file %(name)s.") % {"name": name})


class FolderStore:
    """This store is a local folder: ab/cd/abcd…; a file appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise _missing(name)
        return self.folder / name[:2] / name[2:4] / name

    def put(self, content: BinaryIO) -> str:
        digest = hashlib.sha256()
        part = self.folder / f".part-{secrets.token_hex(8)}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part.open("xb") as out:
                while chunk := content.read(CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            path = self._path(digest.hexdigest())
            path.parent.mkdir(parents=True, exist_ok=True)
            part.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise StoreFull(_("The file could not be kept: %(why)s.") % {"why": error.strerror}) from error
        return digest.hexdigest()

    def open(self, name: str) -> BinaryIO:
        try:
            return self._path(name).open("rb")
        except FileNotFoundError as error:
            raise _missing(name) from error

    def has(self, name: str) -> bool:
        return bool(_NAME.fullmatch(name)) and self._path(name).is_file()

    def names(self) -> Iterator[str]:
        if self.folder.is_dir():
            yield from sorted(p.name for p in self.folder.glob("??/??/*") if _NAME.fullmatch(p.name))


class BucketStore:
    """This store is a bucket of an S3-compatible service."""

    def __init__(self, bucket: str, prefix: str = "", **client: Any) -> None:
        import boto3

        self.bucket, self.prefix = bucket, prefix.strip("/") + "/" if prefix.strip("/") else ""
        self.client = boto3.client("s3", **client)

    def put(self, content: BinaryIO) -> str:
        import tempfile

        from botocore.exceptions import BotoCoreError, ClientError

        digest = hashlib.sha256()
        with tempfile.SpooledTemporaryFile(max_size=8 * CHUNK) as part:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                part.write(chunk)
            name = digest.hexdigest()
            if not self.has(name):
                part.seek(0)
                try:
                    self.client.upload_fileobj(part, self.bucket, self.prefix + name)
                except (BotoCoreError, ClientError) as error:
                    raise StoreFull(_("The file could not be kept: %(why)s.") % {"why": error}) from error
        return name

    def open(self, name: str) -> BinaryIO:
        from botocore.exceptions import ClientError

        if not _NAME.fullmatch(name):
            raise _missing(name)
        try:
            body: BinaryIO = self.client.get_object(Bucket=self.bucket, Key=self.prefix + name)["Body"]
        except ClientError as error:
            raise _missing(name) from error
        return body

    def has(self, name: str) -> bool:
        from botocore.exceptions import ClientError

        if not _NAME.fullmatch(name):
            return False
        try:
            self.client.head_object(Bucket=self.bucket, Key=self.prefix + name)
        except ClientError:
            return False
        return True

    def names(self) -> Iterator[str]:
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix):
            for item in page.get("Contents", []):
                name = item["Key"].removeprefix(self.prefix)
                if _NAME.fullmatch(name):
                    yield name


def at(url: str) -> FileStore:
    """The store of this address: file:///folder or s3://key:secret@bucket/prefix?endpoint=https://…&region=…"""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderStore(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        client: dict[str, Any] = {"region_name": query.get("region", "us-east-1")}
        if "endpoint" in query:
            client["endpoint_url"] = query["endpoint"]
        if parts.username:
            client["aws_access_key_id"] = unquote(parts.username)
            client["aws_secret_access_key"] = unquote(parts.password or "")
        return BucketStore(parts.hostname or "", unquote(parts.path), **client)
    raise ImproperlyConfigured(f"DIENHONG_FILES_URL: no store for scheme {parts.scheme!r}")


@cache
def store() -> FileStore:
    """The store of this office (setting DIENHONG_FILES_URL)."""
    from django.conf import settings

    return at(settings.FILES_URL)
