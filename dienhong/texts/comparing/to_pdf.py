"""Comparison tables as PDF, set by typst from the same rows as HTML and DOCX."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from dienhong.texts.comparing.segments import Op
from dienhong.texts.comparing.tables import Line, Row, Run, Table
from dienhong.texts.comparing.to_docx import WIDTHS, printable

TEMPLATE = Path(__file__).with_name("table.typ")
#: Fonts brought along by the office; where the folder is missing, those of the system are taken.
FONTS = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts" / "ttf"


def write_pdf(table: Table, path: Path) -> None:
    """Write the table to a PDF file, whole or not at all."""
    fonts = [FONTS] if FONTS.is_dir() else []
    data = json.dumps(_data(table), ensure_ascii=False)
    made = typst.compile(TEMPLATE, font_paths=fonts, sys_inputs={"data": data}, format="pdf")
    path.write_bytes(made)


def _data(table: Table) -> dict[str, Any]:
    marks = ((Op.INSERTED, "added"), (Op.EQUAL, ""), (Op.DELETED, "removed"), (Op.EQUAL, ""), (Op.MOVED, "moved"))
    legend = [Run(op, table.phrase(name) if name else ";  ") for op, name in marks]
    heads = [(printable(head), printable(under)) for head, under in table.columns]
    return {
        "title": printable(table.title),
        "lang": table.language,
        "page": table.phrase("page"),
        "summary": printable(table.summary),
        "legend": [_run(run, old=False) for run in legend],
        "notes": [printable(note) for note in table.notes],
        "nothing": table.phrase("nothing_shown"),
        "widths": WIDTHS[len(heads)],
        "heads": heads,
        "rows": [_row(table, row) for row in table.rows],
    }


def _row(table: Table, row: Row) -> dict[str, Any]:
    return {
        "cite": printable(row.head),
        "note": printable(row.note),
        "old": {"lines": _lines(row.old, old=True), "void": table.phrase("not_yet")},
        "new": {"lines": _lines(row.new, old=False), "void": table.phrase("no_more")},
        "third": [printable(text) for text in row.third],
    }


def _lines(lines: tuple[Line, ...], *, old: bool) -> list[dict[str, Any]]:
    return [{"depth": line.depth, "runs": [_run(run, old=old) for run in line.runs]} for line in lines]


def _run(run: Run, *, old: bool) -> tuple[str, str, str, str]:
    bare = run.text.rstrip()
    where = f" ({'→' if old else '←'} {printable(run.other)})" if run.other else ""
    return str(run.op), printable(bare), run.text[len(bare) :], where
