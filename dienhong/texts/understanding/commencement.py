"""When a law and its provisions take effect (hiệu lực thi hành), and its transitional clauses (điều khoản chuyển tiếp).

A date is taken only where the text states one. "Từ ngày công bố" has no date in the text: the date stays None, and
whoever asks must say it. A provision with a commencement of its own ("trừ ... có hiệu lực từ ngày ...") is kept apart.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from dienhong.texts.tree import Kind, Node, Text
from dienhong.texts.understanding.citing import Chain, PathOf, chains
from dienhong.texts.understanding.index import absolute, lineages, step_of

DATE = re.compile(r"ngày\s+(\d{1,2})\s*(?:tháng|[/-])\s*(\d{1,2})\s*(?:năm|[/-])\s*(\d{4})", re.I)
_FORCE = re.compile(
    r"(?:có hiệu lực(?: thi hành)?|được (?:thực hiện|áp dụng|thi hành)|bắt đầu (?:thực hiện|áp dụng)|thi hành|áp dụng)"
    r"(?:,?\s+(?:kể\s+)?từ\s+|\s+vào\s+|\s+sau\s+)"
)
_WHOLE = re.compile(
    r"^(?:Các quy định của\s+)?(?:Luật|Bộ [Ll]uật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định)(?:\s+này)?\s+"
    r"(?:có hiệu lực|được áp dụng|thi hành)"
)
_PASSED = re.compile(r"(?:ngày\s+)?(?:được\s+)?(?:Quốc hội\s+)?thông qua(?!\w)")
_PASSED_ON = re.compile(r"thông qua\s+(" + DATE.pattern + ")", re.I)
_LINK = re.compile(
    r"(?:\W|\b(?:và|hoặc|quy định|tại|của|các|nội dung|Quy định|Các|trừ|trường hợp|Riêng|riêng|đối với|những"
    r"|việc thực hiện|đã|được|sửa đổi|bổ sung|theo|một số điều)\b)*"
)
_TRANSITION = re.compile(r"chuyển tiếp", re.I)
_QUOTED_OR_LAW = re.compile(r"(?<!\w)(?:hết hiệu lực|chấm dứt hiệu lực|có hiệu lực thi hành thì|có hiệu lực mà)")


#: What stands before the words of a clause that concerns only a part of the provision asked about.
PARTLY = "only a part takes effect otherwise: "


@dataclass(frozen=True, slots=True)
class Effect:
    """From when one provision, or the whole for an empty path, is in force. `words` is the clause that says so."""

    path: PathOf
    date: dt.date | None
    words: str
    node_id: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Commencement:
    """The commencement of one text: of the whole, and of the provisions that have one of their own."""

    whole: Effect | None
    special: tuple[Effect, ...] = ()
    clauses: tuple[str, ...] = ()
    transitional: tuple[str, ...] = ()

    def of(self, path: PathOf) -> tuple[dt.date | None, str]:
        """The date on which the provision at `path` takes effect, and why it is unknown or special ("" if plain)."""
        best: Effect | None = None
        for effect in self.special:
            inside = effect.path == path[: len(effect.path)]
            if inside and not effect.partial and (best is None or len(effect.path) >= len(best.path)):
                best = effect
            elif (inside and effect.partial) or (path == effect.path[: len(path)] and effect.path != path):
                return None, f"{PARTLY}{effect.words}"
        if best is not None:
            return best.date, best.words
        if self.whole is None:
            return None, "the text states no date of commencement"
        return self.whole.date, "" if self.whole.date else self.whole.words


def dates_in(text: str) -> list[dt.date]:
    """Every whole date that the words give, in order; a date that the calendar does not have is left out."""
    found = []
    for match in DATE.finditer(text):
        try:
            found.append(dt.date(int(match[3]), int(match[2]), int(match[1])))
        except ValueError:
            continue
    return found


def passed_on(text: Text) -> dt.date | None:
    """The day on which the assembly passed the text, from its closing formula, else the date of its head."""
    for line in text.closing:
        if match := _PASSED_ON.search(line):
            found = dates_in(match[1])
            return found[0] if found else None
    return text.date


def _own_path(line: tuple[Node, ...]) -> PathOf:
    steps = [step_of(node) for node in line if node.number]
    first = next((place for place, (kind, _) in enumerate(steps) if kind is Kind.ARTICLE), 0)
    return tuple(steps[first:])


def _is_own(chain: Chain) -> bool:
    return bool(chain.provisions) and (chain.document is None or chain.document.own)


def _effects(sentence: str, line: tuple[Node, ...], passed: dt.date | None) -> list[Effect]:
    """What one sentence says: the whole, or the provisions named before "có hiệu lực ... từ"."""
    found: list[Effect] = []
    begin = 0
    for force in _FORCE.finditer(sentence):
        subject = sentence[begin : force.start()]
        rest = sentence[force.end() :]
        stop = re.search(r"[;,]?\s+trừ\s|;|\.\s", rest)
        when = rest[: stop.start()] if stop else rest
        begin = force.end() + (stop.start() if stop else len(rest))
        dates = dates_in(when)
        date = dates[0] if dates else (passed if _PASSED.match(when) else None)
        if _WHOLE.match(subject.strip() + " " + force[0]) or not subject.strip(" ,;"):
            found.append(Effect((), date, sentence.strip(), line[-1].id))
            continue
        named = [chain for chain in chains(subject) if _is_own(chain)]
        position = 0
        for chain in named:
            clean = _LINK.fullmatch(subject, position, chain.start) is not None
            position = chain.end
            for provision in chain.provisions:
                path = absolute(provision.path, line)
                if path and path[0][0] is Kind.ARTICLE:
                    found.append(Effect(path, date if clean else None, sentence.strip(), line[-1].id, not clean))
    return found


def commencement(text: Text) -> Commencement:
    """When this text and its provisions take effect, from its own clauses outside quotation marks."""
    passed = passed_on(text)
    whole: Effect | None = None
    special: list[Effect] = []
    clauses: list[str] = []
    transitional: list[str] = []
    for line in lineages(text.body):
        node = line[-1]
        if any(above.kind is Kind.QUOTE for above in line):
            continue
        if _TRANSITION.search(node.heading):
            transitional.append(node.id)
        if "hiệu lực" in node.heading or "thi hành" in node.heading:
            clauses.append(node.id)
        for words in (node.heading if node.kind is Kind.ARTICLE else "", node.text):
            if not words or not _FORCE.search(words):
                continue
            for sentence in re.split(r"(?<=\.)\s+(?=[A-ZĐ])", words):
                if _QUOTED_OR_LAW.search(sentence):
                    continue
                for effect in _effects(sentence, line, passed):
                    if effect.path:
                        special.append(effect)
                    elif whole is None and "hiệu lực" in sentence:
                        whole = effect
    own = {_own_path(line) for line in lineages(text.body) if line[-1].id in clauses}
    special = [effect for effect in special if not any(effect.path[: len(path)] == path for path in own)]
    return Commencement(whole, tuple(special), tuple(clauses), tuple(transitional))
