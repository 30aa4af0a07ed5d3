"""A server is warm before it is ready: its first page brings in no desk, no template and no catalogue."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.office import ROOT, environment
from tests.tables import lay_out

ASK = """
import json, sys
import dienhong.asgi
from django.template import engines
from django.test import Client
from django.utils.translation import trans_real
kept = engines["django"].engine.template_loaders[0].get_template_cache
before = {name for name in sys.modules if name.startswith("dienhong.")}, set(kept), set(trans_real._translations)
status = Client(headers={"host": "localhost", "accept-language": "vi"}).get("/sign-in/").status_code
after = {name for name in sys.modules if name.startswith("dienhong.")}, set(kept), set(trans_real._translations)
ours = [name for name in after[1] - before[1] if not name.startswith(("django/", "allauth/"))]
print(json.dumps({
    "status": status, "modules": sorted(after[0] - before[0]), "templates": ours,
    "languages": sorted(after[2] - before[2]), "warm": [len(part) for part in before],
}))
"""


def test_the_first_page_brings_nothing_in(tmp_path: Path) -> None:
    env = environment(tmp_path)
    lay_out(env)
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["status"] == 200
    assert (said["modules"], said["templates"], said["languages"]) == ([], [], [])
    modules, templates, languages = said["warm"]
    assert (modules > 100, templates > 100, languages >= 2) == (True, True, True)
