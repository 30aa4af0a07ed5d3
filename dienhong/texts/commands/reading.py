"""`dienhong text parse` and `dienhong text check`: read one text, or a whole folder with exports and round trips."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import click

from dienhong.cli import Fault
from dienhong.texts.reading import Unreadable, read
from dienhong.texts.reading.checking import Finding, check_file, files_in
from dienhong.texts.tree import Footnote, Node, Text


def _note(note: Footnote) -> dict[str, Any]:
    return {"mark": note.mark, "text": note.text, "offset": note.offset}


def node_as_json(root: Node) -> dict[str, Any]:
    """A unit and all below it as plain values; `label`, `rows`, `footnotes` and `tail` only where there are some."""
    made: dict[int, dict[str, Any]] = {}
    for node in root.walk():
        said: dict[str, Any] = {
            "kind": node.kind.value,
            "number": node.number,
            "heading": node.heading,
            "text": node.text,
            "id": node.id,
            "line": node.line,
        }
        if node.label:
            said["label"] = node.label
        if node.rows:
            said["rows"] = [list(row) for row in node.rows]
        if node.footnotes:
            said["footnotes"] = [_note(note) for note in node.footnotes]
        if node.tail:
            said["tail"] = node.tail
        said["children"] = []
        made[id(node)] = said
    for node in root.walk():
        made[id(node)]["children"] = [made[id(child)] for child in node.children]
    return made[id(root)]


def text_as_json(text: Text) -> dict[str, Any]:
    """A whole text as plain values, in the order of the page."""
    return {
        "number": text.number,
        "title": text.title,
        "date": text.date.isoformat() if text.date else None,
        "kind": text.kind,
        "issuer": text.issuer,
        "place": text.place,
        "doubts": [{"line": d.line, "code": d.code, "reason": d.reason, "text": d.text} for d in text.doubts],
        "heading": text.heading,
        "grounds": text.grounds,
        "lead": text.lead,
        "tree": [node_as_json(node) for node in text.body],
        "closing": text.closing,
        "signature": text.signature,
        "appendices": [node_as_json(node) for node in text.appendices],
        "footnotes": [_note(note) for note in text.footnotes],
    }


def outline(text: Text) -> list[str]:
    """The text as lines to read: the heads of units, indented, with the beginning of their words."""
    said = [
        text.title or "(no title)",
        f"{text.number or '(no number)'} · {text.date or '(no date)'} · {text.kind}",
        "",
    ]
    for group, start in ((text.body, 0), (text.appendices, 0)):
        stack = [(node, start) for node in reversed(group)]
        while stack:
            node, depth = stack.pop()
            words = node.heading or node.text or (f"({len(node.rows)} rows)" if node.rows else "")
            short = words if len(words) <= 90 else words[:87] + "..."
            name = node.label or node.kind.value
            said.append(f"{'  ' * depth}{name} {short}".rstrip() + f"  [{node.id}]")
            stack.extend((child, depth + 1) for child in reversed(node.children))
    if text.doubts:
        said += ["", f"{len(text.doubts)} doubts:"]
        said += [f"  line {d.line}: {d.code}: {d.reason}" + (f": {d.text[:80]}" if d.text else "") for d in text.doubts]
    return said


def _load(file: Path) -> Text:
    try:
        return read(file)
    except Unreadable as error:
        raise Fault(f"{file}: {error}") from error


#: Layouts of papers: of laws, of administrative documents (NĐ 30/2020), of consolidated texts.
LAYOUTS = ["law", "nd30", "consolidated"]
_TARGET = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print number, title, date, kind, doubts and tree as JSON.")
@click.option("--akn", type=_TARGET, help="Write Akoma Ntoso 3.0 to this file.")
@click.option("--docx", type=_TARGET, help="Write DOCX to this file.")
@click.option("--pdf", type=_TARGET, help="Write PDF to this file.")
@click.option("--html", type=_TARGET, help="Write HTML to this file.")
@click.option("--txt", type=_TARGET, help="Write plain text to this file.")
@click.option("--layout", default="law", type=click.Choice(LAYOUTS), help="Layout of DOCX and PDF.")
def parse(
    file: Path,
    as_json: bool,
    akn: Path | None,
    docx: Path | None,
    pdf: Path | None,
    html: Path | None,
    txt: Path | None,
    layout: str,
) -> None:
    """Read one text; print its tree or write it out."""
    text = _load(file)
    targets = {"akn": akn, "docx": docx, "pdf": pdf, "html": html, "txt": txt}
    wanted = {name: path for name, path in targets.items() if path is not None}
    for name, path in wanted.items():
        _write(text, name, path, layout)
    if as_json:
        click.echo(json.dumps(text_as_json(text), ensure_ascii=False, indent=1))
    elif not wanted:
        click.echo("\n".join(outline(text)))


def _write(text: Text, name: str, path: Path, layout: str) -> None:
    from dienhong.texts.commands.outputs import save, written

    save(path, written(text, name, layout=layout))


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--read-only", is_flag=True, help="Read and account only; no export, no re-reading.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores", help="Processes.")
def check(folder: Path, as_json: bool, read_only: bool, jobs: int) -> None:
    """Read, export, validate and re-read every file of a folder; print a table of doubts per file.

    Exit status 1 if a file cannot be read, loses a character, or does not come back the same.
    """
    files = files_in(folder)
    if not files:
        raise Fault(f"{folder}: no file that can be a legal text")
    found: list[Finding] = []
    started = time.perf_counter()
    with click.progressbar(
        files, label="Reading", file=sys.stderr, item_show_func=lambda f: f.name[:40] if f else ""
    ) as bar:
        found.extend(_checked(bar, folder, not read_only, min(jobs, len(files))))
    seconds = time.perf_counter() - started
    if as_json:
        click.echo(json.dumps(_summary(found, seconds), ensure_ascii=False, indent=1))
    else:
        _table(found, seconds)
    if any(finding.failed for finding in found):
        sys.exit(1)


def _checked(files: Iterable[Path], folder: Path, exports: bool, jobs: int) -> Iterator[Finding]:
    """The findings of all files in their order, made by one process or by several."""
    if jobs == 1:
        for file in files:
            yield check_file(file, folder, exports)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[Finding]] = deque()
        for file in files:
            waiting.append(pool.submit(check_file, file, folder, exports))
            if len(waiting) >= 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _summary(found: list[Finding], seconds: float) -> dict[str, Any]:
    codes = Counter(code for finding in found for code in finding.doubts)
    return {
        "files": len(found),
        "failed": sum(finding.failed for finding in found),
        "seconds": round(seconds, 3),
        "bytes": sum(finding.size for finding in found),
        "doubts": dict(codes.most_common()),
        "findings": [finding.as_json() for finding in found],
    }


def _table(found: list[Finding], seconds: float) -> None:
    width = max(len(finding.name) for finding in found)
    width = min(max(width, 4), 60)
    click.echo(f"{'file':{width}}  {'number':14} {'P':>2} {'Ch':>3} {'Đ':>4} {'doubts':>6}  findings")
    for finding in found:
        said = finding.error or "; ".join(
            [*finding.faults, *(f"{code} {n}" for code, n in Counter(finding.doubts).items())]
        )
        name = finding.name if len(finding.name) <= width else finding.name[: width - 1] + "…"
        click.echo(
            f"{name:{width}}  {finding.number[:14]:14} {finding.parts:>2} {finding.chapters:>3} {finding.articles:>4} "
            f"{len(finding.doubts):>6}  {said or 'good'}"
        )
    failed = sum(finding.failed for finding in found)
    size = sum(finding.size for finding in found) / 1e6
    click.echo(f"{len(found)} files, {failed} failed, {size:.1f} MB in {seconds:.1f} s")
