"""Tables that only lay out a page (bảng trình bày): the heading block and the signature set in two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dienhong.texts.reading.ending import is_name, is_post, is_recipients, is_signed

_NATION = re.compile(r"C[ỘÔ]NG H[OÒÓ][AÀ] X[ÃA] H[ỘÔ]I|Độc lập\s*[-–]\s*Tự do|DÂN CHỦ CỘNG H", re.IGNORECASE)


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the table holds no data: one column, a heading block with the national title, or a signature."""
    if max(map(len, rows)) <= 1:
        return True
    if len(rows) > 6 or max(map(len, rows)) > 3:
        return False
    said = [cell for row in rows for cell in row if cell]
    if any(_NATION.search(cell) for cell in said):
        return True
    if any(is_recipients(cell) for cell in said):
        return True
    if len(rows) <= 2 and all(is_name(part) or is_signed(part) for cell in said for part in cell.split("\n")):
        return True
    return (
        len(rows) <= 4 and any(is_post(cell.split("\n")[0]) for cell in said) and all(len(cell) < 400 for cell in said)
    )
