"""How well the library answers real questions: recall at 1, 10 and 20 over articles with known relevance.

    python -m tests.benchmarks.texts_search [FOLDER]

Reads `articles.json` and `queries.jsonl` of the data (or of FOLDER), puts the articles into an office of its own in a
temporary folder, asks every question, and prints one row. DIENHONG_DATABASE_URL chooses the database.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path


def load(folder: Path) -> dict[str, int]:
    """Put every article in as a provision of its law; the key of the data to the key of the row."""
    from django.utils import timezone

    from dienhong.foundation.folding import fold, nfc
    from dienhong.texts.models import Provision, ProvisionText, Version, Work

    articles: dict[str, str] = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
    versions: dict[str, Version] = {}
    keys: dict[str, int] = {}
    for order, (name, words) in enumerate(articles.items()):
        law, _, number = name.rpartition("@")
        if law not in versions:
            work = Work.objects.create(uri=f"/test/{len(versions)}", kind="law", title=law, folded=fold(law))
            made = timezone.now()
            versions[law] = Version.objects.create(
                work=work, kind="passed", label="1", tree=b"", digest=law[:64], made_at=made
            )
        version = versions[law]
        heading, _, text = words.partition("\n\n")
        provision = Provision.objects.create(work=version.work, eid=f"art_{number}", kind="article")
        row = ProvisionText.objects.create(
            version=version,
            provision=provision,
            eid=f"art_{number}",
            kind="article",
            number=number,
            heading=nfc(heading),
            text=nfc(text),
            folded=fold(f"{heading} {text}"),
            about=fold(f"{law} Điều {number}."),
            digest="",
            order=order,
            searched=True,
        )
        keys[name] = row.pk
    return keys


def measure(folder: Path, keys: dict[str, int], most: int = 10**6) -> dict[str, float]:
    """Recall (the share of questions whose relevant article is among the first n; the mean over several) and times."""
    from dienhong.texts.searching import search

    hits = {1: 0.0, 10: 0.0, 20: 0.0}
    times: list[float] = []
    asked = 0
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        query = json.loads(line)
        if asked >= most:
            break
        wanted = {keys[name] for name in query["relevant"] if name in keys}
        if not wanted:
            continue
        asked += 1
        started = time.perf_counter()
        found = [hit.row.pk for hit in search(query["text"]).hits]
        times.append(time.perf_counter() - started)
        for n in hits:
            hits[n] += len(wanted & set(found[:n])) / len(wanted)
    times.sort()
    shares = {f"recall@{n}": count / asked for n, count in hits.items()}
    return {
        "articles": len(keys),
        "questions": asked,
        **shares,
        "p50 ms": times[len(times) // 2] * 1000,
        "p95 ms": times[int(len(times) * 0.95)] * 1000,
    }


def main() -> None:
    from tests.data import data_folder

    given = Path(sys.argv[1]) if len(sys.argv) > 1 else (data_folder() or Path()) / "search"
    with tempfile.TemporaryDirectory() as home:
        os.environ["DIENHONG_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dienhong.settings")
        import django
        from django.core.management import call_command
        from django.db import connection, transaction

        django.setup()
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            keys = load(given)
            row = measure(given, keys, int(os.environ.get("QUESTIONS", "1000000")))
            transaction.set_rollback(True)
        print(connection.vendor, json.dumps({name: round(value, 3) for name, value in row.items()}))


if __name__ == "__main__":
    main()
