"""Amending instructions (quy định sửa đổi, bổ sung, thay thế, bãi bỏ): what a law orders to be done to other laws.

`instructions` reads one law, which may amend one law or many, or carry a few amendments in its last articles. Every
order becomes an `Instruction` on one provision. One that cannot be tied exactly is kept with `doubtful` and a reason:
the words, the law, the provision and what stands between quotation marks must agree, or a person settles it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dienhong.texts.tree import Kind, Node, Text
from dienhong.texts.understanding.amended import AmendedLaw, Instruction, Reading, law_of, named_laws, reading_of
from dienhong.texts.understanding.citing import THIS, PathOf, chains
from dienhong.texts.understanding.index import step_of
from dienhong.texts.understanding.orders import (
    PHRASE_ACTIONS,
    Action,
    Order,
    Piece,
    complete,
    is_general,
    masked,
    pieces,
)
from dienhong.texts.understanding.payload import units_in, units_of
from dienhong.texts.understanding.sentences import orders_of
from dienhong.texts.understanding.tying import clause_for_point, resolved, tied, with_swap

#: No order is as long as this; longer text is not taken apart.
LONGEST = 20_000
_BEGINS = re.compile(
    r"^\W*(?:sửa đổi|bổ sung|thay thế|thay (?:cụm )?từ|thay (?:các|một số)|bãi bỏ|huỷ bỏ|hủy bỏ|"
    r"bỏ (?:các |một số )?(?:cụm|từ|khoản|điểm|điều|đoạn|chữ)|"
    r"đổi tên|sửa tên|chuyển (?:điều|khoản|điểm|chương|mục|các)|thêm)\b",
    re.I,
)
_PASSIVE = re.compile(
    r"^(?:Các |Tên |Đoạn )?(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Cc]hương|[Mm]ục|[Đđ]oạn|[Pp]hần)\s[^.]{0,160}?\s(?:được|bị) "
    r"(?:sửa đổi|bổ sung|bãi bỏ|hủy bỏ|huỷ bỏ|thay thế|đổi tên|chuyển thành)"
    r"(?!(?:, bổ sung)?(?: một số điều)? (?:tại|theo|bởi))"
)
_PHRASE_PASSIVE = re.compile(
    r"^(?:Trong|Tại)?[^“\"]{0,120}?(?:[Cc]ụm từ|[Tt]ừ)\s+[“\"][^“”\"]+[”\"]\s.{0,120}?được thay"
)
_LIST_LINE = re.compile(r"^\W*(?:các |tên |tại )?(?:điều|khoản|điểm|chương|mục|cụm từ|từ|đoạn)\s", re.I)


@dataclass(slots=True)
class _Setting:
    """What holds for a node and everything below it."""

    law: AmendedLaw | None = None
    piece: Piece | None = None
    swap: Order | None = None


def _is_order(words: str) -> bool:
    return bool(words) and bool(_BEGINS.match(words) or _PASSIVE.match(words) or _PHRASE_PASSIVE.match(words))


def instructions(text: Text) -> list[Instruction]:
    """Every amending instruction of the text, in order. Gives the nodes their ids if they have none."""
    return _read(text).found


def amended_settings(text: Text) -> dict[str, AmendedLaw]:
    """For every node whose words speak of an amended law (an order or a quotation): that law and provision, by id."""
    return _read(text).settings


def _read(text: Text) -> Reading:
    reading = reading_of(text)
    stack: list[tuple[tuple[Node, ...], _Setting]] = [((node,), _Setting()) for node in reversed(text.body)]
    while stack:
        line, above = stack.pop()
        node = line[-1]
        if node.kind is Kind.QUOTE:
            continue
        below = _visit(reading, line, above)
        stack.extend(((*line, child), below) for child in reversed(node.children))
    return reading


def _visit(reading: Reading, line: tuple[Node, ...], above: _Setting) -> _Setting:
    """Read the orders of one node; give what holds for the nodes below it."""
    node = line[-1]
    setting = above
    for words in (node.heading, node.text):
        if not words:
            continue
        if len(words) > LONGEST:
            if above.law is not None and above.piece is not None:
                _doubt(reading, line, words[:LONGEST], above.law, "the sentence is too long to be read")
            continue
        order = _is_order(words)
        listed = not order and above.piece is not None and bool(_LIST_LINE.match(words))
        if order or listed:
            setting = _order(reading, line, words, setting)
        elif _unread(node, words, above):
            _doubt(reading, line, words, above.law, "the words could not be read")
    return setting


def _unread(node: Node, words: str, above: _Setting) -> bool:
    """A clause or point that stands among the orders on a law, and is no order that could be read."""
    return words is node.text and node.kind in (Kind.CLAUSE, Kind.POINT) and above.piece is not None and bool(above.law)


def _law_in(reading: Reading, words: str, orders: list[Order], above: _Setting) -> AmendedLaw | None:
    """The law of a sentence: named in it, else the one above it, else the only one that the whole text amends."""
    documents = [order.document for order in orders if order.document]
    if not documents:
        documents = named_laws(masked(words).text)
    known = {d.key if d.name else d.number for d in documents}
    if len(known) == 1 and (documents[0].name or documents[0].number or documents[0].kind == "Hiến pháp"):
        return law_of(reading, documents[0])
    if len(known) > 1:
        return None
    return above.law or reading.default


def _order(reading: Reading, line: tuple[Node, ...], words: str, above: _Setting) -> _Setting:
    node = line[-1]
    hidden = masked(words)
    cut = pieces(hidden.text)
    orders = orders_of(words, None if cut else above.piece)
    law = _law_in(reading, words, orders, above)
    if not reading.amends and above.law is None and not _plain_amendment(words, orders, hidden.text):
        return above
    context = above.law.path if above.law and law and above.law.number == law.number else ()
    units = [child for child in node.children if child.kind not in (Kind.QUOTE, Kind.PARAGRAPH, Kind.TABLE)]
    quotes = _quotes(node, line)
    first = cut[0] if cut else above.piece
    header = bool(units) and not quotes
    path = _context_path(hidden.text, orders, context, header or is_general(hidden.text) or not orders)
    if law is not None:
        law = replace(law, path=path or context)
        reading.settings[node.id] = law
        for quote in quotes:
            reading.settings[quote.id] = replace(law, path=_quote_path(orders, law.path))
    swap = next((o for o in orders if o.action in PHRASE_ACTIONS and not o.provision.path), above.swap)
    below = _Setting(law, first, swap)
    if header:
        if not any(_is_order(child.text or child.heading) or _LIST_LINE.match(child.text) for child in units):
            _doubt(reading, line, words, law, "the units to be set in place are not between quotation marks")
        return below
    if law is not None and (not orders and not quotes) and not _inline(words):
        return below
    if law is None:
        if node.kind is not Kind.ARTICLE or quotes:
            _doubt(reading, line, words, law, "the law that is amended is not named, or more than one is")
        return below
    _keep(reading, line, words, law, orders, quotes, above)
    return below


def _plain_amendment(words: str, orders: list[Order], hidden: str) -> bool:
    """In a law that amends no other, only words that name a law and its provisions amend: "sửa đổi, bổ sung hợp
    đồng" and "chuyển khoản tiền" are ordinary law."""
    if any(order.document for order in orders):
        return True
    laws = [law for law in named_laws(hidden) if law.name or law.number]
    own = any(chain.document and chain.document.own for chain in chains(hidden))
    return bool(laws) and (is_general(hidden) or (not own and any(order.provision.path for order in orders)))


def _context_path(words: str, orders: list[Order], context: PathOf, header: bool) -> PathOf:
    """The provision that a heading sentence leaves for its lines: "một số khoản của Điều 5" gives Điều 5."""
    if not header:
        return context
    named = [p.path for c in chains(words) for p in c.provisions] + [o.provision.path for o in orders]
    paths = {complete(path, context) for path in named if path and path[-1][1] != THIS}
    if len(paths) == 1:
        return next(iter(paths))
    articles = {path[0] for path in paths if path[0][0] is Kind.ARTICLE}
    return (next(iter(articles)),) if len(articles) == 1 else context


def _quote_path(orders: list[Order], context: PathOf) -> PathOf:
    """What stands above the quoted units: the common part of the provisions that the orders name."""
    paths = [complete(order.provision.path, context)[:-1] for order in orders if order.provision.path]
    if not paths:
        return context
    common = paths[0]
    for path in paths[1:]:
        size = next(
            (n for n, (a, b) in enumerate(zip(common, path, strict=False)) if a != b), min(len(common), len(path))
        )
        common = common[:size]
    return common


def _quotes(node: Node, line: tuple[Node, ...]) -> list[Node]:
    """The quotations that belong to the node: below it, under its paragraphs, or right after it.

    A quotation after the last point of a clause may stand in the tree beside that point, not below it.
    """
    found: list[Node] = []
    owner: Node | None = node
    for child in node.children:
        if child.kind is Kind.QUOTE:
            found.extend([child] if owner is node else [])
        elif child.kind is Kind.PARAGRAPH and not _is_order(child.text):
            found.extend(inner for inner in child.children if inner.kind is Kind.QUOTE)
        else:
            owner = child if _awaits(child) else node
    if found or len(line) < 2 or not _awaits(node):
        return found
    siblings = line[-2].children
    place = next((n for n, child in enumerate(siblings) if child is node), len(siblings))
    for sibling in siblings[place + 1 :]:
        if sibling.kind is not Kind.QUOTE:
            break
        found.append(sibling)
    return found


def _awaits(node: Node) -> bool:
    """The unit's words end before a quotation that is not below it."""
    if any(child.kind is Kind.QUOTE for child in node.children):
        return False
    return (node.text or node.heading).rstrip(" .").endswith(("như sau:", "như sau", "sau đây:", ":"))


def _inline(words: str) -> list[Node]:
    """The unit that a sentence quotes after "như sau:" on its own line."""
    match = re.search(r"như sau\s*:\s*([“\"].+)$", words, re.S)
    return units_in(re.sub(r"[.;]+\s*$", "", match[1])) if match else []


def _place(line: tuple[Node, ...]) -> PathOf:
    steps = [step_of(node) for node in line if node.number]
    first = next((n for n, (kind, _) in enumerate(steps) if kind is Kind.ARTICLE), 0)
    return tuple(steps[first:])


def _base(reading: Reading, line: tuple[Node, ...], words: str, law: AmendedLaw | None) -> Instruction:
    path = _place(line)
    date, why = reading.when.of(path)
    return Instruction(
        Action.OTHER,
        law or AmendedLaw(),
        (),
        place=line[-1].id,
        place_path=path,
        line=line[-1].line,
        words=words,
        amending=reading.text.number,
        effective=date,
        effective_words=why,
    )


def _doubt(reading: Reading, line: tuple[Node, ...], words: str, law: AmendedLaw | None, reason: str) -> None:
    reading.found.append(replace(_base(reading, line, words, law), doubtful=True, reason=reason))


def _keep(
    reading: Reading,
    line: tuple[Node, ...],
    words: str,
    law: AmendedLaw,
    orders: list[Order],
    quotes: list[Node],
    above: _Setting,
) -> None:
    """Tie each order to its provision and to what is quoted for it."""
    base = _base(reading, line, words, law)
    units = units_of(quotes) or _inline(words)
    used: set[int] = set()
    if not orders:
        found = [replace(base, doubtful=True, reason="the words name no provision that could be read")]
        reading.found.extend(found)
        return
    whole_context = above.law.path if above.law else law.path
    for order in orders:
        order = with_swap(order, above.swap, bare=not units)
        if order.provision.part and not order.provision.path:
            order = replace(order, provision=replace(order.provision, path=law.path or whole_context))
        path = clause_for_point(resolved(order.provision.path, law.path or whole_context))
        reading.found.append(tied(_made(base, order, path), units, used, single=len(orders) == 1))
    left = [unit for n, unit in enumerate(units) if n not in used]
    if left and any(order.action not in PHRASE_ACTIONS for order in orders):
        names = ", ".join(f"{u.kind.value} {u.number}".strip() for u in left)
        leftover = replace(
            base, payload=tuple(left), doubtful=True, reason=f"quoted, but not named by the order: {names}"
        )
        reading.found.append(leftover)


def _made(base: Instruction, order: Order, path: PathOf) -> Instruction:
    """The order as an instruction on the provision at `path`, not yet tied to what is quoted."""
    return replace(
        base,
        action=order.action,
        path=path,
        part=order.provision.part,
        anchor=clause_for_point(complete(order.anchor, path)),
        side={"sau": "after", "trước": "before"}.get(order.side, ""),
        old=order.old,
        new=order.new,
        doubtful=bool(order.reason),
        reason=order.reason,
    )


__all__ = ["Action", "AmendedLaw", "Instruction", "amended_settings", "instructions"]
