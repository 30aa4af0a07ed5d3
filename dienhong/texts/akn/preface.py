"""The parts around the body in Akoma Ntoso (phần đầu, căn cứ, phần cuối): heading block, grounds, closing."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dienhong.texts.akn.names import escape, quoted
from dienhong.texts.tree import Text

DATE: Final = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)

#: Words that name a type of document, alone on their line of the heading block.
TYPE_NAMES: Final = frozenset(
    [
        "luật",
        "bộ luật",
        "hiến pháp",
        "pháp lệnh",
        "nghị quyết",
        "nghị định",
        "quyết định",
        "thông tư",
        "lệnh",
        "chỉ thị",
        "dự thảo",
        "dự án luật",
        "văn bản hợp nhất",
        "báo cáo",
        "tờ trình",
        "thông báo",
        "kế hoạch",
    ]
)

_ENACTING = re.compile(r"\b(ban hành|quyết nghị|quyết định|nghị định)\b", re.IGNORECASE)


def as_date(words: str) -> dt.date | None:
    """The date in "ngày 24 tháng 11 năm 2023", or None where there is none or no such day."""
    found = DATE.search(words)
    if found is None:
        return None
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def inline(text: str) -> str:
    """A text as inline content, newlines kept."""
    return escape(text).replace("\n", "<eol/>")


def preface_of(text: Text) -> str:
    """The heading block. One made by hand has none: then title, number and date are shown, marked as made here."""
    if text.heading:
        lines = "".join(f"<p>{_heading_line(line, text)}</p>\n" for line in text.heading)
        return f"<preface>\n{lines}</preface>\n"
    if not (text.title or text.number):
        return ""
    number = f"<docNumber>{inline(text.number)}</docNumber> " if text.number else ""
    title = f"<docTitle>{inline(text.title)}</docTitle>" if text.title else ""
    return f'<preface>\n<longTitle><p class="made">{number}{title}</p></longTitle>\n</preface>\n'


def _heading_line(line: str, text: Text) -> str:
    """A line of the heading block with the element that says what it is."""
    bare = line.strip()
    folded = bare.casefold()
    if text.number and text.number in line:
        before, _, after = line.partition(text.number)
        return f"{inline(before)}<docNumber>{inline(text.number)}</docNumber>{inline(after)}"
    found = DATE.search(line)
    day = as_date(line)
    if found and day:
        before, words, after = line[: found.start()], found[0], line[found.end() :]
        return f'{inline(before)}<docDate date="{day.isoformat()}">{inline(words)}</docDate>{inline(after)}'
    if folded and folded == text.issuer.strip().casefold():
        return f"<docAuthority>{inline(line)}</docAuthority>"
    if folded in TYPE_NAMES:
        return f"<docType>{inline(line)}</docType>"
    national = folded.startswith(("cộng hòa xã hội", "cộng hoà xã hội", "độc lập"))
    if len(bare) > 2 and any(c.isalpha() for c in bare) and folded in text.title.casefold() and not national:
        return f"<docTitle>{inline(line)}</docTitle>"
    return inline(line)


def preamble_of(text: Text) -> str:
    """Grounds as citations, then the lines between them and the first unit."""
    if not (text.grounds or text.lead):
        return ""
    out = ["<preamble>\n"]
    if text.grounds:
        out.append("<citations>\n")
        for number, ground in enumerate(text.grounds, start=1):
            out.append(f'<citation eId="cit_{number}"><p>{inline(ground)}</p></citation>\n')
        out.append("</citations>\n")
    for line in text.lead:
        paragraph = f"<p>{inline(line)}</p>"
        out.append(f'<formula name="enacting">{paragraph}</formula>\n' if _ENACTING.search(line) else f"{paragraph}\n")
    out.append("</preamble>\n")
    return "".join(out)


def conclusions_of(text: Text) -> str:
    """Closing formula, then the signature."""
    if not (text.closing or text.signature):
        return ""
    out = ["<conclusions>\n"]
    for line in text.closing:
        found, day = DATE.search(line), as_date(line)
        if found and day:
            words = f'<date date="{quoted(day.isoformat())}">{inline(found[0])}</date>'
            out.append(f"<p>{inline(line[: found.start()])}{words}{inline(line[found.end() :])}</p>\n")
        else:
            out.append(f"<p>{inline(line)}</p>\n")
    out.extend(f"<p><signature>{inline(line)}</signature></p>\n" for line in text.signature)
    out.append("</conclusions>\n")
    return "".join(out)
