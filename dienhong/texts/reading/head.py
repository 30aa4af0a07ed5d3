"""The heading block (phần mở đầu): organ, number, place and date, kind and name, grounds, and what else comes first."""

from __future__ import annotations

import datetime as dt
import re

from dienhong.texts.reading.lines import Line
from dienhong.texts.reading.marks import mark
from dienhong.texts.tree import Doubt, Text

#: Words that open the name of a document, in capitals, and the kind they say.
KINDS: tuple[tuple[str, str], ...] = (
    ("BỘ LUẬT", "code"),
    ("LUẬT", "law"),
    ("HIẾN PHÁP", "constitution"),
    ("PHÁP LỆNH", "ordinance"),
    ("SẮC LUẬT", "order"),
    ("SẮC LỆNH", "order"),
    ("LỆNH", "order"),
    ("NGHỊ QUYẾT LIÊN TỊCH", "resolution"),
    ("NGHỊ QUYẾT", "resolution"),
    ("NGHỊ ĐỊNH", "decree"),
    ("QUYẾT ĐỊNH", "decision"),
    ("THÔNG TƯ LIÊN TỊCH", "circular"),
    ("THÔNG TƯ", "circular"),
    ("CHỈ THỊ", "other"),
    ("QUY CHẾ", "other"),
    ("ĐIỀU LỆ", "other"),
    ("TỜ TRÌNH", "other"),
    ("BÁO CÁO", "other"),
    ("KẾ HOẠCH", "other"),
    ("CHƯƠNG TRÌNH", "other"),
    ("THÔNG BÁO", "other"),
    ("BIÊN BẢN", "other"),
)
ISSUERS: tuple[str, ...] = (
    "ỦY BAN THƯỜNG VỤ QUỐC HỘI", "UỶ BAN THƯỜNG VỤ QUỐC HỘI", "ĐOÀN CHỦ TỊCH QUỐC HỘI", "HỘI ĐỒNG NHÀ NƯỚC",
    "QUỐC HỘI",     "CHÍNH PHỦ", "HỘI ĐỒNG BỘ TRƯỞNG", "HỘI ĐỒNG CHÍNH PHỦ", "THỦ TƯỚNG CHÍNH PHỦ", "CHỦ TỊCH NƯỚC",
    "HỘI ĐỒNG NHÂN DÂN", "ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "VĂN PHÒNG QUỐC HỘI", "BỘ ",
    "TÒA ÁN", "TOÀ ÁN", "VIỆN KIỂM SÁT", "KIỂM TOÁN NHÀ NƯỚC",
)  # fmt: skip
_NATION = re.compile(
    r"C[ỘÔ]NG H[OÒÓ][AÀ] X[ÃA] H[ỘÔ]I|VI[ỆÊ]T NAM D[ÂA]N CH[ỦU] C[ỘÔ]NG H[OÒ][AÀ]|ĐỘC LẬP|Độc lập", re.I
)
_NUMBER = re.compile(
    r"(?:\bSố|\bSỐ|\bsố|số hiệu)\s*:?\s*"
    r"(\d+[A-Za-z]?\s*(?:[-/]\s*[0-9A-ZĐƯa-zđư.]*[0-9A-ZĐƯ](?:\s(?=\d{1,2}(?!\d|[./-])))?)+(?:\d{1,2})?)"
)
_SYMBOL = re.compile(r"[A-ZĐ][A-ZĐ-]{1,15}\d{0,2}")
_BARE_NUMBER = re.compile(r"\bSỐ\s+(\d{1,4}[A-Z]?)\s+NGÀY\b", re.I)
_PROVINCE = re.compile(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU)\s")
_SLIP = re.compile(r"(\b[A-ZĐ]{2,})\s+(\d{1,2})$")
_LONG_DATE = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*(năm|hăm|nam|nắm|nãm|năn|năm,)?\s*(\d{4})", re.I)
_SHORT_DATE = re.compile(r"ngày\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})", re.I)
_PLACE = re.compile(r"^([^,\d:]{2,40}?)\s*,?\s*ngày\b", re.I)
_GROUND = re.compile(
    r"[-–]?\s*(?:Căn cứ|Căn Cứ|CĂN CỨ|Theo đề nghị|Xét |Sau khi |Để |Chiếu |Chiểu |Thực hiện |Tiếp theo )"
)
_ORNAMENT = re.compile(r"^[\W_]+$")
_LEAD = re.compile(
    r"(?:Quốc hội|Ủy ban thường vụ|Ủy ban Thường vụ|Uỷ ban thường vụ|UỶ BAN|Chính phủ|Hội "
    r"đồng|Chủ tịch|Luật này|Pháp lệnh này|Bộ trưởng|Nghị quyết này"
    r"|Bộ luật này|Thủ tướng|Nay |Chúng ta|Chúng tôi)"
)
_ENACTS = re.compile(r"(?:QUYẾT NGHỊ|NGHỊ ĐỊNH|QUYẾT ĐỊNH|RA SẮC LỆNH|RA LỆNH|SẮC LỆNH|LỆNH|BAN HÀNH|QUY ĐỊNH)\s*:?$")
_COLLECTED = re.compile(r"^(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Hiến pháp)\s.+")
#: A numbered line this many lines before the first article belongs to the body already, not to the heading block.
_LONG_HEAD = 15
_DRAFT = re.compile(r"^\W*(?:DỰ THẢO|Dự thảo|DỰ ÁN|Dự án)\b")


def find_body(lines: list[Line]) -> int:
    """The index of the first line of the body: the first part, chapter or article, else what follows the grounds."""
    contents = _table_of_contents_end(lines)
    loose = -1
    for index in range(contents, len(lines)):
        text = lines[index].text
        found = mark(text) if text else None
        if found is None:
            continue
        units = {"article", "chapter", "chapter~", "part", "section"}
        if found.style in units and not _cited(found.rest):
            return loose if 0 <= loose < index - _LONG_HEAD else index
        if loose < 0 and found.number in {"1", "I", "a", "A"} and found.style not in {"article?", "form"}:
            loose = index
    return _after_grounds(lines, loose)


def _cited(rest: str) -> bool:
    """Whether an article named among the first lines belongs to the name of the law ("... ĐIỀU 6 VÀ PHỤ LỤC 4 ...")."""
    return bool(rest) and rest.startswith(("VÀ ", "CỦA ", ", "))


def _table_of_contents_end(lines: list[Line]) -> int:
    """The index after a table of contents, recognised by its heading and by a first article that comes twice."""
    for index, line in enumerate(lines[:60]):
        if line.text.upper() in {"MỤC LỤC", "MỤC LỤC:"}:
            firsts = []
            for at in range(index + 1, len(lines)):
                found = mark(lines[at].text) if lines[at].text else None
                if found is not None and found.style in {"part", "chapter", "article"} and found.number in {"1", "I"}:
                    firsts.append((found.style, at))
                    if found.style == firsts[0][0] and len([f for f in firsts if f[0] == found.style]) == 2:
                        return at
            return index
    return 0


def _after_grounds(lines: list[Line], loose: int) -> int:
    """Where the body of a text without articles begins."""
    last = -1
    titled = -1
    for index, line in enumerate(lines[:80]):
        if _GROUND.match(line.text) and len(line.text) > 12:
            last = index
        elif _ENACTS.fullmatch(line.text) and last >= 0:
            return index + 1
        elif titled < 0 and _kind_of(line.text):
            titled = index
    if last >= 0:
        return last + 1
    if loose >= 0:
        return loose
    return titled + 2 if 0 <= titled < len(lines) - 2 else 0


def _kind_of(text: str) -> str:
    """The kind that a line in capitals names, "" where it names none."""
    if not text.isupper() or len(text) > 400:
        return ""
    for word, kind in KINDS:
        if text.startswith(word) and not text[len(word) : len(word) + 1].isalpha():
            return kind
    return ""


def read_head(lines: list[Line], text: Text) -> None:
    """Fill heading, title, kind, number, date, place, issuer, grounds and lead from the lines before the body."""
    plain = [_as_text(line) for line in lines]
    kind_at = _kind_line(plain)
    title_end = _title_end(plain, kind_at)
    grounds = [i for i, said in enumerate(plain) if i >= title_end and _GROUND.match(said)]
    if grounds and kind_at >= 0:
        first, last = grounds[0], _last_ground(plain, grounds)
        text.heading, text.grounds, text.lead = plain[:first], plain[first : last + 1], plain[last + 1 :]
    else:
        text.heading, text.lead = plain[:title_end], plain[title_end:]
    _read_title(text, plain, kind_at, title_end)
    _read_number(text, lines, plain, title_end)
    _read_date(text, lines, plain, title_end)
    if any(_DRAFT.match(said) for said in text.heading) and text.kind in {"law", "code", "ordinance", "resolution"}:
        text.kind = "bill"


def _as_text(line: Line) -> str:
    return line.text if not line.rows else "\t".join(cell for row in line.rows for cell in row)


def _kind_line(plain: list[str]) -> int:
    """The index of the line that names the kind: the last such line before the grounds that a name can follow."""
    found = -1
    for index, said in enumerate(plain):
        if _GROUND.match(said):
            break
        if _kind_of(said) and not said.endswith(":") and (found < 0 or plain[found] == said):
            found = index
    return found


def _title_end(plain: list[str], kind_at: int) -> int:
    """The index after the name. The name goes on while its lines are capitals, or for one line if they never were."""
    if kind_at < 0:
        for index, said in enumerate(plain):
            if _GROUND.match(said) or (_LEAD.match(said) and len(said) > 25 and index > 0):
                return index
        return len(plain)
    end = kind_at + 1
    bare = _is_bare(plain[kind_at])
    while end < len(plain):
        said = plain[end]
        if _GROUND.match(said) or said.startswith(ISSUERS) or _ENACTS.fullmatch(said) or said.startswith("LỜI NÓI ĐẦU"):
            break
        if bare and said[0].islower() and end > kind_at + 1 and not plain[end - 1].isupper():
            end += 1
            continue
        if said.isupper() or _ORNAMENT.match(said) or said[0] == "(":
            end += 1
            continue
        if (
            bare
            and end == kind_at + 1
            and len(said) < 300
            and not (_LEAD.match(said) and said.endswith((".", ":", ";")))
        ):
            end += 1
            continue
        break
    return end


def _is_bare(said: str) -> bool:
    return any(said == word for word, _ in KINDS)


def _last_ground(plain: list[str], grounds: list[int]) -> int:
    """The last ground; a line that goes on with it in small letters belongs to it."""
    last = grounds[-1]
    while last + 1 < len(plain) and plain[last + 1][0].islower():
        last += 1
    return last


def _read_title(text: Text, plain: list[str], kind_at: int, title_end: int) -> None:
    if kind_at >= 0:
        said = [part for part in plain[kind_at:title_end] if part[0] != "(" and not _ORNAMENT.match(part)]
        text.title = " ".join(said)
        text.kind = _kind_of(plain[kind_at])
    else:
        collected = next((s for s in plain if _COLLECTED.match(s) and len(s) < 300), "") or _annex_title(plain)
        text.title = collected
        text.kind = next((kind for word, kind in KINDS if collected.upper().startswith(word)), "other")
        if not collected:
            line = 1
            text.doubts.append(Doubt(line, "no-title", "no line names the kind and the name of the text"))
    text.issuer = next((i.strip() for s in plain[:title_end] for i in ISSUERS if s.startswith(i) and s.isupper()), "")
    place = next((s for s in plain[:title_end] if _PROVINCE.match(s) and s.isupper()), "")
    if text.issuer in ("HỘI ĐỒNG NHÂN DÂN", "ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN") and place:
        text.issuer += " " + place
    if text.issuer == "BỘ":
        text.issuer = next(s for s in plain if s.startswith("BỘ ") and s.isupper())


def _annex_title(plain: list[str]) -> str:
    """The name of an appendix that is a file of its own."""
    for index, said in enumerate(plain[:10]):
        found = mark(said)
        if found is not None and found.style == "appendix":
            end = index + 1
            while end < len(plain) and plain[end].isupper():
                end += 1
            return " ".join(plain[index:end])
    return ""


def _read_number(text: Text, lines: list[Line], plain: list[str], title_end: int) -> None:
    order = sorted(range(title_end), key=lambda i: not re.match(r"(?:\w+\s)?[Ss][ốỐ]\s*:", plain[i]))
    for index in order:
        said = plain[index]
        if _GROUND.match(said):
            continue
        if said.endswith("/"):
            said += next((s for s in plain[index + 1 : index + 4] if _SYMBOL.fullmatch(s)), "")
        if match := (_NUMBER.search(said) or _BARE_NUMBER.search(said)):
            raw = match[1].strip()
            slip = _SLIP.search(raw)
            text.number = "".join(raw.split()).rstrip(".-/")
            if slip:
                reason = f"the number is printed with a space; read as {text.number}"
                text.doubts.append(Doubt(lines[index].number, "number-slip", reason, said))
            return


def parse_date(said: str) -> tuple[dt.date | None, str]:
    """The last date that the text names in words or figures, and the slip in it ("" if none)."""
    found: dt.date | None = None
    slip = ""
    for pattern in (_LONG_DATE, _SHORT_DATE):
        for match in pattern.finditer(said):
            groups = match.groups()
            try:
                found = dt.date(int(groups[-1]), int(groups[1]), int(groups[0]))
            except ValueError:
                slip = match[0]
                continue
            if pattern is _LONG_DATE and (groups[2] or "").lower() not in {"năm", "năm,"}:
                slip = match[0]
        if found:
            break
    return found, slip


def _read_date(text: Text, lines: list[Line], plain: list[str], title_end: int) -> None:
    for index, said in enumerate(plain[: max(title_end, len(text.heading))]):
        if "ngày" not in said.lower() or _GROUND.match(said):
            continue
        found, slip = parse_date(said)
        if slip:
            text.doubts.append(Doubt(lines[index].number, "date-slip", "the date is misspelt or impossible", said))
        if found:
            text.date = found
            if (match := _PLACE.match(said)) and not said.isupper() and not _NATION.search(said):
                text.place = match[1].strip()
            return
