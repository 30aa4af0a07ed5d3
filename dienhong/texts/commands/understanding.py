"""`dienhong text references|definitions|instructions|hints FILE`: what a text says about itself and other texts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from dienhong.cli import Fault
from dienhong.texts.tree import Text

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def read_file(path: Path) -> Text:
    """The text of a file. Raises `Fault` with the reader's own message when it cannot be read."""
    from dienhong.texts.reading import Unreadable, read

    try:
        return read(path)
    except Unreadable as error:
        raise Fault(f"{path}: {error}") from error


def print_json(data: Any) -> None:
    """The data as JSON, Vietnamese letters as they are."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))


@click.command()
@_FILE
@_JSON
@click.option("--broken", is_flag=True, help="Only those that name a unit the text does not have.")
def references(file: Path, as_json: bool, broken: bool) -> None:
    """References of a text, resolved or broken."""
    from dienhong.texts.understanding import references as module

    text = read_file(file)
    found = [r for r in module.references(text) if r.broken or not broken]
    if as_json:
        print_json([_reference(r) for r in found])
        return
    for r in found:
        goals = "; ".join(_goal(t) for t in r.targets)
        click.echo(f"{r.node_id} {r.field}[{r.start}:{r.end}]  {r.words}  ->  {goals}")
    lost = sum(r.broken for r in found)
    click.echo(f"{len(found)} references, {lost} broken", err=True)


def _goal(target: Any) -> str:
    from dienhong.texts.understanding.references import words_of

    if target.kind == "internal":
        return target.node_id or ("the text itself" if target.resolved else f"BROKEN {words_of(target.path)}")
    return " ".join(part for part in (words_of(target.path), target.document or "?") if part)


def _reference(reference: Any) -> dict[str, Any]:
    from dienhong.texts.understanding.references import words_of

    row = asdict(reference)
    for shown, target in zip(row["targets"], reference.targets, strict=True):
        shown["path"] = words_of(target.path)
    row["broken"] = reference.broken
    return row


@click.command()
@_FILE
@_JSON
def definitions(file: Path, as_json: bool) -> None:
    """Defined terms of a text, and how often each is used."""
    from collections import Counter

    from dienhong.texts.understanding import definitions as module

    text = read_file(file)
    found = module.definitions(text)
    places = module.uses(text, found)
    if as_json:
        print_json([asdict(d) | {"uses": [asdict(u) for u in places if u.term == d.term]} for d in found])
        return
    counts = Counter(use.term for use in places)
    for d in found:
        click.echo(f"{d.node_id}  {d.term}  ({counts[d.term]} uses)")


@click.command()
@_FILE
@_JSON
def instructions(file: Path, as_json: bool) -> None:
    """Amending instructions of a law, each with the provision it changes and its commencement."""
    from dienhong.texts.understanding.instructions import instructions as read_instructions

    found = read_instructions(read_file(file))
    if as_json:
        print_json([instruction_row(i) for i in found])
        return
    for i in found:
        row = instruction_row(i)
        mark = "?" if i.doubtful else " "
        detail = f" “{i.old}” -> “{i.new}”" if i.old else ""
        click.echo(
            f"{mark} {row['place']}: {i.action.value} {row['provision']} {i.part} [{row['law']}]"
            f"{detail} from {i.effective or '?'} {i.reason}".rstrip()
        )
    doubtful = sum(i.doubtful for i in found)
    click.echo(f"{len(found)} instructions, {doubtful} for a person to settle", err=True)


def instruction_row(instruction: Any) -> dict[str, Any]:
    """One instruction as a row of JSON: provisions in words, payload as its numbers."""
    from dienhong.texts.understanding.references import words_of

    return {
        "action": instruction.action.value,
        "law": instruction.law.number or instruction.law.name,
        "provision": words_of(instruction.path),
        "part": instruction.part,
        "place": words_of(instruction.place_path),
        "place_id": instruction.place,
        "line": instruction.line,
        "words": instruction.words,
        "anchor": words_of(instruction.anchor),
        "side": instruction.side,
        "old": instruction.old,
        "new": instruction.new,
        "new_text": instruction.new_text,
        "payload": [f"{node.kind.value} {node.number}" for node in instruction.payload],
        "effective": instruction.effective,
        "effective_words": instruction.effective_words,
        "doubtful": instruction.doubtful,
        "reason": instruction.reason,
    }


@click.command()
@_FILE
@_JSON
def hints(file: Path, as_json: bool) -> None:
    """Drafting hints after NQ 351/2017."""
    from dienhong.texts.understanding import checks

    found = checks.hints(read_file(file))
    if as_json:
        print_json([asdict(h) | {"message": h.message} for h in found])
        return
    for h in found:
        click.echo(f"line {h.line}  {h.node_id}  {h.code}: {h.message}")
    click.echo(f"{len(found)} hints", err=True)
