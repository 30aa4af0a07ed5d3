"""Tying an order to its provision and to what is quoted for it (gắn câu lệnh với điều khoản và nội dung trích)."""

from __future__ import annotations

import re
from dataclasses import replace

from dienhong.texts.tree import Kind, Node
from dienhong.texts.understanding.amended import Instruction
from dienhong.texts.understanding.citing import THIS, PathOf
from dienhong.texts.understanding.index import step_of
from dienhong.texts.understanding.orders import PHRASE_ACTIONS, Action, Order, complete
from dienhong.texts.understanding.payload import within


def with_swap(order: Order, swap: Order | None, *, bare: bool) -> Order:
    """A line that only lists provisions takes the phrases of the sentence above it."""
    if swap is None or order.old or not order.provision.path or not bare:
        return order
    return replace(order, action=swap.action, old=swap.old, new=swap.new, side=swap.side)


def resolved(path: PathOf, context: PathOf) -> PathOf:
    """The path with "này" taken from the context ("khoản 2 Điều này" under a heading on Điều 12), and completed."""
    this = [place for place, (_, number) in enumerate(path) if number == THIS]
    if this:
        kinds = [kind for kind, _ in context]
        kind = path[this[-1]][0]
        return (*context[: kinds.index(kind) + 1], *path[this[-1] + 1 :]) if kind in kinds else path
    return complete(path, context)


def clause_for_point(path: PathOf) -> PathOf:
    """Older laws call the numbered parts of an article points: "điểm 2 Điều 3" is its clause 2."""
    if any(kind is Kind.CLAUSE for kind, _ in path):
        return path
    return tuple(
        (Kind.CLAUSE, number) if kind is Kind.POINT and number.isdigit() else (kind, number) for kind, number in path
    )


def tied(made: Instruction, units: list[Node], used: set[int], *, single: bool) -> Instruction:
    """The instruction with its quoted units, or with the reason why they do not fit."""
    if made.doubtful:
        return made
    if any(number == THIS for _, number in made.path):
        return replace(made, doubtful=True, reason="the unit is not named")
    inner = (Kind.CLAUSE, Kind.POINT, Kind.ITEM)
    if made.path and made.path[0][0] in inner:
        return replace(made, doubtful=True, reason="the article is not named")
    if made.action is Action.OTHER:
        return replace(made, doubtful=True, reason="the words could not be read")
    if made.action in PHRASE_ACTIONS:
        return made
    if made.action is Action.RETITLE:
        return _retitled(made, units, used, single=single)
    if made.action in (Action.REPEAL, Action.RENUMBER):
        return made
    if not made.path:
        return replace(made, doubtful=True, reason="the provision is not named")
    if made.part:
        return _fragment(made, units, used, single=single)
    return _whole(made, units, used)


def _whole(made: Instruction, units: list[Node], used: set[int]) -> Instruction:
    kind, number = made.path[-1]
    lines = [line for n, unit in enumerate(units) for line in within([unit], kind, number) if _fits(line, made.path)]
    if not lines:
        reason = "nothing is quoted" if not units else f"no {kind.value} {number} stands between the quotation marks"
        return replace(made, doubtful=True, reason=reason)
    top = [line for line in lines if len(line) == 1] or lines
    if len(top) > 1:
        return replace(made, doubtful=True, reason=f"{kind.value} {number} is quoted more than once")
    used.update(n for n, unit in enumerate(units) if unit is top[0][0])
    return replace(made, payload=(top[0][-1],), context=top[0][:-1])


def _fits(line: tuple[Node, ...], path: PathOf) -> bool:
    """What stands above the quoted unit agrees with the path: "khoản 1 Điều 8" quoted inside Điều 8."""
    return all(step_of(node) in path for node in line if node.number and node.kind is not Kind.PARAGRAPH)


def _fragment(made: Instruction, units: list[Node], used: set[int], *, single: bool) -> Instruction:
    """The new words of "đoạn mở đầu khoản 2": a paragraph, or the unit itself with its first words only."""
    for n, unit in enumerate(units):
        own = step_of(unit) == made.path[-1] if unit.number else False
        if n in used or not (own or (unit.kind is Kind.PARAGRAPH and not unit.number)):
            continue
        if unit.children and not single:
            continue
        used.add(n)
        if unit.children:
            return replace(made, payload=(unit,), doubtful=True, reason="more is quoted than the paragraph named")
        return replace(made, new_text=unit.text or unit.heading)
    return replace(made, doubtful=True, reason="the new words of the paragraph are not quoted")


def _retitled(made: Instruction, units: list[Node], used: set[int], *, single: bool) -> Instruction:
    """The new title: of the unit quoted, which holds more than the title if the sentence orders more."""
    if made.new:
        return replace(made, new_text=_title_of(made.new), new="")
    for n, unit in enumerate(units):
        if n in used:
            continue
        if unit.number and step_of(unit) == made.path[-1] and (not single or not unit.children):
            used.add(n)
            return replace(made, new_text=unit.heading or unit.text)
        if not unit.number and unit.text and not unit.children:
            used.add(n)
            return replace(made, new_text=_title_of(unit.text))
    return replace(made, doubtful=True, reason="the new title is not quoted")


def _title_of(words: str) -> str:
    words = words.strip().strip('“”" ')
    return re.sub(r"^(?:Điều|Chương|Mục|Phần|Tiểu mục)\s+(?:thứ\s+)?[\wđ]+\s*[.:]?\s*", "", words)
