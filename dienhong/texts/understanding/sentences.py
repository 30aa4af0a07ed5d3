"""The sentences of amending laws (câu lệnh sửa đổi): "Bổ sung khoản 1a vào sau khoản 1 Điều 22 như sau:".

A sentence is cut at its verbs; every piece becomes one or more `Order`s, an order naming one provision or one phrase at
one provision. Nothing is assumed: words that fit no form become an order of the action OTHER, for a person to read.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dienhong.texts.tree import Kind
from dienhong.texts.understanding import phrasing
from dienhong.texts.understanding.citing import THIS, Chain, PathOf, Provision, fragment_of
from dienhong.texts.understanding.orders import (
    MARK,
    Action,
    Masked,
    Order,
    Piece,
    borrow,
    closed,
    complete,
    document,
    each,
    foreign,
    masked,
    named,
    narrowed,
    pieces,
    trim,
)

_BESIDE = re.compile(
    r"\s*,?\s*(?:vào\s+)?(?:ngay\s+|liền\s+)?(?P<side>sau|trước)\s+(?:của\s+)?"
    r"(?=các|Điều|điều|khoản|Khoản|điểm|Điểm|Chương|chương|Mục|mục|Phần|Tiểu|đoạn|cụm|từ|chữ|số|\ue000)"
)
#: "vào sau khoản 8 và trước khoản 9 Điều 154"
_BOTH = re.compile(r"\s+và\s+(?:vào\s+)?(?:sau|trước)\s+(?=khoản|Điều|điểm|Chương|Mục)")
_INTO = re.compile(r"\s*(?:vào|tại)\s+(?:cuối\s+|đầu\s+)?(?=các|Điều|điều|khoản|Khoản|điểm|Điểm|Chương|Mục|mục)")
#: "bổ sung Điều 53a vào Mục 5 Chương II trước Điều 54": what holds the new unit is no new unit itself
_PLACE = re.compile(r"\s+(?:vào|trong|thuộc)\s+(?:cuối\s+)?(?=Mục|Chương|Phần|Tiểu mục|khoản|Điều|điểm)")
_TITLE_HERE = re.compile(
    r"(?<!\w)tên\s+(?:gọi\s+)?(?:của\s+)?(?P<kind>[Đđ]iều|[Cc]hương|[Mm]ục|[Pp]hần)(?:\s+này)?"
    r"(?!\s+\d|\s+[IVX]+\b|\s+thứ)"
)
_KINDS = {"điều": Kind.ARTICLE, "chương": Kind.CHAPTER, "mục": Kind.SECTION, "phần": Kind.PART}


def orders_of(sentence: str, context_action: Piece | None = None) -> list[Order]:
    """Every order of one sentence, its provisions as named there (not yet completed from the context)."""
    hidden = masked(sentence)
    found: list[Order] = []
    groups: list[list[Order]] = []
    for piece in pieces(hidden.text) or ([context_action_piece(context_action, hidden)] if context_action else []):
        read = _read(piece, hidden)
        groups.append(read)
        found.extend(read)
    return borrow(groups)


def context_action_piece(action: Piece, hidden: Masked) -> Piece:
    """The verb of the sentence above, applied to a line that only lists provisions or phrases."""
    return Piece(action.verb, hidden.text)


def _read(piece: Piece, hidden: Masked) -> list[Order]:
    verb = piece.verb
    has_phrase = bool(MARK.search(piece.words)) and "như sau" not in piece.words.split("\ue000")[0]
    orders = _of_verb(verb, piece, hidden, has_phrase=has_phrase)
    return narrowed(orders, trim(piece.words))


def _of_verb(verb: str, piece: Piece, hidden: Masked, *, has_phrase: bool) -> list[Order]:
    if verb in ("bổ sung", "thêm"):
        return phrasing.additions(piece, hidden) if has_phrase else _insertions(piece)
    if verb.endswith(("bãi bỏ", "hủy bỏ", "huỷ bỏ")) or verb == "bỏ":
        return phrasing.removals(piece, hidden)
    if verb in ("thay thế", "thay") or (has_phrase and verb.startswith("sửa đổi")):
        return phrasing.swaps(piece, hidden) if has_phrase else _replacements(piece)
    if verb in ("đổi tên", "sửa tên", "sửa đổi tên"):
        return _titles(piece, hidden)
    if verb == "chuyển":
        return _moves(piece)
    if verb.startswith(("đổi số", "đánh số")):
        return [Order(Action.OTHER, Provision(()), reason="units are numbered anew")]
    return _replacements(piece)


def _replacements(piece: Piece) -> list[Order]:
    words = trim(piece.words)
    if part := fragment_of(words):
        return [Order(Action.REPLACE, Provision((), part))]
    found = [
        replace(order, action=Action.RETITLE) if order.provision.part == "heading" else order
        for order in each(Action.REPLACE, named(words))
    ]
    if here := _TITLE_HERE.search(words):
        kind = _KINDS[here["kind"].lower()]
        found.insert(0, Order(Action.RETITLE, Provision(((kind, THIS),), "heading")))
    return found


def _opening(part: str, side: str, anchors: list[Chain]) -> list[Order]:
    """ "Bổ sung đoạn mở đầu vào trước khoản 1 Điều 44": the first words of Điều 44, which has none."""
    anchor = anchors[0].provisions[0].path
    if side != "trước" or len(anchor) < 2 or fragment_of(part) != "intro":
        return []
    return [Order(Action.INSERT, Provision(anchor[:-1], "intro"), document=foreign(anchors[0]))]


def _insertions(piece: Piece) -> list[Order]:
    words = trim(piece.words)
    found: list[Order] = []
    for part in re.split(r"\s*;\s*", words):
        if not part:
            continue
        beside = _BESIDE.search(part)
        rest = _BOTH.sub(" và ", part[beside.end() :]) if beside else ""
        if beside and (anchors := named(rest)):
            found.extend(_opening(part[: beside.start()], beside["side"], anchors))
            place = _PLACE.search(part, 0, beside.start())
            units = [u for c in named(part[: place.start() if place else beside.start()]) for u in c.provisions]
            anchor = anchors[0].provisions[-1 if beside["side"] == "sau" else 0].path
            for unit in units:
                path = unit.path if closed(unit.path) else _beside(unit.path, anchor)
                found.append(
                    Order(
                        Action.INSERT, Provision(path, unit.part), anchor, beside["side"], document=foreign(anchors[0])
                    )
                )
            continue
        into = _INTO.search(part)
        containers = named(part[into.end() :]) if into else []
        if into and containers:
            container = containers[0].provisions[0].path
            for chain in named(part[: into.start()]):
                found.extend(
                    Order(
                        Action.INSERT,
                        Provision((*container, *unit.path[-1:]), unit.part),
                        document=foreign(containers[0]),
                    )
                    for unit in chain.provisions
                )
            continue
        found.extend(each(Action.INSERT, named(part)))
    return found


def _beside(unit: PathOf, anchor: PathOf) -> PathOf:
    """The new unit's path: the anchor's, with the unit's own number in place of the anchor's."""
    kinds = [kind for kind, _ in anchor]
    if unit and unit[0][0] in kinds:
        return (*anchor[: kinds.index(unit[0][0])], *unit)
    return unit


def _titles(piece: Piece, hidden: Masked) -> list[Order]:
    words = trim(piece.words)
    head, _, tail = words.partition(" thành ")
    mark = MARK.search(tail or words)
    new = hidden.phrase(mark[0]) if mark else ""
    orders = each(Action.RETITLE, named(head), new=new)
    here = _TITLE_HERE.search("tên " + head.lstrip()) if not orders else None
    if here:
        return [Order(Action.RETITLE, Provision(((_KINDS[here["kind"].lower()], THIS),), "heading"), new=new)]
    return [replace(order, provision=replace(order.provision, part="heading")) for order in orders]


def _moves(piece: Piece) -> list[Order]:
    words = trim(piece.words)
    halves = re.split(r"\s+(?:thành|sang|xuống|lên)\s+", words, maxsplit=1)
    if len(halves) == 2:
        sources = [p for c in named(halves[0]) for p in c.provisions]
        goals = [p for c in named(halves[1]) for p in c.provisions]
        if sources and len(sources) == len(goals):
            return [
                Order(Action.RENUMBER, source, anchor=complete(goal.path, source.path), document=document(words))
                for source, goal in zip(sources, goals, strict=True)
            ]
    return [Order(Action.OTHER, Provision(()), reason="what is moved, and to where, is not plain")]
