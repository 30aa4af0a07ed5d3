"""`dienhong text ...`: the engine of legal texts on the command line. Loads no Django."""

from __future__ import annotations

import click

from dienhong.cli import LazyGroup

TEXT_COMMANDS: dict[str, tuple[str, str, str]] = {
    "parse": ("dienhong.texts.commands.reading", "parse", "Read one text; print its tree or write it out."),
    "check": ("dienhong.texts.commands.reading", "check", "Read, export, validate and re-read a whole folder."),
    "references": ("dienhong.texts.commands.understanding", "references", "References of a text, resolved or broken."),
    "definitions": ("dienhong.texts.commands.understanding", "definitions", "Defined terms and their uses."),
    "instructions": ("dienhong.texts.commands.understanding", "instructions", "Amending instructions of a law."),
    "hints": ("dienhong.texts.commands.understanding", "hints", "Drafting hints after NQ 351/2017."),
    "compare": ("dienhong.texts.commands.comparing", "compare", "Compare two texts."),
    "consolidate": ("dienhong.texts.commands.consolidating", "consolidate", "Apply amending laws to a text."),
}


@click.group(cls=LazyGroup, table=TEXT_COMMANDS)
def text() -> None:
    """Read, write, compare and consolidate legal texts."""
