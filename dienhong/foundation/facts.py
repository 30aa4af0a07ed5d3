"""Facts taken from outside (dữ kiện): each row says where it was read and how well it was checked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mark(models.TextChoices):
    """How well a value was verified (mức kiểm chứng)."""

    LAW = "L", _("read in the full legal text")
    PUBLISHED = "V", _("read in a published page")
    MEMORY = "M", _("from memory, not re-read")
    UNCERTAIN = "?", _("sources disagree or memory is weak")
    SYNTHETIC = "S", _("synthetic, made for the demonstration")
    OFFICE = "O", _("entered by the office itself")


class Sourced(models.Model):
    """A row that says how well it was verified and where it was read."""

    mark = models.CharField(max_length=1, choices=Mark.choices, default=Mark.OFFICE)
    source = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
