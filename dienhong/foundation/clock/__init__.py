"""The clock (đồng hồ): read once at the door and passed on as `at`. A demonstration may set it (time machine)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings


def zone() -> ZoneInfo:
    """The time zone of the assembly."""
    return ZoneInfo(settings.TIME_ZONE)


def machine_now() -> dt.datetime:
    """What the machine's clock says, in UTC."""
    return dt.datetime.now(dt.UTC)


def now() -> dt.datetime:
    """The office's time, aware, in the zone of the assembly. Only a door (middleware, command) calls this."""
    moment = machine_now()
    if settings.DEMO:
        from dienhong.foundation.clock.models import Shift

        moment += Shift.current()
    return moment.astimezone(zone())


def day_of(at: dt.datetime) -> dt.date:
    """The calendar day of this moment in the zone of the assembly."""
    return at.astimezone(zone()).date()


def moment(day: dt.date, time: dt.time = dt.time(8)) -> dt.datetime:
    """That time on that day in the zone of the assembly."""
    return dt.datetime.combine(day, time, tzinfo=zone())
