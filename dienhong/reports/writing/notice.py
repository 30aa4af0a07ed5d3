"""The notice of a conference's conclusions (Thông báo kết luận), laid out after NĐ 30/2020."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from dienhong.people.queries import names_of_bodies, names_of_persons
from dienhong.reports import wording
from dienhong.reports.absorbing import settled
from dienhong.reports.composing import NATIONAL
from dienhong.reports.models import Conference
from dienhong.reports.writing.invitation import issuers, together
from dienhong.reports.writing.paper import close
from dienhong.texts.writing import Block, Run, Sheet, Signature, Style, sheet_to_docx, sheet_to_pdf
from dienhong.texts.writing.heading import MOTTO, NATION, Letterhead
from dienhong.texts.writing.layout import layout


def notice_docx(conference: Conference, today: dt.date) -> bytes:
    """The notice as a Word file: each conclusion numbered, with its lead unit, product and deadline. In Vietnamese."""
    return sheet_to_docx(notice(conference, today))


def notice_pdf(conference: Conference, today: dt.date) -> bytes:
    """The notice as a PDF. Raises NoFont where no font with Vietnamese letters is found."""
    return sheet_to_pdf(notice(conference, today))


def notice(conference: Conference, today: dt.date) -> Sheet:
    """The notice as a paper."""
    with translation.override("vi"):
        return _notice(conference, today)


def _notice(conference: Conference, today: dt.date) -> Sheet:
    day = conference.concluded_on or today
    names = issuers(conference, day)
    blocks = [
        Block(Style.KIND, [Run("THÔNG BÁO")]),
        Block(Style.TITLE, [Run(f"Kết luận {conference.title}")]),
        *(Block(Style.PARAGRAPH, [Run(words)]) for words in _held(conference, names, day)),
    ]
    blocks += _conclusions(conference, day) + _opinions(conference)
    close(blocks)
    signed = [line for line in conference.signer_post.upper().split("\n") if line.strip()]
    return Sheet(
        layout=layout("nd30"),
        title=f"Thông báo kết luận {conference.title}",
        author=names[0],
        date=day,
        head=Letterhead(
            issuer=[NATIONAL, names[0].upper()],
            number=[f"Số: {conference.number or '    '}/{conference.symbol('TB')}"],
            date=[wording.place_and_day("Hà Nội", conference.concluded_on, day.year)],
        ),
        nation=NATION,
        motto=MOTTO,
        blocks=blocks,
        signature=Signature(
            recipients=["Nơi nhận:", "- Các đơn vị có tên trong Thông báo;", "- Lưu: HC, TH."],
            above=signed,
            name=[conference.signer_name] if conference.signer_name else [],
        ),
        appendices=[],
    )


def _held(conference: Conference, names: list[str], day: dt.date) -> list[str]:
    """The opening: when, where, by whom it was held, who came and was heard."""
    came = conference.invitations.filter(state="came")
    people = sum(row.people for row in came)
    heard = conference.speeches.filter(paper=False).count()
    when = f"Ngày {wording.day_in_full(conference.day)}, tại {conference.place}"
    held = f"{when}, {together(names)} tổ chức {conference.title}."
    attended = f" Dự Hội nghị có {people} đại biểu." if people else ""
    spoken = f" Hội nghị đã nghe báo cáo và {heard:02d} tham luận của các đơn vị." if heard else ""
    return [held + attended + spoken, "Sau khi nghe báo cáo và ý kiến phát biểu, Hội nghị kết luận:"]


def _conclusions(conference: Conference, day: dt.date) -> list[Block]:
    """Each conclusion, numbered, with who leads it, what it gives and until when."""
    blocks: list[Block] = []
    conclusions = list(conference.conclusions.all())
    leads = names_of_bodies([row.lead_id for row in conclusions if row.lead_id], day)
    persons = names_of_persons([row.person_id for row in conclusions if row.person_id])
    for row in conclusions:
        details = [
            f"Đơn vị chủ trì: {leads[row.lead_id]}" if row.lead_id is not None and row.lead_id in leads else "",
            f"người thực hiện: {persons[row.person_id]}" if row.person_id is not None else "",
            f"sản phẩm: {row.product}" if row.product else "",
            f"thời hạn: {wording.day(row.due)}" if row.due else "",
        ]
        told = "; ".join(one for one in details if one)
        words = row.text.rstrip(". ") + (f". {told[0].upper()}{told[1:]}." if told else ".")
        blocks.append(Block(Style.PARAGRAPH, [Run(f"{row.order}. {words}")]))
    return blocks


def _opinions(conference: Conference) -> list[Block]:
    """Each opinion and how it was absorbed or explained."""
    opinions = list(conference.opinions.exclude(answer="").select_related("section"))
    if not opinions:
        return []
    words = [f"- {one.leader}: {one.said.rstrip('. ')}. {settled(one)}" for one in opinions]
    head = Block(Style.HEADING, [Run("Tiếp thu, giải trình ý kiến tại Hội nghị")], level=2)
    return [head, *(Block(Style.LISTED, [Run(line)]) for line in words)]
