"""Which laws a law amends (luật được sửa đổi), and what an instruction holds (quy định sửa đổi)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from dienhong.texts.tree import Node, Text, assign_ids
from dienhong.texts.understanding.citing import PathOf, chains
from dienhong.texts.understanding.commencement import Commencement, commencement
from dienhong.texts.understanding.documents import Document, document_key
from dienhong.texts.understanding.orders import Action, masked

LAW_KINDS = ("Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Nghị định", "Thông tư", "Quyết định", "Hiến pháp")
_AMENDING_TITLE = re.compile(r"sửa đổi|bổ sung", re.I)
#: "Quốc hội ban hành Luật sửa đổi ...", "Luật này sửa đổi ...", "LUẬT SỬA ĐỔI ..."; never the grounds.
_AMENDS = re.compile(
    r"(?:^|ban hành\s+)(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định)(?:\s+này)?\s+(?:sửa đổi|bổ sung)", re.I
)


@dataclass(frozen=True, slots=True)
class AmendedLaw:
    """The law that an instruction amends, and the provision its words already speak of (`path`)."""

    number: str = ""
    name: str = ""
    path: PathOf = ()

    @property
    def kind(self) -> str:
        """The kind of document as words: "Luật", "Bộ luật"."""
        return next((kind for kind in LAW_KINDS if self.name.startswith(kind)), "")

    @property
    def key(self) -> str:
        """The folded name by which mentions of one law meet."""
        return document_key(self.kind, self.name.removeprefix(self.kind))


@dataclass(frozen=True, slots=True)
class Instruction:
    """One order on one provision (`path`, `part`) of one law. `place` is the node of the amending law that gives it and
    `place_path` its provision there; `payload` are the quoted units; `context` what stands above them in the quotation.

    `effective` is None where the law states no date for it; `effective_words` then says why, or quotes the special
    clause. `doubtful` instructions are never applied.
    """

    action: Action
    law: AmendedLaw
    path: PathOf
    part: str = ""
    payload: tuple[Node, ...] = ()
    context: tuple[Node, ...] = ()
    new_text: str = ""
    anchor: PathOf = ()
    side: str = ""
    old: str = ""
    new: str = ""
    place: str = ""
    place_path: PathOf = ()
    line: int = 0
    words: str = ""
    amending: str = ""
    effective: dt.date | None = None
    effective_words: str = ""
    doubtful: bool = False
    reason: str = ""


@dataclass(slots=True)
class Reading:
    """The reading of one law: the laws it names, what was found, and where the settings of nodes are kept."""

    text: Text
    when: Commencement
    default: AmendedLaw | None
    amends: bool = False
    numbers: dict[str, str] = field(default_factory=dict)
    found: list[Instruction] = field(default_factory=list)
    settings: dict[str, AmendedLaw] = field(default_factory=dict)


def named_laws(line: str) -> list[Document]:
    """The other laws that a line names."""
    return [c.document for c in chains(line) if c.document and not c.document.own and c.document.kind in LAW_KINDS]


def _title_case(title: str) -> str:
    """A title in capitals written small, so that names in it can be read."""
    if not title.isupper():
        return title
    return re.sub(r"(?<!\w)(bộ )?luật|pháp lệnh", lambda m: m[0].capitalize(), title.lower())


def _targets_of(text: Text) -> list[Document]:
    """The laws that the title or the enacting words say are amended; the law's own name is not among them."""
    for line in (*text.lead, *text.grounds[-1:], _title_case(text.title)):
        if not _AMENDS.search(line):
            continue
        start = _AMENDING_TITLE.search(masked(line).text)
        begin = line.lower().find("sửa đổi") if start is None else start.start()
        laws = [law for law in named_laws(masked(line[max(begin, 0) :]).text) if law.name or law.number]
        if laws:
            return laws
    return []


def reading_of(text: Text) -> Reading:
    """What can be known of a text before its orders are read. Gives the nodes their ids if they have none."""
    if any(not node.id for node in text.body):
        assign_ids(text)
    reading = Reading(text, commencement(text), None)
    lines = [words for node in text.walk() for words in (node.heading, node.text) if " số " in words]
    seen: dict[str, set[str]] = {}
    for line in (*text.lead, *text.grounds, *lines):
        for law in named_laws(line):
            if law.name and law.number and law.number != text.number:
                seen.setdefault(law.key, set()).add(law.number)
    reading.numbers = {key: next(iter(numbers)) for key, numbers in seen.items() if len(numbers) == 1}
    targets = _targets_of(text)
    reading.amends = bool(targets) or bool(_AMENDS.search(_title_case(text.title)))
    if len({law.key or law.number for law in targets}) == 1:
        reading.default = law_of(reading, targets[0])
    for law in targets:
        if law.name and law.number and law.number != text.number:
            reading.numbers[law.key] = law.number
    return reading


def law_of(reading: Reading, document: Document) -> AmendedLaw:
    """The law that a document's name stands for, with the number that the text gives it elsewhere."""
    number = document.number or reading.numbers.get(document.key, "")
    number = "" if number == reading.text.number else number
    return AmendedLaw(number, f"{document.kind} {document.name}".strip())
