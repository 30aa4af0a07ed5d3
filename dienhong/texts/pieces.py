"""The text of a unit cut at its footnotes and links (đoạn chữ): what every writer sets, each in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from dienhong.texts.tree import Footnote, Kind, Node

#: Units whose title has a line of its own when their number is named in words (NĐ 30/2020, Phụ lục I, II.6đ).
TITLED_BELOW: Final = frozenset([Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION])


@runtime_checkable
class Reference(Protocol):
    """This reference (dẫn chiếu) as the writers take it: characters `start` to `end` of the unit's own text.

    `target_uri` names a work ("" for the text itself), `target_id` a unit of it ("" for the whole work).
    """

    @property
    def node_id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def target_uri(self) -> str: ...
    @property
    def target_id(self) -> str: ...


@dataclass(slots=True, frozen=True)
class Link:
    """A reference ready to be written (dẫn chiếu); the plainest thing that satisfies `Reference`."""

    node_id: str
    start: int
    end: int
    target_uri: str = ""
    target_id: str = ""


@dataclass(slots=True, frozen=True)
class Piece:
    """A stretch of one line: plain text, text that links to `href`, or the mark of a footnote.

    `place` of a note is its index in the unit's list; `at` the offset where it stands.
    """

    text: str = ""
    href: str = ""
    note: Footnote | None = None
    place: int = -1
    at: int = -1


def href_of(reference: Reference) -> str:
    """The address of a reference: `#art_5`, `/akn/vn/act/law/2014/57-2014-QH13`, or the two joined."""
    ident = f"#{reference.target_id}" if reference.target_id else ""
    return f"{reference.target_uri}{ident}"


def by_node(references: Iterable[Reference]) -> dict[str, list[Reference]]:
    """The references by the id of the unit they stand in, those with nowhere to lead left out."""
    found: dict[str, list[Reference]] = {}
    for reference in references:
        if href_of(reference):
            found.setdefault(reference.node_id, []).append(reference)
    return found


def note_home(node: Node) -> str:
    """Where the footnotes of a unit are set: "text", or "heading" when it has no text of its own but a heading."""
    return "heading" if not node.text and node.heading else "text"


def heading_below(node: Node) -> bool:
    """Whether the heading stands on a line below the number: that of "Chương I", not "A. DANH MỤC" or "Mục 4: TÊN"."""
    if node.kind in (Kind.APPENDIX, Kind.FORM):
        return True
    if node.label.rstrip().endswith(":"):
        return False
    return node.kind in TITLED_BELOW and (not node.label or len(node.label.split()) > 1)


def lines_of(
    text: str,
    notes: Sequence[Footnote] = (),
    links: Sequence[Reference] = (),
    address: Callable[[Reference], str] = href_of,
) -> list[list[Piece]]:
    """The lines of a text, cut into pieces in order. A note without a place in the text stands at its end.

    Links that overlap, cross a line or point outside the text are left out: text is never lost for a link.
    An empty text without notes has no line.
    """
    if not notes and not links:
        return [[Piece(line)] for line in text.split("\n")] if text else []
    if not text and not notes:
        return []
    placed = sorted(
        (note.offset if 0 <= note.offset <= len(text) else len(text), index) for index, note in enumerate(notes)
    )
    cuts = _cuts(text, links, address)
    bounds = sorted({0, len(text), *(at for at, _ in placed), *cuts, *(end for end, _ in cuts.values())})
    lines: list[list[Piece]] = [[]]
    waiting = iter(placed)
    note = next(waiting, None)
    href, until = "", -1
    for left, right in zip(bounds, [*bounds[1:], len(text)], strict=True):
        while note is not None and note[0] == left:
            lines[-1].append(Piece(note=notes[note[1]], place=note[1], at=left))
            note = next(waiting, None)
        if left in cuts:
            until, href = cuts[left]
        _set(lines, text[left:right], href if left < until else "")
    return lines


def _cuts(text: str, links: Sequence[Reference], address: Callable[[Reference], str]) -> Mapping[int, tuple[int, str]]:
    """Start of each usable link with its end and address."""
    cuts: dict[int, tuple[int, str]] = {}
    last = 0
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        if last <= link.start < link.end <= len(text) and "\n" not in text[link.start : link.end]:
            cuts[link.start] = (link.end, address(link))
            last = link.end
    return cuts


def _set(lines: list[list[Piece]], text: str, href: str) -> None:
    """Append a stretch of text to the last line, opening a new line at every newline."""
    for number, line in enumerate(text.split("\n")):
        if number:
            lines.append([])
        if line:
            lines[-1].append(Piece(line, href))
