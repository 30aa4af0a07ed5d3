"""Consolidation over time (văn bản hợp nhất theo thời điểm): a law with the laws that amend it, as of any day.

Instructions take effect in the order of their dates; two of one date in the order in which the laws were passed. An
instruction without a date is carried out when no day is asked for, and is left to a person when one is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dienhong.texts.consolidating.apply import Workbench
from dienhong.texts.consolidating.footnotes import (
    amended_by,
    effect_clause,
    number_footnotes,
    preamble_clause,
    write_footnotes,
)
from dienhong.texts.consolidating.model import Applied, Consolidation, Open, Unsettled
from dienhong.texts.tree import Footnote, Kind, Node, Text, assign_ids
from dienhong.texts.understanding.citing import PathOf
from dienhong.texts.understanding.commencement import Commencement, commencement, passed_on
from dienhong.texts.understanding.documents import document_key, normal_number
from dienhong.texts.understanding.instructions import AmendedLaw, Instruction, instructions
from dienhong.texts.understanding.payload import copied
from dienhong.texts.understanding.spelling import fold_tones

_FAR = dt.date.max


def amends(law: AmendedLaw, base: Text) -> bool:
    """The instruction's law is this text: by its number, or by its name where the instruction gives no number."""
    if law.number and base.number:
        return normal_number(law.number) == normal_number(base.number)
    if not law.name:
        return False
    title = " ".join(" ".join(base.title.replace(",", " ").split()).split())
    wanted = law.key
    return wanted == document_key("", title).strip() or _in_title(wanted, title)


def _in_title(key: str, title: str) -> bool:
    """Older titles hold more than the name: "Luật của Quốc hội ... số 15/2003/QH11 ... về thi đua, khen thưởng"."""
    folded = " ".join(fold_tones(title).split())
    kind, _, name = key.partition(" ")
    return folded.startswith(kind) and bool(name) and folded.endswith(" " + name)


@dataclass(frozen=True, slots=True)
class AmendingLaw:
    """One amending law as read: its instructions for the base law, its commencement, its place among the others."""

    text: Text
    when: Commencement
    orders: tuple[Instruction, ...]
    order: int
    key: str
    passed: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change in the history of a unit: when it took effect, by which provision, and the unit before and after."""

    date: dt.date | None
    applied: Applied


def _copy_text(base: Text) -> Text:
    return replace(
        base,
        heading=list(base.heading),
        grounds=list(base.grounds),
        lead=list(base.lead),
        body=[copied(node) for node in base.body],
        appendices=[copied(node) for node in base.appendices],
        closing=list(base.closing),
        signature=list(base.signature),
        footnotes=[Footnote(n.mark, n.text, n.offset) for n in base.footnotes],
        doubts=list(base.doubts),
    )


@dataclass(slots=True)
class Timeline:
    """A law and the laws that amend it, read once; `as_of` gives the law as it stood on a day.

    `in_force` gives, by number, the day on which an amending law takes effect whose text does not say it.
    """

    base: Text
    laws: list[AmendingLaw] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    base_when: Commencement | None = None

    @classmethod
    def of(cls, base: Text, amending: Sequence[Text], in_force: Mapping[str, dt.date] | None = None) -> Timeline:
        """Read the amending laws. They are put in the order in which they were passed, if that is known of all."""
        line = cls(base)
        line.base_when = commencement(base)
        given = in_force or {}
        texts = list(amending)
        dates = [passed_on(text) for text in texts]
        if all(dates):
            ranked = sorted(range(len(texts)), key=lambda n: (dates[n] or _FAR, n))
            if ranked != list(range(len(texts))):
                line.remarks.append("the amending laws were put in the order in which they were passed")
            texts = [texts[n] for n in ranked]
        for order, text in enumerate(texts):
            line._add(text, order, given)
        return line

    def _add(self, text: Text, order: int, given: Mapping[str, dt.date]) -> None:
        number = text.number or f"({order + 1})"
        if any(law.key == number for law in self.laws):
            self.remarks.append(f"{number} was given twice and is applied once")
            return
        if text is self.base or (text.number and text.number == self.base.number):
            self.remarks.append(f"{number} is the law itself and amends nothing")
            return
        found = [replace(i, amending=number) for i in instructions(text)]
        own = [i for i in found if amends(i.law, self.base) or (i.doubtful and not i.law.number and not i.law.name)]
        if number in given:
            own = [i if i.effective else replace(i, effective=given[number]) for i in own]
        if not any(amends(i.law, self.base) for i in own):
            self.remarks.append(f"{number} holds no instruction for this law")
            own = []
        if any(number in note.text for node in self.base.walk() for note in node.footnotes):
            self.remarks.append(f"the text already has footnotes that name {number}")
        self.laws.append(AmendingLaw(text, commencement(text), tuple(own), order, number, passed_on(text)))

    @property
    def dates(self) -> list[dt.date]:
        """The days on which the law changed, in order."""
        return sorted({i.effective for law in self.laws for i in law.orders if i.effective})

    def as_of(self, day: dt.date | None = None) -> Consolidation:
        """The law as it stood on a day; without a day, with every instruction applied."""
        bench = Workbench(_copy_text(self.base))
        result = Consolidation(bench.text, day, remarks=list(self.remarks))
        if (
            day
            and self.base_when
            and self.base_when.whole
            and self.base_when.whole.date
            and day < self.base_when.whole.date
        ):
            result.remarks.append(f"on {day.isoformat()} the law itself was not yet in force")
        touched: dict[PathOf, AmendingLaw] = {}
        for law, instruction in self._in_order():
            if day and instruction.effective is None and not instruction.doubtful:
                reason = instruction.effective_words or "its commencement is not stated"
                result.unsettled.append(Open(instruction, f"when it takes effect is not known: {reason}"))
            elif day and instruction.effective and instruction.effective > day:
                result.later.append(instruction)
            else:
                _carry_out(bench, law, instruction, touched, result)
        self._finish(bench, result, day)
        return result

    def _in_order(self) -> list[tuple[AmendingLaw, Instruction]]:
        rows = [(law, n, i) for law in self.laws for n, i in enumerate(law.orders)]
        rows.sort(key=lambda row: (_date(row[0], row[2]), row[0].order, row[1]))
        return [(law, i) for law, _, i in rows]

    def _finish(self, bench: Workbench, result: Consolidation, day: dt.date | None) -> None:
        """Footnotes, the list of amending laws under the title, and ids."""
        text = result.text
        assign_ids(text)
        used = [law for law in self.laws if any(a.instruction.amending == law.key for a in result.applied)]
        write_footnotes(bench.touches, {law.key: law.text for law in self.laws})
        if used:
            base_date = self.base_when.whole.date if self.base_when and self.base_when.whole else None
            result.introduction = amended_by(self.base, base_date, [(law.text, law.when) for law in used])
            text.footnotes.extend(Footnote("", words) for law in used if (words := preamble_clause(law.text)))
            self._note_commencement(text, used)
        number_footnotes(text)

    def _note_commencement(self, text: Text, used: list[AmendingLaw]) -> None:
        place = _commencement_article(text, self.base_when)
        for law in used:
            words = effect_clause(law.text, law.when)
            if not words:
                continue
            if place is not None:
                place.footnotes.append(Footnote("", words))
            else:
                text.footnotes.append(Footnote("", words))

    def history(self, node_id: str) -> list[Change]:
        """Every change of the unit of this id, of units inside it and of the unit that holds it, in order of time."""
        found = self.as_of().history(node_id)
        return [Change(applied.instruction.effective, applied) for applied in found]


def _date(law: AmendingLaw, instruction: Instruction) -> dt.date:
    whole = law.when.whole.date if law.when.whole else None
    return instruction.effective or whole or passed_on(law.text) or _FAR


def _commencement_article(text: Text, when: Commencement | None) -> Node | None:
    wanted = set(when.clauses) if when else set()
    articles = [node for node in text.walk() if node.kind is Kind.ARTICLE and node.id in wanted]
    return articles[-1] if articles else None


def _carry_out(
    bench: Workbench,
    law: AmendingLaw,
    instruction: Instruction,
    touched: dict[PathOf, AmendingLaw],
    result: Consolidation,
) -> None:
    """Apply one instruction, or keep it for a person with the reason."""
    path = instruction.path
    newer = [other for at, other in touched.items() if _later(other, law) and _nested(path, at)]
    try:
        if newer:
            raise Unsettled(
                "a law passed later already changed this unit, though this instruction takes effect after it"
            )
        result.applied.append(bench.apply(instruction))
        if path not in touched or law.order > touched[path].order:
            touched[path] = law
    except Unsettled as refusal:
        result.unsettled.append(Open(instruction, str(refusal)))


def _later(law: AmendingLaw, other: AmendingLaw) -> bool:
    """This law was passed on a later day than the other."""
    return bool(law.passed and other.passed and law.passed > other.passed)


def _nested(first: PathOf, second: PathOf) -> bool:
    size = min(len(first), len(second))
    return first[:size] == second[:size]


def consolidate(
    base: Text,
    amending: Sequence[Text],
    as_of: dt.date | None = None,
    in_force: Mapping[str, dt.date] | None = None,
) -> Consolidation:
    """The law with its amending laws applied, as of a day if one is given. None of the texts given is changed."""
    return Timeline.of(base, amending, in_force).as_of(as_of)
