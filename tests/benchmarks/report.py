"""How long the report of a year takes to be written, in the office of a whole term.

    python -m tests.benchmarks.report [--backend sqlite|postgres|both] [--times 3] [--part 1]

`dienhong report year 2023 --docx … --pdf …` as somebody types it: wall time of the whole command, start of Python
included, and what it printed with the second in which it came. Once the report that was laid out in the office, once
(`alone`, for the Party's line, which nobody has laid out) what the record itself can write. Prints JSON. Target: < 5 s.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.term_office import on_each, options
from tests.office import ROOT

TARGET = 5.0
HEADS = {"docx": b"PK", "pdf": b"%PDF"}


def write(env: dict[str, str], *words: str) -> dict[str, Any]:
    """Write the report once: seconds of the wall and of the processor, what was printed when, the files' sizes."""
    with tempfile.TemporaryDirectory() as folder:
        files = {way: Path(folder) / f"bao-cao.{way}" for way in HEADS}
        outs = [part for way, path in files.items() for part in (f"--{way}", str(path))]
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        command = [sys.executable, "-m", "dienhong", "report", "year", "2023", *outs, *words]
        told = []
        typed = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as a user has it
        with subprocess.Popen(
            command, cwd=ROOT, env={**typed, "PYTHONUNBUFFERED": "1"}, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as running:  # fmt: skip
            for line in running.stdout or ():
                said = line.strip().replace(folder, "")
                told.append(f"{time.perf_counter() - began:.2f} s: {said}")
        wall = time.perf_counter() - began
        if running.returncode:
            raise RuntimeError("\n".join(told))
        for way, path in files.items():
            if not path.read_bytes().startswith(HEADS[way]):
                raise RuntimeError(f"{path.name} is no {way}")
        sizes = {way: path.stat().st_size for way, path in files.items()}
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return {"wall_s": round(wall, 2), "cpu_s": round(cpu, 2), "bytes": sizes, "printed": told}


def measure(env: dict[str, str], times: int) -> dict[str, Any]:
    """Each so many times; the slowest counts."""
    laid_out = [write(env) for _ in range(times)]
    alone = [write(env, "--line", "party") for _ in range(times)]
    worst = max(row["wall_s"] for row in laid_out + alone)
    return {
        "laid_out": laid_out,
        "alone": alone,
        "met": {
            f"DOCX and PDF < {TARGET:.0f} s": worst < TARGET,
            "progress is printed": len(laid_out[0]["printed"]) > 1,
        },
    }


def main() -> None:
    """Measure on each database and print."""
    parser = options(__doc__)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    print(json.dumps(on_each(asked, lambda env: measure(env, asked.times)), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
