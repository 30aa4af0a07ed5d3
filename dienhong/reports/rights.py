"""Who may do what with reports: the permissions, and which lines a person sees."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from dienhong.foundation import rulebook
from dienhong.foundation.access.actor import Actor, Answer, Refused, may
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.clock import day_of
from dienhong.people.queries import above, heirs
from dienhong.reports.models import Contribution, ContributionState, Section
from dienhong.work.rights import lines_seen

SEE = declare("reports.see", _("See reports and conferences"))
WRITE = declare("reports.write", _("Write the report sections of one's unit"))
MERGE = declare("reports.merge", _("Lay out reports, ask for contributions, merge them"))
APPROVE = declare("reports.approve", _("Approve reports"))
SIGN = declare("reports.sign", _("Enter signatures and numbers of reports"))
CONFER = declare("reports.confer", _("Prepare conferences and their conclusions"))


def require_line(actor: Actor, line: str, at: dt.datetime) -> None:
    """Refuse somebody who does not see this line: the Party's and the union's reports are theirs."""
    if not actor.keeper and line not in lines_seen(actor, day_of(at)):
        raise Refused(Answer(False, SEE, (), str(_("This report belongs to a line that you do not see."))))


#: So many days after they could last write here, what somebody was still typing is kept aside instead of being refused.
KEPT_AFTER_LEAVING = rulebook.use("reports.kept_after_leaving_days", int, by="reports.rights.require_wrote_here")


def reach(body_id: int, on: dt.date) -> tuple[int, ...]:
    """The bodies whose people may act for this one on that day: itself, those above it, and those that took over from
    it, so that what a unit was asked to write goes on when it is merged into another."""
    return tuple(dict.fromkeys(one for heir in heirs(body_id, on) for one in above(heir, on)))


def writers_of(section: Section) -> set[int]:
    """The bodies that write a section: its owner and those asked to contribute, until what they wrote is accepted."""
    open_still = Contribution.objects.filter(section=section).exclude(state=ContributionState.ACCEPTED)
    asked = set(open_still.values_list("unit_id", flat=True))
    return asked | ({section.body_id} if section.body_id else set())


def may_write(actor: Actor, section: Section, on: dt.date) -> Answer:
    """Whether this person writes in this section: for one of its bodies, or because they merge the report."""
    merging = may(actor, MERGE, on=on)
    if merging.allowed:
        return merging
    answers = [may(actor, WRITE, on=on, within=reach(body, on)) for body in sorted(writers_of(section))]
    for answer in answers:
        if answer.allowed:
            return answer
    return answers[0] if answers else may(actor, WRITE, on=on, within=())


def require_own(actor: Actor, section: Section, at: dt.datetime) -> None:
    """Refuse whoever may not write in this section."""
    require_line(actor, section.report.line, at)
    answer = may_write(actor, section, day_of(at))
    if not answer.allowed:
        raise Refused(answer)


def require_wrote_here(actor: Actor, section: Section, at: dt.datetime) -> None:
    """Refuse whoever may not write here and could not a few days ago either: no post of theirs ended meanwhile."""
    answer = may_write(actor, section, day_of(at))
    days = (day_of(at) - dt.timedelta(days=n) for n in range(1, KEPT_AFTER_LEAVING.on(day_of(at)) + 1))
    if not answer.allowed and not any(may_write(actor, section, day).allowed for day in days):
        raise Refused(answer)
