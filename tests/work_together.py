"""An office of its own in which several people act on tasks at the same moment, each with a connection.

`python -m tests.work_together` works on the database of the environment, which must be empty, and prints as JSON what
each of them was told and what stands afterwards. `dienhong/work/tests/test_two_at_once.py` reads it.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable
from typing import Any

from tests.office import ready_django

ROUNDS = 4


def together(*acts: Callable[[], object]) -> list[str]:
    """Do all of this at once; "ok" or the name of the refusal, in the order of the acts."""
    from django.db import connections

    said = [""] * len(acts)
    barrier = threading.Barrier(len(acts))

    def one(place: int) -> None:
        barrier.wait()
        try:
            acts[place]()
            said[place] = "ok"
        except Exception as error:
            said[place] = type(error).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


class Bench:
    """The cast with a programme of 2023 and its workers."""

    def __init__(self) -> None:
        from dienhong.foundation.access.actor import keeper
        from dienhong.work import actions
        from tests.cast import assemble, at_eight
        from tests.workers import hire

        self.cast, self.at = assemble(), at_eight()
        self.workers = hire(self.cast)
        self.by = keeper("test")
        self.keeper = self.workers.actor(self.workers.keeper)
        self.leader = self.workers.actor(self.workers.leader)
        self.expert = self.workers.actor(self.workers.expert)
        self.actions = actions
        self.count = 0

    def content(self, title: str = "Việc", **more: Any) -> Any:
        values = {
            "lead_body": self.cast.secretariat, "lead_person": self.workers.expert, "leader": self.workers.leader,
            "product": "Báo cáo", "due_rule": "day:2023-11-30", **more,
        }  # fmt: skip
        return self.actions.Content(title, **values)

    def task(self, **more: Any) -> Any:
        return self.actions.add_task(actor=self.keeper, content=self.content(**more), assign=True, at=self.at)

    def programme(self) -> Any:
        self.count += 1
        return self.actions.draft_programme(
            actor=self.by, year=2030 + self.count, line="administration", title=f"Chương trình {self.count}", at=self.at
        )


def edits(b: Bench) -> Any:
    task = b.task()

    def change(title: str) -> Callable[[], object]:
        return lambda: b.actions.change_task(
            actor=b.keeper, task_id=task.pk, version=task.version, content=b.content(title), reason="Sửa", at=b.at
        )

    said = together(change("Một"), change("Hai"))
    task.refresh_from_db()
    return sorted(said), task.title == ("Một", "Hai")[said.index("ok")], task.changes.filter(what="title").count()


def confirmed_and_extended(b: Bench) -> Any:
    task = b.task()
    b.actions.report_done(actor=b.expert, task_id=task.pk, result="Xong", at=b.at)
    said = together(
        lambda: b.actions.confirm_done(actor=b.leader, task_id=task.pk, at=b.at),
        lambda: b.actions.extend_deadline(
            actor=b.keeper, task_id=task.pk, due_rule="day:2023-12-15", reason="Chờ", at=b.at
        ),
    )
    task.refresh_from_db()
    moved = said[1] == "ok"
    whole = task.extensions.count() == moved and (f"{task.due}" == "2023-12-15") == moved
    return said[0], said[1] in {"ok", "NotNow"}, task.confirmed_on is not None, whole


def decisions(b: Bench) -> Any:
    task = b.task()
    request = b.actions.request_extension(
        actor=b.expert, task_id=task.pk, due_rule="day:2023-12-15", reason="Chờ", at=b.at
    )
    said = together(
        lambda: b.actions.approve_extension(actor=b.leader, request_id=request.pk, at=b.at),
        lambda: b.actions.refuse_extension(actor=b.keeper, request_id=request.pk, reason="Không", at=b.at),
    )
    return sorted(said), task.extensions.count() == (said[0] == "ok")


def requests(b: Bench) -> Any:
    task = b.task()

    def ask() -> object:
        return b.actions.request_extension(
            actor=b.expert, task_id=task.pk, due_rule="day:2023-12-15", reason="Chờ", at=b.at
        )

    return sorted(together(ask, ask)), task.extension_requests.count()


def imports(b: Bench) -> Any:
    programme = b.programme()
    rows = "\n".join(f"1.{n};Việc số {n};vu-thu-ky" for n in range(1, 40))
    head = "STT;Nhiệm vụ;Ghi chú\n"

    def bring() -> object:
        return b.actions.import_tasks(
            actor=b.keeper, programme_id=programme.pk, content=(head + rows).encode(), name="bang.csv", at=b.at
        )

    said = together(bring, bring)
    return said, programme.tasks.count(), programme.tasks.filter(version__gt=1).count()


def hand_overs(b: Bench) -> Any:
    task = b.task()
    people = (b.workers.leader, b.workers.keeper)
    said = together(
        *[
            lambda person=person: b.actions.hand_over(
                actor=b.keeper, task_id=task.pk, person=person, reason="Chuyển", at=b.at
            )
            for person in people
        ]
    )
    task.refresh_from_db()
    first, second = task.handovers.order_by("pk")
    chained = first.person_after_id == second.person_before_id and second.person_after_id == task.lead_person_id
    return said, first.person_before_id == b.workers.expert.pk and chained


def adoptions(b: Bench) -> Any:
    programme = b.programme()
    b.actions.add_task(actor=b.keeper, content=b.content(), programme=programme, at=b.at)
    said = together(
        lambda: b.actions.adopt_programme(actor=b.keeper, programme_id=programme.pk, basis="QĐ 1", at=b.at),
        lambda: b.actions.add_task(actor=b.keeper, content=b.content("Thêm"), programme=programme, at=b.at),
    )
    return said, programme.tasks.count(), programme.tasks.filter(assigned_on=None).count()


def turns(b: Bench) -> Any:
    from tests.cast import at_eight

    task = b.task(recurs="week", due_rule="day:2023-11-20")
    b.actions.report_done(actor=b.expert, task_id=task.pk, result="Xong", late_reason="Muộn", at=b.at)
    said = together(
        lambda: b.actions.renew_task(actor=b.by, task_id=task.pk, at=at_eight()),
        lambda: b.actions.renew_task(actor=b.by, task_id=task.pk, at=at_eight()),
        lambda: b.actions.confirm_done(actor=b.leader, task_id=task.pk, at=b.at),
    )
    return said, list(task.occurrences.values_list("turn", flat=True))


def ties(b: Bench) -> Any:
    one, other = b.task(), b.task()
    said = together(
        lambda: b.actions.add_dependency(actor=b.keeper, task_id=one.pk, needed_id=other.pk, at=b.at),
        lambda: b.actions.add_dependency(actor=b.keeper, task_id=other.pk, needed_id=one.pk, at=b.at),
    )
    return sorted(said), one.needs.count() + other.needs.count()


def rings(b: Bench) -> Any:
    """Two chains of two; each of these ties is harmless alone, shares no task with the other, and both close a ring."""
    first, second, third, fourth = (b.task() for _ in range(4))

    def tie(task: Any, needed: Any) -> None:
        b.actions.add_dependency(actor=b.keeper, task_id=task.pk, needed_id=needed.pk, at=b.at)

    tie(first, second)
    tie(third, fourth)
    said = together(lambda: tie(second, third), lambda: tie(fourth, first))
    return sorted(said), sum(task.needs.count() for task in (first, second, third, fourth))


def signatures(b: Bench) -> Any:
    """Two reports of a year are signed with one number."""
    from dienhong.reports import actions as reports
    from dienhong.reports.models import Report, ReportState, Section

    b.count += 1
    made = [
        reports.start_report(actor=b.by, kind="quarter", year=2010 + b.count, part=part, body=b.cast.office, at=b.at)
        for part in ("1", "2")
    ]
    Section.objects.filter(report__in=made).update(left_out="Không có nội dung")
    Report.objects.filter(pk__in=[one.pk for one in made]).update(state=ReportState.APPROVED)

    def sign(report: Any) -> Callable[[], object]:
        return lambda: reports.sign_report(
            actor=b.by, report_id=report.pk, number=f"{b.count:02}", signer_post="CHỦ NHIỆM", signer_name="Ký", at=b.at
        )

    said = together(*map(sign, made))
    return sorted(said), Report.objects.filter(number=f"{b.count:02}").count()


CASES = (
    edits, confirmed_and_extended, decisions, requests, imports, hand_overs, adoptions, turns, ties, rings, signatures,
)  # fmt: skip


def main() -> None:
    """Make the office, let them act, print."""
    ready_django(os.environ)
    logging.disable(logging.CRITICAL)
    from dienhong.foundation.journal import queries as journal

    bench = Bench()
    found = {case.__name__: [case(bench) for _ in range(ROUNDS)] for case in CASES}
    print(json.dumps(found | {"breaks": len(journal.breaks())}))


if __name__ == "__main__":
    main()
