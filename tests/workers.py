"""Who works on programmes in the tests: an expert, a leader of the Office, a keeper of programmes."""

from __future__ import annotations

from dataclasses import dataclass

from dienhong.demo.cast import TERM_BEGINS, Cast, at_eight, enter_with_account, give_duty
from dienhong.foundation.access.actor import Actor, keeper
from dienhong.people.models import Body, BodyKind, Person, PostKind
from dienhong.people.queries import actor_of


@dataclass(slots=True)
class Workers:
    """Persons of the register with their accounts."""

    expert: Person  # staff of the secretariat
    leader: Person  # deputy chief of the Office
    keeper: Person  # merges and adopts programmes
    party: Body
    party_member: Person

    def actor(self, person: Person) -> Actor:
        """The person as an actor."""
        person.refresh_from_db()
        assert person.account is not None
        return actor_of(person.account)


def hire(cast: Cast) -> Workers:
    """Enter them into the office of the cast, through actions."""
    from dienhong.people import actions as people

    by, at = keeper("test"), at_eight(TERM_BEGINS)
    expert, _a = enter_with_account(by, at, "VP-101", "Vương Đức Khoát", "m", "duc.khoat")
    leader, _b = enter_with_account(by, at, "VP-102", "Lê Thị Ánh Tuyết", "f", "anh.tuyet")
    third, _c = enter_with_account(by, at, "VP-103", "Phan Thị Mỹ Ưng", "f", "my.ung")
    member, _d = enter_with_account(by, at, "VP-104", "Ngô Ỷ Lan", "f", "y.lan")
    party = people.found_body(
        actor=by, code="dang-bo", kind=BodyKind.PARTY, name="Đảng bộ cơ quan", parent=cast.office, order=50, at=at
    )
    give_duty(by, at, expert, cast.secretariat, "chuyen-vien-thu-ky", "Chuyên viên", PostKind.STAFF, "staff")
    give_duty(by, at, leader, cast.office, "pho-chu-nhiem", "Phó Chủ nhiệm", PostKind.DEPUTY_HEAD, "office_leader")
    give_duty(by, at, third, cast.office, "tong-hop", "Vụ trưởng Vụ Tổng hợp", PostKind.HEAD, "programme_keeper")
    give_duty(by, at, member, party, "uy-vien-dang-bo", "Ủy viên", PostKind.MEMBER, "staff")
    return Workers(expert, leader, third, party, member)
