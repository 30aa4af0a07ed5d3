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
