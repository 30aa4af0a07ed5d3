"""The one thing people do with the clock: set it, in a demonstration only."""

from __future__ import annotations

import datetime as dt
import math

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation import clock
from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.access.permissions import declare
from dienhong.foundation.clock import events
from dienhong.foundation.clock.models import Shift
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal

SET_CLOCK = declare("clock.set", _("Set the clock of the demonstration"))


class NotADemonstration(Refusal):
    """The clock of a real office is the machine's."""


@transaction.atomic
def set_clock(*, actor: Actor, to: dt.datetime | None, at: dt.datetime) -> dt.datetime:
    """Let the office live from this moment on (du hành thời gian); None gives it back the machine's time."""
    require(actor, SET_CLOCK, at=at)
    if not settings.DEMO:
        raise NotADemonstration(_("Only the clock of a demonstration can be set."))
    shift = dt.timedelta() if to is None else to - clock.machine_now()
    Shift.objects.update_or_create(pk=1, defaults={"seconds": math.ceil(shift.total_seconds())})
    Shift.forget()
    moment = clock.now()
    record(events.ClockSet(moment.strftime("%H:%M %d/%m/%Y")), actor=actor, at=at)
    return moment
