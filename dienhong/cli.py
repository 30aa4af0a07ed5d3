"""The console command `dienhong`: every command of the office, loaded only when it is called.

Exit status: 0 done, 1 the office refused or found a fault, 2 the command was called wrongly. Errors go to stderr in one
line, never as a traceback (set DIENHONG_TRACEBACK=1 to see it).
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

#: name -> (module, attribute, one line of help). The help stands here so that `--help` loads nothing.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "account": ("dienhong.commands.accounts", "account", "Create, list, suspend, restore and invite accounts."),
    "backup": ("dienhong.commands.keeping", "backup", "Write the whole office into one file."),
    "check": ("dienhong.commands.checking", "check", "Check that this office is fit for work."),
    "demo": ("dienhong.commands.demonstration", "demo", "Load the demonstration."),
    "claims": ("dienhong.commands.claiming", "claims", "Print what can be said of a year, session or term."),
    "figures": ("dienhong.commands.claiming", "figures", "Print the figures of a year, session or term."),
    "journal": ("dienhong.commands.journaling", "journal", "Read and check the journal."),
    "letters": ("dienhong.commands.letters", "letters", "Send what waits in the outbox."),
    "library": ("dienhong.commands.library", "library", "The library of law texts: add, list, search."),
    "migrate": ("dienhong.commands.running", "migrate", "Make or upgrade the tables of the office."),
    "record": ("dienhong.commands.records", "record", "Load the public record, check its votes."),
    "replay": ("dienhong.commands.replaying", "replay", "Let many deputies vote over HTTP and check the books."),
    "report": ("dienhong.commands.reporting", "report", "Write the reports of the office as files."),
    "restore": ("dienhong.commands.keeping", "restore", "Put back the office that a backup holds."),
    "serve": ("dienhong.commands.running", "serve", "Serve the office."),
    "assets": ("dienhong.assets.commands", "assets", "Build the fonts and the translations."),
    "messages": ("dienhong.assets.commands", "messages_group", "Check the translations of the interface."),
    "text": ("dienhong.texts.commands", "text", "Read, write, compare and consolidate legal texts."),
    "work": ("dienhong.commands.work", "work", "Send reminders, count the workload."),
}


class Fault(click.ClickException):
    """What a command tells its caller when it cannot do its work: one line on stderr, exit status 1."""

    exit_code = 1


class LazyGroup(click.Group):
    """This group of commands, each imported when it is called."""

    def __init__(self, *args: object, table: dict[str, tuple[str, str, str]] | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.table = table or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.table})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.table:
            return super().get_command(ctx, cmd_name)
        module, attribute, _ = self.table[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = {name: command.get_short_help_str(100) for name, command in self.commands.items()}
        rows = {**own, **{name: row[2] for name, row in self.table.items()}}
        with formatter.section("Commands"):
            formatter.write_dl(sorted(rows.items()))


@click.group(cls=LazyGroup, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dienhong")
def office() -> None:
    """Diên Hồng, the digital office of an elected assembly."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run `dienhong`. Any error that a command did not foresee is still one line on stderr and exit status 1."""
    try:
        office.main(args=list(argv) if argv is not None else None, prog_name="dienhong", standalone_mode=True)
    except Exception as error:
        if os.environ.get("DIENHONG_TRACEBACK"):
            raise
        click.echo(f"dienhong: {type(error).__name__}: {error}", err=True)
        sys.exit(1)
