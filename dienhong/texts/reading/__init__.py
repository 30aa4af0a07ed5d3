"""Reading legal texts (đọc văn bản): from a file in any of the known formats to a `Text` with its doubts.

`read` takes a path or the bytes of a file, `read_text` a string. Nothing is refused for its content; a file that cannot
be read at all raises `Unreadable` with a plain message.
"""

from __future__ import annotations

from dienhong.texts.reading.body import Body
from dienhong.texts.reading.ending import split_ending
from dienhong.texts.reading.head import find_body, read_head
from dienhong.texts.reading.lines import Source, from_text
from dienhong.texts.reading.notes import settle, take_notes
from dienhong.texts.tree import Text, assign_ids

__all__ = ["read_source", "read_text"]


def read_text(source: str) -> Text:
    """The text that a string says."""
    return read_source(Source(from_text(source)))


def read_source(source: Source) -> Text:
    """The text that the lines of a source say, with ids assigned."""
    text = Text(doubts=list(source.doubts))
    lines, notes = take_notes(source.lines)
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
