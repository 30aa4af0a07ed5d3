"""Reading a table of tasks in the columns state bodies use (bảng nhiệm vụ), and saying what it would do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _t

from dienhong.foundation.folding import fold
from dienhong.people.models import Body, BodyName, Holding, Person, on
from dienhong.people.tables import BadTable, columns, read_table
from dienhong.work import rules
from dienhong.work.content import PLAIN, Content, words
from dienhong.work.models import Programme, ProgrammeState, Task

#: field -> the words a head may say, without marks
HEADS: dict[str, tuple[str, ...]] = {
    "number": ("stt", "so tt", "tt", "so", "no", "no.", "number"),
    "title": ("nhiem vu", "noi dung", "nhiem vu, noi dung", "nhiem vu / noi dung", "ten nhiem vu", "noi dung nhiem vu",
              "noi dung cong viec", "cong viec", "task"),
    "lead_body": ("don vi chu tri", "chu tri", "co quan chu tri", "lead unit"),
    "lead_person": ("nguoi chu tri", "nguoi thuc hien", "chuyen vien", "can bo phu trach", "responsible person"),
    "coordinating": ("phoi hop", "don vi phoi hop", "co quan phoi hop", "coordinating units"),
    "leader": ("lanh dao phu trach", "lanh dao chi dao", "leader in charge"),
    "product": ("san pham", "ket qua dau ra", "san pham, ket qua", "product"),
    "recipient": ("noi nhan", "cap trinh", "cap trinh, cap ban hanh", "goes to"),
    "due_rule": ("thoi han", "thoi gian", "thoi gian hoan thanh", "tien do", "han hoan thanh", "deadline"),
    "basis": ("can cu", "van ban giao", "van ban giao viec", "basis"),
    "responsibility": ("trach nhiem", "responsibility"),
    "key": ("trong tam", "nhiem vu trong tam", "key task"),
    "note": ("ghi chu", "note"),
}  # fmt: skip
#: Columns that are written out but never read: the office computes them.
COMPUTED = {"tinh trang", "trang thai", "ket qua", "ket qua, so van ban", "ly do cham", "han dau tien", "state",
            "result", "reason for delay", "first deadline"}  # fmt: skip
NEEDED = ("number", "title")
_ROMAN = re.compile(r"(?:[ivx]+|nhom \d+)\.?")
_LIKE_A_UNIT = re.compile(r"Vụ|Cục|Ban|Văn|Trung|Thư|Báo|Ủy|Viện|Hội|Truyền|Đoàn|Đảng|Công")
DEEPEST_HEAD = 20


@dataclass(slots=True)
class Row:
    """One row of the table: what it says, what is wrong with it, what it would do."""

    line: int
    number: str
    content: Content | None
    group: str = ""  # the title of the group it stands under
    is_group: bool = False
    wrong: list[str] = field(default_factory=list)
    task: Task | None = None
    changes: list[str] = field(default_factory=list)  # the names of the fields
    said: str = ""  # the same in words, for a page

    @property
    def status(self) -> str:
        """What importing does with it: "wrong", "group", "new", "changed" or "same"."""
        if self.wrong:
            return "wrong"
        if self.is_group:
            return "group"
        if self.task is None:
            return "new"
        return "changed" if self.changes else "same"


@dataclass(slots=True)
class Plan:
    """What importing a table would do, row by row."""

    programme: Programme
    rows: list[Row]
    unknown: list[str]
    computed: list[str]

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.wrong]


@dataclass(slots=True)
class _Known:
    """What the office holds, read once for the whole table."""

    day: dt.date
    bodies: dict[str, set[int]]
    body: dict[int, Body]
    persons: dict[str, list[Person]]
    held: set[tuple[int, int]]
    tasks: dict[str, Task]
    openings: Mapping[str, dt.date]
    term: str


def plan(
    content: bytes, name: str, programme: Programme, today: dt.date, openings: Mapping[str, dt.date] | None = None,
    term: str = "XV",
) -> Plan:  # fmt: skip
    """Read a table and say what importing it into the programme would do. Raises BadTable."""
    table = read_table(content, name)
    head = _head(table)
    places, unread = columns(table[head], HEADS)
    computed = [words_ for words_ in unread if fold(words_) in COMPUTED]
    known = _known(programme, today, openings or {}, term)
    rows: list[Row] = []
    seen: dict[str, int] = {}
    group = ""
    for line, cells in enumerate(table[head + 1 :], head + 2):
        values = {f: cells[p] if p < len(cells) else "" for f, p in places.items()}
        if not any(values.values()):
            continue
        if _is_group(values):
            group = values["title"]
            rows.append(Row(line, values["number"], None, group, is_group=True))
            continue
        rows.append(_row(line, values, group, programme, known, seen))
    if not any(not row.is_group for row in rows):
        raise BadTable(_t("The table holds no task."), field="file")
    return Plan(programme, rows, [w for w in unread if w not in computed], computed)


def _head(table: list[list[str]]) -> int:
    """The row with the names of the columns: titles often stand above it. Raises BadTable."""
    for place, row in enumerate(table[:DEEPEST_HEAD]):
        found, _unread = columns(row, HEADS)
        if all(name in found for name in NEEDED):
            return place
    raise BadTable(_t("No row names the columns “STT” and “Nhiệm vụ”."), field="file")


def _is_group(values: Mapping[str, str]) -> bool:
    """A row with a Roman number or "Nhóm 1" and nothing but its title is the head of a group."""
    others = [name for name, value in values.items() if value and name not in {"number", "title"}]
    return not others and bool(values["title"]) and bool(_ROMAN.fullmatch(fold(values["number"])))


def _known(programme: Programme, today: dt.date, openings: Mapping[str, dt.date], term: str) -> _Known:
    day = min(max(today, dt.date(programme.year, 1, 1)), dt.date(programme.year, 12, 31))
    body = {b.pk: b for b in Body.objects.filter(on(day))}
    bodies: dict[str, set[int]] = {b.code: {b.pk} for b in body.values()}
    for key, long, short, english in BodyName.objects.values_list("body_id", "name", "short", "english"):
        if key in body:
            for one in {fold(long), fold(short), fold(english)} - {""}:
                bodies.setdefault(one, set()).add(key)
    persons: dict[str, list[Person]] = {}
    for person in Person.objects.only("pk", "code", "full_name", "folded"):
        persons.setdefault(person.folded, []).append(person)
        persons.setdefault(fold(person.code), []).append(person)
    held = set(Holding.objects.filter(on(day)).values_list("person_id", "post__body_id"))
    tasks = {
        task.number: task
        for task in programme.tasks.select_related("group", "lead_body", "lead_person", "leader", "dossier")
        .prefetch_related("coordinations__body")
    }  # fmt: skip
    return _Known(day, bodies, body, persons, held, tasks, openings, term)


def _row(
    line: int, values: Mapping[str, str], group: str, programme: Programme, known: _Known, seen: dict[str, int]
) -> Row:
    number = values["number"].rstrip(".")
    row = Row(line, number, None, group)
    if not number:
        row.wrong.append(_t("The number (STT) is missing."))
    elif number in seen:
        row.wrong.append(_t("The number %(n)s stands already in row %(row)s.") % {"n": number, "row": seen[number]})
    elif len(number) > 20:
        row.wrong.append(_t("The number (STT) is longer than 20 characters."))
    seen.setdefault(number, line)
    if not values["title"]:
        row.wrong.append(_t("The task is missing."))
    row.content = _content(row, values, programme, known)
    row.task = known.tasks.get(number)
    if row.task is not None and not row.wrong:
        _compare(row, known)
    if programme.state == ProgrammeState.ADOPTED and not row.wrong:
        _must_be_clear(row)
    return row


def _content(row: Row, values: Mapping[str, str], programme: Programme, known: _Known) -> Content:
    body = _body(row, values.get("lead_body", ""), known)
    coordinating = [
        found for one in _names(values.get("coordinating", ""), known) if (found := _body(row, one, known)) is not None
    ]
    before = known.tasks.get(row.number)
    rule = ""
    if said := values.get("due_rule", ""):
        try:
            rule = rules.read_deadline(fold(said), programme.year, known.term)
        except rules.NotADeadline:
            row.wrong.append(_t("“%(words)s” is no deadline.") % {"words": said})
    for name, most in (("product", 500), ("basis", 500), ("responsibility", 500), ("recipient", 300)):
        if len(values.get(name, "")) > most:
            row.wrong.append(_t("A text is longer than %(n)s characters.") % {"n": most})
    said_of_it = Content(
        title=values["title"],
        lead_body=body,
        lead_person=_person(row, values.get("lead_person", ""), body, known),
        leader=_person(row, values.get("leader", ""), None, known),
        coordinating=tuple(dict.fromkeys(coordinating)),
        product=values.get("product", ""),
        recipient=values.get("recipient", ""),
        due_rule=rule,
        basis=values.get("basis", ""),
        responsibility=values.get("responsibility", before.responsibility if before else ""),
        key=fold(values["key"]) in {"x", "co", "1", "yes", "true"} if "key" in values else bool(before and before.key),
        group=before.group if before else None,
        recurs=before.recurs if before else "",
        dossier=before.dossier if before else None,
        note=values.get("note", ""),
    )
    return _kept(said_of_it, values, before) if before is not None else said_of_it


def _kept(content: Content, values: Mapping[str, str], before: Task) -> Content:
    """What a table has no column for stays as it was: a short table changes what it speaks of and empties nothing."""
    of_columns = ("lead_body", "lead_person", "leader", "product", "recipient", "due_rule", "basis", "note")
    silent = [name for name in of_columns if name not in values]
    kept: dict[str, Any] = {name: getattr(before, name) for name in silent}
    if "coordinating" not in values:
        kept["coordinating"] = tuple(one.body for one in before.coordinations.all())
    return replace(content, **kept)


def _names(said: str, known: _Known) -> list[str]:
    """The names of several units in one cell, parted by ";", a new line or a comma.

    A name may itself hold commas (Vụ Khoa học, Công nghệ và Môi trường): of the parts between commas the longest run
    that is a known name is taken. What is no known name goes on to the next part that begins like a unit, so that the
    person reads the name as they wrote it.
    """
    names: list[str] = []
    for one in re.split(r"[;\n]", said):
        parts = [part.strip() for part in one.split(",") if part.strip()]
        at, unknown = 0, False
        while at < len(parts):
            ends = (end for end in range(len(parts), at, -1) if fold(", ".join(parts[at:end])) in known.bodies)
            end = next(ends, None)
            if end is not None:
                names.append(", ".join(parts[at:end]))
                at, unknown = end, False
                continue
            if unknown and not _LIKE_A_UNIT.match(parts[at]):
                names[-1] += f", {parts[at]}"
            else:
                names.append(parts[at])
            at, unknown = at + 1, True
    return names


def _body(row: Row, said: str, known: _Known) -> Body | None:
    if not said:
        return None
    found = known.bodies.get(fold(said), set())
    if len(found) == 1:
        return known.body[next(iter(found))]
    row.wrong.append(
        (_t("Several units are called “%(words)s”: write the code.") if found else
         _t("No unit of %(year)s is called “%(words)s”.")) % {"words": said, "year": known.day.year}
    )  # fmt: skip
    return None


def _person(row: Row, said: str, body: Body | None, known: _Known) -> Person | None:
    if not said:
        return None
    found = {person.pk: person for person in known.persons.get(fold(said), [])}
    exact = {key: person for key, person in found.items() if person.full_name == said}
    in_body = {key: p for key, p in found.items() if body is not None and (key, body.pk) in known.held}
    for choice in (exact, in_body, found):
        if len(choice) == 1:
            return next(iter(choice.values()))
    row.wrong.append(
        (_t("Several persons are called “%(words)s”: write the code.") if found else
         _t("Nobody in the register is called “%(words)s”.")) % {"words": said}
    )  # fmt: skip
    return None


def _compare(row: Row, known: _Known) -> None:
    """Name what the row would change; a deadline that was assigned is not changed by a table."""
    task, content = row.task, row.content
    assert task is not None
    assert content is not None
    for name in PLAIN:
        if getattr(task, name) != getattr(content, name):
            row.changes.append(name)
    if {c.body_id for c in task.coordinations.all()} != {b.pk for b in content.coordinating}:
        row.changes.append("coordinating")
    if task.group is not None and row.group and fold(task.group.title) != fold(row.group):
        row.changes.append("group")
    if task.group is None and row.group:
        row.changes.append("group")
    if not row.changes:
        return
    if task.confirmed_on is not None or task.cancelled_on is not None:
        row.wrong.append(_t("This task is done or cancelled and is not changed any more."))
    elif task.assigned_on is not None and "due_rule" in row.changes:
        row.wrong.append(_t("The deadline of an assigned task is put off by an extension, not by a table."))


def _must_be_clear(row: Row) -> None:
    content = row.content
    assert content is not None
    five = rules.Five(
        content.title,
        content.lead_body.pk if content.lead_body else None,
        content.lead_person.pk if content.lead_person else None,
        content.due_rule,
        content.leader.pk if content.leader else None,
        content.responsibility,
        content.product,
    )
    if lacks := rules.missing(five):
        from dienhong.work.actions.common import FIVE_WORDS

        said = ", ".join(str(FIVE_WORDS[name]) for name in lacks)
        row.wrong.append(_t("The programme is adopted; the task lacks: %(lacks)s.") % {"lacks": said})


__all__ = ["BadTable", "Plan", "Row", "plan", "words"]
