"""What the record itself can say of a period (dự thảo từ hồ sơ): the blocks a report begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _t

from dienhong.records.claims.rules import Verdict
from dienhong.records.rules import Figure
from dienhong.reports import wording
from dienhong.reports.live import LISTED, Facts


@dataclass(frozen=True, slots=True)
class Drafted:
    """A block proposed by the record: its kind, its text with live places, its caption."""

    kind: str
    text: str
    caption: str = ""


#: How many proved claims open the evaluation.
SAID = 8
#: Claims that are no strength by themselves: they only state a number, or say that it fell.
PLAIN = frozenset({"count", "made_of", "stated", "least", "down"})
Section = Callable[[Facts], Iterator[Drafted]]


def _has(facts: Facts, key: str) -> bool:
    figure = facts.figures().get(key)
    return figure is not None and (figure.value is not None or bool(figure.at_least))


def _none(facts: Facts, key: str) -> bool:
    """Whether the record knows that there was none."""
    figure = facts.figures().get(key)
    return figure is not None and figure.known and figure.value == 0


def _rows(facts: Facts, key: str) -> bool:
    figure = facts.figures().get(key)
    return figure is not None and bool(figure.rows)


def _table(facts: Facts, key: str, caption: str) -> Iterator[Drafted]:
    """The rows of a figure as a table, where they are few enough for the text: the annex has the others."""
    figure = facts.figures().get(key)
    if figure is not None and 0 < len(figure.rows) <= LISTED:
        yield Drafted("table", f"{{{{table:{key}}}}}", caption)


def _against(facts: Facts, key: str) -> str:
    """The comparison with the year before, or the same part of it; "" when one of the two is not known."""
    now, then = facts.figures().get(key), facts.before.get(key)
    if now is None or then is None or not (now.known and then.known):
        return ""
    assert now.value is not None
    assert then.value is not None
    words = {"when": facts.before_name, "before": f"{{{{figure:{key}|{facts.before_code}}}}}"}
    if now.value and not then.value:
        return _t(", none in %(when)s") % words
    if now.value == then.value:
        return _t(", as many as in %(when)s") % words
    if now.value > then.value:
        return _t(", more than in %(when)s (%(before)s)") % words
    return _t(", fewer than in %(when)s (%(before)s)") % words


def _one_session(facts: Facts) -> Iterator[Drafted]:
    """The session that the report is about, and how long it worked."""
    if not _rows(facts, "sessions"):
        return
    said = _t("The Office served {{list:sessions}}.")
    if _has(facts, "sessions.working_days"):
        said += " " + _t("It worked {{figure:sessions.working_days}} days.")
    yield Drafted("paragraph", said)


def _sessions_said(facts: Facts) -> str:
    """The sentence of the sessions; a kind of which there was none is not spoken of."""
    if _none(facts, "sessions.extraordinary"):
        return _t("The Office served {{figure:sessions}} regular sessions%(against)s: {{list:sessions}}.")
    if _none(facts, "sessions.regular"):
        return _t("The Office served {{figure:sessions}} extraordinary sessions%(against)s: {{list:sessions}}.")
    return _t(
        "The Office served {{figure:sessions}} sessions of the National Assembly, {{figure:sessions.regular}} "
        "regular and {{figure:sessions.extraordinary}} extraordinary%(against)s: {{list:sessions}}."
    )


def assembly(facts: Facts) -> Iterator[Drafted]:
    """Sessions, laws, votes."""
    if facts.scope.kind == "session":
        yield from _one_session(facts)
    elif _none(facts, "sessions"):
        said = _t("No session of the National Assembly opened in the period.")
        if _rows(facts, "sessions.sitting"):
            said = _t("No session opened in the period; opened before it, there sat {{list:sessions.sitting}}.")
        yield Drafted("paragraph", said)
    elif _has(facts, "sessions"):
        said = _sessions_said(facts) % {"against": _against(facts, "sessions")}
        if _has(facts, "sessions.working_days"):
            said += " " + _t("They worked {{figure:sessions.working_days}} days.")
        yield Drafted("paragraph", said)
        if facts.whole_year or facts.scope.kind == "term":  # years beside a part of a year would mislead
            yield Drafted("chart", "{{chart:sessions}}", _t("Sessions of the National Assembly by year"))
    if _none(facts, "laws"):
        yield Drafted("paragraph", _t("Laws passed in the period: {{figure:laws}}."))
    elif _has(facts, "laws"):
        said = _t("The National Assembly passed {{figure:laws}} laws%(against)s") % {"against": _against(facts, "laws")}
        if _has(facts, "resolutions"):
            said += _t("; {{figure:resolutions}} resolutions")
        yield Drafted("paragraph", said + ".")
    yield from _table(facts, "laws", _t("Laws passed"))
    if _rows(facts, "votes.laws.median"):
        words = _t(
            "Of the votes on whole laws whose share is published the median share of all deputies in favour is "
            "{{figure:votes.laws.median}}."
        )
        yield Drafted("paragraph", words)
        yield Drafted("chart", "{{chart:votes.laws.median}}", _t("Share of all deputies in favour, by law"))
    spoken = [f for key, f in facts.figures().items() if key.startswith("reported.session.") and f.value is not None]
    if spoken:
        yield Drafted("heading", _t("As the sessions reported"))
        yield Drafted("list", "\n".join(f"{f.label}: {{{{figure:{f.key}}}}}" for f in spoken))


def standing_committee(facts: Facts) -> Iterator[Drafted]:
    """Meetings of the Standing Committee by kind, its items and resolutions."""
    total = "standing_committee.meetings"
    if not _has(facts, total):
        return
    kinds = [f for key, f in facts.figures().items() if key.startswith(f"{total}.") and f.value]
    yield Drafted(
        "paragraph",
        _t("The Office served {{figure:standing_committee.meetings}} meetings of the Standing Committee%(against)s.")
        % {"against": _against(facts, total)},
    )
    if kinds:
        yield Drafted("list", "\n".join(f"{f.label}: {{{{figure:{f.key}}}}}" for f in kinds))
    figure = facts.figures()[total]
    if len(figure.reported) > 1:  # the sources do not agree: both are named, a person decides what to write
        said = "; ".join(
            f"{one.stated_by or one.source}: {wording.small(one.value)}"
            + (f" ({one.note.rstrip('.')})" if one.note else "")
            for one in figure.reported
        )
        yield Drafted("paragraph", _t("Published counts to be held against each other: %(said)s.") % {"said": said})
    others = [f for key, f in facts.figures().items() if key.startswith("reported.standing_committee.")]
    if others:
        yield Drafted("list", "\n".join(f"{f.label}: {{{{figure:{f.key}}}}}" for f in others if f.value is not None))
    yield from _table(facts, "standing_committee.recorded", _t("Meetings of the Standing Committee"))


def deputies(facts: Facts) -> Iterator[Drafted]:
    """The number of deputies, and what was published of their work."""
    if _has(facts, "deputies.published"):
        yield Drafted(
            "paragraph",
            _t("By the last published vote of the period the National Assembly had {{figure:deputies.published}} "
               "deputies."),
        )  # fmt: skip
    if _has(facts, "deputies.register"):
        yield Drafted("paragraph", _t("The register of this office holds {{figure:deputies.register}} deputies."))
    if _has(facts, "reported.full_time.conferences"):
        yield Drafted("paragraph", _t("Conferences of full-time deputies: {{figure:reported.full_time.conferences}}."))


def programme(facts: Facts) -> Iterator[Drafted]:
    """How the programme of the period was done: counts, total and percent."""
    if not _has(facts, "tasks") or _none(facts, "tasks"):
        return
    words = _t("The programme had {{figure:tasks}} tasks")
    if not _none(facts, "tasks.key"):
        words += _t(", {{figure:tasks.key}} of them key tasks")
    words += _t("; {{figure:tasks.done}} are done ({{figure:tasks.done.share}}); late: {{figure:tasks.overdue}}.")
    yield Drafted("paragraph", words)


def key_tasks(facts: Facts) -> Iterator[Drafted]:
    """The key tasks and groups of the next year's programme."""
    if not _has(facts, "tasks.next"):
        return
    said = {"year": facts.year + 1}
    words = (
        _t("The programme of %(year)s has {{figure:tasks.next}} tasks in {{figure:tasks.next.groups}} groups") % said
    )
    if not _none(facts, "tasks.next.key"):
        words += _t(", {{figure:tasks.next.key}} of them key tasks")
    yield Drafted("paragraph", words + ".")
    if _rows(facts, "tasks.next.groups"):
        yield Drafted("paragraph", _t("Groups of tasks: {{list:tasks.next.groups}}."))
    if _rows(facts, "tasks.next.key"):
        yield Drafted("table", "{{table:tasks.next.key}}", _t("Key tasks of %(year)s") % {"year": facts.year + 1})


def leadership(facts: Facts) -> Iterator[Drafted]:
    """The sum of the period in one paragraph, and how its programme was done."""
    yield from programme(facts)
    if facts.scope.kind == "session" or _none(facts, "sessions"):
        return
    if not (_has(facts, "sessions") and _has(facts, "standing_committee.meetings")):
        return
    yield Drafted(
        "paragraph",
        _t("The leadership of the Office directed the service of {{figure:sessions}} sessions of the National Assembly "
           "and {{figure:standing_committee.meetings}} meetings of the Standing Committee."),
    )  # fmt: skip


def _compared(facts: Facts) -> list[tuple[Figure, Figure]]:
    pairs = [(figure, facts.before.get(key)) for key, figure in facts.figures().items()]
    return [
        (now, then)
        for now, then in pairs
        if then is not None and now.known and then.known and (now.value or then.value)
    ]


def strengths(facts: Facts) -> Iterator[Drafted]:
    """What the record proves of the period, and how it compares with the year before."""
    if facts.line != "administration":
        return
    proven: dict[tuple[str, str], str] = {}
    for key, claim in facts.claims.items():  # the most surprising first; one sentence on each figure of each scope
        if claim.verdict == Verdict.PROVED and claim.spec.kind not in PLAIN:
            proven.setdefault((claim.spec.figure or claim.subject.figure.key, claim.spec.scope), key)
    if proven:
        yield Drafted("list", "\n".join(f"{{{{claim:{key}}}}}" for key in list(proven.values())[:SAID]))
    pairs = [(now, then) for now, then in _compared(facts) if now.group != "reported"]
    if pairs:
        then_and_now = f"{facts.year - 1} | {facts.year}"
        if not facts.whole_year:
            then_and_now = f"{_t('Same period of %(year)s') % {'year': facts.year - 1}} | {_t('This period')}"
        rows = [f"{_t('Figure')} | {then_and_now} | {_t('Difference')}"]
        for now, then in pairs:
            assert now.value is not None
            assert then.value is not None
            change = now.value - then.value
            shown = wording.number(change, 2 if now.share else None)
            sign = f"+{shown}" if change > 0 else shown
            rows.append(
                f"{now.label} | {{{{figure:{now.key}|{facts.before_code}}}}} | {{{{figure:{now.key}}}}} | {sign}"
            )
        caption = _t("Compared with the year before")
        if not facts.whole_year:
            caption = _t("Compared with the same period of the year before")
        yield Drafted("table", "\n".join(rows), caption)


def limits(facts: Facts) -> Iterator[Drafted]:
    """What the record lacks: limits of keeping it, which the report must not hide."""
    if _rows(facts, "tasks.overdue"):
        yield Drafted("paragraph", _t("Tasks that are late and not done: {{figure:tasks.overdue}}."))
        yield from _table(facts, "tasks.overdue", _t("Late tasks"))
    if facts.line != "administration":
        return
    lacking = [f for f in facts.figures().values() if f.value is None and f.group != "reported"]
    if not facts.whole_year:  # of a part of a year, what the record knows in part: the annex says what else is lacking
        lacking = [f for f in lacking if f.rows or f.at_least]
    if lacking:
        lines = [f"{f.label}: {'; '.join(f.missing) or _t('not known')}" for f in lacking]
        yield Drafted("paragraph", _t("Figures that the record does not prove and that are therefore not stated:"))
        yield Drafted("list", "\n".join(lines))


def nothing(facts: Facts) -> Iterator[Drafted]:
    yield from ()


SECTIONS: dict[str, Section] = {
    "leadership": leadership,
    "assembly": assembly,
    "standing_committee": standing_committee,
    "deputies": deputies,
    "strengths": strengths,
    "limits": limits,
    "key_tasks": key_tasks,
    "party.politics": programme,
    "union.movements": programme,
}


def draft(key: str, facts: Facts) -> list[Drafted]:
    """The blocks that the record proposes for a section; none where it holds nothing of the matter."""
    return list(SECTIONS.get(key, nothing)(facts))


def lack(key: str, facts: Facts) -> str:
    """What a section without anything says of itself."""
    if key == "key_tasks" and facts.whole_year:
        return _t("No programme of %(year)s is in the record.") % {"year": facts.year + 1}
    if key in ("key_tasks", "directions", "proposals", "causes", "lessons", "solutions"):
        return _t("To be written by the unit; the record does not judge.")
    return _t("The record of this office holds nothing of this matter yet.")
