"""How fast texts are written, validated and read back. Prints JSON; run as `python tests/benchmarks/texts_writing.py`.

Rates are megabytes of the written form a second of processor time, best of three. A made-up law of 300 and of 3,000
articles shows whether time grows with length alone; with the real data beside the checkout its laws are measured too.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dienhong.texts.akn import read_akn, to_akn, validate
from dienhong.texts.tree import POINT_LETTERS, Kind, Node, Text, assign_ids
from dienhong.texts.writing import NoFont, to_docx, to_html, to_pdf, to_txt
from dienhong.texts.writing.reread import read_page
from tests.data import data_folder

SENTENCE = "Cơ quan, tổ chức, cá nhân có trách nhiệm thực hiện quy định của Luật này và pháp luật có liên quan"


def law(articles: int) -> Text:
    """A law of this many articles, three clauses each, the second with four points."""
    text = Text(title="LUẬT MẪU", kind="law", number="1/2023/QH15", date=dt.date(2023, 11, 24), issuer="QUỐC HỘI")
    for number in range(1, articles + 1):
        points = [Node(Kind.POINT, c, text=f"{SENTENCE};", label=f"{c})") for c in POINT_LETTERS[:4]]
        clauses = [Node(Kind.CLAUSE, str(n), text=f"{SENTENCE}.", label=f"{n}.") for n in (1, 2, 3)]
        clauses[1].children = points
        text.body.append(Node(Kind.ARTICLE, str(number), heading="Quy định", label=f"Điều {number}.", children=clauses))
    assign_ids(text)
    return text


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """Least seconds of processor time of three runs, and what the work gave."""
    times: list[float] = []
    found: Any = None
    for _ in range(3):
        start = time.process_time()
        found = work()
        times.append(time.process_time() - start)
    return min(times), found


def rates(texts: list[Text], papers: bool) -> dict[str, float]:
    """Megabytes a second of every form."""
    shown: dict[str, float] = {}

    def measure(name: str, work: Callable[[], Any], size: int | None = None) -> Any:
        seconds, found = best(work)
        shown[name] = round((size or sum(map(len, found))) / seconds / 1e6, 1)
        shown[f"{name}_seconds"] = round(seconds, 4)
        return found

    files = measure("akn_write", lambda: [to_akn(text) for text in texts])
    size = sum(map(len, files))
    shown["akn_megabytes"] = round(size / 1e6, 2)
    objections = measure("akn_parse_and_validate", lambda: [validate(file) for file in files], size)
    shown["akn_invalid"] = sum(map(bool, objections))
    again = measure("akn_read", lambda: [read_akn(file) for file in files], size)
    shown["akn_differing"] = sum(one != other for one, other in zip(texts, again, strict=True))
    pages = measure("html_write", lambda: [to_html(text).encode() for text in texts])
    measure("html_read", lambda: [read_page(page) for page in pages], sum(map(len, pages)))
    measure("text_write", lambda: [to_txt(text).encode() for text in texts])
    if papers:
        measure("docx_write", lambda: [to_docx(text) for text in texts])
        try:
            measure("pdf_write", lambda: [to_pdf(text) for text in texts])
        except NoFont:
            shown["pdf_write"] = 0.0
    return shown


def real() -> list[Text]:
    """The laws of the real data, as the project's own reader reads them."""
    folder = data_folder()
    if folder is None:
        return []
    try:
        from dienhong.texts.reading import read
    except ImportError:
        return []
    return [read(path) for path in sorted((folder / "laws").glob("laws_*/*/*.*"))]


def main() -> None:
    """Measure and print."""
    validate(b"<x/>")
    result = {"law_300": rates([law(300)], True), "law_3000": rates([law(3000)], False)}
    laws = real()
    if laws:
        result["real_laws"] = {"files": len(laws), **rates(laws, False)}
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
