"""Telling claims: the sentence and the sum of a checked claim, in the reader's language."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import pgettext

from dienhong.records.claims import rules
from dienhong.records.claims.checking import Claim, Desk, Reading
from dienhong.records.claims.rules import Verdict
from dienhong.records.claims.spec import PARTS, Spec
from dienhong.records.claims.yardsticks import YARDSTICKS
from dienhong.records.definitions import DEFINITIONS
from dienhong.records.queries import vietnamese
from dienhong.records.rules import Figure, Scope, neat
from dienhong.records.scopes import name_of, short_name, term_of, without_body
from dienhong.records.shelf import Shelf

_LINE = re.compile(r"^(party|union)_tasks\.")


def verdict_name(verdict: Verdict) -> str:
    """The verdict in a word or two."""
    return {
        Verdict.PROVED: _t("Proved"),
        Verdict.CONTRADICTED: _t("Contradicted"),
        Verdict.OPEN: _t("Not proven"),
        Verdict.UNCHECKED: _t("Not checked"),
    }[verdict]


def number(value: Decimal | None, *, share: bool = False) -> str:
    """A number as the language writes it: 1.234,5 or 1,234.5; a share with its two places and %."""
    if value is None:
        return _t("not known")
    exact = value.quantize(Decimal("0.01")) if share else neat(value)
    text = f"{exact:,f}".replace("-", "\u2212") + ("%" if share else "")
    return text.translate(str.maketrans(",.", ".,")) if vietnamese() else text


def begun(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]


def said(figure: Figure, value: Decimal | None) -> str:
    """The value of a figure inside a sentence: "5 sessions", "a median share of 94.23% in favour of laws"."""
    words = DEFINITIONS[figure.key].said if figure.key in DEFINITIONS else ""
    shown = number(value, share=figure.share)
    if not words:
        return f"{figure.label}: {shown}"
    count = int(value) if value is not None and value == value.to_integral_value() else 2
    told, of_line = str(words % {"count": count, "number": shown}), str(DEFINITIONS[figure.key].of_line)
    return f"{told} {of_line}" if of_line else told


def _top(figure: Figure) -> str:
    """The word for the greatest of this figure."""
    top = DEFINITIONS[figure.key].top if figure.key in DEFINITIONS else "most"
    return {"most": _t("the most"), "highest": _t("the highest"), "longest": _t("the longest")}[top]


def _bottom(figure: Figure) -> str:
    top = DEFINITIONS[figure.key].top if figure.key in DEFINITIONS else "most"
    return {"most": _t("the fewest"), "highest": _t("the lowest"), "longest": _t("the shortest")}[top]


def among(claim: Claim, rows: Shelf) -> str:
    """With what the claim compares: "in a year of term XV so far", "in a session since Session 2, term XIV"."""
    scope, against = claim.subject.scope, claim.spec.against
    term = term_of(scope, rows)
    words = {"term": term.label if term else ""}
    if against == "term_years":
        return _t("in a year of term %(term)s so far") % words
    if against == "term_sessions":
        return _t("in a session of term %(term)s so far") % words
    if against == "term_regular":
        return _t("in a regular session of term %(term)s so far") % words
    first = against.partition(":")[2]
    found = next((one.scope for one in claim.compared if one.scope.label == first), None)
    time = found and (name_of(found, rows) if found.kind == "days" else short_name(found, rows))
    start = {"first": time or first}
    if scope.session is not None:
        return _t("in a session since %(first)s") % start
    return _kinds_of_time()[kind_of_time(scope)] % start


def kind_of_time(scope: Scope) -> str:
    """Whether it is a year, a term, a half, a quarter or a month."""
    time = without_body(scope)
    months = {5: "half", 2: "quarter", 0: "month"}.get(time.until.month - time.since.month, "month")
    return time.kind if time.kind in {"year", "term"} else months


def _kinds_of_time() -> dict[str, str]:
    return {
        "year": _t("in a year since %(first)s"),
        "term": _t("in a term since %(first)s"),
        "half": _t("in a half-year since %(first)s"),
        "quarter": _t("in a quarter since %(first)s"),
        "month": _t("in a month since %(first)s"),
    }


def _clause(claim: Claim, rows: Shelf) -> str:
    """What the claim says of its figure, without the scope and the value that stand before it."""
    spec, figure = claim.spec, claim.subject.figure
    other = claim.compared[0] if claim.compared else None
    words = {
        "among": among(claim, rows) if spec.kind in {"most", "least", "none_more", "more_than_all", "first"} else "",
        "top": _top(figure),
        "bottom": _bottom(figure),
        "number": number(spec.number, share=figure.share),
        "plain": number(spec.number),
        "percent": number(spec.number) + "%",
        "other": name_of(other.scope, rows) if other else "",
        "value": number(other.figure.value, share=figure.share) if other else "",
        "yardstick": str(YARDSTICKS[spec.against].name) if spec.kind == "as_many_as" else "",
    }
    clauses = {
        "most": _t("%(top)s %(among)s"),
        "none_more": _t("a number not exceeded %(among)s"),
        "least": _t("%(bottom)s %(among)s"),
        "first": _t("the first time %(among)s"),
        "more_than_all": _t("more than all others together %(among)s"),
        "equal": _t("the same as %(other)s"),
        "times": _t("%(plain)s times that of %(other)s (%(value)s)"),
        "up": _t("up by %(percent)s against %(other)s (%(value)s)"),
        "down": _t("down by %(percent)s against %(other)s (%(value)s)"),
        "target": _t("reaching the target of %(number)s"),
        "as_many_as": _t("as many as %(yardstick)s"),
    }
    return clauses[spec.kind] % words


def _part_words() -> dict[str, str]:
    """How a part is named beside its whole: "2 regular and 3 extraordinary"."""
    return {
        "sessions.regular": _t("%(number)s regular"),
        "sessions.extraordinary": _t("%(number)s extraordinary"),
        "standing_committee.meetings.regular": pgettext("meetings", "%(number)s regular"),
        "standing_committee.meetings.thematic": _t("%(number)s on law-making"),
        "standing_committee.meetings.between": _t("%(number)s between phases"),
        "standing_committee.meetings.other": _t("%(number)s other"),
        "tasks.done": pgettext("tasks", "%(number)s done"),
        "tasks.reported": pgettext("tasks", "%(number)s submitted"),
        "tasks.under_way": pgettext("tasks", "%(number)s under way"),
    }


def _part(one: Reading, value: str) -> str:
    """A part beside its whole in words."""
    return _part_words()[_LINE.sub("tasks.", one.figure.key)] % {"number": value}


def _listed(words: list[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return _t("%(all)s and %(last)s") % {"all": ", ".join(words[:-1]), "last": words[-1]}


def _main(claim: Claim, rows: Shelf) -> str:
    """The scope and its value: "2023 had 5 sessions, 2 regular and 3 extraordinary"."""
    spec, one = claim.spec, claim.subject
    value = spec.number if spec.kind in {"count", "stated", "made_of"} else one.figure.value
    if value is None and one.figure.at_least:
        what = _t("at least %(what)s") % {"what": said(one.figure, one.figure.at_least)}
    else:
        what = said(one.figure, value)
    sentence = _t("%(scope)s had %(what)s") % {"scope": begun(name_of(one.scope, rows)), "what": what}
    if spec.kind == "made_of":
        words = [_part(p, number(p.figure.value)) for p in claim.parts if p.figure.value]
        sentence += f", {_listed(words)}" if len(words) > 1 else ""
    if spec.without:
        left = claim.parts[0].figure
        sentence += ", " + _t("not counting the %(part)s") % {"part": said(left, left.value)}
    if claim.by is not None:
        sentence += " " + pgettext("counted up to", "by %(day)s") % {"day": f"{claim.by:%d/%m/%Y}"}
    return sentence


def sentence(claim: Claim, rows: Shelf) -> str:
    """The claim as a sentence, made by the machine from its parameters and the record."""
    spec, one = claim.spec, claim.subject
    if spec.kind == "together":
        clauses = [_clause(part, rows) for part in claim.joined[1:]]
        return f"{_main(claim.joined[0], rows)} \u2013 {', '.join(clauses)}."
    if spec.kind in {"count", "made_of"}:
        return f"{_main(claim, rows)}."
    if spec.kind == "stated":
        by = _t("as stated by %(who)s") % {"who": spec.stated_by} if spec.stated_by else _t("as published")
        return f"{_main(claim, rows)}, {by}."
    least = number(spec.number, share=one.figure.share)
    if spec.kind == "each_row":
        words = {"scope": begun(name_of(one.scope, rows)), "number": least, "label": one.figure.label}
        if one.figure.key.startswith("votes.laws"):
            return _t("%(scope)s: every law was passed with at least %(number)s of all deputies.") % words
        return _t("%(scope)s: “%(label)s” is at least %(number)s in every row.") % words
    if spec.kind == "every":
        first = claim.compared[0].scope if claim.compared else one.scope
        words = {"first": name_of(first, rows), "last": name_of(one.scope, rows)}
        words["what"] = said(one.figure, spec.number)
        return _t("Each from %(first)s to %(last)s had at least %(what)s.") % words
    return f"{_main(claim, rows)}, {_clause(claim, rows)}."


def by_record(claim: Claim, desk: Desk) -> str:
    """What the record itself would say of the figure of a claim, with its parts; "" where it does not know."""
    one, spec = claim.subject, claim.spec
    if one.known.value is None or spec.figure not in DEFINITIONS:
        return ""
    kind = "made_of" if spec.figure in PARTS else "count"
    return sentence(desk.check(Spec(kind, spec.figure, spec.scope, number=one.known.value)), desk.rows)


# -- the sum ----------------------------------------------------------------------------------------------------------
def shown(one: Reading) -> str:
    """The number of a reading as a sum shows it: 5, "at least 13", "not known"."""
    known = one.known
    share = one.figure.share
    if known.value is not None:
        return number(known.value, share=share)
    if known.floor:
        return _t("at least %(number)s") % {"number": number(known.floor, share=share)}
    if one.figure.value is not None:
        return _t("%(number)s in what is known") % {"number": number(one.figure.value, share=share)}
    return _t("not known")


def _with_scope(one: Reading, rows: Shelf) -> str:
    return f"{shown(one)} ({short_name(one.scope, rows)})"


def _sum_of_comparison(claim: Claim, rows: Shelf) -> str:
    """The compared numbers in order: 5 > 3 (2022) > 2 (the part of 2021 in term XV); at most six of each."""
    up = claim.spec.kind == "least"
    known = [one for one in claim.compared if one.known.value is not None]
    unknown = [one for one in claim.compared if one.known.value is None]
    known.sort(key=lambda one: one.known.value or Decimal(), reverse=not up)
    unknown.sort(key=lambda one: one.known.floor or Decimal(), reverse=True)
    line, last = shown(claim.subject), claim.subject
    if claim.spec.kind == "more_than_all":
        total = sum((one.known.least for one in claim.compared if one.known.least is not None), Decimal())
        found = claim.subject.known.value
        sign = ">" if found is not None and found > total else "≤"
        line += f" {sign} {number(total)} = " + " + ".join(_with_scope(one, rows) for one in known[:6])
        known = known[:6]
    elif claim.spec.kind == "every":
        line = "; ".join(_with_scope(one, rows) for one in [claim.subject, *reversed(claim.compared)][:8])
        known, unknown = [], []
    else:
        for one in known[:6]:
            line += f" {_sign(last, one)} {_with_scope(one, rows)}"
            last = one
    if len(known) > 6:
        line += ", …"
    if unknown:
        line += "; " + ", ".join(_with_scope(one, rows) for one in unknown[:6])
    if claim.verdict == Verdict.PROVED:
        line += (" " if line.endswith("…") else ". ") + _t("The record is complete for all %(count)s compared") % {
            "count": len(claim.compared) + 1
        }
    return line


def _sign(one: Reading, other: Reading) -> str:
    """The sign between two numbers of a sum; a comma where one is only a floor, because then nothing is compared."""
    left, right = one.known.value, other.known.value
    if left is None or right is None:
        return ","
    return ">" if left > right else "<" if left < right else "="


def _sum_without(claim: Claim) -> str:
    """The sum of a count that leaves a part out: what the count holds, what is left, and the difference named."""
    one, left, kinds = claim.subject, claim.parts[0], claim.parts[1:]
    total, part, stated = one.known.value, left.known.value, claim.against
    if total is None or part is None or stated is None:
        return f"{shown(one)} \u2212 {shown(left)}"
    line = f"{number(total)} \u2212 {number(part)} = {number(total - part)}"
    if total - part != stated:
        line = f"{line} ≠ {number(stated)}"
        words = {
            "total": number(total),
            "part": said(left.figure, part),
            "difference": number(abs(stated - total + part)),
        }
        line += ". " + _t("The year count of %(total)s includes the %(part)s; the difference is %(difference)s") % words
    if kinds and all(kind.known.value is not None for kind in kinds):
        line += ". " + f"{number(total)} = " + " + ".join(_part(kind, shown(kind)) for kind in kinds)
    return line


def _sum_of_change(claim: Claim) -> str:
    one, other = claim.subject.known.value, claim.compared[0].known.value
    if one is None or other is None:
        return f"{shown(claim.subject)}; {shown(claim.compared[0])}"
    if claim.spec.kind == "equal":
        return f"{number(one)} {'=' if one == other else '≠'} {number(other)}"
    if claim.spec.kind == "times":
        found = rules.ratio(one, other)
        places = None if found is None else found.quantize(Decimal("0.01"))
        return f"{number(one)} ÷ {number(other)} = {number(places)}"
    found = rules.change(one, other)
    places = None if found is None else found.quantize(Decimal("0.01"))
    return f"({number(one)} \u2212 {number(other)}) ÷ {number(other)} = {number(places)}%"


def proof(claim: Claim, rows: Shelf) -> str:
    """The sum behind the verdict, as one line."""
    spec, one = claim.spec, claim.subject
    if spec.kind == "together":
        return "; ".join(proof(part, rows) for part in claim.joined)
    if spec.kind in {"most", "least", "none_more", "first", "every", "more_than_all"}:
        return _sum_of_comparison(claim, rows)
    if spec.without:
        return _sum_without(claim)
    if spec.kind == "made_of":
        return f"{shown(one)} = " + " + ".join(shown(part) for part in claim.parts)
    if spec.kind in {"equal", "times", "up", "down"}:
        return _sum_of_change(claim)
    if spec.kind == "each_row":
        share = one.figure.share
        failing = [f"{row.name}: {number(row.value, share=share)}" for row in claim.fails]
        return "; ".join(failing) or shown(one)
    sign = {Verdict.PROVED: "=", Verdict.CONTRADICTED: "≠"}.get(claim.verdict, "?")
    if spec.kind == "target":
        sign = {Verdict.PROVED: "≥", Verdict.CONTRADICTED: "<"}.get(claim.verdict, "?")
    if spec.kind == "as_many_as":
        return f"{shown(one)} {sign} {YARDSTICKS[spec.against].sum(one.scope.until)}"
    stated = number(claim.against, share=one.figure.share)
    if spec.kind == "stated" and not one.figure.rows:
        return _t("%(stated)s is published; there is no row in the record") % {"stated": stated}
    if spec.kind == "stated":
        return _t("%(stated)s is published; the rows give %(found)s") % {"stated": stated, "found": _by_rows(one)}
    return f"{stated} {sign} {shown(one)}" if sign != "?" else f"{stated}; {shown(one)}"


def _by_rows(one: Reading) -> str:
    """What the rows alone give, without the published count that the value may rest on."""
    figure = one.figure
    if figure.basis == "rows" or figure.at_least is None:
        return shown(one)
    return _t("at least %(number)s") % {"number": number(figure.at_least, share=figure.share)}
