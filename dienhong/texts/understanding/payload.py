"""What an amending law puts between quotation marks (nội dung trong ngoặc kép): the units it would set in place.

The reader keeps the marks as they are printed; here they are taken off, with the full stop that closes the instruction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy

from dienhong.texts.tree import Kind, Node
from dienhong.texts.understanding.numbers import plain

_OPENING = '“"„«‟'
_CLOSING = '”"»“'
_TAIL = re.compile(r"\s*[”\"»“]\s*[.;,]{0,2}\s*(?:và\s*)?(?:\./\.)?$")
_UNIT = re.compile(
    r"\s*(?:(?P<article>Điều\s+(?P<an>\d+[a-zđ]?)\s*[.:]*)|(?P<clause>(?P<cn>\d+[a-zđ]?\d?)\s*\.(?!\d))|"
    r"(?P<point>(?P<pn>[a-zđ]\d?)\s*\)))\s*(?P<rest>.*)",
    re.S,
)


def copied(node: Node) -> Node:
    """A copy of the node and all below it; footnotes are copied too. No recursion."""
    top = _shallow(node)
    stack = [top]
    while stack:
        current = stack.pop()
        current.children = [_shallow(child) for child in current.children]
        stack.extend(current.children)
    return top


def _shallow(node: Node) -> Node:
    twin = copy(node)
    twin.children = list(node.children)
    twin.footnotes = [copy(note) for note in node.footnotes]
    return twin


def _last(node: Node) -> Node:
    while node.children:
        node = node.children[-1]
    return node


def _open(node: Node) -> None:
    for name in ("label", "heading", "text"):
        value = getattr(node, name)
        if value:
            setattr(node, name, value.lstrip(_OPENING + " "))
            return


def _close(node: Node) -> None:
    """Take the closing mark off the last words, if it closes nothing that these words opened."""
    last = _last(node)
    if last.rows:
        return
    name = "text" if last.text else "heading"
    value = getattr(last, name)
    tail = _TAIL.search(value)
    if not tail:
        return
    curly = value.count("”") > value.count("“")
    straight = value.count('"') % 2 == 1
    if curly or straight or value[tail.start() :].lstrip().startswith(("»", "“")):
        setattr(last, name, value[: tail.start()].rstrip())


def units_of(quotes: list[Node]) -> list[Node]:
    """The units inside these QUOTE nodes, copied, without the quotation marks, in order.

    Text without a number that follows a unit belongs to that unit; text before the first unit is a PARAGRAPH.
    """
    found: list[Node] = []
    for quote in quotes:
        own: list[Node] = []
        if quote.text:
            own.extend(units_in(quote.text))
        for child in quote.children:
            twin = copied(child)
            if child.kind in (Kind.PARAGRAPH, Kind.TABLE, Kind.FORMULA) and own and own[-1].number:
                own[-1].children.append(twin)
            else:
                own.append(twin)
        if own and not quote.label:  # a reader that knows the marks keeps them as the quotation's label
            _open(own[0])
            _close(own[-1])
        found.extend(node for node in own if node.text or node.heading or node.number or node.children or node.rows)
    return found


def units_in(words: str) -> list[Node]:
    """The one unit that a quotation within a line holds: "3. Text", "đ) text", "Điều 4. Title", or plain text."""
    words = words.strip().strip(_OPENING + _CLOSING).strip()
    match = _UNIT.match(words)
    if not match:
        return [Node(Kind.PARAGRAPH, text=words)] if words else []
    if match["article"]:
        title, _, text = match["rest"].partition("\n")
        return [
            Node(Kind.ARTICLE, match["an"], heading=title.strip(), text=text.strip(), label=match["article"].strip())
        ]
    kind, number = (Kind.CLAUSE, match["cn"]) if match["clause"] else (Kind.POINT, match["pn"])
    return [Node(kind, number, text=match["rest"].strip(), label=(match["clause"] or match["point"]).strip())]


def within(units: list[Node], kind: Kind, number: str) -> Iterator[tuple[Node, ...]]:
    """Every unit of this kind and number at or below the units, with what stands above it."""
    stack: list[tuple[Node, ...]] = [(unit,) for unit in reversed(units)]
    while stack:
        line = stack.pop()
        if line[-1].kind is kind and plain(kind, line[-1].number) == number:
            yield line
        stack.extend((*line, child) for child in reversed(line[-1].children))
