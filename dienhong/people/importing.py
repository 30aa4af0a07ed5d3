"""Importing persons (nhập danh sách): a table becomes a plan that names every doubtful row before anything is written.

One row is one person, known by the office's code; the columns for a mandate and for a post may be there or not. Reading
the same table again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _t

from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import fold, nfc
from dienhong.people.models import Body, BodyName, Constituency, Holding, Mandate, Person, Post, Term
from dienhong.people.rules import overlap
from dienhong.people.tables import BadTable, columns, read_table

#: Heads of columns, folded, that name a field: as Vietnamese offices write them, and in English.
HEADS: dict[str, tuple[str, ...]] = {
    "code": ("code", "ma", "ma so", "ma nguoi", "so hieu"),
    "full_name": ("full name", "name", "ho va ten", "ho ten", "ho, chu dem va ten"),
    "gender": ("gender", "sex", "gioi tinh", "nam/nu"),
    "born": ("born", "date of birth", "birth date", "ngay sinh", "ngay, thang, nam sinh"),
    "ethnicity": ("ethnicity", "dan toc"),
    "term": ("term", "khoa", "nhiem ky"),
    "delegation": ("delegation", "doan", "doan dbqh", "doan dai bieu", "doan dai bieu quoc hoi"),
    "constituency": ("constituency", "don vi bau cu", "don vi bau cu so", "don vi"),
    "full_time": ("full time", "chuyen trach"),
    "post": ("post", "post code", "ma chuc danh", "ma vi tri"),
    "since": ("since", "from", "tu ngay", "ngay nhan nhiem vu", "ngay bo nhiem"),
    "until": ("until", "to", "den ngay"),
    "basis": ("basis", "can cu", "quyet dinh", "so quyet dinh"),
}
NEEDED = ("code", "full_name")
YES, NO = {"x", "co", "yes", "1", "true", "chuyen trach"}, {"", "khong", "no", "0", "false", "kiem nhiem"}
GENDERS = {"nam": "m", "m": "m", "male": "m", "nu": "f", "f": "f", "female": "f", "": ""}


@dataclass(slots=True)
class Row:
    """One row of the table: what it would do, what is wrong with it, what is doubtful."""

    line: int
    code: str = ""
    full_name: str = ""
    gender: str = ""
    born: dt.date | None = None
    ethnicity: str = ""
    term: Term | None = None
    delegation: Body | None = None
    constituency: Constituency | None = None
    full_time: bool = False
    post: Post | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    basis: str = ""
    person: Person | None = None
    changes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    new_mandate: bool = False
    new_holding: bool = False
    added: bool = False  # set when it was written

    @property
    def status(self) -> str:
        """ "wrong", "new", "changed" or "same"."""
        if self.wrong:
            return "wrong"
        if self.person is None or self.added:
            return "new"
        return "changed" if self.changes or self.new_mandate or self.new_holding else "same"


@dataclass(slots=True)
class Plan:
    """What importing a table would do, row by row."""

    rows: list[Row]
    unknown: list[str]  # heads of columns that are not understood and not read
    source: str = ""
    mark: str = Mark.OFFICE

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.wrong]

    @property
    def doubtful(self) -> list[Row]:
        return [row for row in self.rows if row.doubts and not row.wrong]


@dataclass(slots=True)
class _Known:
    """What the register holds, read once for the whole table."""

    persons: dict[str, Person]
    twins: dict[tuple[str, dt.date | None], list[Person]]
    terms: dict[str, Term]
    delegations: dict[str, Body]
    constituencies: dict[tuple[int, int, int], Constituency]
    posts: dict[str, Post]
    mandates: set[tuple[int, int]]
    holdings: dict[tuple[int, int], list[tuple[dt.date | None, dt.date | None]]]


def plan(content: bytes, name: str, today: dt.date) -> Plan:
    """Read a table and say what importing it would do. Raises BadTable when it is no table, or a column is missing."""
    table = read_table(content, name)
    places, unknown = columns(table[0], HEADS)
    missing = [f for f in NEEDED if f not in places]
    if missing:
        raise BadTable(
            _t("The table has no column “%(column)s”. Its head says: %(head)s.")
            % {"column": _t("Code") if missing[0] == "code" else _t("Full name"), "head": ", ".join(table[0])},
            field="file",
        )
    known = _known()
    seen: dict[str, int] = {}
    rows = []
    for line, cells in enumerate(table[1:], 2):
        if not any(cells):
            continue
        values = {f: cells[p] if p < len(cells) else "" for f, p in places.items()}
        rows.append(_row(line, values, known, seen, today))
    return Plan(rows, unknown, source=name)


def _known() -> _Known:
    persons = {person.code: person for person in Person.objects.all()}
    twins: dict[tuple[str, dt.date | None], list[Person]] = {}
    for person in persons.values():
        twins.setdefault((person.folded, person.born), []).append(person)
    delegations: dict[str, Body] = {}
    for row in BodyName.objects.filter(body__kind="delegation").select_related("body"):
        delegations[row.folded] = delegations[fold(row.body.code)] = row.body
    holdings: dict[tuple[int, int], list[tuple[dt.date | None, dt.date | None]]] = {}
    for who, post, since, until in Holding.objects.values_list("person_id", "post_id", "since", "until"):
        holdings.setdefault((who, post), []).append((since, until))
    return _Known(
        persons,
        twins,
        {fold(term.label): term for term in Term.objects.all()},
        delegations,
        {(c.term_id, c.delegation_id, c.number): c for c in Constituency.objects.all()},
        {fold(post.code): post for post in Post.objects.select_related("body")},
        set(Mandate.objects.values_list("person_id", "term_id")),
        holdings,
    )


def _row(line: int, values: dict[str, str], known: _Known, seen: dict[str, int], today: dt.date) -> Row:
    row = Row(line)
    _read_person(row, values, today)
    if row.code in seen:
        row.wrong.append(_t("The code stands already in row %(line)s.") % {"line": seen[row.code]})
    elif row.code:
        seen[row.code] = line
    row.person = known.persons.get(row.code)
    _compare(row, known)
    _read_mandate(row, values, known)
    _read_post(row, values, known)
    return row


def day_from(text: str) -> dt.date | None:
    """A day written as 24/11/2023, 24-11-2023, 24.11.2023 or 2023-11-24. Raises ValueError."""
    if not text:
        return None
    numbers = re.fullmatch(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})", text)
    if not numbers:
        raise ValueError(text)
    first, month, last = (int(n) for n in numbers.groups())
    return dt.date(first, month, last) if first > 31 else dt.date(last, month, first)


def _day(row: Row, text: str, words: str) -> dt.date | None:
    try:
        return day_from(text)
    except ValueError:
        row.wrong.append(_t("%(field)s “%(text)s” is no day.") % {"field": words, "text": text})
        return None


def _read_person(row: Row, values: dict[str, str], today: dt.date) -> None:
    row.code, row.full_name = values["code"], nfc(values["full_name"])
    if not row.code:
        row.wrong.append(_t("The code is missing."))
    elif len(row.code) > 40:
        row.wrong.append(_t("The code is longer than 40 characters."))
    if len(row.full_name) < 2:
        row.wrong.append(_t("The full name is missing."))
    elif len(row.full_name) > 200:
        row.wrong.append(_t("The full name is longer than 200 characters."))
    elif " " not in row.full_name or any(c.isdigit() for c in row.full_name) or row.full_name.isupper():
        row.doubts.append(_t("The name looks unusual: %(name)s.") % {"name": row.full_name})
    gender = fold(values.get("gender", ""))
    if gender in GENDERS:
        row.gender = GENDERS[gender]
    else:
        row.wrong.append(_t("Gender “%(text)s” is neither Nam nor Nữ.") % {"text": values["gender"]})
    row.born = _day(row, values.get("born", ""), _t("Date of birth"))
    if row.born and row.born > today:
        row.wrong.append(_t("The date of birth lies in the future."))
    elif row.born and not 18 <= (today - row.born).days / 365.25 <= 100:
        row.doubts.append(_t("Born on %(day)s: younger than 18 or older than 100.") % {"day": f"{row.born:%d/%m/%Y}"})
    row.ethnicity = values.get("ethnicity", "")


def _compare(row: Row, known: _Known) -> None:
    if row.person is None:
        for twin in known.twins.get((fold(row.full_name), row.born), []):
            row.doubts.append(
                _t("%(name)s, code %(code)s, has the same name and date of birth.")
                % {"name": twin.full_name, "code": twin.code}
            )
        return
    pairs: tuple[tuple[str, object, object], ...] = (
        ("full_name", row.person.full_name, row.full_name),
        ("gender", row.person.gender, row.gender),
        ("born", row.person.born, row.born),
        ("ethnicity", row.person.ethnicity, row.ethnicity),
    )
    row.changes = [name for name, old, new in pairs if new not in {"", None} and old != new]
    if "full_name" in row.changes and fold(row.person.full_name) != fold(row.full_name):
        row.doubts.append(
            _t("The code belongs to %(old)s; the table says %(new)s.")
            % {"old": row.person.full_name, "new": row.full_name}
        )


def _read_mandate(row: Row, values: dict[str, str], known: _Known) -> None:
    term, delegation = values.get("term", ""), values.get("delegation", "")
    if not term and not delegation:
        return
    if not term or not delegation:
        row.wrong.append(_t("A mandate needs both term and delegation."))
        return
    row.term = known.terms.get(fold(term))
    if row.term is None:
        row.wrong.append(_t("Term “%(text)s” is not in the register.") % {"text": term})
    name = re.sub(r"^doan (dai bieu quoc hoi|dbqh)? ?(tinh|thanh pho)? ?", "", fold(delegation))
    row.delegation = known.delegations.get(name) or known.delegations.get(fold(delegation))
    if row.delegation is None:
        row.wrong.append(_t("Delegation “%(text)s” is not in the register.") % {"text": delegation})
    number = re.sub(r"\D", "", values.get("constituency", ""))
    if number and row.term and row.delegation:
        row.constituency = known.constituencies.get((row.term.pk, row.delegation.pk, int(number)))
        if row.constituency is None:
            row.doubts.append(
                _t("Constituency %(number)s of this delegation is not in the register.") % {"number": number}
            )
    full_time = fold(values.get("full_time", ""))
    if full_time in YES | NO:
        row.full_time = full_time in YES
    else:
        row.wrong.append(_t("“%(text)s” does not say whether full-time.") % {"text": values["full_time"]})
    row.since = _day(row, values.get("since", ""), _t("From"))
    row.new_mandate = bool(
        row.term and row.delegation and (row.person is None or (row.person.pk, row.term.pk) not in known.mandates)
    )


def _read_post(row: Row, values: dict[str, str], known: _Known) -> None:
    if not values.get("post"):
        return
    row.post = known.posts.get(fold(values["post"]))
    if row.post is None:
        row.wrong.append(
            _t("%(field)s “%(text)s” is not in the register.") % {"field": _t("Post"), "text": values["post"]}
        )
        return
    row.since = row.since or _day(row, values.get("since", ""), _t("From"))
    row.until = _day(row, values.get("until", ""), _t("Until"))
    row.basis = values.get("basis", "")[:300]
    if row.since is None:
        row.wrong.append(_t("A post needs the day from which it is held."))
    elif row.until and row.until < row.since:
        row.wrong.append(_t("The last day lies before the first."))
    held = known.holdings.get((row.person.pk, row.post.pk), []) if row.person else []
    row.new_holding = not any(overlap(span, (row.since, row.until)) for span in held)
