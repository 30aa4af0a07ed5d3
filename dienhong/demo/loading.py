"""Loads the whole demonstration: the public record, then synthetic people and a session day around it.

Each step is one transaction and is skipped when what it brings is there, so a run that was interrupted goes on where it
stopped and a second run does nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.demo import deputies, programme, reporting, session_day, staff, texts
from dienhong.demo.cast import DAY
from dienhong.demo.public_record import load_record
from dienhong.foundation import clock
from dienhong.foundation.access.actor import Actor
from dienhong.foundation.clock.actions import set_clock
from dienhong.foundation.clock.models import Shift
from dienhong.foundation.facts import Mark
from dienhong.foundation.refusal import Refusal
from dienhong.meetings.models import Meeting
from dienhong.people.models import Body, BodyKind, Mandate, Person, Post, Standing
from dienhong.reports.models import Report
from dienhong.work.models import Programme

Step = tuple[str, Callable[[], bool], Callable[[Actor, dt.datetime], object]]

#: When the demonstration is loaded by its own clock, and where the clock stands then: before the sitting of the day.
LOADED_AT = dt.time(6)
CLOCK = dt.time(7, 55)


class NotAnEmptyOffice(Refusal):
    """This office holds people who are not synthetic: the demonstration is not mixed with them."""


def steps() -> tuple[Step, ...]:
    """What is loaded after the record: words, whether it is there already, the loader."""
    synthetic = Mandate.objects.filter(mark=Mark.SYNTHETIC)
    return (
        (
            "discussion groups",
            lambda: Body.objects.filter(kind=BodyKind.DISCUSSION_GROUP).exists(),
            deputies.load_groups,
        ),
        ("deputies of term XV", lambda: synthetic.filter(term__label="XV").exists(), deputies.load_xv),
        ("departures and the 34 delegations", Standing.objects.exists, deputies.load_departures),
        ("deputies of term XVI", lambda: synthetic.filter(term__label="XVI").exists(), deputies.load_xvi),
        ("the chair", lambda: Post.objects.filter(code="chu-toa").exists(), staff.load_chair),
        (
            "Standing Committee",
            lambda: Post.objects.filter(code="ubtvqh-uy-vien").exists(),
            staff.load_standing_committee,
        ),
        ("committees", lambda: Post.objects.filter(code="uy-ban-kinh-te-dung-dau").exists(), staff.load_committees),
        ("staff of the Office", lambda: Person.objects.filter(code="VP-001").exists(), staff.load_staff),
        ("sittings", lambda: Meeting.objects.filter(mark=Mark.SYNTHETIC).exists(), session_day.load_sittings),
        ("texts", texts.there, texts.load),
        ("programmes of 2023 and 2024", Programme.objects.exists, programme.load_programmes),
        ("reports of 2022 and 2023", Report.objects.exists, reporting.load_reports),
    )


def load_demonstration(*, actor: Actor, tell: Callable[[str], None] = lambda words: None) -> int:
    """Load everything that is not there yet; give back how many steps brought something. Sets the clock the first time.

    Raises NotAnEmptyOffice when the register holds persons who are not synthetic.
    """
    if Person.objects.exclude(mark=Mark.SYNTHETIC).exists():
        raise NotAnEmptyOffice(
            _("This office holds real people. The demonstration is only loaded into an office of its own.")
        )
    at = clock.moment(DAY, LOADED_AT)
    tell("The public record of the National Assembly")
    brought = 1 if load_record(actor=actor, at=at, tell=tell) else 0
    tell("Synthetic people and a session day")
    for words, there, load in steps():
        if there():
            tell(f"  {words}: already there")
            continue
        with transaction.atomic():
            found = load(actor, at)
        tell(f"  {words}: {found}" if isinstance(found, int) else f"  {words}: loaded")
        brought += 1
    if not Shift.objects.exists():
        set_clock(actor=actor, to=clock.moment(DAY, CLOCK), at=at)
        tell(f"The clock of the demonstration stands at {CLOCK:%H:%M} on {DAY:%d/%m/%Y}")
    return brought
