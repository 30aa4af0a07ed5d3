"""Pictures of a paper, and what a table needs to know of its cells (hình và ô bảng)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Picture:
    """A picture in a paper: its PNG or JPEG, the words that say what it shows, its millimetres. `svg` is the same as a
    drawing, which paper that can take one is given instead."""

    content: bytes
    alt: str
    width: float
    height: float
    svg: str = ""

    @property
    def extension(self) -> str:
        """The ending of its name as a file."""
        return "jpeg" if self.content.startswith(b"\xff\xd8") else "png"


#: About how many letters of a table stand on one line of the page.
LINE = 76


def is_number(cell: str) -> bool:
    """Whether a cell is a number as papers write it: 1.234,5, 94,74%, +3, −2."""
    bare = cell.strip().rstrip("%").lstrip("+\u2212-")
    return bool(bare) and all(c.isdigit() or c in ".," for c in bare)
