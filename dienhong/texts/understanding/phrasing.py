"""Orders about phrases (thay thế, bổ sung, bỏ cụm từ), as their sentences say them."""

from __future__ import annotations

import re
from dataclasses import replace

from dienhong.texts.understanding.citing import Provision
from dienhong.texts.understanding.orders import (
    MARK,
    Action,
    Masked,
    Order,
    Piece,
    borrow,
    document,
    each,
    named,
    trim,
)

#: A sentence that begins with a phrase speaks of phrases to its end; a mixed one does not say.
_PHRASE_FIRST = re.compile("\\s*(?:các\\s+|một\\s+số\\s+)?(?:cụm\\s+từ|từ|chữ|số)\\s*\ue000")
_UNPLAIN = "it is not plain whether the provision is repealed or only loses the phrase"
_KIND = "(?:cụm\\s+từ\\s+|từ\\s+|chữ\\s+|số\\s+|dấu\\s+)?"
_PHRASE = "\ue000\\d+\ue001"
_PAIR = re.compile(
    f"(?P<olds>{_PHRASE}(?:\\s*(?:,|và|hoặc|;)\\s*(?:các\\s+)?{_KIND}{_PHRASE})*)(?P<where>[^\ue000;]*?)"
    f"\\s*(?:được\\s+)?(?:thay\\s+(?:thế\\s+)?)?(?:bằng|thành)\\s+(?:các\\s+)?{_KIND}(?P<new>{_PHRASE})"
)
_ADD = re.compile(
    f"(?P<new>{_PHRASE})(?P<first>[^\ue000;]*?)\\s*,?\\s*(?:vào\\s+)?(?:ngay\\s+)?(?P<side>sau|trước)\\s+"
    f"(?:các\\s+)?{_KIND}(?P<old>{_PHRASE})"
)


def removals(piece: Piece, hidden: Masked) -> list[Order]:
    words = trim(piece.words)
    found: list[Order] = []
    phrases: list[str] = []
    active = False
    uncertain = piece.verb != "bỏ" and not _PHRASE_FIRST.match(words)
    for section in re.split(r"(\s*;\s*)", words):
        if not section.strip(" ;"):
            continue
        borrowed: list[list[Order]] = []
        marks = list(MARK.finditer(section))
        first = marks[0].start() if marks else len(section)
        lead = named(section[:first]) if marks else named(section)
        if not marks and active:  # "bỏ cụm từ “X” tại khoản 1 Điều 5; khoản 2 Điều 6"
            reason = _UNPLAIN if uncertain else ""
            borrowed.append(
                [
                    replace(o, old=p, reason=o.reason or reason)
                    for p in phrases
                    for o in each(Action.DELETE_PHRASE, lead)
                ]
            )
        else:
            borrowed.append(each(Action.REPEAL, lead))
        pending: list[str] = []
        for place, mark in enumerate(marks):
            stop = marks[place + 1].start() if place + 1 < len(marks) else len(section)
            pending.append(hidden.phrase(mark[0]))
            where = named(section[mark.end() : stop])
            if where:
                borrowed.append([replace(o, old=p) for p in pending for o in each(Action.DELETE_PHRASE, where)])
                phrases, pending, active = pending, [], True
        if pending:
            borrowed.append([Order(Action.DELETE_PHRASE, Provision(()), old=p) for p in pending])
            phrases, active = pending, True
        found.extend(borrow(borrowed))
    return found


def swaps(piece: Piece, hidden: Masked) -> list[Order]:
    words = trim(piece.words)
    found: list[Order] = []
    waiting: list[tuple[str, str]] = []
    pairs = list(_PAIR.finditer(words))
    for place, pair in enumerate(pairs):
        stop = pairs[place + 1].start() if place + 1 < len(pairs) else len(words)
        swaps = [(hidden.phrase(mark[0]), hidden.phrase(pair["new"])) for mark in MARK.finditer(pair["olds"])]
        where = named(pair["where"]) or named(words[pair.end() : stop])
        waiting.extend(swaps)
        if where:
            found.extend(
                replace(order, old=old, new=new) for old, new in waiting for order in each(Action.REPLACE_PHRASE, where)
            )
            waiting = []
    found.extend(
        Order(Action.REPLACE_PHRASE, Provision(()), old=old, new=new, document=document(words)) for old, new in waiting
    )
    return found


def additions(piece: Piece, hidden: Masked) -> list[Order]:
    words = trim(piece.words)
    found: list[Order] = []
    waiting: list[Order] = []
    places = list(_ADD.finditer(words))
    for place, add in enumerate(places):
        stop = places[place + 1].start() if place + 1 < len(places) else len(words)
        where = named(add["first"]) or named(words[add.end() : stop])
        old, new = hidden.phrase(add["old"]), hidden.phrase(add["new"])
        waiting.append(Order(Action.INSERT_PHRASE, Provision(()), old=old, new=new, side=add["side"]))
        if where:
            placed = each(Action.INSERT_PHRASE, where)
            found.extend(replace(at, old=one.old, new=one.new, side=one.side) for one in waiting for at in placed)
            waiting = []
    found.extend(waiting)
    if not places and (where := named(words)):
        reason = "the text does not say beside which words the phrase goes"
        found = [replace(order, reason=reason) for order in each(Action.OTHER, where)]
    return found
