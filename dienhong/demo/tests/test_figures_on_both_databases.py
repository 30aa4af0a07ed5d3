"""The figures and claims of the public record come out alike on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ASK = """
import json, os
from tests.office import ready_django
ready_django(os.environ)
from dienhong.demo.public_record import load_record
from dienhong.foundation import clock
from dienhong.foundation.access.actor import keeper
from tests.benchmarks.claims import answers
load_record(actor=keeper("test"), at=clock.now())
print(json.dumps(answers(("2023", "XV", "XV-10", "2021/XV")), sort_keys=True))
"""


def asked_on(url: str, folder: Path) -> subprocess.Popen[str]:
    folder.mkdir()
    env = {**os.environ, "DIENHONG_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "dienhong.settings"}
    env.pop("DIENHONG_DATABASE_URL", None)
    if url:
        env["DIENHONG_DATABASE_URL"] = url
    command = [sys.executable, "-c", ASK]
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.slow
@pytest.mark.postgres
def test_figures_and_claims_are_equal_on_both_databases(postgres_url: str, tmp_path: Path) -> None:
    told = []
    processes = [asked_on("", tmp_path / "sqlite"), asked_on(postgres_url, tmp_path / "postgres")]
    for process in processes:
        out, errors = process.communicate(timeout=180)
        assert process.returncode == 0, errors[-2000:]
        told.append(json.loads(out.splitlines()[-1]))
    sqlite, postgres = told
    assert sqlite.keys() == postgres.keys()
    for code in sqlite:
        for part in ("figures", "claims"):
            assert len(sqlite[code][part]) > 1, (code, part)
            for one, other in zip(sqlite[code][part], postgres[code][part], strict=True):
                assert one == other, (code, one.get("key") or one.get("code"))
