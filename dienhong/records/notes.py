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
}


def in_words(note: str) -> str:
    """The note in the reader's language, or as it stands."""
    if vietnamese() or not note:
        return note
    parts = [part.strip().rstrip(".") for part in note.split(". ") if part.strip()]
    if not all(part in SENTENCES for part in parts):
        return note
    return " ".join(f"{SENTENCES[part]}." for part in parts)
