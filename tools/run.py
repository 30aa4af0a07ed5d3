"""Start Diên Hồng: what `./run` does. Standard library only until the environment is there.

usage: ./run [--empty] [--setup] [--host ADDRESS] [--port NUMBER]

  (nothing)   environment, packages, fonts, database, demonstration record, then the server on 127.0.0.1:8000
  --empty     an office without the demonstration, in its own folder (./data/empty unless DIENHONG_HOME says otherwise)
  --setup     prepare everything and stop before the server
  --port N    another port (or PORT=N in the environment)
  --host A    another address to listen on (default 127.0.0.1: this machine only)
  --help      this text

The office's own files lie in ./data, or in the folder that DIENHONG_HOME names. Every call is safe to repeat.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

from tools.prepare import PYTHON, ROOT, Missing, prepare, say

HOW_DEMO = "Sign in: the front door lists the people of the demonstration; choose one, for instance the clerk."
HOW_EMPTY = (
    "Sign in: make the first account in another window, once:\n"
    "  DIENHONG_HOME={home} .venv/bin/dienhong account create NAME --name 'FULL NAME' --keeper"
)


def arguments(argv: list[str]) -> argparse.Namespace:
    """What the person asked for."""
    parser = argparse.ArgumentParser(prog="./run", add_help=False)
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--setup", action="store_true")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
    parser.add_argument("-h", "--help", action="store_true")
    asked = parser.parse_args(argv)
    if asked.help:
        print(__doc__)
        raise SystemExit(0)
    if not asked.port.isascii() or not asked.port.isdigit() or not 0 < int(asked.port) < 65536:
        parser.error(f"a port is a number from 1 to 65535, not {asked.port!r}")
    asked.port = int(asked.port)
    return asked


def require_free(host: str, port: int) -> None:
    """Raise Missing when the server could not listen there, before any work is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "it is taken, perhaps by an office that already runs" if taken else error.strerror
            advice = f"Choose another: ./run --port {port + 1}"
            raise Missing(f"Cannot listen on {host}, port {port}: {reason}. {advice}") from error


def office(*words: str) -> None:
    """Run one command of the office; its own words on stderr are the error message."""
    done = subprocess.run([PYTHON, "-m", "dienhong", *words], cwd=ROOT, check=False)
    if done.returncode:
        raise Missing(f"`dienhong {' '.join(words)}` stopped; its reason stands above. Nothing was started.")


def name_the_office(asked: argparse.Namespace) -> None:
    """Say by environment which office is meant: its folder, its address, whether it is the demonstration."""
    home = ROOT / "data" / "empty" if asked.empty else ROOT / "data"
    host = f"[{asked.host}]" if ":" in asked.host else asked.host
    os.environ["DIENHONG_HOME"] = str(Path(os.environ.get("DIENHONG_HOME") or home).resolve())
    os.environ.setdefault("DIENHONG_BASE_URL", f"http://{host}:{asked.port}")
    os.environ.setdefault("DIENHONG_DEMO", "0" if asked.empty else "1")


def loaded() -> bool:
    """Whether the demonstration is in this folder's own database; another database is asked itself."""
    home = Path(os.environ["DIENHONG_HOME"])
    own = (home / "demonstration").exists() and (home / "office.sqlite3").exists()
    return own and not os.environ.get("DIENHONG_DATABASE_URL")


def main(argv: list[str]) -> None:
    """Prepare, and then become the server."""
    asked = arguments(argv)
    if not asked.setup:
        require_free(asked.host, asked.port)
    name_the_office(asked)
    prepare("run")
    office("migrate")
    if not asked.empty and not loaded():
        office("demo", "load")
    if asked.setup:
        say(f"Ready. Start with ./run{' --empty' if asked.empty else ''}")
        return
    say(f"Diên Hồng is at {os.environ['DIENHONG_BASE_URL']}/  (Ctrl+C stops it)")
    say(HOW_EMPTY.format(home=os.environ["DIENHONG_HOME"]) if asked.empty else HOW_DEMO)
    command = [str(PYTHON), "-m", "dienhong", "serve", "--host", asked.host, "--port", str(asked.port)]
    os.chdir(ROOT)
    os.execv(command[0], command)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Missing as missing:
        sys.exit(f"./run: {missing}")
    except KeyboardInterrupt:
        sys.exit(130)
