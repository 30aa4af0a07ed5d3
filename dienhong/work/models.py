"""Tables of work. The dossier stays thin: what a duty needs to know of it lives with that duty and points here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.facts import Sourced
from dienhong.people.models import Body


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
