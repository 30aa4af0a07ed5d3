"""Names of documents in running text (tên văn bản được viện dẫn): "Luật này", "Luật Đấu thầu số 22/2023/QH15".

A name without a number ends where the catalogue `law_names.txt` says so; for a name that the catalogue does not hold,
where the first word that cannot belong to a name stands. The catalogue lists names only: which number a name stands
for is learnt from the text itself, never assumed, because several laws of different years share one name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dienhong.texts.understanding.spelling import fold_tones

#: "57/2014/QH13", "30/2020/NĐ-CP", "21-LCT/HĐNN8", "01/2012/UBTVQH13", "103-SL/L.005", "160/2010/TT-BTC"
NUMBER = r"\d{1,5}(?:/\d{4})?[-/]\s?[A-ZĐ][\wĐđ]*(?:[-/.][\wĐđ]+)*(?:\s(?=\d\d?(?!\w))\d\d?)?"
_KINDS = (
    "Bộ luật",
    "Bộ Luật",
    "Luật",
    "Pháp lệnh",
    "Nghị quyết liên tịch",
    "Nghị quyết",
    "Nghị định thư",
    "Nghị định",
    "Thông tư liên tịch",
    "Thông tư",
    "Quyết định",
    "Sắc lệnh",
    "Hiến pháp",
    "Công ước",
    "Hiệp định",
    "Quy chế",
    "Điều lệ",
    "Nội quy",
    "Quy định",
)
#: Kinds that are common words: a document only with "này" or a number.
_COMMON = frozenset({"Quy chế", "Điều lệ", "Nội quy", "Quy định", "Nghị quyết", "Quyết định", "Thông tư", "Nghị định"})
_FOREIGN = frozenset({"Công ước", "Hiệp định", "Nghị định thư"})
KIND = re.compile(r"(?<!\w)(?:" + "|".join(_KINDS) + r")(?!\w)")
_OWN = re.compile(r"\s+này(?!\w)")
_NUMBERED = re.compile(rf"\s*(?:\([^()]{{1,40}}\)\s*)?(?:,\s*)?(?:số|Số)\s*:?\s*({NUMBER})")
_LONG_NAME = re.compile(rf"\s+((?:[^\W\d_]+,?\s+){{1,24}}?)số\s*:?\s*({NUMBER})")
_NEVER_IN_NAME = re.compile(
    r"(?<!\w)(?:này|theo|có|được|bị|thì|mà|đã|không|phải|là|hoặc|thay thế|ban hành kèm|quy định|khác|luật)(?!\w)"
)
_STOP = frozenset(
    [
        "này",
        "khác",
        "đó",
        "kia",
        "và",
        "hoặc",
        "hay",
        "thì",
        "mà",
        "là",
        "được",
        "bị",
        "có",
        "không",
        "phải",
        "đã",
        "đang",
        "sẽ",
        "cần",
        "nên",
        "để",
        "trong",
        "tại",
        "theo",
        "với",
        "do",
        "khi",
        "nếu",
        "trừ",
        "quy",
        "nhưng",
        "sau",
        "trước",
        "cụm",
        "từ",
        "đến",
        "của",
        "nêu",
        "liên",
        "còn",
        "hết",
        "ban",
        "hành",
        "thay",
    ]
)
_WORD = re.compile(r"\s+([^\W\d_]+)")
_YEAR = re.compile(r"\s+năm\s+\d{4}(?!\w)")
_NATION = re.compile(r"\s+nước Cộng h(?:òa|oà) xã hội chủ nghĩa Việt Nam")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as named in a text: `own` for "Luật này"; `number` normalised, "" where not stated."""

    kind: str
    name: str = ""
    number: str = ""
    own: bool = False

    @property
    def key(self) -> str:
        """The kind and name folded, by which two mentions of one document meet."""
        return document_key(self.kind, self.name)


def document_key(kind: str, name: str) -> str:
    """The folded form of a document's kind and name: letters only, so that a stray comma does not part two names."""
    folded = fold_tones(f"{kind} {name}")
    folded = re.sub(r"\bsỹ\b", "sĩ", folded)
    return " ".join(re.findall(r"\w+", folded))


def normal_number(number: str) -> str:
    """The number without the blanks and full stop of typing slips: "47/2014/QH 13." gives "47/2014/QH13"."""
    return re.sub(r"\s+", "", number).rstrip(".,;").upper()


@cache
def _catalogue() -> re.Pattern[str]:
    lines = Path(__file__).with_name("law_names.txt").read_text(encoding="utf-8").split("\n")
    names = sorted((fold_tones(line) for line in lines if line), key=len, reverse=True)
    patterns = (r",?\s+".join(re.escape(word) for word in re.findall(r"\w+", name)) for name in names)
    return re.compile(r"\s+(" + "|".join(patterns) + r")(?!\w)")


def document_at(text: str, folded: str, match: re.Match[str]) -> tuple[Document, int] | None:
    """The document whose kind was found by `KIND` at `match`, and where its name ends; None if it names none."""
    kind, pos = match[0].replace("Bộ Luật", "Bộ luật"), match.end()
    if own := _OWN.match(text, pos):
        return Document(kind, own=True), own.end()
    if numbered := _NUMBERED.match(text, pos):
        return Document(kind, number=normal_number(numbered[1])), numbered.end()
    if kind == "Hiến pháp":
        nation = _NATION.match(text, pos)
        pos = nation.end() if nation else pos
        year = _YEAR.match(text, pos)
        return Document(kind), (year.end() if year else pos)
    if kind in _COMMON:
        return None
    return _named(text, folded, kind, pos)


def _named(text: str, folded: str, kind: str, pos: int) -> tuple[Document, int] | None:
    known = _catalogue().match(folded, pos) if kind not in _FOREIGN else None
    if known:
        end, name = known.end(), text[known.start(1) : known.end(1)]
        if numbered := _NUMBERED.match(text, end):
            return Document(kind, name, normal_number(numbered[1])), numbered.end()
        longer = _LONG_NAME.match(text, pos)
        if longer and not _NEVER_IN_NAME.search(longer[1]) and not KIND.search(longer[1]) and len(longer[1]) < 120:
            return Document(kind, longer[1].strip(), normal_number(longer[2])), longer.end()
        return Document(kind, name), end
    longer = _LONG_NAME.match(text, pos)
    if longer and not _NEVER_IN_NAME.search(longer[1]) and not KIND.search(longer[1]):
        return Document(kind, longer[1].strip().rstrip(","), normal_number(longer[2])), longer.end()
    return _guessed(text, kind, pos)


def _guessed(text: str, kind: str, pos: int) -> tuple[Document, int] | None:
    """A name that the catalogue does not hold: a capital first, then words up to one that ends a name."""
    first = _WORD.match(text, pos)
    if not first or not first[1][:1].isupper():
        return None
    end = first.end()
    for _ in range(24):
        word = _WORD.match(text, end)
        if not word or word[1].lower() in _STOP:
            break
        end = word.end()
    return Document(kind, " ".join(text[pos:end].split())), end
