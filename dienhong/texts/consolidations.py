"""What a consolidation would do (dự kiến hợp nhất): every instruction of the chosen laws and how it goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dienhong.texts.consolidating.timeline import Timeline
from dienhong.texts.models import Version
from dienhong.texts.storing import text_of
from dienhong.texts.tree import Text, assign_ids
from dienhong.texts.understanding.instructions import Instruction
from dienhong.texts.understanding.links import unit_id
from dienhong.texts.understanding.references import words_of


@dataclass(slots=True)
class Plan:
    """The text it would give and a row for every instruction: `status` is applied, later or unsettled."""

    text: Text
    rows: list[dict[str, Any]]
    remarks: list[str]
    keys: dict[int, str]
    dates: list[dt.date] = field(default_factory=list)
    last_day: dt.date | None = None

    def of(self, status: str) -> list[dict[str, Any]]:
        """The rows of one status."""
        return [row for row in self.rows if row["status"] == status]

    @property
    def applied(self) -> list[dict[str, Any]]:
        return self.of("applied")

    @property
    def later(self) -> list[dict[str, Any]]:
        return self.of("later")

    @property
    def unsettled(self) -> list[dict[str, Any]]:
        return self.of("unsettled")


def plan(
    base: Version,
    amending: Sequence[Version],
    as_of: dt.date | None,
    in_force: Mapping[str, dt.date] | None = None,
) -> Plan:
    """Work the consolidation out; nothing is written."""
    texts = {one.pk: text_of(one) for one in amending}
    line = Timeline.of(text_of(base), list(texts.values()), in_force)
    result = line.as_of(as_of)
    law_key = {id(law.text): law.key for law in line.laws}
    keys = {pk: law_key.get(id(text), text.number) for pk, text in texts.items()}
    rows = [_row(a.instruction, "applied", a.remark, a.node_id) for a in result.applied]
    rows += [_row(i, "later", "") for i in result.later]
    rows += [_row(o.instruction, "unsettled", o.reason) for o in result.unsettled]
    days = [a.instruction.effective for a in result.applied if a.instruction.effective]
    text = replace(result.text, lead=[*result.introduction, *result.text.lead], doubts=[])
    assign_ids(text)
    return Plan(text, rows, result.remarks, keys, line.dates, max(days, default=None))


def _row(instruction: Instruction, status: str, why: str, eid: str = "") -> dict[str, Any]:
    return {
        "amending": instruction.amending,
        "action": instruction.action.value,
        "provision": words_of(instruction.path),
        "eid": eid or (unit_id(instruction.path) if instruction.path else ""),
        "place": words_of(instruction.place_path),
        "effective": instruction.effective.isoformat() if instruction.effective else "",
        "words": instruction.words[:1000],
        "status": status,
        "why": why,
    }
