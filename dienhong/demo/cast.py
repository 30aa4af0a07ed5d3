"""The cast (các nhân vật): a few named people who stand for all, made through actions. Every person is synthetic.

The same cast opens the demonstration and plays in the tests.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from dienhong.foundation import clock
from dienhong.foundation.access.actions import create_account
from dienhong.foundation.access.actor import Actor, keeper
from dienhong.foundation.access.models import Account
from dienhong.foundation.facts import Mark
from dienhong.people import actions as people
from dienhong.people.models import Body, BodyKind, Mandate, Person, Post, PostKind, Term
from dienhong.people.queries import actor_of

TERM_BEGINS = dt.date(2021, 7, 20)
#: The day on which the demonstration lives: the Telecommunications Law was passed on it.
DAY = dt.date(2023, 11, 24)
PASSWORD = "dien-hong-demo-2023"


@dataclass(slots=True)
class Cast:
    """Everyone and everything of the smallest office that can hold a vote."""

    term: Term
    assembly: Body
    standing_committee: Body
    office: Body
    secretariat: Body
    personnel: Body
    digital: Body
    delegations: list[Body]
    clerk: Account
    chair: Account
    registrar: Account
    keeper: Account
    deputies: list[Person] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)

    def actor(self, account: Account) -> Actor:
        """The account as an actor."""
        return actor_of(account)

    def deputy_actor(self, place: int) -> Actor:
        """The deputy at this place of the list as an actor."""
        account = self.deputies[place].account
        assert account is not None
        return actor_of(account)


def at_eight(day: dt.date = DAY) -> dt.datetime:
    """Eight in the morning of that day."""
    return clock.moment(day)


DEPUTIES: tuple[tuple[str, str, int], ...] = (
    ("Hoàng Thị Ngọc Ước", "f", 0),
    ("Đỗ Quốc Khuyến", "m", 0),
    ("Nguyễn Thị Phượng Liên", "f", 0),
    ("Ksor Y Nghiêm", "m", 1),
    ("Trịnh Văn Lưỡng", "m", 1),
    ("Lê Đức Thiệu", "m", 1),
    ("Phạm Ngô Diễm Quỳnh", "f", 1),
    ("Nguyễn Tuấn Ẩn", "m", 2),
    ("Vừ Thị Mỷ", "f", 2),
    ("Thạch Sa Rương", "m", 2),
    ("Lò Thị Đào", "f", 2),
    ("Bùi Thị Quế Ân", "f", 2),
)

DELEGATIONS = (("doan-lang-son", "Lạng Sơn"), ("doan-gia-lai", "Gia Lai"), ("doan-quang-tri", "Quảng Trị"))

DEPARTMENTS = (
    ("vu-thu-ky", "Vụ Thư ký", 1),
    ("vu-to-chuc-can-bo", "Vụ Tổ chức - Cán bộ", 2),
    ("trung-tam-tin-hoc", "Trung tâm Tin học", 3),
)

#: code, name, gender, user name, persona, where the post stands, its code and title, its duty
OFFICERS = (
    (
        *("VP-001", "Trần Thị Khánh Vân", "f", "khanh.van", "thư ký kỳ họp"),
        *("vu-thu-ky", "truong-vu-thu-ky", "Vụ trưởng", "session_clerk"),
    ),
    (*("QH-001", "Lương Minh Thái", "m", "minh.thai", "chủ tọa"), *("assembly", "chu-toa", "Chủ tọa", "chair")),
    (
        *("VP-002", "Đinh Công Ẩn", "m", "cong.an", "tổ chức cán bộ"),
        *("vu-to-chuc-can-bo", "truong-vu-tccb", "Vụ trưởng", "registrar"),
    ),
    (
        *("VP-003", "Hồ Thị Ánh", "f", "thi.anh", "quản trị hệ thống"),
        *("trung-tam-tin-hoc", "giam-doc-tin-hoc", "Giám đốc", "system_keeper"),
    ),
)

_SYNTHETIC: dict[str, Any] = {"mark": Mark.SYNTHETIC, "source": "nhân vật minh họa"}


def found_house(actor: Actor, at: dt.datetime) -> dict[str, Body]:
    """The bodies that every office has: the assembly, its Standing Committee, the Office and three departments."""

    def found(code: str, kind: str, name: str, english: str, parent: Body | None = None, order: int = 0) -> Body:
        return people.found_body(
            actor=actor, code=code, kind=kind, name=name, english=english, parent=parent, order=order, at=at
        )

    assembly = found("quoc-hoi", BodyKind.ASSEMBLY, "Quốc hội", "National Assembly")
    standing = found(
        "ubtvqh", BodyKind.STANDING_COMMITTEE, "Ủy ban Thường vụ Quốc hội", "Standing Committee", assembly, 1
    )
    office = found("vpqh", BodyKind.OFFICE, "Văn phòng Quốc hội", "Office of the National Assembly", assembly, 90)
    return {"assembly": assembly, "standing_committee": standing, "office": office}


def give_duty(
    actor: Actor, at: dt.datetime, person: Person, body: Body, code: str, title: str, kind: str, duty: str
) -> Post:
    """Create a post with one duty and give it to the person from the beginning of the term."""
    post = people.create_post(
        actor=actor, body=body, code=code, title=title, kind=kind, duties=[duty], seats=1, at=at, **_SYNTHETIC
    )
    people.give_post(actor=actor, person=person, post=post, since=TERM_BEGINS, at=at, **_SYNTHETIC)
    return post


def enter_with_account(
    actor: Actor, at: dt.datetime, code: str, full_name: str, gender: str, username: str, persona: str = ""
) -> tuple[Person, Account]:
    """A synthetic person who can sign in."""
    person = people.enter_person(actor=actor, full_name=full_name, code=code, gender=gender, at=at, **_SYNTHETIC)
    account = create_account(actor=actor, username=username, label=full_name, persona=persona, at=at)
    return people.give_account(actor=actor, person=person, account=account, at=at), account


def assemble(at: dt.datetime | None = None) -> Cast:
    """Make the cast in an empty office."""
    at = at or at_eight(TERM_BEGINS)
    by = keeper("demo")
    term = people.open_term(actor=by, number=15, label="XV", since=TERM_BEGINS, at=at)
    house = found_house(by, at)
    assembly, office = house["assembly"], house["office"]
    departments = [_department(by, at, office, *words) for words in DEPARTMENTS]
    delegations = [
        people.found_body(
            actor=by, code=code, kind=BodyKind.DELEGATION, name=name, parent=assembly, order=10 + n, at=at
        )
        for n, (code, name) in enumerate(DELEGATIONS)
    ]
    places = {"assembly": assembly, **{body.code: body for body in departments}}
    accounts = []
    for code, full_name, gender, username, persona, place, post, title, duty in OFFICERS:
        person, account = enter_with_account(by, at, code, full_name, gender, username, persona)
        give_duty(by, at, person, places[place], post, title, PostKind.HEAD, duty)
        accounts.append(account)
    secretariat, personnel, digital = departments
    clerk, chair, registrar, system = accounts
    cast = Cast(
        term=term,
        assembly=assembly,
        standing_committee=house["standing_committee"],
        office=office,
        secretariat=secretariat,
        personnel=personnel,
        digital=digital,
        delegations=delegations,
        clerk=clerk,
        chair=chair,
        registrar=registrar,
        keeper=system,
    )
    _seat_deputies(cast, by, at)
    return cast


def _department(by: Actor, at: dt.datetime, office: Body, code: str, name: str, order: int) -> Body:
    return people.found_body(
        actor=by, code=code, kind=BodyKind.DEPARTMENT, name=name, parent=office, order=order, at=at
    )


def _seat_deputies(cast: Cast, by: Actor, at: dt.datetime) -> None:
    for n, (name, gender, place) in enumerate(DEPUTIES):
        person, _account = enter_with_account(by, at, f"DB-{n + 1:03}", name, gender, f"dai.bieu.{n + 1}")
        cast.mandates.append(
            people.confirm_mandate(
                actor=by,
                person=person,
                term=cast.term,
                delegation=cast.delegations[place],
                since=TERM_BEGINS,
                at=at,
                **_SYNTHETIC,
            )
        )
        cast.deputies.append(person)
