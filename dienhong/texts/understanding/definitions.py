"""Defined terms (giải thích từ ngữ): where a text says what its words mean, and every place that uses them.

Two forms are read: the article "Trong Luật này, các từ ngữ dưới đây được hiểu như sau: 1. X là ...", and the short name
"(sau đây gọi là X)". Uses are whole syllables, the longest term first, whichever way tone marks are placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dienhong.texts.tree import Kind, Node, Text, assign_ids
from dienhong.texts.understanding.spelling import fold_tones

_LEAD = re.compile(
    r"(?:từ ngữ|thuật ngữ|khái niệm|cụm từ|từ)(?:\s+(?:dưới đây|sau đây|sau))?[^.;:]{0,60}?"
    r"\s(?:được\s+)?hiểu(?:\s+là)?(?:\s+như sau)?\s*:?\s*$",
    re.I,
)
_SPLIT = re.compile(r"[”\"]?\s+(?:được hiểu là|là|bao gồm|gồm(?:\s+có)?)(?:\s*:)?(?:\s(?!thành viên)|$)|\s*:\s+")
_TERM = re.compile(r"[“\"]?(.{2,160}?)[”\"]?$", re.S)
_ALIAS = re.compile(
    r"\s*\(\s*(?:sau đây (?:được )?gọi(?: tắt| chung)*(?: là)?|gọi(?: tắt| chung)* là|viết tắt là|hay còn gọi là)"
    r"\s*:?\s*([^()]{1,120}?)\s*\)"
)
_SHORT = re.compile(
    r"(?:\(\s*|,\s*)(?:sau đây|dưới đây|từ đây)\s+(?:được\s+)?(?:gọi|viết)(?:\s+(?:tắt|chung))*\s+là"
    r"\s*:?\s*[“\"]?([^()“”\";,.]{2,120}?)[”\"]?\s*(?:\)|[;,.])"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and the unit that defines it. `kind` is "article" (giải thích từ ngữ) or "short" (sau đây gọi là);
    `start` and `end` are where the term stands in the unit's text; `aliases` are other names given beside it."""

    term: str
    node_id: str
    start: int
    end: int
    kind: Literal["article", "short"] = "article"
    meaning: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """One place that uses a defined term. `field` is "text" or "heading"."""

    term: str
    node_id: str
    field: Literal["text", "heading"]
    start: int
    end: int


def definitions(text: Text) -> list[Definition]:
    """Every definition of the text, in order, outside quotations. Gives the nodes their ids if they have none."""
    if any(not node.id for node in text.body):
        assign_ids(text)
    found: list[Definition] = []
    for node in _outside_quotes(text):
        if _LEAD.search(node.text) or (_is_glossary(node) and not node.text):
            found.extend(d for child in node.children for d in _defined(child))
        found.extend(d for d in _short_names(node) if not any(_same(d, known) for known in found))
    return found


def _same(short: Definition, known: Definition) -> bool:
    """The short name is one that the definition of the same unit already gives."""
    return known.node_id == short.node_id and short.term in known.aliases


def _outside_quotes(text: Text) -> Iterator[Node]:
    stack = list(reversed([*text.body, *text.appendices]))
    while stack:
        node = stack.pop()
        if node.kind is not Kind.QUOTE:
            yield node
            stack.extend(reversed(node.children))


def _is_glossary(node: Node) -> bool:
    return node.kind is Kind.ARTICLE and "giải thích từ ngữ" in node.heading.lower()


def _defined(node: Node) -> Iterator[Definition]:
    """The definition that one clause gives: "1. Hàng hóa là ..."; a clause that only leads to points gives none."""
    if node.kind not in (Kind.CLAUSE, Kind.POINT, Kind.ITEM, Kind.PARAGRAPH):
        return
    if _LEAD.search(node.text):
        for child in node.children:
            yield from _defined(child)
        return
    alias = _ALIAS.search(node.text)
    split = _split(node.text)
    if split is None:
        return
    head = node.text[: split.start()]
    aliases: tuple[str, ...] = ()
    if alias and alias.end() <= split.start() + 1:
        head, aliases = node.text[: alias.start()], (_bare(alias[1]),)
    start = len(head) - len(head.lstrip(' “"'))
    term = _bare(head)
    if not term or len(term) > 160:
        return
    meaning = node.text[split.end() :].strip()
    yield Definition(term, node.id, start, start + len(term), "article", meaning, aliases)


def _split(words: str) -> re.Match[str] | None:
    """Where the term ends: at the first "là" outside brackets and quotation marks."""
    for match in _SPLIT.finditer(words):
        before = words[: match.start()]
        if before.count("(") == before.count(")") and before.count("“") <= before.count("”") + (match[0][:1] == "”"):
            return match
    return None


def _bare(words: str) -> str:
    return words.strip().strip('“”"').strip()


def _short_names(node: Node) -> Iterator[Definition]:
    for match in _SHORT.finditer(node.text):
        term = _bare(match[1])
        start = match.start(1) + (len(match[1]) - len(match[1].lstrip('“" ')))
        if term and len(term.split()) <= 12:
            yield Definition(term, node.id, start, start + len(term), "short")


def uses(text: Text, found: list[Definition] | None = None) -> list[Use]:
    """Every use of the defined terms, the places of definition themselves left out. Where one term holds another
    ("giá", "giá thị trường"), the longest counts."""
    known = definitions(text) if found is None else found
    names: dict[str, str] = {}
    for definition in known:
        for name in (definition.term, *definition.aliases):
            names.setdefault(" ".join(fold_tones(name).split()), definition.term)
    if not names:
        return []
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, n.split())) for n in longest) + r")(?!\w)")
    own = {(definition.node_id, definition.start) for definition in known}
    done: list[Use] = []
    for node in _outside_quotes(text):
        for name in ("heading", "text"):
            words = getattr(node, name)
            if not words:
                continue
            for match in pattern.finditer(fold_tones(words)):
                if name == "text" and (node.id, match.start()) in own:
                    continue
                term = names[" ".join(match[0].split())]
                done.append(Use(term, node.id, "heading" if name == "heading" else "text", *match.span()))
    return done


def unused(text: Text) -> list[Definition]:
    """The definitions whose term the text never uses (từ ngữ được giải thích nhưng không dùng)."""
    known = definitions(text)
    used = {use.term for use in uses(text, known)}
    return [definition for definition in known if definition.term not in used]
