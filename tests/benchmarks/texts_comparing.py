"""Benchmark: comparing two versions of a law against xmldiff 3.0 on the same trees, in the same run.

    python -m tests.benchmarks.texts_comparing [--articles 300] [--rounds 5] [--slow] [--real OLD NEW]

Prints JSON: seconds of each round (this engine with word marks; xmldiff with and without its fast match, which yields
node edits only), and how many of the provisions that were moved on purpose each finds again. `--slow` also runs xmldiff
without fast match on the full size; `--real` compares two files instead of generated versions.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from lxml import etree
from xmldiff.diff import Differ

from dienhong.texts.comparing import compare
from dienhong.texts.comparing.tests import edited
from dienhong.texts.reading import read
from dienhong.texts.tree import Kind, Node, Text


def versions(articles: int, seed: int = 7) -> tuple[Text, edited.Draft, set[str]]:
    """A law, an edited version (a fifth of its articles touched), and the new ids of the provisions that moved."""
    rng = random.Random(seed)
    old = edited.law(rng, articles, chapters=6)
    draft = edited.draft_of(old, rng)
    for node in rng.sample(draft.articles, articles // 8):
        words = node.children[0].text.split(" ")
        words[3:6] = ["thanh", "tra", "kháng", "nghị"]
        node.children[0].text = " ".join(words)
    for node in rng.sample(draft.articles, articles // 60):
        draft.chapter_of(node).children.remove(node)
    for chapter in draft.text.body:
        chapter.children.insert(rng.randrange(len(chapter.children)), edited.article(rng))
    moved: list[Node] = []
    for node in rng.sample([a for a in draft.articles if id(a) in draft.origin], articles // 60):
        draft.chapter_of(node).children.remove(node)
        draft.text.body[rng.randrange(6)].children.append(node)
        moved.append(node)
    others = [a for a in draft.articles if id(a) in draft.origin and a not in moved]
    for giver, taker in zip(rng.sample(others, articles // 30), rng.sample(others, articles // 30), strict=True):
        if giver is not taker and len(giver.children) > 2:
            clause = giver.children.pop(1)
            taker.children.append(clause)
            moved.append(clause)
    draft.renumber()
    return old, draft, {node.id for node in moved}


def as_xml(text: Text) -> Any:
    """The same tree as XML: an element per unit, its number an attribute, its heading and text as elements."""
    root = etree.Element("text")

    def add(parent: Any, node: Node) -> None:
        element = etree.SubElement(parent, node.kind.value, num=node.number)
        if node.heading:
            etree.SubElement(element, "heading").text = node.heading
        if node.text:
            etree.SubElement(element, "content").text = node.text
        for child in node.children:
            add(element, child)

    for node in text.body:
        add(root, node)
    return root


def timed(rounds: int, work: Callable[[], Any]) -> tuple[dict[str, list[float]], Any]:
    """The seconds of each round, by the wall and of the processor, and what the last one gave."""
    wall: list[float] = []
    processor: list[float] = []
    for _ in range(rounds):
        start, used = time.perf_counter(), time.process_time()
        found = work()
        wall.append(round(time.perf_counter() - start, 4))
        processor.append(round(time.process_time() - used, 4))
    return {"wall": wall, "processor": processor}, found


def xmldiff_pairs(old: Text, new: Text, *, fast: bool) -> tuple[set[tuple[str, str]], int]:
    """Which unit xmldiff takes for which, as pairs of ids, and how many edits it writes."""
    left, right = as_xml(old), as_xml(new)
    differ = Differ(fast_match=fast)
    edits = len(list(differ.diff(left, right)))
    differ = Differ(fast_match=fast)
    differ.set_trees(left, right)
    sides = [_units(differ.left), _units(differ.right)]  # held, so that no element is given another identity
    ids = [
        {id(element): node.id for element, node in zip(units, text.walk(), strict=True)}
        for units, text in zip(sides, (old, new), strict=True)
    ]
    pairs = {(ids[0][id(m[0])], ids[1][id(m[1])]) for m in differ.match() if id(m[0]) in ids[0] and id(m[1]) in ids[1]}
    return pairs, edits


def _units(root: Any) -> list[Any]:
    return [element for element in root.iter() if element.tag not in {"text", "heading", "content"}]


def recall(pairs: set[tuple[str, str]], truth: set[tuple[str, str]], moved: set[str]) -> dict[str, int]:
    """Of the true pairs, and of those that moved, how many were found."""
    true_moved = {pair for pair in truth if pair[1] in moved}
    return {
        "pairs": len(truth),
        "pairs_found": len(truth & pairs),
        "moved": len(true_moved),
        "moved_found": len(true_moved & pairs),
    }


def run(articles: int, rounds: int, slow: bool) -> dict[str, Any]:
    """The benchmark on generated versions."""
    old, draft, moved = versions(articles)
    new, truth = draft.text, draft.pairs()
    seconds, comparison = timed(rounds, lambda: compare(old, new))
    own = {(m.old.id, m.new.id) for m in comparison.matches if m.old and m.new}
    found: dict[str, Any] = {
        "articles": articles,
        "units": [sum(1 for _ in old.walk()), sum(1 for _ in new.walk())],
        "words": sum(len(node.text.split()) for node in old.walk()),
        "dienhong": {"seconds": seconds, **recall(own, truth, moved)},
    }
    for fast in (True, False) if slow else (True,):
        trees = as_xml(old), as_xml(new)

        def differ(fast: bool = fast, trees: tuple[Any, Any] = trees) -> int:
            return len(list(Differ(fast_match=fast).diff(*trees)))

        its_seconds, edits = timed(1 if not fast else rounds, differ)
        pairs, _ = xmldiff_pairs(old, new, fast=fast)
        name = "xmldiff_fast_match" if fast else "xmldiff"
        found[name] = {"seconds": its_seconds, "edits": edits, **recall(pairs, truth, moved)}
    return found


def run_real(files: list[str], rounds: int) -> dict[str, Any]:
    """The time on two real texts, on the body without what xmldiff has no element for."""
    old, new = (read(file) for file in files)
    seconds, comparison = timed(rounds, lambda: compare(old, new))
    trees = as_xml(old), as_xml(new)
    its_seconds, edits = timed(1, lambda: len(list(Differ(fast_match=True).diff(*trees))))
    return {
        "articles": [sum(1 for n in text.walk() if n.kind is Kind.ARTICLE) for text in (old, new)],
        "dienhong": {"seconds": seconds, "units_that_differ": sum(1 for m in comparison.matches if m.differs)},
        "xmldiff_fast_match": {"seconds": its_seconds, "edits": edits},
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[30, 100, 300, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--real", nargs=2, metavar=("OLD", "NEW"))
    args = parser.parse_args()
    report: dict[str, Any] = {"python": platform.python_version(), "xmldiff_version": version("xmldiff")}
    if args.real:
        report["real"] = run_real(args.real, args.rounds)
    else:
        report["generated"] = [run(articles, args.rounds, args.slow) for articles in args.articles]
    json.dump(report, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
