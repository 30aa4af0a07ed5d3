"""Tables of work. The dossier stays thin: what a duty needs to know of it lives with that duty and points here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.facts import Sourced
from dienhong.people.models import Body, Person, Term
from dienhong.work import rules
from dienhong.work.traces import (
    Evidence,
    EvidenceKind,
    Extension,
    ExtensionRequest,
    Handover,
    ProgressNote,
    Snooze,
    TaskChange,
)

__all__ = [
    "CalendarFeed",
    "Dossier",
    "DossierKind",
    "Enactment",
    "Evidence",
    "EvidenceKind",
    "Extension",
    "ExtensionRequest",
    "Handover",
    "Line",
    "OfficeDay",
    "OfficeDayKind",
    "Programme",
    "ProgrammeState",
    "ProgressNote",
    "Recurrence",
    "Reminder",
    "SavedFilter",
    "Snooze",
    "Task",
    "TaskChange",
    "TaskCoordination",
    "TaskDependency",
    "TaskGroup",
    "WeekSchedule",
]


class DossierKind(models.TextChoices):
    """What a dossier is about (loại hồ sơ)."""

    LAW = "law", _("law")
    ORDINANCE = "ordinance", _("ordinance")
    RESOLUTION = "resolution", _("resolution")
    PERSONNEL = "personnel", _("personnel matter")
    OVERSIGHT = "oversight", _("oversight")
    REPORT = "report", _("report")
    OTHER = "other", _("other matter")


class Dossier(Sourced):
    """A matter that goes through the house (hồ sơ)."""

    code = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=DossierKind.choices)
    title = models.TextField()
    folded = models.TextField(editable=False)
    lead = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="dossiers")
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opened__isnull=True)
                | models.Q(closed__isnull=True)
                | models.Q(opened__lte=models.F("closed")),
                name="dossier_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Enactment(Sourced):
    """A law or resolution that was passed (văn bản đã thông qua): its number, and when it takes effect."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="enactment")
    number = models.CharField(max_length=40, unique=True)  # 24/2023/QH15
    passed_on = models.DateField(null=True, blank=True, db_index=True)
    effective_on = models.DateField(null=True, blank=True)
    session_label = models.CharField(max_length=20, blank=True, default="")

    def __str__(self) -> str:
        return self.number


class Line(models.TextChoices):
    """Whose work it is (khối): a line sees its own work and, with permission, that of the others."""

    ADMINISTRATION = "administration", _("administration")
    PARTY = "party", _("Party")
    UNION = "union", _("trade union")


class ProgrammeState(models.TextChoices):
    """How far a programme is (trạng thái chương trình)."""

    DRAFT = "draft", _("draft")
    MERGED = "merged", _("merged into another")
    ADOPTED = "adopted", _("adopted")


class Programme(Sourced):
    """A programme of work (chương trình công tác) of a year and a line; of one body or one term where it says so."""

    code = models.SlugField(max_length=80, unique=True)
    year = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=20, choices=Line.choices)
    title = models.CharField(max_length=300)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="programmes")
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="programmes")
    state = models.CharField(max_length=20, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="drafts")
    adopted_on = models.DateField(null=True, blank=True)
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="programmes_adopted")
    basis = models.CharField(max_length=500, blank=True, default="")  # the decision that adopts it

    class Meta:
        ordering = ["-year", "line", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="adopted") | models.Q(adopted_on__isnull=False), name="adopted_on_a_day"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="merged") | models.Q(into__isnull=False), name="merged_into_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TaskGroup(models.Model):
    """A group of tasks (nhóm nhiệm vụ) of a programme."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="groups")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="one_group_at_each_place"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class Recurrence(models.TextChoices):
    """How often a task comes again (định kỳ)."""

    ONCE = "", _("once")
    WEEK = "week", _("every week")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    HALF = "half", _("every half-year")
    YEAR = "year", _("every year")


class Task(models.Model):
    """A task (nhiệm vụ). Whether it runs, is late or done is computed from the days it keeps, never stored.

    `due` is the last day that `due_rule` comes to ("day:2024-03-15", "quarter:2024-2", "session:XV-7:20"); it is None
    while nobody knows it, as before a session whose opening has no day yet.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="tasks")
    group = models.ForeignKey(TaskGroup, models.PROTECT, null=True, blank=True, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    line = models.CharField(max_length=20, choices=Line.choices, default=Line.ADMINISTRATION)
    number = models.CharField(max_length=20)  # 1.3, as the programme prints it
    code = models.CharField(max_length=110, unique=True)
    place = models.CharField(max_length=60, editable=False)  # the number, so written that it sorts
    title = models.TextField()
    folded = models.TextField(editable=False)
    key = models.BooleanField(default=False)  # nhiệm vụ trọng tâm
    lead_body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="tasks")
    lead_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks")
    leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks_led")
    product = models.CharField(max_length=500, blank=True, default="")
    recipient = models.CharField(max_length=300, blank=True, default="")
    due = models.DateField(null=True, blank=True)
    due_rule = models.CharField(max_length=60, blank=True, default="")
    first_due = models.DateField(null=True, blank=True)
    first_due_rule = models.CharField(max_length=60, blank=True, default="")
    basis = models.CharField(max_length=500, blank=True, default="")
    responsibility = models.CharField(max_length=500, blank=True, default="")  # who submits to whom, who issues
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="tasks")
    origin_kind = models.CharField(max_length=40, blank=True, default="")
    origin_label = models.CharField(max_length=300, blank=True, default="")
    origin_url = models.CharField(max_length=300, blank=True, default="")
    recurs = models.CharField(max_length=10, choices=Recurrence.choices, blank=True, default="")
    series = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="occurrences")  # the first
    turn = models.PositiveSmallIntegerField(default=1)  # which occurrence of its series it is
    comes_after = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="comes_before")
    adopted = models.BooleanField(default=False)  # stood in its programme when that was adopted
    assigned_on = models.DateField(null=True, blank=True)  # None: still a draft
    assigned_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks_assigned")
    started_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True, default="")
    late_reason = models.CharField(max_length=500, blank=True, default="")
    note = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)  # grows with each change, so two people do not overwrite another
    coordinating = models.ManyToManyField(Body, through="TaskCoordination", related_name="tasks_coordinated")

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="one_task_a_number",
                condition=models.Q(programme__isnull=False),
            ),
            models.UniqueConstraint(fields=["series", "turn"], name="each_turn_of_a_series_once"),
            models.CheckConstraint(
                condition=models.Q(confirmed_on__isnull=True) | models.Q(reported_on__isnull=False),
                name="task_is_reported_before_it_is_confirmed",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="task_not_below_itself"),
        ]
        indexes = [
            models.Index(fields=["programme", "place"], name="task_in_programme"),
            models.Index(fields=["lead_body", "due"], name="task_of_body"),
            models.Index(fields=["lead_person", "due"], name="task_of_person"),
            models.Index(fields=["leader", "due"], name="task_of_leader"),
            models.Index(fields=["line", "due"], name="task_by_day"),
            models.Index(fields=["confirmed_on"], name="task_done_by_day"),
            models.Index(fields=["origin_url"], name="task_from_page"),
            models.Index(
                fields=["due"],
                name="task_open_by_day",
                condition=models.Q(confirmed_on__isnull=True, cancelled_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> rules.Facts:
        """The days from which the state is computed."""
        return rules.Facts(
            self.assigned_on,
            self.started_on,
            self.reported_on,
            self.confirmed_on,
            self.paused_on,
            self.cancelled_on,
            self.due,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of the five "rõ" it lacks."""
        return rules.missing(
            rules.Five(
                self.title,
                self.lead_body_id,
                self.lead_person_id,
                self.due_rule,
                self.leader_id,
                self.responsibility,
                self.product,
            )
        )


class TaskCoordination(models.Model):
    """A body that takes part in a task (đơn vị phối hợp)."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="coordinations")  # says nothing without its task
    body = models.ForeignKey(Body, models.PROTECT, related_name="coordinations")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["task", "body"], name="body_coordinates_once")]


class TaskDependency(models.Model):
    """A task that waits for another one (nhiệm vụ phải xong trước)."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="needs")
    needed = models.ForeignKey(Task, models.PROTECT, related_name="needed_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "needed"], name="dependency_once"),
            models.CheckConstraint(condition=~models.Q(task=models.F("needed")), name="task_does_not_need_itself"),
        ]


class SavedFilter(models.Model):
    """A filter that somebody keeps under a name (bộ lọc): it is the address of a page."""

    owner = models.ForeignKey(Person, models.PROTECT, related_name="saved_filters")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=1000)
    shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="filter_name_once_a_person")]


class WeekSchedule(models.Model):
    """The schedule of a week as it was published (lịch công tác tuần): `rows` is never changed afterwards."""

    monday = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="weeks_published")
    rows = models.JSONField()

    class Meta:
        ordering = ["-monday", "-edition"]
        constraints = [models.UniqueConstraint(fields=["monday", "edition"], name="week_edition_once")]


class OfficeDayKind(models.TextChoices):
    """What a day is against the rule of the week (loại ngày)."""

    OFF = "off", _("day off")
    WORKED = "worked", _("day worked instead")


class OfficeDay(Sourced):
    """A day off, or a day worked instead (ngày nghỉ, ngày làm bù), as it was announced to the office."""

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=10, choices=OfficeDayKind.choices)
    name = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ["day"]


class CalendarFeed(models.Model):
    """A person's own calendar address (lịch iCalendar): only the digest of its secret is kept."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()


class Reminder(models.Model):
    """What a person was reminded of on a day (nhắc việc), at most once a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="reminders")
    day = models.DateField()
    tasks = models.JSONField()  # the keys of the tasks it named

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_reminder_a_day")]
