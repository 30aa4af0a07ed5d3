"""Footnotes of a consolidated text (chú thích của văn bản hợp nhất), in the words of the Office's texts (VBHN-VPQH).

PL 01/2012/UBTVQH13 asks that a consolidated text name, at every unit that changed, the amending document and its effect
clause, and keep the clauses on commencement of the amending documents.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from dienhong.texts.consolidating.apply import Touch
from dienhong.texts.tree import Kind, Node, Text
from dienhong.texts.understanding.commencement import PARTLY, Commencement
from dienhong.texts.understanding.documents import NUMBER
from dienhong.texts.understanding.instructions import Action, Instruction
from dienhong.texts.understanding.references import words_of

_UNIT = {
    Kind.PART: "Phần",
    Kind.CHAPTER: "Chương",
    Kind.SECTION: "Mục",
    Kind.SUBSECTION: "Tiểu mục",
    Kind.ARTICLE: "Điều",
    Kind.CLAUSE: "Khoản",
    Kind.POINT: "Điểm",
    Kind.ITEM: "Tiết",
    Kind.APPENDIX: "Phụ lục",
    Kind.PARAGRAPH: "Đoạn",
}
_DONE = {
    Action.REPLACE: "được sửa đổi, bổ sung",
    Action.INSERT: "được bổ sung",
    Action.REPEAL: "được bãi bỏ",
    Action.RENUMBER: "được chuyển số thứ tự",
}
_KIND_WORD = {
    "law": "Luật",
    "code": "Bộ luật",
    "ordinance": "Pháp lệnh",
    "resolution": "Nghị quyết",
    "decree": "Nghị định",
    "circular": "Thông tư",
    "decision": "Quyết định",
    "constitution": "Hiến pháp",
}
_SUBJECT = re.compile(
    r"(?:Bộ luật|Bộ Luật|Luật|Pháp lệnh|Nghị quyết|Nghị định)\s+((?:[Ss]ửa đổi|[Bb]ổ sung|[Bb]ãi bỏ).+?)\s*\.?\s*$",
    re.S,
)
#: "Quốc hội ban hành Luật tổ chức Quốc hội." tells the capitals that a title in capitals does not.
_OWN_NAME = re.compile(r"ban hành\s+((?:Bộ luật|Bộ Luật|Luật|Pháp lệnh|Nghị quyết)\s+[^.;]+?)\s*[.;]?\s*$")
_NUMBERS = re.compile(rf"\s+số\s+{NUMBER}")


def vietnamese_date(date: dt.date) -> str:
    """The date as laws write it: "ngày 01 tháng 01 năm 2021" (day and month below 10, the month below 3, with a 0)."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def kind_word(text: Text) -> str:
    """The kind of the document as it is cited: "Luật"."""
    return _KIND_WORD.get(text.kind, "Văn bản")


def subject_of(text: Text) -> str:
    """What the amending document calls itself after its number: "sửa đổi, bổ sung một số điều của Luật ..."."""
    for line in (*text.lead, *text.grounds):
        if match := _SUBJECT.search(line):
            words = _NUMBERS.sub("", " ".join(match[1].split()))
            return re.sub(r"\s*,?\s*đã được sửa đổi, bổ sung.*$", "", words[:1].lower() + words[1:])
    words = " ".join(text.title.split())
    if words.isupper() and (own := next(filter(None, map(_OWN_NAME.search, text.lead)), None)):
        words = own[1]
    words = re.sub(r"^(?:bộ luật|luật|pháp lệnh|nghị quyết|nghị định)\s+", "", words, flags=re.I)
    if words.isupper():
        words = re.sub(r"(?<!\w)(bộ )?luật(?!\w)|pháp lệnh", lambda m: m[0].capitalize(), words.lower())
    return _NUMBERS.sub("", words)


def name_of(text: Text) -> str:
    """The document as a footnote cites it: "Luật số 65/2020/QH14 sửa đổi, bổ sung một số điều của ...", or, for a law
    with a name of its own, "Luật Điện lực số 61/2024/QH15"."""
    word, subject = kind_word(text), subject_of(text)
    number = f" số {text.number}" if text.number else ""
    if re.match(r"(?:sửa đổi|bổ sung|bãi bỏ)", subject, re.I):
        return f"{word}{number} {subject}"
    return f"{word} {subject[:1].upper()}{subject[1:]}{number}".replace("  ", " ")


def in_force(date: dt.date | None) -> str:
    """The words on commencement that end a footnote; none where the date is unknown."""
    return f", có hiệu lực kể từ {vietnamese_date(date)}" if date else ""


def words_for(touch: Touch, law: Text) -> str:
    """The footnote of one change: what was done, by which provision of which document, in force from when."""
    instruction = touch.instruction
    place = words_of(instruction.place_path)
    source = f"theo quy định tại {place} của {name_of(law)}{in_force(instruction.effective)}."
    special = instruction.effective_words if instruction.effective is None else ""
    if re.search(r"hiệu lực|thực hiện|áp dụng", special):
        source += f" Về hiệu lực: “{special.removeprefix(PARTLY)}”"
    return f"{_what(touch, instruction)} {source}"


def _what(touch: Touch, instruction: Instruction) -> str:
    if instruction.action is Action.REPLACE_PHRASE:
        return f"Cụm từ “{instruction.old.strip()}” được thay thế bằng cụm từ “{instruction.new.strip()}”"
    if instruction.action is Action.DELETE_PHRASE:
        return f"Cụm từ “{instruction.old.strip()}” được bỏ"
    if instruction.action is Action.INSERT_PHRASE:
        return f"Cụm từ “{instruction.new.strip()}” được bổ sung"
    unit = _UNIT.get(touch.node.kind, "Đoạn")
    if instruction.action is Action.RETITLE:
        return f"Tên {unit if unit in ('Điều', 'Chương', 'Mục', 'Phần') else unit.lower()} này được sửa đổi, bổ sung"
    if instruction.part == "intro":
        return f"Đoạn mở đầu {unit.lower() if unit in ('Khoản', 'Điểm') else unit} này {_DONE[instruction.action]}"
    if instruction.part.startswith("paragraph") and touch.node.kind is not Kind.PARAGRAPH:
        return f"Một đoạn của {unit.lower() if unit in ('Khoản', 'Điểm') else unit} này {_DONE[instruction.action]}"
    return f"{unit} này {_DONE[instruction.action]}"


def printed(node: Node) -> str:
    """The unit and all below it as lines of plain text."""
    lines = []
    for unit in node.walk():
        head = " ".join(part for part in (unit.label, unit.heading) if part)
        own = f"{head} {unit.text}".strip() if not unit.heading else "\n".join(p for p in (head, unit.text) if p)
        if own:
            lines.append(own)
    return "\n".join(lines)


def effect_clause(law: Text, when: Commencement) -> str:
    """The clauses of the amending document on its commencement and transition, quoted as a footnote quotes them."""
    wanted = {*when.clauses, *when.transitional}
    articles = [node for node in law.walk() if node.kind is Kind.ARTICLE and node.id in wanted]
    if not articles and when.whole is not None:
        articles = [node for node in law.walk() if node.kind is Kind.ARTICLE and when.whole.node_id.startswith(node.id)]
    if not articles:
        return ""
    numbers = [f"Điều {node.number}" for node in articles]
    listed = numbers[0] if len(numbers) == 1 else ", ".join(numbers[:-1]) + " và " + numbers[-1]
    date = when.whole.date if when.whole else None
    quoted = "\n".join(printed(node) for node in articles)
    return f"{listed} của {name_of(law)}{in_force(date)} quy định như sau:\n“{quoted}”."


def preamble_clause(law: Text) -> str:
    """The grounds of the amending document, quoted as a footnote to the grounds of the law."""
    lines = [*law.grounds, *law.lead]
    if not lines:
        return ""
    return f"{name_of(law)} có căn cứ ban hành như sau:\n“" + "\n".join(lines) + "”."


def amended_by(base: Text, base_date: dt.date | None, laws: Sequence[tuple[Text, Commencement]]) -> list[str]:
    """The lines under the title: the law, its commencement, and the documents that amended it."""
    own = f"{name_of(base)}{_passed(base)}{in_force(base_date)}, được sửa đổi, bổ sung bởi:"
    lines = [own]
    for law, when in laws:
        date = when.whole.date if when.whole else None
        number = f"{kind_word(law)} số {law.number}" if law.number else kind_word(law)
        lines.append(f"{number}{_passed(law)} {subject_of(law)}{in_force(date)}.")
    return lines


def _passed(text: Text) -> str:
    issuer = {"QUỐC HỘI": " của Quốc hội", "ỦY BAN THƯỜNG VỤ QUỐC HỘI": " của Ủy ban Thường vụ Quốc hội"}
    date = f" {vietnamese_date(text.date)}" if text.date else ""
    return f"{date}{issuer.get(text.issuer.upper(), ' của Quốc hội' if text.kind in ('law', 'code') else '')}"


def number_footnotes(text: Text, first: int = 1) -> None:
    """Give every footnote of the text its number, in reading order."""
    mark = first
    for note in text.footnotes:
        note.mark = str(mark)
        mark += 1
    for node in text.walk():
        node.footnotes.sort(key=lambda note: note.offset)
        for note in node.footnotes:
            note.mark = str(mark)
            mark += 1


def write_footnotes(touches: Sequence[Touch], laws: dict[str, Text]) -> None:
    """Write the words of every footnote set; a unit changed in several places by one provision keeps one."""
    seen: set[tuple[int, str]] = set()
    for touch in touches:
        touch.note.text = words_for(touch, laws[touch.instruction.amending])
        key = (id(touch.node), touch.note.text)
        if key in seen:
            touch.node.footnotes = [note for note in touch.node.footnotes if note is not touch.note]
        seen.add(key)


def instruction_line(instruction: Instruction) -> str:
    """One instruction in a line: where it stands, what it does, to which provision."""
    done = _DONE.get(instruction.action, instruction.action.value)
    target = words_of(instruction.path) or "toàn văn bản"
    return f"{words_of(instruction.place_path)}: {target} {done}"
