"""`dienhong assets` and `dienhong messages`: what is built from others' packages and from the catalogues."""

from __future__ import annotations

import json

import click

from dienhong.cli import Fault


@click.group()
def assets() -> None:
    """Fonts and catalogues that are built, not kept in the repository."""


@assets.command("build")
@click.option("--force", is_flag=True, help="Build even when nothing has changed.")
def build_assets(force: bool) -> None:
    """Bring in the fonts and compile the catalogues."""
    from dienhong.assets import build, npm

    try:
        done = build.build(force=force)
    except npm.NotBuilt as error:
        raise Fault(str(error)) from error
    click.echo(f"{'Built' if done else 'Up to date:'} {build.VENDOR}")
    compile_messages()


@assets.command("messages")
def compile_messages_command() -> None:
    """Compile the catalogues of all languages."""
    compile_messages()


def compile_messages() -> None:
    """Compile the catalogues, and say how many messages each language has."""
    from dienhong.assets import messages

    try:
        counts = messages.build()
    except messages.BadCatalogue as error:
        raise Fault(str(error)) from error
    for language, count in counts.items():
        click.echo(f"{language}: {count} messages")


@click.group("messages")
def messages_group() -> None:
    """The interface's translations."""


@messages_group.command("check")
@click.option("--area", help="Only this area: a desk, a concept, a room of the foundation, or kit.")
@click.option("--unused", "with_unused", is_flag=True, help="Also list what is translated and no longer said.")
@click.option("--json", "as_json", is_flag=True, help="Print the missing messages as JSON.")
def check_messages(area: str | None, with_unused: bool, as_json: bool) -> None:
    """List what is not translated, as lines ready for a catalogue. Exit status 1 when anything is missing."""
    from dienhong.assets import messages

    missing = 0
    rows: list[dict[str, object]] = []
    try:
        for language in messages.languages():
            found = messages.untranslated(language, area=area)
            missing += len(found)
            rows += [{"language": language, "msgid": s.msgid, "file": str(s.path), "line": s.line} for s in found]
            if found and not as_json:
                click.echo(messages.template_of(found))
            if with_unused and not as_json:
                for part, msgid in messages.unused(language):
                    click.echo(f"unused in {part}: {msgid}")
    except messages.BadCatalogue as error:
        raise Fault(str(error)) from error
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    if missing:
        raise Fault(f"{missing} messages are not translated")
