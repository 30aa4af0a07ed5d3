"""Tables of law texts. A work is the law as an idea, a version one expression of it, a provision a unit that lives on
through versions; a `ProvisionText` says what the provision was in one version.

A sealed version is never changed: a trigger refuses to change or remove its row and the rows of its provisions.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.models import Account
from dienhong.foundation.facts import Sourced
from dienhong.work.models import Dossier


class WorkKind(models.TextChoices):
    """What kind of document a work is (loại văn bản). The values are those of `tree.Text.kind`."""

    LAW = "law", _("law")
    CODE = "code", _("code")
    CONSTITUTION = "constitution", _("constitution")
    ORDINANCE = "ordinance", _("ordinance")
    RESOLUTION = "resolution", _("resolution")
    BILL = "bill", _("bill")
    DECREE = "decree", _("decree")
    DECISION = "decision", _("decision")
    CIRCULAR = "circular", _("circular")
    ORDER = "order", _("order")
    OTHER = "other", _("other document")


class State(models.TextChoices):
    """Whether a version may still be corrected (trạng thái của bản)."""

    DRAFT = "draft", _("being corrected")
    SEALED = "sealed", _("sealed")


class VersionKind(models.TextChoices):
    """How a version came to be (loại bản)."""

    PASSED = "passed", _("as issued")
    DRAFT_BILL = "bill", _("draft of a bill")
    CONSOLIDATED = "consolidated", _("consolidated")


class Work(Sourced):
    """A document as an idea, whatever its versions (văn bản): the FRBR work."""

    uri = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=WorkKind.choices)
    number = models.CharField(max_length=80, blank=True, default="")
    title = models.TextField()
    date = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True, default="")
    year = models.PositiveSmallIntegerField(null=True, blank=True, db_index=True)
    term = models.PositiveSmallIntegerField(null=True, blank=True, db_index=True)  # 15 of "24/2023/QH15"
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="works")
    folded = models.TextField(editable=False)  # title without marks
    folded_number = models.CharField(max_length=80, editable=False, db_index=True)

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One expression of a work (bản): as passed, as consolidated on a day, or one draft of a bill."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=20, choices=VersionKind.choices)
    label = models.CharField(max_length=200)
    as_of = models.DateField(null=True, blank=True)  # of a consolidated version: the law as it stood on this day
    valid_from = models.DateField(null=True, blank=True)  # this version holds from this day, until the next one's
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="consolidated")
    tree = models.BinaryField()  # packing.pack
    digest = models.CharField(max_length=64, db_index=True)
    file = models.CharField(max_length=64, blank=True, default="")  # the original's name in the store of files
    file_name = models.CharField(max_length=255, blank=True, default="")
    media_type = models.CharField(max_length=100, blank=True, default="")
    chapters = models.PositiveIntegerField(default=0)
    articles = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "label"], name="version_label_once_a_work"),
            models.CheckConstraint(
                condition=models.Q(state="draft", sealed_at__isnull=True)
                | models.Q(state="sealed", sealed_at__isnull=False),
                name="version_sealed_with_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="consolidated", base__isnull=False) | ~models.Q(kind="consolidated"),
                name="consolidated_version_has_its_base",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.label}"

    @property
    def sealed(self) -> bool:
        return self.state == State.SEALED


class Provision(models.Model):
    """A unit of a work that keeps its identity through versions, whatever its number (điều, khoản, điểm)."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="provisions")
    eid = models.CharField(max_length=400)  # in the newest version that holds it
    kind = models.CharField(max_length=20)


class ProvisionText(models.Model):
    """What a provision was in one version: its number, heading and words. The rows that search reads."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="provisions")  # goes with a discarded draft
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="texts")
    eid = models.CharField(max_length=400)
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=100)
    label = models.TextField(blank=True, default="")
    heading = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    folded = models.TextField(blank=True, default="")
    about = models.TextField(blank=True, default="")  # folded title and number of the work, number of the unit
    digest = models.CharField(max_length=64)  # over the words of the unit and all below it
    order = models.PositiveIntegerField()
    searched = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="provision_order_once_a_version")]
        indexes = [models.Index(fields=["version", "eid"]), models.Index(fields=["provision", "version"])]


class HowSettled(models.TextChoices):
    """How a doubt was settled (cách xử lý)."""

    ACCEPTED = "accepted", _("kept as printed")
    CORRECTED = "corrected", _("corrected in the text")
    NOTED = "noted", _("left with a note")


class TextDoubt(models.Model):
    """Something a person must settle in a version (chỗ ngờ)."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="doubts")  # goes with a discarded draft
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    reason = models.TextField()
    text = models.TextField(blank=True, default="")
    eid = models.CharField(max_length=400, blank=True, default="")  # the unit in which the line stands
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=10, choices=HowSettled.choices, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, how="")
                | (models.Q(settled_at__isnull=False) & ~models.Q(how="")),
                name="doubt_settled_somehow",
            )
        ]


class Amendment(models.Model):
    """A work says that it amends another one (quan hệ sửa đổi); the other one may not be in the library yet."""

    amending = models.ForeignKey(Work, models.CASCADE, related_name="amends")  # goes with a discarded draft's work
    amended = models.ForeignKey(Work, models.PROTECT, null=True, blank=True, related_name="amended_by")
    number = models.CharField(max_length=80, blank=True, default="")
    name = models.TextField(blank=True, default="")
    orders = models.PositiveIntegerField()
    doubtful = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["amending", "number", "name"], name="amendment_once")]


class Application(models.Model):
    """What one amending version did in a consolidated one (việc áp dụng): each instruction and how it went."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="applications")  # goes with a discarded draft
    amending = models.ForeignKey(Version, models.PROTECT, related_name="applied_in")
    rows = models.JSONField(default=list)  # provision, action, place, effective, status, why

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "amending"], name="application_once")]
