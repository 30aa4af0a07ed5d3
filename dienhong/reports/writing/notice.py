"""The notice of a conference's conclusions (Thông báo kết luận), laid out after NĐ 30/2020."""

from __future__ import annotations

import datetime as dt

from dienhong.people.queries import names_of_bodies
from dienhong.reports import wording
from dienhong.reports.composing import NATIONAL, OFFICE
from dienhong.reports.models import Conference
from dienhong.texts.writing import Block, Run, Sheet, Signature, Style, sheet_to_docx
from dienhong.texts.writing.heading import MOTTO, NATION, Letterhead
from dienhong.texts.writing.layout import layout


def notice_docx(conference: Conference, today: dt.date) -> bytes:
    """The notice as a Word file: each conclusion numbered, with its lead unit, product and deadline. In Vietnamese."""
    day = conference.concluded_on or today
    name = names_of_bodies([conference.report.body_id], day).get(conference.report.body_id, OFFICE)
    held = f"Ngày {wording.day(conference.day)}, tại {conference.place}, {name} tổ chức {conference.title}."
    said = f"{held} Hội nghị kết luận:"
    blocks = [
        Block(Style.KIND, [Run("THÔNG BÁO")]),
        Block(Style.TITLE, [Run(f"Kết luận {conference.title}")]),
        Block(Style.PARAGRAPH, [Run(said)]),
    ]
    blocks += _conclusions(conference, day) + _opinions(conference)
    signed = [line for line in conference.signer_post.upper().split("\n") if line.strip()]
    return sheet_to_docx(
        Sheet(
            layout=layout("nd30"),
            title=f"Thông báo kết luận {conference.title}",
            author=name,
            date=day,
            head=Letterhead(
                issuer=[NATIONAL, name.upper()],
                number=[f"Số: {conference.number or '    '}/TB-VPQH"],
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
    )


def _conclusions(conference: Conference, day: dt.date) -> list[Block]:
    """Each conclusion, numbered, with who leads it, what it gives and until when."""
    blocks: list[Block] = []
    conclusions = list(conference.conclusions.all())
    leads = names_of_bodies([row.lead_id for row in conclusions if row.lead_id], day)
    for row in conclusions:
        details = [
            f"Đơn vị chủ trì: {leads[row.lead_id]}" if row.lead_id is not None and row.lead_id in leads else "",
            f"sản phẩm: {row.product}" if row.product else "",
            f"thời hạn: {wording.day(row.due)}" if row.due else "",
        ]
        told = "; ".join(one for one in details if one)
        words = row.text.rstrip(". ") + (f". {told[0].upper()}{told[1:]}." if told else ".")
        blocks.append(Block(Style.PARAGRAPH, [Run(f"{row.order}. {words}")]))
    return blocks


def _opinions(conference: Conference) -> list[Block]:
    """Each opinion and how it was absorbed or explained."""
    blocks: list[Block] = []
    opinions = list(conference.opinions.exclude(answer="").select_related("section"))
    if opinions:
        blocks.append(Block(Style.HEADING, [Run("Tiếp thu, giải trình ý kiến tại Hội nghị")], level=2))
    for opinion in opinions:
        place = f" (tiếp thu tại mục {opinion.section})" if opinion.section else " (giải trình)"
        blocks.append(Block(Style.PARAGRAPH, [Run(f"- {opinion.leader}: {opinion.said} – {opinion.answer}{place}")]))
    return blocks
