"""The rows of a term beside the demonstration: tasks, meetings with items and votes, documents, their journal.

Made from one seed, so that two databases hold the same. Tasks come through the action that loads older books; the rest
are bulk rows, not actions: making them is not what is measured. Their entries stand in the chain as any others.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from dienhong.demo.cast import DAY
from dienhong.foundation import clock
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.folding import fold

if TYPE_CHECKING:
    from tests.benchmarks.term_office import Size

BATCH = 1000
ITEMS = 4  # on the agenda of each meeting
#: What part of the tasks belongs to which year: the term began in July 2021, and 2024 is being drawn up.
SHARES = {2021: 0.15, 2022: 0.3, 2023: 0.4, 2024: 0.15}
VERBS = ("Tổng hợp", "Rà soát", "Chuẩn bị", "Hoàn thiện", "Trình", "Theo dõi")
THINGS = (
    "ý kiến thảo luận",
    "quy trình chất vấn",
    "tài liệu kỳ họp",
    "báo cáo giám sát",
    "kế hoạch đào tạo",
    "dự toán",
)
LAW = """QUỐC HỘI
-------
Luật số: {number}

LUẬT
{title}

Điều 1. Phạm vi điều chỉnh
Luật này quy định về {thing} và việc {verb} {thing} của cơ quan, tổ chức, cá nhân có liên quan.
Điều 2. Trách nhiệm thi hành
1. Cơ quan chủ trì {verb} {thing} trước ngày 15 của tháng cuối quý.
2. Cơ quan phối hợp gửi ý kiến bằng văn bản trong thời hạn 10 ngày.
Điều 3. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2024.
"""


class Hand:
    """Who did it all: a seeded chance, the bodies and the staff of the office."""

    def __init__(self) -> None:
        from dienhong.people.models import Body, BodyKind, Person, on

        self.by = keeper("bench")
        self.chance = random.Random(7)
        self.units = list(Body.objects.filter(on(DAY), kind=BodyKind.DEPARTMENT).order_by("pk"))
        self.committees = list(Body.objects.filter(on(DAY), kind=BodyKind.COMMITTEE).order_by("pk"))
        self.office = Body.objects.get(code="vpqh")
        self.assembly = Body.objects.get(code="quoc-hoi")
        self.standing = Body.objects.get(code="ubtvqh")
        self.staff = list(Person.objects.filter(code__startswith="VP-").order_by("code"))

    def day(self, year: int) -> dt.date:
        """A day of that year on which the office works."""
        day = dt.date(year, 1, 15) + dt.timedelta(days=self.chance.randint(0, 340))
        return day - dt.timedelta(days=max(0, day.weekday() - 4))


def in_batches(rows: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """The rows in lists of so many."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


# -- tasks ------------------------------------------------------------------------------------------------------------
def past_task(hand: Hand, year: int, n: int, groups: list[Any]) -> Any:
    """A task of that year with what happened to it."""
    from dienhong.work.content import Content, Past
    from dienhong.work.rules import Facts

    chance, due = hand.chance, hand.day(year)
    begun = due < DAY and chance.random() < 0.93
    done = min(due + dt.timedelta(days=chance.randint(-12, 9)), DAY) if begun else None
    place = chance.randrange(len(hand.units))
    person = place * len(hand.staff) // len(hand.units) + chance.randrange(3)
    content = Content(
        title=f"{chance.choice(VERBS)} {chance.choice(THINGS)} số {n}", lead_body=hand.units[place],
        lead_person=hand.staff[person % len(hand.staff)], leader=hand.staff[chance.randrange(4)],
        product="Báo cáo", due_rule=f"day:{due}", group=groups[n % len(groups)],
        coordinating=(hand.units[(place + 1) % len(hand.units)],), key=n % 40 == 0, basis="Quy chế làm việc",
    )  # fmt: skip
    assigned = dt.date(year, 1, 10) if year <= DAY.year else None
    reported = done if assigned else None
    started = assigned if reported or n % 2 else None
    facts = Facts(assigned, started, reported, reported, None, None, due)
    evidence = (f"Báo cáo số {n}", f"{n}/BC-VPQH") if done else ("", "")
    return Past(f"{n % len(groups) + 1}.{n // len(groups) + 1}", content, facts, evidence=evidence)


def enter_tasks(hand: Hand, count: int) -> None:
    """A programme a year, in ten groups, with its share of the tasks; two words on how each goes."""
    from dienhong.work import actions
    from dienhong.work.models import ProgressNote, Task

    for year, share in SHARES.items():
        at = clock.moment(min(dt.date(year, 1, 5), DAY))
        programme = actions.draft_programme(
            actor=hand.by, year=year, line="administration", title=f"Chương trình công tác năm {year} của các đơn vị",
            body=hand.office, at=at,
        )  # fmt: skip
        groups = [
            actions.add_group(actor=hand.by, programme_id=programme.pk, title=f"Nhóm nhiệm vụ số {n}", at=at)
            for n in range(1, 11)
        ]
        rows = [past_task(hand, year, n, groups) for n in range(round(count * share))]
        actions.load_tasks(actor=hand.by, programme_id=programme.pk, rows=rows, at=at)
        if year <= DAY.year:
            actions.adopt_programme(actor=hand.by, programme_id=programme.pk, basis="QĐ", at=at)
    at = clock.moment(DAY)
    notes = (
        ProgressNote(task_id=key, at=at, text=f"Đã {'gửi lấy ý kiến' if n else 'phân công'}.")
        for key in Task.objects.order_by("pk").values_list("pk", flat=True)
        for n in range(2)
    )
    for batch in in_batches(notes):
        ProgressNote.objects.bulk_create(batch)


# -- meetings ---------------------------------------------------------------------------------------------------------
def a_meeting(hand: Hand, n: int, sessions: list[Any]) -> Any:
    """Of ten meetings two of the Standing Committee in terms long past, two sittings of a session, six of committees.

    Those long past lie on the shelf that figures are counted from, in none of the years asked for.
    """
    from dienhong.meetings.models import Meeting

    plain: dict[str, Any] = {"state": "closed", "mark": "S", "place": "Nhà Quốc hội"}
    if n % 5 == 0:
        year = 1990 + n % 16
        return Meeting(
            body=hand.standing, kind="sc_regular", number=str(n), title=f"Phiên họp {n}", year=year,
            since=hand.day(year), **plain,
        )  # fmt: skip
    if n % 5 == 1:
        session = sessions[n % len(sessions)]
        long = max(0, (min(session.until, DAY - dt.timedelta(days=7)) - session.since).days)
        day = session.since + dt.timedelta(days=hand.chance.randint(0, long))
        return Meeting(
            body=hand.assembly, session=session, term=session.term, kind="group", title=f"Thảo luận tổ {n}",
            year=day.year, since=day, **plain,
        )  # fmt: skip
    day = hand.day(2021 + n % 3)
    return Meeting(
        body=hand.committees[n % len(hand.committees)], kind="committee", title=f"Phiên họp Ủy ban số {n}",
        year=day.year, since=day, **plain,
    )  # fmt: skip


def enter_meetings(hand: Hand, count: int) -> None:
    """Meetings with their agenda; a declared vote on an item of each sitting; tasks that came from conclusions."""
    from dienhong.meetings.models import AgendaItem, Meeting, Session
    from dienhong.work.models import Task

    sessions = list(Session.objects.filter(term__label="XV", until__lt=DAY).select_related("term").order_by("since"))
    meetings = Meeting.objects.bulk_create((a_meeting(hand, n, sessions) for n in range(count)), batch_size=BATCH)
    items = AgendaItem.objects.bulk_create(
        (
            AgendaItem(meeting=meeting, order=n + 1, title=f"{hand.chance.choice(VERBS)} nội dung {n}", state="done",
                       minutes=45)
            for meeting in meetings
            for n in range(ITEMS)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    enter_votes(hand, [item for item in items if item.meeting.kind == "group" and item.order == ITEMS])
    tasks = list(Task.objects.filter(programme__body=hand.office).order_by("pk")[: 2 * count])
    for n, task in enumerate(tasks):
        meeting = meetings[n % len(meetings)]
        task.origin_kind, task.origin_label = "conclusion", meeting.title
        task.origin_url = f"/chamber/meetings/{meeting.pk}/"
    Task.objects.bulk_update(tasks, ["origin_kind", "origin_label", "origin_url"], batch_size=BATCH)


def enter_votes(hand: Hand, items: list[Any]) -> None:
    """A declared vote on each of these items: named articles of laws, with their counts."""
    from dienhong.meetings.models import Vote
    from dienhong.polls.models import Poll, Result

    polls = Poll.objects.bulk_create(
        (
            Poll(body=hand.assembly, kind="law_clause", question=f"Biểu quyết nội dung số {n}", state="declared",
                 rule="polls.threshold.law_clause", base=494, day=item.meeting.since, held_here=False, mark="S")
            for n, item in enumerate(items)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    for_ = [470 - n % 40 for n in range(len(polls))]
    Result.objects.bulk_create(
        (
            Result(poll=poll, for_count=f, against_count=3, not_voting_count=2, participating=f + 5, base=494,
                   needed=248, carried=True, for_percent=round(100 * f / 494, 2))
            for poll, f in zip(polls, for_, strict=True)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    Vote.objects.bulk_create(
        (
            Vote(poll=poll, item=item, session=item.meeting.session)
            for poll, item in zip(polls, items, strict=True)
        ),
        batch_size=BATCH,
    )  # fmt: skip


# -- documents --------------------------------------------------------------------------------------------------------
def enter_documents(hand: Hand, count: int) -> None:
    """Half dossiers, half texts of the library with their provisions in the search; each text is sealed."""
    from dienhong.texts.models import Version
    from dienhong.work.models import Dossier

    for batch in in_batches(range(count - count // 2)):
        Dossier.objects.bulk_create(
            Dossier(
                code=f"HS-{n}", kind="other", title=f"Hồ sơ {hand.chance.choice(THINGS)} số {n}", mark="S",
                folded=fold(f"Hồ sơ số {n}"), lead=hand.units[n % len(hand.units)], opened=hand.day(2021 + n % 3),
            )
            for n in batch
        )  # fmt: skip
    kinds = [a_law(n) for n in range(len(VERBS) * len(THINGS))]
    for batch in in_batches(range(count // 2)):
        _texts(hand, batch, kinds)
    Version.objects.filter(work__mark="S", state="draft", work__kind="decree").update(
        state="sealed", sealed_at=clock.moment(DAY)
    )


def a_law(n: int) -> tuple[dict[str, Any], list[Any]]:
    """A made-up text as the reader of texts reads it: what its versions hold, and its units."""
    from dienhong.texts.models import Version
    from dienhong.texts.provisions import units
    from dienhong.texts.reading import read
    from dienhong.texts.storing import fill

    verb, thing = VERBS[n % len(VERBS)].lower(), THINGS[n // len(VERBS)]
    words = LAW.format(number=f"{n + 1}/2022/QH15", title=f"{verb} {thing}".upper(), verb=verb, thing=thing)
    text, version = read(words.encode()), Version()
    fill(version, text)
    return {name: getattr(version, name) for name in ("tree", "digest", "articles", "chapters")}, units(text)


def _texts(hand: Hand, numbers: list[int], kinds: list[tuple[dict[str, Any], list[Any]]]) -> None:
    from dienhong.texts.models import Provision, ProvisionText, Version, Work
    from dienhong.texts.storing import fold_number

    at, works = clock.moment(DAY), []
    for n in numbers:
        number, title, year = (
            f"{n + 1}/2022/NĐ-BT",
            f"Về {VERBS[n % 6].lower()} {THINGS[n // 6 % 6]} số {n}",
            2021 + n % 3,
        )
        works.append(
            Work(uri=f"/akn/vn/act/bench/{n}", kind="decree", number=number, title=title, folded=fold(title), year=year,
                 term=15, folded_number=fold_number(number), date=hand.day(year), mark="S")
        )  # fmt: skip
    works = Work.objects.bulk_create(works)
    versions = Version.objects.bulk_create(
        Version(work=work, kind="passed", label="Văn bản", made_at=at, **kinds[n % len(kinds)][0])
        for n, work in zip(numbers, works, strict=True)
    )
    pairs = [(v, u) for n, v in zip(numbers, versions, strict=True) for u in kinds[n % len(kinds)][1]]
    made = Provision.objects.bulk_create(Provision(work=v.work, eid=u.eid, kind=u.kind) for v, u in pairs)
    ProvisionText.objects.bulk_create(
        ProvisionText(
            version=version, provision=provision, eid=unit.eid, kind=unit.kind, number=unit.number, label=unit.label,
            heading=unit.heading, text=unit.text, folded=unit.folded, digest=unit.digest, order=unit.order,
            searched=unit.searched, about=fold(f"{version.work.title} {unit.label}") if unit.searched else "",
        )
        for (version, unit), provision in zip(pairs, made, strict=True)
    )  # fmt: skip


# -- the journal ------------------------------------------------------------------------------------------------------
def events() -> Iterator[Any]:
    """What the journal says of these rows, in an order in which it could have happened."""
    from dienhong.meetings.events import MeetingClosed, MeetingOpened
    from dienhong.meetings.models import Meeting
    from dienhong.work.events import DossierOpened, TaskAssigned, TaskConfirmed, TaskReported
    from dienhong.work.models import Dossier, Task

    for key in Dossier.objects.filter(code__startswith="HS-").order_by("pk").values_list("pk", flat=True):
        yield DossierOpened(key)
    for key in Meeting.objects.filter(mark="S", kind__in=["committee", "group"]).values_list("pk", flat=True):
        yield from (MeetingOpened(key), MeetingClosed(key))
    tasks = Task.objects.filter(assigned_on__isnull=False).order_by("pk")
    for key, person, confirmed in tasks.values_list("pk", "lead_person_id", "confirmed_on"):
        yield TaskAssigned(key, person)
        if confirmed:
            yield from (TaskReported(key), TaskConfirmed(key))


def write_journal(hand: Hand) -> int:
    """These events as entries of the chain, in bulk: the same form as `record` writes. How many."""
    from dienhong.foundation.journal import chain
    from dienhong.foundation.journal.models import Entry, Head, Topic

    head, at, now, count = Head.objects.get(pk=1), clock.moment(DAY, dt.time(6)), clock.machine_now(), 0
    for batch in in_batches(events()):
        entries, rows = [], []
        for event in batch:
            head.number += 1
            facts, topics = chain.canonical(event.facts()), " ".join(event.topics())
            line = chain.Line(head.number, at, now, event.kind, None, hand.by.name, facts, topics)
            head.hash = chain.digest(line, head.hash)
            entries.append(
                Entry(number=line.number, at=at, written_at=now, kind=line.kind, actor=line.actor, facts=facts,
                      topics=topics, hash=head.hash)
            )  # fmt: skip
            rows += [Topic(topic=topic, entry_id=head.number) for topic in dict.fromkeys(event.topics())]
        Entry.objects.bulk_create(entries)
        Topic.objects.bulk_create(rows)
        count += len(entries)
    head.save(update_fields=["number", "hash"])
    return count


def fill(size: Size) -> dict[str, int]:
    """The rows of a term into an office that holds the demonstration; how many entries they took in the journal."""
    from django.db import transaction

    hand = Hand()
    with transaction.atomic():
        enter_tasks(hand, size.tasks)
        enter_meetings(hand, size.meetings)
        enter_documents(hand, size.documents)
        return {"entries": write_journal(hand)}
