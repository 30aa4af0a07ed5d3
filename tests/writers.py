"""An office whose units write a report: what a test does in its back room, and how its writers save over real HTTP."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

CSRF = "k" * 32
MOVED, CONFLICT = 302, 409


# -- in the back room -------------------------------------------------------------------------------------------------
def seat_writers(number: int) -> dict[str, Any]:
    """The cast with a year report; so many staff of the secretariat, one block of their own each, four they share."""
    from dienhong.demo.cast import TERM_BEGINS, assemble, at_eight, enter_with_account, give_duty
    from dienhong.demo.replay import make_sessions
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.people import actions as people
    from dienhong.people.models import Post, PostKind
    from dienhong.reports import actions as reports
    from tests.workers import hire

    cast, by, then, now = assemble(), keeper("test"), at_eight(TERM_BEGINS), clock.now()
    workers = hire(cast)
    report = reports.start_report(actor=by, kind="year", year=2023, body=cast.office, at=now)
    section = report.sections.get(key="information")
    reports.give_section(actor=by, section_id=section.pk, body=cast.secretariat, at=now)
    accounts = []
    for n in range(number):
        person, account = enter_with_account(by, then, f"CV-{n:03}", f"Chuyên viên {n:03}", "f", f"chuyen.vien.{n:03}")
        if n == 0:
            post = give_duty(by, then, person, cast.secretariat, "vien-chuc", "Chuyên viên", PostKind.STAFF, "staff")
            Post.objects.filter(pk=post.pk).update(seats=number)
        else:
            people.give_post(actor=by, person=person, post=post, since=TERM_BEGINS, mark="S", at=then)
        accounts.append(account)
    words = [f"Khối của người viết {n}." for n in range(number)] + [f"Khối chung {n}." for n in range(4)]
    blocks = [
        reports.add_block(actor=by, section_id=section.pk, kind="paragraph", text=one, at=now).pk for one in words
    ]
    return {
        "report": report.pk,
        "section": section.pk,
        "own": blocks[:number],
        "shared": blocks[number:],
        "sessions": make_sessions(accounts),
        "head": make_sessions([cast.clerk])[0],
        "digital": make_sessions([cast.keeper])[0],
        "expert": workers.expert.pk,
    }


def versions_of(section: int) -> list[dict[str, Any]]:
    """Every version of every block of a section."""
    from dienhong.reports.models import BlockVersion

    rows = BlockVersion.objects.filter(block__section_id=section).select_related("block").order_by("block_id", "number")
    return [
        {"block": r.block_id, "number": r.number, "text": r.text, "aside": r.aside, "stands": r.block.current}
        for r in rows
    ]


def leave_unit(username: str) -> None:
    """The post of this person ended yesterday."""
    import datetime as dt

    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.people import actions as people
    from dienhong.people.models import Holding

    now = clock.now()
    holding = Holding.objects.get(person__account__username=username)
    until = clock.day_of(now) - dt.timedelta(days=1)
    people.leave_post(actor=keeper("test"), holding=holding, until=until, basis="QĐ thử", at=now)


def merge_unit() -> None:
    """The secretariat is merged into the department of digital affairs, as of today."""
    from dienhong.foundation import clock
    from dienhong.foundation.access.actor import keeper
    from dienhong.people import actions as people
    from dienhong.people.queries import body

    now = clock.now()
    people.record_succession(
        actor=keeper("test"), before=body("vu-thu-ky"), after=body("trung-tam-tin-hoc"), day=clock.day_of(now), at=now
    )


ACTS: dict[str, Callable[..., Any]] = {act.__name__: act for act in (seat_writers, versions_of, leave_unit, merge_unit)}


# -- over HTTP --------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Answer:
    """What the office said to a save."""

    status: int
    words: str

    @property
    def base(self) -> int:
        """The version that the form in this page begins from."""
        found = re.search(r'name="base" value="(\d+)"', self.words)
        return int(found[1]) if found else 0


@dataclass(slots=True)
class Writer:
    """Somebody at a browser of their own. `port` is that of the office."""

    port: int
    session: str
    acknowledged: list[tuple[int, str, int]] = field(default_factory=list)  # block, text, status
    others: list[Answer] = field(default_factory=list)

    def save(self, block: int, text: str, base: int, *, patience: float = 0.0) -> Answer:
        """Save once; while the office does not answer, again until the patience ends. Raises OSError."""
        until = time.monotonic() + patience
        while True:
            try:
                answer = self.post(f"/report/blocks/{block}/", {"text": text, "caption": "", "base": base})
            except (OSError, http.client.HTTPException):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
                continue
            if answer.status in (MOVED, CONFLICT):
                self.acknowledged.append((block, text, answer.status))
            else:
                self.others.append(answer)
            return answer

    def post(self, path: str, values: dict[str, Any]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Accept": "text/html",
            "Accept-Language": "en",
        }
        try:
            connection.request("POST", path, urlencode(values), headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())
        finally:
            connection.close()


def at_once(acts: list[Callable[[], None]]) -> None:
    """Do all of these at the same moment, each in a thread of its own; the first thing that went wrong is raised."""
    ready = threading.Barrier(len(acts))
    wrong: list[BaseException] = []

    def act(one: Callable[[], None]) -> None:
        try:
            ready.wait(30)
            one()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
