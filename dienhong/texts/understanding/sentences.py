"""The sentences of amending laws (câu lệnh sửa đổi): "Bổ sung khoản 1a vào sau khoản 1 Điều 22 như sau:".

A sentence is cut at its verbs; every piece becomes one or more `Order`s, an order naming one provision or one phrase at
one provision. Nothing is assumed: words that fit no form become an order of the action OTHER, for a person to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dienhong.texts.tree import Kind
from dienhong.texts.understanding.citing import THIS, Chain, PathOf, Provision, chains, fragment_of
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


QUOTED = re.compile(r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”|\"([^\"”]*)[\"”]|“([^“”\"]*)\"|‘([^‘’]*)’")
_MARK = re.compile("\ue000(\\d+)\ue001")
_PAST = re.compile(
    r"(?:,\s*)?(?:\s|^)(?:đã\s+)?được\s+(?:sửa đổi,?\s*(?:và\s+)?bổ sung|sửa đổi|bổ sung)(?:\s+một số (?:điều|nội dung))?,?\s+"
    rf"(?:theo|bởi|tại|bằng)(?:(?:,|\s+và|\s+và các)?\s*(?:các\s+)?(?:Bộ luật|Luật|Nghị quyết|Pháp lệnh)?"
    rf"(?:\s+[^\W\d]+)*?\s+số\s+{NUMBER})+"
)
_VERB = re.compile(
    r"(?<!\w)(?P<verb>[Ss]ửa đổi,?\s*(?:và\s+)?bổ sung,?\s*(?:và\s+)?(?:thay thế|bãi bỏ)|[Ss]ửa đổi,?\s*(?:và\s+)?bổ sung|[Ss]ửa đổi tên|[Ss]ửa đổi|[Ss]ửa tên|[Đđ]ổi tên|"
    r"[Bb]ổ sung|[Tt]hêm|[Tt]hay thế|[Tt]hay|[Bb]ãi bỏ|[Hh](?:uỷ|ủy) bỏ|[Bb]ỏ|[Cc]huyển|[Đđ]ổi số thứ tự|[Đđ]ánh số lại)(?=[\s,:])"
)
_PASSIVE = re.compile(
    r"(?<!\w)(?:được|bị)\s+(?P<verb>sửa đổi,?\s*(?:và\s+)?bổ sung|sửa đổi|bổ sung|bãi bỏ|h(?:uỷ|ủy) bỏ|thay thế|đổi tên|chuyển|sửa tên)(?!\w)"
)
_BESIDE = re.compile(
    r"\s*,?\s*(?:vào\s+)?(?:ngay\s+|liền\s+)?(?P<side>sau|trước)\s+(?:của\s+)?(?=các|Điều|điều|khoản|Khoản|điểm|Điểm|Chương|chương|Mục|mục|Phần|Tiểu|đoạn|cụm|từ|chữ|số|\ue000)"
)
_INTO = re.compile(r"\s*(?:vào|tại)\s+(?:cuối\s+|đầu\s+)?(?=các|Điều|điều|khoản|Khoản|điểm|Điểm|Chương|Mục|mục)")
#: "bổ sung Điều 53a vào Mục 5 Chương II trước Điều 54": what holds the new unit is no new unit itself
_PLACE = re.compile(r"\s+(?:vào|trong|thuộc)\s+(?:cuối\s+)?(?=Mục|Chương|Phần|Tiểu mục|khoản|Điều|điểm)")
#: A sentence that begins with a phrase speaks of phrases to its end; a mixed one does not say.
_PHRASE_FIRST = re.compile("\\s*(?:các\\s+|một\\s+số\\s+)?(?:cụm\\s+từ|từ|chữ|số)\\s*\ue000")
_UNPLAIN = "it is not plain whether the provision is repealed or only loses the phrase"
_PAIR = re.compile(
    "(?P<olds>\ue000\\d+\ue001(?:\\s*(?:,|và|hoặc|;)\\s*(?:các\\s+)?(?:cụm\\s+từ\\s+|từ\\s+|chữ\\s+)?\ue000\\d+\ue001)*)"
    "(?P<where>[^\ue000;]*?)\\s*(?:được\\s+)?(?:thay\\s+(?:thế\\s+)?)?(?:bằng|thành)\\s+(?:các\\s+)?(?:cụm\\s+từ\\s+|từ\\s+|chữ\\s+|số\\s+|dấu\\s+)?(?P<new>\ue000\\d+\ue001)"
)
_ADD = re.compile(
    "(?P<new>\ue000\\d+\ue001)(?P<first>[^\ue000;]*?)\\s*,?\\s*(?:vào\\s+)?(?:ngay\\s+)?(?P<side>sau|trước)\\s+(?:các\\s+)?(?:cụm\\s+từ\\s+|từ\\s+|chữ\\s+|số\\s+)?"
    "(?P<old>\ue000\\d+\ue001)"
)
_GENERAL = re.compile(
    r"(?:một|các)\s+(?:số\s+)?(?:điều|khoản|điểm|đoạn|nội dung|từ|cụm từ|chữ|quy định)(?:[,\s]+(?:và\s+)?(?:điều|khoản|điểm|từ|cụm từ|đoạn))*"
    r"(?=\s*(?:$|[:;,.]|của|tại|sau|như|vào|và bổ|và sửa|dưới|ở))"
)
_TITLE_HERE = re.compile(
    r"(?<!\w)tên\s+(?:gọi\s+)?(?:của\s+)?(?P<kind>[Đđ]iều|[Cc]hương|[Mm]ục|[Pp]hần)(?:\s+này)?(?!\s+\d|\s+[IVX]+\b|\s+thứ)"
)
_KINDS = {"điều": Kind.ARTICLE, "chương": Kind.CHAPTER, "mục": Kind.SECTION, "phần": Kind.PART}


@dataclass(slots=True)
class Masked:
    """A sentence whose quoted phrases are hidden behind marks, so that their words are not taken for orders."""

    text: str
    phrases: list[str] = field(default_factory=list)

    def phrase(self, mark: str) -> str:
        match = _MARK.search(mark)
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


def _trim(words: str) -> str:
    return re.sub(r"\s*(?:như sau|sau đây|dưới đây)?\s*[:.;,]*\s*(?:và)?\s*$", "", words)


def orders_of(sentence: str, context_action: Piece | None = None) -> list[Order]:
    """Every order of one sentence, its provisions as named there (not yet completed from the context)."""
    hidden = masked(sentence)
    found: list[Order] = []
    groups: list[list[Order]] = []
    for piece in pieces(hidden.text) or ([context_action_piece(context_action, hidden)] if context_action else []):
        read = _read(piece, hidden)
        groups.append(read)
        found.extend(read)
    return _borrow(groups)


def context_action_piece(action: Piece, hidden: Masked) -> Piece:
    """The verb of the sentence above, applied to a line that only lists provisions or phrases."""
    return Piece(action.verb, hidden.text)


def _borrow(groups: list[list[Order]]) -> list[Order]:
    """Give an order without article the article of the next order in the sentence: "sửa đổi khoản 1 và bổ sung khoản
    1a vào sau khoản 1 Điều 5"."""
    flat = [order for group in groups for order in group]
    known: PathOf = ()
    done: list[Order] = []
    for order in reversed(flat):
        path = order.provision.path
        known_kinds = [kind for kind, _ in known]
        if path and not _closed(path) and known:
            cut = known_kinds.index(path[0][0]) if path[0][0] in known_kinds else None
            above = known[:cut] if cut is not None else tuple(s for s in known if _rank(s[0]) < _rank(path[0][0]))
            order = replace(order, provision=replace(order.provision, path=(*above, *path)))
            if order.anchor and not _closed(order.anchor):
                order = replace(order, anchor=complete(order.anchor, above))
        if _closed(order.provision.path) or len(order.provision.path) > 1:
            known = order.provision.path
        done.append(order)
    return list(reversed(done))


def _rank(kind: Kind) -> int:
    return (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM).index(kind) if kind in _INNER else -1


_INNER = (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM)


def _closed(path: PathOf) -> bool:
    return bool(path) and (path[0][0] not in _INNER or any(kind is Kind.ARTICLE for kind, _ in path))


def complete(path: PathOf, above: PathOf) -> PathOf:
    """The path with the larger units of `above` that it lacks."""
    if not path or _closed(path):
        return path
    kinds = [kind for kind, _ in above]
    if path[0][0] in kinds:
        above = above[: kinds.index(path[0][0])]
    return (*above, *path)


def _read(piece: Piece, hidden: Masked) -> list[Order]:
    verb = piece.verb
    has_phrase = bool(_MARK.search(piece.words)) and "như sau" not in piece.words.split("\ue000")[0]
    orders = _of_verb(verb, piece, hidden, has_phrase=has_phrase)
    return _narrowed(orders, _trim(piece.words))


def _of_verb(verb: str, piece: Piece, hidden: Masked, *, has_phrase: bool) -> list[Order]:
    if verb in ("bổ sung", "thêm"):
        return _added_phrases(piece, hidden) if has_phrase else _insertions(piece)
    if verb.endswith(("bãi bỏ", "hủy bỏ", "huỷ bỏ")) or verb == "bỏ":
        return _removals(piece, hidden)
    if verb in ("thay thế", "thay") or (has_phrase and verb.startswith("sửa đổi")):
        return _swaps(piece, hidden) if has_phrase else _replacements(piece)
    if verb in ("đổi tên", "sửa tên", "sửa đổi tên"):
        return _titles(piece, hidden)
    if verb == "chuyển":
        return _moves(piece)
    if verb.startswith(("đổi số", "đánh số")):
        return [Order(Action.OTHER, Provision(()), reason="units are numbered anew")]
    return _replacements(piece)


def _named(words: str) -> list[Chain]:
    return [chain for chain in chains(words) if chain.provisions]


def _document(words: str) -> Document | None:
    return next((c.document for c in chains(words) if c.document and not c.document.own), None)


_ALLOWED = re.compile(
    r"(?<!\w)(?:và|hoặc|tại|của|vào|sau|trước|ngay|liền|cuối|đầu|như|các|những|một|số|điều|khoản|điểm|đoạn|chương|mục|phần|tên|gọi|"
    r"trong|thuộc|ở|là|đây|sau đây|dưới đây|cụm|từ|chữ|dấu|bằng|thành|cùng|toàn bộ|đó|lần lượt|bổ sung|sửa đổi|này|văn bản|"
    r"bãi bỏ|được|bị|lại|nhu|nội dung|mở đầu|mở|dẫn|câu|đầu tiên|quy định|quy định tại|Luật|Bộ luật|cụ thể|thêm|mới|thay|thế|trên)(?!\w)",
    re.I,
)


def _more_said(words: str) -> str:
    """What the words say beside provisions and phrases; "" if nothing that could narrow the order."""
    return " ".join(re.findall(r"\w+", _ALLOWED.sub(" ", _MARK.sub(" ", words))))


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
    if found and (tail := _more_said(re.sub(r"^\s*(?:về\s+)?[Dd]anh mục[^;]*", "", words[position:]))):
        taints.update({p: f"{taints[p]} {tail}".strip() for p in found[-1].provisions})
    return taints


def _narrowed(orders: list[Order], words: str) -> list[Order]:
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


def _each(action: Action, found: list[Chain], **rest: str) -> list[Order]:
    return [
        Order(action, provision, document=_foreign(chain), reason=_loose(chain), **rest)  # type: ignore[arg-type]
        for chain in found
        for provision in chain.provisions
    ]


def _foreign(chain: Chain) -> Document | None:
    return chain.document if chain.document and not chain.document.own else None


def _loose(chain: Chain) -> str:
    if chain.loose and not any(kind is Kind.ARTICLE for kind, _ in chain.provisions[0].path):
        return "the units are parted by a comma: it may be one provision or two"
    return ""


def _replacements(piece: Piece) -> list[Order]:
    words = _trim(piece.words)
    if part := fragment_of(words):
        return [Order(Action.REPLACE, Provision((), part))]
    found = [
        replace(order, action=Action.RETITLE) if order.provision.part == "heading" else order
        for order in _each(Action.REPLACE, _named(words))
    ]
    if here := _TITLE_HERE.search(words):
        kind = _KINDS[here["kind"].lower()]
        found.insert(0, Order(Action.RETITLE, Provision(((kind, THIS),), "heading")))
    return found


def _opening(part: str, side: str, anchors: list[Chain]) -> list[Order]:
    """ "Bổ sung đoạn mở đầu vào trước khoản 1 Điều 44": the first words of Điều 44, which has none."""
    anchor = anchors[0].provisions[0].path
    if side != "trước" or len(anchor) < 2 or fragment_of(part) != "intro":
        return []
    return [Order(Action.INSERT, Provision(anchor[:-1], "intro"), document=_foreign(anchors[0]))]


def _insertions(piece: Piece) -> list[Order]:
    words = _trim(piece.words)
    found: list[Order] = []
    for part in re.split(r"\s*;\s*", words):
        if not part:
            continue
        beside = _BESIDE.search(part)
        if beside and (anchors := _named(part[beside.end() :])):
            found.extend(_opening(part[: beside.start()], beside["side"], anchors))
            place = _PLACE.search(part, 0, beside.start())
            units = [u for c in _named(part[: place.start() if place else beside.start()]) for u in c.provisions]
            anchor = anchors[0].provisions[-1 if beside["side"] == "sau" else 0].path
            for unit in units:
                path = unit.path if _closed(unit.path) else _beside(unit.path, anchor)
                found.append(
                    Order(
                        Action.INSERT, Provision(path, unit.part), anchor, beside["side"], document=_foreign(anchors[0])
                    )
                )
            continue
        into = _INTO.search(part)
        containers = _named(part[into.end() :]) if into else []
        if into and containers:
            container = containers[0].provisions[0].path
            for chain in _named(part[: into.start()]):
                found.extend(
                    Order(
                        Action.INSERT,
                        Provision((*container, *unit.path[-1:]), unit.part),
                        document=_foreign(containers[0]),
                    )
                    for unit in chain.provisions
                )
            continue
        found.extend(_each(Action.INSERT, _named(part)))
    return found


def _beside(unit: PathOf, anchor: PathOf) -> PathOf:
    """The new unit's path: the anchor's, with the unit's own number in place of the anchor's."""
    kinds = [kind for kind, _ in anchor]
    if unit and unit[0][0] in kinds:
        return (*anchor[: kinds.index(unit[0][0])], *unit)
    return unit


def _removals(piece: Piece, hidden: Masked) -> list[Order]:
    words = _trim(piece.words)
    found: list[Order] = []
    phrases: list[str] = []
    active = False
    uncertain = piece.verb != "bỏ" and not _PHRASE_FIRST.match(words)
    for section in re.split(r"(\s*;\s*)", words):
        if not section.strip(" ;"):
            continue
        borrowed: list[list[Order]] = []
        marks = list(_MARK.finditer(section))
        first = marks[0].start() if marks else len(section)
        lead = _named(section[:first]) if marks else _named(section)
        if not marks and active:  # "bỏ cụm từ “X” tại khoản 1 Điều 5; khoản 2 Điều 6"
            reason = _UNPLAIN if uncertain else ""
            borrowed.append(
                [
                    replace(o, old=p, reason=o.reason or reason)
                    for p in phrases
                    for o in _each(Action.DELETE_PHRASE, lead)
                ]
            )
        else:
            borrowed.append(_each(Action.REPEAL, lead))
        pending: list[str] = []
        for place, mark in enumerate(marks):
            stop = marks[place + 1].start() if place + 1 < len(marks) else len(section)
            pending.append(hidden.phrase(mark[0]))
            where = _named(section[mark.end() : stop])
            if where:
                borrowed.append([replace(o, old=p) for p in pending for o in _each(Action.DELETE_PHRASE, where)])
                phrases, pending, active = pending, [], True
        if pending:
            borrowed.append([Order(Action.DELETE_PHRASE, Provision(()), old=p) for p in pending])
            phrases, active = pending, True
        found.extend(_borrow(borrowed))
    return found


def _swaps(piece: Piece, hidden: Masked) -> list[Order]:
    words = _trim(piece.words)
    found: list[Order] = []
    waiting: list[tuple[str, str]] = []
    pairs = list(_PAIR.finditer(words))
    for place, pair in enumerate(pairs):
        stop = pairs[place + 1].start() if place + 1 < len(pairs) else len(words)
        swaps = [(hidden.phrase(mark[0]), hidden.phrase(pair["new"])) for mark in _MARK.finditer(pair["olds"])]
        where = _named(pair["where"]) or _named(words[pair.end() : stop])
        waiting.extend(swaps)
        if where:
            found.extend(
                replace(order, old=old, new=new)
                for old, new in waiting
                for order in _each(Action.REPLACE_PHRASE, where)
            )
            waiting = []
    found.extend(
        Order(Action.REPLACE_PHRASE, Provision(()), old=old, new=new, document=_document(words)) for old, new in waiting
    )
    return found


def _added_phrases(piece: Piece, hidden: Masked) -> list[Order]:
    words = _trim(piece.words)
    found: list[Order] = []
    waiting: list[dict[str, str]] = []
    additions = list(_ADD.finditer(words))
    for place, add in enumerate(additions):
        stop = additions[place + 1].start() if place + 1 < len(additions) else len(words)
        where = _named(add["first"]) or _named(words[add.end() : stop])
        waiting.append({"new": hidden.phrase(add["new"]), "old": hidden.phrase(add["old"]), "side": add["side"]})
        if where:
            found.extend(
                replace(order, **one)
                for one in waiting
                for order in _each(Action.INSERT_PHRASE, where)  # type: ignore[arg-type]
            )
            waiting = []
    found.extend(Order(Action.INSERT_PHRASE, Provision(()), **one) for one in waiting)
    if not additions and (where := _named(words)):
        reason = "the text does not say beside which words the phrase goes"
        found = [replace(order, reason=reason) for order in _each(Action.OTHER, where)]
    return found


def _titles(piece: Piece, hidden: Masked) -> list[Order]:
    words = _trim(piece.words)
    head, _, tail = words.partition(" thành ")
    mark = _MARK.search(tail or words)
    new = hidden.phrase(mark[0]) if mark else ""
    orders = _each(Action.RETITLE, _named(head), new=new)
    here = _TITLE_HERE.search("tên " + head.lstrip()) if not orders else None
    if here:
        return [Order(Action.RETITLE, Provision(((_KINDS[here["kind"].lower()], THIS),), "heading"), new=new)]
    return [replace(order, provision=replace(order.provision, part="heading")) for order in orders]


def _moves(piece: Piece) -> list[Order]:
    words = _trim(piece.words)
    halves = re.split(r"\s+(?:thành|sang|xuống|lên)\s+", words, maxsplit=1)
    if len(halves) == 2:
        sources = [p for c in _named(halves[0]) for p in c.provisions]
        goals = [p for c in _named(halves[1]) for p in c.provisions]
        if sources and len(sources) == len(goals):
            return [
                Order(Action.RENUMBER, source, anchor=complete(goal.path, source.path), document=_document(words))
                for source, goal in zip(sources, goals, strict=True)
            ]
    return [Order(Action.OTHER, Provision(()), reason="what is moved, and to where, is not plain")]
