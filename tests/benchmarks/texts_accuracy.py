"""How rightly the reader reads the real laws: the figures of docs/texts-accuracy.md, as Markdown.

Run: `python -m tests.benchmarks.texts_accuracy FOLDER` where FOLDER holds manifest.csv and the corpora (see the data's
ORIGINS). Compares counts of parts, chapters and articles with the manifest, copies of one law with each other, and
accounts for every character.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dienhong.texts.reading import read_source, source_of
from dienhong.texts.reading.account import account
from dienhong.texts.reading.checking import own_units, skeleton
from dienhong.texts.reading.lines import texts
from dienhong.texts.tree import Kind, Text

ROOTS = {"tvpl": "laws_tvpl", "vlc": "laws_vlc", "vbpl": "laws_vbpl_docx"}


@dataclass(slots=True)
class Reading:
    """One file as read: its corpus, the tree, whether all characters are there and in order."""

    corpus: str
    path: Path
    text: Text
    whole: bool
    ordered: bool


def manifest(folder: Path) -> dict[Path, dict[str, str]]:
    """The rows of the manifest by file."""
    found = {}
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            direct = folder / row["file"]
            found[direct if direct.exists() else folder / ROOTS[row["src"]] / row["file"]] = row
    return found


def readings(folder: Path) -> Iterator[Reading]:
    """Every file of the corpora, read."""
    for corpus in ("laws_tvpl/txt", "laws_tvpl/html", "laws_vlc", "laws_vbpl_docx"):
        for path in sorted((folder / corpus).rglob("*")):
            if path.suffix in {".txt", ".html", ".docx"}:
                source = source_of(path.read_bytes(), path.name)
                said = path.read_text(encoding="utf-8") if path.suffix == ".txt" else "\n".join(texts(source.lines))
                text = read_source(source)
                result = account(said, text)
                yield Reading(corpus, path, text, result.whole, result.ordered)


def counts(text: Text) -> tuple[int, int, int]:
    """The text's own parts, chapters and articles."""
    return (len(own_units(text, Kind.PART)), len(own_units(text, Kind.CHAPTER)), len(own_units(text, Kind.ARTICLE)))


def unbroken(text: Text) -> bool:
    """Whether the own articles run 1, 2, 3 ... without a gap or a repetition: a count that needs no manifest."""
    numbers = [node.number for node in own_units(text, Kind.ARTICLE) if node.number.isdigit()]
    return numbers == [str(n) for n in range(1, len(numbers) + 1)]


def main() -> None:
    """Print the tables."""
    folder = Path(sys.argv[1])
    rows = manifest(folder)
    every = list(readings(folder))
    out = [("| corpus | files | every character, in order | articles run 1..n | equal to manifest "
"| differ from it | files with doubts | doubts |"),
           "|---|---:|---:|---:|---:|---:|---:|---:|"]  # fmt: skip
    differing: list[str] = []
    for corpus in dict.fromkeys(reading.corpus for reading in every):
        mine = [reading for reading in every if reading.corpus == corpus]
        equal = differ = 0
        for reading in mine:
            row = rows.get(reading.path)
            if row is None:
                continue
            want = (int(row["parts"]), int(row["chapters"]), int(row["articles"]))
            got = counts(reading.text)
            equal, differ = equal + (got == want), differ + (got != want)
            if got != want:
                whole = "runs 1..n" if unbroken(reading.text) else "does not run 1..n"
                differing.append(f"| {reading.path.name[:60]} | {want} | {got} | {row['last_article']} | {whole} |")
        doubts = sum(len(reading.text.doubts) for reading in mine)
        doubted = sum(1 for reading in mine if reading.text.doubts)
        ordered = sum(reading.ordered for reading in mine)
        runs = sum(unbroken(reading.text) for reading in mine)
        out.append(
            f"| {corpus} | {len(mine)} | {ordered} | {runs} | {equal or '–'} | {differ or '–'} | {doubted} | {doubts} |"
        )
    out += [
        "",
        "| file | manifest (parts, chapters, articles) | read | manifest's last article | read articles |",
        "|---|---|---|---|---|",
        *differing,
    ]
    out += ["", "Doubts by code:", ""]
    codes = Counter(doubt.code for reading in every for doubt in reading.text.doubts)
    out += [f"* {code}: {times}" for code, times in codes.most_common()]
    out += ["", *_copies(every)]
    sys.stdout.write("\n".join(out) + "\n")


def _copies(every: list[Reading]) -> list[str]:
    """Copies of one law against each other: the same skeleton or where they part."""
    by_number: dict[str, list[Reading]] = defaultdict(list)
    for reading in every:
        if reading.text.number:
            by_number[reading.text.number].append(reading)
    same = 0
    found: list[str] = []
    for number, group in sorted(by_number.items()):
        for other in group[1:]:
            one, two = skeleton(group[0].text), skeleton(other.text)
            if one == two:
                same += 1
                continue
            first, second = {unit[1] for unit in one}, {unit[1] for unit in two}
            only = sorted(first - second)[:3], sorted(second - first)[:3]
            found.append(
                f"| {number} | {group[0].corpus} | {other.corpus} | {len(one)} / {len(two)} | "
                f"{', '.join(only[0])} | {', '.join(only[1])} |"
            )
    head = f"{same + len(found)} pairs of copies, {same} with the same skeleton."
    return [
        head,
        "",
        "| law | one | other | units | only in one | only in other |",
        "|---|---|---|---|---|---|",
        *found,
    ]


if __name__ == "__main__":
    main()
