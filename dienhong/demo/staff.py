"""The synthetic staff of the Office, the members of the Standing Committee and of the committees, and the personas."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from dienhong.demo import names
from dienhong.demo.cast import enter_with_account
from dienhong.demo.deputies import SEED, SOURCE
from dienhong.foundation.access.actor import Actor
from dienhong.foundation.facts import Mark
from dienhong.people import actions as people
from dienhong.people.models import Body, BodyKind, Mandate, Person, Post, PostKind, Term

REFORM = dt.date(2025, 3, 7)  # NQ 74/2025/UBTVQH15: the new units of the Office
HEADS = {
    "Vụ": "Vụ trưởng", "Cục": "Cục trưởng", "Trung": "Giám đốc", "Thư": "Giám đốc", "Báo": "Tổng Biên tập",
    "Truyền": "Tổng Giám đốc", "Văn": "Chánh Văn phòng",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfficePersona:
    """A persona of the Office, head of one unit before the reform of 2025 and of another after it."""

    code: str
    name: str
    gender: str
    username: str
    persona: str
    before: str
    after: str
    duty: str


PERSONAS = (
    OfficePersona(
        "VP-001", "Trần Thị Khánh Vân", "f", "khanh.van", "thư ký kỳ họp",
        "vu-thu-ky", "vu-tong-hop-2025", "session_clerk",
    ),
    OfficePersona(
        "VP-002", "Đinh Công Ẩn", "m", "cong.an", "tổ chức cán bộ",
        "vu-to-chuc-can-bo", "vu-to-chuc-can-bo-2025", "registrar",
    ),
    OfficePersona(
        "VP-003", "Hồ Thị Ánh", "f", "thi.anh", "quản trị hệ thống",
        "trung-tam-tin-hoc", "vu-chuyen-doi-so", "system_keeper",
    ),
    OfficePersona(
        "VP-004", "Phan Thị Mỹ Ưng", "f", "my.ung", "trưởng đơn vị",
        "vu-tong-hop", "vu-hanh-chinh-2025", "unit_head",
    ),
)  # fmt: skip

SYNTHETIC: dict[str, Any] = {"mark": Mark.SYNTHETIC, "source": SOURCE}


def appoint(
    actor: Actor, at: dt.datetime, person: Person, body: Body, code: str, title: str, kind: str, duty: str,
    since: dt.date | None, until: dt.date | None, order: int = 100,
) -> Post:  # fmt: skip
    """Create a post for one and give it to the person for those days."""
    post = people.create_post(
        actor=actor, body=body, code=code, title=title, kind=kind, duties=[duty] if duty else [], seats=1, order=order,
        since=body.since, until=body.until, at=at, **SYNTHETIC,
    )  # fmt: skip
    people.give_post(actor=actor, person=person, post=post, since=since, until=until, at=at, **SYNTHETIC)
    return post


def head_title(name: str) -> str:
    """What the head of a unit with this name is called."""
    return HEADS.get(name.split(" ")[0], "Trưởng đơn vị")


def load_staff(actor: Actor, at: dt.datetime) -> int:
    """Every unit of the Office has a head, a deputy head and two experts; those of the old units go on in the new."""
    begins = Term.objects.get(label="XV").since
    avoid = set(Person.objects.values_list("full_name", flat=True)) | {row.name for row in PERSONAS}
    chance = random.Random(SEED + 3)
    kinds = [BodyKind.DEPARTMENT, BodyKind.PUBLIC_UNIT]
    units = list(Body.objects.filter(kind__in=kinds).prefetch_related("names").order_by("pk"))
    taken = _load_personas(actor, at, begins)
    pool: list[Person] = []
    for unit in [u for u in units if u.since is None]:
        for number, (title, kind, duty) in enumerate(_posts(unit, taken), 1):
            person = _enter(actor, at, chance, avoid, len(pool) + 101)
            pool.append(person)
            code = f"{unit.code}-{number}"
            appoint(actor, at, person, unit, code, title, kind, duty, begins, unit.until, number)
    people_left = list(pool)
    for unit in [u for u in units if u.since is not None]:
        for number, (title, kind, duty) in enumerate(_posts(unit, taken), 1):
            person = people_left.pop(0) if people_left else _enter(actor, at, chance, avoid, len(pool) + 101)
            appoint(actor, at, person, unit, f"{unit.code}-{number}", title, kind, duty, REFORM, None, number)
    return len(pool)


def _posts(unit: Body, taken: set[str]) -> list[tuple[str, str, str]]:
    name = next(iter(unit.names.all())).name
    head = head_title(name)
    posts: list[tuple[str, str, str]] = [
        (head, PostKind.HEAD, "unit_head"),
        (f"Phó {head}", PostKind.DEPUTY_HEAD, "staff"),
        ("Chuyên viên chính", PostKind.STAFF, "staff"),
        ("Chuyên viên", PostKind.STAFF, "staff"),
    ]
    return posts[1:] if unit.code in taken else posts


def _enter(actor: Actor, at: dt.datetime, chance: random.Random, avoid: set[str], number: int) -> Person:
    someone = names.made(chance, "", avoid)
    return people.enter_person(
        actor=actor, full_name=someone.full_name, code=f"VP-{number}", gender=someone.gender, born=someone.born,
        ethnicity=someone.ethnicity, at=at, **SYNTHETIC,
    )  # fmt: skip


def _load_personas(actor: Actor, at: dt.datetime, begins: dt.date | None) -> set[str]:
    """The personas of the Office with their accounts; gives back the units whose head they are."""
    bodies = {body.code: body for body in Body.objects.all()}
    for row in PERSONAS:
        person, _account = enter_with_account(actor, at, row.code, row.name, row.gender, row.username, row.persona)
        before, after = bodies[row.before], bodies[row.after]
        for unit, since, until in ((before, begins, before.until), (after, REFORM, None)):
            title = head_title(next(iter(unit.names.all())).name)
            appoint(actor, at, person, unit, f"{unit.code}-dung-dau", title, PostKind.HEAD, row.duty, since, until, 0)
    return {row.before for row in PERSONAS} | {row.after for row in PERSONAS}


def load_chair(actor: Actor, at: dt.datetime) -> None:
    """The post of the chair of the assembly with its duty, held by the synthetic chair in both terms."""
    assembly = Body.objects.get(code="quoc-hoi")
    person = Person.objects.get(code="QH-001")
    term = Term.objects.get(label="XV")
    appoint(actor, at, person, assembly, "chu-toa", "Chủ tọa", PostKind.HEAD, "chair", term.since, None, 1)


def load_standing_committee(actor: Actor, at: dt.datetime) -> int:
    """Eighteen members of the Standing Committee in each term: a chair, four vice-chairs, thirteen members."""
    body = Body.objects.get(code="ubtvqh")
    posts = [
        people.create_post(
            actor=actor, body=body, code=code, title=title, title_english=english, kind=kind, seats=seats, order=order,
            at=at, **SYNTHETIC,
        )
        for code, title, english, kind, seats, order in (
            ("ubtvqh-chu-tich", "Chủ tịch", "Chair", PostKind.HEAD, 1, 1),
            ("ubtvqh-pho-chu-tich", "Phó Chủ tịch", "Vice-Chair", PostKind.DEPUTY_HEAD, 4, 2),
            ("ubtvqh-uy-vien", "Ủy viên", "Member", PostKind.MEMBER, 13, 3),
        )
    ]  # fmt: skip
    seated = 0
    for label in ("XV", "XVI"):
        term = Term.objects.get(label=label)
        places = [posts[0]] + [posts[1]] * 4 + [posts[2]] * 13
        for person, post in zip(_members(term), places, strict=True):
            people.give_post(
                actor=actor, person=person, post=post, since=term.since, until=term.until, at=at, **SYNTHETIC
            )
            seated += 1
    return seated


def _members(term: Term) -> list[Person]:
    """The chair, the persona of a member, and others who stay to the end of the term, from all over the list."""
    mandates = Mandate.objects.filter(term=term, until=term.until).select_related("person").order_by("pk")
    stay = {mandate.person.code: mandate.person for mandate in mandates}
    first = [stay.pop(code) for code in ("QH-001", "DB-005") if code in stay]
    step = len(stay) // 18
    others = list(stay.values())[::step]
    chosen = [first[0], *others[:4], *first[1:], *others[4:]] if first else others
    return chosen[:18]


def load_committees(actor: Actor, at: dt.datetime) -> int:
    """A synthetic chair for the Ethnic Council, each committee and each board, before and after the reform of 2025."""
    term = Term.objects.get(label="XV")
    mandates = Mandate.objects.filter(term=term, until=term.until, full_time=True).select_related("person")
    persons = (m.person for m in mandates.order_by("pk") if "DB-012" < m.person.code < "QH")
    kinds = {BodyKind.COUNCIL: "Chủ tịch", BodyKind.COMMITTEE: "Chủ nhiệm", BodyKind.BOARD: "Trưởng ban"}
    seated = 0
    for body in Body.objects.filter(kind__in=kinds).order_by("pk"):
        since = max(day for day in (body.since, term.since) if day)
        until = min((day for day in (body.until, term.until) if day), default=None)
        title = "Viện trưởng" if body.code.startswith("vien-") else kinds[BodyKind(body.kind)]
        appoint(actor, at, next(persons), body, f"{body.code}-dung-dau", title, PostKind.HEAD, "", since, until, 1)
        seated += 1
    return seated
