"""The report as plain values (bản trình bày): what every way out is made from, and what is sealed at signing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

#: How a live place stands: its value holds; it changed since it was accepted; it changed and is kept with a reason; the
#: record does not prove it.
HOLDS, STALE, KEPT, OPEN = "holds", "stale", "kept", "open"


@dataclass(slots=True)
class Span:
    """Words of a piece. A live one has its `token`, the `state` it stands in and where it comes from; `before` is what
    the record says of one that is stale or kept, `reason` why one is kept, `url` the page of its rows."""

    text: str
    token: str = ""
    state: str = ""
    source: str = ""
    before: str = ""
    url: str = ""
    reason: str = ""


@dataclass(slots=True)
class Piece:
    """A piece of a section: paragraph, heading, list, table, chart, picture, or `lack`: what the record lacks."""

    kind: str
    spans: list[Span] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""
    chart: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    block: int = 0

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def lines(self) -> list[Piece]:
        """The lines of a list, each with its own words and live places."""
        rows: list[list[Span]] = [[]]
        for span in self.spans:
            if span.token:
                rows[-1].append(span)
                continue
            for at, part in enumerate(span.text.split("\n")):
                rows += [[]] if at else []
                rows[-1] += [Span(part)] if part.strip() else []
        return [Piece("paragraph", row, block=self.block) for row in rows if row]

    @property
    def said(self) -> str:
        """A chart in words, for those who do not see it."""
        return chart_in_words(self.chart)


def chart_in_words(chart: dict[str, Any]) -> str:
    """What a chart shows: its title, then each value by its name."""
    if not chart:
        return ""
    rows = "; ".join(f"{value[0]}: {' + '.join(str(number) for number in value[1:])}" for value in chart["values"])
    return f"{chart['title']}. {rows}"


@dataclass(slots=True)
class Chapter:
    """A Part or a section with what stands in it. `key` is empty for a Part."""

    number: str
    heading: str
    key: str = ""
    section: int = 0
    pieces: list[Piece] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.number}. {self.heading}"


@dataclass(slots=True)
class Paper:
    """A whole report. `figures` and `claims` are their JSON with rows and proofs, `cited` the tokens of the text;
    `journal` is the entry up to which the record was counted."""

    language: str
    kind: str
    title: str
    period: str
    issuer: list[str]
    number: str
    place_day: str
    opening: list[Piece]
    chapters: list[Chapter]
    annexes: list[Chapter]
    recipients: list[str]
    signer: list[str]
    name: str
    journal: int
    day: str = ""
    figures: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    sealed: str = ""
    #: whose report it is: a paper of the Party bears another heading
    line: str = "administration"
    #: the body that issues it, as a sentence names it
    body: str = ""
    #: the sections that the paper does not print, each with the reason
    left_out: list[list[str]] = field(default_factory=list)

    def pieces(self) -> list[Piece]:
        """Everything that stands in the text, annexes left out."""
        return [*self.opening, *(piece for chapter in self.chapters for piece in chapter.pieces)]

    def live(self) -> list[Span]:
        """The live places of the text in order."""
        return [span for piece in self.pieces() for span in piece.spans if span.token]


def to_json(paper: Paper) -> str:
    """The paper as canonical JSON: the same paper gives the same bytes."""
    return json.dumps(asdict(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Paper:
    """The paper that `to_json` wrote."""
    data = json.loads(text)

    def piece(one: dict[str, Any]) -> Piece:
        return Piece(**{**one, "spans": [Span(**span) for span in one["spans"]]})

    def chapter(one: dict[str, Any]) -> Chapter:
        return Chapter(**{**one, "pieces": [piece(p) for p in one["pieces"]]})

    data["opening"] = [piece(one) for one in data["opening"]]
    data["chapters"] = [chapter(one) for one in data["chapters"]]
    data["annexes"] = [chapter(one) for one in data["annexes"]]
    return Paper(**data)
