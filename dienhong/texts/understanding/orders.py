"""Orders: what a sentence of an amending law says, before it is tied to units (lệnh sửa đổi trong câu chữ).

The vocabulary that `sentences` and `phrasing` share: actions, orders, sentences cut at their verbs, and the guard that
holds back an order whose words say more than which provision is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dienhong.texts.tree import Kind
from dienhong.texts.understanding.citing import THIS, Chain, PathOf, Provision, chains
from dienhong.texts.understanding.documents import NUMBER, Document


class Action(StrEnum):
    """What an instruction does. The values are stable: they are printed and stored."""

    REPLACE = "replace"  # sửa đổi, bổ sung
    INSERT = "insert"  # bổ sung
    REPEAL = "repeal"  # bãi bỏ
    RETITLE = "retitle"  # sửa tên, đổi tên
    RENUMBER = "renumber"  # chuyển, đổi số thứ tự
    REPLACE_PHRASE = "replace phrase"  # thay thế cụm từ ... bằng cụm từ ...
    DELETE_PHRASE = "delete phrase"  # bỏ cụm từ
    INSERT_PHRASE = "insert phrase"  # bổ sung cụm từ ... vào sau cụm từ ...
    OTHER = "other"  # could not be read: a person settles it


PHRASE_ACTIONS = frozenset({Action.REPLACE_PHRASE, Action.DELETE_PHRASE, Action.INSERT_PHRASE})


@dataclass(frozen=True, slots=True)
class Order:
    """One act on one provision, as far as the words alone tell. `anchor` and `side` place what is inserted; for a
    phrase, `old` is the phrase looked for and `new` what takes its place or stands beside it on `side`."""

    action: Action
    provision: Provision
    anchor: PathOf = ()
    side: str = ""
    old: str = ""
    new: str = ""
    document: Document | None = None
    reason: str = ""


#: A phrase between quotation marks of any kind, and the mark that hides it while the words around it are read.
QUOTED = re.compile(r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”|\"([^\"”]*)[\"”]|“([^“”\"]*)\"|‘([^‘’]*)’")
MARK = re.compile("\ue000(\\d+)\ue001")
_PAST = re.compile(
    r"(?:,\s*)?(?:\s|^)(?:đã\s+)?được\s+(?:sửa đổi,?\s*(?:và\s+)?bổ sung|sửa đổi|bổ sung)"
    r"(?:\s+một số (?:điều|nội dung))?,?\s+(?:theo|bởi|tại|bằng)"
    r"(?:(?:,|\s+và|\s+và các)?\s*(?:các\s+)?(?:Bộ luật|Luật|Nghị quyết|Pháp lệnh)?"
    rf"(?:\s+[^\W\d]+)*?\s+số\s+{NUMBER})+"
)
_AMEND = r"[Ss]ửa đổi,?\s*(?:và\s+)?bổ sung"
_VERB = re.compile(
    rf"(?<!\w)(?P<verb>{_AMEND},?\s*(?:và\s+)?(?:thay thế|bãi bỏ)|{_AMEND}|[Ss]ửa đổi tên|[Ss]ửa đổi|[Ss]ửa tên|"
    r"[Đđ]ổi tên|[Bb]ổ sung|[Tt]hêm|[Tt]hay thế|[Tt]hay|[Bb]ãi bỏ|[Hh](?:uỷ|ủy) bỏ|[Bb]ỏ|[Cc]huyển|[Đđ]ổi số thứ tự|"
    r"[Đđ]ánh số lại)(?=[\s,:])"
)
_PASSIVE = re.compile(
    r"(?<!\w)(?:được|bị)\s+(?P<verb>sửa đổi,?\s*(?:và\s+)?bổ sung|sửa đổi|bổ sung|bãi bỏ|h(?:uỷ|ủy) bỏ|thay thế|thay|"
    r"đổi tên|chuyển|sửa tên)(?!\w)"
)
_GENERAL = re.compile(
    r"(?:một|các)\s+(?:số\s+)?(?:điều|khoản|điểm|đoạn|nội dung|từ|cụm từ|chữ|quy định)"
    r"(?:[,\s]+(?:và\s+)?(?:điều|khoản|điểm|từ|cụm từ|đoạn))*"
    r"(?=\s*(?:$|[:;,.]|của|tại|sau|như|vào|và bổ|và sửa|dưới|ở))"
)
#: "... của Nghị quyết số 193/2025/QH15 về thí điểm ...": the rest of the document's name; "Phụ lục IV về Danh mục ...".
_NAME_GOES_ON = re.compile(r"^\s*(?:ngày|về|của)\s[^;]*")
_APPENDIX_NAME = re.compile(r"^\s*(?:về\s+)?[Dd]anh mục[^;]*")
#: Words that may stand beside provisions and phrases without narrowing the order.
_ALLOWED = re.compile(
    r"(?<!\w)(?:và|hoặc|tại|của|vào|sau|trước|ngay|liền|cuối|đầu|như|các|những|một|số|điều|khoản|điểm|đoạn|chương|mục|"
    r"phần|tên|gọi|trong|thuộc|ở|là|đây|cụm|từ|chữ|dấu|bằng|thành|cùng|toàn bộ|đó|lần lượt|bổ sung|sửa đổi|này|văn bản|"
    r"bãi bỏ|được|bị|lại|nhu|nội dung|mở đầu|mở|dẫn|câu|đầu tiên|quy định|Luật|Bộ luật|cụ thể|thêm|mới|thay|thế|trên)"
    r"(?!\w)",
    re.I,
)


@dataclass(slots=True)
class Masked:
    """A sentence whose quoted phrases are hidden behind marks, so that their words are not taken for orders."""

    text: str
    phrases: list[str] = field(default_factory=list)

    def phrase(self, mark: str) -> str:
        match = MARK.search(mark)
        return self.phrases[int(match[1])] if match else ""


def masked(sentence: str) -> Masked:
    """The sentence with every quoted phrase hidden, and without "đã được sửa đổi, bổ sung theo Luật số ..."."""
    phrases: list[str] = []

    def hide(match: re.Match[str]) -> str:
        phrases.append(next(group for group in match.groups() if group is not None))
        return f"\ue000{len(phrases) - 1}\ue001"

    return Masked(_PAST.sub("", QUOTED.sub(hide, sentence)), phrases)


@dataclass(slots=True)
class Piece:
    """One verb and the words that it governs."""

    verb: str
    words: str
    passive: bool = False


def pieces(text: str) -> list[Piece]:
    """The sentence cut at its verbs. "Khoản 2 Điều 5 được sửa đổi như sau" is one passive piece."""
    passive = _PASSIVE.search(text)
    if passive and not _VERB.match(text.lstrip(" -–0123456789.)")):
        rest = text[passive.end() :]
        subject = Piece(passive["verb"].lower(), text[: passive.start()] + " " + rest, passive=True)
        return [subject]
    found: list[Piece] = []
    names = [(chain.start, chain.end) for chain in chains(text) if chain.document]
    starts = [
        match
        for match in _VERB.finditer(text)
        if not _is_noun(text, match) and not any(a <= match.start() < b for a, b in names)
    ]
    for place, match in enumerate(starts):
        stop = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        found.append(Piece(match["verb"].lower(), text[match.end() : stop]))
    return found


def _is_noun(text: str, match: re.Match[str]) -> bool:
    """The verb is no order: "được thay bằng", "việc sửa đổi", or "thay bằng" inside a pair."""
    before = text[: match.start()].rstrip()
    return bool(re.search(r"(?:được|bị|việc|về|đã|Luật|luật|khi|sẽ|mà|cần|phải|có|do)$", before))


def is_general(text: str) -> bool:
    """The words name no provision of their own: "một số khoản của Điều 5", "các điều, khoản, điểm sau đây"."""
    return bool(_GENERAL.search(text))


def trim(words: str) -> str:
    return re.sub(r"\s*(?:như sau|sau đây|dưới đây)?\s*[:.;,]*\s*(?:và)?\s*$", "", words)


_INNER = (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM)


def closed(path: PathOf) -> bool:
    return bool(path) and (path[0][0] not in _INNER or any(kind is Kind.ARTICLE for kind, _ in path))


def complete(path: PathOf, above: PathOf) -> PathOf:
    """The path with the larger units of `above` that it lacks."""
    if not path or closed(path):
        return path
    kinds = [kind for kind, _ in above]
    if path[0][0] in kinds:
        above = above[: kinds.index(path[0][0])]
    return (*above, *path)


def borrow(groups: list[list[Order]]) -> list[Order]:
    """Give an order without article the article of the next order in the sentence: "sửa đổi khoản 1 và bổ sung khoản
    1a vào sau khoản 1 Điều 5"."""
    flat = [order for group in groups for order in group]
    known: PathOf = ()
    done: list[Order] = []
    for order in reversed(flat):
        path = order.provision.path
        if len(path) == 1 and path[0][1] == THIS and known and known[0][0] is path[0][0]:
            path = known[:1]  # "tên Điều và khoản 1 Điều 66"
            order = replace(order, provision=replace(order.provision, path=path))
        known_kinds = [kind for kind, _ in known]
        if path and not closed(path) and known:
            cut = known_kinds.index(path[0][0]) if path[0][0] in known_kinds else None
            above = known[:cut] if cut is not None else tuple(s for s in known if _rank(s[0]) < _rank(path[0][0]))
            order = replace(order, provision=replace(order.provision, path=(*above, *path)))
            if order.anchor and not closed(order.anchor):
                order = replace(order, anchor=complete(order.anchor, above))
        if closed(order.provision.path) or len(order.provision.path) > 1:
            known = order.provision.path
        done.append(order)
    return list(reversed(done))


def _rank(kind: Kind) -> int:
    return (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM).index(kind) if kind in _INNER else -1


def named(words: str) -> list[Chain]:
    return [chain for chain in chains(words) if chain.provisions]


def document(words: str) -> Document | None:
    return next((c.document for c in chains(words) if c.document and not c.document.own), None)


def _more_said(words: str) -> str:
    """What the words say beside provisions and phrases; "" if nothing that could narrow the order."""
    return " ".join(re.findall(r"\w+", _ALLOWED.sub(" ", MARK.sub(" ", words))))


def _taints(words: str) -> dict[Provision, str]:
    """For every provision named, the words that narrow it: those before it, carried on to the next ";", and those that
    end the sentence, which belong to the last."""
    taints: dict[Provision, str] = {}
    position, carried = 0, ""
    found = chains(words)
    for chain in found:
        between = words[position : chain.start]
        own, _, rest = between.rpartition(";")
        carried = _more_said(rest) if ";" in between else " ".join(filter(None, (carried, _more_said(between))))
        carried = carried or _more_said(own if not taints else "")
        position = chain.end
        taints.update(dict.fromkeys(chain.provisions, carried))
    ending = _NAME_GOES_ON if found and found[-1].document else _APPENDIX_NAME
    if found and (tail := _more_said(ending.sub("", words[position:]))):
        taints.update({p: f"{taints[p]} {tail}".strip() for p in found[-1].provisions})
    return taints


def narrowed(orders: list[Order], words: str) -> list[Order]:
    """The orders, each with a reason if the words say more than which provision is meant: "bãi bỏ các quy định liên
    quan đến ... tại khoản 1 Điều 19" does not repeal that clause."""
    taints = _taints(words)
    if not any(taints.values()):
        return orders
    every = next(filter(None, taints.values()))
    done = []
    for order in orders:
        left = taints.get(order.provision, every)
        reason = f"the words say more than the provision: “{left[:80]}”" if left else ""
        done.append(replace(order, reason=order.reason or reason))
    return done


def each(action: Action, found: list[Chain], **rest: str) -> list[Order]:
    return [
        Order(action, provision, document=foreign(chain), reason=loose(chain), **rest)  # type: ignore[arg-type]
        for chain in found
        for provision in chain.provisions
    ]


def foreign(chain: Chain) -> Document | None:
    return chain.document if chain.document and not chain.document.own else None


def loose(chain: Chain) -> str:
    if chain.loose and not any(kind is Kind.ARTICLE for kind, _ in chain.provisions[0].path):
        return "the units are parted by a comma: it may be one provision or two"
    return ""
