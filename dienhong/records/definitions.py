"""What the figures are: each said once, with its name, unit, what is counted, by which rule and since when."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dienhong.meetings.models import MeetingKind


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is called and what it counts, from which rows.

    `said` is the value inside a sentence ("5 sessions"), "" for a figure no claim speaks of. `top` and `bottom` are the
    words for the greatest and the least. `since` names the coverage that says from when the record holds the matter.
    """

    key: str
    group: str
    label: str | Promise
    counts: str | Promise
    unit: str = ""
    said: str | Promise = ""
    top: str = "most"
    since: str = ""
    #: Words that end `said` where the figure is one line's own ("of the Party's line").
    of_line: str | Promise = ""
    #: Whether the value still moves while its time is not over, so that nothing is compared with it before.
    runs: bool = False
    #: Whether the value may move even after that, so that a sentence says up to which day it counts.
    by_day: bool = False


GROUPS: dict[str, Promise] = {
    "sessions": _("Sessions"),
    "standing_committee": _("Standing Committee"),
    "laws": _("Laws and resolutions"),
    "votes": _("Votes"),
    "deputies": _("Deputies"),
    "bodies": _("Bodies"),
    "tasks": _("Tasks"),
    "party_tasks": _("Tasks of the Party's line"),
    "union_tasks": _("Tasks of the trade union's line"),
    "texts": _("Law texts in this office"),
    "reported": _("Other published figures"),
}

SC_KINDS = (
    ("regular", MeetingKind.SC_REGULAR, _("Standing Committee meetings, regular")),
    ("thematic", MeetingKind.SC_THEMATIC, _("Standing Committee meetings, thematic law-making")),
    ("between", MeetingKind.SC_BETWEEN, _("Standing Committee meetings, between phases of a session")),
    ("other", MeetingKind.SC_OTHER, _("Standing Committee meetings, other")),
)
_BY_KIND = _("The published count of the year where there is one, else the rows if their numbers prove them whole")
_SC_SAID = {
    "regular": ngettext_lazy(
        "%(number)s regular meeting of the Standing Committee",
        "%(number)s regular meetings of the Standing Committee",
        "count",
    ),
    "thematic": ngettext_lazy(
        "%(number)s law-making meeting of the Standing Committee",
        "%(number)s law-making meetings of the Standing Committee",
        "count",
    ),
    "between": ngettext_lazy(
        "%(number)s meeting of the Standing Committee between the phases of a session",
        "%(number)s meetings of the Standing Committee between the phases of a session",
        "count",
    ),
    "other": ngettext_lazy(
        "%(number)s other meeting of the Standing Committee",
        "%(number)s other meetings of the Standing Committee",
        "count",
    ),
}

DEFINITIONS: dict[str, Definition] = {}


def define(*rows: Definition) -> None:
    """Add these figures to those the office knows; a key is defined once. For every source of figures."""
    for row in rows:
        if row.key in DEFINITIONS:
            raise ValueError(f"the figure {row.key} is defined twice")
        DEFINITIONS[row.key] = row


define(
    Definition(
        "sessions",
        "sessions",
        _("Sessions"),
        _("Sessions by the year of their opening"),
        "session",
        ngettext_lazy("%(number)s session", "%(number)s sessions", "count"),
        since="sessions",
    ),
    Definition(
        "sessions.regular",
        "sessions",
        _("Regular sessions"),
        _("Sessions of the regular kind"),
        "session",
        ngettext_lazy("%(number)s regular session", "%(number)s regular sessions", "count"),
        since="sessions",
    ),
    Definition(
        "sessions.extraordinary",
        "sessions",
        _("Extraordinary sessions"),
        _("Sessions of the extraordinary kind, numbered apart"),
        "session",
        ngettext_lazy("%(number)s extraordinary session", "%(number)s extraordinary sessions", "count"),
        since="sessions",
    ),
    Definition(
        "sessions.working_days",
        "sessions",
        _("Working days of the sessions"),
        _("The sum of the working days published for each session"),
        "day",
        ngettext_lazy("%(number)s working day in session", "%(number)s working days in session", "count"),
        "longest",
        "sessions",
    ),
    Definition(
        "sessions.calendar_days",
        "sessions",
        _("Calendar days of the sessions"),
        _("The days from the opening to the closing of each session, both included, breaks between phases too"),
        "day",
        ngettext_lazy("%(number)s day from opening to closing", "%(number)s days from opening to closing", "count"),
        "longest",
        "sessions",
    ),
    Definition(
        "sessions.sitting",
        "sessions",
        _("Sessions sitting in this time"),
        _(
            "Sessions with a day of one of their phases in this time, whenever they opened; the number of each is "
            "that of such days"
        ),
        "session",
        ngettext_lazy("%(number)s session sitting", "%(number)s sessions sitting", "count"),
        since="sessions",
        runs=True,
    ),
    Definition(
        "standing_committee.meetings",
        "standing_committee",
        _("Standing Committee meetings"),
        _("The published count of the year, against the meetings that the record holds"),
        "meeting",
        ngettext_lazy(
            "%(number)s meeting of the Standing Committee", "%(number)s meetings of the Standing Committee", "count"
        ),
    ),
    *(
        Definition(
            f"standing_committee.meetings.{word}", "standing_committee", label, _BY_KIND, "meeting", _SC_SAID[word]
        )
        for word, _kind, label in SC_KINDS
    ),
    Definition(
        "standing_committee.recorded",
        "standing_committee",
        _("Standing Committee meetings in the record"),
        _("Meetings of any kind that the record holds as held"),
        "meeting",
    ),
    Definition(
        "standing_committee.working_days",
        "standing_committee",
        _("Working days of the Standing Committee"),
        _("The sum of the working days of its meetings in the record"),
        "day",
        ngettext_lazy(
            "%(number)s working day of the Standing Committee",
            "%(number)s working days of the Standing Committee",
            "count",
        ),
    ),
    Definition(
        "laws",
        "laws",
        _("Laws passed"),
        _("Laws by the day they were passed, else by the year of their number"),
        "law",
        ngettext_lazy("%(number)s law passed", "%(number)s laws passed", "count"),
        since="laws",
    ),
    Definition(
        "laws.by_session",
        "laws",
        _("Laws passed, as the sessions report"),
        _("The sum of the laws published for each session"),
        "law",
    ),
    Definition(
        "resolutions",
        "laws",
        _("Resolutions passed"),
        _("The sum of the resolutions published for each session, else the published count of the year"),
        "resolution",
        ngettext_lazy("%(number)s resolution passed", "%(number)s resolutions passed", "count"),
    ),
    Definition(
        "ordinances",
        "laws",
        _("Ordinances"),
        _("Ordinances in the record, else the published count"),
        "ordinance",
        ngettext_lazy("%(number)s ordinance", "%(number)s ordinances", "count"),
    ),
    Definition(
        "votes.published",
        "votes",
        _("Published votes in the record"),
        _("Votes taken over from published sources, each decision once"),
        "vote",
    ),
    Definition(
        "votes.laws.median",
        "votes",
        _("Share in favour of laws, median"),
        _("The middle share of all deputies in favour, over the votes on whole laws whose share is known"),
        "percent",
        _("a median share of %(number)s in favour of laws"),
        "highest",
    ),
    Definition(
        "votes.laws.highest",
        "votes",
        _("Share in favour of laws, highest"),
        _("The greatest share of all deputies in favour of a whole law"),
        "percent",
        _("a share in favour of a law of %(number)s"),
        "highest",
    ),
    Definition(
        "votes.laws.lowest",
        "votes",
        _("Share in favour of laws, lowest"),
        _("The least share of all deputies in favour of a whole law"),
        "percent",
    ),
    Definition(
        "votes.unanimous",
        "votes",
        _("Unanimous votes"),
        _("Published votes with nobody against and nobody abstaining, among those whose split is known"),
        "vote",
        ngettext_lazy("%(number)s unanimous vote", "%(number)s unanimous votes", "count"),
    ),
    Definition(
        "votes.unanimous.share",
        "votes",
        _("Share of unanimous votes"),
        _("Unanimous votes in a hundred of the published votes whose split is known"),
        "percent",
        _("%(number)s of the votes unanimous"),
        "highest",
    ),
    Definition(
        "votes.held_here",
        "votes",
        _("Votes held in this office"),
        _("Votes taken and declared with this software; they are not added to the published ones"),
        "vote",
    ),
    Definition(
        "sittings.held_here",
        "votes",
        _("Plenary sittings held in this office"),
        _("Plenary sittings that were opened with this software"),
        "sitting",
    ),
    Definition(
        "meetings.held_here",
        "votes",
        _("Meetings of any kind held in this office"),
        _("Meetings of every body that were opened with this software"),
        "meeting",
    ),
    Definition(
        "deputies.published",
        "deputies",
        _("Deputies, by the last published vote"),
        _("The total of deputies behind the last published share; the rows are the days on which it changed"),
        "deputy",
    ),
    Definition(
        "deputies.register",
        "deputies",
        _("Deputies in the register at the end"),
        _("Mandates in force on the last day, as the register of this office says"),
        "deputy",
    ),
    Definition(
        "body.meetings", "bodies", _("Meetings of the body"), _("Meetings of this body held in these days"), "meeting"
    ),
    Definition(
        "body.working_days",
        "bodies",
        _("Working days of the body"),
        _("The sum of the working days of its meetings"),
        "day",
    ),
    Definition(
        "body.dossiers",
        "bodies",
        _("Dossiers led by the body"),
        _("Dossiers with this body in the lead, opened in these days"),
        "dossier",
    ),
)
