"""The synthetic programmes of 2023 and 2024 (chương trình công tác minh họa), loaded through actions.

What the Office set itself for 2024 is public only in numbers: eleven key tasks, ten groups of the administration, seven
of the union. The tasks themselves, who does them and when they were done are made up.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dienhong.demo.cast import give_duty
from dienhong.demo.deputies import SEED, SOURCE
from dienhong.demo.names import made
from dienhong.demo.programme_day import load_days
from dienhong.foundation import clock
from dienhong.foundation.access.actions import create_account
from dienhong.foundation.access.actor import Actor
from dienhong.foundation.facts import Mark
from dienhong.foundation.folding import fold
from dienhong.people import actions as people
from dienhong.people.models import Body, BodyKind, Holding, Person, PostKind
from dienhong.work import actions, rules
from dienhong.work import queries as work
from dienhong.work.content import Content, Past
from dienhong.work.models import Line, Programme, TaskGroup
from dienhong.work.rules import Facts

PLAN = Path(__file__).with_name("programme.toml")
LATE_WHY = (
    "Chờ ý kiến của cơ quan phối hợp", "Hồ sơ gửi đến muộn", "Tập trung phục vụ kỳ họp bất thường",
    "Thay đổi nội dung theo kết luận của Ủy ban Thường vụ Quốc hội", "Chờ bố trí kinh phí",
)  # fmt: skip
PUT_OFF_WHY = ("Điều chỉnh chương trình kỳ họp", "Bổ sung nội dung theo chỉ đạo", "Chờ văn bản hướng dẫn")


@dataclass(slots=True)
class Staff:
    """Who does the work: the leaders of the Office, and the staff of each unit."""

    leaders: list[Person]
    keeper: Person
    units: dict[str, Body]
    people: dict[int, list[Person]]


def load_programmes(actor: Actor, at: dt.datetime) -> int:
    """The programmes of 2023, with what became of them by the day, and the drafts of 2024; how many tasks."""
    plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    staff = _staff(actor, at)
    chance = random.Random(SEED + 11)
    count = sum(_programme(actor, at, row, staff, chance) for row in plan["programme"])
    own = Programme.objects.get(year=2023, line=Line.ADMINISTRATION)
    load_days(actor, own.pk, at)
    _let_in(actor, at, staff)
    return count


def _let_in(actor: Actor, at: dt.datetime, staff: Staff) -> None:
    """Personas who have tasks: the leader in charge of the most, and who has the most to do in the secretariat."""
    busiest = work.open_by_person(staff.units["vu-thu-ky"].pk)
    personas = ((staff.leaders[1], "lãnh đạo Văn phòng"), (Person.objects.get(pk=busiest[0]), "chuyên viên"))
    for person, persona in personas:
        username = ".".join(fold(person.full_name).split()[-2:])
        account = create_account(actor=actor, username=username, label=person.full_name, persona=persona, at=at)
        people.give_account(actor=actor, person=person, account=account, at=at)


def _staff(actor: Actor, at: dt.datetime) -> Staff:
    office = Body.objects.get(code="vpqh")
    avoid = set(Person.objects.values_list("full_name", flat=True))
    chance = random.Random(SEED + 12)
    leaders = []
    for n in (1, 2, 3):
        someone = made(chance, "", avoid)
        person = people.enter_person(
            actor=actor, full_name=someone.full_name, code=f"LD-{n:03}", gender=someone.gender, born=someone.born,
            ethnicity=someone.ethnicity, mark=Mark.SYNTHETIC, source=SOURCE, at=at,
        )  # fmt: skip
        title, kind = ("Phó Chủ nhiệm", PostKind.DEPUTY_HEAD)
        give_duty(actor, at, person, office, f"pho-chu-nhiem-{n}", title, kind, "office_leader")
        leaders.append(person)
    _give_lines(actor, at, office)
    units = {
        body.code: body
        for body in Body.objects.filter(kind__in=[BodyKind.DEPARTMENT, BodyKind.PUBLIC_UNIT, BodyKind.PARTY,
                                                  BodyKind.UNION])
    }  # fmt: skip
    held: dict[int, list[Person]] = {}
    day = dt.date(2023, 11, 1)
    for holding in Holding.objects.filter(post__body__in=units.values()).select_related("person", "post"):
        if (holding.since is None or holding.since <= day) and (holding.until is None or holding.until >= day):
            held.setdefault(holding.post.body_id, []).append(holding.person)
    keeper = Person.objects.get(code="VP-004")
    return Staff(leaders, keeper, units, held)


def _give_lines(actor: Actor, at: dt.datetime, office: Body) -> None:
    """The Party's and the union's organisation of the Office, with a post for people who are there already."""
    staff = list(Person.objects.filter(code__startswith="VP-1").order_by("code")[:8])
    rows: tuple[tuple[str, str, str, str, list[Person]], ...] = (
        ("dang-bo-vpqh", BodyKind.PARTY, "Đảng bộ cơ quan Văn phòng Quốc hội", "Ủy viên Ban Chấp hành", staff[:4]),
        ("cong-doan-vpqh", BodyKind.UNION, "Công đoàn Văn phòng Quốc hội", "Ủy viên Ban Chấp hành", staff[4:]),
    )
    for code, kind, name, title, members in rows:
        body = Body.objects.filter(kind=kind).first() or people.found_body(
            actor=actor, code=code, kind=kind, name=name, parent=office, order=80, mark=Mark.SYNTHETIC, source=SOURCE,
            at=at,
        )  # fmt: skip
        for n, person in enumerate(members, 1):
            give_duty(actor, at, person, body, f"{body.code}-uy-vien-{n}", title, PostKind.MEMBER, "staff")
    person = Person.objects.get(code="VP-004")
    give_duty(
        actor, at, person, office, "tong-hop-chuong-trinh", "Phụ trách tổng hợp chương trình", PostKind.STAFF,
        "programme_keeper",
    )  # fmt: skip


def _programme(actor: Actor, at: dt.datetime, row: dict[str, Any], staff: Staff, chance: random.Random) -> int:
    year, line = int(row["year"]), Line(row["line"])
    programme = actions.draft_programme(
        actor=actor, year=year, line=line, title=row["title"], mark=Mark.SYNTHETIC, source=SOURCE, at=at
    )
    rows: list[Past] = []
    for n, group in enumerate(row["group"], 1):
        place = actions.add_group(actor=actor, programme_id=programme.pk, title=group["title"], order=n, at=at)
        for m, task in enumerate(group["tasks"], 1):
            rows.append(_task(f"{n}.{m}", task, group, place, programme, staff, chance))
    if year == 2023 and line == Line.ADMINISTRATION:
        rows += _reports(actor, at, programme, len(row["group"]) + 1, staff, chance)
    count = actions.load_tasks(actor=actor, programme_id=programme.pk, rows=rows, at=at)
    if row.get("basis"):
        actions.adopt_programme(
            actor=actor, programme_id=programme.pk, basis=row["basis"], at=clock.moment(dt.date(year, 1, 12))
        )
    return count


def _reports(
    actor: Actor, at: dt.datetime, programme: Programme, order: int, staff: Staff, chance: random.Random
) -> list[Past]:
    """A report of each unit in each quarter: the work that comes again."""
    title = "Báo cáo định kỳ của các đơn vị"
    place = actions.add_group(actor=actor, programme_id=programme.pk, title=title, order=order, at=at)
    units = [body for body in staff.units.values() if body.since is None and body.kind == BodyKind.DEPARTMENT]
    rows: list[Past] = []
    for unit in units[:12]:
        group = {"lead": unit.code, "basis": "Quy chế làm việc của Văn phòng", "to": "Vụ Tổng hợp"}
        name = next(iter(unit.names.all())).name
        for n, quarter in enumerate(("I", "II", "III", "IV"), 1):
            said = f"Báo cáo công tác quý {quarter} của {name} | quý {n}/2023 | Báo cáo quý"
            number = f"{order}.{len(rows) + 1}"
            rows.append(_task(number, said, group, place, programme, staff, chance))
    return rows


def _task(
    number: str, said: str, group: dict[str, Any], place: TaskGroup, programme: Programme, staff: Staff,
    chance: random.Random,
) -> Past:  # fmt: skip
    """A task from a line of the plan: "title | deadline | product", a star before a key task."""
    key = said.startswith("*")
    title, deadline, product = (part.strip() for part in said.lstrip("* ").split("|"))
    body = staff.units.get(group["lead"]) or next(b for b in staff.units.values() if b.kind == group["lead"])
    doers = staff.people.get(body.pk) or [staff.keeper]
    joint = [staff.units[code] for code in group.get("with", []) if code in staff.units]
    rule = rules.read_deadline(fold(deadline), programme.year)
    content = Content(
        title=title, lead_body=body, lead_person=chance.choice(doers[1:] or doers), group=place, product=product,
        leader=staff.leaders[place.order % 3], coordinating=tuple(chance.sample(joint, min(len(joint), 2))),
        due_rule=rule, key=key, basis=group.get("basis", ""), recipient=group.get("to", "Chủ nhiệm Văn phòng Quốc hội"),
        responsibility=group.get("answers", ""),
    )  # fmt: skip
    if programme.year > 2023:
        due = rules.last_day(rule, {"XV-7": dt.date(2024, 5, 20), "XV-8": dt.date(2024, 10, 21)})
        return Past(number, content, Facts(due=due))
    return _lived(number, content, staff, chance)


def _lived(number: str, content: Content, staff: Staff, chance: random.Random) -> Past:
    """What became of a task of 2023 by the morning of the demonstration: most done in time, some late, some open."""
    due = rules.last_day(content.due_rule, {"XV-5": dt.date(2023, 5, 22), "XV-6": dt.date(2023, 10, 23)})
    assert due is not None
    today, assigned = dt.date(2023, 11, 24), dt.date(2023, 1, 12)
    started = max(assigned, due - dt.timedelta(days=chance.randint(30, 75)))
    by = staff.leaders[0]
    if due > today or ((today - due).days < 60 and chance.random() < 0.45):  # still to come, or overdue now
        begun = started if started <= today and chance.random() < 0.7 else None
        paused = dt.date(2023, 11, 6) if chance.random() < 0.06 else None
        return Past(number, content, Facts(assigned, begun, None, None, paused, None, due), assigned_by=by)
    late = chance.random() < 0.16
    done = due + dt.timedelta(days=chance.randint(1, 24)) if late else due - dt.timedelta(days=chance.randint(0, 18))
    done = min(max(done, started), today - dt.timedelta(days=1))
    confirmed = None if chance.random() < 0.03 else min(done + dt.timedelta(days=chance.randint(0, 4)), today)
    facts = Facts(assigned, started, done, confirmed, None, None, due)
    put_off = chance.random() < 0.1
    document = f"{chance.randint(101, 3800)}/{chance.choice(('BC', 'TTr', 'KH', 'TB', 'CV'))}-VPQH"
    return Past(
        number, content, facts,
        first_rule=f"day:{due - dt.timedelta(days=20)}" if put_off else "",
        first_due=due - dt.timedelta(days=20) if put_off else None,
        extension_reason=chance.choice(PUT_OFF_WHY) if put_off else "", approver=by if put_off else None,
        result=f"{content.product} ({document})", late_reason=chance.choice(LATE_WHY) if done > due else "",
        assigned_by=by, evidence=(content.product, document),
    )  # fmt: skip
