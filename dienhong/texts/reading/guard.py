"""The door (kiểm tra tệp): what a file really is, and the bounds within which it is opened.

A file is known by its content, never by its name. Anything that cannot be read ends in `Unreadable` with one plain
sentence that says what to do. Macros are never run, external entities never fetched, archives never unpacked to disk.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

from dienhong.texts.tree import Doubt


class Unreadable(Exception):
    """The file cannot be read as a legal text; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of reading: a file, the members of an archive and what they unpack to, the pages of a PDF."""

    file_bytes: int = 64 * 1024 * 1024
    members: int = 4000
    unpacked_bytes: int = 256 * 1024 * 1024
    member_bytes: int = 128 * 1024 * 1024
    ratio: int = 250
    pages: int = 5000


DEFAULT_LIMITS = Limits()

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|div|table|p|span|h[1-6]|section|article)\b", re.IGNORECASE
)
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_EXTENSIONS = {
    "docx": {"docx", "docm", "dotx", "dotm"},
    "html": {"html", "htm", "xhtml", "mht", "mhtml"},
    "mhtml": {"mht", "mhtml", "doc"},
    "pdf": {"pdf"},
    "akn": {"xml", "akn"},
    "text": {"txt", "text", "md", "csv", "log", "tsv"},
}


def too_large(size: int, limits: Limits) -> Unreadable:
    """What to say of a file over the limit."""

    def said(count: int) -> str:
        return f"{count // (1024 * 1024)} MB" if count >= 1024 * 1024 else f"{count // 1024} kB"

    return Unreadable(f"the file has {said(size)}; the limit is {said(limits.file_bytes)}. Split it or raise the limit")


def sniff(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """The format of a file by its content: docx, html, mhtml, pdf, akn or text."""
    if len(data) > limits.file_bytes:
        raise too_large(len(data), limits)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not start:
        raise Unreadable("the file is empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data, limits)
    if data.startswith(_OLE):
        raise Unreadable(_ole_message(data))
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if start.startswith(b"{\\rtf"):
        raise Unreadable("this is RTF; open it in a word processor and save it as DOCX")
    for magic, name in _PICTURES:
        if data.startswith(magic) and (name != "BMP" or b"\x00" in data[:64]):
            raise Unreadable(f"this is a picture ({name}); recognise its text first (OCR), then read the result")
    return _sniff_markup(data, start)


def _sniff_markup(data: bytes, start: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    beginning = data[:8192].replace(b"\x00", b"") if wide else start
    if re.match(rb"MIME-Version:", start, re.IGNORECASE) or b"multipart/related" in start[:2048]:
        return "mhtml"
    if b"<" not in beginning[:2048]:
        return "text"
    root = _ROOT.search(beginning)
    name = root[1].decode("ascii", "replace") if root else ""
    if name == "akomaNtoso":
        return "akn"
    if beginning.lstrip(b"\xff\xfe").startswith(b"<"):
        if name.lower() == "html" or _HTML.search(beginning):
            return "html"
        if beginning.lstrip(b"\xff\xfe").startswith(b"<?xml"):
            if name in ("wordDocument", "package"):
                raise Unreadable("this is Word XML; open it in a word processor and save it as DOCX")
            raise Unreadable(f"this is XML with the root <{name}>; only Akoma Ntoso and XHTML are read")
    return "html" if re.search(rb"<(?:html|!doctype\s+html)\b", beginning, re.IGNORECASE) else "text"


def _ole_message(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "the file is protected by a password; remove the password and save it again"
    if "WordDocument".encode("utf-16-le") in data:
        return "this is the old Word format (.doc); open it in a word processor and save it as DOCX"
    return "this is an old Office file; open it in its program and save it as DOCX"


def open_zip(data: bytes, limits: Limits = DEFAULT_LIMITS) -> zipfile.ZipFile:
    """The archive, after its table of contents was held against the limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(f"the file is a damaged archive ({error})") from error
    if len(members) > limits.members:
        raise Unreadable(f"the archive holds {len(members)} files; the limit is {limits.members}")
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if total > limits.unpacked_bytes or (total > 4 * 1024 * 1024 and total / packed > limits.ratio):
        raise Unreadable(
            f"the archive would unpack to {total // (1024 * 1024)} MB from {packed // 1024} kB; it is not opened"
        )
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("the archive is protected by a password; remove the password and save it again")
    return archive


def member(archive: zipfile.ZipFile, name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """One member, read no further than the limit whatever its header says."""
    try:
        with archive.open(name) as stream:
            data = stream.read(limits.member_bytes + 1)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(f"{name} in the archive is damaged ({error})") from error
    except Exception as error:  # zlib.error and what other packers raise
        raise Unreadable(f"{name} in the archive is damaged ({error})") from error
    if len(data) > limits.member_bytes:
        raise Unreadable(f"{name} unpacks to more than {limits.member_bytes // (1024 * 1024)} MB; it is not read")
    return data


def _sniff_zip(data: bytes, limits: Limits) -> str:
    with open_zip(data, limits) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names or any(name.startswith("word/") and name.endswith(".xml") for name in names):
        return "docx"
    if "xl/workbook.xml" in names or "ppt/presentation.xml" in names:
        raise Unreadable("this is a workbook or a presentation, not a text document")
    if "mimetype" in names or "content.xml" in names:
        raise Unreadable("this is an OpenDocument file; open it in a word processor and save it as DOCX")
    raise Unreadable("this is an archive without a text document in it")


def parse_xml(data: bytes, what: str) -> Any:
    """The root of an XML document. Entities are not resolved, nothing is fetched, depth and size are bounded."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Unreadable(f"{what} declares a document type or entities; that is not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"{what} is not well-formed XML ({error.msg})") from error


def name_doubt(name: str, found: str) -> list[Doubt]:
    """A doubt where the name of a file says another format than its content."""
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    known = {said for group in _EXTENSIONS.values() for said in group} | {"doc", "rtf", "odt"}
    if extension in known and extension not in _EXTENSIONS[found]:
        return [Doubt(0, "file-type", f"the name says .{extension}, the content is {found}", name)]
    return []
