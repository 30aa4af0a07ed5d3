"""Versions as pages show them, kept by their digest: a sealed text never changes, so neither does its page."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache

from django.core.cache import cache
from django.urls import reverse
from django.utils.html import escape

from dienhong.texts.comparing import compare
from dienhong.texts.comparing.comparison import Side
from dienhong.texts.comparing.summary import Summary
from dienhong.texts.comparing.tables import Table, table_of
from dienhong.texts.models import Version
from dienhong.texts.packing import unpack
from dienhong.texts.pieces import Link, Reference
from dienhong.texts.queries import works_by_uri
from dienhong.texts.tree import Kind, Node, Text
from dienhong.texts.understanding.links import links
from dienhong.texts.understanding.references import references
from dienhong.texts.writing import body_html

#: A change of how bodies are written needs another number, so that old ones are not shown.
FORM = 1
WEEK = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a version as HTML, its contents as HTML, and how many references name what is not there."""

    html: str
    toc: str
    broken: int


def text_of(version: Version) -> Text:
    """The text of a version. Not to be changed: it is shared."""
    return _text(version.pk, version.digest)


@lru_cache(maxsize=12)
def _text(version_id: int, digest: str) -> Text:
    return unpack(Version.objects.values_list("tree", flat=True).get(pk=version_id, digest=digest))


def body_of(version: Version) -> Body:
    """The body of a version. References to other works lead there as soon as the library holds them."""
    held = works_by_uri(_named(version.pk, version.digest))
    others = tuple(sorted((uri, work) for uri, work in held.items() if work != version.work_id))
    return _body(version.pk, version.digest, version.work.uri, others)


@lru_cache(maxsize=256)
def _named(version_id: int, digest: str) -> frozenset[str]:
    """The identifiers of the works that a version refers to."""
    key = f"texts-named-{FORM}-{digest}"
    kept = cache.get(key)
    if kept is None:
        kept = sorted({tie.target_uri for tie in links_of(_text(version_id, digest)) if tie.target_uri})
        cache.set(key, kept, WEEK)
    return frozenset(kept)


@lru_cache(maxsize=24)
def _body(version_id: int, digest: str, own: str, held: tuple[tuple[str, int], ...]) -> Body:
    stamp = hashlib.sha256(f"{own}{held}".encode()).hexdigest()[:16]
    key = f"texts-body-{FORM}-{digest}-{stamp}"
    kept = cache.get(key)
    if kept is None:
        made = _made(_text(version_id, digest), own, dict(held))
        kept = zlib.compress(json.dumps(made, ensure_ascii=False).encode(), 3)
        cache.set(key, kept, WEEK)
    html, toc, broken = json.loads(zlib.decompress(kept))
    return Body(html, toc, broken)


def links_of(text: Text) -> list[Link]:
    """The references of a text as links."""
    return links(references(text))


def _made(text: Text, own: str, held: dict[str, int]) -> tuple[str, str, int]:
    found = references(text)

    def resolve(tie: Reference) -> str:
        ident = f"#{tie.target_id}" if tie.target_id else ""
        if not tie.target_uri or tie.target_uri == own:
            return ident
        return reverse("texts:work", args=[held[tie.target_uri]]) + ident if tie.target_uri in held else ""

    html = body_html(text, references=links(found), resolve=resolve, heading_level=2)
    return html, contents(text), sum(reference.broken for reference in found)


def contents(text: Text) -> str:
    """The contents of a text (mục lục): chapters with the articles they hold, and the articles."""
    out: list[str] = []
    stack = list(reversed([*text.body, *text.appendices]))
    while stack:
        node = stack.pop()
        if node.kind is Kind.ARTICLE:
            out.append(f'<a href="#{escape(node.id)}">{escape(node.number)}. {escape(_short(node))}</a>')
        elif node.kind in (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.APPENDIX):
            span = _span(node)
            small = f" <small>{escape(span)}</small>" if span and node.kind is Kind.CHAPTER else ""
            head = f"{node.label.rstrip('.')}. {node.heading}" if node.heading else node.label
            out.append(f'<a class="ch" href="#{escape(node.id)}">{escape(head)}{small}</a>')
            stack.extend(reversed(node.children))
    return "".join(out)


def _short(node: Node) -> str:
    words = node.heading or node.text or next((child.text for child in node.children if child.text), "")
    return words if len(words) <= 90 else words[:88].rsplit(" ", 1)[0] + " …"


def _span(node: Node) -> str:
    numbers = [inner.number for inner in node.walk() if inner.kind is Kind.ARTICLE and "quote_" not in inner.id]
    return f"Điều {numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else f"Điều {numbers[0]}" if numbers else ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions side by side: the summary in words, and the table."""

    summary: str
    same: bool
    table: Table


def compared(old: Version, new: Version, language: str, level: str, *, everything: bool, writing: bool) -> Compared:
    """The comparison of two versions, kept for a while: a page, its downloads and its other settings ask again."""
    found = _compared((old.pk, old.digest), (new.pk, new.digest), language, level, everything, writing)
    return replace(found, table=replace(found.table, old=_side(old), new=_side(new)))


def _side(version: Version) -> Side:
    """The head of a column: the number of the work, and which of its versions."""
    work = version.work
    return Side(version.label, work.number, "") if work.number else Side(f"{work.title}: {version.label}", "", "")


@lru_cache(maxsize=8)
def _compared(
    old: tuple[int, str], new: tuple[int, str], language: str, level: str, everything: bool, writing: bool
) -> Compared:
    comparison = compare(_text(*old), _text(*new))
    said = "vi" if language.startswith("vi") else "en"
    table = table_of(
        comparison,
        level=Kind.ARTICLE if level == "article" else Kind.CLAUSE,
        language="vi" if said == "vi" else "en",
        only_changes=not everything,
        writing=writing,
    )
    return Compared(Summary(comparison).sentence("vi" if said == "vi" else "en"), comparison.same, table)
