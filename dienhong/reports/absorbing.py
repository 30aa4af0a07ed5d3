"""What was done with the opinions said at the conference (tiếp thu, giải trình): the annex of the final report."""

from __future__ import annotations

from django.utils.translation import gettext as _t

from dienhong.reports import rules, wording
from dienhong.reports.document import Chapter, Piece, Span
from dienhong.reports.models import Conference, Opinion, Report


def annexes(report: Report, before: int) -> list[Chapter]:
    """The annex that lists each opinion and where it was absorbed or how it was explained; none without opinions.

    `before` is how many annexes stand before it.
    """
    conference = Conference.objects.filter(report=report).first()
    opinions = list(conference.opinions.select_related("section")) if conference else []
    if conference is None or not opinions:
        return []
    words = {"conference": conference.title, "day": wording.day(conference.day)}
    rows = [[_t("Row no."), _t("Said by"), _t("Opinion or instruction"), _t("Absorbed or explained")]]
    rows += [[str(at), one.leader, one.said, settled(one)] for at, one in enumerate(opinions, start=1)]
    said = Piece("paragraph", [Span(_t("Opinions said at %(conference)s on %(day)s.") % words)])
    return [
        Chapter(
            rules.ROMAN[before + 1],
            _t("OPINIONS ABSORBED AND EXPLAINED"),
            "opinions",
            pieces=[said, Piece("table", rows=rows)],
        )
    ]


def settled(opinion: Opinion) -> str:
    """How an opinion was settled, in a sentence."""
    match opinion.state:
        case Opinion.State.ABSORBED:
            return _t("Absorbed in the section “%(section)s”. %(answer)s") % {
                "section": opinion.section,
                "answer": opinion.answer,
            }
        case Opinion.State.EXPLAINED:
            return _t("Explained: %(answer)s") % {"answer": opinion.answer}
        case Opinion.State.LEFT:
            return _t("Left for later: %(answer)s") % {"answer": opinion.answer}
        case _:
            return _t("Not settled yet.")
