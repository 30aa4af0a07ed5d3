"""Tables of meetings. Session, Standing Committee meeting, sitting, phase and discussion group are five things."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.facts import Sourced
from dienhong.people.models import Body, Dated, Term, ends_after_it_begins
from dienhong.polls.models import Poll
from dienhong.work.models import Dossier


class SessionKind(models.TextChoices):
    """Regular sessions and extraordinary ones are numbered apart within a term (LTCQH art. 90.2)."""

    REGULAR = "regular", _("regular")
    EXTRAORDINARY = "extraordinary", _("extraordinary")


class Session(Sourced, Dated):
    """A session of the assembly (kỳ họp). `since` and `until` are its opening and closing days, None when unknown."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=15, choices=SessionKind.choices)
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)  # as it is officially called: "Kỳ họp bất thường lần thứ 4"
    year = models.PositiveSmallIntegerField(db_index=True)  # the year it is counted in: that of its opening
    convened_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")  # why convened late, and who approved it
    laws_reported = models.PositiveSmallIntegerField(null=True, blank=True)
    resolutions_reported = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_it_begins("session_ends_after_it_begins"),
            models.UniqueConstraint(fields=["term", "kind", "number"], name="session_number_once_in_its_series"),
        ]

    def __str__(self) -> str:
        return self.label


class Phase(Dated):
    """A phase of a session (đợt)."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="phases")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            ends_after_it_begins("phase_ends_after_it_begins"),
            models.UniqueConstraint(fields=["session", "number"], name="phase_number_once_in_a_session"),
        ]


class MeetingKind(models.TextChoices):
    """The kinds of meeting (phiên họp): sittings of a session, and meetings of the Standing Committee by kind."""

    PREPARATORY = "preparatory", _("preparatory sitting")
    PLENARY = "plenary", _("plenary sitting")
    GROUP = "group", _("group sitting")
    DELEGATION = "delegation", _("delegation meeting")
    SC_REGULAR = "sc_regular", _("Standing Committee, regular")
    SC_THEMATIC = "sc_thematic", _("Standing Committee, thematic law-making")
    SC_BETWEEN = "sc_between", _("Standing Committee, between phases of a session")
    SC_OTHER = "sc_other", _("Standing Committee, other")
    COMMITTEE = "committee", _("committee meeting")
    OTHER = "other", _("other meeting")


STANDING_COMMITTEE_KINDS = (
    MeetingKind.SC_REGULAR,
    MeetingKind.SC_THEMATIC,
    MeetingKind.SC_BETWEEN,
    MeetingKind.SC_OTHER,
)
SITTING_KINDS = (MeetingKind.PREPARATORY, MeetingKind.PLENARY, MeetingKind.GROUP, MeetingKind.DELEGATION)


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("in progress")
    CLOSED = "closed", _("closed")


class Meeting(Sourced, Dated):
    """A meeting or sitting (phiên họp). `counts` says whether it counts in the yearly total of its kind.

    `year` is the year it is counted in; `number` is its official number or mark ("28", "CĐPL 8/2022"), may be empty.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="meetings")
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="meetings")
    kind = models.CharField(max_length=20, choices=MeetingKind.choices, db_index=True)
    number = models.CharField(max_length=30, blank=True, default="")
    title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField(db_index=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    working_days = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    closed_doors = models.BooleanField(default=False)  # họp kín
    counts = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    place = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            ends_after_it_begins("meeting_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(starts_at__lte=F("ends_at")),
                name="meeting_hours_in_order",
            ),
        ]
        indexes = [models.Index(fields=["since"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.title


class MeetingChange(models.Model):
    """A value of a meeting that was corrected (lịch sử đính chính phiên họp): from what to what, by whom and why."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    what = models.CharField(max_length=30)  # the name of the field
    before = models.TextField(blank=True, default="")
    after = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["-at", "-pk"]


class ItemState(models.TextChoices):
    """Where an agenda item stands."""

    PLANNED = "planned", _("planned")
    CURRENT = "current", _("being taken up")
    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AgendaItem(models.Model):
    """One item of an agenda (mục chương trình)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="items")
    order = models.PositiveSmallIntegerField()
    title = models.TextField()
    presenter = models.CharField(max_length=200, blank=True, default="")
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.PLANNED)
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Vote(models.Model):
    """A poll taken up under an agenda item, or known to belong to a session (published votes)."""

    poll = models.OneToOneField(Poll, models.PROTECT, related_name="vote")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="votes")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="votes")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False) | Q(session__isnull=False), name="vote_belongs_somewhere"
            )
        ]
