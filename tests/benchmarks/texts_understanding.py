"""What understanding finds in the real laws beside the checkout, per corpus, and how long it takes.

Run: python tests/benchmarks/texts_understanding.py [--broken] [--doubtful]. Prints JSON. Reading is not counted.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dienhong.texts.reading import read
from dienhong.texts.understanding.checks import hints
from dienhong.texts.understanding.definitions import definitions, unused, uses
from dienhong.texts.understanding.instructions import instructions
from dienhong.texts.understanding.references import references, words_of
from tests.data import data_folder


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--broken", action="store_true", help="list broken references")
    parser.add_argument("--doubtful", action="store_true", help="list instructions that a person must settle")
    asked = parser.parse_args()
    folder = data_folder()
    if folder is None:
        sys.exit("the real data is not beside the checkout")
    with (folder / "laws" / "manifest.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    corpora: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: Counter[str] = Counter()
    listed: list[Any] = []
    seconds: dict[str, float] = defaultdict(float)
    for row in rows:
        text = read(folder / "laws" / row["file"])
        count = corpora[f"{row['src']}{' amending' if row['amending'] else ''}"]
        count["laws"] += 1
        start = time.perf_counter()
        for reference in references(text):
            for target in reference.targets:
                count[f"{target.kind} {'resolved' if target.resolved else 'open'}"] += 1
                if asked.broken and target.kind == "internal" and not target.resolved:
                    listed.append([row["file"], reference.node_id, reference.words, words_of(target.path)])
        seconds["references"] += time.perf_counter() - start
        start = time.perf_counter()
        known = definitions(text)
        count["definitions"] += len(known)
        count["uses"] += len(uses(text, known))
        count["unused"] += len(unused(text))
        seconds["definitions"] += time.perf_counter() - start
        start = time.perf_counter()
        for order in instructions(text):
            count["instructions"] += 1
            count["instructions doubtful"] += order.doubtful
            if asked.doubtful and order.doubtful:
                listed.append([row["file"], order.line, order.reason, order.words[:120]])
        seconds["instructions"] += time.perf_counter() - start
        kinds.update(hint.code for hint in hints(text))
    print(
        json.dumps(
            {
                "corpora": corpora,
                "hints": kinds,
                "seconds": {name: round(value, 2) for name, value in seconds.items()},
                "listed": listed,
            },
            ensure_ascii=False,
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
