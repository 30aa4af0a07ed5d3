"""The shift of the demonstration's clock: one row, kept so that every process lives on the same day."""

from __future__ import annotations

import datetime as dt
import time

from django.db import models

_seen: tuple[float, dt.timedelta] | None = None


class Shift(models.Model):
    """How far the office's clock stands from the machine's (chỉ trong bản trình diễn)."""

    seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="clock_has_one_shift")]

    @classmethod
    def current(cls) -> dt.timedelta:
        """The shift in force; read again after one second, so that a page is not two queries dearer."""
        global _seen
        if _seen is None or time.monotonic() - _seen[0] > 1:
            row = cls.objects.filter(pk=1).first()
            _seen = (time.monotonic(), dt.timedelta(seconds=row.seconds if row else 0))
        return _seen[1]

    @classmethod
    def forget(cls) -> None:
        """Make the next reading look at the database."""
        global _seen
        _seen = None
