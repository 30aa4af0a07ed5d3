"""`dienhong replay`: let many deputies vote over real HTTP, and check the books."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import click

from dienhong.cli import Fault
from dienhong.commands import open_office, print_json

if TYPE_CHECKING:
    from dienhong.demo.replay import Log, Plan

QUESTION = "Diễn tập biểu quyết"


@click.command()
@click.option("--vote", "poll_id", type=click.IntRange(1), help="The open vote in which they press.")
@click.option("--make-poll", is_flag=True, help="Open a vote for this in the assembly, and close and declare it after.")
@click.option("--seats", required=True, type=click.IntRange(1, 20_000), help="How many deputies press.")
@click.option("--seconds", default=1.0, show_default=True, type=click.FloatRange(0, 3600), help="Over how long.")
@click.option("--base-url", default="", help="The server; else the one of DIENHONG_BASE_URL.")
@click.option("--serve", is_flag=True, help="Start a server of this office for the replay, and stop it after.")
@click.option(
    "--open-streams", default=0, show_default=True, type=click.IntRange(0, 20_000), help="Event streams open."
)
@click.option(
    "--retry-rate", default=0.0, show_default=True, type=click.FloatRange(0, 1), help="Share of presses sent twice."
)
@click.option("--seed", default=1, show_default=True, help="Chooses who presses what, and when.")
@click.option("--i-own-this-server", is_flag=True, help="Allow a server that is not this machine.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def replay(
    poll_id: int | None,
    make_poll: bool,
    seats: int,
    seconds: float,
    base_url: str,
    serve: bool,
    open_streams: int,
    retry_rate: float,
    seed: int,
    i_own_this_server: bool,
    as_json: bool,
) -> None:
    """Let many signed-in deputies press over real HTTP, retries included; say whether the books balance.

    The deputies are the first electors of the vote who have an account. Their sessions are made here, in the session
    store of this office, and ended afterwards; everything else goes over HTTP as from a tablet. The ballots are real:
    use a demonstration. Exit status 1 when the books do not balance or a press was not answered.
    """
    if (poll_id is None) == (not make_poll):
        raise click.UsageError("say --vote ID, or --make-poll")
    if serve and base_url:
        raise click.UsageError("--serve starts its own server: leave --base-url out")
    open_office()
    from django.conf import settings

    host, port = _address(base_url or settings.BASE_URL, anywhere=i_own_this_server)
    from dienhong.demo.replay import Plan

    with contextlib.ExitStack() as after:
        if serve:
            host, port = "127.0.0.1", after.enter_context(_own_server())
        plan = Plan(host, port, poll_id or _open_vote(), (), seconds, open_streams, retry_rate, seed=seed)
        figures = _hold(plan, seats, close=make_poll)
    if as_json:
        print_json(figures)
    else:
        _print(figures)
    if not figures["books"]["balance"] or figures["unanswered"]:
        raise Fault("the books do not balance" if not figures["books"]["balance"] else "some presses were not answered")


def _address(url: str, *, anywhere: bool) -> tuple[str, int]:
    """The host and port of the server; only of this machine unless said otherwise."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise Fault(f"a replay speaks plain HTTP to the office itself, behind its proxy: {url} will not do")
    port = parts.port or 80
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Fault(f"{parts.hostname}: {error.strerror}") from error
    if not anywhere and not all(ipaddress.ip_address(str(row[4][0])).is_loopback for row in found):
        raise Fault(f"{parts.hostname} is not this machine; say --i-own-this-server if it is yours to load")
    return parts.hostname, port


@contextlib.contextmanager
def _own_server() -> Iterator[int]:
    """A server of this office on a free port, until the end of the replay."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "dienhong", "serve", "--port", str(port)]
    log = Path(tempfile.gettempdir()) / f"dienhong-replay-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=os.environ.copy(), stdout=out, stderr=out)
    try:
        _wait_for(process, f"http://127.0.0.1:{port}/health/ready", log)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
        log.unlink(missing_ok=True)


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    said, until = "", time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise Fault(f"the server for the replay did not start: {log.read_text().strip()[-500:]}")
        try:
            with urlopen(url, timeout=5):
                return
        except HTTPError as answer:
            said = answer.read().decode()
            if '"migrations":"ok"' not in said:
                raise Fault("the office has no tables yet, or old ones: run dienhong migrate") from answer
        except (URLError, OSError) as error:
            said = str(error)
        time.sleep(0.1)
    raise Fault(f"the server for the replay is not ready: {said}")


def _open_vote() -> int:
    """A vote of the assembly for the replay, in a demonstration only."""
    from django.conf import settings

    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.refusal import Refusal
    from dienhong.people.models import Body, BodyKind
    from dienhong.polls import actions

    if not settings.DEMO:
        raise Fault("--make-poll is for a demonstration (DIENHONG_DEMO=1); in a real office name an open --vote")
    assembly = Body.objects.filter(kind=BodyKind.ASSEMBLY).order_by("pk").first()
    if assembly is None:
        raise Fault("this office has no assembly yet")
    by, at = keeper("replay"), clock.now()
    try:
        poll = actions.prepare_poll(actor=by, body=assembly, kind="resolution", question=QUESTION, at=at)
        return actions.open_poll(actor=by, poll_id=poll.pk, at=at).pk
    except Refusal as refusal:
        raise Fault(str(refusal)) from refusal


def _hold(plan: Plan, seats: int, *, close: bool) -> dict[str, Any]:
    """Call the deputies, let them press, close the vote where it was made for this, and check the books."""
    from dienhong.commands.running import raise_open_files
    from dienhong.demo import replay as stage

    raise_open_files()
    deputies: list[stage.Deputy] = []
    closed = False
    try:
        deputies = stage.call_deputies(plan.poll_id, seats)
        plan = replace(plan, deputies=deputies)
        log = _run(plan)
        if close:
            _end_vote(plan.poll_id)
            closed = True
        return stage.figures(plan, log, stage.check_books(plan.poll_id, log))
    except stage.CannotReplay as error:
        raise Fault(str(error)) from error
    finally:
        stage.end_sessions([deputy.session_key for deputy in deputies])
        if close and not closed:
            _end_vote(plan.poll_id, broken_off=True)


def _run(plan: Plan) -> Log:
    import uvloop

    from dienhong.demo import replay as stage

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(stage.play(plan))


def _end_vote(poll_id: int, *, broken_off: bool = False) -> None:
    """Close and declare the vote made for the replay, or cancel it."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.polls import actions

    by = keeper("replay")
    if broken_off:
        actions.cancel_poll(actor=by, poll_id=poll_id, reason="diễn tập không thực hiện được", at=clock.now())
        return
    actions.close_poll(actor=by, poll_id=poll_id, at=clock.now())
    actions.declare_result(actor=by, poll_id=poll_id, at=clock.now())


def _print(figures: dict[str, Any]) -> None:
    books, latency = figures["books"], figures["latency_ms"]
    refused = ", ".join(f"{word} {number}" for word, number in sorted(figures["refused"].items())) or "none"
    click.echo(f"Vote {figures['vote']}: {figures['seats']} seats in {figures['took_seconds']:.2f} s")
    click.echo(f"  sent        {figures['sent']:>7}   of them again {figures['sent_again']}")
    click.echo(f"  accepted    {figures['accepted']:>7}   duplicates answered {figures['duplicates_answered']}")
    click.echo(f"  refused     {refused:>7}   unanswered {figures['unanswered']}")
    click.echo(f"  counted     {figures['counted']:>7}   in the box {books['in_box']}, result {books['result']}")
    if latency:
        click.echo("  latency     " + ", ".join(f"{name} {value:g} ms" for name, value in latency.items()))
    if figures["streams"]["open"]:
        streams = figures["streams"]
        click.echo(f"  streams     {streams['open']:>7}   messages {streams['messages']}, pulses {streams['pulses']}")
    click.echo(
        "The books balance: every acknowledged ballot is in the box once and counts."
        if books["balance"]
        else f"THE BOOKS DO NOT BALANCE: {books['lost']} lost, {books['twice']} twice, result {books['result']}."
    )
