"""A throw-away office with a term's work in it: the cast, sixty persons in twelve units, as many tasks as asked."""

from __future__ import annotations

import datetime as dt
import os
import random
import tempfile

HEAD = ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Người chủ trì", "Phối hợp", "Lãnh đạo phụ trách", "Sản phẩm", "Nơi nhận",
        "Thời hạn", "Căn cứ", "Ghi chú"]  # fmt: skip
VERBS = ("Tổng hợp", "Rà soát", "Chuẩn bị", "Hoàn thiện", "Trình", "Theo dõi")
THINGS = (
    "ý kiến thảo luận",
    "quy trình chất vấn",
    "tài liệu kỳ họp",
    "báo cáo giám sát",
    "kế hoạch đào tạo",
    "dự toán",
)
WORKERS = 60


def open_empty(database: str = "") -> None:
    """An empty office of this process: in an empty database, or SQLite in a folder of its own."""
    os.environ["DIENHONG_HOME"] = tempfile.mkdtemp(prefix="dienhong-bench-")
    os.environ["DIENHONG_DEMO"] = "1"
    os.environ.pop("DIENHONG_DATABASE_URL", None)
    if database:
        os.environ["DIENHONG_DATABASE_URL"] = database
    from dienhong.commands import open_office

    open_office()
    import logging

    from django.core.management import call_command

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)


def people(units: int = 12):
    """The cast, with more units and persons; gives back the cast, the workers, bodies and persons."""
    from dienhong.demo.cast import TERM_BEGINS, assemble, at_eight
    from dienhong.foundation.access.actor import keeper
    from dienhong.people import actions
    from dienhong.people.models import BodyKind, PostKind
    from tests.workers import hire

    cast = assemble()
    workers = hire(cast)
    by, at = keeper("bench"), at_eight(TERM_BEGINS)
    bodies, persons = [], []
    for n in range(units):
        body = actions.found_body(
            actor=by, code=f"vu-{n}", kind=BodyKind.DEPARTMENT, name=f"Vụ số {n}", parent=cast.office, order=n, at=at
        )
        post = actions.create_post(
            actor=by, body=body, code=f"cv-{n}", title="Chuyên viên", kind=PostKind.STAFF, duties=["staff"], at=at
        )
        bodies.append(body)
        for m in range(WORKERS // units):
            code = f"BV-{n:02}{m:02}"
            person = actions.enter_person(actor=by, full_name=f"Nguyễn Văn Số {n} {m}", code=code, gender="m", at=at)
            actions.give_post(actor=by, person=person, post=post, since=TERM_BEGINS, at=at)
            persons.append(person)
    return cast, workers, bodies, persons


def fill(count: int):
    """Four programmes with `count` tasks over two years in all states; gives back cast, workers and a programme."""
    from dienhong.demo.cast import DAY
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.foundation.clock.actions import set_clock
    from dienhong.work import actions
    from dienhong.work.content import Content, Past
    from dienhong.work.rules import Facts

    cast, workers, bodies, persons = people()
    by, chance, at = keeper("bench"), random.Random(7), clock.moment(dt.date(2022, 1, 5))
    programmes = []
    for year in (2022, 2023):
        programme = actions.draft_programme(actor=by, year=year, line="administration", title=f"Năm {year}", at=at)
        groups = [
            actions.add_group(actor=by, programme_id=programme.pk, title=f"Nhóm số {n}", at=at) for n in range(1, 11)
        ]
        rows = []
        for n in range(count // 2):
            due = dt.date(year, 1, 15) + dt.timedelta(days=chance.randint(0, 345))
            done = due + dt.timedelta(days=chance.randint(-20, 15)) if due < DAY and chance.random() < 0.9 else None
            done = min(done, DAY) if done else None
            place = chance.randrange(12)
            content = Content(
                title=f"{chance.choice(VERBS)} {chance.choice(THINGS)} số {n}", lead_body=bodies[place],
                lead_person=persons[place * 5 + chance.randrange(5)], leader=workers.leader, product="Báo cáo",
                due_rule=f"day:{due}", group=groups[n % 10], coordinating=(bodies[(place + 1) % 12],),
                key=n % 40 == 0, basis="Quy chế làm việc",
            )  # fmt: skip
            assigned = dt.date(year, 1, 10)
            facts = Facts(assigned, assigned if done or n % 2 else None, done, done, None, None, due)
            rows.append(Past(f"{n % 10 + 1}.{n // 10 + 1}", content, facts))
        actions.load_tasks(actor=by, programme_id=programme.pk, rows=rows, at=at)
        actions.adopt_programme(actor=by, programme_id=programme.pk, basis="QĐ", at=at)
        programmes.append(programme)
    set_clock(actor=by, to=clock.moment(DAY), at=clock.moment(DAY))
    return cast, workers, programmes[-1]
