"""The codified law (Bộ pháp điển) as texts: the articles of one law out of a page that mixes many documents.

Every article stands under "Điều 35.4.LQ.6. Title" with its source in brackets: the article's number in its own law, the
law, its commencement and the laws that amended the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dienhong.texts.reading import read_text
from dienhong.texts.tree import Kind, Node, Text

_HEAD = re.compile(r"^Điều (\d+\.\d+\.[A-ZĐ]+[\d.]+[a-z]?)\.? ?(.*)$")
_GLUED = re.compile(
    r"(?=Điều \d+\.\d+\.[A-ZĐ]{2}\.[\d.]+[a-z]?\. )"
    r"|(?=(?:Chương [IVXLC]+|Mục \d+)[ \t]*(?:\n|$|[A-ZĐ ,]{12}))"
)
_SEE_ALSO = re.compile(r"\(Điều này có nội dung liên quan[^()]*(?:\([^()]*\)[^()]*)*\)")
_STRUCTURE = re.compile(r"^(?:Chương [IVXLC]+|Mục \d+|Phần |Tiểu mục )\b|^[A-ZĐ][A-ZÀ-Ỹ0-9 ,-]{6,}$")


@dataclass(frozen=True)
class Codified:
    """One article as codified: its number, its text and the line that names its sources."""

    number: str
    source: str
    node: Node


def codified(path: Path, law: str) -> dict[str, Codified]:
    """The articles of the law of this number on a page, by article number."""
    found: dict[str, Codified] = {}
    page = _SEE_ALSO.sub("", path.read_text(encoding="utf-8"))
    for title, source, lines in _articles(_GLUED.sub("\n", page).split("\n")):
        named = re.match(rf"\(Điều (\d+[a-z]?) (?:Luật|Bộ luật) số {re.escape(law)}(?!\w)", source)
        if not named:
            continue
        text = read_text("\n".join([f"Điều {named[1]}. {title}", *lines]))
        node = next(n for n in text.walk() if n.kind is Kind.ARTICLE)
        found[named[1]] = Codified(named[1], source, node)
    return found


def _articles(lines: list[str]) -> list[tuple[str, str, list[str]]]:
    found: list[tuple[str, str, list[str]]] = []
    body: list[str] | None = None
    for raw in lines:
        line = " ".join(raw.split())
        head = _HEAD.match(line)
        if head:
            body = []
            found.append((head[2], "", body))
        elif not line or body is None:
            continue
        elif line.startswith("(Điều ") and not found[-1][1]:
            found[-1] = (found[-1][0], line, body)
        elif _STRUCTURE.match(line) or line.startswith("(Điều "):
            body = None
        else:
            body.append(line)
    return found


def as_text(law: str, articles: dict[str, Codified]) -> Text:
    """The codified articles as one text, as if they were the law."""
    return Text(kind="law", number=law, body=[article.node for article in articles.values()])
