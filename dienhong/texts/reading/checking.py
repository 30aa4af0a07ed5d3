"""Checking a folder of texts (kiểm tra thư mục): read, account, export, validate, read back, compare."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from dienhong.texts.reading import DEFAULT_LIMITS, Limits, Unreadable, read, read_source, sniff, source_of
from dienhong.texts.reading.account import account
from dienhong.texts.reading.lines import texts
from dienhong.texts.reading.normal import characters
from dienhong.texts.tree import Kind, Node, Text

SUFFIXES = frozenset({".txt", ".docx", ".docm", ".doc", ".html", ".htm", ".mht", ".pdf", ".xml", ".akn", ".md", ".rtf"})


@dataclass(slots=True)
class Finding:
    """What was found of one file: `faults` of the program, `doubts` for a person, `error` where it is unreadable."""

    name: str
    size: int = 0
    number: str = ""
    title: str = ""
    date: str = ""
    parts: int = 0
    chapters: int = 0
    articles: int = 0
    doubts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def failed(self) -> bool:
        """Whether the file could not be read, lost something, or did not come back the same."""
        return bool(self.error or self.faults)

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values."""
        return {name: getattr(self, name) for name in self.__slots__} | {"failed": self.failed}


def files_in(folder: Path) -> list[Path]:
    """Every file of the folder and the folders in it that can be a legal text; a file stands for itself."""
    if folder.is_file():
        return [folder]
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def own_units(text: Text, kind: Kind) -> list[Node]:
    """The units of this kind that are the text's own: not those inside quotations, not those of appendices."""
    found: list[Node] = []
    stack = list(reversed(text.body))
    while stack:
        node = stack.pop()
        if node.kind is Kind.QUOTE:
            continue
        if node.kind is kind:
            found.append(node)
        stack.extend(reversed(node.children))
    return found


def skeleton(text: Text) -> list[tuple[str, str, str]]:
    """Kind, id and depth-free number of every unit that has a number, in reading order: what two copies must share."""
    return [
        (node.kind.value, node.id, node.number) for node in text.walk() if node.number and node.kind is not Kind.ITEM
    ]


def fingerprint(text: Text) -> list[tuple[str, str, str, str, str]]:
    """What must come back after writing and reading: kind, id, heading, text and cells of every unit, without space."""
    return [
        (
            node.kind.value,
            node.id,
            characters(node.heading),
            characters(node.text),
            characters("".join(cell for row in node.rows for cell in row)),
        )
        for node in text.walk()
    ]


def check_file(path: Path, folder: Path, exports: bool = True, limits: Limits = DEFAULT_LIMITS) -> Finding:
    """Read one file and hold it against itself: nothing lost, valid as AKN, the same when written and read back."""
    name = str(path.relative_to(folder)) if path != folder else path.name
    finding = Finding(name)
    try:
        finding.size = path.stat().st_size
        data = path.read_bytes() if finding.size <= limits.file_bytes else b""
        source_format = sniff(data, limits) if data else ""
        if source_format and source_format != "akn":
            source = source_of(data, path.name, limits)
            said = "\n".join(texts(source.lines))
            text = read_source(source)
            _account(finding, said, text)
        else:
            text = read(path, limits=limits)
    except Unreadable as error:
        finding.error = str(error)
        return finding
    except OSError as error:
        finding.error = f"the file cannot be opened: {error.strerror or error}"
        return finding
    finding.number, finding.title = text.number, text.title
    finding.date = text.date.isoformat() if text.date else ""
    finding.parts = len(own_units(text, Kind.PART))
    finding.chapters = len(own_units(text, Kind.CHAPTER))
    finding.articles = len(own_units(text, Kind.ARTICLE))
    finding.doubts = [doubt.code for doubt in text.doubts]
    if exports:
        own = source_format != "akn"
        _exports(finding, text, ("akn", "docx", "html", "txt") if own else ("akn", "html"))
    return finding


def _account(finding: Finding, said: str, text: Text) -> None:
    result = account(said, text)
    if result.missing:
        finding.faults.append(f"lost {len(result.missing)} characters: {result.missing[:20]}")
    elif not result.ordered and not any(node.footnotes for node in text.walk()) and not text.footnotes:
        finding.faults.append("characters out of order")


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and name.startswith(error.name):
            return None
        raise


def _exports(finding: Finding, text: Text, forms: Sequence[str]) -> None:
    """Write the text in these forms, validate the Akoma Ntoso, read all back and compare.

    DOCX and plain text are read back by their words, so they are left out for foreign texts that have others.
    """
    writing, akn = _module("dienhong.texts.writing"), _module("dienhong.texts.akn")
    if writing is None or akn is None:
        finding.faults.append("this build has no writers")
        return
    before = fingerprint(text)
    for form in forms:
        try:
            made = (akn if form == "akn" else writing).__dict__[f"to_{form}"](text)
            data = made if isinstance(made, bytes) else made.encode()
            if form == "akn":
                finding.faults.extend(f"AKN not valid: {fault}"[:200] for fault in akn.validate(data)[:1])
            again = read(data, f"again.{'xml' if form == 'akn' else form}")
        except Exception as error:
            finding.faults.append(f"{form}: {type(error).__name__}: {error}"[:200])
            continue
        difference = _difference(before, fingerprint(again))
        if difference:
            finding.faults.append(f"{form} differs at {difference}")


def _difference(before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]) -> str:
    if before == after:
        return ""
    for one, other in zip(before, after, strict=False):
        if one != other:
            return f"{one[1]} / {other[1]}"
    return f"the end ({len(before)} / {len(after)} units)"
