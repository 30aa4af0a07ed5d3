"""Taking a file in (tiếp nhận tệp): read before anything is written, so a bad file leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from dienhong.foundation.refusal import Refusal
from dienhong.texts.reading import Unreadable, read, sniff
from dienhong.texts.saying import why_unreadable
from dienhong.texts.tree import Text
from dienhong.texts.understanding.commencement import commencement

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "mhtml": "multipart/related",
    "pdf": "application/pdf",
    "akn": "application/akn+xml",
    "text": "text/plain",
}
_TERM = re.compile(r"(?:QH|UBTVQH|HĐNN)\s?(\d{1,2})$")
_YEAR = re.compile(r"(?:^|[/-])((?:19|20)\d\d)(?=[/-]|$)")


class NotReadable(Refusal):
    """The file cannot be read as a legal text."""

    status = 422


@dataclass(frozen=True, slots=True)
class Intake:
    """A file as read: its text, its content as it came, its name without any folder, its media type."""

    text: Text
    content: bytes
    name: str
    media_type: str


def take_in(content: bytes, name: str) -> Intake:
    """Read the content of a file. Raises NotReadable, with a sentence for the person who brought it."""
    plain = PureWindowsPath(PurePosixPath(name).name).name[:255] or "?"
    try:
        text = read(content, plain)
        found = sniff(content)
    except Unreadable as error:
        raise NotReadable(why_unreadable(str(error)), field="file") from error
    return Intake(text, content, plain, MEDIA[found])


def term_of(number: str) -> int | None:
    """The term of the assembly that a number names: 15 of "24/2023/QH15"."""
    found = _TERM.search(number)
    return int(found[1]) if found else None


def year_of(number: str, date: dt.date | None) -> int | None:
    """The year of a number, else of the date."""
    found = _YEAR.search(number)
    return int(found[1]) if found else date.year if date else None


def effective_on(text: Text) -> dt.date | None:
    """The day on which the whole text takes effect, where it says one."""
    whole = commencement(text).whole
    return whole.date if whole else None
