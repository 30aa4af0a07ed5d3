"""Comparison tables as HTML: a fragment for the desk and a page that stands alone.

The fragment uses the classes of the office's own style sheet (`compare`, `void`, `ins`, `del`) and no inline style, so
it may stand under a strict content policy. The page carries a light style sheet of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from dienhong.texts.comparing.comparison import NOISE, Status
from dienhong.texts.comparing.segments import Op
from dienhong.texts.comparing.tables import Line, Row, Run, Table

STYLE = """
:root { color-scheme: light; --ins: #14532f; --ins-bg: #dff0e4; --del: #8a1c14; --del-bg: #fae3df; --line: #d8d2c6;
  --ink: #1c1815; --ink-2: #675f54; --moved: #2c4a74; --moved-bg: #e9eff7; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 96rem; padding: 2rem 1.5rem 4rem; color: var(--ink); background: #fff;
  font: 400 1rem/1.6 "Source Serif 4", "Times New Roman", Tinos, serif; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .5rem; }
.lede { margin: 0 0 1rem; max-inline-size: 60rem; }
.bar { color: var(--ink-2); font-size: .9375rem; margin: 0 0 1rem; display: flex; flex-wrap: wrap;
  gap: .25rem 1.25rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; min-inline-size: 48rem; table-layout: fixed; }
th, td { vertical-align: top; text-align: start; padding: .6rem .8rem; border-block-end: 1px solid var(--line); }
td + td { border-inline-start: 1px solid var(--line); }
thead th { border-block-end: 1px solid var(--ink); }
thead th, tbody th { font: 600 .9375rem/1.4 "Source Sans 3", system-ui, sans-serif; }
th small { display: block; font-weight: 400; color: var(--ink-2); font-size: .875rem; }
.c0 { inline-size: 10rem; }
.c3 { inline-size: 18rem; }
td p { margin: 0 0 .35rem; white-space: pre-line; overflow-wrap: anywhere; }
td p:last-child { margin: 0; }
.d1 { padding-inline-start: 1rem; } .d2 { padding-inline-start: 2rem; } .d3 { padding-inline-start: 3rem; }
.d4 { padding-inline-start: 4rem; }
ins { color: var(--ins); background: var(--ins-bg); text-decoration: underline; text-underline-offset: .15em; }
del { color: var(--del); background: var(--del-bg); text-decoration: line-through; }
ins.moved, del.moved { color: var(--moved); background: var(--moved-bg); text-decoration: underline dotted;
  text-underline-offset: .2em; }
.goes { color: var(--moved); font: 400 .875rem/1.4 "Source Sans 3", system-ui, sans-serif; }
.form, .case, .tone, .spelling, .break { border-block-end: 2px dotted #c8962e; }
.void { background: repeating-linear-gradient(135deg, transparent 0 7px, #f2eee6 7px 8px); }
.void em { color: var(--ink-2); font-size: .9375rem; background: #fff; padding-inline: .3rem; }
.why { font-size: .9375rem; color: #4b443c; }
.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
tr:target th { outline: 2px solid #e0a11b; }
@page { size: A4 landscape; margin: 15mm; }
@media print { body { padding: 0; font-size: 11pt; } .scroll { overflow: visible; }
  thead { display: table-header-group; }
  table { min-inline-size: 0; } td p { break-inside: avoid; } }
""".strip()


def fragment(table: Table) -> str:
    """The table alone, in a region that scrolls: for a page of the office."""
    return "".join(_table(table))


def page(table: Table) -> str:
    """A whole page that stands alone, without anything from elsewhere."""
    title, summary = escape(table.title), escape(table.summary)
    legend = (
        f"<ins>{escape(table.phrase('added'))}</ins>",
        f"<del>{escape(table.phrase('removed'))}</del>",
        f'<ins class="moved">{escape(table.phrase("moved"))}</ins>',
        f"<span>{escape(table.phrase('hatched'))}</span>",
    )
    notes = "".join(f'<p class="bar">{escape(note)}</p>' for note in table.notes)
    body = fragment(table) if table.rows else f"<p>{escape(table.phrase('nothing_shown'))}</p>"
    return (
        f'<!DOCTYPE html>\n<html lang="{table.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f'<p class="lede">{summary}</p>\n<p class="bar">{" ".join(legend)}</p>\n'
        f"{notes}{body}\n</main>\n</body>\n</html>\n"
    )


def _table(table: Table) -> Iterable[str]:
    label = escape(table.phrase("table"))
    yield f'<div class="scroll" role="region" aria-label="{label}" tabindex="0">'
    yield f'<table class="compare"><caption class="sr">{escape(table.title)}</caption><thead><tr>'
    for place, (head, under) in enumerate(table.columns):
        kind = ' class="c0"' if place == 0 else ' class="c3"' if place == 3 else ""
        small = f"<small>{escape(under)}</small>" if under else ""
        yield f'<th{kind} scope="col">{escape(head)}{small}</th>'
    yield "</tr></thead><tbody>\n"
    for row in table.rows:
        yield from _row(table, row)
    yield "</tbody></table></div>"


def _row(table: Table, row: Row) -> Iterable[str]:
    kind = ' class="same"' if row.statuses == (Status.SAME,) else ""
    if set(row.statuses) <= NOISE:
        kind = ' class="writing"'
    yield f'<tr id="r-{escape(row.id)}"{kind}><th scope="row">{escape(row.head)}<small>{escape(row.note)}</small></th>'
    for lines, old in ((row.old, True), (row.new, False)):
        if lines:
            yield f"<td>{''.join(_line(line, old=old) for line in lines)}</td>"
        else:
            reason = "not_yet" if old else "no_more"
            yield f'<td class="void"><em>{escape(table.phrase(reason))}</em></td>'
    if table.third:
        yield f'<td class="why">{"".join(f"<p>{escape(text)}</p>" for text in row.third)}</td>'
    yield "</tr>\n"


def _line(line: Line, *, old: bool) -> str:
    depth = f' class="d{line.depth}"' if line.depth else ""
    return f"<p{depth}>{''.join(_run(run, old=old) for run in line.runs)}</p>"


def _run(run: Run, *, old: bool) -> str:
    text = run.text
    bare = text.rstrip()
    after = escape(text[len(bare) :])
    words = escape(bare)
    if not words or run.op is Op.EQUAL:
        return words + after
    if run.op is Op.DELETED:
        return f"<del>{words}</del>{after}"
    if run.op is Op.INSERTED:
        return f"<ins>{words}</ins>{after}"
    if run.op is Op.MOVED:
        tag = "del" if old else "ins"
        arrow = "→" if old else "←"
        goes = f' <span class="goes">({arrow} {escape(run.other)})</span>' if run.other else ""
        return f'<{tag} class="moved">{words}</{tag}>{goes}{after}'
    if run.op is Op.BREAK:
        return f'<span class="break">{words}</span>{after}'
    hint = f' title="{escape(run.hint)}"' if run.hint else ""
    return f'<span class="{run.op}"{hint}>{words}</span>{after}'
