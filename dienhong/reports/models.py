"""Tables of reports: who writes which section, every version of every block, the chain of approval, the seal.

Those of the conference stand in `conference_models.py`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.models import Account
from dienhong.people.models import Body, Person, Post
from dienhong.reports.conference_models import Conclusion as Conclusion
from dienhong.reports.conference_models import Conference as Conference
from dienhong.reports.conference_models import ConferenceHost as ConferenceHost
from dienhong.reports.conference_models import ConferenceState as ConferenceState
from dienhong.reports.conference_models import Invitation as Invitation
from dienhong.reports.conference_models import Opinion as Opinion
from dienhong.reports.conference_models import ProgrammeItem as ProgrammeItem
from dienhong.reports.conference_models import Speech as Speech
from dienhong.work.models import Line

YEAR_FROM, YEAR_UNTIL = 1946, 2200


class ReportKind(models.TextChoices):
    """The period that a report covers (kỳ báo cáo)."""

    YEAR = "year", _("year report")
    HALF = "half", _("six-month report")
    QUARTER = "quarter", _("quarter report")
    MONTH = "month", _("month report")
    SESSION = "session", _("session report")
    TERM = "term", _("term report")


class ReportState(models.TextChoices):
    """How far a report has come (tình trạng báo cáo)."""

    DRAFT = "draft", _("being laid out")
    COLLECTING = "collecting", _("contributions asked for")
    MERGED = "merged", _("merged")
    SUBMITTED = "submitted", _("submitted for approval")
    APPROVED = "approved", _("approved")
    SIGNED = "signed", _("signed")


#: States in which the text may still be changed.
OPEN_STATES = (ReportState.DRAFT, ReportState.COLLECTING, ReportState.MERGED)


class Report(models.Model):
    """A report (báo cáo) of a body on a period. `part` counts within the year: the half, the quarter, the month, the
    session by its code, the term by its label; "" for a year."""

    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    line = models.CharField(max_length=20, choices=Line.choices, default=Line.ADMINISTRATION)
    year = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=20, blank=True, default="")
    since = models.DateField()
    until = models.DateField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="reports")
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    due = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=40, blank=True, default="")
    symbol = models.CharField(max_length=40, default="BC-VPQH")
    place = models.CharField(max_length=80, default="Hà Nội")
    signed_on = models.DateField(null=True, blank=True)
    signer_post = models.CharField(max_length=200, blank=True, default="")
    signer_name = models.CharField(max_length=200, blank=True, default="")
    recipients = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "line", "year", "part", "body"], name="one_report_of_a_period"),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="report_ends_after_it_begins"),
        ]
        ordering = ["-year", "kind", "part", "line"]

    def __str__(self) -> str:
        return self.title

    @property
    def open(self) -> bool:
        """Whether its text may still be changed."""
        return self.state in OPEN_STATES


class Section(models.Model):
    """A section of a report (phần, mục): Parts at the top, sections below. `body` is the unit that owns it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="sections")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40, blank=True, default="")
    number = models.CharField(max_length=10)
    heading = models.CharField(max_length=300)
    heading_english = models.CharField(max_length=300, blank=True, default="")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="report_sections")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="report_sections")
    left_out = models.CharField(max_length=500, blank=True, default="")  # why the paper does not print it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "order"], name="one_section_in_a_place")]
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"


class ContributionState(models.TextChoices):
    """How a contribution stands (tình trạng đóng góp)."""

    ASKED = "asked", _("asked for")
    REMINDED = "reminded", _("reminded")
    HANDED_IN = "handed_in", _("handed in")
    RETURNED = "returned", _("returned with a comment")
    ACCEPTED = "accepted", _("accepted")


#: States in which a unit still has to write.
OWED = (ContributionState.ASKED, ContributionState.REMINDED, ContributionState.RETURNED)


class Contribution(models.Model):
    """What a unit is asked to write for a section (nội dung đơn vị đóng góp)."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="contributions")
    unit = models.ForeignKey(Body, models.PROTECT, related_name="contributions")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="contributions")
    state = models.CharField(max_length=10, choices=ContributionState.choices, default=ContributionState.ASKED)
    due = models.DateField()
    note = models.TextField(blank=True, default="")
    reminded = models.PositiveSmallIntegerField(default=0)
    #: when its writers last had a letter about it; empty while something new is to be told: asked, reminded, returned
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "unit"], name="one_contribution_of_a_unit")]
        ordering = ["section__order", "id"]


class BlockKind(models.TextChoices):
    """What a block of text is (loại khối)."""

    PARAGRAPH = "paragraph", _("paragraph")
    HEADING = "heading", _("small heading")
    LIST = "list", _("list")
    TABLE = "table", _("table")
    CHART = "chart", _("chart")
    PICTURE = "picture", _("picture")


class Block(models.Model):
    """A block of a section (khối nội dung). Its words are its versions; `current` is the one that stands."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="blocks")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, blank=True, related_name="blocks")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=BlockKind.choices, default=BlockKind.PARAGRAPH)
    current = models.PositiveIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "id"]


class BlockVersion(models.Model):
    """One text of a block as somebody saved it (phiên bản), never changed.

    `aside`: saved while another was quicker, so it does not stand until somebody takes it over. `values` holds what its
    live figures and claims said when it was saved.
    """

    block = models.ForeignKey(Block, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField(default=0)
    text = models.TextField()
    caption = models.CharField(max_length=300, blank=True, default="")
    file = models.CharField(max_length=64, blank=True, default="")  # the digest of a picture in the file store
    values = models.JSONField(default=dict)
    aside = models.BooleanField(default=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["block", "number"], name="one_version_of_a_number")]
        ordering = ["number"]


class KeptValue(models.Model):
    """A number that the text keeps although the record says another (giữ nguyên số liệu), and why. Never changed.

    It holds as long as the text says `text` and the record says `now`; another value makes the place stale again.
    """

    block = models.ForeignKey(Block, models.PROTECT, related_name="kept")
    token = models.CharField(max_length=300)
    text = models.TextField()
    now = models.TextField()
    reason = models.CharField(max_length=500)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class Comment(models.Model):
    """A remark in the margin of a section (góp ý bên lề)."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="comments")
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    text = models.TextField()
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.CharField(max_length=200)
    at = models.DateTimeField()
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "id"]


class Decision(models.TextChoices):
    """What a step of the approval said (ý kiến phê duyệt)."""

    WAITING = "", _("waiting")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")


class Approval(models.Model):
    """One step of the approval (bước trình duyệt): the post that decides. A new submission is a new round."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="approvals")
    round = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.WAITING, blank=True)
    comment = models.TextField(blank=True, default="")
    by = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "round", "order"], name="one_approval_in_a_place")]
        ordering = ["round", "order"]


class Seal(models.Model):
    """The report as it was signed (bản chốt): its whole paper with every value it had, never changed.

    `journal` is the entry up to which the record was counted, `digest` the SHA-256 of `paper`.
    """

    report = models.OneToOneField(Report, models.PROTECT, related_name="seal")
    paper = models.TextField()
    journal = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
