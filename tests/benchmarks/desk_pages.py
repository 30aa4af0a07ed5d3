"""Every page of the desks that lists or counts, in the office of a whole term.

    python -m tests.benchmarks.desk_pages [--backend sqlite|postgres|both] [--times 20] [--only WORDS] [--part 1]

Prints JSON: milliseconds a page, p50 and p95, measured at Django's door in one process (what the server adds is in
`tests.benchmarks.pages`), for a keeper of the accounts, who sees everything, and for a head of a unit with tasks of her
own; of the two the slower counts. `first` is the first time, by a process that has read nothing. Target: p95 < 150 ms.
"""

from __future__ import annotations

import json
import os
import sys
import time
from statistics import median, quantiles
from typing import Any

from tests.benchmarks.term_office import child, on_each, options
from tests.office import ready_django

TARGET = 150
PERSON = "my.ung"
AGREED = 200


def pages() -> dict[str, str]:
    """The addresses by the names of what they show."""
    from dienhong.meetings.models import Meeting, Session, Vote
    from dienhong.people.models import Body, Mandate
    from dienhong.reports.models import Report, Section
    from dienhong.texts.models import Version, Work
    from dienhong.work.models import Programme, Task, TaskGroup

    body, task = Task.objects.values_list("lead_body_id", "pk").filter(origin_url__gt="").latest("pk")
    programme = Programme.objects.filter(body__code="vpqh", year=2023).values_list("pk", flat=True).get()
    group = TaskGroup.objects.filter(programme=programme).values_list("pk", flat=True).first()
    sitting = Meeting.objects.filter(mark="S", kind="group").values_list("pk", flat=True).latest("pk")
    session = Session.objects.filter(votes__isnull=False, year=2023).order_by("-pk").values_list("pk", flat=True)[0]
    poll = Vote.objects.filter(item__meeting=sitting).values_list("poll_id", flat=True).first()
    report = Report.objects.values_list("pk", flat=True).first()
    sections = Section.objects.filter(report=report).order_by("pk")
    section = next(iter(sections.filter(blocks__isnull=False).values_list("pk", flat=True)), None)
    work = Work.objects.filter(mark="S", kind="decree").values_list("pk", flat=True).latest("pk")
    version = Version.objects.filter(work=work).values_list("pk", flat=True).first()
    person = Mandate.objects.values_list("person_id", flat=True).first()
    office = Body.objects.values_list("pk", flat=True).get(code="vpqh")
    return {
        "home": "/",
        "search: words of tasks and texts": "/search/?q=giam+sat",
        "search: a name": "/search/?q=Nguy%E1%BB%85n",
        "search: a dossier": "/search/?q=ho+so+so+77",
        "programme: mine": "/programme/",
        "tasks": "/programme/tasks/",
        "tasks of a programme": f"/programme/tasks/?programme={programme}",
        "tasks of a group": f"/programme/tasks/?programme={programme}&group={group}",
        "tasks overdue": "/programme/tasks/?state=overdue",
        "tasks by words": "/programme/tasks/?q=quy+trinh+chat+van",
        "tasks of a unit by deadline": f"/programme/tasks/?body={body}&sort=due",
        "tasks, page 100": f"/programme/tasks/?programme={programme}&page=100",
        "board": "/programme/board/",
        "board of a unit": f"/programme/board/?body={body}",
        "timeline": "/programme/timeline/",
        "timeline overdue": "/programme/timeline/?state=overdue",
        "calendar": "/programme/calendar/",
        "week": "/programme/week/",
        "workload": "/programme/load/",
        "programmes": "/programme/all/",
        "a programme": f"/programme/all/{programme}/",
        "a task": f"/programme/tasks/{task}/",
        "hand-over": "/programme/hand-over/",
        "year 2023": "/year/2023/",
        "year 2022": "/year/at/2022/",
        "term XV": "/year/term/XV/",
        "rows: sessions": "/year/2023/sessions/",
        "rows: meetings of the Standing Committee": "/year/2023/standing_committee.meetings/",
        "rows: votes": "/year/2023/votes.laws.median/",
        "claims of 2023": "/year/at/2023/claims/",
        "claims of XV": "/year/at/XV/claims/",
        "compare": "/year/at/2023/compare/",
        "compare term": "/year/at/XV/compare/",
        "reports": "/report/",
        "report: sheet": f"/report/{report}/",
        "report: section": f"/report/sections/{section}/",
        "report: pictures": f"/report/{report}/pictures",
        "report: annex of data": f"/report/{report}/out.csv",
        "chamber": "/chamber/",
        "sessions": "/chamber/sessions/",
        "a session": f"/chamber/sessions/{session}/",
        "Standing Committee 2023": "/chamber/standing-committee/2023/",
        "Standing Committee long past": "/chamber/standing-committee/1995/",
        "a meeting": f"/chamber/meetings/{sitting}/",
        "a vote": f"/chamber/votes/{poll}/",
        "register": "/register/",
        "register: people": "/register/people/",
        "register: deputies": "/register/deputies/",
        "register: terms": "/register/terms/",
        "register: a body": f"/register/bodies/{office}/",
        "register: a person": f"/register/people/{person}/",
        "texts": "/texts/",
        "texts, page 300": "/texts/?page=300",
        "texts of a year": "/texts/?kind=decree&year=2022",
        "texts: search": "/texts/?q=quy+tr%C3%ACnh+ch%E1%BA%A5t+v%E1%BA%A5n",
        "texts: search by number": "/texts/?q=1234/2022",
        "texts: a work": f"/texts/works/{work}/",
        "texts: a version": f"/texts/versions/{version}/",
        "journal": "/journal/",
        "journal of tasks": "/journal/?kind=work",
        "rulebook": "/rulebook/",
        "accounts": "/accounts/",
    }


def ask(client: Any, path: str, times: int) -> dict[str, Any]:
    """How long this page takes, the first time and so many times again."""
    taken = []
    for _ in range(times + 1):
        began = time.perf_counter()
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != AGREED:
            return {"status": answer.status_code}
    again = taken[1:]
    p95 = quantiles(again, n=20)[-1] if len(again) > 1 else again[0]
    return {"p50": round(median(again), 1), "p95": round(p95, 1), "first": round(taken[0], 1)}


def measure(times: int, only: str) -> dict[str, Any]:
    """Ask for every page as two people; a page that one may not see counts for the other alone."""
    ready_django(os.environ)
    from django.test import Client

    from dienhong.foundation.access.models import Account
    from dienhong.foundation.journal.models import Head
    from dienhong.foundation.memory import keep_loaded
    from dienhong.work.models import Dossier, Task

    Account.objects.create(username="bench", label="Thử tải", password="!", is_keeper=True)
    chosen = {name: path for name, path in pages().items() if only in name}
    found: dict[str, dict[str, Any]] = {}
    keep_loaded()  # as the server does when it has started
    for username in ("bench", PERSON):
        client = Client(headers={"accept-language": "vi", "host": "localhost"})
        client.force_login(Account.objects.get(username=username))
        for name, path in chosen.items():
            row = ask(client, path, times)
            if "p95" in row and row["p95"] > found.get(name, {}).get("p95", 0):
                found[name] = {"path": path, **row}
            elif "status" in row and row["status"] not in {302, 403}:
                raise RuntimeError(f"{path} answered {row['status']}")
    unseen = sorted(set(chosen) - set(found))
    if unseen:
        raise RuntimeError(f"nobody may see {', '.join(unseen)}")
    slow = {name: row["p95"] for name, row in found.items() if row["p95"] >= TARGET}
    return {
        "tasks": Task.objects.count(),
        "dossiers": Dossier.objects.count(),
        "entries": Head.objects.get(pk=1).number,
        "load": os.getloadavg()[0],
        "pages": found,
        "slow": dict(sorted(slow.items(), key=lambda row: -row[1])),
        "met": {f"p95 < {TARGET} ms": not slow},
    }


def main() -> None:
    """Measure on each database and print."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(int(sys.argv[2]), sys.argv[3]), ensure_ascii=False))
        return
    parser = options(__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", default="", help="pages whose name holds these words")
    asked = parser.parse_args()
    words = ("--measure", str(asked.times), asked.only)
    rows = on_each(asked, lambda env: child("tests.benchmarks.desk_pages", env, *words))
    print(json.dumps(rows, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
