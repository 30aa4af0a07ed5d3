"""Tables of records: what was counted by others, and what the record holds without a gap."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.facts import Sourced
from dienhong.meetings.models import Session


class Qualifier(models.TextChoices):
    """How exactly the source gives its number (mức chính xác của nguồn)."""

    EXACT = "", _("exactly")
    ABOUT = "about", _("about")
    ALMOST = "almost", _("almost")
    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")


class ReportedFigure(Sourced):
    """A number that somebody else counted and published (số liệu đã công bố), of a year or of one session.

    It stands beside the figures that this office computes from its rows and never replaces a row. `value` is empty
    where the source speaks of the matter and gives no number. `stated_by` tells two statements apart that contradict
    each other.
    """

    year = models.PositiveSmallIntegerField(db_index=True)
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="reported")
    key = models.CharField(max_length=80)
    stated_by = models.CharField(max_length=120, blank=True, default="")
    name = models.CharField(max_length=300)
    name_english = models.CharField(max_length=300, blank=True, default="")
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    qualifier = models.CharField(max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT, blank=True)
    unit = models.CharField(max_length=30, blank=True, default="")
    leaves_out = models.CharField(max_length=80, blank=True, default="")  # the figure that the source does not count in

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "session", "key", "stated_by"], nulls_distinct=False, name="one_statement_of_a_figure"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="reported_figure_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["year", "key"], name="reported_figure_by_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"


class Coverage(Sourced):
    """The days over which the record of one matter has no gap (phạm vi đầy đủ của hồ sơ); no `until`: kept to this day.

    Outside it a count is a floor: the figure says "at least" and has no value.
    """

    key = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=300)
    name_english = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "since"], name="one_coverage_from_a_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lte=F("until")), name="coverage_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stamp(models.Model):
    """A figure as it stood at one entry of the journal (số liệu đóng dấu), with the rows it was counted from.

    `digest` covers the rows. The rows are kept, because a row that is altered or taken away later must be named then.
    A stamp is never changed; triggers in the database refuse it.
    """

    key = models.CharField(max_length=120)
    scope = models.CharField(max_length=60)  # the code of the scope: 2023, 2023-Q3, XV-6
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    at_least = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    whole = models.BooleanField()
    rows = models.JSONField()
    digest = models.CharField(max_length=64)
    entry = models.BigIntegerField()  # the journal's newest entry when it was computed
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "scope"], name="stamp_by_figure")]

    def __str__(self) -> str:
        return f"{self.key} {self.scope} #{self.entry}"


class ClaimText(Sourced):
    """A sentence somebody wants to write (nhận định). With a kind it is checked on every reading, without it never.

    `spec` holds the typed parameters of the claim, {} for a text that was entered freely.
    """

    scope = models.CharField(max_length=60, db_index=True)
    text = models.TextField()
    text_english = models.TextField(blank=True, default="")
    stated_by = models.CharField(max_length=120, blank=True, default="")
    spec = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "text", "stated_by"], name="one_text_of_a_claim"),
        ]

    def __str__(self) -> str:
        return self.text


class Choice(models.TextChoices):
    """What a person decides of a claim that the record does not prove (cách xử lý)."""

    RECORD = "record", _("write what the record shows")
    STATEMENT = "statement", _("write the statement, with its author")
    DROP = "drop", _("do not write it")


class Settlement(models.Model):
    """What a person decided to write of a claim (kết luận về nhận định), why, and at which state of the record.

    A later one for the same claim stands in place of it; none is ever changed.
    """

    claim = models.CharField(max_length=300, db_index=True)  # the code of the claim
    verdict = models.CharField(max_length=15)  # as the machine found it then
    choice = models.CharField(max_length=10, choices=Choice.choices)
    wording = models.TextField(blank=True, default="")
    reason = models.TextField()
    by = models.CharField(max_length=120)
    entry = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(choice="drop") | ~Q(wording=""), name="a_settled_claim_has_a_wording")
        ]

    def __str__(self) -> str:
        return self.claim
