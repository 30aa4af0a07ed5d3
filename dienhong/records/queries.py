"""What people ask of the record: whether published votes hold when recomputed, and series over years.

The figures themselves are in `figures.py`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.permissions import declare
from dienhong.meetings.models import Session, SessionKind
from dienhong.people.models import Term
from dienhong.polls import rules as counting
from dienhong.polls.models import Poll
from dienhong.records.rules import Scope

SEE = declare("records.see", _("See figures and the public record"))

#: Key of the reported figure that holds how many days a session worked.
WORKING_DAYS = "session.working_days"
#: First words of the note of a published vote whose base N no source prints: it was found from the published share.
BASE_FROM_SHARE = "N suy từ tỷ lệ đã công bố."


def vietnamese() -> bool:
    """Whether the reader's language is Vietnamese."""
    return (get_language() or "vi").startswith("vi")


def in_language(vietnamese_words: str, english_words: str) -> str:
    """The words in the reader's language; Vietnamese where there are no English ones."""
    return vietnamese_words if vietnamese() or not english_words else english_words


def session_name(session: Session) -> str:
    """What a session is called: in Vietnamese as officially labelled, with its term."""
    if vietnamese():
        return f"{session.label}, khóa {session.term.label}"
    words = {"number": session.number, "term": session.term.label}
    if session.kind == SessionKind.EXTRAORDINARY:
        return _t("Extraordinary session %(number)s, term %(term)s") % words
    return _t("Session %(number)s, term %(term)s") % words


def session_code(session: Session) -> str:
    """The short code of a session: XV-6 for a regular one, XV-BT2 for an extraordinary one (bất thường)."""
    return f"{session.term.label}-{'' if session.kind == SessionKind.REGULAR else 'BT'}{session.number}"


# -- published votes, recomputed --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Recomputed:
    """A published vote held against its recomputation. `outcome` says how the two stand."""

    poll_id: int
    day: dt.date | None
    session: str
    kind: str
    question: str
    for_count: int | None
    base: int | None
    base_from_share: bool
    published: Decimal | None
    recomputed: Decimal | None
    outcome: str
    why: tuple[str, ...]
    carried: bool | None
    needed: int | None
    mark: str
    source: str


LACKS = {
    "for": _("the number in favour is not published"),
    "base": _("the total of deputies on that day is not known"),
}


def published_votes() -> list[Recomputed]:
    """Every published vote of the record with its share recomputed from count and base, by day."""
    polls = Poll.objects.filter(held_here=False).select_related("result", "vote__session__term")
    return [_recomputed(poll) for poll in polls.order_by("vote__session__since", "day", "id")]


def _recomputed(poll: Poll) -> Recomputed:
    result = poll.result
    # Computed anew from the counts, so that a stored share that was altered is found as well.
    share = (
        counting.percent(result.for_count, result.base)
        if result.for_count is not None and result.base is not None
        else None
    )
    why = tuple(str(LACKS[key]) for key in ("for", "base") if key in result.missing)
    published = poll.published_percent
    if share is None:
        outcome = "cannot be recomputed"
    elif published is None:
        outcome = "no published share"
    else:
        outcome = "equal" if share == published and result.for_percent == share else "differs"
    session = poll.vote.session
    return Recomputed(
        poll.pk,
        poll.day,
        session_name(session) if session else "",
        poll.kind,
        poll.question,
        result.for_count,
        result.base,
        poll.note.startswith(BASE_FROM_SHARE),
        published,
        share,
        outcome,
        why,
        result.carried,
        result.needed,
        poll.mark,
        poll.source,
    )


# -- scopes and series ------------------------------------------------------------------------------------------------
def term_scope(label: str, today: dt.date) -> Scope:
    """The days of a term; one that still runs ends today. Raises Term.DoesNotExist."""
    term = Term.objects.get(label=label)
    since = term.since or dt.date.min
    return Scope(since, max(since, term.until or today), term=term.number, label=label)


def terms_with_sessions() -> QuerySet[Term]:
    """The terms of which the record holds sessions with a day, oldest first."""
    return Term.objects.filter(sessions__since__isnull=False).distinct().order_by("number")


def years_of_record() -> list[int]:
    """The years for which the record holds sessions of a term it covers, oldest first."""
    first = Session.objects.filter(since__isnull=False).order_by("since").values_list("year", flat=True).first()
    found = Session.objects.values_list("year", flat=True).distinct()
    return sorted(year for year in found if first is not None and year >= first)


def year_at(day: dt.date) -> int:
    """The year whose figures are shown first: that of the day, or the nearest the record holds."""
    years = years_of_record()
    return min(years, key=lambda year: abs(year - day.year)) if years else day.year


@dataclass(frozen=True, slots=True)
class YearOfSessions:
    """How many sessions of each kind opened in a year, as the rows of the record say."""

    year: int
    regular: int
    extraordinary: int

    @property
    def total(self) -> int:
        return self.regular + self.extraordinary


def sessions_by_year() -> list[YearOfSessions]:
    """The sessions of each year of the record, by kind."""
    years = years_of_record()
    counted = Counter(Session.objects.filter(year__in=years).values_list("year", "kind"))
    return [
        YearOfSessions(year, counted[year, SessionKind.REGULAR], counted[year, SessionKind.EXTRAORDINARY])
        for year in years
    ]
