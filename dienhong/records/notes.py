"""Notes of the public record that this project wrote itself, in the reader's language (ghi chú của hồ sơ).

What a source says stays in the words of the source. A note is in English only where every sentence of it is known.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dienhong.records.queries import vietnamese

SENTENCES: dict[str, Promise] = {
    "N suy từ tỷ lệ đã công bố": _("The total of deputies was found from the published share"),
    "Ngày theo trí nhớ": _("The day is from memory"),
    "Khai mạc theo trí nhớ": _("The opening is from memory"),
    "Bế mạc theo trí nhớ": _("The closing is from memory"),
    "Ngày theo kế hoạch": _("The day is from a plan"),
    "Ngày bế mạc theo kế hoạch": _("The closing day is from a plan"),
    "Không tìm thấy ngày": _("No day was found"),
    "Không tìm thấy ngày; số phiên suy từ các phiên kề": _(
        "No day was found; the number of the meeting was found from those beside it"
    ),
    "Tính đến tháng 12/2023": _("Up to December 2023"),
    "2 thường kỳ, 3 bất thường": _("2 regular, 3 extraordinary"),
    "16 = 10 thường kỳ + 1 chuyên đề pháp luật + 2 giữa hai đợt kỳ họp + 3 phiên khác": _(
        "16 = 10 regular + 1 on law-making + 2 between the phases of a session + 3 others"
    ),
    "Chủ tịch Quốc hội nêu 16 phiên, không kể các phiên giữa hai đợt kỳ họp thứ 5 và thứ 6; trái với cách đếm của "
    "Tổng Thư ký": _(
        "The Chairman of the National Assembly stated 16 meetings, not counting those between the phases of sessions 5 "
        "and 6; this contradicts the count of the Secretary General"
    ),
    "Nguồn thứ cấp": _("From a secondary source"),
    "Số hiệu suy từ dãy số; chưa rõ tên": _("The number was found from its row; the name is not known"),
    "Chỉ rõ số hiệu; chưa rõ tên": _("Only the number is known, not the name"),
    "Tên suy bằng loại trừ": _("The name was found by exclusion"),
    "Toàn bộ đại biểu có mặt": _("All deputies present"),
    "Họp một buổi chiều, công tác nhân sự": _("One afternoon, personnel matters"),
    "Họp một buổi sáng, công tác nhân sự": _("One morning, personnel matters"),
    "Khai mạc theo trí nhớ; bế mạc, số luật và nghị quyết đã đối chiếu": _(
        "The opening is from memory; the closing and the numbers of laws and resolutions were checked"
    ),
    "Ngày theo trí nhớ; số luật và nghị quyết đã đối chiếu": _(
        "The days are from memory; the numbers of laws and resolutions were checked"
    ),
    "Cần ít nhất hai phần ba tổng số đại biểu": _("At least two thirds of all deputies are needed"),
    "11 nghị quyết, không tính nghị quyết nhân sự": _("11 resolutions, not counting those on personnel"),
    "12 nghị quyết nhân sự": _("12 resolutions on personnel"),
    "21 nghị quyết, 3 quy phạm; thông cáo số 30 ghi ngày làm việc thứ 28": _(
        "21 resolutions, 3 of them legal rules; communiqué no. 30 counts the 28th working day"
    ),
    "29,5 ngày là dự kiến": _("29.5 days were planned"),
    "34 luật và 14 nghị quyết quy phạm; tổng số nghị quyết không tìm thấy": _(
        "34 laws and 14 resolutions with legal rules; the number of all resolutions was not found"
    ),
    "8 nghị quyết và nghị quyết chung; lùi thông qua Luật Đất đai, Luật Các tổ chức tín dụng": _(
        "8 resolutions and the general one; the Land Law and the Law on Credit Institutions were put off"
    ),
    "9 luật và 1 nghị quyết quy phạm; khai mạc theo kế hoạch tháng 9": _(
        "9 laws and 1 resolution with legal rules; the opening is from the plan of September"
    ),
    "Bế mạc theo trí nhớ; đợt 1 họp trực tuyến": _("The closing is from memory; phase 1 was online"),
    "Chỉ ghi để đặt cuộc biểu quyết Hiến pháp năm 2013; ngày khai mạc, bế mạc chưa đối chiếu": _(
        "Entered only to hold the vote on the Constitution of 2013; opening and closing were not checked"
    ),
    "Dự án luật về đơn vị hành chính - kinh tế đặc biệt rút ngày 11/06/2018": _(
        "The bill on special administrative and economic units was withdrawn on 11/06/2018"
    ),
    "Gọi là kỳ họp không thường lệ từ 2025; họp tháng 8/2026, chưa rõ ngày": _(
        "Called a non-regular session since 2025; in August 2026, the days are not known"
    ),
    "Họp hai đợt, trực tuyến và tập trung": _("Two phases, online and in person"),
    "Khai mạc theo kế hoạch; bế mạc theo trí nhớ": _("The opening is from a plan; the closing is from memory"),
    "Kỳ họp cuối nhiệm kỳ": _("The last session of the term"),
    "Kỳ họp cuối nhiệm kỳ; 39 nghị quyết, 8 quy phạm": _(
        "The last session of the term; 39 resolutions, 8 of them legal rules"
    ),
    "Nguồn thứ cấp; 5 nghị quyết quy phạm": _("From a secondary source; 5 resolutions with legal rules"),
    "Ngày bế mạc theo ngày thông qua Nghị quyết 30/2021/QH15": _(
        "The closing day is that on which Resolution 30/2021/QH15 passed"
    ),
    "Phiên trù bị chiều 04/01/2023; 3 nghị quyết theo diễn văn bế mạc, có thể chưa gồm nghị quyết nhân sự": _(
        "Preparatory sitting on the afternoon of 04/01/2023; 3 resolutions by the closing speech, perhaps without "
        "those on personnel"
    ),
    "Số nghị quyết chưa đối chiếu được": _("The number of resolutions could not be checked"),
    "Đợt 1 trực tuyến, ngày kết thúc đợt 1 nguồn ghi khác nhau (30/10 hoặc 01/11)": _(
        "Phase 1 was online; sources differ on its last day (30/10 or 01/11)"
    ),
    "11 dự án luật; không đánh số": _("11 bills; not numbered"),
    "17 nội dung; khai mạc tính từ 3 ngày làm việc": _("17 items; the opening was found from the 3 working days"),
    "19 nội dung và 3 báo cáo bằng văn bản": _("19 items and 3 written reports"),
    "48 nhóm nội dung": _("48 groups of items"),
    "Ba đợt, 18 nội dung": _("Three phases, 18 items"),
    "Bốn đợt dự kiến: 5-6/11, 12/11 và 17/11; các đợt sau chưa rõ": _(
        "Four phases were planned: 5-6/11, 12/11 and 17/11; the later ones are not known"
    ),
    "Chất vấn một ngày rưỡi (21-22/8)": _("Questions for a day and a half (21-22/8)"),
    "Chủ tịch Quốc hội dự kiến tháng 4/2026; chưa xác nhận": _(
        "Planned for April 2026 by the Chairman of the National Assembly; not confirmed"
    ),
    "Có trong kế hoạch quý III/2023; chưa rõ có họp hay đếm vào loại khác": _(
        "In the plan of quarter III of 2023; whether it was held, or is counted as another kind, is not known"
    ),
    "Dự kiến 9-12/5; ngày 13/5 còn họp": _("Planned for 9-12/5; it still sat on 13/5"),
    "Hai đợt dự kiến: 2/3 và 16-17/3": _("Two phases were planned: 2/3 and 16-17/3"),
    "Hai đợt dự kiến: chiều 2, 3, 4/12 và 24-25/12": _(
        "Two phases were planned: the afternoons of 2, 3 and 4/12, and 24-25/12"
    ),
    "Hai đợt, 20 nội dung": _("Two phases, 20 items"),
    "Hai đợt: 10-16/3 và 22-25/3": _("Two phases: 10-16/3 and 22-25/3"),
    "Hai đợt: 14-18/8 và 24-26/8; chất vấn một ngày": _("Two phases: 14-18/8 and 24-26/8; questions for one day"),
    "Họp giữa hai đợt kỳ họp thứ 5 (nghỉ 11/06 đến 18/06/2023)": _(
        "Between the phases of session 5 (which paused from 11/06 to 18/06/2023)"
    ),
    "Họp giữa hai đợt kỳ họp thứ 6 (nghỉ 11/11 đến 19/11/2023)": _(
        "Between the phases of session 6 (which paused from 11/11 to 19/11/2023)"
    ),
    "Họp giữa hai đợt kỳ họp thứ 9; 28 dự án luật": _("Between the phases of session 9; 28 bills"),
    "Họp ngày 12/9; ngày khai mạc, bế mạc chưa rõ": _("It sat on 12/9; opening and closing are not known"),
    "Họp ngày 15/5; ngày khai mạc, bế mạc chưa rõ": _("It sat on 15/5; opening and closing are not known"),
    "Khai mạc buổi chiều; dự kiến hơn 6 ngày": _("Opened in the afternoon; planned for more than 6 days"),
    "Ngày 20-21/12/2022 còn họp": _("It still sat on 20-21/12/2022"),
    "Ngày bế mạc tính từ thứ trong tuần, nguồn không in": _(
        "The closing day was found from the day of the week; no source prints it"
    ),
    "Nhiều đợt; 34 nội dung": _("Several phases; 34 items"),
    "Số đếm năm 2023 chỉ có một phiên chuyên đề": _("The count of 2023 has only one thematic meeting"),
    "Theo kế hoạch, họp ngay sau phiên thứ 22, tính riêng": _("By the plan right after meeting 22, counted apart"),
    "Tháng 7/2024; ngày chưa rõ": _("July 2024; the days are not known"),
    "Thông báo là phiên cuối nhiệm kỳ, sau đó còn phiên 55 và 56": _(
        "Announced as the last of the term; meetings 55 and 56 followed"
    ),
}


def in_words(note: str) -> str:
    """The note in the reader's language, or as it stands."""
    if vietnamese() or not note:
        return note
    parts = [part.strip().rstrip(".") for part in note.split(". ") if part.strip()]
    if not all(part in SENTENCES for part in parts):
        return note
    return " ".join(f"{SENTENCES[part]}." for part in parts)
