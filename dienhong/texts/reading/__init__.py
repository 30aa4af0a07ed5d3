"""Reading legal texts (đọc văn bản): from a file in any of the known formats to a `Text` with its doubts.

`read` takes a path or the bytes of a file, `read_text` a string. Nothing is refused for its content; a file that cannot
be read at all raises `Unreadable` with a plain message.
"""

from __future__ import annotations

from pathlib import Path

from dienhong.texts.reading.body import Body
from dienhong.texts.reading.ending import split_ending
from dienhong.texts.reading.guard import DEFAULT_LIMITS, Limits, Unreadable, name_doubt, sniff, too_large
from dienhong.texts.reading.head import find_body, read_head
from dienhong.texts.reading.lines import Source, from_text, unglue
from dienhong.texts.reading.notes import settle, take_notes
from dienhong.texts.tree import Text, assign_ids

__all__ = ["DEFAULT_LIMITS", "Limits", "Unreadable", "read", "read_source", "read_text", "sniff", "source_of"]


def read(file: str | Path | bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Text:
    """The text of a file, given by its path or its bytes, with ids assigned. Raises `Unreadable`."""
    data, name = _load(file, name, limits)
    found = sniff(data, limits)
    own = _own_form(data, found)
    if own is not None:
        own.doubts[:0] = name_doubt(name, found)
        return own
    return read_source(source_of(data, name, limits))


def read_text(source: str) -> Text:
    """The text that a string says, with ids assigned."""
    return read_source(Source(from_text(source)))


def source_of(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Source:
    """The numbered lines of a file that is not Akoma Ntoso. Raises `Unreadable`."""
    found = sniff(data, limits)
    if found == "docx":
        from dienhong.texts.reading.docx import read_docx

        source = read_docx(data, limits)
    elif found in ("html", "mhtml"):
        from dienhong.texts.reading import html

        source = html.read_html(data) if found == "html" else html.read_mhtml(data)
    elif found == "pdf":
        from dienhong.texts.reading.pdf import read_pdf

        source = read_pdf(data, limits)
    else:
        from dienhong.texts.reading.plain import read_plain

        source = read_plain(data)
    source.doubts[:0] = name_doubt(name, found)
    return source


def read_source(source: Source) -> Text:
    """The text that the lines of a source say, with ids assigned."""
    text = Text(doubts=list(source.doubts))
    lines, notes = take_notes(unglue(source.lines, text.doubts))
    start = find_body(lines)
    read_head(lines[:start], text)
    body = Body(lines[start:], text.doubts)
    body.run()
    text.body, text.appendices = body.units, body.appendices
    split_ending(body.ending, text)
    settle(text, {**notes, **source.notes})
    text.doubts.sort(key=lambda doubt: doubt.line)
    assign_ids(text)
    return text


def _own_form(data: bytes, found: str) -> Text | None:
    """The text of a file that says its own structure: Akoma Ntoso, or a page that this project wrote."""
    if found == "akn":
        from dienhong.texts.akn import NotAkn, NotXml, read_akn

        try:
            text: Text = read_akn(data)
        except (NotXml, NotAkn) as error:
            raise Unreadable(str(error)) from error
        return text
    if found == "html" and b'<meta name="generator"' in data[:4000]:
        from dienhong.texts.writing import reread

        if reread.is_ours(data):
            try:
                page: Text = reread.read_page(data)
                return page
            except reread.NotOurs:
                return None
    return None


def _load(file: str | Path | bytes, name: str, limits: Limits) -> tuple[bytes, str]:
    """The bytes of the file and its name. A file over the limit is not loaded."""
    if isinstance(file, bytes):
        return file, name
    path = Path(file)
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise too_large(size, limits)
        return path.read_bytes(), name or path.name
    except OSError as error:
        raise Unreadable(f"the file cannot be opened: {error.strerror or error}") from error
