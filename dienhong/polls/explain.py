"""Why a vote came out as it did (giải thích kết quả), in the reader's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from dienhong.foundation import rulebook
from dienhong.foundation.rulebook import Line
from dienhong.polls.models import Poll, Result
from dienhong.polls.queries import threshold_line


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sentence, the rule behind it and what the record lacks for it."""

    sentence: str
    rule: str  # "more than half of all members"
    needed: int | None
    source: str
    mark: str
    missing: tuple[str, ...]


def _share_in_words(line: Line) -> str:
    share, strict = line.value.share, line.value.strict
    half = share.numerator == 1 and share.denominator == 2
    if half and strict:
        return _t("more than half")
    words = {"share": f"{share.numerator}/{share.denominator}"}
    return (_t("more than %(share)s") if strict else _t("at least %(share)s")) % words


def number(value: Decimal | None) -> str:
    """A percentage with two decimals in the manner of the reader's language: 94,74% or 94.74%."""
    if value is None:
        return ""
    text = f"{value:.2f}"
    return (text.replace(".", ",") if (get_language() or "vi").startswith("vi") else text) + "%"


def explain(poll: Poll, result: Result | None) -> Explanation:
    """The result of a poll with its rule: "468 of 494 (94.74%), more than half needed: 248. Carried under …"."""
    line = threshold_line(poll, poll.day) if poll.day else _newest_line(poll)
    rule = _share_in_words(line)
    missing = tuple(result.missing) if result else ()
    if result is None or result.for_count is None or result.base is None or result.needed is None:
        needed = result.needed if result else None
        return Explanation(_without_base(result), rule, needed, line.source, line.mark, missing)
    words = {
        "for": result.for_count,
        "base": result.base,
        "percent": number(result.for_percent),
        "rule": rule,
        "needed": result.needed,
        "source": line.source,
    }
    if result.carried:
        sentence = _t("%(for)s of %(base)s (%(percent)s), %(rule)s needed: %(needed)s. Carried under %(source)s.")
    else:
        sentence = _t("%(for)s of %(base)s (%(percent)s), %(rule)s needed: %(needed)s. Not carried under %(source)s.")
    return Explanation(sentence % words, rule, result.needed, line.source, line.mark, missing)


def _newest_line(poll: Poll) -> Line:
    return max(rulebook.book().by_id[poll.rule], key=lambda line: line.since or dt.date.min)


def _without_base(result: Result | None) -> str:
    if result is None:
        return _t("Not counted yet.")
    if result.for_count is None:
        return _t("The record gives no number of votes in favour, so the result cannot be recomputed.")
    return _t("%(for)s in favour. The record lacks the total of deputies, so the share cannot be recomputed.") % {
        "for": result.for_count
    }


def missing_words(codes: tuple[str, ...] | list[str]) -> list[str]:
    """What the record lacks, in words."""
    words = {
        "day": _t("the day of the vote"),
        "base": _t("the total of deputies on that day"),
        "for": _t("the number in favour"),
        "participating": _t("how many took part"),
        "split": _t("how the others voted"),
    }
    return [words[code] for code in codes]
