"""What consolidating gives (kết quả hợp nhất): the text, what was applied, and what a person must settle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from dienhong.texts.tree import ID_PREFIX, Kind, Node, Text, ascii_number
from dienhong.texts.understanding.instructions import Instruction


class Unsettled(Exception):
    """An instruction that cannot be applied exactly; its message is the reason, for the person who settles it."""


@dataclass(frozen=True, slots=True)
class Applied:
    """An instruction that was carried out. `node_id` is the identity of the unit it touched; `before` and `after` are
    that unit as it stood (None where it was not there)."""

    instruction: Instruction
    node_id: str
    before: Node | None
    after: Node | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """An instruction that a person must settle (chưa áp dụng được), and why."""

    instruction: Instruction
    reason: str


@dataclass(slots=True)
class Consolidation:
    """A law as consolidated. `introduction` are the lines under the title that name the law and the laws that amended
    it. `later` holds instructions not yet in force on `as_of`; `remarks` what the caller should
    know (a law given twice, a law that does not amend this one, an order of laws that was put right)."""

    text: Text
    as_of: dt.date | None = None
    applied: list[Applied] = field(default_factory=list)
    unsettled: list[Open] = field(default_factory=list)
    later: list[Instruction] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    introduction: list[str] = field(default_factory=list)

    def history(self, node_id: str) -> list[Applied]:
        """What was done to the unit of this id, to units inside it and to the unit that holds it, in order."""
        return [a for a in self.applied if _related(a.node_id, node_id)]


def _related(touched: str, asked: str) -> bool:
    return touched == asked or touched.startswith(asked + "__") or asked.startswith(touched + "__") or not touched


def identity(line: Sequence[Node]) -> str:
    """The id of the unit that ends this line of nodes, as `assign_ids` gives it: from its article downwards."""
    first = next((place for place, node in enumerate(line) if node.kind is Kind.ARTICLE), 0)
    return "__".join(f"{ID_PREFIX[node.kind]}_{ascii_number(node.number)}" for node in line[first:] if node.number)
