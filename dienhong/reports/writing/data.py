"""A report as open data (dữ liệu mở): JSON with text, figures, rows and proofs; CSV of the figures and their rows."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import Any

from dienhong.reports.annexing import DATA
from dienhong.reports.document import Paper


def to_data(paper: Paper) -> dict[str, Any]:
    """The report as values: what it says section by section, every figure with its rows, every claim with its proof."""
    return {
        "title": paper.title,
        "period": paper.period,
        "number": paper.number,
        "language": paper.language,
        "journal": paper.journal,
        "sealed": paper.sealed,
        "sections": [
            {
                "number": chapter.number,
                "heading": chapter.heading,
                "key": chapter.key,
                "blocks": [
                    {
                        "kind": piece.kind,
                        "text": piece.text,
                        "caption": piece.caption,
                        "rows": piece.rows,
                        "chart": piece.chart,
                        "live": [asdict(span) for span in piece.spans if span.token],
                    }
                    for piece in chapter.pieces
                ],
            }
            for chapter in paper.chapters
        ],
        "figures": paper.figures,
        "claims": paper.claims,
        "cited": paper.cited,
    }


#: What of the open data a paper must carry for a way out; the others print its text only.
CARRIED = {"json": DATA, "csv": frozenset({"rows"})}
COLUMNS = (
    "key",
    "label",
    "value",
    "at_least",
    "before",
    "unit",
    "basis",
    "mark",
    "row",
    "date",
    "name",
    "row_value",
    "source",
)


def to_csv(paper: Paper) -> str:
    """The figures and their rows: a line for each figure (`row` 0) and one for each of its rows."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for figure in paper.figures:
        same = [figure["key"], figure["label"]]
        values = [
            figure["value"],
            figure["at_least"],
            figure["before"],
            figure["unit"],
            figure["basis"],
            figure["mark"],
        ]
        writer.writerow([_plain(cell) for cell in (*same, *values, 0, "", "", "", figure["source"])])
        for at, row in enumerate(figure["rows"], start=1):
            own = ["", "", "", "", "", row["mark"], at, row["date"], row["name"], row["value"], row["source"]]
            writer.writerow([_plain(cell) for cell in (*same, *own)])
    return out.getvalue()


def _plain(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell
