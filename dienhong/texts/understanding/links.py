"""References and instructions as the writers take them (liên kết, sửa đổi chủ động): a place and an address."""

from __future__ import annotations

from collections.abc import Iterable

from dienhong.texts.akn import TextualChange, uri_for
from dienhong.texts.pieces import Link
from dienhong.texts.tree import ID_PREFIX, Kind, Text, ascii_number
from dienhong.texts.understanding.citing import PathOf
from dienhong.texts.understanding.instructions import Action, Instruction
from dienhong.texts.understanding.references import Reference, Target

#: The words for kinds of documents, and the kinds of `Text` they stand for.
KINDS = {
    "Luật": "law",
    "Bộ luật": "code",
    "Pháp lệnh": "ordinance",
    "Nghị quyết": "resolution",
    "Nghị quyết liên tịch": "resolution",
    "Nghị định": "decree",
    "Thông tư": "circular",
    "Thông tư liên tịch": "circular",
    "Quyết định": "decision",
    "Hiến pháp": "constitution",
}
#: The modification of Akoma Ntoso 3.0 for each action.
MODIFICATION = {
    Action.REPLACE: "substitution",
    Action.INSERT: "insertion",
    Action.REPEAL: "repeal",
    Action.RETITLE: "substitution",
    Action.RENUMBER: "renumbering",
    Action.REPLACE_PHRASE: "substitution",
    Action.DELETE_PHRASE: "repeal",
    Action.INSERT_PHRASE: "insertion",
}
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")


def _structural(kind: Kind, number: str) -> str:
    """Parts and chapters carry Roman numbers in ids: "3a" gives "IIIa"."""
    digits = number.rstrip("abcdđeghiklm")
    if kind not in (Kind.PART, Kind.CHAPTER, Kind.APPENDIX) or not digits.isdigit() or not 0 < int(digits) < 100:
        return number
    return _TENS[int(digits) // 10] + _ROMAN[int(digits) % 10] + number[len(digits) :]


def unit_id(path: PathOf) -> str:
    """The id that a unit at this path has in its own text: from its article downwards."""
    kinds = [kind for kind, _ in path]
    start = kinds.index(Kind.ARTICLE) if Kind.ARTICLE in kinds else 0
    return "__".join(f"{ID_PREFIX[kind]}_{ascii_number(_structural(kind, number))}" for kind, number in path[start:])


def _work(kind: str, number: str) -> str:
    return uri_for(KINDS.get(kind, "law"), number) if any(char.isdigit() for char in number) else ""


def _goal(reference: Reference) -> Target | None:
    """The target a link leads to: the first that is there."""
    return next((target for target in reference.targets if target.resolved), None)


def links(references: Iterable[Reference]) -> list[Link]:
    """The resolved references in the texts of units, as links. A list of provisions leads to the first."""
    found = []
    for reference in references:
        target = _goal(reference)
        if reference.field != "text" or target is None:
            continue
        if target.kind == "internal":
            if target.node_id:
                found.append(Link(reference.node_id, reference.start, reference.end, "", target.node_id))
        elif uri := _work(target.document_kind, target.document):
            found.append(Link(reference.node_id, reference.start, reference.end, uri, unit_id(target.path)))
    return found


def modifications(text: Text, orders: Iterable[Instruction]) -> list[TextualChange]:
    """The certain instructions as modifications; those that a person must settle are left out."""
    quotes = {node.id: [c.id for c in node.walk() if c.kind is Kind.QUOTE] for node in text.walk()}
    found = []
    for order in orders:
        if order.doubtful or order.action not in MODIFICATION:
            continue
        held = quotes.get(order.place, [])
        found.append(
            TextualChange(
                order.place,
                MODIFICATION[order.action],
                _work(order.law.kind, order.law.number),
                unit_id(order.path),
                order.side,
                order.old,
                order.new or order.new_text,
                held[0] if held and order.payload else "",
            )
        )
    return found
