"""Tables of the conference that hears a report: hosts, programme, invitations, speeches, opinions, conclusions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dienhong.people.models import Body, Person
from dienhong.work.models import Task


class ConferenceState(models.TextChoices):
    """How far a conference has come (tình trạng hội nghị)."""

    PLANNED = "planned", _("planned")
    CONCLUDED = "concluded", _("concluded")


class Conference(models.Model):
    """The conference that hears a report (hội nghị tổng kết). `letter_*` is the invitation letter as it was issued."""

    report = models.OneToOneField("reports.Report", models.PROTECT, related_name="conference")
    title = models.CharField(max_length=300)
    day = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ConferenceState.choices, default=ConferenceState.PLANNED)
    number = models.CharField(max_length=40, blank=True, default="")
    concluded_on = models.DateField(null=True, blank=True)
    signer_post = models.CharField(max_length=200, blank=True, default="")
    signer_name = models.CharField(max_length=200, blank=True, default="")
    letter_number = models.CharField(max_length=40, blank=True, default="")
    letter_on = models.DateField(null=True, blank=True)
    letter_post = models.CharField(max_length=200, blank=True, default="")
    letter_name = models.CharField(max_length=200, blank=True, default="")
    letter_note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.title

    def symbol(self, kind: str) -> str:
        """The symbol of its papers: that of the report with another kind (BC-VPQH gives GM-VPQH, TB-VPQH)."""
        return self.report.symbol.replace("BC", kind, 1)


class ConferenceHost(models.Model):
    """A body that holds the conference jointly with the body that reports (cơ quan phối hợp tổ chức)."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="hosts")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["conference", "body"], name="host_once")]


class ProgrammeItem(models.Model):
    """An item of the conference's programme (nội dung chương trình)."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="programme")
    order = models.PositiveSmallIntegerField()
    begins = models.TimeField(null=True, blank=True)
    title = models.CharField(max_length=300)
    who = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["order", "id"]


class Invitation(models.Model):
    """An invitation to a body, a person of the register or a guest (giấy mời), and how it was answered.

    `people` is how many come or came for it; `mailed_at` when its letter left by e-mail, `mail_fault` why it did not.
    """

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        COMES = "comes", _("comes")
        DECLINED = "declined", _("does not come")
        CAME = "came", _("came")
        ABSENT = "absent", _("stayed away")

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="invitations")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    guest = models.CharField(max_length=200, blank=True, default="")
    post = models.CharField(max_length=300, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    people = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=200, blank=True, default="")
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_fault = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, person__isnull=True, guest="")
                | Q(body__isnull=True, person__isnull=False, guest="")
                | Q(body__isnull=True, person__isnull=True) & ~Q(guest=""),
                name="invited_one_of_three",
            ),
            models.UniqueConstraint(
                fields=["conference", "body", "person", "guest", "post"], nulls_distinct=False, name="invited_once"
            ),
        ]


class Speech(models.Model):
    """A speech of a unit at the conference (tham luận), or another of its papers (tài liệu) when `paper` is set."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="speeches")
    order = models.PositiveSmallIntegerField(default=0)
    paper = models.BooleanField(default=False)
    unit = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    speaker = models.CharField(max_length=200, blank=True, default="")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    file = models.CharField(max_length=64, blank=True, default="")
    file_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["paper", "order", "id"]


class Opinion(models.Model):
    """An opinion or instruction of a leader at the conference (ý kiến chỉ đạo).

    Absorbed in a section (`change` is the version of the block that says so), explained, or left for later with a
    reason.
    """

    class State(models.TextChoices):
        OPEN = "open", _("not settled")
        ABSORBED = "absorbed", _("absorbed")
        EXPLAINED = "explained", _("explained")
        LEFT = "left", _("left for later")

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="opinions")
    leader = models.CharField(max_length=200)
    said = models.TextField()
    at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    section = models.ForeignKey("reports.Section", models.PROTECT, null=True, blank=True, related_name="opinions")
    change = models.ForeignKey("reports.BlockVersion", models.PROTECT, null=True, blank=True, related_name="opinions")
    answer = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="absorbed") | Q(section__isnull=False), name="absorbed_in_a_section"
            ),
            models.CheckConstraint(condition=Q(state="open") | ~Q(answer=""), name="settled_with_words"),
        ]


class Conclusion(models.Model):
    """A conclusion of the conference (kết luận): what is to be done, by whom, until when, and its task.

    `group` is the group of tasks of next year's programme that it goes into, `key` whether it is a key task there.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="conclusions")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    lead = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    product = models.CharField(max_length=300, blank=True, default="")
    group = models.CharField(max_length=300, blank=True, default="")
    key = models.BooleanField(default=False)
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="conclusion")

    class Meta:
        ordering = ["order"]
