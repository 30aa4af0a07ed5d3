"""Make the lock files anew from pyproject.toml and package.json: versions and digests only, no address in them.

python3 -m tools.lock            keep the versions, add what pyproject.toml asks for
python3 -m tools.lock --upgrade  take the newest versions that pyproject.toml allows
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write requirements.lock, requirements-dev.lock and package-lock.json."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    places = [str(ROOT / ".venv/bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
    uv = shutil.which("uv", path=os.pathsep.join(places))
    if not uv:
        sys.exit("uv is not here. Run ./run --setup first.")
    compile_ = [
        uv,
        "pip",
        "compile",
        "pyproject.toml",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
    ]
    compile_ += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate", *upgrade]
    run = ["--extra", "setup", "-o", "requirements.lock"]
    subprocess.run([*compile_, *run], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    dev = ["--extra", "setup", "--extra", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock"]
    subprocess.run([*compile_, *dev], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    lock_npm()


def lock_npm() -> None:
    """Write package-lock.json, without the registry's and anybody else's addresses."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            if (ROOT / name).exists():
                shutil.copy(ROOT / name, folder)
        options = [
            "--package-lock-only",
            "--omit-lockfile-registry-resolved",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]
        subprocess.run(["npm", "install", *options], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        lock = json.loads((Path(folder) / "package-lock.json").read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    (ROOT / "package-lock.json").write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
