"""Legacy encodings (bảng mã cũ): TCVN3 (ABC), VNI, CP1258, UTF-16 are detected by what they say and converted.

The right reading of unknown bytes is the one in which most words are common Vietnamese words.
"""

from __future__ import annotations

import re
import unicodedata

from dienhong.texts.reading.guard import Unreadable
from dienhong.texts.tree import Doubt

_TCVN3_FROM = "¡¢§£¤¥¦µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ"
_TCVN3_TO = "ĂÂĐÊÔƠƯàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_TCVN3 = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

_VNI_PLAIN = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_BREVES = {
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for base, real in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"), ("ô", "ơ"), ("ö", "ư")):
        marks = dict(_TONES)
        if base in "aeo":
            marks |= _HATS
        if base == "a":
            marks |= _BREVES
        for sign, accent in marks.items():
            table[base + sign] = unicodedata.normalize("NFC", real + accent)
    table |= _VNI_PLAIN
    table |= {key.upper(): value.upper() for key, value in table.items()}
    table |= {key[0].upper() + key[1:]: value.upper() for key, value in table.items() if len(key) == 2}
    return table


_VNI_TABLE = _vni_table()
_VNI = re.compile("|".join(sorted(map(re.escape, _VNI_TABLE), key=len, reverse=True)))

_COMMON_WORDS = (
    "của và các được có trong theo quy định điều luật này người nhà nước với cho không là tại về khoản điểm cơ "
    "quan tổ chức thực hiện pháp việc đến đối từ hoặc phải những một số năm ngày tháng quốc hội chính phủ quyền "
    "bộ ủy ban nhân dân chương mục phạm vi nghị quyết sửa đổi bổ sung thì khi"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_SUSPECT = re.compile("[µ¸¶·¹¨»¾¼½©®ªÒÕÓÖ×ØÜÞß«¬\u00adõ÷øþ§ñïäåæëîûü]")
_TWICE = re.compile("áº|á»|Ä‘|Æ°|Ã[¡ ³\u00a0]")


def tcvn3(text: str) -> str:
    """The text of a TCVN3 (ABC) font, read as Latin-1 until now, in Unicode."""
    return text.translate(_TCVN3)


def vni(text: str) -> str:
    """The text of a VNI font, read as Latin-1 until now, in Unicode."""
    return _VNI.sub(lambda match: _VNI_TABLE[match[0]], text)


def from_font(text: str, font: str) -> str:
    """The text of a run in its old font: .Vn* is TCVN3 (a name that ends in H means capitals), VNI-* is VNI."""
    if font.startswith((".Vn", ".VN")):
        found = tcvn3(text)
        return found.upper() if font.endswith("H") else found
    if font.upper().startswith("VNI"):
        return vni(text)
    return text


def likeness(text: str) -> float:
    """The share of words that are common Vietnamese words (0 to 1)."""
    words = _WORD.findall(text[:60_000].lower())
    if not words:
        return 0.0
    return sum(1 for word in words if word in _COMMON) / len(words)


def repair(text: str) -> tuple[str, str]:
    """Text that was decoded wrongly in Unicode, and the old encoding that was found in it ("" if none)."""
    sample = text[:60_000]
    if likeness(unicodedata.normalize("NFC", text[:6_000])) > 0.15:
        return text, ""
    if len(_SUSPECT.findall(sample)) * 50 < len(sample) and not _TWICE.search(sample):
        return text, ""
    plain = likeness(unicodedata.normalize("NFC", sample))
    readings = {"TCVN3": tcvn3, "VNI": vni, "UTF-8 twice": _twice}
    best, name = plain, ""
    for said, read in readings.items():
        score = likeness(unicodedata.normalize("NFC", read(sample)))
        if score > best + 0.05 and score > 0.1:
            best, name = score, said
    return (readings[name](text), name) if name else (text, "")


def _twice(text: str) -> str:
    """A text whose UTF-8 was read as Windows Latin and written as UTF-8 again."""
    raw = bytearray()
    for char in text:
        if ord(char) < 256:
            raw.append(ord(char))
        else:
            try:
                raw += char.encode("cp1252")
            except UnicodeEncodeError:
                raw += char.encode("utf-8")
    return raw.decode("utf-8", "replace")


def decode(data: bytes) -> tuple[str, list[Doubt]]:
    """The text of the bytes, and a doubt that names the encoding if it was not UTF-8. Noise is `Unreadable`."""
    text, name = _decode(data)
    if len(_CONTROL.findall(text[:100_000])) * 20 > len(text[:100_000]) + 20:
        raise Unreadable("the file is not a text: it is full of control characters")
    if name in ("UTF-8", "UTF-16", "UTF-32"):
        text, old = repair(text)
        if not old:
            return text, _replaced(text)
        name = old
    return text, [Doubt(0, "encoding", f"converted from {name}", ""), *_replaced(text)]


def _replaced(text: str) -> list[Doubt]:
    count = text.count("\ufffd")
    if not count:
        return []
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    return [Doubt(line, "encoding", f"{count} characters could not be decoded and stand as \ufffd", "")]


def _decode(data: bytes) -> tuple[str, str]:
    for mark, codec, name in (
        (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
        (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
    ):
        if data.startswith(mark):
            return data.decode(codec, "replace").lstrip("\ufeff"), name
    sample = data[:4000]
    if len(sample) >= 8 and sample.count(0) * 4 > len(sample):
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if max(even, odd) > 3 * min(even, odd) + 2:
            return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace"), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        if error.start > 2000 and likeness(data[: error.start].decode("utf-8", "replace")) > 0.1:
            return data.decode("utf-8", "replace"), "UTF-8"
    return _decode_bytes(data)


def _decode_bytes(data: bytes) -> tuple[str, str]:
    """Eight-bit text: the reading in which most words are Vietnamese."""
    latin = data.decode("latin-1")
    readings = {
        "TCVN3": tcvn3(latin),
        "VNI": vni(latin),
        "CP1258": unicodedata.normalize("NFC", data.decode("cp1258", "replace")),
        "UTF-8": data.decode("utf-8", "replace"),
    }
    name = max(readings, key=lambda said: likeness(readings[said]))
    if likeness(readings[name]) < 0.02:
        return data.decode("cp1252", "replace"), "Windows-1252"
    return readings[name], name
