"""The end of a text (phần kết thúc): closing formula, signature, and where the appendices begin."""

from __future__ import annotations

import re

from dienhong.texts.reading.head import parse_date
from dienhong.texts.reading.lines import Line
from dienhong.texts.tree import Text

_BODIES = (
    r"(?:Quốc hội|Ủy ban [Tt]hường vụ|Uỷ ban [Tt]hường vụ|Hội đồng [Nn]hà nước|Hội đồng [Nn]hân dân|HĐND|QUỐC HỘI)"
)
CLOSING = re.compile(
    r"(?:Bộ luật|Bộ Luật|Luật|Pháp lệnh|Nghị quyết|Hiến pháp|Bản Hiến pháp|Đạo luật|Sắc "
    r"luật)\s(?:này|sửa đổi[^.;]{0,160}?|nước[^.;]{0,80}?)?\s*"
    r"(?:này\s+)?(?:đã\s+)?(?:được|do)\s(?:[^.;]{0,60}?)" + _BODIES + r"[^;]{0,300}?thông qua",
    re.S,
)
_POST = re.compile(
    r"(?:T/?M\.?|KT\.?|K/T|TL\.?|TUQ\.?|Q\.)\s*[A-ZĐÀ-Ỹ]|(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|THỦ TƯỚNG"
    r"|PHÓ THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ NHIỆM"
    r"|TỔNG BÍ THƯ|TỔNG THƯ KÝ|TỔNG KIỂM TOÁN|CHÁNH ÁN|VIỆN TRƯỞNG|TRƯỞNG BAN|TỔNG CỤC "
    r"TRƯỞNG|CHÁNH VĂN PHÒNG|GIÁM ĐỐC|XÁC THỰC VĂN BẢN HỢP NHẤT"
    r"|ĐẠI TƯỚNG|THỐNG ĐỐC|TỔNG THANH TRA|ỦY VIÊN|UỶ VIÊN|QUYỀN CHỦ TỊCH|THAY MẶT)(?!\w)"
)
_RECIPIENTS = re.compile(r"N[ơo]i nhận\s*:?|NƠI NHẬN")
_SIGNED = re.compile(r"\(?\s*(?:[Đđ]ã ký|ĐÃ KÝ)\s*\)?")
_NAME = re.compile(r"(?:\([^)]{0,40}\)\s*)?(?:(?:GS|PGS|TS|ThS)\.?\s*)*[A-ZĐÀ-Ỹ][\w’'.]*(?:\s+[A-ZĐÀ-Ỹ][\w’'.]*){1,5}")
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|PHỤ BIỂU|DANH MỤC|BIỂU|BẢNG|MẪU|QUY CHẾ|QUY ĐỊNH|QUY TRÌNH|ĐIỀU LỆ|NỘI QUY"
    r"|CHƯƠNG TRÌNH|KẾ HOẠCH|DANH SÁCH|ĐỀ ÁN|SƠ ĐỒ)(?!\w)"
)
_DATELINE = re.compile(r"[^,\d]{2,40},\s*ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}[.]?", re.I)
_DATED = re.compile(r"[^,\d]{2,40},?\s*ngày\s*\d", re.I)


def is_closing(text: str) -> bool:
    """Whether the paragraph says by whom and when the text was adopted."""
    return "thông qua" in text and bool(CLOSING.match(text))


def is_post(text: str) -> bool:
    """Whether the line names the post of a signer, in capitals."""
    return (
        len(text) < 120
        and (text.isupper() or text[:2] in {"TM", "KT", "TL"} or "\t" in text)
        and bool(_POST.match(text))
    )


def is_signed(text: str) -> bool:
    """Whether the line says "(Đã ký)"."""
    return len(text) < 80 and bool(_SIGNED.match(text))


def is_recipients(text: str) -> bool:
    """Whether the line opens the list of recipients (Nơi nhận)."""
    return bool(_RECIPIENTS.match(text)) and len(text) < 200


def is_name(text: str) -> bool:
    """Whether the line can be a person's name: two to six words, each with a capital."""
    return len(text) < 60 and bool(_NAME.fullmatch(text))


def starts_ending(lines: list[Line], index: int) -> bool:
    """Whether the signature (or the recipients) of the text begins at this line."""
    text = lines[index].text
    if is_recipients(text) or is_signed(text):
        return True
    if not is_post(text):
        return False
    following = [line.text for line in lines[index + 1 : index + 5]]
    if not following:
        return True
    return any(is_signed(t) or is_name(t) for t in following if t) or all(is_post(t) for t in following if t)


def is_dateline(text: str, following: list[Line]) -> bool:
    """Whether the line is the place and date of a signature that comes next."""
    return (
        len(text) < 80
        and bool(_DATELINE.fullmatch(text))
        and any(is_post(line.text) for line in following if line.text)
    )


def starts_annex(text: str) -> bool:
    """Whether a line after the signature opens an appendix, though it does not say so."""
    return len(text) < 400 and text.isupper() and bool(_ANNEX.match(text))


def trailing_signature(lines: list[Line], start: int) -> int:
    """Where a signature without a post begins among the last lines ("Hồ Chí Minh", "(Đã ký)"), else the end."""
    end = len(lines)
    index = end - 1
    while index > start and end - index <= 4 and (is_name(lines[index].text) or is_signed(lines[index].text)):
        index -= 1
    index += 1
    if index == end:
        return end
    signed = any(is_signed(line.text) for line in lines[index:end])
    return index if signed or (end - index == 1 and lines[index - 1].text.endswith((".", "./."))) else end


def split_ending(said: list[str], text: Text) -> None:
    """Sort the lines of the ending into closing formula and signature; take the date where the head has none."""
    for index, line in enumerate(said):
        if not text.signature and (is_closing(line) or (index == 0 and not _opens_signature(line))):
            text.closing.append(line)
        else:
            text.signature.append(line)
    for line in text.closing:
        found, _ = parse_date(line)
        if found and text.date is None:
            text.date = found
    if text.date is None:
        for line in text.signature:
            if _DATED.match(line) and (found := parse_date(line)[0]):
                text.date = found


def _opens_signature(line: str) -> bool:
    return (
        is_post(line)
        or is_recipients(line)
        or is_signed(line)
        or is_name(line)
        or bool(_DATED.match(line))
        or line.isupper()
    )
