"""The heading block by its components (thể thức phần đầu): what stands where, whatever order a source printed it in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from dienhong.texts.tree import Text

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

#: Names of types as printed above the title, by kind of text.
TYPE_LINES: dict[str, str] = {
    "law": "LUẬT",
    "code": "BỘ LUẬT",
    "constitution": "HIẾN PHÁP",
    "ordinance": "PHÁP LỆNH",
    "resolution": "NGHỊ QUYẾT",
    "decree": "NGHỊ ĐỊNH",
    "decision": "QUYẾT ĐỊNH",
    "circular": "THÔNG TƯ",
    "order": "LỆNH",
    "bill": "LUẬT",
}
_TYPE_NAMES = frozenset(
    [name.casefold() for name in TYPE_LINES.values()]
    + ["chỉ thị", "quy chế", "quy định", "thông cáo", "thông báo", "hướng dẫn", "chương trình", "kế hoạch"]
    + ["phương án", "đề án", "dự án", "báo cáo", "biên bản", "tờ trình", "hợp đồng", "công điện", "bản ghi nhớ"]
    + ["bản thỏa thuận", "giấy ủy quyền", "giấy mời", "giấy giới thiệu", "giấy nghỉ phép", "phiếu gửi"]
    + ["phiếu chuyển", "phiếu báo", "văn bản hợp nhất", "dự thảo"]
)
_RULE = re.compile(r"^[\s\-–—_=*.·•~―─]+$")
_NUMBER = re.compile(r"^(?:(?:bộ\s+)?luật|pháp\s+lệnh|nghị\s+quyết|lệnh)?\s*số\s*[:.]?\s*\S*\d", re.IGNORECASE)
_PLACE_DATE = re.compile(r"(?:^|[\s,])ngày\s+[\d.…\s]*tháng\s+[\d.…\s]*năm\s*[\d.…]*", re.IGNORECASE)


@dataclass(slots=True)
class Letterhead:
    """The heading block of a document, each line in its place.

    `issuer`: superior body first, the issuing body last. `number`: number and symbol, then the subject of a công văn
    ("V/v ..."). `below`: type and title are `kind` and `title`; `rest` holds lines that belong to none of these.
    """

    issuer: list[str] = field(default_factory=list)
    number: list[str] = field(default_factory=list)
    date: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def made_heading(text: Text) -> list[str]:
    """The lines of a heading block made from the fields of a text that has none."""
    if not (text.issuer or text.number or text.title or text.date):
        return []
    prefix = {"law": "Luật số", "code": "Bộ luật số", "ordinance": "Pháp lệnh số", "resolution": "Nghị quyết số"}
    place = text.place or "Hà Nội"
    lines = [text.issuer, NATION, MOTTO]
    lines.append(f"{prefix.get(text.kind, 'Số')}: {text.number}" if text.number else "")
    lines.append(f"{place}, {date_in_words(text)}" if text.date else "")
    name = TYPE_LINES.get(text.kind, "")
    title = text.title
    if name and fold(title).startswith(fold(name) + " "):
        title = title[len(name) + 1 :]
    lines += [name, title.upper() if name in ("LUẬT", "BỘ LUẬT", "PHÁP LỆNH") else title]
    return [line for line in lines if line]


def date_in_words(text: Text) -> str:
    """The date as official papers write it: day under 10 and months 1 and 2 with a leading 0 (NĐ 30/2020, I.II.4)."""
    if text.date is None:
        return ""
    month = f"{text.date.month:02d}" if text.date.month <= 2 else str(text.date.month)
    return f"ngày {text.date.day:02d} tháng {month} năm {text.date.year}"


def letterhead(text: Text) -> Letterhead:
    """The heading block of a text, its lines put in their places; nothing but ruled lines is left out."""
    found = Letterhead()
    titled = False
    for line in text.heading or made_heading(text):
        bare = line.strip()
        folded = fold(bare)
        if not bare or _RULE.match(bare):
            continue
        if folded == fold(NATION) or re.sub(r"[^\w]+", " ", folded).strip() == "độc lập tự do hạnh phúc":
            continue
        if not titled and _NUMBER.match(bare):
            found.number.append(bare)
        elif not titled and _PLACE_DATE.search(bare) and not bare.startswith("("):
            found.date.append(bare)
        elif not titled and bare.casefold().startswith("v/v"):
            found.number.append(bare)
        elif folded in _TYPE_NAMES and not found.title:
            found.kind.append(bare)
            titled = True
        elif titled and not bare.startswith("(") and not found.rest:
            found.title.append(bare)
        elif not titled and not found.number and not found.date and bare.upper() == bare:
            found.issuer.append(bare)
        elif not titled and bare.upper() == bare:
            found.title.append(bare)
        else:
            found.rest.append(bare)
    return found


def fold(text: str) -> str:
    """The text for comparing lines of a heading: NFC, lower case, one space, òa and oà alike."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return " ".join(plain.replace("oà", "òa").replace("–", "-").split())
