"""Trees that no drafter would write, to try whether a writer keeps everything: any kind in any, odd texts, notes."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from dienhong.texts.tree import Doubt, Footnote, Kind, Node, Text, assign_ids

#: Characters that XML can hold, with those that trip a writer among them.
LETTERS = st.sampled_from([*"abcđệ ữ<>&\"'“”\n\t[]{}#$\\*_@`~-=/\u00a0\u0301😀1.)", "]]>", "Điều 5.", "&amp;"])


def words(most: int = 12) -> st.SearchStrategy[str]:
    return st.lists(LETTERS, max_size=most).map("".join)


def footnotes() -> st.SearchStrategy[list[Footnote]]:
    note = st.builds(Footnote, mark=words(3), text=words(), offset=st.integers(-1, 14))
    return st.lists(note, max_size=3) | st.just([])


def nodes() -> st.SearchStrategy[Node]:
    kinds = st.sampled_from(list(Kind))
    numbers = st.sampled_from(["", "1", "12a", "II", "đ1", "-", "x y"])
    rows = st.just(()) | st.lists(st.lists(words(6), max_size=3).map(tuple), max_size=3).map(tuple)

    def unit(children: st.SearchStrategy[list[Node]]) -> st.SearchStrategy[Node]:
        return st.builds(
            Node,
            kind=kinds,
            number=numbers,
            heading=words(5),
            text=words(),
            label=words(4) | st.sampled_from(["Điều 12a.", "Chương II", "đ1)", "1."]),
            children=children,
            line=st.integers(0, 9),
            rows=rows,
            footnotes=footnotes(),
        ).map(_closed)

    return st.recursive(unit(st.just([])), lambda inner: unit(st.lists(inner, max_size=3)), max_leaves=8)


def _closed(node: Node) -> Node:
    """Only a quotation has a tail."""
    if node.kind is Kind.QUOTE:
        node.tail = ["", "”", "”.", ".", "”;"][len(node.text) % 5]
    return node


def texts() -> st.SearchStrategy[Text]:
    lines = st.lists(words(), max_size=3)
    doubts = st.lists(
        st.builds(Doubt, line=st.integers(0, 99), code=words(3), reason=words(5), text=words()), max_size=2
    )
    return st.builds(
        Text,
        title=words(),
        kind=st.sampled_from(["law", "code", "bill", "other", "resolution", "something new"]),
        number=st.sampled_from(["", "24/2023/QH15", "21-LCT/HĐNN8", "30/2020/NĐ-CP", "<&>"]),
        date=st.none() | st.dates(dt.date(1945, 9, 2), dt.date(2099, 1, 1)),
        place=words(4),
        issuer=words(4),
        heading=lines,
        grounds=lines,
        lead=lines,
        body=st.lists(nodes(), max_size=3),
        closing=lines,
        signature=lines,
        appendices=st.lists(nodes(), max_size=2),
        footnotes=footnotes(),
        doubts=doubts,
    ).map(_named)


def _named(text: Text) -> Text:
    assign_ids(text)
    return text
