"""The synthetic deputies (đại biểu minh họa) of terms XV and XVI: as many on every day as the published shares tell.

Names, births and causes are made up and marked so. What is real is only how many deputies there were, and in which
delegations: the totals of `TOTALS` follow from the published votes of the record.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

from dienhong.demo import names, reading
from dienhong.demo.cast import DELEGATIONS as CAST_DELEGATIONS
from dienhong.demo.cast import DEPUTIES as CAST_DEPUTIES
from dienhong.foundation.access.actions import NewAccount, create_accounts
from dienhong.foundation.access.actor import Actor
from dienhong.foundation.access.models import Account
from dienhong.foundation.facts import Mark
from dienhong.people import actions as people
from dienhong.people.actions import NewDeputy, confirm_deputies, merge_delegations
from dienhong.people.models import Body, BodyKind, Constituency, Mandate, Seat, Status, Term, on

SEED = 20231124
SOURCE = "nhân vật minh họa"
FULL_TIME = 0.386  # share of full-time deputies of term XV
GROUPS = 19
MERGER = dt.date(2025, 7, 1)
#: Elected in 2021 in this delegation but not confirmed: one seat fewer than its constituencies have.
UNCONFIRMED = "doan-binh-duong"
CHAIR = ("QH-001", "Lương Minh Thái", "minh.thai")

#: How many deputies from which day on, after those of the first day. Each day lies between two published votes.
TOTALS = (
    (dt.date(2022, 5, 5), 498),
    (dt.date(2022, 12, 30), 497),
    (dt.date(2023, 1, 4), 496),
    (dt.date(2023, 1, 19), 495),
    (dt.date(2023, 5, 22), 494),
    (dt.date(2024, 1, 16), 492),
    (dt.date(2024, 3, 22), 491),
    (dt.date(2024, 5, 3), 489),
    (dt.date(2024, 6, 14), 487),
    (dt.date(2024, 6, 26), 486),
    (dt.date(2024, 8, 27), 483),
    (dt.date(2024, 10, 22), 479),
    (dt.date(2025, 1, 15), 478),
    (dt.date(2025, 8, 4), 476),
    (dt.date(2025, 10, 20), 474),
    (dt.date(2025, 12, 2), 473),
)

CAUSES = (
    (Status.RESIGNED, "Thôi làm nhiệm vụ đại biểu theo nguyện vọng (minh họa)"),
    (Status.RESIGNED, "Thôi làm nhiệm vụ đại biểu do nhận công tác khác (minh họa)"),
    (Status.DECEASED, "Từ trần (minh họa)"),
    (Status.RESIGNED, "Thôi làm nhiệm vụ đại biểu vì lý do sức khỏe (minh họa)"),
    (Status.DISMISSED, "Bãi nhiệm (minh họa)"),
    (Status.LOST, "Mất quyền đại biểu (minh họa)"),
)

PERSONAS = {
    1: "đại biểu Quốc hội, Đoàn Lạng Sơn",
    4: "đại biểu Quốc hội, Đoàn Gia Lai",
    5: "Ủy viên Ủy ban Thường vụ Quốc hội",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A delegation and how many deputies it sends."""

    body: Body
    slug: str
    seats: int


def places(term: str) -> list[Place]:
    """The delegations of a term in their order."""
    bodies = {body.code: body for body in Body.objects.filter(kind=BodyKind.DELEGATION)}
    column = f"seats_{term.lower()}"
    found = []
    for line in reading.table("delegations.csv"):
        seats = line.whole(column)
        if seats:
            code = line.text("code")
            fewer = 1 if term == "XV" and code == UNCONFIRMED else 0
            slug = code.removeprefix("doan-").removesuffix("-2025")
            found.append(Place(bodies[code], slug, seats - fewer))
    return found


def load_groups(actor: Actor, at: dt.datetime) -> None:
    """The discussion groups (tổ thảo luận) of term XV."""
    assembly = Body.objects.get(code="quoc-hoi")
    term = Term.objects.get(label="XV")
    for number in range(1, GROUPS + 1):
        people.found_body(
            actor=actor,
            code=f"to-{number:02}",
            kind=BodyKind.DISCUSSION_GROUP,
            name=f"Tổ {number}",
            english=f"Group {number}",
            parent=assembly,
            order=300 + number,
            since=term.since,
            until=term.until,
            mark=Mark.SYNTHETIC,
            source="tổ thảo luận minh họa, ghép từ các Đoàn",
            at=at,
        )


def grouped(found: list[Place]) -> dict[int, Body]:
    """The group of each delegation: the largest first, always into the group that is smallest so far."""
    groups = list(Body.objects.filter(kind=BodyKind.DISCUSSION_GROUP).order_by("code"))
    sizes = dict.fromkeys(range(len(groups)), 0)
    out = {}
    for place in sorted(found, key=lambda p: -p.seats):
        smallest = min(sizes, key=lambda n: (sizes[n], n))
        sizes[smallest] += place.seats
        out[place.body.pk] = groups[smallest]
    return out


def load_xv(actor: Actor, at: dt.datetime) -> int:
    """The 499 deputies of term XV with accounts that have no password."""
    term = Term.objects.get(label="XV")
    assert term.since is not None
    found = places("XV")
    group = grouped(found)
    chance = random.Random(SEED)
    avoid = {name for name, _gender, _place in CAST_DEPUTIES} | {CHAIR[1]}
    cast = _cast_by_delegation()
    rows: list[tuple[NewDeputy, str]] = []
    number = len(CAST_DEPUTIES)
    for place in found:
        seats = _seats_of(place, term)
        known = [(f"DB-{n:03}", name, gender, f"dai.bieu.{n}") for n, name, gender in cast.get(place.body.code, [])]
        if place.slug == "hai-phong":
            known.append((CHAIR[0], CHAIR[1], "m", CHAIR[2]))
        for seat in range(place.seats):
            someone = names.made(chance, place.slug, avoid)
            if seat < len(known):
                code, name, gender, username = known[seat]
            else:
                number += 1
                code, username = f"DB-{number:03}", f"dai.bieu.{number}"
                name, gender = someone.full_name, someone.gender
            row = NewDeputy(
                full_name=name,
                code=code,
                delegation=place.body,
                gender=gender,
                born=someone.born,
                ethnicity=someone.ethnicity if seat >= len(known) else "",
                constituency=seats[seat] if seat < len(seats) else None,
                group=group[place.body.pk],
                full_time=chance.random() < FULL_TIME,
            )
            rows.append((row, username))
    _confirm(actor, at, term, rows)
    return len(rows)


def _cast_by_delegation() -> dict[str, list[tuple[int, str, str]]]:
    """The named deputies of the cast by the code of their delegation: number, name, gender."""
    return {
        code: [(n, name, gender) for n, (name, gender, place) in enumerate(CAST_DEPUTIES, 1) if place == position]
        for position, (code, _name) in enumerate(CAST_DELEGATIONS)
    }


def _seats_of(place: Place, term: Term) -> list[Constituency]:
    """The constituencies of a delegation, each as often as it elects deputies."""
    found = Constituency.objects.filter(term=term, delegation=place.body).order_by("number")
    return [constituency for constituency in found for _seat in range(constituency.seats or 0)]


def _confirm(actor: Actor, at: dt.datetime, term: Term, rows: list[tuple[NewDeputy, str]]) -> list[Mandate]:
    """Create the accounts of those who have none and confirm the whole list."""
    fresh = [(row, username) for row, username in rows if row.person is None]
    made = create_accounts(
        actor=actor, rows=[NewAccount(name, row.full_name, _persona(name)) for row, name in fresh], at=at
    )
    accounts: dict[str, Account] = {account.username: account for account in made}
    complete = [row if row.person else _with_account(row, accounts[username]) for row, username in rows]
    assert term.since is not None
    return confirm_deputies(
        actor=actor, term=term, rows=complete, since=term.since, mark=Mark.SYNTHETIC, source=SOURCE, at=at
    )


def _with_account(row: NewDeputy, account: Account) -> NewDeputy:
    return replace(row, account=account)


def _persona(username: str) -> str:
    if username == CHAIR[2]:
        return "chủ tọa phiên họp"
    number = username.removeprefix("dai.bieu.")
    return PERSONAS.get(int(number), "") if number.isdigit() else ""


def load_departures(actor: Actor, at: dt.datetime) -> None:
    """Who left the assembly between two published totals, who was suspended, who moved, and the merger of 2025."""
    term = Term.objects.get(label="XV")
    chance = random.Random(SEED + 1)
    kept = {f"DB-{n:03}" for n in range(1, len(CAST_DEPUTIES) + 1)} | {CHAIR[0]}
    seated = Mandate.objects.filter(term=term).select_related("person").order_by("pk")
    standing = [mandate for mandate in seated if mandate.person.code not in kept]
    leaving = chance.sample(standing, 60)
    total = Mandate.objects.filter(term=term).count()
    _move_some(actor, at, [leaving.pop(), leaving.pop()])
    _suspend(actor, at, leaving.pop(), dt.date(2023, 9, 11), dt.date(2023, 12, 4))
    suspended = leaving.pop()
    people.change_standing(
        actor=actor, mandate=suspended, status=Status.SUSPENDED, since=dt.date(2024, 2, 19), at=at,
        basis="Tạm đình chỉ việc thực hiện nhiệm vụ đại biểu (minh họa)", mark=Mark.SYNTHETIC, source=SOURCE,
    )  # fmt: skip
    cause = 0
    merged = False
    for since, remaining in TOTALS:
        if since > MERGER and not merged:
            merge(actor, at)
            merged = True
        while total > remaining:
            dismissed = since == dt.date(2024, 3, 22)
            status, basis = (Status.DISMISSED, "Bãi nhiệm (minh họa)") if dismissed else CAUSES[cause % len(CAUSES)]
            mandate = suspended if dismissed else leaving.pop()
            people.change_standing(
                actor=actor, mandate=mandate, status=status, since=since, basis=basis, at=at,
                mark=Mark.SYNTHETIC, source=SOURCE,
            )  # fmt: skip
            total -= 1
            cause += 1


def _suspend(actor: Actor, at: dt.datetime, mandate: Mandate, since: dt.date, back: dt.date) -> None:
    for status, day, basis in (
        (Status.SUSPENDED, since, "Tạm đình chỉ việc thực hiện nhiệm vụ đại biểu (minh họa)"),
        (Status.ACTIVE, back, "Trở lại thực hiện nhiệm vụ đại biểu (minh họa)"),
    ):
        people.change_standing(
            actor=actor, mandate=mandate, status=status, since=day, basis=basis, at=at,
            mark=Mark.SYNTHETIC, source=SOURCE,
        )  # fmt: skip


def _move_some(actor: Actor, at: dt.datetime, mandates: list[Mandate]) -> None:
    """Two deputies who changed their delegation while keeping the mandate."""
    for mandate, code, since in zip(
        mandates, ("doan-ha-tinh", "doan-nghe-an"), (dt.date(2022, 9, 5), dt.date(2023, 8, 14)), strict=True
    ):
        body = Body.objects.get(code=code)
        if not Seat.objects.filter(mandate=mandate, delegation=body).exists():
            people.move_deputy(
                actor=actor, mandate=mandate, delegation=body, since=since, at=at, basis="Chuyển công tác (minh họa)"
            )


def merge(actor: Actor, at: dt.datetime) -> int:
    """The 63 delegations become 34 on 1 July 2025 (NQ 202/2025/QH15)."""
    bodies = {body.code: body for body in Body.objects.filter(kind=BodyKind.DELEGATION)}
    mergers: dict[str, list[Body]] = {}
    for line in reading.table("delegations.csv"):
        if line.text("successor"):
            mergers.setdefault(line.text("successor"), []).append(bodies[line.text("code")])
    return merge_delegations(
        actor=actor,
        mergers=[(before, bodies[code]) for code, before in mergers.items()],
        since=MERGER,
        basis="Nghị quyết 202/2025/QH15 ngày 12/06/2025",
        mark=Mark.PUBLISHED,
        at=at,
    )


def load_xvi(actor: Actor, at: dt.datetime) -> int:
    """The 500 deputies of term XVI: about a third of them sat in term XV, the others are new."""
    term = Term.objects.get(label="XVI")
    assert term.since is not None
    last = term.since - dt.timedelta(days=1)
    chance = random.Random(SEED + 2)
    seated: dict[int, list[Seat]] = {}
    running = Seat.objects.filter(on(last), mandate__term__label="XV").select_related("mandate__person")
    for seat in running.order_by("pk"):
        seated.setdefault(seat.delegation_id, []).append(seat)
    avoid = set(Mandate.objects.values_list("person__full_name", flat=True))
    number = Mandate.objects.filter(term__label="XV").count() - 1
    rows: list[tuple[NewDeputy, str]] = []
    for place in places("XVI"):
        again = seated.get(place.body.pk, [])[: round(place.seats * 0.34)]
        for position in range(place.seats):
            full_time = chance.random() < FULL_TIME + 0.02
            if position < len(again):
                person = again[position].mandate.person
                rows.append((NewDeputy(person.full_name, person.code, place.body, person, full_time=full_time), ""))
                continue
            someone = names.made(chance, place.slug, avoid)
            number += 1
            row = NewDeputy(
                full_name=someone.full_name,
                code=f"DB-{number:03}",
                delegation=place.body,
                gender=someone.gender,
                born=someone.born + dt.timedelta(days=5 * 365),
                ethnicity=someone.ethnicity,
                full_time=full_time,
            )
            rows.append((row, f"dai.bieu.{number}"))
    _confirm(actor, at, term, rows)
    return len(rows)
