"""A throw-away office for a benchmark or a fault test: its own home, database, server processes and deputies.

The test itself has another Django in its process. So what is done in that office beside its server is done in a `Room`:
a child process (`python -m tests.office`) that reads one request a line and answers each with one line of JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A `dienhong serve` in its own processes."""

    started: ClassVar[list[Server]] = []

    def __init__(self, env: Mapping[str, str], *, port: int | None = None, options: tuple[str, ...] = ()) -> None:
        self.env = dict(env)
        self.port = port or free_port()
        self.options = options
        self.process: subprocess.Popen[bytes] | None = None
        self.log = Path(env["DIENHONG_HOME"]) / f"server-{self.port}.log"

    def command(self) -> list[str]:
        return [sys.executable, "-m", "dienhong", "serve", "--port", str(self.port), *self.options]

    def start(self, wait: float = 60.0) -> Server:
        with self.log.open("ab") as log:
            Server.started.append(self)
            self.process = subprocess.Popen(self.command(), cwd=ROOT, env=self.env, stdout=log, stderr=log)
        until = time.monotonic() + wait
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log.read_text()[-2000:]}")
            if self.health().get("ready"):
                return self
            time.sleep(0.05)
        raise RuntimeError(f"the server is not ready: {self.health()} {self.log.read_text()[-2000:]}")

    def health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            return dict(json.load(error))
        except OSError:
            return {}

    def memory(self) -> float:
        """What the server holds of the memory now, in MB."""
        assert self.process is not None
        rows = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return round(next(int(row.split()[1]) for row in rows if row.startswith("VmRSS")) / 1024, 1)

    def cpu(self) -> float:
        """How many seconds of a processor the server has used so far."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, wait: float = 15.0) -> int:
        """SIGTERM; gives back the exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(wait)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def environment(home: Path, database_url: str = "") -> dict[str, str]:
    """The environment of an office that lives in this folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DIENHONG_")}
    own = {"DIENHONG_HOME": str(home), "DIENHONG_DEMO": "1", "DJANGO_SETTINGS_MODULE": "dienhong.settings"}
    if database_url:
        own["DIENHONG_DATABASE_URL"] = database_url
    return {**kept, **own}


@contextlib.contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """A new database on this server, dropped afterwards; gives its URL. Raises psycopg.OperationalError."""
    import secrets

    import psycopg

    name = f"dienhong_test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True, connect_timeout=3) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8')
    head, _slash, tail = server.rpartition("/")
    query = "?" + tail.partition("?")[2] if "?" in tail else ""
    try:
        yield f"{head}/{name}{query}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def machine() -> dict[str, Any]:
    """What this machine is, as far as figures depend on it."""
    model = "unknown"
    with contextlib.suppress(OSError):
        rows = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((row.partition(":")[2].strip() for row in rows if row.startswith("model name")), model)
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": [round(value, 2) for value in os.getloadavg()],
    }


@contextlib.contextmanager
def home() -> Iterator[Path]:
    """A folder for an office, removed afterwards; its servers end with it, also when the benchmark is told to end."""
    folder = Path(tempfile.mkdtemp(prefix="dienhong-bench-"))

    def clear_away() -> None:
        for server in Server.started:
            if server.process is not None and server.process.poll() is None:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)

    def told_to_end(_number: int, _frame: object) -> None:
        clear_away()
        os._exit(1)  # an event loop or a thread may be in the middle of something

    before = signal.signal(signal.SIGTERM, told_to_end)
    try:
        yield folder
    finally:
        signal.signal(signal.SIGTERM, before)
        clear_away()


def ready_django(env: Mapping[str, str]) -> None:
    """Make Django of this process work in that office, with its tables made. Once for a process."""
    os.environ.update({key: value for key, value in env.items() if key.startswith(("DIENHONG_", "DJANGO"))})
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def let_go() -> None:
    """Close the connection to the database, so that it can be dropped."""
    from django.db import connection

    connection.close()


def print_each(module: str, words: list[str]) -> None:
    """Run this benchmark on one database after the other, each in a process of its own; print both as JSON."""
    rest = [word for n, word in enumerate(words) if word != "--backend" and (n == 0 or words[n - 1] != "--backend")]
    found = []
    for backend in ("sqlite", "postgres"):
        command = [sys.executable, "-m", module, "--backend", backend, *rest]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        found.append(json.loads(done.stdout))
    print(json.dumps(found, indent=2))


def seat_deputies(number: int) -> int:
    """A hall of so many synthetic deputies with accounts, written at once; gives the assembly's key.

    The accounts and persons are bulk rows, not actions: making them is not what is measured.
    """
    from dienhong.demo.cast import DAY, TERM_BEGINS, found_house
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.access.models import Account
    from dienhong.people import actions as people
    from dienhong.people.models import Mandate, Person

    by, at = keeper("bench"), clock.moment(TERM_BEGINS)
    term = people.open_term(actor=by, number=15, label="XV", since=TERM_BEGINS, at=at)
    assembly = found_house(by, at)["assembly"]
    accounts = [Account(username=f"seat{n:05}", label=f"Ghế {n:05}", password="!") for n in range(number)]
    Account.objects.bulk_create(accounts, batch_size=500)
    persons = [
        Person(full_name=a.label, folded=a.username, sort_key=a.username, code=a.username, mark="S", account=a)
        for a in accounts
    ]
    Person.objects.bulk_create(persons, batch_size=500)
    Mandate.objects.bulk_create(
        [Mandate(person=p, term=term, since=TERM_BEGINS, mark="S") for p in persons], batch_size=500
    )
    assert DAY > TERM_BEGINS
    return assembly.pk


def prepare_vote(assembly_id: int, question: str = "Biểu quyết thử tải") -> int:
    """Prepare a vote in the assembly; gives its key."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.people.models import Body
    from dienhong.polls import actions as polls

    body = Body.objects.get(pk=assembly_id)
    return polls.prepare_poll(actor=keeper("bench"), body=body, kind="law", question=question, at=clock.now()).pk


def open_vote(assembly_id: int, question: str = "Biểu quyết thử tải") -> int:
    """Prepare and open a vote in the assembly; gives its key."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.polls import actions as polls

    poll_id = prepare_vote(assembly_id, question)
    return polls.open_poll(actor=keeper("bench"), poll_id=poll_id, at=clock.now()).pk


def poll_entries(assembly_id: int) -> Callable[[int], None]:
    """What writes so many entries about polls, one a prepared vote."""

    def write(number: int) -> None:
        for _ in range(number):
            prepare_vote(assembly_id)

    return write


def keeper_session() -> str:
    """A session of somebody who may do everything: opens, closes and declares through the pages."""
    from dienhong.demo.replay import make_sessions
    from dienhong.foundation.access.models import Account

    account = Account.objects.create(username="bench-keeper", label="Thử tải", password="!", is_keeper=True)
    return make_sessions([account])[0]


def listener_sessions(number: int) -> list[str]:
    """Sessions of so many deputies, to listen with."""
    from dienhong.demo.replay import make_sessions
    from dienhong.foundation.access.models import Account

    return make_sessions(Account.objects.filter(username__startswith="seat").order_by("pk")[:number])


def close_and_declare(poll_id: int) -> dict[str, Any]:
    """Close and declare the vote; how long it took, in milliseconds."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.polls import actions as polls

    by = keeper("bench")
    began = time.perf_counter()
    polls.close_poll(actor=by, poll_id=poll_id, at=clock.now())
    closed = time.perf_counter()
    polls.declare_result(actor=by, poll_id=poll_id, at=clock.now())
    ended = time.perf_counter()
    return {"close_ms": round(1000 * (closed - began), 1), "declare_ms": round(1000 * (ended - closed), 1)}


# -- the back room ----------------------------------------------------------------------------------------------------
class RoomFault(Exception):
    """What was asked in the back room failed; `kind` is the class of the error."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(f"{kind}: {words}")
        self.kind = kind


class Room:
    """A process of that office in which a test opens and closes votes, makes sessions, and looks into the box."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = dict(env)
        command = [sys.executable, "-m", "tests.office"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=dict(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, act: str, **facts: Any) -> None:
        """Ask without waiting for the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"act": act, "facts": facts}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """The answer to what was asked first. Raises RoomFault."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RoomFault("Ended", f"the back room ended with status {self.process.wait()}")
        said = json.loads(line)
        if "fault" in said:
            raise RoomFault(said["fault"], said["words"])
        return said["answer"]

    def do(self, act: str, **facts: Any) -> Any:
        """Ask and wait for the answer. Raises RoomFault."""
        self.begin(act, **facts)
        return self.answer()

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


def sessions(poll_id: int, seats: int) -> list[dict[str, Any]]:
    """The first electors of this vote with a session each."""
    from dienhong.demo import replay

    return [{"person": d.person_id, "session": d.session_key} for d in replay.call_deputies(poll_id, seats)]


def play(poll_id: int, port: int, seats: int, seconds: float, **plan: Any) -> dict[str, Any]:
    """Hold a replay at that server; its figures."""
    import asyncio

    import uvloop

    from dienhong.demo import replay

    plan_ = replay.Plan("127.0.0.1", port, poll_id, replay.call_deputies(poll_id, seats), seconds, **plan)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        log = runner.run(replay.play(plan_))
    return replay.figures(plan_, log, replay.check_books(poll_id, log))


def result(poll_id: int) -> dict[str, Any]:
    """What the box and the result of this vote say."""
    from dienhong.polls.models import Ballot, Poll, Result
    from dienhong.polls.queries import tally

    counted = tally(poll_id)
    row = Result.objects.filter(poll_id=poll_id).values("for_count", "against_count", "not_voting_count").first()
    return {
        "state": Poll.objects.get(pk=poll_id).state,
        "ballots": Ballot.objects.filter(poll_id=poll_id).count(),
        "tally": [counted.for_, counted.against, counted.not_voting],
        "result": list(row.values()) if row else None,
    }


def close(poll_id: int) -> str:
    """Close this vote, and only that."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.polls import actions as polls

    polls.close_poll(actor=keeper("test"), poll_id=poll_id, at=clock.now())
    return "closed"


def journal() -> dict[str, Any]:
    """Where the journal ends, and where it does not hold."""
    from dienhong.foundation.journal import queries

    return {"last": queries.last_number(), "breaks": [[b.number, b.fault] for b in queries.breaks()]}


def write_entries(number: int) -> int:
    """So many entries that concern nobody; the number of the last one."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.clock.actions import set_clock
    from dienhong.foundation.journal import queries

    for _ in range(number):
        set_clock(actor=keeper("test"), to=None, at=clock.now())
    return queries.last_number()


def sign_out(session: str) -> None:
    """End this session in the store, as sign-out does."""
    from dienhong.demo.replay import end_sessions

    end_sessions([session])


def suspend(person: int) -> None:
    """Suspend the account of this person."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actions import suspend_account
    from dienhong.foundation.access.actor import keeper
    from dienhong.people.models import Person

    account_id = Person.objects.values_list("account_id", flat=True).get(pk=person)
    suspend_account(actor=keeper("test"), account_id=account_id or 0, reason="mất thiết bị", at=clock.now())


def clerk_session() -> str:
    """A session of somebody who has no seat in the hall."""
    from dienhong.demo.replay import make_sessions
    from dienhong.foundation.access.models import Account

    account = Account.objects.create(username=f"clerk{time.monotonic_ns()}", label="Thư ký", password="!")
    return make_sessions([account])[0]


ACTS: dict[str, Callable[..., Any]] = {
    act.__name__: act
    for act in (
        seat_deputies,
        open_vote,
        close_and_declare,
        sessions,
        play,
        result,
        close,
        journal,
        write_entries,
        sign_out,
        suspend,
        clerk_session,
    )
}


def main() -> None:
    """Do what is asked on standard input, until it ends."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    ready_django(os.environ)
    from tests.writers import ACTS as OF_WRITERS

    acts = ACTS | OF_WRITERS
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            said = {"answer": acts[asked["act"]](**asked["facts"])}
        except Exception as error:
            said = {"fault": type(error).__name__, "words": str(error)}
        out.write(json.dumps(said) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
