"""Who may do what with tasks: the permissions of work, and which lines a person sees (phạm vi theo khối)."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, may
from dienhong.foundation.access.permissions import declare
from dienhong.people.models import BodyKind, Holding, on
from dienhong.people.queries import above
from dienhong.work.models import Line, Task

SEE = declare("work.see", _("See programmes and tasks"))
SEE_PARTY = declare("work.see_party", _("See the tasks of the Party's line"))
SEE_UNION = declare("work.see_union", _("See the tasks of the trade union's line"))
ADD = declare("work.add", _("Draft programmes and add tasks"))
ASSIGN = declare("work.assign", _("Assign, change, extend, hand over and confirm tasks"))
RUN = declare("work.run", _("Begin tasks, note progress, report results"))
ADOPT = declare("work.adopt", _("Merge, adopt and adjust programmes"))
PUBLISH_WEEK = declare("work.publish_week", _("Publish the schedule of the week"))
KEEP_DAYS = declare("work.keep_days", _("Keep the days off of the office"))
REMIND = declare("work.remind", _("Send reminders"))

OF_LINE = {Line.PARTY: (SEE_PARTY, BodyKind.PARTY), Line.UNION: (SEE_UNION, BodyKind.UNION)}


def lines_seen(actor: Actor, day: dt.date) -> tuple[str, ...]:
    """The lines whose tasks this person sees: with `work.see` the administration's; the Party's and the union's with
    their own permission or, for who holds a post in one of their bodies, without."""
    asked = ("lines", day)
    if asked not in actor.found:  # a page asks for each of its counts
        seen: list[str] = []
        if may(actor, SEE, on=day).allowed:
            seen.append(Line.ADMINISTRATION)
        held = _kinds_held(actor.person_id, day)
        seen += [line for line, (code, kind) in OF_LINE.items() if kind in held or may(actor, code, on=day).allowed]
        actor.found[asked] = tuple(seen)
    return cast("tuple[str, ...]", actor.found[asked])


def _kinds_held(person_id: int | None, day: dt.date) -> set[str]:
    """The kinds of the Party's and the union's bodies in which this person holds a post."""
    if person_id is None:
        return set()
    kinds = [kind for _permission, kind in OF_LINE.values()]
    holdings = Holding.objects.filter(on(day), person_id=person_id, post__body__kind__in=kinds)
    return set(holdings.values_list("post__body__kind", flat=True))


def seen_by(actor: Actor, day: dt.date) -> Q:
    """The condition that a task is one this person may see: of a line they see, or theirs to do, lead or to confirm."""
    lines = lines_seen(actor, day)
    if len(lines) == len(Line):
        return Q()
    found = Q(line__in=lines)
    if actor.person_id is not None:
        own = Q(lead_person_id=actor.person_id) | Q(leader_id=actor.person_id) | Q(assigned_by_id=actor.person_id)
        found |= own
    return found


def sees(actor: Actor, task: Task, day: dt.date) -> bool:
    """Whether this person may see this task."""
    return Task.objects.filter(seen_by(actor, day), pk=task.pk).exists()


def reach(body_id: int | None, day: dt.date) -> tuple[int, ...]:
    """The bodies within which a permission must hold for a task of this body; without a body, the whole office."""
    return above(body_id, day) if body_id is not None else ()


def does(actor: Actor, task: Task) -> bool:
    """Whether the task is this person's own to do: then nobody else's permission is needed."""
    return actor.person_id is not None and actor.person_id == task.lead_person_id


def answers_for(actor: Actor, task: Task) -> bool:
    """Whether this person assigned the task or is the leader in charge of it."""
    return actor.person_id is not None and actor.person_id in {task.assigned_by_id, task.leader_id}
