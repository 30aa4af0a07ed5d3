"""Writing a text as plain text (văn bản thuần): one line for a paragraph, what a person could type and read back."""

from __future__ import annotations

from typing import Final

from dienhong.texts.pieces import TITLED_BELOW, Piece, heading_below, lines_of, note_home
from dienhong.texts.tree import Footnote, Kind, Node, Text
from dienhong.texts.writing.heading import made_heading

#: Units whose number stands on a line of its own even when no title follows it.
HEADED: Final = TITLED_BELOW | {Kind.ARTICLE, Kind.APPENDIX, Kind.FORM}


def to_txt(text: Text) -> str:
    """The text in UTF-8 lines, parts divided by an empty line; notes stand as [1] and are listed at the end.

    Cells of a table are divided by tabs. A heading block is made from number, date and title where the text has none.
    """
    notes: list[Footnote] = []
    parts: list[list[str]] = [text.heading or made_heading(text), text.grounds, text.lead]
    parts += [_unit_lines(top, notes) for top in text.body]
    parts += [text.closing, text.signature]
    parts += [_unit_lines(top, notes) for top in text.appendices]
    notes += text.footnotes
    parts.append([f"[{note.mark}] {_one_line(note.text)}" for note in notes])
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _unit_lines(top: Node, notes: list[Footnote]) -> list[str]:
    """The lines of a unit and all below it. A quotation's marks join the lines they open and close."""
    lines: list[str] = []
    opening = ""
    stack: list[Node | str] = [top]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            if lines:
                lines[-1] += node
            continue
        own = _own_lines(node, notes)
        if node.kind is Kind.QUOTE:
            stack.append(node.tail)
            opening += node.label
        if opening and own:
            own[0] = opening + own[0]
            opening = ""
        lines.extend(own)
        stack.extend(reversed(node.children))
    return lines


def _own_lines(node: Node, notes: list[Footnote]) -> list[str]:
    """The lines of a unit without its children."""
    text = ["".join(_marked(piece.note) or piece.text for piece in line) for line in _pieces(node)]
    notes.extend(node.footnotes)
    label = "" if node.kind is Kind.QUOTE else node.label
    heading = _one_line(node.heading)
    if node.footnotes and note_home(node) == "heading":
        heading += "".join(f"[{note.mark}]" for note in node.footnotes)
    if heading and heading_below(node):
        head = [label, heading] if label else [heading]
    elif heading:
        head = [f"{label} {heading}".strip()]
    elif label and text and node.kind not in HEADED:
        head, text = [f"{label} {text[0]}"], text[1:]
    else:
        head = [label] if label else []
    width = max(map(len, node.rows), default=0)
    rows = ["\t".join([*map(_one_line, row), *[""] * (width - len(row))]) for row in node.rows]
    return [*head, *text, *rows]


def _pieces(node: Node) -> list[list[Piece]]:
    return lines_of(node.text, node.footnotes if note_home(node) == "text" else ())


def _marked(note: Footnote | None) -> str:
    return f"[{note.mark}]" if note is not None else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
