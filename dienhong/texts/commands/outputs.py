"""Writing a text to a file from a command: with its references as links, and its instructions as modifications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dienhong.cli import Fault
from dienhong.texts.tree import Text


def written(
    text: Text, name: str, *, layout: str = "law", introduction: Sequence[str] = (), on: dt.date | None = None
) -> bytes:
    """The text as "akn", "docx", "pdf", "html" or "txt". `introduction` are the lines under the title of a consolidated
    text, `on` the day for which it is valid."""
    from dienhong.texts import akn, writing
    from dienhong.texts.understanding.instructions import instructions
    from dienhong.texts.understanding.links import links, modifications
    from dienhong.texts.understanding.references import references

    if name == "txt":
        return writing.to_txt(_introduced(text, introduction)).encode()
    found = links(references(text))
    if name in ("docx", "pdf"):
        certified = writing.Certification(introduction=tuple(introduction)) if layout == "consolidated" else None
        make = writing.to_docx if name == "docx" else writing.to_pdf
        return make(text, layout=layout, references=found, certification=certified)  # type: ignore[arg-type]
    if name == "html":
        return writing.to_html(_introduced(text, introduction), references=found).encode()
    changes = modifications(text, instructions(text)) if not introduction else []
    return akn.to_akn(_introduced(text, introduction), references=found, changes=changes, on=on)


def _introduced(text: Text, lines: Sequence[str]) -> Text:
    return replace(text, lead=[*lines, *text.lead]) if lines else text


def save(path: Path, data: bytes) -> None:
    """Write the file. Raises `Fault` with the system's reason when that fails."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Fault(f"{path}: cannot be written: {error.strerror or error}") from error
