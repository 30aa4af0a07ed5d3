"""The invitation letter to a conference (Giấy mời), laid out after NĐ 30/2020, Phụ lục III, form 1.7. In Vietnamese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import translation

from dienhong.people.queries import holdings_on, names_of_bodies
from dienhong.reports import wording
from dienhong.reports.composing import NATIONAL, OFFICE
from dienhong.reports.models import Conference, Invitation, ProgrammeItem
from dienhong.reports.writing.paper import CLOSED
from dienhong.texts.writing import Block, Run, Sheet, Signature, Style, sheet_to_docx, sheet_to_pdf, sheet_to_words
from dienhong.texts.writing.heading import MOTTO, NATION, Letterhead
from dienhong.texts.writing.layout import layout


def letter_docx(conference: Conference, invited: Sequence[Invitation], today: dt.date) -> bytes:
    """The letter as a Word file: to one invitee, or to several with their list behind it."""
    return sheet_to_docx(letter(conference, invited, today))


def letter_pdf(conference: Conference, invited: Sequence[Invitation], today: dt.date) -> bytes:
    """The letter as a PDF. Raises NoFont where no font with Vietnamese letters is found."""
    return sheet_to_pdf(letter(conference, invited, today))


def letters_of_each(conference: Conference, invited: Sequence[Invitation], today: dt.date) -> dict[int, bytes]:
    """A letter to each of these as words that become a PDF when it leaves, by invitation: quick, also for hundreds."""
    with translation.override("vi"):
        day = conference.letter_on or today
        names, whom = issuers(conference, day), invitees(invited, day)
        items = list(conference.programme.all())
        return {one.pk: sheet_to_words(_paper(conference, names, [whom[one.pk]], day, items)) for one in invited}


def letter(conference: Conference, invited: Sequence[Invitation], today: dt.date) -> Sheet:
    """The letter as a paper."""
    with translation.override("vi"):
        return _letter(conference, invited, today)


def issuers(conference: Conference, day: dt.date) -> list[str]:
    """The bodies that hold the conference, the one that reports first, as they were called on that day."""
    hosts = [conference.report.body_id, *(host.body_id for host in conference.hosts.all())]
    names = names_of_bodies(hosts, day)
    return [names.get(key, OFFICE) for key in hosts]


def together(names: Sequence[str]) -> str:
    """Names as a sentence lists them: A, B và C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


def invitees(invited: Sequence[Invitation], day: dt.date) -> dict[int, str]:
    """Who is invited, as a letter writes it: a body by its name, a person with post, a guest as entered."""
    bodies = names_of_bodies([one.body_id for one in invited if one.body_id], day)
    persons = {one.person_id for one in invited if one.person_id}
    posts: dict[int, str] = {}
    held = list(holdings_on(day).filter(person_id__in=persons))
    units = names_of_bodies([holding.post.body_id for holding in held], day)
    for holding in held:
        posts.setdefault(holding.person_id, f"{holding.post.title}, {units.get(holding.post.body_id, '')}")
    found = {}
    for one in invited:
        if one.body_id is not None:
            found[one.pk] = bodies.get(one.body_id, "")
        elif one.person is not None:
            found[one.pk] = ", ".join(part for part in (one.person.full_name, posts.get(one.person.pk, "")) if part)
        else:
            found[one.pk] = ", ".join(part for part in (one.guest, one.post) if part)
    return found


def _letter(conference: Conference, invited: Sequence[Invitation], today: dt.date) -> Sheet:
    day = conference.letter_on or today
    whom = list(invitees(invited, day).values())
    return _paper(conference, issuers(conference, day), whom, day, list(conference.programme.all()))


def _paper(
    conference: Conference, names: list[str], whom: list[str], day: dt.date, items: Sequence[ProgrammeItem]
) -> Sheet:
    signed = [line for line in conference.letter_post.upper().split("\n") if line.strip()]
    number = f"{conference.letter_number or '    '}/{conference.symbol('GM')}"
    place_day = wording.place_and_day("Hà Nội", conference.letter_on, day.year)
    to = f"(Kèm theo Giấy mời số {number} {place_day.partition(', ')[2]} của {names[0]})"
    recipients = ["- Như trên;" if len(whom) == 1 else "- Theo danh sách;", "- Lưu: HC, TH."]
    return Sheet(
        layout=layout("nd30"),
        title=f"Giấy mời {conference.title}",
        author=names[0],
        date=day,
        head=Letterhead(
            issuer=[NATIONAL, names[0].upper()],
            number=[f"Số: {number}"],
            date=[place_day],
        ),
        nation=NATION,
        motto=MOTTO,
        blocks=[
            Block(Style.KIND, [Run("GIẤY MỜI")]),
            Block(Style.TITLE, [Run(f"Dự {conference.title}")]),
            *(Block(Style.PARAGRAPH, [Run(line)]) for line in _lines(conference, names, whom)),
        ],
        signature=Signature(
            recipients=["Nơi nhận:", *recipients],
            above=signed,
            name=[conference.letter_name] if conference.letter_name else [],
        ),
        appendices=[*_programme(conference, items, to), *(_listed(whom, to) if len(whom) > 1 else [])],
    )


def _lines(conference: Conference, names: list[str], whom: list[str]) -> list[str]:
    """What the letter says: who invites whom to what, who presides, when and where, and what else is to be noted."""
    lone = whom[0] if len(whom) == 1 else "Các cơ quan, đơn vị, đại biểu theo danh sách kèm theo"
    lines = [
        f"{together(names)} trân trọng kính mời: {lone}",
        f"Tới dự {conference.title}.",
        f"Chủ trì: Lãnh đạo {together(names)}.",
        f"Thời gian: {_hour(conference)}{wording.day_in_words(conference.day)}.",
        f"Địa điểm: {conference.place}.",
        *(line.strip() for line in conference.letter_note.split("\n") if line.strip()),
    ]
    lines[-1] = lines[-1].rstrip(".;: ") + CLOSED
    return lines


def _hour(conference: Conference) -> str:
    return f"{conference.begins:%H} giờ {conference.begins:%M}, " if conference.begins else ""


def _programme(conference: Conference, items: Sequence[ProgrammeItem], to: str) -> list[list[Block]]:
    """The programme on a page of its own, under it `to` which letter it belongs; nothing while it is not set."""
    if not items:
        return []
    rows = [("Thời gian", "Nội dung", "Thực hiện")]
    rows += [(f"{one.begins:%H:%M}" if one.begins else "", one.title, one.who) for one in items]
    head = Block(Style.APPENDIX, [Run(f"CHƯƠNG TRÌNH\n{conference.title}")], level=1)
    return [[head, Block(Style.NOTE_LINE, [Run(to)]), Block(Style.PARAGRAPH, rows=tuple(rows), head=True)]]


def _listed(names: Sequence[str], to: str) -> list[list[Block]]:
    rows = [("TT", "Cơ quan, đơn vị, đại biểu được mời"), *((str(at), name) for at, name in enumerate(names, start=1))]
    head = Block(Style.APPENDIX, [Run("DANH SÁCH\nCơ quan, đơn vị, đại biểu được mời")], level=1)
    return [[head, Block(Style.NOTE_LINE, [Run(to)]), Block(Style.PARAGRAPH, rows=tuple(rows), head=True)]]
